//! PDFs: what LinkedIn saves and résumés of many makers against their truth, and what stands on
//! their pages beyond it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use career::fact::Locator;
use intake::score::{Score, compare};
use intake::{Evidence, SourceKind, read_evidence};
use support::{assert_cited, bytes, files, json, words};

fn read(name: &str) -> Evidence {
    read_evidence(name, &bytes(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn scored(pdf: &str) -> (Evidence, Score) {
    let evidence = read(pdf);
    let truth = json(&pdf.replace(".pdf", ".truth.json"));
    let score = compare(&truth, Some(&evidence));
    (evidence, score)
}

fn with_truth(folder: &str) -> Vec<String> {
    files(folder, ".truth.json")
        .into_iter()
        .map(|name| name.replace(".truth.json", ".pdf"))
        .collect()
}

#[test]
fn profiles_saved_by_linkedin_are_read_exactly_in_every_language_given() {
    for pdf in with_truth("linkedin-pdf/lookalike") {
        let (evidence, score) = scored(&pdf);
        assert_eq!(evidence.kind, SourceKind::LinkedinPdf, "{pdf}");
        assert!(score.total().right > 5, "{pdf}");
        assert!(score.total().f1() >= 0.99, "{pdf}: {:#?}", score.faults);
        assert_cited(&evidence.profile);
    }
}

#[test]
fn resumes_of_every_maker_are_read_nearly_exactly() {
    for pdf in with_truth("resume-pdf") {
        let (evidence, score) = scored(&pdf);
        assert_eq!(evidence.kind, SourceKind::ResumePdf, "{pdf}");
        assert!(score.total().f1() >= 0.94, "{pdf}: {:#?}", score.faults);
        let printed = score.total().right + score.total().missing;
        assert!(score.total().unprinted * 20 < printed, "{pdf}");
        assert_cited(&evidence.profile);
    }
}

#[test]
fn layouts_and_languages_written_for_these_tests_are_read_exactly() {
    for pdf in with_truth("resume-pdf/written") {
        let (_, score) = scored(&pdf);
        assert!(score.total().f1() >= 0.99, "{pdf}: {:#?}", score.faults);
    }
}

#[test]
fn a_file_that_gives_nothing_scores_nothing() {
    let truth = json("resume-pdf/jake_latex.truth.json");
    let score = compare(&truth, None);
    assert!(score.total().f1() < f64::EPSILON);
    assert!(score.total().missing > 50);
}

#[test]
fn what_an_empty_truth_does_not_hold_counts_as_wrong() {
    let truth = serde_json::json!({"basics": {"name": null, "email": null}, "work": []});
    let score = compare(&truth, Some(&read("resume-pdf/jake_latex.pdf")));
    assert!(score.total().wrong >= 2 + 2 * 3, "{:?}", score.faults);
}

#[test]
fn a_word_that_latex_broke_is_whole_again_though_it_stands_nowhere_else() {
    let profile = read("resume-pdf/latex_two_columns_de.pdf").profile;
    let school = profile
        .entries
        .iter()
        .find(|entry| words(entry.organization.as_ref()) == "Berufsschule Rendsburg")
        .unwrap();
    assert_eq!(
        words(school.subtitle.as_ref()),
        "Metallbauer Konstruktionstechnik"
    );
}

#[test]
fn names_from_right_to_left_are_read_in_the_order_of_their_letters() {
    let arabic = read("linkedin-pdf/lookalike/written_ar_engineer.pdf").profile;
    assert_eq!(arabic.name[0].text, "ليلى عبد الرحمن الحسيني");
    let hebrew = read("linkedin-pdf/lookalike/written_he_product.pdf").profile;
    assert_eq!(hebrew.name[0].text, "נועה בן-דוד");
    let first = &hebrew.entries[0];
    assert_eq!(words(first.location.as_ref()), "תל אביב, ישראל");
}

#[test]
fn a_profile_page_is_read_though_no_list_has_its_headings() {
    let evidence = read("linkedin-pdf/lookalike/written_sw_headings_in_no_list.pdf");
    assert_eq!(evidence.kind, SourceKind::LinkedinPdf);
    let profile = evidence.profile;
    assert_eq!(profile.skills[0].keywords.len(), 2);
    assert_eq!(profile.languages.len(), 2);
    assert_eq!(profile.entries.len(), 3);
}

#[test]
fn text_over_a_framed_heading_is_not_hidden() {
    let evidence = read("resume-pdf/written/g_german_framed_headings.pdf");
    assert!(evidence.notices.is_empty(), "{:?}", evidence.notices);
}

#[test]
fn a_fact_names_page_line_and_box_of_its_words() {
    let evidence = read("linkedin-pdf/lookalike/dev01_en_typical.pdf");
    let profile = evidence.profile;
    let headline = profile.headline.unwrap();
    let fact = profile.facts.get(headline.fact()).unwrap();
    let Locator::PageArea {
        page,
        left,
        right,
        top,
        bottom,
        ..
    } = fact.locator
    else {
        panic!("{:?}", fact.locator);
    };
    assert_eq!(page, 1);
    assert!(left > 200 && right < 612 && top > 60 && bottom < 110);
    assert!(fact.locator.to_string().starts_with("page 1, line "));
    assert_eq!(fact.locator.mark(), "pdf");
}

#[test]
fn a_word_broken_at_a_line_end_is_whole_again_and_a_written_hyphen_stays() {
    let evidence = read("resume-pdf/jane_complete_moderncv.pdf");
    let summary = &evidence.profile.summary[0].text;
    assert!(summary.contains("scalable web applications"), "{summary}");
    let azurill = read("resume-pdf/reactive_azurill.pdf");
    let told = azurill
        .profile
        .entries
        .iter()
        .flat_map(|entry| &entry.summary);
    assert!(
        told.clone()
            .any(|field| field.text.contains("full-stack e-commerce platform")),
        "{:?}",
        told.collect::<Vec<_>>()
    );
}

#[test]
fn ligatures_and_outlined_letters_are_letters() {
    let evidence = read("resume-pdf/reactive_ditto.pdf");
    let profile = evidence.profile;
    assert_eq!(profile.name[0].text, "John Doe");
    let networks: Vec<&str> = profile
        .contacts
        .iter()
        .flat_map(|contact| &contact.parts)
        .map(|part| part.text.as_str())
        .collect();
    assert!(networks.contains(&"https://stackoverflow.com/u/johndoe"));
    assert!(evidence.notices.is_empty());
}

#[test]
fn a_template_gives_its_own_words_and_no_dates_that_are_none() {
    let profile = read("resume-pdf/altacv_placeholder.pdf").profile;
    assert_eq!(profile.name[0].text, "YOUR NAME HERE");
    let job = profile
        .entries
        .iter()
        .find(|entry| words(entry.title.as_ref()) == "Job Title 1")
        .unwrap();
    assert_eq!(words(job.organization.as_ref()), "Company 1");
    assert!(job.start.is_none() && job.end.is_none());
}

#[test]
fn a_scan_is_refused_with_words_of_its_own() {
    let name = "resume-pdf/maya_scan_no_text_layer.pdf";
    let error = read_evidence(name, &bytes(name)).unwrap_err();
    assert_eq!(error.code(), "pdf_scan");
}

#[test]
fn sections_without_a_place_in_a_profile_are_kept_unread() {
    let profile = read("resume-pdf/rendercv_classic.pdf").profile;
    let kept: Vec<&str> = profile
        .unread
        .iter()
        .map(|unread| unread.content.as_str())
        .collect();
    assert!(kept.contains(&"Welcome to RenderCV"));
    assert!(
        kept.iter()
            .any(|text| text.contains("Each section title is arbitrary."))
    );
}

#[test]
fn reading_twice_gives_the_same_facts() {
    let name = "resume-pdf/jake_latex.pdf";
    assert_eq!(read(name), read(name));
}
