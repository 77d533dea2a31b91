//! What a line answers: the matches of the facts it cites, as far as it cites the words that match.

use std::collections::BTreeMap;

use career::{Analysis, Claim, FactId, Match, RequirementKind};

use crate::tongues::Tongues;

/// What an answer in another language than the résumé's counts: where two lines back the same
/// requirement, the one that is in its language stands, and no line that answers more gives way for it.
const FOREIGN: f32 = 0.9;

/// Matches, looked up by fact.
pub(crate) struct Relevance<'a> {
    analysis: &'a Analysis,
    by_fact: BTreeMap<&'a FactId, Vec<(usize, &'a Match)>>,
    preferred: Option<(&'a Tongues, &'a str)>,
}

/// The requirements a line answers (by place in the analysis), with how well.
pub(crate) type Answers = BTreeMap<usize, f32>;

impl<'a> Relevance<'a> {
    pub(crate) fn new(analysis: &'a Analysis, matches: &'a [Match]) -> Self {
        let places: BTreeMap<_, usize> = analysis
            .requirements
            .iter()
            .enumerate()
            .map(|(place, requirement)| (&requirement.id, place))
            .collect();
        let mut by_fact: BTreeMap<&FactId, Vec<(usize, &Match)>> = BTreeMap::new();
        for found in matches {
            if let Some(&place) = places.get(&found.requirement) {
                by_fact.entry(&found.fact).or_default().push((place, found));
            }
        }
        Self {
            analysis,
            by_fact,
            preferred: None,
        }
    }

    /// The same where lines in that language are worth more.
    pub(crate) fn preferring(mut self, tongues: &'a Tongues, language: &'a str) -> Self {
        self.preferred = Some((tongues, language));
        self
    }

    /// Whether a line is known to be in another language than the résumé.
    pub(crate) fn is_foreign(&self, claim: &Claim) -> bool {
        let preferred = self.preferred;
        preferred.is_some_and(|(tongues, language)| tongues.is_foreign(claim, language))
    }

    /// What a line answers.
    pub(crate) fn answers(&self, claim: &Claim) -> Answers {
        let mut answers = Answers::new();
        for cite in claim.cites() {
            for (place, score) in self.of_span(&cite.fact, cite.start, cite.end) {
                let best = answers.entry(place).or_default();
                *best = best.max(score);
            }
        }
        if self.is_foreign(claim) {
            for score in answers.values_mut() {
                *score *= FOREIGN;
            }
        }
        answers
    }

    /// What a span of a fact answers.
    pub(crate) fn of_span(
        &self,
        fact: &FactId,
        start: usize,
        end: usize,
    ) -> impl Iterator<Item = (usize, f32)> + '_ {
        self.by_fact
            .get(fact)
            .into_iter()
            .flatten()
            .filter(move |(_, found)| {
                found.spans.is_empty()
                    || found
                        .spans
                        .iter()
                        .any(|(from, to)| *from < end && start < *to)
            })
            .map(|(place, found)| (*place, found.score))
    }

    /// How much a line's answers are worth together.
    pub(crate) fn value(&self, answers: &Answers) -> f32 {
        answers
            .iter()
            .map(|(place, score)| self.weight(*place) * score)
            .sum()
    }

    /// How much a requirement counts.
    pub(crate) fn weight(&self, place: usize) -> f32 {
        self.analysis
            .requirements
            .get(place)
            .map_or(0.0, |requirement| requirement.weight)
    }

    /// Whether a requirement is a must.
    pub(crate) fn is_must(&self, place: usize) -> bool {
        self.analysis
            .requirements
            .get(place)
            .is_some_and(|requirement| requirement.kind == RequirementKind::Must)
    }
}
