//! A deed and the means to it: "cut the load by splitting the table". Each keeps its own object, in
//! whatever order they are told, and nobody joins two statements by a "which".

use super::super::english::Form;
use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::{Case, Code};

impl Case<'_> {
    /// A statement's deed and the deed behind its "by".
    fn deed_and_means(&self, of: &Reading, clause: usize) -> Option<(usize, usize)> {
        let by = of.in_clause(clause).find(|at| {
            of.tokens[*at].word == "by"
                && of
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| self.book.verb_forms(&next.word).contains(&Form::Gerund))
        })?;
        let deed = of.in_clause(clause).find(|at| of.content[*at])?;
        (deed < by).then_some((deed, by + 1))
    }

    /// "partitioned the table, cutting the load" for "cut the load by partitioning the table".
    pub(super) fn means_first(&self, source: usize, clause: usize) -> bool {
        let of = &self.sources[source].reading;
        let Some((deed, means)) = self.deed_and_means(of, clause) else {
            return false;
        };
        let first = |token: usize| self.links_to(source, token).next();
        first(means)
            .zip(first(deed))
            .is_some_and(|(means, effect)| {
                let opens = self
                    .line
                    .in_clause(self.line.clause[means])
                    .find(|at| self.line.content[*at])
                    == Some(means);
                let gerund = self
                    .book
                    .verb_forms(&self.line.tokens[effect].word)
                    .contains(&Form::Gerund);
                opens && gerund && effect > means
            })
    }

    /// "raised money for the roof by selling cakes" became "sold the roof".
    pub(super) fn means_of_another(&self) -> Option<(Code, String)> {
        let line = self.line;
        self.sources.iter().enumerate().find_map(|(index, source)| {
            let of = &source.reading;
            let clauses = of.clause.last().map_or(0, |last| last + 1);
            (0..clauses).filter(|_| !source.header).find_map(|clause| {
                let (deed, means) = self.deed_and_means(of, clause)?;
                let verbs: Vec<(usize, bool)> = [(deed, false), (means, true)]
                    .into_iter()
                    .filter_map(|(token, behind)| {
                        Some((self.links_to(index, token).next()?, behind))
                    })
                    .collect();
                verbs.iter().find_map(|(verb, behind)| {
                    // Up to the other deed, or whatever parts them.
                    let told = (verb + 1..line.tokens.len()).take_while(|at| {
                        line.clause[*at] == line.clause[*verb]
                            && !line.tokens[*at].is_mark(&[',', ';', '(', '–'])
                            && !verbs.iter().any(|(other, _)| other == at)
                            && !matches!(
                                line.tokens[*at].word.as_str(),
                                "by" | "with"
                                    | "through"
                                    | "thanks"
                                    | "due"
                                    | "via"
                                    | "using"
                                    | "after"
                            )
                            && line.tokens[*at].word != "and"
                    });
                    let wrong = told.into_iter().find(|at| {
                        let figure = line.tokens[*at].is_figure()
                            && self.links[*at].is_some_and(|link| {
                                link.source == index
                                    && of.clause[link.token] == clause
                                    && (link.token > means) != *behind
                            });
                        figure
                            || line.content[*at]
                                && line.tokens[*at].kind == Kind::Word
                                && self.surest(*at).next().is_some()
                                && self.surest(*at).all(|link| {
                                    link.source == index
                                        && of.clause[link.token] == clause
                                        && (link.token > means) != *behind
                                        && of.governor[link.token]
                                            == if *behind {
                                                Relation::None
                                            } else {
                                                Relation::By
                                            }
                                        && link.token != deed
                                        && link.token != means
                                })
                    })?;
                    Some((
                        Code::Relation,
                        format!(
                            "“{}” is said of something else than “{}” in the evidence",
                            line.tokens[*verb].surface, line.tokens[wrong].surface
                        ),
                    ))
                })
            })
        })
    }

    /// "wrote macros. Handling time fell" became "wrote macros, which cut handling time".
    pub(super) fn joined_by_which(&self) -> Option<(Code, String)> {
        let line = self.line;
        (1..line.tokens.len()).find_map(|at| {
            if !matches!(line.tokens[at].word.as_str(), "which" | "that") {
                return None;
            }
            let verb = (at + 1..line.tokens.len()).find(|token| line.content[*token])?;
            if verb - at > 2 || !self.is_finite(line, verb) {
                return None;
            }
            let before = (0..at).rev().find(|token| line.content[*token])?;
            // A verb that only says which way a figure went stands for the figure's.
            let figure = (verb + 1..line.tokens.len())
                .filter(|token| line.tokens[*token].is_figure())
                .find_map(|token| self.links[token]);
            let (noun, deed) = (self.links[before]?, self.links[verb].or(figure)?);
            let of = &self.sources[deed.source].reading;
            if self.sources[deed.source].header || self.sources[noun.source].header {
                return None;
            }
            let clause = of.clause[deed.token];
            let apart = noun.source != deed.source
                || self.sources[noun.source].reading.clause[noun.token] != clause;
            // "which", "they", or the verb itself: that clause goes on about the one before.
            let own = of
                .in_clause(clause)
                .find(|token| of.tokens[*token].kind == Kind::Word && !is_article(of, *token))
                .is_some_and(|first| of.content[first] && first != deed.token);
            // "a trial for six aisles, which is approved" where the evidence says it of the trial.
            let subject = of
                .in_clause(clause)
                .find(|token| of.content[*token])
                .is_some_and(|first| {
                    first < deed.token
                        && line.in_clause(line.clause[before]).any(|token| {
                            self.found[token].iter().any(|link| {
                                link.source == deed.source && link.token == first && link.exact
                            })
                        })
                });
            (apart && own && !subject).then(|| {
                let reason = format!(
                    "the evidence does not say that “{}” “{}”",
                    line.tokens[before].surface, line.tokens[verb].surface
                );
                (Code::Cause, reason)
            })
        })
    }
}

fn is_article(of: &Reading, at: usize) -> bool {
    matches!(
        of.tokens[at].word.as_str(),
        "the" | "a" | "an" | "our" | "its" | "their" | "and"
    )
}
