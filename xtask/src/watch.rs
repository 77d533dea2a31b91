//! `run --watch`: builds and restarts whenever a source file changes.

use std::fs;
use std::path::Path;
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use signal_hook::consts::{SIGINT, SIGTERM};

use crate::build::{self, Effort};
use crate::project::Project;
use crate::sh::{self, Done, TaskError};
use crate::{postgres, run};

/// What the server or the page is made of.
const SOURCES: [&str; 9] = [
    "app",
    "crates",
    "frontend",
    "migrations",
    "public",
    "server",
    "style",
    "Cargo.toml",
    "Cargo.lock",
];
const GLANCE: Duration = Duration::from_millis(400);
/// How long a server may take to shut down before it is killed.
const PATIENCE: Duration = Duration::from_secs(15);

/// Builds, serves, and does both again on every change until it is told to stop.
pub fn watch(project: &Project, args: &[String]) -> Done {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&stop)).map_err(|source| {
            TaskError::Start {
                program: "signal handler".to_owned(),
                source,
            }
        })?;
    }
    run::prepare(project)?;
    let mut server: Option<Child> = None;
    let mut seen = None;
    while !stop.load(Ordering::Relaxed) {
        let now = newest(project);
        if seen != Some(now) {
            seen = Some(now);
            // The old server goes on answering while the new one is built.
            match build::all(project, Effort::Watch) {
                Ok(()) => {
                    server.take().map_or(Ok(()), end)?;
                    let mut command = run::server(project, "dev", args);
                    sh::say("Serving; changes are picked up");
                    server = Some(command.spawn().map_err(sh::start(&command))?);
                }
                Err(error) => eprintln!("✗ {error}; waiting for a change"),
            }
        }
        sleep(GLANCE);
    }
    server.take().map_or(Ok(()), end)
}

/// Asks a server to shut down, and kills it when it does not.
fn end(mut child: Child) -> Done {
    if postgres::signal("TERM", child.id()).is_ok() {
        let asked = Instant::now();
        while asked.elapsed() < PATIENCE {
            if matches!(child.try_wait(), Ok(Some(_))) {
                return Ok(());
            }
            sleep(GLANCE / 8);
        }
    }
    let gone = child.kill().and_then(|()| child.wait());
    gone.map(drop).map_err(|source| TaskError::Start {
        program: "server".to_owned(),
        source,
    })
}

/// When a source was last changed, and how many there are: a deleted file is a change too.
fn newest(project: &Project) -> (Option<SystemTime>, usize) {
    let mut newest = (None, 0);
    for source in SOURCES {
        look(&project.path(source), &mut newest);
    }
    newest
}

fn look(path: &Path, newest: &mut (Option<SystemTime>, usize)) {
    let Ok(data) = fs::metadata(path) else { return };
    if data.is_dir() {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            look(&entry.path(), newest);
        }
    } else {
        newest.0 = newest.0.max(data.modified().ok());
        newest.1 += 1;
    }
}
