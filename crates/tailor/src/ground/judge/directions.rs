//! Words beside a figure for what the evidence says by a verb, a place or a date: "25% less", "two weeks
//! early", "summer of 2023".

use career::PartialDate;

use super::super::align::Link;
use super::super::derive;
use super::super::reading::Relation;
use super::super::token::Kind;
use super::super::wordbook::Role;
use super::Case;

impl Case<'_> {
    /// "ahead" and "early" behind a time for "before": `binding` sees to the side.
    pub(super) fn is_offset(&self, at: usize) -> bool {
        let keys = [self.line.tokens[at].word.clone()];
        let side = self.book.goes("[early]", &keys) || self.book.goes("[late]", &keys);
        let before = (0..at)
            .rev()
            .find(|token| self.line.tokens[*token].kind != Kind::PartOfNumber);
        side && before.is_some_and(|number| {
            self.links[number].is_some_and(|link| {
                let of = &self.sources[link.source].reading;
                let next = of.tokens[link.token + 1..]
                    .iter()
                    .find(|token| token.kind != Kind::PartOfNumber);
                self.line.tokens[number].number().is_some()
                    && next.is_some_and(|next| {
                        let key = [next.word.clone()];
                        self.book.goes("[early]", &key) || self.book.goes("[late]", &key)
                    })
            })
        })
    }

    /// Which way the figures of a clause of the evidence went: "from 6.5 to 5.2".
    pub(super) fn went(&self, link: Link) -> Option<bool> {
        let of = &self.sources[link.source].reading;
        let figure = |relation: Relation| {
            of.in_clause(of.clause[link.token])
                .filter(|at| of.governor[*at] == relation)
                .filter_map(|at| of.tokens[at].number())
                .find(|number| number.date.is_none())
                .and_then(|number| number.values.first().copied())
        };
        if let (Some(from), Some(to)) = (figure(Relation::From), figure(Relation::To)) {
            return Some(to < from);
        }
        let figures: Vec<usize> = of
            .in_clause(of.clause[link.token])
            .filter(|at| of.tokens[*at].is_figure())
            .collect();
        let [one, other] = figures.as_slice() else {
            return None;
        };
        let value = |at: usize| of.tokens[at].number()?.values.first().copied();
        derive::went_from_to(of, *one, *other)
            .then(|| Some(value(*other)? < value(*one)?))
            .flatten()
    }

    /// "cycle time fell by 20%" for "cycle time went from 6.5 to 5.2 hours".
    pub(super) fn went_by_itself(&self, at: usize) -> bool {
        let line = self.line;
        let clause = line.clause[at];
        let says = |section: &str| {
            line.covering(at)
                .any(|term| self.book.goes(section, &term.keys))
        };
        let (sinks, climbs) = (says("[sinks]"), says("[climbs]"));
        let opens = line.in_clause(clause).find(|token| line.content[*token]) == Some(at);
        (sinks || climbs)
            && !opens
            && line
                .in_clause(clause)
                .filter(|token| line.tokens[*token].number().is_some() && token.abs_diff(at) <= 5)
                .filter_map(|token| self.links[token])
                .any(|link| self.went(link) == Some(sinks) && sinks != climbs)
    }

    /// "added 1,800 subscribers" for "grew the list from 1,200 to 3,000".
    pub(super) fn added(&self, at: usize) -> bool {
        let line = self.line;
        let says = |section: &str| {
            line.covering(at)
                .any(|term| self.book.goes(section, &term.keys))
        };
        let (adds, takes) = (says("[adds]"), says("[takes-off]"));
        let number = (at + 1..line.tokens.len())
            .take(3)
            .find(|token| self.derived_at.contains(token));
        let Some(link) = number.and_then(|number| self.links[number]) else {
            return false;
        };
        let of = &self.sources[link.source].reading;
        let first = of
            .in_clause(of.clause[link.token])
            .find(|token| of.content[*token]);
        // Somebody did it there too.
        let told = first.is_some_and(|first| {
            self.book.goes("[rises]", of.keys(first)) || self.book.goes("[falls]", of.keys(first))
        });
        (adds || takes) && told && self.went(link) == Some(takes)
    }

    /// "25% less": the word beside a number for what the evidence says by a verb, "reduced by 25%".
    pub(super) fn is_direction(&self, at: usize) -> bool {
        let line = self.line;
        let keys = line.keys(at);
        // "25% of its original level"
        let base = self.book.goes("[base]", keys)
            && self.derived_at.iter().any(|number| {
                *number < at && at - number <= 6 && line.clause[*number] == line.clause[at]
            });
        if base || self.is_offset(at) || self.went_by_itself(at) || self.added(at) {
            return true;
        }
        let (less, more, fast) = (
            self.book.goes("[less]", keys),
            self.book.goes("[more]", keys),
            self.book.goes("[fast]", keys)
                || line
                    .covering(at)
                    .any(|term| self.book.goes("[speeds]", &term.keys)),
        );
        if !(less || more || fast) {
            return false;
        }
        let clause = line.clause[at];
        // "a reduction of 5%", "5% less": no "reduced it by 5%".
        let told = !self.book.verb_forms(&line.tokens[at].word).is_empty();
        let before = at.checked_sub(1).map(|before| &line.tokens[before]);
        let noun = before.is_some_and(|before| {
            matches!(before.kind, Kind::PartOfNumber | Kind::Number(_))
                || self.book.role(&before.word) == Some(Role::Plain)
        });
        if told && !noun && !fast {
            return false;
        }
        let near = |number: &usize| number.abs_diff(at) <= 5;
        let numbers = line
            .in_clause(clause)
            .filter(|token| line.tokens[*token].number().is_some())
            .filter(near);
        numbers.filter_map(|token| self.links[token]).any(|link| {
            let of = &self.sources[link.source].reading;
            let there = of.clause[link.token];
            let says = |section: &str| {
                of.terms.iter().any(|term| {
                    of.clause[term.first] == there && self.book.goes(section, &term.keys)
                })
            };
            let time = || {
                says("[time]")
                    || of.in_clause(there).any(|token| {
                        of.tokens[token].number().is_some_and(|number| {
                            number
                                .unit
                                .as_ref()
                                .is_some_and(|unit| unit.dimension == "time")
                        })
                    })
            };
            (less && says("[falls]") && !says("[rises]"))
                || (more && says("[rises]") && !says("[falls]"))
                || (fast && (says("[speeds]") || (says("[falls]") && time())))
        })
    }

    /// "across 3 blocks" for "in three blocks": a place or time that the evidence has with another
    /// preposition, where it counts them.
    pub(super) fn is_spread(&self, at: usize) -> bool {
        let line = self.line;
        if !matches!(line.tokens[at].word.as_str(), "across" | "throughout") {
            return false;
        }
        let number = line
            .tokens
            .get(at + 1)
            .is_some_and(|next| next.number().is_some());
        // "throughout 2020" is all of it, "in 2020" some day of it.
        let dated = line.tokens.get(at + 1).is_some_and(|next| {
            next.number().is_some_and(|number| {
                number.date.is_some()
                    || number
                        .unit
                        .as_ref()
                        .is_some_and(|unit| matches!(unit.dimension.as_str(), "time" | "calendar"))
            })
        });
        if dated && line.tokens[at].word == "throughout" {
            return false;
        }
        let next = (at + 1..line.tokens.len()).find(|token| line.content[*token]);
        let Some((next, link)) = next.and_then(|next| Some((next, self.links[next]?))) else {
            return false;
        };
        let of = &self.sources[link.source].reading;
        let word = &of.tokens[link.token].word;
        let several =
            number || self.book.singular(&line.tokens[next].word) != line.tokens[next].word;
        let same = self.book.singular(word) != *word || number;
        several
            && same
            && of.governor[link.token] == Relation::In
            && !self.sources[link.source].header
    }

    /// "summer of 2023" of what began and ended in it.
    pub(super) fn is_season(&self, at: usize) -> bool {
        let (from, to) = match self.line.tokens[at].word.as_str() {
            "spring" => (3, 6),
            "summer" => (5, 9),
            "autumn" | "fall" => (9, 12),
            _ => return false,
        };
        let inside = |date: Option<PartialDate>| {
            date.and_then(|date| date.month)
                .is_some_and(|month| (from..=to).contains(&month))
        };
        let same_year =
            self.support.start.map(|date| date.year) == self.support.end.map(|date| date.year);
        inside(self.support.start) && inside(self.support.end) && same_year
    }
}
