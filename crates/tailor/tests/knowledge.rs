//! The built-in reader against the postings that experts marked, and against every truth.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod common;
#[path = "../examples/analyze/kinds.rs"]
mod kinds;
#[path = "../examples/analyze/lines.rs"]
mod lines;
#[path = "../examples/analyze/spans.rs"]
mod spans;

use std::fs;

use career::{Knowledge, KnowledgeKind, Posting};
use common::{fixture, posting_of, postings};
use tailor::analyze;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn named(text: &str) -> Vec<String> {
    let knowledge = analyze(&posting_of(text)).knowledge;
    knowledge.into_iter().map(|one| one.text).collect()
}

fn marked_postings() -> Vec<Posting> {
    let bytes = fs::read(fixture("jobs/marked/skillspan_dev_30.json")).unwrap();
    let file: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let ads = file["postings"].as_array().unwrap();
    ads.iter()
        .map(|ad| posting_of(ad["text"].as_str().unwrap()))
        .collect()
}

#[test]
fn knowledge_that_experts_marked_is_found_also_in_postings_held_out() {
    let file = fixture("jobs/marked/skillspan_dev_30.json");
    let scores = spans::score(&file, None, false).unwrap();
    let f1 = |half: &str, how: &str| scores[half][how]["f1"].as_f64().unwrap();
    assert!(f1("all", "overlap") >= 0.58, "{}", scores["all"]);
    assert!(f1("heldOut", "overlap") >= 0.52, "{}", scores["heldOut"]);
    assert!(f1("all", "strict") >= 0.46, "{}", scores["all"]);
}

#[test]
fn requirements_nice_to_haves_and_duties_of_every_truth_are_found_and_told_apart() {
    let mut files = Vec::new();
    for folder in ["pages", "jsonld", "documents"] {
        let entries = fs::read_dir(fixture("jobs").join(folder)).unwrap();
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    let scores = lines::score(&files, false).unwrap();
    assert!(scores["judged"].as_u64().unwrap() >= 16);
    for (kind, counts) in scores["kinds"].as_object().unwrap() {
        assert_eq!(counts["found"], counts["expected"], "{kind}");
        assert_eq!(counts["apart"], counts["expected"], "{kind}");
        assert_eq!(counts["tooMany"], 0, "{kind}");
    }
}

#[test]
fn every_span_is_exactly_the_posting_s_words_and_none_overlap() {
    let all = postings().into_iter().map(|(_, posting)| posting);
    for posting in all.chain(marked_postings()) {
        let mut reached = 0;
        for Knowledge { text, span, .. } in &analyze(&posting).knowledge {
            assert_eq!(&posting.text[span.0..span.1], text);
            assert!(span.0 >= reached && span.0 < span.1, "{text:?}");
            reached = span.1;
        }
    }
}

#[test]
fn a_list_of_requirements_gives_up_tools_fields_degrees_and_languages() {
    let text = "Requirements\n\n\
        - Bachelor's degree in Computer Science or related field\n\
        - 5+ years of experience with Rust, PostgreSQL and/or Kubernetes\n\
        - Solid understanding of dairy chemistry and powder processing\n\
        - SAP knowledge\n\
        - Fluent in English and German\n\
        - Excellent communication skills and a can-do attitude\n";
    assert_eq!(
        named(text),
        [
            "Bachelor's degree in Computer Science",
            "Rust",
            "PostgreSQL",
            "Kubernetes",
            "dairy chemistry",
            "powder processing",
            "SAP",
            "English",
            "German"
        ]
    );
}

#[test]
fn company_offer_and_application_name_nothing() {
    let text = "Data Engineer\n\nRequirements\n- Curiosity\n\nAbout us\nWe build Kafka and Spark pipelines.\n\n\
        What we offer\n- Free Python courses\n- German lessons\n\n\
        How to apply\nPlease send your CV and a copy of your Master's degree in English.\n";
    assert!(named(text).is_empty(), "{:?}", named(text));
}

#[test]
fn the_kinds_say_what_told_them() {
    let text = "Requirements\n- PhD in law\n- Experience with TypeScript\n- Fluent Danish\n";
    let kinds: Vec<KnowledgeKind> = analyze(&posting_of(text))
        .knowledge
        .iter()
        .map(|one| one.kind)
        .collect();
    let expected = [
        KnowledgeKind::Degree,
        KnowledgeKind::Skill,
        KnowledgeKind::Language,
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn strange_text_names_nothing_and_breaks_nothing() {
    for text in [
        "",
        "Requirements\n- \n",
        "Requirements\n- ( ( ( <X> , ; . \u{95} “”\n",
        "Requirements\n- experience with\n- knowledge of of of of of of of of of of of of of\n",
        "Requirements\n- 🦀🦀 with 🦀\n- degree in\n- degree in , or and\n",
    ] {
        let analysis = analyze(&posting_of(text));
        assert!(
            analysis.knowledge.len() <= 3,
            "{text:?}: {:?}",
            analysis.knowledge
        );
    }
}
