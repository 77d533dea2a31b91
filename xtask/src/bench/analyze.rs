//! `bench analyze`: which knowledge the built-in reader finds in postings that experts marked, and
//! whether what is required, what is welcome and what the work is are found and told apart.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::bench::import::{build, example, floor, parsed};
use crate::bench::{Figures, Goal};
use crate::project::Project;
use crate::sh::{self, Done, TaskError};

/// The overlap F1 in percent that the reader has to reach.
const KNOWLEDGE: f64 = 40.0;

/// The report for people; what is between the marks is measured, the rest written by hand.
const REPORT: &str = "docs/bench-analyze.md";
const BEGIN: &str = "<!-- measured: begin -->\n";
const END: &str = "<!-- measured: end -->";

/// Measures on the postings under `jobs` of `data`; what it has none of, on our own.
pub fn measure(project: &Project, figures: &mut Figures, data: Option<&Path>) -> Done {
    build(project)?;
    let own = scores(project, &project.path("fixtures/jobs"))?;
    let given = data.map(|data| data.join("jobs"));
    let given = match given.filter(|jobs| jobs.is_dir()) {
        Some(jobs) => scores(project, &jobs)?,
        None => Value::Null,
    };
    let marked = [&given["knowledge"], &own["knowledge"]];
    let knowledge = marked.into_iter().find(|part| part.is_object());
    let knowledge = knowledge.ok_or_else(|| TaskError::Found("no marked postings".to_owned()))?;
    let judged = |part: &Value| part["judged"].as_u64().unwrap_or_default() > 0;
    let postings = Some(&given["postings"]).filter(|part| judged(part));
    let postings = postings.unwrap_or(&own["postings"]);
    let report = tables(knowledge, postings);
    println!("{report}");
    write(project, &report)?;
    let mut percent = |name: &str, value: f64, goal: f64| {
        let name = format!("analyze_{name}");
        figures.add(&name, floor(100.0 * value), "%", Goal::AtLeast(goal));
    };
    for (half, prefix, goal) in [
        ("all", "knowledge", KNOWLEDGE),
        ("heldOut", "knowledge_held_out", KNOWLEDGE),
    ] {
        let of = |how: &str, what: &str| number(&knowledge[half][how][what]);
        percent(&format!("{prefix}_overlap_f1"), of("overlap", "f1"), goal);
        percent(
            &format!("{prefix}_precision"),
            of("overlap", "precision"),
            0.0,
        );
        percent(&format!("{prefix}_recall"), of("overlap", "recall"), 0.0);
        percent(&format!("{prefix}_strict_f1"), of("strict", "f1"), 0.0);
    }
    let (mut apart, mut expected) = (0.0, 0.0);
    for (kind, name) in KINDS {
        let of = |what: &str| number(&postings["kinds"][kind][what]);
        percent(
            &format!("{name}_found"),
            share(of("found"), of("expected")),
            100.0,
        );
        apart += of("apart");
        expected += of("expected");
    }
    percent("told_apart", share(apart, expected), 100.0);
    for (kind, name) in KINDS {
        let invented = number(&postings["kinds"][kind]["tooMany"]);
        let name = format!("analyze_{name}_invented");
        figures.add(&name, invented, "lines", Goal::AtMost(0.0));
    }
    Ok(())
}

const KINDS: [(&str, &str); 3] = [
    ("requirements", "requirements"),
    ("niceToHave", "nice_to_haves"),
    ("responsibilities", "duties"),
];

fn scores(project: &Project, folder: &Path) -> Done<Value> {
    parsed(&sh::read(
        example(project, "analyze").arg(folder).arg("--json"),
    )?)
}

/// The measured part of the report.
fn tables(knowledge: &Value, postings: &Value) -> String {
    let mut text =
        "| postings | marked | found | precision | recall | overlap F1 | strict F1 |\n|---|---:|---:|---:|---:|---:|---:|\n"
            .to_owned();
    for (half, name) in [
        ("develop", "looked at"),
        ("heldOut", "held out"),
        ("all", "all"),
    ] {
        let counts = &knowledge[half];
        let of = |how: &str, what: &str| number(&counts[how][what]);
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {:.3} | {:.3} | {:.3} | {:.3} |",
            counts["marked"],
            counts["found"],
            of("overlap", "precision"),
            of("overlap", "recall"),
            of("overlap", "f1"),
            of("strict", "f1"),
        );
    }
    for (title, key) in [
        ("Matched", "matches"),
        ("Missed", "misses"),
        ("False alarms", "falseAlarms"),
    ] {
        let _ = write!(text, "\n| {title} | spans |\n|---|---:|\n");
        let mut kinds: Vec<(&String, u64)> = knowledge[key]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(kind, count)| (kind, count.as_u64().unwrap_or_default()))
            .collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for (kind, count) in kinds {
            let _ = writeln!(text, "| {kind} | {count} |");
        }
    }
    let _ = write!(
        text,
        "\n{} postings with a truth:\n\n| | expected | found | told apart | invented |\n|---|---:|---:|---:|---:|\n",
        postings["judged"]
    );
    for (kind, _) in KINDS {
        let of = |what: &str| &postings["kinds"][kind][what];
        let _ = writeln!(
            text,
            "| {kind} | {} | {} | {} | {} |",
            of("expected"),
            of("found"),
            of("apart"),
            of("tooMany")
        );
    }
    text
}

/// Puts the measured part between its marks.
fn write(project: &Project, measured: &str) -> Done {
    let path = project.path(REPORT);
    let text = fs::read_to_string(&path).map_err(sh::at(&path))?;
    let parts = text.split_once(BEGIN);
    let parts = parts.and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let (before, after) =
        parts.ok_or_else(|| TaskError::Found(format!("{REPORT} has lost its marks")))?;
    let text = format!("{before}{BEGIN}{measured}{END}{after}");
    fs::write(&path, text).map_err(sh::at(&path))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_default()
}

fn share(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 1.0 } else { part / whole }
}
