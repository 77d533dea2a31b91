//! Letters in every template: every word arrives, on one page or with a clear word why not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

mod common;
#[path = "common/formats.rs"]
mod reading;

use std::io::Cursor;
use std::path::{Path, PathBuf};

use career::view::ExportFaultKind;
use career::{Claim, Draft, Profile, Verified};
use common::{draft_of, letters, pdftotext};
use reading::{
    assert_folded_in_order, assert_lines_in_order, compiled, docx_text, html_text, markdown_text,
    paragraphs, part, tex_fold, tex_text,
};
use typeset::worker::{self, MAX_RESPONSE};
use typeset::{
    Catalog, DateStyle, Letter, LetterPartKind, Paper, Photo, PrintJob, PrintOptions, Spacing,
    TypesetError, Typesetter, docx, html, inspect, inspect_docx, markdown, plain_text, tex,
};

/// Letter, whose head, and its language.
const LETTERS: [(&str, &str, &str); 5] = [
    ("short-en", "showcase/short.json", "en"),
    ("long-de", "showcase/long.json", "de"),
    ("ar", "jsonresume/edge/rtl_hebrew.json", "ar"),
    ("he", "jsonresume/edge/rtl_hebrew.json", "he"),
    ("ja", "showcase/other-scripts.json", "ja"),
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

fn person(name: &str) -> (Profile, Draft<Verified<Claim>>) {
    let bytes = std::fs::read(fixtures().join(name)).unwrap();
    let profile = intake::read_evidence("resume.json", &bytes)
        .unwrap()
        .profile;
    let draft = draft_of(&profile, "en", 1);
    (profile, draft)
}

fn letter(name: &str) -> Letter {
    let path = fixtures().join(format!("letters/{name}.txt"));
    Letter::parse(&std::fs::read(path).unwrap()).unwrap()
}

fn template(name: &str) -> PrintOptions {
    PrintOptions {
        template: name.to_owned(),
        ..PrintOptions::default()
    }
}

fn job_with(catalog: &Catalog, letter: &Letter, options: PrintOptions) -> PrintJob {
    let (profile, draft) = person("showcase/short.json");
    PrintJob::letter(catalog, &draft, &profile.facts, letter, options).unwrap()
}

fn job(letter: &Letter, options: PrintOptions) -> PrintJob {
    job_with(&Catalog::built_in(), letter, options)
}

/// The short letter with so many more paragraphs.
fn lengthened(by: usize) -> Letter {
    let mut long = letter("short-en");
    for number in 0..by {
        let words = "Paragraph that goes on for a while, as such paragraphs do, and then some. ";
        long.paragraphs
            .push(format!("{number}. {}", words.repeat(4)));
    }
    long
}

#[test]
fn every_template_brings_every_word_of_every_letter_through() {
    let typesetter = Typesetter::new();
    let catalog = Catalog::built_in();
    for (name, person, language) in LETTERS {
        let letter = letter(name);
        let (profile, draft) = self::person(person);
        for info in catalog.infos() {
            for (paper, spacing) in [
                (Paper::A4, Spacing::Auto),
                (Paper::Letter, Spacing::Compact),
            ] {
                let options = PrintOptions {
                    paper,
                    spacing,
                    ..template(&info.name)
                };
                let job =
                    PrintJob::letter(&catalog, &draft, &profile.facts, &letter, options).unwrap();
                let printed = typesetter.print(&job).unwrap();
                let what = format!("{} {name} {paper:?}", info.name);
                let report = &printed.report;
                assert_eq!(report.faults, Vec::new(), "{what}");
                assert_eq!(report.instead_of, None, "{what}");
                assert_eq!(report.standards, ["PDF/UA-1", "PDF/A-2a"], "{what}");
                assert_eq!(report.language.as_deref(), Some(language), "{what}");
                assert_eq!((report.pages, printed.cuts), (1, 0), "{what}");
                assert!(report.left_out.is_empty(), "{what}");
                let document = job.document(0);
                assert_eq!(printed.marks.len(), document.lines().count(), "{what}");
                let file = docx(&job, &document).unwrap();
                assert_eq!(
                    inspect_docx(&document, &file).unwrap(),
                    Vec::new(),
                    "{what}"
                );
            }
        }
    }
}

#[test]
fn every_word_of_every_letter_is_in_every_format_in_order() {
    for (name, person, _) in LETTERS {
        let (profile, draft) = self::person(person);
        let catalog = Catalog::built_in();
        let job = PrintJob::letter(
            &catalog,
            &draft,
            &profile.facts,
            &letter(name),
            PrintOptions::default(),
        );
        let job = job.unwrap();
        let document = job.document(0);
        let file = docx(&job, &document).unwrap();
        assert_lines_in_order(name, &document, &docx_text(&file));
        assert_lines_in_order(name, &document, &html_text(&html(&job, &document)));
        assert_lines_in_order(name, &document, &markdown_text(&markdown(&document)));
        assert_lines_in_order(name, &document, &plain_text(&document));
        let source = tex(&job, &document);
        assert_folded_in_order(name, &document, &tex_text(&source), tex_fold);
        for part_name in reading::part_names(&file) {
            roxmltree::Document::parse(&part(&file, &part_name)).unwrap();
        }
        let styles = part(&file, "word/styles.xml");
        for (style, _) in paragraphs(&file) {
            assert!(
                styles.contains(&format!("w:styleId=\"{style}\"")),
                "{style}"
            );
        }
        let page = scraper::Html::parse_document(&html(&job, &document));
        assert!(page.errors.is_empty(), "{name}: {:?}", page.errors);
    }
}

#[test]
fn letters_compile_in_latex_where_a_font_has_their_script() {
    for (name, engine) in [
        ("short-en", "pdflatex"),
        ("long-de", "pdflatex"),
        ("long-de", "xelatex"),
        ("he", "xelatex"),
    ] {
        let (_, person, _) = LETTERS.iter().find(|(other, ..)| *other == name).unwrap();
        let (profile, draft) = self::person(person);
        let catalog = Catalog::built_in();
        let job = PrintJob::letter(
            &catalog,
            &draft,
            &profile.facts,
            &letter(name),
            PrintOptions::default(),
        );
        let job = job.unwrap();
        let document = job.document(0);
        let Some((said, pdf)) = compiled(engine, &tex(&job, &document)) else {
            continue;
        };
        if said.contains("No font here has these letters") {
            eprintln!("SKIPPED: no font here has these letters");
            continue;
        }
        let text = letters(&pdftotext(&pdf.expect(&said)));
        for word in document
            .lines()
            .flat_map(|line| line.text.split([' ', '-']))
        {
            assert!(text.contains(&letters(word)), "{word} in {text}");
        }
    }
}

#[test]
fn plain_text_has_the_shape_of_a_letter() {
    let text = plain_text(&job(&letter("short-en"), PrintOptions::default()).document(0));
    assert!(text.starts_with("Amara Lindholm\nGeospatial Analyst\n"));
    assert!(text.contains(
        "\n\n28 November 2026\n\nMs Ingrid Solheim\nHead of Flood Mapping\nFjordlys Water Authority\n\
         Kaigaten 12, 5015 Bergen\n\nHydrology analyst, reference FW-2026-114\n\n\
         Dear Ms Solheim,\n\nI am applying"
    ));
    assert!(text.ends_with("the maps.\n\nKind regards,\n\nAmara Lindholm\n\nEnclosures: Résumé\n"));
}

#[test]
fn a_letter_that_loses_words_in_the_pdf_or_the_word_document_is_found_out() {
    let whole = letter("short-en");
    let mut short = whole.clone();
    let lost = short.paragraphs.remove(1);
    let (job, of_short) = (
        job(&whole, PrintOptions::default()),
        job(&short, PrintOptions::default()),
    );
    let printed = Typesetter::new().print(&of_short).unwrap();
    assert_eq!(printed.report.faults, Vec::new());
    let faults = inspect(&job, &printed).unwrap().faults;
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].kind, ExportFaultKind::Missing);
    assert_eq!(faults[0].text, lost);
    let file = docx(&of_short, &of_short.document(0)).unwrap();
    let faults = inspect_docx(&job.document(0), &file).unwrap();
    assert_eq!((faults.len(), &faults[0].text), (1, &lost));

    let mut swapped = whole.clone();
    swapped.paragraphs.swap(0, 2);
    let printed = Typesetter::new()
        .print(&self::job(&swapped, PrintOptions::default()))
        .unwrap();
    let faults = inspect(&job, &printed).unwrap().faults;
    let out_of_order = |kind| kind == ExportFaultKind::OutOfOrder;
    assert!(
        faults.iter().any(|fault| out_of_order(fault.kind)),
        "{faults:?}"
    );
}

