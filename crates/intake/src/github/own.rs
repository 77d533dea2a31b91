//! The person's own repositories.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use career::{DateField, Field, SectionKind, SkillGroup};

use super::readme::first_paragraph;
use super::scribe::Scribe;
use super::{Account, Repository};
use crate::collect::span_of;

/// The most repositories that are read.
const MAX_REPOSITORIES: usize = 1_000;
/// Words a release's name needs to be a line of its own: "v1.2.0" says nothing about the person.
const LEAST_WORDS: usize = 3;

/// How much of a language there is: all bytes, and the field and bytes of the largest part.
#[derive(Default)]
struct Language {
    bytes: u64,
    largest: Option<(u64, Field)>,
}

/// Projects out of own repositories that are no forks, and their languages as skills.
pub(super) fn projects(scribe: &mut Scribe, account: &Account) {
    let login = &account.user.login;
    let mut visible: Vec<&Repository> = account
        .repositories
        .iter()
        .filter(|repository| {
            repository.owner().eq_ignore_ascii_case(login)
                && !repository.private
                && repository.html_url.starts_with("http")
        })
        .collect();
    if visible.len() > MAX_REPOSITORIES {
        visible.truncate(MAX_REPOSITORIES);
        let notice = "too_many_items:repositories".to_owned();
        scribe.collector.notices.push(notice);
    }
    visible.sort_by(|one, other| {
        let stars = |repository: &Repository| Reverse(repository.stargazers_count);
        (stars(one), &one.name).cmp(&(stars(other), &other.name))
    });
    let mut languages: BTreeMap<String, Language> = BTreeMap::new();
    for repository in visible {
        numbers(scribe, repository);
        if !repository.fork {
            project(scribe, repository, &mut languages);
        }
    }
    skills(scribe, languages);
}

/// What is said of a repository in numbers and marks.
fn numbers(scribe: &mut Scribe, repository: &Repository) {
    let url = repository.html_url.as_str();
    for (name, count) in [
        ("stargazers_count", repository.stargazers_count),
        ("forks_count", repository.forks_count),
    ] {
        scribe.member(url, name, Some(&count).filter(|count| **count > 0));
    }
    for (name, mark) in [("fork", repository.fork), ("archived", repository.archived)] {
        scribe.member(url, name, Some(&mark).filter(|mark| **mark));
    }
    let none = repository.readme == Some(None);
    scribe.member(url, "readme", none.then_some(&()));
    let homepage = repository.homepage.as_ref();
    scribe.member(
        url,
        "homepage",
        homepage.filter(|site| !site.trim().is_empty()),
    );
}

fn project(
    scribe: &mut Scribe,
    repository: &Repository,
    languages: &mut BTreeMap<String, Language>,
) {
    let url = repository.html_url.as_str();
    let mut entry = scribe.collector.entry(SectionKind::Projects);
    entry.title = scribe.field(url, Some(&repository.name));
    entry.url = scribe.field(url, Some(url));
    entry.start = scribe
        .field(url, repository.created_at.as_deref())
        .map(DateField::read);
    entry.end = scribe
        .field(url, repository.pushed_at.as_deref())
        .map(DateField::read);
    entry
        .summary
        .extend(scribe.field(url, repository.description.as_deref()));
    if let Some(Some(readme)) = &repository.readme
        && let Some(words) = first_paragraph(&readme.text)
        && repository.description.as_deref().map(str::trim) != Some(words.as_str())
    {
        let told = scribe.field_at(&readme.html_url, Some(&readme.sha), Some(&words));
        entry.summary.extend(told);
    }
    for release in &repository.releases {
        let name = release
            .name
            .as_deref()
            .filter(|name| !name.trim().is_empty());
        let told = name.unwrap_or(&release.tag_name);
        let field = scribe.field(&release.html_url, Some(told));
        scribe.member(&release.html_url, "tag_name", Some(&release.tag_name));
        scribe.member(
            &release.html_url,
            "published_at",
            release.published_at.as_ref(),
        );
        if says_something(told) {
            entry.highlights.extend(field);
        }
    }
    keywords(scribe, repository, &mut entry.keywords, |field, bytes| {
        let language = languages.entry(field.text.clone()).or_default();
        language.bytes += bytes;
        if language
            .largest
            .as_ref()
            .is_none_or(|(largest, _)| bytes > *largest)
        {
            language.largest = Some((bytes, field.clone()));
        }
    });
    scribe.collector.push(entry);
}

fn says_something(name: &str) -> bool {
    let words = name.split_whitespace();
    let told = words.filter(|word| {
        let letters = word.chars().filter(|sign| sign.is_alphabetic());
        letters.count() >= 2
    });
    told.count() >= LEAST_WORDS
}

/// Languages, the largest first, then topics; each once. `each` is told of every language with its
/// bytes.
pub(super) fn keywords(
    scribe: &mut Scribe,
    repository: &Repository,
    keywords: &mut Vec<Field>,
    mut each: impl FnMut(&Field, u64),
) {
    let url = repository.html_url.as_str();
    let mut sizes: Vec<(&String, u64)> = repository
        .languages
        .iter()
        .flatten()
        .map(|(language, bytes)| (language, *bytes))
        .collect();
    sizes.sort_by_key(|(_, bytes)| Reverse(*bytes));
    let mut fields = Vec::new();
    for (language, bytes) in sizes {
        if let Some(field) = scribe.named_member(url, language, bytes) {
            each(&field, bytes);
            fields.push(field);
        }
    }
    if fields.is_empty() {
        fields.extend(scribe.field(url, repository.language.as_deref()));
    }
    let mut seen: Vec<String> = fields
        .iter()
        .map(|field| field.text.to_lowercase())
        .collect();
    for topic in &repository.topics {
        let lower = topic.trim().to_lowercase();
        if !seen.contains(&lower) {
            fields.extend(scribe.field(url, Some(topic)));
            seen.push(lower);
        }
    }
    keywords.append(&mut fields);
}

/// Every language is a skill, the one with the most bytes first; it rests on the repository that
/// has most of it.
fn skills(scribe: &mut Scribe, languages: BTreeMap<String, Language>) {
    let mut languages: Vec<Language> = languages.into_values().collect();
    languages.sort_by_key(|language| Reverse(language.bytes));
    for language in languages {
        let field = language.largest.map(|(_, field)| field);
        scribe
            .collector
            .profile
            .skills
            .extend(field.map(|name| SkillGroup {
                name: Some(name),
                level: None,
                keywords: Vec::new(),
            }));
    }
}

/// The name of a repository behind its owner's, as a part of its address.
pub(super) fn full_name(scribe: &mut Scribe, url: &str, name: &str) -> Option<Field> {
    let fact = scribe.quote(url, None, url);
    let start = url.len().checked_sub(name.len())?;
    (url.get(start..)? == name)
        .then(|| span_of(&fact, start, url.len()))
        .flatten()
}
