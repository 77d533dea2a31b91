//! `llmployable render` and `llmployable templates` as scripts use them.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn llmployable(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_llmployable"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures"))
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

const LETTER: &str = "letters/long-de.txt";
const JANE: &str = "jsonresume/complete_jane.json";

fn render(out: &Path, options: &[&str]) -> Output {
    let mut arguments = vec!["render", "--profile", JANE, "--out", out.to_str().unwrap()];
    arguments.extend(options);
    llmployable(&arguments)
}

#[test]
fn the_templates_are_listed_one_per_line_with_what_they_are_for() {
    let output = llmployable(&["templates"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.lines().count() >= 10);
    assert!(text.starts_with("ledger\t"), "{text}");
    assert!(text.lines().all(|line| {
        line.split_once('\t')
            .is_some_and(|(_, what)| what.len() > 20)
    }));
}

#[test]
fn the_ending_of_the_file_says_what_is_made() {
    let folder = scratch("render-endings");
    for (ending, beginning) in [
        ("pdf", &b"%PDF-"[..]),
        ("docx", b"PK"),
        ("tex", b"%"),
        ("html", b"<!DOCTYPE html>"),
        ("md", b"# Jane Developer"),
        ("txt", b"Jane Developer"),
        ("json", b"{"),
        ("svg", b"<svg"),
        ("png", b"\x89PNG"),
    ] {
        let out = folder.join(format!("jane.{ending}"));
        let output = render(&out, &["--template", "modern", "--dpi", "40"]);
        assert!(output.status.success(), "{ending}: {output:?}");
        assert!(
            std::fs::read(&out).unwrap().starts_with(beginning),
            "{ending}"
        );
    }
    // Two pages are two pictures.
    assert!(folder.join("jane-2.png").is_file() && folder.join("jane-2.svg").is_file());
}

#[test]
fn options_show_on_the_page_and_the_same_call_gives_the_same_bytes() {
    let folder = scratch("render-options");
    let make = |name: &str| {
        let out = folder.join(name);
        let report = folder.join("report.json");
        let output = render(
            &out,
            &[
                "--template",
                "executive",
                "--paper",
                "letter",
                "--accent",
                "#7a1f3d",
                "--font",
                "inter",
                "--headings",
                "de",
                "--dates",
                "long",
                "--order",
                "skills,work",
                "--title",
                "skills=Werkzeug",
                "--pages",
                "2",
                "--report",
                report.to_str().unwrap(),
            ],
        );
        assert!(output.status.success(), "{output:?}");
        let report: Value = serde_json::from_slice(&std::fs::read(report).unwrap()).unwrap();
        (std::fs::read(out).unwrap(), report)
    };
    let (one, report) = make("one.pdf");
    let (two, _) = make("two.pdf");
    assert!(one == two);
    assert_eq!(report["faults"], serde_json::json!([]));
    assert_eq!(report["language"], "de");
    let rows: Vec<String> = report["text"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row.as_str().unwrap().to_lowercase())
        .collect();
    let place = |words: &str| rows.iter().position(|row| row.contains(words));
    assert!(
        place("werkzeug").unwrap() < place("berufserfahrung").unwrap(),
        "{rows:?}"
    );
    assert!(place("märz 2021 – heute").is_some(), "{rows:?}");
}

#[test]
fn what_cannot_be_chosen_ends_with_2_and_says_what_there_is() {
    let folder = scratch("render-refused");
    let out = folder.join("out.pdf");
    for (options, words) in [
        (&["--template", "nonesuch"][..], "ledger"),
        (&["--font", "Wingdings"], "Source Sans 3"),
        (&["--headings", "tlh"], "de"),
        (&["--order", "hobbies"], "interests"),
        (&["--title", "work"], "SECTION=TITLE"),
        (&["--accent", "red"], "#rrggbb"),
        (&["--templates", "/nonexistent"], "cannot be read"),
    ] {
        let output = render(&out, options);
        assert_eq!(output.status.code(), Some(2), "{options:?}");
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(
            text.contains(words) && text.trim_end().lines().count() == 1,
            "{text}"
        );
    }
    let output = render(&folder.join("out.xyz"), &[]);
    assert_eq!(output.status.code(), Some(2));
    let output = render(&out, &["--photo", "jsonresume/complete_jane.json"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(!out.exists());
}

#[test]
fn a_template_of_one_s_own_is_used_and_one_that_loses_lines_is_told() {
    let folder = scratch("render-own");
    let version = folder.join("templates/mine/1");
    std::fs::create_dir_all(&version).unwrap();
    let manifest = include_str!("../../crates/typeset/templates/ledger/1/template.toml");
    let source = include_str!("../../crates/typeset/templates/ledger/1/template.typ");
    std::fs::write(version.join("template.toml"), manifest).unwrap();
    std::fs::write(version.join("template.typ"), source).unwrap();
    let lossy = folder.join("templates/lossy/1");
    std::fs::create_dir_all(&lossy).unwrap();
    std::fs::write(lossy.join("template.toml"), manifest).unwrap();
    let short = source.replace(
        "#for section in sheet.sections {",
        "#for section in sheet.sections.slice(1) {",
    );
    assert_ne!(short, source);
    std::fs::write(lossy.join("template.typ"), short).unwrap();
    let templates = folder.join("templates");
    let out = folder.join("out.pdf");
    let make = |name: &str| {
        render(
            &out,
            &[
                "--templates",
                templates.to_str().unwrap(),
                "--template",
                name,
            ],
        )
    };
    let output = make("mine");
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
    let output = make("lossy");
    assert!(output.status.success());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("lossy") && told.contains("ledger instead"),
        "{told}"
    );
}

#[test]
fn a_letter_is_set_in_every_format_that_holds_one_and_the_same_call_gives_the_same_bytes() {
    let folder = scratch("render-letter");
    for (ending, beginning) in [
        ("pdf", &b"%PDF-"[..]),
        ("docx", b"PK"),
        ("tex", b"%"),
        ("html", b"<!DOCTYPE html>"),
        ("md", b"# Jane Developer"),
        ("txt", b"Jane Developer"),
        ("svg", b"<svg"),
        ("png", b"\x89PNG"),
    ] {
        let make = |name: &str| {
            let out = folder.join(format!("{name}.{ending}"));
            let output = render(
                &out,
                &["--letter", LETTER, "--template", "modern", "--dpi", "40"],
            );
            assert!(output.status.success(), "{ending}: {output:?}");
            assert!(output.stderr.is_empty(), "{ending}: {output:?}");
            let said = String::from_utf8(output.stdout).unwrap();
            assert!(said.starts_with("1 page, "), "{ending}: {said}");
            std::fs::read(out).unwrap()
        };
        let file = make("one");
        assert!(file.starts_with(beginning), "{ending}");
        assert!(file == make("two"), "{ending}");
    }
    let text = std::fs::read_to_string(folder.join("one.txt")).unwrap();
    assert!(text.contains("\n28. November 2026\n\nBewerbung als Referatsleiterin"));
    assert!(
        text.ends_with(
            "Jane Developer\n\nAnlagen: Lebenslauf, Verzeichnis der Bauwerke, Zeugnisse\n"
        )
    );
}

#[test]
fn the_language_of_a_letter_is_told_by_its_words_and_its_report_has_every_line() {
    let folder = scratch("render-letter-language");
    let text = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../fixtures")
            .join(LETTER),
    );
    let text = text.unwrap().replace("Language: de\n", "");
    let (file, out, report) = (
        folder.join("letter.txt"),
        folder.join("out.pdf"),
        folder.join("report.json"),
    );
    std::fs::write(&file, text).unwrap();
    let letter = file.to_str().unwrap();
    let report_of = |options: &[&str]| -> Value {
        let mut all = vec!["--letter", letter, "--report", report.to_str().unwrap()];
        all.extend(options);
        let output = render(&out, &all);
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&std::fs::read(&report).unwrap()).unwrap()
    };
    let german = report_of(&[]);
    assert_eq!(german["language"], "de");
    assert_eq!(german["faults"], serde_json::json!([]));
    assert!(german["text"].to_string().contains("28. November 2026"));
    let french = report_of(&["--headings", "fr", "--dates", "numeric"]);
    assert_eq!(french["language"], "fr");
    assert!(french["text"].to_string().contains("28/11/2026"));
}

