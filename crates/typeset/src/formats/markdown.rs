//! The résumé or letter as Markdown (CommonMark), its words escaped so that they stand for themselves.

use super::{DOT, Shape, address, groups, parts, separator, words};
use crate::document::{Document, DocumentBlock};
use crate::job::Line;
use crate::letter::{LetterPart, LetterPartKind};
use career::Slot;

/// The document as CommonMark. Ends with a line end.
pub fn markdown(document: &Document) -> String {
    let mut blocks = Vec::new();
    push_lines(&mut blocks, &document.head);
    for section in &document.sections {
        blocks.push(format!(
            "## {}",
            line_start(&escape(&words(&section.heading)))
        ));
        for block in &section.blocks {
            push_block(&mut blocks, block);
        }
    }
    for part in &document.letter {
        push_part(&mut blocks, part);
    }
    blocks.retain(|block| !block.is_empty());
    let mut text = blocks.join("\n\n");
    text.push('\n');
    text
}

fn push_block(blocks: &mut Vec<String>, block: &DocumentBlock) {
    if let Some(first) = block.header.first() {
        let mut header = String::from("### ");
        header.push_str(&line_start(&span(first)));
        for pair in block.header.windows(2) {
            if let [before, line] = pair {
                header.push_str(match separator(before.slot, line.slot) {
                    DOT => " · ",
                    other => other,
                });
                header.push_str(&span(line));
            }
        }
        blocks.push(header);
    }
    push_lines(blocks, &block.lines);
}

fn push_part(blocks: &mut Vec<String>, part: &LetterPart) {
    let rows = part.lines.iter().map(|line| line_start(&span(line)));
    match part.kind {
        LetterPartKind::Subject => blocks.extend(rows.map(|row| format!("## {row}"))),
        // Two spaces end a row.
        LetterPartKind::Recipient => blocks.push(rows.collect::<Vec<_>>().join("  \n")),
        _ => blocks.extend(rows),
    }
}

fn push_lines(blocks: &mut Vec<String>, lines: &[Line]) {
    for (shape, group) in groups(lines) {
        let spans: Vec<String> = group.iter().map(span).collect();
        match shape {
            Shape::Name => {
                blocks.extend(spans.iter().map(|span| format!("# {}", line_start(span))));
            }
            Shape::Headline | Shape::Plain => {
                blocks.extend(spans.iter().map(|span| line_start(span)));
            }
            Shape::Contacts => blocks.push(line_start(&spans.join(" · "))),
            Shape::Prose => blocks.push(line_start(&spans.join(" "))),
            Shape::Bullets => {
                let items: Vec<String> = spans
                    .iter()
                    .map(|span| format!("- {}", line_start(span)))
                    .collect();
                blocks.push(items.join("\n"));
            }
        }
    }
}

/// A line's words, its label strong, in a link where it leads somewhere.
fn span(line: &Line) -> String {
    let (label, rest) = parts(line);
    // The marks of strong text count as such only beside letters.
    let markable = |end: Option<char>| end.is_some_and(char::is_alphanumeric);
    let strong = line.slot == Slot::Skills
        && markable(label.chars().next())
        && markable(label.chars().next_back())
        && !markable(rest.chars().next());
    let text = if strong {
        format!("**{}**{}", escape(&label), escape(&rest))
    } else {
        escape(&format!("{label}{rest}"))
    };
    match address(line) {
        Some(address) => format!("[{text}](<{}>)", address.replace('&', "&amp;")),
        None => text,
    }
}

/// The text with a backslash before everything that could be a mark inside a line.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let marks = matches!(
            character,
            '\\' | '`'
                | '*'
                | '_'
                | '['
                | ']'
                | '{'
                | '}'
                | '<'
                | '>'
                | '&'
                | '#'
                | '|'
                | '~'
                | '$'
                | '^'
        );
        // What would be a link in dialects that find addresses by themselves.
        let address = (character == ':' && rest.starts_with("://"))
            || (character == '.' && ends_with_www(&escaped));
        if marks || address {
            escaped.push('\\');
        }
        escaped.push(character);
        rest = &rest[character.len_utf8()..];
    }
    escaped
}

fn ends_with_www(text: &str) -> bool {
    let tail = text.len().checked_sub(3).and_then(|at| text.get(at..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case("www"))
}

/// Escaped text with a backslash before what means something only at the start of a line: a
/// list's mark, a number with its point, a rule, a definition.
fn line_start(escaped: &str) -> String {
    if escaped.starts_with(['-', '+', '=', ':', '%']) {
        return format!("\\{escaped}");
    }
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    match escaped.get(digits..) {
        Some(rest) if digits > 0 && rest.starts_with(['.', ')']) => {
            format!("{}\\{rest}", &escaped[..digits])
        }
        _ => escaped.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_no_mark_of_their_own() {
        for (text, expected) in [
            ("Plain, words (and more).", "Plain, words (and more)."),
            ("1. Not a list", "1\\. Not a list"),
            ("2) nor this", "2\\) nor this"),
            ("- + item", "\\- + item"),
            ("# C# **bold** <b>", "\\# C\\# \\*\\*bold\\*\\* \\<b\\>"),
            ("[a](javascript:x) ![b]", "\\[a\\](javascript:x) !\\[b\\]"),
            (
                "&copy; a|b ~~x~~ $y$",
                "\\&copy; a\\|b \\~\\~x\\~\\~ \\$y\\$",
            ),
            ("see https://a.b www.c.d", "see https\\://a.b www\\.c.d"),
            ("2021 – 2022", "2021 – 2022"),
            ("===", "\\==="),
        ] {
            assert_eq!(line_start(&escape(text)), expected);
        }
    }
}
