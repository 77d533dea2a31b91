//! The text of a PDF that is no résumé: paragraphs, items and gaps, as they would be pasted.

use super::layout::{self, Row};
use super::resume::{is_item, item_mark};
use super::scribe::{Join, Scribe, is_wrapped};
use super::segments::{self, Segment};
use super::{check_text, document};
use crate::IntakeError;

/// What the pages show, and what they hold but do not show.
pub(crate) struct Text {
    /// Lines; a paragraph is one, items begin with `- `, an empty line stands where there is room.
    pub(crate) shown: String,
    /// Text nobody can see, a page each.
    pub(crate) hidden: Vec<String>,
}

/// Reads the text of a PDF.
///
/// # Errors
/// When it cannot be opened within the limits, or has no text.
pub(crate) fn text(bytes: &[u8]) -> Result<Text, IntakeError> {
    let document = document::open(bytes)?;
    check_text(&document)?;
    let layout = layout::read(&document)?;
    let scribe = Scribe::new("", bytes, &layout);
    let mut shown = String::new();
    for column in [&layout.main, &layout.side] {
        let edge = column.iter().map(right).fold(0.0, f32::max);
        write(&mut shown, column, edge, &scribe);
    }
    let hidden = (1..).zip(&document.pages).map(|(number, page)| {
        let segments = segments::of_glyphs(&page.drawn.hidden, number);
        let words: Vec<String> = segments.into_iter().map(|segment| segment.text).collect();
        words.join(" ")
    });
    Ok(Text {
        shown,
        hidden: hidden.filter(|words| !words.trim().is_empty()).collect(),
    })
}

fn right(row: &Row) -> f32 {
    row.cells.last().map_or(0.0, |cell| cell.right)
}

fn write(out: &mut String, rows: &[Row], edge: f32, scribe: &Scribe<'_>) {
    let mut paragraph = String::new();
    let mut above: Option<&Row> = None;
    for row in rows {
        let item = is_item(row);
        let words = row.text();
        let words = words[item_mark(&words)..].trim_start();
        let goes_on = above.is_some_and(|above| !item && goes_on(above, row, edge));
        if goes_on {
            scribe.append(&mut paragraph, words, Join::Words);
        } else {
            end(out, &mut paragraph);
            if above.is_some_and(|above| is_apart(above, row)) {
                out.push('\n');
            }
            if item {
                paragraph.push_str("- ");
            }
            paragraph.push_str(words);
        }
        above = Some(row);
    }
    end(out, &mut paragraph);
}

fn end(out: &mut String, paragraph: &mut String) {
    if !paragraph.is_empty() {
        out.push_str(paragraph);
        out.push('\n');
        paragraph.clear();
    }
}

/// Whether a row is the next line of the paragraph above it: the line above is full, and both look
/// the same.
fn goes_on(above: &Row, row: &Row, edge: f32) -> bool {
    let (Some(last), Some(first)) = (above.cells.last(), row.cells.first()) else {
        return false;
    };
    let alike = (above.size() - row.size()).abs() < 0.3
        && all_bold(above) == all_bold(row)
        && above.cells.len() == 1;
    alike && !is_apart(above, row) && is_wrapped(last, first, edge)
}

fn all_bold(row: &Row) -> bool {
    row.cells.iter().all(Segment::all_bold)
}

/// Whether there is more room between two rows than between lines of one paragraph. What goes on
/// over a page break is not apart.
fn is_apart(above: &Row, row: &Row) -> bool {
    above.page() == row.page() && row.y() - above.y() > above.size().max(row.size()) * 1.75
}
