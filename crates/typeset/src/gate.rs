//! The export gate: a finished file is read back from its bytes, and every line has to arrive.
//!
//! Looked for is what a reader of the file's text meets: each line in its own words, in reading
//! order, beginning at a word; links that lead where they should; page count, tags and language.
//! White space and marks of direction are folded, ligatures taken apart. Of a line that reads from
//! right to left each word is looked for: in which order a file draws them differs.

use std::collections::HashSet;

use career::view::{ExportFault, ExportFaultKind, ExportReport};
use intake::PdfReading;
use unicode_normalization::UnicodeNormalization as _;

use crate::document::Document;
use crate::error::TypesetError;
use crate::job::{Line, PrintJob};
use crate::pages::Printed;

/// Reads the PDF back and says what arrives.
///
/// # Errors
/// When the file cannot be read at all: a defect of ours.
pub fn inspect(job: &PrintJob, printed: &Printed) -> Result<ExportReport, TypesetError> {
    let reading =
        intake::read_back(&printed.pdf, job.0.previews).map_err(|error| TypesetError::Compile {
            reason: format!("the finished file cannot be read back ({error})"),
        })?;
    let document = job.document(printed.cuts);
    let mut report = ExportReport {
        template: job.options().template.clone(),
        pages: u32::try_from(reading.pages.len()).unwrap_or(u32::MAX),
        lines: u32::try_from(document.lines().count()).unwrap_or(u32::MAX),
        standards: printed.standards.clone(),
        language: reading.language.clone(),
        tagged: reading.tagged,
        ..ExportReport::default()
    };
    lines(&document, &reading, &mut report);
    report.left_out = left_out(job, &document);
    links(&document, &reading, &mut report);
    let mut fault = |kind, text: String| report.faults.push(ExportFault { kind, text });
    for letter in &printed.missing {
        fault(ExportFaultKind::Letter, letter.to_string());
    }
    for page in &reading.pages {
        if !page.hidden.trim().is_empty() {
            fault(ExportFaultKind::Hidden, page.hidden.trim().to_owned());
        }
    }
    if report.pages > job.0.budget {
        fault(ExportFaultKind::Pages, report.pages.to_string());
    }
    if !reading.tagged {
        fault(ExportFaultKind::Tags, String::new());
    }
    if reading.language.as_deref() != Some(document.language.as_str()) {
        fault(ExportFaultKind::Language, document.language);
    }
    report.text = reading.rows;
    Ok(report)
}

/// Reads a Word document back and says which lines do not arrive.
///
/// # Errors
/// When the file cannot be read at all: a defect of ours.
pub fn inspect_docx(document: &Document, docx: &[u8]) -> Result<Vec<ExportFault>, TypesetError> {
    let read = intake::read_back_docx(docx).map_err(|error| TypesetError::Compile {
        reason: format!("the finished Word document cannot be read back ({error})"),
    })?;
    let mut stream = Stream {
        text: String::new(),
        begins: Vec::new(),
    };
    for paragraph in read {
        stream.push(&paragraph, true);
    }
    let mut faults = Vec::new();
    let pages = [stream];
    let mut at = (0, 0);
    for line in document.lines() {
        let wanted = folded(&line.text);
        if wanted.is_empty() {
            continue;
        }
        match (place(&pages, &wanted, at), place(&pages, &wanted, (0, 0))) {
            (Some(next), _) => at = next,
            (None, Some(_)) => faults.push(fault(ExportFaultKind::OutOfOrder, line)),
            (None, None) => faults.push(fault(ExportFaultKind::Missing, line)),
        }
    }
    Ok(faults)
}

/// The lines of the whole document that are not in the one that fitted.
fn left_out(job: &PrintJob, document: &Document) -> Vec<String> {
    let shown: HashSet<&str> = document.lines().map(|line| line.id.as_str()).collect();
    let whole = job.document(0);
    whole
        .lines()
        .filter(|line| !shown.contains(line.id.as_str()))
        .map(|line| line.text.clone())
        .collect()
}

/// The characters of a page without white space, and where words begin.
struct Stream {
    text: String,
    /// Whether a word can begin at that byte.
    begins: Vec<bool>,
}

impl Stream {
    fn of(page: &intake::PageReading) -> Self {
        let mut stream = Self {
            text: String::new(),
            begins: Vec::new(),
        };
        let mut gap = true;
        for glyph in &page.glyphs {
            gap = stream.push(&glyph.text, gap || glyph.after_gap);
        }
        stream
    }

    /// Takes more text; `gap` says whether a word can begin at its start. Whether one can begin behind it.
    fn push(&mut self, text: &str, mut gap: bool) -> bool {
        let push = |character: char| {
            if is_folded(character) {
                gap = true;
                return;
            }
            self.text.push(character);
            self.begins.push(gap);
            for _ in 1..character.len_utf8() {
                self.begins.push(false);
            }
            gap = false;
        };
        // Most glyphs are one letter of ASCII, which is its own normal form.
        if text.is_ascii() {
            text.chars().for_each(push);
        } else {
            text.nfkc().for_each(push);
        }
        gap
    }

    /// Where the words stand at or after a byte: start and end.
    fn find(&self, words: &str, from: usize) -> Option<(usize, usize)> {
        let mut from = from;
        loop {
            let start = from + self.text.get(from..)?.find(words)?;
            if self.begins.get(start).copied().unwrap_or_default() {
                return Some((start, start + words.len()));
            }
            from = start + self.text[start..].chars().next()?.len_utf8();
        }
    }

