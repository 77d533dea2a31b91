//! What a language model is asked, and what is taken of its answer. A model proposes; the gate decides.

use career::resume::AsClaim;
use career::{Analysis, Claim, ClaimId, Draft, FactId, Posting, Profile, SectionKind, Slot};
use serde_json::{Value, json};

use crate::reword::Rewording;

/// The prompt for rewordings. Its first line names it and counts its versions: a change of the words
/// is a new version, so that answers kept for another one are not used.
const REWORD: &str = include_str!("../data/prompts/reword.txt");

/// Lines asked about at once, at most: answers stay short enough to arrive whole.
const LINES: usize = 40;
/// Requirements told, at most.
const REQUIREMENTS: usize = 40;

/// A question to a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// Which prompt it is, `reword 1`.
    pub version: String,
    /// What it is to do.
    pub system: String,
    /// What it is to do it with.
    pub material: Value,
    /// The form of its answer, as JSON Schema.
    pub schema: Value,
    /// Which kinds of the person's data are in it.
    pub fields: Vec<&'static str>,
}

/// Asks for rewordings of a draft's sentences and bullets; `None` when it has none. No name, contact,
/// title or date is in it, and of the posting only what it asks for.
pub fn ask_rewordings(
    draft: &Draft,
    profile: &Profile,
    posting: &Posting,
    analysis: &Analysis,
) -> Option<Prompt> {
    let (head, system) = REWORD.split_once('\n').unwrap_or_default();
    let asked: Vec<(SectionKind, &Claim)> = draft
        .resume
        .claims()
        .map(|(section, claim)| (section, claim.claim()))
        .filter(|(_, claim)| matches!(claim.slot, Slot::Bullet | Slot::Sentence))
        .take(LINES)
        .collect();
    if asked.is_empty() {
        return None;
    }
    let lines: Vec<Value> = asked
        .iter()
        .map(|(section, claim)| {
            let facts: Vec<Value> = claim
                .facts()
                .into_iter()
                .filter_map(|id| profile.facts.get(id))
                .map(|fact| json!({"id": fact.id.0, "quote": fact.quote}))
                .collect();
            json!({"id": claim.id.0, "section": section.as_str(), "text": claim.text, "facts": facts})
        })
        .collect();
    let wishes: Vec<&str> = analysis
        .requirements
        .iter()
        .map(|requirement| requirement.text.as_str())
        .take(REQUIREMENTS)
        .collect();
    let material = json!({
        "posting": {"title": posting.title, "language": posting.language, "asks_for": wishes},
        "lines": lines,
    });
    Some(Prompt {
        version: head.trim_start_matches('#').trim().to_owned(),
        system: system.trim().to_owned(),
        material,
        schema: schema(),
        fields: vec!["sentences", "bullets"],
    })
}

fn schema() -> Value {
    let text = json!({"type": "string"});
    let cite = json!({
        "type": "object",
        "properties": {"fact": text, "quote": text},
        "required": ["fact", "quote"],
        "additionalProperties": false,
    });
    let line = json!({
        "type": "object",
        "properties": {"id": text, "text": text, "cites": {"type": "array", "items": cite}},
        "required": ["id", "text", "cites"],
        "additionalProperties": false,
    });
    json!({
        "type": "object",
        "properties": {"lines": {"type": "array", "items": line}},
        "required": ["lines"],
        "additionalProperties": false,
    })
}

/// The rewordings in an answer. What is not of the form is left out: it says nothing that could be
/// checked.
pub fn rewordings(answer: &Value) -> Vec<Rewording> {
    let lines = answer["lines"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    lines.iter().filter_map(rewording).collect()
}

fn rewording(line: &Value) -> Option<Rewording> {
    let cites = line["cites"].as_array()?;
    let cites: Option<Vec<(FactId, String)>> = cites
        .iter()
        .map(|cite| {
            let fact = cite["fact"].as_str()?.to_owned();
            Some((FactId(fact), cite["quote"].as_str()?.to_owned()))
        })
        .collect();
    Some(Rewording {
        claim: ClaimId(line["id"].as_str()?.to_owned()),
        text: line["text"].as_str()?.to_owned(),
        cites: cites?,
    })
}
