//! `bench grounding`: how many planted false claims the gate catches, and how many true rewordings
//! it lets through, by kind.

use std::path::Path;

use serde_json::Value;

use crate::bench::import::{build, example, floor, parsed};
use crate::bench::{Figures, Goal};
use crate::project::Project;
use crate::sh::{self, Done};

/// Measures on the sets under `grounding` of `data`, and on our own.
pub fn measure(project: &Project, figures: &mut Figures, data: Option<&Path>) -> Done {
    build(project)?;
    let given = data.map(|data| data.join("grounding"));
    let given = given.filter(|folder| folder.is_dir());
    let own = |name: &str| Some(project.path(&format!("fixtures/{name}")));
    let sets = [
        ("given", given),
        ("own", own("grounding")),
        // Written by people who had seen neither the gate nor the other sets; measured before they were read.
        ("strangers", own("strangers")),
        // False claims only, each a thing that models do.
        ("lies", own("lies")),
    ];
    for (name, folder) in sets {
        let Some(folder) = folder else { continue };
        let text = sh::read(example(project, "grounding").arg(&folder).arg("--json"))?;
        let scores = parsed(&text)?;
        println!("{name}: {}", folder.display());
        for kind in scores["kinds"].as_array().into_iter().flatten() {
            let word = |key: &str| kind[key].as_str().unwrap_or_default();
            let count = |key: &str| kind[key].as_u64().unwrap_or_default();
            println!(
                "  {} {:28} {:4} of {:4}",
                word("expect"),
                word("kind"),
                count("right"),
                count("all")
            );
        }
        let mut figure = |what: &str, key: &str, goal: f64| {
            figures.add(
                &format!("grounding_{name}_{what}"),
                floor(share(&scores[key])),
                "%",
                Goal::AtLeast(goal),
            );
        };
        figure("false_claims_caught", "caught", 100.0);
        figure("true_rewordings_accepted", "accepted", 99.0);
        // What cannot be checked falls back to the fact's own words, which is right.
        figure("translations_accepted", "translated", 0.0);
    }
    Ok(())
}

fn share(pair: &Value) -> f64 {
    let number = |at: usize| pair[at].as_f64().unwrap_or_default();
    if number(1) == 0.0 {
        100.0
    } else {
        100.0 * number(0) / number(1)
    }
}