/// The manifest of the program's first template, for templates of a test.
const MANIFEST: &str = include_str!("../templates/ledger/1/template.toml");
const START: &str = "#import \"library.typ\": *\n#show: setup\n";

#[test]
fn a_template_that_loses_swaps_or_hides_words_of_a_letter_gives_way_to_the_safe_one() {
    for (fault, body) in [
        ("no letter", ""),
        ("lost", "#letter(greeting: lines => [])"),
        (
            "lost paragraph",
            "#letter(paragraph: lines => [Something else])",
        ),
        (
            "hidden",
            "#letter(closing: lines => text(fill: white, lines.map(inline).join()))",
        ),
        ("broken", "#letter(subject: lines => 1 + \"a\")"),
    ] {
        let mut catalog = Catalog::built_in();
        let head = "#for part in sheet.head { for line in part.lines { standing(line) } }\n";
        let source = format!("{START}{head}{body}");
        catalog.add("mine", 1, MANIFEST, source).unwrap();
        let job = job_with(&catalog, &letter("short-en"), template("mine"));
        let report = Typesetter::new().print(&job).unwrap().report;
        assert_eq!(report.instead_of.as_deref(), Some("mine"), "{fault}");
        assert_eq!(report.faults, Vec::new(), "{fault}");
    }
}

