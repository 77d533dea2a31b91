//! What a posting names that a person knows: tools, fields, methods, degrees, languages, each with
//! its exact place.
//!
//! A sentence is read for what it can tell: one that asks for something for everything, one about
//! the work for what the lists know and what cues lead to, one that only tells for tools, and one
//! about the company or the offer for nothing.

mod degrees;
mod known;
mod phrases;
mod tokens;
mod words;

use career::{Knowledge, KnowledgeKind};

use tokens::{Token, tokens};
use words::words;

/// What a sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// What the person must or may bring.
    Asked,
    /// What the person will do.
    Duty,
    /// Neither is said.
    Told,
    /// The company, the offer, the law, the way to apply.
    Other,
}

/// A sentence by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub start: usize,
    pub end: usize,
    pub about: About,
}

/// Some tokens of a sentence that name something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    from: usize,
    to: usize,
    kind: KnowledgeKind,
}

impl Span {
    fn new(from: usize, to: usize, kind: KnowledgeKind) -> Self {
        Self { from, to, kind }
    }

    fn touches(&self, other: &Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    fn holds(&self, other: &Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }
}

/// What the sentences of a text name, in its order.
pub(crate) fn knowledge(text: &str, sentences: &[Sentence]) -> Vec<Knowledge> {
    let mut found: Vec<Knowledge> = Vec::new();
    for sentence in sentences {
        let tokens = tokens(text, sentence.start, sentence.end);
        for span in in_sentence(text, &tokens, sentence.about) {
            let (start, end) = (tokens[span.from].start, tokens[span.to - 1].end);
            found.push(Knowledge {
                text: text[start..end].to_owned(),
                span: (start, end),
                kind: span.kind,
            });
        }
    }
    found.sort_by_key(|one| one.span);
    found.dedup_by(|next, one| next.span.0 < one.span.1);
    found
}

fn in_sentence(text: &str, tokens: &[Token<'_>], about: About) -> Vec<Span> {
    if about == About::Other {
        return Vec::new();
    }
    let mut known = known::skills(text, tokens, true);
    let listing = is_list_of(&known, tokens);
    let about = if about == About::Told && listing {
        About::Asked
    } else {
        about
    };
    if about == About::Told {
        return Vec::new();
    }
    known.extend(known::named_fields(tokens));
    if about == About::Asked {
        known.extend(known::names(tokens));
    }
    known.retain(|span| !known::is_of_unit(tokens, span, about == About::Duty));
    let mut strong = Vec::new();
    let mut told = Vec::new();
    if about == About::Asked {
        strong.extend(degrees::degrees(tokens));
        strong.extend(known::languages(tokens));
        told.extend(phrases::objects(tokens, true));
        told.extend(phrases::before_heads(tokens, &known));
        told.extend(phrases::headed(tokens));
    } else {
        strong.extend(known::languages(tokens));
        told.extend(phrases::objects(tokens, false));
        // The work names fields in passing; names of things, and what a cue leads to, are meant.
        known.retain(|span| {
            known::is_named_thing(tokens, span) || told.iter().any(|one| one.holds(span))
        });
    }
    told.retain(|span| !known::is_of_unit(tokens, span, about == About::Duty));
    choose(tokens, &strong, &told, &known)
}

/// Whether a line is little else than names of tools.
fn is_list_of(skills: &[Span], tokens: &[Token<'_>]) -> bool {
    let all = tokens.iter().filter(|token| token.is_word()).count();
    let covered = (0..tokens.len())
        .filter(|at| {
            tokens[*at].is_word() && skills.iter().any(|span| span.from <= *at && *at < span.to)
        })
        .count();
    // "DevOps Engineer (Docker, Jenkins)" is a title.
    let title = tokens
        .iter()
        .any(|token| words().person.contains(&token.lower));
    covered > 0 && covered * 10 >= all * 6 && !title
}

/// Of spans that share tokens one each: degrees and languages before phrases before what the lists
/// know, but a phrase that is only several known things in a row is those things.
fn choose(tokens: &[Token<'_>], strong: &[Span], told: &[Span], known: &[Span]) -> Vec<Span> {
    let mut known: Vec<Span> = known.to_vec();
    known.sort_by_key(|span| (std::cmp::Reverse(span.to - span.from), span.from));
    let known = without_overlaps(known.into_iter());
    let mut phrases: Vec<Span> = Vec::new();
    for phrase in told {
        let inside: Vec<&Span> = known.iter().filter(|one| phrase.holds(one)).collect();
        let covered: usize = inside.iter().map(|one| one.to - one.from).sum();
        let long = phrase.to - phrase.from;
        let whole = inside.iter().any(|one| one.holds(phrase));
        let cut = known
            .iter()
            .any(|one| one.touches(phrase) && !phrase.holds(one));
        let row = inside.len() >= 2 && covered + 1 >= long || long >= 4 && covered >= 2;
        if row && !cut {
            phrases.extend(between(tokens, phrase, &inside));
        } else if !whole && !cut {
            phrases.push(*phrase);
        }
    }
    let mut told = phrases;
    told.sort_by_key(|span| (std::cmp::Reverse(span.to - span.from), span.from));
    let all = strong.iter().copied().chain(told).chain(known);
    let mut chosen = without_overlaps(all);
    chosen.sort_by_key(|span| span.from);
    chosen
}

/// What of a row stands between the things that are known.
fn between(tokens: &[Token<'_>], phrase: &Span, inside: &[&Span]) -> Vec<Span> {
    let mut rest = Vec::new();
    let mut from = phrase.from;
    for at in phrase.from..=phrase.to {
        if at == phrase.to || inside.iter().any(|one| one.from <= at && at < one.to) {
            if at > from + 1 {
                rest.push(Span::new(from, at, phrase.kind));
            }
            from = at + 1;
        }
    }
    rest.retain(|span| phrases::tells(tokens, span));
    rest
}

fn without_overlaps(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut kept: Vec<Span> = Vec::new();
    for span in spans {
        if span.from < span.to && !kept.iter().any(|other| other.touches(&span)) {
            kept.push(span);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, about: About) -> Vec<String> {
        let sentence = Sentence {
            start: 0,
            end: text.len(),
            about,
        };
        let found = knowledge(text, &[sentence]);
        found.into_iter().map(|one| one.text).collect()
    }

    #[test]
    fn a_phrase_of_several_known_things_is_those_things() {
        assert_eq!(
            of("Experience with AWS Azure Kubernetes", About::Asked),
            ["AWS", "Azure", "Kubernetes"]
        );
        assert_eq!(
            of(
                "Experience in brew house supply chain management",
                About::Asked
            ),
            ["brew house", "supply chain management"]
        );
        assert_eq!(
            of("Knowledge of common bioinformatics toolkits", About::Asked),
            ["bioinformatics toolkits"]
        );
    }

    #[test]
    fn the_work_gives_names_of_things_and_what_cues_lead_to() {
        assert_eq!(
            of(
                "You run services on Kubernetes using Azure Data Lake, and do accounting",
                About::Duty
            ),
            ["Kubernetes", "Azure Data Lake"]
        );
    }

    #[test]
    fn a_line_that_is_a_list_of_tools_counts_wherever_it_stands_and_a_title_does_not() {
        assert_eq!(
            of("Python, Kafka, Spark", About::Told),
            ["Python", "Kafka", "Spark"]
        );
        assert!(of("DevOps Engineer (Docker, Jenkins)", About::Told).is_empty());
        assert!(of("The Python we met was long", About::Told).is_empty());
        assert!(of("Python, Kafka, Spark", About::Other).is_empty());
    }
}
