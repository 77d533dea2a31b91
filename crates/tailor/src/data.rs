//! The word lists under `data/`, read once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

/// `data/wording.toml`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wording {
    pub headings: Headings,
    pub cues: Cues,
    pub generic: Generic,
    pub about: About,
}

/// Phrases by what a sentence that asks for nothing in words we know is about.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct About {
    pub company: Vec<String>,
    pub application: Vec<String>,
    pub question: Vec<String>,
    pub run_in: Vec<String>,
    pub position: Vec<String>,
}

/// Phrases by the kind of section they head.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Headings {
    pub must: Vec<String>,
    pub nice: Vec<String>,
    pub duty: Vec<String>,
    pub other: Vec<String>,
}

/// Phrases by what a sentence that holds one of them says.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Cues {
    pub must: Vec<String>,
    pub wish_start: Vec<String>,
    pub wish_end: Vec<String>,
    pub nice: Vec<String>,
    pub duty: Vec<String>,
    pub never: Vec<String>,
    pub refusal: Vec<String>,
}

/// Words too common to match on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Generic {
    pub words: Vec<String>,
}

/// `data/people.toml`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct People {
    pub spoken: BTreeMap<String, Vec<String>>,
    pub degrees: Degrees,
    pub ranks: BTreeMap<String, Rank>,
    pub fields: BTreeMap<String, Vec<String>>,
    pub begun: Begun,
}

/// Words of who only begins with something.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Begun {
    pub words: Vec<String>,
}

/// Words for levels of degree.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Degrees {
    pub bachelor: Vec<String>,
    pub master: Vec<String>,
    pub doctorate: Vec<String>,
}

/// A rank and the words for it.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Rank {
    pub step: u8,
    pub words: Vec<String>,
}

/// The wording of postings. The files are part of the program, and a test reads them strictly;
/// were one broken, nothing would be recognised rather than anything invented.
pub(crate) fn wording() -> &'static Wording {
    static WORDING: OnceLock<Wording> = OnceLock::new();
    WORDING.get_or_init(|| toml::from_str(include_str!("../data/wording.toml")).unwrap_or_default())
}

/// Languages, degrees and ranks.
pub(crate) fn people() -> &'static People {
    static PEOPLE: OnceLock<People> = OnceLock::new();
    PEOPLE.get_or_init(|| toml::from_str(include_str!("../data/people.toml")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_lists_can_be_read() {
        let wording: Wording = toml::from_str(include_str!("../data/wording.toml")).unwrap();
        let people: People = toml::from_str(include_str!("../data/people.toml")).unwrap();
        assert!(wording.headings.must.len() > 20 && people.spoken.len() > 20);
        assert!(people.begun.words.len() > 20);
    }
}
