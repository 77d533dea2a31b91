//! The résumé as plain text, for forms and programs that read applications.

use career::Slot;
use career::claim::{Claim, Verified};
use career::resume::{Block, Resume};

use crate::headings::heading;

/// The résumé as text, in the order of the page: one line per line, headings on their own, bullets
/// as `- `. Ends with a line end.
pub fn plain_text(resume: &Resume<Verified<Claim>>) -> String {
    let mut text = String::new();
    push_lines(&mut text, &resume.head);
    for section in &resume.sections {
        text.push('\n');
        text.push_str(heading(&resume.language, section.kind));
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
    text
}

fn push_block(text: &mut String, block: &Block<Verified<Claim>>) {
    if !block.header.is_empty() {
        let parts: Vec<&str> = block.header.iter().map(words).collect();
        text.push_str(&parts.join(" | "));
        text.push('\n');
    }
    push_lines(text, &block.lines);
}

fn push_lines(text: &mut String, claims: &[Verified<Claim>]) {
    let mut before: Option<Slot> = None;
    for claim in claims {
        let slot = claim.get().slot;
        match (slot, before) {
            (Slot::Contact, Some(Slot::Contact)) => text.push_str(" | "),
            (Slot::Sentence, Some(Slot::Sentence)) => text.push(' '),
            (_, Some(_)) => text.push('\n'),
            (_, None) => {}
        }
        if slot == Slot::Bullet {
            text.push_str("- ");
        }
        text.push_str(words(claim));
        before = Some(slot);
    }
    if before.is_some() {
        text.push('\n');
    }
}

fn words(claim: &Verified<Claim>) -> &str {
    &claim.get().text
}
