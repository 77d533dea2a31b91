//! Building the two halves: what the browser loads, and the server.

use std::process::Command;
use std::thread;

use crate::project::{NAME, Project};
use crate::setup;
use crate::sh::{self, Done, TaskError};

/// How much a build is worth waiting for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Small for the browser, fast to run.
    Release,
    /// The browser's half as released, the server's as tested.
    Test,
    /// Quick to build again.
    Watch,
}

impl Effort {
    fn server_profile(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Test | Self::Watch => "dev",
        }
    }

    fn wasm_profile(self) -> &'static str {
        match self {
            Self::Release | Self::Test => "wasm-release",
            Self::Watch => "dev",
        }
    }
}

/// Builds both halves at once: the browser's ends in a long step on one core.
pub fn all(project: &Project, effort: Effort) -> Done {
    thread::scope(|scope| {
        let browser = scope.spawn(|| site(project, effort));
        let server = server(project, effort);
        let browser = browser.join().unwrap_or_else(|_| {
            Err(TaskError::Failed(
                "building what the browser loads".to_owned(),
            ))
        });
        server.and(browser)
    })
}

/// Builds the server.
pub fn server(project: &Project, effort: Effort) -> Done {
    sh::say("Building the server");
    let profile = effort.server_profile();
    let mut cargo = project.cargo(&["build", "--profile", profile]);
    match effort {
        Effort::Release => cargo.args(["--package", "server"]),
        // The same selection of packages as the tests, so that nothing is compiled twice.
        Effort::Test | Effort::Watch => cargo.args(["--bin", NAME]),
    };
    sh::run(&mut cargo)
}

/// Builds what the browser loads into the site's folder.
pub fn site(project: &Project, effort: Effort) -> Done {
    setup::wasm_target(project)?;
    sh::say("Building what the browser loads");
    let profile = effort.wasm_profile();
    // Splitting needs the relocations; given for this crate alone, no dependency is built anew for them.
    sh::run(quietly(&mut project.cargo(&[
        "rustc",
        "--package=frontend",
        "--lib",
        "--crate-type=cdylib",
        "--target=wasm32-unknown-unknown",
        "--profile",
        profile,
        "--",
        "-Clink-args=--emit-relocs",
    ])))?;

    let folder = if profile == "dev" { "debug" } else { profile };
    let wasm = project
        .target
        .join("wasm32-unknown-unknown")
        .join(folder)
        .join("frontend.wasm");
    let mut pack = project.cargo(&[
        "run",
        "--quiet",
        "--profile=xtask",
        "--package=xtask-site",
        "--",
    ]);
    pack.arg("--wasm").arg(wasm);
    pack.args(["--name", NAME]);
    pack.arg("--style").arg(project.path("style/main.css"));
    pack.arg("--public").arg(project.path("public"));
    pack.arg("--out").arg(project.site());
    if effort != Effort::Watch {
        pack.arg("--compress");
        if let Some(wasm_opt) = setup::wasm_opt(project)? {
            pack.arg("--wasm-opt").arg(wasm_opt);
        }
    }
    sh::say("Splitting, binding and packing it");
    sh::run(&mut pack)
}

/// Two builds run side by side: only one may draw a progress bar.
fn quietly(command: &mut Command) -> &mut Command {
    command.env("CARGO_TERM_PROGRESS_WHEN", "never")
}
