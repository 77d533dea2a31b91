//! Words that take part of a claim back: not, about, helped, planned, a draft, junior.

use std::collections::BTreeSet;

use super::english::Form;
use super::reading::{Reading, Term};
use super::token::Kind;
use super::wordbook::{Role, Wordbook};

/// The words of a reading that take back part of a claim: a place, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Limiter {
    /// Its tokens.
    pub first: usize,
    pub last: usize,
    /// What it takes back.
    pub kind: Limit,
    /// The key under which it is known.
    pub key: String,
}

/// What a limiter takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Limit {
    /// All of it.
    Negation,
    /// The exactness of the number behind it.
    Number,
    /// That the person did it, or it was done: helped, tried, planned.
    Deed,
    /// That it is the whole thing: draft, pilot, partly.
    Whole,
    /// The rank of a title: junior, assistant.
    Title,
}

/// Limiters in the order of the text.
pub(crate) fn limiters(reading: &Reading, book: &Wordbook) -> Vec<Limiter> {
    let mut found: Vec<Limiter> = Vec::new();
    let mut spans: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut terms: Vec<&Term> = reading.terms.iter().collect();
    terms.sort_by_key(|term| std::cmp::Reverse(term.last - term.first));
    for term in terms {
        if spans
            .iter()
            .any(|(first, last)| *first <= term.first && term.last <= *last)
        {
            continue;
        }
        let Some((kind, key)) = term
            .keys
            .iter()
            .find_map(|key| Some((limit(reading, term, key, book)?, key)))
        else {
            continue;
        };
        spans.insert((term.first, term.last));
        found.push(Limiter {
            first: term.first,
            last: term.last,
            kind,
            key: key.clone(),
        });
    }
    found.sort_by_key(|limiter| limiter.first);
    found
}

fn limit(reading: &Reading, term: &Term, key: &str, book: &Wordbook) -> Option<Limit> {
    if book.role(key) == Some(Role::Negation) {
        let not_only = reading.tokens.get(term.last + 1).is_some_and(|next| {
            matches!(
                next.word.as_str(),
                "only" | "just" | "merely" | "simply" | "solely"
            )
        });
        return (!not_only).then_some(Limit::Negation);
    }
    // "not merely competitive" takes nothing back.
    let merely = matches!(key, "only" | "merely" | "just" | "simply" | "solely")
        && term.first > 0
        && reading.tokens[term.first - 1].word == "not";
    if merely {
        return None;
    }
    let next = reading.tokens.get(term.last + 1);
    // "approx. GBP 19k": the point belongs to the word.
    let point = usize::from(next.is_some_and(|next| next.is_mark(&['.'])));
    let before_number = (1..=2).any(|step| {
        reading
            .tokens
            .get(term.last + point + step)
            .is_some_and(|next| next.counts() || (step == 1 && next.kind == Kind::PartOfNumber))
    });
    // "the sale in May"
    let month = reading.tokens[term.first].surface == "May" && term.first > 0;
    if let Some(limit) = book.hedge(key).filter(|_| !month) {
        // "Planned daily routes": the planning is the deed.
        let verb = opens_clause(reading, term)
            && term.first == term.last
            && book
                .verb_forms(&reading.tokens[term.first].word)
                .contains(&Form::Past);
        // But "Shortlisted, Award of the Year" tells of no shortlisting.
        let deed = next.is_some_and(|next| {
            next.kind != Kind::Mark(',')
                && !matches!(next.kind, Kind::Mark(_))
                && !matches!(next.word.as_str(), "to" | "for" | "as" | "in" | "by" | "at")
        });
        if verb && limit == Limit::Whole && deed {
            return None;
        }
        let number = before_number && !lasts(reading, term);
        return (limit != Limit::Number || number).then_some(limit);
    }
    // A helping verb takes back only what comes behind it, and only as what was done: "supporting"
    // in the middle of a clause is said of things.
    let helping = opens_clause(reading, term)
        && book
            .rank(std::slice::from_ref(&key.to_owned()))
            .is_some_and(|rank| rank <= 2);
    (helping && next.is_some() && !book.verb_forms(&reading.tokens[term.first].word).is_empty())
        .then_some(Limit::Deed)
}

/// "€312,000 over three years", "built over two weekends": how long it went on, not more than so long.
fn lasts(reading: &Reading, term: &Term) -> bool {
    let over = term.first == term.last && reading.tokens[term.first].word == "over";
    let time = reading.tokens.get(term.last + 1).is_some_and(|next| {
        next.number()
            .and_then(|number| number.unit.as_ref())
            .is_some_and(|unit| matches!(unit.dimension.as_str(), "time" | "calendar"))
    });
    let amount = (term.first.saturating_sub(3)..term.first).any(|at| {
        reading.clause[at] == reading.clause[term.first]
            && (reading.tokens[at].is_figure() || reading.tokens[at].kind == Kind::PartOfNumber)
    });
    let spelled = reading
        .tokens
        .get(term.last + 1)
        .and_then(|next| next.number())
        .is_some_and(|number| number.spelled);
    let occasions = reading.tokens.get(term.last + 2).is_some_and(|next| {
        matches!(
            next.word.as_str(),
            "weekends"
                | "summers"
                | "winters"
                | "seasons"
                | "evenings"
                | "mornings"
                | "afternoons"
                | "nights"
                | "terms"
                | "semesters"
                | "lessons"
                | "sessions"
                | "phases"
                | "stages"
        )
    });
    over && (time && (amount || spelled) || occasions)
}

fn opens_clause(reading: &Reading, term: &Term) -> bool {
    let clause = reading.clause[term.first];
    reading
        .in_clause(clause)
        .find(|at| reading.content[*at])
        .is_none_or(|first| first >= term.first)
}
