//! What must hold for every profile with every posting.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use career::{Analysis, ClaimId, Cut, Draft, Match, RequirementKind, Resume, Slot};
use common::{options, postings, profiles};
use tailor::{analyze, baseline, coverage, explain, generate, match_profile, verify};

/// The ids of the lines that answer something, and of those that answer a must.
fn answering(
    resume: &Resume,
    profile: &career::Profile,
    posting: &career::Posting,
    analysis: &Analysis,
    matches: &[Match],
) -> (BTreeSet<String>, BTreeSet<String>) {
    let draft = Draft {
        resume: resume.clone(),
        cut_order: Vec::new(),
        page_budget: 1,
    };
    let verified = verify(draft, profile).unwrap();
    let explained = explain(
        &verified.draft.resume,
        profile,
        posting,
        analysis,
        matches,
        1,
        Vec::new(),
    );
    let kinds: BTreeMap<&str, RequirementKind> = analysis
        .requirements
        .iter()
        .map(|requirement| (requirement.id.0.as_str(), requirement.kind))
        .collect();
    let any = explained
        .lines
        .iter()
        .filter(|line| !line.requirements.is_empty());
    let must = explained.lines.iter().filter(|line| {
        line.requirements
            .iter()
            .any(|id| kinds[id.as_str()] == RequirementKind::Must)
    });
    (
        any.map(|line| line.id.clone()).collect(),
        must.map(|line| line.id.clone()).collect(),
    )
}

/// How many lines remain after each number of cuts.
fn sizes(draft: &Draft) -> Vec<usize> {
    (0..=draft.cut_order.len())
        .map(|cuts| {
            draft
                .resume
                .without(&draft.cut_order[..cuts])
                .claims()
                .count()
        })
        .collect()
}

#[test]
fn every_line_of_every_pair_passes_the_gate_and_the_same_input_gives_the_same_draft() {
    for (name, profile) in profiles() {
        for (job, posting) in postings() {
            let analysis = analyze(&posting);
            assert_eq!(analysis, analyze(&posting));
            let matches = match_profile(&profile, &analysis, options().today);
            assert_eq!(matches, match_profile(&profile, &analysis, options().today));
            let draft = generate(&profile, &analysis, &matches, &options());
            assert_eq!(draft, generate(&profile, &analysis, &matches, &options()));
            let verified = verify(draft, &profile).unwrap();
            assert_eq!(verified.findings, [], "{name} × {job}");
            let plain = verify(baseline(&profile, &options()), &profile).unwrap();
            assert_eq!(plain.findings, [], "{name}");
        }
    }
}

#[test]
fn the_tailored_page_never_covers_less_than_the_source_order_cut_to_as_many_lines() {
    for (name, profile) in profiles() {
        let plain = baseline(&profile, &options());
        let plain_sizes = sizes(&plain);
        for (job, posting) in postings() {
            let analysis = analyze(&posting);
            let matches = match_profile(&profile, &analysis, options().today);
            let draft = generate(&profile, &analysis, &matches, &options());
            let backable = coverage(&draft.resume, &analysis, &matches).backable();
            let sizes = sizes(&draft);
            let of = |draft: &Draft, sizes: &[usize], lines: usize| {
                // The fewest cuts after which at most so many lines remain.
                let cuts = sizes.iter().position(|size| *size <= lines)?;
                let kept = draft.resume.without(&draft.cut_order[..cuts]);
                Some(coverage(&kept, &analysis, &matches).covered())
            };
            for lines in [12, 20, 30, 45, 60] {
                let (Some(tailored), Some(plain)) =
                    (of(&draft, &sizes, lines), of(&plain, &plain_sizes, lines))
                else {
                    continue;
                };
                assert!(
                    tailored >= plain,
                    "{name} × {job}: {tailored} < {plain} in {lines} lines"
                );
                if lines >= 45 {
                    assert!(
                        tailored > plain || tailored == backable || plain == backable,
                        "{name} × {job}: {tailored} of {backable} as plain {plain} in {lines} lines"
                    );
                }
            }
            assert_eq!(
                coverage(&draft.resume, &analysis, &matches).covered(),
                backable,
                "{name} × {job}: what answers must be in the draft"
            );
        }
    }
}

