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
                // "every spring" is no "every autumn", though both are once a year.
                let (mine, other) = (
                    &line.tokens[own.last].word,
                    &source.reading.tokens[theirs.last].word,
                );
                let another = mine != other && is_season(mine) && is_season(other);
                let narrower = is_season(mine) && !is_season(other);
                if another
                    || narrower
                    || own.dimension != theirs.dimension
                    || !close(own.rate / theirs.rate, 1.0)
                {
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
        .filter_map(|at| {
            times_per(reading, at)
                .or_else(|| each(reading, at))
                .or_else(|| one_in(reading, at))
                .or_else(|| alternate(reading, at))
                .or_else(|| occasions(reading, at))
        })
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
    } else if let Some(count) = ordinal(&next.word) {
        (count, at + 2)
    } else {
        (1.0, at + 1)
    };
    let named = reading
        .tokens
        .get(unit)
        .is_some_and(|token| is_season(&token.word));
    // "annual" of what is done "every spring": once a year.
    if named {
        let year = english().unit("year")?;
        return Some(Often {
            first: at,
            last: unit,
            dimension: year.dimension.clone(),
            rate: 1.0 / (count * year.factor),
        });
    }
    if count > 1.0 && time(reading, unit).is_none() {
        return turn(reading, at, unit, count);
    }
    let (dimension, factor, adverb) = time(reading, unit)?;
    (!adverb).then(|| Often {
        first: at,
        last: unit,
        dimension,
        rate: 1.0 / (count * factor),
    })
}

/// How many turns go by from one to the next: "every fifth week".
fn ordinal(word: &str) -> Option<f64> {
    Some(match word {
        "second" | "other" => 2.0,
        "third" => 3.0,
        "fourth" => 4.0,
        "fifth" => 5.0,
        "sixth" => 6.0,
        "seventh" => 7.0,
        "eighth" => 8.0,
        "ninth" => 9.0,
        "tenth" => 10.0,
        _ => return None,
    })
}

/// "every other weekend", "every second shift": of things that are no measure of time.
fn turn(reading: &Reading, first: usize, noun: usize, count: f64) -> Option<Often> {
    let token = reading.tokens.get(noun)?;
    let named = token.kind == Kind::Word && reading.content[noun];
    named.then(|| Often {
        first,
        last: noun,
        dimension: format!("turn of {}", english().singular(&token.word)),
        rate: 1.0 / count,
    })
}

/// "alternate weekends", "alternating weeks".
fn alternate(reading: &Reading, at: usize) -> Option<Often> {
    if !matches!(
        reading.tokens[at].word.as_str(),
        "alternate" | "alternating"
    ) {
        return None;
    }
    match time(reading, at + 1) {
        Some((dimension, factor, false)) => Some(Often {
            first: at,
            last: at + 1,
            dimension,
            rate: 1.0 / (2.0 * factor),
        }),
        _ => turn(reading, at, at + 1, 2.0),
    }
}

/// "one week in five", "one in five weeks", "one out of every five weeks".
fn one_in(reading: &Reading, at: usize) -> Option<Often> {
    let number = |at: usize| {
        let number = reading.tokens.get(at)?.number()?;
        (number.values.len() == 1).then(|| number.values[0])
    };
    let word = |at: usize| {
        reading
            .tokens
            .get(at)
            .map_or("", |token| token.word.as_str())
    };
    if number(at) != Some(1.0) {
        return None;
    }
    let part = |at: usize| {
        reading
            .tokens
            .get(at)
            .is_some_and(|token| token.kind == Kind::PartOfNumber)
    };
    let mut next = at + 1;
    let inner = time(reading, next).filter(|_| part(next) || !word(next).is_empty());
    if inner.is_some() {
        next += 1;
    }
    if word(next) == "out" && word(next + 1) == "of" {
        next += 2;
    } else if word(next) == "in" {
        next += 1;
    } else {
        return None;
    }
    if word(next) == "every" {
        next += 1;
    }
    let count = number(next).filter(|count| *count > 1.0)?;
    let (dimension, factor, adverb) = inner.clone().or_else(|| time(reading, next + 1))?;
    let last = if inner.is_some() { next } else { next + 1 };
    (!adverb).then_some(Often {
        first: at,
        last,
        dimension,
        rate: 1.0 / (count * factor),
    })
}

/// "twice", "two times", "on two occasions", without a time in which.
fn occasions(reading: &Reading, at: usize) -> Option<Often> {
    let word = |at: usize| {
        reading
            .tokens
            .get(at)
            .map_or("", |token| token.word.as_str())
    };
    let (count, last) = match word(at) {
        "twice" => (2.0, at),
        "thrice" => (3.0, at),
        _ => {
            let number = reading.tokens[at].number()?;
            let times = matches!(word(at + 1), "times" | "occasions");
            let single = number.values.len() == 1 && times;
            (single.then(|| number.values[0])?, at + 1)
        }
    };
    let per = matches!(word(last + 1), "a" | "an" | "per" | "each" | "every" | "as")
        || reading
            .tokens
            .get(last + 1)
            .is_some_and(|next| next.is_mark(&['-']));
    (!per).then_some(Often {
        first: at,
        last,
        dimension: "occasions".to_owned(),
        rate: count,
    })
}

/// What comes once a year.
fn is_season(word: &str) -> bool {
    const SEASONS: [&str; 18] = [
        "spring",
        "summer",
        "autumn",
        "winter",
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
        "christmas",
        "easter",
    ];
    SEASONS.contains(&word)
}
