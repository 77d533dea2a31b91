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
