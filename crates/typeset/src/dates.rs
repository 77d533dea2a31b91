//! Dates as the page writes them, per language, from `data/months.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use career::claim::{Claim, Piece};
use career::{FactSet, PartialDate};
use serde::Deserialize;

use crate::headings::primary_subtag;
use career::print::DateStyle;

#[derive(Deserialize)]
pub(crate) struct Months {
    #[serde(default)]
    pub(crate) short: Vec<String>,
    #[serde(default)]
    pub(crate) long: Vec<String>,
    /// Year and month in one, where months have numbers and no names.
    pub(crate) pattern: Option<String>,
    /// A year alone, where it has a unit.
    year: Option<String>,
    present: String,
}

static TABLE: LazyLock<HashMap<String, Months>> =
    LazyLock::new(|| toml::from_str(include_str!("../data/months.toml")).unwrap_or_default());

/// The months of a language; English ones where it is not known.
pub(crate) fn months(language: &str) -> Option<&'static Months> {
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
