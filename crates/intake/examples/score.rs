//! Scores what the readers make of files with a known truth: precision, recall and F1 by kind of
//! field and by source, and whether anything is lost on the way out and in again. Of several
//! folders, the first that has files of a source gives all of them.
//!
//! `cargo run -p intake --example score -- DIR... [--json] [--show NAME]`
#![allow(clippy::print_stdout, clippy::print_stderr, missing_docs)]

#[path = "score/compare.rs"]
mod compare;
#[path = "score/content.rs"]
mod content;
#[path = "score/inputs.rs"]
mod inputs;
#[path = "score/report.rs"]
mod report;
#[path = "score/sheet.rs"]
mod sheet;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let json = arguments.iter().any(|argument| argument == "--json");
    let show = arguments
        .iter()
        .position(|argument| argument == "--show")
        .map(|position| {
            arguments.remove(position);
            if position < arguments.len() {
                arguments.remove(position)
            } else {
                String::new()
            }
        });
    arguments.retain(|argument| argument != "--json");
    if arguments.is_empty() {
        eprintln!("usage: score DIR... [--json] [--show NAME]");
        return ExitCode::from(2);
    }
    let folders: Vec<&Path> = arguments.iter().map(Path::new).collect();
    let files = inputs::score_all(&folders);
    if files.is_empty() {
        eprintln!("no file with a truth under {}", arguments.join(", "));
        return ExitCode::FAILURE;
    }
    if let Some(name) = show {
        for file in files.iter().filter(|file| file.name.contains(&name)) {
            println!(
                "{}: {}",
                file.name,
                file.refusal.as_deref().unwrap_or("read")
            );
            for line in file.differences.iter().chain(&file.lost) {
                println!("  {line}");
            }
        }
        return ExitCode::SUCCESS;
    }
    if json {
        println!("{:#}", report::json(&files));
    } else {
        println!("{}", report::table(&files));
    }
    ExitCode::SUCCESS
}
