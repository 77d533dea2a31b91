//! `bench import`: what the readers make of files with a known truth, by source, and whether
//! anything is lost on the way out as a JSON Resume and in again.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::bench::{Figures, Goal};
use crate::project::Project;
use crate::sh::{self, Done, TaskError};

/// The F1 in percent that each source has to reach; what is not named has to reach the last.
const GOALS: [(&str, f64); 6] = [
    ("linkedin-export", 100.0),
    ("jsonresume", 100.0),
    ("reactive-resume", 100.0),
    ("rendercv", 100.0),
    ("linkedin-pdf", 99.0),
    ("", 95.0),
];

/// Where the report for people goes.
const REPORT: &str = "docs/bench-import.md";

const HEADER: &str =
    "<!-- What `cargo xtask bench import` measured last; made by it, not by hand. -->
# Import, measured

Every file with a truth beside it is read, written as a JSON Resume, and that is compared with the
truth. *Expected* counts what the truth says, *found* what was read of the kinds that the truth
judges, *right* what agrees. Free text counts by its lines, each by the share of its words that
stand in order. A source whose files cannot be read yet counts as nothing found.

";

/// Measures on the inputs of `data`, or on our own fixtures.
pub fn measure(project: &Project, figures: &mut Figures, data: Option<&Path>) -> Done {
    let text = sh::read(
        Command::new("cargo")
            .args([
                "run",
                "--quiet",
                "--package",
                "intake",
                "--example",
                "score",
                "--",
            ])
            // Kinds that the given folder has nothing of are measured on our own.
            .args(data)
            .arg(project.path("fixtures"))
            .arg("--json"),
    )?;
    let scores: Value = serde_json::from_str(&text)
        .map_err(|error| TaskError::Found(format!("the scores cannot be read: {error}")))?;
    let table = scores["table"].as_str().unwrap_or_default();
    println!("{table}");
    let report = project.path(REPORT);
    if let Some(folder) = report.parent() {
        fs::create_dir_all(folder).map_err(sh::at(folder))?;
    }
    fs::write(&report, format!("{HEADER}{}\n", table.trim_end())).map_err(sh::at(&report))?;
    for (source, score) in scores["sources"].as_object().into_iter().flatten() {
        let goal = GOALS
            .iter()
            .find(|(name, _)| name == source || name.is_empty())
            .map_or(100.0, |(_, goal)| *goal);
        let percent = score["all"]["f1"].as_f64().unwrap_or_default() * 100.0;
        figures.add(
            &name(source, "f1"),
            floor(percent),
            "%",
            Goal::AtLeast(goal),
        );
    }
    for (source, trip) in scores["round_trips"].as_object().into_iter().flatten() {
        let lost = trip["lost"].as_f64().unwrap_or(f64::NAN);
        figures.add(&name(source, "lost"), lost, "pieces", Goal::AtMost(0.0));
    }
    Ok(())
}

fn name(source: &str, what: &str) -> String {
    format!("import_{}_{what}", source.replace('-', "_"))
}

/// Two digits, never rounded up: 99.999 is not all of it.
fn floor(percent: f64) -> f64 {
    (percent * 100.0 + 1e-6).floor() / 100.0
}
