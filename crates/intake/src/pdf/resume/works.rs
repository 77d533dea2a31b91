//! Things somebody made or was given: projects, publications, certificates, awards, out of the
//! names of an entry.

use career::{Entry, SectionKind};

use super::super::profile_page::span;
use super::super::scribe::Scribe;
use super::super::vocabulary::words;
use super::lists::items;
use super::names::{Token, field, keep};

/// A project: its name, what it was made for, and somebody's part in it.
pub(super) fn project(scribe: &mut Scribe<'_>, entry: &mut Entry, named: &[Token]) {
    let Some((first, rest)) = named.split_first() else {
        return;
    };
    entry.title = field(first);
    for token in rest {
        let text = token.text();
        if text.matches(',').count() >= 2 {
            let found = items(&token.fact, token.start);
            let inside = found.into_iter().filter(|item| item.cite.end <= token.end);
            entry.keywords.extend(inside);
        } else if token.line == first.line && behind_comma(token) && entry.organization.is_none() {
            entry.organization = field(token);
        } else if entry.subtitle.is_none() && (token.line > first.line || is_role(text)) {
            entry.subtitle = field(token);
        } else {
            keep(scribe, std::slice::from_ref(token));
        }
    }
}

/// Whether a name follows another one and a comma, in another weight.
fn behind_comma(token: &Token) -> bool {
    let before = token.fact.quote.get(..token.start).unwrap_or_default();
    before.trim_end().ends_with(',')
}

/// A few words without figures: somebody's part in a project.
fn is_role(text: &str) -> bool {
    text.split_whitespace().count() <= 4 && !text.contains(|one: char| one.is_ascii_digit())
}

/// Title, then authors and where it appeared: in brackets behind a number, or in words of its own.
pub(super) fn publication(scribe: &mut Scribe<'_>, entry: &mut Entry, named: &[Token]) {
    let Some((first, rest)) = named.split_first() else {
        return;
    };
    entry.title = field(first);
    for token in rest {
        let text = token.text();
        let open = text.rfind(" (").filter(|_| text.ends_with(')'));
        let label = by_length(text);
        if let Some(open) = open.filter(|_| {
            entry.organization.is_none()
                && text
                    .chars()
                    .next()
                    .is_some_and(|one| one.is_ascii_digit() || text.starts_with("http"))
        }) {
            entry.organization = span(&token.fact, token.start + open + 2, token.end - 1);
        } else if (label > 0 || token.line == first.line) && entry.organization.is_none() {
            entry.organization = span(&token.fact, token.start + label, token.end);
        } else {
            let told = field(token);
            entry.summary.extend(told);
        }
    }
    if entry.title.is_none() {
        keep(scribe, named);
    }
}

/// The bytes of "Awarded by " and the like.
fn by_length(text: &str) -> usize {
    let lower = text.to_lowercase();
    words()
        .by
        .iter()
        .find(|label| lower.starts_with(&format!("{label} ")) && text.is_char_boundary(label.len()))
        .map_or(0, |label| label.len() + 1)
}

/// A certificate or an award, and who gave it.
pub(super) fn issued(scribe: &mut Scribe<'_>, entry: &mut Entry, named: &[Token]) {
    let Some((first, rest)) = named.split_first() else {
        return;
    };
    let text = first.text();
    let comma = text
        .rfind(", ")
        .filter(|_| rest.is_empty() && entry.section != SectionKind::References);
    match comma {
        Some(at) => {
            entry.title = span(&first.fact, first.start, first.start + at);
            entry.organization = span(&first.fact, first.start + at + 2, first.end);
        }
        None => entry.title = field(first),
    }
    for token in rest {
        let label = by_length(token.text());
        if entry.organization.is_none() {
            entry.organization = span(&token.fact, token.start + label, token.end);
        } else {
            keep(scribe, std::slice::from_ref(token));
        }
    }
}