#[test]
fn no_line_that_answers_a_must_gives_way_while_one_that_answers_nothing_remains() {
    for (name, profile) in profiles() {
        for (job, posting) in postings() {
            let analysis = analyze(&posting);
            let matches = match_profile(&profile, &analysis, options().today);
            let draft = generate(&profile, &analysis, &matches, &options());
            let (any, must) = answering(&draft.resume, &profile, &posting, &analysis, &matches);
            let answers = |claim: &ClaimId, set: &BTreeSet<String>| set.contains(&claim.0);
            let first = draft.cut_order.iter().position(|cut| match cut {
                Cut::Line { claim } => answers(claim, &must),
                Cut::Block { block } => draft
                    .resume
                    .sections
                    .iter()
                    .flat_map(|section| &section.blocks)
                    .filter(|other| other.id == *block)
                    .flat_map(|block| &block.header)
                    .any(|claim| answers(&claim.id, &must)),
            });
            let Some(first) = first else { continue };
            let rest = draft.resume.without(&draft.cut_order[..first]);
            for block in rest.sections.iter().flat_map(|section| &section.blocks) {
                for line in &block.lines {
                    assert!(
                        answers(&line.id, &any),
                        "{name} × {job}: {:?} outlives a must",
                        line.text
                    );
                }
                let all = block.header.iter().chain(&block.lines);
                assert!(
                    all.into_iter().any(|claim| answers(&claim.id, &any)),
                    "{name} × {job}: {:?}",
                    block.id
                );
            }
            for claim in &rest.head {
                let anchored = matches!(claim.slot, Slot::Name | Slot::Contact);
                assert!(
                    anchored || answers(&claim.id, &any),
                    "{name} × {job}: {:?}",
                    claim.text
                );
            }
        }
    }
}

#[test]
fn cuts_name_each_line_once_and_a_block_only_after_its_lines() {
    for (name, profile) in profiles() {
        for (job, posting) in postings() {
            let analysis = analyze(&posting);
            let matches = match_profile(&profile, &analysis, options().today);
            let draft = generate(&profile, &analysis, &matches, &options());
            let place = |cut: &Cut| draft.cut_order.iter().position(|other| other == cut);
            for block in draft
                .resume
                .sections
                .iter()
                .flat_map(|section| &section.blocks)
            {
                let own = Cut::Block {
                    block: block.id.clone(),
                };
                for line in &block.lines {
                    let cut = place(&Cut::Line {
                        claim: line.id.clone(),
                    });
                    assert!(
                        cut.is_some(),
                        "{name} × {job}: {:?} never gives way",
                        line.text
                    );
                    assert!(
                        block.header.is_empty() || cut < place(&own),
                        "{name} × {job}"
                    );
                }
            }
            let mut seen = Vec::new();
            for cut in &draft.cut_order {
                assert!(!seen.contains(&cut), "{name} × {job}: {cut:?} twice");
                seen.push(cut);
            }
            let rest = draft.resume.without(&draft.cut_order);
            assert!(
                rest.sections.is_empty()
                    && rest.head.iter().any(|claim| claim.slot == Slot::Name)
                        != profile.name.is_empty()
            );
        }
    }
}

#[test]
fn every_fact_that_answers_a_must_has_a_line_in_the_draft() {
    for (name, profile) in profiles() {
        for (job, posting) in postings() {
            let analysis = analyze(&posting);
            let matches = match_profile(&profile, &analysis, options().today);
            let draft = generate(&profile, &analysis, &matches, &options());
            let texts: Vec<String> = draft
                .resume
                .claims()
                .map(|(_, claim)| claim.text.to_lowercase())
                .collect();
            let cited: BTreeSet<_> = draft
                .resume
                .claims()
                .flat_map(|(_, claim)| claim.facts())
                .collect();
            for found in &matches {
                let fact = profile.facts.get(&found.fact).unwrap();
                // What is there twice is shown once.
                let same = || {
                    texts
                        .iter()
                        .any(|text| text.contains(&career::text::clean(&fact.quote).to_lowercase()))
                };
                assert!(
                    cited.contains(&found.fact) || same(),
                    "{name} × {job}: {:?} is left out",
                    fact.quote
                );
            }
        }
    }
}

#[test]
fn an_empty_profile_ends_in_an_error_and_not_in_a_page() {
    let profile = career::Profile::default();
    let draft = generate(&profile, &Analysis::default(), &[], &options());
    assert_eq!(verify(draft, &profile), Err(tailor::TailorError::Empty));
}
