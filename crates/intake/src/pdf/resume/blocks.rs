//! Where each entry of a section begins.

use career::SectionKind;

use super::super::layout::Row;
use super::super::scribe::is_wrapped;
use super::super::segments::Segment;
use super::super::vocabulary::words;
use super::super::{contacts, dates};
use super::fields::{is_aside, is_bullet, is_prose, mark_length};
use super::names;

/// A row with what belongs to the whole entry taken to the side.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) row: Row,
    pub(super) asides: Vec<Segment>,
    pub(super) bullet: bool,
    /// It goes on with the bullet above.
    pub(super) goes_on: bool,
    /// Dates over all positions of an employer.
    pub(super) overall: Vec<Segment>,
}

/// The lines of an entry.
#[derive(Default)]
pub(super) struct Block {
    pub(super) lines: Vec<Line>,
    /// A further position at the employer named above.
    pub(super) inherits: bool,
}

/// Joins dates that a narrow column broke over two or three lines: `10/2015 –` above `02/2019`.
fn whole_dates(rows: &[Row]) -> Vec<Row> {
    let mut rows = rows.to_vec();
    for at in 0..rows.len() {
        for cell in 0..rows[at].cells.len() {
            while let Some((next, found, text)) = rest_of_dates(&rows, at, cell) {
                let more = rows[next].cells.remove(found);
                let open = &mut rows[at].cells[cell];
                open.text = text;
                open.right = open.right.max(more.right);
                open.pieces.truncate(1);
            }
        }
    }
    rows.retain(|row| !row.cells.is_empty());
    rows
}

/// The cell below that dates go on with, and both together.
fn rest_of_dates(rows: &[Row], at: usize, cell: usize) -> Option<(usize, usize, String)> {
    let open = &rows[at].cells[cell];
    let short = open.text.chars().count() < 40;
    let begun = dates::is_begun(&open.text);
    if !short || !begun {
        return None;
    }
    (at + 1..rows.len().min(at + 5)).find_map(|next| {
        let found = rows[next].cells.iter().position(|other| {
            ((other.left - open.left).abs() < 4.0 || (other.right - open.right).abs() < 4.0)
                && other.page == open.page
                && (0.0..open.size * 2.0 * (next - at) as f32).contains(&(other.y - open.y))
        })?;
        let text = format!("{} {}", open.text, rows[next].cells[found].text);
        let joined = dates::whole(&text).is_some_and(|range| range.to.is_some())
            || dates::is_begun(&text) && dates::has_month_or_year(&rows[next].cells[found].text);
        joined.then_some((next, found, text))
    })
}

pub(super) fn lines(rows: &[Row]) -> Vec<Line> {
    let rows = &whole_dates(rows);
    let mut lines: Vec<Line> = Vec::new();
    // Where the open bullet's mark stands, and whether it was drawn.
    let mut open: Option<(f32, bool)> = None;
    for row in rows {
        let bullet = is_bullet(row) || is_iconed(row);
        let (asides, main): (Vec<Segment>, Vec<Segment>) = row
            .cells
            .iter()
            .cloned()
            .partition(|cell| row.cells.len() > 1 && is_aside(cell));
        let mut main = Row { cells: main };
        let mut asides = asides;
        // Dates that have a line of their own beside a list.
        if let ([cell], true) = (main.cells.as_slice(), open.is_some())
            && (dates::whole(&cell.text).is_some() || dates::is_duration(&cell.text))
            && lines.last().is_some_and(|last| {
                last.row
                    .cells
                    .first()
                    .is_some_and(|above| cell.left > above.left + 60.0)
            })
        {
            asides.append(&mut main.cells);
        }
        let goes_on = !bullet
            && !main.cells.is_empty()
            && open.is_some_and(|(left, drawn)| {
                let last = lines.iter().rev().find(|line| !line.row.cells.is_empty());
                let near = last.is_some_and(|last| {
                    (last.row.page() != row.page() || row.y() - last.row.y() < row.size() * 1.95)
                        && (last.row.size() - main.size()).abs() < 0.3
                });
                let placed = if drawn {
                    (main.left() - left).abs() < 1.5
                } else {
                    main.left() > left + 1.5
                };
                let plain = !drawn
                    || main.cells[0].pieces.first().is_none_or(|piece| !piece.bold)
                    || last.is_some_and(|last| {
                        last.row
                            .cells
                            .iter()
                            .any(|cell| cell.pieces.iter().any(|piece| piece.bold))
                    });
                near && placed && plain && main.cells.len() == 1
            });
        if bullet {
            let drawn = mark_length(main.cells.first().map_or("", |cell| &cell.text)) == 0;
            open = Some((main.left(), drawn));
        } else if !goes_on && !main.cells.is_empty() {
            open = None;
        }
        lines.push(Line {
            row: main,
            asides,
            bullet,
            goes_on,
            overall: Vec::new(),
        });
    }
    lines
}

