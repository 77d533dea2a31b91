//! Every format that a profile is read from goes out as a JSON Resume and in again unchanged.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../examples/score/content.rs"]
mod content;
mod support;

use career::{ContactKind, Profile, SectionKind};
use intake::{SourceKind, read_evidence, to_json_resume};
use support::{assert_cited, bytes, files, section, words};

fn read(name: &str) -> (SourceKind, Profile) {
    let evidence =
        read_evidence(name, &bytes(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_cited(&evidence.profile);
    (evidence.kind, evidence.profile)
}

fn texts(fields: &[career::Field]) -> Vec<&str> {
    fields.iter().map(|field| field.text.as_str()).collect()
}

#[test]
fn nothing_is_lost_on_the_way_out_and_in_again() {
    let mut names = files("jsonresume", ".json");
    names.extend(files("jsonresume/edge", ".json"));
    names.extend(files("linkedin-export", ".zip"));
    names.extend(files("reactive-resume", "sample.json"));
    names.extend(files("rendercv", ".yaml"));
    names.extend(files("linkedin-snapshot", ".json"));
    names.extend(files("europass", ".xml"));
    names.extend(files("resume-text", ".txt"));
    names.extend(files("resume-text", ".md"));
    names.extend(files("resume-docx", ".docx"));
    let mut tried = 0;
    for name in names {
        let Ok(evidence) = read_evidence(&name, &bytes(&name)) else {
            continue;
        };
        let (_, lost) = content::lost(&evidence.profile, &to_json_resume(&evidence.profile));
        assert!(lost.is_empty(), "{name}: {lost:#?}");
        tried += 1;
    }
    assert!(tried > 20, "{tried}");
}

#[test]
fn facts_of_a_json_resume_keep_their_very_words() {
    for name in files("jsonresume", ".json") {
        let Ok(evidence) = read_evidence(&name, &bytes(&name)) else {
            continue;
        };
        let quotes = |profile: &Profile| {
            let mut quotes: Vec<String> = profile
                .facts
                .iter()
                .map(|fact| fact.quote.clone())
                .collect();
            quotes.sort();
            quotes
        };
        let written = to_json_resume(&evidence.profile).to_string();
        let again = read_evidence(&name, written.as_bytes()).unwrap().profile;
        let (mut before, after) = (quotes(&evidence.profile), quotes(&again));
        // A date that is no ISO date is written in both forms, and only its words are read again.
        before.retain(|quote| !quote.contains('T') || career::PartialDate::parse(quote).is_none());
        for quote in before {
            assert!(after.contains(&quote), "{name}: {quote}");
        }
    }
}

#[test]
fn what_is_written_is_valid_where_the_format_has_rules() {
    let (_, profile) = read("linkedin-export/ada_complete.zip");
    let written = to_json_resume(&profile);
    let keys: Vec<&String> = written.as_object().unwrap().keys().collect();
    assert!(keys.iter().all(|key| !key.starts_with("x-")), "{keys:?}");
    assert_eq!(written["work"].as_array().unwrap().len(), 11);
    assert_eq!(written["work"][0]["startDate"], "2022-10-01");
    assert_eq!(written["work"][0]["x-startDate"], "01 Oct 2022");
    assert_eq!(written["basics"]["name"], "Ada Byron-Lovelace");
    assert_eq!(
        written["basics"]["location"]["city"],
        "London, England, United Kingdom"
    );
}

#[test]
fn several_sources_in_one_profile_go_out_together() {
    let (_, mut profile) = read("jsonresume/complete_jane.json");
    profile.append(read("jsonresume/edge/extra_unknown_fields.json").1);
    profile.append(read("linkedin-export/basic_crlf_bom.zip").1);
    let (pieces, lost) = content::lost(&profile, &to_json_resume(&profile));
    assert!(pieces > 100 && lost.is_empty(), "{lost:#?}");
}

#[test]
fn a_changed_date_counts_more_than_the_words_kept_beside_it() {
    let text = br#"{"work":[{"name":"A","startDate":"2021-05","x-startDate":"Apr 2020"},
        {"name":"B","x-startDate":"Summer 2020"}]}"#;
    let profile = read_evidence("a.json", text).unwrap().profile;
    let start = |number: usize| &profile.entries[number].start.as_ref().unwrap().field.text;
    assert_eq!(start(0), "2021-05");
    assert_eq!(start(1), "Summer 2020");
    assert_eq!(profile.unread.len(), 1);
}

