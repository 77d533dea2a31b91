//! Format, clippy, dependencies, and the rules of the architecture no compiler checks.

mod files;
mod trees;

use crate::project::Project;
use crate::setup;
use crate::sh::{self, Done, TaskError};

type Check = fn(&Project) -> Done;

/// Runs every check and reports all that fail.
pub fn lint(project: &Project) -> Done {
    let checks: [(&str, Check); 6] = [
        ("format", format),
        ("files", files::check),
        ("dependency trees", trees::check),
        ("licences and sources", deny),
        ("clippy", clippy),
        ("clippy for the browser", clippy_for_wasm),
    ];
    let mut found = Vec::new();
    for (name, check) in checks {
        sh::say(&format!("Checking {name}"));
        if let Err(error) = check(project) {
            eprintln!("✗ {name}: {error}");
            found.push(name);
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    Err(TaskError::Found(format!("lint: {}", found.join(", "))))
}

fn format(project: &Project) -> Done {
    setup::component(project, "rustfmt", "fmt")?;
    sh::run(&mut project.cargo(&["fmt", "--all", "--check"]))
}

fn clippy(project: &Project) -> Done {
    setup::component(project, "clippy", "clippy")?;
    sh::run(&mut project.cargo(&["clippy", "--all-targets", "--", "-D", "warnings"]))
}

/// On its own: together with the rest, the browser's and the server's features would be mixed.
fn clippy_for_wasm(project: &Project) -> Done {
    setup::wasm_target(project)?;
    sh::run(&mut project.cargo(&[
        "clippy",
        "--package=frontend",
        "--target=wasm32-unknown-unknown",
        "--",
        "-D",
        "warnings",
    ]))
}

/// Licences, sources and banned crates; advisories need a network and change from day to day.
fn deny(project: &Project) -> Done {
    let program = setup::cargo_deny(project)?;
    let mut command = project.command(&program.to_string_lossy(), &["--all-features", "--locked"]);
    command.args(["--log-level=error", "check", "bans", "licenses", "sources"]);
    sh::run(&mut command)
}