/// A small picture stands before a line that tells something: a bullet of another kind.
fn is_iconed(row: &Row) -> bool {
    row.cells.first().is_some_and(|cell| {
        cell.icon
            && !cell.all_bold()
            && !is_aside(cell)
            && cell.text.split_whitespace().count() > 2
            && contacts::find(&cell.text).is_empty()
            && names::date_at_edge(&cell.text).is_none()
    })
}

/// Whether a line begins with dates.
fn leads_with_date(line: &Line) -> bool {
    line.row.cells.first().is_some_and(|cell| {
        dates::whole(&cell.text).is_some() || names::date_at_start(&cell.text).is_some()
    })
}

/// Whether a line may begin an entry: it names something.
fn names_something(line: &Line) -> bool {
    !line.bullet
        && !line.goes_on
        && line.row.cells.first().is_some_and(|cell| {
            !is_aside(cell)
                && contacts::kind_of(&cell.text).is_none()
                && !words().labels_body(&cell.text)
        })
}

fn has_date(line: &Line) -> bool {
    line.asides.iter().chain(&line.row.cells).any(|cell| {
        names::date_at_edge(&cell.text).is_some() || names::date_at_start(&cell.text).is_some()
    })
}

/// The lines of each entry. Entries begin with lines that look like the section's first one; where
/// that is the look of all text, each date begins one.
pub(super) fn blocks(lines: Vec<Line>, section: SectionKind) -> Vec<Block> {
    let first = lines.iter().position(names_something);
    let plain = lines
        .iter()
        .filter(|line| !line.goes_on)
        .all(|line| line.bullet);
    // A list under subheadings is a list still.
    let listed = matches!(
        section,
        SectionKind::Certificates | SectionKind::Awards | SectionKind::Publications
    );
    let bullets = lines.iter().filter(|line| line.bullet).count();
    let subheads = || lines.iter().filter(|line| !line.bullet && !line.goes_on);
    let sorted = listed
        && bullets >= subheads().count()
        && bullets > 0
        && subheads().all(|line| !has_date(line) && line.row.text().split_whitespace().count() < 5);
    let starts: Vec<bool> = if sorted {
        lines.iter().map(|line| !line.goes_on).collect()
    } else if plain {
        let left = lines
            .iter()
            .map(|line| line.row.left())
            .fold(f32::MAX, f32::min);
        lines
            .iter()
            .map(|line| line.bullet && line.row.left() < left + 3.0)
            .collect()
    } else {
        match first {
            Some(first) => starts(&lines, first, section),
            None => (0..lines.len()).map(|at| at == 0).collect(),
        }
    };
    let mut blocks: Vec<Block> = Vec::new();
    for (line, start) in lines.into_iter().zip(starts) {
        if start || blocks.is_empty() {
            blocks.push(Block::default());
        }
        if let Some(block) = blocks.last_mut() {
            block.lines.push(line);
        }
    }
    if matches!(section, SectionKind::Work | SectionKind::Volunteer) {
        blocks = blocks.into_iter().flat_map(positions).collect();
    }
    blocks
}

