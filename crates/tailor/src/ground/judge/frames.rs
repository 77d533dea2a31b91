//! A verb that no list has for the cited one, in the very place of the cited one: the same things done,
//! in the same words, at no higher grade, by another verb for that kind of deed.

use super::super::align::Link;
use super::super::english::Form;
use super::super::reading::Reading;
use super::super::token::Kind;
use super::super::wordbook::Wordbook;
use super::Case;

impl Case<'_> {
    /// The cited verb that a verb of the line stands for, and the words of the line that do so.
    pub(super) fn same_frame(&self, at: usize) -> Option<(Link, Vec<usize>)> {
        let line = self.line;
        if !self.tells_a_deed(line, at) || !opens_with(line, at) {
            return None;
        }
        let verb = self.verb_of(line, at);
        let object = self.objects(line, verb.1);
        let head = *object.last()?;
        // All that it is said of is answered by one clause of the evidence.
        let first = self.links[head].filter(|link| !self.sources[link.source].header)?;
        let source = &self.sources[first.source];
        let of = &source.reading;
        let clause = of.clause[first.token];
        let inside = |link: Option<Link>| {
            link.is_some_and(|link| link.source == first.source && of.clause[link.token] == clause)
        };
        if !object.iter().all(|token| inside(self.links[*token])) {
            return None;
        }
        let deed = of
            .in_clause(clause)
            .find(|token| of.content[*token] && !Wordbook::is_adverb(&of.tokens[*token].word))?;
        if !self.tells_a_deed(of, deed) || !source.cited[deed] || deed >= first.token {
            return None;
        }
        let limited = source
            .limiters
            .iter()
            .any(|limiter| (limiter.first..=limiter.last).contains(&deed));
        let passive = of
            .in_clause(clause)
            .take_while(|token| *token < deed)
            .any(|token| {
                matches!(
                    of.tokens[token].word.as_str(),
                    "was" | "were" | "is" | "are" | "be" | "been" | "being" | "to" | "not"
                )
            });
        let used =
            self.links.iter().flatten().any(|link| {
                link.source == first.source && (link.token..=link.last).contains(&deed)
            });
        if limited || passive || used {
            return None;
        }
        let told = self.verb_of(of, deed);
        // What the evidence's verb is said of is what the line's is said of.
        let theirs = self.objects(of, told.1);
        let last = *theirs.last()?;
        let same_head = object.iter().any(|token| {
            self.links[*token].is_some_and(|link| (link.token..=link.last).contains(&last))
        });
        // Who set up a thing has established it; who set up a company has founded it.
        let begun = self.book.is_light("[beginning]", &verb.0)
            && self.book.is_light("[beginning]", &told.0)
            && !object.iter().any(|token| {
                let word = &line.tokens[*token].word;
                self.book.is_person(word) || self.book.is_enterprise(word)
            });
        if !same_head
            || !begun && self.book.outranks(&verb.0, &told.0)
            || !self.book.one_kind(&told.0, &verb.0)
        {
            return None;
        }
        let link = Link {
            source: first.source,
            token: deed,
            last: told.1,
            exact: false,
        };
        Some((link, (at..=verb.1).collect()))
    }

    fn tells_a_deed(&self, reading: &Reading, at: usize) -> bool {
        let token = &reading.tokens[at];
        let form = self
            .book
            .verb_forms(&token.word)
            .iter()
            .any(|form| matches!(form, Form::Past | Form::Base | Form::Gerund));
        let noun = self.book.is_agent(&token.word)
            || reading
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.is_mark(&['-', ':']));
        token.kind == Kind::Word && form && !noun
    }

    /// The verb with its particle, as keys, and where it ends.
    fn verb_of(&self, reading: &Reading, at: usize) -> (Vec<String>, usize) {
        let longest = reading
            .terms
            .iter()
            .filter(|term| term.first == at && term.last > at)
            .filter(|term| term.keys.iter().any(|key| self.book.names_a_kind(key)))
            .max_by_key(|term| term.last);
        longest.map_or_else(
            || (reading.keys(at).to_vec(), at),
            |term| (term.keys.clone(), term.last),
        )
    }

    /// What a verb is said of: the words behind it up to whatever says more of them.
    fn objects(&self, reading: &Reading, verb: usize) -> Vec<usize> {
        let clause = reading.clause[verb];
        // "cared for residents", "looked after them": the preposition belongs to the verb.
        let own = reading.tokens.get(verb + 1).filter(|next| {
            next.kind == Kind::Word && matches!(next.word.as_str(), "for" | "after" | "with" | "to")
        });
        let verb = verb + usize::from(own.is_some());
        let governor = reading.governor[verb];
        (verb + 1..reading.tokens.len())
            .take_while(|at| {
                let token = &reading.tokens[*at];
                reading.clause[*at] == clause
                    && reading.governor[*at] == governor
                    && !token.is_mark(&[',', '(', ')', ':'])
                    && !matches!(
                        token.word.as_str(),
                        "and" | "or" | "that" | "which" | "who" | "not" | "so"
                    )
                    && !(reading.content[*at] && *at > verb + 1 && self.is_finite(reading, *at))
            })
            .filter(|at| reading.content[*at] && reading.tokens[*at].kind == Kind::Word)
            .collect()
    }
}

/// Whether a word is the first of its clause but for adverbs.
fn opens_with(reading: &Reading, at: usize) -> bool {
    reading
        .in_clause(reading.clause[at])
        .find(|token| reading.content[*token] && !Wordbook::is_adverb(&reading.tokens[*token].word))
        == Some(at)
}
