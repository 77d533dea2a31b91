//! Job advertisements: a web page or plain text into a posting.

mod apply;
pub mod boards;
mod boilerplate;
mod dom;
mod fragment;
mod guess;
mod hidden;
mod instruct;
mod jsonld;
mod microdata;
mod page;
mod plain;
mod readable;
mod salary;
mod scan;
mod seen;
mod style;
mod tangle;
mod unseen;
mod walls;

use career::posting::{POSTING_MAX_CHARS, POSTING_MIN_CHARS};
use career::{ContentHash, HiddenPassage, HiddenReason, PartialDate, Posting, PostingUrl, Salary};
use serde_json::Value;

use crate::zipped::Container;
use crate::{IntakeError, decode, docx};

pub(crate) use instruct::instructs as is_told_to_a_model;

/// The most bytes of a page that are looked at, in MiB.
const MAX_PAGE_MIB: usize = 8;
/// The most bytes of a document that are looked at, in MiB.
const MAX_DOCUMENT_MIB: usize = 32;

/// What is known about a posting besides its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostingHint {
    /// The server's `Content-Type`, with its `charset` where it has one.
    pub content_type: Option<String>,
    /// The address it was fetched from.
    pub url: Option<String>,
}

/// What a reader found: the text and what stands beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Found {
    text: String,
    title: Option<String>,
    company: Option<String>,
    location: Option<String>,
    /// The postal code of the place, for telling whether what the page shows is the same place.
    postal_code: Option<String>,
    remote: Option<bool>,
    language: Option<String>,
    salary: Option<Salary>,
    employment_type: Option<String>,
    date_posted: Option<PartialDate>,
    valid_through: Option<PartialDate>,
    apply_url: Option<String>,
    hidden: Vec<HiddenPassage>,
}

/// Reads a posting. Whether it is a page or plain text follows from its content first and the
/// server's word second.
///
/// # Errors
/// What is wrong with it and what to do next.
pub fn read_posting(bytes: &[u8], hint: PostingHint) -> Result<Posting, IntakeError> {
    if let Some(found) = read_document(bytes) {
        return finish(bytes, hint, found?);
    }
    check_size(bytes)?;
    let content_type = hint.content_type.as_deref();
    if is_binary(bytes) {
        return Err(IntakeError::PostingNotText);
    }
    let decoded = decode::page(bytes, content_type).ok_or(IntakeError::PostingNotText)?;
    let found = if let Some(found) = read_data(&decoded, hint.url.as_deref()) {
        found?
    } else if is_html(&decoded, content_type) {
        page::read(&decoded)?
    } else {
        plain::read(&decoded)
    };
    finish(bytes, hint, found)
}

/// Whether bytes are a PDF's or an archive's, as word processors write them.
fn is_document(bytes: &[u8]) -> bool {
    crate::pdf::is_pdf(bytes) || bytes.starts_with(b"PK\x03\x04")
}

/// A PDF or a word processor's document: its text is read as if it had been pasted. What the
/// document holds but does not show is told. `None` when it is neither.
fn read_document(bytes: &[u8]) -> Option<Result<Found, IntakeError>> {
    if !is_document(bytes) {
        return None;
    }
    if bytes.len() > MAX_DOCUMENT_MIB << 20 {
        return Some(Err(IntakeError::FileTooLarge {
            limit_mib: MAX_DOCUMENT_MIB,
        }));
    }
    let read = if crate::pdf::is_pdf(bytes) {
        crate::pdf::text(bytes).map(|text| (text.shown, text.hidden))
    } else {
        let container = Container::open(bytes).map_err(|_| IntakeError::PostingNotText);
        container.and_then(|container| {
            if !docx::is_docx(&container) {
                return Err(IntakeError::PostingNotText);
            }
            docx::text(container).map(|(shown, hidden)| (shown, vec![hidden]))
        })
    };
    let found = read.map(|(shown, hidden)| {
        let mut found = plain::read(&shown);
        for words in hidden.iter().filter(|words| !words.trim().is_empty()) {
            let told = instruct::passage(HiddenReason::NotShown, words);
            instruct::note(&mut found.hidden, told);
        }
        found
    });
    Some(found)
}

fn check_size(bytes: &[u8]) -> Result<(), IntakeError> {
    if bytes.is_empty() {
        return Err(too_short(0));
    }
    if bytes.len() > MAX_PAGE_MIB << 20 {
        return Err(IntakeError::FileTooLarge {
            limit_mib: MAX_PAGE_MIB,
        });
    }
    Ok(())
}

