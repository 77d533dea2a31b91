//! What takes a claim back comes along.

use super::super::align::Source;
use super::super::derive;
use super::super::limiter::{Limit, Limiter, limiters};
use super::super::reading::Reading;
use super::super::token::{Kind, Token};
use super::super::wordbook::Role;
use super::{Case, Code};

impl Case<'_> {
    /// What takes a claim back comes along.
    pub(super) fn limits(&mut self) {
        let mine = limiters(self.line, self.book);
        // "unpaid" for "without pay".
        let denied = |at: usize, source: &Source, limiter: &Limiter| {
            limiter.kind == Limit::Negation
                && self.links.iter().enumerate().any(|(word, link)| {
                    let word = &self.line.tokens[word].word;
                    link.is_some_and(|link| {
                        // The word stands for both: "without pay".
                        let both = (link.token..=link.last).contains(&limiter.first)
                            && link.last > limiter.last;
                        link.source == at && !link.exact && both
                            || link.source == at
                                && !link.exact
                                && link.token > limiter.last
                                && link.token - limiter.last <= 2
                                && source.reading.clause[link.token]
                                    == source.reading.clause[limiter.first]
                                && (word.starts_with("un") || word.starts_with("non"))
                                && !source.reading.tokens[link.token].word.starts_with("un")
                    })
                })
        };
        let mut dropped = Vec::new();
        for (at, source) in self.sources.iter().enumerate() {
            for limiter in &source.limiters {
                // "293 followed it" of the 320 of which 27 did not.
                let used_up = limiter.kind == Limit::Negation
                    && self.derived_at.iter().any(|number| {
                        self.links[*number].is_some_and(|link| {
                            link.source == at
                                && link.token < limiter.first
                                && limiter.first - link.token <= 5
                                && self.says_the_rest(*number)
                        })
                    });
                if !used_up
                    && self.applies(at, source, limiter)
                    && !self.kept(at, source, limiter, &mine)
                    && !denied(at, source, limiter)
                {
                    dropped.push((
                        limiter.kind,
                        words_of(&source.reading.tokens[limiter.first..=limiter.last]),
                    ));
                }
            }
        }
        for (kind, words) in dropped {
            let code = if kind == Limit::Negation {
                Code::Negation
            } else {
                Code::HedgeDropped
            };
            self.object(code, &format!("“{words}” was left out"));
        }
        // A negation of one's own belongs to the same words as the evidence's.
        for limiter in mine
            .iter()
            .filter(|limiter| limiter.kind == Limit::Negation)
        {
            let after =
                (limiter.last + 1..self.line.tokens.len()).find(|token| self.line.content[*token]);
            let Some(link) = after.and_then(|token| self.links[token]) else {
                continue;
            };
            // Answered by the figure it belongs to.
            if self.links[limiter.first].is_some_and(|link| {
                self.sources[link.source].reading.tokens[link.token].is_figure()
            }) {
                continue;
            }
            let source = &self.sources[link.source];
            let there = source.limiters.iter().any(|theirs| {
                matches!(theirs.kind, Limit::Negation | Limit::Deed | Limit::Whole)
                    && source.reading.clause[theirs.first] == source.reading.clause[link.token]
            });
            if !there {
                let word = self.line.tokens[limiter.first].surface.clone();
                self.object(
                    Code::Negation,
                    &format!("“{word}” is not said there in the evidence"),
                );
            }
        }
    }

    /// Whether the line uses words that the limiter holds for.
    pub(super) fn applies(&self, at: usize, source: &Source, limiter: &Limiter) -> bool {
        let of = &source.reading;
        let clause = of.clause[limiter.first];
        let used = |token: usize| {
            self.links.iter().enumerate().any(|(mine, link)| {
                self.line.content[mine]
                    && link.is_some_and(|link| {
                        link.source == at && (link.token..=link.last).contains(&token)
                    })
            })
        };
        let in_scope = |token: usize| -> bool {
            match limiter.kind {
                Limit::Number => {
                    token > limiter.last
                        && of.tokens[token].counts()
                        && (limiter.last + 1..token)
                            .all(|between| of.tokens[between].number().is_none())
                }
                // "near misses are not included": the whole clause is denied.
                Limit::Negation
                    if limiter.first > 0
                        && matches!(
                            of.tokens[limiter.first - 1].word.as_str(),
                            "is" | "are" | "was" | "were" | "be" | "been" | "has" | "have" | "had"
                        ) =>
                {
                    of.clause[token] == clause && !(limiter.first..=limiter.last).contains(&token)
                }
                // "Coursework towards a degree, not completed".
                Limit::Negation if ends_undone(of, limiter) => {
                    of.clause[token] == clause && !(limiter.first..=limiter.last).contains(&token)
                }
                Limit::Negation | Limit::Deed => of.clause[token] == clause && token > limiter.last,
                Limit::Title => {
                    !(limiter.first..=limiter.last).contains(&token)
                        && (source.header || token == limiter.last + 1)
                }
                Limit::Whole => {
                    of.clause[token] == clause
                        && (same_segment(of, token, limiter.first) || alone(of, limiter))
                        && !(limiter.first..=limiter.last).contains(&token)
                }
            }
        };
        let direct =
            (0..of.tokens.len()).any(|token| in_scope(token) && used(token) && of.content[token]);
        // "decided against it" became "decided on it".
        let cut = limiter.kind == Limit::Negation
            && limiter.last > limiter.first
            && (limiter.first..=limiter.last).any(|token| {
                used(token) && !self.book.verb_forms(&of.tokens[token].word).is_empty()
            });
        let direct = direct || cut;
        direct
            || (self.refers_back(source, limiter)
                && clause > 0
                && (0..of.tokens.len())
                    .any(|token| of.clause[token] < clause && used(token) && of.content[token]))
    }

    /// Whether the line has a limiter that takes back at least as much, at the same words.
    pub(super) fn kept(
        &self,
        at: usize,
        source: &Source,
        limiter: &Limiter,
        mine: &[Limiter],
    ) -> bool {
        let of = &source.reading;
        mine.iter().any(|own| {
            let kind = own.kind == limiter.kind
                || (limiter.kind == Limit::Whole && own.kind == Limit::Negation)
                || (limiter.kind == Limit::Deed && own.kind == Limit::Negation)
                || (limiter.kind == Limit::Deed && own.kind == Limit::Whole)
                || (limiter.kind == Limit::Negation && own.kind != Limit::Number);
            let answered = (own.first..=own.last).all(|token| {
                self.found[token].iter().any(|link| {
                    link.source == at && (limiter.first..=limiter.last).contains(&link.token)
                })
            });
            let same =
                own.key == limiter.key || self.book.supports(&limiter.key, &own.key) || answered;
            let weak_enough = match limiter.kind {
                // Any word of negation for any other.
                Limit::Negation => own.kind == Limit::Negation || same || own.key.contains("yet"),
                Limit::Number => derive::as_weak(&limiter.key, &own.key) || same,
                Limit::Title => same,
                Limit::Deed | Limit::Whole => {
                    same || own.kind == Limit::Negation
                        || self
                            .book
                            .rank(std::slice::from_ref(&own.key))
                            .is_some_and(|rank| rank <= 2)
                            && self
                                .book
                                .rank(std::slice::from_ref(&limiter.key))
                                .is_some_and(|theirs| theirs >= 2)
                }
            };
            kind && weak_enough && self.holds_for(own, at, of, limiter)
        }) || self.keeps_the_word(at, limiter)
            || self.stays_within(at, limiter)
            || self.keeps_the_condition(limiter)
            || self.keeps_the_rank(at, limiter)
            || self.keeps_the_place(limiter)
    }

    /// "if funding is granted" for "provided that funding is granted".
    fn keeps_the_condition(&self, limiter: &Limiter) -> bool {
        let conditional = |words: &str| {
            matches!(
                words,
                "provided that"
                    | "provided"
                    | "if"
                    | "subject to"
                    | "on condition that"
                    | "as long as"
            )
        };
        conditional(&limiter.key)
            && (0..self.line.tokens.len()).any(|at| {
                let word = self.line.tokens[at].word.as_str();
                let next = self
                    .line
                    .tokens
                    .get(at + 1)
                    .map_or("", |next| next.word.as_str());
                (conditional(word) || conditional(&format!("{word} {next}")))
                    && self.line.in_clause(self.line.clause[at]).any(|token| {
                        token > at && self.line.content[token] && self.links[token].is_some()
                    })
            })
    }

    /// "came second of 18" for "runner-up".
    fn keeps_the_place(&self, limiter: &Limiter) -> bool {
        let place: &[&str] = match limiter.key.as_str() {
            "runner-up" | "runner up" | "second place" | "second prize" => {
                &["second", "2nd", "runner-up", "runner"]
            }
            "third place" | "third prize" => &["third", "3rd"],
            _ => return false,
        };
        self.line
            .tokens
            .iter()
            .any(|token| place.contains(&token.word.as_str()))
    }

    /// "deputised for the manager" for "deputy manager".
    fn keeps_the_rank(&self, at: usize, limiter: &Limiter) -> bool {
        limiter.kind == Limit::Title
            && (0..self.line.tokens.len()).any(|mine| {
                self.line.keys(mine).contains(&limiter.key)
                    && self.found[mine].iter().any(|link| {
                        link.source == at && (limiter.first..=limiter.last).contains(&link.token)
                    })
            })
    }

    /// "within 180 minutes" for "in at most three hours".
    fn stays_within(&self, at: usize, limiter: &Limiter) -> bool {
        let of = &self.sources[at].reading;
        limiter.kind == Limit::Number
            && self.book.bound(&limiter.key) == Some("up to")
            && (0..self.line.tokens.len()).any(|mine| {
                let there = self.links[mine].is_some_and(|link| {
                    link.source == at
                        && link.token > limiter.last
                        && link.token <= limiter.last + 2
                        && of.tokens[link.token].number().is_some()
                });
                let within = mine
                    .checked_sub(1)
                    .is_some_and(|before| self.line.tokens[before].word == "within");
                there && within
            })
    }

    /// Whether the limiter's own words are answered, be they a limiter in the line or not.
    pub(super) fn keeps_the_word(&self, at: usize, limiter: &Limiter) -> bool {
        let small = |token: usize| {
            self.book.role(&self.sources[at].reading.tokens[token].word) == Some(Role::Plain)
        };
        let all_small = (limiter.first..=limiter.last).all(small);
        limiter.kind != Limit::Negation
            && (limiter.first..=limiter.last).all(|token| {
                (small(token) && !all_small)
                    || self.links.iter().enumerate().any(|(mine, link)| {
                        // No small word keeps one that claims something.
                        (self.line.content[mine]
                            || !self.sources[at].reading.content[token]
                            || link.is_some_and(|link| link.exact))
                            && !(limiter.kind == Limit::Deed && self.comes_from_others(mine))
                            && link.is_some_and(|link| {
                                link.source == at && (link.token..=link.last).contains(&token)
                            })
                    })
            })
    }

    /// "with help from the lead" is the person's own deed: the help was others'.
    fn comes_from_others(&self, at: usize) -> bool {
        let word = |at: usize| {
            self.line
                .tokens
                .get(at)
                .map_or("", |token| token.word.as_str())
        };
        let with = at > 0
            && (matches!(word(at - 1), "with" | "by")
                || at > 1 && matches!(word(at - 1), "the" | "some") && word(at - 2) == "with");
        with && matches!(word(at + 1), "from" | "of" | "by")
    }

    /// Whether a number was computed as what is left of a whole.
    fn says_the_rest(&self, at: usize) -> bool {
        let shown = &self.line.tokens[at].surface;
        self.ruling
            .derived
            .iter()
            .any(|how| how.starts_with(shown.as_str()) && how.contains(" is all but "))
    }

    /// Whether a limiter of the line stands at words that the evidence's holds for.
    pub(super) fn holds_for(
        &self,
        own: &Limiter,
        at: usize,
        of: &Reading,
        limiter: &Limiter,
    ) -> bool {
        let clause = self.line.clause[own.first];
        let scope = |token: usize| {
            self.line.clause[token] == clause && (token > own.last || own.kind == Limit::Whole)
        };
        (0..self.line.tokens.len()).any(|token| {
            scope(token)
                && self.links[token].is_some_and(|link| {
                    link.source == at
                        && (of.clause[link.token] == of.clause[limiter.first]
                            || of.clause[link.token] + 1 == of.clause[limiter.first])
                })
        })
    }
}

