//! The press: makes pages in child processes of the same program. A Typst compile cannot be
//! interrupted and has no limit on memory, so it runs where it can be killed.

use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;
use typeset::{PrintJob, Printed, TypesetError, worker};

use super::children::{self, ChildError, Children};

/// The command line argument that makes the program a press.
pub const COMMAND: &str = "press-worker";
/// Time for one job.
const TIME_LIMIT: Duration = Duration::from_secs(20);
/// Address space of a child at most, in bytes.
const MEMORY_LIMIT: u64 = 2 << 30;

/// Why nothing was printed.
#[derive(Debug, Error)]
pub enum PressError {
    /// The document cannot be printed.
    #[error(transparent)]
    Refused(TypesetError),
    /// It took too long and was killed.
    #[error("making the pages took too long")]
    TimedOut,
    /// The child ended or spoke nonsense.
    #[error("the child ended early")]
    Broken,
    /// The child could not be started.
    #[error("the child did not start")]
    NotStarted,
}

impl From<ChildError> for PressError {
    fn from(error: ChildError) -> Self {
        match error {
            ChildError::TimedOut => Self::TimedOut,
            ChildError::Broken => Self::Broken,
            ChildError::NotStarted => Self::NotStarted,
        }
    }
}

/// The press and its warm children.
#[derive(Debug)]
pub struct Press {
    children: Children,
}

impl Press {
    /// A press of this very program, with so many children at once.
    ///
    /// # Errors
    /// When the program's own file cannot be found.
    pub fn new(children: usize) -> std::io::Result<Self> {
        Ok(Self::of(std::env::current_exe()?, children, TIME_LIMIT))
    }

    /// A press of another program that answers to [`COMMAND`], with another time limit.
    pub fn of(program: PathBuf, children: usize, time_limit: Duration) -> Self {
        let children = Children::of(program, COMMAND, children, time_limit, worker::MAX_RESPONSE);
        Self { children }
    }

    /// Starts a child ahead of the first job. A failure shows at that job.
    pub fn warm_up(&self) {
        self.children.warm_up();
    }

    /// Prints a document. Dropping the future kills the child that works on it.
    ///
    /// # Errors
    /// One of [`PressError`].
    pub async fn print(&self, job: &PrintJob) -> Result<Printed, PressError> {
        let request = worker::encode_request(job).map_err(|_| PressError::Broken)?;
        let printed = self
            .children
            .ask(&request, |answer| worker::decode_response(answer).ok())
            .await?;
        printed.map_err(PressError::Refused)
    }
}

/// Sets the child's own limits, before it reads its first job.
pub fn limit_ourselves() {
    children::limit_ourselves(MEMORY_LIMIT);
}
