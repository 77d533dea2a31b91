//! What is said stays with the deed it was said of: nothing moves from one clause to another, be it of
//! the same statement or of the next.

use super::super::align::Link;
use super::super::english::Form;
use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::super::wordbook::Wordbook;
use super::{Case, Code};

impl Case<'_> {
    /// "trained new colleagues" and "reviewed the expenses of 60 employees" became "trained 60 employees":
    /// the deed that a word belongs to is not told, and another is.
    pub(super) fn taken_from_another(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let link = self.links[at].filter(|link| self.may_be_moved(at, *link))?;
            let of = &self.sources[link.source].reading;
            let clause = of.clause[link.token];
            let deeds = self.deeds_of(of, clause);
            let first = *deeds.first()?;
            let told = |token: usize| self.tells(link.source, token);
            // Who or what did it stands for it as well: "complaints from 22 to 13".
            let subject = of
                .in_clause(clause)
                .take_while(|token| *token < first)
                .filter(|token| of.content[*token])
                .any(|token| self.links_to(link.source, token).next().is_some());
            let untold = !deeds.iter().any(|deed| told(*deed)) && !subject;
            let elsewhere = self.found[at]
                .iter()
                .all(|other| other.source == link.source && of.clause[other.token] == clause);
            // Another deed is told in that clause of the line, right before it.
            let (verb, other) = self
                .deed_told_before(at)
                .or_else(|| self.deed_told_behind(at))?;
            // "developed X and Y" of what was developed and what was implemented.
            let alike = !other.exact
                && deeds.iter().any(|deed| {
                    let (theirs, mine) = (of.keys(*deed), line.keys(verb));
                    self.book.one_kind(theirs, mine)
                        || theirs
                            .iter()
                            .any(|key| mine.iter().any(|mine| self.book.same_deed(key, mine)))
                });
            let apart = other.source != link.source
                || self.sources[other.source].reading.clause[other.token] != clause;
            // "rewrote 8 of them": the whole comes along with its part.
            let taken_up = other.source == link.source
                && of
                    .in_clause(of.clause[other.token])
                    .any(|token| refers_back(&of.tokens[token].word));
            (untold && !alike && elsewhere && apart && !taken_up).then(|| {
                let reason = format!(
                    "“{}” belongs to “{}” in the evidence",
                    line.tokens[at].surface, of.tokens[first].surface
                );
                (Code::Relation, reason)
            })
        })
    }

    /// "thinning the walls and moving two ribs" became "thinning two ribs": both deeds are told, each with
    /// what belongs to the other.
    pub(super) fn moved_over(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let link = self.links[at].filter(|link| self.may_be_moved(at, *link))?;
            let of = &self.sources[link.source].reading;
            let clause = of.clause[link.token];
            let elsewhere = self.found[at]
                .iter()
                .all(|other| other.source == link.source && of.clause[other.token] == clause);
            let (_, other) = self
                .deed_told_before(at)
                .or_else(|| self.deed_told_behind(at))
                .filter(|_| elsewhere)?;
            let there = self.sources[other.source].reading.clause[other.token];
            let same = other.source == link.source;
            if same && there == clause {
                return None;
            }
            // The deed of its own stands in another clause of the line.
            let own = self.deeds_of(of, clause);
            let told_apart = own.iter().any(|deed| {
                self.links_to(link.source, *deed)
                    .any(|mine| line.clause[mine] != line.clause[at])
            });
            let told_here = own.iter().any(|deed| {
                self.links_to(link.source, *deed)
                    .any(|mine| line.clause[mine] == line.clause[at])
            });
            // The other has something of its own: not "wrote and presented a paper".
            let complete = of.in_clause(there).any(|token| {
                token > other.token && of.content[token] && of.tokens[token].kind == Kind::Word
            });
            let pronoun = of
                .in_clause(there)
                .chain(of.in_clause(clause))
                .any(|token| {
                    matches!(
                        of.tokens[token].word.as_str(),
                        "it" | "them"
                            | "these"
                            | "this"
                            | "which"
                            | "that"
                            | "they"
                            | "their"
                            | "its"
                    )
                });
            (told_apart && !told_here && complete && !pronoun).then(|| {
                let reason = format!(
                    "“{}” belongs to another deed in the evidence",
                    line.tokens[at].surface
                );
                (Code::Relation, reason)
            })
        })
    }

    /// Whether the line has a word of a source, or the same word for another of it.
    fn tells(&self, source: usize, token: usize) -> bool {
        self.links_to(source, token).next().is_some()
            || self.found.iter().flatten().any(|link| {
                link.exact && link.source == source && (link.token..=link.last).contains(&token)
            })
    }

    /// "thinning the walls and moving two ribs" became "thinning two ribs and moving the walls".
    pub(super) fn objects_swapped(&self) -> Option<(Code, String)> {
        let line = self.line;
        let verbs: Vec<(usize, Link)> = (0..line.tokens.len())
            .filter(|at| self.one_of_a_row(line, *at))
            .filter_map(|at| Some((at, self.links[at]?)))
            .filter(|(_, link)| {
                !self.sources[link.source].header
                    && self.one_of_a_row(&self.sources[link.source].reading, link.token)
            })
            .collect();
        verbs.iter().find_map(|(verb, link)| {
            let of = &self.sources[link.source].reading;
            let object = (verb + 1..line.tokens.len())
                .take_while(|at| {
                    !line.tokens[*at].is_mark(&[',', ';', '('])
                        && !matches!(line.tokens[*at].word.as_str(), "and" | "or" | "by")
                })
                .find(|at| {
                    line.content[*at]
                        && line.tokens[*at].kind == Kind::Word
                        && self.book.is_noun(&line.tokens[*at].word)
                        && !self.is_verb_like(line, *at)
                })?;
            let thing = self.links[object].filter(|thing| thing.source == link.source)?;
            let only = self.surest(object).all(|other| other == &thing);
            // Another deed of the line stands nearer to it in the evidence.
            let nearer = verbs.iter().any(|(other, deed)| {
                other != verb
                    && deed.source == link.source
                    && deed.token < thing.token
                    && (link.token < deed.token || thing.token < link.token)
                    && of.clause[deed.token] == of.clause[thing.token]
                    && of.governor[deed.token] == of.governor[thing.token]
                    && of.tokens[deed.token + 1..thing.token]
                        .iter()
                        .all(|token| !token.is_mark(&[',', ';', '(']) && token.word != "and")
            });
            // "recorded and edited 14 episodes" has one object for both.
            let own = of.tokens.get(link.last + 1).is_some_and(|next| {
                next.kind == Kind::Word && next.word != "and" && next.word != "or"
            });
            (only && nearer && own).then(|| {
                let reason = format!(
                    "“{}” is not what “{}” is said of in the evidence",
                    line.tokens[object].surface, line.tokens[*verb].surface
                );
                (Code::Relation, reason)
            })
        })
    }

    /// A verb behind "by", "and" or a comma: no part of a compound ("landing pages").
    fn one_of_a_row(&self, reading: &Reading, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| &reading.tokens[before]);
        reading.content[at]
            && self.is_verb_like(reading, at)
            && before.is_some_and(|before| {
                matches!(before.word.as_str(), "by" | "and" | "or") || before.is_mark(&[','])
            })
    }

    /// Whether a word is of those that stand with a deed: a noun, a name, a figure, a date of a statement.
    fn may_be_moved(&self, at: usize, link: Link) -> bool {
        let token = &self.line.tokens[at];
        let of = &self.sources[link.source].reading;
        !self.sources[link.source].header
            && self.line.content[at]
            && !self.derived_at.contains(&at)
            && (token.number().is_some()
                || token.kind == Kind::Word
                    && of.content[link.token]
                    && !self.is_verb_like(self.line, at)
                    && !self.is_verb_like(of, link.token)
                    && (self.book.is_noun(&token.word)
                        || self.book.verb_forms(&token.word).is_empty()
                            && !Wordbook::is_adjective(&token.word)
                            && !Wordbook::is_adverb(&token.word)))
    }

    /// The deeds of a clause: what it begins with, or what its subject did. None where it only says how
    /// things are: "it has 40 members", "which saved five hours".
    fn deeds_of(&self, of: &Reading, clause: usize) -> Vec<usize> {
        let mut words = of
            .in_clause(clause)
            .filter(|token| of.tokens[*token].kind == Kind::Word);
        let refers = words.next().is_some_and(|first| {
            matches!(
                of.tokens[first].word.as_str(),
                "it" | "they" | "this" | "these" | "which" | "that" | "both" | "each"
            )
        });
        if refers {
            return Vec::new();
        }
        of.in_clause(clause)
            .filter(|token| {
                of.content[*token]
                    && (self.is_finite(of, *token) && !of.tokens[*token].joined
                        || self.begins_with(of, *token)
                        || !of.tokens[*token].joined
                            && self
                                .book
                                .verb_forms(&of.tokens[*token].word)
                                .contains(&Form::Gerund)
                            && !self.book.is_noun(&of.tokens[*token].word))
                    && (self.begins_with(of, *token)
                        || !self.book.is_light("[linking]", of.keys(*token)))
                    && !of
                        .keys(*token)
                        .iter()
                        .any(|key| matches!(key.as_str(), "make" | "do" | "have" | "take" | "give"))
            })
            .collect()
    }

    fn begins_with(&self, of: &Reading, at: usize) -> bool {
        of.in_clause(of.clause[at]).find(|token| of.content[*token]) == Some(at)
            && self
                .book
                .verb_forms(&of.tokens[at].word)
                .iter()
                .any(|form| matches!(form, Form::Past | Form::Base | Form::Gerund))
            && of
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.kind == Kind::Word || next.number().is_some())
    }

    /// The deed told nearest before a word in its clause of the line.
    fn deed_told_before(&self, at: usize) -> Option<(usize, Link)> {
        let line = self.line;
        (0..at)
            .rev()
            .take_while(|token| line.clause[*token] == line.clause[at])
            .find_map(|token| {
                let link = self.links[token]
                    .filter(|link| line.content[token] && !self.sources[link.source].header)?;
                let of = &self.sources[link.source].reading;
                let verb = !self.book.verb_forms(&line.tokens[token].word).is_empty();
                let deed = self.begins_with(of, link.token)
                    || self
                        .deeds_of(of, of.clause[link.token])
                        .contains(&link.token);
                (verb && deed).then_some((token, link))
            })
    }

    /// The deed of a clause of the line that something stands in front of: "In 2022, switched …".
    fn deed_told_behind(&self, at: usize) -> Option<(usize, Link)> {
        let line = self.line;
        line.in_clause(line.clause[at])
            .filter(|token| *token > at)
            .find_map(|token| {
                let link = self.links[token]
                    .filter(|link| line.content[token] && !self.sources[link.source].header)?;
                let of = &self.sources[link.source].reading;
                let finite = self.is_finite(line, token);
                (finite && self.begins_with(of, link.token)).then_some((token, link))
            })
    }

    /// "two school classes" became "two schools": what is counted is the last noun of those there.
    pub(super) fn head_dropped(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let link = self.links[at].filter(|link| {
                line.tokens[at].is_figure()
                    && !self.sources[link.source].header
                    && self.sources[link.source].reading.tokens[link.token].is_figure()
            })?;
            let of = &self.sources[link.source].reading;
            let counted = |reading: &Reading, number: usize| -> Vec<usize> {
                (0..reading.tokens.len())
                    .filter(|token| reading.counted_by[*token] == Some(number))
                    .collect()
            };
            let head = *counted(line, at).last()?;
            let theirs = counted(of, link.token);
            let real = *theirs.last()?;
            let adjacent = theirs.windows(2).all(|pair| pair[1] == pair[0] + 1);
            let answers: Vec<&Link> = self.found[head]
                .iter()
                .filter(|other| other.source == link.source)
                .collect();
            let modifier = !answers.is_empty()
                && answers.iter().all(|other| {
                    theirs.contains(&other.token)
                        && !(other.token..=other.last).contains(&real)
                        && self.book.is_noun(&of.tokens[other.token].word)
                        && self.book.singular(&of.tokens[other.token].word)
                            == of.tokens[other.token].word
                });
            let several = self.book.singular(&line.tokens[head].word) != line.tokens[head].word;
            let noun = self.book.is_noun(&of.tokens[real].word) && !self.is_finite(of, real);
            let left_out = self.links_to(link.source, real).next().is_none();
            (adjacent && modifier && several && noun && left_out).then(|| {
                let reason = format!(
                    "{} counts “{}” in the evidence",
                    line.tokens[at].surface, of.tokens[real].surface
                );
                (Code::NumberOfOther, reason)
            })
        })
    }

    /// "€14 per cabinet" became "€14 a year": a rate stays one of the same thing.
    pub(super) fn rate_of_another(&self) -> Option<(Code, String)> {
        let line = self.line;
        let rate = |reading: &Reading, at: usize| -> Option<usize> {
            let per = (at + 1..reading.tokens.len())
                .find(|token| reading.tokens[*token].kind != Kind::PartOfNumber)
                .filter(|token| {
                    matches!(reading.tokens[*token].word.as_str(), "per" | "a" | "each")
                })?;
            (reading.tokens.get(per + 1)?.kind == Kind::Word).then_some(per + 1)
        };
        (0..line.tokens.len()).find_map(|at| {
            let link = self.links[at].filter(|link| {
                line.tokens[at].is_figure()
                    && !self.derived_at.contains(&at)
                    && !self.sources[link.source].header
            })?;
            let of = &self.sources[link.source].reading;
            let measured = of.tokens[link.token]
                .number()
                .is_some_and(|number| number.unit.is_some() && number.date.is_none());
            let (mine, theirs) = (rate(line, at)?, rate(of, link.token)?);
            let word = |reading: &Reading, at: usize| self.book.singular(&reading.tokens[at].word);
            let same = word(line, mine) == word(of, theirs)
                || self.found[mine].iter().any(|other| {
                    other.source == link.source && (other.token..=other.last).contains(&theirs)
                });
            // "per hour" for "each 60 minutes" is computed.
            let both = self.book.measures(&line.tokens[mine].word)
                && self.book.measures(&of.tokens[theirs].word);
            (measured && !same && !both).then(|| {
                let reason = format!(
                    "{} is per “{}” in the evidence",
                    line.tokens[at].surface, of.tokens[theirs].surface
                );
                (Code::Unit, reason)
            })
        })
    }

    /// "two weeks later, the council closed it" became "two weeks after the council closed it".
    pub(super) fn order_turned(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let link = self.links[at].filter(|link| {
                line.content[at]
                    && line.tokens[at].kind == Kind::Word
                    && line.governor[at] == Relation::After
                    && !self.sources[link.source].header
            })?;
            let of = &self.sources[link.source].reading;
            let clause = of.clause[link.token];
            let later = of.in_clause(clause).any(|token| {
                matches!(
                    of.tokens[token].word.as_str(),
                    "later" | "afterwards" | "subsequently" | "thereafter"
                )
            });
            let said = (0..line.tokens.len())
                .any(|token| matches!(line.tokens[token].word.as_str(), "later" | "afterwards"));
            let before = (0..at)
                .filter(|token| line.content[*token])
                .find_map(|token| self.links[token])
                .is_some_and(|first| {
                    first.source == link.source && of.clause[first.token] < clause
                });
            // "after complaints had dropped" of what only stands behind it.
            let verb = self.deed_told_before(at);
            let invented = of.governor[link.token] != Relation::After
                && verb.is_some_and(|(_, deed)| {
                    deed.source == link.source && of.clause[deed.token] < clause
                });
            (invented || later && before && !said && clause > 0).then(|| {
                let reason = format!("“{}” came later in the evidence", line.tokens[at].surface);
                (Code::Relation, reason)
            })
        })
    }
}

fn refers_back(word: &str) -> bool {
    matches!(
        word,
        "it" | "them" | "these" | "this" | "which" | "that" | "they" | "their" | "its"
    )
}
