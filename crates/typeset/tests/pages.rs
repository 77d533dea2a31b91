//! What is printed can be read back, fits its budget, and says where its lines stand.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use career::claim::Verified;
use career::{Claim, Draft, FactSet};
use common::{assert_in_order, bullets, draft_of, fixture, pdftotext};
use typeset::{PrintJob, PrintOptions, Printed, Typesetter};

fn print(draft: &Draft<Verified<Claim>>, facts: &FactSet) -> Printed {
    let job = PrintJob::new(draft, facts, PrintOptions::default()).unwrap();
    Typesetter::new().print(&job).unwrap()
}

/// For looking at: set `KEEP_PAGES` to a folder.
fn keep(name: &str, printed: &Printed) {
    if let Some(folder) = std::env::var_os("KEEP_PAGES") {
        let path = std::path::Path::new(&folder).join(name);
        std::fs::write(path.with_extension("pdf"), &printed.pdf).unwrap();
        for (number, svg) in printed.svg_pages.iter().enumerate() {
            std::fs::write(path.with_extension(format!("{number}.svg")), svg).unwrap();
        }
    }
}

#[test]
fn every_line_of_every_sample_is_read_back_in_order() {
    for (name, language) in [
        ("complete_jane.json", "en"),
        ("complete_alex_reference.json", "en"),
        ("new_grad_maya.json", "en"),
        ("sample_richard_hendriks.json", "de"),
        ("thin_jane.json", "en"),
        ("edge/unicode_names.json", "en"),
        ("edge/rtl_hebrew.json", "he"),
        ("edge/partial_dates.json", "en"),
        ("edge/html_and_markdown_in_text.json", "en"),
    ] {
        for budget in [1, 2] {
            let profile = fixture(name);
            let draft = draft_of(&profile, language, budget);
            let printed = print(&draft, &profile.facts);
            keep(&format!("{}-{budget}", name.replace(['/', '.'], "_")), &printed);
            let resume = draft.resume.without(&draft.cut_order[..printed.cuts]);
            eprintln!("{name} {budget}: pages {} cuts {}/{} missing {:?} pdf {} svg {:?}", printed.pages, printed.cuts, draft.cut_order.len(), printed.missing, printed.pdf.len(), printed.svg_pages.iter().map(String::len).collect::<Vec<_>>());
            assert!(printed.pages <= budget, "{name}");
            assert!(printed.missing.is_empty(), "{name}: {:?}", printed.missing);
            assert_in_order(&resume, &pdftotext(&printed.pdf));
        }
    }
}
