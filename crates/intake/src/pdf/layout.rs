//! Segments into columns and rows, in the order a person reads them.

use super::direction::{self, Base};
use super::document::Document;
use super::limits::MAX_SEGMENTS;
use super::profile_look;
use super::segments::{self, Piece, Segment};
use super::vocabulary::heading;
use crate::IntakeError;
use crate::collect::bullet_length;

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
    /// The height of each page.
    pub(super) heights: Vec<f32>,
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
        let numbers = page_number(page, *height, heights.len());
        let (footer, text) = std::mem::take(page)
            .into_iter()
            .partition(|segment| numbers.iter().any(|y| (segment.y - y).abs() < 0.5));
        layout.footers.extend::<Vec<Segment>>(footer);
        *page = text;
    }
    let width = document.pages.first().map_or(612.0, |page| page.width);
    let counted = !layout.footers.is_empty();
    if let Some(sides) = profile_look::sides(&pages, width, counted) {
        let at = sides.gutter;
        layout.gutter = Some(at);
        layout.is_profile_page = true;
        let base = if sides.mirrored {
            Base::RightToLeft
        } else {
            Base::LeftToRight
        };
        for (page, height) in pages.into_iter().zip(&heights) {
            let (footer, page): (Vec<Segment>, Vec<Segment>) = page
                .into_iter()
                .partition(|segment| segment.y > height * profile_look::FOOT);
            layout.footers.extend(footer);
            let (side, main): (Vec<Segment>, Vec<Segment>) = page
                .into_iter()
                .partition(|segment| (segment.left < at) != sides.mirrored);
            layout.main.extend(rows(main, base));
            layout.side.extend(rows(side, base));
        }
        layout.heights = heights;
        return Ok(layout);
    }
    let base = direction::base(pages.iter().flatten().map(|segment| segment.text.as_str()));
    layout.gutter = gutter(&pages, width);
    for page in pages {
        let (main, side) = split(page, layout.gutter, width);
        layout.main.extend(rows(main, base));
        layout.side.extend(rows(side, base));
    }
    layout.heights = heights;
    Ok(layout)
}

/// The baselines of the line at a page's edge that tells its number. What was drawn in pieces is
/// one line.
fn page_number(page: &[Segment], height: f32, pages: usize) -> Vec<f32> {
    let at_edge = |segment: &&Segment| segment.y < height * 0.07 || segment.y > height * 0.91;
    let edge: Vec<&Segment> = page.iter().filter(at_edge).collect();
    let mut found = Vec::new();
    for segment in &edge {
        let number = segment.page as usize;
        let mut line: Vec<&&Segment> = edge
            .iter()
            .filter(|other| (other.y - segment.y).abs() < 0.5)
            .collect();
        line.sort_by(|one, other| one.left.total_cmp(&other.left));
        let words: Vec<&str> = line.iter().map(|part| part.text.as_str()).collect();
        if is_page_number(&words.join(" "), number, pages) {
            found.push(segment.y);
        }
    }
    found
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
    // Where the least stands above the columns, and of these places where the gap is widest.
    let mut best: Option<(f32, f32, usize)> = None;
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
        {
            let middle = f32::midpoint(left, right);
            let above = pages.iter().map(|page| above_columns(page, middle)).sum();
            if best.is_none_or(|(_, widest, least)| {
                above < least || above == least && right - left > widest
            }) {
                best = Some((middle, right - left, above));
            }
        }
        at += 3.0;
    }
    best.map(|(at, _, _)| at)
}

