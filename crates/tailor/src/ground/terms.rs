//! What can be looked for in a line: its words, several together, words written together or apart.

use super::reading::Term;
use super::senses::{self, Class, Sense};
use super::token::{Kind, Token, acronym};
use super::wordbook::Wordbook;

/// All terms of a line.
pub(super) fn terms(tokens: &[Token], book: &Wordbook, as_evidence: bool) -> Vec<Term> {
    let mut terms = Vec::new();
    let is_word = |at: usize| tokens.get(at).is_some_and(|token| token.kind == Kind::Word);
    let keys: Vec<Vec<String>> = tokens
        .iter()
        .map(|token| {
            if token.kind != Kind::Word {
                return Vec::new();
            }
            let mut keys = book.keys(&token.word, as_evidence);
            keys.extend(acronym(token).map(str::to_owned));
            keys
        })
        .collect();
    for at in 0..tokens.len() {
        if !is_word(at) {
            if tokens[at].number().is_some_and(|number| number.spelled) {
                for phrase in book.phrases(&tokens[at].word) {
                    if let Some(last) = phrase_end(tokens, &keys, at, phrase) {
                        terms.push(Term {
                            first: at,
                            last,
                            keys: vec![phrase.join(" ")],
                            senses: Vec::new(),
                        });
                    }
                }
            }
            continue;
        }
        terms.push(Term {
            first: at,
            last: at,
            keys: keys[at].clone(),
            senses: meaning(&book.written(&tokens[at].word), as_evidence),
        });
        terms.extend(several(tokens, at, book, as_evidence));
        let verb = !book.verb_forms(&tokens[at].word).is_empty();
        let object = verb.then(|| object_end(tokens, at, book)).flatten();
        for first in &keys[at] {
            for phrase in book.phrases(first) {
                if let Some(last) = phrase_end(tokens, &keys, at, phrase) {
                    terms.push(Term {
                        first: at,
                        last,
                        keys: vec![phrase.join(" ")],
                        senses: Vec::new(),
                    });
                } else if split_verb(tokens, at, phrase, book)
                    || object.is_some_and(|end| verb_and_head(tokens, &keys, at, end, phrase, book))
                {
                    terms.push(Term {
                        first: at,
                        last: at,
                        keys: vec![phrase.join(" ")],
                        senses: Vec::new(),
                    });
                } else if let Some((from, to)) =
                    object.and_then(|end| split_phrase(tokens, end, phrase))
                {
                    for (first, last) in [(at, at), (from, to)] {
                        terms.push(Term {
                            first,
                            last,
                            keys: vec![phrase.join(" ")],
                            senses: Vec::new(),
                        });
                    }
                }
            }
        }
        // Written together, apart or with a hyphen.
        let next = if tokens
            .get(at + 1)
            .is_some_and(|token| token.is_mark(&['-']))
        {
            at + 2
        } else {
            at + 1
        };
        if is_word(next) {
            let joined = format!("{}{}", tokens[at].word, tokens[next].word);
            terms.push(Term {
                first: at,
                last: next,
                keys: book.keys(&joined, as_evidence),
                senses: meaning(&book.written(&joined), as_evidence),
            });
        }
    }
    terms
}

fn meaning(written: &[(String, Vec<Class>)], as_evidence: bool) -> Vec<Sense> {
    let own: Vec<Sense> = written
        .iter()
        .flat_map(|(word, classes)| senses::senses(word, classes))
        .collect();
    if as_evidence {
        senses::implied(&own)
    } else {
        own
    }
}

/// Terms of two or three words that the thesaurus knows.
fn several<'a>(
    tokens: &'a [Token],
    at: usize,
    book: &'a Wordbook,
    as_evidence: bool,
) -> impl Iterator<Item = Term> + 'a {
    let words = move |count: usize| -> Option<(usize, Vec<&str>)> {
        let mut words = vec![tokens[at].word.as_str()];
        let mut last = at;
        while words.len() < count {
            last += 1;
            if tokens.get(last)?.is_mark(&['-']) {
                last += 1;
            }
            let token = tokens.get(last)?;
            if token.kind != Kind::Word {
                return None;
            }
            words.push(&token.word);
        }
        Some((last, words))
    };
    (2..=3).filter_map(move |count| {
        let (last, words) = words(count)?;
        let written = book.written_together(&words);
        let senses = meaning(&written, as_evidence);
        (!senses.is_empty()).then(|| Term {
            first: at,
            last,
            keys: Vec::new(),
            senses,
        })
    })
}

