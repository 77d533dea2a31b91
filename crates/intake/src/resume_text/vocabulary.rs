//! The words that headings and dates are known by, read once out of `data/sections.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use career::SectionKind;
use serde::Deserialize;

/// What a heading says will follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Heading {
    /// A section that a profile has.
    Section(SectionKind),
    /// A known heading of something else.
    Other,
}

#[derive(Deserialize, Default)]
struct File {
    sections: HashMap<String, Vec<String>>,
    dates: Dates,
    words: Parts,
}

#[derive(Deserialize, Default)]
struct Parts {
    roles: HashSet<String>,
    schools: HashSet<String>,
    degrees: HashSet<String>,
    firms: HashSet<String>,
    places: HashSet<String>,
}

#[derive(Deserialize, Default)]
struct Dates {
    open: HashSet<String>,
    until: HashSet<String>,
    since: HashSet<String>,
}

struct Words {
    headings: HashMap<String, Heading>,
    dates: Dates,
    parts: Parts,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../data/sections.toml")).unwrap_or_default();
    let mut headings = HashMap::new();
    for (name, words) in file.sections {
        let heading = section(&name).map_or(Heading::Other, Heading::Section);
        headings.extend(words.into_iter().map(|word| (plain(&word), heading)));
    }
    Words {
        headings,
        dates: file.dates,
        parts: file.words,
    }
});

fn section(name: &str) -> Option<SectionKind> {
    [
        SectionKind::Summary,
        SectionKind::Work,
        SectionKind::Projects,
        SectionKind::Skills,
        SectionKind::Education,
        SectionKind::Volunteer,
        SectionKind::Certificates,
        SectionKind::Publications,
        SectionKind::Awards,
        SectionKind::Languages,
        SectionKind::Interests,
        SectionKind::References,
    ]
    .into_iter()
    .find(|kind| kind.as_str() == name)
}

/// The longest heading that is looked up, in characters.
const LONGEST: usize = 60;

/// What a heading is about; `None` when it is no known one.
pub(crate) fn heading(text: &str) -> Option<Heading> {
    if text.chars().count() > LONGEST {
        return None;
    }
    let text = plain(text);
    let headings = &WORDS.headings;
    headings.get(&text).copied().or_else(|| {
        // Letters set apart, as in "S K I L L S".
        let letters: Vec<&str> = text.split(' ').collect();
        let apart = letters.len() > 3 && letters.iter().all(|letter| letter.chars().count() == 1);
        apart
            .then(|| headings.get(&letters.concat()).copied())
            .flatten()
    })
}

/// Lower case, words parted by one space, "&" as "and", nothing around it.
fn plain(text: &str) -> String {
    let lower = text
        .to_lowercase()
        .replace('&', " and ")
        .replace(['_', '-', '/'], " ");
    let words: Vec<&str> = lower
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’'))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Whether a word means "until today".
pub(crate) fn is_open(word: &str) -> bool {
    let word = word
        .trim()
        .trim_matches(['(', ')', ',', ';', ':'])
        .to_lowercase();
    WORDS.dates.open.contains(word.as_str())
}

/// Whether a word stands between two dates.
pub(crate) fn is_until(word: &str) -> bool {
    WORDS.dates.until.contains(word.to_lowercase().as_str())
}

/// Whether a word stands before a date of something that goes on.
pub(crate) fn is_since(word: &str) -> bool {
    WORDS.dates.since.contains(word.to_lowercase().as_str())
}

fn any_word(text: &str, words: &HashSet<String>) -> bool {
    let lower = text.to_lowercase();
    // Scripts without spaces are searched as they stand.
    let joined = words
        .iter()
        .any(|word| !word.is_ascii() && lower.contains(word.as_str()));
    joined
        || lower
            .split(|sign: char| sign.is_whitespace() || "/,()".contains(sign))
            .any(|word| words.contains(word) || words.contains(word.trim_end_matches('.')))
}

/// Whether a text names what somebody works as.
pub(crate) fn has_role(text: &str) -> bool {
    any_word(text, &WORDS.parts.roles)
}

/// Whether a text names a school.
pub(crate) fn has_school(text: &str) -> bool {
    any_word(text, &WORDS.parts.schools)
}

/// Whether a text ends as names of firms do.
pub(crate) fn has_firm(text: &str) -> bool {
    let lower = text.to_lowercase();
    let last = lower.split_whitespace().next_back().unwrap_or_default();
    WORDS
        .parts
        .firms
        .contains(last.trim_end_matches(['.', ',']))
}

/// Whether a text names a degree.
pub(crate) fn has_degree(text: &str) -> bool {
    any_word(text, &WORDS.parts.degrees)
}

/// Whether a text looks like a place: `Portland, OR`, `Köln, Deutschland`, `Remote`.
pub(crate) fn is_place(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    if WORDS.parts.places.contains(lower.trim_matches(['(', ')'])) {
        return true;
    }
    let parts: Vec<&str> = text.split(", ").collect();
    let name = |part: &&str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        (1..=4).contains(&words.len())
            && words.iter().all(|word| {
                word.chars()
                    .all(|sign| sign.is_alphabetic() || "-'’.".contains(sign))
            })
            && words
                .first()
                .is_some_and(|word| !word.starts_with(char::is_lowercase))
    };
    (2..=4).contains(&parts.len())
        && parts.iter().all(name)
        && !has_role(text)
        // The code of a state may be spelled like a degree.
        && !parts.iter().any(|part| has_degree(part) && !is_code(part))
        && !parts.iter().any(|part| has_firm(part))
}

fn is_code(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_is_readable_and_headings_are_known_however_they_are_set() {
        for (text, expected) in [
            ("WORK EXPERIENCE", Heading::Section(SectionKind::Work)),
            ("Honors & Awards:", Heading::Section(SectionKind::Awards)),
            ("Berufserfahrung", Heading::Section(SectionKind::Work)),
            ("S K I L L S", Heading::Section(SectionKind::Skills)),
            ("selected_honors", Heading::Section(SectionKind::Awards)),
            ("Contact", Heading::Other),
        ] {
            assert_eq!(heading(text), Some(expected), "{text}");
        }
        assert_eq!(heading("Experienced engineer"), None);
        assert!(is_open("Present") && is_open("heute") && !is_open("2020"));
        assert!(is_until("–") && is_since("seit"));
    }
}
