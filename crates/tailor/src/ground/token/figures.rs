//! Numbers in figures, and dates.

use super::super::wordbook::Wordbook;
use super::{Kind, Number, Token, end_of, push};

/// A number: groups of digits with points or commas between them, `1.2k`, `2015-04`, `24-page`.
pub(super) fn number(
    text: &str,
    characters: &[(usize, char)],
    at: usize,
    found: &mut Vec<Token>,
    book: &Wordbook,
) -> usize {
    let start = characters[at].0;
    if let Some((length, date)) = date_at(&text[start..]) {
        let number = Number {
            values: vec![f64::from(date.0)],
            unit: None,
            date: Some(date),
            spelled: false,
        };
        push(text, start, start + length, Kind::Number(number), found);
        return at + length;
    }
    let digit = |at: usize| characters.get(at).is_some_and(|(_, c)| c.is_ascii_digit());
    let mut end = at;
    loop {
        while digit(end) {
            end += 1;
        }
        let separator = characters.get(end).map(|(_, c)| *c);
        let group = digit(end + 1) && digit(end + 2) && digit(end + 3) && !digit(end + 4);
        let goes_on = match separator {
            Some('.' | ',') => digit(end + 1),
            Some(' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’') => group,
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    let stop = end_of(text, characters, end);
    let letter = characters.get(end).is_some_and(|(_, c)| c.is_alphabetic());
    if letter {
        // `10k`, `5GB`, `36h` are a number and a measure; `2nd`, `3D`, `4x4` are words.
        let mut last = end;
        while characters
            .get(last)
            .is_some_and(|(_, c)| c.is_alphanumeric())
        {
            last += 1;
        }
        let tail = &text[stop..end_of(text, characters, last)];
        let measure = tail.chars().all(char::is_alphabetic)
            && !["st", "nd", "rd", "th", "d"].contains(&&*tail.to_lowercase());
        if !measure {
            push(
                text,
                start,
                end_of(text, characters, last),
                Kind::Word,
                found,
            );
            return last;
        }
    }
    let number = Number {
        values: readings(&text[start..stop], book.knows_grammar()),
        unit: None,
        date: None,
        spelled: false,
    };
    push(text, start, stop, Kind::Number(number), found);
    end
}

/// A date in figures at the start of the text: its length in bytes, year and month.
fn date_at(text: &str) -> Option<(usize, (u16, Option<u8>))> {
    let bytes = text.as_bytes();
    let figures = |from: usize, to: usize| -> Option<u16> {
        let part = text.get(from..to)?;
        part.bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| part.parse().ok())?
    };
    let ends = |at: usize| !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let is_year = |year: u16| (1900..2100).contains(&year);
    let is_month = |month: u16| (1..=12).contains(&month);
    if let (Some(year), Some(b'-' | b'/' | b'.'), Some(month)) =
        (figures(0, 4), bytes.get(4), figures(5, 7))
    {
        let day = bytes.get(7) == bytes.get(4) && figures(8, 10).is_some() && ends(10);
        let length = if day { 10 } else { 7 };
        if is_year(year) && is_month(month) && ends(length) {
            return Some((length, (year, u8::try_from(month).ok())));
        }
    }
    if let (Some(month), Some(b'/' | b'.'), Some(year)) =
        (figures(0, 2), bytes.get(2), figures(3, 7))
        && is_year(year)
        && is_month(month)
        && ends(7)
    {
        return Some((7, (year, u8::try_from(month).ok())));
    }
    None
}

/// What figures can mean.
fn readings(figures: &str, english: bool) -> Vec<f64> {
    let plain: String = figures
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .collect();
    let points = plain.matches('.').count();
    let commas = plain.matches(',').count();
    let grouped = |mark: char| {
        let mut parts = plain.split(mark);
        let first = parts
            .next()
            .is_some_and(|part| (1..=3).contains(&part.len()) && part != "0");
        first && parts.all(|part| part.len() == 3)
    };
    let without = |drop: char, decimal: char| {
        let kept: String = plain.chars().filter(|c| *c != drop).collect();
        kept.replace(decimal, ".").parse::<f64>().ok()
    };
    let mut values = Vec::new();
    match (points, commas) {
        (0, 0) => values.extend(plain.parse::<f64>().ok()),
        // English groups by commas, other languages by points; what groups in the one is a decimal
        // mark in the other.
        (0, _) if grouped(',') && (english || commas > 1) => values.extend(without(',', '.')),
        (_, 0) if grouped('.') && (!english || points > 1) => values.extend(without('.', ',')),
        (0, 1) => values.extend(without('.', ',')),
        (1, 0) => values.extend(plain.parse::<f64>().ok()),
        _ => {
            // Both: the last is the decimal mark.
            let decimal = if plain.rfind('.') > plain.rfind(',') {
                '.'
            } else {
                ','
            };
            values.extend(without(if decimal == '.' { ',' } else { '.' }, decimal));
        }
    }
    values
}
