//! Requirements, nice-to-haves and duties of postings with a truth file.

use std::fs;
use std::path::{Path, PathBuf};

use career::{PartialDate, PostingReport};
use intake::PostingHint;
use serde_json::{Map, Value, json};

use crate::Outcome;

const KINDS: [&str; 3] = ["requirements", "niceToHave", "responsibilities"];

#[derive(Default, Clone, Copy)]
struct Tally {
    expected: usize,
    found: usize,
    apart: usize,
    too_many: usize,
}

/// Scores all of them together; gives the counts by kind.
pub fn score(files: &[PathBuf], tell: bool) -> Outcome<Value> {
    let mut tallies = [Tally::default(); 3];
    let mut judged = 0;
    for file in files {
        let Some((truth, report)) = read(file)? else {
            continue;
        };
        judged += 1;
        let found = KINDS.map(|kind| folded(&report[kind]));
        for (place, kind) in KINDS.iter().enumerate() {
            let expected = folded(&truth[*kind]);
            let tally = &mut tallies[place];
            tally.expected += expected.len();
            for line in &expected {
                let mut kinds = (0..KINDS.len()).filter(|other| found[*other].contains(line));
                let one = kinds.next();
                tally.found += usize::from(one.is_some());
                let apart = one == Some(place) && kinds.next().is_none();
                tally.apart += usize::from(apart);
                if tell && !apart {
                    let was = one.map_or("missing", |one| KINDS[one]);
                    println!("  {}: {kind} {line:?}: {was}", file.display());
                }
            }
            if truth.get(*kind).is_some() {
                for line in found[place].iter().filter(|line| !expected.contains(line)) {
                    tally.too_many += 1;
                    if tell {
                        println!("  {}: {kind} too many {line:?}", file.display());
                    }
                }
            }
        }
    }
    let mut kinds = Map::new();
    for (kind, tally) in KINDS.iter().zip(tallies) {
        let Tally {
            expected,
            found,
            apart,
            too_many,
        } = tally;
        if tell {
            println!(
                "{kind:18} {expected:4} expected {found:4} found {apart:4} told apart {too_many:4} too many"
            );
        }
        kinds.insert(
            (*kind).to_owned(),
            json!({"expected": expected, "found": found, "apart": apart, "tooMany": too_many}),
        );
    }
    Ok(json!({ "judged": judged, "kinds": kinds }))
}

/// The truth and what was read, for a file that has a truth with lines.
fn read(file: &Path) -> Outcome<Option<(Value, Value)>> {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let truth = file.with_file_name(format!("{stem}.truth.json"));
    if stem.ends_with(".truth") || !truth.exists() {
        return Ok(None);
    }
    let truth: Value = serde_json::from_slice(&fs::read(truth)?)?;
    if !KINDS.iter().any(|kind| truth.get(*kind).is_some()) {
        return Ok(None);
    }
    let today = PartialDate::parse("2026-11-24").ok_or("no date")?;
    let report = match intake::read_posting(&fs::read(file)?, PostingHint::default()) {
        Ok(posting) => {
            let analysis = tailor::analyze(&posting);
            serde_json::to_value(PostingReport::job(&posting, &analysis, today))?
        }
        // What is taken for no posting has none of the lines.
        Err(_) => json!({}),
    };
    Ok(Some((truth, report)))
}

fn folded(lines: &Value) -> Vec<String> {
    let lines = lines.as_array().map(Vec::as_slice).unwrap_or_default();
    lines
        .iter()
        .filter_map(Value::as_str)
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}
