//! Résumés of plain lines: sections by their headings, positions, dates, contacts.
//!
//! What a line looks like (a heading's level, a bullet, bold) is a hint that some sources have and
//! others do not: Markdown, DOCX, plain text and pages of a PDF give the same kind of lines.

mod contacts;
mod entries;
mod lines;
pub(crate) mod period;
mod reader;
mod vocabulary;

use career::SectionKind;

use crate::IntakeError;
use crate::collect::Collector;
use crate::evidence::{Evidence, SourceKind};

pub(crate) use lines::{Line, bullet_length};
pub(crate) use vocabulary::{Heading, heading};

/// The largest plain text that is read, in MiB.
const MAX_MIB: usize = 2;
/// The most lines that are read.
const MAX_LINES: usize = 20_000;

/// Whether a text is a résumé at all: it has two headings of known sections, or one and a way to
/// reach the person near its beginning.
pub(crate) fn is_resume(lines: &[Line]) -> bool {
    let known =
        |line: &&Line| !line.bullet && matches!(heading(&line.text), Some(Heading::Section(_)));
    match lines.iter().filter(known).take(2).count() {
        0 => false,
        1 => lines
            .iter()
            .filter(|line| !line.is_gap())
            .take(8)
            .any(|line| !contacts::find(&line.text).is_empty()),
        _ => true,
    }
}

/// Reads plain text; `None` when it is no résumé.
pub(crate) fn read(
    source: &str,
    bytes: &[u8],
    text: &str,
) -> Option<Result<Evidence, IntakeError>> {
    if text.len() > MAX_MIB << 20 {
        return Some(Err(IntakeError::FileTooLarge { limit_mib: MAX_MIB }));
    }
    let markdown = text.lines().any(|line| {
        let marks = line.chars().take_while(|sign| *sign == '#').count();
        (1..=6).contains(&marks) && line[marks..].starts_with(' ')
    });
    let (lines, links) = if markdown {
        lines::of_markdown(text)
    } else {
        (lines::of_text(text), Vec::new())
    };
    if !is_resume(&lines) {
        return None;
    }
    let kind = if markdown {
        SourceKind::Markdown
    } else {
        SourceKind::PlainText
    };
    let collector = Collector::new(source, bytes);
    Some(finish(collector, &lines, &links, kind))
}

/// Where a link in a line of that number leads.
pub(crate) type Link = (u32, String);

/// Reads lines and the links behind their words into what was collected so far.
pub(crate) fn finish(
    mut collector: Collector,
    lines: &[Line],
    links: &[Link],
    kind: SourceKind,
) -> Result<Evidence, IntakeError> {
    if lines.len() > MAX_LINES {
        collector.notices.push("too_many_items:lines".to_owned());
    }
    reader::read(&mut collector, lines.get(..MAX_LINES).unwrap_or(lines));
    reader::links(&mut collector, lines, links);
    if collector.profile.facts.is_empty() {
        return Err(IntakeError::NoProfileData);
    }
    Ok(Evidence {
        kind,
        profile: collector.profile,
        notices: collector.notices,
        pages: Vec::new(),
    })
}

/// The section of entries that a heading opens.
pub(crate) fn entry_section(text: &str) -> Option<SectionKind> {
    match heading(text)? {
        Heading::Section(kind)
            if !matches!(
                kind,
                SectionKind::Summary
                    | SectionKind::Skills
                    | SectionKind::Languages
                    | SectionKind::Interests
            ) =>
        {
            Some(kind)
        }
        _ => None,
    }
}

/// The items of a list on one line: parted by commas, semicolons, bars or dots in the middle, but
/// not inside brackets.
pub(crate) fn list_spans(text: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (offset, sign) in text.char_indices() {
        match sign {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' | ';' | '|' | '•' | '·' | '、' | '，' if depth == 0 => {
                spans.push((start, offset));
                start = offset + sign.len_utf8();
            }
            _ => {}
        }
    }
    spans.push((start, text.len()));
    spans
        .into_iter()
        .filter_map(|(start, end)| {
            let part = text.get(start..end)?;
            let lead = part.len() - part.trim_start().len();
            let length = part.trim().len();
            (length > 0).then_some((start + lead, start + lead + length))
        })
        .collect()
}
