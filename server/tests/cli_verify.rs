//! `llmployable verify` as scripts use it: a verdict a line, in order, and exit codes that do not
//! depend on the verdicts.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn set(name: &str) -> PathBuf {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    fixtures.join("grounding").join(name)
}

fn verify(folder: &Path, lines: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_llmployable"))
        .arg("verify")
        .arg("--profile")
        .arg(folder.join("profile.json"))
        .arg("--posting")
        .arg(folder.join("posting.txt"))
        .arg("--lines")
        .arg(lines)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn every_line_gets_the_verdict_it_deserves_in_its_order() {
    for name in ["archivist", "test-engineer"] {
        let folder = set(name);
        let output = verify(&folder, &folder.join("lines.jsonl"));
        assert!(output.status.success(), "{output:?}");
        assert!(output.stderr.is_empty());
        let said = String::from_utf8(output.stdout).unwrap();
        let given = std::fs::read_to_string(folder.join("lines.jsonl")).unwrap();
        assert_eq!(said.lines().count(), given.lines().count());
        for (verdict, line) in said.lines().zip(given.lines()) {
            let line: Value = serde_json::from_str(line).unwrap();
            if line["kind"] == "translation" {
                continue;
            }
            let (id, rest) = verdict.split_once(' ').unwrap();
            assert_eq!(id, line["id"].as_str().unwrap());
            assert_eq!(rest == "ok", line["expect"] == "accept", "{verdict}");
            assert!(
                rest == "ok" || rest.contains(' '),
                "a code and a reason: {verdict}"
            );
        }
    }
}

#[test]
fn what_cannot_be_judged_is_one_sentence_and_exit_code_3() {
    let folder = set("archivist");
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("broken-lines.jsonl");
    std::fs::write(
        &scratch,
        "{\"id\": \"a\", \"section\": \"work[0]\", \"text\": \"x\"}\nno json\n",
    )
    .unwrap();
    let output = verify(&folder, &scratch);
    assert_eq!(output.status.code(), Some(3));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("Line 2"), "{said}");
    let missing = verify(&folder, Path::new("nowhere.jsonl"));
    assert_eq!(missing.status.code(), Some(3));
}

#[test]
fn a_line_under_no_entry_or_without_quotes_is_refused() {
    let folder = set("archivist");
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("placeless-lines.jsonl");
    let lines = "{\"id\":\"a\",\"section\":\"elsewhere\",\"text\":\"x\",\"cites\":[\"x\"]}\n\
                 {\"id\":\"b\",\"section\":\"work[0]\",\"text\":\"Catalogued photographs\"}\n";
    std::fs::write(&scratch, lines).unwrap();
    let output = verify(&folder, &scratch);
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).unwrap();
    let codes: Vec<&str> = said
        .lines()
        .map(|line| line.split(' ').nth(1).unwrap())
        .collect();
    assert_eq!(codes, ["wrong_entry", "no_evidence"]);
}
