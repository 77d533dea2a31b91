//! LaTeX, where a machine has it: makes a PDF of a source of ours in a child process with limits.
//!
//! The source holds no command of a stranger's, and the engine would obey none: no shell, no file
//! outside of its own folder and TeX's, an empty environment, and an end for time, memory, processes
//! and file size. Nothing it leaves behind stays.

use std::ffi::{OsStr, OsString};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;
use thiserror::Error;
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

/// Time for one document.
const TIME_LIMIT: Duration = Duration::from_mins(1);
/// Documents at once.
const AT_ONCE: usize = 1;
/// Bytes of a PDF at most.
const MAX_PDF: u64 = 32 << 20;
/// Bytes of an engine's log that are looked at.
const MAX_LOG: u64 = 1 << 20;
/// Characters of what an engine said that are passed on.
const MAX_SAID: usize = 200;

/// Sets limits on itself and becomes the program it is given. The limits, in order: seconds of
/// processor time, blocks of 512 bytes of a file, bytes of a core file, kilobytes of address space,
/// and processes of this user (there are two names for that). What a system cannot limit is left:
/// our own clock still holds.
const LIMITED: &str = "ulimit -t 60; ulimit -f 131072; ulimit -c 0; ulimit -v 3145728 2>/dev/null; \
     ulimit -u 4096 2>/dev/null || ulimit -p 4096 2>/dev/null; exec \"$@\"";

/// Why there is no PDF. The source is still good for whoever has LaTeX elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TexError {
    /// No engine is on the path.
    #[error(
        "no LaTeX is installed here (tectonic, xelatex or pdflatex): take the .tex file instead"
    )]
    NotInstalled,
    /// It took too long and was killed.
    #[error("LaTeX took too long and was stopped: take the .tex file instead")]
    TimedOut,
    /// The engine could not be started, or its folder not be made.
    #[error("LaTeX did not start: take the .tex file instead")]
    NotStarted,
    /// The engine made no PDF.
    #[error("LaTeX made no PDF{}: take the .tex file instead", said(.reason.as_deref()))]
    Failed {
        /// What it said, where that is fit to be told.
        reason: Option<String>,
    },
}

fn said(reason: Option<&str>) -> String {
    match reason {
        Some(reason) => format!(" ({reason})"),
        None => String::new(),
    }
}

/// An engine, by how it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Engine {
    /// Tectonic, with the folder of the packages it fetched before: it is not let to the network.
    Tectonic {
        /// Where these packages are.
        packages: PathBuf,
    },
    /// A program of TeX Live: `xelatex`, `pdflatex`.
    TexLive,
}

/// LaTeX as this machine has it.
#[derive(Debug)]
pub struct Tex {
    engine: Option<(PathBuf, Engine)>,
    path: OsString,
    time_limit: Duration,
    slots: Semaphore,
}

impl Tex {
    /// Looks for an engine on the path: Tectonic where it has packages, else `XeLaTeX`, else
    /// `pdfLaTeX`. To be done once.
    pub fn found() -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let engine = tectonic(&path).or_else(|| {
            ["xelatex", "pdflatex"]
                .iter()
                .find_map(|name| Some((on_path(&path, name)?, Engine::TexLive)))
        });
        Self::of(engine, path, TIME_LIMIT)
    }

    /// That engine, with another search path and time limit.
    pub fn of(engine: Option<(PathBuf, Engine)>, path: OsString, time_limit: Duration) -> Self {
        Self {
            engine,
            path,
            time_limit,
            slots: Semaphore::new(AT_ONCE),
        }
    }

    /// Whether there is an engine at all.
    pub fn is_installed(&self) -> bool {
        self.engine.is_some()
    }

    /// Makes a PDF of LaTeX source. Dropping the future kills the engine and all it started.
    ///
    /// # Errors
    /// One of [`TexError`].
    pub async fn pdf(&self, source: &str) -> Result<Vec<u8>, TexError> {
        let (program, engine) = self.engine.as_ref().ok_or(TexError::NotInstalled)?;
        let _slot = self
            .slots
            .acquire()
            .await
            .map_err(|_| TexError::NotStarted)?;
        let not_started = |error: std::io::Error| {
            tracing::error!(kind = %error.kind(), "LaTeX did not start");
            TexError::NotStarted
        };
        let folder = tempfile::Builder::new()
            .prefix("tex-")
            .tempdir()
            .map_err(not_started)?;
        tokio::fs::write(folder.path().join("resume.tex"), source)
            .await
            .map_err(not_started)?;
        let child = start(program, engine, &self.path, folder.path()).map_err(not_started)?;
        // In a task of its own, which outlives this future for as long as killing takes.
        let dropped = CancellationToken::new();
        let guard = dropped.clone().drop_guard();
        let run = tokio::spawn(watch(child, folder, self.time_limit, dropped));
        let outcome = run.await.map_err(|_| TexError::NotStarted)?;
        drop(guard);
        outcome
    }
}

