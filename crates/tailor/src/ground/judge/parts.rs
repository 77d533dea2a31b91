//! A part stays a part: what is said of some of a number is said of those, and one end of a range
//! is not the range.

use super::super::derive;
use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::{Case, Code};

impl Case<'_> {
    /// Shares, times and compounds are kept together.
    pub(super) fn parts(&mut self) {
        if !self.book.knows_grammar() {
            return;
        }
        let mut wrong = Vec::new();
        for (at, source) in self.sources.iter().enumerate() {
            if source.header {
                continue;
            }
            for token in 0..source.reading.tokens.len() {
                wrong.extend(self.share_left_out(at, &source.reading, token));
                wrong.extend(self.share_named_behind(at, &source.reading, token));
                wrong.extend(self.end_of_range(at, &source.reading, token));
                wrong.extend(self.condition_left_out(at, &source.reading, token));
                wrong.extend(self.every_other(at, &source.reading, token));
                wrong.extend(self.named_apart(at, &source.reading, token));
                wrong.extend(self.rank_left_out(at, &source.reading, token));
            }
            wrong.extend(self.taken_back(at, &source.reading));
        }
        for (code, reason) in wrong {
            self.object(code, &reason);
        }
    }

    pub(super) fn links_to(&self, source: usize, token: usize) -> impl Iterator<Item = usize> + '_ {
        self.links.iter().enumerate().filter_map(move |(at, link)| {
            link.is_some_and(|link| {
                link.source == source && (link.token..=link.last).contains(&token)
            })
            .then_some(at)
        })
    }

    /// "two of the five classes used it" became "five classes used it"; "half of it from a bake
    /// sale" became "from a bake sale".
    fn share_left_out(&self, source: usize, of: &Reading, part: usize) -> Option<(Code, String)> {
        let next = |at: usize| of.tokens.get(at);
        let word = &of.tokens[part];
        let partitive = word.kind == Kind::Word && self.book.is_partitive(&word.word);
        // "was part of the team"
        let belongs = part > 0
            && word.word == "part"
            && matches!(
                of.tokens[part - 1].word.as_str(),
                "was" | "is" | "be" | "am" | "as" | "been" | "being" | "became"
            );
        if word.number().is_none() && (!partitive || belongs) {
            return None;
        }
        let mut at = part + 1;
        while next(at)?.kind == Kind::PartOfNumber {
            at += 1;
        }
        if next(at)?.word != "of" {
            return None;
        }
        at += 1;
        let clause = of.clause[part];
        let told: Vec<usize> = if matches!(
            next(at)?.word.as_str(),
            "which" | "whom" | "it" | "them" | "these" | "those"
        ) {
            (at + 1..of.tokens.len())
                .take_while(|token| {
                    !of.tokens[*token].is_mark(&[',', ';', '.', ')', '–'])
                        && (of.clause[*token] == clause || *token == at + 1)
                        && of.tokens[*token].word != "and"
                })
                .filter(|token| {
                    // "62% of them within one hour": a time is told of them as well.
                    let measured = of.tokens[*token]
                        .number()
                        .is_none_or(|number| number.unit.is_some() && number.date.is_none());
                    of.content[*token] && measured
                })
                .collect()
        } else {
            let article = |at: usize| {
                of.tokens.get(at).is_some_and(|token| {
                    matches!(
                        token.word.as_str(),
                        "the" | "all" | "these" | "those" | "our" | "my"
                    )
                })
            };
            let definite = article(at);
            while article(at) {
                at += 1;
            }
            // "two of the five classes", "most of the drawings", "the first of three parts of it";
            // not "a team of six".
            if next(at)?.number().is_some() {
                if word.number().is_some_and(|number| number.unit.is_some()) && !definite {
                    return None;
                }
                let mut told = vec![at];
                if word.number().is_none() {
                    told.extend(self.phrase_behind(of, at + 1));
                }
                told
            } else if definite || word.number().is_none() {
                self.phrase_behind(of, at)
            } else {
                return None;
            }
        };
        let mut told = told;
        // "rated best in class by 4 of 9 reviewers": not by all.
        if part > 0 && of.tokens[part - 1].word == "by" {
            told.extend(
                of.in_clause(clause)
                    .filter(|at| *at < part && of.content[*at]),
            );
        }
        let derived = !self.ruling.derived.is_empty();
        // "mainly" for "most of them"
        let mostly = matches!(of.tokens[part].word.as_str(), "most" | "majority" | "bulk")
            && self.line.tokens.iter().any(|token| {
                matches!(
                    token.word.as_str(),
                    "mainly" | "mostly" | "largely" | "primarily" | "predominantly" | "majority"
                )
            });
        let kept = derived || mostly || self.links_to(source, part).next().is_some();
        let used = told
            .iter()
            .find(|token| self.links_to(source, **token).next().is_some())?;
        (!kept).then(|| {
            (
                Code::Quantifier,
                format!(
                    "“{}” holds of “{}” only",
                    of.tokens[*used].surface, of.tokens[part].surface
                ),
            )
        })
    }

    /// The content words from a place on, up to what parts or a verb.
    fn phrase_behind(&self, of: &Reading, from: usize) -> Vec<usize> {
        (from..of.tokens.len())
            .take_while(|at| {
                let token = &of.tokens[*at];
                let of_it = token.kind == Kind::Word
                    && (of.content[*at]
                        || matches!(token.word.as_str(), "of" | "the" | "a" | "an"));
                of.clause[*at] == of.clause[from.min(of.tokens.len() - 1)]
                    && (of_it || token.is_mark(&['-']) || token.kind == Kind::PartOfNumber)
                    && !self.is_finite(of, *at)
            })
            .filter(|at| of.content[*at])
            .collect()
    }

    /// "between 30 and 45 calls" became "45 calls", "two in Portugal" became "two".
    fn end_of_range(&self, source: usize, of: &Reading, low: usize) -> Option<(Code, String)> {
        let date = |at: usize| {
            of.tokens[at]
                .number()
                .is_none_or(|number| number.date.is_some())
        };
        if date(low) || of.governor[low] == Relation::From {
            return None;
        }
        let mut at = low + 1;
        while of.tokens.get(at)?.kind == Kind::PartOfNumber && !of.tokens[at].is_mark(&['-', '–'])
        {
            at += 1;
        }
        let between = low > 0 && of.tokens[low - 1].word == "between";
        let joins = match of.tokens.get(at)?.word.as_str() {
            "to" | "-" | "–" | "—" => true,
            "and" => between,
            _ => false,
        };
        let mut high = at + 1;
        if joins && of.tokens.get(high)?.kind == Kind::PartOfNumber {
            high += 1;
        }
        if !joins || high >= of.tokens.len() || date(high) {
            return None;
        }
        let mine = |at: usize| {
            self.links_to(source, at)
                .find(|at| self.line.tokens[*at].number().is_some())
        };
        let (first, last) = (mine(low), mine(high));
        let hedged = |at: usize| derive::hedge_before(self.line, at);
        let fits = match (first, last) {
            (Some(first), Some(last)) => first.abs_diff(last) <= 4,
            (None, Some(last)) => hedged(last) == Some("up to"),
            (Some(first), None) => hedged(first) == Some("at least"),
            (None, None) => true,
        };
        (!fits).then(|| {
            let reason = format!("“{}” is one end of a range", of.tokens[high].surface);
            (Code::Number, reason)
        })
    }

    /// "led the meeting whenever the manager was away" became "led the meeting".
    fn condition_left_out(&self, source: usize, of: &Reading, at: usize) -> Option<(Code, String)> {
        let word = of.tokens[at].word.as_str();
        if !matches!(word, "whenever" | "if" | "unless" | "provided" | "when")
            || of.tokens[at].kind != Kind::Word
            || at == 0
        {
            return None;
        }
        let clause = of.clause[at];
        let told =
            |token: &usize| of.content[*token] && self.links_to(source, *token).next().is_some();
        let before = of
            .in_clause(clause)
            .take_while(|token| *token < at)
            .any(|token| told(&token));
        let behind: Vec<usize> = of
            .in_clause(clause)
            .filter(|token| *token > at && of.content[*token])
            .collect();
        // "when the shop opened in 2019" is a time; "to see if it works" a question.
        let time = behind
            .iter()
            .any(|token| of.tokens[*token].number().is_some());
        let asked = word == "if"
            && of.in_clause(clause).any(|token| {
                token < at
                    && matches!(
                        of.tokens[token].word.as_str(),
                        "detect"
                            | "see"
                            | "check"
                            | "test"
                            | "ask"
                            | "asked"
                            | "know"
                            | "tell"
                            | "find"
                            | "determine"
                            | "verify"
                    )
            });
        let kept = behind.iter().any(told);
        (before && !behind.is_empty() && !kept && !time && !asked).then(|| {
            let reason = format!("“{word}” and what follows was left out");
            (Code::HedgeDropped, reason)
        })
    }

    /// "the second-highest number" became "the highest number".
    fn rank_left_out(&self, source: usize, of: &Reading, most: usize) -> Option<(Code, String)> {
        let token = &of.tokens[most];
        let ordinal = most.checked_sub(2)?;
        let ranked = (token.word.ends_with("est") || token.word == "most")
            && of.tokens[most - 1].is_mark(&['-'])
            && matches!(
                of.tokens[ordinal].word.as_str(),
                "second" | "third" | "fourth" | "fifth" | "sixth" | "next" | "2nd" | "3rd" | "4th"
            );
        let used = self.links_to(source, most).next().is_some();
        let kept = self.links_to(source, ordinal).next().is_some();
        (ranked && used && !kept).then(|| {
            let reason = format!("“{}” was left out", of.tokens[ordinal].surface);
            (Code::Quantifier, reason)
        })
    }

    /// "every third weekend" became "every weekend".
    fn every_other(&self, source: usize, of: &Reading, every: usize) -> Option<(Code, String)> {
        if !matches!(of.tokens[every].word.as_str(), "every" | "each") {
            return None;
        }
        let step = every + 1;
        let word = &of.tokens.get(step)?.word;
        let ordinal = of.tokens[step].number().is_some()
            || matches!(word.as_str(), "other" | "second")
            || (word.ends_with("th") || word.ends_with("rd")) && word.len() > 3;
        let noun = (step + 1..of.tokens.len()).find(|at| of.tokens[*at].kind == Kind::Word)?;
        let used = self.links_to(source, noun).next().is_some();
        let kept = self.links_to(source, step).next().is_some();
        (ordinal && used && !kept).then(|| {
            let reason = format!("“{word}” was left out");
            (Code::Quantifier, reason)
        })
    }

    /// "several suppliers, among them two in Portugal" became "two suppliers".
    fn named_apart(&self, source: usize, of: &Reading, number: usize) -> Option<(Code, String)> {
        of.tokens[number].number()?;
        let before = |back: usize| {
            number
                .checked_sub(back)
                .map_or("", |at| of.tokens[at].word.as_str())
        };
        let apart = matches!(before(1), "including" | "incl")
            || (matches!(before(2), "among" | "of")
                && matches!(before(1), "them" | "which" | "whom"));
        if !apart || self.links_to(source, number).next().is_none() {
            return None;
        }
        let told: Vec<usize> = (number + 1..of.tokens.len())
            .take_while(|at| {
                !of.tokens[*at].is_mark(&[',', ';', '.', ')', '–']) && of.tokens[*at].word != "and"
            })
            .filter(|at| of.content[*at])
            .collect();
        let kept = told.is_empty()
            || told
                .iter()
                .any(|at| self.links_to(source, *at).next().is_some());
        (!kept).then(|| {
            let reason = format!("“{}” is said of some only", of.tokens[number].surface);
            (Code::NumberOfOther, reason)
        })
    }

    /// "4 apprentices, of whom I supervised two" became "supervised 4 apprentices".
    fn share_named_behind(&self, source: usize, of: &Reading, at: usize) -> Option<(Code, String)> {
        let relative = matches!(of.tokens.get(at + 1)?.word.as_str(), "which" | "whom");
        if of.tokens[at].word != "of" || !relative {
            return None;
        }
        let told: Vec<usize> = (at + 2..of.tokens.len())
            .take_while(|token| !of.tokens[*token].is_mark(&[',', ';', '.', ')', '–']))
            .collect();
        let part = *told
            .iter()
            .find(|token| of.tokens[**token].number().is_some())?;
        let numbers = told
            .iter()
            .filter(|token| of.tokens[**token].number().is_some());
        let before = of.tokens[..at]
            .iter()
            .rev()
            .find(|token| !token.is_mark(&[',']))?;
        if numbers.count() > 1 || before.number().is_some() {
            return None;
        }
        let kept = !self.ruling.derived.is_empty() || self.links_to(source, part).next().is_some();
        let used = told
            .iter()
            .filter(|token| of.content[**token])
            .find(|token| self.links_to(source, **token).next().is_some())?;
        (!kept).then(|| {
            let reason = format!(
                "“{}” holds of “{}” only",
                of.tokens[*used].surface, of.tokens[part].surface
            );
            (Code::Quantifier, reason)
        })
    }

    /// "was offered the post but declined": who tells the first tells the second.
    fn taken_back(&self, source: usize, of: &Reading) -> Option<(Code, String)> {
        let undone = (0..of.tokens.len()).find(|at| {
            let opens = of
                .in_clause(of.clause[*at])
                .find(|token| of.tokens[*token].kind == Kind::Word)
                .is_some_and(|first| {
                    matches!(
                        of.tokens[first].word.as_str(),
                        "but" | "however" | "yet" | "though" | "although"
                    )
                });
            // "the plan failed"
            let of_it = at.checked_sub(1).is_some_and(|before| {
                matches!(
                    of.tokens[before].word.as_str(),
                    "plan"
                        | "plans"
                        | "project"
                        | "idea"
                        | "attempt"
                        | "proposal"
                        | "pilot"
                        | "it"
                        | "this"
                        | "which"
                        | "effort"
                        | "deal"
                        | "was"
                        | "were"
                )
            }) && of.clause[*at] > 0
                && of
                    .in_clause(of.clause[*at])
                    .filter(|token| of.content[*token])
                    .count()
                    <= 5;
            (opens || of_it) && self.book.is_undone(&of.tokens[*at].word)
        })?;
        let clause = of.clause[undone];
        let told = |token: &usize| self.links_to(source, *token).next().is_some();
        let earlier = (0..of.tokens.len())
            .filter(|at| of.clause[*at] < clause && of.content[*at])
            .any(|at| told(&at));
        let kept = of
            .in_clause(clause)
            .filter(|at| of.content[*at])
            .any(|at| told(&at));
        (earlier && !kept).then(|| {
            let reason = format!("“{}” was left out", of.tokens[undone].surface);
            (Code::HedgeDropped, reason)
        })
    }
}
