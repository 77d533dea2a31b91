//! The résumé or letter as plain text, for forms and programs that read applications.

use super::{Shape, groups, words};
use crate::document::{Document, DocumentBlock};
use crate::job::Line;
use crate::letter::LetterPartKind;

/// The résumé as text, in the order of the page: one line per line, headings on their own, bullets
/// as `- `. The paragraphs of a letter have empty lines between them. Ends with a line end.
pub fn plain_text(document: &Document) -> String {
    let mut text = String::new();
    push_lines(&mut text, &document.head);
    for section in &document.sections {
        text.push('\n');
        text.push_str(&words(&section.heading));
        text.push('\n');
        let mut after_header = false;
        for block in &section.blocks {
            if after_header && !block.header.is_empty() {
                text.push('\n');
            }
            push_block(&mut text, block);
            after_header = !block.header.is_empty();
        }
    }
    for part in &document.letter {
        text.push('\n');
        let glue = match part.kind {
            LetterPartKind::Body => "\n\n",
            _ => "\n",
        };
        push_joined(&mut text, &part.lines, glue);
    }
    text
}

fn push_block(text: &mut String, block: &DocumentBlock) {
    if !block.header.is_empty() {
        push_joined(text, &block.header, " | ");
    }
    push_lines(text, &block.lines);
}

fn push_lines(text: &mut String, lines: &[Line]) {
    for (shape, group) in groups(lines) {
        match shape {
            Shape::Contacts => push_joined(text, group, " | "),
            Shape::Prose => push_joined(text, group, " "),
            Shape::Bullets => {
                for line in group {
                    text.push_str("- ");
                    text.push_str(&words(&line.text));
                    text.push('\n');
                }
            }
            Shape::Name | Shape::Headline | Shape::Plain => push_joined(text, group, "\n"),
        }
    }
}

fn push_joined(text: &mut String, lines: &[Line], glue: &str) {
    let lines: Vec<String> = lines.iter().map(|line| words(&line.text)).collect();
    text.push_str(&lines.join(glue));
    text.push('\n');
}
