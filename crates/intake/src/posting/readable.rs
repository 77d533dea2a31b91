//! A part of a page as readable text: paragraphs and headings on lines of their own, list items
//! behind `- `, blank lines between blocks, nothing that shows nothing.

use std::collections::HashSet;

use career::text::is_invisible;
use scraper::Node;

use super::boilerplate::{announces_other_jobs, is_dropped_tag, is_furniture};
use super::dom::{Step, Tree, walk};
use super::hidden::{Context, why_hidden};

/// Text beyond this is not collected: it is refused as too long anyway.
const MAX_TEXT: usize = 1 << 20;

/// The readable text below a node. `whole` keeps what looks like furniture: for descriptions that
/// are the posting's own and hold nothing else.
pub(super) fn text_of(root: Tree<'_>, names: &Context, whole: bool) -> String {
    let mut writer = Writer::default();
    let mut cut = HashSet::new();
    walk(root, |step| match step {
        Step::Enter(node) => {
            if writer.out.len() > MAX_TEXT {
                return false;
            }
            if node
                .parent()
                .is_some_and(|parent| cut.contains(&parent.id()))
            {
                return false;
            }
            match node.value() {
                Node::Text(text) => {
                    writer.text(text);
                    false
                }
                Node::Element(element) => {
                    if is_dropped_tag(element.name()) || why_hidden(node, names).is_some() {
                        return false;
                    }
                    if !whole {
                        if is_furniture(node, element, names) {
                            return false;
                        }
                        if announces_other_jobs(node, element) {
                            cut.extend(section_of(node).map(|parent| parent.id()));
                            return false;
                        }
                    }
                    writer.open(element.name(), element.attr("class").is_some());
                    true
                }
                Node::Document | Node::Fragment => true,
                _ => false,
            }
        }
        Step::Leave(node) => {
            if let Some(element) = node.value().as_element() {
                writer.close(element.name(), element.attr("class").is_some());
            }
            true
        }
    });
    writer.finish()
}

/// The element whose remaining children belong to a heading: its parent, or the first one above
/// in which it does not stand alone.
fn section_of(heading: Tree<'_>) -> Option<Tree<'_>> {
    let mut parent = heading.parent()?;
    for _ in 0..2 {
        let elements = parent.children().filter(|child| child.value().is_element());
        let is_root = parent
            .value()
            .as_element()
            .is_none_or(|element| matches!(element.name(), "body" | "main" | "article"));
        if elements.count() > 1 || is_root {
            break;
        }
        parent = parent.parent()?;
    }
    Some(parent)
}

/// What is invisible in running text; the joiner stays only where emoji and scripts need it.
pub(super) fn is_dropped(character: char, before: Option<char>) -> bool {
    is_invisible(character)
        // A second sign for the shape of one letter shapes nothing.
        || is_selector(character) && before.is_none_or(is_selector)
        || (character == '\u{200d}' && before.is_none_or(|before| before.is_ascii()))
}

/// Signs that choose the shape of the letter before them.
pub(super) fn is_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent things to remember about what stands before the next word"
)]
struct Writer {
    out: String,
    line: String,
    /// White space was seen since the last word of the line.
    space: bool,
    /// An empty line stands before the next one.
    blank: bool,
    /// The next words begin a list item.
    item: bool,
    /// List items that are open.
    items: usize,
    /// Preformatted elements that are open.
    pre: usize,
    /// An inline element with a class has just ended: side by side with another such it is set
    /// apart by the page's style, not by a space.
    styled_end: bool,
}

impl Writer {
    fn text(&mut self, text: &str) {
        self.styled_end = false;
        for character in text.chars() {
            if character == '\n' && self.pre > 0 {
                self.end_line();
            } else if character.is_whitespace() {
                self.space = true;
            } else if !is_dropped(character, self.line.chars().next_back()) {
                if self.space && !self.line.is_empty() {
                    self.line.push(' ');
                }
                self.space = false;
                self.line.push(character);
            }
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.space = false;
        if line.is_empty() {
            return;
        }
        if self.blank && !self.out.is_empty() {
            self.out.push('\n');
        }
        self.blank = false;
        if self.item {
            self.out.push_str("- ");
            self.item = false;
        }
        // A bullet written as a character is said by the dash already.
        self.out
            .push_str(strip_bullet(&line, self.out.ends_with("- ")));
        self.out.push('\n');
    }

    fn open(&mut self, name: &str, styled: bool) {
        self.space |= self.styled_end && styled;
        self.styled_end = false;
        match name {
            "br" => {
                if self.line.is_empty() && self.items == 0 {
                    self.blank = true;
                }
                self.end_line();
            }
            "li" => {
                self.end_line();
                self.items += 1;
                self.item = true;
            }
            "td" | "th" => self.space = true,
            "pre" => {
                self.pre += 1;
                self.border();
            }
            _ if is_block(name) => self.border(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, styled: bool) {
        self.styled_end = styled;
        match name {
            "li" => {
                self.end_line();
                self.item = false;
                self.items = self.items.saturating_sub(1);
            }
            "td" | "th" => self.space = true,
            "pre" => {
                self.border();
                self.pre = self.pre.saturating_sub(1);
            }
            _ if is_block(name) => self.border(),
            _ => {}
        }
    }

    fn border(&mut self) {
        self.end_line();
        self.blank |= self.items == 0;
    }

    fn finish(mut self) -> String {
        self.end_line();
        let length = self.out.trim_end().len();
        self.out.truncate(length);
        self.out
    }
}

fn strip_bullet(line: &str, in_item: bool) -> &str {
    let stripped = line
        .strip_prefix(['•', '·', '▪', '◦', '●', '‣'])
        .map(str::trim_start)
        .filter(|rest| !rest.is_empty());
    match stripped {
        Some(rest) if in_item => rest,
        _ => line,
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "legend"
            | "main"
            | "ol"
            | "p"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "thead"
            | "tr"
            | "ul"
    )
}