/// The positions of a block: a title with dates of its own below the bullets of another, or below
/// an employer with dates over all of them, is a position too.
fn positions(mut block: Block) -> Vec<Block> {
    let dated: Vec<usize> = (0..block.lines.len())
        .filter(|at| {
            let line = &block.lines[*at];
            !line.bullet && !line.goes_on && has_date(line)
        })
        .collect();
    let (Some(first), Some(second)) = (dated.first(), dated.get(1)) else {
        return vec![block];
    };
    let over_all = *first == 0 && *second == 1;
    let mut cuts: Vec<usize> = dated[1 + usize::from(over_all)..].to_vec();
    for cut in &mut cuts {
        // The title may stand a line above its dates.
        let above = &block.lines[*cut - 1];
        let line = &block.lines[*cut];
        let bare = !names_something(line);
        if bare && names_something(above) && !is_prose(&above.row) {
            *cut -= 1;
        }
    }
    let mut parts = Vec::new();
    for cut in cuts.into_iter().rev() {
        parts.push(Block {
            lines: block.lines.split_off(cut),
            inherits: true,
        });
    }
    if over_all && let Some(line) = block.lines.first_mut() {
        // Told by the positions; the dates stay with the line's words among what is unread.
        line.overall = std::mem::take(&mut line.asides);
    }
    parts.push(block);
    parts.reverse();
    parts
}

fn starts(lines: &[Line], first: usize, section: SectionKind) -> Vec<bool> {
    let pattern = &lines[first].row.cells[0];
    let bold = |cell: &Segment| cell.pieces.first().is_some_and(|piece| piece.bold);
    let middle = |cell: &Segment| f32::midpoint(cell.left, cell.right);
    let alike = |line: &Line| {
        names_something(line)
            && line.row.cells.first().is_some_and(|cell| {
                bold(cell) == bold(pattern)
                    && (cell.size - pattern.size).abs() < 0.12
                    && ((cell.left - pattern.left).abs() < 3.0
                        || (middle(cell) - middle(pattern)).abs() < 3.0)
            })
    };
    let others = || {
        lines
            .iter()
            .filter(|line| !line.bullet && !line.goes_on && !line.row.cells.is_empty())
    };
    let distinct = bold(pattern)
        || others().any(|line| line.row.size() < pattern.size - 0.15)
        || lines.iter().any(|line| line.bullet)
            && others().all(|line| alike(line) && has_date(line));
    let mut starts: Vec<bool> = lines.iter().map(alike).collect();
    let edge = lines
        .iter()
        .flat_map(|line| &line.row.cells)
        .map(|cell| cell.right)
        .fold(0.0, f32::max);
    for at in 1..lines.len() {
        // The second line of a name that was too long for one.
        if starts[at] && starts[at - 1] && goes_on_below(&lines[at - 1], &lines[at], edge) {
            starts[at] = false;
        }
    }
    let dates_lead =
        lines[..first].last().is_some_and(leads_with_date) || leads_with_date(&lines[first]);
    if distinct {
        // Two such lines in a row are one heading, unless the section is a list of them.
        let adjacent = |at: usize| at > 0 && starts[at - 1] && starts[at];
        let pairs = (0..lines.len()).filter(|at| adjacent(*at)).count();
        let count = starts.iter().filter(|start| **start).count();
        if pairs * 2 < count {
            let joined: Vec<usize> = (0..lines.len())
                .filter(|at| {
                    adjacent(*at)
                        && !(has_date(&lines[*at]) && has_date(&lines[*at - 1]))
                        && lines[*at].row.y() - lines[*at - 1].row.y() < pattern.size * 1.8
                })
                .collect();
            for at in joined {
                starts[at] = false;
            }
        }
        starts[first] = true;
        if lines[..first].last().is_some_and(leads_with_date) {
            // Dates that stand above the first name stand above every name.
            for at in first..lines.len() {
                if starts[at] && leads_with_date(&lines[at - 1]) && !lines[at - 1].bullet {
                    starts[at] = false;
                    starts[at - 1] = true;
                }
            }
        }
        if matches!(
            section,
            SectionKind::Work | SectionKind::Volunteer | SectionKind::Education
        ) {
            join_undated(lines, &mut starts);
        }
        return starts;
    }
    let dated = lines.iter().any(|line| {
        line.asides
            .iter()
            .chain(&line.row.cells)
            .any(|cell| dates::whole(&cell.text).is_some())
    });
    let listed = matches!(
        section,
        SectionKind::Certificates | SectionKind::Awards | SectionKind::Publications
    );
    if !dated && listed {
        let all: Vec<bool> = lines
            .iter()
            .enumerate()
            .map(|(at, line)| {
                !line.goes_on && (at == 0 || !line.row.text().starts_with(char::is_lowercase))
            })
            .collect();
        return all;
    }
    if dates_lead {
        let leads = |line: &Line| leads_with_date(line) && !line.bullet && !line.goes_on;
        return lines.iter().map(leads).collect();
    }
    by_dates(lines, first)
}

