//! What a posting asks for: its requirements with the exact words that say so.

mod about;
mod blocks;
mod cues;
mod headings;
mod sentences;
mod terms;
mod weigh;

use career::{Analysis, Knowledge, Posting, Requirement, RequirementId, RequirementKind, Term};

use crate::knowledge::knowledge;

pub(crate) use terms::{degree_step, names_field, rank_in, same_field, spoken_in};

use about::about;
use blocks::{Block, BlockKind};
use cues::{Part, parts};
use headings::{Heading, heading_of, inline_heading, is_label, is_overview};

/// A stretch of the posting that asks for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    start: usize,
    end: usize,
    kind: RequirementKind,
}

/// Reads a posting. The same text always gives the same answer; every requirement's text is
/// `posting.text` at its span.
pub fn analyze(posting: &Posting) -> Analysis {
    let text = posting.text.as_str();
    let (mut found, told) = collect(text);
    found.sort_by_key(|item| (item.start, item.end));
    found.dedup_by_key(|item| (item.start, item.end));
    if found.is_empty() {
        found = fallback(text);
    }
    let knowledge = knowledge(text, &about(text, &told, &found));
    let found = found
        .into_iter()
        .map(|item| ((item.start, item.end), item.kind));
    analysis_from(posting, found, knowledge)
}

/// What those stretches of a posting's text, in its order, ask for.
pub(crate) fn analysis_from(
    posting: &Posting,
    found: impl IntoIterator<Item = ((usize, usize), RequirementKind)>,
    knowledge: Vec<Knowledge>,
) -> Analysis {
    let text = posting.text.as_str();
    let mut requirements: Vec<Requirement> = found
        .into_iter()
        .filter_map(|(span, kind)| {
            let words = text.get(span.0..span.1)?;
            Some(Requirement {
                id: RequirementId(String::new()),
                text: words.to_owned(),
                kind,
                span,
                weight: 0.0,
                terms: terms::terms_of(words),
            })
        })
        .collect();
    for (number, requirement) in requirements.iter_mut().enumerate() {
        requirement.id = RequirementId(format!("r-{}", number + 1));
    }
    weigh::weigh(&mut requirements, &knowledge);
    let years = requirements
        .iter()
        .flat_map(|requirement| &requirement.terms)
        .filter_map(|term| match term {
            Term::Years { at_least } => Some(*at_least),
            _ => None,
        })
        .max();
    let first_line = text.lines().find(|line| !line.trim().is_empty());
    let seniority = posting
        .title
        .as_deref()
        .and_then(rank_in)
        .or_else(|| first_line.and_then(rank_in))
        .map(str::to_owned)
        .or_else(|| {
            requirements
                .iter()
                .flat_map(|requirement| &requirement.terms)
                .find_map(|term| match term {
                    Term::Seniority { level } => Some(level.clone()),
                    _ => None,
                })
        });
    Analysis {
        requirements,
        language: crate::language::of_posting(posting),
        seniority,
        years,
        knowledge,
    }
}

/// What asks for something, and all blocks with what they stand under.
fn collect(text: &str) -> (Vec<Found>, Vec<(Block, Heading)>) {
    let blocks = blocks::blocks(text);
    let mut found = Vec::new();
    let mut told = Vec::new();
    let mut section = Heading::Unknown;
    let mut bulleted = false;
    let mut overview = Overview::default();
    for (number, block) in blocks.iter().enumerate() {
        let next = blocks.get(number + 1);
        let words = &text[block.start..block.end];
        if let Some(heading) = heading_of(words, block, next) {
            section = heading;
            bulleted = false;
            overview.heading(words, heading, found.len());
            told.push((*block, Heading::Unknown));
            continue;
        }
        match block.kind {
            BlockKind::Bullet => {
                bulleted = true;
                if is_label(words) {
                    section = Heading::Other;
                }
                take(text, block, section, &mut found);
                told.push((*block, section));
            }
            BlockKind::Line | BlockKind::Paragraph => {
                if let Some((heading, rest)) = inline_heading(words) {
                    let content = Block {
                        start: block.start + rest,
                        ..*block
                    };
                    take(text, &content, heading, &mut found);
                    told.push((content, heading));
                    section = Heading::Unknown;
                    continue;
                }
                let introduces = next.is_some_and(|next| next.kind == BlockKind::Bullet);
                if bulleted {
                    // A paragraph behind a list no longer belongs to the list's heading.
                    section = Heading::Unknown;
                    bulleted = false;
                }
                let of_section = section != Heading::Unknown
                    && section != Heading::Other
                    && !introduces
                    && !words.ends_with(':');
                let kind = if of_section || section == Heading::Other {
                    section
                } else {
                    Heading::Unknown
                };
                take(text, block, kind, &mut found);
                told.push((*block, kind));
            }
        }
    }
    overview.end(found.len());
    overview.give_way(&mut found);
    (found, told)
}

/// What was found under "About the role" and its like. It is prose that the lists under the other
/// headings say again in detail; where there are none, it is all there is.
#[derive(Default)]
struct Overview {
    /// From which find on the overview goes that has not ended.
    since: Option<usize>,
    ranges: Vec<std::ops::Range<usize>>,
    lists: bool,
}

impl Overview {
    fn heading(&mut self, words: &str, heading: Heading, found: usize) {
        self.end(found);
        if is_overview(words) {
            self.since = Some(found);
        }
        self.lists |= matches!(heading, Heading::Must | Heading::Nice | Heading::Duty);
    }

    fn end(&mut self, found: usize) {
        if let Some(since) = self.since.take() {
            self.ranges.push(since..found);
        }
    }

    fn give_way(self, found: &mut Vec<Found>) {
        if self.lists {
            for range in self.ranges.into_iter().rev() {
                found.drain(range);
            }
        }
    }
}

fn take(text: &str, block: &Block, heading: Heading, found: &mut Vec<Found>) {
    let bullet = block.kind == BlockKind::Bullet;
    for Part { start, end, kind } in parts(text, block.start, block.end, heading, bullet) {
        found.push(Found { start, end, kind });
    }
}

/// A posting that says nothing in words we know as asking: sentences that name a skill stand in.
fn fallback(text: &str) -> Vec<Found> {
    sentences::sentences_in(text, 0, text.len())
        .into_iter()
        .filter(|(start, end)| {
            let words = &text[*start..*end];
            !cues::is_offer(words)
                && terms::terms_of(words)
                    .iter()
                    .any(|term| matches!(term, Term::Skill { .. } | Term::Years { .. }))
        })
        .map(|(start, end)| Found {
            start,
            end,
            kind: RequirementKind::Duty,
        })
        .collect()
}
