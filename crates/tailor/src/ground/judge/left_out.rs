//! What may not be left out: the examination behind a title, the other of two that are to choose from.

use super::super::token::Kind;
use super::{Case, Code};

impl Case<'_> {
    /// "Chartered engineer examination" became "Chartered engineer": who sat it has not passed it.
    pub(super) fn falls_short(&self) -> Option<(Code, String)> {
        self.sources.iter().enumerate().find_map(|(index, source)| {
            let of = &source.reading;
            (1..of.tokens.len()).find_map(|head| {
                let only = self.book.falls_short(&of.tokens[head].word)
                    && of.tokens[head].kind == Kind::Word
                    && source.cited[head]
                    && of.clause[head] == of.clause[head - 1]
                    && of.content[head - 1]
                    && of
                        .tokens
                        .get(head + 1)
                        .is_none_or(|next| next.kind != Kind::Word || !of.content[head + 1]);
                let exact = |token: usize| {
                    self.found
                        .iter()
                        .flatten()
                        .any(|link| link.exact && link.source == index && link.token == token)
                };
                let told =
                    self.found.iter().flatten().any(|link| {
                        link.source == index && (link.token..=link.last).contains(&head)
                    });
                let opens = self
                    .line
                    .tokens
                    .iter()
                    .position(|token| token.kind == Kind::Word)
                    .is_some_and(|first| {
                        self.found[first].iter().any(|link| {
                            link.source == index
                                && of.in_clause(of.clause[head]).next() == Some(link.token)
                        })
                    });
                (only && opens && exact(head - 1) && !told).then(|| {
                    let reason = format!("“{}” was left out", of.tokens[head].surface);
                    (Code::HedgeDropped, reason)
                })
            })
        })
    }

    /// "between Greenhouse and Ashby" became "Greenhouse": one of two that stand for each other.
    pub(super) fn one_of_two(&self) -> Option<(Code, String)> {
        self.sources.iter().enumerate().find_map(|(index, source)| {
            let of = &source.reading;
            let between = (0..of.tokens.len()).find(|at| {
                !source.header && of.tokens[*at].word == "between" && source.cited[*at]
            })?;
            let and = (between + 1..of.tokens.len())
                .take(8)
                .take_while(|at| of.clause[*at] == of.clause[between])
                .find(|at| of.tokens[*at].word == "and")?;
            let words = |from: usize, to: usize| -> Vec<usize> {
                (from..to)
                    .take_while(|at| of.tokens[*at].kind == Kind::Word)
                    .filter(|at| of.content[*at])
                    .collect()
            };
            let one = words(between + 1, and);
            let other = words(and + 1, (and + 3).min(of.tokens.len()));
            let used = |side: &[usize]| {
                side.iter()
                    .any(|token| self.links_to(index, *token).next().is_some())
            };
            let plain = [&one, &other].iter().all(|side| {
                !side.is_empty()
                    && side.iter().all(|at| {
                        let word = &of.tokens[*at].word;
                        !self.book.measures(word) && !word.contains(|c: char| c.is_ascii_digit())
                    })
            });
            (plain && used(&one) != used(&other)).then(|| {
                let left = if used(&one) { other[0] } else { one[0] };
                let reason = format!("“{}” was left out", of.tokens[left].surface);
                (Code::Relation, reason)
            })
        })
    }
}
