//! Any résumé: its head, and its sections by their headings.

mod blocks;
mod entries;
mod fields;
mod grid;
mod head;
mod lists;
mod names;
mod schools;
mod towns;
mod works;

use career::{ContactKind, SectionKind};

pub(super) use fields::{is_bullet as is_item, mark_length as item_mark};

use super::contacts;
use super::document::Link;
use super::layout::{Layout, Row};
use super::scribe::Scribe;
use super::segments::Segment;
use super::vocabulary::{Heading, heading};

/// The look that headings have in one column.
#[derive(Debug, Clone, Copy)]
struct Look {
    size: f32,
    bold: bool,
    left: f32,
    middle: f32,
    /// It differs from the text's, so that unknown words in it are headings too.
    distinct: bool,
}

/// A heading and the rows under it.
struct Section {
    kind: Option<Heading>,
    title: Option<Segment>,
    rows: Vec<Row>,
}

/// Reads both columns; `links` are the links of each page.
pub(super) fn read(scribe: &mut Scribe<'_>, layout: &Layout, links: &[Vec<Link>]) {
    let mut sections = Vec::new();
    let mut feet = Vec::new();
    for column in [&layout.main, &layout.side] {
        let (foot, text) = without_foot(column, &layout.heights);
        feet.extend(foot);
        sections.extend(split(&whole_headings(text)));
    }
    let mut head: Vec<Row> = sections
        .iter()
        .filter(|section| section.kind.is_none() && section.title.is_none())
        .flat_map(|section| section.rows.clone())
        .collect();
    head.extend(feet);
    head::read(scribe, &head, links);
    for section in sections {
        let Some(kind) = section.kind else {
            if let Some(title) = &section.title {
                scribe.keep(&[title]);
                scribe.keep_rows(&section.rows);
            }
            continue;
        };
        let rows = grid::unfold(section.rows);
        match kind {
            Heading::Summary if tells_contacts(&rows) => head::more(scribe, &rows, links),
            Heading::Summary => lists::summary(scribe, &rows),
            Heading::Contact | Heading::Profiles => head::more(scribe, &rows, links),
            Heading::Skills => lists::skills(scribe, &rows),
            Heading::Interests => lists::interests(scribe, &rows),
            Heading::Languages => lists::languages(scribe, &rows),
            Heading::Courses => {
                if let Some(title) = &section.title {
                    scribe.keep(&[title]);
                }
                scribe.keep_rows(&rows);
            }
            Heading::Work => entries::read(scribe, &rows, SectionKind::Work),
            Heading::Education => entries::read(scribe, &rows, SectionKind::Education),
            Heading::Certificates => entries::read(scribe, &rows, SectionKind::Certificates),
            Heading::Awards => entries::read(scribe, &rows, SectionKind::Awards),
            Heading::Publications => entries::read(scribe, &rows, SectionKind::Publications),
            Heading::Projects => entries::read(scribe, &rows, SectionKind::Projects),
            Heading::Volunteer => entries::read(scribe, &rows, SectionKind::Volunteer),
            Heading::References => entries::read(scribe, &rows, SectionKind::References),
        }
    }
    head::place_again(scribe);
}

/// Whether rows under "About" are ways to reach the person rather than words about them.
fn tells_contacts(rows: &[Row]) -> bool {
    let short = rows
        .iter()
        .all(|row| row.cells.len() == 1 && row.text().chars().count() < 45);
    let reached = rows
        .iter()
        .filter(|row| row.text().contains('@') || !contacts::find(&row.text()).is_empty())
        .count();
    short && reached > 1
}

/// Ways to reach the person that stand at the foot of a page, apart from what is above them, and
/// all other rows.
fn without_foot(rows: &[Row], heights: &[f32]) -> (Vec<Row>, Vec<Row>) {
    let mut foot = Vec::new();
    let mut rest: Vec<Row> = Vec::new();
    for page in 1..=heights.len() as u32 {
        let height = heights[page as usize - 1];
        let here: Vec<&Row> = rows.iter().filter(|row| row.page() == page).collect();
        let start = here.iter().position(|row| row.y() > height * 0.9);
        let low = start.map_or(&[][..], |start| &here[start..]);
        let reached = low.iter().any(|row| {
            row.cells.iter().any(|cell| {
                contacts::find(&cell.text)
                    .iter()
                    .any(|(_, _, kind)| matches!(kind, ContactKind::Email | ContactKind::Phone))
            })
        });
        let apart = start.is_some_and(|start| {
            start == 0 || here[start].y() - here[start - 1].y() > here[start].size() * 2.2
        });
        let kept = if reached && apart && low.len() < 5 {
            foot.extend(low.iter().map(|row| (*row).clone()));
            here.len() - low.len()
        } else {
            here.len()
        };
        rest.extend(here[..kept].iter().map(|row| (*row).clone()));
    }
    (foot, rest)
}

