//! `bench main`: what a person waits for.

use std::fs;

use crate::bench::{Figures, Goal};
use crate::build::{self, Effort};
use crate::project::{NAME, Project};
use crate::sh::{self, Done};

/// Measures everything that belongs to the main job.
pub fn measure(project: &Project, figures: &mut Figures) -> Done {
    build::all(project, Effort::Release)?;
    page_weight(project, figures)
}

/// What a browser fetches for the first page, as it travels. Pieces loaded later do not count.
fn page_weight(project: &Project, figures: &mut Figures) -> Done {
    let wasm = packed(project, &format!("{NAME}.wasm"))?;
    let script = packed(project, &format!("{NAME}.js"))?
        + packed(project, "__wasm_split.______________________.js")?;
    let style = packed(project, &format!("{NAME}.css"))?;
    figures.add("page_wasm_brotli", wasm, "kB", Goal::AtMost(300.0));
    figures.add(
        "page_first_load_brotli",
        wasm + script + style,
        "kB",
        Goal::AtMost(330.0),
    );
    Ok(())
}

/// A file's size in kB after brotli.
fn packed(project: &Project, name: &str) -> Done<f64> {
    let file = project.site().join("pkg").join(format!("{name}.br"));
    let size = fs::metadata(&file).map_err(sh::at(&file))?.len();
    Ok(size as f64 / 1000.0)
}
