//! Scores the built-in reader of postings:
//! `cargo run -p tailor --example analyze -- DIR [--json] [--show develop]`.
//!
//! `DIR` holds `text/skillspan_*.json`, postings in which experts marked every span of hard skill
//! ("knowledge"), and postings with a `NAME.truth.json` beside them that lists what is required, what
//! is welcome and what the work will be. Either may be missing.
//!
//! **Spans.** The marked spans come as words without places: they are looked up in the text in their
//! order, each where the one before ended, else anywhere that none was found yet, at borders of
//! words. A found span and a marked span *overlap* when they share at least one content word (one
//! that is no article, conjunction or preposition) at the same place of the text; they agree
//! *strictly* when they begin and end at the same place once marks and spaces at both ends are left
//! off. Each marked span is matched by at most one found span and the other way round. Precision is
//! matched of found, recall matched of marked, F1 their harmonic mean, over all spans of all
//! postings. Postings at even places of the file (counting from 0) were looked at while the reader
//! was written; those at odd places are held out. `--show` lists misses and false alarms of one half.
//!
//! **Requirements.** A line of the truth is *found* when a requirement of any kind has its words
//! (white space folded), and *told apart* when all that have them are of its kind.
#![allow(clippy::print_stdout)]

mod kinds;
mod lines;
mod spans;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let (mut folder, mut as_json, mut show) = (None, false, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => as_json = true,
            "--show" => show = arguments.next(),
            _ => folder = Some(PathBuf::from(argument)),
        }
    }
    let folder = folder.ok_or("give a folder with postings")?;
    let mut files = Vec::new();
    collect(&folder, &mut files)?;
    files.sort();
    let is_marked = |file: &&PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("skillspan") && name.ends_with(".json")
    };
    let mut knowledge = Value::Null;
    if let Some(file) = files.iter().find(is_marked) {
        knowledge = spans::score(file, show.as_deref(), !as_json)?;
    }
    let postings = lines::score(&files, !as_json)?;
    if as_json {
        let whole = json!({ "knowledge": knowledge, "postings": postings });
        println!("{whole:#}");
    }
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Outcome<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
