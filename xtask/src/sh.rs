//! Calling other programs, and what can go wrong with that.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Why a task ended early.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// A program that could not be started.
    #[error("{program} could not be started: {source}")]
    Start {
        /// Its name.
        program: String,
        /// What the system said.
        source: io::Error,
    },
    /// A program that ended badly; it has said why itself.
    #[error("failed: {0}")]
    Failed(String),
    /// A file that could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A tool that is missing and cannot be installed from here.
    #[error("{0}")]
    Missing(String),
    /// A check that found something; said in full.
    #[error("{0}")]
    Found(String),
}

/// The result of a task or of one of its steps.
pub type Done<T = ()> = Result<T, TaskError>;

/// Says which file an input or output error belongs to.
pub fn at(path: &Path) -> impl FnOnce(io::Error) -> TaskError + use<> {
    let path = path.to_owned();
    move |source| TaskError::File { path, source }
}

/// Says what happens next.
pub fn say(what: &str) {
    println!("→ {what}");
}

/// Runs a program with its output on the terminal, and fails when it fails.
pub fn run(command: &mut Command) -> Done {
    let status = command.status().map_err(start(command))?;
    if status.success() {
        Ok(())
    } else {
        Err(TaskError::Failed(line(command)))
    }
}

/// Runs a program for its output; its errors go to the terminal.
pub fn read(command: &mut Command) -> Done<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(start(command))?;
    if output.status.success() {
        Ok(text(&output))
    } else {
        Err(TaskError::Failed(line(command)))
    }
}

/// What a program says, when it can be started and ends well.
pub fn ask(program: impl AsRef<OsStr>, args: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    output.status.success().then(|| text(&output))
}

/// Where a program lies in PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// A program started with the rights to install: as root, or through sudo when that asks nothing.
pub fn privileged(program: &str) -> Option<Command> {
    if is_root() {
        return Some(Command::new(program));
    }
    ask("sudo", &["-n", "true"])?;
    let mut command = Command::new("sudo");
    command.args(["-n", program]);
    Some(command)
}

/// Whether this runs as root, as builds in containers do.
pub fn is_root() -> bool {
    ask("id", &["-u"]).is_some_and(|id| id == "0")
}

/// A command as a person would type it.
pub fn line(command: &Command) -> String {
    let words: Vec<OsString> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_os_string)
        .collect();
    words.join(OsStr::new(" ")).to_string_lossy().into_owned()
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Says which program could not be started.
pub fn start(command: &Command) -> impl FnOnce(io::Error) -> TaskError + use<> {
    let program = command.get_program().to_string_lossy().into_owned();
    move |source| TaskError::Start { program, source }
}
