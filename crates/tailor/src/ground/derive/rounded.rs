//! Numbers that were rounded, bounded, or said of another length of time.

use super::super::reading::Reading;
use super::super::token::{Kind, Number};
use super::super::wordbook::english;
use super::{close, shown};

/// How far "about" reaches.
pub(super) const ABOUT: f64 = 0.05;

/// How far below the true number "more than" may stay, and how far above it "nearly".
pub(super) const NEAR: f64 = 0.8;

/// "€84,000 per year" is "€7,000 a month".
pub(super) fn rate_of_rate(
    line: &Reading,
    at: usize,
    mine: &Number,
    of: &Reading,
    place: usize,
    theirs: &Number,
) -> Option<(String, Vec<usize>)> {
    let (my_time, words) = period(line, at)?;
    let (their_time, _) = period(of, place)?;
    let dimension = |number: &Number| number.unit.as_ref().map(|unit| unit.dimension.clone());
    if my_time.0 != their_time.0 || dimension(mine) != dimension(theirs) {
        return None;
    }
    let factor = |number: &Number| number.unit.as_ref().map_or(1.0, |unit| unit.factor);
    let mine_per = mine.values.first()? * factor(mine) / my_time.1;
    let theirs_per = theirs.values.first()? * factor(theirs) / their_time.1;
    close(mine_per, theirs_per).then(|| {
        (
            format!(
                "{} is {} in another time",
                shown(line, at),
                shown(of, place)
            ),
            words,
        )
    })
}

/// Whether both numbers are said of a time, and not of the same: "a week", "a year".
pub(super) fn other_period(line: &Reading, at: usize, of: &Reading, place: usize) -> bool {
    match (period(line, at), period(of, place)) {
        (Some((mine, _)), Some((theirs, _))) => mine != theirs,
        _ => false,
    }
}

/// The time that a number is said of: "per month", "a year", "daily"; and the words that say so.
pub(super) fn period(reading: &Reading, at: usize) -> Option<((String, f64), Vec<usize>)> {
    let clause = reading.clause[at];
    let inside = |token: &usize| *token < reading.tokens.len() && reading.clause[*token] == clause;
    let behind = (at + 1..at + 8)
        .take_while(inside)
        .take_while(|token| reading.tokens[*token].number().is_none());
    for token in behind.chain((at.saturating_sub(2)..at).filter(inside)) {
        let adverb = match reading.tokens[token].word.as_str() {
            "daily" => Some(("time", 86400.0)),
            "hourly" => Some(("time", 3600.0)),
            "weekly" => Some(("time", 604_800.0)),
            "monthly" => Some(("calendar", 1.0)),
            "quarterly" => Some(("calendar", 3.0)),
            "annual" | "annually" | "yearly" => Some(("calendar", 12.0)),
            _ => None,
        };
        if let Some((dimension, factor)) = adverb {
            return Some(((dimension.to_owned(), factor), vec![token]));
        }
        let per = matches!(
            reading.tokens[token].word.as_str(),
            "per" | "a" | "an" | "each" | "every"
        );
        let unit = reading
            .tokens
            .get(token + 1)
            .and_then(|next| english().unit(&next.word));
        if let (true, Some(unit)) = (per, unit)
            && matches!(unit.dimension.as_str(), "time" | "calendar")
        {
            return Some((
                (unit.dimension.clone(), unit.factor),
                vec![token, token + 1],
            ));
        }
    }
    None
}

/// What the words before a number make of it: the name of their kind.
pub(crate) fn hedge_before(line: &Reading, at: usize) -> Option<&'static str> {
    let skip = usize::from(at > 0 && line.tokens[at - 1].kind == Kind::PartOfNumber);
    let point = usize::from(at > skip && line.tokens[at - skip - 1].is_mark(&['.']));
    let end = at - skip - point;
    // The longest that is known: "just under" is no "under".
    let before = (1..=4).rev().find_map(|count| {
        let words = &line.tokens[end.checked_sub(count)?..end];
        let words: Vec<&str> = words.iter().map(|token| token.word.as_str()).collect();
        english().bound(&words.join(" "))
    });
    let after = line.tokens[at + 1..]
        .iter()
        .find(|token| token.kind != Kind::PartOfNumber)
        .map_or("", |token| token.word.as_str());
    before.or((after == "+").then_some("over"))
}

/// A round number with a word that says so.
pub(super) fn rounded(
    line: &Reading,
    at: usize,
    mine: &Number,
    of: &Reading,
    place: usize,
    theirs: &Number,
) -> Option<String> {
    let hedge = hedge_before(line, at)?;
    let factors = match (&mine.unit, &theirs.unit) {
        (None, None) => (1.0, 1.0),
        (Some(mine), Some(theirs)) if mine.dimension == theirs.dimension => {
            (mine.factor, theirs.factor)
        }
        _ => return None,
    };
    let value = mine.values.first()? * factors.0;
    let truth = theirs.values.first()? * factors.1;
    let bounded = hedge_before(of, place);
    let fits = match hedge {
        "about" => {
            bounded.is_none_or(|hedge| hedge == "about") && (value - truth).abs() <= ABOUT * truth
        }
        "over" | "at least" => {
            matches!(bounded, None | Some("over" | "at least"))
                && value < truth
                && value >= NEAR * truth
        }
        "nearly" => bounded.is_none() && value > truth && truth >= 0.95 * value,
        "under" => {
            matches!(bounded, None | Some("under")) && value > truth && truth >= NEAR * value
        }
        _ => false,
    };
    fits.then(|| format!("{hedge} {} for {}", shown(line, at), shown(of, place)))
}

/// Whether one hedge of a number takes back at least as much as another.
pub(crate) fn as_weak(evidence: &str, line: &str) -> bool {
    // Of one kind they are one group of the lists; these are the steps between groups.
    matches!(
        (english().bound(evidence), english().bound(line)),
        (Some("nearly"), Some("about"))
            | (Some("over"), Some("at least"))
            | (Some("under"), Some("up to"))
    )
}
