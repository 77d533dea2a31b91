//! Résumés: claims arranged for the page, and the order in which they give way.

use serde::{Deserialize, Serialize};

use crate::claim::{Claim, ClaimId, Verified};
use crate::profile::SectionKind;

/// Names a block inside its résumé: the entry's id, or the section's name where it has no entries.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlockId(pub String);

/// A résumé: sections of blocks of claims, in page order. `C` is [`Claim`] while it is a proposal
/// and [`Verified<Claim>`] once every line's evidence was checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resume<C = Claim> {
    /// BCP 47 tag of the language of headings, dates and fixed words.
    pub language: String,
    /// Name, headline and contacts, in page order.
    pub head: Vec<C>,
    /// The sections, in page order.
    pub sections: Vec<Section<C>>,
}

/// One section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section<C = Claim> {
    /// Which one; its heading is the typesetter's.
    pub kind: SectionKind,
    /// Its blocks, in page order.
    pub blocks: Vec<Block<C>>,
}

/// An entry on the page: a header and lines under it. Sections without entries (summary, skills,
/// languages) have one block with an empty header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block<C = Claim> {
    /// Its name inside the résumé.
    pub id: BlockId,
    /// Title, organization, location, dates, link: by their slots.
    pub header: Vec<C>,
    /// Sentences, bullets, skill lines, in page order.
    pub lines: Vec<C>,
}

/// One thing that can give way when the page is full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Cut {
    /// A line, of the head or of a block.
    Line {
        /// Which.
        claim: ClaimId,
    },
    /// A block with all that is left in it.
    Block {
        /// Which.
        block: BlockId,
    },
}

/// A proposal: everything worth showing, and what gives way first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft<C = Claim> {
    /// All of it.
    pub resume: Resume<C>,
    /// The first gives way first. What is not named never does.
    pub cut_order: Vec<Cut>,
    /// So many pages at most.
    pub page_budget: u32,
}

/// Access to the claim inside, verified or not.
pub trait AsClaim {
    /// The claim.
    fn claim(&self) -> &Claim;
}

impl AsClaim for Claim {
    fn claim(&self) -> &Claim {
        self
    }
}

impl AsClaim for Verified<Claim> {
    fn claim(&self) -> &Claim {
        self.get()
    }
}

impl<C: AsClaim> Resume<C> {
    /// All claims with their sections, in reading order.
    pub fn claims(&self) -> impl Iterator<Item = (SectionKind, &C)> {
        let head = self.head.iter().map(|claim| (SectionKind::Head, claim));
        let body = self.sections.iter().flat_map(|section| {
            section.blocks.iter().flat_map(move |block| {
                block
                    .header
                    .iter()
                    .chain(&block.lines)
                    .map(move |claim| (section.kind, claim))
            })
        });
        head.chain(body)
    }
}

impl<C: AsClaim + Clone> Resume<C> {
    /// The résumé without those cuts. Blocks left without header and lines, and sections left
    /// without blocks, go too.
    pub fn without(&self, cuts: &[Cut]) -> Self {
        let lines: std::collections::HashSet<&ClaimId> = cuts
            .iter()
            .filter_map(|cut| match cut {
                Cut::Line { claim } => Some(claim),
                Cut::Block { .. } => None,
            })
            .collect();
        let blocks: std::collections::HashSet<&BlockId> = cuts
            .iter()
            .filter_map(|cut| match cut {
                Cut::Block { block } => Some(block),
                Cut::Line { .. } => None,
            })
            .collect();
        let keep = |claims: &[C]| -> Vec<C> {
            claims
                .iter()
                .filter(|claim| !lines.contains(&claim.claim().id))
                .cloned()
                .collect()
        };
        let sections = self
            .sections
            .iter()
            .map(|section| Section {
                kind: section.kind,
                blocks: section
                    .blocks
                    .iter()
                    .filter(|block| !blocks.contains(&block.id))
                    .map(|block| Block {
                        id: block.id.clone(),
                        header: keep(&block.header),
                        lines: keep(&block.lines),
                    })
                    .filter(|block| !(block.header.is_empty() && block.lines.is_empty()))
                    .collect(),
            })
            .filter(|section: &Section<C>| !section.blocks.is_empty())
            .collect();
        Self {
            language: self.language.clone(),
            head: keep(&self.head),
            sections,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Slot;

    fn claim(id: &str) -> Claim {
        Claim {
            id: ClaimId(id.into()),
            slot: Slot::Bullet,
            entry: None,
            pieces: Vec::new(),
            text: id.into(),
        }
    }

    #[test]
    fn cutting_the_last_line_of_a_headless_block_removes_its_section() {
        let block = Block {
            id: BlockId("b".into()),
            header: vec![],
            lines: vec![claim("x")],
        };
        let section = Section {
            kind: SectionKind::Skills,
            blocks: vec![block],
        };
        let resume = Resume {
            language: "en".into(),
            head: vec![claim("n")],
            sections: vec![section],
        };
        let cut = resume.without(&[Cut::Line {
            claim: ClaimId("x".into()),
        }]);
        assert!(cut.sections.is_empty());
        assert_eq!(cut.head.len(), 1);
    }
}
