//! Dates with their day, and the word before enclosures, per language, from `data/letters.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use career::PartialDate;
use career::print::{DateStyle, Paper};
use serde::Deserialize;

use crate::dates::months;
use crate::document::Language;
use crate::headings::primary_subtag;

/// What a letter needs of a language.
#[derive(Deserialize)]
struct Letters {
    /// A date with its day, in words.
    date: String,
    numeric: String,
    /// The word before what is enclosed, with its colon.
    enclosures: String,
    /// Months as they stand behind a day, where they change there.
    #[serde(default)]
    months: Vec<String>,
    /// The first day of a month, where it is written otherwise.
    first: Option<String>,
    between: Option<String>,
}

static LETTERS: LazyLock<HashMap<String, Letters>> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/letters.toml")).unwrap_or_default());

fn letters(language: &str) -> Option<&'static Letters> {
    LETTERS
        .get(&primary_subtag(language))
        .or_else(|| LETTERS.get("en"))
}

/// The date of a letter, given as `2026-11-28`, in that style and language; `None` when it is given
/// otherwise. A letter has a day: a year alone is written whole. English names the month first
/// where it is American, or of no country and on American paper.
pub(super) fn date(text: &str, style: DateStyle, language: &str, paper: Paper) -> Option<String> {
    let is_iso = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let date = PartialDate::parse(text).filter(|_| is_iso)?;
    let (month, day) = (date.month?, date.day?);
    if day > days(date.year, month) {
        return None;
    }
    if style == DateStyle::Iso {
        return Some(text.to_owned());
    }
    let Language { subtag, region, .. } = Language::of(language);
    let american = subtag == "en"
        && match region.as_deref() {
            Some(region) => matches!(region, "US" | "PH"),
            None => paper == Paper::Letter,
        };
    let form = if american {
        LETTERS.get("en-US")
    } else {
        letters(language)
    }?;
    if style == DateStyle::Numeric {
        return Some(filled(&form.numeric, date.year, month, day, "", None));
    }
    let names = months(language)?;
    let names = match style {
        _ if !form.months.is_empty() => &form.months,
        DateStyle::Short => &names.short,
        _ => &names.long,
    };
    let name = names.get(usize::from(month) - 1).map_or("", String::as_str);
    let first = form.first.as_deref();
    Some(filled(&form.date, date.year, month, day, name, first))
}

/// How many days the month has.
pub(super) fn days(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

fn filled(pattern: &str, year: u16, month: u8, day: u8, name: &str, first: Option<&str>) -> String {
    let day = match first {
        Some(first) if day == 1 => first.to_owned(),
        _ => day.to_string(),
    };
    pattern
        .replace("{year}", &year.to_string())
        .replace("{number}", &month.to_string())
        .replace("{day}", &day)
        .replace("{month}", name)
}

/// What is enclosed in one line, and how many bytes of it are the word for it.
pub(super) fn enclosures(items: &[String], language: &str) -> (String, usize) {
    let form = letters(language);
    let word = form.map_or("Enclosures:", |form| form.enclosures.as_str());
    let between = form.and_then(|form| form.between.as_deref());
    let label = word.trim_end_matches(|character: char| !character.is_alphanumeric());
    // A wide colon brings its own room.
    let gap = if word.ends_with('：') { "" } else { " " };
    let items = items.join(between.unwrap_or(", "));
    (format!("{word}{gap}{items}"), label.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_language_has_its_letters() {
        for language in crate::headings::languages() {
            assert!(LETTERS.contains_key(language), "{language}");
        }
        for (language, form) in LETTERS.iter() {
            assert!(matches!(form.months.len(), 0 | 12), "{language}");
            let has_names = months(language).is_some_and(|months| months.pattern.is_none());
            assert_eq!(form.date.contains("{month}"), has_names, "{language}");
            for pattern in [&form.date, &form.numeric] {
                assert!(
                    pattern.contains("{day}") && pattern.contains("{year}"),
                    "{language}"
                );
            }
        }
    }

    #[test]
    fn the_date_of_a_letter_follows_style_language_and_paper() {
        use DateStyle::{Auto, Iso, Long, Numeric, Short, Year};
        for (style, language, paper, expected) in [
            (Auto, "en", Paper::A4, "1 March 2026"),
            (Auto, "en", Paper::Letter, "March 1, 2026"),
            (Auto, "en-GB", Paper::Letter, "1 March 2026"),
            (Short, "en-US", Paper::A4, "Mar 1, 2026"),
            (Numeric, "en-US", Paper::A4, "3/1/2026"),
            (Year, "de", Paper::A4, "1. März 2026"),
            (Numeric, "de-CH", Paper::A4, "1.3.2026"),
            (Long, "fr", Paper::A4, "1er mars 2026"),
            (Long, "es", Paper::A4, "1 de marzo de 2026"),
            (Short, "ru", Paper::A4, "1 марта 2026 г."),
            (Auto, "he", Paper::A4, "1 במרץ 2026"),
            (Auto, "ja", Paper::A4, "2026年3月1日"),
            (Auto, "tlh", Paper::A4, "1 March 2026"),
            (Iso, "de", Paper::A4, "2026-03-01"),
        ] {
            let written = date("2026-03-01", style, language, paper);
            assert_eq!(written.as_deref(), Some(expected), "{language} {style:?}");
        }
        for text in [
            "2026-03",
            "2026-02-29",
            "March 1, 2026",
            "2026-3-001",
            "soon",
        ] {
            assert_eq!(date(text, Auto, "en", Paper::A4), None, "{text}");
        }
    }

    #[test]
    fn enclosures_stand_behind_the_word_for_them() {
        let items = ["A".to_owned(), "B".to_owned()];
        assert_eq!(enclosures(&items, "de"), ("Anlagen: A, B".to_owned(), 7));
        assert_eq!(
            enclosures(&items, "fr"),
            ("Pièces jointes : A, B".to_owned(), 15)
        );
        assert_eq!(enclosures(&items, "ja"), ("同封書類：A、B".to_owned(), 12));
        assert_eq!(enclosures(&items, "xx").0, "Enclosures: A, B");
    }
}
