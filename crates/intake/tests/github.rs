//! Kept GitHub accounts into profiles.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use career::{Locator, Profile, SectionKind};
use intake::SourceKind;
use intake::github::{
    Account, Contribution, ContributionKind, FORMAT, Part, Readme, Repository, Total, User,
    read_account,
};
use serde_json::{Value, json};
use support::{assert_cited, json, section, words};

/// The record of a world: what a walk over its recordings would keep.
fn account(login: &str) -> Account {
    let world = json(&format!("github/worlds/{login}.json"));
    let mut account = Account {
        format: FORMAT,
        ..Account::default()
    };
    let mut readmes: BTreeMap<String, Option<Readme>> = BTreeMap::new();
    let mut languages = BTreeMap::new();
    for recording in world["recordings"].as_array().unwrap() {
        let path = recording["request"]["path"].as_str().unwrap();
        let body = recording["response"]["body"].clone();
        if path == format!("/users/{login}") {
            account.user = serde_json::from_value(body).unwrap();
        } else if path.contains("/repos?") {
            let page: Vec<Repository> = serde_json::from_value(body).unwrap();
            account.repositories.extend(page);
        } else if let Some(repo) = path.strip_suffix("/languages") {
            let sizes: BTreeMap<String, u64> = serde_json::from_value(body).unwrap();
            languages.insert(repo.trim_start_matches("/repos/").to_owned(), sizes);
        } else if let Some(repo) = path.strip_suffix("/readme") {
            let text = |value: &Value| value.as_str().map(str::to_owned);
            let readme = text(&body["html_url"]).map(|html_url| Readme {
                html_url,
                sha: text(&body["sha"]).unwrap(),
                text: decoded(body["content"].as_str().unwrap()),
            });
            readmes.insert(repo.trim_start_matches("/repos/").to_owned(), readme);
        }
    }
    for repository in &mut account.repositories {
        repository.languages = languages.remove(&repository.full_name);
        repository.readme = readmes.remove(&repository.full_name);
    }
    account
}

fn decoded(base64: &str) -> String {
    let mut bits = 0_u32;
    let mut held = 0;
    let mut bytes = Vec::new();
    for sign in base64.bytes() {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).unwrap());
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn read(account: &Account) -> Profile {
    let evidence = read_account(account).unwrap();
    assert_cited(&evidence.profile);
    evidence.profile
}

/// The names at the end of the addresses where facts quote this.
fn names_where(profile: &Profile, quote: &str) -> BTreeSet<String> {
    let facts = profile.facts.iter().filter(|fact| fact.quote == quote);
    facts
        .map(|fact| {
            address(&fact.locator)
                .rsplit('/')
                .next()
                .unwrap()
                .to_owned()
        })
        .collect()
}

fn address(locator: &Locator) -> &str {
    match locator {
        Locator::Web { url, .. } => url,
        other => panic!("{other} is no address"),
    }
}

