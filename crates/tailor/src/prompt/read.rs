//! The question what a posting asks for. Nothing personal is in it, so that its answer can be shared.

use career::{Analysis, Posting, Requirement, RequirementKind};
use serde_json::{Value, json};

use super::{Item, Prompt, file, list_of, object, text};
use crate::analyze::analysis_from;

const FILE: &str = include_str!("../../data/prompts/read.txt");
/// Requirements taken of an answer at most.
const TAKEN: usize = 80;
/// A quote longer than that is a section, not a requirement. In bytes.
const LONGEST: usize = 600;

/// Asks what the posting asks for. What it hides from readers or tells to models is not in its text.
pub fn ask_reading(posting: &Posting) -> Prompt {
    let (version, system) = file(FILE);
    let kinds = json!({"type": "string", "enum": ["must", "nice", "duty"]});
    let requirement = object(&[("quote", text()), ("kind", kinds)]);
    Prompt {
        version,
        system,
        ground: json!({}),
        items: vec![Item {
            id: "posting".to_owned(),
            content: json!({"title": posting.title, "text": posting.text}),
        }],
        list: "postings",
        schema: object(&[("requirements", list_of(requirement))]),
        fields: vec!["posting.text"],
    }
}

/// The analysis an answer makes, on top of the built-in one: every requirement has its exact place in
/// the text, and whatever the built-in reader found insisted on and the model left out stays. `None`
/// when the answer has too little to stand on.
pub fn analysis_of(answer: &Value, posting: &Posting, built_in: &Analysis) -> Option<Analysis> {
    let text = posting.text.as_str();
    let mut found: Vec<((usize, usize), RequirementKind)> = Vec::new();
    let mut from = 0;
    for told in answer["requirements"].as_array()?.iter().take(TAKEN) {
        let Some(span) = told["quote"]
            .as_str()
            .and_then(|quote| place(text, quote, from))
        else {
            continue;
        };
        let kind = match told["kind"].as_str() {
            Some("must") => RequirementKind::Must,
            Some("nice") => RequirementKind::Nice,
            Some("duty") => RequirementKind::Duty,
            _ => continue,
        };
        let overlaps = |known: &(usize, usize)| known.0 < span.1 && span.0 < known.1;
        if !found.iter().any(|(known, _)| overlaps(known)) {
            found.push((span, kind));
            from = span.1;
        }
    }
    if found.len() * 2 < built_in.requirements.len().min(TAKEN) {
        return None;
    }
    let missed = |requirement: &&Requirement| {
        requirement.kind == RequirementKind::Must
            && !found
                .iter()
                .any(|((start, end), _)| *start < requirement.span.1 && requirement.span.0 < *end)
    };
    let kept: Vec<_> = built_in
        .requirements
        .iter()
        .filter(missed)
        .map(|requirement| (requirement.span, requirement.kind))
        .collect();
    found.extend(kept);
    found.sort_by_key(|(span, _)| *span);
    Some(analysis_from(posting, found, built_in.knowledge.clone()))
}

/// Where a quote stands: behind the one before it, else anywhere.
fn place(text: &str, quote: &str, from: usize) -> Option<(usize, usize)> {
    let quote = quote.trim();
    if quote.is_empty() || quote.len() > LONGEST {
        return None;
    }
    let behind = text.get(from..).and_then(|rest| rest.find(quote));
    let start = behind.map(|at| at + from).or_else(|| text.find(quote))?;
    Some((start, start + quote.len()))
}

#[cfg(test)]
mod tests {
    use career::ContentHash;

    use super::*;
    use crate::analyze;

    fn posting() -> Posting {
        let text =
            "Requirements\n- Five years of Rust\n- PostgreSQL in production\n\nWelcome\n- Kafka\n";
        Posting::of_text(ContentHash::of(text.as_bytes()), text.to_owned())
    }

    fn told(pairs: &[(&str, &str)]) -> Value {
        let list: Vec<Value> = pairs
            .iter()
            .map(|(quote, kind)| json!({"quote": quote, "kind": kind}))
            .collect();
        json!({"requirements": list})
    }

    #[test]
    fn quotes_become_requirements_at_their_place_and_inventions_do_not() {
        let posting = posting();
        let answer = told(&[
            ("Five years of Rust", "must"),
            ("Ten years of COBOL", "must"),
            ("Kafka", "nice"),
        ]);
        let analysis = analysis_of(&answer, &posting, &analyze(&posting)).unwrap();
        for requirement in &analysis.requirements {
            let (start, end) = requirement.span;
            assert_eq!(requirement.text, posting.text[start..end]);
        }
        let texts: Vec<&str> = analysis
            .requirements
            .iter()
            .map(|one| one.text.as_str())
            .collect();
        assert!(texts.contains(&"Five years of Rust") && texts.contains(&"Kafka"));
        assert!(!texts.iter().any(|text| text.contains("COBOL")));
        assert_eq!(analysis.years, Some(5));
    }

    #[test]
    fn what_is_insisted_on_stays_though_the_model_left_it_out() {
        let posting = posting();
        let answer = told(&[("Five years of Rust", "must"), ("Kafka", "nice")]);
        let analysis = analysis_of(&answer, &posting, &analyze(&posting)).unwrap();
        let mut texts = analysis.requirements.iter().map(|one| one.text.as_str());
        assert!(texts.any(|text| text.contains("PostgreSQL")));
    }

    #[test]
    fn an_answer_without_substance_is_not_taken() {
        let posting = posting();
        let built_in = analyze(&posting);
        for answer in [
            told(&[]),
            told(&[("nothing of it", "must")]),
            json!({}),
            json!(null),
        ] {
            assert!(analysis_of(&answer, &posting, &built_in).is_none());
        }
    }
}