#[test]
fn a_template_that_knows_no_letter_gets_a_plain_one_in_its_own_fonts_and_measures() {
    let manifest = MANIFEST
        .replace("letter = true\n", "")
        .replace("font = \"Source Sans 3\"", "font = \"EB Garamond\"")
        .replace("margin_x = ", "margin_x = 1")
        .replace("gap_line = ", "gap_other = ");
    assert!(!manifest.contains("letter") && manifest.contains("EB Garamond"));
    let mut catalog = Catalog::built_in();
    // What it does with a résumé is of no matter.
    catalog
        .add(
            "mine",
            1,
            &manifest,
            format!("{START}#sheet.sections.at(7)"),
        )
        .unwrap();
    for (name, ..) in LETTERS {
        let options = PrintOptions {
            pages: Some(3),
            ..template("mine")
        };
        let job = job_with(&catalog, &letter(name), options);
        let printed = Typesetter::new().print(&job).unwrap();
        let report = &printed.report;
        assert_eq!(report.faults, Vec::new(), "{name}");
        assert_eq!(
            (report.template.as_str(), &report.instead_of),
            ("mine", &None)
        );
        let pdf = String::from_utf8_lossy(&printed.pdf);
        assert!(pdf.contains("EBGaramond"), "{name}");
        let (left, width) = (printed.marks[0].left, printed.page_size_pt.0);
        let far = width - left - printed.marks[0].width;
        assert!(left.min(far) > 140.0, "{name}: {left}");
    }
}

#[test]
fn what_does_not_fit_is_refused_in_words_and_never_cut() {
    let typesetter = Typesetter::new();
    for info in Catalog::built_in().infos() {
        let error = typesetter.print(&job(&lengthened(20), template(&info.name)));
        let error = error.unwrap_err();
        assert!(
            matches!(error, TypesetError::LetterTooLong { pages, budget: 1 } if pages > 1),
            "{}: {error}",
            info.name
        );
        assert!(error.to_string().contains("shorten its paragraphs"));
    }
    let two = PrintOptions {
        pages: Some(3),
        ..PrintOptions::default()
    };
    let printed = typesetter.print(&job(&lengthened(20), two)).unwrap();
    assert!(printed.pages > 1 && printed.cuts == 0);
    assert_eq!(printed.report.faults, Vec::new());
}

#[test]
fn a_letter_stands_closer_before_it_is_refused() {
    let typesetter = Typesetter::new();
    let leading = |letter: &Letter| {
        let job = job(letter, PrintOptions::default());
        let printed = typesetter.print(&job).unwrap();
        assert_eq!(printed.report.faults, Vec::new());
        // From the first row of the address to the second.
        let rows: Vec<f32> = printed.marks.iter().map(|mark| mark.top).collect();
        let place = job.document(0).head.len() + 1;
        (printed.pages, rows[place + 1] - rows[place])
    };
    let ((one, airy), (still_one, tight)) = (leading(&lengthened(0)), leading(&lengthened(6)));
    assert_eq!((one, still_one), (1, 1));
    assert!(tight < airy, "{tight} {airy}");
}

