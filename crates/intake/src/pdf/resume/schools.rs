//! Schools: the institution, the degree, its field and the grade out of the names of an entry.

use career::Entry;

use super::super::profile_page::span;
use super::super::scribe::Scribe;
use super::super::vocabulary::words;
use super::names::{Token, field, keep};

/// Gives the names of a school's entry their fields.
pub(super) fn school(scribe: &mut Scribe<'_>, entry: &mut Entry, named: &[Token]) {
    let mut rest: Vec<Token> = Vec::new();
    for token in named {
        let token = &without_score(entry, token.clone());
        if token.text().is_empty() {
            continue;
        }
        // "University of California, Berkeley, BS in Computer Science"
        let text = token.text();
        let cut = text
            .match_indices(", ")
            .map(|(at, _)| at)
            .find(|at| words().is_school(&text[..*at]) && words().is_degree(&text[at + 2..]))
            .or_else(|| {
                // "Master, Computer Science, University of Oslo"
                let commas: Vec<usize> = text.match_indices(", ").map(|(at, _)| at).collect();
                commas.into_iter().find(|at| {
                    named.len() == 1
                        && words().is_degree(&text[..*at])
                        && !words().is_school(&text[..*at])
                        && words().is_school(text[at + 2..].split(", ").next().unwrap_or_default())
                })
            });
        match cut {
            Some(at) => {
                let (mut one, mut other) = (token.clone(), token.clone());
                one.end = token.start + at;
                other.start = token.start + at + 2;
                rest.extend([one, other]);
            }
            None => rest.push(token.clone()),
        }
    }
    // "Bachelor of Science in" before its field in another weight.
    for token in &mut rest {
        let text = token.text();
        if let Some((before, last)) = text.rsplit_once(' ')
            && words().of_field.contains(last)
        {
            token.end = token.start + before.len();
        }
    }
    let at = rest
        .iter()
        .position(|token| words().is_school(token.text()) && !words().is_degree(token.text()))
        .or_else(|| {
            rest.iter()
                .position(|token| words().is_school(token.text()))
        })
        .or_else(|| {
            rest.iter()
                .position(|token| !words().is_degree(token.text()))
        });
    if let Some(at) = at {
        let school = rest.remove(at);
        entry.organization = field(&school);
    }
    let degree = rest
        .iter()
        .position(|token| words().is_degree(token.text()))
        .map(|at| rest.remove(at));
    if let Some(degree) = degree {
        match split_field(&degree) {
            Some((title, area)) => {
                entry.title = field(&title);
                entry.subtitle = field(&area);
            }
            None => entry.title = field(&degree),
        }
    }
    for token in rest {
        let area = split_field(&token)
            .filter(|(degree, _)| words().is_degree(degree.text()))
            .map_or(token, |(_, area)| area);
        if entry.subtitle.is_none() {
            entry.subtitle = field(&area);
        } else {
            keep(scribe, &[area]);
        }
    }
}

/// "MSc Physics, GPA: 3.9": takes the grade off the end.
fn without_score(entry: &mut Entry, mut token: Token) -> Token {
    let text = token.text();
    if is_grade(text) && entry.score.is_none() {
        entry.score = field(&token);
        token.end = token.start;
        return token;
    }
    let Some(colon) = text.rfind(':') else {
        return token;
    };
    let from = text[..colon].rfind([',', '(', ' ']).map_or(0, |at| at + 1);
    if words().labels_score(&text[from..colon]) && entry.score.is_none() {
        let open = |one: char| one.is_whitespace() || ",;(".contains(one);
        let end = text[colon + 1..].trim_end_matches(')').len() + colon + 1;
        entry.score = span(&token.fact, token.start + colon + 1, token.start + end);
        token.end = token.start + text[..from].trim_end_matches(open).len();
    }
    token
}

/// A number alone, perhaps out of another, perhaps said to be a grade: "3.8", "1,7", "3.6/4.0",
/// "3.9 GPA". A year is none.
fn is_grade(text: &str) -> bool {
    let number = text.split(' ').next().unwrap_or_default();
    let rest = text[number.len()..].trim();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let plain = number.starts_with(|one: char| one.is_ascii_digit())
        && number
            .chars()
            .all(|one| one.is_ascii_digit() || ".,/".contains(one));
    plain
        && digits < 8
        && number.contains(['.', ',', '/'])
        && (rest.is_empty() || words().labels_score(rest))
}

/// The words between a degree and its field.
fn split_field(token: &Token) -> Option<(Token, Token)> {
    let text = token.text();
    let mut at = 0;
    for word in text.split(' ') {
        let start = at;
        at += word.len() + 1;
        let joins = words().of_field.contains(&word.to_lowercase());
        if start > 0 && joins && at < text.len() {
            let is_name = word.eq_ignore_ascii_case("of")
                || word.eq_ignore_ascii_case("de")
                || word.eq_ignore_ascii_case("di");
            if is_name {
                continue;
            }
            let mut degree = token.clone();
            let mut area = token.clone();
            degree.end = token.start + start - 1;
            area.start = token.start + at;
            return Some((degree, area));
        }
    }
    if let Some(comma) = text.find(", ") {
        let mut degree = token.clone();
        let mut area = token.clone();
        degree.end = token.start + comma;
        area.start = token.start + comma + 2;
        return words().is_degree(degree.text()).then_some((degree, area));
    }
    // "MSc Physics": an abbreviation, then its field.
    if let Some((first, rest)) = text.split_once(' ')
        && words().is_degree(first)
        && !words().is_degree(rest)
        && first.chars().filter(char::is_ascii_uppercase).count() >= 2
        && !rest.starts_with(|one: char| one.is_lowercase() || one == '(')
    {
        let mut degree = token.clone();
        let mut area = token.clone();
        degree.end = token.start + first.len();
        area.start = token.start + first.len() + 1;
        return Some((degree, area));
    }
    None
}
