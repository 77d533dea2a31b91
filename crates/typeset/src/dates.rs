//! Dates as the page writes them, per language, from `data/months.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use career::claim::{Claim, Piece};
use career::{FactSet, PartialDate};
use serde::Deserialize;

use crate::document::Language;
use crate::headings::primary_subtag;
use career::print::{DateStyle, Paper};

#[derive(Deserialize)]
struct Months {
    #[serde(default)]
    short: Vec<String>,
    #[serde(default)]
    long: Vec<String>,
    /// Year and month in one, where months have numbers and no names.
    pattern: Option<String>,
    /// A year alone, where it has a unit.
    year: Option<String>,
    present: String,
}

static TABLE: LazyLock<HashMap<String, Months>> =
    LazyLock::new(|| toml::from_str(include_str!("../data/months.toml")).unwrap_or_default());

/// What a letter needs of a language, from `data/letters.toml`.
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
    LazyLock::new(|| toml::from_str(include_str!("../data/letters.toml")).unwrap_or_default());

fn letters(language: &str) -> Option<&'static Letters> {
    LETTERS
        .get(&primary_subtag(language))
        .or_else(|| LETTERS.get("en"))
}

/// The date of a letter, given as `2026-11-28`, in that style and language; `None` when it is given
/// otherwise. A letter has a day: a year alone is written whole. English names the month first
/// where it is American, or of no country and on American paper.
pub(crate) fn of_letter(
    text: &str,
    style: DateStyle,
    language: &str,
    paper: Paper,
) -> Option<String> {
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
pub(crate) fn days(year: u16, month: u8) -> u8 {
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
pub(crate) fn enclosures(items: &[String], language: &str) -> (String, usize) {
    let form = letters(language);
    let word = form.map_or("Enclosures:", |form| form.enclosures.as_str());
    let between = form.and_then(|form| form.between.as_deref());
    let label = word.trim_end_matches(|character: char| !character.is_alphanumeric());
    // A wide colon brings its own room.
    let gap = if word.ends_with('：') { "" } else { " " };
    let items = items.join(between.unwrap_or(", "));
    (format!("{word}{gap}{items}"), label.len())
}

fn months(language: &str) -> Option<&'static Months> {
    TABLE
        .get(&primary_subtag(language))
        .or_else(|| TABLE.get("en"))
}

/// A date in that style and language. The day is left out.
pub(crate) fn written(date: PartialDate, style: DateStyle, language: &str) -> String {
    let Some(months) = months(language) else {
        return date.display(language);
    };
    let year = || match &months.year {
        Some(pattern) => pattern.replace("{year}", &date.year.to_string()),
        None => date.year.to_string(),
    };
    let Some(month) = date.month else {
        return year();
    };
    let named = |names: &[String]| match (&months.pattern, names.get(usize::from(month) - 1)) {
        (Some(pattern), _) => pattern
            .replace("{year}", &date.year.to_string())
            .replace("{number}", &month.to_string()),
        (None, Some(name)) => format!("{name} {}", date.year),
        (None, None) => date.display(language),
    };
    match style {
        DateStyle::Auto => date.display(language),
        DateStyle::Short => named(&months.short),
        DateStyle::Long => named(&months.long),
        DateStyle::Numeric => format!("{month:02}/{}", date.year),
        DateStyle::Iso => format!("{}-{month:02}", date.year),
        DateStyle::Year => year(),
    }
}

/// The text of a claim with its dates in another style or language; `None` where it has none or
/// something is cited that is not there.
pub(crate) fn restyled(
    claim: &Claim,
    facts: &FactSet,
    style: DateStyle,
    language: &str,
) -> Option<String> {
    let has_dates = |piece: &Piece| matches!(piece, Piece::Date { .. } | Piece::Present);
    if !claim.pieces.iter().any(has_dates) {
        return None;
    }
    let mut text = String::new();
    for piece in &claim.pieces {
        match piece {
            Piece::Date { cite } => {
                let date = PartialDate::parse(facts.words(cite)?)?;
                text.push_str(&written(date, style, language));
            }
            Piece::Present => text.push_str(&months(language)?.present),
            Piece::Cited { cite } => text.push_str(&career::text::clean(facts.words(cite)?)),
            Piece::Glue { text: glue } => text.push_str(glue),
            Piece::Reworded { text: words, .. } => text.push_str(&career::text::clean(words)),
        }
    }
    // "2021 – 2021" says a year twice.
    if style == DateStyle::Year
        && let Some((start, end)) = text.split_once(" – ")
        && start == end
    {
        return Some(start.to_owned());
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_names_twelve_months_or_has_a_pattern() {
        assert!(TABLE.len() >= 20);
        for (language, months) in TABLE.iter() {
            assert!(!months.present.is_empty(), "{language}");
            if months.pattern.is_none() {
                assert_eq!(
                    (months.short.len(), months.long.len()),
                    (12, 12),
                    "{language}"
                );
            }
        }
    }

    #[test]
    fn every_heading_language_has_its_months() {
        for language in crate::headings::languages() {
            assert!(TABLE.contains_key(language), "{language}");
        }
    }

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
            let written = of_letter("2026-03-01", style, language, paper);
            assert_eq!(written.as_deref(), Some(expected), "{language} {style:?}");
        }
        for text in [
            "2026-03",
            "2026-02-29",
            "March 1, 2026",
            "2026-3-001",
            "soon",
        ] {
            assert_eq!(of_letter(text, Auto, "en", Paper::A4), None, "{text}");
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

    #[test]
    fn a_date_follows_style_and_language() {
        let date = PartialDate::month(2021, 3).unwrap();
        for (style, language, expected) in [
            (DateStyle::Auto, "en", "Mar 2021"),
            (DateStyle::Short, "de-AT", "März 2021"),
            (DateStyle::Long, "fr", "mars 2021"),
            (DateStyle::Long, "ja", "2021年3月"),
            (DateStyle::Numeric, "ja", "03/2021"),
            (DateStyle::Iso, "en", "2021-03"),
            (DateStyle::Year, "ko", "2021년"),
            (DateStyle::Short, "tlh", "Mar 2021"),
        ] {
            assert_eq!(written(date, style, language), expected, "{language}");
        }
    }
}
