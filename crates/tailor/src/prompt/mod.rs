//! What a language model is asked, and what is taken of its answer. A model proposes; the gate decides.

mod arriving;
mod headline;
mod mend;
mod read;
mod reword;
mod summary;

use career::{Analysis, Claim, FactId, Posting, Profile, SectionKind};
use serde_json::{Value, json};

pub use arriving::Arriving;
pub use headline::{ask_headline, headline_of};
pub use mend::{Refused, ask_mending};
pub use read::{analysis_of, ask_reading};
pub use reword::{ask_rewordings, rewordings};
pub use summary::{ask_summary, sentences};

/// Requirements told, at most.
const REQUIREMENTS: usize = 40;

/// A question to a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// Which prompt it is, `reword 1`.
    pub version: String,
    /// What it is to do.
    pub system: String,
    /// What holds for all of its items.
    pub ground: Value,
    /// What it is to do it with, one by one: each can be asked and kept for itself.
    pub items: Vec<Item>,
    /// The name of the list of items in the material.
    pub list: &'static str,
    /// The form of its answer, as JSON Schema.
    pub schema: Value,
    /// Which kinds of the person's data are in it.
    pub fields: Vec<&'static str>,
}

/// One part of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// How the answer names it.
    pub id: String,
    /// Its content, without the id.
    pub content: Value,
}

impl Prompt {
    /// The material for these items.
    pub fn material(&self, items: &[&Item]) -> Value {
        let named = items.iter().map(|item| {
            let mut content = item.content.clone();
            if let Value::Object(fields) = &mut content {
                fields.insert("id".to_owned(), Value::String(item.id.clone()));
            }
            content
        });
        let mut material = self.ground.clone();
        if let Value::Object(fields) = &mut material {
            fields.insert(self.list.to_owned(), named.collect());
        }
        material
    }
}

/// Version and words of a prompt file: its first line names it and counts its versions, so that
/// answers kept for other words are not used.
fn file(text: &str) -> (String, String) {
    let (head, words) = text.split_once('\n').unwrap_or_default();
    let version = head.trim_start_matches('#').trim().to_owned();
    (version, words.trim().to_owned())
}

/// The posting as a model gets it: its title and what it asks for, nothing else.
fn wishes(posting: &Posting, analysis: &Analysis) -> Value {
    let asks: Vec<&str> = analysis
        .requirements
        .iter()
        .map(|requirement| requirement.text.as_str())
        .take(REQUIREMENTS)
        .collect();
    json!({"title": posting.title, "language": posting.language, "asks_for": asks})
}

/// A line with its evidence. Facts are named by their place in the line, so that the same line is the
/// same question whatever else the profile holds.
fn line(section: SectionKind, claim: &Claim, profile: &Profile) -> Value {
    let quotes: Vec<Value> = facts_of(claim, profile)
        .into_iter()
        .zip(1..)
        .map(|((_, quote), number)| json!({"id": fact_name(number), "quote": quote}))
        .collect();
    json!({"section": section.as_str(), "text": claim.text, "facts": quotes})
}

/// The facts behind a line, in their order, with their words.
fn facts_of<'a>(claim: &'a Claim, profile: &'a Profile) -> Vec<(&'a FactId, &'a str)> {
    let known = |id: &'a FactId| Some((id, profile.facts.get(id)?.quote.as_str()));
    claim.facts().into_iter().filter_map(known).collect()
}

fn fact_name(number: usize) -> String {
    format!("f{number}")
}

/// The cites of an answer: facts by their place, and quotes.
fn cites_of(answer: &Value, facts: &[(&FactId, &str)]) -> Option<Vec<(FactId, String)>> {
    let cite = |cite: &Value| {
        let name = cite["fact"].as_str()?;
        let place: usize = name.strip_prefix('f')?.parse().ok()?;
        let (fact, _) = facts.get(place.checked_sub(1)?)?;
        Some(((*fact).clone(), cite["quote"].as_str()?.to_owned()))
    };
    answer["cites"].as_array()?.iter().map(cite).collect()
}

/// JSON Schema of an object all of whose fields are required.
fn object(fields: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let properties: serde_json::Map<String, Value> = fields
        .iter()
        .map(|(name, form)| ((*name).to_owned(), form.clone()))
        .collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": names,
        "additionalProperties": false,
    })
}

fn text() -> Value {
    json!({"type": "string"})
}

fn list_of(form: Value) -> Value {
    json!({"type": "array", "items": form})
}

fn cites() -> Value {
    list_of(object(&[("fact", text()), ("quote", text())]))
}