    /// The length in bytes of the longest beginning of the words that stands at or after a byte, and
    /// the place behind it. Only the first part of a line has to begin at a word.
    fn find_beginning(&self, words: &str, from: usize, first: bool) -> Option<(usize, usize)> {
        let ends: Vec<usize> = words
            .char_indices()
            .map(|(place, letter)| place + letter.len_utf8())
            .collect();
        let find = |length: usize| {
            if first {
                self.find(&words[..length], from).map(|(_, end)| end)
            } else {
                let place = self.text.get(from..)?.find(&words[..length])?;
                Some(from + place + length)
            }
        };
        // What holds a long beginning holds every shorter one.
        let held = ends.partition_point(|length| find(*length).is_some());
        let length = *ends.get(held.checked_sub(1)?)?;
        Some((length, find(length)?))
    }
}

fn is_folded(character: char) -> bool {
    character.is_whitespace()
        || career::text::is_invisible(character)
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}')
}

fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text
            .chars()
            .filter(|character| !is_folded(*character))
            .collect();
    }
    text.nfkc()
        .filter(|character| !is_folded(*character))
        .collect()
}

fn lines(document: &Document, reading: &PdfReading, report: &mut ExportReport) {
    let pages: Vec<Stream> = reading.pages.iter().map(Stream::of).collect();
    let all: String = pages.iter().map(|page| page.text.as_str()).collect();
    let drawn = Drawn::of(&all, reading);
    let mut at = (0, 0);
    for line in document.lines() {
        let wanted = folded(&line.text);
        if wanted.is_empty() {
            continue;
        }
        if is_mixed(line) {
            if !drawn.has_words_of(&line.text) {
                report.faults.push(fault(ExportFaultKind::Missing, line));
            }
            continue;
        }
        if let Some(next) = place(&pages, &wanted, at) {
            at = next;
        } else if place(&pages, &wanted, (0, 0)).is_some() {
            report.faults.push(fault(ExportFaultKind::OutOfOrder, line));
        } else {
            report.faults.push(fault(ExportFaultKind::Missing, line));
        }
    }
}

fn fault(kind: ExportFaultKind, line: &Line) -> ExportFault {
    ExportFault {
        kind,
        text: line.text.clone(),
    }
}

/// The place behind the words, looked for from a place on: page and byte. A line may go over a
/// page's end: its rest then stands on the next, behind what opens each page.
fn place(pages: &[Stream], words: &str, from: (usize, usize)) -> Option<(usize, usize)> {
    for (number, page) in pages.iter().enumerate().skip(from.0) {
        let start = if number == from.0 { from.1 } else { 0 };
        if let Some((_, end)) = page.find(words, start) {
            return Some((number, end));
        }
        if let Some(end) = across(&pages[number..], words, start) {
            return Some((number + end.0, end.1));
        }
    }
    None
}

/// The same for words of which each page holds the next part.
fn across(pages: &[Stream], words: &str, from: usize) -> Option<(usize, usize)> {
    let mut rest = words;
    for (number, page) in pages.iter().enumerate() {
        let first = number == 0;
        let start = if first { from } else { 0 };
        let (length, end) = page.find_beginning(rest, start, first)?;
        rest = &rest[length..];
        if rest.is_empty() {
            return Some((number, end));
        }
    }
    None
}

/// Whether a line has letters of scripts that read from right to left.
fn is_mixed(line: &Line) -> bool {
    line.text.chars().any(|character| {
        matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
    })
}

/// The letters of all pages, for words that stand forwards and for those that are drawn from left to
/// right.
struct Drawn {
    forwards: String,
    /// With the letters of each shape the other way round: several letters joined in one shape are
    /// read together, whichever way shapes follow each other.
    backwards: String,
}

impl Drawn {
    fn of(all: &str, reading: &PdfReading) -> Self {
        let glyphs = reading.pages.iter().flat_map(|page| &page.glyphs);
        Self {
            forwards: all.chars().filter(|one| one.is_alphanumeric()).collect(),
            backwards: glyphs.map(|glyph| turned(&glyph.text)).collect(),
        }
    }

    /// Whether each word is there, forwards or as it is drawn from left to right.
    fn has_words_of(&self, line: &str) -> bool {
        let line: String = line.nfkc().collect();
        line.split(|character: char| !character.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| self.forwards.contains(word) || self.backwards.contains(&turned(word)))
    }
}

/// The letters from the last to the first.
fn turned(text: &str) -> String {
    let letters: Vec<char> = text.nfkc().filter(|one| one.is_alphanumeric()).collect();
    letters.into_iter().rev().collect()
}

fn links(document: &Document, reading: &PdfReading, report: &mut ExportReport) {
    let found: Vec<&str> = reading
        .pages
        .iter()
        .flat_map(|page| page.links.iter().map(String::as_str))
        .collect();
    for link in document.lines().filter_map(|line| line.link.as_deref()) {
        report.links += 1;
        if !found.contains(&link) {
            report.faults.push(ExportFault {
                kind: ExportFaultKind::Link,
                text: link.to_owned(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_arrive_forwards_or_as_their_shapes_are_drawn() {
        // Lam and alef are one shape, read as two letters in their order.
        let shapes = ["ة", "ذ", "ا", "ت", "س", "لأ", "ا", " ", "R", "u", "s", "t"];
        let drawn = Drawn {
            forwards: "ةذاتسلأاRust".to_owned(),
            backwards: shapes.into_iter().map(turned).collect(),
        };
        assert!(drawn.has_words_of("الأستاذة Rust"));
        assert!(!drawn.has_words_of("الأستاذ جديد"));
    }
}