fn set(list: &Value) -> BTreeSet<String> {
    let names = list.as_array().unwrap().iter();
    names
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_truth_of_the_worlds_stands_among_the_facts() {
    for login in ["marisol-example", "empty-example"] {
        let truth = json(&format!("github/worlds/{login}.truth.json"));
        let profile = read(&account(login));
        let name = profile.name.first().map(|name| name.text.as_str());
        assert_eq!(name, truth["name"].as_str());
        let quotes = |quote: &str| profile.facts.iter().any(|fact| fact.quote == quote);
        assert!(quotes(&format!("\"public_repos\":{}", truth["repoCount"])));
        let projects = section(&profile, SectionKind::Projects);
        let titles: Vec<&str> = projects
            .iter()
            .map(|entry| words(entry.title.as_ref()))
            .collect();
        let by_stars: Vec<&str> = truth["byStars"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        assert_eq!(titles[..by_stars.len()], by_stars);
        let titles: BTreeSet<String> = titles.into_iter().map(str::to_owned).collect();
        assert_eq!(titles, set(&truth["ownNonFork"]));
        assert_eq!(names_where(&profile, "\"fork\":true"), set(&truth["forks"]));
        assert_eq!(
            names_where(&profile, "\"archived\":true"),
            set(&truth["archived"])
        );
        assert_eq!(
            names_where(&profile, "\"readme\":null"),
            set(&truth["reposWithoutReadme"])
        );
        let mut bytes: BTreeMap<String, u64> = BTreeMap::new();
        for keyword in projects.iter().flat_map(|entry| &entry.keywords) {
            let quote = &profile.facts.get(keyword.fact()).unwrap().quote;
            if let Some((_, size)) = quote.split_once("\":") {
                *bytes.entry(keyword.text.clone()).or_default() += size.parse::<u64>().unwrap();
            }
        }
        assert_eq!(json!(bytes), truth["languagesByBytesOwn"]);
        let skills: Vec<&str> = profile
            .skills
            .iter()
            .map(|group| words(group.name.as_ref()))
            .collect();
        let mut by_size: Vec<(&String, &u64)> = bytes.iter().collect();
        by_size.sort_by_key(|(_, size)| std::cmp::Reverse(**size));
        let by_size: Vec<&str> = by_size.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(skills, by_size);
    }
}

#[test]
fn a_project_is_what_its_page_and_its_readme_say() {
    let profile = read(&account("marisol-example"));
    let projects = section(&profile, SectionKind::Projects);
    let tidepool = projects[0];
    let url = "https://github.com/marisol-example/tidepool";
    assert_eq!(words(tidepool.url.as_ref()), url);
    let told: Vec<&str> = tidepool
        .summary
        .iter()
        .map(|field| field.text.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "Offline tide tables for small boats, computed on device",
            "Harmonic tide prediction for 3,200 stations, 40 kB per station, no network. Used by two \
             sailing clubs. 12× faster than the C reference on a Raspberry Pi."
        ]
    );
    let readme = profile.facts.get(tidepool.summary[1].fact()).unwrap();
    let sha = "3d21ec53a331a6f037a91c368710b99387d012c1".to_owned();
    let at = Locator::Web {
        url: format!("{url}/blob/main/README.md"),
        revision: Some(sha),
    };
    assert_eq!(readme.locator, at);
    let keywords: Vec<&str> = tidepool
        .keywords
        .iter()
        .map(|field| field.text.as_str())
        .collect();
    let expected = [
        "Rust",
        "TypeScript",
        "Shell",
        "tides",
        "offline-first",
        "wasm",
    ];
    assert_eq!(keywords, expected);
    // What is hidden in a README, and what Rails writes into every new one, is nobody's words.
    let all = serde_json::to_string(&profile).unwrap();
    assert!(!all.contains("previous instructions") && !all.contains("would normally document"));
}

#[test]
fn an_empty_account_is_read_without_inventing_anything() {
    let profile = read(&account("empty-example"));
    assert!(profile.name.is_empty() && profile.entries.is_empty());
    assert!(!profile.has_content());
}

fn work(kind: ContributionKind, title: &str, url: &str, at: &str) -> Contribution {
    Contribution {
        kind,
        title: title.to_owned(),
        html_url: format!("https://github.com/{url}"),
        author_association: Some("CONTRIBUTOR".to_owned()),
        at: Some(at.to_owned()),
        revision: Some("abc".to_owned()),
    }
}

fn contributor() -> Account {
    use ContributionKind::{ClosedIssue, MergedPullRequest, ReviewedPullRequest};
    Account {
        format: FORMAT,
        user: User {
            login: "ines".to_owned(),
            html_url: "https://github.com/ines".to_owned(),
            ..User::default()
        },
        contributions: vec![
            work(
                MergedPullRequest,
                "Wake workers in order",
                "acme/tokamak/pull/41",
                "2024-05-06T07:08:09Z",
            ),
            work(
                MergedPullRequest,
                "Mine anyway",
                "INES/own/pull/1",
                "2024-05-06T07:08:09Z",
            ),
            work(
                MergedPullRequest,
                "Halve the wheel",
                "acme/tokamak/pull/57",
                "2025-09-10T11:12:13Z",
            ),
            work(
                MergedPullRequest,
                "One change",
                "quaywall/quay/pull/9",
                "2023-02-03T04:05:06Z",
            ),
            work(
                ReviewedPullRequest,
                "Rename it",
                "acme/tokamak/pull/60",
                "2024-10-10T00:00:00Z",
            ),
            work(
                ClosedIssue,
                "It drifts",
                "quaywall/quay/issues/8",
                "2023-03-03T00:00:00Z",
            ),
        ],
        totals: BTreeMap::from([(
            ReviewedPullRequest,
            Total {
                total_count: 37,
                html_url: "https://github.com/search?q=x".to_owned(),
            },
        )]),
        contributed_to: vec![Repository {
            name: "tokamak".to_owned(),
            full_name: "acme/tokamak".to_owned(),
            html_url: "https://github.com/acme/tokamak".to_owned(),
            description: Some("A task scheduler".to_owned()),
            language: Some("Rust".to_owned()),
            topics: vec!["async".to_owned(), "rust".to_owned()],
            ..Repository::default()
        }],
        ..Account::default()
    }
}

#[test]
fn work_in_repositories_of_others_is_told_in_its_own_words_and_as_what_it_is() {
    let profile = read(&contributor());
    let projects = section(&profile, SectionKind::Projects);
    let titles: Vec<&str> = projects
        .iter()
        .map(|entry| words(entry.title.as_ref()))
        .collect();
    assert_eq!(titles, ["acme/tokamak", "quaywall/quay"]);
    let tokamak = projects[0];
    assert_eq!(words(tokamak.subtitle.as_ref()), "CONTRIBUTOR");
    assert_eq!(
        words(tokamak.url.as_ref()),
        "https://github.com/acme/tokamak"
    );
    let lines: Vec<&str> = tokamak
        .highlights
        .iter()
        .map(|line| line.text.as_str())
        .collect();
    assert_eq!(lines, ["Halve the wheel", "Wake workers in order"]);
    let fact = profile.facts.get(tokamak.highlights[1].fact()).unwrap();
    assert_eq!(
        fact.locator.to_string(),
        "https://github.com/acme/tokamak/pull/41 at abc"
    );
    let date = |date: &Option<career::DateField>| date.as_ref().unwrap().date.unwrap().year;
    assert_eq!((date(&tokamak.start), date(&tokamak.end)), (2024, 2025));
    assert!(projects[1].single_date);
    let keywords: Vec<&str> = tokamak
        .keywords
        .iter()
        .map(|field| field.text.as_str())
        .collect();
    assert_eq!(keywords, ["Rust", "async"]);
    // Reviews and issues are facts and no lines: their titles are no deeds of the person.
    let quotes = |quote: &str| profile.facts.iter().any(|fact| fact.quote == quote);
    assert!(quotes("\"reviewed_pull_request\":\"Rename it\""));
    assert!(quotes("\"reviewed_pull_request\":37"));
    assert!(quotes("\"closed_issue\":\"It drifts\""));
    let lines = projects.iter().flat_map(|entry| &entry.highlights);
    assert!(
        !lines
            .into_iter()
            .any(|line| ["Rename it", "It drifts"].contains(&line.text.as_str()))
    );
}

#[test]
fn a_kept_record_is_known_among_files_and_says_the_same() {
    let mut account = account("marisol-example");
    account.left_out.insert(Part::Readmes);
    account.wait_until = Some("2026-01-15T18:00:00Z".to_owned());
    account.stale_since = Some("2026-01-15T12:00:00Z".to_owned());
    let evidence = intake::read_evidence("account.json", &account.to_bytes()).unwrap();
    assert_eq!(evidence.kind, SourceKind::GithubAccount);
    assert_eq!(evidence.profile, read(&account));
    let notices = [
        "github_stale:2026-01-15T12:00:00Z",
        "github_partly_limited:2026-01-15T18:00:00Z",
    ];
    assert_eq!(evidence.notices, notices);
    let fact = evidence.profile.facts.iter().next().unwrap();
    assert_eq!(fact.source, "github.com/marisol-example");
}

#[test]
fn what_is_said_of_a_fact_outlives_one_more_star() {
    let before = read(&account("marisol-example"));
    let mut changed = account("marisol-example");
    changed.repositories[0].stargazers_count += 1;
    let after = read(&changed);
    for (one, other) in before.entries.iter().zip(&after.entries) {
        assert_eq!(career::merge::anchor(one), career::merge::anchor(other));
    }
}

#[test]
fn private_work_is_never_shown() {
    let mut account = account("marisol-example");
    account.repositories[0].private = true;
    account.repositories[1].full_name = "somebody-else/dotfiles".to_owned();
    let profile = read(&account);
    let projects = section(&profile, SectionKind::Projects);
    let titles: Vec<&str> = projects
        .iter()
        .map(|entry| words(entry.title.as_ref()))
        .collect();
    assert!(!titles.contains(&"tidepool") && !titles.contains(&"dotfiles"));
}

#[test]
fn what_a_limit_left_out_is_taken_from_what_was_read_before() {
    let full = account("marisol-example");
    let mut part = full.clone();
    part.repositories.truncate(30);
    for repository in &mut part.repositories {
        repository.languages = None;
        repository.readme = None;
    }
    part.left_out = BTreeSet::from([Part::Repositories, Part::Languages, Part::Readmes]);
    part.completed_from(&full);
    assert_eq!(read(&part).facts.len(), read(&full).facts.len());
    let mut other = contributor();
    other.left_out.insert(Part::Repositories);
    other.completed_from(&full);
    assert!(
        other.repositories.is_empty(),
        "another account's repositories"
    );
}

#[test]
fn an_error_of_the_api_is_no_account() {
    let account: Account = serde_json::from_value(json!({
        "github_account": 1,
        "user": {"login": "", "html_url": ""},
    }))
    .unwrap();
    assert_eq!(
        read_account(&account).unwrap_err().code(),
        "github_not_an_account"
    );
    let answer = br#"{"github_account":1,"user":{"message":"Not Found"}}"#;
    let error = intake::read_evidence("a.json", answer).unwrap_err();
    assert_eq!(error.code(), "github_not_an_account");
}
