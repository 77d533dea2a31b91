//! Figures and times stay with what they are said of.

use super::super::derive;
use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::super::wordbook::Role;
use super::{Case, Code};

impl Case<'_> {
    /// All that is wrong with a figure or a time.
    pub(super) fn figures(&self) -> Vec<(Code, String)> {
        let wrong = [
            self.figure_of_another(),
            self.time_of_another(),
            self.rate_put_in(),
            self.offset_left_out(),
            self.dates_joined(),
            self.figure_elsewhere(),
            self.bound_put_in(),
            self.since_then(),
            self.share_of_a_change(),
            self.one_end_of_a_time(),
            self.other_time(),
        ];
        wrong.into_iter().flatten().collect()
    }

    /// "costs fell by 12% while prices rose by 3%" became "costs fell by 3%".
    fn figure_of_another(&self) -> Option<(Code, String)> {
        let line = self.line;
        let figure = |reading: &Reading, at: usize| reading.tokens[at].is_figure();
        for (at, link) in self.links.iter().enumerate() {
            let Some(link) =
                link.filter(|link| figure(line, at) && !self.sources[link.source].header)
            else {
                continue;
            };
            let of = &self.sources[link.source].reading;
            if !figure(of, link.token) {
                continue;
            }
            let there = of.clause[link.token];
            for mine in line.in_clause(line.clause[at]) {
                let Some(other) = self.links[mine].filter(|other| {
                    line.content[mine] && !figure(line, mine) && other.source == link.source
                }) else {
                    continue;
                };
                let apart = self
                    .surest(mine)
                    .all(|found| found.source == link.source && of.clause[found.token] != there);
                let theirs = of.clause[other.token];
                let relative = [theirs, there].iter().any(|clause| {
                    of.in_clause(*clause).next().is_some_and(|first| {
                        matches!(
                            of.tokens[first].word.as_str(),
                            "which" | "who" | "whom" | "that"
                        )
                    })
                });
                if relative {
                    continue;
                }
                let own_figure = of
                    .in_clause(theirs)
                    .filter(|token| figure(of, *token))
                    .collect::<Vec<_>>();
                let told = of.in_clause(theirs).any(|token| self.is_finite(of, token))
                    && of.in_clause(there).any(|token| self.is_finite(of, token));
                let unused = !own_figure.is_empty()
                    && own_figure.iter().all(|token| {
                        self.links_to(link.source, *token)
                            .all(|used| line.clause[used] != line.clause[at])
                    });
                if apart && told && unused && self.ruling.derived.is_empty() {
                    return Some((
                        Code::NumberOfOther,
                        format!(
                            "“{}” is not said of “{}” in the evidence",
                            line.tokens[at].surface, line.tokens[mine].surface
                        ),
                    ));
                }
            }
        }
        None
    }

    /// "deputy chair (2018–2020), member since 2014" became "deputy chair since 2014".
    fn time_of_another(&self) -> Option<(Code, String)> {
        let line = self.line;
        let date = |reading: &Reading, at: usize| reading.tokens[at].is_date();
        for (at, link) in self.links.iter().enumerate() {
            let Some(link) = link.filter(|_| date(line, at)) else {
                continue;
            };
            let source = &self.sources[link.source];
            let of = &source.reading;
            if source.header || !date(of, link.token) {
                continue;
            }
            // The statement between commas; brackets belong to what stands before them.
            let segment = |token: usize| {
                of.tokens[..token]
                    .iter()
                    .filter(|token| token.is_mark(&[',', ';']))
                    .count()
            };
            let comma = |token: usize| {
                line.tokens[..token]
                    .iter()
                    .filter(|token| token.is_mark(&[',', ';']))
                    .count()
            };
            let Some(first) = line
                .in_clause(line.clause[at])
                .filter(|token| comma(*token) == comma(at))
                .find(|token| line.content[*token] && !date(line, *token))
                .and_then(|token| self.links[token])
                .filter(|first| first.source == link.source)
            else {
                continue;
            };
            let dates = |wanted: usize| -> Vec<usize> {
                (0..of.tokens.len())
                    .filter(|token| date(of, *token) && segment(*token) == wanted)
                    .collect()
            };
            let own = dates(segment(first.token));
            let other = segment(link.token);
            let says_more = (0..of.tokens.len())
                .any(|token| segment(token) == other && of.content[token] && !date(of, token));
            let value = |token: usize| of.tokens[token].number().and_then(|number| number.date);
            let same = own.iter().any(|token| value(*token) == value(link.token));
            if !own.is_empty() && !same && says_more {
                return Some((
                    Code::Date,
                    format!(
                        "“{}” belongs to something else in the evidence",
                        line.tokens[at].surface
                    ),
                ));
            }
        }
        None
    }

    /// "36 volunteers in 4 workshops" became "36 volunteers per workshop".
    fn rate_put_in(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let per = line.tokens[at].word == "per" && line.tokens[at].kind == Kind::Word;
            let next = at + 1;
            if !per
                || !line.content.get(next).copied().unwrap_or_default()
                || self.book.measures(&line.tokens[next].word)
            {
                return None;
            }
            let link = self.links[next].filter(|link| !self.sources[link.source].header)?;
            let of = &self.sources[link.source].reading;
            let rate = (0..link.token).rev().take(2).any(|at| {
                matches!(
                    of.tokens[at].word.as_str(),
                    "per" | "by" | "each" | "every" | "a" | "an" | "/"
                )
            });
            let derived = line
                .in_clause(line.clause[at])
                .any(|token| self.derived_at.contains(&token));
            // "2 courses with about 45 students each"
            let each = of
                .in_clause(of.clause[link.token])
                .any(|token| matches!(of.tokens[token].word.as_str(), "each" | "apiece"));
            // "Revenue per available room" for "RevPAR": one name.
            let one_name = at > 0
                && self.links[at - 1].is_some_and(|before| {
                    before.source == link.source && before.token == link.token
                });
            (!rate && !derived && !each && !one_name).then(|| {
                let reason = format!("it is not said of each “{}”", line.tokens[next].surface);
                (Code::Number, reason)
            })
        })
    }

    /// "two weeks before the deadline" became "in two weeks".
    fn offset_left_out(&self) -> Option<(Code, String)> {
        let line = self.line;
        let side = |reading: &Reading, at: usize| -> Option<&'static str> {
            let next = reading.tokens[at + 1..]
                .iter()
                .find(|token| token.kind != Kind::PartOfNumber)?;
            let key = [next.word.clone()];
            ["[early]", "[late]"]
                .into_iter()
                .find(|side| self.book.goes(side, &key))
        };
        (0..line.tokens.len()).find_map(|at| {
            line.tokens[at]
                .number()
                .filter(|number| number.date.is_none())?;
            let link = self.links[at].filter(|link| !self.sources[link.source].header)?;
            let of = &self.sources[link.source].reading;
            let timed = of.tokens[link.token].number().is_some_and(|number| {
                number
                    .unit
                    .as_ref()
                    .is_some_and(|unit| matches!(unit.dimension.as_str(), "time" | "calendar"))
            });
            let theirs = side(of, link.token).filter(|_| timed)?;
            (side(line, at) != Some(theirs)).then(|| {
                let reason = format!(
                    "“{}” is no length of time in the evidence",
                    line.tokens[at].surface
                );
                (Code::Duration, reason)
            })
        })
    }

    /// "12 in Ghent and 7 in Bruges" became "12 in Bruges".
    fn figure_elsewhere(&self) -> Option<(Code, String)> {
        let line = self.line;
        let behind = |reading: &Reading, at: usize| -> Vec<usize> {
            (at + 1..reading.tokens.len())
                .take_while(|token| {
                    let here = &reading.tokens[*token];
                    here.number().is_none()
                        && reading.clause[*token] == reading.clause[at]
                        && (here.kind != Kind::Mark('-') || here.is_mark(&['-']))
                        && !here.is_mark(&['(', ')', ',', ';', ':', '–', '.'])
                })
                .filter(|token| reading.content[*token])
                .collect()
        };
        (0..line.tokens.len()).find_map(|at| {
            line.tokens[at]
                .number()
                .filter(|number| number.date.is_none())?;
            let link = self.links[at].filter(|link| !self.sources[link.source].header)?;
            let of = &self.sources[link.source].reading;
            of.tokens[link.token].number()?;
            if self.derived_at.contains(&at) {
                return None;
            }
            let own = behind(of, link.token);
            let others: Vec<usize> = (0..of.tokens.len())
                .filter(|token| {
                    *token != link.token
                        && of.clause[*token] == of.clause[link.token]
                        && of.tokens[*token].is_figure()
                })
                .collect();
            // Only places and the like: what is behind a preposition on both sides.
            let word = behind(line, at).into_iter().find(|word| {
                line.governor[*word] == Relation::In
                    && self.links[*word].is_some_and(|told| {
                        told.source == link.source
                            && !own.contains(&told.token)
                            && own
                                .iter()
                                .any(|token| of.governor[*token] == line.governor[*word])
                            && others
                                .iter()
                                .any(|other| behind(of, *other).contains(&told.token))
                    })
            })?;
            let reason = format!(
                "“{}” belongs to another number in the evidence",
                line.tokens[word].surface
            );
            Some((Code::NumberOfOther, reason))
        })
    }

    /// "eight months" became "more than eight months".
    fn bound_put_in(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let number = line.tokens[at]
                .number()
                .filter(|number| number.date.is_none())?;
            let link = self.links[at].filter(|link| !self.sources[link.source].header)?;
            let of = &self.sources[link.source].reading;
            let theirs = of.tokens[link.token].number()?;
            let bound = derive::hedge_before(line, at)
                .filter(|hedge| matches!(*hedge, "over" | "under" | "nearly"))?;
            let there = derive::hedge_before(of, link.token);
            let same = number
                .values
                .iter()
                .any(|value| theirs.values.contains(value))
                && number.unit == theirs.unit;
            let kept = there == Some(bound);
            let quantified = self
                .book
                .role(&line.tokens[at].word)
                .is_some_and(|role| matches!(role, Role::Quantifier(_)));
            (same && !kept && there.is_none() && !quantified).then(|| {
                let reason = format!(
                    "“{bound}” is not said of {} in the evidence",
                    line.tokens[at].surface
                );
                (Code::Number, reason)
            })
        })
    }
}
