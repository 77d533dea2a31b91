//! Why the résumé is as it is: every line with its evidence, every requirement with its answers.

use career::resume::AsClaim;
use career::view::{Explanation, FactView, LineView, RequirementView, StageTime};
use career::{Analysis, Claim, FactId, Match, Posting, Profile, Resume, Verified};

use crate::relevance::Relevance;

/// Explains the lines that are on the page.
pub fn explain(
    resume: &Resume<Verified<Claim>>,
    profile: &Profile,
    posting: &Posting,
    analysis: &Analysis,
    matches: &[Match],
    pages: u32,
    stages: Vec<StageTime>,
) -> Explanation {
    let relevance = Relevance::new(analysis, matches);
    let mut requirements: Vec<RequirementView> = analysis
        .requirements
        .iter()
        .map(|requirement| {
            let found: Vec<&Match> = matches
                .iter()
                .filter(|found| found.requirement == requirement.id)
                .collect();
            let mut why: Vec<String> = Vec::new();
            for word in found.iter().flat_map(|found| &found.why) {
                if !why.contains(word) {
                    why.push(word.clone());
                }
            }
            RequirementView {
                id: requirement.id.0.clone(),
                text: requirement.text.clone(),
                kind: requirement.kind,
                span: requirement.span,
                weight: requirement.weight,
                facts: found.iter().map(|found| found.fact.0.clone()).collect(),
                lines: Vec::new(),
                why,
            }
        })
        .collect();
    let mut lines = Vec::new();
    for (section, claim) in resume.claims() {
        let claim = claim.claim();
        let answers = relevance.answers(claim);
        for place in answers.keys() {
            requirements[*place].lines.push(claim.id.0.clone());
        }
        lines.push(LineView {
            id: claim.id.0.clone(),
            section,
            slot: claim.slot,
            text: claim.text.clone(),
            edit: claim.edit(&profile.facts),
            facts: claim
                .facts()
                .into_iter()
                .filter_map(|id| fact_view(profile, id))
                .collect(),
            requirements: answers
                .keys()
                .map(|place| analysis.requirements[*place].id.0.clone())
                .collect(),
        });
    }
    Explanation {
        pages,
        stages,
        lines,
        requirements,
        posting_text: posting.text.clone(),
        hidden: posting.hidden.clone(),
        rejected: Vec::new(),
    }
}

fn fact_view(profile: &Profile, id: &FactId) -> Option<FactView> {
    let fact = profile.facts.get(id)?;
    Some(FactView {
        id: fact.id.0.clone(),
        source: fact.source.clone(),
        locator: fact.locator.to_string(),
        quote: fact.quote.clone(),
        mark: fact.locator.mark().to_owned(),
    })
}
