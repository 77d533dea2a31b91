//! Times stay whole and with what they are said of; a part of a change is no part.

use super::super::derive;
use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::{Case, Code};

impl Case<'_> {
    /// "cut the steps from 14 to 9" became "cut 9 of 14 steps".
    pub(super) fn share_of_a_change(&self) -> Option<(Code, String)> {
        let line = self.line;
        let figures: Vec<usize> = (0..line.tokens.len())
            .filter(|at| line.tokens[*at].is_figure())
            .collect();
        figures.windows(2).find_map(|pair| {
            let (first, second) = (self.links[pair[0]]?, self.links[pair[1]]?);
            let share = pair[1] - pair[0] <= 3
                && line.tokens[pair[0] + 1..pair[1]]
                    .iter()
                    .any(|token| matches!(token.word.as_str(), "of" | "out"));
            let same = first.source == second.source && first.token != second.token;
            let of = &self.sources[first.source].reading;
            let moved =
                same && [first, second].iter().any(|link| {
                    of.governor[link.token] == Relation::To && of.tokens[link.token].is_figure()
                }) && [first, second]
                    .iter()
                    .any(|link| of.governor[link.token] == Relation::From);
            let computed = pair.iter().any(|at| self.derived_at.contains(at));
            (share && moved && !computed).then(|| {
                let reason = format!(
                    "{} is no part of {} in the evidence",
                    line.tokens[pair[0]].surface, line.tokens[pair[1]].surface
                );
                (Code::NumberOfOther, reason)
            })
        })
    }

    /// "between 2020 and 2023" became "in 2023".
    pub(super) fn one_end_of_a_time(&self) -> Option<(Code, String)> {
        let line = self.line;
        let date = |reading: &Reading, at: usize| {
            reading.tokens[at].number().and_then(|number| number.date)
        };
        (1..line.tokens.len()).find_map(|at| {
            let mine = date(line, at)?;
            let before = (0..at)
                .rev()
                .find(|token| line.tokens[*token].kind != Kind::PartOfNumber)?;
            if line.tokens[before].word != "in" {
                return None;
            }
            let link = self.links[at].filter(|link| !self.sources[link.source].header)?;
            let of = &self.sources[link.source].reading;
            let dates: Vec<usize> = (0..of.tokens.len())
                .filter(|token| date(of, *token).is_some())
                .collect();
            let whole = dates.windows(2).find(|pair| {
                let between = &of.tokens[pair[0] + 1..pair[1]];
                let joined = between.iter().any(|token| {
                    token.is_mark(&['-', '–'])
                        || matches!(token.word.as_str(), "and" | "to" | "until")
                }) && between.iter().all(|token| {
                    token.kind == Kind::PartOfNumber
                        || token.is_mark(&['-', '–'])
                        || matches!(token.word.as_str(), "and" | "to" | "until")
                });
                // "in 2019 and 2020" are two times.
                let and = between.iter().any(|token| token.word == "and");
                let ranged = !and
                    || of.tokens[..pair[0]]
                        .iter()
                        .rev()
                        .take(3)
                        .any(|token| token.word == "between");
                joined && ranged && pair.contains(&link.token)
            })?;
            // "one of them in 2023" stands elsewhere.
            let once = dates
                .iter()
                .filter(|token| date(of, **token) == Some(mine))
                .count()
                == 1;
            let both = whole
                .iter()
                .all(|end| (0..line.tokens.len()).any(|token| date(line, token) == date(of, *end)));
            let same_year = whole
                .iter()
                .all(|end| date(of, *end).map(|it| it.0) == Some(mine.0));
            (once && !both && !(same_year && mine.1.is_none())).then(|| {
                let reason = format!("“{}” is one end of a time", line.tokens[at].surface);
                (Code::Date, reason)
            })
        })
    }

    /// "2% in 2018; 5% in 2017" became "2% in 2017".
    pub(super) fn other_time(&self) -> Option<(Code, String)> {
        let line = self.line;
        let date = |reading: &Reading, at: usize| reading.tokens[at].is_date();
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
            let dated: Vec<usize> = of
                .in_clause(clause)
                .filter(|token| date(of, *token))
                .collect();
            // "14 in 2020 and 9 in 2021": each has its own.
            let own = derive::own_date(of, other.token)
                .filter(|_| dated.len() > 1 && of.tokens[other.token].is_figure())
                .filter(|own| {
                    let others = of
                        .in_clause(clause)
                        .filter(|token| *token != other.token && of.tokens[*token].is_figure());
                    let theirs: Vec<usize> = others
                        .filter_map(|token| derive::own_date(of, token))
                        .collect();
                    theirs.contains(&link.token) && !theirs.contains(own) && *own != link.token
                });
            let own = own.filter(|_| {
                !self.derived_at.contains(&mine)
                    && !line.tokens[mine + 1..]
                        .iter()
                        .take_while(|token| !token.is_mark(&[',', ';']))
                        .any(|token| {
                            token.is_date()
                                && own.is_some_and(|own| {
                                    token.number().and_then(|it| it.date)
                                        == of.tokens[own].number().and_then(|it| it.date)
                                })
                        })
            });
            if own.is_some() || !dated.is_empty() && !dated.contains(&link.token) {
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

    /// "since 2016" of what ended.
    pub(super) fn since_then(&self) -> Option<(Code, String)> {
        self.support.end?;
        let line = self.line;
        let told = self.sources.iter().any(|source| {
            source
                .reading
                .tokens
                .iter()
                .any(|token| token.word == "since")
        });
        (0..line.tokens.len())
            .find(|at| line.governor[*at] == Relation::Since && line.tokens[*at].is_date())
            .filter(|_| !told)
            .map(|at| {
                let reason = format!("it did not go on since {}", line.tokens[at].surface);
                (Code::Date, reason)
            })
    }

    /// "from March to May 2018 and again in 2020" became "from March 2018 to 2020".
    pub(super) fn dates_joined(&self) -> Option<(Code, String)> {
        let line = self.line;
        let date = |reading: &Reading, at: usize| reading.tokens[at].is_date();
        let dates: Vec<usize> = (0..line.tokens.len())
            .filter(|at| date(line, *at))
            .collect();
        dates.windows(2).find_map(|pair| {
            let (first, last) = (self.links[pair[0]]?, self.links[pair[1]]?);
            let range = line.tokens[pair[0] + 1..pair[1]].iter().any(|token| {
                token.is_mark(&['-', '–'])
                    || matches!(token.word.as_str(), "to" | "until" | "through")
            });
            let other = line.tokens[pair[0] + 1..pair[1]]
                .iter()
                .any(|token| token.number().is_some());
            let range = range && !other && line.clause[pair[0]] == line.clause[pair[1]];
            if !range || first.source != last.source || self.sources[first.source].header {
                return None;
            }
            let of = &self.sources[first.source].reading;
            let (from, to) = (first.token.min(last.token), first.token.max(last.token));
            let between = of.tokens[..from]
                .iter()
                .rev()
                .take(3)
                .any(|token| token.word == "between");
            let broken = of.tokens[from + 1..to.max(from + 1)].iter().any(|token| {
                token.is_date() || token.word == "again" || (token.word == "and" && !between)
            });
            broken.then(|| {
                let reason = format!(
                    "{} to {} is no length of time in the evidence",
                    line.tokens[pair[0]].surface, line.tokens[pair[1]].surface
                );
                (Code::Date, reason)
            })
        })
    }
}
