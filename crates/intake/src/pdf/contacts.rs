//! Ways to reach a person: what a word is by its form.

use std::sync::OnceLock;

use career::{Contact, ContactKind, Field};
use regex::Regex;

use super::vocabulary::words;
use crate::collect::Collector;

struct Patterns {
    email: Regex,
    phone: Regex,
    address: Regex,
}

fn patterns() -> Option<&'static Patterns> {
    static PATTERNS: OnceLock<Option<Patterns>> = OnceLock::new();
    PATTERNS
        .get_or_init(|| {
            Some(Patterns {
                email: Regex::new(r"(?i)[\w.+%-]+@[\w-]+(?:\.[\w-]+)+").ok()?,
                phone: Regex::new(r"\+?\(?\d[\d\s().\-–/]{5,20}\d").ok()?,
                address: Regex::new(
                    r"(?i)(?:https?://|www\.)[^\s|,;()<>]+|\b(?:[\w-]+\.)+[a-z]{2,12}(?:/[^\s|,;()<>]*)?",
                )
                .ok()?,
            })
        })
        .as_ref()
}

/// A way to reach somebody inside a text: its bytes and what it is.
pub(super) fn find(text: &str) -> Vec<(usize, usize, ContactKind)> {
    let Some(patterns) = patterns() else {
        return Vec::new();
    };
    let mut found: Vec<(usize, usize, ContactKind)> = Vec::new();
    let mut add = |start: usize, end: usize, kind: ContactKind| {
        let free = found
            .iter()
            .all(|(from, to, _)| end <= *from || start >= *to);
        if free {
            found.push((start, end, kind));
        }
    };
    for hit in patterns.email.find_iter(text) {
        add(hit.start(), hit.end(), ContactKind::Email);
    }
    for hit in patterns.address.find_iter(text) {
        let trimmed = hit.as_str().trim_end_matches(['.', ',', ';', ':']);
        if is_address(trimmed) {
            let kind = if is_network(trimmed) {
                ContactKind::Network
            } else {
                ContactKind::Website
            };
            add(hit.start(), hit.start() + trimmed.len(), kind);
        }
    }
    for hit in patterns.phone.find_iter(text) {
        let digits = hit.as_str().chars().filter(char::is_ascii_digit).count();
        let years = super::dates::ranges(hit.as_str())
            .iter()
            .any(|range| range.start == 0);
        if (7..=15).contains(&digits) && !years {
            add(hit.start(), hit.end(), ContactKind::Phone);
        }
    }
    found.sort_by_key(|(start, _, _)| *start);
    found
}

/// What a whole text is.
pub(super) fn kind_of(text: &str) -> Option<ContactKind> {
    match find(text).as_slice() {
        [(0, end, kind)] if *end + 1 >= text.trim_end_matches('/').len() => Some(*kind),
        _ => None,
    }
}

/// Whether a whole text is an address on the web.
pub(super) fn is_web(text: &str) -> bool {
    matches!(
        kind_of(text),
        Some(ContactKind::Website | ContactKind::Network)
    )
}

/// A dotted word is an address when it says so, or ends as hosts do and has a letter in each part:
/// `Node.js` and `3.5` are none.
fn is_address(text: &str) -> bool {
    let lower = text.to_lowercase();
    if lower.starts_with("http") || lower.starts_with("www.") {
        return true;
    }
    let host = lower.split(['/', '?', '#']).next().unwrap_or_default();
    let end = host.rsplit('.').next().unwrap_or_default();
    words().host_ends.contains(end)
        && host.split('.').all(|part| !part.is_empty())
        && host.chars().any(char::is_alphabetic)
}

/// Whether an address lies on a network's site.
pub(super) fn is_network(address: &str) -> bool {
    let lower = address.to_lowercase();
    let bare = lower
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_start_matches("www.");
    let host = bare.split(['/', '?', '#']).next().unwrap_or_default();
    words()
        .networks
        .iter()
        .any(|network| host == network || host.ends_with(&format!(".{network}")))
}

/// Adds a way to reach the person: one e-mail address, one number and one site of their own; what
/// comes after the first keeps its words as a further address or as unread.
pub(super) fn add(collector: &mut Collector, kind: ContactKind, field: Field) {
    let text = field.text.to_lowercase();
    let same = |contact: &Contact| {
        contact.parts.len() == 1 && contact.parts[0].text.to_lowercase() == text
    };
    if collector.profile.contacts.iter().any(same) {
        return;
    }
    let taken = collector
        .profile
        .contacts
        .iter()
        .any(|contact| contact.kind == kind);
    let kind = match (kind, taken) {
        (ContactKind::Website, true) => ContactKind::Network,
        (ContactKind::Email | ContactKind::Phone | ContactKind::Location, true) => {
            let locator = collector
                .profile
                .facts
                .get(field.fact())
                .map(|fact| fact.locator.clone());
            if let Some(locator) = locator {
                collector.keep_unread(locator, field.text);
            }
            return;
        }
        (kind, _) => kind,
    };
    collector
        .profile
        .contacts
        .push(Contact::new(kind, vec![field]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_reach_somebody_are_known_by_their_form() {
        for (text, kind) in [
            ("jane.doe@example.com", Some(ContactKind::Email)),
            ("+1 (555) 123-4567", Some(ContactKind::Phone)),
            ("https://github.com/jane", Some(ContactKind::Network)),
            ("linkedin.com/in/jane", Some(ContactKind::Network)),
            ("jane.dev", Some(ContactKind::Website)),
            ("Node.js", None),
            ("2019 - 2021", None),
            ("San Francisco, CA", None),
        ] {
            assert_eq!(kind_of(text), kind, "{text}");
        }
    }
}
