//! Shrinks the modules with `wasm-opt`.

use std::path::Path;
use std::process::Command;

use crate::error::SiteError;

/// What rustc's WASM target already uses. The section that says so is gone by now, so it is said here.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Shrinks every module of a folder in place.
pub fn all(wasm_opt: &Path, folder: &Path) -> Result<(), SiteError> {
    for entry in std::fs::read_dir(folder).map_err(SiteError::at(folder))? {
        let file = entry.map_err(SiteError::at(folder))?.path();
        if file.extension().is_some_and(|kind| kind == "wasm") {
            one(wasm_opt, &file)?;
        }
    }
    Ok(())
}

fn one(wasm_opt: &Path, file: &Path) -> Result<(), SiteError> {
    let output = Command::new(wasm_opt)
        .arg("-Oz")
        .args(FEATURES)
        .arg(file)
        .arg("-o")
        .arg(file)
        .output()
        .map_err(SiteError::at(wasm_opt))?;
    if output.status.success() {
        return Ok(());
    }
    Err(SiteError::Optimise {
        path: file.to_owned(),
        reason: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}
