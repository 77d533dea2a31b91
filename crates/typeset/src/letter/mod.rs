//! A letter as it is given, plain words in its parts, and the parts as they are set.

mod file;
mod job;
mod words;

use career::Slot;
use career::print::{DateStyle, Paper};
use career::text::clean;
use serde::{Deserialize, Serialize};

pub use self::file::LetterError;
use crate::document::Language;
use crate::error::TypesetError;
use crate::job::Line;
use crate::runs::{is_right_to_left, runs};

/// The most bytes of text a letter may hold.
const MAX_BYTES: usize = 40_000;
/// The most lines and paragraphs a letter may hold.
const MAX_LINES: usize = 400;

/// A letter in its parts. It is set under the head of a résumé; every part is text, never markup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Letter {
    /// Its language (BCP 47): decides direction, hyphens of a date, and the word before enclosures.
    /// Without one it is that of headings, else the résumé's.
    pub language: Option<String>,
    /// Whom it is for: name, company, street, town.
    pub recipient: Vec<String>,
    /// When: `2026-11-28` is written as the language and the chosen style of dates want it,
    /// anything else stands as it is.
    pub date: Option<String>,
    /// What it is about.
    pub subject: Option<String>,
    /// `Dear Ms Doe,`
    pub greeting: Option<String>,
    /// What it says. No paragraph is ever cut.
    pub paragraphs: Vec<String>,
    /// `Kind regards,`
    pub closing: Option<String>,
    /// Who signs, where it is not the name in the head.
    pub signature: Option<String>,
    /// What comes with it.
    pub enclosures: Vec<String>,
}

/// A part of a letter as it is set: its lines, of which each paragraph is one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LetterPart {
    /// Which.
    pub kind: LetterPartKind,
    /// Its lines; never none.
    pub lines: Vec<Line>,
}

/// What a part of a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterPartKind {
    /// Whom it is for.
    Recipient,
    /// When it is written.
    Date,
    /// What it is about.
    Subject,
    /// The words before the first paragraph.
    Greeting,
    /// The paragraphs.
    Body,
    /// The words behind the last paragraph.
    Closing,
    /// Who signs.
    Signature,
    /// What comes with it, in one line with the word for it.
    Enclosures,
}

/// What the language of a letter decides.
pub(crate) struct Custom<'a> {
    pub(crate) language: &'a str,
    pub(crate) dates: DateStyle,
    pub(crate) paper: Paper,
}

impl Letter {
    /// The parts in reading order, without those that say nothing. `name` signs where the letter
    /// names nobody.
    pub(crate) fn parts(
        &self,
        name: Option<&str>,
        custom: &Custom<'_>,
    ) -> Result<Vec<LetterPart>, TypesetError> {
        let refuse = |reason: String| Err(TypesetError::BadLetter { reason });
        let date = self.date.as_deref().map(clean).map(|date| {
            words::date(&date, custom.dates, custom.language, custom.paper).unwrap_or(date)
        });
        let recipient = (LetterPartKind::Recipient, cleaned(&self.recipient));
        let date = (LetterPartKind::Date, cleaned(date.as_slice()));
        // Where English is written the date stands above whom the letter is for.
        let (first, second) = if date_comes_first(custom.language) {
            (date, recipient)
        } else {
            (recipient, date)
        };
        let signature = match self.signature.as_deref().map(clean) {
            Some(signature) if !signature.is_empty() => Some(signature),
            _ => name.map(str::to_owned),
        };
        let texts = [
            first,
            second,
            (LetterPartKind::Subject, cleaned(self.subject.as_slice())),
            (LetterPartKind::Greeting, cleaned(self.greeting.as_slice())),
            (LetterPartKind::Body, cleaned(&self.paragraphs)),
            (LetterPartKind::Closing, cleaned(self.closing.as_slice())),
            (LetterPartKind::Signature, cleaned(signature.as_slice())),
        ];
        if texts[4].1.is_empty() {
            return refuse("it has no paragraph".to_owned());
        }
        let enclosures = cleaned(&self.enclosures);
        let lines = texts.iter().map(|(_, texts)| texts.len()).sum::<usize>() + enclosures.len();
        let all = texts.iter().flat_map(|(_, texts)| texts).chain(&enclosures);
        let bytes: usize = all.map(String::len).sum();
        if lines > MAX_LINES || bytes > MAX_BYTES {
            return refuse(format!(
                "it is too much for a letter ({lines} lines, {bytes} bytes; at most {MAX_LINES} \
                 lines and {MAX_BYTES} bytes)"
            ));
        }
        let mut count = 0;
        let mut part = |kind, texts: Vec<(String, usize)>| LetterPart {
            kind,
            lines: texts
                .into_iter()
                .map(|(text, label)| {
                    count += 1;
                    line(count, text, label)
                })
                .collect(),
        };
        let mut parts: Vec<LetterPart> = texts
            .into_iter()
            .filter(|(_, texts)| !texts.is_empty())
            .map(|(kind, texts)| part(kind, texts.into_iter().map(|text| (text, 0)).collect()))
            .collect();
        if !enclosures.is_empty() {
            let row = words::enclosures(&enclosures, custom.language);
            parts.push(part(LetterPartKind::Enclosures, vec![row]));
        }
        Ok(parts)
    }
}

