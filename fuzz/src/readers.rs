//! Every reader of intake as a function of any bytes: it ends, nothing panics, and what it gives
//! holds together. Shared with `crates/intake/tests/kept.rs`.

use std::io::{Cursor, Write};

use career::posting::{POSTING_MAX_CHARS, POSTING_MIN_CHARS};
use career::salary::PayUnit;
use career::{Entry, PartialDate, Posting, PostingUrl, Profile};
use intake::boards::{address_of, read_answer};
use intake::{Evidence, IntakeError, PostingHint, read_evidence, read_posting, to_json_resume};
use serde_json::Value;
use zip::write::SimpleFileOptions;

/// A target by its name.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 19] = [
    ("pdf", pdf),
    ("zip", zip),
    ("docx", docx),
    ("html", html),
    ("csv", csv),
    ("json_resume", json_resume),
    ("reactive", reactive),
    ("rendercv", rendercv),
    ("europass", europass),
    ("snapshot", snapshot),
    ("github", github),
    ("text", text),
    ("boards", boards),
    ("jsonld", jsonld),
    ("date", date),
    ("salary", salary),
    ("hidden", hidden),
    ("instruct", instruct),
    ("address", address),
];

/// A PDF; what does not begin like one is the content of a page of one.
pub fn pdf(data: &[u8]) {
    if data.starts_with(b"%PDF") {
        evidence("file.pdf", data);
    } else {
        evidence("file.pdf", &page_of(data));
    }
}

/// An archive; what does not begin like one is what its files hold.
pub fn zip(data: &[u8]) {
    archive("archive.zip", data);
}

/// A document; what does not begin like one is what its parts hold.
pub fn docx(data: &[u8]) {
    archive("resume.docx", data);
}

/// A posting's page.
pub fn html(data: &[u8]) {
    posting(data, Some("text/html"), Some("https://jobs.example.org/42"));
}

/// A table: its name in the first line, then its content.
pub fn csv(data: &[u8]) {
    let (name, content) = first_line(data);
    evidence(&String::from_utf8_lossy(name), content);
}

/// A JSON Resume.
pub fn json_resume(data: &[u8]) {
    evidence("resume.json", data);
}

/// A résumé of Reactive Resume.
pub fn reactive(data: &[u8]) {
    evidence("reactive.json", data);
}

/// A résumé in RenderCV's YAML.
pub fn rendercv(data: &[u8]) {
    evidence("cv.yaml", data);
}

/// A Europass curriculum vitae, XML or JSON.
pub fn europass(data: &[u8]) {
    evidence("europass.xml", data);
}

/// Answers of LinkedIn's interface for members' own data.
pub fn snapshot(data: &[u8]) {
    evidence("snapshot.json", data);
}

/// A GitHub account as it is kept.
pub fn github(data: &[u8]) {
    evidence("github.json", data);
}

/// A résumé of plain text or Markdown.
pub fn text(data: &[u8]) {
    evidence("resume.txt", data);
}

/// A board's answer, as the answer to a question and as a file that somebody gives.
pub fn boards(data: &[u8]) {
    let url = "https://boards.greenhouse.io/larkspur/jobs/4242";
    posting(data, Some("application/json"), Some(url));
    posting(data, None, None);
    if let Some(asked) = address_of(url) {
        check_posting(read_answer(&asked, url, data, Some("application/json")));
    }
}

/// A posting as schema.org writes it, in a page.
pub fn jsonld(data: &[u8]) {
    let mut page = b"<html><head><title>Baker</title><script type=application/ld+json>".to_vec();
    page.extend_from_slice(data);
    page.extend_from_slice(b"</script></head><body><h1>Baker</h1><p>We bake bread at night and sell it in the morning, in Utrecht and elsewhere.</p></body></html>");
    posting(&page, Some("text/html"), None);
}

/// A date: what was read is written so that it is read as the same.
pub fn date(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Some(date) = PartialDate::parse(&text) else {
        return;
    };
    assert_eq!(PartialDate::parse(&date.to_string()), Some(date));
    for language in ["en", "de", ""] {
        assert!(!date.display(language).is_empty());
    }
    assert!(date.months() >= 12_000);
}

/// What a posting pays, in its words and in a field.
pub fn salary(data: &[u8]) {
    let words = String::from_utf8_lossy(data);
    let _unit = PayUnit::parse(&words);
    let text = format!("Baker\n\nWe bake bread at night and sell it in the morning.\n{words}\n");
    posting(text.as_bytes(), Some("text/plain"), None);
    let field = serde_json::from_str(&words).unwrap_or_else(|_| Value::String(words.into()));
    let data = serde_json::json!({
        "@context": "https://schema.org", "@type": "JobPosting", "title": "Baker",
        "description": "We bake bread at night and sell it in the morning, in Utrecht.",
        "baseSalary": field,
    });
    posting(data.to_string().as_bytes(), Some("application/json"), None);
}

