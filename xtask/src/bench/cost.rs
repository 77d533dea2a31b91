//! `bench cost`: what kept answers save on a fixed trace of what people do, and whether any of them
//! is the answer to another question.

use serde_json::Value;

use crate::bench::import::{build, example, floor, parsed};
use crate::bench::{Figures, Goal};
use crate::project::Project;
use crate::sh::{self, Done};

/// Replays the committed trace with and without kept answers.
pub fn measure(project: &Project, figures: &mut Figures) -> Done {
    build(project)?;
    let trace = project.path("fixtures/replay/trace.jsonl");
    let told = parsed(&sh::read(example(project, "replay").arg(&trace))?)?;
    let number = |key: &str| told[key].as_f64().unwrap_or(f64::NAN);
    println!(
        "{} steps of {} people: {} calls, ${:.4} with kept answers, ${:.4} without",
        told["steps"],
        told["people"],
        told["calls"],
        number("cost_micro") / 1e6,
        number("cost_without_micro") / 1e6,
    );
    for (purpose, pair) in told["looked"].as_object().into_iter().flatten() {
        let part = |at: usize| pair[at].as_f64().unwrap_or_default();
        let rate = floor(100.0 * part(0) / part(1).max(1.0));
        figures.add(
            &format!("cost_hit_rate_{purpose}"),
            rate,
            "%",
            Goal::AtLeast(0.0),
        );
    }
    let saved = floor(number("saved_percent"));
    figures.add("cost_saved", saved, "%", Goal::AtLeast(60.0));
    let wrong = told["wrong"].as_f64().unwrap_or(f64::NAN);
    figures.add("cost_wrong_hits", wrong, "", Goal::AtMost(0.0));
    let helped = told["looked"].get("rewrite").is_some_and(Value::is_array);
    figures.add(
        "cost_lines_asked",
        f64::from(u8::from(helped)),
        "",
        Goal::AtLeast(1.0),
    );
    Ok(())
}
