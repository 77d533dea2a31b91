//! The question for other words of a draft's sentences and bullets.

use career::resume::AsClaim;
use career::{Analysis, Claim, Draft, Posting, Profile, SectionKind, Slot};
use serde_json::{Value, json};

use super::{Item, Prompt, cites, cites_of, facts_of, file, line, list_of, object, text, wishes};
use crate::reword::Rewording;

const FILE: &str = include_str!("../../data/prompts/reword.txt");
/// Lines asked about at most: answers stay short enough to arrive whole.
const LINES: usize = 40;

/// Asks for rewordings of a draft's sentences and bullets; `None` when it has none. No name, contact,
/// title or date is in it, and of the posting only what it asks for.
pub fn ask_rewordings(
    draft: &Draft,
    profile: &Profile,
    posting: &Posting,
    analysis: &Analysis,
) -> Option<Prompt> {
    let items: Vec<Item> = statements(draft)
        .take(LINES)
        .map(|(section, claim)| Item {
            id: claim.id.0.clone(),
            content: line(section, claim, profile),
        })
        .collect();
    if items.is_empty() {
        return None;
    }
    let (version, system) = file(FILE);
    Some(Prompt {
        version,
        system,
        ground: json!({"posting": wishes(posting, analysis)}),
        items,
        list: "lines",
        schema: schema(),
        fields: vec!["sentences", "bullets"],
    })
}

/// The lines that may stand in other words.
pub(super) fn statements(draft: &Draft) -> impl Iterator<Item = (SectionKind, &Claim)> {
    draft
        .resume
        .claims()
        .map(|(section, claim)| (section, claim.claim()))
        .filter(|(_, claim)| matches!(claim.slot, Slot::Bullet | Slot::Sentence))
}

pub(super) fn schema() -> Value {
    let line = object(&[("id", text()), ("text", text()), ("cites", cites())]);
    object(&[("lines", list_of(line))])
}

/// The rewordings in an answer. What is not of the form is left out: it says nothing that could be
/// checked.
pub fn rewordings(answer: &Value, draft: &Draft, profile: &Profile) -> Vec<Rewording> {
    let lines = answer["lines"].as_array().map(Vec::as_slice);
    lines
        .unwrap_or_default()
        .iter()
        .filter_map(|line| rewording(line, draft, profile))
        .collect()
}

pub(super) fn rewording(line: &Value, draft: &Draft, profile: &Profile) -> Option<Rewording> {
    let id = line["id"].as_str()?;
    let (_, claim) = statements(draft).find(|(_, claim)| claim.id.0 == id)?;
    Some(Rewording {
        claim: claim.id.clone(),
        text: line["text"].as_str()?.to_owned(),
        cites: cites_of(line, &facts_of(claim, profile))?,
    })
}