fn phrase_end(
    tokens: &[Token],
    keys: &[Vec<String>],
    at: usize,
    phrase: &[String],
) -> Option<usize> {
    let mut token = at;
    for word in &phrase[1..] {
        token += 1;
        if tokens.get(token)?.is_mark(&['-']) {
            token += 1;
        }
        let here = tokens.get(token)?;
        let known = here.word == *word || keys[token].contains(word);
        if !known || matches!(here.kind, Kind::Mark(_)) {
            return None;
        }
    }
    Some(token)
}

/// Tokens of an object at most, with all that describes it.
const OBJECT: usize = 8;

/// Where the noun phrase behind a verb ends: its last token.
fn object_end(tokens: &[Token], at: usize, book: &Wordbook) -> Option<usize> {
    let inside = |at: usize| {
        let Some(token) = tokens.get(at) else {
            return false;
        };
        match &token.kind {
            Kind::Number(_) | Kind::PartOfNumber => true,
            Kind::Mark(mark) => *mark == '-',
            Kind::Word => {
                book.role(&token.word).is_none()
                    || matches!(
                        token.word.as_str(),
                        "a" | "an"
                            | "the"
                            | "our"
                            | "my"
                            | "their"
                            | "its"
                            | "all"
                            | "new"
                            | "about"
                            | "around"
                            | "some"
                            | "each"
                            | "every"
                            | "over"
                            | "up"
                            | "roughly"
                            | "approximately"
                            | "nearly"
                            | "almost"
                            | "several"
                    )
            }
        }
    };
    let end = (at + 1..at + 1 + OBJECT)
        .take_while(|at| inside(*at))
        .last()?;
    (tokens[end].kind == Kind::Word).then_some(end)
}

/// "took around 30 blood samples" is "took blood samples": a verb and the head of its object, whatever
/// says more of it between them.
fn verb_and_head(
    tokens: &[Token],
    keys: &[Vec<String>],
    at: usize,
    end: usize,
    phrase: &[String],
    book: &Wordbook,
) -> bool {
    let tail = &phrase[1..];
    let head = tail
        .last()
        .is_some_and(|word| tokens[end].word == *word || keys[end].contains(word));
    if !head || tail.iter().any(|word| book.role(word).is_some()) {
        return false;
    }
    let mut place = end;
    for (left, word) in tail.iter().enumerate().rev() {
        if tokens[place].word != *word && !keys[place].contains(word) {
            return false;
        }
        if left > 0 {
            place -= 1;
            if tokens[place].is_mark(&['-']) {
                place -= 1;
            }
        }
        if place <= at {
            return false;
        }
    }
    true
}

/// "kept the notes up to date" is "kept up to date": where what belongs to a verb stands behind its object.
fn split_phrase(tokens: &[Token], end: usize, phrase: &[String]) -> Option<(usize, usize)> {
    let tail = &phrase[1..];
    let fixed = tail.len() >= 2
        && matches!(
            tail[0].as_str(),
            "up" | "in"
                | "into"
                | "to"
                | "at"
                | "under"
                | "on"
                | "out"
                | "off"
                | "through"
                | "down"
        );
    if !fixed {
        return None;
    }
    let to = end + tail.len();
    let there = tail
        .iter()
        .zip(end + 1..)
        .all(|(word, place)| tokens.get(place).is_some_and(|token| token.word == *word));
    there.then_some((end + 1, to))
}

/// "brought the runtime down": a verb whose particle stands behind its object.
fn split_verb(tokens: &[Token], at: usize, phrase: &[String], book: &Wordbook) -> bool {
    let [_, particle] = phrase else { return false };
    let particles = [
        "up", "down", "out", "off", "over", "back", "together", "away", "in", "on",
    ];
    // "looked after residents on a ward" is no "looked on".
    let own = tokens.get(at + 1).is_some_and(|next| {
        particles.contains(&next.word.as_str())
            || matches!(
                next.word.as_str(),
                "after" | "for" | "with" | "at" | "to" | "into"
            )
    });
    let preposition = matches!(particle.as_str(), "on" | "in" | "over" | "off");
    let ends = |place: usize| {
        tokens.get(place + 1).is_none_or(|next| {
            next.kind != Kind::Word
                || matches!(next.word.as_str(), "by" | "from" | "to" | "and" | "for")
        })
    };
    let place = tokens[at + 1..]
        .iter()
        .position(|token| token.word == *particle)
        .map(|step| at + 1 + step);
    !own && (!preposition || place.is_some_and(ends))
        && particles.contains(&particle.as_str())
        && !book.verb_forms(&tokens[at].word).is_empty()
        && tokens[at + 1..]
            .iter()
            .take(6)
            .take_while(|token| !token.is_mark(&['.', ';', ',']))
            .skip(1)
            .any(|token| token.word == *particle)
}
