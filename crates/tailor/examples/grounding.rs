//! Scores the gate on sets of lines with a verdict expected (`README.md` of the data folder says
//! their form): `grounding FOLDER… [--json] [--show] [--why]`; `--show` tells of the lines that were
//! judged wrongly, `--why` of all that were refused. Each folder holds `profile.json`, `posting.txt` and
//! `lines.jsonl`, or folders that do.

#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tailor::{Evidence, Place, Ruling};

type Outcome<T> = Result<T, Box<dyn Error>>;

#[derive(Default)]
struct Tally {
    right: usize,
    all: usize,
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (options, folders): (Vec<&String>, Vec<&String>) = arguments
        .iter()
        .partition(|argument| argument.starts_with("--"));
    let has = |name: &str| options.iter().any(|option| *option == name);
    let mut sets = Vec::new();
    for folder in folders {
        collect(Path::new(folder), &mut sets)?;
    }
    sets.sort();
    let mut tallies: BTreeMap<(String, String), Tally> = BTreeMap::new();
    for set in &sets {
        let bytes = fs::read(set.join("profile.json"))?;
        let profile = intake::read_evidence("profile.json", &bytes)?.profile;
        let mut strings = Vec::new();
        flatten(&serde_json::from_slice(&bytes)?, "", &mut strings);
        let posting = fs::read_to_string(set.join("posting.txt")).unwrap_or_default();
        let evidence = Evidence::new(&profile).with_strings(&strings);
        for line in fs::read_to_string(set.join("lines.jsonl"))?
            .lines()
            .filter(|line| !line.trim().is_empty())
        {
            let line: Value = serde_json::from_str(line)?;
            let of = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
            let quotes: Vec<String> = line["cites"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
            let ruling = Place::parse(&of("section")).map_or_else(Ruling::default, |place| {
                evidence.judge_quotes(&place, &of("text"), &quotes, &posting)
            });
            let right = ruling.is_ok() == (of("expect") == "accept");
            let tally = tallies.entry((of("expect"), of("kind"))).or_default();
            tally.all += 1;
            tally.right += usize::from(right);
            if (!right && has("--show")) || (!ruling.is_ok() && has("--why")) {
                println!(
                    "{} {} {}\n   line: {}\n   cite: {}",
                    of("id"),
                    of("expect"),
                    of("kind"),
                    of("text"),
                    quotes.join(" ## ")
                );
                for objection in &ruling.objections {
                    println!("   {}: {}", objection.code.as_str(), objection.reason);
                }
            }
        }
    }
    let share = |expect: &str, counted: &dyn Fn(&str) -> bool| {
        let of = tallies
            .iter()
            .filter(|((which, kind), _)| which == expect && counted(kind));
        of.fold((0, 0), |sum, (_, tally)| {
            (sum.0 + tally.right, sum.1 + tally.all)
        })
    };
    let caught = share("reject", &|_| true);
    let accepted = share("accept", &|kind| kind != "translation");
    let translated = share("accept", &|kind| kind == "translation");
    if has("--json") {
        let kinds: Vec<Value> = tallies
            .iter()
            .map(|((expect, kind), tally)| json!({"expect": expect, "kind": kind, "right": tally.right, "all": tally.all}))
            .collect();
        println!(
            "{}",
            json!({"caught": caught, "accepted": accepted, "translated": translated, "kinds": kinds})
        );
        return Ok(());
    }
    for ((expect, kind), tally) in &tallies {
        println!("{expect} {kind:28} {:4} of {:4}", tally.right, tally.all);
    }
    println!(
        "caught {} of {}, accepted {} of {}, translations {} of {}",
        caught.0, caught.1, accepted.0, accepted.1, translated.0, translated.1
    );
    Ok(())
}

fn flatten(value: &Value, pointer: &str, strings: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => strings.push((pointer.to_owned(), text.clone())),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                flatten(item, &format!("{pointer}/{at}"), strings);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                flatten(
                    field,
                    &format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")),
                    strings,
                );
            }
        }
        _ => {}
    }
}

fn collect(folder: &Path, sets: &mut Vec<PathBuf>) -> Outcome<()> {
    if folder.join("lines.jsonl").is_file() {
        sets.push(folder.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, sets)?;
        }
    }
    Ok(())
}
