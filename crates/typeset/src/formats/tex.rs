//! The résumé or letter as LaTeX source for pdfLaTeX, XeLaTeX, LuaLaTeX and Tectonic.
//!
//! Packages: iftex, geometry, xcolor, hyperref, and fontspec or inputenc, fontenc, textcomp; cmap
//! and lmodern where they are there. All belong to Debian's `texlive-latex-recommended` and what
//! it needs, but for XeLaTeX itself (`texlive-xetex`) and, under pdfLaTeX, the Cyrillic and Greek
//! letters (`texlive-lang-cyrillic`, `texlive-lang-greek`).

mod alphabet;
mod letters;
mod preamble;

use std::fmt::Write as _;

use career::Slot;

use self::letters::{Used, set};
use super::{DOT, Shape, address, groups, parts, right_to_left, separator, stretches, words};
use crate::document::{Document, DocumentBlock};
use crate::job::{Line, PrintJob};
use crate::letter::LetterPartKind;

/// The document as LaTeX source. Its words are text whatever they say; a letter the engine cannot
/// set stops the run with an error that names it.
pub fn tex(job: &PrintJob, document: &Document) -> String {
    let mut body = Body {
        document,
        text: String::with_capacity(16 * 1024),
        used: Used::default(),
    };
    body.document();
    let Body { text, used, .. } = body;
    let mut source = preamble::preamble(&job.0, document, &used);
    source.push_str("\\begin{document}\n");
    source.push_str(&text);
    source.push_str("\\end{document}\n");
    source
}

/// The commands as they are written, and the letters they need.
struct Body<'a> {
    document: &'a Document,
    text: String,
    used: Used,
}

impl Body<'_> {
    fn document(&mut self) {
        let document = self.document;
        self.lines(&document.head);
        for section in &document.sections {
            let heading = words(&section.heading);
            let heading = self.words(&heading, document.right_to_left);
            let _infallible = writeln!(self.text, "\n\\Heading{{{heading}}}");
            for block in &section.blocks {
                self.block(block);
            }
        }
        if document.is_letter() {
            self.text.push_str("\n\\Letter{}\n");
        }
        for part in &document.letter {
            let command = match part.kind {
                LetterPartKind::Recipient => "Recipient",
                LetterPartKind::Date => "Date",
                LetterPartKind::Subject => "Subject",
                LetterPartKind::Greeting | LetterPartKind::Body | LetterPartKind::Closing => {
                    "Paragraph"
                }
                LetterPartKind::Signature => "Signature",
                LetterPartKind::Enclosures => "Enclosures",
            };
            self.each(&part.lines, command);
        }
    }

    fn block(&mut self, block: &DocumentBlock) {
        if !block.header.is_empty() {
            let mut header = String::new();
            let mut before = None;
            for line in &block.header {
                if let Some(before) = before {
                    header.push_str(glue(separator(before, line.slot)));
                }
                before = Some(line.slot);
                let span = self.span(line);
                match line.slot {
                    Slot::Title => {
                        let _infallible = write!(header, "\\textbf{{{span}}}");
                    }
                    _ => header.push_str(&span),
                }
            }
            let _infallible = writeln!(self.text, "\\Entry{{{header}}}");
        }
        self.lines(&block.lines);
    }

    fn lines(&mut self, lines: &[Line]) {
        for (shape, group) in groups(lines) {
            match shape {
                Shape::Name => self.each(group, "Name"),
                Shape::Headline => self.each(group, "Headline"),
                Shape::Bullets => self.each(group, "Item"),
                Shape::Plain => self.each(group, "Text"),
                Shape::Contacts => self.joined(group, "Contacts", glue(DOT)),
                Shape::Prose => self.joined(group, "Text", " "),
            }
        }
    }

    fn each(&mut self, lines: &[Line], command: &str) {
        for line in lines {
            let span = self.span(line);
            let _infallible = writeln!(self.text, "\\{command}{{{span}}}");
        }
    }

    fn joined(&mut self, lines: &[Line], command: &str, glue: &str) {
        let spans: Vec<String> = lines.iter().map(|line| self.span(line)).collect();
        let _infallible = writeln!(self.text, "\\{command}{{{}}}", spans.join(glue));
    }

    fn span(&mut self, line: &Line) -> String {
        let turned = right_to_left(line);
        let (strong, rest) = parts(line);
        // What a link is made of would come out reversed where text runs from the right.
        if let (Some(address), false) = (address(line), turned) {
            let text = self.stretches(&format!("{strong}{rest}"), false);
            let link = format!("\\href{{{}}}{{{text}}}", letters::address(&address));
            return if self.document.right_to_left {
                format!("{}{link}}}", way(0))
            } else {
                link
            };
        }
        if strong.is_empty() {
            return self.words(&rest, turned);
        }
        let strong = self.words(&strong, turned);
        format!("\\textbf{{{strong}}}{}", self.words(&rest, turned))
    }

    /// Text in a document that runs its own way.
    fn words(&mut self, text: &str, turned: bool) -> String {
        let source = self.stretches(text, turned);
        if turned == self.document.right_to_left || text.is_empty() {
            return source;
        }
        format!("{}{source}}}", way(u8::from(turned)))
    }

    /// Text within its own direction.
    fn stretches(&mut self, text: &str, turned: bool) -> String {
        let mut source = String::with_capacity(text.len() * 2);
        let base = u8::from(turned);
        let mut at = base;
        for (level, stretch) in stretches(text, turned) {
            while at < level {
                at += 1;
                source.push_str(way(at));
            }
            while at > level {
                at -= 1;
                source.push('}');
            }
            set(&mut source, stretch, level % 2 == 1, &mut self.used);
        }
        while at > base {
            at -= 1;
            source.push('}');
        }
        source
    }
}

/// The command that sets what follows in the direction of an embedding level.
fn way(level: u8) -> &'static str {
    if level % 2 == 1 { "\\RL{" } else { "\\LR{" }
}

fn glue(separator: &str) -> &str {
    match separator {
        DOT => "\\Dot{}",
        other => other,
    }
}
