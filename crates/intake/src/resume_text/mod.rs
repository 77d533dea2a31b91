//! Résumés of plain lines: sections by their headings, positions, dates, contacts.
//!
//! What a line looks like (a heading's level, a bullet, bold) is a hint that some sources have and
//! others do not: Markdown, DOCX, plain text and pages of a PDF give the same kind of lines.

pub(crate) mod period;
mod vocabulary;

use career::SectionKind;

pub(crate) use vocabulary::{Heading, heading};

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