/// Two lines of one look can name one entry: the dates stand with one of them, and nothing is told
/// between them.
fn join_undated(lines: &[Line], starts: &mut [bool]) {
    let heads: Vec<usize> = (0..lines.len()).filter(|at| starts[*at]).collect();
    let parts: Vec<(usize, usize)> = heads
        .iter()
        .enumerate()
        .map(|(number, at)| (*at, heads.get(number + 1).copied().unwrap_or(lines.len())))
        .collect();
    let dated = |part: &(usize, usize)| {
        let lines = &lines[part.0..part.1];
        lines
            .iter()
            .any(|line| !line.bullet && !line.goes_on && has_date(line))
    };
    let tells = |part: &(usize, usize)| {
        let lines = &lines[part.0..part.1];
        lines.iter().any(|line| line.bullet || is_prose(&line.row))
    };
    let count = parts.iter().filter(|part| dated(part)).count();
    // As many with dates as without, in turns.
    if count == 0 || parts.len().abs_diff(count * 2) > 1 || parts.len() < 2 {
        return;
    }
    for pair in parts.windows(2) {
        if starts[pair[0].0] && dated(&pair[0]) != dated(&pair[1]) && !tells(&pair[0]) {
            starts[pair[1].0] = false;
        }
    }
}

/// Whether a name goes on below: both lines are bold, close, and the first one is full.
pub(super) fn goes_on_below(line: &Line, next: &Line, edge: f32) -> bool {
    let ([one], [other]) = (line.row.cells.as_slice(), next.row.cells.as_slice()) else {
        return false;
    };
    let behind = |aside: &Segment| aside.left > one.right;
    one.all_bold()
        && other.all_bold()
        && names::date_at_edge(&one.text).is_none()
        && !line.asides.iter().any(behind)
        && one.page == other.page
        && (one.size - other.size).abs() < 0.12
        && (one.left - other.left).abs() < 2.0
        && other.y - one.y < one.size * 1.75
        && is_wrapped(one, other, edge)
}

/// One entry for each date: it begins at the first naming line above the date that is not told by
/// the entry before.
fn by_dates(lines: &[Line], first: usize) -> Vec<bool> {
    let mut starts = vec![false; lines.len()];
    starts[first] = true;
    let mut floor = first;
    let mut seen = false;
    for (at, line) in lines.iter().enumerate() {
        if !has_date(line) || line.bullet && line.asides.is_empty() {
            continue;
        }
        if !seen {
            seen = true;
            floor = at + 1;
            continue;
        }
        let mut start = at;
        while start > floor
            && names_something(&lines[start - 1])
            && !is_prose(&lines[start - 1].row)
        {
            start -= 1;
        }
        let named = (start..=at)
            .find(|at| names_something(&lines[*at]))
            .unwrap_or(at);
        starts[named] = true;
        floor = at + 1;
    }
    starts
}
