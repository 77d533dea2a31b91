//! The line under the name as code puts it together: a title the person holds, or held last, and skills they name,
//! each copied. Whoever proposes one only says which.

use career::text::clean;
use career::{
    Analysis, Cite, Claim, ClaimId, Draft, Field, Finding, FindingCode, Match, Piece, Profile,
    SectionKind, SkillGroup, Slot, Verified,
};

use crate::data::people;
use crate::gate::EvidenceGate;
use crate::generate::{newest_first, recut};

/// Skills behind a title, at most.
pub(crate) const SKILLS: usize = 3;
/// Between a title and its skills, and between skills.
const BETWEEN: [&str; 2] = [" · ", ", "];

/// Which words a line under the name is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// A title the person holds, or held last.
    pub title: Cite,
    /// Skills, the first to stand first.
    pub skills: Vec<Cite>,
}

/// Whether the person has said what is to stand under their name. Then it does: how somebody is called is
/// theirs to say, and no line needs another one there to be backed.
pub(crate) fn is_own(profile: &Profile) -> bool {
    let own = profile.headline.as_ref();
    own.is_some_and(|headline| !clean(&headline.text).is_empty())
}

/// The titles that may stand under the name: those of paid work that goes on, or where none does, the last
/// one. An earlier title would say that the person is now what they were then, and may outrank it in words
/// that no list grades.
pub(crate) fn titles(profile: &Profile) -> Vec<&Field> {
    let titled: Vec<(bool, &Field)> = newest_first(profile, SectionKind::Work)
        .into_iter()
        .filter_map(|entry| Some((entry.is_current(), entry.title.as_ref()?)))
        .filter(|(_, title)| !clean(&title.text).is_empty())
        .collect();
    let current: Vec<&Field> = titled
        .iter()
        .filter(|(current, _)| *current)
        .map(|(_, title)| *title)
        .collect();
    if current.is_empty() {
        titled
            .first()
            .map(|(_, title)| *title)
            .into_iter()
            .collect()
    } else {
        current
    }
}

/// The skills that may stand under the name: those the person lists, but for what they only begin with.
pub(crate) fn skills(profile: &Profile) -> Vec<&Field> {
    let begun = |field: &Field| {
        let words = field.text.to_lowercase();
        let mut words = words.split(|c: char| !c.is_alphanumeric());
        words.any(|word| people().begun.words.iter().any(|known| known == word))
    };
    let named = |group: &&SkillGroup| {
        let mut heads = group.name.iter().chain(&group.level);
        !heads.any(begun)
    };
    let groups = profile.skills.iter().filter(named);
    groups
        .flat_map(|group| {
            let own = group.keywords.is_empty().then_some(&group.name);
            own.into_iter().flatten().chain(&group.keywords)
        })
        .filter(|field| !begun(field) && !clean(&field.text).is_empty())
        .collect()
}

/// What is wrong with a line of several pieces under the name.
pub(crate) fn faults(claim: &Claim, profile: &Profile) -> Option<(FindingCode, &'static str)> {
    let is_one_of = |fields: &[&Field], cite: &Cite| fields.iter().any(|field| field.cite == *cite);
    let foreign = |reason| Some((FindingCode::WrongEntry, reason));
    let torn = |reason| Some((FindingCode::Torn, reason));
    let mut cites: Vec<&Cite> = Vec::new();
    for (place, piece) in claim.pieces.iter().enumerate() {
        match piece {
            Piece::Cited { cite } if place % 2 == 0 => cites.push(cite),
            Piece::Glue { text } if place % 2 == 1 && *text == BETWEEN[usize::from(place > 1)] => {}
            _ => return torn("the line under the name is no title with skills behind it"),
        }
    }
    let (title, listed) = cites.split_first()?;
    if !is_one_of(&titles(profile), title) {
        return foreign("no title that may stand under the name");
    }
    let known = skills(profile);
    if !listed.iter().all(|cite| is_one_of(&known, cite)) {
        return foreign("no skill that may stand under the name");
    }
    let twice = (1..listed.len()).any(|at| listed[..at].contains(&listed[at]));
    let open = claim.pieces.len().is_multiple_of(2);
    if open || listed.len() > SKILLS || twice {
        return torn("the line under the name has too many skills, or one of them twice");
    }
    None
}

/// Puts a line under the name, in place of the one that the program had chosen. Where the person has said
/// what stands there, nothing changes.
///
/// # Errors
/// Why the gate refuses it.
pub fn put_headline(
    draft: &mut Draft,
    headline: &Headline,
    profile: &Profile,
    (analysis, matches): (&Analysis, &[Match]),
) -> Result<(), Vec<Finding>> {
    if is_own(profile) {
        return Ok(());
    }
    let head = &draft.resume.head;
    let place = head.iter().position(|claim| claim.slot == Slot::Headline);
    let id = place.map_or_else(
        || ClaimId("headline".to_owned()),
        |place| head[place].id.clone(),
    );
    let mut pieces = Vec::new();
    for cite in std::iter::once(&headline.title).chain(&headline.skills) {
        if !pieces.is_empty() {
            let text = BETWEEN[usize::from(pieces.len() > 1)].to_owned();
            pieces.push(Piece::Glue { text });
        }
        pieces.push(Piece::Cited { cite: cite.clone() });
    }
    let language = &draft.resume.language;
    let composed = Claim::compose(
        id.clone(),
        Slot::Headline,
        None,
        pieces,
        &profile.facts,
        language,
    );
    let claim = composed.ok_or_else(|| {
        vec![Finding {
            claim: id,
            code: FindingCode::MissingSpan,
            reason: "it names words that are not there".to_owned(),
        }]
    })?;
    let gate = EvidenceGate::new(profile);
    let claim = Verified::admit(claim, &profile.facts, language, &gate)?.into_inner();
    let head = &mut draft.resume.head;
    if let Some(place) = place {
        head[place] = claim;
    } else {
        let behind = head.iter().take_while(|claim| claim.slot == Slot::Name);
        head.insert(behind.count(), claim);
    }
    recut(draft, profile, analysis, matches);
    Ok(())
}