/// How much of a page stands above the columns that part at a place.
fn above_columns(page: &[Segment], at: f32) -> usize {
    let top = head_end(page, at).unwrap_or(0.0);
    page.iter().filter(|segment| segment.y <= top).count()
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
        // A label beside its text is no heading of a column.
        let labels = |segment: &Segment| {
            below().any(|other| {
                (other.right <= at) != left
                    && (other.y - segment.y).abs() < 0.5
                    && heading(&other.text).is_none()
            })
        };
        let headings = side
            .iter()
            .filter(|segment| heading(&segment.text).is_some() && !labels(segment))
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
fn rows(mut segments: Vec<Segment>, base: Base) -> Vec<Row> {
    segments.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut rows: Vec<Row> = Vec::new();
    for segment in segments {
        let right = direction::is_right_to_left(&segment.text);
        let same = rows.last().is_some_and(|row| {
            // Fonts of scripts that run the other way may stand on baselines of their own.
            let mixed = right
                || row
                    .cells
                    .iter()
                    .any(|cell| direction::is_right_to_left(&cell.text));
            let reach = if mixed { 0.85 } else { 0.45 };
            let close = |cell: &Segment| {
                (cell.y - segment.y).abs() < reach * cell.size.min(segment.size)
                    && (segment.left >= cell.right - 1.0 || segment.right <= cell.left + 1.0)
            };
            row.cells.len() < 200 && row.cells.iter().all(close)
        });
        // Marks that a script's own font lacks: they belong to the words they stand among.
        let mark = !right
            && !segment.text.chars().any(char::is_alphanumeric)
            && rows.last().is_some_and(|row| {
                row.cells.iter().any(|cell| {
                    direction::is_right_to_left(&cell.text)
                        && (cell.y - segment.y).abs() < 0.85 * cell.size
                        && segment.left < cell.right - 1.0
                        && segment.right > cell.left + 1.0
                })
            });
        if mark {
            continue;
        }
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
        if row
            .cells
            .iter()
            .any(|cell| direction::is_right_to_left(&cell.text))
        {
            turn(row, base);
        }
        join_bullet(row);
    }
    rows
}

/// A line that runs from right to left, or has parts that do, in the order it is read.
fn turn(row: &mut Row, base: Base) {
    let mut cells: Vec<Segment> = Vec::new();
    for cell in std::mem::take(&mut row.cells) {
        let near = cells
            .last()
            .is_some_and(|last: &Segment| cell.left - last.right < cell.size.max(last.size) * 0.9);
        match cells.last_mut() {
            Some(last) if near => {
                if cell.left - last.right > cell.size * 0.12 {
                    last.text.push(' ');
                }
                append(last, &cell);
            }
            _ => cells.push(cell),
        }
    }
    for cell in &mut cells {
        cell.text = direction::logical(&cell.text, base);
        let length = cell.text.len();
        // The looks of a turned line are those of its first letter.
        cell.pieces.truncate(1);
        if let Some(piece) = cell.pieces.first_mut() {
            (piece.start, piece.end) = (0, length);
        }
    }
    row.cells = cells;
}

/// A bullet that stands apart from its text belongs to it.
fn join_bullet(row: &mut Row) {
    if row.cells.len() < 2 {
        return;
    }
    let mark = row.cells[0].text.clone();
    let alone = mark.chars().count() == 1 && bullet_length(&format!("{mark} x")) > 0;
    let near = row.cells[1].left - row.cells[0].right < row.cells[1].size * 3.0;
    if alone && near {
        let text = row.cells.remove(1);
        let bullet = &mut row.cells[0];
        bullet.text.push(' ');
        bullet.size = text.size;
        bullet.pieces.clear();
        append(bullet, &text);
    }
}

/// Puts a segment behind another.
fn append(first: &mut Segment, next: &Segment) {
    let before = first.text.len();
    first.text.push_str(&next.text);
    first.pieces.extend(next.pieces.iter().map(|piece| Piece {
        start: piece.start + before,
        end: piece.end + before,
        ..piece.clone()
    }));
    first.right = first.right.max(next.right);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(text: &str, left: f32, right: f32, y: f32) -> Segment {
        Segment {
            page: 1,
            left,
            right,
            y,
            size: 10.0,
            text: text.to_owned(),
            pieces: Vec::new(),
            marked: false,
            icon: false,
            color: [0; 3],
            shift: 0.0,
        }
    }

    #[test]
    fn a_bullet_that_stands_apart_belongs_to_its_text() {
        let cells = vec![
            segment("•", 50.0, 54.0, 100.0),
            segment("Led a team", 68.0, 120.0, 100.0),
        ];
        let rows = rows(cells, Base::LeftToRight);
        assert_eq!(rows[0].text(), "• Led a team");
        assert_eq!(rows[0].cells.len(), 1);
    }

    #[test]
    fn a_page_number_drawn_in_pieces_is_one_line() {
        let page = [
            segment("Page", 280.0, 300.0, 780.0),
            segment("1", 304.0, 309.0, 780.0),
            segment("of 2", 313.0, 330.0, 780.0),
            segment("Work", 50.0, 80.0, 300.0),
        ];
        assert_eq!(page_number(&page, 792.0, 2).len(), 3);
    }

    #[test]
    fn a_line_of_two_scripts_is_one_though_their_baselines_differ() {
        let cells = vec![
            segment("תירבע", 22.0, 50.0, 235.0),
            segment("(Native or Bilingual)", 53.0, 143.0, 243.0),
        ];
        let rows = rows(cells, Base::LeftToRight);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].text(), "עברית (Native or Bilingual)");
    }

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
