//! The other formats of a document, each made of the same lines in the same order as the pages.
//!
//! All words are text: every format escapes them whole, and links come from the lines alone.

pub(crate) mod docx;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod plain_text;
pub(crate) mod tex;

use std::fmt::Write as _;

use career::Slot;
use career::text::clean;
use unicode_bidi::{BidiInfo, Level};

use crate::document::Document;
use crate::job::{Job, Line};
use career::print::Colour;

/// What stands between the parts of a header and between contacts, as on the pages.
pub(crate) const DOT: &str = "  ·  ";

/// Lines that are set together, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Name,
    Headline,
    Contacts,
    /// Sentences behind each other.
    Prose,
    Bullets,
    /// A line on its own.
    Plain,
}

fn shape(slot: Slot) -> Shape {
    match slot {
        Slot::Name => Shape::Name,
        Slot::Headline => Shape::Headline,
        Slot::Contact => Shape::Contacts,
        Slot::Sentence => Shape::Prose,
        Slot::Bullet => Shape::Bullets,
        Slot::Title
        | Slot::Organization
        | Slot::Location
        | Slot::Dates
        | Slot::Link
        | Slot::Skills => Shape::Plain,
    }
}

/// The lines in the groups in which they are set; none is empty.
pub(crate) fn groups(lines: &[Line]) -> impl Iterator<Item = (Shape, &[Line])> {
    lines
        .chunk_by(|one, next| shape(one.slot) == shape(next.slot))
        .filter_map(|group| Some((shape(group.first()?.slot), group)))
}

/// What stands before the part of a header that follows another.
pub(crate) fn separator(before: Slot, slot: Slot) -> &'static str {
    match (before, slot) {
        (Slot::Title, Slot::Organization) => ", ",
        _ => DOT,
    }
}

/// The words as every format can hold them: cleaned once more, and without what is no character.
pub(crate) fn words(text: &str) -> String {
    clean(&text.replace(['\u{fffe}', '\u{ffff}'], ""))
}

/// The line's words in two parts, of which the first is set strong.
pub(crate) fn parts(line: &Line) -> (String, String) {
    let text = words(&line.text);
    // The label's length is that of the words as they were given.
    match line.text.split_at_checked(line.label) {
        Some((label, rest)) if text == line.text => (label.to_owned(), rest.to_owned()),
        _ => (String::new(), text),
    }
}

/// Where the line leads, with nothing in it but what may stand in an address. Looked at again: a
/// document may have come out of a store.
pub(crate) fn address(line: &Line) -> Option<String> {
    let link = line.link.as_deref()?;
    if !(link.starts_with("https://") || link.starts_with("mailto:")) {
        return None;
    }
    let mut address = String::with_capacity(link.len());
    for byte in link.bytes() {
        match byte {
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | b'\'' | b'(' | b')'
            | b'*' | b'$' | b'~' => {
                let _infallible = write!(address, "%{byte:02X}");
            }
            0x21..=0x7e => address.push(char::from(byte)),
            _ => {
                let _infallible = write!(address, "%{byte:02X}");
            }
        }
    }
    Some(address)
}

/// The title of the document, which it always has.
pub(crate) fn title(document: &Document) -> String {
    match &document.title {
        Some(title) => words(title),
        None => untitled(document).to_owned(),
    }
}

/// What a document without a name is called.
pub(crate) fn untitled(document: &Document) -> &'static str {
    if document.is_letter() {
        "Letter"
    } else {
        "Résumé"
    }
}

/// Whether the date of a letter stands where lines begin, as in English, not at the far side.
pub(crate) fn date_at_start(document: &Document) -> bool {
    language(document).split('-').next() == Some("en")
}

/// The language tag, of letters, digits and hyphens alone.
pub(crate) fn language(document: &Document) -> &str {
    let tag = document.language.as_str();
    let plain = tag
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if plain && !tag.is_empty() { tag } else { "en" }
}

/// Whether the line reads from right to left; numbers, dates and addresses never do.
pub(crate) fn right_to_left(line: &Line) -> bool {
    line.right_to_left.unwrap_or(false)
}

/// The text in stretches of one direction, in reading order: (embedding level, stretch). An odd
/// level reads from right to left.
pub(crate) fn stretches(text: &str, right_to_left: bool) -> Vec<(u8, &str)> {
    if !right_to_left && crate::runs::has_no_right_to_left(text) {
        return vec![(0, text)];
    }
    let base = if right_to_left {
        Level::rtl()
    } else {
        Level::ltr()
    };
    let levels = BidiInfo::new(text, Some(base)).levels;
    let mut stretches = Vec::new();
    let mut start = 0;
    let mut last = base.number();
    for (at, _) in text.char_indices() {
        let level = levels.get(at).map_or(last, Level::number);
        if level != last {
            if at > start {
                stretches.push((last, &text[start..at]));
            }
            start = at;
            last = level;
        }
    }
    if start < text.len() {
        stretches.push((last, &text[start..]));
    }
    stretches
}

/// How the options and the template want it to look.
pub(crate) struct Look<'a> {
    /// Of headings and small marks, dark enough to be read.
    pub(crate) accent: Colour,
    /// Of running text.
    pub(crate) family: &'a str,
    /// Of the name.
    pub(crate) display: &'a str,
    /// Size of running text and of the name, in points.
    pub(crate) size: f32,
    pub(crate) name: f32,
    /// Margins in points.
    pub(crate) margins: (f32, f32),
}

impl<'a> Look<'a> {
    pub(crate) fn of(job: &'a Job) -> Self {
        let manifest = &job.template.manifest;
        let measure = |name: &str, usual| manifest.airy.get(name).copied().unwrap_or(usual);
        let family = job.options.font.as_deref();
        Self {
            accent: job.options.accent.unwrap_or(manifest.accent).readable(),
            family: family.unwrap_or(&manifest.font),
            display: match family {
                // As on the pages: a display family of its own stays.
                Some(family) if manifest.display == manifest.font => family,
                _ => &manifest.display,
            },
            size: measure("size", 10.5),
            name: measure("name", 24.0),
            margins: (measure("margin_x", 56.0), measure("margin_y", 54.0)),
        }
    }
}

/// Whether the letters of a bundled family have serifs.
pub(crate) fn has_serifs(family: &str) -> bool {
    ["Serif", "Garamond", "Alegreya"]
        .iter()
        .any(|part| family.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_give_the_text_and_change_direction_where_the_letters_do() {
        for (text, right_to_left, expected) in [
            ("plain (42)", false, vec![(0, "plain (42)")]),
            (
                "say שלום now",
                false,
                vec![(0, "say "), (1, "שלום"), (0, " now")],
            ),
            (
                "שלום Rust 42!",
                true,
                vec![(1, "שלום "), (2, "Rust 42"), (1, "!")],
            ),
            ("", true, vec![]),
        ] {
            assert_eq!(stretches(text, right_to_left), expected);
        }
    }
}
