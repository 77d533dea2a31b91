//! Numbers: the same as the evidence's, or following from them by a computation that is recorded.

mod bound;
mod company;
mod computed;
mod dates;
mod elided;
mod listed;
mod often;
mod products;
mod ratios;
mod rest;
mod rounded;
mod series;
mod totals;

use super::align::{Link, Source};
use super::evidence::Support;
use super::judge::Code;
use super::reading::{Reading, Relation};
use super::token::{Kind, Number, Token};
use bound::{Reach, bound, measured_apart, single};
use computed::computed;
use dates::{dated, duration, entry_dates, is_time, span_date};
use rounded::{rate_of_rate, rounded};

pub(crate) use company::is_body;
pub(crate) use often::often;
pub(crate) use ratios::multiplied;
pub(crate) use rounded::{as_weak, hedge_before};
pub(crate) use series::{own_date, went_from_to};

/// What the evidence has to say to a number.
#[derive(Debug)]
pub(crate) enum Answer {
    /// It gives it.
    Same(Link),
    /// It follows, and how.
    Derived(Option<Link>, String),
    /// It follows as so much per another length of time; the words of which are those.
    Rate(Link, Vec<usize>, String),
    /// It does not.
    None(Code, String),
}

/// How close figures are when they are the same.
const EQUAL: f64 = 1e-6;

/// The evidence's answer to the number at that place of the line.
pub(crate) fn answer(
    line: &Reading,
    at: usize,
    sources: &[Source],
    found: &[Vec<Link>],
    support: &Support,
) -> Answer {
    let token = &line.tokens[at];
    let Some(number) = token.number() else {
        return Answer::None(Code::Number, "no number".to_owned());
    };
    if let Some(date) = number.date {
        if let Some(link) = dated(date, sources) {
            return Answer::Same(link);
        }
        if span_date(date, support) && entry_dates(support, sources) {
            return Answer::Derived(None, format!("{} is a date of the entry", token.surface));
        }
    }
    if is_time(number)
        && number.date.is_none()
        && let Some(answer) = duration(line, at, number, sources, support)
    {
        return answer;
    }
    let mut other_unit = false;
    let mut other_thing = false;
    let mut evidence = numbers(sources);
    // "two of them finished Level 2": the one behind the same word is meant.
    let before = |reading: &Reading, at: usize| {
        at.checked_sub(1)
            .filter(|at| reading.content[*at])
            .map(|at| reading.tokens[at].word.clone())
    };
    let named = before(line, at);
    evidence.sort_by_key(|(link, _)| {
        named.is_none() || before(&sources[link.source].reading, link.token) != named
    });
    let nearest = [Reach::Near, Reach::Far].into_iter();
    let candidates = nearest.flat_map(|reach| evidence.iter().map(move |pair| (reach, pair)));
    for (reach, (link, theirs)) in candidates {
        if !equal(number, theirs)
            && !measured_before(line, at, number, theirs)
            && !measured_apart(
                line,
                at,
                number,
                &sources[link.source].reading,
                link.token,
                theirs,
            )
        {
            other_unit |= number
                .values
                .iter()
                .any(|value| theirs.values.contains(value));
            continue;
        }
        if !bound(line, at, &sources[link.source], *link, found, reach) {
            other_thing = true;
            continue;
        }
        if rounded::other_period(line, at, &sources[link.source].reading, link.token) {
            other_unit = true;
            continue;
        }
        let converted = number.unit != theirs.unit;
        return if converted && number.unit.is_some() && theirs.unit.is_some() {
            Answer::Derived(
                Some(*link),
                format!(
                    "{} is {}",
                    shown(line, at),
                    shown(&sources[link.source].reading, link.token)
                ),
            )
        } else {
            Answer::Same(*link)
        };
    }
    for (link, theirs) in &evidence {
        if let Some((how, measure)) = rate_of_rate(
            line,
            at,
            number,
            &sources[link.source].reading,
            link.token,
            theirs,
        ) && bound(line, at, &sources[link.source], *link, found, Reach::Far)
        {
            return Answer::Rate(*link, measure, how);
        }
        if !rounded::other_period(line, at, &sources[link.source].reading, link.token)
            && let Some(how) = rounded(
                line,
                at,
                number,
                &sources[link.source].reading,
                link.token,
                theirs,
            )
            && bound(line, at, &sources[link.source], *link, found, Reach::Far)
        {
            return Answer::Derived(Some(*link), how);
        }
    }
    let follows = computed(line, at, number, sources, found)
        .or_else(|| ratios::shares(line, at, number, sources, found))
        .or_else(|| ratios::became(line, at, number, sources))
        .or_else(|| products::products(line, at, number, sources, found))
        .or_else(|| series::compared(line, at, number, sources, found))
        .or_else(|| totals::over_time(line, at, number, sources))
        .or_else(|| totals::between_dates(line, at, number, sources))
        .or_else(|| totals::a_single(line, at, number, sources))
        .or_else(|| rest::rest(line, at, number, sources, found))
        .or_else(|| company::company(line, at, sources, found))
        .or_else(|| listed::listed(line, at, sources, found));
    if let Some(answer) = follows {
        return answer;
    }
    if number.values == [1.0]
        && let Some(link) = single(line, at, sources, found)
    {
        return Answer::Same(link);
    }
    let surface = shown(line, at);
    if other_thing {
        Answer::None(
            Code::NumberOfOther,
            format!("{surface} counts something else in the evidence"),
        )
    } else if other_unit {
        Answer::None(
            Code::Unit,
            format!("{surface} has another measure in the evidence"),
        )
    } else if number.date.is_some() {
        Answer::None(Code::Date, format!("{surface} is no date of the evidence"))
    } else {
        Answer::None(
            Code::Number,
            format!("{surface} is not in the cited evidence and does not follow from it"),
        )
    }
}

