//! The other formats hold every line, whole and in order, and are the same every time.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

mod common;
#[path = "common/formats.rs"]
mod reading;

use career::Slot;
use common::{bullets, draft_of, fixture, letters, pdftotext};
use reading::{
    assert_folded_in_order, assert_lines_in_order, compiled, docx_text, html_text, jobs,
    markdown_text, paragraphs, part, part_names, tex_fold, tex_text,
};
use typeset::{Document, Paper, PrintJob, PrintOptions, docx, html, markdown, plain_text, tex};

fn job(name: &str, language: &str, options: PrintOptions) -> (PrintJob, Document) {
    let profile = fixture(name);
    let draft = draft_of(&profile, language, 10);
    let job = PrintJob::new(&draft, &profile.facts, options).unwrap();
    let document = job.document(0);
    (job, document)
}

#[test]
fn every_line_of_every_fixture_is_in_every_format_verbatim_and_in_order() {
    for (name, job) in jobs() {
        let document = job.document(0);
        let docx = docx(&job, &document).unwrap();
        assert_lines_in_order(&name, &document, &docx_text(&docx));
        assert_lines_in_order(&name, &document, &html_text(&html(&job, &document)));
        assert_lines_in_order(&name, &document, &markdown_text(&markdown(&document)));
        assert_lines_in_order(&name, &document, &plain_text(&document));
        let source = tex(&job, &document);
        assert_folded_in_order(&name, &document, &tex_text(&source), tex_fold);
    }
}

#[test]
fn the_same_document_always_gives_the_same_bytes() {
    let (job, document) = job("complete_jane.json", "en", PrintOptions::default());
    let (again, same) = self::job("complete_jane.json", "en", PrintOptions::default());
    assert_eq!(docx(&job, &document).unwrap(), docx(&again, &same).unwrap());
    assert_eq!(html(&job, &document), html(&again, &same));
    assert_eq!(markdown(&document), markdown(&same));
    assert_eq!(tex(&job, &document), tex(&again, &same));
}

#[test]
fn lines_that_gave_way_are_in_no_format() {
    let profile = fixture("complete_jane.json");
    let draft = draft_of(&profile, "en", 1);
    let job = PrintJob::new(&draft, &profile.facts, PrintOptions::default()).unwrap();
    let cuts = draft.cut_order.len();
    let (whole, cut) = (job.document(0), job.document(cuts));
    assert!(cut.lines().count() < whole.lines().count());
    let gone = whole
        .lines()
        .find(|line| line.slot == Slot::Bullet)
        .unwrap();
    assert!(docx_text(&docx(&job, &whole).unwrap()).contains(&gone.text));
    assert!(!docx_text(&docx(&job, &cut).unwrap()).contains(&gone.text));
    assert!(!html_text(&html(&job, &cut)).contains(&gone.text));
    assert!(!markdown_text(&markdown(&cut)).contains(&gone.text));
    assert!(!plain_text(&cut).contains(&gone.text));
    assert!(!tex_text(&tex(&job, &cut)).contains(&gone.text));
}

#[test]
fn a_word_document_has_the_styles_word_knows_and_no_table_tab_or_box() {
    let (job, document) = job("complete_jane.json", "en", PrintOptions::default());
    let file = docx(&job, &document).unwrap();
    let paragraphs = paragraphs(&file);
    let of_style = |style: &str| -> Vec<&str> {
        paragraphs
            .iter()
            .filter(|(name, _)| name == style)
            .map(|(_, text)| text.as_str())
            .collect()
    };
    assert_eq!(of_style("Title"), ["Jane Developer"]);
    assert_eq!(of_style("Subtitle"), ["Full Stack Software Engineer"]);
    assert!(of_style("Heading1").contains(&"Experience"));
    assert!(of_style("Heading2")[0].starts_with("Senior Software Engineer, TechCorp Inc  ·  "));
    assert!(of_style("ListBullet").len() > 5);
    let text = part(&file, "word/document.xml");
    for absent in ["<w:tbl", "<w:tab/>", "txbx", "<w:drawing", "<w:pict"] {
        assert!(!text.contains(absent), "{absent}");
    }
    let styles = part(&file, "word/styles.xml");
    for name in [
        "Normal",
        "Title",
        "Subtitle",
        "heading 1",
        "heading 2",
        "List Bullet",
        "Hyperlink",
    ] {
        assert!(
            styles.contains(&format!("<w:name w:val=\"{name}\"/>")),
            "{name}"
        );
    }
    for (name, _) in &paragraphs {
        assert!(styles.contains(&format!("w:styleId=\"{name}\"")), "{name}");
    }
    let properties = part(&file, "docProps/core.xml");
    assert!(properties.contains("<dc:title>Jane Developer</dc:title>"));
    assert!(properties.contains("<dc:language>en</dc:language>"));
    for name in part_names(&file) {
        roxmltree::Document::parse(&part(&file, &name)).unwrap();
    }
}

