//! What counts as an answer, and what does not.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use career::{Match, PartialDate, Profile};
use common::{options, posting_of, profile};
use tailor::{analyze, generate, match_profile};

fn matches(profile: &Profile, wish: &str) -> Vec<Match> {
    let analysis = analyze(&posting_of(&format!("Requirements\n- {wish}\n")));
    assert_eq!(analysis.requirements.len(), 1, "{wish}");
    match_profile(profile, &analysis, options().today)
}

fn reasons(profile: &Profile, wish: &str) -> Vec<String> {
    matches(profile, wish)
        .into_iter()
        .flat_map(|found| found.why)
        .collect()
}

#[test]
fn a_synonym_answers_as_well_as_the_name_and_what_implies_it_less_well() {
    let jane = profile("jsonresume/complete_jane.json");
    let best = |wish| matches(&jane, wish).first().map(|found| found.score);
    assert_eq!(
        best("Experience with k8s"),
        best("Experience with Kubernetes")
    );
    assert!(best("Experience with SQL") < best("Experience with PostgreSQL"));
    assert!(reasons(&jane, "Experience with SQL").contains(&"SQL (PostgreSQL)".to_owned()));
}

#[test]
fn words_that_fit_any_posting_answer_nothing() {
    let jane = profile("jsonresume/complete_jane.json");
    for wish in [
        "Experience working in a great company with strong people",
        "A good engineer who will build systems for the business",
        "Experience with welding",
        "Own the production environment of our product",
    ] {
        assert_eq!(reasons(&jane, wish), Vec::<String>::new(), "{wish}");
    }
}

#[test]
fn years_count_only_when_the_dates_suffice_and_the_work_is_to_the_point() {
    let jane = profile("jsonresume/complete_jane.json");
    assert!(reasons(&jane, "7+ years of software engineering").contains(&"8 years".to_owned()));
    assert!(reasons(&jane, "15+ years of software engineering").is_empty());
    assert!(reasons(&jane, "5+ years as a nurse").is_empty());
    let analysis = analyze(&posting_of(
        "Requirements\n- 7+ years of software engineering\n",
    ));
    let earlier = PartialDate::parse("2022-01").unwrap();
    assert!(
        match_profile(&jane, &analysis, earlier).is_empty(),
        "what is not yet lived does not count"
    );
}

#[test]
fn a_higher_degree_answers_a_lower_one_and_not_the_other_way_round() {
    let maya = profile("jsonresume/new_grad_maya.json");
    assert!(!reasons(&maya, "Bachelor's degree").is_empty());
    assert!(reasons(&maya, "PhD required").is_empty());
    let jane = profile("jsonresume/complete_jane.json");
    assert_eq!(reasons(&jane, "Bachelor's degree").len(), 2);
}

#[test]
fn only_the_part_of_a_fact_that_answers_is_named() {
    let jane = profile("jsonresume/complete_jane.json");
    let found = matches(&jane, "Experience mentoring");
    let summary = jane.summary[0].fact();
    let span = found
        .iter()
        .find(|found| found.fact == *summary)
        .unwrap()
        .spans[0];
    assert!(jane.facts.get(summary).unwrap().quote[span.0..span.1].starts_with("Love solving"));
}

#[test]
fn a_beginner_shows_education_first_and_an_english_profile_stays_english() {
    let maya = profile("jsonresume/new_grad_maya.json");
    let analysis = analyze(&posting_of(
        "Dein Profil\n- Mindestens 3 Jahre Berufserfahrung mit Python und mit Datenbanken\n- Gute Kenntnisse der deutschen Sprache\n",
    ));
    assert_eq!(analysis.language, "de");
    let found = match_profile(&maya, &analysis, options().today);
    let draft = generate(&maya, &analysis, &found, &options());
    assert_eq!(draft.resume.language, "en");
    let kinds: Vec<_> = draft
        .resume
        .sections
        .iter()
        .map(|section| section.kind.as_str())
        .collect();
    assert_eq!(kinds[..3], ["summary", "education", "work"]);
    let head: Vec<&str> = draft
        .resume
        .head
        .iter()
        .map(|claim| claim.text.as_str())
        .collect();
    assert!(
        !head
            .iter()
            .any(|line| line.contains("Maple") || line.contains("98105")),
        "no street, no postal code"
    );
}

#[test]
fn a_wish_for_a_line_of_work_is_answered_by_having_done_it() {
    let jane = profile("jsonresume/complete_jane.json");
    assert!(
        reasons(&jane, "Strong generalist engineering")
            .contains(&"Senior Software Engineer".to_owned())
    );
    assert!(reasons(&jane, "Strong generalist nursing skill").is_empty());
}
