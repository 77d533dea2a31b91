//! The export gate finds what a template loses, and the safe layout stands in.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use career::view::ExportFaultKind;
use typeset::{Catalog, PrintJob, PrintOptions, Printed, TypesetError, Typesetter};

/// The manifest of the program's first template, for templates of a test.
const MANIFEST: &str = include_str!("../templates/ledger/1/template.toml");
const START: &str = "#import \"library.typ\": *\n#show: setup\n";

fn printed(source: &str, profile: &str) -> Result<Printed, TypesetError> {
    let mut catalog = Catalog::built_in();
    catalog
        .add("mine", 1, MANIFEST, format!("{START}{source}"))
        .unwrap();
    let profile = common::fixture(profile);
    let draft = common::draft_of(&profile, "en", 4);
    let options = PrintOptions {
        template: "mine".to_owned(),
        ..PrintOptions::default()
    };
    let job = PrintJob::with(&catalog, &draft, &profile.facts, options)?;
    Typesetter::new().print(&job)
}

/// All lines one below the other, whatever they are.
const PLAIN: &str = "
#let all = sheet.head.map(part => part.lines).flatten()
#let all = all + sheet.sections.map(section => section.blocks.map(block => block.header + block.groups.map(group => group.lines).flatten()).flatten()).flatten()
";

#[test]
fn a_template_of_one_s_own_that_shows_every_line_passes() {
    let made = printed(
        &format!("{PLAIN}\n#for line in all {{ standing(line) }}"),
        "new_grad_maya.json",
    );
    let report = made.unwrap().report;
    assert_eq!(report.faults, Vec::new());
    assert_eq!(
        (report.template.as_str(), report.instead_of),
        ("mine", None)
    );
    assert!(report.lines > 20 && report.tagged && !report.text.is_empty());
    assert_eq!(report.standards, ["PDF/UA-1", "PDF/A-2a"]);
}

#[test]
fn what_a_template_loses_swaps_hides_or_unlinks_makes_the_safe_layout_stand_in() {
    for (fault, body) in [
        ("lost", "#for line in all.slice(0, -1) { standing(line) }"),
        ("swapped", "#for line in all.rev() { standing(line) }"),
        (
            "hidden",
            "#for line in all { text(fill: white, standing(line)) }",
        ),
        (
            "tiny",
            "#for line in all { text(size: 1pt, standing(line)) }",
        ),
        (
            "hyphenated",
            "#for line in all { par(line.runs.map(run => run.first().replace(\"e\", \"e\\u{2d}\")).join()) }",
        ),
        (
            "unlinked",
            "#for line in all { par(line.runs.map(run => run.first()).join()) }",
        ),
        (
            "in columns",
            "#columns(3, for line in all.rev() { standing(line) })",
        ),
        ("broken", "#let x = 1 + \"a\""),
    ] {
        let made = printed(&format!("{PLAIN}\n{body}"), "new_grad_maya.json");
        let report = made.unwrap().report;
        assert_eq!(report.instead_of.as_deref(), Some("mine"), "{fault}");
        assert_eq!(report.faults, Vec::new(), "{fault}");
    }
}

#[test]
fn a_letter_without_a_shape_is_named() {
    // Cuneiform, which no bundled font has.
    let (draft, facts) = common::bullets(&["Read \u{12000} on clay tablets"], 1);
    let job = PrintJob::new(&draft, &facts, PrintOptions::default()).unwrap();
    let printed = Typesetter::new().print(&job).unwrap();
    let faults = printed.report.faults;
    let has = |kind, text: &str| {
        faults
            .iter()
            .any(|fault| fault.kind == kind && fault.text == text)
    };
    assert!(has(ExportFaultKind::Letter, "\u{12000}"), "{faults:?}");
    assert!(
        has(ExportFaultKind::Missing, "Read \u{12000} on clay tablets"),
        "{faults:?}"
    );
    // Neither standard lets a box stand for a letter, so neither is promised.
    assert_eq!(printed.report.standards, Vec::<String>::new());
}

#[test]
fn no_template_reads_files_packages_or_the_clock() {
    for (what, body) in [
        ("a file", "#read(\"/etc/passwd\")"),
        ("a file beside it", "#read(\"../../etc/hostname\")"),
        ("a picture", "#image(\"/etc/issue.png\")"),
        ("a package", "#import \"@preview/cetz:0.3.4\": canvas"),
        ("a plugin", "#plugin(\"x.wasm\")"),
        ("the photo that is not there", "#image(\"photo\")"),
        ("the clock", "#datetime.today()"),
    ] {
        let made = printed(
            &format!("{PLAIN}\n{body}\n#for line in all {{ standing(line) }}"),
            "new_grad_maya.json",
        );
        let report = made.unwrap().report;
        assert_eq!(report.instead_of.as_deref(), Some("mine"), "{what}");
    }
}

#[test]
fn the_colour_profile_in_a_file_is_the_one_that_reading_back_knows() {
    let known = include_bytes!("../../intake/data/srgb.icc.z");
    let body = format!("{PLAIN}\n#for line in all {{ standing(line) }}");
    let pdf = printed(&body, "new_grad_maya.json").unwrap().pdf;
    assert!(pdf.windows(known.len()).any(|part| part == known));
}
