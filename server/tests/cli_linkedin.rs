//! `llmployable import --linkedin-token-file` as scripts use it: exit codes, one sentence, and the token
//! nowhere to be seen.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../../crates/backend/tests/support/linkedin.rs"]
mod linkedin;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use linkedin::{Reply, Stub};
use serde_json::Value;

const TOKEN: &str = "AQX-example_token";

fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs it in a folder of its own; the token comes in by standard input.
fn import(stub: &Stub, folder: &Path, file: &str, stdin: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_llmployable"))
        .args(["import", "--linkedin-token-file", file])
        .args(["--out", "profile.json", "--facts", "facts.json"])
        .current_dir(folder)
        .env("LLMPLOYABLE_LINKEDIN_API", stub.url())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses before it reads closes the pipe.
    let _closed = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    child.wait_with_output().unwrap()
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_out_of_a_file_or_standard_input_becomes_a_profile() {
    let stub = Stub::with_member().await;
    let folder = scratch("li-import");
    std::fs::write(folder.join("token.txt"), format!("{TOKEN}\n")).unwrap();
    for (file, stdin) in [("token.txt", ""), ("-", TOKEN)] {
        let output = import(&stub, &folder, file, stdin);
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(
            output.status.success(),
            "{output:?}",
            output = output.stderr
        );
        assert!(told.contains(" facts, "), "{told}");
        let profile = read(&folder.join("profile.json"));
        assert_eq!(profile["basics"]["name"], "Marisol Okafor-Lindqvist");
        assert_eq!(profile["work"].as_array().unwrap().len(), 2);
        let facts = std::fs::read_to_string(folder.join("facts.json")).unwrap();
        assert!(facts.contains("LinkedIn (20"));
        assert!(!facts.contains(TOKEN));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_refusal_is_one_sentence_with_the_exit_code_it_has_elsewhere() {
    let folder = scratch("li-refused");
    for (name, code, words) in [
        ("expired", 3, "make a new one"),
        ("not_covered", 3, "EEA"),
        ("no_data", 3, "no data"),
        ("throttled", 4, "after midnight UTC"),
        ("version_gone", 4, "update llmployable"),
        ("internal", 4, "could not be reached"),
        ("not_supported", 4, "unexpected"),
    ] {
        let stub = Stub::empty().await;
        stub.set("PROFILE", 0, Reply::refusal(name));
        let output = import(&stub, &folder, "-", TOKEN);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{told}");
        assert_eq!(told.trim_end().lines().count(), 1, "{told}");
        assert!(told.contains(words) && !told.contains(TOKEN), "{told}");
        assert!(output.stdout.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_holds_no_token_is_unusable_input_and_asks_nobody() {
    let stub = Stub::with_member().await;
    let folder = scratch("li-none");
    for (file, stdin) in [("-", ""), ("-", "two words"), ("nonesuch.txt", "")] {
        let output = import(&stub, &folder, file, stdin);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{told}");
        assert_eq!(told.trim_end().lines().count(), 1, "{told}");
    }
    assert!(stub.asked().is_empty());
    let output = Command::new(env!("CARGO_BIN_EXE_llmployable"))
        .args(["import", "--out", "x.json"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "nothing to read");
}
