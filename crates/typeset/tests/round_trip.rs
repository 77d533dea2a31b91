//! Our own PDFs are read back as what they were made of.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[path = "common/round_trip.rs"]
mod trip;

use std::path::Path;

use intake::score::Tally;
use typeset::{Catalog, Typesetter};

#[test]
fn a_profile_printed_and_read_again_is_the_same_profile_in_every_template() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let profiles = trip::profiles(&root);
    assert!(profiles.len() >= 8, "{}", profiles.len());
    let typesetter = Typesetter::new();
    for template in Catalog::built_in().infos() {
        let mut total = Tally::default();
        for (name, profile) in &profiles {
            let score = trip::round_trip(&typesetter, &template.name, profile);
            let tally = score.total();
            println!("{} {name}: {:.4}", &template.name, tally.f1());
            for fault in &score.faults {
                println!("  {fault}");
            }
            total.add(tally);
        }
        let f1 = total.f1();
        println!("{}: {f1:.4}", template.name);
        // Ours to read are entries with the title first and bullets before lines; others lose their
        // structure with any reader, never their words (`templates.rs`).
        let least = match template.name.as_str() {
            "ledger" => 0.98,
            "engineer" | "modern" | "columns" => 0.93,
            _ => 0.65,
        };
        assert!(f1 >= least, "{}: {f1}", template.name);
    }
}
