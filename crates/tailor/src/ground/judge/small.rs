//! Small words: causes, negations, quantities.

use super::super::align::Link;
use super::super::english::Form;
use super::super::reading::Reading;
use super::super::token::Kind;
use super::super::wordbook::Role;
use super::others::determines;
use super::{Case, Code};

impl Case<'_> {
    /// Causes, negations and quantities that small words bring in.
    pub(super) fn small_words(&mut self) {
        let line = self.line;
        for term in &line.terms {
            let spoken =
                if term.first == term.last && !term.keys.iter().any(|key| key.contains(' ')) {
                    self.book.role(&line.tokens[term.first].word)
                } else {
                    term.keys.iter().find_map(|key| self.book.role(key))
                };
            let hyphened = line.tokens[term.first].joined
                || line
                    .tokens
                    .get(term.last + 1)
                    .is_some_and(|next| next.is_mark(&['-']));
            // "full-time" is a word of its own, which the evidence has or has not.
            if hyphened
                && term.first == term.last
                && matches!(spoken, Some(Role::Quantifier(strength)) if strength <= 5)
                && self.links[term.first].is_none()
                && !self.compound_told(term.first)
            {
                let word = &line.tokens[term.first].surface;
                self.object(
                    Code::Quantifier,
                    &format!("“{word}-” is not in the cited evidence"),
                );
            }
            // "Complete nine calls" tells a deed.
            let deed = line.content[term.first]
                && term.first == term.last
                && matches!(spoken, Some(Role::Quantifier(_)));
            let Some(role) = spoken.filter(|_| !hyphened && !deed) else {
                continue;
            };
            let covered = line.terms.iter().any(|other| {
                // "in all" sums up; "in all quarters" does not.
                let in_all = matches!(line.tokens[other.first].word.as_str(), "in" | "of")
                    && line.tokens[other.last].word == "all"
                    && line.tokens.get(other.last + 1).is_some_and(|next| {
                        next.kind == Kind::Word && line.content[other.last + 1]
                    });
                !in_all
                    && other.first <= term.first
                    && term.last <= other.last
                    && (other.last - other.first) > (term.last - term.first)
                    && other.keys.iter().any(|key| {
                        key.contains(' ')
                            && (self.book.role(key).is_some() || self.book.hedge(key).is_some())
                    })
            });
            // "a total of 75" counts; it is not all there are.
            let counts = line.tokens[term.first].word == "total"
                && line
                    .tokens
                    .get(term.last + 1)
                    .is_some_and(|next| next.word == "of")
                && (term.last + 2..term.last + 4).any(|at| {
                    line.tokens
                        .get(at)
                        .is_some_and(|token| token.number().is_some())
                });
            if covered || counts {
                continue;
            }
            let word = &line.tokens[term.first].surface;
            // "half of whom": a share that was computed.
            let share = (term.first..=term.last).any(|at| {
                line.tokens[at].is_figure()
                    && (self.derived_at.contains(&at) || self.links[at].is_some())
            });
            if share && matches!(role, Role::Quantifier(_)) {
                continue;
            }
            // "all but two", "15 were not granted": answered by the figure it is computed from.
            let computed = self.links[term.first].is_some_and(|link| {
                self.sources[link.source].reading.tokens[link.token].is_figure()
                    && !self.derived_at.is_empty()
            });
            if computed && matches!(role, Role::Quantifier(_) | Role::Negation) {
                continue;
            }
            // "decided against it": whoever did.
            let decides = matches!(
                word.to_lowercase().as_str(),
                "decided" | "opted" | "chose" | "voted"
            ) && role == Role::Negation;
            let whoever = (0..term.first)
                .any(|at| line.content[at] && line.clause[at] == line.clause[term.first]);
            if decides && !whoever {
                self.object(
                    Code::Relation,
                    &format!("“{word}” is not said of anybody in the line"),
                );
                continue;
            }
            match role {
                Role::Negation if !self.evidence_has(|role| role == Role::Negation) => {
                    let opposite = self.links[term.first].is_some()
                        || self
                            .sources
                            .iter()
                            .any(|source| !source.limiters.is_empty());
                    if !opposite {
                        self.object(
                            Code::Negation,
                            &format!("“{word}” is not in the cited evidence"),
                        );
                    }
                }
                Role::Cause
                    if !self.names_what_came(term.first)
                        && self.names_a_cause(line, term.first, true)
                        && !(self.evidence_has_cause()
                            && self.one_statement_around(term.first, term.last)) =>
                {
                    self.object(Code::Cause, &format!("“{word}” says that one thing brought about another; the evidence does not"));
                }
                // "only a few" of what the evidence has of all.
                Role::Quantifier(strength)
                    if strength > 3
                        && term.first > 0
                        && line.tokens[term.first - 1].word == "only"
                        && self.evidence_has(
                            |role| matches!(role, Role::Quantifier(other) if other <= 3),
                        ) =>
                {
                    self.object(
                        Code::Quantifier,
                        &format!("“only {word}” is less than the evidence says"),
                    );
                }
                Role::Quantifier(strength) if strength <= 5 => {
                    // "all" of "nearly all" is not all.
                    let exact = self.found[term.first].iter().any(|link| {
                        let of = &self.sources[link.source].reading;
                        of.covering(link.token).all(|other| {
                            other.first == other.last
                                || other.keys.iter().all(|key| {
                                    !matches!(self.book.role(key), Some(Role::Quantifier(whole)) if whole > strength)
                                })
                        })
                    });
                    let part = self.part_counted(term.first);
                    if let Some(part) = part.or_else(|| self.part_of_several(term.last)) {
                        self.object(
                            Code::Quantifier,
                            &format!("“{word}” is {part} in the evidence"),
                        );
                        continue;
                    }
                    if !exact
                        && !self.evidence_has(
                            |role| matches!(role, Role::Quantifier(other) if other <= strength),
                        )
                    {
                        self.object(
                            Code::Quantifier,
                            &format!("“{word}” is more than the evidence says"),
                        );
                    }
                }
                // "of any amount" says that no amount is too high.
                Role::Quantifier(_)
                    if word == "any"
                        && line.tokens.get(term.last + 1).is_some_and(|next| {
                            next.kind == Kind::Word && self.book.singular(&next.word) == next.word
                        })
                        && line.content[term.last + 1]
                        && !self.found[term.first].iter().any(|link| link.exact)
                        && !line.in_clause(line.clause[term.first]).any(|at| {
                            self.book.role(&line.tokens[at].word) == Some(Role::Negation)
                        })
                        && !self.evidence_has(
                            |role| matches!(role, Role::Quantifier(other) if other <= 3),
                        ) =>
                {
                    self.object(Code::Quantifier, "“any” is more than the evidence says");
                }
                _ => {}
            }
        }
    }

    /// "the results", "260 results": what came of something is named, not said to have come.
    fn names_what_came(&self, at: usize) -> bool {
        let line = self.line;
        let Some(before) = at.checked_sub(1).map(|before| &line.tokens[before]) else {
            return false;
        };
        let counted = matches!(line.tokens[at].word.as_str(), "results" | "result");
        counted && before.is_figure()
            || matches!(
                before.word.as_str(),
                "the" | "these" | "its" | "their" | "all"
            )
    }

    /// The figure of "of which 31 were granted" where the line has "all of which were granted".
    fn part_counted(&self, at: usize) -> Option<String> {
        let line = self.line;
        let back = |reading: &Reading, at: usize| {
            reading.tokens.get(at).is_some_and(|token| {
                matches!(
                    token.word.as_str(),
                    "which" | "whom" | "them" | "these" | "those"
                )
            })
        };
        let of_them = line
            .tokens
            .get(at + 1)
            .is_some_and(|next| next.word == "of")
            && back(line, at + 2);
        if !of_them {
            return None;
        }
        let told = (at + 3..line.tokens.len())
            .filter(|token| line.content[*token])
            .find_map(|token| self.links[token])?;
        let of = &self.sources[told.source].reading;
        let part = (1..of.tokens.len().saturating_sub(1)).find_map(|token| {
            if !back(of, token) || of.tokens[token - 1].word != "of" {
                return None;
            }
            let before = token.checked_sub(2).filter(|at| of.tokens[*at].is_figure());
            before.or_else(|| of.tokens[token + 1].is_figure().then_some(token + 1))
        })?;
        let used = self
            .links
            .iter()
            .flatten()
            .any(|link| link.source == told.source && (link.token..=link.last).contains(&part));
        let near = of.clause[part].abs_diff(of.clause[told.token]) <= 1;
        (near && !used).then(|| of.tokens[part].surface.clone())
    }

    /// The figure of "three out of four years" where the line has "every year".
    fn part_of_several(&self, at: usize) -> Option<String> {
        let line = self.line;
        let noun = (at..line.tokens.len()).take(3).find(|token| {
            *token > at && line.content[*token] || self.book.measures(&line.tokens[*token].word)
        })?;
        let word = self.book.singular(&line.tokens[noun].word);
        self.sources.iter().enumerate().find_map(|(index, source)| {
            let of = &source.reading;
            (0..of.tokens.len()).find_map(|part| {
                if source.header || !source.cited[part] || !of.tokens[part].is_figure() {
                    return None;
                }
                let next = |step: usize| {
                    of.tokens
                        .get(part + step)
                        .map_or("", |token| token.word.as_str())
                };
                let step = match (next(1), next(2)) {
                    ("out", "of") => 3,
                    ("of", _) => 2,
                    _ => return None,
                };
                let step = step + usize::from(next(step) == "the");
                let whole = of
                    .tokens
                    .get(part + step)
                    .filter(|whole| whole.is_figure())?;
                let of_it = of
                    .tokens
                    .iter()
                    .skip(part + step + 1)
                    .take(2)
                    .any(|token| self.book.singular(&token.word) == word);
                let used = self.links_to(index, part).next().is_some();
                (of_it && !used && !whole.is_date()).then(|| of.tokens[part].surface.clone())
            })
        })
    }

    /// Whether the evidence has a word before the same hyphen, or the whole compound in another way.
    fn compound_told(&self, at: usize) -> bool {
        let line = self.line;
        let whole = line.covering(at).any(|term| {
            term.last > at
                && self.found[at]
                    .iter()
                    .any(|link| link.token != link.last || line.tokens[term.last].joined)
        });
        whole
            || self.found[at].iter().any(|link| {
                let of = &self.sources[link.source].reading;
                let hyphen = |token: usize| {
                    of.tokens
                        .get(token)
                        .is_some_and(|next| next.is_mark(&['-']) || next.kind == Kind::Word)
                };
                hyphen(link.token + 1)
            })
    }

    /// Whether a word of cause says there that one thing brought about another, not only names a
    /// means, a place or a measure: "by 12%", "by the team", "through April".
    pub(super) fn names_a_cause(&self, reading: &Reading, at: usize, of_the_line: bool) -> bool {
        let next = (at + 1..reading.tokens.len())
            .find(|token| reading.content[*token] || reading.tokens[*token].kind != Kind::Word);
        let next_word = next.map_or("", |next| reading.tokens[next].word.as_str());
        match reading.tokens[at].word.as_str() {
            "by" => {
                // "by the purchasing department" names who did it.
                let named = reading
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| determines(&next.word))
                    && self.done_by(reading, at).is_some();
                self.book.verb_forms(next_word).contains(&Form::Gerund) && !named
            }
            "through" | "via" if of_the_line => {
                let one_clause = |link: &Link| self.sources[link.source].reading.clause[link.token];
                let linked = |token: &usize| {
                    reading.content[*token]
                        .then(|| self.links[*token])
                        .flatten()
                };
                let before = (0..at).rev().find_map(|token| linked(&token));
                let after = (at + 1..reading.tokens.len()).find_map(|token| linked(&token));
                match (before, after) {
                    (Some(before), Some(after)) => {
                        before.source != after.source || one_clause(&before) != one_clause(&after)
                    }
                    _ => true,
                }
            }
            _ => true,
        }
    }

    /// Whether what stands before and behind those words comes from one statement.
    pub(super) fn one_statement_around(&self, first: usize, last: usize) -> bool {
        let linked = |token: &usize| {
            self.line.content[*token]
                .then(|| self.links[*token])
                .flatten()
        };
        let before = (0..first).rev().find_map(|token| linked(&token));
        let after = (last + 1..self.line.tokens.len()).find_map(|token| linked(&token));
        match (before, after) {
            (Some(before), Some(after)) => before.source == after.source,
            _ => true,
        }
    }

    /// Whether a cited statement says that something brought something about: by a word of cause
    /// or by a participle behind a comma ("…, reducing costs").
    pub(super) fn evidence_has_cause(&self) -> bool {
        self.sources
            .iter()
            .filter(|source| !source.header)
            .any(|source| {
                let of = &source.reading;
                let word = of.terms.iter().any(|term| {
                    (term.first..=term.last).all(|at| source.cited[at])
                        && term
                            .keys
                            .iter()
                            .any(|key| self.book.role(key) == Some(Role::Cause))
                        && self.names_a_cause(of, term.first, false)
                });
                let participle = (1..of.tokens.len()).any(|at| {
                    let before = &of.tokens[at - 1];
                    let behind_a_noun = before.kind == Kind::Word
                        && of.content[at - 1]
                        && self
                            .book
                            .verb_forms(&before.word)
                            .iter()
                            .all(|form| *form != Form::Past);
                    source.cited[at]
                        && (before.is_mark(&[',', '–']) || (behind_a_noun && at > 2))
                        && self
                            .book
                            .verb_forms(&of.tokens[at].word)
                            .contains(&Form::Gerund)
                });
                // "60 macros, which cut handling time"
                let relative = (1..of.tokens.len().saturating_sub(1)).any(|at| {
                    source.cited[at]
                        && matches!(of.tokens[at].word.as_str(), "which" | "that")
                        && (self.book.goes("[falls]", of.keys(at + 1))
                            || self.book.goes("[rises]", of.keys(at + 1)))
                        && !self.book.verb_forms(&of.tokens[at + 1].word).is_empty()
                });
                word || participle || relative
            })
    }

    pub(super) fn evidence_has(&self, wanted: impl Fn(Role) -> bool) -> bool {
        self.sources
            .iter()
            .filter(|source| !source.header)
            .any(|source| {
                source.reading.terms.iter().any(|term| {
                    let inside = source.reading.covering(term.first).any(|other| {
                        other.last - other.first > term.last - term.first
                            && other
                                .keys
                                .iter()
                                .any(|key| matches!(self.book.role(key), Some(Role::Quantifier(_))))
                    });
                    // "two weeks each" says nothing of every one of something else.
                    let of_each = source.reading.tokens[term.last].word == "each"
                        && source.reading.tokens.get(term.last + 1).is_none_or(|next| {
                            next.kind != Kind::Word || !source.reading.content[term.last + 1]
                        });
                    !inside
                        && !of_each
                        && (term.first..=term.last).all(|at| source.cited[at])
                        && if term.first == term.last {
                            // "mostly" is a form of "most" and says something else.
                            let word = &source.reading.tokens[term.first].word;
                            self.book.role(word).is_some_and(&wanted)
                        } else {
                            let mut keys = term.keys.iter();
                            keys.any(|key| self.book.role(key).is_some_and(&wanted))
                        }
                })
            })
    }
}
