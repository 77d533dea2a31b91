//! Who did a thing in a clause of its own, and what a figure out of another statement counts.

use super::super::align::Link;
use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
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

    /// "introduced it for walls; piers are still drawn by hand" became "for walls and piers".
    pub(super) fn joined_from_another(&self) -> Option<(Code, String)> {
        let line = self.line;
        (1..line.tokens.len()).find_map(|at| {
            let joins = matches!(
                line.tokens[at - 1].word.as_str(),
                "and" | "or" | "including"
            );
            let link = self.links[at].filter(|link| {
                joins
                    && line.content[at]
                    && line.tokens[at].kind == Kind::Word
                    && link.exact
                    && !self.sources[link.source].header
            })?;
            let of = &self.sources[link.source].reading;
            let clause = of.clause[link.token];
            let subject = of.in_clause(clause).find(|token| of.content[*token]) == Some(link.token)
                && of.governor[link.token] == Relation::None;
            let told: Vec<usize> = of
                .in_clause(clause)
                .filter(|token| *token > link.token && of.content[*token])
                .collect();
            let verb = told
                .iter()
                .copied()
                .find(|token| self.is_finite(of, *token))
                .filter(|verb| verb - link.token <= 4)?;
            let untold = told
                .iter()
                .all(|token| self.links_to(link.source, *token).next().is_none());
            let alone = self.found[at]
                .iter()
                .all(|other| other.source == link.source && of.clause[other.token] == clause);
            let before = (0..at - 1)
                .rev()
                .filter(|token| line.content[*token])
                .find_map(|token| self.links[token])
                .is_some_and(|other| {
                    other.source == link.source && of.clause[other.token] < clause
                });
            (subject && untold && alone && before && verb > link.token).then(|| {
                let reason = format!(
                    "“{}” has no part in that in the evidence",
                    line.tokens[at].surface
                );
                (Code::Grown, reason)
            })
        })
    }

    /// "Chartered engineer examination" became "Chartered engineer": who sat it has not passed it.
    pub(super) fn falls_short(&self) -> Option<(Code, String)> {
        self.sources.iter().enumerate().find_map(|(index, source)| {
            let of = &source.reading;
            (1..of.tokens.len()).find_map(|head| {
                let only = self.book.falls_short(&of.tokens[head].word)
                    && of.tokens[head].kind == Kind::Word
                    && source.cited[head]
                    && of.clause[head] == of.clause[head - 1]
                    && of.content[head - 1]
                    && of
                        .tokens
                        .get(head + 1)
                        .is_none_or(|next| next.kind != Kind::Word || !of.content[head + 1]);
                let exact = |token: usize| {
                    self.links_to(index, token)
                        .any(|mine| self.links[mine].is_some_and(|link| link.exact))
                };
                let told =
                    self.found.iter().flatten().any(|link| {
                        link.source == index && (link.token..=link.last).contains(&head)
                    });
                let opens = self
                    .line
                    .tokens
                    .iter()
                    .position(|token| token.kind == Kind::Word)
                    .and_then(|first| self.links[first])
                    .is_some_and(|link| {
                        link.source == index
                            && of.in_clause(of.clause[head]).next() == Some(link.token)
                    });
                (only && opens && exact(head - 1) && !told).then(|| {
                    let reason = format!("“{}” was left out", of.tokens[head].surface);
                    (Code::HedgeDropped, reason)
                })
            })
        })
    }

    /// "6 weeks each" became "6 weeks altogether".
    pub(super) fn summed_up(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let word = line.tokens[at].word.as_str();
            let sums = matches!(word, "altogether" | "overall" | "combined")
                || word == "total" && at > 0 && line.tokens[at - 1].word == "in"
                || word == "all" && at > 0 && line.tokens[at - 1].word == "in";
            if !sums {
                return None;
            }
            let near = (at.saturating_sub(4)..at)
                .rev()
                .filter(|token| line.clause[*token] == line.clause[at])
                .find(|token| line.tokens[*token].is_figure())?;
            let figure = self.links[near].filter(|_| !self.derived_at.contains(&near))?;
            let of = &self.sources[figure.source].reading;
            let apiece = of
                .in_clause(of.clause[figure.token])
                .any(|token| matches!(of.tokens[token].word.as_str(), "each" | "apiece" | "per"));
            apiece.then(|| {
                let reason = format!("“{word}” sums up what the evidence has of each");
                (Code::NumberOfOther, reason)
            })
        })
    }

    /// "5 client sites" and "landing pages for 14 clients" became "14 client sites": what is counted is
    /// the last noun, and another figure counts that.
    pub(super) fn counts_another(&self) -> Option<(Code, String)> {
        let line = self.line;
        for (at, link) in self.links.iter().enumerate() {
            let Some(link) = link.filter(|link| {
                line.tokens[at].is_figure()
                    && !self.sources[link.source].header
                    && self.sources[link.source].reading.tokens[link.token].is_figure()
            }) else {
                continue;
            };
            let counted = |token: &usize| line.counted_by[*token] == Some(at);
            let Some(head) = (at + 1..line.tokens.len()).filter(counted).last() else {
                continue;
            };
            let here = self.found[head]
                .iter()
                .any(|other| other.source == link.source);
            let elsewhere = self.links[head]
                .filter(|other| other.source != link.source && !self.sources[other.source].header);
            let by_another = elsewhere.is_some_and(|other| {
                let of = &self.sources[other.source].reading;
                of.counted_by[other.token].is_some_and(|number| of.tokens[number].is_figure())
            });
            // "17 of the 19 pupils" of a teacher became "of the 19 teachers".
            let own_post = self.links[head].is_some_and(|other| {
                let of = &self.sources[link.source].reading;
                self.sources[other.source].header
                    && self.book.is_person(&line.tokens[head].word)
                    && of.counted_by.contains(&Some(link.token))
            });
            if !here && (by_another || own_post) {
                let reason = format!(
                    "{} counts something else in the evidence",
                    line.tokens[at].surface
                );
                return Some((Code::NumberOfOther, reason));
            }
        }
        None
    }
}
