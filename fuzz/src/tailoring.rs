//! The tailor as a function of any words: nothing panics, every span is one of its text, and what
//! is made of a profile comes through the gate whole. Shared with `crates/tailor/tests/kept.rs`.

use career::{ContentHash, PartialDate, Posting, Profile};
use tailor::{Options, TailorError, generate, match_profile, verify};

/// A target by its name.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 2] = [("analyze", analyze), ("tailored", tailored)];

/// A posting's text.
pub fn analyze(data: &[u8]) {
    let analysis = tailor::analyze(&posting_of(data));
    let text = String::from_utf8_lossy(data);
    for requirement in &analysis.requirements {
        let (start, end) = requirement.span;
        assert_eq!(text.get(start..end), Some(requirement.text.as_str()));
        assert!(requirement.weight.is_finite());
    }
}

/// A JSON Resume and a posting's text, between them a line of `===`.
pub fn tailored(data: &[u8]) {
    const MARK: &[u8] = b"\n===\n";
    let Some(at) = data.windows(MARK.len()).position(|part| part == MARK) else {
        return;
    };
    let Ok(evidence) = intake::read_evidence("resume.json", &data[..at]) else {
        return;
    };
    let mut profile = Profile::default();
    profile.append(evidence.profile);
    let _proposals = career::merge::proposals(&profile, &[]);
    let analysis = tailor::analyze(&posting_of(&data[at + MARK.len()..]));
    let today = PartialDate::year(2026);
    let matches = match_profile(&profile, &analysis, today);
    let options = Options {
        page_budget: 2,
        language: None,
        today,
    };
    let draft = generate(&profile, &analysis, &matches, &options);
    match verify(draft, &profile) {
        Ok(verification) => assert!(
            verification.findings.is_empty(),
            "{:?}",
            verification.findings
        ),
        Err(TailorError::Empty) => {}
        Err(error) => panic!("{error:?}"),
    }
}

fn posting_of(data: &[u8]) -> Posting {
    let text = String::from_utf8_lossy(data).into_owned();
    Posting::of_text(ContentHash::of(data), text)
}