#[test]
fn a_letter_that_cannot_be_set_ends_with_3_and_says_where_and_why() {
    let folder = scratch("render-letter-refused");
    let out = folder.join("out.pdf");
    let file = folder.join("letter.txt");
    let long = format!(
        "Dear A,\n\n{}Yours,\n",
        "Words and more words of it. ".repeat(12) + "\n\n"
    );
    let long = long.replace(
        "Yours,",
        &format!(
            "{}Yours,",
            "And on it goes, line by line, on and on. \n\n".repeat(80)
        ),
    );
    for (text, words) in [
        (
            "Subjct: x\n\nDear A,\n\nOne.\n\nYours,\n",
            "line 1: there is no key",
        ),
        (
            "To: A\n\nDear A,\n\nYours,\n",
            "line 5: a paragraph is needed",
        ),
        (long.as_str(), "shorten its paragraphs"),
    ] {
        std::fs::write(&file, text).unwrap();
        let output = render(&out, &["--letter", file.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(3), "{words}: {output:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains(words) && said.trim_end().lines().count() == 1,
            "{said}"
        );
    }
    // As many pages as it wants are no hindrance.
    let output = render(&out, &["--letter", file.to_str().unwrap(), "--pages", "5"]);
    assert!(output.status.success(), "{output:?}");
    let output = render(&out, &["--letter", "nowhere.txt"]);
    assert_eq!(output.status.code(), Some(3));
    let output = render(&folder.join("out.json"), &["--letter", LETTER]);
    assert_eq!(output.status.code(), Some(2));
    let help = llmployable(&["render", "--help"]);
    let help = String::from_utf8(help.stdout).unwrap();
    for words in ["Subject:", "Enclosures:", "closing"] {
        assert!(help.contains(words), "{help}");
    }
}
