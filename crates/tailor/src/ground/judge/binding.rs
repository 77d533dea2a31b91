//! What belongs together stays together: a verb with its subject and its object, a noun with the
//! one it only describes, a "not" with what it denies.

use super::super::align::Link;
use super::super::english::Form;
use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::super::wordbook::Wordbook;
use super::{Case, Code};

impl Case<'_> {
    /// Figures, times, objects and compounds stay what they are said of.
    pub(super) fn bindings(&mut self) {
        if !self.book.knows_grammar() {
            return;
        }
        let mut wrong = Vec::new();
        wrong.extend(self.heads());
        wrong.extend(self.other_object());
        wrong.extend(self.complement_promoted());
        wrong.extend(self.occasion_as_deed());
        wrong.extend(self.noun_as_deed());
        wrong.extend(self.deed_of_a_thing());
        wrong.extend(self.deed_of_nobody());
        wrong.extend(self.means_of_another());
        wrong.extend(self.joined_by_which());
        wrong.extend(self.other_denied());
        wrong.extend(self.subject_of_another());
        wrong.extend(self.doer_changed());
        wrong.extend(self.suffered());
        wrong.extend(self.taken_from_another());
        wrong.extend(self.moved_over());
        wrong.extend(self.objects_swapped());
        wrong.extend(self.head_dropped());
        wrong.extend(self.rate_of_another());
        wrong.extend(self.order_turned());
        wrong.extend(self.bound_turned());
        wrong.extend(self.on_behalf());
        wrong.extend(self.post_of_another());
        wrong.extend(self.work_of_another());
        wrong.extend(self.joined_from_another());
        wrong.extend(self.one_of_two());
        wrong.extend(self.bracketed_figure());
        wrong.extend(self.falls_short());
        wrong.extend(self.counts_another());
        wrong.extend(self.summed_up());
        wrong.extend(self.predicate_of_another());
        wrong.extend(self.moved_by_another());
        wrong.extend(self.of_another());
        wrong.extend(self.prefix_lost());
        wrong.extend(self.under_way());
        wrong.extend(self.figures());
        for (code, reason) in wrong {
            self.object(code, &reason);
        }
    }

    /// The answers to a word: the very word where the evidence has it, else all.
    pub(super) fn surest(&self, at: usize) -> impl Iterator<Item = &Link> {
        let exact = self.found[at].iter().any(|link| link.exact);
        self.found[at]
            .iter()
            .filter(move |link| link.exact || !exact)
    }

    /// "wrote the manual of the pump" became "wrote the pump".
    fn complement_promoted(&self) -> Option<(Code, String)> {
        let line = self.line;
        let clauses = line.clause.iter().max().map_or(0, |last| last + 1);
        for clause in 0..clauses {
            let mut content = line
                .in_clause(clause)
                .filter(|at| line.content[*at] && line.tokens[*at].kind == Kind::Word);
            let Some(verb) = content
                .next()
                .filter(|at| self.is_finite(line, *at) || self.opens_with_base(line, *at))
            else {
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
                .filter(|at| *at < ends && !Wordbook::is_adverb(&line.tokens[*at].word))
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
                    "no" | "zero" | "without" | "neither" | "nor"
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
            // "the portal, which 38 shops use" is "the portal used by 38 shops".
            let passive = line
                .tokens
                .get(verb + 1)
                .is_some_and(|next| next.word == "by");
            let relative = of
                .in_clause(there)
                .find(|token| of.tokens[*token].kind == Kind::Word)
                .is_some_and(|first| {
                    matches!(of.tokens[first].word.as_str(), "which" | "that")
                        && (0..first)
                            .rev()
                            .find(|token| of.content[*token])
                            .is_some_and(|before| (told.token..=told.last).contains(&before))
                });
            (apart && own && !also && !(passive && relative)).then(|| {
                let reason = format!(
                    "“{}” is not said of “{}” in the evidence",
                    line.tokens[verb].surface, line.tokens[subject].surface
                );
                (Code::Relation, reason)
            })
        })
    }

    /// Whether a clause begins with a verb in its plain form: "Report to the head".
    fn opens_with_base(&self, reading: &Reading, at: usize) -> bool {
        let word = &reading.tokens[at].word;
        reading
            .in_clause(reading.clause[at])
            .find(|token| reading.content[*token])
            == Some(at)
            && self.book.verb_forms(word).contains(&Form::Base)
            && (!self.book.is_noun(word)
                || reading.tokens.get(at + 1).is_some_and(|next| {
                    matches!(
                        next.word.as_str(),
                        "to" | "the" | "a" | "an" | "all" | "with"
                    ) || next.number().is_some()
                }))
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
                && !Wordbook::is_adjective(&line.tokens[at].word)
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
                || !(self.is_finite(line, verb) || self.opens_with_base(line, verb))
            {
                continue;
            }
            let of = &self.sources[deed.source].reading;
            let apart = |link: &Link| {
                link.source != deed.source || of.clause[link.token] != of.clause[deed.token]
            };
            let told = of.clause[deed.token];
            // The evidence has other words for what it did.
            let word = |at: usize| of.tokens.get(at).map_or("", |next| next.word.as_str());
            let stands_for =
                |at: usize| matches!(word(at), "it" | "them" | "these" | "those" | "this");
            let some = of
                .tokens
                .get(deed.last + 1)
                .is_some_and(|next| next.number().is_some())
                && word(deed.last + 2) == "of";
            let pronoun = stands_for(deed.last + 1) || (some && stands_for(deed.last + 3));
            let has_object = !pronoun
                && of
                    .in_clause(told)
                    .any(|token| token > deed.token && of.content[token]);
            let relative = of
                .in_clause(of.clause[thing.token])
                .next()
                .is_some_and(|first| matches!(of.tokens[first].word.as_str(), "which" | "who"));
            let other_deed = !relative
                && of.in_clause(of.clause[thing.token]).any(|token| {
                    token < thing.token
                        && (self.is_finite(of, token) || self.opens_with_base(of, token))
                });
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
