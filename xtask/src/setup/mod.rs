//! Installing what is missing. Everything here is quick when nothing is.

pub mod browser;
pub mod packages;
pub mod python;
pub mod redis;

use std::fs;
use std::path::{Path, PathBuf};

use crate::project::Project;
use crate::sh::{self, Done, TaskError};

/// The release the lints of dependencies are written for.
const CARGO_DENY: &str = "0.20.2";

/// The standard library for WASM.
pub fn wasm_target(project: &Project) -> Done {
    let mut rustc = project.command("rustc", &["--print=target-libdir"]);
    let folder = sh::read(rustc.arg("--target=wasm32-unknown-unknown"))?;
    if Path::new(&folder).is_dir() {
        return Ok(());
    }
    sh::say("Installing the wasm target");
    if sh::find("rustup").is_none() {
        return Err(TaskError::Missing(
            "The wasm32-unknown-unknown target is needed: install it with the package manager Rust \
             came from, or use rustup."
                .to_owned(),
        ));
    }
    sh::run(&mut project.command("rustup", &["target", "add", "wasm32-unknown-unknown"]))
}

/// A component of the toolchain that comes as a cargo command.
pub fn component(project: &Project, name: &str, command: &str) -> Done {
    let there = project.cargo(&[command, "--version"]).output();
    if there.is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    sh::say(&format!("Installing {name}"));
    sh::run(&mut project.command("rustup", &["component", "add", name]))
}

/// `wasm-opt`, when npm can bring it: without it the page is heavier and nothing else.
pub fn wasm_opt(project: &Project) -> Done<Option<PathBuf>> {
    if let Some(found) = sh::find("wasm-opt") {
        return Ok(Some(found));
    }
    let folder = project.tools().join("wasm-opt");
    let program = folder.join("node_modules/.bin/wasm-opt");
    let wanted = project.path("xtask/wasm-opt");
    if program.is_file() && same(&wanted, &folder)? {
        return Ok(Some(program));
    }
    if sh::find("npm").is_none() {
        sh::say("Going on without wasm-opt, since there is no npm: the page will be heavier");
        return Ok(None);
    }
    sh::say("Installing wasm-opt");
    fs::create_dir_all(&folder).map_err(sh::at(&folder))?;
    for file in MANIFESTS {
        fs::copy(wanted.join(file), folder.join(file)).map_err(sh::at(&folder.join(file)))?;
    }
    let installed = npm_ci(project, &folder);
    if let Err(error) = installed {
        sh::say(&format!(
            "Going on without wasm-opt ({error}): the page will be heavier"
        ));
        return Ok(None);
    }
    Ok(Some(program))
}

/// What npm installs from.
const MANIFESTS: [&str; 2] = ["package.json", "package-lock.json"];

/// Whether two folders ask npm for the same.
fn same(one: &Path, other: &Path) -> Done<bool> {
    for file in MANIFESTS {
        let wanted = fs::read(one.join(file)).map_err(sh::at(&one.join(file)))?;
        if fs::read(other.join(file)).ok() != Some(wanted) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Installs exactly what a folder's lock file names.
pub fn npm_ci(project: &Project, folder: &Path) -> Done {
    let quiet = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
    sh::run(project.command("npm", &quiet).current_dir(folder))
}

/// `cargo-deny`, built without optimisation: it is called once in a while and built on every fresh machine.
pub fn cargo_deny(project: &Project) -> Done<PathBuf> {
    let root = project.tools();
    let program = root.join("bin/cargo-deny");
    let version = format!("cargo-deny {CARGO_DENY}");
    for found in [Some(program.clone()), sh::find("cargo-deny")]
        .into_iter()
        .flatten()
    {
        if sh::ask(&found, &["--version"]).as_ref() == Some(&version) {
            return Ok(found);
        }
    }
    sh::say("Installing cargo-deny");
    let mut install = project.cargo(&["install", "cargo-deny", "--version", CARGO_DENY]);
    install
        .args([
            "--locked",
            "--quiet",
            "--force",
            "--no-default-features",
            "--root",
        ])
        .arg(&root)
        .env("CARGO_TARGET_DIR", root.join("build"))
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "false");
    sh::run(&mut install)?;
    // Half a gigabyte nobody needs again; if it cannot be removed, it only takes space.
    let _ = fs::remove_dir_all(root.join("build"));
    Ok(program)
}