/// What a page hides: its style sheet, an element's style, its words, one line each.
pub fn hidden(data: &[u8]) {
    let (sheet, rest) = first_line(data);
    let (style, words) = first_line(rest);
    let [sheet, style, words] = [sheet, style, words].map(String::from_utf8_lossy);
    let style = style.replace('"', "'");
    let page = format!(
        "<html><head><style>{sheet}</style></head><body><main><h1>Baker</h1><p>We bake bread at night and sell it in the morning, in Utrecht.</p><div class=\"a\" id=\"b\" style=\"{style}\"><p>{words}</p></div></main></body></html>"
    );
    posting(page.as_bytes(), Some("text/html"), None);
}

/// A posting of plain text: its lines, and what of it speaks to a model.
pub fn instruct(data: &[u8]) {
    posting(data, Some("text/plain"), None);
}

/// An address.
pub fn address(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _board = address_of(&text);
    let _looks = PostingUrl::looks_like(&text);
    if let Ok(url) = PostingUrl::parse(&text) {
        assert_eq!(PostingUrl::parse(url.as_str()), Ok(url));
    }
}

fn archive(name: &str, data: &[u8]) {
    if data.starts_with(b"PK") {
        evidence(name, data);
    } else {
        evidence(name, &archive_of(data));
    }
}

/// Reads a file; what comes of it must survive the way from the child that read it, and the way
/// out as a JSON Resume and in again.
fn evidence(name: &str, data: &[u8]) {
    let outcome = read_evidence(name, data);
    let told = serde_json::to_vec(&outcome).expect("every outcome can be told");
    let heard: Result<Evidence, IntakeError> =
        serde_json::from_slice(&told).expect("what was told is understood");
    assert!(heard == outcome, "what was heard is not what was told");
    if let Ok(evidence) = outcome {
        holds_together(&evidence.profile);
    }
}

fn holds_together(profile: &Profile) {
    cited(profile);
    let has_any = profile.has_content()
        || !(profile.name.is_empty()
            && profile.contacts.is_empty()
            && profile.interests.is_empty());
    if !has_any {
        // Pages of which nothing was understood are kept; there is no résumé to write of them.
        return;
    }
    let written = to_json_resume(profile).to_string();
    if let Err(error) = read_evidence("again.json", written.as_bytes()) {
        panic!("the way out and in again ends with {}", error.code());
    }
}

/// Every field is the span of a fact that it says it is.
fn cited(profile: &Profile) {
    let contacts = profile.contacts.iter().flat_map(|contact| {
        let named = contact.network.iter().chain(&contact.username);
        contact.parts.iter().chain(named)
    });
    let groups = profile.skills.iter().chain(&profile.interests);
    let skills =
        groups.flat_map(|group| group.name.iter().chain(&group.level).chain(&group.keywords));
    let languages = profile
        .languages
        .iter()
        .flat_map(|skill| std::iter::once(&skill.language).chain(&skill.fluency));
    let all = profile
        .name
        .iter()
        .chain(&profile.headline)
        .chain(&profile.summary)
        .chain(contacts)
        .chain(skills)
        .chain(languages)
        .chain(profile.entries.iter().flat_map(Entry::fields));
    for field in all {
        assert_eq!(profile.facts.words(&field.cite), Some(field.text.as_str()));
        assert_eq!(field.text.trim(), field.text);
        assert!(!field.text.is_empty());
    }
}

fn posting(data: &[u8], content_type: Option<&str>, url: Option<&str>) {
    let hint = PostingHint {
        content_type: content_type.map(str::to_owned),
        url: url.map(str::to_owned),
    };
    check_posting(read_posting(data, hint));
}

fn check_posting(outcome: Result<Posting, IntakeError>) {
    let Ok(posting) = outcome else {
        return;
    };
    let length = posting.text.chars().count();
    assert!((POSTING_MIN_CHARS..=POSTING_MAX_CHARS).contains(&length));
    assert!(!posting.text.contains('\r'));
    for passage in &posting.hidden {
        assert!(passage.text.len() < 10_000);
    }
    let told = serde_json::to_vec(&posting).expect("every posting can be told");
    let heard: Posting = serde_json::from_slice(&told).expect("what was told is understood");
    assert!(heard == posting, "what was heard is not what was told");
}

fn first_line(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (data, &[]),
    }
}

/// An archive of parts: a line `=== name` begins a file. Kept unpacked, so that what a fuzzer
/// changes is what a reader reads and not what a checksum refuses.
fn archive_of(data: &[u8]) -> Vec<u8> {
    const MARK: &[u8] = b"=== ";
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut started = false;
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        if let Some(name) = line.strip_prefix(MARK) {
            let name = String::from_utf8_lossy(name.trim_ascii_end()).into_owned();
            // A name that is there already is refused; its content goes on in the file before.
            started |= writer.start_file(name, options).is_ok();
        } else if started {
            let _unwritten = writer.write_all(line);
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// A PDF of one page with that content and two fonts, `/F1` and, bold, `/F2`.
fn page_of(content: &[u8]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
        /Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>>endobj\n\
        5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n\
        6 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>endobj\n"
        .to_vec();
    file.extend_from_slice(format!("4 0 obj<</Length {}>>stream\n", content.len()).as_bytes());
    file.extend_from_slice(content);
    file.extend_from_slice(b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
    file
}
