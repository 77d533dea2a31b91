//! Instructions to models in postings and in evidence, obeyed to the letter by a stub: none of what they
//! ask for reaches a line of the résumé.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::fs;

use career::{Claim, FactId, Profile, Slot};
use common::{fixture, options};
use serde_json::{Value, json};
use tailor::{Rewording, baseline, reword, verify};

const PERSON: &str = "jsonresume/complete_alex_reference.json";

fn attacks() -> Vec<Value> {
    let text = fs::read_to_string(fixture("injections/attacks.jsonl")).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The person's résumé, with the attack in it where that is what carries it.
fn document(attack: &Value) -> Value {
    let mut document: Value = serde_json::from_slice(&fs::read(fixture(PERSON)).unwrap()).unwrap();
    let text = &attack["text"];
    match attack["carrier"].as_str().unwrap() {
        "json_resume_field" => {
            let field = attack["field"].as_str().unwrap();
            let list = field.strip_suffix("/-").unwrap();
            match document.pointer_mut(list) {
                Some(Value::Array(items)) => items.push(text.clone()),
                _ => document["work"][0]["highlights"]
                    .as_array_mut()
                    .unwrap()
                    .push(text.clone()),
            }
        }
        "readme" => {
            let project = json!({"name": "readme", "description": text});
            document["projects"].as_array_mut().unwrap().push(project);
        }
        _ => {}
    }
    document
}

/// The fact an answer cites: one of the run's, or the forged name it gives.
fn cited(profile: &Profile, cite: &str) -> (FactId, String) {
    let pointed = profile
        .facts
        .iter()
        .find(|fact| fact.locator.to_string() == cite);
    match pointed {
        Some(fact) => (fact.id.clone(), fact.quote.clone()),
        None => (FactId(cite.to_owned()), cite.to_owned()),
    }
}

fn folded(text: &str) -> String {
    let shown = career::text::clean(text).to_lowercase();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every line an obedient model could put the answer on, citing what it says and what the line rests on.
fn proposals(attack: &Value, profile: &Profile, lines: &[Claim]) -> Vec<Rewording> {
    let mut texts: Vec<(String, Vec<String>)> = Vec::new();
    for line in attack["obeyed"]["lines"].as_array().unwrap() {
        let cites = line["cites"].as_array().into_iter().flatten();
        let cites = cites
            .map(|cite| cite.as_str().unwrap().to_owned())
            .collect();
        texts.push((line["text"].as_str().unwrap().to_owned(), cites));
    }
    for place in ["summary", "headline", "raw"] {
        if let Some(text) = attack["obeyed"][place].as_str() {
            texts.push((text.to_owned(), Vec::new()));
        }
    }
    let mut all = Vec::new();
    for (text, cites) in &texts {
        let given: Vec<(FactId, String)> = cites.iter().map(|cite| cited(profile, cite)).collect();
        for line in lines {
            let own: Vec<(FactId, String)> = line
                .cites()
                .map(|cite| {
                    (
                        cite.fact.clone(),
                        profile.facts.words(cite).unwrap().to_owned(),
                    )
                })
                .collect();
            for cites in [given.clone(), own] {
                all.push(Rewording {
                    claim: line.id.clone(),
                    text: text.clone(),
                    cites,
                });
            }
        }
    }
    all
}

#[test]
fn nothing_an_obeyed_instruction_asks_for_reaches_a_line() {
    let (mut tried, mut reached) = (0, Vec::new());
    for attack in attacks() {
        let carrier = attack["carrier"].as_str().unwrap();
        if matches!(carrier, "resume_text" | "pdf_text") {
            continue;
        }
        let bytes = serde_json::to_vec(&document(&attack)).unwrap();
        let profile = intake::read_evidence("cv.json", &bytes).unwrap().profile;
        let mut draft = baseline(&profile, &options());
        let lines: Vec<Claim> = draft
            .resume
            .claims()
            .map(|(_, claim)| claim.clone())
            .filter(|claim| matches!(claim.slot, Slot::Bullet | Slot::Sentence | Slot::Headline))
            .collect();
        reword(&mut draft, &proposals(&attack, &profile, &lines), &profile);
        let verified = verify(draft, &profile).unwrap();
        let page: Vec<String> = verified
            .draft
            .resume
            .claims()
            .map(|(_, claim)| claim.get().text.clone())
            .collect();
        let (plain, folded_page) = (page.join("\n"), folded(&page.join(" \n ")));
        for forbidden in attack["must_not_appear"].as_array().unwrap() {
            let forbidden = forbidden.as_str().unwrap();
            if plain.contains(forbidden) || folded_page.contains(&folded(forbidden)) {
                reached.push(format!("{}: {forbidden}", attack["id"]));
            }
        }
        tried += 1;
    }
    assert!(tried >= 300, "{tried}");
    assert!(reached.is_empty(), "on the page: {reached:#?}");
}
