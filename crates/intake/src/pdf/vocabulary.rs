//! The words that headings, dates and lines are known by, read from the data files.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

/// What a heading announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Heading {
    Contact,
    Summary,
    Work,
    Education,
    Skills,
    Languages,
    Certificates,
    Awards,
    Publications,
    Projects,
    Volunteer,
    Interests,
    References,
    Profiles,
    /// A section with no place of its own in a profile.
    Courses,
}

/// The lists of `words.toml`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Words {
    title: HashSet<String>,
    organization: HashSet<String>,
    school: HashSet<String>,
    degree: HashSet<String>,
    remote: HashSet<String>,
    pub(super) of_field: HashSet<String>,
    pub(super) by: Vec<String>,
    pub(super) at: Vec<String>,
    keywords_label: HashSet<String>,
    score_label: HashSet<String>,
    course_label: HashSet<String>,
    body_label: HashSet<String>,
    pub(super) compound: HashSet<String>,
    title_end: Vec<String>,
    school_end: Vec<String>,
    level: HashSet<String>,
    pub(super) networks: Vec<String>,
    pub(super) host_ends: HashSet<String>,
}

/// The lists of `dates.toml`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct DateWords {
    pub(super) present: Vec<String>,
    pub(super) until: Vec<String>,
    pub(super) duration: Vec<String>,
    pub(super) months: HashMap<String, Vec<Vec<String>>>,
}

/// The words of dates.
pub(super) fn dates() -> &'static DateWords {
    static WORDS: OnceLock<DateWords> = OnceLock::new();
    WORDS.get_or_init(|| toml::from_str(include_str!("../../data/dates.toml")).unwrap_or_default())
}

/// The words of lines.
pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| toml::from_str(include_str!("../../data/words.toml")).unwrap_or_default())
}

fn headings() -> &'static HashMap<String, Heading> {
    static HEADINGS: OnceLock<HashMap<String, Heading>> = OnceLock::new();
    HEADINGS.get_or_init(|| {
        let lists: HashMap<Heading, Vec<String>> =
            toml::from_str(include_str!("../../data/headings.toml")).unwrap_or_default();
        lists
            .into_iter()
            .flat_map(|(heading, names)| {
                names.into_iter().map(move |name| (folded(&name), heading))
            })
            .collect()
    })
}

/// What a text announces when it is a heading and nothing else.
pub(super) fn heading(text: &str) -> Option<Heading> {
    if text.len() > 80 {
        return None;
    }
    let whole = folded(text);
    if let Some(kind) = headings().get(&whole) {
        return Some(*kind);
    }
    // "Skills & Awards" announces both; the first one leads.
    let lower = text.to_lowercase();
    let mut parts = lower
        .split(['&', '/', '+', ','])
        .flat_map(|part| part.split(" and "))
        .map(|part| headings().get(&folded(part)).copied());
    let first = parts.next()??;
    let mut several = false;
    for part in parts {
        part?;
        several = true;
    }
    several.then_some(first)
}

/// Lower case letters and digits of a text, one space between words; letters set apart
/// (`S K I L L S`) come together.
fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|one: char| !one.is_alphanumeric())
        .filter(|word| !word.is_empty() && *word != "and")
        .collect();
    let spaced = words.len() > 3 && words.iter().all(|word| word.chars().count() == 1);
    words.join(if spaced { "" } else { " " })
}

/// The words of a text in lower case; dots and hyphens inside a word stay.
fn each_word(text: &str) -> impl Iterator<Item = String> {
    text.split(|one: char| one.is_whitespace() || "/,;:()&|·–—".contains(one))
        .filter(|word| !word.is_empty())
        .map(|word| word.to_lowercase().replace('’', "'"))
}

fn has_any(text: &str, list: &HashSet<String>) -> bool {
    each_word(text)
        .any(|word| list.contains(&word) || list.contains(word.trim_end_matches(['.', ','])))
        || text.chars().any(is_cjk)
            && list
                .iter()
                .any(|word| word.chars().all(is_cjk) && text.contains(word.as_str()))
}

/// Has a word that ends in one of some: languages that write several words as one.
fn ends_in_any(text: &str, ends: &[String]) -> bool {
    each_word(text).any(|word| ends.iter().any(|end| word.ends_with(end.as_str())))
}

fn is_cjk(one: char) -> bool {
    matches!(one, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

impl Words {
    /// Has a word of a job title.
    pub(super) fn is_title(&self, text: &str) -> bool {
        has_any(text, &self.title) || ends_in_any(text, &self.title_end)
    }

    /// Has a word of an employer's name.
    pub(super) fn is_organization(&self, text: &str) -> bool {
        has_any(text, &self.organization) || self.is_school(text)
    }

    /// Has a word of a school's name.
    pub(super) fn is_school(&self, text: &str) -> bool {
        has_any(text, &self.school) || ends_in_any(text, &self.school_end)
    }

    /// Has a word of a degree.
    pub(super) fn is_degree(&self, text: &str) -> bool {
        has_any(text, &self.degree)
    }

    /// Is one word for working from anywhere.
    pub(super) fn is_remote(&self, text: &str) -> bool {
        self.remote.contains(&text.trim().to_lowercase())
    }

    /// Says how well something is known, and nothing else.
    pub(super) fn is_level(&self, text: &str) -> bool {
        let mut words = each_word(text).peekable();
        words.peek().is_some_and(|first| self.level.contains(first)) && text.len() < 60
    }

    /// Introduces keywords.
    pub(super) fn labels_keywords(&self, text: &str) -> bool {
        self.keywords_label.contains(&text.trim().to_lowercase())
    }

    /// Introduces a grade.
    pub(super) fn labels_score(&self, text: &str) -> bool {
        self.score_label.contains(&text.trim().to_lowercase())
    }

    /// Introduces what was done in a position.
    pub(super) fn labels_body(&self, text: &str) -> bool {
        let bare = text.trim().trim_end_matches([':', '：']).to_lowercase();
        self.body_label.contains(&bare)
    }

    /// Introduces courses.
    pub(super) fn labels_courses(&self, text: &str) -> bool {
        self.course_label.contains(&text.trim().to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_data_file_is_read() {
        assert!(headings().len() > 500);
        assert!(dates().months.len() >= 16);
        assert!(dates().months.values().all(|months| months.len() == 12));
        assert!(words().is_title("Leiter Softwareentwicklung"));
        assert!(words().is_title("Rohrleitungsschweißer"));
        assert!(words().is_school("Berufsschule Rendsburg"));
        assert!(words().labels_body("Responsibilities:"));
    }

    #[test]
    fn headings_are_known_in_capitals_letterspaced_and_with_marks() {
        assert_eq!(heading("E X P E R I E N C E"), Some(Heading::Work));
        assert_eq!(heading("Honors & Awards:"), Some(Heading::Awards));
        assert_eq!(heading("COMPÉTENCES"), Some(Heading::Skills));
        assert_eq!(heading("Experience with Rust"), None);
        assert_eq!(heading("Contactar"), Some(Heading::Contact));
        assert_eq!(heading("الخبرة"), Some(Heading::Work));
    }
}
