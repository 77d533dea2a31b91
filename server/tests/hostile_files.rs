//! Hostile files given to the program on the command line: each ends in a result or in one plain
//! sentence, in little memory, and a refusal leaves nothing behind.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/bombs.rs"]
mod bombs;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What the program itself may have of memory, in KiB of addresses. The child that reads has less
/// and takes care of that by itself.
const MEMORY_KIB: u64 = 1_500_000;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

/// A folder of the test's own, empty.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("hostile-{name}"));
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Everything hostile: the files of the fixtures, and bombs that are made here because they are
/// large or nobody wants them on disk.
fn hostile(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![fixtures().join("hostile")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    for (name, make) in bombs::ALL {
        let path = folder.join(name);
        fs::write(&path, make()).unwrap();
        found.push(path);
    }
    found.sort();
    found
}

/// Calls the program and says whether it did what it was asked to. What it says and leaves behind is
/// checked.
fn ends_well(arguments: &[&str], folder: &Path) -> bool {
    let out = folder.join("out");
    let limited = format!("ulimit -v {MEMORY_KIB}; exec \"$0\" \"$@\"");
    let output = Command::new("sh")
        .args(["-c", &limited, env!("CARGO_BIN_EXE_llmployable")])
        .args(arguments)
        .arg("--out")
        .arg(&out)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    let left: Vec<_> = fs::read_dir(folder).unwrap().collect();
    match output.status.code() {
        Some(0) => {
            assert!(told.is_empty(), "{arguments:?}: {told}");
            assert!(out.is_file(), "{arguments:?}");
            assert_eq!(left.len(), 1, "{arguments:?} leaves more than its result");
            fs::remove_file(&out).unwrap();
            true
        }
        Some(2..=4) => {
            assert_eq!(told.lines().count(), 1, "{arguments:?}: {told}");
            assert!(told.trim_end().ends_with('.'), "{arguments:?}: {told}");
            assert!(!told.contains("panicked"), "{arguments:?}: {told}");
            assert!(output.stdout.is_empty(), "{arguments:?}");
            assert!(left.is_empty(), "{arguments:?} leaves something behind");
            false
        }
        code => panic!("{arguments:?} ends with {code:?}: {told}"),
    }
}

/// Calls the program for every hostile file, on as many processors as there are; gives the names of
/// those that were taken.
fn taken(test: &str, arguments: fn(&str) -> Vec<&str>) -> Vec<String> {
    let bombs = scratch(&format!("{test}-bombs"));
    let files = hostile(&bombs);
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut taken: Vec<String> = thread::scope(|scope| {
        let work = |worker: usize| {
            let (files, next) = (&files, &next);
            move || {
                let folder = scratch(&format!("{test}-{worker}"));
                let mut taken = Vec::new();
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if ends_well(&arguments(file.to_str().unwrap()), &folder) {
                        let name = file.file_name().unwrap().to_string_lossy();
                        taken.push(name.into_owned());
                    }
                }
                taken
            }
        };
        let workers: Vec<_> = (0..workers)
            .map(|worker| scope.spawn(work(worker)))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    });
    fs::remove_dir_all(&bombs).unwrap();
    taken.sort();
    taken
}

#[test]
fn every_hostile_file_is_imported_or_refused_in_one_sentence_and_leaves_nothing_half_done() {
    let taken = taken("import", |file| vec!["import", file]);
    for name in [
        "active_content.pdf",
        "csv_formula_and_quotes.csv",
        "inj_white_text.pdf",
    ] {
        assert!(taken.iter().any(|taken| taken == name), "{name}: {taken:?}");
    }
    let bombs: Vec<&String> = taken.iter().filter(|name| name.contains("bomb")).collect();
    assert_eq!(bombs, Vec::<&String>::new());
}

#[test]
fn every_hostile_file_is_a_posting_or_is_refused_in_one_sentence_and_leaves_nothing_half_done() {
    let taken = taken("posting", |file| vec!["posting", file]);
    let name = "html_visible_in_requirements.html";
    assert!(taken.iter().any(|taken| taken == name), "{taken:?}");
}

#[test]
fn a_refusal_leaves_what_stood_at_the_place_of_the_result() {
    let folder = scratch("kept");
    let out = folder.join("mine.pdf");
    fs::write(&out, "mine").unwrap();
    let good = fixtures().join("jsonresume/thin_jane.json");
    let bad = fixtures().join("hostile/pdf/truncated_half.pdf");
    let job = fixtures().join("jobs/text/jobsync_backend.txt");
    let wall = fixtures().join("hostile/zip/slip_dotdot.zip");
    for (profile, job) in [(&bad, &job), (&good, &wall), (&good, &bad)] {
        let output = Command::new(env!("CARGO_BIN_EXE_llmployable"))
            .args(["tailor", "--profile", profile.to_str().unwrap()])
            .args(["--job", job.to_str().unwrap()])
            .args(["--out", out.to_str().unwrap()])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(3));
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(told.lines().count(), 1, "{told}");
        assert_eq!(fs::read(&out).unwrap(), b"mine");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }
}
