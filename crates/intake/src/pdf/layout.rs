//! Segments into columns and rows, in the order a person reads them.

use super::document::Document;
use super::limits::MAX_SEGMENTS;
use super::profile_page;
use super::segments::{self, Segment};
use super::vocabulary::heading;
use crate::IntakeError;

/// Segments on one line of one column.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) cells: Vec<Segment>,
}

impl Row {
    pub(super) fn page(&self) -> u32 {
        self.cells.first().map_or(1, |cell| cell.page)
    }

    pub(super) fn y(&self) -> f32 {
        self.cells.first().map_or(0.0, |cell| cell.y)
    }

    pub(super) fn size(&self) -> f32 {
        self.cells.iter().map(|cell| cell.size).fold(0.0, f32::max)
    }

    pub(super) fn left(&self) -> f32 {
        self.cells.first().map_or(0.0, |cell| cell.left)
    }

    /// All words of the row.
    pub(super) fn text(&self) -> String {
        let texts: Vec<&str> = self.cells.iter().map(|cell| cell.text.as_str()).collect();
        texts.join(" ")
    }
}

/// The pages as columns of rows.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// What spans the page above the columns, and the wider column.
    pub(super) main: Vec<Row>,
    /// The narrower column.
    pub(super) side: Vec<Row>,
    /// Where the two part.
    pub(super) gutter: Option<f32>,
    /// The PDF that LinkedIn makes of a profile.
    pub(super) is_profile_page: bool,
    /// Page numbers and the like.
    pub(super) footers: Vec<Segment>,
    /// Baselines of each page from the top: a row's number is its place here.
    baselines: Vec<Vec<f32>>,
}

impl Layout {
    /// The number of the line of a page on which a baseline lies, from 1.
    pub(super) fn line_number(&self, page: u32, y: f32) -> u32 {
        let lines = self.baselines.get(page as usize - 1);
        let above = lines.map_or(0, |lines| {
            lines.iter().filter(|line| **line < y - 1.5).count()
        });
        above as u32 + 1
    }
}

/// Reads the layout of a document.
pub(super) fn read(document: &Document) -> Result<Layout, IntakeError> {
    let mut pages: Vec<Vec<Segment>> = (1..)
        .zip(&document.pages)
        .map(|(number, page)| segments::of_page(page, number))
        .collect();
    if pages.iter().map(Vec::len).sum::<usize>() > MAX_SEGMENTS {
        return Err(IntakeError::PdfTooMuch);
    }
    let mut layout = Layout::default();
    let heights: Vec<f32> = document.pages.iter().map(|page| page.height).collect();
    for (page, height) in pages.iter_mut().zip(&heights) {
        let mut lines: Vec<f32> = page.iter().map(|segment| segment.y).collect();
        lines.sort_by(f32::total_cmp);
        lines.dedup_by(|one, other| (*one - *other).abs() < 1.5);
        layout.baselines.push(lines);
        let count = heights.len();
        page.retain(|segment| {
            let edge = segment.y < height * 0.07 || segment.y > height * 0.91;
            let footer = edge && is_page_number(&segment.text, segment.page as usize, count);
            if footer {
                layout.footers.push(segment.clone());
            }
            !footer
        });
    }
    let width = document.pages.first().map_or(612.0, |page| page.width);
    let counted = !layout.footers.is_empty();
    if let Some(at) = profile_page::gutter(&pages, width, counted) {
        layout.gutter = Some(at);
        layout.is_profile_page = true;
        for page in pages {
            let (side, main): (Vec<Segment>, Vec<Segment>) =
                page.into_iter().partition(|segment| segment.left < at);
            layout.main.extend(rows(main));
            layout.side.extend(rows(side));
        }
        return Ok(layout);
    }
    layout.gutter = gutter(&pages, width);
    for page in pages {
        let (main, side) = split(page, layout.gutter, width);
        layout.main.extend(rows(main));
        layout.side.extend(rows(side));
    }
    Ok(layout)
}

