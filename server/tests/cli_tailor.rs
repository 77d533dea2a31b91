//! `llmployable tailor` as scripts use it: exit codes, one line each way, and an explanation that
//! holds for every line of the page.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn tailor(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_llmployable"))
        .arg("tailor")
        .args(arguments)
        .current_dir(fixtures())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn one_sentence(output: &Output) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(
        text.trim_end().lines().count(),
        1,
        "one sentence, not {text:?}"
    );
    assert!(
        output.stdout.is_empty(),
        "nothing on standard output when it fails"
    );
    text
}

/// The first bytes of a file, each as a character.
fn latin_1(text: &str) -> Vec<u8> {
    text.chars()
        .map(|one| u8::try_from(u32::from(one)).unwrap())
        .collect()
}

fn page_text(pdf: &Path) -> String {
    let read = Command::new("pdftotext").arg(pdf).arg("-").output();
    let read = read.expect("tests need pdftotext: cargo xtask test installs poppler-utils");
    assert!(read.status.success());
    String::from_utf8(read.stdout).unwrap()
}

/// Without white space and marks of direction: those are the reader's, not the text's.
fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !c.is_whitespace() && !matches!(*c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
        })
        .collect()
}

fn profiles() -> Vec<String> {
    let json = [
        "complete_alex_reference",
        "complete_jane",
        "new_grad_maya",
        "sample_richard_hendriks",
        "thin_jane",
        "edge/unicode_names",
        "edge/partial_dates",
        "edge/extra_unknown_fields",
    ];
    let zip = ["ada_complete", "basic_crlf_bom", "nested_macos"];
    let json = json.iter().map(|name| format!("jsonresume/{name}.json"));
    json.chain(zip.iter().map(|name| format!("linkedin-export/{name}.zip")))
        .collect()
}

