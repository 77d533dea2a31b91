//! Recorded answers of GitHub's REST API into profiles.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::collections::BTreeMap;

use career::{Locator, Profile, SectionKind};
use intake::github::read_account;
use serde_json::Value;
use support::{assert_cited, json, section, words};

fn account(login: &str) -> (Profile, Value) {
    let world = json(&format!("github/worlds/{login}.json"));
    let mut user = Value::Null;
    let mut pages = Vec::new();
    let mut languages = BTreeMap::new();
    for recording in world["recordings"].as_array().unwrap() {
        let path = recording["request"]["path"].as_str().unwrap();
        let body = recording["response"]["body"].clone();
        if path == format!("/users/{login}") {
            user = body;
        } else if path.contains("/repos?") {
            pages.push(body);
        } else if let Some(repo) = path.strip_suffix("/languages") {
            languages.insert(repo.trim_start_matches("/repos/").to_owned(), body);
        }
    }
    let profile = read_account(&user, &pages, &languages).unwrap();
    (profile, json(&format!("github/worlds/{login}.truth.json")))
}

#[test]
fn own_repositories_become_projects_the_most_starred_first() {
    let (profile, truth) = account("marisol-example");
    assert_cited(&profile);
    let projects = section(&profile, SectionKind::Projects);
    let mut names: Vec<&str> = projects
        .iter()
        .map(|entry| words(entry.title.as_ref()))
        .collect();
    // Behind the third the truth's stars are equal and any order is right.
    let stars = truth["byStars"].as_array().unwrap();
    let stars: Vec<&str> = stars.iter().filter_map(Value::as_str).collect();
    assert_eq!(names[..3], stars[..3]);
    let mut own: Vec<&str> = truth["ownNonFork"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    names.sort_unstable();
    own.sort_unstable();
    assert_eq!(names, own);
    let tidepool = projects[0];
    assert_eq!(
        words(tidepool.url.as_ref()),
        "https://github.com/marisol-example/tidepool"
    );
    assert_eq!(
        tidepool.summary[0].text,
        "Offline tide tables for small boats, computed on device"
    );
    let keywords: Vec<&str> = tidepool
        .keywords
        .iter()
        .map(|field| field.text.as_str())
        .collect();
    assert_eq!(
        keywords,
        [
            "Rust",
            "TypeScript",
            "Shell",
            "tides",
            "offline-first",
            "wasm"
        ]
    );
    assert_eq!(profile.name[0].text, "Marisol Okafor-Lindqvist");
    let fact = profile.facts.get(tidepool.summary[0].fact()).unwrap();
    assert!(matches!(&fact.locator, Locator::Web { url, .. } if url.ends_with("/tidepool")));
}

#[test]
fn an_empty_account_is_read_without_inventing_anything() {
    let (profile, truth) = account("empty-example");
    assert!(truth["name"].is_null() && profile.name.is_empty());
    assert!(profile.entries.is_empty());
    assert!(!profile.has_content());
}

#[test]
fn an_error_of_the_api_is_no_account() {
    let answer = serde_json::json!({"message": "Not Found"});
    let error = read_account(&answer, &[], &BTreeMap::new()).unwrap_err();
    assert_eq!(error.code(), "github_not_an_account");
}
