//! Every template shows every line of every kind of person, in order, and keeps both standards.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::path::Path;

use typeset::{Catalog, Paper, PrintJob, PrintOptions, Spacing, Typesetter};

const PEOPLE: [&str; 9] = [
    "jsonresume/complete_jane.json",
    "jsonresume/new_grad_maya.json",
    "jsonresume/sample_richard_hendriks.json",
    "jsonresume/edge/unicode_names.json",
    "jsonresume/edge/rtl_hebrew.json",
    "jsonresume/edge/partial_dates.json",
    "showcase/short.json",
    "showcase/long.json",
    "showcase/other-scripts.json",
];

#[test]
fn every_template_brings_every_line_of_everyone_through() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let typesetter = Typesetter::new();
    let templates = Catalog::built_in().infos();
    assert!(templates.len() >= 10);
    for person in PEOPLE {
        let bytes = std::fs::read(root.join(person)).unwrap();
        let profile = intake::read_evidence("resume.json", &bytes)
            .unwrap()
            .profile;
        let language = if person.contains("other") {
            "ja"
        } else if person.contains("rtl") {
            "he"
        } else {
            "en"
        };
        for template in &templates {
            for (pages, paper, spacing) in [
                (6, Paper::A4, Spacing::Auto),
                (1, Paper::Letter, Spacing::Compact),
            ] {
                let draft = common::draft_of(&profile, language, pages);
                let options = PrintOptions {
                    template: template.name.clone(),
                    paper,
                    spacing,
                    ..PrintOptions::default()
                };
                let job = PrintJob::new(&draft, &profile.facts, options).unwrap();
                let printed = typesetter.print(&job).unwrap();
                let report = printed.report;
                let what = format!("{} {person} {pages}", template.name);
                assert_eq!(report.faults, Vec::new(), "{what}");
                assert_eq!(report.instead_of, None, "{what}");
                assert_eq!(report.standards, ["PDF/UA-1", "PDF/A-2a"], "{what}");
                assert!(report.pages <= pages, "{what}");
            }
        }
    }
}

#[test]
fn templates_are_not_the_same_page_in_other_colours() {
    // Where lines stand on the first page, in tenths of its width: a template of its own puts them
    // elsewhere.
    let profile = common::fixture("complete_jane.json");
    let typesetter = Typesetter::new();
    let mut places: Vec<(String, Vec<(i32, i32)>)> = Vec::new();
    for template in Catalog::built_in().infos() {
        let draft = common::draft_of(&profile, "en", 6);
        let options = PrintOptions {
            template: template.name.clone(),
            ..PrintOptions::default()
        };
        let job = PrintJob::new(&draft, &profile.facts, options).unwrap();
        let printed = typesetter.print(&job).unwrap();
        let (width, height) = printed.page_size_pt;
        let place = printed.marks.iter().take(40).map(|mark| {
            let tenths = |part: f32| (part * 100.0).round() as i32;
            (tenths(mark.left / width), tenths(mark.top / height))
        });
        places.push((template.name, place.collect()));
    }
    for (number, (name, one)) in places.iter().enumerate() {
        for (other_name, other) in &places[number + 1..] {
            let same = one
                .iter()
                .zip(other)
                .filter(|(one, other)| one == other)
                .count();
            assert!(same * 3 < one.len(), "{name} and {other_name}: {same}");
        }
    }
}