/// Whether the date stands above the recipient rather than below.
fn date_comes_first(language: &str) -> bool {
    matches!(Language::of(language).subtag.as_str(), "en" | "ja")
}

fn cleaned<T: AsRef<str>>(texts: &[T]) -> Vec<String> {
    let texts = texts.iter().map(|text| clean(text.as_ref()));
    texts.filter(|text| !text.is_empty()).collect()
}

/// A line of a letter; it never gives way. The first `label` bytes are set strong.
fn line(number: usize, text: String, label: usize) -> Line {
    Line {
        id: format!("letter-{number}"),
        slot: if label > 0 {
            Slot::Skills
        } else {
            Slot::Sentence
        },
        label,
        runs: runs(&text, label),
        right_to_left: is_right_to_left(&text),
        link: None,
        text,
        gone_at: usize::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(letter: &Letter, language: &str) -> Vec<(LetterPartKind, Vec<String>)> {
        let custom = Custom {
            language,
            dates: DateStyle::Auto,
            paper: Paper::A4,
        };
        let parts = letter.parts(Some("Jane Doe"), &custom).unwrap();
        let texts = |part: LetterPart| part.lines.into_iter().map(|line| line.text).collect();
        parts
            .into_iter()
            .map(|part| (part.kind, texts(part)))
            .collect()
    }

    fn letter() -> Letter {
        Letter {
            recipient: vec!["Acme\u{202e} Ltd ".to_owned(), " ".to_owned()],
            date: Some("2026-11-28".to_owned()),
            paragraphs: vec!["One\ntwo".to_owned(), String::new()],
            closing: Some("Yours".to_owned()),
            enclosures: vec!["CV".to_owned(), "Photo book".to_owned()],
            ..Letter::default()
        }
    }

    #[test]
    fn parts_stand_in_the_order_of_the_language_and_empty_ones_nowhere() {
        use LetterPartKind::{Body, Closing, Date, Enclosures, Recipient, Signature};
        let one = |kind, text: &str| (kind, vec![text.to_owned()]);
        assert_eq!(
            parts(&letter(), "en"),
            [
                one(Date, "28 November 2026"),
                one(Recipient, "Acme Ltd"),
                one(Body, "One two"),
                one(Closing, "Yours"),
                one(Signature, "Jane Doe"),
                one(Enclosures, "Enclosures: CV, Photo book"),
            ]
        );
        let german = parts(&letter(), "de-AT");
        assert_eq!(german[0], one(Recipient, "Acme Ltd"));
        assert_eq!(german[1], one(Date, "28. November 2026"));
        assert_eq!(german[5], one(Enclosures, "Anlagen: CV, Photo book"));
    }

    #[test]
    fn whoever_is_named_signs_instead_of_the_head_s_name() {
        let named = Letter {
            signature: Some("Jane D.".to_owned()),
            ..letter()
        };
        let parts = parts(&named, "en");
        assert!(parts.contains(&(LetterPartKind::Signature, vec!["Jane D.".to_owned()])));
    }

    #[test]
    fn a_letter_that_says_nothing_or_far_too_much_is_refused() {
        let custom = Custom {
            language: "en",
            dates: DateStyle::Auto,
            paper: Paper::A4,
        };
        let empty = Letter {
            paragraphs: vec!["\u{200b} ".to_owned()],
            ..letter()
        };
        let long = Letter {
            paragraphs: vec!["x".repeat(MAX_BYTES)],
            ..letter()
        };
        let many = Letter {
            paragraphs: vec!["x".to_owned(); MAX_LINES],
            ..letter()
        };
        for bad in [empty, long, many] {
            let error = bad.parts(None, &custom).unwrap_err();
            assert!(matches!(error, TypesetError::BadLetter { .. }), "{error}");
        }
    }
}
