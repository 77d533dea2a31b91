//! Rewordings of a draft's lines: taken where the gate admits them, else the fact's own words stay.

use career::{
    Block, BlockId, Cite, Claim, ClaimId, Cut, Draft, EntryId, FactId, Finding, FindingCode, Piece,
    Profile, Section, SectionKind, Slot, Verified,
};
use serde::{Deserialize, Serialize};

use crate::gate::EvidenceGate;

/// A line in other words, as proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewording {
    /// The line of the draft it stands for.
    pub claim: ClaimId,
    /// The words.
    pub text: String,
    /// What they rest on: facts, and quotes out of them.
    pub cites: Vec<(FactId, String)>,
}

/// A sentence for the summary, as proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The words.
    pub text: String,
    /// What they rest on: facts of one entry, and quotes out of them.
    pub cites: Vec<(FactId, String)>,
}

/// What became of the proposals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reworded {
    /// Lines that now stand in other words.
    pub taken: Vec<ClaimId>,
    /// Why the others stayed as they were.
    pub findings: Vec<Finding>,
}

/// Puts proposals into a draft. A proposal that names no line of it, or whose quotes are not in their
/// facts, or that claims more than they do, changes nothing and is told.
pub fn reword(draft: &mut Draft, proposals: &[Rewording], profile: &Profile) -> Reworded {
    let mut outcome = Reworded::default();
    for proposal in proposals {
        match reword_one(draft, proposal, profile) {
            Ok(claim) => {
                if let Some(line) = line_mut(draft, &proposal.claim) {
                    *line = claim;
                    outcome.taken.push(proposal.claim.clone());
                }
            }
            Err(findings) => outcome.findings.extend(findings),
        }
    }
    outcome
}

/// The line that a proposal makes of one of the draft's, which stays as it is.
///
/// # Errors
/// Why the gate refuses it.
pub fn reword_one(
    draft: &Draft,
    proposal: &Rewording,
    profile: &Profile,
) -> Result<Claim, Vec<Finding>> {
    let refused = |code, reason: &str| {
        vec![Finding {
            claim: proposal.claim.clone(),
            code,
            reason: reason.to_owned(),
        }]
    };
    let mut lines = draft.resume.claims().map(|(_, claim)| claim);
    let Some(line) = lines.find(|claim| claim.id == proposal.claim) else {
        return Err(refused(FindingCode::MissingSpan, "there is no such line"));
    };
    let bare = Bare {
        id: line.id.clone(),
        slot: line.slot,
        entry: line.entry.clone(),
    };
    let language = &draft.resume.language;
    admitted(bare, &proposal.text, &proposal.cites, profile, language)
}

/// Puts a summary on top of a draft that has none, of the sentences that the gate admits. They are the
/// first to give way when the pages are full: everything in them stands below as well.
pub fn summarize(draft: &mut Draft, sentences: &[Sentence], profile: &Profile) -> Reworded {
    let mut outcome = Reworded::default();
    let mut lines = Vec::new();
    for (sentence, number) in sentences.iter().zip(1..) {
        let bare = Bare {
            id: ClaimId(format!("summary-{number}")),
            slot: Slot::Sentence,
            entry: None,
        };
        let language = &draft.resume.language;
        match admitted(bare, &sentence.text, &sentence.cites, profile, language) {
            Ok(claim) => lines.push(claim),
            Err(findings) => outcome.findings.extend(findings),
        }
    }
    let mut sections = draft.resume.sections.iter();
    if lines.is_empty() || sections.any(|section| section.kind == SectionKind::Summary) {
        return outcome;
    }
    outcome.taken = lines.iter().map(|claim| claim.id.clone()).collect();
    let cuts = outcome.taken.iter().rev().cloned();
    let cuts: Vec<Cut> = cuts.map(|claim| Cut::Line { claim }).collect();
    draft.cut_order.splice(0..0, cuts);
    let block = Block {
        id: BlockId("summary".to_owned()),
        header: Vec::new(),
        lines,
    };
    let section = Section {
        kind: SectionKind::Summary,
        blocks: vec![block],
    };
    draft.resume.sections.insert(0, section);
    outcome
}

/// A line without its words.
struct Bare {
    id: ClaimId,
    slot: Slot,
    entry: Option<EntryId>,
}

/// The line in those words, if the gate admits it.
fn admitted(
    bare: Bare,
    text: &str,
    cites: &[(FactId, String)],
    profile: &Profile,
    language: &str,
) -> Result<Claim, Vec<Finding>> {
    let claim = bare.id.clone();
    let refused = |code, reason: &str| {
        vec![Finding {
            claim: claim.clone(),
            code,
            reason: reason.to_owned(),
        }]
    };
    let spans: Option<Vec<Cite>> = cites
        .iter()
        .map(|(fact, quote)| span(profile, fact, quote))
        .collect();
    let Some(cites) = spans else {
        return Err(refused(
            FindingCode::MissingSpan,
            "a quote is not in its fact",
        ));
    };
    let piece = Piece::Reworded {
        text: text.to_owned(),
        cites,
    };
    let Bare { id, slot, entry } = bare;
    let claim = Claim::compose(id, slot, entry, vec![piece], &profile.facts, language)
        .ok_or_else(|| refused(FindingCode::NoEvidence, "the line says nothing"))?;
    let gate = EvidenceGate::new(profile);
    Verified::admit(claim, &profile.facts, language, &gate).map(Verified::into_inner)
}

fn line_mut<'a>(draft: &'a mut Draft, id: &ClaimId) -> Option<&'a mut Claim> {
    let resume = &mut draft.resume;
    let blocks = resume
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.blocks);
    let lines = blocks.flat_map(|block| &mut block.lines);
    resume
        .head
        .iter_mut()
        .chain(lines)
        .find(|claim| claim.id == *id)
}

fn span(profile: &Profile, fact: &FactId, quote: &str) -> Option<Cite> {
    let start = profile.facts.get(fact)?.quote.find(quote)?;
    (!quote.is_empty()).then(|| Cite {
        fact: fact.clone(),
        start,
        end: start + quote.len(),
    })
}
