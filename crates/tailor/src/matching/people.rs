//! Languages spoken, degrees held, ranks reached.

use career::{Profile, Requirement, SectionKind, Term};

use super::Answer;
use crate::analyze::{degree_step, rank_in, same_field, spoken_in};
use crate::data::people;
use crate::units::{Place, Unit};

/// What a statement gives to the personal terms of a requirement.
pub(super) fn answer(
    unit: &Unit<'_>,
    requirement: &Requirement,
    profile: &Profile,
) -> Option<Answer> {
    if requirement.terms.is_empty() {
        return line_of_work(unit, requirement);
    }
    requirement.terms.iter().find_map(|term| match term {
        Term::Language { name } if unit.place == Place::Language => language(unit, name, profile),
        Term::Degree { level } if unit.place == Place::Title => degree(unit, level),
        Term::Seniority { level } if unit.place == Place::Title => rank(unit, level, requirement),
        _ => None,
    })
}

fn language(unit: &Unit<'_>, name: &str, profile: &Profile) -> Option<Answer> {
    if !spoken_in(unit.text).contains(&name) {
        return None;
    }
    let fluency = profile
        .languages
        .iter()
        .find(|known| known.language.cite == unit.cite)
        .and_then(|known| known.fluency.as_ref())
        .map(|fluency| fluency.text.to_lowercase())
        .unwrap_or_default();
    let beginner = [
        "elementary",
        "beginner",
        "basic",
        "a1",
        "a2",
        "grundkenntnisse",
        "notions",
    ]
    .iter()
    .any(|word| fluency.contains(word));
    Some(Answer {
        score: if beginner { 0.3 } else { 0.85 },
        why: vec![name.to_owned()],
    })
}

fn degree(unit: &Unit<'_>, level: &str) -> Option<Answer> {
    let of_school = unit
        .entry
        .is_some_and(|entry| entry.section == SectionKind::Education);
    let asked = match level {
        "doctorate" => 3,
        "master" => 2,
        _ => 1,
    };
    (of_school && degree_step(unit.text)? >= asked).then(|| Answer {
        score: 0.8,
        why: vec![career::text::clean(unit.text)],
    })
}

fn rank(unit: &Unit<'_>, level: &str, requirement: &Requirement) -> Option<Answer> {
    let worked = unit
        .entry
        .is_some_and(|entry| entry.section == SectionKind::Work);
    let ranks = &people().ranks;
    let held = ranks.get(rank_in(unit.text)?)?.step;
    let asked = ranks.get(level)?.step;
    (worked && held >= asked && same_field(unit.text, &requirement.text)).then(|| Answer {
        score: 0.6,
        why: vec![career::text::clean(unit.text)],
    })
}

/// A wish that names nothing but a line of work ("strong generalist engineering") is answered by
/// having done that work.
fn line_of_work(unit: &Unit<'_>, requirement: &Requirement) -> Option<Answer> {
    let worked = unit.place == Place::Title
        && unit
            .entry
            .is_some_and(|entry| entry.section == SectionKind::Work);
    let short = requirement.text.split_whitespace().count() <= 5;
    (worked && short && same_field(unit.text, &requirement.text)).then(|| Answer {
        score: 0.3,
        why: vec![career::text::clean(unit.text)],
    })
}
