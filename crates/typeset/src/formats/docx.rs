//! The résumé or letter as a Word document (OOXML, transitional): real styles, one paragraph per line, no
//! table, no text box, no field.

mod parts;
mod xml;

use std::io::{Cursor, Write as _};

use career::Slot;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use self::parts::Scripts;
use self::xml::{escape, push};
use super::{DOT, Look, Shape, address, groups, right_to_left, separator, stretches};
use crate::document::{Document, DocumentBlock};
use crate::error::TypesetError;
use crate::job::{Job, Line, PrintJob};
use crate::letter::LetterPartKind;
use career::print::Paper;

/// The document as a file of Word. A photo is left out: programs that read applications stumble
/// over pictures.
///
/// # Errors
/// When the archive cannot be put together.
pub fn docx(job: &PrintJob, document: &Document) -> Result<Vec<u8>, TypesetError> {
    let job = &job.0;
    let look = Look::of(job);
    let scripts = Scripts::of(document);
    let mut body = Body::new(document);
    body.document();
    let Body { text, links, .. } = body;
    let files = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONSHIPS.to_owned()),
        ("docProps/core.xml", parts::properties(document, job.date)),
        (
            "word/document.xml",
            parts::document(&text, &page(job, document)),
        ),
        ("word/styles.xml", parts::styles(&look, document, &scripts)),
        ("word/numbering.xml", parts::numbering(&look)),
        ("word/settings.xml", parts::settings(&scripts)),
        ("word/fontTable.xml", parts::font_table(&look)),
        ("word/_rels/document.xml.rels", parts::links(&links)),
    ];
    archive(&files).map_err(|error| TypesetError::Unwritten {
        reason: error.to_string(),
    })
}

/// The files in one archive; the same files always give the same bytes.
fn archive(files: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(*name, options)?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Paper, margins and direction: what stands at the end of the body.
fn page(job: &Job, document: &Document) -> String {
    // Twentieths of a point.
    let (width, height) = match job.options.paper {
        Paper::A4 => (11_906, 16_838),
        Paper::Letter => (12_240, 15_840),
    };
    let (across, down) = Look::of(job).margins;
    let (across, down) = ((across * 20.0) as u32, (down * 20.0) as u32);
    let direction = if document.right_to_left {
        "<w:bidi/>"
    } else {
        ""
    };
    format!(
        "<w:sectPr><w:pgSz w:w=\"{width}\" w:h=\"{height}\"/><w:pgMar w:top=\"{down}\" \
         w:right=\"{across}\" w:bottom=\"{down}\" w:left=\"{across}\" w:header=\"567\" \
         w:footer=\"567\" w:gutter=\"0\"/><w:cols w:space=\"708\"/>{direction}</w:sectPr>"
    )
}

/// The paragraphs as they are written, and the addresses they lead to.
struct Body<'a> {
    document: &'a Document,
    text: String,
    links: Vec<String>,
}

impl<'a> Body<'a> {
    fn new(document: &'a Document) -> Self {
        Self {
            document,
            text: String::with_capacity(32 * 1024),
            links: Vec::new(),
        }
    }

    fn document(&mut self) {
        let document = self.document;
        self.lines(&document.head);
        for section in &document.sections {
            self.open("Heading1", document.right_to_left, false);
            self.words(&super::words(&section.heading), document.right_to_left, "");
            self.close();
            for block in &section.blocks {
                self.block(block);
            }
        }
        for part in &document.letter {
            let style = match part.kind {
                LetterPartKind::Recipient => "Recipient",
                LetterPartKind::Date => "Date",
                LetterPartKind::Subject => "Heading1",
                LetterPartKind::Greeting => "Salutation",
                LetterPartKind::Body => "BodyText",
                LetterPartKind::Closing => "Closing",
                LetterPartKind::Signature => "Signature",
                LetterPartKind::Enclosures => "Enclosures",
            };
            self.each(&part.lines, style);
        }
    }

    fn block(&mut self, block: &DocumentBlock) {
        if !block.header.is_empty() {
            let alone = block.lines.is_empty();
            self.open("Heading2", self.document.right_to_left, alone);
            let mut before = None;
            for line in &block.header {
                if let Some(before) = before {
                    self.words(
                        separator(before, line.slot),
                        self.document.right_to_left,
                        "",
                    );
                }
                before = Some(line.slot);
                let style = match line.slot {
                    Slot::Title => "<w:rStyle w:val=\"Strong\"/>",
                    _ => "",
                };
                self.line(line, style);
            }
            self.close();
        }
        self.lines(&block.lines);
    }

    fn lines(&mut self, lines: &[Line]) {
        for (shape, group) in groups(lines) {
            match shape {
                Shape::Name => self.each(group, "Title"),
                Shape::Headline => self.each(group, "Subtitle"),
                Shape::Bullets => self.each(group, "ListBullet"),
                Shape::Plain => self.each(group, "Normal"),
                Shape::Contacts => self.joined(group, "Contacts", DOT),
                Shape::Prose => self.joined(group, "Normal", " "),
            }
        }
    }

    fn each(&mut self, lines: &[Line], style: &str) {
        for line in lines {
            let turned = line.right_to_left.unwrap_or(self.document.right_to_left);
            self.open(style, turned, false);
            self.line(line, "");
            self.close();
        }
    }

    fn joined(&mut self, lines: &[Line], style: &str, glue: &str) {
        let first = lines.iter().find_map(|line| line.right_to_left);
        let turned = match style {
            "Normal" => first.unwrap_or(self.document.right_to_left),
            _ => self.document.right_to_left,
        };
        self.open(style, turned, false);
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                self.words(glue, turned, "");
            }
            self.line(line, "");
        }
        self.close();
    }

    fn open(&mut self, style: &str, right_to_left: bool, alone: bool) {
        let alone = if alone {
            "<w:keepNext w:val=\"0\"/>"
        } else {
            ""
        };
        // The paragraphs of a document run as the style says, which is the document's way.
        let direction = match (right_to_left, self.document.right_to_left) {
            (true, false) => "<w:bidi/>",
            (false, true) => "<w:bidi w:val=\"0\"/>",
            _ => "",
        };
        push!(
            self.text,
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{alone}{direction}</w:pPr>"
        );
    }

    fn close(&mut self) {
        self.text.push_str("</w:p>\n");
    }

    fn line(&mut self, line: &Line, style: &str) {
        let right_to_left = right_to_left(line);
        let (strong, rest) = super::parts(line);
        if let Some(address) = address(line) {
            self.links.push(address);
            push!(
                self.text,
                "<w:hyperlink r:id=\"link{}\" w:history=\"1\">",
                self.links.len()
            );
            let style = "<w:rStyle w:val=\"Hyperlink\"/>";
            self.words(&format!("{strong}{rest}"), right_to_left, style);
            self.text.push_str("</w:hyperlink>");
        } else {
            self.words(&strong, right_to_left, "<w:rStyle w:val=\"Strong\"/>");
            self.words(&rest, right_to_left, style);
        }
    }

    /// Text as runs of one direction each.
    fn words(&mut self, text: &str, right_to_left: bool, style: &str) {
        for (level, stretch) in stretches(text, right_to_left) {
            let turned = if level % 2 == 1 { "<w:rtl/>" } else { "" };
            let properties = match (style, turned) {
                ("", "") => String::new(),
                _ => format!("<w:rPr>{style}{turned}</w:rPr>"),
            };
            push!(
                self.text,
                "<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
                escape(stretch)
            );
        }
    }
}
