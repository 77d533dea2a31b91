//! Sections without entries: summary, skills, languages, interests.

use std::collections::BTreeSet;

use career::{Block, BlockId, Claim, Field, Piece, Section, SectionKind, SkillGroup, Slot};

use super::compose::{Composer, cited, glue, joined, shows};
use crate::relevance::Relevance;
use crate::units::statements;

/// Sentences of the summary at least shown when there are more.
const SENTENCES: usize = 3;
/// Skills of a list without groups, unless more of them answer.
const FLAT: usize = 24;
/// Skills of one group, unless more of them answer.
const GROUP: usize = 16;

/// The person's own summary: every sentence that answers what is insisted on, and the best others
/// up to three, in their order.
pub(super) fn summary(
    composer: &mut Composer<'_>,
    relevance: &Relevance<'_>,
    choose: bool,
) -> Option<Section> {
    let fields = &composer.profile.summary;
    let cites: Vec<_> = fields
        .iter()
        .flat_map(|field| statements(field, true))
        .collect();
    let mut seen = BTreeSet::new();
    let claims: Vec<Claim> = cites
        .iter()
        .filter_map(|cite| composer.claim(Slot::Sentence, None, vec![cited(cite)]))
        .filter(|claim| seen.insert(claim.text.to_lowercase()))
        .collect();
    let mut ranked: Vec<(usize, bool, f32, bool)> = claims
        .iter()
        .enumerate()
        .map(|(place, claim)| {
            let answers = relevance.answers(claim);
            let must = answers.keys().any(|place| relevance.is_must(*place));
            let foreign = relevance.is_foreign(claim);
            (place, must, relevance.value(&answers), foreign)
        })
        .collect();
    ranked.sort_by(|one, other| {
        let better = other.2.total_cmp(&one.2);
        better.then((one.3, one.0).cmp(&(other.3, other.0)))
    });
    let kept: BTreeSet<usize> = ranked
        .iter()
        .enumerate()
        .filter(|(rank, (_, must, ..))| !choose || *must || *rank < SENTENCES)
        .map(|(_, (place, ..))| *place)
        .collect();
    let lines = claims
        .into_iter()
        .enumerate()
        .filter(|(place, _)| kept.contains(place))
        .map(|(_, claim)| claim)
        .collect();
    section(SectionKind::Summary, lines)
}

/// Skills by group, `Name: a, b`; what answers first. A flat list becomes one line.
pub(super) fn skills(composer: &mut Composer<'_>, relevance: &Relevance<'_>) -> Option<Section> {
    let profile = composer.profile;
    let (flat, grouped): (Vec<&SkillGroup>, Vec<&SkillGroup>) = profile
        .skills
        .iter()
        .partition(|group| group.keywords.is_empty());
    // Two sources may know the same skill, one in a group and one by itself.
    let said: BTreeSet<String> = grouped
        .iter()
        .flat_map(|group| &group.keywords)
        .map(|word| word.text.to_lowercase())
        .collect();
    let mut lines: Vec<Claim> = Vec::new();
    for group in grouped {
        let cap = if group.name.is_some() { GROUP } else { FLAT };
        let words = ranked(group.keywords.iter().collect(), composer, relevance, cap);
        let mut pieces = Vec::new();
        if let Some(name) = group.name.as_ref().filter(|name| shows(name)) {
            pieces.extend([cited(&name.cite), glue(": ")]);
        }
        pieces.extend(joined(words, ", "));
        lines.extend(composer.claim(Slot::Skills, None, pieces));
    }
    let value = |claim: &Claim| relevance.value(&relevance.answers(claim));
    lines.sort_by(|one, other| value(other).total_cmp(&value(one)));
    let names = flat
        .iter()
        .filter_map(|group| group.name.as_ref())
        .filter(|name| !said.contains(&name.text.to_lowercase()))
        .collect();
    let words = ranked(names, composer, relevance, FLAT);
    lines.extend(composer.claim(Slot::Skills, None, joined(words, ", ")));
    section(SectionKind::Skills, lines)
}

/// Skills by what they answer, then by endorsements, then in source order; so many, and all that
/// answer.
fn ranked<'f>(
    fields: Vec<&'f Field>,
    composer: &Composer<'_>,
    relevance: &Relevance<'_>,
    cap: usize,
) -> Vec<&'f Field> {
    let mut seen = BTreeSet::new();
    let mut words: Vec<(f32, u32, &Field)> = fields
        .into_iter()
        .filter(|field| shows(field) && seen.insert(field.text.to_lowercase()))
        .map(|field| {
            let cite = &field.cite;
            let answers = relevance
                .of_span(&cite.fact, cite.start, cite.end)
                .collect();
            let endorsed = composer
                .profile
                .endorsements
                .get(&field.text.to_lowercase());
            (
                relevance.value(&answers),
                endorsed.copied().unwrap_or_default(),
                field,
            )
        })
        .collect();
    words.sort_by(|one, other| other.0.total_cmp(&one.0).then(other.1.cmp(&one.1)));
    let answering = words.iter().filter(|(value, ..)| *value > 0.0).count();
    words.truncate(cap.max(answering));
    words.into_iter().map(|(.., field)| field).collect()
}

/// Languages in one line: `English (Native), Spanish (Elementary)`.
pub(super) fn languages(composer: &mut Composer<'_>) -> Option<Section> {
    let mut pieces: Vec<Piece> = Vec::new();
    for known in &composer.profile.languages {
        if !shows(&known.language) {
            continue;
        }
        if !pieces.is_empty() {
            pieces.push(glue(", "));
        }
        pieces.push(cited(&known.language.cite));
        if let Some(fluency) = known.fluency.as_ref().filter(|fluency| shows(fluency)) {
            pieces.extend([glue(" ("), cited(&fluency.cite), glue(")")]);
        }
    }
    let line = composer.claim(Slot::Skills, None, pieces);
    section(SectionKind::Languages, line.into_iter().collect())
}

/// Interests by group.
pub(super) fn interests(composer: &mut Composer<'_>) -> Option<Section> {
    let profile = composer.profile;
    let mut lines = Vec::new();
    for group in &profile.interests {
        let words = joined(&group.keywords, ", ");
        let mut pieces = Vec::new();
        if let Some(name) = group.name.as_ref().filter(|name| shows(name)) {
            pieces.push(cited(&name.cite));
            if !words.is_empty() {
                pieces.push(glue(": "));
            }
        }
        pieces.extend(words);
        lines.extend(composer.claim(Slot::Skills, None, pieces));
    }
    section(SectionKind::Interests, lines)
}

fn section(kind: SectionKind, lines: Vec<Claim>) -> Option<Section> {
    (!lines.is_empty()).then(|| Section {
        kind,
        blocks: vec![Block {
            id: BlockId(kind.as_str().to_owned()),
            header: Vec::new(),
            lines,
        }],
    })
}
