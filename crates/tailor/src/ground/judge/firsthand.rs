//! Who is said to have done a thing did that thing, not another.

use super::super::reading::Relation;
use super::Case;

impl Case<'_> {
    /// "the firm checked" where the evidence has the firm draw and another check.
    pub(super) fn another_doer(&self, at: usize) -> Option<String> {
        let line = self.line;
        let (doer, verb) = if let Some((verb, who)) = self.done_by(line, at) {
            (
                *who.iter().rev().find(|at| self.is_someone(line, **at))?,
                verb,
            )
        } else {
            let acronym = line.tokens[at]
                .surface
                .chars()
                .filter(|c| c.is_uppercase())
                .count()
                > 1;
            let behind = line.in_clause(line.clause[at]).any(|token| {
                token < at && (self.is_finite(line, token) || self.opens(line, token))
            });
            if !self.is_someone(line, at)
                || line.governor[at] != Relation::None
                || acronym
                || behind
            {
                return None;
            }
            let verb = line
                .in_clause(line.clause[at])
                .find(|token| *token > at && line.content[*token])
                .filter(|token| self.is_finite(line, *token))?;
            (at, verb)
        };
        let (doer_link, verb_link) = (self.links[doer]?, self.links[verb]?);
        let of = &self.sources[verb_link.source].reading;
        if doer_link.source != verb_link.source || self.sources[verb_link.source].header {
            return None;
        }
        // "the tool developed here": what it was done to.
        if doer_link.token > verb_link.token
            && of.clause[doer_link.token] == of.clause[verb_link.token]
        {
            return None;
        }
        let by = (0..of.tokens.len()).find_map(|by| {
            let (done, who) = self.done_by(of, by)?;
            who.contains(&doer_link.token).then_some(done)
        });
        let does = by.or_else(|| {
            (doer_link.token + 1..of.tokens.len())
                .take_while(|token| of.clause[*token] == of.clause[doer_link.token])
                .find(|token| self.is_finite(of, *token) || self.opens(of, *token))
        })?;
        // A clause whose first word is its verb goes on about the one before.
        let goes_on = by.is_none()
            && of.clause[does] != of.clause[verb_link.token]
            && of.in_clause(of.clause[verb_link.token]).find(|token| {
                of.content[*token]
                    || matches!(
                        of.tokens[*token].word.as_str(),
                        "i" | "we" | "he" | "she" | "they" | "it"
                    )
            }) == Some(verb_link.token);
        // "inspected by the office" for "the inspections were carried out by the office".
        let of_noun = by.is_some()
            && verb_link.token < does
            && of.clause[does] == of.clause[verb_link.token]
            && !self.is_finite(of, verb_link.token);
        (does != verb_link.token && !goes_on && !of_noun).then(|| line.tokens[doer].surface.clone())
    }
}
