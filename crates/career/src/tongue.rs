//! The languages a résumé can be in, and which of them a person wants for theirs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The languages that have headings, months and words of their own: tag and own name, in the order in
/// which they are shown. `typeset` has the words; a test there finds what is missing here.
pub const TONGUES: [(&str, &str); 23] = [
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("it", "Italiano"),
    ("nl", "Nederlands"),
    ("nb", "Norsk bokmål"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("fi", "Suomi"),
    ("sv", "Svenska"),
    ("tr", "Türkçe"),
    ("el", "Ελληνικά"),
    ("ru", "Русский"),
    ("uk", "Українська"),
    ("he", "עברית"),
    ("ar", "العربية"),
    ("hi", "हिन्दी"),
    ("zh", "中文"),
    ("ja", "日本語"),
    ("ko", "한국어"),
];

/// The word for [`Tongue::Posting`] in forms and arguments.
const POSTING: &str = "posting";
/// A tag longer than that is none.
const LONGEST: usize = 35;

/// The language a person wants a résumé in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Tongue {
    /// The posting's, where enough of the evidence is in it.
    #[default]
    Posting,
    /// This one (BCP 47), one of [`TONGUES`] with or without a region.
    Tag(String),
}

/// It names no language that has headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("there are no headings in that language")]
pub struct NoTongue;

impl FromStr for Tongue {
    type Err = NoTongue;

    /// A tag, or `posting`; nothing is as the posting too.
    fn from_str(text: &str) -> Result<Self, NoTongue> {
        let text = text.trim();
        if text.is_empty() || text == POSTING {
            return Ok(Self::Posting);
        }
        let part = |part: &str| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if text.len() > LONGEST || !text.split('-').all(part) || !has_headings(text) {
            return Err(NoTongue);
        }
        Ok(Self::Tag(match text.split_once('-') {
            Some((language, region)) => format!("{}-{region}", language.to_lowercase()),
            None => text.to_lowercase(),
        }))
    }
}

impl fmt::Display for Tongue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Posting => POSTING,
            Self::Tag(tag) => tag,
        })
    }
}

impl TryFrom<String> for Tongue {
    type Error = NoTongue;

    fn try_from(text: String) -> Result<Self, NoTongue> {
        text.parse()
    }
}

impl From<Tongue> for String {
    fn from(tongue: Tongue) -> Self {
        tongue.to_string()
    }
}

/// Whether two tags name one language, whatever their regions.
pub fn same_language(one: &str, other: &str) -> bool {
    primary(one).eq_ignore_ascii_case(primary(other))
}

/// Whether a language has headings.
pub fn has_headings(tag: &str) -> bool {
    TONGUES.iter().any(|(known, _)| same_language(known, tag))
}

/// `pt` of `pt-BR`.
pub fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_as_the_posting_or_a_language_with_headings() {
        for (text, told) in [
            ("", "posting"),
            ("posting", "posting"),
            ("de", "de"),
            ("DE", "de"),
            ("pt-BR", "pt-BR"),
            (" zh-Hant-TW ", "zh-Hant-TW"),
        ] {
            assert_eq!(text.parse::<Tongue>().unwrap().to_string(), told, "{text}");
        }
        for text in [
            "tlh",
            "german",
            "d",
            "de_DE",
            "de-",
            "de-\u{430}",
            "de-<script>",
            "de-aaaaaaaa-bbbbbbbb-cccccccc-dddddddd",
        ] {
            assert_eq!(text.parse::<Tongue>(), Err(NoTongue), "{text}");
        }
    }

    #[test]
    fn a_choice_is_kept_as_its_tag_and_what_was_kept_before_there_was_one_is_as_the_posting() {
        let kept = serde_json::to_string(&Tongue::Tag("de".to_owned())).unwrap();
        assert_eq!(kept, "\"de\"");
        assert_eq!(
            serde_json::from_str::<Tongue>(&kept).unwrap(),
            Tongue::Tag("de".to_owned())
        );
        assert_eq!(Tongue::default(), Tongue::Posting);
    }
}
