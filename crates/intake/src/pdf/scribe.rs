//! Writes down what stands on the pages: segments into facts whose quotes have line wraps undone.

use std::collections::HashSet;

use career::fact::Locator;
use career::{Fact, Field};

use super::layout::{Layout, Row};
use super::segments::Segment;
use super::vocabulary::words;
use crate::collect::{Collector, trimmed};

/// How lines are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// Words of one paragraph.
    Words,
    /// Parts of an address that was too long for its line.
    Address,
    /// Lines that stay lines.
    Lines,
}

/// The collector of a PDF, with what it takes to place and join segments.
pub(super) struct Scribe<'a> {
    pub(super) collector: Collector,
    layout: &'a Layout,
    /// All whole words of the document in lower case: they tell how a word broken at a line's end
    /// is written.
    words: HashSet<String>,
    /// Those of them that no line's end may have broken.
    unbroken: HashSet<String>,
}

impl<'a> Scribe<'a> {
    pub(super) fn new(source: &str, bytes: &[u8], layout: &'a Layout) -> Self {
        let mut words = HashSet::new();
        let mut unbroken = HashSet::new();
        for cell in layout
            .main
            .iter()
            .chain(&layout.side)
            .flat_map(|row| &row.cells)
        {
            let parts: Vec<&str> = cell.text.split_whitespace().collect();
            for (at, part) in parts.iter().enumerate() {
                words.insert(bare(part).to_lowercase());
                let rest = at == 0 && part.starts_with(char::is_lowercase);
                if !rest && !part.ends_with(['-', '\u{ad}']) {
                    unbroken.insert(bare(part).to_lowercase());
                }
            }
        }
        Self {
            collector: Collector::new(source, bytes),
            layout,
            words,
            unbroken,
        }
    }

    /// Joins the words of segments.
    pub(super) fn join(&self, cells: &[&Segment], how: Join) -> String {
        let mut text = String::new();
        for cell in cells {
            self.append(&mut text, &cell.text, how);
        }
        text
    }

    /// Puts a further line behind a text.
    pub(super) fn append(&self, text: &mut String, line: &str, how: Join) {
        if text.is_empty() {
            text.push_str(line);
            return;
        }
        match how {
            Join::Lines => {
                strip_soft(text);
                text.push('\n');
            }
            Join::Address => strip_soft(text),
            Join::Words => self.prepare(text, line),
        }
        text.push_str(line);
    }

    /// Readies the end of a text for the line that goes on: a space, or none after a hyphen.
    fn prepare(&self, text: &mut String, next: &str) {
        let first = next.chars().next().unwrap_or(' ');
        let last = text.chars().next_back().unwrap_or(' ');
        let (Some(head), Some(tail)) = (
            text.split_whitespace().last(),
            next.split_whitespace().next(),
        ) else {
            return;
        };
        if (last == '\u{ad}' || last == '-') && head.chars().count() > 1 && first.is_alphanumeric()
        {
            let stem = bare(head.trim_end_matches(['\u{ad}', '-'])).to_lowercase();
            let tail = bare(tail).to_lowercase();
            let joined = self.words.contains(&format!("{stem}{tail}"));
            let hyphened = self.words.contains(&format!("{stem}-{tail}"));
            // Where nothing tells, words that stand for themselves keep their hyphen.
            let free = |part: &str| {
                part.chars().count() < 2
                    || !part.chars().all(char::is_alphabetic)
                    || self.unbroken.contains(part)
                    || words().compound.contains(part)
            };
            let inside = head.trim_end_matches('-').contains('-');
            let drop = if last == '\u{ad}' {
                !hyphened || joined
            } else {
                first.is_lowercase()
                    && !hyphened
                    && (joined || !free(&stem) && !free(&tail) && !inside)
            };
            if last == '\u{ad}' || drop {
                text.pop();
            }
            if !drop && last == '\u{ad}' {
                text.push('-');
            }
            return;
        }
        if !(is_wide(last) && is_wide(first)) {
            text.push(' ');
        }
    }

