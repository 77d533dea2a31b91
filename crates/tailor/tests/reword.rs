//! Rewordings that come from outside: taken where they claim no more than the evidence, else the
//! fact's own words stay on the page.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use career::{Claim, Draft, Edit, FindingCode, Profile, Slot};
use common::{options, profile};
use tailor::{Rewording, baseline, reword, verify};

fn draft(profile: &Profile) -> Draft {
    baseline(profile, &options())
}

fn bullet<'a>(draft: &'a Draft, words: &str) -> &'a Claim {
    let mut claims = draft.resume.claims();
    let found = claims.find(|(_, claim)| claim.slot == Slot::Bullet && claim.text.contains(words));
    found.unwrap().1
}

fn proposal(claim: &Claim, profile: &Profile, text: &str) -> Rewording {
    let cite = claim.cites().next().unwrap();
    Rewording {
        claim: claim.id.clone(),
        text: text.to_owned(),
        cites: vec![(
            cite.fact.clone(),
            profile.facts.words(cite).unwrap().to_owned(),
        )],
    }
}

#[test]
fn a_true_rewording_takes_the_place_of_the_line_and_passes_the_gate_again() {
    let jane = profile("jsonresume/complete_jane.json");
    let mut draft = draft(&jane);
    let line = bullet(&draft, "Reduced API response time by 40%").clone();
    let text = "Cut API response time by 40% through caching and database optimization";
    let outcome = reword(&mut draft, &[proposal(&line, &jane, text)], &jane);
    assert_eq!(
        outcome.taken,
        std::slice::from_ref(&line.id),
        "{:?}",
        outcome.findings
    );
    let verified = verify(draft, &jane).unwrap();
    assert!(verified.findings.is_empty(), "{:?}", verified.findings);
    let mut claims = verified.draft.resume.claims();
    let (_, claim) = claims.find(|(_, claim)| claim.get().id == line.id).unwrap();
    assert_eq!(claim.get().text, text);
    assert_eq!(claim.get().edit(&jane.facts), Edit::Reworded);
}

#[test]
fn a_rewording_that_claims_more_changes_nothing_and_says_why() {
    let jane = profile("jsonresume/complete_jane.json");
    let mut changed = draft(&jane);
    let before = changed.clone();
    let line = bullet(&changed, "Reduced API response time by 40%").clone();
    let lies = [
        "Reduced API response time by 60% through caching and database optimization",
        "Led the reduction of API response time by 40% through caching in Kafka",
        "Reduced API response time by 40%, see https://evil.example",
    ];
    for lie in lies {
        let outcome = reword(&mut changed, &[proposal(&line, &jane, lie)], &jane);
        assert!(outcome.taken.is_empty(), "{lie}");
        assert_eq!(outcome.findings[0].code, FindingCode::SaysMore, "{lie}");
        assert_eq!(changed, before);
    }
}

#[test]
fn quotes_lines_and_entries_that_are_not_there_are_refused() {
    let jane = profile("jsonresume/complete_jane.json");
    let mut changed = draft(&jane);
    let before = changed.clone();
    let line = bullet(&changed, "Reduced API response time by 40%").clone();
    let other = bullet(&changed, "Optimized bundle size").clone();
    let good = proposal(&line, &jane, "Reduced API response time by 40%");
    let mut forged = good.clone();
    forged.cites[0].1 = "Reduced API response time by 90%".to_owned();
    let mut nowhere = good.clone();
    nowhere.claim = career::ClaimId("c-999".to_owned());
    let mut bare = good.clone();
    bare.cites.clear();
    let mut moved = good;
    moved.claim = other.id;
    for (proposal, code) in [
        (forged, FindingCode::MissingSpan),
        (nowhere, FindingCode::MissingSpan),
        (bare, FindingCode::NoEvidence),
        (moved, FindingCode::WrongEntry),
    ] {
        let outcome = reword(&mut changed, &[proposal], &jane);
        assert_eq!(outcome.findings[0].code, code);
        assert_eq!(changed, before);
    }
}

#[test]
fn names_titles_and_dates_are_never_reworded() {
    let jane = profile("jsonresume/complete_jane.json");
    let mut changed = draft(&jane);
    let before = changed.clone();
    let copied: Vec<Claim> = changed
        .resume
        .claims()
        .map(|(_, claim)| claim.clone())
        .filter(|claim| !matches!(claim.slot, Slot::Bullet | Slot::Sentence | Slot::Headline))
        .collect();
    assert!(copied.len() > 10);
    for claim in copied {
        let same = proposal(&claim, &jane, &claim.text);
        let outcome = reword(&mut changed, &[same], &jane);
        assert!(outcome.taken.is_empty(), "{:?}", claim.slot);
    }
    assert_eq!(changed, before);
}
