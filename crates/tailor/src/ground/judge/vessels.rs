//! Nouns that name nothing but the measure of a figure beside them: "the share of failed runs", "a
//! period of 18 weeks", "a nine-person team".

use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::Case;

/// How far from its figure such a noun may stand.
const NEAR: usize = 6;

const SECTIONS: [&str; 6] = ["percent", "time", "currency", "count", "length", "score"];

impl Case<'_> {
    /// Whether a noun says no more than the measure of a figure beside it.
    pub(super) fn is_vessel(&self, at: usize) -> bool {
        self.names_a_measure(at) || self.counts_heads(at)
    }

    fn in_section(&self, section: &str, word: &str) -> bool {
        let one = self.book.singular(word);
        self.book.is_vessel(section, word) || self.book.is_vessel(section, &one)
    }

    fn names_a_measure(&self, at: usize) -> bool {
        let line = self.line;
        let word = &line.tokens[at].word;
        let capital = line.tokens[at].surface.chars().any(char::is_uppercase);
        if capital && at > 0 {
            return false;
        }
        (0..line.tokens.len())
            .filter(|number| {
                line.tokens[*number].is_figure()
                    && number.abs_diff(at) <= NEAR
                    && line.clause[*number] == line.clause[at]
            })
            .any(|number| {
                let change = |link: &super::super::align::Link| {
                    let of = &self.sources[link.source].reading;
                    matches!(of.governor[link.token], Relation::From | Relation::To)
                        && section_of(of, link.token) == section_of(line, number)
                };
                let Some(link) = self.links[number].filter(|link| {
                    !self.sources[link.source].header
                        && (!self.derived_at.contains(&number) || change(link))
                }) else {
                    return false;
                };
                let of = &self.sources[link.source].reading;
                section_of(line, number).is_some_and(|section| self.in_section(section, word))
                    && (level(line, number) || change(&link))
                    && level(of, link.token)
                    && !self.has_measure_of_its_own(of, link.source, link.token)
            })
    }

    /// Whether the evidence names what it measures by a noun that the line has left out: then another
    /// in its place says something else.
    fn has_measure_of_its_own(&self, of: &Reading, source: usize, number: usize) -> bool {
        of.in_clause(of.clause[number]).any(|token| {
            of.content[token]
                && self.links_to(source, token).next().is_none()
                && (SECTIONS
                    .iter()
                    .any(|section| self.in_section(section, &of.tokens[token].word))
                    || self.book.goes("[time]", of.keys(token)))
        })
    }

    /// "nine people" of "a team of 9", "a nine-person team".
    fn counts_heads(&self, at: usize) -> bool {
        let line = self.line;
        if !self.in_section("people", &line.tokens[at].word) {
            return false;
        }
        let before = (0..at)
            .rev()
            .find(|token| !line.tokens[*token].is_mark(&['-']))
            .filter(|token| line.tokens[*token].is_figure());
        let Some(link) = before.and_then(|number| self.links[number]) else {
            return false;
        };
        let of = &self.sources[link.source].reading;
        let is_body = |token: usize| {
            of.tokens.get(token).is_some_and(|token| {
                token.kind == Kind::Word && super::super::derive::is_body(&token.word)
            })
        };
        // "a team of 9", and nobody in particular is counted.
        let of_body = link.token >= 2
            && of.tokens[link.token - 1].word == "of"
            && is_body(link.token - 2)
            && of
                .counted_by
                .iter()
                .all(|counted| *counted != Some(link.token));
        let named = of_body
            && (self.links_to(link.source, link.token - 2).next().is_some()
                || line.tokens[at].word != "strong");
        !self.sources[link.source].header && named
    }
}

/// A figure that says how much there is, not how far it went: no "by 12%".
fn level(reading: &Reading, at: usize) -> bool {
    reading.governor[at] != Relation::By
}

/// What a figure measures, by the name of the section.
fn section_of(reading: &Reading, at: usize) -> Option<&'static str> {
    let next = |step: usize| {
        reading
            .tokens
            .get(at + step)
            .map_or("", |token| token.word.as_str())
    };
    let number = reading.tokens[at].number()?;
    let Some(unit) = &number.unit else {
        let score = next(1) == "out" && next(2) == "of" || next(1) == "/";
        return Some(if score { "score" } else { "count" });
    };
    match unit.dimension.as_str() {
        "percent" => Some("percent"),
        points if points.contains("point") => Some("percent"),
        "time" | "calendar" => Some("time"),
        "length" => Some("length"),
        dimension if dimension.starts_with("currency") => Some("currency"),
        _ => None,
    }
}