fn postings() -> Vec<String> {
    let mut found: Vec<String> = std::fs::read_dir(fixtures().join("jobs/text"))
        .unwrap()
        .map(|entry| format!("jobs/text/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    found.sort();
    for page in ["pages/greenhouse", "pages/plain_no_markup", "jsonld/graph"] {
        found.push(format!("jobs/{page}.html"));
    }
    found
}

#[test]
fn every_pair_gives_one_page_that_reads_back_every_explained_line() {
    let folder = scratch("pairs");
    for profile in profiles() {
        for posting in postings() {
            let pair = format!("{profile} with {posting}");
            let (pdf, explain) = (folder.join("out.pdf"), folder.join("explain.json"));
            let output = tailor(&[
                "--profile",
                &profile,
                "--job",
                &posting,
                "--out",
                pdf.to_str().unwrap(),
                "--explain",
                explain.to_str().unwrap(),
            ]);
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(
                output.status.success(),
                "{pair}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            assert!(
                said.starts_with("1 page, ") && said.lines().count() == 1,
                "{pair}: {said}"
            );
            let text = folded(&page_text(&pdf));
            let explanation: Value =
                serde_json::from_slice(&std::fs::read(&explain).unwrap()).unwrap();
            assert_eq!(explanation["pages"], 1, "{pair}");
            assert_eq!(explanation["stages"].as_array().unwrap().len(), 5, "{pair}");
            for line in explanation["lines"].as_array().unwrap() {
                let words = folded(line["text"].as_str().unwrap());
                assert!(
                    text.contains(&words),
                    "{pair}: {} is not on the page",
                    line["text"]
                );
                assert!(
                    !line["facts"].as_array().unwrap().is_empty(),
                    "{pair}: {line}"
                );
            }
            check_promise(&explanation, &pair);
        }
    }
}

/// No line that answers nothing stands on the page while a must that the profile backs does not.
fn check_promise(explanation: &Value, pair: &str) {
    let requirements = explanation["requirements"].as_array().unwrap();
    let empty = |value: &Value| value.as_array().unwrap().is_empty();
    let dropped = requirements
        .iter()
        .find(|one| one["kind"] == "must" && !empty(&one["facts"]) && empty(&one["lines"]));
    let Some(dropped) = dropped else { return };
    let idle = explanation["lines"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| {
            ["bullet", "sentence", "skills"].contains(&line["slot"].as_str().unwrap())
                && empty(&line["requirements"])
        });
    assert!(
        idle.is_none(),
        "{pair}: {} gave way to {}",
        dropped["text"],
        idle.unwrap()["text"]
    );
}

#[test]
fn the_explanation_s_spans_are_the_posting_s_words() {
    let folder = scratch("spans");
    let (pdf, explain) = (folder.join("out.pdf"), folder.join("explain.json"));
    let output = tailor(&[
        "--profile",
        "jsonresume/complete_jane.json",
        "--job",
        "jobs/text/jobsync_backend.txt",
        "--out",
        pdf.to_str().unwrap(),
        "--explain",
        explain.to_str().unwrap(),
    ]);
    assert!(output.status.success());
    let explanation: Value = serde_json::from_slice(&std::fs::read(&explain).unwrap()).unwrap();
    let text = explanation["posting_text"].as_str().unwrap();
    let requirements = explanation["requirements"].as_array().unwrap();
    assert!(requirements.len() >= 10);
    for requirement in requirements {
        let span = |at: usize| usize::try_from(requirement["span"][at].as_u64().unwrap()).unwrap();
        assert_eq!(
            text[span(0)..span(1)],
            *requirement["text"].as_str().unwrap()
        );
    }
}

#[test]
fn every_format_comes_at_its_name() {
    let folder = scratch("formats");
    let make = |format: &str| {
        let out = folder.join(format!("out.{format}"));
        let output = tailor(&[
            "--profile",
            "jsonresume/new_grad_maya.json",
            "--job",
            "jobs/text/jobsync_backend.txt",
            "--out",
            out.to_str().unwrap(),
            "--format",
            format,
        ]);
        (output, out)
    };
    for (format, beginning) in [
        ("pdf", "%PDF"),
        ("svg", "<svg"),
        ("txt", "Maya Okonkwo"),
        ("json", "{"),
        ("docx", "PK"),
        ("html", "<!DOCTYPE html>"),
        ("md", "# Maya Okonkwo"),
        ("tex", "%"),
        ("png", "\u{89}PNG"),
    ] {
        let (output, out) = make(format);
        assert!(output.status.success(), "{format}");
        assert!(
            std::fs::read(out).unwrap().starts_with(&latin_1(beginning)),
            "{format}"
        );
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = scratch("same");
    let make = |name: &str| {
        let out = folder.join(name);
        let output = tailor(&[
            "--profile",
            "linkedin-export/ada_complete.zip",
            "--job",
            "jobs/pages/lever.html",
            "--out",
            out.to_str().unwrap(),
        ]);
        assert!(output.status.success());
        std::fs::read(out).unwrap()
    };
    assert!(make("one.pdf") == make("two.pdf"));
}

#[test]
fn unusable_arguments_end_with_2_and_unusable_input_with_3() {
    let folder = scratch("codes");
    let out = folder.join("out.pdf");
    let out = out.to_str().unwrap();
    let (jane, job) = (
        "jsonresume/complete_jane.json",
        "jobs/text/jobsync_backend.txt",
    );
    for (code, arguments) in [
        (2, vec!["--job", job, "--out", out]),
        (
            2,
            vec![
                "--profile",
                jane,
                "--job",
                job,
                "--out",
                out,
                "--pages",
                "9",
            ],
        ),
        (
            2,
            vec![
                "--profile",
                jane,
                "--job",
                job,
                "--out",
                out,
                "--template",
                "nonesuch",
            ],
        ),
        (
            2,
            vec![
                "--profile",
                jane,
                "--job",
                job,
                "--out",
                "/nonexistent/folder/out.pdf",
            ],
        ),
        (
            3,
            vec!["--profile", "nonesuch.json", "--job", job, "--out", out],
        ),
        (
            3,
            vec!["--profile", "jsonresume", "--job", job, "--out", out],
        ),
        (
            3,
            vec![
                "--profile",
                "jsonresume/edge/not_a_resume.json",
                "--job",
                job,
                "--out",
                out,
            ],
        ),
        (
            3,
            vec![
                "--profile",
                "jsonresume/edge/truncated.json",
                "--job",
                job,
                "--out",
                out,
            ],
        ),
        (
            3,
            vec![
                "--profile",
                "jsonresume/edge/empty_object.json",
                "--job",
                job,
                "--out",
                out,
            ],
        ),
        (
            3,
            vec![
                "--profile",
                "linkedin-export/headers_only_empty.zip",
                "--job",
                job,
                "--out",
                out,
            ],
        ),
        (3, vec!["--profile", jane, "--job", "-", "--out", out]),
        (
            3,
            vec![
                "--profile",
                jane,
                "--job",
                "http://127.0.0.1:9/job",
                "--out",
                out,
            ],
        ),
    ] {
        let output = tailor(&arguments);
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments:?}: {output:?}"
        );
        let sentence = one_sentence(&output);
        assert!(
            !sentence.contains("panicked") && sentence.len() > 20,
            "{sentence}"
        );
    }
}

#[test]
fn every_other_file_ends_well() {
    let folder = scratch("others");
    let out = folder.join("out.pdf");
    let mut files: Vec<PathBuf> = Vec::new();
    for part in [
        "jsonresume",
        "jsonresume/edge",
        "linkedin-export",
        "hostile/zip",
        "hostile/html",
    ] {
        let entries = std::fs::read_dir(fixtures().join(part)).unwrap();
        files.extend(
            entries
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.is_file()),
        );
    }
    assert!(files.len() > 30);
    for file in files {
        let file = file.to_str().unwrap();
        for arguments in [
            ["--profile", file, "--job", "jobs/text/jobsync_backend.txt"],
            ["--profile", "jsonresume/complete_jane.json", "--job", file],
        ] {
            let output = tailor(&[&arguments[..], &["--out", out.to_str().unwrap()]].concat());
            match output.status.code() {
                Some(0) => {}
                Some(2..=4) => drop(one_sentence(&output)),
                other => panic!("{arguments:?} ended with {other:?}: {output:?}"),
            }
        }
    }
}

