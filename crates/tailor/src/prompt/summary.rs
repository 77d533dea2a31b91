//! The question for a summary, where the person has written none.

use career::{Analysis, Claim, Draft, FactId, Posting, Profile, SectionKind};
use serde_json::{Value, json};

use super::reword::statements;
use super::{Item, Prompt, cites, cites_of, facts_of, file, list_of, object, text, wishes};
use crate::reword::Sentence;
use crate::tongues::Tongues;

const FILE: &str = include_str!("../../data/prompts/summary.txt");
/// Facts told at most.
const FACTS: usize = 30;
/// Sentences taken at most.
const SENTENCES: usize = 3;

/// Asks for a summary; `None` when the draft has one, or nothing to sum up. Facts are told without
/// names of employers and dates: those stand below, copied.
pub fn ask_summary(
    draft: &Draft,
    profile: &Profile,
    posting: &Posting,
    analysis: &Analysis,
) -> Option<Prompt> {
    let mut sections = draft.resume.sections.iter();
    let facts = facts(draft, profile);
    if facts.is_empty() || sections.any(|section| section.kind == SectionKind::Summary) {
        return None;
    }
    let mut entries = Vec::new();
    let told: Vec<Value> = facts
        .iter()
        .zip(1..)
        .map(|((entry, _, quote), number)| {
            let place = entries.iter().position(|known| known == entry);
            let place = place.unwrap_or_else(|| {
                entries.push(entry.clone());
                entries.len() - 1
            });
            json!({"id": super::fact_name(number), "entry": place + 1, "quote": quote})
        })
        .collect();
    let mut ground = json!({"posting": wishes(posting, analysis)});
    if let Some(language) = language_of(draft, profile) {
        ground["language"] = json!(language);
    }
    let (version, system) = file(FILE);
    let sentence = object(&[("text", text()), ("cites", cites())]);
    Some(Prompt {
        version,
        system,
        ground,
        items: vec![Item {
            id: "summary".to_owned(),
            content: json!({"facts": told}),
        }],
        list: "summaries",
        schema: object(&[("sentences", list_of(sentence))]),
        fields: vec!["sentences", "bullets"],
    })
}

/// The résumé's language, where some of its statements are in it: words in another than their evidence's
/// would be refused.
fn language_of<'a>(draft: &'a Draft, profile: &Profile) -> Option<&'a str> {
    let language = draft.resume.language.as_str();
    let tongues = Tongues::of(profile, Some(language));
    let mut entries = statements(draft).filter(|(_, claim)| claim.entry.is_some());
    let is_in = |claim: &Claim| {
        claim
            .facts()
            .iter()
            .any(|fact| tongues.is_in(fact, language))
    };
    entries.any(|(_, claim)| is_in(claim)).then_some(language)
}

/// The facts behind the draft's statements, each once: entry, fact, words. Where some are in the résumé's
/// language, those in others are left out.
fn facts<'a>(draft: &'a Draft, profile: &'a Profile) -> Vec<(String, &'a FactId, &'a str)> {
    let language = language_of(draft, profile);
    let tongues = Tongues::of(profile, language);
    let foreign = |claim: &Claim| language.is_some_and(|tag| tongues.is_foreign(claim, tag));
    let mut facts: Vec<(String, &FactId, &str)> = Vec::new();
    for (_, claim) in statements(draft).filter(|(_, claim)| !foreign(claim)) {
        let Some(entry) = &claim.entry else { continue };
        for (id, quote) in facts_of(claim, profile) {
            if facts.len() < FACTS && !facts.iter().any(|(_, known, _)| *known == id) {
                facts.push((entry.0.clone(), id, quote));
            }
        }
    }
    facts
}

/// The sentences in an answer. What is not of the form is left out.
pub fn sentences(answer: &Value, draft: &Draft, profile: &Profile) -> Vec<Sentence> {
    let facts: Vec<(&FactId, &str)> = facts(draft, profile)
        .into_iter()
        .map(|(_, id, quote)| (id, quote))
        .collect();
    let told = answer["sentences"].as_array().map(Vec::as_slice);
    let sentence = |told: &Value| {
        Some(Sentence {
            text: told["text"].as_str()?.to_owned(),
            cites: cites_of(told, &facts)?,
        })
    };
    let told = told.unwrap_or_default().iter();
    told.filter_map(sentence).take(SENTENCES).collect()
}
