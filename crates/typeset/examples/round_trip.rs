//! Measures how much of a profile comes back when our own PDF of it is read, by template:
//! `cargo run -p typeset --example round_trip -- DIR [OUT]`. One line each: name, F1, profiles, points.
//! With a second folder, the PDFs and what stands on them are left there to be looked at.

#![allow(clippy::print_stdout)]

#[path = "../tests/common/round_trip.rs"]
mod trip;

use std::path::Path;

use intake::score::Tally;
use typeset::{Catalog, Typesetter};

fn main() {
    let root = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let profiles = trip::profiles(Path::new(&root));
    let typesetter = Typesetter::new();
    for template in Catalog::built_in().infos() {
        let mut total = Tally::default();
        for (name, profile) in &profiles {
            if let Some(folder) = std::env::args().nth(2) {
                let (pdf, truth) = trip::printed(&typesetter, &template.name, profile);
                let path = Path::new(&folder).join(format!("{}-{name}", template.name));
                let _ = std::fs::write(path.with_extension("pdf"), pdf);
                let _ = std::fs::write(path.with_extension("truth.json"), truth.to_string());
            }
            total.add(trip::round_trip(&typesetter, &template.name, profile).total());
        }
        let points = total.right + total.missing;
        println!(
            "{} {:.6} {} {points}",
            &template.name,
            total.f1(),
            profiles.len()
        );
    }
}
