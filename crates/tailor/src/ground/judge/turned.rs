//! Small words that turn a statement round: bounds, who it was done for, who somebody is.

use super::super::align::Link;
use super::super::derive;
use super::super::english::Form;
use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::{Case, Code};

impl Case<'_> {
    /// "within 45 minutes" became "at least 45 minutes", an average became "or less".
    pub(super) fn bound_turned(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let link = self.links[at].filter(|link| {
                line.tokens[at].is_figure()
                    && !self.derived_at.contains(&at)
                    && !self.sources[link.source].header
                    && self.sources[link.source].reading.tokens[link.token].is_figure()
            })?;
            let of = &self.sources[link.source].reading;
            let (mine, theirs) = (bound(line, at), bound(of, link.token));
            let average = of.in_clause(of.clause[link.token]).any(|token| {
                matches!(
                    of.tokens[token].word.as_str(),
                    "average" | "averaging" | "mean" | "median"
                )
            });
            let kept = line.in_clause(line.clause[at]).any(|token| {
                matches!(
                    line.tokens[token].word.as_str(),
                    "average" | "averaging" | "mean" | "median"
                )
            });
            let turned = matches!(
                (mine, theirs),
                (Bound::Least, Bound::Most) | (Bound::Most, Bound::Least)
            );
            let limits = average && !kept && mine != Bound::None && theirs == Bound::None;
            let peak = of.in_clause(of.clause[link.token]).any(|token| {
                matches!(
                    of.tokens[token].word.as_str(),
                    "peak" | "peaks" | "maximum" | "busiest" | "record"
                )
            });
            let peak_told = line.in_clause(line.clause[at]).any(|token| {
                matches!(
                    line.tokens[token].word.as_str(),
                    "peak" | "peaks" | "maximum" | "busiest" | "record" | "up"
                )
            });
            let levelled = peak && !peak_told && kept && !average;
            (turned || limits || levelled).then(|| {
                let reason = format!(
                    "{} is no bound on that side in the evidence",
                    line.tokens[at].surface
                );
                (Code::Number, reason)
            })
        })
    }

    /// "box hedge with yew after box blight" became "yew hedge with box": a word that stands twice in the
    /// evidence is looked at in both places.
    pub(super) fn swapped_elsewhere(&self, one: usize, other: usize, first: Link) -> bool {
        let line = self.line;
        let of = &self.sources[first.source].reading;
        let stands = |at: usize| -> Vec<Relation> {
            self.found[at]
                .iter()
                .filter(|link| link.exact && link.source == first.source)
                .filter(|link| of.clause[link.token] == of.clause[first.token])
                .map(|link| of.governor[link.token])
                .collect()
        };
        let (mine, theirs) = (stands(one), stands(other));
        let (here, there) = (line.governor[one], line.governor[other]);
        (mine.len() > 1 || theirs.len() > 1)
            && here != there
            && !mine.contains(&here)
            && !theirs.contains(&there)
            && mine.contains(&there)
            && theirs.contains(&here)
    }

    /// "as subcontractor" became "through a subcontractor": who the person was became another.
    pub(super) fn became_another(&self, at: usize, link: Link) -> bool {
        let of = &self.sources[link.source].reading;
        let line = self.line;
        let before = |reading: &Reading, at: usize| -> String {
            (0..at)
                .rev()
                .take(4)
                .take_while(|token| reading.clause[*token] == reading.clause[at])
                .find(|token| {
                    !reading.content[*token]
                        && !matches!(
                            reading.tokens[*token].word.as_str(),
                            "a" | "an" | "the" | "our" | "its" | "my"
                        )
                })
                .map_or_else(String::new, |token| reading.tokens[token].word.clone())
        };
        line.tokens[at].kind == Kind::Word
            && self.book.is_person(&of.tokens[link.token].word)
            && !derive::is_body(&of.tokens[link.token].word)
            && before(of, link.token) == "as"
            && (line.governor[at] == Relation::None
                && before(line, at) != "as"
                && self.behind_a_verb(line, at)
                || matches!(
                    before(line, at).as_str(),
                    "through" | "via" | "by" | "with" | "from" | "to" | "for"
                ))
    }

    /// "with tenants" became "on behalf of tenants".
    pub(super) fn on_behalf(&self) -> Option<(Code, String)> {
        let line = self.line;
        let behalf = |reading: &Reading| {
            reading
                .tokens
                .iter()
                .any(|token| matches!(token.word.as_str(), "behalf" | "for"))
        };
        let at = line
            .tokens
            .iter()
            .position(|token| token.word == "behalf")?;
        let who = (at + 1..line.tokens.len()).find(|token| line.content[*token])?;
        let link = self.links[who].filter(|link| !self.sources[link.source].header)?;
        let of = &self.sources[link.source].reading;
        let other = matches!(
            of.governor[link.token],
            Relation::With | Relation::Against | Relation::From | Relation::To
        );
        (other && !behalf(of)).then(|| {
            let reason = format!(
                "“{}” has another part in it in the evidence",
                line.tokens[who].surface
            );
            (Code::Relation, reason)
        })
    }

    /// "alongside a journeyman" became "Journeyman who …": somebody else's post.
    pub(super) fn post_of_another(&self) -> Option<(Code, String)> {
        let line = self.line;
        let at = (0..line.tokens.len()).find(|at| line.content[*at])?;
        let link = self.links[at].filter(|link| !self.sources[link.source].header)?;
        let of = &self.sources[link.source].reading;
        let who = line
            .tokens
            .get(at + 1)
            .is_some_and(|next| matches!(next.word.as_str(), "who" | "for" | "of" | "in" | "at"));
        let person = !derive::is_body(&line.tokens[at].word)
            && (self.book.is_agent(&line.tokens[at].word)
                || super::super::senses::is_person(&line.tokens[at].word));
        let governed = matches!(
            of.governor[link.token],
            Relation::With | Relation::By | Relation::For | Relation::To | Relation::Under
        );
        let verb = self
            .book
            .verb_forms(&line.tokens[at].word)
            .iter()
            .any(|form| matches!(form, Form::Past | Form::Gerund));
        let answered = self.found[at]
            .iter()
            .any(|other| self.sources[other.source].header);
        (who && person && governed && !verb && !answered && line.tokens[at].kind == Kind::Word)
            .then(|| {
                let reason = format!(
                    "“{}” is somebody else in the evidence",
                    line.tokens[at].surface
                );
                (Code::RaisedTitle, reason)
            })
    }
}

/// On which side a figure is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    None,
    Least,
    Most,
}

fn bound(reading: &Reading, at: usize) -> Bound {
    let word = |at: usize| {
        reading
            .tokens
            .get(at)
            .map_or("", |token| token.word.as_str())
    };
    let end = (at + 1..reading.tokens.len())
        .find(|token| reading.tokens[*token].kind != Kind::PartOfNumber)
        .unwrap_or(reading.tokens.len());
    let behind = |words: &[&str]| {
        (end..end + 2).any(|token| word(token) == "or" && words.contains(&word(token + 1)))
    };
    if behind(&["less", "fewer", "under", "below"]) {
        return Bound::Most;
    }
    if behind(&["more", "over", "above"]) {
        return Bound::Least;
    }
    let within = at > 0 && word(at - 1) == "within"
        || at > 1 && word(at - 2) == "within" && matches!(word(at - 1), "the" | "about");
    match derive::hedge_before(reading, at) {
        Some("at least" | "over") => Bound::Least,
        Some("up to" | "under" | "nearly") => Bound::Most,
        _ if within => Bound::Most,
        _ => Bound::None,
    }
}
