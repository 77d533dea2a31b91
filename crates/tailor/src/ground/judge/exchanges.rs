//! The same relation by another preposition: what is compared, exchanged, or measured in a compound.

use super::super::align::Link;
use super::super::reading::{Reading, Relation};
use super::Case;

/// Verbs of which "with" and "against" say the same.
const COMPARES: [&str; 7] = [
    "compare",
    "check",
    "match",
    "reconcile",
    "verify",
    "benchmark",
    "test",
];

impl Case<'_> {
    /// Whether two prepositions say the same there, though they are opposed elsewhere.
    pub(super) fn told_otherwise(&self, at: usize, link: Link) -> bool {
        let line = self.line;
        let of = &self.sources[link.source].reading;
        let (mine, theirs) = (line.governor[at], of.governor[link.token]);
        // "compared with the list" for "checked against the list".
        let compared = matches!(
            (mine, theirs),
            (Relation::With, Relation::Against) | (Relation::Against, Relation::With)
        ) && line.in_clause(line.clause[at]).any(|token| {
            let mut keys = line.keys(token).iter();
            keys.any(|key| COMPARES.contains(&key.as_str()))
        });
        // "a 12-classroom school" for "a school with 12 classrooms".
        let sized = theirs == Relation::With && compound(line, at)
            || mine == Relation::With && compound(of, link.token);
        // "swapped gas boilers for heat pumps" for "replaced them with heat pumps".
        let swapped = matches!(
            (mine, theirs),
            (Relation::For, Relation::With) | (Relation::With, Relation::For)
        ) && swaps(line, at, mine)
            && swaps(of, link.token, theirs);
        compared || sized || swapped
    }

    /// "replaced boilers with pumps" became "swapped pumps for boilers".
    pub(super) fn exchanged(&self, at: usize, link: Link) -> bool {
        let line = self.line;
        let of = &self.sources[link.source].reading;
        let (mine, theirs) = (line.governor[at], of.governor[link.token]);
        let brings = |reading: &Reading, at: usize, relation: Relation| {
            matches!(relation, Relation::For | Relation::With) && swaps(reading, at, relation)
        };
        mine == Relation::None && brings(of, link.token, theirs) && came_first(line, at)
            || theirs == Relation::None && brings(line, at, mine) && came_first(of, link.token)
    }
}

/// Whether a word is part of a compound with a hyphen.
fn compound(reading: &Reading, at: usize) -> bool {
    let next = reading.tokens.get(at + 1);
    reading.tokens[at].joined || next.is_some_and(|next| next.is_mark(&['-']))
}

/// Verbs that put one thing in the place of another, by the preposition before what comes in.
fn verbs(relation: Relation) -> (&'static [&'static str], &'static str) {
    match relation {
        Relation::For => (&["swap", "exchange", "trade"], "for"),
        _ => (&["replace", "swap", "substitute"], "with"),
    }
}

/// Whether such a verb stands before a word, with its preposition between them or without.
fn exchanges(reading: &Reading, at: usize, relation: Relation, between: bool) -> bool {
    let (verbs, preposition) = verbs(relation);
    reading.in_clause(reading.clause[at]).any(|token| {
        let tells = reading
            .keys(token)
            .iter()
            .any(|key| verbs.contains(&key.as_str()));
        token < at
            && tells
            && reading.tokens[token..at]
                .iter()
                .any(|token| token.word == preposition)
                == between
    })
}

/// Whether a word stands for what comes in: "swap one for another", "replace one with another".
fn swaps(reading: &Reading, at: usize, relation: Relation) -> bool {
    exchanges(reading, at, relation, true)
}

/// Whether a word is what such a verb takes out: its object.
fn came_first(reading: &Reading, at: usize) -> bool {
    exchanges(reading, at, Relation::For, false) || exchanges(reading, at, Relation::With, false)
}
