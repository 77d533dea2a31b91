//! Month names beside years and days.

use super::super::wordbook::Wordbook;
use super::{Kind, Number, Token};

/// Month names beside years and days.
pub(super) fn months(found: &mut [Token], book: &Wordbook) {
    for at in 0..found.len() {
        let is_year = |token: &Token| {
            token.number().and_then(|number| {
                let value = *number.values.first()?;
                let year = (1900.0..2100.0).contains(&value)
                    && value.fract() == 0.0
                    && token.surface.len() == 4;
                (year && number.unit.is_none()).then_some(value)
            })
        };
        let Some(year) = is_year(&found[at]) else {
            continue;
        };
        let mut before = at;
        if before > 0 && (found[before - 1].is_mark(&[',', '.']) || found[before - 1].word == "of")
        {
            before -= 1;
        }
        let day = before >= 1
            && before == at - 1
            && found[before - 1].number().is_some()
            && found[before].is_mark(&[',']);
        let name = if day {
            before.checked_sub(2)
        } else {
            before.checked_sub(1)
        };
        let month = name.and_then(|name| month(&found[name].word, book).map(|month| (name, month)));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let year = year as u16;
        if let Kind::Number(number) = &mut found[at].kind
            && number.date.is_none()
        {
            number.date = Some((year, month.map(|(_, month)| month)));
        }
        if let Some((name, _)) = month {
            for token in &mut found[name..at] {
                if token.kind == Kind::Word || day {
                    token.kind = Kind::PartOfNumber;
                }
            }
        }
    }
}

/// "February to July 2021": both months are of that year.
pub(super) fn month_ranges(found: &mut [Token], book: &Wordbook) {
    for at in 0..found.len() {
        let capital = found[at]
            .surface
            .chars()
            .next()
            .is_some_and(char::is_uppercase);
        let Some(first) =
            month(&found[at].word, book).filter(|_| capital && found[at].kind == Kind::Word)
        else {
            continue;
        };
        let link = found.get(at + 1).is_some_and(|next| {
            next.is_mark(&['-', '–'])
                || matches!(next.word.as_str(), "to" | "until" | "and" | "through")
        });
        let year = found[at + 1..]
            .iter()
            .take(4)
            .find_map(|token| token.number().and_then(|number| number.date));
        if let (true, Some((year, Some(_)))) = (link, year) {
            found[at].kind = Kind::Number(Number {
                values: vec![f64::from(year)],
                unit: None,
                date: Some((year, Some(first))),
                spelled: false,
            });
        }
    }
}

fn month(word: &str, book: &Wordbook) -> Option<u8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if !book.knows_grammar() {
        return book.month(word.trim_end_matches('.'));
    }
    let word = word.trim_end_matches('.');
    let at = NAMES.iter().position(|name| {
        *name == word || (word.len() >= 3 && word.len() <= 4 && name.starts_with(word))
    })?;
    u8::try_from(at + 1).ok()
}