    /// A fact of some segments.
    pub(super) fn fact(&mut self, cells: &[&Segment], how: Join) -> Option<Fact> {
        let text = self.join(cells, how);
        self.quote(cells, &text)
    }

    /// A fact with given words.
    pub(super) fn quote(&mut self, cells: &[&Segment], text: &str) -> Option<Fact> {
        let locator = self.locator(cells)?;
        let mut text = text.to_owned();
        strip_soft(&mut text);
        (!text.trim().is_empty()).then(|| self.collector.fact(locator, &text))
    }

    /// A fact of some segments, and all of it as a field.
    pub(super) fn field(&mut self, cells: &[&Segment], how: Join) -> Option<Field> {
        self.fact(cells, how).as_ref().and_then(trimmed)
    }

    /// Keeps segments that no field took.
    pub(super) fn keep(&mut self, cells: &[&Segment]) {
        let mut text = self.join(cells, Join::Words);
        strip_soft(&mut text);
        if let Some(locator) = self.locator(cells)
            && !text.trim().is_empty()
        {
            self.collector.keep_unread(locator, text);
        }
    }

    /// Keeps rows that no field took, line by line.
    pub(super) fn keep_rows(&mut self, rows: &[Row]) {
        let cells: Vec<&Segment> = rows.iter().flat_map(|row| &row.cells).collect();
        let mut lines = rows.iter().map(Row::text);
        let mut text = lines.next().unwrap_or_default();
        for line in lines {
            if text.ends_with('\u{ad}') {
                self.append(&mut text, &line, Join::Words);
            } else {
                self.append(&mut text, &line, Join::Lines);
            }
        }
        if let Some(locator) = self.locator(&cells)
            && !text.trim().is_empty()
        {
            self.collector.keep_unread(locator, text);
        }
    }

    /// Keeps a row that no field took.
    pub(super) fn keep_row(&mut self, row: &Row) {
        let cells: Vec<&Segment> = row.cells.iter().collect();
        self.keep(&cells);
    }

    fn locator(&self, cells: &[&Segment]) -> Option<Locator> {
        let first = cells.first()?;
        let here = || cells.iter().filter(|cell| cell.page == first.page);
        let low = |edge: fn(&Segment) -> f32| {
            here()
                .map(|cell| edge(cell))
                .fold(f32::MAX, f32::min)
                .max(0.0) as u32
        };
        let high = |edge: fn(&Segment) -> f32| {
            here().map(|cell| edge(cell)).fold(0.0, f32::max).ceil() as u32
        };
        Some(Locator::PageArea {
            page: first.page,
            line: self.layout.line_number(first.page, first.y),
            left: low(|cell| cell.left + cell.shift),
            top: low(Segment::top),
            right: high(|cell| cell.right + cell.shift),
            bottom: high(Segment::bottom),
        })
    }
}

fn strip_soft(text: &mut String) {
    if text.ends_with('\u{ad}') {
        text.pop();
        text.push('-');
    }
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|one: char| !one.is_alphanumeric())
}

/// Scripts that put no spaces between words.
pub(super) fn is_wide(one: char) -> bool {
    matches!(one, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a line is full, so that the next one goes on with it: its next word had no room.
pub(super) fn is_wrapped(line: &Segment, next: &Segment, edge: f32) -> bool {
    if line.text.ends_with('\u{ad}') {
        return true;
    }
    let count = next.text.chars().count().max(1) as f32;
    let width = (next.right - next.left) / count;
    let word = match next.text.chars().next() {
        Some(first) if is_wide(first) => 1,
        _ => next
            .text
            .split([' ', '-'])
            .next()
            .map_or(1, |word| word.chars().count()),
    };
    line.right + width * (word as f32 + 0.6) > edge - 0.02 * edge.min(300.0)
}
