//! `bench`: measures on the release build, prints one line a figure, and fails when a goal is missed.

mod analyze;
mod cost;
mod grounding;
mod import;
mod main;
mod tailor;
mod typeset;

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::project::Project;
use crate::sh::{self, Done, TaskError};

/// Runs one measurement by its name.
pub fn bench(project: &Project, name: &str, data: Option<&Path>) -> Done {
    let mut figures = Figures::default();
    match name {
        "analyze" => analyze::measure(project, &mut figures, data)?,
        "cost" => cost::measure(project, &mut figures)?,
        "grounding" => grounding::measure(project, &mut figures, data)?,
        "import" => import::measure(project, &mut figures, data)?,
        "tailor" => tailor::measure(project, &mut figures, data)?,
        "main" => main::measure(project, &mut figures, data)?,
        "typeset" => typeset::measure(project, &mut figures, data)?,
        _ => {
            return Err(TaskError::Found(format!(
                "there is no bench {name}; there are: analyze, cost, grounding, import, main, tailor, typeset"
            )));
        }
    }
    figures.finish(project, name)
}

/// What a figure has to reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// Less is better.
    AtMost(f64),
    /// More is better.
    AtLeast(f64),
}

impl Goal {
    fn reached(self, value: f64) -> bool {
        match self {
            Self::AtMost(limit) => value <= limit,
            Self::AtLeast(limit) => value >= limit,
        }
    }

    fn number(self) -> f64 {
        match self {
            Self::AtMost(limit) | Self::AtLeast(limit) => limit,
        }
    }
}

/// The figures of one measurement, printed as they come.
#[derive(Debug, Default)]
pub struct Figures {
    records: Vec<serde_json::Value>,
    short: Vec<String>,
}

impl Figures {
    /// Takes one figure and says how it stands.
    pub fn add(&mut self, name: &str, value: f64, unit: &str, goal: Goal) {
        let well = goal.reached(value);
        let (shown, wanted) = (rounded(value), rounded(goal.number()));
        let verdict = if well { "ok" } else { "short" };
        println!("figure {name} {shown} {unit} goal {wanted} {verdict}");
        self.records.push(json!({
            "name": name, "value": value, "unit": unit, "goal": goal.number(), "ok": well,
        }));
        if !well {
            self.short.push(name.to_owned());
        }
    }

    /// Writes the figures down, and fails when one is short.
    fn finish(self, project: &Project, bench: &str) -> Done {
        let folder = project.target.join("bench");
        fs::create_dir_all(&folder).map_err(sh::at(&folder))?;
        let file = folder.join(format!("{bench}.json"));
        let text = format!("{:#}\n", json!({ "bench": bench, "figures": self.records }));
        fs::write(&file, text).map_err(sh::at(&file))?;
        if self.short.is_empty() {
            return Ok(());
        }
        Err(TaskError::Found(format!(
            "short of the goal: {}",
            self.short.join(", ")
        )))
    }
}

/// As many digits as mean something.
fn rounded(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_above_its_limit_is_short() {
        let mut figures = Figures::default();
        figures.add("weight", 300.0, "kB", Goal::AtMost(300.0));
        assert!(figures.short.is_empty());
        figures.add("weight", 300.5, "kB", Goal::AtMost(300.0));
        assert_eq!(figures.short, ["weight"]);
    }

    #[test]
    fn figures_are_printed_without_needless_zeros() {
        assert_eq!(rounded(300.0), "300");
        assert_eq!(rounded(4.126), "4.13");
    }
}
