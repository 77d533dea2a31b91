//! `fuzz`: gives every reader more and more inputs that nobody would write, for so many minutes, and
//! keeps those that reach new places of the code.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::Project;
use crate::sh::{self, Done, TaskError};

/// What strangers send most, and what is hardest to read: these get the long time.
const LONG: [&str; 4] = ["zip", "pdf", "docx", "html"];
const LONG_MINUTES: u64 = 30;
const SHORT_MINUTES: u64 = 5;
/// The release everything here was tried with.
const CARGO_FUZZ: &str = "0.13.2";
/// What is kept of a target's inputs, in bytes: the smallest ones, for everybody's clone carries them.
const KEPT: u64 = 140_000;
/// And how many at most.
const KEPT_FILES: usize = 300;
/// Longer inputs make every try slow. Pages of a PDF need some room.
const LONGEST: u64 = 12_000;
const LONGEST_PDF: u64 = 32_000;

/// How to fuzz.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// What to fuzz; all targets when none is named
    targets: Vec<String>,
    /// Minutes a target, instead of 30 for archives, PDFs, documents and pages and 5 for the others
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    minutes: Option<u64>,
    /// What watches over memory: `address`, or `none` where that cannot be built
    #[arg(long, default_value = "address")]
    sanitizer: String,
    /// Puts what was kept into `fuzz/corpus`, instead of only using it
    #[arg(long)]
    keep: bool,
}

/// Fuzzes one target after another and stops at the first that finds something.
pub fn fuzz(project: &Project, options: &Options) -> Done {
    need_nightly()?;
    let cargo_fuzz = cargo_fuzz(project)?;
    let known = targets(project)?;
    let chosen = if options.targets.is_empty() {
        &known
    } else {
        &options.targets
    };
    if let Some(unknown) = chosen.iter().find(|target| !known.contains(target)) {
        return Err(TaskError::Missing(format!(
            "There is no target {unknown}: choose among {}.",
            known.join(", ")
        )));
    }
    sh::say("Building the targets");
    sh::run(
        nightly(project, &cargo_fuzz)
            .args(["build", "--fuzz-dir", "fuzz", "--target-dir"])
            .arg(folder(project))
            .args(["--sanitizer", &options.sanitizer]),
    )?;
    let seeds = [
        "build",
        "--quiet",
        "--manifest-path",
        "fuzz/seeds/Cargo.toml",
    ];
    sh::run(
        project
            .cargo(&seeds)
            .arg("--target-dir")
            .arg(folder(project)),
    )?;
    for target in chosen {
        let long = LONG.contains(&target.as_str());
        let minutes = if long { LONG_MINUTES } else { SHORT_MINUTES };
        one(project, target, options.minutes.unwrap_or(minutes))?;
        if options.keep {
            keep(project, target)?;
        }
    }
    Ok(())
}

/// The targets, by their files.
fn targets(project: &Project) -> Done<Vec<String>> {
    let folder = project.path("fuzz/fuzz_targets");
    let mut names = Vec::new();
    for file in fs::read_dir(&folder).map_err(sh::at(&folder))? {
        let path = file.map_err(sh::at(&folder))?.path();
        let name = path.file_stem().unwrap_or_default();
        names.push(name.to_string_lossy().into_owned());
    }
    // The long ones first: they find most.
    names.sort_by_key(|name| (!LONG.contains(&name.as_str()), name.clone()));
    Ok(names)
}

fn one(project: &Project, target: &str, minutes: u64) -> Done {
    sh::say(&format!("Fuzzing {target} for {minutes} min"));
    let own = folder(project).join("run").join(target);
    let (found, seeds) = (own.join("corpus"), own.join("seeds"));
    let findings = project.path("fuzz/artifacts").join(target);
    for folder in [&found, &seeds, &findings] {
        fs::create_dir_all(folder).map_err(sh::at(folder))?;
    }
    sh::run(
        Command::new(folder(project).join("debug/seeds"))
            .arg(target)
            .arg(&seeds),
    )?;
    let mut run = program(project, target);
    run.args([
        format!("-max_total_time={}", minutes * 60),
        format!("-artifact_prefix={}/", findings.display()),
        "-print_final_stats=1".to_owned(),
    ]);
    let words = project.path("fuzz/dict").join(dictionary(target));
    if words.is_file() {
        run.arg(format!("-dict={}", words.display()));
    }
    run.args([found, seeds]);
    let kept = project.path("fuzz/corpus").join(target);
    if kept.is_dir() {
        run.arg(kept);
    }
    match sh::run(&mut run) {
        Err(TaskError::Failed(_)) => Err(TaskError::Found(format!(
            "{target} found something; its input is in {}. Mend the reader, and put the input into \
             fuzz/findings/{target} where the tests try it again.",
            findings.display()
        ))),
        other => other,
    }
}

