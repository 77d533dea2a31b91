//! Text as stems worth comparing: lower case, without stop words and words that fit any posting.

use std::collections::BTreeSet;

use bm25::{DefaultTokenizer, Language, Tokenizer};
use unicode_segmentation::UnicodeSegmentation;

use crate::data::wording;

/// Cuts texts of one language into stems.
pub(crate) struct Words {
    tokenizer: DefaultTokenizer,
    generic: BTreeSet<String>,
}

/// A word of a text and its stem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub stem: String,
    pub surface: String,
}

impl Words {
    /// For texts in the language of that tag; English where it is not known.
    pub(crate) fn of(language: &str) -> Self {
        let language = match language.split('-').next().unwrap_or_default() {
            "de" => Language::German,
            "fr" => Language::French,
            "es" => Language::Spanish,
            "it" => Language::Italian,
            "pt" => Language::Portuguese,
            "nl" => Language::Dutch,
            _ => Language::English,
        };
        let tokenizer = DefaultTokenizer::builder()
            .language_mode(language)
            .normalization(true)
            .stopwords(true)
            .stemming(true)
            .build();
        let generic = wording()
            .generic
            .words
            .iter()
            .flat_map(|word| tokenizer.tokenize(word))
            .collect();
        Self { tokenizer, generic }
    }

    /// The telling words of a text, in its order.
    pub(crate) fn telling(&self, text: &str) -> Vec<Word> {
        text.unicode_words()
            .filter(|word| word.chars().count() > 2 && word.chars().any(char::is_alphabetic))
            .flat_map(|word| {
                self.tokenizer.tokenize(word).into_iter().map(|stem| Word {
                    stem,
                    surface: word.to_owned(),
                })
            })
            .filter(|word| word.stem.chars().count() > 2 && !self.generic.contains(&word.stem))
            .collect()
    }
}

impl Tokenizer for Words {
    fn tokenize(&self, text: &str) -> Vec<String> {
        self.telling(text)
            .into_iter()
            .map(|word| word.stem)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_telling_words_remain() {
        let words = Words::of("en");
        assert!(
            words
                .telling("You will work with the team and build new systems")
                .is_empty()
        );
        let stems: Vec<String> = words
            .telling("Reconciliation of ledgers")
            .into_iter()
            .map(|w| w.stem)
            .collect();
        assert_eq!(stems.len(), 2);
        assert_eq!(words.telling("ledger")[0].stem, stems[1]);
    }
}
