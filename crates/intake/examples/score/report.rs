//! The figures as a table and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

use super::compare::{Count, Counts};
use super::inputs::Scored;

fn by_source(files: &[Scored]) -> BTreeMap<&str, Counts> {
    let mut sources: BTreeMap<&str, Counts> = BTreeMap::new();
    for file in files.iter().filter(|file| file.judged) {
        let counts = sources.entry(file.source).or_default();
        for (kind, count) in &file.counts {
            counts.entry(kind.clone()).or_default().add(*count);
        }
    }
    sources
}

fn total(counts: &Counts) -> Count {
    let mut total = Count::default();
    for count in counts.values() {
        total.add(*count);
    }
    total
}

fn row(name: &str, count: Count) -> String {
    format!(
        "| {name} | {:.1} | {:.1} | {:.1} | {:.3} | {:.3} | {:.3} |",
        count.expected,
        count.found,
        count.right,
        count.precision(),
        count.recall(),
        count.f1()
    )
}

/// Everything as Markdown.
pub fn table(files: &[Scored]) -> String {
    let mut text = String::new();
    let head = "| expected | found | right | precision | recall | F1 |";
    let rule = "|---|---:|---:|---:|---:|---:|---:|";
    let sources = by_source(files);
    let _ = writeln!(text, "## By source\n\n| source {head}\n{rule}");
    for (source, counts) in &sources {
        let _ = writeln!(text, "{}", row(source, total(counts)));
    }
    let _ = writeln!(
        text,
        "\n## Out and in again\n\n| source | files | pieces | lost or changed |\n|---|---:|---:|---:|"
    );
    for (source, (count, pieces, lost)) in trips(files) {
        let _ = writeln!(text, "| {source} | {count} | {pieces} | {lost} |");
    }
    for (source, counts) in &sources {
        let _ = writeln!(
            text,
            "\n## {source}, by kind of field\n\n| kind {head}\n{rule}"
        );
        for (kind, count) in counts {
            let _ = writeln!(text, "{}", row(kind, *count));
        }
    }
    let _ = writeln!(text, "\n## By file\n\n| file {head}\n{rule}");
    for file in files.iter().filter(|file| file.judged) {
        let refused = file
            .refusal
            .as_ref()
            .map(|code| format!(" (refused: {code})"));
        let name = format!("{}{}", file.name, refused.unwrap_or_default());
        let _ = writeln!(text, "{}", row(&name, total(&file.counts)));
    }
    text
}

fn trips(files: &[Scored]) -> BTreeMap<&str, (usize, usize, usize)> {
    let mut trips: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for file in files.iter().filter(|file| file.refusal.is_none()) {
        let trip = trips.entry(file.source).or_default();
        trip.0 += 1;
        trip.1 += file.pieces;
        trip.2 += file.lost.len();
    }
    trips
}

fn figures(count: Count) -> Value {
    json!({
        "expected": count.expected, "found": count.found, "right": count.right,
        "precision": count.precision(), "recall": count.recall(), "f1": count.f1(),
    })
}

/// Everything as JSON.
pub fn json(files: &[Scored]) -> Value {
    let mut sources = serde_json::Map::new();
    for (source, counts) in by_source(files) {
        let kinds: serde_json::Map<String, Value> = counts
            .iter()
            .map(|(kind, count)| (kind.clone(), figures(*count)))
            .collect();
        sources.insert(
            source.to_owned(),
            json!({ "all": figures(total(&counts)), "kinds": kinds }),
        );
    }
    let trips: serde_json::Map<String, Value> = trips(files)
        .into_iter()
        .map(|(source, (files, pieces, lost))| {
            (
                source.to_owned(),
                json!({ "files": files, "pieces": pieces, "lost": lost }),
            )
        })
        .collect();
    let listed: Vec<Value> = files
        .iter()
        .map(|file| {
            json!({
                "file": file.name, "refused": file.refusal, "all": figures(total(&file.counts)),
                "judged": file.judged, "differences": file.differences.len(), "lost": file.lost,
            })
        })
        .collect();
    json!({ "sources": sources, "round_trips": trips, "files": listed, "table": table(files) })
}
