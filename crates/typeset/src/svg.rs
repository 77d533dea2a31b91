//! Makes a page's SVG small and fit to stand in one document with other pages.
//!
//! The picture holds no text of the résumé (letters are shapes there); addresses of links are the
//! only words, and they are escaped.

use std::collections::HashMap;
use std::fmt::Write as _;

/// The colour of most letters, as the template has it.
const INK: &str = "#1b1d1f";

/// Gives ids short names with the page's number in them and leaves out attributes that say what
/// holds anyway.
pub(crate) fn shrink(svg: &str, page: usize) -> String {
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut name = |id: &str| {
        let next = names.len();
        let number = *names.entry(id.to_owned()).or_insert(next);
        format!("p{page}g{number}")
    };
    let mut small = String::with_capacity(svg.len() / 2);
    let mut parts = svg.split('"');
    while let Some(outside) = parts.next() {
        let Some(value) = parts.next() else {
            small.push_str(outside);
            break;
        };
        let (before, attribute) = outside.rsplit_once(' ').unwrap_or(("", outside));
        small.push_str(before);
        let on_use = || is_use(&small);
        match (attribute, value) {
            ("fill-rule=", "nonzero") | ("xmlns:h5=", _) => {}
            ("x=" | "y=", "0") | ("fill=", INK) if on_use() => {}
            ("xmlns:xlink=", _) => {
                // Inherited by all letters.
                let _ = write!(small, " xmlns:xlink=\"{value}\" fill=\"{INK}\"");
            }
            _ => {
                let _ = match (attribute, value.strip_prefix('#').filter(|id| is_id(id))) {
                    ("id=", _) if is_id(value) => write!(small, " id=\"{}\"", name(value)),
                    ("xlink:href=", Some(id)) if on_use() => {
                        write!(small, " href=\"#{}\"", name(id))
                    }
                    _ => match value
                        .strip_prefix("url(#")
                        .and_then(|rest| rest.strip_suffix(')'))
                        .filter(|id| is_id(id))
                    {
                        Some(id) => write!(small, " {attribute}\"url(#{})\"", name(id)),
                        None => write!(small, " {attribute}\"{value}\""),
                    },
                };
            }
        }
    }
    small
}

/// Whether the element that is being written is a letter.
fn is_use(written: &str) -> bool {
    written
        .rfind('<')
        .is_some_and(|start| written[start..].starts_with("<use"))
}

/// The typesetter's ids: a letter for the kind and a hash without leading zeros.
fn is_id(value: &str) -> bool {
    (2..=33).contains(&value.len())
        && value.as_bytes()[0].is_ascii_lowercase()
        && value
            .bytes()
            .skip(1)
            .all(|byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "617B8C88D50E74F3BF1F3977D568BFFB";

    #[test]
    fn ids_are_the_page_s_own_and_links_are_left_alone() {
        let svg = format!(
            "<svg xmlns:xlink=\"x\"><a href=\"https://a.b/#g{HASH}\"></a>\
             <use xlink:href=\"#g{HASH}\" x=\"0\" y=\"0\" fill=\"{INK}\" fill-rule=\"nonzero\"/>\
             <g clip-path=\"url(#c{HASH})\"/><symbol id=\"g{HASH}\"/></svg>"
        );
        assert_eq!(
            shrink(&svg, 2),
            format!(
                "<svg xmlns:xlink=\"x\" fill=\"{INK}\"><a href=\"https://a.b/#g{HASH}\"></a>\
                 <use href=\"#p2g0\"/><g clip-path=\"url(#p2g1)\"/><symbol id=\"p2g0\"/></svg>"
            )
        );
    }
}
