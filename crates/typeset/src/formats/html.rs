//! The résumé or letter as one HTML file: no script, no request, printable.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{
    DOT, Look, Shape, address, date_at_start, groups, has_serifs, language, parts, right_to_left,
    separator, title, words,
};
use crate::document::{Document, DocumentBlock};
use crate::job::{Job, Line, PrintJob};
use crate::letter::{LetterPart, LetterPartKind};
use career::Slot;
use career::print::Paper;

/// Nothing is fetched, nothing runs; the style is our own, the photo stands in the file.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/// The document as a file of HTML that needs no other.
pub fn html(job: &PrintJob, document: &Document) -> String {
    let job = &job.0;
    let title = escape(&title(document));
    let mut page = String::with_capacity(16 * 1024);
    let _infallible = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
        language(document),
        if document.right_to_left { "rtl" } else { "ltr" },
        style(job, document),
    );
    let writer = Writer { document };
    page.push_str("<header>\n");
    if let Some(photo) = job.photo.as_ref().filter(|_| job.template.manifest.photo) {
        let _infallible = writeln!(
            page,
            "<img src=\"data:{};base64,{}\" alt=\"{title}\">",
            photo.media_type(),
            STANDARD.encode(photo.bytes())
        );
    }
    writer.lines(&mut page, &document.head);
    page.push_str("</header>\n<main>\n");
    for section in &document.sections {
        let _infallible = writeln!(
            page,
            "<section>\n<h2>{}</h2>",
            escape(&words(&section.heading))
        );
        for block in &section.blocks {
            writer.block(&mut page, block);
        }
        page.push_str("</section>\n");
    }
    for part in &document.letter {
        writer.part(&mut page, part);
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// Lines as elements.
struct Writer<'a> {
    document: &'a Document,
}

impl Writer<'_> {
    fn block(&self, page: &mut String, block: &DocumentBlock) {
        if block.header.is_empty() {
            self.lines(page, &block.lines);
            return;
        }
        page.push_str("<article>\n<h3>");
        let mut before = None;
        for line in &block.header {
            if let Some(before) = before {
                page.push_str(separator(before, line.slot));
            }
            before = Some(line.slot);
            let class = match line.slot {
                Slot::Title => "title",
                Slot::Organization => "organization",
                _ => "quiet",
            };
            self.element(page, "span", Some(class), line);
        }
        page.push_str("</h3>\n");
        self.lines(page, &block.lines);
        page.push_str("</article>\n");
    }

    fn part(&self, page: &mut String, part: &LetterPart) {
        let (name, class) = match part.kind {
            LetterPartKind::Recipient => ("p", Some("recipient")),
            LetterPartKind::Date => ("p", Some("date")),
            LetterPartKind::Subject => ("h2", None),
            LetterPartKind::Signature => ("p", Some("signature")),
            LetterPartKind::Enclosures => ("p", Some("enclosures")),
            LetterPartKind::Greeting | LetterPartKind::Body | LetterPartKind::Closing => {
                ("p", Some("letter"))
            }
        };
        self.each(page, &part.lines, name, class);
    }

    fn lines(&self, page: &mut String, lines: &[Line]) {
        for (shape, group) in groups(lines) {
            match shape {
                Shape::Name => self.each(page, group, "h1", None),
                Shape::Headline => self.each(page, group, "p", Some("headline")),
                Shape::Plain => self.each(page, group, "p", None),
                Shape::Contacts => self.joined(page, group, Some("contacts"), DOT),
                Shape::Prose => self.joined(page, group, None, " "),
                Shape::Bullets => {
                    page.push_str("<ul>\n");
                    self.each(page, group, "li", None);
                    page.push_str("</ul>\n");
                }
            }
        }
    }

    fn each(&self, page: &mut String, lines: &[Line], name: &str, class: Option<&str>) {
        for line in lines {
            self.element(page, name, class, line);
            page.push('\n');
        }
    }

    fn joined(&self, page: &mut String, lines: &[Line], class: Option<&str>, glue: &str) {
        open(page, "p", class, None);
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                page.push_str(glue);
            }
            self.element(page, "span", None, line);
        }
        page.push_str("</p>\n");
    }

    fn element(&self, page: &mut String, name: &str, class: Option<&str>, line: &Line) {
        let turned = right_to_left(line) != self.document.right_to_left;
        let direction = turned.then_some(if right_to_left(line) { "rtl" } else { "ltr" });
        open(page, name, class, direction);
        let (strong, rest) = parts(line);
        let address = address(line);
        if let Some(address) = &address {
            let _infallible = write!(page, "<a href=\"{}\">", escape(address));
        }
        if !strong.is_empty() {
            let _infallible = write!(page, "<strong>{}</strong>", escape(&strong));
        }
        page.push_str(&escape(&rest));
        if address.is_some() {
            page.push_str("</a>");
        }
        let _infallible = write!(page, "</{name}>");
    }
}

