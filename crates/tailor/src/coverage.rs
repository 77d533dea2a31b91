//! How much of what the profile can back stands on the page.

use std::collections::BTreeSet;

use career::resume::AsClaim;
use career::{Analysis, Match, RequirementKind, Resume};
use serde::{Deserialize, Serialize};

use crate::relevance::Relevance;

/// Covered of those that can be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Requirements that some line answers.
    pub covered: u32,
    /// Requirements that some fact of the profile answers.
    pub backable: u32,
    /// All requirements.
    pub asked: u32,
}

/// Shares by how much the posting insists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// What it asks for.
    pub musts: Share,
    /// What is welcome.
    pub nice: Share,
    /// What the work will be.
    pub duties: Share,
}

impl Coverage {
    /// Requirements that some line answers, of all kinds.
    pub fn covered(&self) -> u32 {
        self.musts.covered + self.nice.covered + self.duties.covered
    }

    /// Requirements that the profile could answer, of all kinds.
    pub fn backable(&self) -> u32 {
        self.musts.backable + self.nice.backable + self.duties.backable
    }
}

/// Counts what the lines of a résumé answer.
pub fn coverage<C: AsClaim>(
    resume: &Resume<C>,
    analysis: &Analysis,
    matches: &[Match],
) -> Coverage {
    let relevance = Relevance::new(analysis, matches);
    let covered: BTreeSet<usize> = resume
        .claims()
        .flat_map(|(_, claim)| relevance.answers(claim.claim()).into_keys())
        .collect();
    let mut coverage = Coverage::default();
    for (place, requirement) in analysis.requirements.iter().enumerate() {
        let share = match requirement.kind {
            RequirementKind::Must => &mut coverage.musts,
            RequirementKind::Nice => &mut coverage.nice,
            RequirementKind::Duty => &mut coverage.duties,
        };
        share.asked += 1;
        share.covered += u32::from(covered.contains(&place));
        share.backable += u32::from(
            matches
                .iter()
                .any(|found| found.requirement == requirement.id),
        );
    }
    coverage
}
