//! `bench main`: what a person waits for, and whether what they get keeps its promises.

mod http;
pub(super) mod pairs;
mod server;

use std::fs;
use std::path::{Path, PathBuf};

use crate::bench::{Figures, Goal};
use crate::build::{self, Effort};
use crate::project::{NAME, Project};
use crate::sh::{self, Done};

/// Measures everything that belongs to the main job, on the inputs of `data` or our own fixtures.
pub fn measure(project: &Project, figures: &mut Figures, data: Option<&Path>) -> Done {
    build::all(project, Effort::Release)?;
    page_weight(project, figures)?;
    let inputs: PathBuf = data.map_or_else(|| project.path("fixtures"), Path::to_path_buf);
    pairs::measure(project, figures, &inputs)?;
    server::measure(project, figures)
}

/// What a browser fetches for the first page, as it travels. Pieces loaded later do not count.
fn page_weight(project: &Project, figures: &mut Figures) -> Done {
    let wasm = packed(project, &format!("{NAME}.wasm"))?;
    let script = packed(project, &format!("{NAME}.js"))?
        + packed(project, "__wasm_split.______________________.js")?;
    let style = packed(project, &format!("{NAME}.css"))?;
    figures.add("page_wasm_brotli", wasm, "kB", Goal::AtMost(300.0));
    figures.add("page_script_brotli", script, "kB", Goal::AtMost(20.0));
    figures.add("page_style_brotli", style, "kB", Goal::AtMost(20.0));
    Ok(())
}

/// A file's size in kB after brotli.
fn packed(project: &Project, name: &str) -> Done<f64> {
    let file = project.site().join("pkg").join(format!("{name}.br"));
    let size = fs::metadata(&file).map_err(sh::at(&file))?.len();
    Ok(size as f64 / 1000.0)
}

/// The value below which that share (0 to 1) of the sorted values lies.
fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    let position = (share * last as f64).ceil() as usize;
    values.get(position.min(last)).copied().unwrap_or(f64::NAN)
}
