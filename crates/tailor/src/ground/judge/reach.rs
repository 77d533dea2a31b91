//! Nothing grows: one to several, some to all, a post to a higher one.

use super::super::english::Form;
use super::super::reading::Relation;
use super::super::token::{Kind, acronym};
use super::super::wordbook::{Role, is_acronym};
use super::{Case, Code};

impl Case<'_> {
    /// One does not become several, nor a part the whole.
    pub(super) fn growth(&mut self) {
        let mut grown = Vec::new();
        let singular = |word: &str| self.book.singular(word);
        for at in 0..self.line.tokens.len() {
            let token = &self.line.tokens[at];
            if token.kind != Kind::Word
                || !self.line.content[at]
                || self.line.counted_by[at].is_some()
            {
                continue;
            }
            let Some(link) = self.links[at] else { continue };
            let of = &self.sources[link.source].reading;
            let theirs = &of.tokens[link.token];
            let plural = |word: &str| {
                word.ends_with('s')
                    && !word.ends_with("ss")
                    && self
                        .book
                        .keys(word, false)
                        .iter()
                        .any(|key| key.len() < word.len())
            };
            // The article stands before the whole compound: "a school gym".
            let before = (0..link.token)
                .rev()
                .find(|before| !of.content[*before] || of.tokens[*before].number().is_some());
            let one = before.is_some_and(|before| {
                let between = &of.tokens[before + 1..link.token];
                let before = &of.tokens[before];
                between.len() < 4
                    && between.iter().all(|token| token.kind == Kind::Word)
                    && (matches!(before.word.as_str(), "a" | "an" | "one" | "single" | "this")
                        || (before.word == "the"
                            && theirs.word == singular(&token.word)
                            && !of.content.get(link.token + 1).copied().unwrap_or_default())
                        || before.number().is_some_and(|number| number.values == [1.0]))
            });
            let verb = !self.book.verb_forms(&token.word).is_empty()
                && self.line.governor[at] == Relation::None
                && at == 0;
            let several = self.found[at]
                .iter()
                .any(|other| plural(&self.sources[other.source].reading.tokens[other.token].word));
            // "a beginner-friendly course": the article is the course's, which is told as well.
            let describes = of.tokens.get(link.last + 1).is_some_and(|next| {
                let head = link.last + 1 + usize::from(next.is_mark(&['-']));
                of.content.get(head).copied().unwrap_or_default()
                    && of.tokens[head].kind == Kind::Word
                    && !self.is_finite(of, head)
                    && (head..of.tokens.len().min(head + 2))
                        .any(|head| self.links_to(link.source, head).next().is_some())
            });
            if describes {
                continue;
            }
            let acronym = is_acronym(&token.surface);
            if plural(&token.word) && !plural(&theirs.word) && one && !verb && !several && !acronym
            {
                grown.push(format!("“{}” where the evidence has one", token.surface));
            }
        }
        for reason in grown {
            self.object(Code::Grown, &reason);
        }
    }

    /// "almost all orders below 10,000": who keeps the "all" keeps what it is all of.
    pub(super) fn restrictions(&mut self) {
        let mut dropped = Vec::new();
        for term in &self.line.terms {
            let strong = term
                .keys
                .iter()
                .find_map(|key| self.book.role(key))
                .is_some_and(|role| matches!(role, Role::Quantifier(strength) if strength <= 3));
            // "every morning" says how often, not of all of what.
            let often = self
                .line
                .tokens
                .get(term.last + 1)
                .is_some_and(|next| self.book.is_time(&next.word));
            let strong = strong && !often;
            let Some(link) = self.found[term.first]
                .iter()
                .find(|link| !self.sources[link.source].header)
                .filter(|_| strong)
            else {
                continue;
            };
            let of = &self.sources[link.source].reading;
            let clause = of.clause[link.token];
            let own = of.governor[link.token];
            let mut narrowing = None;
            for at in link.last + 1..of.tokens.len() {
                if of.clause[at] != clause || (of.content[at] && self.is_finite(of, at)) {
                    break;
                }
                let governor = of.governor[at];
                let limits = matches!(
                    of.tokens[at].word.as_str(),
                    "below"
                        | "under"
                        | "over"
                        | "above"
                        | "in"
                        | "of"
                        | "from"
                        | "at"
                        | "with"
                        | "without"
                        | "between"
                        | "on"
                );
                if of.tokens[at].kind == Kind::Word && limits && of.governor[at - 1] == own {
                    narrowing = Some(governor);
                    continue;
                }
                if narrowing.is_some()
                    && (governor != narrowing.unwrap_or(own) || of.tokens[at].is_mark(&[',']))
                {
                    break;
                }
                let any = self
                    .found
                    .iter()
                    .flatten()
                    .chain(self.links.iter().flatten());
                let used = any.into_iter().any(|other| {
                    other.source == link.source && (other.token..=other.last).contains(&at)
                });
                if narrowing.is_some() && of.content[at] && !used {
                    dropped.push(of.tokens[at].surface.clone());
                }
            }
        }
        for word in dropped {
            self.object(
                Code::Quantifier,
                &format!("“{word}”, which narrows it, was left out"),
            );
        }
    }

    /// Titles and ranks stand as the evidence has them.
    pub(super) fn titles(&mut self) {
        let mut raised = Vec::new();
        // A word of the title alone is torn out of it: "Senior Software Engineer" mentored no
        // "senior engineers".
        let content: Vec<usize> = (0..self.line.tokens.len())
            .filter(|at| self.line.content[*at])
            .collect();
        for (position, at) in content.iter().enumerate() {
            let Some(link) = self.links[*at].filter(|link| {
                self.sources[link.source].header && link.source < self.headers_end()
            }) else {
                continue;
            };
            if self.line.tokens[*at].number().is_some()
                || self.found[*at]
                    .iter()
                    .any(|other| !self.sources[other.source].header)
            {
                continue;
            }
            let of = &self.sources[link.source].reading;
            let words: Vec<usize> = (0..of.tokens.len())
                .filter(|token| of.content[*token])
                .collect();
            let place = words.iter().position(|token| *token == link.token);
            let beside = |step: isize| -> bool {
                let Some(theirs) = place
                    .and_then(|place| place.checked_add_signed(step))
                    .and_then(|place| words.get(place))
                else {
                    return false;
                };
                let mine = position
                    .checked_add_signed(step)
                    .and_then(|position| content.get(position));
                mine.is_some_and(|mine| {
                    self.found[*mine].iter().any(|other| {
                        other.source == link.source && (other.token..=other.last).contains(theirs)
                    })
                })
            };
            let last = place.is_some_and(|place| place + 1 == words.len());
            let whole = words.len() == 1 || (link.token..=link.last).count() >= words.len();
            let adjective = !last && !beside(1) && !beside(-1);
            let rank = self.book.raises_a_title(&self.line.tokens[*at].word);
            let short = of.tokens[link.token]
                .surface
                .chars()
                .filter(|c| c.is_uppercase())
                .count()
                > 1;
            if adjective && !whole && rank && !short {
                raised.push(format!(
                    "“{}” is torn out of a title or name",
                    self.line.tokens[*at].surface
                ));
            }
        }
        for at in 0..self.line.tokens.len() {
            let token = &self.line.tokens[at];
            if token.kind != Kind::Word || !self.line.content[at] {
                continue;
            }
            let capital = token.surface.chars().next().is_some_and(char::is_uppercase);
            let rank_word = self.book.raises(&token.word);
            let noun = capital && at > 0 && self.line.tokens[at - 1].kind == Kind::Word
                || self.book.is_agent(&token.word);
            if !(rank_word && noun) {
                continue;
            }
            let exact = self.found[at].iter().any(|link| {
                let theirs = &self.sources[link.source].reading.tokens[link.token].word;
                *theirs == token.word
                    || theirs.trim_end_matches('s') == token.word.trim_end_matches('s')
                    || acronym(&self.sources[link.source].reading.tokens[link.token]).is_some()
            });
            if !exact {
                raised.push(format!(
                    "“{}” is a rank that the evidence does not give",
                    token.surface
                ));
            }
        }
        raised.extend(self.rank_from_a_sentence());
        raised.extend(self.role_out_of_a_sentence());
        raised.extend(self.role_of_another());
        for reason in raised {
            self.object(Code::RaisedTitle, &reason);
        }
    }

    /// "with a senior colleague" made a "Physiotherapist" a "Senior Physiotherapist": the rank before a
    /// title the line opens with stands in that title.
    fn rank_from_a_sentence(&self) -> Option<String> {
        let line = self.line;
        let first = (0..line.tokens.len()).find(|at| line.content[*at])?;
        let head = (first..line.tokens.len())
            .take_while(|at| line.content[*at] && line.tokens[*at].kind == Kind::Word)
            .last()?;
        let title = self.links[head].filter(|link| self.sources[link.source].header)?;
        (first..head).find_map(|at| {
            let word = &line.tokens[at];
            let there = self.found[at]
                .iter()
                .any(|link| link.source == title.source);
            (self.book.raises_a_title(&word.word) && !there)
                .then(|| format!("“{}” is no part of the title", word.surface))
        })
    }

    /// "Governor of the district": a role that a line opens with is a title, and a title stands in
    /// the evidence as one, not somewhere in a sentence about somebody.
    fn role_out_of_a_sentence(&self) -> Option<String> {
        let line = self.line;
        let first = (0..line.tokens.len()).find(|at| line.content[*at])?;
        let token = &line.tokens[first];
        let link = self.links[first]?;
        let source = &self.sources[link.source];
        if source.header || !self.book.is_agent(&token.word) {
            return None;
        }
        let of = &source.reading;
        // "Supplier audits" names no person, "suppliers" no post.
        let next = line.tokens.get(first + 1);
        let describes = next.is_some_and(|next| next.kind == Kind::Word && line.content[first + 1]);
        let several = self.book.singular(&token.word) != token.word;
        let segment = link
            .token
            .checked_sub(1)
            .is_some_and(|at| of.tokens[at].is_mark(&[',']));
        if describes || several || segment {
            return None;
        }
        // "Author of the runbook" who wrote it.
        if !self.book.is_agent(&of.tokens[link.token].word) {
            return None;
        }
        let clause = of.clause[link.token];
        let opens = of.in_clause(clause).find(|at| of.content[*at]) == Some(link.token);
        let told = of.in_clause(clause).any(|at| self.is_finite(of, at));
        (!opens || told).then(|| format!("“{}” is no title in the evidence", token.surface))
    }

    /// "reported to the regional manager" became "Regional manager"; "backup for the engineer" became
    /// "served as engineer".
    fn role_of_another(&self) -> Option<String> {
        let line = self.line;
        let first = (0..line.tokens.len()).find(|at| line.content[*at])?;
        // The words the line begins with, up to a preposition or mark.
        // "When the manager is absent, instruct": no title.
        let subordinate = line.tokens[..first].iter().any(|token| {
            matches!(
                token.word.as_str(),
                "when"
                    | "while"
                    | "if"
                    | "after"
                    | "before"
                    | "as"
                    | "since"
                    | "for"
                    | "with"
                    | "under"
            )
        });
        let opening = (first..line.tokens.len())
            .filter(|_| !subordinate)
            .take_while(|at| {
                let gerund = self
                    .book
                    .verb_forms(&line.tokens[*at].word)
                    .contains(&Form::Gerund);
                line.content[*at]
                    && (*at == first || !gerund)
                    && line.tokens[*at].kind == Kind::Word
                    && line.governor[*at] == Relation::None
            })
            .last()
            .filter(|_| !self.is_finite(line, first));
        let role_as = (0..line.tokens.len())
            .filter(|at| line.tokens[*at].word == "as")
            .find_map(|at| {
                let article = line
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| matches!(next.word.as_str(), "a" | "an" | "the"));
                let from = at + 1 + usize::from(article);
                (from..line.tokens.len())
                    .take_while(|at| {
                        let hyphen = line
                            .tokens
                            .get(at + 1)
                            .is_some_and(|next| next.is_mark(&['-']));
                        (line.tokens[*at].kind == Kind::Word && (line.content[*at] || hyphen))
                            || line.tokens[*at].is_mark(&['-'])
                    })
                    .last()
            });
        [opening, role_as].into_iter().flatten().find_map(|at| {
            let token = &line.tokens[at];
            let who = line
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.word == "who");
            let somebody = |word: &str| {
                self.book.is_agent(word) || who && self.book.verb_forms(word).is_empty()
            };
            if !somebody(&token.word) || self.book.singular(&token.word) != token.word {
                return None;
            }
            let link = self.links[at].filter(|link| !self.sources[link.source].header)?;
            let of = &self.sources[link.source].reading;
            let clause = of.clause[link.token];
            let told = of.in_clause(clause).any(|token| {
                self.is_finite(of, token)
                    || matches!(
                        of.tokens[token].word.as_str(),
                        "is" | "are" | "was" | "were" | "has"
                    )
            });
            let sentence = Some(at) == opening && told;
            let another = (sentence
                || !matches!(of.governor[link.token], Relation::None | Relation::As))
                && somebody(&of.tokens[link.token].word)
                && self.found[at].iter().all(|other| {
                    !self.sources[other.source].header
                        && (sentence
                            || !matches!(
                                self.sources[other.source].reading.governor[other.token],
                                Relation::None | Relation::As
                            ))
                });
            another.then(|| format!("“{}” is somebody else in the evidence", token.surface))
        })
    }

    /// One past the last source that is a name or title of the entry.
    pub(super) fn headers_end(&self) -> usize {
        self.sources
            .iter()
            .position(|source| source.implied)
            .unwrap_or(self.sources.len())
    }
}
