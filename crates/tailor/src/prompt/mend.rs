//! The question for what the gate refused: once more, with the reason.

use career::{ClaimId, Draft, Profile};
use serde_json::json;

use super::reword::{schema, statements};
use super::{Item, Prompt, file, line};

const FILE: &str = include_str!("../../data/prompts/mend.txt");

/// A rewording that the gate refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The line it was for.
    pub claim: ClaimId,
    /// What was proposed.
    pub text: String,
    /// What was said against it.
    pub reasons: Vec<String>,
}

/// Asks once more for what was refused; `None` when that is nothing.
pub fn ask_mending(draft: &Draft, profile: &Profile, refused: &[Refused]) -> Option<Prompt> {
    let items: Vec<Item> = refused
        .iter()
        .filter_map(|refused| {
            let (section, claim) =
                statements(draft).find(|(_, claim)| claim.id == refused.claim)?;
            let mut content = line(section, claim, profile);
            content["refused"] = json!(refused.text);
            content["because"] = json!(refused.reasons);
            Some(Item {
                id: claim.id.0.clone(),
                content,
            })
        })
        .collect();
    let (version, system) = file(FILE);
    (!items.is_empty()).then(|| Prompt {
        version,
        system,
        ground: json!({}),
        items,
        list: "lines",
        schema: schema(),
        fields: vec!["sentences", "bullets"],
    })
}
