//! Title, company and place where nothing names them: read off headings and first lines, and left
//! empty when in doubt.

use std::sync::LazyLock;

use regex::Regex;

use super::boilerplate::pattern;
use super::seen::Seen;
use super::{Found, salary};

/// A title, a company's name or a place is never longer.
const MAX_NAME: usize = 120;

static SEEKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[\s:])((?:[A-Z][\w&'’-]*[.,]?)(?: (?:[A-Z&][\w&'’-]*[.,]?)){0,5}) (?:seeks|is seeking|is looking for|is hiring)\b",
    )
});
static AT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(.{3,100}?)\s+(?:at|bei|chez|@)\s+([^.!?]{2,60})$"));
static REMOTE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:remote|fully distributed|work from home|home ?office|telecommut\w*)\b")
});
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:remote\w*|hybrid|distributed|work from home|home ?office|telecommut\w*|anywhere)\b",
    )
});
static ON_SITE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:on-?site|in office|hybrid)\b"));

static EMPLOYMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?im)^(?:- )?(?:employment type|job type|type of employment|contract type|anstellungsart|beschäftigungsart|type de contrat|tipo de contrato)(?:[ \t]*:[ \t]*|[ \t]*\n+(?:- )?|[ \t]+)([^\n]{3,40})$",
    )
});

const BOARDS: [&str; 12] = [
    "linkedin",
    "indeed",
    "glassdoor",
    "monster",
    "stepstone",
    "xing",
    "ziprecruiter",
    "jobs",
    "careers",
    "workable",
    "greenhouse",
    "lever",
];

/// Fills what a page did not say in so many words.
pub(super) fn complete(found: &mut Found, seen: &Seen) {
    let headline = seen.heading.clone().or_else(|| seen.og_title.clone());
    let document = seen.title.as_deref().unwrap_or_default();
    let first = first_lines(&found.text);
    if found.title.is_none() {
        found.title = headline
            .or_else(|| split_title(document).map(|(title, _)| title))
            .or_else(|| {
                let generic = document.split_whitespace().count() < 2;
                (!generic).then(|| document.to_owned())
            });
        found.title = found.title.take().filter(|title| is_name(title));
    }
    if found.company.is_none() {
        let title = found.title.clone().unwrap_or_default();
        let after_title = document
            .strip_prefix(title.as_str())
            .map(|rest| rest.trim_start_matches([' ', '-', '–', '—', '|', '·', ',']))
            .map(|rest| rest.strip_prefix("at ").unwrap_or(rest).trim())
            .map(first_part)
            .filter(|rest| !title.is_empty() && is_company(rest));
        found.company = seen
            .company
            .clone()
            .or_else(|| after_title.map(str::to_owned))
            .or_else(|| {
                split_title(document)
                    .map(|(_, company)| company)
                    .filter(|name| is_company(name))
            })
            .or_else(|| seen.site_name.clone().filter(|name| is_company(name)))
            .or_else(|| second_line(&first, &title).map(|(company, _)| company))
            .or_else(|| who_seeks(&found.text));
    }
    if found.location.is_none() {
        let title = found.title.clone().unwrap_or_default();
        found.location = seen
            .location
            .clone()
            .or_else(|| second_line(&first, &title).and_then(|(_, location)| location))
            .or_else(|| place_line(&first, &title, found.company.as_deref()));
    } else if let Some(shown) = seen
        .location
        .as_deref()
        .filter(|shown| is_closer(shown, found))
    {
        found.location = Some(shown.to_owned());
    }
    decide_remote(found);
    read_terms(found);
}

/// Whether the place a page shows is the one its data names, told more closely: with the postal
/// code that the data has too.
fn is_closer(shown: &str, found: &Found) -> bool {
    let town = found
        .location
        .as_deref()
        .and_then(|place| place.split(',').next());
    let code = found.postal_code.as_deref();
    let holds = |part: Option<&str>| part.is_some_and(|part| shown.contains(part));
    holds(town) && holds(code)
}