/// Whether what a negation stands before is nothing but a participle that ends the clause.
fn ends_undone(of: &Reading, limiter: &Limiter) -> bool {
    let behind: Vec<usize> = of
        .in_clause(of.clause[limiter.first])
        .filter(|at| *at > limiter.last && of.tokens[*at].kind == Kind::Word)
        .collect();
    let before = limiter
        .first
        .checked_sub(1)
        .is_some_and(|at| of.tokens[at].is_mark(&[',', '(']));
    before && behind.len() <= 2 && behind.iter().any(|at| of.tokens[*at].word.ends_with("ed"))
}

/// Whether nothing else is said between the marks around a limiter: "…, third place".
fn alone(of: &Reading, limiter: &Limiter) -> bool {
    let opens = limiter.first > 0
        || of
            .tokens
            .get(limiter.last + 1)
            .is_some_and(|next| next.is_mark(&[',', '(', ':', '–']));
    opens
        && (0..of.tokens.len())
            .filter(|at| of.content[*at] && same_segment(of, *at, limiter.first))
            .all(|at| (limiter.first..=limiter.last).contains(&at))
}

/// Whether nothing that joins or parts stands between two tokens.
fn same_segment(reading: &Reading, one: usize, other: usize) -> bool {
    let (first, last) = (one.min(other), one.max(other));
    !reading.tokens[first..last].iter().any(|token| {
        token.is_mark(&[',', '(', ')', ';'])
            || matches!(
                token.word.as_str(),
                "and" | "or" | "plus" | "including" | "but"
            )
    })
}

