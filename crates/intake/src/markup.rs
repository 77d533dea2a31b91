//! Rich text that web builders keep inside JSON (HTML) and people write by hand (Markdown), as
//! plain lines. Markup is a way of writing, not words of the person.

use std::borrow::Cow;

/// A line of rich text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its words, white space folded.
    pub(crate) text: String,
    /// Whether it is an item of a list.
    pub(crate) item: bool,
}

/// The longest tag and the longest link that are looked for, in bytes: without an end to the search,
/// text full of beginnings would take the square of its length.
const LONGEST_TAG: usize = 4_000;

fn near(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// The lines of HTML, and the addresses its links lead to. Linear in the text; what is no
/// well-formed tag is text.
pub(crate) fn html_lines(html: &str) -> (Vec<Line>, Vec<String>) {
    let mut out = Html::default();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        out.words(before);
        let starts =
            tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        let close = starts.then(|| near(tag, LONGEST_TAG).find('>')).flatten();
        if let Some(close) = close {
            out.tag(&tag[1..close]);
            rest = &tag[close + 1..];
        } else {
            out.words("<");
            rest = &tag[1..];
        }
    }
    out.words(rest);
    out.end_line();
    (out.lines, out.links)
}

#[derive(Default)]
struct Html {
    lines: Vec<Line>,
    links: Vec<String>,
    text: String,
    item: bool,
}

impl Html {
    fn words(&mut self, words: &str) {
        self.text
            .push_str(&html_escape::decode_html_entities(words));
    }

    fn end_line(&mut self) {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.text.clear();
        if !text.is_empty() {
            let item = self.item;
            self.lines.push(Line { text, item });
        }
    }

    fn tag(&mut self, tag: &str) {
        let closes = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        match name.to_ascii_lowercase().as_str() {
            "li" => {
                self.end_line();
                self.item = !closes;
            }
            "p" | "div" | "br" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "tr"
            | "blockquote" | "pre" | "hr" | "table" => self.end_line(),
            "a" if !closes => self.links.extend(attribute(tag, "href")),
            _ => {}
        }
    }
}

/// A quoted attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, value) = tag.split_once(&format!("{name}="))?;
    let quote = value
        .chars()
        .next()
        .filter(|sign| ['"', '\''].contains(sign))?;
    let value = value[1..].split(quote).next()?;
    Some(html_escape::decode_html_entities(value).into_owned())
}

/// Markdown's emphasis, code and links taken off a line, and the addresses of the links.
pub(crate) fn plain_markdown(text: &str) -> (Cow<'_, str>, Vec<String>) {
    if !text.contains(['*', '_', '`', '[', '~', '\\']) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut links = Vec::new();
    let linked = without_links(text, &mut links);
    let mut out = String::with_capacity(linked.len());
    let signs: Vec<char> = linked.chars().collect();
    let mut position = 0;
    while let Some(&sign) = signs.get(position) {
        let before = position
            .checked_sub(1)
            .and_then(|at| signs.get(at))
            .copied();
        let run = signs[position..]
            .iter()
            .take_while(|other| **other == sign)
            .count();
        let after = signs.get(position + run).copied();
        match sign {
            '\\' if after.is_some_and(|next| next.is_ascii_punctuation()) && run == 1 => {
                out.extend(after);
                position += 2;
                continue;
            }
            '*' | '`' if run <= 3 && marks(before, after) => {}
            // Inside a word an underscore is a letter.
            '_' if run <= 3 && marks(before, after) && !(is_word(before) && is_word(after)) => {}
            '~' if run == 2 && marks(before, after) => {}
            _ => out.extend(&signs[position..position + run]),
        }
        position += run;
    }
    (Cow::Owned(out), links)
}

/// Whether a mark touches a word on one side at least.
fn marks(before: Option<char>, after: Option<char>) -> bool {
    let touches = |sign: Option<char>| sign.is_some_and(|sign| !sign.is_whitespace());
    touches(before) || touches(after)
}

fn is_word(sign: Option<char>) -> bool {
    sign.is_some_and(char::is_alphanumeric)
}

fn without_links(text: &str, links: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let (before, tail) = rest.split_at(open);
        let within = near(tail, LONGEST_TAG);
        let found = within.find("](").and_then(|middle| {
            let close = middle + within[middle..].find(')')?;
            Some((middle, close)).filter(|_| !within[1..middle].contains('['))
        });
        let Some((middle, close)) = found else {
            out.push_str(before);
            out.push('[');
            rest = &tail[1..];
            continue;
        };
        let picture = before.ends_with('!');
        out.push_str(before.strip_suffix('!').unwrap_or(before));
        out.push_str(&tail[1..middle]);
        if !picture {
            let address = tail[middle + 2..close].trim().trim_matches(['<', '>']);
            let address = address.split_whitespace().next().unwrap_or_default();
            links.push(address.to_owned());
        }
        rest = &tail[close + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_lines_and_items() {
        let (lines, links) = html_lines(
            "<p>One <strong>bold</strong> &amp; 3 < 4</p><ul><li><p>Two<br>Three</p></li></ul>\
             <a href=\"https://x.test\">Four</a>",
        );
        let texts: Vec<(&str, bool)> = lines
            .iter()
            .map(|line| (line.text.as_str(), line.item))
            .collect();
        let expected = [
            ("One bold & 3 < 4", false),
            ("Two", true),
            ("Three", true),
            ("Four", false),
        ];
        assert_eq!(texts, expected);
        assert_eq!(links, ["https://x.test"]);
        assert_eq!(html_lines(&"<".repeat(100_000)).0.len(), 1);
    }

    #[test]
    fn markdown_loses_its_marks_and_keeps_its_words() {
        for (text, plain) in [
            (
                "This is **bold**, *italic*, and [link](https://example.com).",
                "This is bold, italic, and link.",
            ),
            ("snake_case and 2 * 3 * 4", "snake_case and 2 * 3 * 4"),
            ("_so_ `code` ~~gone~~ ~5%", "so code gone ~5%"),
            ("C\\* [1] a", "C* [1] a"),
        ] {
            assert_eq!(plain_markdown(text).0, plain);
        }
        assert_eq!(
            plain_markdown("[a](https://b.test \"t\")").1,
            ["https://b.test"]
        );
    }
}
