//! `doctor`: which tools are there, which are missing, and who would bring them.

use std::path::{Path, PathBuf};

use crate::postgres;
use crate::project::Project;
use crate::setup::browser;
use crate::sh::{self, Done, TaskError};

/// A tool, where it was found, and what would bring it.
struct Tool {
    name: &'static str,
    found: Option<String>,
    needed_for: &'static str,
    brought_by: &'static str,
}

/// Prints one line a tool; fails when something is missing that cannot be installed from here.
pub fn doctor(project: &Project) -> Done {
    let mut stuck = Vec::new();
    for tool in tools(project) {
        if let Some(found) = tool.found {
            println!("✓ {:<14}{found}", tool.name);
        } else {
            println!(
                "✗ {:<14}missing, for {}: {}",
                tool.name, tool.needed_for, tool.brought_by
            );
            if !can_install() {
                stuck.push(tool.name);
            }
        }
    }
    if stuck.is_empty() {
        return Ok(());
    }
    Err(TaskError::Found(format!(
        "not installable from here: {}",
        stuck.join(", ")
    )))
}

/// Whether packages can be installed without asking anybody.
fn can_install() -> bool {
    sh::find("brew").is_some()
        || ["apt-get", "dnf"]
            .iter()
            .any(|manager| sh::find(manager).is_some() && sh::privileged(manager).is_some())
}

fn tools(project: &Project) -> Vec<Tool> {
    let tools = project.tools();
    vec![
        Tool {
            name: "rustc",
            found: sh::ask("rustc", &["--version"]),
            needed_for: "everything",
            brought_by: "rustup",
        },
        Tool {
            name: "wasm target",
            found: wasm_target(),
            needed_for: "run and test",
            brought_by: "installed by rustup when needed",
        },
        Tool {
            name: "postgres",
            found: postgres::bin_dir().and_then(|bin| version(&bin.join("postgres"))),
            needed_for: "run and test",
            brought_by: "installed by apt-get, dnf or brew when needed",
        },
        Tool {
            name: "wasm-opt",
            found: sh::find("wasm-opt")
                .or_else(|| existing(tools.join("wasm-opt/node_modules/.bin/wasm-opt")))
                .and_then(|program| version(&program)),
            needed_for: "a lighter page",
            brought_by: "installed by npm when needed, left out without npm",
        },
        Tool {
            name: "npm",
            found: sh::ask("npm", &["--version"]),
            needed_for: "wasm-opt and the journeys",
            brought_by: "installed by apt-get, dnf or brew when the journeys need it",
        },
        Tool {
            name: "cargo-deny",
            found: existing(tools.join("bin/cargo-deny"))
                .or_else(|| sh::find("cargo-deny"))
                .and_then(|program| version(&program)),
            needed_for: "lint",
            brought_by: "built by cargo when needed",
        },
        Tool {
            name: "chromium",
            found: browser::chromium().and_then(|program| version(&program)),
            needed_for: "test --only browser",
            brought_by: "installed by apt-get, dnf or brew when needed, or named in CHROMIUM",
        },
        Tool {
            name: "playwright",
            found: existing(project.path("end2end/node_modules/.bin/playwright"))
                .and_then(|program| version(&program)),
            needed_for: "test --only browser",
            brought_by: "installed by npm when needed",
        },
        Tool {
            name: "pdftotext",
            found: sh::find("pdftotext").map(|program| program.display().to_string()),
            needed_for: "test",
            brought_by: "installed by apt-get, dnf or brew when needed",
        },
    ]
}

fn wasm_target() -> Option<String> {
    let folder = sh::ask(
        "rustc",
        &["--print=target-libdir", "--target=wasm32-unknown-unknown"],
    )?;
    existing(folder.into()).map(|folder| folder.display().to_string())
}

fn existing(path: PathBuf) -> Option<PathBuf> {
    path.exists().then_some(path)
}

fn version(program: &Path) -> Option<String> {
    let said = sh::ask(program, &["--version"])?;
    Some(format!("{} ({})", said.lines().next()?, program.display()))
}
