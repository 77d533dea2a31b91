//! The gate for reworded lines: what it refuses and what it lets through.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::fs;

use career::Profile;
use common::fixture;
use serde_json::Value;
use tailor::{Code, Evidence, Place, Ruling};

fn set(name: &str) -> (Profile, Vec<(String, String)>, String, Vec<Value>) {
    let folder = fixture("grounding").join(name);
    let bytes = fs::read(folder.join("profile.json")).unwrap();
    let profile = intake::read_evidence("profile.json", &bytes)
        .unwrap()
        .profile;
    let mut strings = Vec::new();
    flatten(&serde_json::from_slice(&bytes).unwrap(), "", &mut strings);
    let posting = fs::read_to_string(folder.join("posting.txt")).unwrap();
    let lines = fs::read_to_string(folder.join("lines.jsonl")).unwrap();
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    (profile, strings, posting, lines)
}

fn flatten(value: &Value, pointer: &str, strings: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => strings.push((pointer.to_owned(), text.clone())),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                flatten(item, &format!("{pointer}/{at}"), strings);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                flatten(field, &format!("{pointer}/{name}"), strings);
            }
        }
        _ => {}
    }
}

/// Right verdicts and all, of the lines for which that is expected; translations apart.
fn score(names: &[&str], expect: &str) -> (usize, usize) {
    let mut score = (0, 0);
    for name in names {
        let (profile, strings, posting, lines) = set(name);
        let evidence = Evidence::new(&profile).with_strings(&strings);
        for line in lines
            .iter()
            .filter(|line| line["expect"] == expect && line["kind"] != "translation")
        {
            let place = Place::parse(line["section"].as_str().unwrap()).unwrap();
            let quotes: Vec<String> = serde_json::from_value(line["cites"].clone()).unwrap();
            let text = line["text"].as_str().unwrap();
            let ruling = evidence.judge_quotes(&place, text, &quotes, &posting);
            score.1 += 1;
            score.0 += usize::from(ruling.is_ok() == (expect == "accept"));
        }
    }
    score
}

const GIVEN: [&str; 2] = ["archivist", "test-engineer"];
const OWN: [&str; 14] = [
    "ada",
    "alex",
    "buyer",
    "civil",
    "dataeng",
    "jane",
    "john",
    "kitchen",
    "logistics",
    "maya",
    "nurse",
    "richard",
    "scientist",
    "support",
];

#[test]
fn every_false_claim_of_the_given_sets_is_refused_and_every_true_rewording_stands() {
    assert_eq!(score(&GIVEN, "reject"), (37, 37));
    assert_eq!(score(&GIVEN, "accept"), (24, 24));
}

#[test]
fn hardly_a_false_claim_of_our_own_sets_gets_through() {
    let (caught, all) = score(&OWN, "reject");
    assert!(all > 900, "{all}");
    // What is still missed is counted by `cargo xtask bench grounding`; it may only get less.
    assert!(caught + 4 >= all, "{caught} of {all}");
}

#[test]
fn most_true_rewordings_of_our_own_sets_stand() {
    let (accepted, all) = score(&OWN, "accept");
    assert!(accepted * 100 >= all * 81, "{accepted} of {all}");
}

fn judged(highlight: &str, line: &str) -> Ruling {
    let document = serde_json::json!({
        "basics": {"name": "Ada"},
        "work": [{"name": "Rye Works", "position": "Baker", "startDate": "2015-04", "endDate": "2018-10",
            "highlights": [highlight]}],
    });
    let bytes = serde_json::to_vec(&document).unwrap();
    let profile = intake::read_evidence("profile.json", &bytes)
        .unwrap()
        .profile;
    let place = Place::parse("work[0]").unwrap();
    Evidence::new(&profile).judge_quotes(&place, line, &[highlight.to_owned()], "")
}

fn code(highlight: &str, line: &str) -> Option<Code> {
    judged(highlight, line)
        .objections
        .first()
        .map(|objection| objection.code)
}

#[test]
fn numbers_have_to_be_the_evidences_or_follow_from_it() {
    let told = "Cut baking time from 60 minutes to 45 minutes";
    assert_eq!(code(told, "Cut baking time by a quarter"), None);
    assert_eq!(code(told, "Cut baking time by 15 minutes"), None);
    assert_eq!(
        code(told, "Cut baking time from 1 hour to 45 minutes"),
        None
    );
    assert_eq!(
        code(told, "Cut baking time from 60 minutes to 40 minutes"),
        Some(Code::Number)
    );
    assert_eq!(code(told, "Cut baking time by a third"), Some(Code::Number));
    let row = "Sold 30 rye loaves and 12 wheat loaves a day";
    assert_eq!(code(row, "Sold 42 loaves a day"), None);
    assert_eq!(
        code(row, "Sold 12 rye loaves a day"),
        Some(Code::NumberOfOther)
    );
}

#[test]
fn what_takes_a_claim_back_has_to_come_along() {
    assert_eq!(
        code("Helped plan the spring market", "Planned the spring market"),
        Some(Code::HedgeDropped)
    );
    assert_eq!(
        code(
            "Helped plan the spring market",
            "Helped to plan the spring market"
        ),
        None
    );
    assert_eq!(
        code("Sold about 200 loaves", "Sold 200 loaves"),
        Some(Code::HedgeDropped)
    );
    assert_eq!(
        code("Did not sell cakes", "Sold cakes"),
        Some(Code::Negation)
    );
    assert_eq!(
        code(
            "Wrote a draft of the hygiene plan",
            "Wrote the hygiene plan"
        ),
        Some(Code::HedgeDropped)
    );
}

#[test]
fn words_stand_to_each_other_as_they_do_in_the_evidence() {
    assert_eq!(
        code("Replaced wheat with rye", "Replaced rye with wheat"),
        Some(Code::Relation)
    );
    assert_eq!(
        code("Trained by two master bakers", "Trained two master bakers"),
        Some(Code::Cause)
    );
    assert_eq!(
        code(
            "Opened on Sundays. Sales grew by 8%.",
            "Grew sales by 8% by opening on Sundays"
        ),
        Some(Code::Cause)
    );
}

#[test]
fn characters_that_hide_what_a_line_says_are_refused() {
    assert_eq!(
        code("Baked rye bread", "Baked rye\u{200b} bread"),
        Some(Code::HiddenCharacters)
    );
    assert_eq!(
        code("Baked rye bread", "Baked ry\u{0435} bread"),
        Some(Code::HiddenCharacters)
    );
}
