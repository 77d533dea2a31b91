//! Dates, and the length of time between them.

use career::PartialDate;

use super::super::align::{Link, Source};
use super::super::evidence::Support;
use super::super::judge::Code;
use super::super::reading::Reading;
use super::super::token::{Kind, Number, Token};
use super::rounded::hedge_before;
use super::{Answer, equal, numbers, shown, unit_word};

pub(super) fn dated(date: (u16, Option<u8>), sources: &[Source]) -> Option<Link> {
    numbers(sources)
        .into_iter()
        .find(|(_, number)| {
            number.date.is_some_and(|theirs| {
                theirs.0 == date.0 && (date.1.is_none() || theirs.1 == date.1)
            })
        })
        .map(|(link, _)| link)
}

/// Whether the entry's own dates may be used: they are cited, or nothing cited has a date.
pub(super) fn entry_dates(support: &Support, sources: &[Source]) -> bool {
    let cited = support.statements.iter().any(|statement| {
        PartialDate::parse(&statement.text)
            .is_some_and(|date| Some(date) == support.start || Some(date) == support.end)
    });
    cited
        || !sources
            .iter()
            .any(|source| source.reading.tokens.iter().any(Token::is_date))
}

pub(super) fn span_date(date: (u16, Option<u8>), support: &Support) -> bool {
    [support.start, support.end]
        .into_iter()
        .flatten()
        .any(|known| known.year == date.0 && (date.1.is_none() || known.month == date.1))
}

pub(super) fn is_time(number: &Number) -> bool {
    number.unit.as_ref().is_some_and(|unit| {
        unit.dimension.starts_with("time")
            || unit.dimension.starts_with("calendar")
            || unit.dimension.contains("month")
    })
}

/// Years and months between the entry's dates.
pub(super) fn duration(
    line: &Reading,
    at: usize,
    mine: &Number,
    sources: &[Source],
    support: &Support,
) -> Option<Answer> {
    if !entry_dates(support, sources) {
        return None;
    }
    let cited: Vec<(u16, Option<u8>)> = numbers(sources)
        .iter()
        .filter_map(|(_, number)| number.date)
        .collect();
    let whole = |date: Option<PartialDate>| date.map(|date| (date.year, date.month));
    let (start, end) = match (whole(support.start), whole(support.end)) {
        (Some(start), Some(end)) => (start, end),
        _ => match cited.as_slice() {
            [start, end] => (*start, *end),
            _ => return None,
        },
    };
    let word = unit_word(line, at);
    // "two years and nine months" is one length of time.
    let (neighbour, first) = match (beside(line, at, false), beside(line, at, true)) {
        (Some(months), _) => (Some(months), at),
        (None, Some(years)) => (Some(at), years),
        _ => (None, at),
    };
    if let Some(months) = neighbour {
        let value = |at: usize| {
            line.tokens[at]
                .number()
                .and_then(|number| number.values.first().copied())
                .unwrap_or_default()
        };
        return span(
            line,
            first,
            value(first) * 12.0 + value(months),
            "months",
            start,
            end,
            sources,
        );
    }
    let months_of = |value: f64| match word.as_str() {
        "year" | "years" | "yr" | "yrs" | "yr." | "yrs." => Some(value * 12.0),
        "month" | "months" | "mo" | "mos" => Some(value),
        _ => None,
    };
    let claimed = months_of(*mine.values.first()?)?;
    // An evidence number of the same kind is looked at first by the caller's rules.
    if numbers(sources)
        .iter()
        .any(|(_, theirs)| theirs.date.is_none() && equal(mine, theirs))
    {
        return None;
    }
    span(line, at, claimed, &word, start, end, sources)
}

/// The number of years before these months, or of months behind these years.
fn beside(line: &Reading, at: usize, before: bool) -> Option<usize> {
    let joins = |token: &Token| {
        token.kind == Kind::PartOfNumber || token.word == "and" || token.is_mark(&[','])
    };
    let other = if before {
        let gap = line.tokens[..at]
            .iter()
            .rev()
            .take_while(|token| joins(token))
            .count();
        at.checked_sub(gap + 1)?
    } else {
        let gap = line.tokens[at + 1..]
            .iter()
            .take_while(|token| joins(token))
            .count();
        at + gap + 1
    };
    line.tokens.get(other)?.number()?;
    let (years, months) = if before { (other, at) } else { (at, other) };
    (unit_word(line, years).starts_with('y') && unit_word(line, months).starts_with('m'))
        .then_some(other)
}

type Month = (u16, Option<u8>);

/// Whether so many months lie between two dates.
fn span(
    line: &Reading,
    at: usize,
    claimed: f64,
    word: &str,
    start: Month,
    end: Month,
    sources: &[Source],
) -> Option<Answer> {
    let month = |date: Month, missing: f64| {
        f64::from(date.0) * 12.0 + date.1.map_or(missing, |month| f64::from(month) - 1.0)
    };
    // To the month where months are given; else what is sure.
    let (most, least) = (
        month(end, 11.0) - month(start, 0.0) + 1.0,
        month(end, 0.0) - month(start, 11.0),
    );
    let exact = start.1.is_some() && end.1.is_some();
    let difference = month(end, 0.0) - month(start, 0.0);
    let fits = match hedge_before(line, at) {
        Some("over") => claimed < most && claimed + 12.0 > difference,
        Some("at least") => claimed <= difference + 1.0,
        Some("nearly") => claimed > difference && claimed - difference <= 3.0,
        Some("about") => (claimed - difference).abs() <= 3.0,
        Some("under") => claimed > difference && claimed <= most + 3.0,
        _ if exact => {
            claimed <= difference + 1.0
                && claimed > difference - 12.0
                && (word.starts_with('y') || claimed >= difference - 0.5)
        }
        _ => claimed <= difference && claimed >= least,
    };
    let dates = format!(
        "{}-{} to {}-{}",
        start.0,
        start.1.unwrap_or(0),
        end.0,
        end.1.unwrap_or(0)
    );
    if fits {
        Some(Answer::Derived(
            None,
            format!("{} from {dates}", shown(line, at)),
        ))
    } else if numbers(sources).iter().any(|(_, theirs)| is_time(theirs)) {
        None
    } else {
        Some(Answer::None(
            Code::Duration,
            format!("{} is not what {dates} gives", shown(line, at)),
        ))
    }
}
