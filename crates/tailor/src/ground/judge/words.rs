//! Every word and number of a line has an answer in the evidence.

use super::super::align::Link;
use super::super::derive::{self, Answer};
use super::super::english::Form;
use super::super::limiter::{Limit, limiters};
use super::super::reading::Reading;
use super::super::token::Kind;
use super::super::wordbook::{Wordbook, is_acronym};
use super::{Case, Code};

impl Case<'_> {
    /// Every word that claims something has an answer.
    pub(super) fn words(&mut self) {
        for at in 0..self.line.tokens.len() {
            let token = &self.line.tokens[at];
            if token.kind != Kind::Word || !self.line.content[at] || self.links[at].is_some() {
                continue;
            }
            if self.is_free(at)
                || self.is_light(at)
                || self.is_direction(at)
                || self.is_linking(at)
                || self.is_season(at)
                || self.is_spread(at)
                || self.is_vessel(at)
                || self.adds_nothing(at)
                || self.has_a_part(at)
            {
                continue;
            }
            if let Some(link) = self.any_deed(at) {
                self.links[at] = Some(link);
                continue;
            }
            if let Some((link, words)) = self.same_frame(at) {
                for word in words {
                    self.links[word] = Some(link);
                }
                continue;
            }
            if let Some(link) = derive::multiplied(&token.word, self.line, at, self.sources) {
                self.links[at] = Some(link);
                continue;
            }
            let (code, reason) = self.unanswered(at);
            self.object(code, &reason);
        }
    }

    /// Words that need no answer of their own.
    pub(super) fn is_free(&self, at: usize) -> bool {
        let token = &self.line.tokens[at];
        let covered = |limits: &[Limit]| {
            limiters(self.line, self.book).iter().any(|limiter| {
                (limiter.first..=limiter.last).contains(&at) && limits.contains(&limiter.kind)
            })
        };
        // A hedge makes a claim smaller, whoever puts it in. On the far side of a number it does not.
        if covered(&[Limit::Whole, Limit::Deed]) && !self.book.on_the_far_side(&token.word) {
            // Who helped did less of it; who looked on, or learned it, did something else.
            let told = self
                .line
                .in_clause(self.line.clause[at])
                .filter(|other| *other > at)
                .find_map(|other| self.links[other])
                .is_some_and(|link| {
                    let of = &self.sources[link.source].reading;
                    of.in_clause(of.clause[link.token])
                        .any(|token| self.is_finite(of, token))
                });
            let helping = match self.book.rank(self.line.keys(at)) {
                Some(1) => !told,
                rank => rank.is_none_or(|rank| rank == 2),
            };
            return helping
                && !self.takes_a_place(at)
                && self
                    .line
                    .in_clause(self.line.clause[at])
                    .any(|other| other > at && self.links[other].is_some());
        }
        // "more than doubled"
        let next = |step: usize| {
            self.line
                .tokens
                .get(at + step)
                .map_or("", |token| token.word.as_str())
        };
        let multiple = |step: usize| {
            derive::multiplied(next(step), self.line, at + step, self.sources).is_some()
        };
        let before_multiple = (token.word == "more" && next(1) == "than" && multiple(2))
            || (matches!(
                token.word.as_str(),
                "nearly" | "almost" | "about" | "roughly"
            ) && multiple(1));
        before_multiple || covered(&[Limit::Number])
    }

    /// "temporary jobs" for "permanent jobs": a hedge that stands where the evidence has another word.
    fn takes_a_place(&self, at: usize) -> bool {
        let line = self.line;
        let head = at + 1;
        let noun = line.content.get(head).copied().unwrap_or_default()
            && self.book.is_noun(&line.tokens[head].word);
        noun && Wordbook::is_adjective(&line.tokens[at].word)
            && self.links[head].is_some_and(|link| {
                let of = &self.sources[link.source].reading;
                link.token.checked_sub(1).is_some_and(|before| {
                    of.content[before]
                        && of.tokens[before].kind == Kind::Word
                        && Wordbook::is_adjective(&of.tokens[before].word)
                        && self.links_to(link.source, before).next().is_none()
                })
            })
    }

    /// "a tender that drew 11 bidders" for "a tender with 11 bidders": a verb that only stands between
    /// words that stand together in the evidence.
    fn is_linking(&self, at: usize) -> bool {
        let line = self.line;
        let name = line.tokens[at].surface.chars().any(char::is_uppercase);
        if name || !self.book.is_light("[linking]", line.keys(at)) {
            return false;
        }
        let clause = line.clause[at];
        let told = |token: &usize| {
            line.content[*token]
                .then(|| self.links[*token])
                .flatten()
                .filter(|link| !self.sources[link.source].header)
        };
        let before = (0..at).rev().find_map(|token| told(&token));
        let after = (at + 1..line.tokens.len())
            .filter(|token| line.clause[*token] == clause)
            .find_map(|token| told(&token));
        let opens = line.in_clause(clause).find(|token| line.content[*token]) == Some(at);
        let relative = line
            .in_clause(clause)
            .find(|token| line.tokens[*token].kind == Kind::Word)
            .is_some_and(|first| {
                matches!(line.tokens[first].word.as_str(), "which" | "who" | "that")
            });
        match (before, after) {
            (Some(before), Some(after)) => {
                let of = &self.sources[before.source].reading;
                before.source == after.source
                    && of.clause[before.token] == of.clause[after.token]
                    && (!opens || relative)
            }
            _ => false,
        }
    }

    /// "involved in developing it" for "developed it": who had a part in it did less.
    fn has_a_part(&self, at: usize) -> bool {
        let line = self.line;
        let part = matches!(
            line.tokens[at].word.as_str(),
            "involved" | "engaged" | "participated" | "contributed" | "assisted" | "collaborated"
        );
        let preposition = line
            .tokens
            .get(at + 1)
            .is_some_and(|next| matches!(next.word.as_str(), "in" | "to" | "with" | "on"));
        let deed = (at + 2..line.tokens.len())
            .find(|token| line.content[*token])
            .and_then(|next| self.links[next]);
        part && preposition
            && deed.is_some_and(|link| {
                let of = &self.sources[link.source].reading;
                !self.sources[link.source].header
                    && of
                        .in_clause(of.clause[link.token])
                        .find(|token| of.content[*token])
                        == Some(link.token)
                    && !self.book.verb_forms(&of.tokens[link.token].word).is_empty()
            })
    }

    /// "handled the petty cash" for "kept the petty cash": what follows from whatever was done to it.
    fn any_deed(&self, at: usize) -> Option<Link> {
        let line = self.line;
        let clause = line.clause[at];
        let opens = line.in_clause(clause).find(|token| line.content[*token]) == Some(at);
        if !opens || !self.book.is_light("[deeds]", line.keys(at)) {
            return None;
        }
        let thing = line
            .in_clause(clause)
            .filter(|token| *token > at && line.content[*token])
            .find_map(|token| self.links[token])
            .filter(|link| !self.sources[link.source].header)?;
        let of = &self.sources[thing.source].reading;
        let deed = of
            .in_clause(of.clause[thing.token])
            .find(|token| of.content[*token])
            .filter(|token| *token < thing.token)?;
        let told = self
            .book
            .verb_forms(&of.tokens[deed].word)
            .iter()
            .any(|form| *form != Form::Third);
        let keys = of.keys(deed);
        let enough = self.book.rank(keys).is_none_or(|rank| rank >= 3);
        let limited = self.sources[thing.source]
            .limiters
            .iter()
            .any(|limiter| (limiter.first..=limiter.last).contains(&deed));
        (told && enough && !limited && self.sources[thing.source].cited[deed]).then_some(Link {
            source: thing.source,
            token: deed,
            last: deed,
            exact: false,
        })
    }

    /// "carried out audits" for "audited": a verb that only carries the noun behind it.
    pub(super) fn is_light(&self, at: usize) -> bool {
        let line = self.line;
        let clause = line.clause[at];
        let opens = line.in_clause(clause).find(|token| line.content[*token]) == Some(at);
        let light = self.book.is_light("[light]", line.keys(at));
        opens
            && light
            && line
                .in_clause(clause)
                .filter(|token| *token > at)
                .any(|token| {
                    self.links[token].is_some_and(|link| {
                        let of = &self.sources[link.source].reading;
                        let verb = !self.book.verb_forms(&of.tokens[link.token].word).is_empty();
                        let first = of
                            .in_clause(of.clause[link.token])
                            .find(|token| of.content[*token]);
                        verb && first == Some(link.token)
                    })
                })
    }

    pub(super) fn unanswered(&self, at: usize) -> (Code, String) {
        let token = &self.line.tokens[at];
        let surface = &token.surface;
        let says = |what: &str| format!("“{surface}” {what}");
        let praise = self
            .line
            .covering(at)
            .any(|term| term.keys.iter().any(|key| self.book.is_intensifier(key)));
        if praise {
            return (Code::Praise, says("is praise that no evidence gives"));
        }
        if !self.supported_at_all() {
            return (
                Code::CannotCheck,
                "the line has too little in common with the evidence to be checked".to_owned(),
            );
        }
        if self.support.posting.contains(&token.word) {
            return (
                Code::FromPosting,
                says("stands in the posting, not in the cited evidence"),
            );
        }
        let capital = surface.chars().next().is_some_and(char::is_uppercase);
        let first = self.line.tokens[..at]
            .iter()
            .all(|token| token.kind != Kind::Word);
        if self.book.is_agent(&token.word) {
            return (
                Code::RaisedTitle,
                says("is a role that the evidence does not give"),
            );
        }
        if (capital && !first)
            || is_acronym(surface)
            || self
                .line
                .covering(at)
                .any(|term| term.keys.iter().any(|key| key.starts_with("skill ")))
        {
            return (Code::ForeignName, says("is not in the cited evidence"));
        }
        if !self.book.verb_forms(&token.word).is_empty() {
            return (
                Code::RaisedVerb,
                says("claims more than the cited evidence"),
            );
        }
        (Code::Unsupported, says("is not in the cited evidence"))
    }

    /// The same figure elsewhere in the evidence, behind or before the same word: "from Java 8 … still
    /// on Java 8".
    fn another_like(&self, at: usize, link: Link) -> Option<Link> {
        let line = self.line;
        let source = &self.sources[link.source];
        let of = &source.reading;
        let value = |reading: &Reading, at: usize| {
            reading.tokens[at]
                .number()
                .map(|number| (number.values.clone(), number.unit.clone()))
        };
        source
            .cited_figures()
            .filter(|place| {
                *place != link.token
                    && value(of, *place) == value(line, at)
                    && self.links_to(link.source, *place).next().is_none()
            })
            .find(|place| {
                let beside = |step: isize| {
                    let (Some(mine), Some(theirs)) =
                        (at.checked_add_signed(step), place.checked_add_signed(step))
                    else {
                        return false;
                    };
                    line.content.get(mine).copied().unwrap_or_default()
                        && self.found[mine].iter().any(|other| {
                            other.exact && other.source == link.source && other.token == theirs
                        })
                };
                beside(-1) || beside(1)
            })
            .map(|place| Link {
                token: place,
                last: place,
                ..link
            })
    }

    pub(super) fn supported_at_all(&self) -> bool {
        let content = (0..self.line.tokens.len()).filter(|at| self.line.content[*at]);
        let (mut all, mut answered) = (0_usize, 0_usize);
        for at in content {
            all += 1;
            answered +=
                usize::from(self.links[at].is_some() || self.line.tokens[at].number().is_some());
        }
        answered * 4 >= all
    }

    /// Every number is the evidence's, or follows from it, and counts the same thing.
    pub(super) fn numbers(&mut self) {
        for at in 0..self.line.tokens.len() {
            if self.line.tokens[at].number().is_none() {
                continue;
            }
            if let Some(link) = self.found[at].first() {
                self.links[at] = Some(*link);
                continue;
            }
            match derive::answer(self.line, at, self.sources, self.found, self.support) {
                Answer::Same(link) => {
                    let twice = self.links[..at].iter().enumerate().any(|(before, other)| {
                        self.line.tokens[before].is_figure() && *other == Some(link)
                    });
                    let again = self.another_like(at, link).filter(|_| twice);
                    let link = again.unwrap_or(link);
                    if twice && again.is_none() && self.line.tokens[at].is_figure() {
                        let surface = self.line.tokens[at].surface.clone();
                        self.object(
                            Code::NumberOfOther,
                            &format!("{surface} stands twice; the evidence has it once"),
                        );
                    }
                    self.links[at] = Some(link);
                }
                Answer::Rate(link, words, how) => {
                    self.links[at] = Some(link);
                    for word in words {
                        self.links[word] = Some(link);
                    }
                    self.derived_at.push(at);
                    self.ruling.derived.push(how);
                }
                Answer::Derived(link, how) => {
                    self.links[at] = link;
                    self.derived_at.push(at);
                    self.ruling.derived.push(how);
                }
                Answer::None(code, reason) => self.object(code, &reason),
            }
        }
    }
}
