//! Which facts answer which requirement, how well, and why.

mod people;
mod similar;
mod skills;
pub(crate) mod years;

use std::collections::BTreeMap;

use career::{Analysis, Match, PartialDate, Profile, Requirement};

use crate::units::{Place, Unit, units};
use similar::Similarity;
use skills::{Asked, Shown};

/// What one statement gives to one requirement.
struct Answer {
    score: f32,
    why: Vec<String>,
}

/// Below this a likeness is chance.
const LEAST: f32 = 0.2;

/// Matches every fact with every requirement: requirements in their order, for each the facts that
/// answer it, the best first. `today` ends what goes on.
pub fn match_profile(profile: &Profile, analysis: &Analysis, today: PartialDate) -> Vec<Match> {
    let units = units(profile);
    let shown: Vec<Shown> = units.iter().map(|unit| Shown::of(unit.text)).collect();
    let similarity = Similarity::over(&units, &analysis.language);
    let mut matches = Vec::new();
    for requirement in &analysis.requirements {
        let mut found = Collected::default();
        let asked = Asked::of(requirement);
        let query = similarity.query(&requirement.text);
        for (number, unit) in units.iter().enumerate() {
            if let Some(answer) = answer(unit, number, &asked, &shown, &similarity, &query) {
                found.add(unit.cite.clone(), answer);
            }
            if let Some(answer) = people::answer(unit, requirement, profile) {
                found.add(unit.cite.clone(), answer);
            }
        }
        for (cite, score, why) in years::answers(profile, requirement, &asked, today) {
            found.add(
                cite,
                Answer {
                    score,
                    why: vec![why],
                },
            );
        }
        matches.extend(found.into_matches(requirement, profile));
    }
    matches
}

fn answer(
    unit: &Unit<'_>,
    number: usize,
    asked: &Asked,
    shown: &[Shown],
    similarity: &Similarity,
    query: &similar::Query,
) -> Option<Answer> {
    let (likeness, alike) = similarity.compare(number, query);
    let (base, mut why) = match asked.answered_by(&shown[number]) {
        Some((score, why)) => (score + 0.1 * likeness, why),
        None if likeness > 0.0 => (0.25 + 0.35 * likeness, Vec::new()),
        None => return None,
    };
    if why.is_empty() {
        why = alike;
    }
    // A sentence about work done says more than a word in a list.
    let place = match unit.place {
        Place::Bullet | Place::Told => 1.0,
        Place::Summary | Place::Title => 0.9,
        Place::Headline | Place::Keyword => 0.8,
        Place::Skill => 0.75,
        Place::Course => 0.55,
        Place::Language => return None,
    };
    let score = (base * place).min(1.0);
    (score >= LEAST).then_some(Answer { score, why })
}

/// Score, reasons and spans so far.
type Gathered = (f32, Vec<String>, Vec<(usize, usize)>);

#[derive(Default)]
struct Collected {
    by_fact: BTreeMap<career::FactId, Gathered>,
}

impl Collected {
    fn add(&mut self, cite: career::Cite, answer: Answer) {
        let (score, why, spans) = self.by_fact.entry(cite.fact).or_default();
        *score = score.max(answer.score);
        for word in answer.why {
            if !why.contains(&word) {
                why.push(word);
            }
        }
        let span = (cite.start, cite.end);
        if !spans.contains(&span) {
            spans.push(span);
        }
    }

    fn into_matches(self, requirement: &Requirement, profile: &Profile) -> Vec<Match> {
        let mut matches: Vec<Match> = self
            .by_fact
            .into_iter()
            .map(|(fact, (score, why, mut spans))| {
                spans.sort_unstable();
                Match {
                    requirement: requirement.id.clone(),
                    fact,
                    score: (score * 1000.0).round() / 1000.0,
                    why,
                    spans,
                }
            })
            .collect();
        matches.sort_by(|one, other| {
            other.score.total_cmp(&one.score).then_with(|| {
                profile
                    .facts
                    .position(&one.fact)
                    .cmp(&profile.facts.position(&other.fact))
            })
        });
        matches
    }
}