/// Pay and type of employment where only the text names them.
pub(super) fn read_terms(found: &mut Found) {
    if found.salary.is_none() {
        found.salary = salary::in_text(&found.text);
    }
    if found.employment_type.is_none() {
        found.employment_type = EMPLOYMENT
            .captures(&found.text)
            .map(|parts| parts[1].trim().to_owned())
            .filter(|kind| is_name(kind));
    }
}

/// Whether the work can be done elsewhere, as far as title and place say; a place and no word of
/// working elsewhere is a no.
pub(super) fn decide_remote(found: &mut Found) {
    if found.remote.is_some() {
        return;
    }
    let place = found.location.as_deref().unwrap_or_default();
    let title = found.title.as_deref().unwrap_or_default();
    if REMOTE.is_match(place) || REMOTE.is_match(title) {
        found.remote = Some(true);
    } else if ON_SITE.is_match(place) || (!place.is_empty() && !ELSEWHERE.is_match(&found.text)) {
        found.remote = Some(false);
    }
}

fn first_lines(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(6)
        .map(str::to_owned)
        .collect()
}

/// Short enough for a name, and no sentence.
pub(super) fn is_name(text: &str) -> bool {
    let length = text.chars().count();
    (2..=MAX_NAME).contains(&length) && !text.ends_with(['.', '!', '?', ':'])
}

fn is_company(name: &str) -> bool {
    let lower = name.to_lowercase();
    let short = lower.trim_end_matches(".com");
    is_name_of_firm(name) && !BOARDS.contains(&short)
}

fn is_name_of_firm(name: &str) -> bool {
    (2..=80).contains(&name.chars().count())
}

fn first_part(rest: &str) -> &str {
    [" | ", " – ", " — ", " - ", " · "]
        .iter()
        .filter_map(|mark| rest.find(mark))
        .min()
        .map_or(rest, |end| &rest[..end])
}

/// `Title - Company`, `Title | Company`, `Title at Company`.
fn split_title(text: &str) -> Option<(String, String)> {
    for mark in [" | ", " — ", " – ", " - ", " · "] {
        if let Some((title, company)) = text.rsplit_once(mark) {
            return Some((title.trim().to_owned(), company.trim().to_owned()));
        }
    }
    AT.captures(text)
        .map(|parts| (parts[1].trim().to_owned(), parts[2].trim().to_owned()))
}

/// The line under the title where it reads `Company | Place` or `Company / Place / …`.
pub(super) fn second_line(lines: &[String], title: &str) -> Option<(String, Option<String>)> {
    let position = lines.iter().position(|line| line == title).unwrap_or(0);
    let line = lines.get(position + 1)?;
    let mark = [" | ", " / ", " · ", " • "]
        .into_iter()
        .find(|mark| line.contains(mark))?;
    let mut parts = line
        .split(mark)
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let company = parts
        .next()
        .filter(|part| is_company(part) && part.chars().count() <= 60)?;
    let location = parts.next().filter(|part| part.chars().count() <= 60);
    (line.chars().count() <= 160).then(|| (company.to_owned(), location.map(str::to_owned)))
}

/// A line of one to four capitalised words right under title and company.
fn place_line(lines: &[String], title: &str, company: Option<&str>) -> Option<String> {
    let position = lines.iter().position(|line| {
        line == title
            || (!title.is_empty()
                && line.starts_with(title)
                && company.is_some_and(|name| line.contains(name)))
    })?;
    let line = lines.get(position + 1)?;
    let words: Vec<&str> = line.split_whitespace().collect();
    let named = words
        .iter()
        .all(|word| word.starts_with(char::is_uppercase));
    let plain =
        !line.contains(|character: char| character.is_ascii_digit() || ".:!?".contains(character));
    let known = company == Some(line.as_str()) || line == title;
    ((1..=4).contains(&words.len()) && named && plain && !known && line.chars().count() <= 40)
        .then(|| line.clone())
}

fn who_seeks(text: &str) -> Option<String> {
    let start: String = text.chars().take(600).collect();
    SEEKS
        .captures(&start)
        .map(|parts| parts[1].trim_end_matches(',').to_owned())
        .filter(|name| !matches!(name.as_str(), "We" | "He" | "She" | "They" | "It" | "Who"))
}
