//! LinkedIn exports against their truth, and archives that mean harm.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::io::Write;

use career::{ContactKind, DateField, Entry, Profile, SectionKind};
use intake::{IntakeError, SourceKind, read_evidence};
use serde_json::Value;
use support::{assert_cited, bytes, json, section, words};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn profile(name: &str) -> Profile {
    let evidence = read_evidence(name, &bytes(name)).unwrap();
    assert_eq!(evidence.kind, SourceKind::LinkedinExport);
    assert_cited(&evidence.profile);
    evidence.profile
}

fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn decoded(value: &Value) -> String {
    value.as_str().unwrap_or_default().replace("&amp;", "&")
}

/// The date at the precision of the truth.
fn date(field: Option<&DateField>, truth: &Value) -> String {
    let length = truth.as_str().map_or(0, str::len);
    let date = field
        .and_then(|field| field.date)
        .map(|date| date.to_string())
        .unwrap_or_default();
    date.get(..length).unwrap_or(&date).to_owned()
}

fn told(entry: &Entry) -> String {
    let lines = entry.summary.iter().chain(&entry.highlights);
    lines
        .map(|field| field.text.clone())
        .collect::<Vec<_>>()
        .join("\n")
}

fn assert_entries(found: &[&Entry], truth: &Value, title: &str, organization: &str) {
    let truth = truth.as_array().unwrap();
    assert_eq!(found.len(), truth.len());
    for (entry, truth) in found.iter().zip(truth) {
        assert_eq!(words(entry.title.as_ref()), decoded(&truth[title]));
        assert_eq!(
            words(entry.organization.as_ref()),
            decoded(&truth[organization])
        );
        for (key, field) in [("startDate", &entry.start), ("endDate", &entry.end)] {
            assert_eq!(
                date(field.as_ref(), &truth[key]),
                truth[key].as_str().unwrap_or_default()
            );
        }
        if let Some(description) = truth.get("description") {
            assert_eq!(told(entry), decoded(description).replace("• ", ""));
        }
        for (key, field) in [("location", &entry.location), ("url", &entry.url)] {
            if let Some(expected) = truth.get(key) {
                assert_eq!(words(field.as_ref()), decoded(expected));
            }
        }
    }
}

#[test]
fn every_export_says_what_its_truth_says() {
    for name in ["ada_complete", "basic_crlf_bom", "nested_macos"] {
        let profile = profile(&format!("linkedin-export/{name}.zip"));
        let truth = json(&format!("linkedin-export/{name}.truth.json"));
        let basics = &truth["basics"];
        assert_eq!(profile.name[0].text, decoded(&basics["firstName"]));
        assert_eq!(profile.name[1].text, decoded(&basics["lastName"]));
        assert_eq!(
            words(profile.headline.as_ref()),
            decoded(&basics["headline"])
        );
        let summary: Vec<&str> = profile
            .summary
            .iter()
            .map(|field| field.text.as_str())
            .collect();
        assert_eq!(summary.join("\n\n"), decoded(&basics["summary"]));
        let contact = |kind| {
            let contact = profile.contacts.iter().find(|contact| contact.kind == kind);
            contact
                .map(|contact| contact.parts[0].text.clone())
                .unwrap_or_default()
        };
        assert_eq!(contact(ContactKind::Location), decoded(&basics["location"]));
        assert_eq!(
            contact(ContactKind::Email),
            decoded(&basics["primaryEmail"])
        );
        let of = |kind| section(&profile, kind);
        assert_entries(
            &of(SectionKind::Work),
            &truth["work"],
            "position",
            "company",
        );
        assert_entries(
            &of(SectionKind::Education),
            &truth["education"],
            "degree",
            "institution",
        );
        assert_entries(
            &of(SectionKind::Certificates),
            &truth["certificates"],
            "name",
            "issuer",
        );
        assert_entries(
            &of(SectionKind::Projects),
            &truth["projects"],
            "name",
            "none",
        );
        let skills: Vec<String> = profile
            .skills
            .iter()
            .flat_map(|group| &group.keywords)
            .map(|field| field.text.clone())
            .collect();
        let expected: Vec<String> = truth["skills"]
            .as_array()
            .unwrap()
            .iter()
            .map(decoded)
            .collect();
        assert_eq!(skills, expected);
        let languages: Vec<(String, String)> = profile
            .languages
            .iter()
            .map(|skill| {
                (
                    skill.language.text.clone(),
                    words(skill.fluency.as_ref()).to_owned(),
                )
            })
            .collect();
        let expected: Vec<(String, String)> = truth["languages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|language| {
                (
                    decoded(&language["language"]),
                    decoded(&language["fluency"]),
                )
            })
            .collect();
        assert_eq!(languages, expected);
    }
}

