//! Who did a thing in a clause of its own, and what others did, or was done to the person.

use super::super::align::Link;
use super::super::english::Form;
use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::others::determines;
use super::{Case, Code};

impl Case<'_> {
    /// "a payment that the supplier paid back" became "a payment that the client paid back".
    pub(super) fn doer_changed(&self) -> Option<(Code, String)> {
        let line = self.line;
        for doer in 0..line.tokens.len() {
            // "users acquired in May" were acquired; "which the client paid back" tells who paid.
            let tells = line
                .in_clause(line.clause[doer])
                .take_while(|token| *token < doer)
                .any(|token| {
                    matches!(
                        line.tokens[token].word.as_str(),
                        "which" | "that" | "who" | "whom" | "the" | "a" | "an"
                    )
                });
            if !tells || !self.acts(line, doer) {
                continue;
            }
            let Some(verb) = self.deed_behind(line, doer) else {
                continue;
            };
            let mut told = self.found[verb]
                .iter()
                .filter(|link| link.exact && !self.sources[link.source].header)
                .peekable();
            let another = told.peek().is_some()
                && told.all(|link| {
                    let of = &self.sources[link.source].reading;
                    let theirs = (0..link.token)
                        .rev()
                        .take_while(|at| of.clause[*at] == of.clause[link.token])
                        .find(|at| of.content[*at]);
                    theirs.is_some_and(|theirs| {
                        self.acts(of, theirs)
                            && self.deed_behind(of, theirs) == Some(link.token)
                            && !self.found[doer].iter().any(|other| {
                                other.source == link.source
                                    && (other.token..=other.last).contains(&theirs)
                            })
                    })
                });
            if another {
                let reason = format!(
                    "“{}” did not do that in the evidence",
                    line.tokens[doer].surface
                );
                return Some((Code::Relation, reason));
            }
        }
        None
    }

    /// "was given guidance by a chef" became "gave guidance": what was done to the person is no deed of theirs.
    pub(super) fn suffered(&self) -> Option<(Code, String)> {
        let line = self.line;
        let passive = |word: &str| {
            matches!(
                word,
                "was" | "were" | "been" | "being" | "got" | "be" | "is" | "are"
            )
        };
        (0..line.tokens.len()).find_map(|at| {
            let link = self.links[at]
                .filter(|link| line.content[at] && !self.sources[link.source].header)?;
            let of = &self.sources[link.source].reading;
            let opens = line
                .in_clause(line.clause[at])
                .find(|token| line.tokens[*token].kind == Kind::Word)
                == Some(at);
            let active = opens
                && !self.book.verb_forms(&line.tokens[at].word).is_empty()
                // "Invited to join a panel" leaves out the "was".
                && line.tokens.get(at + 1).is_some_and(|next| {
                    line.content[at + 1] || matches!(next.word.as_str(), "the" | "a" | "an")
                });
            let first = of
                .in_clause(of.clause[link.token])
                .find(|token| of.tokens[*token].kind == Kind::Word)?;
            let done_to_me = passive(&of.tokens[first].word)
                && link.token > first
                && link.token - first <= 2
                && self.is_verb_like(of, link.token);
            (active && done_to_me).then(|| {
                let reason = format!(
                    "“{}” was done to the person in the evidence",
                    line.tokens[at].surface
                );
                (Code::Relation, reason)
            })
        })
    }

    fn acts(&self, reading: &Reading, at: usize) -> bool {
        reading.tokens[at].kind == Kind::Word
            && reading.content[at]
            && reading.governor[at] == Relation::None
            && self.book.is_person(&reading.tokens[at].word)
    }

    /// The verb right behind a word.
    fn deed_behind(&self, reading: &Reading, at: usize) -> Option<usize> {
        (at + 1..reading.tokens.len())
            .take_while(|token| {
                reading.clause[*token] == reading.clause[at]
                    && reading.tokens[*token].kind == Kind::Word
            })
            .find(|token| reading.content[*token])
            .filter(|token| self.is_finite(reading, *token))
    }

    /// "wrote the episodes; a friend composed the music" became "wrote the episodes, including the music":
    /// what another did is no part of what the person did.
    pub(super) fn work_of_another(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let link = self.links[at].filter(|link| {
                line.content[at]
                    && line.tokens[at].kind == Kind::Word
                    && !self.sources[link.source].header
            })?;
            let told = |other: &Link| {
                let of = &self.sources[other.source].reading;
                let first = of
                    .in_clause(of.clause[other.token])
                    .find(|token| of.content[*token])?;
                let verb = (self.acts(of, first) && other.token > first)
                    .then(|| self.deed_behind(of, first))
                    .flatten()?;
                let named = [first, verb]
                    .iter()
                    .any(|token| self.links_to(other.source, *token).next().is_some());
                (other.token > verb && !named && other.source == link.source)
                    .then_some((first, verb))
            };
            if !self.found[at].iter().all(|other| told(other).is_some()) {
                return None;
            }
            let (doer, verb) = told(&link)?;
            // A verb of the line that another clause of the same statement has.
            let of = &self.sources[link.source].reading;
            let taken = line.in_clause(line.clause[at]).any(|token| {
                token < at
                    && self.links[token].is_some_and(|other| {
                        other.source == link.source
                            && of.clause[other.token] != of.clause[verb]
                            && line.content[token]
                            && !self.book.verb_forms(&line.tokens[token].word).is_empty()
                    })
            });
            taken.then(|| {
                let reason = format!(
                    "“{}” is what “{}” did in the evidence",
                    line.tokens[at].surface, of.tokens[doer].surface
                );
                (Code::Relation, reason)
            })
        })
    }

    /// "introduced it for walls; piers are still drawn by hand" became "for walls and piers": what has a
    /// verb of its own in the evidence is joined to another.
    pub(super) fn joined_from_another(&self) -> Option<(Code, String)> {
        let line = self.line;
        (1..line.tokens.len()).find_map(|joint| {
            let joins = matches!(
                line.tokens[joint].word.as_str(),
                "and" | "or" | "including" | "plus"
            );
            // "the service in Go, the ledger, and the jobs"
            let row = line.tokens[joint].is_mark(&[','])
                && line
                    .tokens
                    .get(joint + 1)
                    .is_some_and(|next| determines(&next.word));
            let joins = joins || row;
            let at = (joint + 1..line.tokens.len())
                .take(4)
                .find(|token| line.content[*token])
                .filter(|at| {
                    joins && line.tokens[*at].kind == Kind::Word && self.names_a_thing(line, *at)
                })?;
            let very = self.found[at].iter().find(|link| link.exact).copied();
            let link = very
                .or(self.links[at])
                .filter(|link| !self.sources[link.source].header)?;
            let of = &self.sources[link.source].reading;
            let clause = of.clause[link.token];
            let before = (0..joint)
                .rev()
                .filter(|token| line.content[*token] && line.tokens[*token].kind == Kind::Word)
                .find_map(|token| self.links[token])
                .filter(|other| other.source == link.source)?;
            let told = of.clause[before.token];
            let verb = of.in_clause(clause).find(|token| {
                let (from, to) = (link.token.min(*token), link.token.max(*token));
                // "the ledger belongs to another team"
                let present = self
                    .book
                    .verb_forms(&of.tokens[*token].word)
                    .contains(&Form::Third)
                    && !self.book.is_noun(&of.tokens[*token].word);
                (self.is_finite(of, *token) || present)
                    && !of.tokens[from..to]
                        .iter()
                        .any(|between| between.is_mark(&['-', '–', '—', '•']))
            })?;
            let verbs_told = of.in_clause(clause).any(|token| {
                of.content[token]
                    && !self.book.verb_forms(&of.tokens[token].word).is_empty()
                    && !self.book.is_noun(&of.tokens[token].word)
                    && self.links_to(link.source, token).next().is_some()
            });
            let alone = self
                .surest(at)
                .all(|other| other.source == link.source && of.clause[other.token] == clause);
            let deed = line.tokens[..joint].iter().enumerate().any(|(token, _)| {
                self.links[token].is_some_and(|other| {
                    other.source == link.source
                        && of.clause[other.token] == told
                        && of.in_clause(told).find(|first| of.content[*first]) == Some(other.token)
                })
            });
            let relative = of
                .in_clause(clause)
                .find(|token| of.tokens[*token].kind == Kind::Word)
                .is_some_and(|first| {
                    matches!(of.tokens[first].word.as_str(), "which" | "that" | "who")
                });
            (told < clause && alone && deed && !verbs_told && !relative && verb != link.token).then(
                || {
                    let reason = format!(
                        "“{}” has no part in that in the evidence",
                        line.tokens[at].surface
                    );
                    (Code::Grown, reason)
                },
            )
        })
    }

    fn names_a_thing(&self, reading: &Reading, at: usize) -> bool {
        let word = &reading.tokens[at].word;
        self.book.is_noun(word) && !self.is_verb_like(reading, at)
            || self.book.verb_forms(word).is_empty()
    }
}
