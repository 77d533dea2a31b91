//! Words stand to each other as they do in the evidence.

use super::super::align::Link;
use super::super::english::Form;
use super::super::limiter::Limit;
use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::super::wordbook::Wordbook;
use super::{Case, Code};

impl Case<'_> {
    /// Words stand to each other as they do in the evidence.
    pub(super) fn relations(&mut self) {
        let line = self.line;
        let mut wrong: Vec<(Code, String)> = Vec::new();
        let linked: Vec<(usize, Link)> = (0..line.tokens.len())
            .filter(|at| line.content[*at])
            .filter_map(|at| Some((at, self.links[at]?)))
            .filter(|(_, link)| !self.sources[link.source].header)
            .collect();
        for (at, link) in &linked {
            let of = &self.sources[link.source].reading;
            let (mine, theirs) = (line.governor[*at], of.governor[link.token]);
            let numbers = line.tokens[*at].is_figure() && of.tokens[link.token].number().is_some();
            let behind_by = |reading: &Reading, at: usize| {
                (at.saturating_sub(3)..at).any(|before| reading.tokens[before].word == "by")
            };
            let measured = numbers
                && (mine != Relation::By || behind_by(line, *at))
                && (theirs != Relation::By || behind_by(of, link.token))
                && link.exact
                && mine != theirs
                && [mine, theirs].contains(&Relation::By)
                && [mine, theirs]
                    .iter()
                    .any(|relation| matches!(relation, Relation::To | Relation::From));
            if measured {
                wrong.push((
                    Code::Relation,
                    format!(
                        "“{}” is no change but an amount, or the other way round",
                        line.tokens[*at].surface
                    ),
                ));
            }
            // "without prescribing" for "did not prescribe".
            let denied = mine == Relation::Without
                && self.sources[link.source].limiters.iter().any(|limiter| {
                    // "the quality was not tested" for "without testing the quality".
                    limiter.kind == Limit::Negation
                        && of.clause[limiter.first] == of.clause[link.token]
                });
            // "no failures" for "without failure".
            let denied = denied
                || theirs == Relation::Without
                    && at.checked_sub(1).is_some_and(|before| {
                        matches!(line.tokens[before].word.as_str(), "no" | "zero")
                    });
            // "allergic children" for "children with allergies".
            let adjective = !link.exact && Wordbook::is_adjective(&line.tokens[*at].word);
            // "for three years" and "with €312,000 over three years": how long it went on.
            let lasted = mine == Relation::For
                && line.tokens[*at].number().is_some_and(|number| {
                    number
                        .unit
                        .as_ref()
                        .is_some_and(|unit| matches!(unit.dimension.as_str(), "time" | "calendar"))
                })
                && link.token > 0
                && of.tokens[link.token - 1].word == "over";
            // "for 210 guests", "with 210 guests": they only come to it.
            let guests = mine == Relation::For
                && theirs == Relation::With
                && (self.book.is_counterpart(&line.tokens[*at].word)
                    || (0..line.tokens.len()).any(|token| {
                        line.counted_by[token] == Some(*at)
                            && self.book.is_counterpart(&line.tokens[token].word)
                    }));
            // "for the product team" became "with the product team".
            let named = line.tokens[*at].surface.chars().any(char::is_uppercase);
            let joined = mine == Relation::With
                && !named
                && theirs == Relation::For
                && line.tokens[*at].kind == Kind::Word
                && self.book.is_person(&line.tokens[*at].word)
                && !self.book.is_counterpart(&line.tokens[*at].word)
                && !self.also_answered_by(*at, Relation::With);
            // "trained colleagues" became "trained by colleagues".
            let turned = mine == Relation::By
                && !named
                && theirs == Relation::None
                && line.tokens[*at].kind == Kind::Word
                && self.book.is_person(&line.tokens[*at].word)
                && self.object_of_a_deed(*link)
                && !self.also_answered_by(*at, Relation::By);
            // "together with the association" became "from the association".
            let partner = theirs == Relation::With
                && matches!(
                    mine,
                    Relation::From | Relation::To | Relation::Against | Relation::Under
                )
                && line.tokens[*at].kind == Kind::Word
                && (1..=link.token.min(4)).any(|step| {
                    let before = link.token - step;
                    of.tokens[before].word == "with"
                        && before > 0
                        && matches!(of.tokens[before - 1].word.as_str(), "together" | "jointly")
                })
                && !self.also_answered(*at, mine);
            // "during her leave" became "after her leave".
            let lasting = matches!(mine, Relation::After | Relation::Before)
                && theirs == Relation::In
                && (1..=link.token.min(4))
                    .any(|step| of.tokens[link.token - step].word == "during")
                && !self.also_answered_by(*at, mine);
            let exchanged = self.exchanged(*at, *link);
            if joined
                || turned
                || partner
                || lasting
                || exchanged
                || self.became_another(*at, *link)
            {
                wrong.push((
                    Code::Relation,
                    format!(
                        "“{}” has another part in it in the evidence",
                        line.tokens[*at].surface
                    ),
                ));
            }
            if opposed(mine, theirs)
                && !self.told_otherwise(*at, *link)
                && !denied
                && !lasted
                && !guests
                && !adjective
                && !self.also_answered(*at, mine)
            {
                wrong.push((
                    Code::Relation,
                    format!(
                        "“{}” stands in another relation in the evidence",
                        line.tokens[*at].surface
                    ),
                ));
            }
            let bracketed = line.tokens[..*at]
                .iter()
                .rev()
                .find(|token| token.is_mark(&['(', ')']))
                .is_some_and(|mark| mark.is_mark(&['(']));
            if !bracketed && (self.became_doer(*at, *link) || self.became_object(*at, *link)) {
                wrong.push((
                    Code::Cause,
                    format!(
                        "the evidence does not say who or what acted on “{}”",
                        line.tokens[*at].surface
                    ),
                ));
            }
        }
        for (at, link) in &linked {
            if let Some(doer) = self.doer_left_out(*at, *link) {
                wrong.push((
                    Code::Relation,
                    format!("“{doer}”, who or what did it, was left out"),
                ));
            }
        }
        for (position, (one, first)) in linked.iter().enumerate() {
            for (other, second) in &linked[position + 1..] {
                let alike = line.tokens[*one].word == line.tokens[*other].word;
                if alike
                    || line.clause[*one] != line.clause[*other]
                    || first.source != second.source
                {
                    continue;
                }
                let of = &self.sources[first.source].reading;
                if of.clause[first.token] != of.clause[second.token] {
                    continue;
                }
                let (mine, theirs) = (
                    (line.governor[*one], line.governor[*other]),
                    (of.governor[first.token], of.governor[second.token]),
                );
                let swapped = mine.0 == theirs.1 && mine.1 == theirs.0 && mine.0 != mine.1;
                let swapped = swapped || self.swapped_elsewhere(*one, *other, *first);
                let loose = [mine.0, mine.1].iter().all(|relation| {
                    matches!(relation, Relation::In | Relation::Of | Relation::For)
                });
                // "bent brackets": a participle before its noun only describes it.
                let describes = |at: usize| {
                    at > 0
                        && line.content[at - 1]
                        && self.is_verb_like(line, at)
                        && line.tokens.get(at + 1).is_some_and(|next| {
                            next.kind == Kind::Word
                                && (next.word == "ones"
                                    || line.content[at + 1] && self.book.is_noun(&next.word))
                        })
                };
                // "with box": a noun behind its preposition, though there is such a verb.
                let noun = |at: usize| {
                    line.governor[at] != Relation::None
                        && !self.is_verb_like(line, at)
                        && self.book.is_noun(&line.tokens[at].word)
                };
                let nouns = noun(*one) && noun(*other) || describes(*one) || describes(*other);
                let verbs = !nouns
                    && [*one, *other]
                        .iter()
                        .any(|at| !self.book.verb_forms(&line.tokens[*at].word).is_empty());
                // "earthworks of 85,000 m³", "85,000 m³ of earthworks": a measure of the same thing.
                let measure = |at: usize| {
                    line.tokens[at]
                        .number()
                        .is_some_and(|number| number.unit.is_some() && number.date.is_none())
                };
                let means = self.means_first(first.source, of.clause[first.token]);
                let measured = means
                    || (measure(*one) != measure(*other))
                        && [mine.0, mine.1].contains(&Relation::Of)
                        && [mine.0, mine.1].contains(&Relation::None);
                if swapped && !loose && !verbs && !measured {
                    wrong.push((
                        Code::Relation,
                        format!(
                            "“{}” and “{}” changed places",
                            line.tokens[*one].surface, line.tokens[*other].surface
                        ),
                    ));
                }
            }
        }
        if !self.book.knows_grammar() {
            wrong.extend(self.reordered(&linked));
        }
        for (code, reason) in wrong {
            self.object(code, &reason);
        }
    }

    /// Where nothing is known of a language's grammar, only the order of words tells who did what
    /// to whom: but for the first one, which is the verb as often as not, it has to stay.
    fn reordered(&self, linked: &[(usize, Link)]) -> Option<(Code, String)> {
        let words = linked
            .iter()
            .filter(|(at, _)| self.line.tokens[*at].number().is_none());
        let mut last: Option<(usize, Link)> = None;
        for (at, link) in words.skip(1) {
            if let Some((_, before)) = last {
                let of = &self.sources[link.source].reading;
                let one_clause = before.source == link.source
                    && of.clause[before.token] == of.clause[link.token];
                if one_clause && link.token < before.token {
                    let word = &self.line.tokens[*at].surface;
                    let reason = format!("“{word}” stands in another order in the evidence");
                    return Some((Code::Relation, reason));
                }
            }
            last = Some((*at, *link));
        }
        None
    }

    fn also_answered_by(&self, at: usize, relation: Relation) -> bool {
        self.found[at].iter().any(|link| {
            let source = &self.sources[link.source];
            !source.header && source.reading.governor[link.token] == relation
        })
    }

    /// Whether a deed that opens its statement was done to whom a word of it names, and the line has
    /// the deed.
    fn object_of_a_deed(&self, link: Link) -> bool {
        let of = &self.sources[link.source].reading;
        let deed = of
            .in_clause(of.clause[link.token])
            .find(|token| of.content[*token])
            .filter(|deed| *deed < link.token && self.opens(of, *deed));
        deed.is_some_and(|deed| self.links_to(link.source, deed).next().is_some())
    }

    /// Whether another answer to the same word stands in a relation that fits.
    pub(super) fn also_answered(&self, at: usize, mine: Relation) -> bool {
        self.found[at].iter().any(|link| {
            !opposed(mine, self.sources[link.source].reading.governor[link.token])
                && !self.sources[link.source].header
        })
    }

    /// "trained by nurses" became "trained nurses".
    pub(super) fn became_object(&self, at: usize, link: Link) -> bool {
        let of = &self.sources[link.source].reading;
        let by =
            of.governor[link.token] == Relation::By && of.tokens[link.token].number().is_none();
        // "by scripting the export": all of it is what was done.
        let by_at = (0..link.token).rev().find(|at| of.tokens[*at].word == "by");
        let gerund = by_at.is_some_and(|by| {
            (by + 1..=link.token).any(|at| {
                self.book
                    .verb_forms(&of.tokens[at].word)
                    .contains(&Form::Gerund)
            })
        }) || self.book.measures(&of.tokens[link.token].word);
        let counted = of.counted_by[link.token].is_some_and(|number| {
            of.tokens[number]
                .number()
                .is_some_and(|number| number.unit.is_some())
        });
        let distributed = at
            .checked_sub(1)
            .is_some_and(|before| self.line.tokens[before].word == "per");
        by && !gerund
            && !distributed
            && !counted
            && self.line.governor[at] == Relation::None
            && self.behind_a_verb(self.line, at)
    }

    /// "visits rose" became "raised visits" with the same verb: "sales grew", "grew sales".
    pub(super) fn became_doer(&self, at: usize, link: Link) -> bool {
        let of = &self.sources[link.source].reading;
        if of.governor[link.token] != Relation::None || self.line.governor[at] != Relation::None {
            return false;
        }
        let clause = of.clause[link.token];
        // A noun with a finite verb behind it and none before.
        let verb = of
            .in_clause(clause)
            .find(|token| *token > link.token && self.is_finite(of, *token));
        let Some(verb) = verb else { return false };
        let none_before = !of
            .in_clause(clause)
            .any(|token| token < link.token && self.is_finite(of, token));
        let passive = of.tokens[..verb].iter().rev().take(3).any(|token| {
            matches!(
                token.word.as_str(),
                "was" | "were" | "is" | "are" | "been" | "be" | "being" | "got"
            )
        });
        let near = verb - link.token <= 3;
        let same_verb = self.line.in_clause(self.line.clause[at]).any(|token| {
            token < at
                && self.links[token]
                    .is_some_and(|other| other.source == link.source && other.token == verb)
        });
        near && none_before && !passive && same_verb && !self.is_verb_like(of, link.token)
    }

    /// "A friend printed 250 copies": who takes the verb takes its subject.
    pub(super) fn doer_left_out(&self, at: usize, link: Link) -> Option<String> {
        let of = &self.sources[link.source].reading;
        let verb = link.token;
        if !self.is_finite(of, verb) || self.book.verb_forms(&self.line.tokens[at].word).is_empty()
        {
            return None;
        }
        let clause: Vec<usize> = of.in_clause(of.clause[verb]).collect();
        let before: Vec<usize> = clause
            .iter()
            .copied()
            .filter(|token| *token < verb)
            .collect();
        if before
            .iter()
            .any(|token| self.is_finite(of, *token) || self.opens(of, *token))
        {
            return None;
        }
        let nouns: Vec<usize> = before
            .iter()
            .copied()
            .filter(|token| {
                of.governor[*token] == Relation::None
                    && (of.content[*token]
                        || (matches!(of.tokens[*token].word.as_str(), "he" | "she" | "they")
                            && self.support.about.is_empty()))
            })
            .filter(|token| {
                of.tokens[*token].number().is_none()
                    && !self.support.about.contains(&of.tokens[*token].word)
                    && !of.tokens[*token].word.ends_with("ly")
                    && of.tokens[*token].kind == Kind::Word
            })
            .collect();
        let head = *nouns.last()?;
        // "; they caught 17 errors" is ", which caught 17 errors" of whatever it is said of there.
        let pronoun = matches!(of.tokens[head].word.as_str(), "he" | "she" | "they" | "it");
        if pronoun && self.has_subject(at, link) {
            return None;
        }
        let adverb = self.book.hedge(&of.tokens[head].word).is_some()
            || self.book.is_intensifier(&of.tokens[head].word)
            || of
                .keys(head)
                .iter()
                .any(|key| self.book.hedge(key).is_some());
        let apart = of.tokens[head..verb]
            .iter()
            .any(|token| token.is_mark(&[',', '(', ')']));
        let own =
            self.found.iter().flatten().any(|other| {
                other.source == link.source && (other.token..=other.last).contains(&head)
            });
        (!adverb && !apart && !own && !self.is_verb_like(of, head))
            .then(|| of.tokens[head].surface.clone())
    }

    /// Whether a verb of the line has whoever or whatever did it, from the clause before in the evidence:
    /// before it, as "which", or behind "by".
    fn has_subject(&self, at: usize, link: Link) -> bool {
        let line = self.line;
        let of = &self.sources[link.source].reading;
        let earlier = |token: usize| {
            self.links[token].is_some_and(|other| {
                other.source == link.source && of.clause[other.token] < of.clause[link.token]
            })
        };
        let noun = |token: &usize| {
            line.content[*token]
                && line.tokens[*token].kind == Kind::Word
                && self.book.is_noun(&line.tokens[*token].word)
                && earlier(*token)
        };
        let clause = line.clause[at];
        let relative = (0..at)
            .rev()
            .take_while(|token| at - token <= 3)
            .find(|token| matches!(line.tokens[*token].word.as_str(), "which" | "who" | "that"));
        if let Some(relative) = relative {
            return (0..relative).rev().take(4).any(|token| noun(&token));
        }
        let agent = (at + 1..line.tokens.len())
            .filter(|token| line.clause[*token] == clause)
            .find(|token| line.tokens[*token].word == "by")
            .and_then(|by| (by + 1..line.tokens.len()).find(|token| line.content[*token]));
        agent.is_some_and(earlier)
    }

    pub(super) fn is_verb_like(&self, reading: &Reading, at: usize) -> bool {
        self.book
            .verb_forms(&reading.tokens[at].word)
            .iter()
            .any(|form| *form != Form::Base && *form != Form::Third)
    }

    pub(super) fn behind_a_verb(&self, reading: &Reading, at: usize) -> bool {
        reading
            .in_clause(reading.clause[at])
            .any(|token| token < at && self.is_finite(reading, token))
    }
}

/// Relations of which one says the contrary of the other.
fn opposed(one: Relation, other: Relation) -> bool {
    use Relation::{
        After, Against, Before, For, From, Instead, Over, Since, Than, To, Under, Until, With,
        Without,
    };
    let pair = |a: Relation, b: Relation| (one == a && other == b) || (one == b && other == a);
    pair(From, To)
        || pair(Before, After)
        || pair(Since, Until)
        || pair(Under, Over)
        || pair(With, Without)
        || pair(Against, For)
        || pair(Against, With)
        || (one != other
            && (one == Instead
                || other == Instead
                || one == Without
                || other == Without
                || one == Than
                || other == Than))
        || (one == For && other == With)
        || (one == For && other == From)
}
