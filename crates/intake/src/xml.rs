//! XML into a tree, within limits. A document's own entities are never resolved and its document
//! type is passed over: nothing is fetched and nothing grows.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, Value};

use crate::IntakeError;

/// The largest XML text that is read, in MiB.
const MAX_MIB: usize = 16;
/// How deep elements may be nested.
const MAX_DEPTH: usize = 100;
/// How many elements and pieces of text there may be.
const MAX_NODES: usize = 600_000;

/// An element; names without their prefixes.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// Its name.
    pub(crate) name: String,
    /// Its attributes in their order.
    pub(crate) attributes: Vec<(String, String)>,
    /// What is in it.
    pub(crate) children: Vec<Child>,
}

/// What stands in an element.
#[derive(Debug)]
pub(crate) enum Child {
    /// An element.
    Element(Element),
    /// Text.
    Text(String),
}

impl Element {
    /// The elements in it.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// The first element of that name in it.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// An attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The text right in it.
    pub(crate) fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|child| match child {
            Child::Text(text) => Some(text.as_str()),
            Child::Element(_) => None,
        });
        texts.collect()
    }
}

/// An element as a JSON value: text alone as a string, else an object of its elements and of its
/// attributes (`@name`); elements of one name become a list.
pub(crate) fn value(element: &Element) -> Value {
    let text = element.text();
    if element.elements().next().is_none() && element.attributes.is_empty() {
        return Value::String(text);
    }
    let mut map = Map::new();
    for (name, words) in &element.attributes {
        map.insert(format!("@{name}"), Value::String(words.clone()));
    }
    for child in element.elements() {
        let inner = value(child);
        match map.get_mut(&child.name) {
            Some(Value::Array(items)) => items.push(inner),
            Some(before) => *before = Value::Array(vec![before.take(), inner]),
            None => {
                map.insert(child.name.clone(), inner);
            }
        }
    }
    if !text.trim().is_empty() {
        map.insert("#text".to_owned(), Value::String(text));
    }
    Value::Object(map)
}

/// Reads a document and gives its outermost element.
pub(crate) fn parse(text: &str) -> Result<Element, IntakeError> {
    if text.len() > MAX_MIB << 20 {
        return Err(IntakeError::FileTooLarge { limit_mib: MAX_MIB });
    }
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    let mut left = MAX_NODES;
    loop {
        let event = reader.read_event().map_err(|_| IntakeError::XmlInvalid)?;
        left = left.checked_sub(1).ok_or(IntakeError::XmlInvalid)?;
        match event {
            Event::Start(tag) => {
                if open.len() > MAX_DEPTH {
                    return Err(IntakeError::XmlInvalid);
                }
                open.push(element(&tag)?);
            }
            Event::Empty(tag) => {
                let element = element(&tag)?;
                add(&mut open, Child::Element(element))?;
            }
            Event::End(_) => {
                let closed = open.pop().ok_or(IntakeError::XmlInvalid)?;
                add(&mut open, Child::Element(closed))?;
            }
            Event::Text(words) => add_text(&mut open, &words.xml10_content())?,
            Event::CData(words) => add_text(&mut open, &words.xml10_content())?,
            Event::GeneralRef(reference) => {
                let sign = match reference.resolve_char_ref() {
                    Ok(Some(sign)) => Some(sign),
                    _ => match &*reference.xml10_content() {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => None,
                    },
                };
                if let Some(sign) = sign {
                    add_text(&mut open, sign.encode_utf8(&mut [0; 4]))?;
                }
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let mut root = open
        .pop()
        .filter(|_| open.is_empty())
        .ok_or(IntakeError::XmlInvalid)?;
    let position = root
        .children
        .iter()
        .position(|child| matches!(child, Child::Element(_)));
    match position.map(|position| root.children.swap_remove(position)) {
        Some(Child::Element(element)) => Ok(element),
        _ => Err(IntakeError::XmlInvalid),
    }
}

fn element(tag: &BytesStart<'_>) -> Result<Element, IntakeError> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes().with_checks(false).take(200) {
        let attribute = attribute.map_err(|_| IntakeError::XmlInvalid)?;
        let name = String::from(attribute.key.local_name().as_ref());
        let value = html_escape::decode_html_entities(attribute.value.as_ref()).into_owned();
        attributes.push((name, value));
    }
    Ok(Element {
        name: String::from(tag.local_name().as_ref()),
        attributes,
        children: Vec::new(),
    })
}

fn add(open: &mut [Element], child: Child) -> Result<(), IntakeError> {
    let parent = open.last_mut().ok_or(IntakeError::XmlInvalid)?;
    parent.children.push(child);
    Ok(())
}

fn add_text(open: &mut [Element], words: &str) -> Result<(), IntakeError> {
    let parent = open.last_mut().ok_or(IntakeError::XmlInvalid)?;
    match parent.children.last_mut() {
        Some(Child::Text(text)) => text.push_str(words),
        _ => parent.children.push(Child::Text(words.to_owned())),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_prefixes_and_known_entities_are_signs() {
        let root =
            parse("<?xml version='1.0'?><a:b x:c='1 &amp; 2'>R&amp;D<d/>&#233;</a:b>").unwrap();
        assert_eq!(root.name, "b");
        assert_eq!(root.attribute("c"), Some("1 & 2"));
        assert_eq!(root.text(), "R&Dé");
        assert!(root.child("d").is_some());
    }

    #[test]
    fn entities_of_the_document_stay_unresolved() {
        let text = r#"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "yyyy">]>
            <a>[&x;&y;]</a>"#;
        assert_eq!(parse(text).unwrap().text(), "[]");
    }

    #[test]
    fn what_is_too_deep_or_broken_is_refused() {
        for text in [
            "<a>".repeat(50_000),
            "<a></b>".to_owned(),
            "<a".to_owned(),
            String::new(),
        ] {
            assert_eq!(parse(&text).unwrap_err().code(), "xml_invalid");
        }
    }
}
