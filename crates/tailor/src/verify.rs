//! The verify stage: only lines that the gate admits remain.

use std::collections::BTreeSet;

use career::resume::AsClaim;
use career::{
    Block, Claim, ClaimId, Cut, Draft, Finding, Profile, Resume, Section, Slot, Verified,
};
use thiserror::Error;

use crate::gate::EvidenceGate;

/// Why no résumé can be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TailorError {
    /// The profile shows nothing.
    #[error("the evidence holds nothing that could stand on a résumé")]
    Empty,
    /// The person's name has no evidence.
    #[error("the name on the résumé is not what the evidence says")]
    Name {
        /// What was found.
        findings: Vec<Finding>,
    },
    /// Not one line has evidence.
    #[error("no line of the résumé is backed by the evidence")]
    NothingLeft {
        /// What was found.
        findings: Vec<Finding>,
    },
}

/// What came through the gate, and what did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The lines with evidence, arranged as before.
    pub draft: Draft<Verified<Claim>>,
    /// Why lines were dropped; empty when none was.
    pub findings: Vec<Finding>,
}

/// Passes every line through the gate. A line that fails is dropped and said so; a block that
/// loses its title and its organization goes with all its lines, for they would seem to belong to
/// the block above.
///
/// # Errors
/// When the name fails, or nothing is left.
pub fn verify(draft: Draft, profile: &Profile) -> Result<Verification, TailorError> {
    let gate = EvidenceGate::new(profile);
    let language = draft.resume.language.clone();
    if draft.resume.claims().next().is_none() {
        return Err(TailorError::Empty);
    }
    let mut findings = Vec::new();
    let mut admit = |claim: Claim| -> Option<Verified<Claim>> {
        match Verified::admit(claim, &profile.facts, &language, &gate) {
            Ok(verified) => Some(verified),
            Err(found) => {
                findings.extend(found);
                None
            }
        }
    };
    let named = draft
        .resume
        .head
        .iter()
        .any(|claim| claim.slot == Slot::Name);
    let head: Vec<Verified<Claim>> = draft
        .resume
        .head
        .into_iter()
        .filter_map(&mut admit)
        .collect();
    let mut sections = Vec::new();
    for section in draft.resume.sections {
        let mut blocks = Vec::new();
        for block in section.blocks {
            let had_name = block.header.iter().any(names);
            let header: Vec<_> = block.header.into_iter().filter_map(&mut admit).collect();
            let lines: Vec<_> = block.lines.into_iter().filter_map(&mut admit).collect();
            let nameless = had_name && !header.iter().any(|claim| names(claim.get()));
            let empty = header.is_empty() && lines.is_empty();
            if !nameless && !empty {
                blocks.push(Block {
                    id: block.id,
                    header,
                    lines,
                });
            }
        }
        if !blocks.is_empty() {
            sections.push(Section {
                kind: section.kind,
                blocks,
            });
        }
    }
    if named && !head.iter().any(|claim| claim.get().slot == Slot::Name) {
        return Err(TailorError::Name { findings });
    }
    let resume = Resume {
        language: draft.resume.language,
        head,
        sections,
    };
    if resume.claims().next().is_none() {
        return Err(TailorError::NothingLeft { findings });
    }
    let cut_order = remaining(draft.cut_order, &resume);
    Ok(Verification {
        draft: Draft {
            resume,
            cut_order,
            page_budget: draft.page_budget,
        },
        findings,
    })
}

fn names(claim: &Claim) -> bool {
    matches!(claim.slot, Slot::Title | Slot::Organization)
}

fn remaining(cuts: Vec<Cut>, resume: &Resume<Verified<Claim>>) -> Vec<Cut> {
    let claims: BTreeSet<&ClaimId> = resume
        .claims()
        .map(|(_, claim)| &claim.claim().id)
        .collect();
    let blocks: BTreeSet<_> = resume
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .map(|block| &block.id)
        .collect();
    cuts.into_iter()
        .filter(|cut| match cut {
            Cut::Line { claim } => claims.contains(claim),
            Cut::Block { block } => blocks.contains(block),
        })
        .collect()
}
