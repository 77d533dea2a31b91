//! Whose work it was: whoever did a thing, or did it with the person, comes along with the thing.

use super::super::align::Source;
use super::super::english::Form;
use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::super::wordbook::Wordbook;
use super::others::determines;
use super::{Case, Code};

impl Case<'_> {
    /// Credit to others is not left out, and nobody is credited with what another did.
    pub(super) fn credit(&mut self) {
        if !self.book.knows_grammar() {
            return;
        }
        let mut wrong = Vec::new();
        for (at, source) in self.sources.iter().enumerate() {
            if source.header {
                continue;
            }
            if let Some(name) = self.took_anothers_deed(at, source) {
                wrong.push(format!("“{name}” did that in the evidence"));
            }
            for place in 0..source.reading.tokens.len() {
                if let Some(who) = self.shared_with(source, place)
                    && self.takes_the_deed(at, source, place)
                    && !self.says_shared(at, &who)
                {
                    let name = source.reading.tokens[who[who.len() - 1]].surface.clone();
                    wrong.push(format!("“{name}”, who had a part in it, was left out"));
                }
                if let Some(name) = self.owner_left_out(at, source, place) {
                    wrong.push(format!("“{name}”, whose it is, was left out"));
                }
                if let Some(name) = self.done_by_another(at, source, place) {
                    wrong.push(format!("“{name}” did that in the evidence"));
                }
                if let Some(name) = self.subject_left_out(at, source, place) {
                    wrong.push(format!("“{name}” did that in the evidence"));
                }
                if let Some(name) = self.agent_left_out(at, source, place) {
                    wrong.push(format!("“{name}”, who or what did it, was left out"));
                }
            }
        }
        for at in 0..self.line.tokens.len() {
            if let Some(name) = self.another_doer(at) {
                wrong.push(format!("“{name}” did something else in the evidence"));
            }
        }
        for reason in wrong {
            self.object(Code::Relation, &reason);
        }
    }

    /// Whether the line uses a token of a source.
    fn uses(&self, source: usize, token: usize) -> bool {
        self.links
            .iter()
            .flatten()
            .chain(self.found.iter().flatten())
            .any(|link| link.source == source && (link.token..=link.last).contains(&token))
    }

    /// Whether the line has that very word, or one for which there is no better answer.
    pub(super) fn names(&self, source: usize, token: usize) -> bool {
        let exact = self.found.iter().flatten().filter(|link| link.exact);
        self.links
            .iter()
            .flatten()
            .chain(exact)
            .any(|link| link.source == source && (link.token..=link.last).contains(&token))
    }

    /// The words behind a preposition that belong to what it governs.
    fn governed(&self, of: &Reading, preposition: usize) -> Vec<usize> {
        let clause = of.clause[preposition];
        let mut found = Vec::new();
        for at in preposition + 1..of.tokens.len() {
            let token = &of.tokens[at];
            let ends = of.clause[at] != clause
                || token.is_mark(&[',', '(', ')', ';', ':', '.'])
                || (!of.content[at]
                    && token.kind == Kind::Word
                    && of.governor[at] != of.governor[preposition])
                || self.is_finite(of, at)
                || matches!(
                    token.word.as_str(),
                    "to" | "that" | "who" | "which" | "while"
                );
            if ends {
                break;
            }
            if of.content[at] {
                found.push(at);
            }
        }
        found
    }

    pub(super) fn is_someone(&self, of: &Reading, at: usize) -> bool {
        let word = &of.tokens[at].word;
        let post = of.tokens.get(at + 1).is_some_and(|next| next.word == "of");
        of.tokens[at].kind == Kind::Word
            && (self.book.is_person(word) || (post && self.book.raises(word)))
    }

    /// Who else had a part in it: "with a colleague", "together with the design team".
    fn shared_with(&self, source: &Source, at: usize) -> Option<Vec<usize>> {
        let of = &source.reading;
        let word = of.tokens[at].word.as_str();
        if !matches!(word, "with" | "alongside") {
            return None;
        }
        let who = self.governed(of, at);
        let head = who.iter().rev().find(|at| self.is_someone(of, **at))?;
        // "with 31 nurses" says how many there were, "with one other trainer" who helped.
        let many = of.tokens[at..*head].iter().any(|token| {
            token.number().is_some_and(|number| {
                !number.spelled || number.values.iter().any(|value| *value > 3.0)
            })
        });
        (!many && !self.book.is_counterpart(&of.tokens[*head].word)).then_some(who)
    }

    /// Whether the line says that the person did what was done with others.
    fn takes_the_deed(&self, at: usize, source: &Source, with: usize) -> bool {
        let of = &source.reading;
        let clause = of.clause[with];
        let before = |token: &usize| *token < with;
        // "118 bridges, 27 of them under water with a diving crew": those alone.
        let part = (0..with).rev().find(|token| {
            of.tokens[*token].is_figure()
                && of.tokens[*token + 1].word == "of"
                && of
                    .tokens
                    .get(token + 2)
                    .is_some_and(|next| matches!(next.word.as_str(), "them" | "which" | "whom"))
        });
        if let Some(part) =
            part.filter(|part| of.clause[*part] == clause && !self.is_finite(of, *part))
        {
            let named = (part + 1..with).any(|token| of.content[token] && self.uses(at, token));
            if !self.uses(at, part) && !named && self.derived_at.is_empty() {
                return false;
            }
        }
        let verb = of
            .in_clause(clause)
            .filter(before)
            .filter(|token| self.is_finite(of, *token) || self.opens(of, *token))
            // "a budget shared with the head of finance": the sharing is no deed.
            .filter(|token| !self.book.says_jointly(&of.tokens[*token].word))
            .last();
        match verb {
            Some(verb) => self.uses(at, verb),
            None => of
                .in_clause(clause)
                .filter(before)
                .any(|token| self.uses(at, token)),
        }
    }

    pub(super) fn opens(&self, of: &Reading, at: usize) -> bool {
        of.in_clause(of.clause[at]).find(|token| of.content[*token]) == Some(at)
            && !at
                .checked_sub(1)
                .is_some_and(|before| determines(&of.tokens[before].word))
            && !self.book.verb_forms(&of.tokens[at].word).is_empty()
    }

    /// Whether the line names one of those, or says that others had a part.
    pub(super) fn says_shared(&self, source: usize, who: &[usize]) -> bool {
        // "dived" does not name the diving crew.
        let of = &self.sources[source].reading;
        let names = |token: &usize| {
            let forms = self.book.verb_forms(&of.tokens[*token].word);
            !forms.contains(&Form::Gerund) && self.names(source, *token)
        };
        who.iter().any(names)
            || (0..self.line.tokens.len()).any(|at| {
                let token = &self.line.tokens[at];
                // "help" in "help-centre" says nothing of helping.
                let compound = token.word != "co"
                    && self
                        .line
                        .tokens
                        .get(at + 1)
                        .is_some_and(|next| next.is_mark(&['-']));
                token.kind == Kind::Word
                    && !compound
                    && self.book.says_jointly(&token.word)
                    && self.means_others(source, at)
            })
    }

    /// Whether a word that may say that others had a part says so here: no "with 35 stalls", no "help
    /// centre" of the evidence.
    fn means_others(&self, source: usize, at: usize) -> bool {
        match self.line.tokens[at].word.as_str() {
            "with" => {
                let told = self.governed(self.line, at);
                told.is_empty()
                    || told.iter().any(|who| {
                        self.is_someone(self.line, *who)
                            && !self.book.is_counterpart(&self.line.tokens[*who].word)
                    })
            }
            "help" | "support" | "share" | "part" => !self.links[at].is_some_and(|link| {
                let of = &self.sources[link.source].reading;
                link.source == source
                    && link.exact
                    && of.governor[link.token] == self.line.governor[at]
                    && of
                        .in_clause(of.clause[link.token])
                        .find(|token| of.content[*token])
                        != Some(link.token)
            }),
            _ => true,
        }
    }

    /// The verb that "by" and whoever follows it belong to, and whoever that is.
    pub(super) fn done_by(&self, of: &Reading, by: usize) -> Option<(usize, Vec<usize>)> {
        if of.tokens[by].word != "by" {
            return None;
        }
        let who = self.governed(of, by);
        let named = who.iter().any(|at| self.is_someone(of, *at));
        if !named
            || who
                .iter()
                .any(|at| of.tokens[*at].number().is_some_and(|n| n.unit.is_some()))
        {
            return None;
        }
        let verb = (0..by)
            .rev()
            .take(3)
            .take_while(|at| of.clause[*at] == of.clause[by])
            .find(|at| {
                self.book
                    .verb_forms(&of.tokens[*at].word)
                    .contains(&Form::Past)
            })?;
        Some((verb, who))
    }

    /// "drawn by an engineering firm" became "drew".
    fn agent_left_out(&self, at: usize, source: &Source, by: usize) -> Option<String> {
        let of = &source.reading;
        let (verb, who) = self.done_by(of, by)?;
        let passive_there = self.opens(of, verb);
        let active = self.links.iter().enumerate().any(|(mine, link)| {
            link.is_some_and(|link| link.source == at && (link.token..=link.last).contains(&verb))
                && self.opens(self.line, mine)
        });
        // Named as what else: "set limits within which the director agreed".
        let named = who.iter().any(|token| self.names(at, *token));
        let begins = self.links_to(at, verb).any(|mine| {
            self.opens(self.line, mine)
                && self.line.tokens[..mine]
                    .iter()
                    .all(|token| token.kind != Kind::Word)
                && self
                    .line
                    .tokens
                    .get(mine + 1)
                    .is_none_or(|next| next.word != "by")
        });
        let by_them = who.iter().any(|token| {
            self.links_to(at, *token)
                .any(|mine| self.line.governor[mine] == Relation::By)
        });
        let told = named && (by_them || !begins);
        (active && !told && !passive_there).then(|| of.tokens[who[who.len() - 1]].surface.clone())
    }

    /// "the pipelines that the platform team wrote" became "wrote the pipelines".
    fn done_by_another(&self, at: usize, source: &Source, verb: usize) -> Option<String> {
        let of = &source.reading;
        if !of.content[verb] || !self.is_finite(of, verb) {
            return None;
        }
        let clause = of.clause[verb];
        let that = (0..verb)
            .rev()
            .take_while(|token| of.clause[*token] == clause && !self.is_finite(of, *token))
            .find(|token| {
                matches!(
                    of.tokens[*token].word.as_str(),
                    "that" | "which" | "whom" | "who"
                )
            })?;
        // "the officer, who closed it" became "closed it".
        if of.tokens[that].word == "who" {
            let doer = (0..that)
                .rev()
                .find(|token| of.content[*token])
                .filter(|doer| self.is_someone(of, *doer))?;
            let taken = self.links_to(at, verb).any(|mine| {
                let clause = self.line.clause[mine];
                !self.line.in_clause(clause).any(|token| {
                    matches!(
                        self.line.tokens[token].word.as_str(),
                        "who" | "that" | "which" | "by" | "was" | "were"
                    )
                }) && self.opens(self.line, mine)
            });
            return taken.then(|| of.tokens[doer].surface.clone());
        }
        let own = of.tokens[that + 1..verb]
            .iter()
            .any(|token| matches!(token.word.as_str(), "i" | "we"));
        let doer = (that + 1..verb)
            .rev()
            .find(|token| of.content[*token] && !Wordbook::is_adverb(&of.tokens[*token].word))?;
        let active = self.links.iter().enumerate().any(|(mine, link)| {
            link.is_some_and(|link| link.source == at && (link.token..=link.last).contains(&verb))
                && self.opens(self.line, mine)
        });
        let by_them = self
            .links_to(at, doer)
            .any(|mine| self.line.governor[mine] == Relation::By);
        (active && !own && !by_them).then(|| of.tokens[doer].surface.clone())
    }

    /// "the owner decides on refunds" became "decide on refunds".
    fn subject_left_out(&self, at: usize, source: &Source, verb: usize) -> Option<String> {
        let of = &source.reading;
        // "decided", or "decides" right behind who does it.
        let present = || {
            let forms = self.book.verb_forms(&of.tokens[verb].word);
            let behind = verb.checked_sub(1).filter(|before| of.content[*before]);
            // "visitors mend lamps"
            let several = |before: usize| {
                let word = &of.tokens[before].word;
                forms.contains(&Form::Base) && self.book.singular(word) != *word
            };
            behind.is_some_and(|before| {
                self.is_someone(of, before) && (forms.contains(&Form::Third) || several(before))
            })
        };
        if !of.content[verb] || !(self.is_finite(of, verb) || present()) {
            return None;
        }
        let before: Vec<usize> = of
            .in_clause(of.clause[verb])
            .take_while(|token| *token < verb)
            .collect();
        // Another verb before it has that subject, or the person is it.
        // "an evening at which visitors mend lamps"
        let at_which = |token: usize| {
            of.tokens[token].word == "which"
                && token > 0
                && matches!(
                    of.tokens[token - 1].word.as_str(),
                    "at" | "in" | "on" | "for" | "during" | "with"
                )
        };
        let from = before
            .iter()
            .rposition(|token| at_which(*token))
            .map_or(0, |place| place + 1);
        let before = before[from..].to_vec();
        let other = before.iter().any(|token| {
            (of.content[*token] && (self.is_finite(of, *token) || self.opens(of, *token)))
                || matches!(
                    of.tokens[*token].word.as_str(),
                    "i" | "we" | "who" | "that" | "which" | "whom" | "was" | "were" | "been"
                )
        });
        let doer = *before
            .iter()
            .rev()
            .find(|token| of.content[**token] && self.is_someone(of, **token))?;
        if other || of.governor[doer] != Relation::None {
            return None;
        }
        let taken = self.links.iter().enumerate().any(|(mine, link)| {
            let passive = mine.checked_sub(1).is_some_and(|before| {
                matches!(
                    self.line.tokens[before].word.as_str(),
                    "was" | "were" | "is" | "are" | "been" | "be"
                )
            });
            link.is_some_and(|link| link.source == at && (link.token..=link.last).contains(&verb))
                && !passive
        });
        // "two members checked them" became "checked them with two members".
        let partner = self
            .links_to(at, verb)
            .any(|mine| self.opens(self.line, mine))
            && self.links_to(at, doer).next().is_some()
            && self
                .links_to(at, doer)
                .all(|mine| self.line.governor[mine] == Relation::With);
        (taken && (partner || !self.names(at, doer))).then(|| of.tokens[doer].surface.clone())
    }

    /// "our group's paper" became "my paper", "recipes by the head chef" became "recipes".
    fn owner_left_out(&self, at: usize, source: &Source, place: usize) -> Option<String> {
        let of = &source.reading;
        let told = |token: usize| {
            self.links
                .iter()
                .flatten()
                .any(|link| link.source == at && (link.token..=link.last).contains(&token))
        };
        let token = &of.tokens[place];
        let owner = token.kind == Kind::Word
            && (token.surface.ends_with("'s") || token.surface.ends_with("’s"))
            && crate::ground::senses::is_person(&token.word)
            && !self.book.is_counterpart(&token.word);
        if owner {
            let thing = (place + 1..of.tokens.len()).find(|at| of.content[*at])?;
            let left_out = told(thing) && !self.names(at, place);
            return (left_out && !self.says_shared(at, &[place])).then(|| token.surface.clone());
        }
        // A work and whose it is.
        if token.word != "by" || place == 0 {
            return None;
        }
        let work = place - 1;
        let noun = of.content[work]
            && of.tokens[work].kind == Kind::Word
            && self
                .book
                .verb_forms(&of.tokens[work].word)
                .iter()
                .all(|form| !matches!(form, Form::Past | Form::Gerund))
            && self.book.is_noun(&of.tokens[work].word);
        let who = self.governed(of, place);
        let someone = who.iter().any(|at| self.is_someone(of, *at));
        let opening = of.in_clause(of.clause[work]).find(|at| of.content[*at]) == Some(work);
        (noun
            && someone
            && opening
            && told(work)
            && !who.iter().any(|token| self.names(at, *token)))
        .then(|| of.tokens[who[who.len() - 1]].surface.clone())
    }
}
