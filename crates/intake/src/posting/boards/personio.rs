//! Personio's XML feed: every open position of an employer, with CDATA for its descriptions.

use roxmltree::{Document, Node, ParsingOptions};
use serde_json::Value;

use super::super::Found;
use super::fields::{Parts, join};
use super::{Answer, Item, MAX_POSTINGS};
use career::PartialDate;
use career::text::clean;

/// Elements and texts of a feed at most.
const MAX_NODES: u32 = 2_000_000;

/// Reads a feed; `None` for XML of another kind. Documents with a DTD are refused: nothing here
/// needs entities of its own.
pub(super) fn parse(source: &str) -> Option<Answer> {
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(source, options).ok()?;
    let root = document.root_element();
    if !root.has_tag_name("workzag-jobs") {
        return None;
    }
    let positions = root
        .children()
        .filter(|node| node.has_tag_name("position"))
        .take(MAX_POSTINGS)
        .map(position)
        .collect();
    Some(Answer {
        items: positions,
        search: false,
    })
}

fn position(node: Node<'_, '_>) -> Item {
    let field = |name: &str| text_of(child(node, name)?);
    let mut parts = Parts::default();
    let descriptions = child(node, "jobDescriptions").into_iter();
    for part in descriptions
        .flat_map(|list| list.children())
        .filter(|part| part.has_tag_name("jobDescription"))
        .take(50)
    {
        let heading = child(part, "name").and_then(text_of);
        let html = child(part, "value")
            .map(|value| whole_text(value))
            .unwrap_or_default();
        parts.add(heading.as_deref(), &Value::String(html));
    }
    let more = child(node, "additionalOffices").into_iter();
    let more = more
        .flat_map(|list| list.children())
        .filter(|office| office.has_tag_name("office"))
        .filter_map(text_of);
    let kinds = [field("employmentType"), field("schedule")];
    Item {
        names: field("id").into_iter().collect(),
        found: Found {
            text: parts.text,
            hidden: parts.hidden,
            title: field("name"),
            company: field("subcompany"),
            location: join(field("office").into_iter().chain(more), "; "),
            employment_type: join(kinds.into_iter().flatten(), ", "),
            date_posted: field("createdAt").and_then(|date| PartialDate::parse(&date)),
            ..Found::default()
        },
    }
}

fn child<'a, 'b>(node: Node<'a, 'b>, name: &str) -> Option<Node<'a, 'b>> {
    node.children().find(|below| below.has_tag_name(name))
}

fn text_of(node: Node<'_, '_>) -> Option<String> {
    Some(clean(&whole_text(node))).filter(|text| !text.is_empty())
}

fn whole_text(node: Node<'_, '_>) -> String {
    node.children().filter_map(|part| part.text()).collect()
}