/// Puts the fewest inputs that reach all that was reached into the tree, the smallest of them when
/// they are many.
fn keep(project: &Project, target: &str) -> Done {
    let own = folder(project).join("run").join(target);
    let fewest = own.join("fewest");
    let kept = project.path("fuzz/corpus").join(target);
    if fewest.exists() {
        fs::remove_dir_all(&fewest).map_err(sh::at(&fewest))?;
    }
    for folder in [&fewest, &kept] {
        fs::create_dir_all(folder).map_err(sh::at(folder))?;
    }
    sh::run(program(project, target).arg("-merge=1").args([
        &fewest,
        &kept,
        &own.join("corpus"),
        &own.join("seeds"),
    ]))?;
    let mut sized = Vec::new();
    for file in fs::read_dir(&fewest).map_err(sh::at(&fewest))? {
        let path = file.map_err(sh::at(&fewest))?.path();
        let size = fs::metadata(&path).map_err(sh::at(&path))?.len();
        sized.push((size, path));
    }
    sized.sort();
    fs::remove_dir_all(&kept).map_err(sh::at(&kept))?;
    fs::create_dir_all(&kept).map_err(sh::at(&kept))?;
    let mut left = KEPT;
    for (size, path) in sized.into_iter().take(KEPT_FILES) {
        let Some(rest) = left.checked_sub(size) else {
            break;
        };
        left = rest;
        let to = kept.join(path.file_name().unwrap_or_default());
        fs::copy(&path, &to).map_err(sh::at(&to))?;
    }
    Ok(())
}

/// A target's program with the limits that every try has: those of the child that reads files.
fn program(project: &Project, target: &str) -> Command {
    let longest = if target == "pdf" {
        LONGEST_PDF
    } else {
        LONGEST
    };
    let built = format!("{}/release/{target}", host());
    let mut command = Command::new(folder(project).join(built));
    command
        .args(["-timeout=30", "-rss_limit_mb=1024"])
        .arg(format!("-max_len={longest}"))
        .env("ASAN_OPTIONS", "detect_odr_violation=0")
        .current_dir(&project.root);
    command
}

fn dictionary(target: &str) -> &'static str {
    match target {
        "pdf" => "pdf.dict",
        "html" | "jsonld" | "hidden" => "html.dict",
        "docx" | "europass" => "docx.dict",
        "zip" | "csv" | "snapshot" => "zip.dict",
        _ => "none",
    }
}

fn folder(project: &Project) -> PathBuf {
    project.target.join("fuzz")
}

/// The name of the system that nightly builds for.
fn host() -> String {
    let told = sh::ask("rustc", &["-vV"]).unwrap_or_default();
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    host.unwrap_or("x86_64-unknown-linux-gnu").to_owned()
}

fn need_nightly() -> Done {
    if sh::ask("cargo", &["+nightly", "--version"]).is_some() {
        return Ok(());
    }
    Err(TaskError::Missing(
        "Fuzzing needs Rust's nightly toolchain: `rustup toolchain install nightly`.".to_owned(),
    ))
}

fn nightly(project: &Project, cargo_fuzz: &Path) -> Command {
    // Called by its own name, it needs no place in PATH; which cargo it calls is told like this.
    let mut command = project.command(&cargo_fuzz.to_string_lossy(), &["fuzz"]);
    command
        .env("RUSTUP_TOOLCHAIN", "nightly")
        .env_remove("CARGO");
    command
}

fn cargo_fuzz(project: &Project) -> Done<PathBuf> {
    let root = project.tools();
    let program = root.join("bin/cargo-fuzz");
    let version = format!("cargo-fuzz {CARGO_FUZZ}");
    for found in [Some(program.clone()), sh::find("cargo-fuzz")]
        .into_iter()
        .flatten()
    {
        if sh::ask(&found, &["--version"]).as_ref() == Some(&version) {
            return Ok(found);
        }
    }
    sh::say("Installing cargo-fuzz");
    let install = ["install", "cargo-fuzz", "--version", CARGO_FUZZ];
    sh::run(
        project
            .cargo(&install)
            .args(["--locked", "--quiet", "--force", "--root"])
            .arg(&root)
            .env("CARGO_TARGET_DIR", root.join("build")),
    )?;
    Ok(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_built_and_its_kept_inputs_are_tried_again_by_the_tests() {
        let project = Project::find().unwrap();
        let read = |name: &str| fs::read_to_string(project.path(name)).unwrap();
        let manifest = read("fuzz/Cargo.toml");
        let tried = read("fuzz/src/readers.rs") + &read("fuzz/src/tailoring.rs");
        let targets = targets(&project).unwrap();
        assert_eq!(targets[..4], ["docx", "html", "pdf", "zip"]);
        for target in targets {
            assert!(
                manifest.contains(&format!("name = \"{target}\"")),
                "{target}"
            );
            assert!(
                tried.contains(&format!("(\"{target}\", {target})")),
                "{target}"
            );
        }
    }
}
