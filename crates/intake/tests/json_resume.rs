//! JSON Resume files, good and bad, into profiles.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use career::{ContactKind, Locator, PartialDate, Profile, SectionKind};
use intake::{Evidence, IntakeError, SourceKind, read_evidence};
use serde_json::Value;
use support::{assert_cited, bytes, files, json, section, words};

fn read(name: &str) -> Result<Evidence, IntakeError> {
    read_evidence(name, &bytes(name))
}

fn profile(name: &str) -> Profile {
    let evidence = read(name).unwrap();
    assert_eq!(evidence.kind, SourceKind::JsonResume);
    evidence.profile
}

#[test]
fn every_fact_quotes_the_very_string_its_pointer_leads_to() {
    for name in files("jsonresume", ".json") {
        if name.ends_with("sample.job.json") {
            continue;
        }
        let document = json(&name);
        let profile = profile(&name);
        assert_cited(&profile);
        assert!(profile.has_content());
        for fact in &profile.facts {
            let Locator::JsonPointer { pointer } = &fact.locator else {
                panic!("{name}: {:?}", fact.locator);
            };
            let value = document.pointer(pointer).and_then(Value::as_str);
            assert_eq!(value, Some(fact.quote.as_str()), "{name} {pointer}");
        }
    }
}

/// Every filled string of a document is a fact or kept as unread: nothing is lost.
#[test]
fn nothing_of_a_resume_is_lost() {
    let mut names = files("jsonresume", ".json");
    names.extend(files("jsonresume/edge", ".json"));
    for name in names {
        let Ok(evidence) = read(&name) else { continue };
        let text = bytes(&name);
        let text = String::from_utf8(text).unwrap();
        let document: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
        let mut kept: Vec<String> = evidence
            .profile
            .facts
            .iter()
            .map(|fact| fact.quote.clone())
            .collect();
        kept.extend(
            evidence
                .profile
                .unread
                .iter()
                .map(|unread| unread.content.clone()),
        );
        let mut stack = vec![&document];
        while let Some(value) = stack.pop() {
            match value {
                Value::Object(map) => stack.extend(map.values()),
                Value::Array(items) => stack.extend(items),
                Value::String(text) if !text.trim().is_empty() => {
                    let json = serde_json::to_string(text).unwrap();
                    let found = kept.iter().any(|kept| kept == text || kept.contains(&json));
                    assert!(found, "{name} lost {text:?}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn the_complete_sample_fills_every_section() {
    let profile = profile("jsonresume/complete_jane.json");
    let document = json("jsonresume/complete_jane.json");
    for (kind, key) in [
        (SectionKind::Work, "work"),
        (SectionKind::Volunteer, "volunteer"),
        (SectionKind::Education, "education"),
        (SectionKind::Projects, "projects"),
        (SectionKind::Certificates, "certificates"),
        (SectionKind::Awards, "awards"),
        (SectionKind::Publications, "publications"),
        (SectionKind::References, "references"),
    ] {
        let expected = document[key].as_array().map_or(0, Vec::len);
        assert_eq!(section(&profile, kind).len(), expected, "{key}");
    }
    let work = section(&profile, SectionKind::Work)[0];
    assert_eq!(work.id.0, "work-1");
    assert_eq!(words(work.title.as_ref()), "Senior Software Engineer");
    assert_eq!(words(work.organization.as_ref()), "TechCorp Inc");
    assert_eq!(work.highlights.len(), 4);
    assert!(work.is_current());
    let award = section(&profile, SectionKind::Awards)[0];
    assert!(award.single_date && !award.is_current());
    let kinds: Vec<ContactKind> = profile
        .contacts
        .iter()
        .map(|contact| contact.kind)
        .collect();
    assert_eq!(
        kinds,
        [
            ContactKind::Email,
            ContactKind::Phone,
            ContactKind::Location,
            ContactKind::Website,
            ContactKind::Network,
            ContactKind::Network,
            ContactKind::Network
        ]
    );
    let place: Vec<&str> = profile.contacts[2]
        .parts
        .iter()
        .map(|part| part.text.as_str())
        .collect();
    assert_eq!(place, ["San Francisco", "California", "US"]);
}

#[test]
fn older_names_of_fields_are_understood() {
    let profile = profile("jsonresume/edge/legacy_v0_fields.json");
    let work = section(&profile, SectionKind::Work)[0];
    assert_eq!(words(work.organization.as_ref()), "Legacy Co");
    assert_eq!(words(work.url.as_ref()), "https://legacy.test");
    let school = section(&profile, SectionKind::Education)[0];
    assert_eq!(words(school.score.as_ref()), "4.0");
    assert_eq!(words(school.title.as_ref()), "BS");
    assert_eq!(words(school.subtitle.as_ref()), "CS");
}

#[test]
fn dates_keep_their_precision_and_open_ends_stay_open() {
    let profile = profile("jsonresume/edge/partial_dates.json");
    let work = section(&profile, SectionKind::Work);
    assert_eq!(
        work[0].start.as_ref().unwrap().date,
        Some(PartialDate::year(2020))
    );
    assert!(work[0].is_current());
    assert_eq!(
        work[2].start.as_ref().unwrap().date.unwrap().to_string(),
        "2018-02-28"
    );
    assert!(!work[3].is_current());
    let text = br#"{"work":[{"name":"A","startDate":"2020","endDate":"Present"}]}"#;
    let open = read_evidence("a.json", text).unwrap().profile;
    assert!(open.entries[0].is_current());
}

#[test]
fn markup_in_strings_stays_text_and_the_last_of_two_keys_counts() {
    let profile_of = |name: &str| profile(&format!("jsonresume/edge/{name}.json"));
    let markup = profile_of("html_and_markdown_in_text");
    assert!(markup.summary[0].text.contains("<script>alert(1)</script>"));
    assert_eq!(profile_of("duplicate_keys").name[0].text, "Second");
    assert_eq!(profile_of("utf8_bom").name[0].text, "Büchner");
    assert_eq!(profile_of("explicit_nulls_and_empty").facts.len(), 1);
    assert_eq!(profile_of("basics_only").name[0].text, "Test Person");
}

#[test]
fn paragraphs_of_the_summary_are_spans_of_one_fact() {
    let text = br#"{"basics":{"summary":" One. Two.\n\nThree.\r\n"}}"#;
    let profile = read_evidence("a.json", text).unwrap().profile;
    let paragraphs: Vec<&str> = profile
        .summary
        .iter()
        .map(|field| field.text.as_str())
        .collect();
    assert_eq!(paragraphs, ["One. Two.", "Three."]);
    assert_eq!(profile.facts.len(), 1);
}

#[test]
fn wrong_types_are_skipped_with_a_notice_and_refused_when_nothing_else_is_there() {
    let text = br#"{"basics":{"name":"Ada","phone":5},"work":"none","skills":["Rust",7]}"#;
    let evidence = read_evidence("a.json", text).unwrap();
    assert_eq!(
        evidence.notices,
        [
            "wrong_type:/basics/phone",
            "wrong_type:/work",
            "wrong_type:/skills/1"
        ]
    );
    assert_eq!(words(evidence.profile.skills[0].name.as_ref()), "Rust");
    let error = read("jsonresume/edge/wrong_types.json").unwrap_err();
    assert!(
        error
            .to_string()
            .contains("/basics/name, /basics/profiles, /work")
    );
}

#[test]
fn what_is_no_resume_is_refused_by_what_it_is() {
    for (name, code) in [
        ("jsonresume/edge/empty_object.json", "no_profile_data"),
        ("jsonresume/edge/not_a_resume.json", "json_not_a_resume"),
        ("jsonresume/edge/_schema_verdicts.json", "json_not_a_resume"),
        ("jsonresume/edge/top_level_array.json", "json_list"),
        (
            "jsonresume/edge/trailing_comma_comments.json",
            "json_invalid",
        ),
        ("jsonresume/edge/truncated.json", "json_cut_off"),
        ("jsonresume/sample.job.json", "json_job_instead_of_resume"),
    ] {
        assert_eq!(read(name).unwrap_err().code(), code, "{name}");
    }
    for (content, code) in [
        (b"".as_slice(), "file_empty"),
        (b" \n ", "file_empty"),
        (b"%PDF-1.4", "pdf_damaged"),
        (b"Dear Sir or Madam", "file_unknown_kind"),
        (b"{\"basics\":{\"name\":\"J\xfcrgen\"}}", "file_not_utf8"),
    ] {
        assert_eq!(read_evidence("a", content).unwrap_err().code(), code);
    }
    let deep = "[".repeat(200_000);
    assert_eq!(
        read_evidence("a", deep.as_bytes()).unwrap_err().code(),
        "json_invalid"
    );
}

#[test]
fn naughty_strings_come_through_unchanged() {
    for text in json("hostile/strings/blns.json").as_array().unwrap() {
        let text = text.as_str().unwrap();
        if text.trim().is_empty() {
            continue;
        }
        let document = serde_json::json!({"basics": {"name": text}}).to_string();
        let profile = read_evidence("a.json", document.as_bytes())
            .unwrap()
            .profile;
        assert_eq!(profile.facts.iter().next().unwrap().quote, text);
        assert_cited(&profile);
    }
}
