//! The press: makes pages in child processes of the same program.
//!
//! A Typst compile cannot be interrupted and has no limit on memory, so it runs where it can be
//! killed: a child with limits of its own, given a wall-clock limit by us. Children stay warm
//! between jobs (fonts are loaded once) and are replaced after many.

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use thiserror::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Semaphore;
use typeset::{PrintJob, Printed, TypesetError, worker};

/// The command line argument that makes the program a press.
pub const COMMAND: &str = "press-worker";
/// Time for one job.
const TIME_LIMIT: Duration = Duration::from_secs(20);
/// Address space of a child at most, in bytes.
const MEMORY_LIMIT: u64 = 2 << 30;
/// Processor seconds of a child at most, over all its jobs.
const CPU_LIMIT: u64 = 600;
/// Jobs after which a child is replaced.
const JOBS_PER_CHILD: u32 = 200;

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

/// The press and its warm children.
#[derive(Debug)]
pub struct Press {
    program: PathBuf,
    idle: Mutex<Vec<Worker>>,
    slots: Semaphore,
    time_limit: Duration,
}

#[derive(Debug)]
struct Worker {
    // Killed when dropped.
    _child: Child,
    input: ChildStdin,
    output: ChildStdout,
    jobs: u32,
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
        let slots = Semaphore::new(children.max(1));
        Self {
            program,
            idle: Mutex::new(Vec::new()),
            slots,
            time_limit,
        }
    }

    /// Starts a child ahead of the first job. A failure shows at that job.
    pub fn warm_up(&self) {
        if let Ok(worker) = self.start() {
            self.put_back(worker);
        }
    }

    /// Prints a document. Dropping the future kills the child that works on it.
    ///
    /// # Errors
    /// One of [`PressError`].
    pub async fn print(&self, job: &PrintJob) -> Result<Printed, PressError> {
        let request = worker::encode_request(job).map_err(|_| PressError::Broken)?;
        let _slot = self
            .slots
            .acquire()
            .await
            .map_err(|_| PressError::NotStarted)?;
        let (mut worker, warm) = match self.take() {
            Some(worker) => (worker, true),
            None => (self.start()?, false),
        };
        let mut answer = self.ask(&mut worker, &request).await;
        if warm && matches!(answer, Err(PressError::Broken)) {
            // It may have died while it waited; that is no fault of this job.
            worker = self.start()?;
            answer = self.ask(&mut worker, &request).await;
        }
        let printed = answer?;
        worker.jobs += 1;
        if worker.jobs < JOBS_PER_CHILD {
            self.put_back(worker);
        }
        printed.map_err(PressError::Refused)
    }

    async fn ask(
        &self,
        worker: &mut Worker,
        request: &[u8],
    ) -> Result<Result<Printed, TypesetError>, PressError> {
        match tokio::time::timeout(self.time_limit, exchange(worker, request)).await {
            Ok(Some(answer)) => worker::decode_response(&answer).map_err(|_| PressError::Broken),
            Ok(None) => Err(PressError::Broken),
            Err(_) => Err(PressError::TimedOut),
        }
    }

    fn start(&self) -> Result<Worker, PressError> {
        let mut child = Command::new(&self.program)
            .arg(COMMAND)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                tracing::error!(%error, "the press did not start");
                PressError::NotStarted
            })?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Worker {
                _child: child,
                input,
                output,
                jobs: 0,
            }),
            _ => Err(PressError::NotStarted),
        }
    }

    fn take(&self) -> Option<Worker> {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop()
    }

    fn put_back(&self, worker: Worker) {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(worker);
    }
}

async fn exchange(worker: &mut Worker, request: &[u8]) -> Option<Vec<u8>> {
    worker.input.write_all(request).await.ok()?;
    worker.input.flush().await.ok()?;
    let length = worker.output.read_u32_le().await.ok()?;
    if length > worker::MAX_RESPONSE {
        return None;
    }
    let mut answer = vec![0; length as usize];
    worker.output.read_exact(&mut answer).await.ok()?;
    Some(answer)
}

/// Sets the child's own limits, before it reads its first job: memory, processor time, no core
/// files, few open files. A limit that cannot be set is left: the parent's clock still holds.
pub fn limit_ourselves() {
    for (resource, limit) in [
        (Resource::As, MEMORY_LIMIT),
        (Resource::Cpu, CPU_LIMIT),
        (Resource::Core, 0),
        (Resource::Nofile, 32),
        (Resource::Fsize, 0),
    ] {
        let hard = getrlimit(resource).maximum;
        let limit = hard.map_or(limit, |hard| hard.min(limit));
        let wanted = Rlimit {
            current: Some(limit),
            maximum: Some(limit),
        };
        let _kept_as_it_was = setrlimit(resource, wanted);
    }
}
