//! Turns the compiled frontend, the styles and the static files into the folder a browser is served from.
//!
//! A crate of its own, so that checks and set-up do not wait for the WASM libraries it needs.
// What this program has to say, it says on the terminal.
#![allow(clippy::print_stdout, clippy::print_stderr)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod css;
mod error;
mod optimise;
mod pack;
mod stamp;
mod wasm;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use error::SiteError;

/// What is to be built from what.
#[derive(Debug, Default)]
struct Job {
    /// The frontend as cargo left it, linked with its relocations.
    wasm: PathBuf,
    /// The name pages ask for: `NAME.js`, `NAME.wasm`, `NAME.css`.
    name: String,
    /// The style sheet that imports all others.
    style: PathBuf,
    /// Files served as they are.
    public: PathBuf,
    /// The folder to make; replaced as a whole.
    out: PathBuf,
    /// The `wasm-opt` to shrink with, where there is one.
    wasm_opt: Option<PathBuf>,
    /// Whether to write `.br` and `.gz` beside each file.
    compress: bool,
}

fn main() -> ExitCode {
    match parse(std::env::args().skip(1)).and_then(|job| build(&job)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn parse(mut args: impl Iterator<Item = String>) -> Result<Job, SiteError> {
    let mut job = Job::default();
    while let Some(flag) = args.next() {
        if flag == "--compress" {
            job.compress = true;
            continue;
        }
        let value = args.next().ok_or_else(|| SiteError::Usage(flag.clone()))?;
        match flag.as_str() {
            "--wasm" => job.wasm = value.into(),
            "--name" => job.name = value,
            "--style" => job.style = value.into(),
            "--public" => job.public = value.into(),
            "--out" => job.out = value.into(),
            "--wasm-opt" => job.wasm_opt = Some(value.into()),
            _ => return Err(SiteError::Usage(flag)),
        }
    }
    Ok(job)
}

fn build(job: &Job) -> Result<(), SiteError> {
    let stamp = stamp::of(job)?;
    if stamp::matches(&job.out, &stamp) {
        return Ok(());
    }
    // Made beside the old one and moved into place, so that a running server never sees half a site.
    let fresh = job.out.with_extension("new");
    remove_dir(&fresh)?;
    let pkg = fresh.join("pkg");
    create_dir(&pkg)?;

    wasm::split_and_bind(&job.wasm, &job.name, &pkg)?;
    if let Some(wasm_opt) = &job.wasm_opt {
        optimise::all(wasm_opt, &pkg)?;
    }
    if job.style.is_file() {
        let file = pkg.join(format!("{}.css", job.name));
        write(&file, css::bundle(&job.style, &job.public)?.as_bytes())?;
    }
    pack::copy(&job.public, &fresh)?;
    // The parts of the style sheet are joined; nobody asks for them one by one.
    remove_dir(&fresh.join("style"))?;
    if job.compress {
        pack::compress(&fresh)?;
    }
    write(&fresh.join(stamp::FILE), stamp.as_bytes())?;
    remove_dir(&job.out)?;
    std::fs::rename(&fresh, &job.out).map_err(SiteError::at(&job.out))?;
    pack::report(&job.out.join("pkg"))
}

fn create_dir(dir: &Path) -> Result<(), SiteError> {
    std::fs::create_dir_all(dir).map_err(SiteError::at(dir))
}

fn remove_dir(dir: &Path) -> Result<(), SiteError> {
    match std::fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(SiteError::at(dir)(error))
        }
        _ => Ok(()),
    }
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), SiteError> {
    std::fs::write(file, bytes).map_err(SiteError::at(file))
}