#[test]
fn no_page_begins_with_the_closing_alone() {
    let typesetter = Typesetter::new();
    for by in 8..24 {
        let options = PrintOptions {
            pages: Some(4),
            ..PrintOptions::default()
        };
        let job = job(&lengthened(by), options);
        let printed = typesetter.print(&job).unwrap();
        let document = job.document(0);
        let place = |kind| {
            let part = document.letter.iter().find(|part| part.kind == kind);
            let id = &part.unwrap().lines.last().unwrap().id;
            let mark = printed.marks.iter().find(|mark| mark.claim.0 == *id);
            mark.unwrap().page
        };
        let closing = place(LetterPartKind::Closing);
        assert_eq!(place(LetterPartKind::Signature), closing, "{by}");
        let report = &printed.report;
        assert_eq!(report.faults, Vec::new(), "{by}");
        assert!(place(LetterPartKind::Body) + 1 >= closing, "{by}");
    }
}

#[test]
fn the_same_letter_gives_the_same_bytes_dated_as_it_says_and_without_a_photo() {
    let photo = fixtures().join("photo/portrait.png");
    let photo = std::fs::read(photo)
        .ok()
        .and_then(|bytes| Photo::new(bytes).ok());
    let mut job = job(&letter("short-en"), template("creative"));
    let first = Typesetter::new().print(&job).unwrap();
    if let Some(photo) = photo {
        job = job.with_photo(photo);
    }
    let second = Typesetter::new().print(&job).unwrap();
    assert!(first == second);
    let shown = String::from_utf8_lossy(&first.pdf);
    assert!(
        shown.contains("CreationDate(D:20261128"),
        "the letter's date"
    );
    assert!(shown.contains("Amara Lindholm"));
}

#[test]
fn the_language_is_the_letter_s_then_that_of_headings_then_the_resume_s() {
    let mut plain = letter("short-en");
    let german = PrintOptions {
        headings: Some("de".to_owned()),
        dates: DateStyle::Numeric,
        ..PrintOptions::default()
    };
    let first = |letter: &Letter, options: &PrintOptions| {
        let document = job(letter, options.clone()).document(0);
        let part = document.letter.first().unwrap().lines[0].text.clone();
        (document.language, part)
    };
    let usual = PrintOptions::default();
    assert_eq!(
        first(&plain, &usual),
        ("en".into(), "28 November 2026".into())
    );
    assert_eq!(
        first(&plain, &german),
        ("de".into(), "Ms Ingrid Solheim".into())
    );
    plain.language = Some("en-US".to_owned());
    assert_eq!(
        first(&plain, &german),
        ("en-US".into(), "11/28/2026".into())
    );
    plain.date = Some("Late in November".to_owned());
    assert_eq!(first(&plain, &german).1, "Late in November");
}

#[test]
fn a_letter_reaches_the_child_and_comes_back_as_it_was_printed() {
    let job = job(&letter("ar"), template("modern"));
    let here = Typesetter::new().print(&job);
    let input = worker::encode_request(&job).unwrap();
    let mut output = Vec::new();
    worker::serve(&Typesetter::new(), Cursor::new(input), &mut output).unwrap();
    let frame = worker::read_frame(&mut Cursor::new(output), MAX_RESPONSE).unwrap();
    assert!(worker::decode_response(&frame.unwrap()).unwrap() == here);
}

#[test]
fn letters_of_two_templates_are_not_the_same_page_in_other_colours() {
    let typesetter = Typesetter::new();
    let mut places: Vec<(String, Vec<(i32, i32)>)> = Vec::new();
    for info in Catalog::built_in().infos() {
        let printed = typesetter
            .print(&job(&letter("short-en"), template(&info.name)))
            .unwrap();
        let (width, height) = printed.page_size_pt;
        let place = printed.marks.iter().map(|mark| {
            let hundredths = |part: f32| (part * 100.0).round() as i32;
            (hundredths(mark.left / width), hundredths(mark.top / height))
        });
        places.push((info.name, place.collect()));
    }
    for (number, (name, one)) in places.iter().enumerate() {
        for (other_name, other) in &places[number + 1..] {
            let same = one.iter().zip(other).filter(|(one, other)| one == other);
            assert!(same.count() * 2 < one.len(), "{name} and {other_name}");
        }
    }
}
