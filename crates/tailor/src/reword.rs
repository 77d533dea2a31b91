//! Rewordings of a draft's lines: taken where the gate admits them, else the fact's own words stay.

use career::{Cite, Claim, ClaimId, Draft, FactId, Finding, FindingCode, Piece, Profile, Verified};
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
    let gate = EvidenceGate::new(profile);
    let language = draft.resume.language.clone();
    let mut outcome = Reworded::default();
    for proposal in proposals {
        let refused = |code, reason: &str| Finding {
            claim: proposal.claim.clone(),
            code,
            reason: reason.to_owned(),
        };
        let Some(line) = line_mut(draft, &proposal.claim) else {
            outcome
                .findings
                .push(refused(FindingCode::MissingSpan, "there is no such line"));
            continue;
        };
        let cites: Option<Vec<Cite>> = proposal
            .cites
            .iter()
            .map(|(fact, quote)| span(profile, fact, quote))
            .collect();
        let Some(cites) = cites else {
            outcome.findings.push(refused(
                FindingCode::MissingSpan,
                "a quote is not in its fact",
            ));
            continue;
        };
        let piece = Piece::Reworded {
            text: proposal.text.clone(),
            cites,
        };
        let (id, slot, entry) = (line.id.clone(), line.slot, line.entry.clone());
        let claim = Claim::compose(id, slot, entry, vec![piece], &profile.facts, &language);
        let Some(claim) = claim else {
            outcome
                .findings
                .push(refused(FindingCode::NoEvidence, "the line says nothing"));
            continue;
        };
        match Verified::admit(claim, &profile.facts, &language, &gate) {
            Ok(admitted) => {
                *line = admitted.into_inner();
                outcome.taken.push(proposal.claim.clone());
            }
            Err(findings) => outcome.findings.extend(findings),
        }
    }
    outcome
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