fn words_of(tokens: &[Token]) -> String {
    tokens
        .iter()
        .map(|token| token.surface.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

impl Case<'_> {
    /// Whether the clause of a limiter speaks of what stands before it: "it has not been adopted",
    /// "only a first draft exists".
    fn refers_back(&self, source: &Source, limiter: &Limiter) -> bool {
        let of = &source.reading;
        let clause = of.clause[limiter.first];
        let words: Vec<&str> = of
            .in_clause(clause)
            .filter(|at| of.tokens[*at].kind == Kind::Word)
            .map(|at| of.tokens[at].word.as_str())
            .collect();
        let pronoun = words.iter().take(2).any(|word| {
            matches!(
                *word,
                "it" | "this" | "these" | "they" | "that" | "which" | "both" | "all"
            )
        });
        // "A sixth evening was cancelled" takes nothing back of the five.
        let one_more = matches!(words.first(), Some(&("a" | "another")))
            && words.get(1).is_some_and(|next| {
                words[0] == "another"
                    || matches!(
                        *next,
                        "further"
                            | "second"
                            | "third"
                            | "fourth"
                            | "fifth"
                            | "sixth"
                            | "seventh"
                            | "eighth"
                            | "ninth"
                            | "tenth"
                            | "planned"
                    )
            });
        if one_more {
            return false;
        }
        // "used during the trial", "the licensed pilot is a colleague"
        let aside = limiter.kind == Limit::Whole
            && (of.governor[limiter.first] != crate::ground::reading::Relation::None
                || of
                    .in_clause(clause)
                    .any(|at| at > limiter.last && self.is_someone(of, at)));
        if aside {
            return false;
        }
        let status = words.iter().any(|word| self.book.is_status(word));
        let undone =
            limiter.kind == Limit::Negation && words.iter().any(|word| self.book.is_finished(word));
        let short = words.len() <= 6;
        (pronoun && undone) || (status && (pronoun || short))
    }
}
