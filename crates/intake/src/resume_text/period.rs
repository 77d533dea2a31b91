//! Finds dates and periods in a line: `Jan 2020 – Present`, `2014-2018`, `seit März 2021`.

use career::PartialDate;

use super::vocabulary::{is_open, is_since, is_until};

/// The longest line in which dates are looked for, in bytes.
const LONGEST: usize = 2_000;

/// A date or a period in a text; spans are byte offsets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Period {
    /// From the first to past the last byte of all of it.
    pub(crate) span: (usize, usize),
    /// The first date.
    pub(crate) start: (usize, usize),
    /// The last date, when there are two.
    pub(crate) end: Option<(usize, usize)>,
    /// Whether it says that it goes on.
    pub(crate) open: bool,
}

/// The first date or period of a text.
pub(crate) fn find(text: &str) -> Option<Period> {
    if text.len() > LONGEST {
        return None;
    }
    let words = words(text);
    let mut position = 0;
    while position < words.len() {
        let Some((start, next)) = date_at(text, &words, position) else {
            position += 1;
            continue;
        };
        let since = position
            .checked_sub(1)
            .and_then(|before| words.get(before))
            .filter(|word| text.get(word.0..word.1).is_some_and(is_since));
        let begin = since.map_or(start.0, |word| word.0);
        let mut period = Period {
            span: (begin, start.1),
            start,
            end: None,
            open: since.is_some(),
        };
        let joined = words
            .get(next)
            .is_some_and(|word| text.get(word.0..word.1).is_some_and(is_until));
        if joined {
            if let Some((end, _)) = date_at(text, &words, next + 1) {
                period.end = Some(end);
                period.span.1 = end.1;
                period.open = false;
            } else if let Some(end) = open_at(text, &words, next + 1) {
                period.open = true;
                period.span.1 = end;
            }
        }
        return Some(period);
    }
    None
}

/// The longest run of up to five words that is a date and holds a year.
fn date_at(
    text: &str,
    words: &[(usize, usize)],
    position: usize,
) -> Option<((usize, usize), usize)> {
    (1..=5).rev().find_map(|length| {
        let first = words.get(position)?;
        let last = words.get(position + length - 1)?;
        let trimmed = inside(text, first.0, last.1)?;
        let date = text.get(trimmed.0..trimmed.1)?;
        PartialDate::parse(date).map(|_| (trimmed, position + length))
    })
}

/// Without brackets and commas around it.
fn inside(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let part = text.get(start..end)?;
    let mark = |sign: char| sign.is_whitespace() || "()[],;|·•:".contains(sign);
    let left = part.trim_start_matches(mark);
    let start = end - left.len();
    let length = left.trim_end_matches(mark).len();
    (length > 0).then_some((start, start + length))
}

fn open_at(text: &str, words: &[(usize, usize)], position: usize) -> Option<usize> {
    (1..=3).rev().find_map(|length| {
        let first = words.get(position)?;
        let last = words.get(position + length - 1)?;
        let (start, end) = inside(text, first.0, last.1)?;
        is_open(text.get(start..end)?).then_some(end)
    })
}

/// The words of a line; a dash that joins two dates is a word of its own.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut offset = 0;
    for word in text.split(char::is_whitespace) {
        if !word.is_empty() {
            split_dashes(text, offset, offset + word.len(), &mut words);
        }
        offset += word.len();
        offset += text[offset..].chars().next().map_or(0, char::len_utf8);
    }
    words
}

fn split_dashes(text: &str, start: usize, end: usize, words: &mut Vec<(usize, usize)>) {
    let word = &text[start..end];
    let dash = word.char_indices().find(|(at, sign)| {
        let (before, after) = (&word[..*at], &word[at + sign.len_utf8()..]);
        match sign {
            '–' | '—' | '−' | '‒' | '~' | '〜' | '～' | '至' => {
                !before.is_empty() || !after.is_empty()
            }
            // A hyphen parts two years, not a year and its month.
            '-' | '‐' | '‑' => {
                let year_before = before.len() >= 4
                    && before.is_char_boundary(before.len() - 4)
                    && before[before.len() - 4..]
                        .bytes()
                        .all(|byte| byte.is_ascii_digit());
                let digits = after.chars().take_while(char::is_ascii_digit).count();
                let rest = after.chars().nth(digits);
                year_before
                    && (digits == 0 || digits == 4 || rest == Some('/') || rest == Some('.'))
            }
            _ => false,
        }
    });
    let Some((at, sign)) = dash else {
        words.push((start, end));
        return;
    };
    let (middle, after) = (start + at, start + at + sign.len_utf8());
    if middle > start {
        words.push((start, middle));
    }
    words.push((middle, after));
    if after < end {
        split_dashes(text, after, end, words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, String, bool)> {
        let period = find(text)?;
        let of = |span: (usize, usize)| text[span.0..span.1].to_owned();
        Some((
            of(period.start),
            period.end.map(of).unwrap_or_default(),
            period.open,
        ))
    }

    #[test]
    fn periods_are_found_in_the_forms_that_resumes_use() {
        for (text, start, end, open) in [
            ("January 2019 to Present", "January 2019", "", true),
            (
                "Acme, Berlin   03/2020 – 05/2021",
                "03/2020",
                "05/2021",
                false,
            ),
            ("2014-2018", "2014", "2018", false),
            ("(2014–heute)", "2014", "", true),
            ("seit März 2021", "März 2021", "", true),
            (
                "Engineer | Jan. 2020 - Mar. 2021 | Remote",
                "Jan. 2020",
                "Mar. 2021",
                false,
            ),
            ("2020-03 - 2021-04", "2020-03", "2021-04", false),
            ("01.03.2020-31.12.2020", "01.03.2020", "31.12.2020", false),
            ("2021年3月 – 至今", "2021年3月", "", true),
            ("mars 2016 - aujourd’hui (3 ans)", "mars 2016", "", true),
            ("Certificate (2023)", "2023", "", false),
        ] {
            let expected = Some((start.to_owned(), end.to_owned(), open));
            assert_eq!(read(text), expected, "{text}");
        }
        for text in [
            "no date",
            "version 12",
            "42 of 2000 things -",
            "call 555-0142",
        ] {
            let found = read(text);
            assert!(
                found.is_none() || text.contains("2000"),
                "{text}: {found:?}"
            );
        }
    }
}