fn open(page: &mut String, name: &str, class: Option<&str>, direction: Option<&str>) {
    let _infallible = write!(page, "<{name}");
    if let Some(class) = class {
        let _infallible = write!(page, " class=\"{class}\"");
    }
    if let Some(direction) = direction {
        let _infallible = write!(page, " dir=\"{direction}\"");
    }
    page.push('>');
}

/// The text with everything that could be markup, in an element or an attribute, as its name.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Families that are there on most machines behind the one that is wanted.
fn families(family: &str) -> String {
    let plain: String = family
        .chars()
        .filter(|character| character.is_ascii_alphanumeric() || *character == ' ')
        .collect();
    let others = if has_serifs(family) {
        "Charter, 'Bitstream Charter', Cambria, Georgia, serif"
    } else {
        "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
    };
    format!("'{plain}', {others}")
}

/// What a letter adds to the style.
fn letter_style(document: &Document) -> String {
    let date = if date_at_start(document) {
        "start"
    } else {
        "end"
    };
    format!(
        "main {{ margin-top: 2.2em; }}
main h2 {{ margin: 1.6em 0 0; padding: 0; border: 0; }}
main p {{ margin-top: 1em; }}
main p.recipient + p.recipient {{ margin-top: 0; }}
main p.date {{ margin-top: 1.6em; text-align: {date}; }}
main p.date + p.recipient, main p.enclosures {{ margin-top: 1.6em; }}
main > p:first-child {{ margin-top: 0; }}
main p.signature {{ margin-top: 2.4em; }}
"
    )
}

fn style(job: &Job, document: &Document) -> String {
    let letter = if document.is_letter() {
        letter_style(document)
    } else {
        String::new()
    };
    let look = Look::of(job);
    let (across, down) = look.margins;
    let paper = match job.options.paper {
        Paper::A4 => "A4",
        Paper::Letter => "letter",
    };
    let width = job.options.paper.size_pt().0;
    let (text, display) = (families(look.family), families(look.display));
    let (accent, size, name) = (look.accent, look.size, look.name);
    format!(
        "@page {{ size: {paper}; margin: {down}pt {across}pt; }}
:root {{ color-scheme: light; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0 auto; padding: {down}pt min({across}pt, 6vw); max-width: {width}pt; \
background: #fff; color: #1b1d1f; font: {size}pt/1.42 {text}; hyphens: none; \
overflow-wrap: anywhere; }}
h1, h2, h3, p, ul {{ margin: 0; }}
h1 {{ font: 600 {name}pt/1.15 {display}; color: {accent}; }}
.headline {{ margin-top: .35em; font-size: 1.1em; }}
.contacts {{ margin-top: .35em; font-size: .95em; color: #50575c; }}
h2 {{ margin: 1.5em 0 .6em; padding-bottom: .2em; border-bottom: .5pt solid #b9c4c4; \
font-size: 1.08em; font-weight: 600; color: {accent}; }}
article + article {{ margin-top: 1em; }}
h3 {{ font-size: 1em; font-weight: 400; }}
.title, strong {{ font-weight: 600; }}
.quiet {{ color: #50575c; }}
h1, h3, p {{ white-space: pre-wrap; }}
p + p, h3 + p, ul + p {{ margin-top: .3em; }}
ul {{ margin-top: .3em; padding-inline-start: 1.1em; }}
li + li {{ margin-top: .2em; }}
li::marker {{ content: '•  '; color: {accent}; }}
a {{ color: inherit; text-decoration: none; }}
a:hover, a:focus-visible {{ text-decoration: underline; }}
img {{ float: inline-end; width: 28mm; height: 35mm; object-fit: cover; margin-inline-start: 1em; }}
{letter}@media print {{
  body {{ padding: 0; max-width: none; }}
  h2, h3 {{ break-after: avoid; }}
  li, p {{ break-inside: avoid; orphans: 2; widows: 2; }}
}}
"
    )
}
