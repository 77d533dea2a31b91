//! How well files are read: `score DIR [PATTERN]` compares every file under a folder with the truth
//! beside it. With `FAULTS=1` each point that is not right is listed.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use intake::read_evidence;
use intake::score::{Tally, compare};

fn truths(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            truths(&path, found);
        } else if path.to_string_lossy().ends_with(".truth.json") {
            found.push(path);
        }
    }
}

fn line(name: &str, tally: &Tally) {
    println!(
        "{name:<56} {:.3} {:.3} {:.3}  {:>4} right {:>3} missing {:>3} wrong {:>3} unprinted",
        tally.precision(),
        tally.recall(),
        tally.f1(),
        tally.right,
        tally.missing,
        tally.wrong,
        tally.unprinted,
    );
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("score DIR [PATTERN]");
    let pattern = arguments.next().unwrap_or_default();
    let faults = std::env::var("FAULTS").is_ok();
    let mut paths = Vec::new();
    truths(Path::new(&folder), &mut paths);
    paths.sort();
    let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
    let mut total = Tally::default();
    println!("{:<56} prec. rec.  F1", "file");
    for truth_path in paths {
        let name = truth_path.to_string_lossy().replace(".truth.json", "");
        let Some(source) = ["pdf", "zip", "json", "yaml"]
            .iter()
            .map(|end| PathBuf::from(format!("{name}.{end}")))
            .find(|path| path.exists() && path.to_string_lossy().contains(&pattern))
        else {
            continue;
        };
        let truth = serde_json::from_slice(&std::fs::read(&truth_path).unwrap()).unwrap();
        let bytes = std::fs::read(&source).unwrap();
        let read = read_evidence(&source.to_string_lossy(), &bytes);
        let score = compare(&truth, read.as_ref().ok());
        let short = source.strip_prefix(&folder).unwrap_or(&source);
        line(&short.to_string_lossy(), &score.total());
        if let Err(error) = &read {
            println!("    refused: {}", error.code());
        }
        for fault in score.faults.iter().filter(|_| faults) {
            println!("    {}", fault.replace('\n', " / "));
        }
        for (kind, tally) in &score.kinds {
            kinds.entry(kind.clone()).or_default().add(*tally);
        }
        total.add(score.total());
    }
    println!();
    for (kind, tally) in &kinds {
        line(kind, tally);
    }
    line("total", &total);
}
