//! Résumés of plain lines and Europass documents, good and hostile, into profiles.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::io::Write;

use career::{ContactKind, Locator, Profile, SectionKind};
use intake::{SourceKind, read_evidence};
use support::{assert_cited, bytes, section, words};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn read(name: &str) -> (SourceKind, Profile) {
    let evidence =
        read_evidence(name, &bytes(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_cited(&evidence.profile);
    (evidence.kind, evidence.profile)
}

fn docx(document: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in [
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", document),
    ] {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn the_same_resume_is_read_from_every_layout() {
    let expected = [
        (
            "Northwind Freight Systems",
            "Staff Backend Engineer",
            "2022-03",
            true,
        ),
        (
            "Northwind Freight Systems",
            "Senior Backend Engineer",
            "2019-06",
            false,
        ),
        (
            "Brightwater Payments, Inc.",
            "Software Engineer",
            "2016-08",
            false,
        ),
        (
            "Harbor Street Library Cooperative",
            "Volunteer Web Developer",
            "2015-01",
            false,
        ),
    ];
    for (name, kind) in [
        ("resume-text/marisol_headings.md", SourceKind::Markdown),
        ("resume-text/marisol_columns.txt", SourceKind::PlainText),
        ("resume-docx/marisol_styled.docx", SourceKind::Docx),
        ("resume-docx/marisol_plain.docx", SourceKind::Docx),
    ] {
        let (found, profile) = read(name);
        assert_eq!(found, kind, "{name}");
        let work = section(&profile, SectionKind::Work);
        assert_eq!(work.len(), expected.len(), "{name}");
        for (entry, (organization, title, start, current)) in work.iter().zip(expected) {
            assert_eq!(words(entry.organization.as_ref()), organization, "{name}");
            assert_eq!(words(entry.title.as_ref()), title, "{name}");
            let date = entry.start.as_ref().and_then(|date| date.date).unwrap();
            assert_eq!(date.to_string(), start, "{name}");
            assert_eq!(entry.is_current(), current, "{name}");
        }
        assert_eq!(work[0].highlights.len(), 3, "{name}");
        assert_eq!(profile.skills.len(), 2, "{name}");
        assert_eq!(profile.languages.len(), 3, "{name}");
        assert!(
            profile
                .facts
                .iter()
                .all(|fact| matches!(fact.locator, Locator::Line { .. }))
        );
    }
}

#[test]
fn dates_and_labels_in_cells_of_a_word_table_belong_to_the_text_beside_them() {
    let (_, profile) = read("resume-docx/tables_ru.docx");
    let work = section(&profile, SectionKind::Work);
    assert_eq!(work.len(), 2);
    assert!(work[0].is_current());
    assert_eq!(words(work[1].title.as_ref()), "Аналитик");
    assert_eq!(words(work[1].organization.as_ref()), "Вымышленный банк");
    let started = work[1].start.as_ref().and_then(|date| date.date).unwrap();
    assert_eq!(started.to_string(), "2017-08");
    assert_eq!(profile.skills.len(), 2);
    assert_eq!(words(profile.languages[0].fluency.as_ref()), "Родной");
}

#[test]
fn a_german_resume_in_plain_text_is_read() {
    let (_, profile) = read("resume-text/jonas_de.txt");
    assert_eq!(profile.name[0].text, "Jonas Brandt-Yılmaz");
    let work = section(&profile, SectionKind::Work);
    assert!(work[0].is_current());
    assert_eq!(
        words(work[1].organization.as_ref()),
        "Beispiel Fördertechnik AG"
    );
    assert!(
        work[0].highlights[1]
            .text
            .ends_with("gemessen über zwei volle Jahre")
    );
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
            ContactKind::Location
        ]
    );
}

#[test]
fn text_without_a_heading_is_no_resume() {
    for text in [
        "Dear Sir or Madam",
        "# Recipe\n\n- flour\n- water\n",
        "a,b\n1,2\n",
    ] {
        assert_eq!(
            read_evidence("a.txt", text.as_bytes()).unwrap_err().code(),
            "file_unknown_kind"
        );
    }
    let letter = docx("<document><body><p><r><t>Dear Sir</t></r></p></body></document>");
    assert_eq!(
        read_evidence("a.docx", &letter).unwrap_err().code(),
        "no_sections"
    );
}

#[test]
fn what_word_keeps_twice_or_deleted_is_read_once_or_not() {
    let document = r#"<w:document xmlns:w="w" xmlns:mc="mc"><w:body>
        <w:p><w:r><w:t>Ada Example</w:t></w:r></w:p>
        <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>ada@example.test</w:t></w:r></w:p></w:txbxContent></mc:Choice>
        <mc:Fallback><w:txbxContent><w:p><w:r><w:t>ada@example.test</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>
        <w:p><w:r><w:t>Skills</w:t></w:r></w:p>
        <w:p><w:r><w:t xml:space="preserve">Rust, </w:t></w:r><w:del><w:r><w:delText>Cobol</w:delText></w:r></w:del><w:ins><w:r><w:t>Go &amp; C</w:t></w:r></w:ins></w:p>
        </w:body></w:document>"#;
    let profile = read_evidence("a.docx", &docx(document)).unwrap().profile;
    assert_cited(&profile);
    assert_eq!(profile.contacts.len(), 1);
    let skills: Vec<&str> = profile.skills[0]
        .keywords
        .iter()
        .map(|skill| skill.text.as_str())
        .collect();
    assert_eq!(skills, ["Rust", "Go & C"]);
}

#[test]
fn addresses_behind_words_are_contacts_at_the_top_and_links_of_entries() {
    let text = "# Ada Example\n\nada@example.test | [LinkedIn](https://www.linkedin.com/in/ada-example) | [Mail](mailto:ada@example.test)\n\n\
        ## Projects\n\n### [Engine](https://engine.example.test/x)\n\n- Built with [cards](https://cards.example.test)\n\n## Skills\n\nRust\n";
    let profile = read_evidence("a.md", text.as_bytes()).unwrap().profile;
    assert_cited(&profile);
    let contacts: Vec<&str> = profile
        .contacts
        .iter()
        .map(|contact| contact.parts[0].text.as_str())
        .collect();
    assert_eq!(
        contacts,
        [
            "ada@example.test",
            "https://www.linkedin.com/in/ada-example"
        ]
    );
    let project = section(&profile, SectionKind::Projects)[0];
    assert_eq!(words(project.url.as_ref()), "https://engine.example.test/x");
    assert_eq!(profile.unread[0].content, "https://cards.example.test");

    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in [
        ("[Content_Types].xml", "<Types/>"),
        (
            "word/document.xml",
            "<d xmlns:r='r'><p><r><t>Ada Example</t></r></p><p><hyperlink r:id='rId4'><r><t>My GitHub</t></r></hyperlink></p><p><r><t>Skills</t></r></p><p><r><t>Rust</t></r></p><p><r><t>Interests</t></r></p><p><r><t>Looms</t></r></p></d>",
        ),
        (
            "word/_rels/document.xml.rels",
            "<Relationships><Relationship Id='rId4' Type='http://x/hyperlink' Target='https://github.com/ada-example' TargetMode='External'/></Relationships>",
        ),
    ] {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    let profile = read_evidence("a.docx", &bytes).unwrap().profile;
    assert_cited(&profile);
    assert_eq!(profile.contacts[0].kind, ContactKind::Network);
    assert_eq!(
        profile.contacts[0].parts[0].text,
        "https://github.com/ada-example"
    );
    assert!(profile.headline.is_none());
}

#[test]
fn hostile_documents_end_in_a_refusal() {
    let laughs = r#"<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>
        <document><body><p><r><t>Skills</t></r></p><p><r><t>&b;</t></r></p></body></document>"#;
    let unresolved = read_evidence("a.docx", &docx(laughs)).unwrap_err();
    assert_eq!(unresolved.code(), "no_sections");
    let deep = format!("<document>{}", "<p>".repeat(300_000));
    for document in [deep.as_str(), "no xml", "<a><b></a>"] {
        let error = read_evidence("a.docx", &docx(document)).unwrap_err();
        assert_eq!(error.code(), "xml_invalid");
    }
    let bomb = docx(&format!("<a>{}</a>", " ".repeat(17 << 20)));
    assert!(bomb.len() < 200_000);
    assert_eq!(
        read_evidence("a.docx", &bomb).unwrap_err().code(),
        "archive_too_large"
    );
    let xxe = read_evidence(
        "a.xml",
        b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r>&x;</r>",
    );
    assert_eq!(xxe.unwrap_err().code(), "file_unknown_kind");
}

#[test]
fn long_and_odd_text_is_read_in_bounded_time() {
    let word = "x".repeat(50_000);
    let texts = [
        format!("Skills\n{word}\n{}", "a, ".repeat(100_000)),
        format!("Experience\n{}", "2019 – 2020 | ".repeat(20_000)),
        format!("Experience\n{}", "Jan 2020\n".repeat(60_000)),
        format!("# A\n\n## Skills\n\n{}", "[a](".repeat(100_000)),
        format!("Skills\n{}", "a@".repeat(200_000)),
        format!("Languages\n{}", "(".repeat(400_000)),
        format!("Education\n{}", "\u{202e}עברית 2020\n".repeat(1_000)),
    ];
    for text in texts {
        let _ = read_evidence("a.txt", text.as_bytes());
    }
}

#[test]
fn europass_documents_of_both_schemas_are_read() {
    for (name, work) in [
        ("europass/passport.xml", 2),
        ("europass/passport_json.json", 2),
        ("europass/candidate.xml", 1),
    ] {
        let (kind, profile) = read(name);
        assert_eq!(kind, SourceKind::Europass);
        let found = section(&profile, SectionKind::Work);
        assert_eq!(found.len(), work, "{name}");
        assert!(found[0].is_current(), "{name}");
        assert_eq!(
            words(found[0].organization.as_ref()),
            "Waterschap Voorbeeld"
        );
        assert_eq!(profile.name.len(), 2, "{name}");
    }
}
