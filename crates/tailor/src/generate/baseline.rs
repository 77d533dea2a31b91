//! The measure to beat: the same profile in source order, cut from the end.

use career::{Analysis, Cut, Draft, Profile, Resume, Section, SectionKind};

use super::compose::Composer;
use super::{Options, entries, head, lists};
use crate::relevance::Relevance;

/// The profile as it stands, nothing chosen: sections and entries in source order, the last line
/// gives way first.
pub fn baseline(profile: &Profile, options: &Options) -> Draft {
    let analysis = Analysis::default();
    let relevance = Relevance::new(&analysis, &[]);
    let language = options.language(profile);
    let mut composer = Composer::new(profile, &language);
    let head = head::head(&mut composer);
    let mut sections: Vec<Section> = Vec::new();
    sections.extend(lists::summary(&mut composer, &relevance, false));
    for entry in &profile.entries {
        if entry.section == SectionKind::References {
            continue;
        }
        let Some(block) = entries::block(&mut composer, entry, &relevance) else {
            continue;
        };
        match sections
            .iter_mut()
            .find(|section| section.kind == entry.section)
        {
            Some(section) => section.blocks.push(block),
            None => sections.push(Section {
                kind: entry.section,
                blocks: vec![block],
            }),
        }
    }
    sections.extend(lists::skills(&mut composer, &relevance));
    sections.extend(lists::languages(&mut composer));
    sections.extend(lists::interests(&mut composer));
    let resume = Resume {
        language,
        head,
        sections,
    };
    let mut cut_order = Vec::new();
    for block in resume
        .sections
        .iter()
        .rev()
        .flat_map(|section| section.blocks.iter().rev())
    {
        cut_order.extend(block.lines.iter().rev().map(|line| Cut::Line {
            claim: line.id.clone(),
        }));
        if !block.header.is_empty() {
            cut_order.push(Cut::Block {
                block: block.id.clone(),
            });
        }
    }
    Draft {
        resume,
        cut_order,
        page_budget: options.page_budget.clamp(1, 2),
    }
}
