//! Skills asked for against skills shown.

use std::collections::{BTreeMap, BTreeSet};

use career::{Requirement, Term};

use crate::lexicon::{SkillId, Telling, lexicon};

/// The skills a requirement asks for.
pub(super) struct Asked {
    pub skills: Vec<SkillId>,
    hard: bool,
}

/// The skills a text shows: named in it, and implied by those.
pub(super) struct Shown {
    named: BTreeSet<SkillId>,
    implied: BTreeMap<SkillId, (f32, SkillId)>,
}

impl Asked {
    pub(super) fn of(requirement: &Requirement) -> Self {
        let lexicon = lexicon();
        let skills: Vec<SkillId> = requirement
            .terms
            .iter()
            .filter_map(|term| match term {
                Term::Skill { name } => lexicon.by_name(name),
                _ => None,
            })
            .collect();
        let hard = skills
            .iter()
            .any(|id| lexicon.skill(*id).telling == Telling::Hard);
        Self { skills, hard }
    }

    /// How well a text answers, and by what; `None` when by nothing worth saying.
    pub(super) fn answered_by(&self, shown: &Shown) -> Option<(f32, Vec<String>)> {
        let lexicon = lexicon();
        let mut best = 0.0_f32;
        let mut answered = 0_u16;
        let mut why = Vec::new();
        for &id in &self.skills {
            let skill = lexicon.skill(id);
            let full = match skill.telling {
                Telling::Hard => 0.75,
                Telling::Broad if self.hard => 0.35,
                Telling::Broad => 0.5,
                // Next to a named skill, "collaboration" is a manner of speaking.
                Telling::Soft if self.hard => 0.0,
                Telling::Soft => 0.4,
            };
            let value = if shown.named.contains(&id) {
                if full > 0.0 {
                    why.push(skill.name.clone());
                }
                full
            } else if let Some((strength, from)) = shown.implied.get(&id) {
                let value = full * strength;
                if value >= super::LEAST {
                    why.push(format!("{} ({})", skill.name, lexicon.skill(*from).name));
                }
                value
            } else {
                0.0
            };
            if value >= super::LEAST {
                answered += 1;
                best = best.max(value);
            }
        }
        if answered == 0 {
            return None;
        }
        let share = f32::from(answered) / self.skills.len() as f32;
        Some((best + 0.15 * share, why))
    }

    /// Whether a text names one of the skills, or shows it nearly as well.
    pub(super) fn touched_by(&self, shown: &Shown) -> bool {
        self.skills
            .iter()
            .any(|id| shown.named.contains(id) || shown.implied.contains_key(id))
    }
}

impl Shown {
    pub(super) fn of(text: &str) -> Self {
        let lexicon = lexicon();
        let named: BTreeSet<SkillId> = lexicon.find(text).iter().map(|hit| hit.skill).collect();
        let mut implied: BTreeMap<SkillId, (f32, SkillId)> = BTreeMap::new();
        for &id in &named {
            for (&target, &strength) in &lexicon.skill(id).implied {
                let known = implied.entry(target).or_insert((strength, id));
                if strength > known.0 {
                    *known = (strength, id);
                }
            }
        }
        Self { named, implied }
    }
}
