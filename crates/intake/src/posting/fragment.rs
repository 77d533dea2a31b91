//! HTML that stands in a string of data: a description, a list of requirements.

use career::HiddenPassage;

use super::hidden::Context;
use super::{readable, scan, tangle};

/// The readable text of HTML in a string, escaped once or twice or not at all. What it hides is
/// added to `hidden`.
pub(super) fn text_of(source: &str, hidden: &mut Vec<HiddenPassage>) -> String {
    let mut source = source.to_owned();
    for _ in 0..2 {
        let escaped = source.contains("&lt;") || source.contains("&amp;lt;");
        let looks_escaped = escaped && !source.contains("</");
        if !looks_escaped {
            break;
        }
        source = html_escape::decode_html_entities(&source).into_owned();
    }
    if !source.contains('<') {
        // Plain text: its line ends are all the structure it has.
        source = source.replace("\r\n", "\n").replace('\n', "<br>");
    }
    let Some(html) = tangle::parse(&source, false) else {
        return String::new();
    };
    let context = Context::of(&html);
    scan::passages(html.tree.root(), &context, hidden);
    readable::text_of(html.tree.root(), &context, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_read_however_often_it_was_escaped() {
        let html = "<p>Bread &amp; butter</p><ul><li>Flour</li></ul>";
        let once = html_escape::encode_text(html).into_owned();
        let twice = html_escape::encode_text(&once).into_owned();
        let read = |source: &str| text_of(source, &mut Vec::new());
        for source in [html, &once, &twice] {
            assert_eq!(read(source), "Bread & butter\n\n- Flour", "{source}");
        }
        assert_eq!(read("One\ntwo"), "One\ntwo");
    }
}
