//! Warm child processes of this very program, for work that must be killable: making pages, reading
//! files of strangers. A child has limits of its own and is given a wall-clock limit by us; it stays
//! warm between jobs and is replaced after many.
//!
//! A frame is a length (`u32`, little endian) and so many bytes, both ways.

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use thiserror::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Semaphore;
use tokio::time::Instant;

/// Processor seconds of a child at most, over all its jobs.
const CPU_LIMIT: u64 = 600;
/// Jobs after which a child is replaced.
const JOBS_PER_CHILD: u32 = 200;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ChildError {
    /// It took too long and was killed.
    #[error("the work took too long")]
    TimedOut,
    /// The child ended or spoke nonsense.
    #[error("the child ended early")]
    Broken,
    /// The child could not be started.
    #[error("the child did not start")]
    NotStarted,
}

/// Children of one kind.
#[derive(Debug)]
pub struct Children {
    program: PathBuf,
    command: &'static str,
    idle: Mutex<Vec<Worker>>,
    slots: Semaphore,
    time_limit: Duration,
    max_answer: u32,
}

#[derive(Debug)]
struct Worker {
    // Killed when dropped.
    _child: Child,
    input: ChildStdin,
    output: ChildStdout,
    jobs: u32,
}

impl Children {
    /// At most `count` at once of `program`, started with the argument `command`. A job may take
    /// `time_limit` and its answer `max_answer` bytes.
    pub fn of(
        program: PathBuf,
        command: &'static str,
        count: usize,
        time_limit: Duration,
        max_answer: u32,
    ) -> Self {
        Self {
            program,
            command,
            idle: Mutex::new(Vec::new()),
            slots: Semaphore::new(count.max(1)),
            time_limit,
            max_answer,
        }
    }

    /// Starts a child ahead of the first job. A failure shows at that job.
    pub fn warm_up(&self) {
        if let Ok(worker) = self.start() {
            self.put_back(worker);
        }
    }

    /// Sends a whole frame and gives what `understand` makes of the answer's bytes. Dropping the
    /// future kills the child that works on it.
    ///
    /// # Errors
    /// One of [`ChildError`]; an answer that is not understood is [`ChildError::Broken`].
    pub async fn ask<T>(
        &self,
        frame: &[u8],
        understand: fn(&[u8]) -> Option<T>,
    ) -> Result<T, ChildError> {
        let _slot = self
            .slots
            .acquire()
            .await
            .map_err(|_| ChildError::NotStarted)?;
        let (mut worker, warm) = match self.take() {
            Some(worker) => (worker, true),
            None => (self.start()?, false),
        };
        let end = Instant::now() + self.time_limit;
        let mut answer = self.exchange(&mut worker, frame, end).await;
        if warm && matches!(answer, Err(ChildError::Broken)) {
            // It may have died while it waited; that is no fault of this job. Had the job killed
            // it, it would do so again: in the time that is left, and no more.
            worker = self.start()?;
            answer = self.exchange(&mut worker, frame, end).await;
        }
        let understood = understand(&answer?).ok_or(ChildError::Broken)?;
        worker.jobs += 1;
        if worker.jobs < JOBS_PER_CHILD {
            self.put_back(worker);
        }
        Ok(understood)
    }

    async fn exchange(
        &self,
        worker: &mut Worker,
        frame: &[u8],
        end: Instant,
    ) -> Result<Vec<u8>, ChildError> {
        let talk = talk(worker, frame, self.max_answer);
        match tokio::time::timeout_at(end, talk).await {
            Ok(Some(answer)) => Ok(answer),
            Ok(None) => Err(ChildError::Broken),
            Err(_) => Err(ChildError::TimedOut),
        }
    }

    fn start(&self) -> Result<Worker, ChildError> {
        let mut child = Command::new(&self.program)
            .arg(self.command)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                tracing::error!(%error, command = self.command, "a child did not start");
                ChildError::NotStarted
            })?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Worker {
                _child: child,
                input,
                output,
                jobs: 0,
            }),
            _ => Err(ChildError::NotStarted),
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

async fn talk(worker: &mut Worker, frame: &[u8], max_answer: u32) -> Option<Vec<u8>> {
    worker.input.write_all(frame).await.ok()?;
    worker.input.flush().await.ok()?;
    let length = worker.output.read_u32_le().await.ok()?;
    if length > max_answer {
        return None;
    }
    let mut answer = vec![0; length as usize];
    worker.output.read_exact(&mut answer).await.ok()?;
    Some(answer)
}

/// Sets the child's own limits, before it reads its first job: memory (bytes of address space),
/// processor time, no core files, few open files, nothing written. A limit that cannot be set is
/// left: the parent's clock still holds.
pub fn limit_ourselves(memory: u64) {
    for (resource, limit) in [
        (Resource::As, memory),
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
