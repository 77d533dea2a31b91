//! Forged lines that the gate must refuse, each for its reason.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use career::{Cite, Claim, ClaimId, Cut, EntryId, FindingCode, Gate, Piece, Profile, Slot};
use common::profile;
use tailor::{EvidenceGate, TailorError, baseline, verify};

fn codes(
    profile: &Profile,
    slot: Slot,
    entry: Option<&str>,
    pieces: Vec<Piece>,
) -> Vec<FindingCode> {
    let entry = entry.map(|id| EntryId(id.to_owned()));
    let claim = Claim::compose(
        ClaimId("c-1".into()),
        slot,
        entry,
        pieces,
        &profile.facts,
        "en",
    )
    .unwrap();
    EvidenceGate::new(profile)
        .judge(&claim, &profile.facts)
        .into_iter()
        .map(|finding| finding.code)
        .collect()
}

fn cited(cite: &Cite) -> Piece {
    Piece::Cited { cite: cite.clone() }
}

#[test]
fn a_bullet_of_one_position_cannot_stand_under_another() {
    let jane = profile("jsonresume/complete_jane.json");
    let bullet = &jane.entries[0].highlights[0].cite;
    let own = jane.entries[0].id.0.clone();
    let other = jane.entries[1].id.0.clone();
    assert!(codes(&jane, Slot::Bullet, Some(&own), vec![cited(bullet)]).is_empty());
    assert_eq!(
        codes(&jane, Slot::Bullet, Some(&other), vec![cited(bullet)]),
        [FindingCode::WrongEntry]
    );
    assert_eq!(
        codes(&jane, Slot::Bullet, Some("work-99"), vec![cited(bullet)]),
        [FindingCode::WrongEntry]
    );
}

#[test]
fn words_torn_out_of_a_bullet_are_refused() {
    let jane = profile("jsonresume/complete_jane.json");
    let mut torn = jane.entries[0].highlights[0].cite.clone();
    torn.end = torn.start + "Architected".len();
    let own = jane.entries[0].id.0.clone();
    assert_eq!(
        codes(&jane, Slot::Bullet, Some(&own), vec![cited(&torn)]),
        [FindingCode::Torn]
    );
}

#[test]
fn two_bullets_do_not_make_a_third() {
    let jane = profile("jsonresume/complete_jane.json");
    let entry = &jane.entries[0];
    let glue = Piece::Glue {
        text: ", ".to_owned(),
    };
    let pieces = vec![
        cited(&entry.highlights[0].cite),
        glue,
        cited(&entry.highlights[1].cite),
    ];
    assert_eq!(
        codes(&jane, Slot::Bullet, Some(&entry.id.0), pieces),
        [FindingCode::Torn]
    );
}

#[test]
fn what_has_ended_is_not_present() {
    let jane = profile("jsonresume/complete_jane.json");
    let ended = jane
        .entries
        .iter()
        .find(|entry| entry.end.is_some())
        .unwrap();
    let dash = Piece::Glue {
        text: " – ".to_owned(),
    };
    let start = Piece::Date {
        cite: ended.start.as_ref().unwrap().field.cite.clone(),
    };
    let pieces = vec![start.clone(), dash.clone(), Piece::Present];
    assert_eq!(
        codes(&jane, Slot::Dates, Some(&ended.id.0), pieces),
        [FindingCode::OpenEnd]
    );
    let end = Piece::Date {
        cite: ended.end.as_ref().unwrap().field.cite.clone(),
    };
    assert_eq!(
        codes(
            &jane,
            Slot::Dates,
            Some(&ended.id.0),
            vec![end, dash, start]
        ),
        [FindingCode::OpenEnd]
    );
}

#[test]
fn a_street_is_no_contact_and_an_employer_no_name() {
    let jane = profile("jsonresume/complete_jane.json");
    let employer = &jane.entries[0].organization.as_ref().unwrap().cite;
    assert_eq!(
        codes(&jane, Slot::Name, None, vec![cited(employer)]),
        [FindingCode::WrongEntry]
    );
    assert_eq!(
        codes(&jane, Slot::Contact, None, vec![cited(employer)]),
        [FindingCode::WrongEntry]
    );
}

#[test]
fn a_forged_line_is_dropped_and_said_so_and_a_forged_name_ends_it() {
    let jane = profile("jsonresume/complete_jane.json");
    let honest = baseline(&jane, &common::options());
    let mut forged = honest.clone();
    let block = &mut forged.resume.sections[1].blocks[0];
    block.lines[0].text.push_str(" and won a prize");
    let id = block.lines[0].id.clone();
    let verified = verify(forged, &jane).unwrap();
    assert_eq!(verified.findings.len(), 1);
    assert_eq!(verified.findings[0].code, FindingCode::TextDiffers);
    assert!(
        verified
            .draft
            .resume
            .claims()
            .all(|(_, claim)| claim.get().id != id)
    );
    assert!(!verified.draft.cut_order.contains(&Cut::Line { claim: id }));

    let mut renamed = honest;
    renamed.resume.head[0].text = "Dr Jane Developer".to_owned();
    assert!(matches!(
        verify(renamed, &jane),
        Err(TailorError::Name { .. })
    ));
}
