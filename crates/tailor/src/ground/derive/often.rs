//! How often: "every 15 minutes" and "four times an hour", "twice a year" and "two times per year".

use super::super::align::{Link, Source};
use super::super::reading::Reading;
use super::super::token::Kind;
use super::super::wordbook::english;
use super::close;

/// How often something is done, and the words that say so.
struct Often {
    first: usize,
    last: usize,
    dimension: String,
    /// How many times in one of the base of that dimension.
    rate: f64,
}

/// Adds the answers to words of a line that say how often.
pub(crate) fn often(line: &Reading, sources: &[Source], found: &mut [Vec<Link>]) {
    let mine = all(line);
    if mine.is_empty() {
        return;
    }
    for (index, source) in sources
        .iter()
        .enumerate()
        .filter(|(_, source)| !source.header)
    {
        for theirs in all(&source.reading) {
            if !(theirs.first..=theirs.last).all(|token| source.cited[token]) {
                continue;
            }
            for own in &mine {
                if own.dimension != theirs.dimension || !close(own.rate / theirs.rate, 1.0) {
                    continue;
                }
                let link = Link {
                    source: index,
                    token: theirs.first,
                    last: theirs.last,
                    exact: false,
                };
                for answers in &mut found[own.first..=own.last] {
                    if answers.is_empty() {
                        answers.push(link);
                    }
                }
            }
        }
    }
}

fn all(reading: &Reading) -> Vec<Often> {
    (0..reading.tokens.len())
        .filter_map(|at| times_per(reading, at).or_else(|| each(reading, at)))
        .collect()
}

/// "day", "weeks", "yearly": the time, and whether the word says "every" by itself.
fn time(reading: &Reading, at: usize) -> Option<(String, f64, bool)> {
    let word = reading.tokens.get(at)?.word.as_str();
    let adverb = match word {
        "hourly" => "hour",
        "daily" => "day",
        "weekly" => "week",
        "fortnightly" => "fortnight",
        "monthly" => "month",
        "quarterly" => "quarter",
        "yearly" | "annual" | "annually" => "year",
        _ => "",
    };
    let unit = english().unit(if adverb.is_empty() { word } else { adverb })?;
    matches!(unit.dimension.as_str(), "time" | "calendar")
        .then(|| (unit.dimension.clone(), unit.factor, !adverb.is_empty()))
}

/// "twice a year", "four times an hour", "twice-yearly".
fn times_per(reading: &Reading, at: usize) -> Option<Often> {
    let word = |at: usize| {
        reading
            .tokens
            .get(at)
            .map_or("", |token| token.word.as_str())
    };
    let (count, mut next) = match word(at) {
        "once" => (1.0, at + 1),
        "twice" => (2.0, at + 1),
        "thrice" => (3.0, at + 1),
        _ => {
            let number = reading.tokens[at].number()?;
            let times = number
                .unit
                .as_ref()
                .is_none_or(|unit| unit.dimension == "times");
            if !times || word(at + 1) != "times" {
                return None;
            }
            (*number.values.first()?, at + 2)
        }
    };
    if reading.tokens.get(next)?.is_mark(&['-']) {
        next += 1;
    }
    let per = matches!(word(next), "a" | "an" | "per" | "each" | "every");
    let unit = if per { next + 1 } else { next };
    let (dimension, factor, adverb) = time(reading, unit)?;
    (per != adverb).then_some(Often {
        first: at,
        last: unit,
        dimension,
        rate: count / factor,
    })
}

/// "every 15 minutes", "every second week", "each month", "monthly".
fn each(reading: &Reading, at: usize) -> Option<Often> {
    let token = &reading.tokens[at];
    if token.kind != Kind::Word {
        return None;
    }
    if let Some((dimension, factor, true)) = time(reading, at) {
        // "twice-yearly" and "every 2 weekly" are read from their first word.
        let before = at.checked_sub(1).map(|before| &reading.tokens[before]);
        let counted = before.is_some_and(|before| {
            before.is_mark(&['-']) || before.counts() || before.word.starts_with("bi")
        });
        return (!counted).then(|| Often {
            first: at,
            last: at,
            dimension,
            rate: 1.0 / factor,
        });
    }
    if !matches!(token.word.as_str(), "every" | "each") {
        return None;
    }
    let next = reading.tokens.get(at + 1)?;
    let (count, unit) = if let Some(number) = next.number() {
        // The measure belongs to the number.
        let unit = number.unit.as_ref()?;
        let last = (at + 2..reading.tokens.len())
            .take_while(|token| reading.tokens[*token].kind == Kind::PartOfNumber)
            .last()?;
        return matches!(unit.dimension.as_str(), "time" | "calendar").then(|| Often {
            first: at,
            last,
            dimension: unit.dimension.clone(),
            rate: 1.0 / (unit.factor * number.values.first().copied().unwrap_or(f64::NAN)),
        });
    } else if matches!(next.word.as_str(), "second" | "other") {
        (2.0, at + 2)
    } else {
        (1.0, at + 1)
    };
    let (dimension, factor, adverb) = time(reading, unit)?;
    (!adverb).then(|| Often {
        first: at,
        last: unit,
        dimension,
        rate: 1.0 / (count * factor),
    })
}
