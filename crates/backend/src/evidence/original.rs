//! The original beside what was read of it: its pages, and where on them each piece stands.

use career::fact::Locator;
use career::text::clean;
use career::view::{OriginalPage, OriginalPlace};
use career::{Action, Profile};
use intake::Evidence;
use uuid::Uuid;

use super::may;
use crate::db::sources;
use crate::{Context, Error, Result};

/// Characters of a piece that name it.
const MAX_WORDS: usize = 80;

/// The pages of a source with all places; none for a source without pages.
pub(super) fn pages(source: Uuid, evidence: &Evidence) -> Vec<OriginalPage> {
    let mut pages: Vec<OriginalPage> = (1..)
        .zip(&evidence.pages)
        .map(|(number, [width, height])| OriginalPage {
            number,
            width: *width,
            height: *height,
            url: format!("/evidence/{source}/pages/{number}.svg"),
            places: Vec::new(),
        })
        .collect();
    for (locator, piece, words, understood) in pieces(&evidence.profile) {
        let Locator::PageArea { page: number, .. } = locator else {
            continue;
        };
        let page = pages.iter_mut().find(|page| page.number == *number);
        if let Some(page) = page
            && let Some([left, top, width, height]) = shares(locator, page.width, page.height)
        {
            page.places.push(OriginalPlace {
                piece,
                words: shortened(words),
                understood,
                left,
                top,
                width,
                height,
            });
        }
    }
    pages
}

/// Every fact and everything that was not understood: where, its name, its words.
fn pieces(profile: &Profile) -> impl Iterator<Item = (&Locator, String, &str, bool)> {
    let facts = profile.facts.iter();
    let facts = facts.map(|fact| (&fact.locator, fact.id.0.clone(), fact.quote.as_str(), true));
    let unread = profile.unread.iter().enumerate().map(|(number, unread)| {
        let name = format!("unread-{number}");
        (&unread.locator, name, unread.content.as_str(), false)
    });
    facts.chain(unread)
}

/// Left, top, width and height of an area in shares of its page, held to the page.
fn shares(area: &Locator, page_width: f32, page_height: f32) -> Option<[f32; 4]> {
    let &Locator::PageArea {
        left,
        top,
        right,
        bottom,
        ..
    } = area
    else {
        return None;
    };
    if page_width <= 0.0 || page_height <= 0.0 {
        return None;
    }
    let share = |points: u32, whole: f32| (points as f32 / whole).clamp(0.0, 1.0);
    let (left, right) = (share(left, page_width), share(right, page_width));
    let (top, bottom) = (share(top, page_height), share(bottom, page_height));
    Some([left, top, (right - left).max(0.0), (bottom - top).max(0.0)])
}

fn shortened(words: &str) -> String {
    let words = clean(words);
    if words.chars().count() <= MAX_WORDS {
        return words;
    }
    let mut short: String = words.chars().take(MAX_WORDS).collect();
    short.push('…');
    short
}

/// The picture of a page, counted from 1, as an SVG document; `None` when the person has no such
/// source, or it has no such page.
///
/// # Errors
/// When the database is away or the page cannot be drawn.
pub async fn picture(context: &Context, id: Uuid, page: u32) -> Result<Option<String>> {
    let owner = may(context, Action::Read)?;
    let services = &context.services;
    let Some(source) = super::known(context, owner, id).await? else {
        return Ok(None);
    };
    let Ok(evidence) = super::reading(context, &source).await? else {
        return Ok(None);
    };
    let drawable =
        usize::try_from(page).is_ok_and(|page| (1..=evidence.pages.len()).contains(&page));
    if !drawable {
        return Ok(None);
    }
    let bytes = sources::bytes(&services.pool, &services.vault, id).await?;
    let picture = services.reader.page_picture(&bytes, page).await;
    picture.map(Some).map_err(|error| Error::Invalid {
        code: error.code(),
        field: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_of_a_pdf_has_a_place_inside_its_page() {
        let path = "/../../fixtures/linkedin-pdf/lookalike/dev01_en_typical.pdf";
        let bytes = std::fs::read(format!("{}{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let evidence = intake::read_evidence("profile.pdf", &bytes).unwrap();
        let pages = pages(Uuid::nil(), &evidence);
        assert_eq!(pages.len(), evidence.pages.len());
        let places: Vec<&OriginalPlace> = pages.iter().flat_map(|page| &page.places).collect();
        let facts = evidence.profile.facts.iter().count();
        assert!(places.iter().filter(|place| place.understood).count() >= facts);
        for place in places {
            assert!(
                place.left + place.width <= 1.0 && place.top + place.height <= 1.0,
                "{place:?}"
            );
            assert!(place.width > 0.0 && place.height > 0.0, "{place:?}");
        }
    }
}
