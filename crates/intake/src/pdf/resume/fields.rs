//! What a few words are by their form: a place, a bullet, prose.

use std::sync::OnceLock;

use regex::Regex;

use super::super::layout::Row;
use super::super::segments::Segment;
use super::super::vocabulary::words;
use super::super::{contacts, dates};
use super::names::date_at_edge;
use crate::collect::bullet_length;

/// A town with its region or country ("Lyon, France"), or a word for working from anywhere.
pub(super) fn is_place(text: &str) -> bool {
    static PLACE: OnceLock<Option<Regex>> = OnceLock::new();
    let place = PLACE.get_or_init(|| {
        Regex::new(r"^(?:\p{Lu}[\p{L}.'’\-]*|de|la|el|of|do|da|del|der|am|an|sur|upon|los|las)(?:[ \-](?:\p{Lu}[\p{L}.'’\-]*|de|la|el|of|do|da|del|der|am|an|sur|upon|los|las))*(?:, ?\p{Lu}[\p{L}.'’ \-]*?(?: \d{4,6})?){1,3}$").ok()
    });
    let text = text.trim();
    words().is_remote(text)
        || text.chars().count() < 60
            && place.as_ref().is_some_and(|place| place.is_match(text))
            && (is_state(text)
                || !words().is_organization(text)
                    && !words().is_title(text)
                    && !words().is_degree(text))
}

/// Ends in the two capitals of a state or country ("College Station, TX").
fn is_state(text: &str) -> bool {
    text.rsplit_once(", ")
        .is_some_and(|(_, end)| end.len() == 2 && end.chars().all(|one| one.is_ascii_uppercase()))
        && text.matches(',').count() == 1
}

/// A bullet stands before the row, drawn or as a character.
pub(in super::super) fn is_bullet(row: &Row) -> bool {
    let Some(cell) = row.cells.first() else {
        return false;
    };
    bullet_length(&cell.text) > 0
        || numbered(&cell.text) > 0
        || cell.marked && !cell.icon && !cell.all_bold() && contacts::kind_of(&cell.text).is_none()
}

/// The bytes of a number that counts a list ("3. ").
pub(super) fn numbered(text: &str) -> usize {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest = &text[digits..];
    if (1..=2).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")) {
        digits + 2
    } else {
        0
    }
}

/// The bytes of whatever marks an item of a list.
pub(in super::super) fn mark_length(text: &str) -> usize {
    match bullet_length(text) {
        0 => numbered(text),
        length => length,
    }
}

/// A cell beside the text of its row that belongs to the whole entry: dates, a duration, a place.
pub(super) fn is_aside(cell: &Segment) -> bool {
    dates::whole(&cell.text).is_some() || dates::is_duration(&cell.text) || is_place(&cell.text)
}

/// A short sentence: it ends as one, in a word and not in the short form of a company.
pub(super) fn is_sentence(row: &Row) -> bool {
    let [cell] = row.cells.as_slice() else {
        return false;
    };
    let Some((start, last)) = cell.text.trim_end().rsplit_once(' ') else {
        return false;
    };
    let Some(word) = last.strip_suffix('.') else {
        return false;
    };
    let plain =
        word.chars().count() > 2 && word.chars().all(|one| one.is_lowercase() || one == '-');
    let emphasised = cell.pieces.first().is_some_and(|piece| piece.bold);
    plain && !emphasised && !start.is_empty() && dates::ranges(&cell.text).is_empty()
}

/// Text that tells rather than names.
pub(super) fn is_prose(row: &Row) -> bool {
    let [cell] = row.cells.as_slice() else {
        return false;
    };
    let count = cell.text.split_whitespace().count();
    let emphasised = cell.pieces.first().is_some_and(|piece| piece.bold);
    let wide = cell
        .text
        .chars()
        .filter(|one| super::super::scribe::is_wide(*one))
        .count();
    // "… in 2023" tells when; "…, Mar 2021 – Jun 2022" at an edge dates an entry.
    let undated = if count >= 7 {
        date_at_edge(&cell.text).is_none()
    } else {
        dates::ranges(&cell.text).is_empty()
    };
    // Names are written with capitals, whatever their number of words.
    let named = !cell.text.ends_with('.')
        && cell.text.contains(", ")
        && cell
            .text
            .split_whitespace()
            .filter(|word| word.chars().count() > 3)
            .all(|word| word.starts_with(char::is_uppercase))
        && count < 12;
    !emphasised
        && !named
        && undated
        && (count >= 7 || count >= 4 && cell.text.ends_with('.') || wide > 18)
}
