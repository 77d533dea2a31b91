//! Scores the built-in reader of postings:
//! `cargo run -p tailor --example analyze -- DIR [--json] [--show develop]`, or `-- --mark FILE` to see
//! a posting with what was found in it.
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
            "--mark" => return mark(Path::new(&arguments.next().ok_or("give a posting")?)),
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

/// Prints a posting, what was found in double brackets, requirements by their first letter.
fn mark(file: &Path) -> Outcome<()> {
    let posting = intake::read_posting(&fs::read(file)?, intake::PostingHint::default())?;
    let analysis = tailor::analyze(&posting);
    let mut marks: Vec<(usize, String)> = Vec::new();
    for requirement in &analysis.requirements {
        let kind = format!("{:?}", requirement.kind).to_lowercase();
        marks.push((requirement.span.0, format!("{{{}: ", &kind[..1])));
        marks.push((requirement.span.1, "}".to_owned()));
    }
    for one in &analysis.knowledge {
        marks.push((one.span.0, "[[".to_owned()));
        marks.push((one.span.1, "]]".to_owned()));
    }
    marks.sort_by_key(|(at, mark)| (*at, mark.starts_with(['[', '{'])));
    let mut text = posting.text.clone();
    for (at, mark) in marks.iter().rev() {
        text.insert_str(*at, mark);
    }
    println!("{text}");
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
