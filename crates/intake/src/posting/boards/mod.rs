//! Postings out of the public answers of job boards.

mod address;
mod employers;
mod fields;
mod hosted;
mod personio;

use career::Posting;
use career::text::clean;
use serde_json::Value;

use super::guess::{decide_remote, read_terms};
use super::{Found, finish};
use crate::{IntakeError, PostingHint, decode};

pub use address::{Board, BoardAddress, address_of};

/// Postings looked at in one answer.
const MAX_POSTINGS: usize = 5_000;

/// One posting of an answer: the names it goes by, and what it says.
struct Item {
    /// Any of these is the posting that was asked for.
    names: Vec<String>,
    found: Found,
}

/// What an answer holds.
struct Answer {
    items: Vec<Item>,
    /// Whether it is the answer of a search, whatever it found.
    search: bool,
}

/// Reads the posting that an address asked for out of the board's answer. The fields say where
/// the posting stands for people, `page`, not where its data was read.
///
/// # Errors
/// When the answer is none of that board's, or does not hold the posting.
pub fn read_answer(
    address: &BoardAddress,
    page: &str,
    bytes: &[u8],
    content_type: Option<&str>,
) -> Result<Posting, IntakeError> {
    super::check_size(bytes)?;
    let decoded = decode::page(bytes, content_type).ok_or(IntakeError::PostingNotText)?;
    let answer = parse(&decoded).ok_or(IntakeError::PostingNotText)?;
    let mut found = pick(answer, Some(&address.posting))?;
    if found.company.is_none() {
        found.company = fields::spelled_out(&address.employer, &found.text);
    }
    let hint = PostingHint {
        content_type: None,
        url: Some(page.to_owned()),
    };
    finish(bytes, hint, found)
}

/// A board's answer that was given without its address: the posting that `url` names, or the only
/// one. `None` when the text is no board's answer.
pub(super) fn read(decoded: &str, url: Option<&str>) -> Option<Result<Found, IntakeError>> {
    let answer = parse(decoded)?;
    let wanted = url.and_then(address_of).map(|address| address.posting);
    Some(pick(answer, wanted.as_deref()))
}

fn parse(decoded: &str) -> Option<Answer> {
    let start = decoded.trim_start();
    if start.starts_with('<') {
        return personio::parse(start);
    }
    let value: Value = serde_json::from_str(start).ok()?;
    hosted::parse(&value).or_else(|| employers::parse(&value))
}

/// The posting that is wanted; without a wish, the only one that says something.
fn pick(answer: Answer, wanted: Option<&str>) -> Result<Found, IntakeError> {
    let mut items = answer.items;
    let several = items.len() > 1;
    let chosen = match wanted {
        Some(name) => items.iter().position(|item| {
            item.names
                .iter()
                .any(|known| known.eq_ignore_ascii_case(name))
        }),
        None if several || answer.search => None,
        None => (!items.is_empty()).then_some(0),
    };
    let Some(chosen) = chosen else {
        // Asked for by name and not there: it was taken off the board.
        return Err(match wanted {
            Some(_) if !answer.search => IntakeError::PostingClosed,
            _ => IntakeError::PostingList,
        });
    };
    let mut found = items.swap_remove(chosen).found;
    if found.text.is_empty() {
        // A board's list names its postings and leaves out what they say.
        return Err(IntakeError::PostingList);
    }
    found.title = found.title.map(|title| clean(&title));
    decide_remote(&mut found);
    read_terms(&mut found);
    Ok(found)
}

/// The postings of a list, each read by `read`, up to the limit.
fn items_of(list: &Value, read: impl Fn(&Value) -> Item) -> Vec<Item> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().take(MAX_POSTINGS).map(read).collect()
}
