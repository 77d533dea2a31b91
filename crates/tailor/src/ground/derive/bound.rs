//! Whether a number counts what it counts in the evidence.

use super::super::align::{Link, Source};
use super::super::reading::{Reading, Relation};
use super::super::token::Number;
use super::ratios::part_and_whole;
use super::unit_word;

/// "four consecutive quarters": the measure stands further off on one of the sides.
pub(super) fn measured_apart(
    line: &Reading,
    at: usize,
    mine: &Number,
    of: &Reading,
    place: usize,
    theirs: &Number,
) -> bool {
    if mine.unit.is_some() == theirs.unit.is_some()
        || !mine
            .values
            .iter()
            .any(|value| theirs.values.contains(value))
    {
        return false;
    }
    let counted = |reading: &Reading, number: usize| -> Vec<String> {
        (0..reading.tokens.len())
            .filter(|token| reading.counted_by[*token] == Some(number))
            .map(|token| reading.tokens[token].word.clone())
            .collect()
    };
    if mine.unit.is_some() {
        counted(of, place).contains(&unit_word(line, at))
    } else {
        counted(line, at).contains(&unit_word(of, place))
    }
}

/// Whether a number counts what it counts in the evidence.
pub(super) fn bound(
    line: &Reading,
    at: usize,
    source: &Source,
    link: Link,
    found: &[Vec<Link>],
) -> bool {
    let of = &source.reading;
    if same_share(line, at, of, link.token) {
        return true;
    }
    let mine: Vec<usize> = (0..line.tokens.len())
        .filter(|token| line.counted_by[*token] == Some(at))
        .collect();
    let counts = |number: usize| -> Vec<usize> {
        (0..of.tokens.len())
            .filter(|token| of.counted_by[*token] == Some(number))
            .collect()
    };
    let mut theirs = counts(link.token);
    // "between 30 and 45 calls": both count calls.
    if theirs.is_empty() {
        let joins = of.tokens.get(link.token + 1).is_some_and(|next| {
            next.is_mark(&['-', '–']) || matches!(next.word.as_str(), "to" | "and" | "or")
        });
        if joins
            && of
                .tokens
                .get(link.token + 2)
                .is_some_and(|next| next.number().is_some())
        {
            theirs = counts(link.token + 2);
        }
    }
    let links = |token: usize| {
        found[token]
            .iter()
            .filter(move |other| other.source == link.source)
            .map(|other| other.token)
    };
    // What it counts here is counted by no other number there.
    // "three-hour workshops": a measure before a noun counts nothing.
    let describes = line.tokens[at]
        .number()
        .is_some_and(|number| number.unit.is_some())
        && line.tokens.get(at + 1).is_some_and(|next| next.word == "-");
    for token in mine.iter().filter(|_| !describes) {
        let mut owners = links(*token).map(|other| of.counted_by[other]).peekable();
        let high = link.token + 2;
        let range = counts(link.token).is_empty() && theirs == counts(high);
        if owners.peek().is_some()
            && owners.all(|owner| {
                owner.is_some_and(|owner| owner != link.token && !(range && owner == high))
            })
        {
            return false;
        }
    }
    let clause = line.clause[at];
    if !theirs.is_empty() {
        let pool: Vec<usize> = if mine.is_empty() {
            line.in_clause(clause)
                .filter(|token| *token != at)
                .collect()
        } else {
            mine.clone()
        };
        if pool
            .iter()
            .any(|token| links(*token).any(|other| theirs.contains(&other)))
        {
            return true;
        }
        // Said in other words on both sides: only when nothing else is counted there, "from five
        // candidates" and "out of five".
        let once = of.tokens.iter().filter(|token| token.is_figure()).count() == 1;
        let told: Vec<bool> = line
            .in_clause(clause)
            .filter(|token| *token != at && line.content[*token])
            .map(|token| links(token).any(|other| of.clause[other] == of.clause[link.token]))
            .collect();
        let most = told.iter().filter(|answered| **answered).count() * 4 >= told.len() * 3;
        return once
            && most
            && mine.is_empty()
            && line.tokens[at]
                .number()
                .is_some_and(|number| number.unit.is_none());
    }
    let near = |reading: &Reading, place: usize| -> Vec<usize> {
        let clause = reading.clause[place];
        let back = (0..place)
            .rev()
            .take_while(|token| {
                reading.clause[*token] == clause && reading.tokens[*token].number().is_none()
            })
            .filter(|token| reading.content[*token])
            .take(4);
        let ahead = (place + 1..reading.tokens.len())
            .take_while(|token| {
                reading.clause[*token] == clause && reading.tokens[*token].number().is_none()
            })
            .filter(|token| reading.content[*token])
            .take(3);
        back.chain(ahead).collect()
    };
    let around = near(of, link.token);
    if around.is_empty() {
        return true;
    }
    let alone = of
        .in_clause(of.clause[link.token])
        .filter(|token| of.tokens[*token].number().is_some())
        .count()
        == 1;
    let mine_around: Vec<usize> = if alone {
        line.in_clause(clause).collect()
    } else {
        near(line, at)
    };
    if mine_around
        .iter()
        .any(|token| links(*token).any(|other| around.contains(&other)))
    {
        return true;
    }
    // "from 5 days to 36 hours": two numbers beside each other share what they measure.
    let pair = |reading: &Reading, place: usize| {
        matches!(reading.governor[place], Relation::From | Relation::To)
    };
    pair(line, at) && pair(of, link.token) && line.governor[at] == of.governor[link.token]
}

/// "(33 of 40)": both numbers, as part and whole, as the evidence has them.
fn same_share(line: &Reading, at: usize, of: &Reading, place: usize) -> bool {
    let values = |reading: &Reading, at: usize| {
        reading.tokens[at]
            .number()
            .filter(|number| number.unit.is_none())
            .and_then(|number| number.values.first().copied())
    };
    let pairs = |reading: &Reading, number: usize| -> Vec<(usize, usize)> {
        let near: Vec<usize> = (number.saturating_sub(6)..reading.tokens.len().min(number + 7))
            .filter(|token| reading.tokens[*token].number().is_some())
            .collect();
        near.windows(2)
            .filter(|pair| pair.contains(&number))
            .filter_map(|pair| part_and_whole(reading, pair[0], pair[1]))
            .collect()
    };
    pairs(line, at).iter().any(|mine| {
        pairs(of, place).iter().any(|theirs| {
            values(line, mine.0).is_some()
                && values(line, mine.0) == values(of, theirs.0)
                && values(line, mine.1).is_some()
                && values(line, mine.1) == values(of, theirs.1)
                && (mine.0 == at) == (theirs.0 == place)
        })
    })
}

/// "one X" where the evidence has a single X.
pub(super) fn single(
    line: &Reading,
    at: usize,
    sources: &[Source],
    found: &[Vec<Link>],
) -> Option<Link> {
    (0..line.tokens.len())
        .filter(|token| line.counted_by[*token] == Some(at))
        .find_map(|token| {
            found[token].iter().copied().find(|link| {
                let of = &sources[link.source].reading;
                let theirs = &of.tokens[link.token];
                of.counted_by[link.token].is_none()
                    && (!theirs.word.ends_with('s') || theirs.word.ends_with("ss"))
            })
        })
}
