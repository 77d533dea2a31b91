//! `bench import`: what the readers make of files with a known truth, by source, and whether
//! anything is lost on the way out as a JSON Resume and in again.

use std::fmt::Write as _;
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
stand in order. PDFs are judged by what their pages show: what a theme leaves out of the file it was
made from is not expected of the reader.

";

/// Measures on the inputs of `data`, or on our own fixtures.
pub fn measure(project: &Project, figures: &mut Figures, data: Option<&Path>) -> Done {
    build(project)?;
    let own = project.path("fixtures");
    let text = sh::read(
        example(project, "score")
            // Kinds that the given folder has nothing of are measured on our own.
            .args(data)
            .arg(&own)
            .arg("--json"),
    )?;
    let scores = parsed(&text)?;
    let mut report = scores["table"].as_str().unwrap_or_default().to_owned();
    report.push_str(&trips(project, figures, data, &own)?);
    report.push_str(&postings(project, figures, data, &own)?);
    println!("{report}");
    let path = project.path(REPORT);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(sh::at(folder))?;
    }
    fs::write(&path, format!("{HEADER}{}\n", report.trim_end())).map_err(sh::at(&path))?;
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

/// Builds the examples as the tests are built, so that nothing is compiled again for other features.
pub(super) fn build(project: &Project) -> Done {
    sh::run(&mut project.cargo(&["build", "--quiet", "--examples"]))
}

pub(super) fn example(project: &Project, name: &str) -> Command {
    Command::new(project.target.join("debug/examples").join(name))
}

pub(super) fn parsed(text: &str) -> Done<Value> {
    serde_json::from_str(text)
        .map_err(|error| TaskError::Found(format!("the scores cannot be read: {error}")))
}

/// Our own PDFs of the profiles, read again, by template; gives the report's part.
fn trips(
    project: &Project,
    figures: &mut Figures,
    data: Option<&Path>,
    own: &Path,
) -> Done<String> {
    let has_profiles = |folder: &&Path| folder.join("jsonresume").is_dir();
    let folder = data.filter(has_profiles).unwrap_or(own);
    let text = sh::read(example(project, "round_trip").arg(folder))?;
    let mut part = "\n## Our own PDF, read again\n\n| template | profiles | points | F1 |\n|---|---:|---:|---:|\n".to_owned();
    for line in text.lines() {
        let [template, f1, profiles, points] = line.split(' ').collect::<Vec<_>>()[..] else {
            return Err(TaskError::Found(format!("not a score: {line}")));
        };
        let percent = f1.parse::<f64>().unwrap_or_default() * 100.0;
        let _ = writeln!(
            part,
            "| {template} | {profiles} | {points} | {:.3} |",
            floor(percent) / 100.0
        );
        let name = name(template, "own_pdf_f1");
        figures.add(&name, floor(percent), "%", Goal::AtLeast(98.0));
    }
    Ok(part)
}

/// Postings against their truth; gives the report's part.
fn postings(
    project: &Project,
    figures: &mut Figures,
    data: Option<&Path>,
    own: &Path,
) -> Done<String> {
    let folder = data.map(|data| data.join("jobs"));
    let folder = folder.filter(|jobs| jobs.is_dir());
    let folder = folder.unwrap_or_else(|| own.join("jobs"));
    let text = sh::read(example(project, "score_postings").arg(folder).arg("--json"))?;
    let scores = parsed(&text)?;
    let mut part =
        "\n## Postings, by field\n\n| field | right | wrong | invented |\n|---|---:|---:|---:|\n"
            .to_owned();
    for (field, tally) in scores["fields"].as_object().into_iter().flatten() {
        let of = |key: &str| tally[key].as_u64().unwrap_or_default();
        let (right, wrong, invented) = (of("right"), of("wrong"), of("invented"));
        let _ = writeln!(part, "| {field} | {right} | {wrong} | {invented} |");
        let faults = (wrong + invented) as f64;
        figures.add(
            &format!("posting_{field}_faults"),
            faults,
            "fields",
            Goal::AtMost(0.0),
        );
    }
    Ok(part)
}

fn name(source: &str, what: &str) -> String {
    format!("import_{}_{what}", source.replace('-', "_"))
}

/// Two digits, never rounded up: 99.999 is not all of it.
pub(super) fn floor(percent: f64) -> f64 {
    (percent * 100.0 + 1e-6).floor() / 100.0
}