/// "Page 2 of 3", "Jane Doe - 2/3", "2": the number of this page, perhaps of all pages.
fn is_page_number(text: &str, page: usize, pages: usize) -> bool {
    if text.chars().count() > 80 {
        return false;
    }
    let numbers: Vec<usize> = text
        .split(|one: char| !one.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect();
    match numbers.as_slice() {
        [.., this, all] if *this == page && *all == pages => true,
        [this] => *this == page && text.chars().filter(|one| one.is_alphanumeric()).count() < 8,
        _ => false,
    }
}

/// Where a page parts into two columns that are read one after the other: a line that nothing but
/// the page's head crosses, with headed text on both sides. A column of dates or of headings beside
/// their text is no column of its own: its rows belong to the rows beside them.
fn gutter(pages: &[Vec<Segment>], width: f32) -> Option<f32> {
    let mut best: Option<(f32, f32)> = None;
    let mut at = width * 0.18;
    while at < width * 0.82 {
        let gap = pages.iter().filter_map(|page| gap_at(page, at)).fold(
            None,
            |all: Option<(f32, f32)>, gap| {
                Some(all.map_or(gap, |all| (all.0.max(gap.0), all.1.min(gap.1))))
            },
        );
        if let Some((left, right)) = gap
            && right - left > 5.0
            && pages.iter().any(|page| parts(page, at))
            && best.is_none_or(|(_, widest)| right - left > widest)
        {
            best = Some((f32::midpoint(left, right), right - left));
        }
        at += 3.0;
    }
    best.map(|(at, _)| at)
}

/// The free strip around a place below the page's head, when the page has one.
fn gap_at(page: &[Segment], at: f32) -> Option<(f32, f32)> {
    let top = head_end(page, at)?;
    let below = page.iter().filter(|segment| segment.y > top);
    let mut strip = (0.0_f32, f32::MAX);
    for segment in below {
        if segment.right <= at {
            strip.0 = strip.0.max(segment.right);
        } else if segment.left >= at {
            strip.1 = strip.1.min(segment.left);
        }
    }
    (strip.0 > 0.0 && strip.1 < f32::MAX).then_some(strip)
}

/// The baseline below which nothing crosses a place; `None` when too much of the page does.
fn head_end(page: &[Segment], at: f32) -> Option<f32> {
    let crossing: Vec<f32> = page
        .iter()
        .filter(|segment| segment.left < at && segment.right > at)
        .map(|segment| segment.y)
        .collect();
    let last = crossing.iter().copied().fold(0.0, f32::max);
    let below = page.iter().filter(|segment| segment.y > last).count();
    (below * 3 >= page.len() * 2).then_some(last)
}

/// Whether both sides of a place are text under headings.
fn parts(page: &[Segment], at: f32) -> bool {
    let Some(top) = head_end(page, at) else {
        return false;
    };
    let below = || page.iter().filter(|segment| segment.y > top);
    let headed = |left: bool| {
        let side: Vec<&Segment> = below()
            .filter(|segment| (segment.right <= at) == left)
            .collect();
        let headings = side
            .iter()
            .filter(|segment| heading(&segment.text).is_some())
            .count();
        headings > 0 && side.len() >= headings * 2 && side.len() >= 4
    };
    headed(true) && headed(false)
}

/// The segments of the main and of the side column.
fn split(page: Vec<Segment>, gutter: Option<f32>, width: f32) -> (Vec<Segment>, Vec<Segment>) {
    let Some(at) = gutter else {
        return (page, Vec::new());
    };
    let top = head_end(&page, at).unwrap_or(0.0);
    let side_is_left = at < width / 2.0;
    page.into_iter().partition(|segment| {
        let left = segment.right <= at;
        let crosses = segment.left < at && segment.right > at;
        crosses || segment.y <= top || left != side_is_left
    })
}

/// Segments into rows from top to bottom.
fn rows(mut segments: Vec<Segment>) -> Vec<Row> {
    segments.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut rows: Vec<Row> = Vec::new();
    for segment in segments {
        let same = rows.last().is_some_and(|row| {
            let close = |cell: &Segment| {
                (cell.y - segment.y).abs() < 0.45 * cell.size.min(segment.size)
                    && (segment.left >= cell.right - 1.0 || segment.right <= cell.left + 1.0)
            };
            row.cells.len() < 200 && row.cells.iter().all(close)
        });
        match rows.last_mut() {
            Some(row) if same => row.cells.push(segment),
            _ => rows.push(Row {
                cells: vec![segment],
            }),
        }
    }
    for row in &mut rows {
        row.cells
            .sort_by(|one, other| one.left.total_cmp(&other.left));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_known_by_their_numbers_not_by_their_words() {
        assert!(is_page_number("Page 1 of 3", 1, 3));
        assert!(is_page_number("Seite 2 von 3", 2, 3));
        assert!(is_page_number("第 2 页，共 3 页", 2, 3));
        assert!(is_page_number("John Doe – 1/2", 1, 2));
        assert!(is_page_number("- 2 -", 2, 3));
        assert!(!is_page_number("2019 – 2021", 1, 3));
        assert!(!is_page_number("GPA 3.9", 3, 3));
    }
}
