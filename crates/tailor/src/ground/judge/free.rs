//! Words that add nothing where they stand: "currently" of what still goes on, "another" before what
//! the evidence has one of, "the team" for "we", the field of a trade.

use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::Case;

impl Case<'_> {
    /// Whether a word adds nothing where it stands.
    pub(super) fn adds_nothing(&self, at: usize) -> bool {
        let word = self.line.tokens[at].word.as_str();
        match word {
            "currently" | "presently" => self.goes_on(at),
            "present" | "now" | "today" | "onwards" | "onward" => self.behind_a_start(at),
            "another" => self.one_of_them(at),
            "team" => self.stands_for_us(at),
            "just" | "merely" | "only" | "simply" | "solely" => self.not_only(at),
            "sector" | "industry" | "field" | "trade" | "domain" => self.names_a_field(at),
            "holder" | "recipient" => self.has_it(at),
            _ => false,
        }
    }

    /// What is told is told in the present, of an entry that has not ended.
    fn goes_on(&self, at: usize) -> bool {
        let line = self.line;
        let told = line
            .in_clause(line.clause[at])
            .filter_map(|token| self.links[token].filter(|_| line.content[token]))
            .find(|link| !self.sources[link.source].header);
        told.is_some_and(|link| {
            let of = &self.sources[link.source].reading;
            of.in_clause(of.clause[link.token])
                .any(|token| matches!(of.tokens[token].word.as_str(), "is" | "are" | "am"))
        })
    }

    /// "October 2018 to present", "from March 2012 onwards", of what has not ended.
    fn behind_a_start(&self, at: usize) -> bool {
        let before: Vec<&super::super::token::Token> =
            self.line.tokens[..at].iter().rev().take(2).collect();
        let date = |step: usize| before.get(step).is_some_and(|token| token.is_date());
        let joined = before.first().is_some_and(|token| {
            token.is_mark(&['-', '–']) || matches!(token.word.as_str(), "to" | "until")
        });
        let start = self.support.start.is_some() && self.support.end.is_none();
        let onwards = self.line.tokens[at].word.starts_with("onward") && date(0);
        let from = onwards
            && self.sources.iter().any(|source| {
                source
                    .reading
                    .tokens
                    .iter()
                    .any(|token| matches!(token.word.as_str(), "from" | "since"))
            });
        from || (start && (onwards || joined && date(1)))
    }

    /// "another driver" for "a second driver".
    fn one_of_them(&self, at: usize) -> bool {
        let next = (at + 1..self.line.tokens.len()).find(|token| self.line.content[*token]);
        next.and_then(|next| self.links[next]).is_some_and(|link| {
            let of = &self.sources[link.source].reading;
            of.tokens[..link.token]
                .iter()
                .rev()
                .take(2)
                .any(|token| matches!(token.word.as_str(), "second" | "other" | "one" | "a" | "an"))
        })
    }

    /// "after the team switched" for "after we switched".
    fn stands_for_us(&self, at: usize) -> bool {
        let line = self.line;
        let article = at > 0 && matches!(line.tokens[at - 1].word.as_str(), "the" | "our");
        let deed = (at + 1..line.tokens.len())
            .take(2)
            .find(|token| line.content[*token] && self.is_finite(line, *token));
        let link = deed.and_then(|deed| self.links[deed]);
        article
            && link.is_some_and(|link| {
                let of = &self.sources[link.source].reading;
                link.token
                    .checked_sub(1)
                    .is_some_and(|before| of.tokens[before].word == "we")
            })
    }

    /// "not just" for "not merely".
    fn not_only(&self, at: usize) -> bool {
        let only = |reading: &Reading, at: usize| {
            at > 0
                && reading.tokens[at - 1].word == "not"
                && matches!(
                    reading.tokens[at].word.as_str(),
                    "just" | "merely" | "only" | "simply" | "solely"
                )
        };
        only(self.line, at)
            && self.sources.iter().any(|source| {
                (0..source.reading.tokens.len())
                    .any(|token| source.cited[token] && only(&source.reading, token))
            })
    }

    /// "the pharmaceutical sector" of what is pharmaceutical.
    fn names_a_field(&self, at: usize) -> bool {
        // Whoever or whatever is pharmaceutical there is named here.
        let thing = at
            .checked_sub(1)
            .and_then(|before| self.links[before])
            .is_some_and(|link| {
                let of = &self.sources[link.source].reading;
                of.content.get(link.last + 1).copied().unwrap_or_default()
                    && self.links_to(link.source, link.last + 1).next().is_some()
            });
        thing
            && at > 0
            && self.line.content[at - 1]
            && self.line.tokens[at - 1].kind == Kind::Word
            && self.links[at - 1].is_some_and(|link| !self.sources[link.source].header)
            && matches!(
                self.line.governor[at],
                Relation::In | Relation::Of | Relation::From | Relation::For
            )
    }

    /// "holder of a licence", "grant holder" of who has it as an entry of their own.
    fn has_it(&self, at: usize) -> bool {
        let line = self.line;
        let named = |token: Option<usize>| {
            token.is_some_and(|token| {
                self.found[token]
                    .iter()
                    .any(|link| !self.sources[link.source].implied)
            })
        };
        let of = line
            .tokens
            .get(at + 1)
            .is_some_and(|next| next.word == "of");
        let behind = (at + 1..line.tokens.len()).find(|token| line.content[*token]);
        let before = (0..at).rev().find(|token| line.content[*token]);
        let own = matches!(
            self.support.section,
            Some(
                career::SectionKind::Awards
                    | career::SectionKind::Certificates
                    | career::SectionKind::Education
            )
        );
        own && (of && named(behind) || named(before.filter(|before| before + 1 == at)))
    }
}
