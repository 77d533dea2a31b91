//! How the PDF that LinkedIn makes of a profile looks, and what its sections are when their headings
//! are in a language that no list has.

use super::dates;
use super::layout::Row;
use super::segments::Segment;
use super::vocabulary::{Heading, heading};

/// Below this share of a page's height stands nothing but its number.
pub(super) const FOOT: f32 = 0.955;

/// Where the columns of such a page part.
pub(super) struct Sides {
    pub(super) gutter: f32,
    /// The narrow column is the right one, as in languages that are written from right to left.
    pub(super) mirrored: bool,
}

/// The sides of such a page; `None` for any other document. It is known by a name that is the
/// largest text, and beside it a narrow column that begins with a heading over an address at
/// LinkedIn: one that is labelled as such, or whose heading is one for contacts on pages that are
/// counted.
pub(super) fn sides(pages: &[Vec<Segment>], width: f32, counted: bool) -> Option<Sides> {
    let page = pages.first()?;
    let name = page
        .iter()
        .max_by(|one, other| one.size.total_cmp(&other.size))?;
    [false, true].into_iter().find_map(|mirrored| {
        let beside = |cell: &&Segment| {
            if mirrored {
                cell.left > name.right
            } else {
                cell.right < name.left
            }
        };
        let outer = if mirrored {
            name.right < width * 0.7
        } else {
            name.left > width * 0.3
        };
        let side = || page.iter().filter(beside);
        let top = side().min_by(|one, other| one.y.total_cmp(&other.y))?;
        let edge = if mirrored {
            top.right > width * 0.9
        } else {
            top.left < width * 0.1
        };
        let contact = edge && top.y < name.bottom() + name.size;
        let known = counted && heading(&top.text) == Some(Heading::Contact);
        let address = side().any(|cell| cell.text.contains("linkedin.com/"));
        let label = side().any(|cell| cell.text.contains("LinkedIn"));
        let larger = name.size > top.size * 1.7;
        (outer && contact && larger && address && (known || label)).then_some(Sides {
            gutter: if mirrored {
                name.right + 2.0
            } else {
                name.left - 2.0
            },
            mirrored,
        })
    })
}

/// What a section of the narrow column is whose heading is in no list: the first one has the
/// address, the next lists skills; languages say how well they are known.
pub(super) fn side_kind(before: Option<Heading>, rows: &[Row]) -> Option<Heading> {
    let texts = || rows.iter().map(Row::text);
    let bracketed = texts().filter(|text| text.ends_with([')', '）'])).count();
    match before {
        None if texts().any(|text| text.contains("linkedin.com/")) => Some(Heading::Contact),
        Some(Heading::Contact | Heading::Skills) if bracketed * 2 > rows.len() => {
            Some(Heading::Languages)
        }
        Some(Heading::Contact) if rows.len() <= 5 => Some(Heading::Skills),
        _ => None,
    }
}

/// What a section of the wide column is whose heading is in no list: positions have lines of dates,
/// schools have years in brackets behind a degree, a summary is text of one size.
pub(super) fn main_kind(rows: &[Row]) -> Heading {
    let text = |row: &Row| row.text();
    if rows.iter().any(|row| {
        dates::whole(&text(row)).is_some_and(|range| range.to.is_some())
            && !text(row).trim_start().starts_with(['(', '·'])
    }) {
        return Heading::Work;
    }
    let largest = rows.iter().map(Row::size).fold(0.0, f32::max);
    let smallest = rows.iter().map(Row::size).fold(f32::MAX, f32::min);
    if largest - smallest < 0.3 {
        return Heading::Summary;
    }
    Heading::Education
}