#[test]
fn paper_colour_and_font_are_those_that_were_chosen() {
    let options = PrintOptions {
        paper: Paper::Letter,
        accent: Some("#7a1f3d".parse().unwrap()),
        font: Some("EB Garamond".to_owned()),
        ..PrintOptions::default()
    };
    let (job, document) = job("complete_jane.json", "en", options);
    let file = docx(&job, &document).unwrap();
    assert!(part(&file, "word/document.xml").contains("<w:pgSz w:w=\"12240\" w:h=\"15840\"/>"));
    let styles = part(&file, "word/styles.xml");
    assert!(styles.contains("<w:color w:val=\"7A1F3D\"/>"));
    assert!(styles.contains("w:ascii=\"EB Garamond\""));
    let page = html(&job, &document);
    assert!(page.contains("@page { size: letter;"));
    assert!(page.contains("#7a1f3d") && page.contains("'EB Garamond', "));
}

#[test]
fn hebrew_runs_from_right_to_left_and_english_within_it_does_not() {
    let (job, document) = job("edge/rtl_hebrew.json", "he", PrintOptions::default());
    assert!(document.right_to_left);
    let file = docx(&job, &document).unwrap();
    assert!(part(&file, "word/styles.xml").contains("<w:bidi/>"));
    assert!(part(&file, "word/styles.xml").contains("w:bidi=\"he-IL\""));
    let text = part(&file, "word/document.xml");
    assert!(text.contains("<w:rtl/>") && text.contains("<w:bidi/></w:sectPr>"));
    let latin = text
        .split("<w:r>")
        .filter(|run| run.contains('@'))
        .all(|run| !run.contains("<w:rtl/>"));
    assert!(latin, "an address reads from left to right");
    let page = html(&job, &document);
    assert!(page.contains("<html lang=\"he\" dir=\"rtl\">"));
    assert!(page.contains(" dir=\"ltr\">"));
}

#[test]
fn html_is_one_file_that_asks_for_nothing() {
    let (job, document) = job("complete_jane.json", "en", PrintOptions::default());
    let page = html(&job, &document);
    assert!(
        page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">")
    );
    for absent in ["<script", "<link", "@import", "url(", " src=", "@font-face"] {
        assert!(!page.contains(absent), "{absent}");
    }
    let page = scraper::Html::parse_document(&page);
    let count = |selector: &str| {
        page.select(&scraper::Selector::parse(selector).unwrap())
            .count()
    };
    assert_eq!(count("body > header > h1"), 1);
    assert_eq!(count("main > section > h2"), document.sections.len());
    assert!(count("section > article > h3") > 3);
    assert!(count("article > ul > li") > 5);
    assert!(count("header a[href^='mailto:']") == 1);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
}

#[test]
fn latex_names_title_author_language_and_paper() {
    let options = PrintOptions {
        paper: Paper::Letter,
        ..PrintOptions::default()
    };
    let (job, document) = job("complete_jane.json", "en", options);
    let source = tex(&job, &document);
    assert!(source.contains("pdftitle={Jane Developer},pdfauthor={Jane Developer},pdflang={en}"));
    assert!(source.contains("\\documentclass[10pt,letterpaper]{article}"));
    for absent in ["\\input", "\\write", "\\openin", "\\special", "\\directlua"] {
        assert!(!source.contains(absent), "{absent}");
    }
}

#[test]
fn hebrew_and_east_asian_text_compiles_where_a_font_has_its_letters() {
    let chinese = bullets(&["東京大学で（計算機科学）を学んだ。", "서울 데이터"], 1);
    let chinese = PrintJob::new(&chinese.0, &chinese.1, PrintOptions::default()).unwrap();
    let (hebrew, _) = job("edge/rtl_hebrew.json", "he", PrintOptions::default());
    for job in [chinese, hebrew] {
        let document = job.document(0);
        let Some((said, pdf)) = compiled("xelatex", &tex(&job, &document)) else {
            continue;
        };
        if said.contains("No font here has these letters") {
            eprintln!("SKIPPED: no font here has these letters");
            continue;
        }
        let text = letters(&pdftotext(&pdf.expect(&said)));
        for line in document.lines() {
            // Where two directions meet, readers of PDF differ about the order of words.
            for word in line.text.split(' ') {
                assert!(text.contains(&letters(word)), "{word} in {text}");
            }
        }
    }
}
