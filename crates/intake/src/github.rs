//! A GitHub account, as its REST API describes it, into a profile.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use career::fact::Locator;
use career::{Contact, ContactKind, DateField, Field, Profile, SectionKind};
use serde_json::Value;

use crate::IntakeError;
use crate::collect::{Collector, paragraphs, trimmed};

/// The most repositories that are read.
const MAX_REPOSITORIES: usize = 1_000;

/// Reads an account: `user` is the answer of `GET /users/{name}`, `repos` are repositories or
/// whole pages (arrays) of `GET /users/{name}/repos`, `languages` the answers of
/// `GET /repos/{owner}/{name}/languages` by repository name. Own repositories that are no forks
/// become projects, the most starred first.
///
/// # Errors
/// When `user` does not describe an account.
pub fn read_account(
    user: &Value,
    repos: &[Value],
    languages: &BTreeMap<String, Value>,
) -> Result<Profile, IntakeError> {
    let login = text(user, "login").ok_or(IntakeError::NotAnAccount)?;
    let home = text(user, "html_url").ok_or(IntakeError::NotAnAccount)?;
    let bytes = serde_json::to_vec(&(user, repos, languages)).unwrap_or_default();
    let mut collector = Collector::new(&format!("github.com/{login}"), &bytes);
    account(&mut collector, user, home);
    let mut own: Vec<&Value> = repos
        .iter()
        .flat_map(|value| match value {
            Value::Array(page) => page.iter().collect(),
            other => vec![other],
        })
        .filter(|repo| is_own(repo, login))
        .take(MAX_REPOSITORIES)
        .collect();
    // Stable: among equals the order of the answer stays.
    own.sort_by_key(|repo| Reverse(repo.get("stargazers_count").and_then(Value::as_u64)));
    for repo in own {
        project(&mut collector, repo, languages);
    }
    Ok(collector.profile)
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value
        .get(key)
        .and_then(Value::as_str)
        .filter(|text| !text.trim().is_empty())
}

fn is_own(repo: &Value, login: &str) -> bool {
    let owner = repo.get("owner").and_then(|owner| text(owner, "login"));
    let flag = |key: &str| repo.get(key).and_then(Value::as_bool).unwrap_or(false);
    owner.is_some_and(|owner| owner.eq_ignore_ascii_case(login))
        && !flag("fork")
        && !flag("private")
}

fn field(collector: &mut Collector, value: &Value, key: &str, url: &str) -> Option<Field> {
    let words = text(value, key)?;
    trimmed(&collector.fact(web(url), words))
}

fn web(url: &str) -> Locator {
    Locator::Web {
        url: url.to_owned(),
        revision: None,
    }
}

fn account(collector: &mut Collector, user: &Value, home: &str) {
    let name = field(collector, user, "name", home);
    collector.profile.name.extend(name);
    if let Some(bio) = text(user, "bio") {
        let fact = collector.fact(web(home), bio);
        collector.profile.summary = paragraphs(&fact);
    }
    for (kind, key) in [
        (ContactKind::Email, "email"),
        (ContactKind::Location, "location"),
        (ContactKind::Website, "blog"),
        (ContactKind::Network, "html_url"),
    ] {
        if let Some(part) = field(collector, user, key, home) {
            let parts = vec![part];
            collector.profile.contacts.push(Contact::new(kind, parts));
        }
    }
    if let Some(company) = text(user, "company") {
        collector.keep_unread(web(home), company.to_owned());
    }
}

fn project(collector: &mut Collector, repo: &Value, languages: &BTreeMap<String, Value>) {
    let (Some(name), Some(url)) = (text(repo, "name"), text(repo, "html_url")) else {
        return;
    };
    let mut entry = collector.entry(SectionKind::Projects);
    entry.title = field(collector, repo, "name", url);
    entry.url = field(collector, repo, "html_url", url);
    entry.start = field(collector, repo, "created_at", url).map(DateField::read);
    entry.end = field(collector, repo, "pushed_at", url).map(DateField::read);
    entry
        .summary
        .extend(field(collector, repo, "description", url));
    let mut words: Vec<&str> = Vec::new();
    let full_name = text(repo, "full_name").unwrap_or(name);
    let by_size = languages.get(full_name).or_else(|| languages.get(name));
    if let Some(Value::Object(sizes)) = by_size {
        let mut sizes: Vec<(&str, u64)> = sizes
            .iter()
            .filter_map(|(language, bytes)| Some((language.as_str(), bytes.as_u64()?)))
            .collect();
        sizes.sort_by_key(|(_, bytes)| Reverse(*bytes));
        words.extend(sizes.iter().map(|(language, _)| *language));
    } else {
        words.extend(text(repo, "language"));
    }
    let topics = repo.get("topics").and_then(Value::as_array);
    words.extend(topics.into_iter().flatten().filter_map(Value::as_str));
    let mut seen: Vec<String> = Vec::new();
    for word in words {
        let lower = word.to_lowercase();
        if !lower.trim().is_empty() && !seen.contains(&lower) {
            seen.push(lower);
            let fact = collector.fact(web(url), word);
            entry.keywords.extend(trimmed(&fact));
        }
    }
    collector.push(entry);
}
