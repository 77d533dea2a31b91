//! What people and their files may say must not matter: it is text.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::time::{Duration, Instant};

use common::{assert_in_order, bare, bullets, pdftotext};
use typeset::{MAX_CLAIMS, PrintJob, PrintOptions, Printed, TypesetError, Typesetter};

fn print(lines: &[&str], budget: u32) -> Result<Printed, TypesetError> {
    let (draft, facts) = bullets(lines, budget);
    let job = PrintJob::new(&draft, &facts, PrintOptions::default())?;
    let before = Instant::now();
    let outcome = Typesetter::new().print(&job);
    // The limit of the child that does this is 20 s, in a build that is ten times faster.
    assert!(before.elapsed() < Duration::from_mins(1));
    outcome
}

#[test]
fn markup_of_the_typesetter_is_printed_letter_by_letter() {
    let lines = [
        "#read(\"/etc/passwd\")",
        "#include \"/etc/passwd\"",
        "#import \"@preview/cetz:0.3.0\": *",
        "#eval(\"1+1\") #sys.version",
        "$ x^2 $ *bold* _emph_ `raw` ] } ) [#",
        "// comment /* more */ <label> @ref = Heading",
        "\\u{41} \\ \\n ~ -- --- ... '\"quotes\"' https://a.b/c",
        "= Not a heading",
        "- not a list + 1. no",
        "{\"id\":1} ${HOME} %s %n",
    ];
    let (draft, facts) = bullets(&lines, 1);
    let job = PrintJob::new(&draft, &facts, PrintOptions::default()).unwrap();
    let printed = Typesetter::new().print(&job).unwrap();
    let text = pdftotext(&printed.pdf);
    assert_in_order(&draft.resume, &text, bare);
    assert!(!text.contains("root:"));
}

#[test]
fn naughty_strings_are_printed_or_dropped_but_never_stop_the_press() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fixtures/hostile/strings/blns.json"
    );
    let strings: Vec<String> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert!(strings.len() > 400);
    let lines: Vec<&str> = strings.iter().map(String::as_str).collect();
    let printed = print(&lines, 10).unwrap();
    assert!(printed.pages > 3);
}

#[test]
fn words_split_at_line_ends_come_back_whole() {
    // Each shift moves the critical words by one letter over the line's end.
    let lines: Vec<String> = (0..60)
        .map(|shift| {
            format!(
                "{} built low-latency CI/CD pre- and post-release end-to-end (C++/Rust) \
                 state-of-the-art https://example.org/a-b/c_d?e=f-g&h=i 24/7 – done",
                "i".repeat(shift)
            )
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (draft, facts) = bullets(&lines, 10);
    let job = PrintJob::new(&draft, &facts, PrintOptions::default()).unwrap();
    let printed = Typesetter::new().print(&job).unwrap();
    assert_eq!(printed.cuts, 0);
    assert_in_order(&draft.resume, &pdftotext(&printed.pdf), bare);
}

#[test]
fn a_word_of_a_hundred_kilobytes_stays_on_its_pages() {
    for word in [
        "x".repeat(100_000),
        "ab-".repeat(33_000),
        "漢".repeat(30_000),
    ] {
        match print(&[&word, "After"], 10) {
            Ok(printed) => {
                for mark in &printed.marks {
                    let right = mark.left + mark.width;
                    assert!(right < printed.page_size_pt.0 - 20.0, "{mark:?}");
                }
            }
            Err(error) => panic!("cuttable, so it must be cut: {error}"),
        }
    }
    let (draft, facts) = bullets(&[&"x-y".repeat(1_500)], 2);
    let job = PrintJob::new(&draft, &facts, PrintOptions::default()).unwrap();
    let printed = Typesetter::new().print(&job).unwrap();
    assert_eq!(printed.cuts, 0);
    assert_in_order(&draft.resume, &pdftotext(&printed.pdf), bare);
}

#[test]
fn marks_without_end_links_without_number_and_bullets_without_measure_are_borne() {
    let combining = format!("a{}", "\u{301}".repeat(1_000));
    assert!(print(&[&combining, "zero\u{200b}width\u{200b}\u{202e}turned"], 1).is_ok());

    let links = vec!["https://example.org/a/b?c=d"; MAX_CLAIMS - 1];
    assert_eq!(print(&links, 1).unwrap().pages, 1);

    let many = vec!["x"; 10_000];
    assert!(matches!(
        print(&many, 1),
        Err(TypesetError::TooMuch { claims: 10_001, .. })
    ));
    assert!(matches!(
        print(&[&"x".repeat(1_000_000)], 1),
        Err(TypesetError::TooMuch { .. })
    ));
    let (draft, facts) = bullets(&["x"], 1);
    let options = PrintOptions {
        template: "../../etc/passwd".to_owned(),
        ..PrintOptions::default()
    };
    assert!(matches!(
        PrintJob::new(&draft, &facts, options),
        Err(TypesetError::UnknownTemplate { .. })
    ));
}
