//! Degrees and diplomas, with what they are in: `Master's degree in Finance or Economics`.

use career::KnowledgeKind;

use super::Span;
use super::tokens::{Mark, Token};
use super::words::words;

const NAMES: [&str; 36] = [
    "degree",
    "degrees",
    "diploma",
    "bachelor",
    "bachelor's",
    "bachelors",
    "master's",
    "masters",
    "msc",
    "m.sc",
    "bsc",
    "b.sc",
    "ba",
    "phd",
    "ph.d",
    "phds",
    "mba",
    "doctorate",
    "beng",
    "meng",
    "b.eng",
    "m.eng",
    "b.a",
    "m.a",
    "b.s",
    "m.s",
    "bs/ms",
    "ba/bs",
    "bs/ba",
    "bsc/msc",
    "msc/phd",
    "ms/phd",
    "m.s./ph.d",
    "bachelor/master",
    "bachelor's/master's",
    "master",
];
const BETWEEN: [&str; 9] = [
    "or",
    "and",
    "/",
    "'s",
    "level",
    "degree",
    "degrees",
    "diploma",
    "university",
];
/// The most words a degree's subject has.
const SUBJECT: usize = 12;

/// The degrees of a sentence.
pub(super) fn degrees(tokens: &[Token<'_>]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !names(tokens, at) {
            at += 1;
            continue;
        }
        let from = modifiers(tokens, at, found.last().map_or(0, |span| span.to));
        let mut to = at + 1;
        while let Some(next) = tokens.get(to) {
            let joins = BETWEEN.contains(&next.lower.as_str());
            let leads_on =
                joins && (!words().joint.contains(&next.lower) || names_next(tokens, to + 1));
            if names(tokens, to) || leads_on {
                to += 1;
            } else {
                break;
            }
        }
        let to = subject(tokens, to);
        found.push(Span::new(from, to, KnowledgeKind::Degree));
        at = to;
    }
    found
}

fn names(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    let lower = token.lower.trim_end_matches("'s");
    let known = NAMES.contains(&token.lower.as_str()) || NAMES.contains(&lower);
    let of_people = |word: &str| {
        [
            "student",
            "students",
            "thesis",
            "programme",
            "program",
            "project",
        ]
        .contains(&word)
    };
    let next = tokens.get(at + 1).map_or("", |next| next.lower.as_str());
    match token.lower.as_str() {
        // "To a high degree", "master the language".
        "degree" | "degrees" => {
            !["high", "higher", "great", "large", "some", "certain", "of"]
                .iter()
                .any(|word| at > 0 && tokens[at - 1].lower == *word)
                && next != "of"
        }
        "master" | "masters" => {
            [
                "degree", "in", "of", "or", "/", "degrees", "level", "diploma",
            ]
            .contains(&next)
                && token.is_word()
        }
        "ba" => token.text == "BA",
        _ => known && !of_people(next),
    }
}

fn names_next(tokens: &[Token<'_>], at: usize) -> bool {
    at < tokens.len() && (names(tokens, at) || BETWEEN.contains(&tokens[at].lower.as_str()))
}

/// What stands before: `engineering degree`, `business or finance degree`.
fn modifiers(tokens: &[Token<'_>], at: usize, least: usize) -> usize {
    if !tokens[at].lower.starts_with("degree") && tokens[at].lower != "diploma" {
        return at;
    }
    let words = words();
    let plain = |token: &Token<'_>| {
        token.is_word()
            && !words.stops(token)
            && !words.grade.contains(&token.lower)
            && !words.does(token)
    };
    let mut from = at;
    while from > least && at - from < 3 && plain(&tokens[from - 1]) {
        from -= 1;
    }
    let joined = from >= least + 2 && from < at && tokens[from - 1].lower == "or";
    if joined && plain(&tokens[from - 2]) {
        from -= 2;
    }
    from
}

/// Where the subject ends: `in law`, `of Science`, `within Computer Science or Physics`.
fn subject(tokens: &[Token<'_>], from: usize) -> usize {
    let words = words();
    let leads = |word: &str| ["in", "within", "of"].contains(&word);
    if !tokens.get(from).is_some_and(|token| leads(&token.lower)) {
        return from;
    }
    let mut to = from;
    let mut at = from + 1;
    while let Some(token) = tokens.get(at).filter(|_| at - from <= SUBJECT) {
        let joint = matches!(token.lower.as_str(), "or" | "and" | "/" | "&" | "in" | "of")
            || token.mark == Mark::Comma;
        let content = token.is_word()
            && !words.stops(token)
            && !words.grade.contains(&token.lower)
            && !words.does(token);
        if content {
            // A generic end ("related field") belongs to no subject.
            if words.generic.contains(&token.lower) && !token.is_capital() && !is_science(token) {
                break;
            }
            to = at + 1;
        } else if !joint || at == from + 1 {
            break;
        }
        at += 1;
    }
    to.max(from)
}

fn is_science(token: &Token<'_>) -> bool {
    [
        "science",
        "management",
        "business",
        "studies",
        "design",
        "research",
    ]
    .contains(&token.lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        let tokens = tokens(text, 0, text.len());
        degrees(&tokens)
            .into_iter()
            .map(|span| &text[tokens[span.from].start..tokens[span.to - 1].end])
            .collect()
    }

    #[test]
    fn a_degree_takes_its_subject_along() {
        for (text, expected) in [
            (
                "You have a Master's degree in Finance or Economics with excellent results",
                "Master's degree in Finance or Economics",
            ),
            ("must hold a PhD in law and", "PhD in law"),
            (
                "from an engineering degree or experience",
                "engineering degree",
            ),
            ("a Bachelor’s Degree", "Bachelor’s Degree"),
            (
                "Bachelor or Master degree in a relevant field",
                "Bachelor or Master degree",
            ),
            (
                "BSc in Computer Science, or related field",
                "BSc in Computer Science",
            ),
        ] {
            assert_eq!(all(text), [expected], "{text}");
        }
        assert!(
            all("a high degree of motivation; master the language; our PhD students").is_empty()
        );
    }
}
