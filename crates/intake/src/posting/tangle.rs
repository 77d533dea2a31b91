//! Whether a page can be parsed in reasonable time: a look at its tags before a tree is built.
//!
//! Building the tree is quadratic in three things that real pages have little of: nesting,
//! formatting elements that are never closed (each is made again in every block that follows) and
//! attributes of one tag.

use scraper::Html;

/// The deepest nesting that is parsed; real pages stay below a few hundred.
const MAX_DEPTH: usize = 512;
/// The most formatting elements left open.
const MAX_OPEN_FORMATTING: usize = 128;
/// The most attributes of one element; those of all `html` tags, and of all `body` tags, end up
/// on one.
const MAX_ATTRIBUTES: usize = 1_000;

const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Elements that the next one of their kind closes.
const SELF_ENDING: [&str; 15] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "rp", "rt",
    "html", "body",
];
const FORMATTING: [&str; 13] = [
    "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Parses a page, or a piece of one; `None` when it is tangled.
pub(super) fn parse(source: &str, is_document: bool) -> Option<Html> {
    if Scan::new(source).finds_tangle() {
        return None;
    }
    Some(if is_document {
        Html::parse_document(source)
    } else {
        Html::parse_fragment(source)
    })
}

struct Scan<'a> {
    source: &'a str,
    open: Vec<&'a str>,
    formatting: [usize; FORMATTING.len()],
    root_attributes: usize,
}

impl<'a> Scan<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            open: Vec::new(),
            formatting: [0; FORMATTING.len()],
            root_attributes: 0,
        }
    }

    fn finds_tangle(mut self) -> bool {
        let mut at = 0;
        while let Some(found) = self.source.get(at..).and_then(|rest| rest.find('<')) {
            let rest = &self.source[at + found + 1..];
            at += found + 1;
            if rest.starts_with("!--") {
                at += rest.find("-->").map_or(rest.len(), |end| end + 3);
                continue;
            }
            let closing = rest.starts_with('/');
            let name = tag_name(&rest[usize::from(closing)..]);
            if name.is_empty() {
                continue;
            }
            if closing {
                self.close(name);
                continue;
            }
            let (length, attributes) = tag_length(rest);
            at += length;
            let ends_itself = rest[..length].ends_with("/>");
            if name.eq_ignore_ascii_case("html") || name.eq_ignore_ascii_case("body") {
                self.root_attributes += attributes;
            }
            let attributes = attributes.max(self.root_attributes);
            if attributes > MAX_ATTRIBUTES || !self.open(name, ends_itself) {
                return true;
            }
            if RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
                at += raw_length(&self.source[at..], name);
            }
        }
        false
    }

    /// Notes an opening tag; `false` when there are too many.
    fn open(&mut self, name: &'a str, ends_itself: bool) -> bool {
        let is = |names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
        let in_drawing = ends_itself
            && self
                .open
                .iter()
                .any(|open| open.eq_ignore_ascii_case("svg") || open.eq_ignore_ascii_case("math"));
        if is(&VOID) || is(&SELF_ENDING) || is(&RAW) || in_drawing {
            return true;
        }
        if let Some(kind) = formatting(name) {
            self.formatting[kind] += 1;
        }
        self.open.push(name);
        self.open.len() <= MAX_DEPTH && self.formatting.iter().sum::<usize>() <= MAX_OPEN_FORMATTING
    }

    fn close(&mut self, name: &str) {
        if let Some(kind) = formatting(name) {
            self.formatting[kind] = self.formatting[kind].saturating_sub(1);
        }
        let opened = self
            .open
            .iter()
            .rposition(|open| open.eq_ignore_ascii_case(name));
        if let Some(position) = opened {
            self.open.truncate(position);
        }
    }
}

fn formatting(name: &str) -> Option<usize> {
    FORMATTING
        .iter()
        .position(|known| name.eq_ignore_ascii_case(known))
}

fn tag_name(rest: &str) -> &str {
    if !rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return "";
    }
    let end = rest
        .find(|character: char| character.is_whitespace() || "/><".contains(character))
        .unwrap_or(rest.len());
    &rest[..end]
}

/// The bytes of an opening tag with its `>` and how many attributes it may have.
fn tag_length(rest: &str) -> (usize, usize) {
    let mut attributes = 0;
    let mut quote = None;
    let mut before = b' ';
    for (position, byte) in rest.bytes().enumerate() {
        match quote {
            Some(open) => {
                if byte == open {
                    quote = None;
                }
            }
            None => match byte {
                b'>' => return (position + 1, attributes),
                b'"' | b'\'' if before == b'=' => quote = Some(byte),
                _ if byte.is_ascii_whitespace() || byte == b'/' => {
                    attributes += usize::from(!before.is_ascii_whitespace());
                    before = if before == b'=' { b'=' } else { b' ' };
                    continue;
                }
                _ => {}
            },
        }
        before = byte;
    }
    (rest.len(), attributes)
}

/// The bytes before the end tag of an element whose content is raw.
fn raw_length(rest: &str, name: &str) -> usize {
    rest.match_indices("</")
        .find(|(position, _)| {
            rest.get(position + 2..position + 2 + name.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(name))
        })
        .map_or(rest.len(), |(position, _)| position)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_tangled(source: &str) -> bool {
        parse(source, true).is_none()
    }

    #[test]
    fn what_takes_quadratic_time_is_refused() {
        assert!(is_tangled(&"<div>".repeat(100_000)));
        assert!(is_tangled(&"<x-y></div>".repeat(100_000)));
        assert!(is_tangled(&"<path/>".repeat(100_000)));
        let unclosed: String = (0..5_000)
            .map(|number| format!("<div><b id={number}></div>"))
            .collect::<Vec<_>>()
            .concat();
        assert!(is_tangled(&unclosed));
        let wide: Vec<String> = (0..50_000).map(|number| format!("a{number}=1")).collect();
        assert!(is_tangled(&format!("<div {}>", wide.join(" "))));
        let roots: Vec<String> = (0..5_000)
            .map(|number| format!("<html a{number}=1>"))
            .collect();
        assert!(is_tangled(&roots.concat()));
        let slashes: Vec<String> = (0..50_000).map(|number| format!("a{number}")).collect();
        assert!(is_tangled(&format!("<div/{}>", slashes.join("/"))));
    }

    #[test]
    fn long_but_ordinary_pages_are_parsed() {
        assert!(!is_tangled(&"<p>one<br><li>two<img src=x>".repeat(20_000)));
        assert!(!is_tangled(
            &"<div class=\"a b\"><b>x</b></div>".repeat(20_000)
        ));
        assert!(!is_tangled(&format!(
            "<svg>{}</svg>",
            "<path d='M0 0'/>".repeat(5_000)
        )));
        assert!(!is_tangled(&format!(
            "<script>{}</script>",
            "\"<div>\"".repeat(5_000)
        )));
        assert!(!is_tangled(&format!("<!--{}-->", "<div>".repeat(5_000))));
        assert!(!is_tangled(&"<div title='a > b'>x</div>".repeat(5_000)));
    }
}
