//! Amounts over time: so much a year for so many years is so much in all, and the other way round;
//! the length of time between two dates of a statement.

use super::super::align::{Link, Source};
use super::super::reading::{Reading, Relation};
use super::super::token::Number;
use super::super::wordbook::english;
use super::ratios::{figure, fits};
use super::rounded::period;
use super::{Answer, shown};

fn dimension(number: &Number) -> Option<&str> {
    number.unit.as_ref().map(|unit| unit.dimension.as_str())
}

fn is_time(number: &Number) -> bool {
    matches!(dimension(number), Some("time" | "calendar"))
}

/// "€84,000 per year" in "a three-year contract" are "€252,000 in total"; "€312,000 over three years"
/// are "€104,000 a year" on average.
pub(super) fn over_time(
    line: &Reading,
    at: usize,
    mine: &Number,
    sources: &[Source],
) -> Option<Answer> {
    let clause = line.clause[at];
    let word = |words: &[&str]| -> Vec<usize> {
        line.in_clause(clause)
            .filter(|token| words.contains(&line.tokens[*token].word.as_str()))
            .collect()
    };
    let in_all = !word(&["all", "total", "altogether", "overall"]).is_empty();
    let average = word(&["average", "averaging", "averaged", "mean"]);
    let value = figure(line, at)?;
    sources.iter().enumerate().find_map(|(index, source)| {
        let of = &source.reading;
        let figures: Vec<usize> = source.cited_figures().collect();
        figures.iter().find_map(|amount| {
            let theirs = of.tokens[*amount].number()?;
            if is_time(theirs) || dimension(theirs) != dimension(mine) || theirs.unit.is_none() {
                return None;
            }
            let much = figure(of, *amount)?;
            let lasted = figures.iter().find(|other| {
                of.clause[**other] == of.clause[*amount]
                    && of.tokens[**other].number().is_some_and(is_time)
            })?;
            let (time, long) = (of.tokens[*lasted].number()?, figure(of, *lasted)?);
            let (exact, words) = match (period(of, *amount), period(line, at)) {
                (Some((per, _)), None) if in_all && Some(per.0.as_str()) == dimension(time) => {
                    (much * long / per.1, Vec::new())
                }
                (None, Some((per, mut words)))
                    if Some(per.0.as_str()) == dimension(time)
                        && spans(of, *lasted)
                        && per.1 < long =>
                {
                    words.extend(&average);
                    (much * per.1 / long, words)
                }
                _ => return None,
            };
            let link = Link {
                source: index,
                token: *amount,
                last: *amount,
                exact: false,
            };
            let how = format!(
                "{} follows from {} and {}",
                shown(line, at),
                shown(of, *amount),
                shown(of, *lasted)
            );
            fits(line, at, value, exact, 1e-6 * exact).then_some(Answer::Rate(link, words, how))
        })
    })
}

/// Whether a time is how long something went on: "over three years", "for two weeks".
fn spans(of: &Reading, time: usize) -> bool {
    matches!(of.governor[time], Relation::Over | Relation::For)
        || of.tokens[..time]
            .iter()
            .rev()
            .take(2)
            .any(|token| matches!(token.word.as_str(), "over" | "for" | "within" | "in"))
}

/// "from March 2020 to September 2021" are 18 months.
pub(super) fn between_dates(
    line: &Reading,
    at: usize,
    mine: &Number,
    sources: &[Source],
) -> Option<Answer> {
    if dimension(mine) != Some("calendar") {
        return None;
    }
    let value = figure(line, at)?;
    sources.iter().enumerate().find_map(|(index, source)| {
        if source.header {
            return None;
        }
        let of = &source.reading;
        let dates: Vec<(usize, f64)> = (0..of.tokens.len())
            .filter(|token| source.cited[*token])
            .filter_map(|token| {
                let (year, month) = of.tokens[token].number()?.date?;
                // Of years alone it is sure from two on.
                if month.is_none() && value < 24.0 {
                    return None;
                }
                Some((
                    token,
                    f64::from(year) * 12.0 + f64::from(month.unwrap_or(1)),
                ))
            })
            .collect();
        let [(first, start), (last, end)] = dates.as_slice() else {
            return None;
        };
        let month = |at: usize| {
            of.tokens[at]
                .number()
                .and_then(|it| it.date)
                .map(|it| it.1.is_some())
        };
        if month(*first) != month(*last) {
            return None;
        }
        let ranged = of.clause[*first] == of.clause[*last]
            && of.tokens[*first..*last].iter().any(|token| {
                token.is_mark(&['-', '–']) || matches!(token.word.as_str(), "to" | "and" | "until")
            });
        // Nothing else lasts so long there.
        let other = of
            .tokens
            .iter()
            .any(|token| token.number().is_some_and(is_time) && !token.is_date());
        let link = Link {
            source: index,
            token: *last,
            last: *last,
            exact: false,
        };
        let how = format!(
            "{} from {} to {}",
            shown(line, at),
            shown(of, *first),
            shown(of, *last)
        );
        (ranged && !other && fits(line, at, value, end - start, 1e-6))
            .then_some(Answer::Derived(Some(link), how))
    })
}

/// "one year" for "for a year": how long it went on, not how often.
pub(super) fn a_single(
    line: &Reading,
    at: usize,
    mine: &Number,
    sources: &[Source],
) -> Option<Answer> {
    if !is_time(mine) || mine.values != [1.0] {
        return None;
    }
    let factor = mine.unit.as_ref().map(|unit| unit.factor);
    sources.iter().enumerate().find_map(|(index, source)| {
        let of = &source.reading;
        let place = (1..of.tokens.len().saturating_sub(1)).find(|token| {
            let unit = english().unit(&of.tokens[token + 1].word);
            source.cited[*token]
                && matches!(of.tokens[*token].word.as_str(), "a" | "an")
                && matches!(
                    of.tokens[token - 1].word.as_str(),
                    "for" | "over" | "in" | "within" | "lasted" | "took"
                )
                && unit.map(|unit| unit.factor) == factor
                && unit.map(|unit| unit.dimension.as_str()) == dimension(mine)
        })?;
        let link = Link {
            source: index,
            token: place + 1,
            last: place + 1,
            exact: false,
        };
        Some(Answer::Derived(
            Some(link),
            format!("{} is {}", shown(line, at), of.tokens[place + 1].surface),
        ))
    })
}
