//! A PDF as a machine reads it: for whoever wants to know what arrives of a file of their own.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, String as PdfString};

use super::document::{self, DrawnPage, text_of};
use super::layout;
use crate::IntakeError;

/// All that is read of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct PdfReading {
    /// Its pages.
    pub pages: Vec<PageReading>,
    /// The text in rows and columns as they are found on the pages, row by row; none where they were not
    /// wanted.
    pub rows: Vec<String>,
    /// The language that the file says it is in.
    pub language: Option<String>,
    /// The title that the file says it has.
    pub title: Option<String>,
    /// Whether the file says what its parts are (headings, lists, links).
    pub tagged: bool,
    /// Whether it has an outline of bookmarks.
    pub outlined: bool,
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageReading {
    /// Its characters in the order in which they were drawn.
    pub glyphs: Vec<DrawnText>,
    /// Where its links lead, in order.
    pub links: Vec<String>,
    /// Text that nobody can see.
    pub hidden: String,
}

/// A character, or several drawn as one.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnText {
    /// Its characters; U+FFFD where the font does not tell them.
    pub text: String,
    /// Whether a gap or a new line lies before it.
    pub after_gap: bool,
}

/// Reads a PDF that this program has made, without asking what it is about. `with_rows` says whether
/// its rows are wanted too.
///
/// # Errors
/// When the file is damaged or takes too much work.
pub fn read_back(bytes: &[u8], with_rows: bool) -> Result<PdfReading, IntakeError> {
    let drawn = document::open_own(bytes)?;
    let mut rows = Vec::new();
    if with_rows {
        let layout = layout::read(&drawn)?;
        rows.extend(
            layout
                .main
                .iter()
                .chain(&layout.side)
                .map(layout::Row::text),
        );
    }
    let pages = drawn.pages.into_iter().map(page).collect();
    let mut reading = PdfReading {
        pages,
        rows,
        language: None,
        title: None,
        tagged: false,
        outlined: false,
    };
    // `open` has read the same bytes before.
    if let Ok(pdf) = Pdf::new(bytes.to_vec()) {
        let root: Option<Dict<'_>> = pdf.xref().get(pdf.xref().root_id());
        if let Some(root) = root {
            let text = |name: &[u8]| {
                let text: PdfString<'_> = root.get(name)?;
                Some(text_of(text.as_bytes())).filter(|text| !text.is_empty())
            };
            let marks: Option<Dict<'_>> = root.get(b"MarkInfo");
            let marked = marks.and_then(|marks| marks.get::<bool>(b"Marked"));
            let tree: Option<Dict<'_>> = root.get(b"StructTreeRoot");
            let outlines: Option<Dict<'_>> = root.get(b"Outlines");
            reading.language = text(b"Lang");
            reading.tagged = marked == Some(true) && tree.is_some();
            reading.outlined = outlines.is_some_and(|outlines| outlines.contains_key(b"First"));
        }
        let title = pdf.metadata().title.as_deref().map(text_of);
        reading.title = title.filter(|title| !title.is_empty());
    }
    Ok(reading)
}

fn page(page: DrawnPage) -> PageReading {
    let mut glyphs: Vec<DrawnText> = Vec::with_capacity(page.drawn.glyphs.len());
    let mut before: Option<(f32, f32)> = None;
    for glyph in page.drawn.glyphs {
        let gap = before.is_none_or(|(end, baseline)| {
            let near = (glyph.x - end).abs() < glyph.size * 0.2;
            !near || (glyph.y - baseline).abs() > glyph.size * 0.3
        });
        before = Some((glyph.x + glyph.width, glyph.y));
        glyphs.push(DrawnText {
            text: glyph.text,
            after_gap: gap,
        });
    }
    PageReading {
        glyphs,
        links: page.links.into_iter().map(|link| link.target).collect(),
        hidden: page
            .drawn
            .hidden
            .into_iter()
            .map(|glyph| glyph.text)
            .collect(),
    }
}
