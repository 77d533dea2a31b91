//! Hostile and damaged PDFs: each ends in a result or in words of its own, nothing hidden becomes a
//! fact.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use intake::{IntakeError, read_evidence};
use support::{assert_cited, bytes, files};

fn code(name: &str) -> Option<&'static str> {
    let name = format!("hostile/pdf/{name}");
    read_evidence(&name, &bytes(&name))
        .err()
        .map(|error| error.code())
}

#[test]
fn every_hostile_pdf_ends_in_a_result_or_a_refusal() {
    for name in files("hostile/pdf", ".pdf") {
        match read_evidence(&name, &bytes(&name)) {
            Ok(evidence) => assert_cited(&evidence.profile),
            Err(error) => assert!(!error.code().is_empty(), "{name}"),
        }
    }
}

#[test]
fn refusals_say_what_is_wrong() {
    for (name, expected) in [
        ("bomb_flate_300MB.pdf", "pdf_too_much"),
        ("nested_arrays_100k.pdf", "pdf_damaged"),
        ("pages_self_loop.pdf", "pdf_damaged"),
        ("truncated_half.pdf", "pdf_damaged"),
        ("pypdf_r2-user-password.pdf", "pdf_locked"),
        ("pdfjs_pr6531_1.pdf", "pdf_locked"),
        ("html_named.pdf", "file_unknown_kind"),
        ("zero_bytes.pdf", "file_empty"),
        ("many_blank_pages_3000.pdf", "no_profile_data"),
    ] {
        assert_eq!(code(name), Some(expected), "{name}");
    }
}

#[test]
fn a_pdf_behind_other_bytes_is_read() {
    for name in ["leading_junk_900_bytes.pdf", "polyglot_html_pdf.pdf"] {
        assert_eq!(code(name), None, "{name}");
    }
}

#[test]
fn text_nobody_can_see_is_named_and_gives_no_fact() {
    for name in ["inj_white_text.pdf", "inj_tiny_font.pdf"] {
        let name = format!("hostile/pdf/{name}");
        let evidence = read_evidence(&name, &bytes(&name)).unwrap();
        assert_eq!(evidence.notices, ["hidden_text:page 1"], "{name}");
        let facts = &evidence.profile.facts;
        assert!(
            facts
                .iter()
                .all(|fact| !fact.quote.contains("previous instructions")),
            "{name}"
        );
        let kept = &evidence.profile.unread;
        assert!(
            kept.iter()
                .any(|unread| unread.content.contains("previous instructions"))
        );
    }
}

#[test]
fn titles_and_notes_inside_the_file_are_not_read() {
    let name = "hostile/pdf/inj_metadata_annotation.pdf";
    let evidence = read_evidence(name, &bytes(name)).unwrap();
    let facts = &evidence.profile.facts;
    assert!(
        facts
            .iter()
            .all(|fact| !fact.quote.to_lowercase().contains("ignore"))
    );
    let kept = &evidence.profile.unread;
    assert!(
        kept.iter()
            .all(|unread| !unread.content.to_lowercase().contains("ignore"))
    );
}

#[test]
fn a_cut_off_resume_never_panics_wherever_it_ends() {
    let whole = bytes("resume-pdf/bob_minimal_classic.pdf");
    for part in 1..24 {
        let cut = &whole[..whole.len() * part / 24];
        let result = read_evidence("cut.pdf", cut);
        assert!(
            !matches!(result, Err(IntakeError::EmptyFile)),
            "a cut file is not an empty one"
        );
    }
}

#[test]
fn changed_bytes_never_panic() {
    let whole = bytes("linkedin-pdf/lookalike/dev04_en_minimal.pdf");
    let mut seed = 17_usize;
    for _ in 0..40 {
        let mut changed = whole.clone();
        for _ in 0..30 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let at = (seed >> 20) % changed.len();
            changed[at] = (seed >> 8) as u8;
        }
        // Any answer is one, as long as there is one.
        let _ = read_evidence("changed.pdf", &changed);
    }
}
