//! What is printed can be read back, fits its budget, and says where its lines stand.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::collections::HashSet;

use career::claim::Verified;
use career::{Claim, Draft, FactSet};
use common::{assert_in_order, bare, bullets, draft_of, fixture, letters, pdftotext};
use typeset::{Paper, PrintJob, PrintOptions, Printed, TypesetError, Typesetter};

fn try_print(draft: &Draft<Verified<Claim>>, facts: &FactSet) -> Result<Printed, TypesetError> {
    let job = PrintJob::new(draft, facts, PrintOptions::default())?;
    Typesetter::new().print(&job)
}

fn print(draft: &Draft<Verified<Claim>>, facts: &FactSet) -> Printed {
    try_print(draft, facts).unwrap()
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
        ("edge/partial_dates.json", "en"),
        ("edge/html_and_markdown_in_text.json", "en"),
    ] {
        for budget in [1, 2] {
            let profile = fixture(name);
            let draft = draft_of(&profile, language, budget);
            let printed = print(&draft, &profile.facts);
            keep(
                &format!("{}-{budget}", name.replace(['/', '.'], "_")),
                &printed,
            );
            let resume = draft.resume.without(&draft.cut_order[..printed.cuts]);
            assert!(printed.pages <= budget, "{name}");
            let shown = resume.claims().map(|(_, claim)| &claim.get().id);
            assert!(shown.eq(printed.marks.iter().map(|mark| &mark.claim)));
            assert!(printed.missing.is_empty(), "{name}: {:?}", printed.missing);
            assert_in_order(&resume, &pdftotext(&printed.pdf), bare);
        }
    }
}

#[test]
fn every_word_of_a_right_to_left_page_is_read_back_in_order() {
    let profile = fixture("edge/rtl_hebrew.json");
    let draft = draft_of(&profile, "he", 1);
    let printed = print(&draft, &profile.facts);
    keep("hebrew", &printed);
    assert!(printed.missing.is_empty(), "{:?}", printed.missing);
    let text = pdftotext(&printed.pdf);
    assert_in_order(&draft.resume, &text, letters);
    assert!(text.contains("ניסיון תעסוקתי"));
    // The page hangs on its right edge.
    let name = &printed.marks[0];
    assert!(name.left + name.width > printed.page_size_pt.0 * 0.85);
}

#[test]
fn scripts_of_the_world_are_printed_and_what_no_font_has_is_reported() {
    let lines = [
        "Ελληνικά και Кириллица",
        "Nguyễn Thị Phương ưu tú",
        "عربي في السيرة",
        "हिन्दी में अनुभव",
        "日本語の経歴と한국어 경력",
        "ภาษาไทย",
        "Հայերեն ქართული → ✓ ★",
        "𝒳 ∑ ≤ 👩🏽‍💻 🚀",
    ];
    let (draft, facts) = bullets(&lines, 1);
    let printed = print(&draft, &facts);
    keep("scripts", &printed);
    assert!(printed.missing.is_empty(), "{:?}", printed.missing);

    let (draft, facts) = bullets(&["Cuneiform 𒀀 here"], 1);
    assert_eq!(print(&draft, &facts).missing, ['𒀀']);
}

#[test]
fn the_same_job_gives_the_same_bytes() {
    let profile = fixture("complete_jane.json");
    let draft = draft_of(&profile, "en", 1);
    let (first, second) = (print(&draft, &profile.facts), print(&draft, &profile.facts));
    assert!(first == second);
    // A file for archives has a date: the latest on the page, not the clock's.
    let shown = String::from_utf8_lossy(&first.pdf);
    assert!(shown.contains("CreationDate(D:2023"), "the latest date");
}

#[test]
fn cutting_keeps_as_much_as_the_page_holds() {
    let lines: Vec<String> = (0..150)
        .map(|number| format!("Line number {number} of many, each about as long as a line is"))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    for budget in [1, 2] {
        let (draft, facts) = bullets(&lines, budget);
        let printed = print(&draft, &facts);
        assert_eq!(printed.pages, budget);
        assert!(printed.cuts > 0);
        // The last line stands near the foot of the last page.
        let lowest = printed.marks.last().unwrap();
        assert_eq!(lowest.page, budget);
        assert!(lowest.top > printed.page_size_pt.1 * 0.9, "{lowest:?}");
        assert_eq!(printed.marks.len(), 151 - printed.cuts);
    }
}