#[test]
fn a_fact_names_its_file_row_and_column() {
    let profile = profile("linkedin-export/basic_crlf_bom.zip");
    let work = section(&profile, SectionKind::Work);
    let locator =
        |field: &career::Field| profile.facts.get(field.fact()).unwrap().locator.to_string();
    assert_eq!(
        locator(work[1].title.as_ref().unwrap()),
        "Positions.csv row 2, Title"
    );
    assert_eq!(work[0].highlights.len(), 3);
    assert_eq!(work[0].highlights[2].text, "Said \"no\" to a rewrite");
    let facts: Vec<_> = work[0].highlights.iter().map(career::Field::fact).collect();
    assert_eq!(facts[0], facts[2]);
    let addresses: Vec<&str> = profile
        .contacts
        .iter()
        .skip(3)
        .map(|contact| contact.parts[0].text.as_str())
        .collect();
    assert_eq!(
        addresses,
        [
            "https://marisol.example.org",
            "https://github.com/example-marisol"
        ]
    );
}

#[test]
fn private_parts_of_an_archive_are_never_read() {
    let evidence = read_evidence("a.zip", &bytes("linkedin-export/ada_complete.zip")).unwrap();
    let whole = serde_json::to_string(&evidence.profile).unwrap();
    for private in [
        "221B Baker Street",
        "1815-12-10",
        "EX1 2MP",
        "203.0.113.42",
        "Lord Byron",
        "CARD_VISA",
    ] {
        assert!(!whole.contains(private), "{private}");
    }
    assert!(evidence.profile.endorsements.values().sum::<u32>() > 100);
    assert_eq!(
        section(&evidence.profile, SectionKind::Publications).len(),
        2
    );
}

#[test]
fn notes_above_the_header_and_unusual_names_are_no_obstacle() {
    let zip = archive(&[
        (
            "Export/PROFILE.CSV",
            "Notes:\n\"These are notes, with a comma\"\n\nFirst Name,Last Name,Headline\nAda,Byron,\"R&amp;D, mostly\"\n",
        ),
        (
            "Export/Phone Numbers.csv",
            "Extension,Number,Type\n+44,20 5550 0100,Mobile\n",
        ),
        (
            "Export/Education.csv",
            "School Name,Degree Name\nSchool,BSc\n",
        ),
        ("Export/Courses.csv", "Name,Number\nLogic,L1\n"),
        (
            "Export/Volunteering Experiences.csv",
            "Company Name,Role,Started On,Description\nLibrary,Reader,2015,one\n",
        ),
        (
            "Export/Honors.csv",
            "Title,Description,Issued On\nMedal,For reading,Jan 2020\n",
        ),
        (
            "Export/Recommendations_Received.csv",
            "First Name,Last Name,Company,Job Title,Text,Status\nA,B,C,Boss,Good,VISIBLE\nA,B,C,Boss,Hidden,HIDDEN\n",
        ),
    ]);
    let profile = read_evidence("a.zip", &zip).unwrap().profile;
    assert_cited(&profile);
    assert_eq!(words(profile.headline.as_ref()), "R&D, mostly");
    let phone: Vec<&str> = profile.contacts[0]
        .parts
        .iter()
        .map(|part| part.text.as_str())
        .collect();
    assert_eq!(phone, ["+44", "20 5550 0100"]);
    assert_eq!(
        section(&profile, SectionKind::Education)[0].keywords[0].text,
        "Logic"
    );
    assert_eq!(section(&profile, SectionKind::Volunteer).len(), 1);
    assert!(section(&profile, SectionKind::Awards)[0].single_date);
    assert_eq!(section(&profile, SectionKind::References).len(), 1);
}

