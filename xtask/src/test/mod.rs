//! `test`: every check there is, one part after the other, with the time each took.

mod browser;
mod report;
mod suites;

use std::time::Instant;

use clap::ValueEnum;

use crate::lint;
use crate::project::Project;
use crate::sh::{Done, TaskError};
use report::{Counts, Step};

/// One part of the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Format, clippy, dependencies, architecture
    Lint,
    /// Everything that needs nothing but the compiler
    Unit,
    /// What needs a Postgres; each test starts a private one
    Db,
    /// What talks to stand-ins of other services
    Upstream,
    /// The journeys in a browser
    Browser,
}

/// The order: what answers soonest first, what needs everything else last.
const ORDER: [Part; 5] = [
    Part::Lint,
    Part::Unit,
    Part::Db,
    Part::Upstream,
    Part::Browser,
];

/// Runs the parts asked for, or all, and says at the end what passed.
pub fn test(project: &Project, only: &[Part]) -> Done {
    let wanted = |part: &Part| only.is_empty() || only.contains(part);
    let mut steps = Vec::new();
    for part in ORDER.into_iter().filter(wanted) {
        println!("\n== {part:?}");
        let begin = Instant::now();
        let outcome = match part {
            Part::Lint => lint::lint(project).map(|()| Counts::default()),
            Part::Unit | Part::Db | Part::Upstream => suites::run(project, part),
            Part::Browser => browser::run(project),
        };
        let failed = outcome.is_err();
        steps.push(Step {
            part,
            time: begin.elapsed(),
            outcome,
        });
        // A browser shows what the others have shown already, only slower.
        if failed && part == Part::Unit && wanted(&Part::Browser) {
            println!("The unit tests failed: going on without the slower parts");
            break;
        }
    }
    report::print(&steps);
    let failed: Vec<String> = steps
        .iter()
        .filter_map(|step| Some(format!("{:?}: {}", step.part, step.outcome.as_ref().err()?)))
        .collect();
    if failed.is_empty() {
        return Ok(());
    }
    Err(TaskError::Found(failed.join("\n✗ ")))
}
