//! The top of the page: name, headline, ways to reach the person.

use career::text::clean;
use career::{Claim, ContactKind, Field, Piece, SectionKind, Slot};

use super::compose::{Composer, cited, joined, shows};
use super::sections::newest_first;

/// The head's claims, in page order.
pub(super) fn head(composer: &mut Composer<'_>) -> Vec<Claim> {
    let profile = composer.profile;
    let mut head = Vec::new();
    head.extend(composer.claim(Slot::Name, None, joined(&profile.name, " ")));
    let headline = profile
        .headline
        .as_ref()
        .filter(|field| shows(field))
        .or_else(|| {
            newest_first(profile, SectionKind::Work)
                .into_iter()
                .find(|entry| entry.is_current())
                .and_then(|entry| entry.title.as_ref())
        });
    head.extend(headline.and_then(|field| composer.field(Slot::Headline, None, field)));
    for contact in &profile.contacts {
        let pieces = match contact.kind {
            // A network and a name on it.
            ContactKind::Network if contact.parts.len() == 2 => joined(&contact.parts, ": "),
            ContactKind::Website | ContactKind::Network => address(&contact.parts),
            ContactKind::Phone => joined(&contact.parts, " "),
            _ => joined(&contact.parts, ", "),
        };
        let claim = composer.claim(Slot::Contact, None, pieces);
        head.extend(
            claim.filter(|claim| !head.iter().any(|known: &Claim| known.text == claim.text)),
        );
    }
    head
}

/// An address without what a reader does not type: the scheme, `www.`, a closing slash.
pub(super) fn address(parts: &[Field]) -> Vec<Piece> {
    let [field] = parts else {
        return joined(parts, ", ");
    };
    let (from, to) = short_address(&field.text);
    if from >= to || clean(&field.text[from..to]).is_empty() {
        return joined(parts, ", ");
    }
    let mut cite = field.cite.clone();
    cite.end = cite.start + to;
    cite.start += from;
    vec![cited(&cite)]
}

/// The part of an address that is shown, as a span of it.
pub(crate) fn short_address(text: &str) -> (usize, usize) {
    let trimmed = text.trim();
    let mut from = text.len() - text.trim_start().len();
    let mut to = from + trimmed.len();
    for lead in ["https://", "http://", "www."] {
        if text[from..to].starts_with(lead) {
            from += lead.len();
        }
    }
    if text[from..to].ends_with('/') {
        to -= 1;
    }
    (from, to)
}
