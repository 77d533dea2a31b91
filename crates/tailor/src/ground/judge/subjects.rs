//! What is said of a thing is said of that thing: predicates, changes, complements, prefixes.

use super::super::align::Link;
use super::super::english::Form;
use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::{Case, Code};

fn is_being(word: &str) -> bool {
    matches!(
        word,
        "is" | "are" | "was" | "were" | "been" | "being" | "be" | "got" | "has" | "have" | "had"
    )
}

impl Case<'_> {
    /// "benchmarks exist for amd64; ARM is untested" became "ARM is benchmarked": what is said of a
    /// subject comes from where the evidence speaks of that subject.
    pub(super) fn predicate_of_another(&self) -> Option<(Code, String)> {
        let line = self.line;
        (2..line.tokens.len()).find_map(|verb| {
            let told = line.content[verb]
                && is_being(&line.tokens[verb - 1].word)
                && self
                    .book
                    .verb_forms(&line.tokens[verb].word)
                    .contains(&Form::Past);
            let subject = (0..verb - 1)
                .rev()
                .take_while(|at| line.clause[*at] == line.clause[verb])
                .find(|at| line.content[*at] && line.tokens[*at].kind == Kind::Word)
                .filter(|_| told)?;
            let mut theirs = self.surest(subject).peekable();
            theirs.peek()?;
            let places: Vec<&Link> = theirs.collect();
            let apart = !self.found[verb].is_empty()
                && self.found[verb].iter().all(|deed| {
                    !self.sources[deed.source].header
                        && places.iter().all(|place| {
                            let of = &self.sources[place.source].reading;
                            place.source != deed.source
                                || of.clause[place.token] != of.clause[deed.token]
                        })
                });
            // There the subject has something else said of it.
            let another = places.iter().all(|place| {
                let of = &self.sources[place.source].reading;
                place.exact
                    && !self.sources[place.source].header
                    && of
                        .in_clause(of.clause[place.token])
                        .find(|at| of.content[*at])
                        == Some(place.token)
            });
            (apart && another && !self.found[verb].iter().any(|link| link.exact)).then(|| {
                let reason = format!(
                    "the evidence does not say of “{}” that it was “{}”",
                    line.tokens[subject].surface, line.tokens[verb].surface
                );
                (Code::Relation, reason)
            })
        })
    }

    /// "waste fell. The owner introduced a plan" became "a plan reduced waste": what went up or down by
    /// itself in the evidence is moved by another thing.
    pub(super) fn moved_by_another(&self) -> Option<(Code, String)> {
        let line = self.line;
        (1..line.tokens.len()).find_map(|verb| {
            let moves = line.content[verb]
                && self.is_finite(line, verb)
                && (self.book.goes("[falls]", line.keys(verb))
                    || self.book.goes("[rises]", line.keys(verb)));
            if !moves {
                return None;
            }
            let clause: Vec<usize> = line.in_clause(line.clause[verb]).collect();
            let mover = clause
                .iter()
                .copied()
                .filter(|at| *at < verb && line.content[*at])
                .rfind(|at| line.tokens[*at].kind == Kind::Word)?;
            let passive = is_being(&line.tokens[verb - 1].word);
            let moved = clause
                .iter()
                .copied()
                .filter(|at| *at > verb && line.governor[*at] == Relation::None)
                .filter(|at| line.content[*at] && line.tokens[*at].kind == Kind::Word)
                .rfind(|_| !passive && line.governor[mover] == Relation::None)?;
            let link = self.links[moved].filter(|link| {
                !self.sources[link.source].header
                    && self.sources[link.source].reading.governor[link.token] == Relation::None
            })?;
            let of = &self.sources[link.source].reading;
            let there = of.clause[link.token];
            let goes = of.in_clause(there).find(|at| {
                *at > link.token
                    && (self.book.goes("[falls]", of.keys(*at))
                        || self.book.goes("[rises]", of.keys(*at)))
            })?;
            let itself = !of
                .in_clause(there)
                .any(|at| at < goes && at != link.token && self.is_finite(of, at));
            let brought = of.in_clause(there).any(|at| {
                matches!(
                    of.tokens[at].word.as_str(),
                    "which" | "it" | "this" | "that"
                )
            });
            let elsewhere = self
                .surest(mover)
                .all(|other| other.source != link.source || of.clause[other.token] != there);
            (itself && !brought && elsewhere).then(|| {
                let reason = format!(
                    "the evidence does not say that “{}” moved “{}”",
                    line.tokens[mover].surface, line.tokens[moved].surface
                );
                (Code::Cause, reason)
            })
        })
    }

    /// "medication to 24 residents. A diary for the second floor" became "the 24 residents of the second
    /// floor": one thing is said to be of another that the evidence never speaks of together.
    pub(super) fn of_another(&self) -> Option<(Code, String)> {
        let line = self.line;
        (1..line.tokens.len()).find_map(|of| {
            let joins = line.tokens[of].kind == Kind::Word && line.tokens[of].word == "of";
            let head = (of - 1..of).find(|at| {
                joins
                    && line.content[*at]
                    && line.tokens[*at].kind == Kind::Word
                    && line.counted_by[*at].is_some()
            })?;
            let complement = self.head_of(line, of)?;
            let places = |at: usize| -> Vec<(usize, usize)> {
                self.surest(at)
                    .filter(|link| link.exact && !self.sources[link.source].header)
                    .map(|link| {
                        let of = &self.sources[link.source].reading;
                        (link.source, of.clause[link.token])
                    })
                    .collect()
            };
            let (mine, theirs) = (places(head), places(complement));
            let number = line.counted_by[head]?;
            let counted = self.links[number].is_some_and(|link| {
                !self.sources[link.source].header && !self.derived_at.contains(&number)
            });
            let headed = self.found[complement]
                .iter()
                .any(|link| self.sources[link.source].header);
            let apart = counted
                && !headed
                && !mine.is_empty()
                && !theirs.is_empty()
                && mine
                    .iter()
                    .all(|(source, _)| theirs.iter().all(|(other, _)| other != source));
            apart.then(|| {
                let reason = format!(
                    "“{}” and “{}” have nothing to do with each other in the evidence",
                    line.tokens[head].surface, line.tokens[complement].surface
                );
                (Code::Relation, reason)
            })
        })
    }

    /// The noun behind a preposition.
    fn head_of(&self, reading: &Reading, preposition: usize) -> Option<usize> {
        (preposition + 1..reading.tokens.len())
            .take_while(|at| {
                reading.tokens[*at].kind == Kind::Word
                    && (reading.content[*at]
                        || super::others::determines(&reading.tokens[*at].word))
                    && !self.is_finite(reading, *at)
            })
            .filter(|at| reading.content[*at])
            .last()
    }

    /// "untested" became "tested".
    pub(super) fn prefix_lost(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let word = &line.tokens[at].word;
            let exact = self.found[at].iter().any(|link| link.exact);
            if !line.content[at] || exact || word.len() < 4 || line.tokens[at].kind != Kind::Word {
                return None;
            }
            let turned = self.sources.iter().any(|source| {
                let mut tokens = source.reading.tokens.iter().zip(&source.cited);
                tokens.any(|(token, cited)| {
                    *cited
                        && ["un", "in", "dis", "non", "im", "il", "ir"]
                            .iter()
                            .any(|prefix| {
                                token
                                    .word
                                    .strip_prefix(prefix)
                                    .is_some_and(|rest| rest == word)
                            })
                })
            });
            turned.then(|| {
                let reason = format!("“{word}” is denied in the evidence");
                (Code::Negation, reason)
            })
        })
    }

    /// "being repaired" became "repaired": what is under way is not done.
    pub(super) fn under_way(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let link = self.links[at].filter(|link| {
                line.content[at] && link.token > 0 && !self.sources[link.source].header
            })?;
            let of = &self.sources[link.source].reading;
            let going_on = of.tokens[link.token - 1].word == "being"
                && self
                    .book
                    .verb_forms(&of.tokens[link.token].word)
                    .contains(&Form::Past);
            let told = self
                .book
                .verb_forms(&line.tokens[at].word)
                .contains(&Form::Past)
                && self.opens(line, at);
            let kept = line.in_clause(line.clause[at]).any(|token| {
                matches!(
                    line.tokens[token].word.as_str(),
                    "being" | "currently" | "progress" | "under"
                )
            });
            (going_on && told && !kept).then(|| {
                let reason = format!(
                    "“{}” is not done yet in the evidence",
                    line.tokens[at].surface
                );
                (Code::HedgeDropped, reason)
            })
        })
    }
}