#[test]
fn several_lines_are_bullets_and_what_stands_above_them_is_a_summary() {
    let zip = archive(&[(
        "Positions.csv",
        "Company Name,Title,Description\nA,T,\"Led the team:\n- built it\n* -5% cost\n• shipped\"\nB,T,\"one line\nanother line\"\nC,T,alone\n",
    )]);
    let profile = read_evidence("a.zip", &zip).unwrap().profile;
    let lines = |number: usize| {
        let entry = &profile.entries[number];
        let of = |fields: &[career::Field]| {
            fields
                .iter()
                .map(|field| field.text.clone())
                .collect::<Vec<_>>()
        };
        (of(&entry.summary), of(&entry.highlights))
    };
    let strings = |words: &[&str]| {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        lines(0),
        (
            strings(&["Led the team:"]),
            strings(&["built it", "-5% cost", "shipped"])
        )
    );
    assert_eq!(lines(1), (vec![], strings(&["one line", "another line"])));
    assert_eq!(lines(2), (strings(&["alone"]), vec![]));
}

#[test]
fn archives_that_are_damaged_empty_or_hostile_are_refused_by_what_they_are() {
    for (name, code) in [
        ("linkedin-export/headers_only_empty.zip", "export_empty"),
        ("hostile/zip/bad_crc.zip", "archive_damaged"),
        (
            "hostile/zip/truncated_no_central_directory.zip",
            "archive_damaged",
        ),
        ("hostile/zip/symlink.zip", "export_not_found"),
        ("hostile/zip/not_a_zip.zip", "file_unknown_kind"),
    ] {
        assert_eq!(
            read_evidence(name, &bytes(name)).unwrap_err().code(),
            code,
            "{name}"
        );
    }
    let slip = profile("hostile/zip/slip_dotdot.zip");
    assert_eq!(
        slip.entries.len(),
        1,
        "only the file without tricks in its path"
    );
    assert_eq!(
        read_evidence("a", &archive(&[("word/document.xml", "x")])).unwrap_err(),
        IntakeError::NotAnExport
    );
    let many: Vec<String> = (0..2_001).map(|number| format!("f{number}")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(
        read_evidence("a", &archive(&many)).unwrap_err().code(),
        "archive_too_many_files"
    );
}

#[test]
fn a_file_that_inflates_without_end_is_cut_short() {
    let bomb = "x".repeat(65 << 20);
    let zip = archive(&[("Positions.csv", &bomb)]);
    assert!(zip.len() < 200_000);
    assert_eq!(
        read_evidence("a", &zip).unwrap_err(),
        IntakeError::ArchiveTooLarge { limit_mib: 64 }
    );
    let zip = archive(&[("messages.csv", &bomb), ("Skills.csv", "Name\nRust\n")]);
    assert!(
        read_evidence("a", &zip).is_ok(),
        "files that are not used are not opened"
    );
}

#[test]
fn answers_of_the_portability_interface_give_the_same_tables() {
    let name = "linkedin-snapshot/all_domains.json";
    let evidence = read_evidence(name, &bytes(name)).unwrap();
    assert_eq!(evidence.kind, SourceKind::LinkedinSnapshot);
    let profile = evidence.profile;
    assert_cited(&profile);
    let document = json(name);
    for fact in &profile.facts {
        let career::Locator::JsonPointer { pointer } = &fact.locator else {
            panic!("{:?}", fact.locator);
        };
        assert_eq!(document.pointer(pointer).unwrap(), fact.quote.as_str());
    }
    let work = section(&profile, SectionKind::Work);
    assert_eq!(work.len(), 2);
    assert_eq!(work[0].highlights.len(), 2);
    assert!(work[0].is_current());
    assert_eq!(profile.endorsements.get("rust"), Some(&2));
    let test = section(&profile, SectionKind::Certificates)[0];
    assert_eq!(words(test.score.as_ref()), "112");
    let whole = serde_json::to_string(&profile).unwrap();
    assert!(!whole.contains("Private") && !whole.contains("12 Example Street"));
}

/// Every page of every domain of the member, as one document of answers.
fn member() -> Value {
    let member = json("linkedin-snapshot/member.json");
    let domains = member.as_object().unwrap().values();
    domains
        .flat_map(|pages| pages.as_array().unwrap().clone())
        .collect()
}

#[test]
fn every_domain_of_a_member_s_data_lands_in_its_field_with_its_domain_and_row() {
    let document = member();
    let bytes = document.to_string().into_bytes();
    let evidence = read_evidence("LinkedIn", &bytes).unwrap();
    assert_eq!(evidence.kind, SourceKind::LinkedinSnapshot);
    let profile = &evidence.profile;
    assert_cited(profile);
    // The domain and the row (counted over the page) that a field's fact stands in.
    let place = |field: &career::Field| {
        let fact = profile.facts.get(field.fact()).unwrap();
        let career::Locator::JsonPointer { pointer } = &fact.locator else {
            panic!("{:?}", fact.locator);
        };
        let value = document.pointer(pointer).unwrap();
        let words = value.as_str().map_or(value.to_string(), str::to_owned);
        assert_eq!(words.replace("&amp;", "&"), fact.quote, "{pointer}");
        let (element, rest) = pointer.split_once("/snapshotData/").unwrap();
        let domain = document.pointer(element).unwrap()["snapshotDomain"].clone();
        let (row, column) = rest.split_once('/').unwrap();
        format!("{} {row} {column}", domain.as_str().unwrap())
    };
    let found = |field: Option<&career::Field>| {
        let field = field.unwrap();
        (place(field), field.text.clone())
    };
    let is = |place: &str, text: &str| (place.to_owned(), text.to_owned());
    let first = |kind| section(profile, kind)[0];
    let date = |field: &Option<DateField>| found(field.as_ref().map(|date| &date.field));

    assert_eq!(
        found(profile.name.first()),
        is("PROFILE 0 First Name", "Marisol")
    );
    assert_eq!(
        found(profile.headline.as_ref()),
        is("PROFILE 0 Headline", "Staff Backend Engineer")
    );
    assert_eq!(
        found(profile.summary.get(1)),
        is("PROFILE 0 Summary", "Reverts migrations.")
    );
    let contact = |kind| {
        let contact = profile.contacts.iter().find(|contact| contact.kind == kind);
        found(contact.unwrap().parts.first())
    };
    let primary = is("EMAIL_ADDRESSES 1 Email Address", "marisol@example.test");
    assert_eq!(contact(ContactKind::Email), primary, "the primary one");
    assert_eq!(
        contact(ContactKind::Phone),
        is("PHONE_NUMBERS 0 Number", "+1 503-555-0142")
    );
    assert_eq!(
        contact(ContactKind::Website),
        is("PROFILE 0 Websites", "https://marisol.example.org")
    );

    let work = section(profile, SectionKind::Work);
    assert_eq!(
        found(work[1].organization.as_ref()),
        is("POSITIONS 1 Company Name", "Brightwater Payments, Inc.")
    );
    assert_eq!(
        found(work[0].highlights.get(1)),
        is(
            "POSITIONS 0 Description",
            "Cut reconciliation from 9 h to 25 min"
        )
    );
    assert_eq!(
        found(work[1].summary.first()),
        is("POSITIONS 1 Description", "Wrote the R&D billing service.")
    );
    assert_eq!(
        date(&work[1].end),
        is("POSITIONS 1 Finished On", "May 2019")
    );
    let school = first(SectionKind::Education);
    assert_eq!(
        found(school.title.as_ref()),
        is("EDUCATION 0 Degree Name", "Bachelor of Science")
    );
    assert_eq!(
        found(school.keywords.first()),
        is("COURSES 0 Name", "Distributed Systems")
    );
    let skills: Vec<_> = profile.skills[0]
        .keywords
        .iter()
        .map(|skill| found(Some(skill)))
        .collect();
    assert_eq!(
        skills,
        [
            is("SKILLS 0 Name", "Rust"),
            is("SKILLS 1 Name", "PostgreSQL"),
            is("SKILLS 0 Name", "Kafka"),
            is("SKILLS 0 Name", "Terraform"),
        ],
        "of all pages"
    );
    assert_eq!(profile.endorsements.get("rust"), Some(&2));
    assert_eq!(
        profile.endorsements.get("gardening"),
        None,
        "given, not received"
    );
    let spoken = section(profile, SectionKind::References);
    assert_eq!(spoken.len(), 1, "the other one was given");
    assert_eq!(
        found(spoken[0].summary.first()),
        is(
            "RECOMMENDATIONS 0 Text",
            "Marisol rebuilt our ledger without an hour of downtime."
        )
    );
    assert_eq!(
        found(first(SectionKind::Projects).url.as_ref()),
        is("PROJECTS 0 Url", "https://ledger.example.org")
    );
    let certificates = section(profile, SectionKind::Certificates);
    assert_eq!(
        found(certificates[0].organization.as_ref()),
        is("CERTIFICATIONS 0 Authority", "The Linux Foundation")
    );
    assert_eq!(
        found(certificates[1].score.as_ref()),
        is("TEST_SCORES 0 Score", "112"),
        "a number is words too"
    );
    let language = &profile.languages[0];
    assert_eq!(
        found(Some(&language.language)),
        is("LANGUAGES 0 Name", "Spanish")
    );
    assert_eq!(
        found(language.fluency.as_ref()),
        is("LANGUAGES 0 Proficiency", "Native or bilingual proficiency")
    );
    let honor = first(SectionKind::Awards);
    assert_eq!(
        found(honor.title.as_ref()),
        is("HONORS 0 Title", "Open Source Medal")
    );
    assert_eq!(date(&honor.start), is("HONORS 0 Issued On", "Nov 2020"));
    let publications = section(profile, SectionKind::Publications);
    assert_eq!(
        found(publications[0].organization.as_ref()),
        is("PUBLICATIONS 0 Publisher", "Example Press")
    );
    assert_eq!(
        found(publications[1].title.as_ref()),
        is("PATENTS 0 Title", "Settlement of batches")
    );
    let unpaid = section(profile, SectionKind::Volunteer);
    assert_eq!(
        found(unpaid[0].title.as_ref()),
        is("VOLUNTEERING_EXPERIENCES 0 Role", "Reader")
    );
    assert_eq!(
        found(unpaid[1].organization.as_ref()),
        is("ORGANIZATIONS 0 Name", "Example Computing Society")
    );
}

#[test]
fn what_others_or_machines_said_is_kept_apart_and_told() {
    let evidence = read_evidence("LinkedIn", member().to_string().as_bytes()).unwrap();
    let unread: Vec<&str> = evidence
        .profile
        .unread
        .iter()
        .map(|unread| unread.content.as_str())
        .collect();
    for kept in [
        "Marisol is a seasoned engineer with a passion for ledgers.",
        "Tomas is the most careful reviewer I know.",
        "LF-1234",
        "CS 440",
        "EDUCATION",
    ] {
        assert!(unread.contains(&kept), "{kept}");
    }
    for fact in &evidence.profile.facts {
        assert!(!fact.quote.contains("seasoned") && !fact.quote.contains("Tomas"));
    }
    assert_eq!(
        evidence.notices,
        ["linkedin_summary_made", "linkedin_recommendations_unclear"]
    );
    let whole = serde_json::to_string(&evidence.profile).unwrap();
    for private in ["12 Example Street", "97201", "Jan 1\"", "priya-example"] {
        assert!(!whole.contains(private), "{private}");
    }
}

#[test]
fn domains_that_were_not_given_are_told_as_long_as_the_answers_are_kept() {
    let document = serde_json::json!([
        {"elements": [{"snapshotDomain": "SKILLS", "snapshotData": {"Name": "Rust", "Of": {"a": 1}}}]},
        {"elements": [], "notRead": [
            {"snapshotDomain": "TEST_SCORES", "reason": "linkedin_offline"}, {"reason": 1}, 7]},
    ]);
    let evidence = read_evidence("LinkedIn", document.to_string().as_bytes()).unwrap();
    assert_eq!(evidence.notices, ["linkedin_not_read:test scores"]);
    assert_eq!(evidence.profile.skills[0].keywords[0].text, "Rust");
    let empty = serde_json::json!([{"elements": []}]).to_string();
    let error = read_evidence("LinkedIn", empty.as_bytes()).unwrap_err();
    assert_eq!(error.code(), "export_empty");
}

#[test]
fn a_single_table_is_known_by_its_name_or_by_its_header() {
    for (name, kind) in [
        ("Positions.csv", SectionKind::Work),
        ("renamed.csv", SectionKind::Work),
        ("Projects.csv", SectionKind::Projects),
        ("Publications.csv", SectionKind::Publications),
    ] {
        let file = if name == "renamed.csv" {
            "Positions.csv"
        } else {
            name
        };
        let content = bytes(&format!("linkedin-export/ada_csv/{file}"));
        let evidence = read_evidence(name, &content).unwrap();
        assert_eq!(evidence.kind, SourceKind::LinkedinExport, "{name}");
        assert!(!section(&evidence.profile, kind).is_empty(), "{name}");
    }
    for name in [
        "Skills.csv",
        "Profile.csv",
        "Languages.csv",
        "PhoneNumbers.csv",
    ] {
        let content = bytes(&format!("linkedin-export/ada_csv/{name}"));
        assert!(read_evidence(name, &content).is_ok(), "{name}");
    }
}

#[test]
fn every_profile_file_of_the_archive_is_read_under_its_several_names() {
    let zip = archive(&[
        (
            "Patents.csv",
            "Title,Description,Issued On,Url,Number\nQuantizer,Small numbers,Jan 2020,https://p.example,US 1\n",
        ),
        (
            "TestScores.csv",
            "Name,Score,Date,Description\nTOEFL,112,May 2010,\n",
        ),
        (
            "Organizations.csv",
            "Name,Position,Started On,Finished On,Description\nACM,Chair,2012,2014,\n",
        ),
        (
            "Volunteering.csv",
            "Company Name,Role,Cause,Started On,Finished On,Description\nLibrary,Reader,EDUCATION,janv. 2015,\"déc. 2016\",\"eins\nzwei\"\n",
        ),
        (
            "Endorsement Received Info.csv",
            "Endorsement Date,Skill Name,Endorsement Status\n2020,Rust,ACCEPTED\n2021,rust ,ACCEPTED\n2021,Go,PENDING\n",
        ),
        (
            "Recommendations Received.csv",
            "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\nA,B,C,Boss,\"Good.\n\nVery.\",\"01/05/20, 10:00 AM\",VISIBLE\n",
        ),
    ]);
    let profile = read_evidence("a.zip", &zip).unwrap().profile;
    assert_cited(&profile);
    assert_eq!(section(&profile, SectionKind::Publications).len(), 1);
    assert_eq!(section(&profile, SectionKind::Certificates).len(), 1);
    let volunteer = section(&profile, SectionKind::Volunteer);
    assert_eq!(volunteer.len(), 2);
    assert_eq!(date(volunteer[0].start.as_ref(), &Value::Null), "");
    let dates: Vec<String> = volunteer[0]
        .start
        .iter()
        .chain(&volunteer[0].end)
        .map(|date| date.date.unwrap().to_string())
        .collect();
    assert_eq!(dates, ["2015-01", "2016-12"]);
    assert_eq!(volunteer[0].highlights.len(), 2);
    assert_eq!(profile.endorsements.get("rust"), Some(&2));
    assert_eq!(profile.endorsements.get("go"), None);
    assert!(profile.facts.iter().any(|fact| fact.quote == "Rust"));
}