/// Data instead of a page or a text: a board's answer, or a posting as schema.org writes it.
/// Braces and tags are not what a person would call the text of a posting, so other data is
/// refused; `None` when it is no data at all.
fn read_data(decoded: &str, url: Option<&str>) -> Option<Result<Found, IntakeError>> {
    let start = decoded.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if start.starts_with("<?xml") || start.starts_with("<workzag-jobs") {
        return boards::read(start, url);
    }
    if !start.starts_with(['{', '[']) {
        return None;
    }
    let data @ (Value::Object(_) | Value::Array(_)) = serde_json::from_str(start).ok()? else {
        return None;
    };
    let answer = boards::read(start, url);
    Some(answer.unwrap_or_else(|| jsonld::read_data(data).ok_or(IntakeError::PostingNotText)))
}

/// Keeps what is told to a model out of everything that is read further.
fn set_aside(found: &mut Found) {
    let text = std::mem::take(&mut found.text);
    if text.chars().count() <= 2 * POSTING_MAX_CHARS {
        found.text = instruct::withhold(text, &mut found.hidden);
    } else {
        // Refused for its length in a moment; there is no need to look through it.
        found.text = text;
    }
    for field in [
        &mut found.title,
        &mut found.company,
        &mut found.location,
        &mut found.employment_type,
        &mut found.language,
    ] {
        if let Some(words) = field.take_if(|words| instruct::instructs(words)) {
            let told = instruct::passage(HiddenReason::Instruction, &words);
            instruct::note(&mut found.hidden, told);
        }
    }
    if let Some(salary) = &mut found.salary {
        salary.raw.take_if(|words| instruct::instructs(words));
    }
}

/// Checks the length of what was found and makes it a posting.
fn finish(bytes: &[u8], hint: PostingHint, mut found: Found) -> Result<Posting, IntakeError> {
    set_aside(&mut found);
    let target = found.apply_url.take();
    found.apply_url = target.and_then(|target| apply::absolute(&target, hint.url.as_deref()));
    let characters = found.text.chars().count();
    if characters < POSTING_MIN_CHARS {
        return Err(too_short(characters));
    }
    if characters > POSTING_MAX_CHARS {
        return Err(IntakeError::PostingTooLong {
            found: characters,
            maximum: POSTING_MAX_CHARS,
        });
    }
    Ok(Posting {
        url: hint.url,
        title: found.title,
        company: found.company,
        location: found.location,
        remote: found.remote,
        language: found.language,
        salary: found.salary,
        employment_type: found.employment_type,
        date_posted: found.date_posted,
        valid_through: found.valid_through,
        apply_url: found.apply_url,
        hidden: found.hidden,
        ..Posting::of_text(ContentHash::of(bytes), found.text)
    })
}

/// Whether a field may be offered as a link.
fn is_web_address(text: &str) -> bool {
    PostingUrl::parse(text).is_ok()
}

fn too_short(found: usize) -> IntakeError {
    IntakeError::PostingTooShort {
        found,
        minimum: POSTING_MIN_CHARS,
    }
}

/// Archives, pictures and documents give themselves away by their first bytes.
fn is_binary(bytes: &[u8]) -> bool {
    [
        b"%PDF-".as_slice(),
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\xd0\xcf\x11\xe0",
        b"{\\rtf",
    ]
    .iter()
    .any(|magic| bytes.starts_with(magic))
}

fn is_html(text: &str, content_type: Option<&str>) -> bool {
    let start: String = text.trim_start().chars().take(512).collect();
    let start = start.to_ascii_lowercase();
    if ["<!doctype html", "<html", "<head", "<body", "<!--", "<?xml"]
        .iter()
        .any(|mark| start.starts_with(mark))
    {
        return true;
    }
    let kind = content_type.unwrap_or_default().to_ascii_lowercase();
    if kind.contains("html") {
        return true;
    }
    // A fragment without a head: closing tags are what plain text does not have.
    let lower = text.to_ascii_lowercase();
    let closings: usize = [
        "</p>", "</div>", "</li>", "</ul>", "</h1>", "</h2>", "</h3>", "<br>",
    ]
    .iter()
    .map(|tag| lower.matches(tag).count())
    .sum();
    closings >= 2
}
