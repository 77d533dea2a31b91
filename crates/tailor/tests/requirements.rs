//! What the postings of the fixtures are read to ask for.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use career::RequirementKind;
use common::{posting, posting_of, postings};
use tailor::analyze;

fn texts(analysis: &career::Analysis, kind: RequirementKind) -> Vec<&str> {
    analysis
        .requirements
        .iter()
        .filter(|requirement| requirement.kind == kind)
        .map(|requirement| requirement.text.as_str())
        .collect()
}

#[test]
fn every_requirement_is_exactly_the_posting_s_words_at_its_span_and_none_is_doubled() {
    for (name, posting) in postings() {
        let analysis = analyze(&posting);
        assert!(!analysis.requirements.is_empty(), "{name} asks for nothing");
        let mut reached = 0;
        for requirement in &analysis.requirements {
            let (start, end) = requirement.span;
            assert_eq!(&posting.text[start..end], requirement.text, "{name}");
            assert!(
                start >= reached,
                "{name}: overlapping {:?}",
                requirement.text
            );
            assert!(
                requirement.weight > 0.0 && requirement.weight <= 1.0,
                "{name}"
            );
            reached = end;
        }
    }
}

#[test]
fn a_posting_with_headings_is_read_list_by_list_whatever_its_markup() {
    for page in [
        "jobs/pages/greenhouse.html",
        "jobs/pages/lever.html",
        "jobs/pages/plain_no_markup.html",
        "jobs/jsonld/graph.html",
    ] {
        let analysis = analyze(&posting(page));
        assert_eq!(
            texts(&analysis, RequirementKind::Must),
            [
                "4+ years with Linux in production",
                "Fluent in one of Go, Rust or Python",
                "Kubernetes operations experience, not only as a user",
                "Written and spoken English"
            ],
            "{page}"
        );
        assert_eq!(
            texts(&analysis, RequirementKind::Nice),
            ["Experience with PostGIS", "Open-source maintainership"],
            "{page}"
        );
        assert_eq!(texts(&analysis, RequirementKind::Duty).len(), 4, "{page}");
    }
}

#[test]
fn prose_gives_up_its_wishes_and_keeps_the_company_and_the_pay_to_itself() {
    let analysis = analyze(&posting("jobs/text/careerops_platform-agentic-hybrid.txt"));
    assert_eq!(
        texts(&analysis, RequirementKind::Must),
        [
            "Strong Python",
            "distributed-systems instincts",
            "prior work on eval/monitoring for ML or LLM systems"
        ]
    );
    let all: Vec<&str> = analysis
        .requirements
        .iter()
        .map(|requirement| requirement.text.as_str())
        .collect();
    assert!(!all.iter().any(|text| text.contains("$200k")));
    assert_eq!(analysis.seniority.as_deref(), Some("staff"));
}

#[test]
fn clauses_behind_an_inline_heading_are_musts_of_their_own() {
    let analysis = analyze(&posting("jobs/text/resume-matcher_backend-eng.txt"));
    let musts = texts(&analysis, RequirementKind::Must);
    assert_eq!(musts.len(), 5, "{musts:#?}");
    assert_eq!(musts[0], "4+ years of professional Python experience");
    assert_eq!(analysis.years, Some(4));
}

#[test]
fn german_headings_are_read_too() {
    let text = "Softwareentwickler (m/w/d)\n\nDeine Aufgaben\n- Entwicklung von Microservices mit Java\n\nDein Profil\n- Mindestens 3 Jahre Berufserfahrung mit Java\n- Gute Deutschkenntnisse und Englisch\n\nWir bieten\n- 30 Urlaubstage\n- Kubernetes-Schulungen\n";
    let analysis = analyze(&posting_of(text));
    assert_eq!(analysis.language, "de");
    assert_eq!(texts(&analysis, RequirementKind::Must).len(), 2);
    assert_eq!(
        texts(&analysis, RequirementKind::Duty),
        ["Entwicklung von Microservices mit Java"]
    );
    assert_eq!(analysis.requirements.len(), 3);
    assert_eq!(analysis.years, Some(3));
}

#[test]
fn a_posting_without_any_known_word_asks_for_nothing_and_does_not_fail() {
    for text in [
        "",
        "\n\n",
        "Hello there.",
        "- \n- \n",
        "Requirements:\n",
        "🦀;;;;—",
    ] {
        assert!(
            analyze(&posting_of(text)).requirements.is_empty(),
            "{text:?}"
        );
    }
}

#[test]
fn labels_of_the_page_around_a_posting_are_no_requirements() {
    let analysis = analyze(&posting("jobs/pages/linkedin_guest.html"));
    assert_eq!(analysis.requirements.len(), 10);
}

#[test]
fn an_overview_asks_only_where_no_list_does() {
    let overview = "About the role\n\nYou will run Kafka. Experience with Rust is required.\n";
    let alone = analyze(&posting_of(overview));
    assert_eq!(
        texts(&alone, RequirementKind::Must),
        ["Experience with Rust is required"]
    );
    assert_eq!(texts(&alone, RequirementKind::Duty).len(), 1);
    let lists = analyze(&posting_of(&format!(
        "{overview}\nRequirements\n\n- Two years with Go\n"
    )));
    assert_eq!(texts(&lists, RequirementKind::Must), ["Two years with Go"]);
    assert_eq!(lists.requirements.len(), 1);
}

#[test]
fn what_is_only_welcome_is_told_apart_inside_a_list_of_requirements() {
    let text = "What we ask for\n\n- Two years with Go\n- Kafka (nice to have)\n- Terraform is an asset\n- Strong SQL (PostgreSQL preferred)\n\nBonus points if you have\n\n- Nix\n";
    let analysis = analyze(&posting_of(text));
    assert_eq!(
        texts(&analysis, RequirementKind::Must),
        ["Two years with Go", "Strong SQL (PostgreSQL preferred)"]
    );
    assert_eq!(
        texts(&analysis, RequirementKind::Nice),
        ["Kafka (nice to have)", "Terraform is an asset", "Nix"]
    );
}
