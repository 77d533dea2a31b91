//! What a figure counts and what it is said of: no other's thing, no sum of what is each one's.

use super::super::token::Kind;
use super::{Case, Code};

impl Case<'_> {
    /// "5 client sites" and "landing pages for 14 clients" became "14 client sites": what is counted is
    /// the last noun, and another figure counts that.
    pub(super) fn counts_another(&self) -> Option<(Code, String)> {
        let line = self.line;
        for (at, link) in self.links.iter().enumerate() {
            let Some(link) = link.filter(|link| {
                line.tokens[at].is_figure()
                    && !self.sources[link.source].header
                    && self.sources[link.source].reading.tokens[link.token].is_figure()
            }) else {
                continue;
            };
            let counted = |token: &usize| line.counted_by[*token] == Some(at);
            let Some(head) = (at + 1..line.tokens.len()).rfind(counted) else {
                continue;
            };
            let here = self.found[head]
                .iter()
                .any(|other| other.source == link.source);
            let elsewhere = self.links[head]
                .filter(|other| other.source != link.source && !self.sources[other.source].header);
            let by_another = elsewhere.is_some_and(|other| {
                let of = &self.sources[other.source].reading;
                of.counted_by[other.token].is_some_and(|number| of.tokens[number].is_figure())
            });
            // "17 of the 19 pupils" of a teacher became "of the 19 teachers".
            let own_post = self.links[head].is_some_and(|other| {
                let of = &self.sources[link.source].reading;
                self.sources[other.source].header
                    && self.book.is_person(&line.tokens[head].word)
                    && of.counted_by.contains(&Some(link.token))
            });
            if !here && (by_another || own_post) {
                let reason = format!(
                    "{} counts something else in the evidence",
                    line.tokens[at].surface
                );
                return Some((Code::NumberOfOther, reason));
            }
        }
        None
    }

    /// "6 weeks each" became "6 weeks altogether".
    pub(super) fn summed_up(&self) -> Option<(Code, String)> {
        let line = self.line;
        (0..line.tokens.len()).find_map(|at| {
            let word = line.tokens[at].word.as_str();
            let sums = matches!(word, "altogether" | "overall" | "combined")
                || word == "total"
                    && at > 0
                    && matches!(line.tokens[at - 1].word.as_str(), "in" | "a")
                || word == "all" && at > 0 && line.tokens[at - 1].word == "in";
            if !sums {
                return None;
            }
            // "a total of 300 W"
            let of_it = word == "total"
                && line
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| next.word == "of");
            let near = if of_it {
                (at + 2..line.tokens.len())
                    .take(2)
                    .find(|token| line.tokens[*token].is_figure())?
            } else {
                (at.saturating_sub(7)..at)
                    .rev()
                    .filter(|token| line.clause[*token] == line.clause[at])
                    .find(|token| line.tokens[*token].is_figure())?
            };
            let figure = self.links[near].filter(|_| !self.derived_at.contains(&near))?;
            let of = &self.sources[figure.source].reading;
            let apiece = of
                .in_clause(of.clause[figure.token])
                .any(|token| matches!(of.tokens[token].word.as_str(), "each" | "apiece" | "per"));
            apiece.then(|| {
                let reason = format!("“{word}” sums up what the evidence has of each");
                (Code::NumberOfOther, reason)
            })
        })
    }

    /// "the walled garden (1.8 hectares) and the border" became "the border of 1.8 hectares": what stands
    /// in brackets is said of what stands before them.
    pub(super) fn bracketed_figure(&self) -> Option<(Code, String)> {
        self.links.iter().enumerate().find_map(|(at, link)| {
            let link = link.filter(|link| {
                self.line.tokens[at].is_figure() && !self.sources[link.source].header
            })?;
            let of = &self.sources[link.source].reading;
            let opens = (0..link.token)
                .rev()
                .take(2)
                .find(|token| of.tokens[*token].is_mark(&['(']))?;
            let measured = of.tokens[link.token]
                .number()
                .is_some_and(|number| number.unit.is_some() && number.date.is_none());
            let owner = opens
                .checked_sub(1)
                .filter(|owner| of.content[*owner] && of.tokens[*owner].kind == Kind::Word)?;
            let goes_on = of
                .tokens
                .iter()
                .skip(link.token)
                .take(8)
                .any(|token| matches!(token.word.as_str(), "and" | "or"));
            let named = self.found.iter().flatten().any(|other| {
                other.source == link.source && (other.token..=other.last).contains(&owner)
            });
            (measured && goes_on && !named).then(|| {
                let reason = format!(
                    "{} is said of “{}” in the evidence",
                    self.line.tokens[at].surface, of.tokens[owner].surface
                );
                (Code::NumberOfOther, reason)
            })
        })
    }
}