/// Cited numbers that are no dates.
fn numbers(sources: &[Source]) -> Vec<(Link, &Number)> {
    let mut all = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        for (token, here) in source.reading.tokens.iter().enumerate() {
            if let (Some(number), true) = (here.number(), source.cited[token]) {
                all.push((
                    Link {
                        source: at,
                        token,
                        last: token,
                        exact: true,
                    },
                    number,
                ));
            }
        }
    }
    all
}

/// The same amount of the same thing.
fn equal(mine: &Number, theirs: &Number) -> bool {
    if let (Some(mine), Some(theirs)) = (mine.date, theirs.date) {
        return mine.0 == theirs.0 && (mine.1.is_none() || mine.1 == theirs.1);
    }
    let factors = match (&mine.unit, &theirs.unit) {
        (None, None) => (1.0, 1.0),
        (Some(mine), Some(theirs)) if mine.dimension == theirs.dimension => {
            (mine.factor, theirs.factor)
        }
        _ => return false,
    };
    mine.values.iter().any(|value| {
        theirs
            .values
            .iter()
            .any(|other| close(value * factors.0, other * factors.1))
    })
}

/// "by 3 working days, from 9 to 6": the measure stands with the first figure of the clause.
fn measured_before(line: &Reading, at: usize, mine: &Number, theirs: &Number) -> bool {
    let pair = matches!(line.governor[at], Relation::From | Relation::To);
    let Some(unit) = theirs
        .unit
        .as_ref()
        .filter(|_| pair && mine.unit.is_none() && mine.date.is_none() && theirs.date.is_none())
    else {
        return false;
    };
    let measured = line.in_clause(line.clause[at]).any(|token| {
        token < at
            && line.tokens[token]
                .number()
                .and_then(|number| number.unit.as_ref())
                .is_some_and(|other| {
                    other.dimension == unit.dimension && close(other.factor, unit.factor)
                })
    });
    measured
        && mine
            .values
            .iter()
            .any(|value| theirs.values.iter().any(|other| close(*value, *other)))
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= EQUAL * one.abs().max(other.abs()).max(1.0)
}

fn unit_word(reading: &Reading, at: usize) -> String {
    reading.tokens[at + 1..]
        .iter()
        .take_while(|token| token.kind == Kind::PartOfNumber || token.is_mark(&['-']))
        .filter(|token| !token.word.is_empty())
        .last()
        .map_or_else(String::new, |token| token.word.clone())
}

/// A number with its measure, as written.
fn shown(reading: &Reading, at: usize) -> String {
    let mut tokens: Vec<&Token> = Vec::new();
    if let Some(before) = at.checked_sub(1).map(|before| &reading.tokens[before])
        && before.kind == Kind::PartOfNumber
    {
        tokens.push(before);
    }
    tokens.push(&reading.tokens[at]);
    tokens.extend(
        reading.tokens[at + 1..]
            .iter()
            .take_while(|token| token.kind == Kind::PartOfNumber),
    );
    tokens
        .iter()
        .map(|token| token.surface.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}
