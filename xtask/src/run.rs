//! `run`: from a fresh clone to a page that answers.

use std::process::Command;

use crate::build::{self, Effort};
use crate::project::{NAME, Project};
use crate::sh::{self, Done};
use crate::{postgres, setup};

/// Sets up, builds and becomes the server.
pub fn run(project: &Project, args: &[String]) -> Done {
    prepare(project)?;
    build::all(project, Effort::Release)?;
    sh::say("Serving");
    become_it(server(project, "release", args))
}

/// Installs what the server needs at run time.
pub fn prepare(project: &Project) -> Done {
    setup::wasm_target(project)?;
    postgres::ensure_installed()
}

/// The server as it is started here and by the tests in a browser.
pub fn server(project: &Project, profile: &str, args: &[String]) -> Command {
    let mut command = Command::new(project.binary(profile, NAME));
    command.args(args);
    site_settings(project, &mut command);
    command
}

/// Tells a server where the site lies.
pub fn site_settings(project: &Project, command: &mut Command) {
    command
        .env("LEPTOS_SITE_ROOT", project.site())
        .env("LEPTOS_SITE_PKG_DIR", "pkg")
        .env("LEPTOS_OUTPUT_NAME", NAME);
}

/// Takes this process's place, so that signals and the exit code are the server's own.
#[cfg(unix)]
fn become_it(mut command: Command) -> Done {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(sh::start(&command)(error))
}

#[cfg(not(unix))]
fn become_it(mut command: Command) -> Done {
    sh::run(&mut command)
}
