//! Splits lazily loaded routes out of the frontend and writes the JavaScript that loads the pieces.

use std::fmt::Debug;
use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

use crate::error::SiteError;
use crate::write;

/// The script that loads the pieces. Leptos asks for it by this name to fetch pieces ahead of time.
const LINK_SCRIPT: &str = "__wasm_split.______________________.js";
/// Which pieces a lazy route needs; read by the server when it renders one.
const MANIFEST: &str = "__wasm_split_manifest.json";

/// Writes `NAME.js`, `NAME.wasm` and one `.wasm` for each lazily loaded piece into `pkg`.
pub fn split_and_bind(wasm: &Path, name: &str, pkg: &Path) -> Result<(), SiteError> {
    let input = std::fs::read(wasm).map_err(SiteError::at(wasm))?;
    let main_module = format!("./{name}.js");
    let link = format!("./{LINK_SCRIPT}");
    let rest = wasm.with_file_name(format!("{name}_split.wasm"));

    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = pkg;
    options.main_out_path = &rest;
    options.main_module = &main_module;
    options.link_name = &link;
    options.target.web();
    let split = wasm_split_cli_support::transform(options).map_err(refused("wasm-split"))?;

    let manifest = serde_json::to_vec(&split.prefetch_map).map_err(refused("wasm-split"))?;
    write(&pkg.join(MANIFEST), &manifest)?;

    Bindgen::new()
        .input_path(&rest)
        .out_name(name)
        // Without these exports the pieces could not be linked to the main module.
        .keep_lld_exports(true)
        .demangle(false)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .web(true)
        .map_err(refused("wasm-bindgen"))?
        .generate(pkg)
        .map_err(refused("wasm-bindgen"))?;

    // Leptos asks for NAME.wasm.
    let bound = pkg.join(format!("{name}_bg.wasm"));
    let served = pkg.join(format!("{name}.wasm"));
    std::fs::rename(&bound, served).map_err(SiteError::at(&bound))
}

fn refused<E: Debug>(step: &'static str) -> impl FnOnce(E) -> SiteError {
    move |error| SiteError::Wasm {
        step,
        reason: format!("{error:?}"),
    }
}
