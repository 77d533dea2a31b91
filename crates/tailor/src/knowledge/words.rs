//! The word lists that knowledge is told by, read once: `data/knowledge`.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::tokens::Token;

/// `data/knowledge/words.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub cue: HashSet<String>,
    pub cue_preposition: HashSet<String>,
    pub cue_filler: HashSet<String>,
    pub field_cue: Vec<String>,
    pub head: HashSet<String>,
    pub head_of_known: HashSet<String>,
    pub noun: HashSet<String>,
    pub grade: HashSet<String>,
    pub trim: HashSet<String>,
    pub generic: HashSet<String>,
    pub soft: HashSet<String>,
    pub person: HashSet<String>,
    pub unit: HashSet<String>,
    pub understood: HashSet<String>,
    pub not_a_name: HashSet<String>,
    pub spoken_cue: HashSet<String>,
    pub stop: HashSet<String>,
    pub joint: HashSet<String>,
    pub gerund: HashSet<String>,
    pub weak: BTreeSet<String>,
}

impl Words {
    /// Ends a phrase.
    pub fn stops(&self, token: &Token<'_>) -> bool {
        !token.is_word() || self.stop.contains(&token.lower) || self.joint.contains(&token.lower)
    }

    /// A word in -ing that does something rather than names a field.
    pub fn does(&self, token: &Token<'_>) -> bool {
        token.lower.ends_with("ing") && token.lower.len() > 5 && !self.gerund.contains(&token.lower)
    }
}

/// The word lists. They are part of the program, and a test reads them strictly.
pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        toml::from_str(include_str!("../../data/knowledge/words.toml")).unwrap_or_default()
    })
}

/// Names of fields, methods and things, found word by word.
pub(super) struct Fields {
    /// Folded name to the spelling that is asked for, where capitals matter.
    names: HashMap<String, Option<&'static str>>,
    longest: usize,
}

const OWN: &str = include_str!("../../data/knowledge/fields.txt");
const ESCO: &str = include_str!("../../data/knowledge/esco.txt");

/// The names of `fields.txt` and `esco.txt`.
pub(super) fn fields() -> &'static Fields {
    static FIELDS: OnceLock<Fields> = OnceLock::new();
    FIELDS.get_or_init(|| {
        let mut names = HashMap::new();
        let mut longest = 1;
        let lines = OWN.lines().chain(ESCO.lines());
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let cased = line.chars().any(char::is_uppercase).then_some(line);
            longest = longest.max(line.split([' ', '-']).count());
            names.entry(folded(line)).or_insert(cased);
        }
        Fields { names, longest }
    })
}

impl Fields {
    /// How many tokens from there on are the longest name that begins there.
    pub fn at(&self, tokens: &[Token<'_>]) -> Option<usize> {
        let words = tokens
            .iter()
            .take(self.longest)
            .take_while(|token| token.is_word())
            .count();
        (1..=words)
            .rev()
            .find(|count| self.is_name(&tokens[..*count]))
    }

    /// Whether a word is a name only in these letters.
    pub fn is_cased(&self, token: &Token<'_>) -> bool {
        matches!(self.names.get(&folded(&token.lower)), Some(Some(_)))
    }

    /// Whether the tokens are a name, in one of its numbers.
    pub fn is_name(&self, tokens: &[Token<'_>]) -> bool {
        let joined: Vec<&str> = tokens.iter().map(|token| token.lower.as_str()).collect();
        let joined = folded(&joined.join(" "));
        let found = self
            .names
            .get(&joined)
            .or_else(|| match joined.strip_suffix('s') {
                Some(singular) if singular.len() > 4 => self.names.get(singular),
                _ if joined.len() > 4 => self.names.get(&format!("{joined}s")),
                _ => None,
            });
        match found {
            Some(None) => true,
            Some(Some(cased)) => tokens.len() == 1 && tokens[0].text == *cased,
            None => false,
        }
    }
}

fn folded(name: &str) -> String {
    name.to_lowercase().replace('-', " ")
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn the_word_lists_can_be_read() {
        let words: Words = toml::from_str(include_str!("../../data/knowledge/words.toml")).unwrap();
        assert!(words.stop.len() > 100 && words.cue.len() > 20);
        assert!(fields().names.len() > 5000);
        for line in OWN.lines().chain(ESCO.lines()) {
            assert_eq!(line.trim(), line, "no space around a name");
        }
    }

    #[test]
    fn the_longest_name_counts_in_any_number_and_with_hyphens() {
        let count = |text: &'static str| fields().at(&tokens(text, 0, text.len()));
        assert_eq!(count("supply chain management in"), Some(3));
        assert_eq!(count("supply-chain management"), Some(2));
        assert_eq!(count("relational database and"), Some(2));
        assert_eq!(count("Chef and"), Some(1));
        assert_eq!(count("chef and"), None);
    }
}
