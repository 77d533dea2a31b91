//! The sections and their order.

use std::collections::BTreeSet;

use career::{Block, Claim, Entry, PartialDate, Profile, Section, SectionKind};

use super::compose::Composer;
use super::{entries, lists};
use crate::matching::years::months_worked;
use crate::relevance::{Answers, Relevance};

/// All sections worth showing, in the order that serves this person for this posting.
pub(super) fn tailored(
    composer: &mut Composer<'_>,
    relevance: &Relevance<'_>,
    today: PartialDate,
) -> Vec<Section> {
    let mut sections: Vec<Section> = lists::summary(composer, relevance, true)
        .into_iter()
        .collect();
    for kind in [
        SectionKind::Work,
        SectionKind::Projects,
        SectionKind::Education,
        SectionKind::Certificates,
        SectionKind::Publications,
        SectionKind::Awards,
        SectionKind::Volunteer,
    ] {
        let mut blocks: Vec<Block> = newest_first(composer.profile, kind)
            .into_iter()
            .filter_map(|entry| entries::block(composer, entry, relevance))
            .collect();
        if kind == SectionKind::Projects {
            // Positions are a history; projects are examples: the best first.
            blocks.sort_by(|one, other| worth(other, relevance).total_cmp(&worth(one, relevance)));
        }
        if !blocks.is_empty() {
            sections.push(Section { kind, blocks });
        }
    }
    sections.extend(lists::skills(composer, relevance));
    sections.extend(lists::languages(composer));
    sections.extend(lists::interests(composer));
    let order = order(composer.profile, &sections, relevance, today);
    sections.sort_by_key(|section| order.iter().position(|kind| *kind == section.kind));
    sections
}

/// The entries of a section, the newest first; what has no date keeps its place at the end.
pub(crate) fn newest_first(profile: &Profile, kind: SectionKind) -> Vec<&Entry> {
    let mut entries: Vec<&Entry> = profile.section(kind).collect();
    entries.sort_by_key(|entry| {
        let start = entry
            .start
            .as_ref()
            .and_then(|start| start.date)
            .map(|date| date.months());
        let end = entry
            .end
            .as_ref()
            .and_then(|end| end.date)
            .map(|date| date.months());
        let reached = if entry.is_current() && start.is_some() {
            Some(u32::MAX)
        } else {
            end.or(start)
        };
        std::cmp::Reverse((reached, start))
    });
    entries
}

fn worth(block: &Block, relevance: &Relevance<'_>) -> f32 {
    let mut all = Answers::new();
    for claim in block.header.iter().chain(&block.lines) {
        for (place, score) in relevance.answers(claim) {
            let best = all.entry(place).or_default();
            *best = best.max(score);
        }
    }
    relevance.value(&all)
}

/// Work first for those who have worked; education and projects first for those who begin; skills
/// before work where they answer more of what is insisted on.
fn order(
    profile: &Profile,
    sections: &[Section],
    relevance: &Relevance<'_>,
    today: PartialDate,
) -> Vec<SectionKind> {
    use SectionKind::{
        Awards, Certificates, Education, Head, Interests, Languages, Projects, Publications,
        References, Skills, Summary, Volunteer, Work,
    };
    let musts = |kind: SectionKind| -> usize {
        let of_kind = sections.iter().filter(|section| section.kind == kind);
        let claims = of_kind
            .flat_map(|section| &section.blocks)
            .flat_map(|block| block.header.iter().chain(&block.lines));
        let places: BTreeSet<usize> = claims
            .flat_map(|claim: &Claim| relevance.answers(claim).into_keys())
            .filter(|place| relevance.is_must(*place))
            .collect();
        places.len()
    };
    let beginner = months_worked(profile, today) < 18;
    let first = if beginner {
        let studied = profile.section(Education).next().is_some();
        let worked = profile.section(Work).next().is_some();
        match (studied, worked) {
            (true, _) => [Education, Work, Projects, Skills],
            (false, true) => [Work, Skills, Projects, Education],
            (false, false) => [Skills, Projects, Education, Work],
        }
    } else if musts(Skills) > musts(Work) + 1 {
        [Skills, Work, Projects, Education]
    } else {
        [Work, Projects, Skills, Education]
    };
    let mut order = vec![Head, Summary];
    order.extend(first);
    order.extend([
        Certificates,
        Publications,
        Awards,
        Volunteer,
        Languages,
        Interests,
        References,
    ]);
    order
}
