//! How much each requirement counts against the others.

use career::{Knowledge, Requirement, RequirementKind, Term};

use crate::lexicon::{Telling, lexicon};

/// Sets the weights: what is insisted on before what is done before what is welcome, the telling
/// before the general, the first before the last.
pub(super) fn weigh(requirements: &mut [Requirement], knowledge: &[Knowledge]) {
    let count = requirements.len().max(1) as f32;
    for (number, requirement) in requirements.iter_mut().enumerate() {
        let kind = match requirement.kind {
            RequirementKind::Must => 1.0,
            RequirementKind::Duty => 0.6,
            RequirementKind::Nice => 0.4,
        };
        let place = 1.0 - 0.15 * number as f32 / count;
        let weight = kind * (0.6 + 0.4 * telling(requirement, knowledge)) * place;
        requirement.weight = (weight * 1000.0).round() / 1000.0;
    }
}

fn telling(requirement: &Requirement, knowledge: &[Knowledge]) -> f32 {
    let lexicon = lexicon();
    let (start, end) = requirement.span;
    let names = knowledge
        .iter()
        .any(|one| start <= one.span.0 && one.span.1 <= end);
    // What no list knows is as telling as a field that one knows.
    let least = if names { 0.6 } else { 0.1 };
    requirement
        .terms
        .iter()
        .map(|term| match term {
            Term::Skill { name } => match lexicon.by_name(name).map(|id| lexicon.skill(id).telling)
            {
                Some(Telling::Hard) => 1.0,
                Some(Telling::Broad) => 0.6,
                Some(Telling::Soft) | None => 0.3,
            },
            Term::Years { .. } | Term::Language { .. } | Term::Degree { .. } => 0.8,
            Term::Seniority { .. } => 0.6,
        })
        .fold(least, f32::max)
}
