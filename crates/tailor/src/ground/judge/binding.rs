//! What belongs together stays together: a figure with its time and its subject, a verb with its
//! object, a noun with the one it only describes.

use super::super::align::Link;
use super::super::derive;
use super::super::english::Form;
use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::super::wordbook::Role;
use super::{Case, Code};

impl Case<'_> {
    /// Figures, times, objects and compounds stay what they are said of.
    pub(super) fn bindings(&mut self) {
        if !self.book.knows_grammar() {
            return;
        }
        let mut wrong = Vec::new();
        wrong.extend(self.heads());
        wrong.extend(self.since_then());
        wrong.extend(self.other_time());
        wrong.extend(self.time_of_another());
        wrong.extend(self.other_object());
        wrong.extend(self.complement_promoted());
        wrong.extend(self.figure_of_another());
        wrong.extend(self.occasion_as_deed());
        wrong.extend(self.other_denied());
        wrong.extend(self.bound_put_in());
        wrong.extend(self.rate_put_in());
        wrong.extend(self.subject_of_another());
        wrong.extend(self.dates_joined());
        wrong.extend(self.figure_elsewhere());
        wrong.extend(self.offset_left_out());
        for (code, reason) in wrong {
            self.object(code, &reason);
        }
    }

    /// The answers to a word: the very word where the evidence has it, else all.
    fn surest(&self, at: usize) -> impl Iterator<Item = &Link> {
        let exact = self.found[at].iter().any(|link| link.exact);
        self.found[at]
            .iter()
            .filter(move |link| link.exact || !exact)
    }

    /// "costs fell by 12% while prices rose by 3%" became "costs fell by 3%".
    fn figure_of_another(&self) -> Option<(Code, String)> {
        let line = self.line;
        let figure = |reading: &Reading, at: usize| {
            reading.tokens[at]
                .number()
                .is_some_and(|number| number.date.is_none())
        };
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
        let date = |reading: &Reading, at: usize| {
            reading.tokens[at]
                .number()
                .is_some_and(|number| number.date.is_some())
        };
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

    /// "wrote the manual of the pump" became "wrote the pump".
    fn complement_promoted(&self) -> Option<(Code, String)> {
        let line = self.line;
        let clauses = line.clause.iter().max().map_or(0, |last| last + 1);
        for clause in 0..clauses {
            let mut content = line
                .in_clause(clause)
                .filter(|at| line.content[*at] && line.tokens[*at].kind == Kind::Word);
            let Some(verb) = content.next().filter(|at| self.is_finite(line, *at)) else {
                continue;
            };
            // What follows the verb directly, up to whatever says more of it.
            let ends = (verb + 1..line.tokens.len())
                .find(|at| {
                    let token = &line.tokens[*at];
                    token.is_mark(&['(', ',', ';', ':', '–'])
                        || matches!(
                            token.word.as_str(),
                            "that" | "which" | "who" | "whom" | "each" | "every"
                        )
                        || (line.content[*at] && self.is_finite(line, *at))
                })
                .unwrap_or(line.tokens.len());
            let objects: Vec<usize> = content
                .filter(|at| *at < ends && !self.book.is_adverb(&line.tokens[*at].word))
                .filter(|at| !self.book.measures(&line.tokens[*at].word))
                .take_while(|at| line.governor[*at] == Relation::None)
                .collect();
            // The head of each object is its last noun.
            let heads: Vec<usize> = objects
                .iter()
                .copied()
                .filter(|at| {
                    let next = line.tokens.get(at + 1);
                    // "English and Dutch queries": what goes on behind the "and" may be one thing.
                    let shared = next
                        .is_some_and(|next| matches!(next.word.as_str(), "and" | "or"))
                        && self.book.singular(&line.tokens[*at].word) == line.tokens[*at].word;
                    next.is_none_or(|next| !next.is_mark(&['-']))
                        && !objects.contains(&(at + 1))
                        && !shared
                })
                .collect();
            for object in heads.iter().copied() {
                let (Some(deed), Some(thing)) = (self.links[verb], self.links[object]) else {
                    continue;
                };
                let of = &self.sources[deed.source].reading;
                let same = thing.source == deed.source
                    && !self.sources[deed.source].header
                    && of.clause[thing.token] == of.clause[deed.token];
                if !same {
                    continue;
                }
                // "used dashboards to plan shifts" is no "planned dashboards".
                let purpose = thing.token < deed.token
                    && deed.token > 0
                    && of.tokens[deed.token - 1].word == "to"
                    && of.content.get(deed.last + 1).copied().unwrap_or_default();
                let sibling = |head: usize| {
                    heads.iter().any(|other| {
                        *other != object
                            && self.links[*other].is_some_and(|link| {
                                link.source == deed.source
                                    && (link.token..=link.last).contains(&head)
                            })
                    })
                };
                // "reviewed the pipelines that the team wrote" is no "reviewed the team".
                let relative = thing.token > deed.last
                    && of.tokens[deed.last + 1..thing.token]
                        .iter()
                        .any(|token| matches!(token.word.as_str(), "that" | "which" | "whom"));
                if thing.token < deed.token && !purpose
                    || !purpose && !relative && of.governor[thing.token] == Relation::None
                {
                    continue;
                }
                let relation = of.governor[thing.token];
                let governed_elsewhere = !relative
                    && self.found[object].iter().any(|link| {
                        link.token != thing.token
                            && self.sources[link.source].reading.governor[link.token]
                                == Relation::None
                    });
                // What the evidence's verb has for an object.
                let direct: Vec<usize> = (deed.last + 1..thing.token)
                    .take_while(|at| of.governor[*at] == Relation::None)
                    .filter(|at| of.content[*at] && of.tokens[*at].kind == Kind::Word)
                    .collect();
                let Some(head) = direct.last().copied().or(purpose.then_some(thing.token)) else {
                    continue;
                };
                let used = self.found.iter().flatten().any(|link| {
                    link.source == deed.source && (link.token..=link.last).contains(&head)
                });
                // "told the chef about it" for "reported it to the chef".
                let recipient =
                    relation == Relation::To && self.book.is_person(&line.tokens[object].word);
                let measured =
                    recipient || matches!(relation, Relation::By) || self.is_finite(of, head);
                let open = purpose || !used || sibling(head);
                if open
                    && !governed_elsewhere
                    && !measured
                    && !self.book.is_carrier(&of.tokens[head].word)
                    && self.book.is_noun(&of.tokens[head].word)
                {
                    return Some((
                        Code::Relation,
                        format!(
                            "“{}” is said of “{}” in the evidence, not of “{}”",
                            line.tokens[verb].surface,
                            of.tokens[head].surface,
                            line.tokens[object].surface
                        ),
                    ));
                }
            }
        }
        None
    }

    /// "tested before the opening" became "opened".
    fn occasion_as_deed(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let link = self.links[at].filter(|link| !self.sources[link.source].header)?;
            let first = line
                .in_clause(line.clause[at])
                .find(|token| line.content[*token]);
            if first != Some(at)
                || !self
                    .book
                    .verb_forms(&line.tokens[at].word)
                    .contains(&Form::Past)
            {
                return None;
            }
            let of = &self.sources[link.source].reading;
            let responsible = of.in_clause(of.clause[link.token]).any(|token| {
                token < link.token
                    && matches!(
                        of.tokens[token].word.as_str(),
                        "responsible" | "responsibility" | "charge"
                    )
            });
            // "in a pilot" is "piloted": it takes back as much.
            let hedged = self.sources[link.source]
                .limiters
                .iter()
                .any(|limiter| (limiter.first..=limiter.last).contains(&link.token));
            let occasion = !responsible
                && !hedged
                && matches!(
                    of.governor[link.token],
                    Relation::Before
                        | Relation::After
                        | Relation::Since
                        | Relation::Until
                        | Relation::Against
                        | Relation::Instead
                        | Relation::For
                        | Relation::To
                        | Relation::In
                        | Relation::From
                        | Relation::Under
                );
            let article = link.token.checked_sub(1).is_some_and(|before| {
                matches!(
                    of.tokens[before].word.as_str(),
                    "the" | "a" | "an" | "its" | "their"
                )
            });
            (occasion && article).then(|| {
                let reason = format!("“{}” is no deed in the evidence", line.tokens[at].surface);
                (Code::RaisedVerb, reason)
            })
        })
    }

    /// "no major and three minor issues" became "no minor issues".
    fn other_denied(&self) -> Option<(Code, String)> {
        let line = self.line;
        let denies = |reading: &Reading, at: usize| {
            reading.tokens[at].kind == Kind::Word
                && matches!(
                    reading.tokens[at].word.as_str(),
                    "no" | "without" | "neither" | "nor"
                )
        };
        (0..line.tokens.len()).find_map(|at| {
            if !denies(line, at) {
                return None;
            }
            let next = (at + 1..line.tokens.len()).find(|token| line.content[*token])?;
            let link = self.links[next].filter(|link| !self.sources[link.source].header)?;
            let of = &self.sources[link.source].reading;
            // The words that the evidence's "no" holds for stand right behind it.
            let denied: Vec<usize> = (0..of.tokens.len())
                .filter(|token| denies(of, *token))
                .collect();
            let behind = |from: usize| -> Option<usize> {
                (from + 1..of.tokens.len()).find(|token| of.content[*token])
            };
            let before = denied
                .iter()
                .copied()
                .filter(|from| *from < link.token)
                .max()?;
            let first = behind(before)?;
            let fits = (link.token..=link.last).contains(&first)
                || self
                    .links_to(link.source, first)
                    .any(|mine| line.clause[mine] == line.clause[at] && mine.abs_diff(next) <= 3);
            (!fits).then(|| {
                let reason = format!(
                    "“{}” is said of “{}” in the evidence",
                    line.tokens[at].surface, of.tokens[first].surface
                );
                (Code::Negation, reason)
            })
        })
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
            (!rate && !derived).then(|| {
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

    /// "churn dropped from 9% to 7%; tickets doubled" became "tickets dropped from 9% to 7%".
    fn subject_of_another(&self) -> Option<(Code, String)> {
        let line = self.line;
        let clauses = line.clause.iter().max().map_or(0, |last| last + 1);
        (0..clauses).find_map(|clause| {
            let verb = line
                .in_clause(clause)
                .find(|at| line.content[*at] && self.is_finite(line, *at))?;
            let subject = line
                .in_clause(clause)
                .filter(|at| {
                    *at < verb && line.content[*at] && line.governor[*at] == Relation::None
                })
                .last()
                .filter(|at| verb - at <= 3 && line.tokens[*at].kind == Kind::Word)?;
            let (deed, told) = (self.links[verb]?, self.links[subject]?);
            if deed.source != told.source || self.sources[deed.source].header {
                return None;
            }
            let of = &self.sources[deed.source].reading;
            let there = of.clause[deed.token];
            let apart = self
                .surest(subject)
                .all(|link| link.source == deed.source && of.clause[link.token] != there);
            // That clause is about something else.
            let own = of
                .in_clause(there)
                .take_while(|token| *token < deed.token)
                .any(|token| of.content[token] && of.governor[token] == Relation::None);
            let also = self.surest(verb).any(|link| {
                link.source == deed.source && of.clause[link.token] == of.clause[told.token]
            });
            (apart && own && !also).then(|| {
                let reason = format!(
                    "“{}” is not said of “{}” in the evidence",
                    line.tokens[verb].surface, line.tokens[subject].surface
                );
                (Code::Relation, reason)
            })
        })
    }

    /// "from March to May 2018 and again in 2020" became "from March 2018 to 2020".
    fn dates_joined(&self) -> Option<(Code, String)> {
        let line = self.line;
        let date = |reading: &Reading, at: usize| {
            reading.tokens[at]
                .number()
                .is_some_and(|number| number.date.is_some())
        };
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
                token.number().is_some_and(|number| number.date.is_some())
                    || token.word == "again"
                    || (token.word == "and" && !between)
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
                        && of.tokens[*token]
                            .number()
                            .is_some_and(|number| number.date.is_none())
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
                && !self.book.is_carrier(&of.tokens[head].word)
                && !self.book.is_adjective(&line.tokens[at].word)
                && of
                    .tokens
                    .get(head + 1)
                    .is_none_or(|next| next.number().is_none() && next.kind != Kind::PartOfNumber)
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
        let told = self.sources.iter().any(|source| {
            source
                .reading
                .tokens
                .iter()
                .any(|token| token.word == "since")
        });
        (0..line.tokens.len())
            .find(|at| {
                line.governor[*at] == Relation::Since
                    && line.tokens[*at]
                        .number()
                        .is_some_and(|number| number.date.is_some())
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
            let dated: Vec<usize> = of
                .in_clause(clause)
                .filter(|token| date(of, *token))
                .collect();
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
            let pronoun = of.tokens.get(deed.last + 1).is_some_and(|next| {
                matches!(
                    next.word.as_str(),
                    "it" | "them" | "these" | "those" | "this"
                )
            });
            let has_object = !pronoun
                && of
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
            if self.surest(object).all(apart) && has_object && other_deed {
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
