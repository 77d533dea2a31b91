//! Towns on the line of a name: behind an employer, or in the place of one.

use career::Entry;

use super::super::profile_page::span;
use super::super::scribe::{Scribe, is_wide};
use super::super::vocabulary::words;
use super::fields::is_place;
use super::names::Token;

/// A few words with capitals that name neither a position nor an employer.
pub(super) fn is_town(text: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    text.split_whitespace().count() <= 3
        && text.split_whitespace().all(capital)
        && !words().is_title(text)
        && !words().is_organization(text)
}

/// "Acme Studio, Rotterdam, Netherlands" has the form of a place; where nothing else names the
/// employer, its first part does.
pub(super) fn employer_before_place(scribe: &Scribe<'_>, entry: &mut Entry) {
    let Some(location) = entry.location.as_ref() else {
        return;
    };
    if entry.organization.is_some()
        || entry.title.is_none()
        || location.text.matches(", ").count() != 2
    {
        return;
    }
    let facts = &scribe.collector.profile.facts;
    let (Some(fact), Some(comma)) = (facts.get(location.fact()), location.text.find(", ")) else {
        return;
    };
    let (start, end) = (location.cite.start, location.cite.end);
    entry.organization = span(fact, start, start + comma);
    entry.location = span(fact, start + comma + 2, end);
}

/// "Regional Medical Center, Cleveland, OH": a town with its country behind a name.
pub(super) fn without_place(entry: &mut Entry, mut token: Token) -> Token {
    let text = token.text();
    let cut = text
        .match_indices(", ")
        .map(|(at, _)| at)
        .find(|at| text[at + 2..].contains(", ") && is_place(&text[at + 2..]));
    if let Some(at) = cut.filter(|_| entry.location.is_none()) {
        entry.location = span(&token.fact, token.start + at + 2, token.end);
        token.end = token.start + at;
    }
    token
}

/// "Acme GmbH, Berlin": what follows the form of a company behind a comma is its town.
pub(super) fn without_town(entry: &mut Entry, mut token: Token) -> Token {
    let text = token.text();
    let cut = text.rfind(", ").filter(|at| {
        let form = text[..*at].rsplit(' ').next().unwrap_or_default();
        let town = &text[at + 2..];
        // A script without spaces and capitals: short words behind the name of a firm or school.
        let wide = town.chars().all(is_wide) && town.chars().count() < 6;
        let latin = text[..*at].contains(' ')
            && town.split(' ').count() <= 3
            && town
                .split(' ')
                .all(|word| word.starts_with(char::is_uppercase));
        entry.location.is_none()
            && words().is_organization(form)
            && !words().is_organization(town)
            && !words().is_title(town)
            && (wide || latin)
    });
    if let Some(at) = cut {
        entry.location = span(&token.fact, token.start + at + 2, token.end);
        token.end = token.start + at;
    }
    token
}