fn start(program: &Path, engine: &Engine, path: &OsStr, folder: &Path) -> std::io::Result<Child> {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", LIMITED, "sh"]).arg(program);
    command.env_clear();
    match engine {
        Engine::Tectonic { packages } => {
            command
                .args(["--untrusted", "--only-cached", "--keep-logs", "resume.tex"])
                .env("TECTONIC_CACHE_DIR", packages);
        }
        Engine::TexLive => {
            command.args([
                "-no-shell-escape",
                "-interaction=nonstopmode",
                "-halt-on-error",
                "resume.tex",
            ]);
        }
    }
    command
        .env("PATH", path)
        .env("HOME", folder)
        .env("TMPDIR", folder)
        .env("TEXMFOUTPUT", folder)
        .envs([
            ("shell_escape", "f"),
            ("openin_any", "p"),
            ("openout_any", "p"),
            // No font is made on the way: that starts other programs.
            ("MKTEXPK", "0"),
            ("MKTEXTFM", "0"),
            ("MKTEXMF", "0"),
            ("MKTEXFMT", "0"),
            // Messages are not broken into lines.
            ("max_print_line", "1000"),
        ])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
}

/// Waits for the engine and reads what it made; kills it, with all it started, when its time is over
/// or nobody waits any more. The folder is gone afterwards.
async fn watch(
    mut child: Child,
    folder: TempDir,
    time_limit: Duration,
    dropped: CancellationToken,
) -> Result<Vec<u8>, TexError> {
    let ended = tokio::select! {
        status = child.wait() => Some(status),
        () = tokio::time::sleep(time_limit) => None,
        () = dropped.cancelled() => None,
    };
    let Some(status) = ended else {
        kill(&child);
        let _gone = child.wait().await;
        return Err(TexError::TimedOut);
    };
    let status = status.map_err(|_| TexError::NotStarted)?;
    let read = tokio::task::spawn_blocking(move || outcome(folder.path(), status));
    read.await.map_err(|_| TexError::NotStarted)?
}

/// Kills the child's group. The child was not waited for yet, so the number is still its own.
fn kill(child: &Child) {
    let number = child.id().and_then(|id| i32::try_from(id).ok());
    if let Some(group) = number.and_then(Pid::from_raw) {
        let _gone_already = kill_process_group(group, Signal::KILL);
    }
}

fn outcome(folder: &Path, status: ExitStatus) -> Result<Vec<u8>, TexError> {
    let pdf = status
        .success()
        .then(|| read(&folder.join("resume.pdf"), MAX_PDF))
        .flatten()
        .filter(|pdf| pdf.starts_with(b"%PDF-"));
    pdf.ok_or_else(|| TexError::Failed {
        reason: read(&folder.join("resume.log"), MAX_LOG)
            .and_then(|log| complaint(&String::from_utf8_lossy(&log))),
    })
}

/// A whole file, unless it is larger than that.
fn read(path: &Path, most: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).ok()?;
    file.take(most + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= most).then_some(bytes)
}

/// The engine's complaint about a letter it cannot set; other complaints are defects of ours, and
/// could repeat what somebody wrote.
fn complaint(log: &str) -> Option<String> {
    let said = log.lines().find_map(|line| line.strip_prefix("! "))?;
    let ours = said.strip_prefix("Package resume Error: ");
    let known = ours.or_else(|| {
        said.strip_prefix("LaTeX Error: ")
            .filter(|said| said.starts_with("Unicode character") || said.contains("not found"))
    });
    let told: String = known?
        .trim_end_matches('.')
        .chars()
        .filter(|character| !character.is_control())
        .take(MAX_SAID)
        .collect();
    Some(told)
}

fn on_path(path: &OsStr, name: &str) -> Option<PathBuf> {
    std::env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}

/// Tectonic, where it has packages already: it fetches what it lacks, and a run fetches nothing.
fn tectonic(path: &OsStr) -> Option<(PathBuf, Engine)> {
    let program = on_path(path, "tectonic")?;
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let packages = variable("TECTONIC_CACHE_DIR")
        .or_else(|| Some(variable("XDG_CACHE_HOME")?.join("Tectonic")))
        .or_else(|| Some(variable("HOME")?.join(".cache/Tectonic")))?;
    let filled = std::fs::read_dir(&packages).ok()?.next().is_some();
    filled.then_some((program, Engine::Tectonic { packages }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_complaints_about_letters_are_told() {
        for (log, expected) in [
            (
                "This is XeTeX\n! Package resume Error: No font here has the sign U+1F1E9.\nl.7",
                Some("No font here has the sign U+1F1E9"),
            ),
            (
                "! LaTeX Error: Unicode character ☃ (U+2603)",
                Some("Unicode character ☃ (U+2603)"),
            ),
            ("! Undefined control sequence.\nl.3 \\Jane Doe", None),
            ("", None),
        ] {
            assert_eq!(complaint(log).as_deref(), expected);
        }
    }
}