#[test]
fn a_resume_is_in_the_language_that_was_chosen_and_what_that_cannot_change_is_told() {
    let folder = scratch("language");
    let posting = folder.join("stelle.txt");
    std::fs::write(
        &posting,
        "Softwareentwickler (m/w/d)\n\nWir suchen Verstärkung für unser Team in Köln und bauen Software \
         für Bäckereien im ganzen Land.\n\nDein Profil\n- Mehrjährige Erfahrung mit React\n\
         - Sicherer Umgang mit PostgreSQL\n",
    )
    .unwrap();
    let make = |language: &[&str]| {
        let text = folder.join("out.txt");
        let output = tailor(
            &[
                &[
                    "--profile",
                    "jsonresume/complete_jane.json",
                    "--job",
                    posting.to_str().unwrap(),
                    "--format",
                    "txt",
                    "--out",
                    text.to_str().unwrap(),
                ],
                language,
            ]
            .concat(),
        );
        assert!(output.status.success(), "{output:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        (std::fs::read_to_string(text).unwrap().to_lowercase(), told)
    };
    for as_posting in [&[][..], &["--language", "posting"]] {
        let (text, told) = make(as_posting);
        assert!(
            text.contains("\nexperience\n") && text.contains("present"),
            "{text}"
        );
        assert!(
            told.contains("The posting is in German, your evidence mostly in English."),
            "{told}"
        );
    }
    let (text, told) = make(&["--language", "de"]);
    assert!(
        text.contains("\nberufserfahrung\n") && text.contains("heute"),
        "{text}"
    );
    assert!(text.contains("reduced api response time"), "{text}");
    assert!(
        told.contains("Headings and dates are in German, as you chose"),
        "{told}"
    );
    let (_, told) = make(&["--language", "en"]);
    assert_eq!(told, "");
    let refused = tailor(&[
        "--profile",
        "jsonresume/complete_jane.json",
        "--job",
        "jobs/text/jobsync_backend.txt",
        "--out",
        "/dev/null",
        "--language",
        "klingon",
    ]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(one_sentence(&refused).contains("no headings in that language"));
}