#[test]
fn reactive_resumes_of_both_versions_are_read() {
    let (kind, profile) = read("reactive-resume/v4_sample.json");
    assert_eq!(kind, SourceKind::ReactiveResume);
    let work = section(&profile, SectionKind::Work);
    assert_eq!(work.len(), 2);
    assert!(work[0].is_current() && !work[1].is_current());
    assert_eq!(work[0].highlights.len(), 3);
    assert!(
        profile.summary[0]
            .text
            .contains("in front-end technologies and")
    );

    let (_, profile) = read("reactive-resume/v5_sample.json");
    let work = section(&profile, SectionKind::Work);
    let employers: Vec<&str> = work
        .iter()
        .map(|entry| words(entry.organization.as_ref()))
        .collect();
    assert_eq!(
        employers,
        [
            "Cascade Studios",
            "Pixel Forge Interactive",
            "Mobile Games Studio"
        ]
    );
    assert_eq!(
        words(section(&profile, SectionKind::Education)[0].score.as_ref()),
        "3.6 GPA"
    );
    assert_eq!(section(&profile, SectionKind::Certificates).len(), 2);
    assert_eq!(profile.languages.len(), 2);
    let networks = profile
        .contacts
        .iter()
        .filter(|contact| contact.kind == ContactKind::Network);
    assert_eq!(networks.count(), 4);
}

#[test]
fn several_roles_at_one_employer_are_several_positions() {
    let text = br#"{"basics":{"name":"A"},"sections":{"experience":{"items":[{"company":"Acme",
        "position":"","period":"2018 - Present","description":"<p>All of it</p>","roles":[
        {"position":"Lead","period":"2020 - Present","description":"<ul><li>Led</li></ul>"},
        {"position":"Engineer","period":"2018 - 2020","description":""}]}]}}}"#;
    let profile = read_evidence("a.json", text).unwrap().profile;
    let work = section(&profile, SectionKind::Work);
    let titles: Vec<&str> = work
        .iter()
        .map(|entry| words(entry.title.as_ref()))
        .collect();
    assert_eq!(titles, ["Lead", "Engineer"]);
    assert_eq!(texts(&work[0].summary), ["All of it"]);
    assert_eq!(texts(&work[0].highlights), ["Led"]);
    assert!(work[0].is_current() && work[1].summary.is_empty() && !work[1].is_current());
}

#[test]
fn rendercv_items_are_known_by_their_keys() {
    let (kind, profile) = read("rendercv/john_classic.yaml");
    assert_eq!(kind, SourceKind::RenderCv);
    let counts = [
        (SectionKind::Work, 5),
        (SectionKind::Education, 2),
        (SectionKind::Projects, 2),
        (SectionKind::Publications, 4),
        (SectionKind::Awards, 5),
    ];
    for (kind, count) in counts {
        assert_eq!(section(&profile, kind).len(), count, "{kind:?}");
    }
    let project = section(&profile, SectionKind::Projects);
    assert_eq!(words(project[0].title.as_ref()), "FlashInfer");
    assert_eq!(words(project[0].url.as_ref()), "https://github.com/");
    assert!(project[0].is_current() && !project[1].is_current());
    assert_eq!(
        texts(&profile.skills[0].keywords),
        ["Python", "C++", "CUDA", "Rust", "Julia"]
    );
    let kept: Vec<&str> = profile
        .unread
        .iter()
        .map(|part| part.content.as_str())
        .collect();
    assert!(
        kept.iter()
            .any(|part| part.starts_with("Adaptive Quantization"))
    );
}

#[test]
fn yaml_that_costs_more_than_it_holds_ends_in_a_refusal() {
    let mut bomb = String::from("cv:\n  name: A\nx0: &x0 [a, a, a, a, a, a, a, a, a]\n");
    for level in 1..40 {
        let items = vec![format!("*x{}", level - 1); 9].join(", ");
        bomb.extend([format!("x{level}: &x{level} [{items}]\n")]);
    }
    let deep = format!("cv:\n  name: {}", "[".repeat(500_000));
    for text in [bomb, deep, "cv: [".to_owned(), "cv:\n\t- a".to_owned()] {
        let code = read_evidence("a.yaml", text.as_bytes()).unwrap_err().code();
        assert_eq!(code, "yaml_invalid");
    }
    let unknown = read_evidence("a.yaml", b"cv:\n  name:\n").unwrap_err();
    assert_eq!(unknown.code(), "no_profile_data");
}
