//! A noun of the evidence is no deed: who signed off drawings drew nothing, who read a manual wrote none.

use super::super::english::Form;
use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::super::wordbook::Wordbook;
use super::{Case, Code};

impl Case<'_> {
    /// "signed off the drawings" became "drew", "planned the move" became "moved".
    pub(super) fn noun_as_deed(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let link = self.links[at].filter(|link| !link.exact)?;
            let source = &self.sources[link.source];
            let of = &source.reading;
            let first = line.in_clause(line.clause[at]).find(|token| {
                line.content[*token] && !Wordbook::is_adverb(&line.tokens[*token].word)
            });
            let past = self
                .book
                .verb_forms(&line.tokens[at].word)
                .contains(&Form::Past);
            let words =
                line.tokens[at].kind == Kind::Word && of.tokens[link.token].kind == Kind::Word;
            if first != Some(at) || !past || !words {
                return None;
            }
            // A passive is said of a thing, whatever was done to it besides.
            let reason = format!("“{}” is no deed in the evidence", line.tokens[at].surface);
            let objection = Some((Code::RaisedVerb, reason));
            if source.implied {
                // "served as", "employed by": nothing else is implied by a post.
                let next = line.tokens.get(at + 1);
                let direct = next
                    .is_some_and(|next| next.kind == Kind::Word && line.content[at + 1])
                    && line.governor[at + 1] == Relation::None;
                let post = matches!(
                    of.tokens[link.token].word.as_str(),
                    "serve" | "act" | "employ"
                );
                return objection.filter(|_| direct && post);
            }
            let also = self.found[at].iter().any(|other| {
                other.source == link.source
                    && of.clause[other.token] == of.clause[link.token]
                    && self.is_a_deed(of, other.token)
            });
            if source.header || also || self.is_a_deed(of, link.token) {
                return None;
            }
            // Another deed is told, of which the noun is the object.
            let deed = of
                .in_clause(of.clause[link.token])
                .find(|token| of.content[*token] && !Wordbook::is_adverb(&of.tokens[*token].word))
                .filter(|deed| *deed < link.token)?;
            let told = self.is_finite(of, deed) || self.opens_as_base(of, deed);
            let relative = (deed..link.token)
                .any(|token| matches!(of.tokens[token].word.as_str(), "that" | "which"));
            let object = of.governor[link.token] == Relation::None || relative;
            let answered = self.links_to(link.source, deed).any(|mine| mine != at);
            // "kept records of it" is "recorded it".
            let kept = matches!(
                self.book.singular(&of.tokens[link.token].word).as_str(),
                "record" | "log" | "note" | "count" | "minute" | "list" | "register" | "account"
            ) && of.keys(deed).iter().any(|key| key == "keep");
            let light = kept || self.book.is_light("[light]", of.keys(deed));
            objection.filter(|_| told && object && !answered && !light)
        })
    }

    /// "found a leak that had caused restarts" became "caused restarts": what a thing did.
    pub(super) fn deed_of_a_thing(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let link = self.links[at].filter(|link| !self.sources[link.source].header)?;
            let of = &self.sources[link.source].reading;
            let first = line
                .in_clause(line.clause[at])
                .find(|token| line.content[*token]);
            let past = self
                .book
                .verb_forms(&line.tokens[at].word)
                .contains(&Form::Past);
            let relative = line.in_clause(line.clause[at]).any(|token| {
                token < at && matches!(line.tokens[token].word.as_str(), "which" | "that" | "who")
            });
            let falls = self.book.goes("[falls]", line.keys(at));
            if first != Some(at) || !past || relative || falls {
                return None;
            }
            // "that caused", "which had caused"
            let that = (0..link.token).rev().take(3).find(|token| {
                of.clause[*token] == of.clause[link.token]
                    && matches!(of.tokens[*token].word.as_str(), "that" | "which")
            })?;
            let only_aux = (that + 1..link.token).all(|token| !of.content[token]);
            let own = of.tokens[that..link.token]
                .iter()
                .any(|token| matches!(token.word.as_str(), "i" | "we"));
            let antecedent = (0..that).rev().find(|token| of.content[*token])?;
            let named = self.links_to(link.source, antecedent).any(|mine| mine < at);
            let elsewhere = self.surest(at).any(|other| other.token != link.token);
            let moved = self.book.goes("[rises]", line.keys(at));
            (only_aux && !own && !named && !elsewhere && !moved).then(|| {
                let reason = format!(
                    "“{}” is what “{}” did in the evidence",
                    line.tokens[at].surface, of.tokens[antecedent].surface
                );
                (Code::RaisedVerb, reason)
            })
        })
    }

    /// "23 bugs were fixed as a result" became "fixed 23 bugs".
    pub(super) fn deed_of_nobody(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let link = self.links[at].filter(|link| !self.sources[link.source].header)?;
            let of = &self.sources[link.source].reading;
            let first = line
                .in_clause(line.clause[at])
                .find(|token| line.content[*token]);
            let past = self
                .book
                .verb_forms(&line.tokens[at].word)
                .contains(&Form::Past);
            let active = line.content.get(at + 1).copied().unwrap_or_default()
                || line.tokens.get(at + 1).is_some_and(|next| {
                    matches!(
                        next.word.as_str(),
                        "the" | "a" | "an" | "all" | "its" | "their"
                    )
                });
            if first != Some(at) || !past || !active {
                return None;
            }
            let clause = of.clause[link.token];
            let passive = link
                .token
                .checked_sub(1)
                .is_some_and(|before| matches!(of.tokens[before].word.as_str(), "was" | "were"));
            // Another deed was told before it, and somebody or something was its own.
            let earlier = (0..link.token).any(|token| {
                of.clause[token] < clause && of.content[token] && self.is_finite(of, token)
            });
            let subject = of
                .in_clause(clause)
                .take_while(|token| *token < link.token)
                .any(|token| of.content[token]);
            let elsewhere = self.surest(at).any(|other| other.token != link.token);
            (passive && earlier && subject && !elsewhere).then(|| {
                let reason = format!(
                    "the evidence does not say who “{}”",
                    line.tokens[at].surface
                );
                (Code::RaisedVerb, reason)
            })
        })
    }

    /// Whether a word of the evidence stands there as a verb.
    fn is_a_deed(&self, of: &Reading, at: usize) -> bool {
        let forms = self.book.verb_forms(&of.tokens[at].word);
        let opens = of
            .in_clause(of.clause[at])
            .find(|token| of.content[*token] && !Wordbook::is_adverb(&of.tokens[*token].word))
            == Some(at);
        let infinitive = at > 0 && of.tokens[at - 1].word == "to";
        let participle = forms
            .iter()
            .any(|form| matches!(form, Form::Past | Form::Gerund))
            && !self
                .book
                .singular(&of.tokens[at].word)
                .ne(&of.tokens[at].word);
        (opens && !forms.is_empty()) || infinitive || participle
    }

    fn opens_as_base(&self, of: &Reading, at: usize) -> bool {
        self.book
            .verb_forms(&of.tokens[at].word)
            .iter()
            .any(|form| matches!(form, Form::Base | Form::Third | Form::Gerund))
    }
}