#[test]
fn what_may_not_be_cut_and_does_not_fit_is_refused_in_words() {
    let lines: Vec<String> = (0..100).map(|number| format!("Kept {number}")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (mut draft, facts) = bullets(&lines, 1);
    draft.cut_order.truncate(3);
    let error = try_print(&draft, &facts).unwrap_err();
    assert_eq!(
        error,
        TypesetError::TooLong {
            pages: 2,
            budget: 1
        }
    );
    assert!(error.to_string().contains("shorten"));
}

#[test]
fn a_page_with_room_is_not_tightened_and_one_line_over_costs_no_page() {
    let (draft, facts) = bullets(&["One", "Two"], 2);
    let short = print(&draft, &facts);
    assert_eq!((short.pages, short.cuts), (1, 0));
    assert!(!pdftotext(&short.pdf).contains("1 / 1"));

    let lines = vec!["A line among as many as just do not fit one airy page"; 46];
    let numbered: Vec<String> = (0..lines.len())
        .map(|number| format!("{} {number}", lines[number]))
        .collect();
    let lines: Vec<&str> = numbered.iter().map(String::as_str).collect();
    let (draft, facts) = bullets(&lines, 2);
    let one = print(&draft, &facts);
    assert_eq!((one.pages, one.cuts), (1, 0));
    assert!(one.marks.last().unwrap().top > one.page_size_pt.1 * 0.85);
}

#[test]
fn marks_stand_where_their_lines_are() {
    let profile = fixture("complete_jane.json");
    let draft = draft_of(&profile, "en", 2);
    let printed = print(&draft, &profile.facts);
    let resume = draft.resume.without(&draft.cut_order[..printed.cuts]);
    let lines: Vec<&str> = resume
        .claims()
        .map(|(_, claim)| claim.get().id.0.as_str())
        .collect();
    let marked: Vec<&str> = printed
        .marks
        .iter()
        .map(|mark| mark.claim.0.as_str())
        .collect();
    assert_eq!(marked, lines);
    let (width, height) = printed.page_size_pt;
    let mut before = (1, 0.0_f32);
    for mark in &printed.marks {
        assert!(
            mark.left > 30.0 && mark.left + mark.width < width - 30.0,
            "{mark:?}"
        );
        assert!(
            mark.top > 20.0 && mark.top + mark.height < height,
            "{mark:?}"
        );
        assert!(mark.width > 1.0 && mark.height > 5.0, "{mark:?}");
        // Reading order: never upwards by more than a line.
        assert!((mark.page, mark.top + 15.0) >= before, "{mark:?}");
        before = (mark.page, mark.top);
    }
}

#[test]
fn pages_can_stand_side_by_side_in_one_document() {
    let profile = fixture("complete_jane.json");
    let printed = print(&draft_of(&profile, "en", 2), &profile.facts);
    assert_eq!(printed.svg_pages.len(), 2);
    let mut seen = HashSet::new();
    for svg in &printed.svg_pages {
        let ids: HashSet<&str> = svg
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert!(ids.len() > 20);
        for id in &ids {
            assert!(seen.insert((*id).to_owned()), "{id} occurs twice");
        }
        let targets = svg.split("href=\"#").skip(1);
        for target in targets.filter_map(|rest| rest.split('"').next()) {
            assert!(ids.contains(target), "{target} is nowhere");
        }
        assert!(svg.len() < 300_000, "{} bytes", svg.len());
    }
}

#[test]
fn the_file_names_its_person_language_and_headings() {
    let profile = fixture("complete_jane.json");
    let options = PrintOptions {
        paper: Paper::Letter,
        ..PrintOptions::default()
    };
    let draft = draft_of(&profile, "en", 1);
    let job = PrintJob::new(&draft, &profile.facts, options).unwrap();
    let printed = Typesetter::new().print(&job).unwrap();
    assert!((printed.page_size_pt.0 - 612.0).abs() < 0.1);
    let shown = String::from_utf8_lossy(&printed.pdf);
    for part in [
        "/Title",
        "Jane Developer",
        "/Author",
        "/Lang",
        "/StructTreeRoot",
        "/Outlines",
    ] {
        assert!(shown.contains(part), "{part}");
    }
    for link in [
        "href=\"mailto:jane.developer@example.com\"",
        "href=\"https://github.com/janedev\"",
    ] {
        assert!(printed.svg_pages[0].contains(link), "{link}");
    }
}
