//! A part stays a part: what is said of some of a number is said of those, what happened at one
//! time of that time, what is true of a compound of the whole compound.

use super::super::align::Link;
use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::{Case, Code};

impl Case<'_> {
    /// Shares, times and compounds are kept together.
    pub(super) fn parts(&mut self) {
        if !self.book.knows_grammar() {
            return;
        }
        let mut wrong = Vec::new();
        for (at, source) in self.sources.iter().enumerate() {
            if source.header {
                continue;
            }
            for token in 0..source.reading.tokens.len() {
                wrong.extend(self.share_left_out(at, &source.reading, token));
                wrong.extend(self.share_named_behind(at, &source.reading, token));
            }
            wrong.extend(self.taken_back(at, &source.reading));
        }
        wrong.extend(self.heads());
        wrong.extend(self.since_then());
        wrong.extend(self.other_time());
        wrong.extend(self.other_object());
        for (code, reason) in wrong {
            self.object(code, &reason);
        }
    }

    fn links_to(&self, source: usize, token: usize) -> impl Iterator<Item = usize> + '_ {
        self.links.iter().enumerate().filter_map(move |(at, link)| {
            link.is_some_and(|link| {
                link.source == source && (link.token..=link.last).contains(&token)
            })
            .then_some(at)
        })
    }

    /// "two of the five classes used it" became "five classes used it"; "half of it from a bake
    /// sale" became "from a bake sale".
    fn share_left_out(&self, source: usize, of: &Reading, part: usize) -> Option<(Code, String)> {
        of.tokens[part].number()?;
        let next = |at: usize| of.tokens.get(at);
        let mut at = part + 1;
        while next(at)?.kind == Kind::PartOfNumber {
            at += 1;
        }
        if next(at)?.word != "of" {
            return None;
        }
        at += 1;
        let clause = of.clause[part];
        let told: Vec<usize> = if matches!(
            next(at)?.word.as_str(),
            "which" | "whom" | "it" | "them" | "these" | "those"
        ) {
            (at + 1..of.tokens.len())
                .take_while(|token| {
                    !of.tokens[*token].is_mark(&[',', ';', '.', ')', '–'])
                        && (of.clause[*token] == clause || *token == at + 1)
                        && of.tokens[*token].word != "and"
                })
                .filter(|token| of.content[*token] && of.tokens[*token].number().is_none())
                .collect()
        } else {
            while matches!(next(at)?.word.as_str(), "the" | "all" | "these" | "those" | "our" | "my") {
                at += 1;
            }
            next(at)?.number()?;
            vec![at]
        };
        let derived = !self.ruling.derived.is_empty();
        let kept = derived || self.links_to(source, part).next().is_some();
        let used = told
            .iter()
            .find(|token| self.links_to(source, **token).next().is_some())?;
        (!kept).then(|| {
            (
                Code::Quantifier,
                format!(
                    "“{}” holds of “{}” only",
                    of.tokens[*used].surface, of.tokens[part].surface
                ),
            )
        })
    }

    /// "4 apprentices, of whom I supervised two" became "supervised 4 apprentices".
    fn share_named_behind(&self, source: usize, of: &Reading, at: usize) -> Option<(Code, String)> {
        let relative = matches!(of.tokens.get(at + 1)?.word.as_str(), "which" | "whom");
        if of.tokens[at].word != "of" || !relative {
            return None;
        }
        let told: Vec<usize> = (at + 2..of.tokens.len())
            .take_while(|token| !of.tokens[*token].is_mark(&[',', ';', '.', ')', '–']))
            .collect();
        let part = *told.iter().find(|token| of.tokens[**token].number().is_some())?;
        let numbers = told.iter().filter(|token| of.tokens[**token].number().is_some());
        let before = of.tokens[..at].iter().rev().find(|token| !token.is_mark(&[',']))?;
        if numbers.count() > 1 || before.number().is_some() {
            return None;
        }
        let kept = !self.ruling.derived.is_empty() || self.links_to(source, part).next().is_some();
        let used = told
            .iter()
            .filter(|token| of.content[**token])
            .find(|token| self.links_to(source, **token).next().is_some())?;
        (!kept).then(|| {
            let reason = format!(
                "“{}” holds of “{}” only",
                of.tokens[*used].surface, of.tokens[part].surface
            );
            (Code::Quantifier, reason)
        })
    }

    /// "was offered the post but declined": who tells the first tells the second.
    fn taken_back(&self, source: usize, of: &Reading) -> Option<(Code, String)> {
        let undone = (0..of.tokens.len()).find(|at| {
            let opens = of
                .in_clause(of.clause[*at])
                .find(|token| of.tokens[*token].kind == Kind::Word)
                .is_some_and(|first| {
                    matches!(
                        of.tokens[first].word.as_str(),
                        "but" | "however" | "yet" | "though" | "although"
                    )
                });
            opens && self.book.is_undone(&of.tokens[*at].word)
        })?;
        let clause = of.clause[undone];
        let told = |token: &usize| self.links_to(source, *token).next().is_some();
        let earlier = (0..of.tokens.len())
            .filter(|at| of.clause[*at] < clause && of.content[*at])
            .any(|at| told(&at));
        let kept = of.in_clause(clause).filter(|at| of.content[*at]).any(|at| told(&at));
        (earlier && !kept).then(|| {
            let reason = format!("“{}” was left out", of.tokens[undone].surface);
            (Code::HedgeDropped, reason)
        })
    }

    /// "the lighting of a school gym" became "the lighting of a school".
    fn heads(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let link = self.links[at].filter(|link| !self.sources[link.source].header)?;
            let of = &self.sources[link.source].reading;
            let noun = |reading: &Reading, at: usize| {
                let token = &reading.tokens[at];
                token.kind == Kind::Word
                    && reading.content[at]
                    && self.book.is_noun(&token.word)
                    && !token.surface.chars().any(char::is_uppercase)
            };
            let head = link.last + 1;
            let next = line.tokens.get(at + 1);
            let goes_on = next.is_some_and(|next| {
                next.is_mark(&['-']) || next.number().is_some() || line.content[at + 1]
            });
            let left_out = link.token == link.last
                && head < of.tokens.len()
                && self.book.is_person(&line.tokens[at].word)
                && noun(line, at)
                && noun(of, link.last)
                && noun(of, head)
                && !self.is_finite(of, head)
                && !self.is_verb_like(of, head)
                && of.clause[head] == of.clause[link.last]
                && !goes_on
                && self.found.iter().flatten().all(|other| {
                    other.source != link.source || !(other.token..=other.last).contains(&head)
                });
            left_out.then(|| {
                let reason = format!(
                    "“{} {}” is no “{}”",
                    of.tokens[link.last].surface, of.tokens[head].surface, line.tokens[at].surface
                );
                (Code::Relation, reason)
            })
        })
    }

    /// "since 2016" of what ended.
    fn since_then(&self) -> Option<(Code, String)> {
        self.support.end?;
        let line = self.line;
        let told = self
            .sources
            .iter()
            .any(|source| source.reading.tokens.iter().any(|token| token.word == "since"));
        (0..line.tokens.len())
            .find(|at| {
                line.governor[*at] == Relation::Since
                    && line.tokens[*at].number().is_some_and(|number| number.date.is_some())
            })
            .filter(|_| !told)
            .map(|at| {
                let reason = format!("it did not go on since {}", line.tokens[at].surface);
                (Code::Date, reason)
            })
    }

    /// "2% in 2018; 5% in 2017" became "2% in 2017".
    fn other_time(&self) -> Option<(Code, String)> {
        let line = self.line;
        let date = |reading: &Reading, at: usize| {
            reading.tokens[at]
                .number()
                .is_some_and(|number| number.date.is_some())
        };
        for (at, link) in self.links.iter().enumerate() {
            let Some(link) = link.filter(|_| date(line, at)) else {
                continue;
            };
            let of = &self.sources[link.source].reading;
            if self.sources[link.source].header || !date(of, link.token) {
                continue;
            }
            // The nearest other number of the line's clause.
            let figure = |token: &usize| {
                line.tokens[*token].number().is_some()
                    && !date(line, *token)
                    && self.links[*token].is_some_and(|other| {
                        other.source == link.source && of.tokens[other.token].number().is_some()
                    })
            };
            let mine = line
                .in_clause(line.clause[at])
                .filter(figure)
                .min_by_key(|token| token.abs_diff(at));
            let Some((mine, other)) = mine.and_then(|mine| Some((mine, self.links[mine]?))) else {
                continue;
            };
            let clause = of.clause[other.token];
            let dated: Vec<usize> = of.in_clause(clause).filter(|token| date(of, *token)).collect();
            if !dated.is_empty() && !dated.contains(&link.token) {
                return Some((
                    Code::Date,
                    format!(
                        "“{}” belongs to another time in the evidence",
                        line.tokens[mine].surface
                    ),
                ));
            }
        }
        None
    }

    /// "the foreman negotiated the contracts, I prepared the tables" became "prepared the
    /// contracts".
    fn other_object(&self) -> Option<(Code, String)> {
        let line = self.line;
        let clauses = line.clause.iter().max().map_or(0, |last| last + 1);
        for clause in 0..clauses {
            let mut content = line
                .in_clause(clause)
                .filter(|at| line.content[*at] && line.tokens[*at].kind == Kind::Word);
            let (Some(verb), Some(object)) = (content.next(), content.next()) else {
                continue;
            };
            let (Some(deed), Some(thing)) = (self.links[verb], self.links[object]) else {
                continue;
            };
            if deed.source != thing.source
                || self.sources[deed.source].header
                || !self.is_finite(line, verb)
            {
                continue;
            }
            let of = &self.sources[deed.source].reading;
            let apart = |link: &Link| {
                link.source != deed.source || of.clause[link.token] != of.clause[deed.token]
            };
            let told = of.clause[deed.token];
            // The evidence has other words for what it did.
            let has_object = of
                .in_clause(told)
                .any(|token| token > deed.token && of.content[token]);
            let relative = of
                .in_clause(of.clause[thing.token])
                .next()
                .is_some_and(|first| matches!(of.tokens[first].word.as_str(), "which" | "who"));
            let other_deed = !relative
                && of
                    .in_clause(of.clause[thing.token])
                    .any(|token| token < thing.token && self.is_finite(of, token));
            if self.found[object].iter().all(apart) && has_object && other_deed {
                return Some((
                    Code::Relation,
                    format!(
                        "“{}” is not what “{}” is said of in the evidence",
                        line.tokens[object].surface, line.tokens[verb].surface
                    ),
                ));
            }
        }
        None
    }
}