/// Headings that broke over two lines, whole again.
fn whole_headings(rows: Vec<Row>) -> Vec<Row> {
    let mut whole: Vec<Row> = Vec::new();
    for row in rows {
        let joined = whole.last().and_then(|last| {
            let ([one], [other]) = (last.cells.as_slice(), row.cells.as_slice()) else {
                return None;
            };
            let alike = one.page == other.page
                && (one.size - other.size).abs() < 0.2
                && one.all_bold() == other.all_bold()
                && other.y - one.y < one.size * 1.7;
            let text = format!("{} {}", one.text, other.text);
            let more = heading(&text)?;
            // The first line may be a heading by itself; the second is then none, and of its look.
            let first = heading(&one.text).is_none_or(|kind| kind == more);
            (alike && first && heading(&other.text).is_none()).then_some(text)
        });
        match (joined, whole.last_mut()) {
            (Some(text), Some(last)) => {
                let cell = &mut last.cells[0];
                cell.text = text;
                cell.right = cell.right.max(row.cells[0].right);
                cell.pieces.truncate(1);
                cell.y = row.cells[0].y;
            }
            _ => whole.push(row),
        }
    }
    whole
}

/// The look most known headings of a column share.
fn look(rows: &[Row]) -> Option<Look> {
    let mut sizes: Vec<f32> = rows.iter().map(Row::size).collect();
    sizes.sort_by(f32::total_cmp);
    let body = sizes.get(sizes.len() / 2).copied()?;
    let known: Vec<&Segment> = rows
        .iter()
        .filter_map(|row| row.cells.first())
        .filter(|cell| heading(&cell.text).is_some())
        .collect();
    let alike = |one: &Segment, other: &Segment| {
        (one.size - other.size).abs() < 0.3 && one.all_bold() == other.all_bold()
    };
    let best = known.iter().max_by(|one, other| {
        let count = |cell: &Segment| known.iter().filter(|other| alike(cell, other)).count();
        (count(one), one.size)
            .partial_cmp(&(count(other), other.size))
            .unwrap_or(std::cmp::Ordering::Equal)
    })?;
    Some(Look {
        size: best.size,
        bold: best.all_bold(),
        left: best.left,
        middle: f32::midpoint(best.left, best.right),
        distinct: best.size > body * 1.12,
    })
}

/// What a row's first cell announces.
enum Announced {
    /// A known heading.
    Known(Heading),
    /// Unknown words that look like one.
    Unknown,
}

fn announced(row: &Row, look: &Look, current: Option<Heading>) -> Option<Announced> {
    let cell = row.cells.first()?;
    let alike = (cell.size - look.size).abs() < 0.3 && cell.all_bold() == look.bold;
    if !alike {
        return None;
    }
    if let Some(kind) = heading(&cell.text) {
        // A word for the section one is in is a part of it ("Tools" among skills).
        let again = current == Some(kind) && !look.distinct;
        let placed = (cell.left - look.left).abs() < 3.0
            || (f32::midpoint(cell.left, cell.right) - look.middle).abs() < 4.0
            || row.cells.len() > 1
            || look.distinct;
        return (!again && placed).then_some(Announced::Known(kind));
    }
    let placed = (cell.left - look.left).abs() < 2.0
        || (f32::midpoint(cell.left, cell.right) - look.middle).abs() < 3.0;
    let short = cell.text.chars().count() < 45 && cell.text.chars().any(char::is_alphabetic);
    let alone = row.cells.len() == 1 && !cell.text.ends_with(['.', ',']);
    (look.distinct && placed && short && alone).then_some(Announced::Unknown)
}

fn split(rows: &[Row]) -> Vec<Section> {
    let blank = |title: Option<Segment>, kind: Option<Heading>| Section {
        kind,
        title,
        rows: Vec::new(),
    };
    let mut sections = vec![blank(None, None)];
    let Some(look) = look(rows) else {
        sections[0].rows = rows.to_vec();
        return sections;
    };
    // Nothing is a heading above the largest text: that is the name.
    let name = rows
        .iter()
        .take_while(|row| row.page() == 1)
        .map(Row::size)
        .fold(0.0, f32::max);
    let name_at = rows
        .iter()
        .position(|row| row.size() >= name - 0.1 && name > look.size + 1.0);
    for (at, row) in rows.iter().enumerate() {
        let current = sections.last().and_then(|section| section.kind);
        let after_name = name_at.is_none_or(|name| at > name);
        match announced(row, &look, current).filter(|_| after_name) {
            Some(announced) => {
                let kind = match announced {
                    Announced::Known(kind) => Some(kind),
                    Announced::Unknown => None,
                };
                let mut cells = row.cells.clone();
                let title = cells.remove(0);
                let top = title.top();
                let page = title.page;
                let beside = !cells.is_empty()
                    || rows
                        .get(at + 1)
                        .is_some_and(|next| next.left() > title.right);
                // Text beside a heading may begin a little above its baseline.
                let mut early = Vec::new();
                if let Some(last) = sections.last_mut().filter(|_| beside) {
                    while last.rows.last().is_some_and(|row| {
                        row.page() == page && row.y() > top && row.left() > title.right
                    }) {
                        early.extend(last.rows.pop());
                    }
                }
                early.reverse();
                let mut section = blank(Some(title), kind);
                section.rows = early;
                if !cells.is_empty() {
                    section.rows.push(Row { cells });
                }
                sections.push(section);
            }
            None => {
                if let Some(section) = sections.last_mut() {
                    section.rows.push(row.clone());
                }
            }
        }
    }
    sections
}
