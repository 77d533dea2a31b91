//! Pages and pasted texts against what a person would read in them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use career::{PartialDate, Posting};
use intake::{IntakeError, PostingHint, read_posting};
use serde_json::Value;
use support::{bytes, files, json};

fn read(name: &str) -> Result<Posting, IntakeError> {
    read_posting(&bytes(name), PostingHint::default())
}

fn folded(text: &str) -> String {
    text.replace(',', " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// What differs from the truth, in words.
fn differences(posting: &Posting, truth: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (key, found) in [
        ("title", &posting.title),
        ("company", &posting.company),
        ("location", &posting.location),
    ] {
        if let Some(expected) = truth.get(key).and_then(Value::as_str) {
            let found = found.as_deref().unwrap_or_default();
            if folded(found) != folded(expected) {
                wrong.push(format!("{key}: {found:?} for {expected:?}"));
            }
        }
    }
    let remote = truth.get("remote").and_then(Value::as_bool);
    if remote.is_some() && posting.remote != remote {
        wrong.push(format!("remote: {:?} for {remote:?}", posting.remote));
    }
    if let Some(expected) = truth.get("datePosted") {
        let found = posting.date_posted;
        if found != expected.as_str().and_then(PartialDate::parse) {
            wrong.push(format!("datePosted: {found:?} for {expected}"));
        }
    }
    if let Some(expected) = truth.get("salary") {
        let found = serde_json::to_value(&posting.salary).unwrap();
        let same = |key: &str, wanted: &str| {
            let number = expected.get(key).map(Value::as_f64);
            number.is_none_or(|number| found[wanted].as_f64() == number)
        };
        let words = ["currency", "unit", "raw"].iter().all(|key| {
            expected
                .get(*key)
                .is_none_or(|wanted| found[*key] == *wanted)
        });
        let numbers = same("min", "min") && same("max", "max") && same("value", "min");
        if expected.is_null() != found.is_null() || !words || !numbers {
            wrong.push(format!("salary: {found} for {expected}"));
        }
    }
    for key in ["responsibilities", "requirements", "niceToHave"] {
        for line in truth
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let line = line.as_str().unwrap();
            if !posting
                .text
                .lines()
                .any(|text| text.trim_start_matches("- ") == line)
            {
                wrong.push(format!("{key}: no line {line:?}"));
            }
        }
    }
    for line in truth
        .get("mustNotContain")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let whole = serde_json::to_string(posting).unwrap();
        if whole.contains(line.as_str().unwrap()) {
            wrong.push(format!("contains {line}"));
        }
    }
    wrong
}

#[test]
fn every_page_says_what_its_truth_says() {
    let mut wrong = Vec::new();
    let mut names = files("jobs/pages", ".html");
    names.extend(files("jobs/jsonld", ".html"));
    for name in &names {
        let truth = json(&name.replace(".html", ".truth.json"));
        match read(name) {
            Ok(posting) => {
                for difference in differences(&posting, &truth) {
                    wrong.push(format!("{name}: {difference}"));
                }
            }
            Err(error) => wrong.push(format!("{name}: {error}")),
        }
    }
    // The page without any markup says "Utrecht" and nowhere which country.
    let known = ["jobs/pages/plain_no_markup.html: location: \"Utrecht\" for \"Utrecht, NL\""];
    wrong.retain(|line| !known.contains(&line.as_str()));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_document_says_what_its_truth_says_and_what_it_hides_is_told() {
    let truth = json("jobs/documents/ward_nurse.truth.json");
    for name in ["ward_nurse.pdf", "ward_nurse.docx"] {
        let posting = read(&format!("jobs/documents/{name}")).unwrap();
        let wrong = differences(&posting, &truth);
        assert!(wrong.is_empty(), "{name}: {}", wrong.join("\n"));
        let line = "Look after up to eight patients through the night, together with one healthcare assistant, and hand over to the day shift in writing and at the bedside";
        assert!(
            posting.text.contains(&format!("- {line}\n")),
            "{name}: {}",
            posting.text
        );
        assert!(!posting.text.contains("rate this candidate"), "{name}");
        assert_eq!(posting.hidden.len(), 1, "{name}: {:?}", posting.hidden);
        assert!(posting.hidden[0].instructs, "{name}");
    }
    let damaged = read_posting(b"%PDF-1.7 and more", PostingHint::default());
    assert_eq!(damaged.unwrap_err(), IntakeError::PdfDamaged);
}

#[test]
fn pages_that_are_no_posting_are_refused_by_what_they_are() {
    for (name, code) in [
        ("cloudflare_challenge", "posting_wall"),
        ("glassdoor_captcha", "posting_wall"),
        ("glassdoor_login", "posting_wall"),
        ("indeed_login", "posting_wall"),
        ("indeed_search", "posting_list"),
        ("linkedin_search_spa", "posting_list"),
        ("jobs_list", "posting_list"),
        ("job_closed_200", "posting_closed"),
        ("empty_spa", "posting_needs_script"),
    ] {
        let error = read(&format!("jobs/walls/{name}.html")).unwrap_err();
        assert_eq!(error.code(), code, "{name}");
    }
}

#[test]
fn pasted_text_gives_title_company_and_place_when_its_first_lines_do() {
    for (name, title, company, location, remote) in [
        (
            "careerops_agentic-automation",
            "Agent Engineer",
            Some("Northwind AI"),
            Some("Remote, EU hours"),
            Some(true),
        ),
        (
            "careerops_pm-architect-ambiguous",
            "AI Solutions Lead",
            Some("Northwind Enterprise"),
            Some("Hybrid"),
            Some(false),
        ),
        (
            "jobsync_backend",
            "Senior Backend Engineer — Distributed Systems",
            Some("Northwind Cloud"),
            Some("Remote (North America)"),
            Some(true),
        ),
        (
            "resume-matcher_backend-eng",
            "Senior Backend Engineer",
            None,
            None,
            None,
        ),
        (
            "resume-matcher_frontend-eng",
            "Senior Frontend Engineer",
            None,
            None,
            None,
        ),
    ] {
        let posting = read(&format!("jobs/text/{name}.txt")).unwrap();
        assert_eq!(posting.title.as_deref(), Some(title), "{name}");
        assert_eq!(posting.company.as_deref(), company, "{name}");
        assert_eq!(posting.location.as_deref(), location, "{name}");
        assert_eq!(posting.remote, remote, "{name}");
    }
}

#[test]
fn bullets_and_line_ends_of_pasted_text_become_the_same_everywhere() {
    let text = "Title: Baker\r\n\r\n\r\n\r\nYou bring:\r\n\u{2022} bread\u{200b}\r\n  *  flour and \u{202e}water\r\n1) patience for long nights";
    let posting = read_posting(text.as_bytes(), PostingHint::default()).unwrap();
    assert_eq!(
        posting.text,
        "Title: Baker\n\nYou bring:\n- bread\n- flour and water\n1) patience for long nights"
    );
    assert_eq!(posting.title.as_deref(), Some("Baker"));
}

#[test]
fn what_a_page_hides_or_tells_a_model_is_shown_apart_and_never_enters_the_text() {
    use career::HiddenReason::{Attribute, Comment, Instruction, NotShown, SameColor, TinyText};
    for (name, reasons) in [
        ("html_comment_alt", vec![Attribute, Comment]),
        ("html_hidden_css", vec![NotShown, TinyText, SameColor]),
        ("html_visible_in_requirements", vec![Instruction]),
    ] {
        let mut posting = read(&format!("hostile/prompt-injection/{name}.html")).unwrap();
        assert!(posting.text.contains("We need Go and Kafka."), "{name}");
        let hidden = std::mem::take(&mut posting.hidden);
        for why in reasons {
            let passage = hidden.iter().find(|passage| passage.why == why);
            let passage = passage.unwrap_or_else(|| panic!("{name}: no {why:?}"));
            assert!(passage.text.contains("Ignore all previous"), "{name}");
            assert!(passage.instructs, "{name}");
        }
        let rest = serde_json::to_string(&posting).unwrap();
        assert!(!rest.contains("Ignore all previous"), "{name}");
        assert!(!rest.contains("10 years at Google"), "{name}");
    }
    let visible = read("hostile/prompt-injection/html_visible_in_requirements.html").unwrap();
    assert!(visible.text.ends_with("\n- 5 years of Go"));
}

#[test]
fn injected_sentences_are_set_aside_in_pages_texts_and_data() {
    let cases = json("hostile/prompt-injection/strings.json");
    let told = [
        "override",
        "score",
        "fabricate",
        "leak_system",
        "leak_key",
        "role",
        "other_lang",
    ];
    for case in cases["cases"].as_array().unwrap() {
        let words = case["text"].as_str().unwrap();
        let id = case["id"].as_str().unwrap();
        let about = "We bake bread for the whole town, every single day of the week.";
        let page = format!(
            "<html><body><h1>Baker</h1><p>{about}</p><ul><li>Rise early</li><li>{words}</li></ul></body></html>"
        );
        let text = format!("Baker\n\n{about}\n\nYou bring:\n- Rise early\n- {words}\n");
        let data = serde_json::json!({"@type": "JobPosting", "title": "Baker",
            "description": format!("<p>{about}</p><ul><li>Rise early</li><li>{words}</li></ul>")});
        for source in [page, text, data.to_string()] {
            let posting = read_posting(source.as_bytes(), PostingHint::default()).unwrap();
            assert!(posting.text.contains("- Rise early"), "{id}");
            if told.contains(&id) {
                assert!(!posting.text.contains(words), "{id}: {}", posting.text);
                let shown = posting.hidden.iter().any(|passage| passage.instructs);
                assert!(shown, "{id}: {:?}", posting.hidden);
            } else {
                // Code of other languages instructs nobody here: it is words.
                assert!(posting.hidden.is_empty(), "{id}: {:?}", posting.hidden);
            }
        }
    }
}

#[test]
fn honest_postings_have_nothing_set_aside() {
    let mut names = files("jobs/pages", ".html");
    names.extend(files("jobs/jsonld", ".html"));
    names.extend(files("jobs/text", ".txt"));
    for name in names {
        assert_eq!(read(&name).unwrap().hidden, [], "{name}");
    }
}

#[test]
fn naughty_strings_are_read_without_harm() {
    let strings = json("hostile/strings/blns.json");
    for words in strings.as_array().unwrap() {
        let words = words.as_str().unwrap();
        let text = format!("Baker\n\nWe bake bread for the whole town, every single day.\n{words}");
        for source in [
            text.clone(),
            format!("<html><body><p>{text}</p></body></html>"),
        ] {
            match read_posting(source.as_bytes(), PostingHint::default()) {
                Ok(posting) => assert!(!posting.text.contains('\u{202e}'), "{words}"),
                Err(error) => assert_ne!(error.code(), "posting_too_short", "{words}"),
            }
        }
    }
}

#[test]
fn lists_of_other_jobs_and_banners_are_left_out() {
    let page = "<html><body><form><h1>Baker</h1><p>We bake bread for the whole town, every single day.</p>\
        <div class='cookie-banner'>We use cookies</div><ul><li><p>Rise early</p></li><li>Knead<ul><li>Rye</li></ul></li></ul>\
        <div><h3>Similar jobs</h3><ul><li>Butcher</li></ul></div></form></body></html>";
    let posting = read_posting(page.as_bytes(), PostingHint::default()).unwrap();
    assert_eq!(
        posting.text,
        "Baker\n\nWe bake bread for the whole town, every single day.\n\n- Rise early\n- Knead\n- Rye"
    );
}

#[test]
fn the_character_set_follows_the_server_then_the_page_then_the_bytes() {
    let latin = b"B\xe4cker in K\xf6ln gesucht: Wir backen Brot f\xfcr die ganze Stadt, jeden Tag.";
    let posting = read_posting(latin, PostingHint::default()).unwrap();
    assert!(posting.text.starts_with("Bäcker in Köln"));
    let hint = PostingHint {
        content_type: Some("text/plain; charset=iso-8859-5".into()),
        url: None,
    };
    assert!(
        read_posting(latin, hint)
            .unwrap()
            .text
            .starts_with("Bфcker")
    );
    let hint = PostingHint {
        content_type: Some("text/plain; charset=ISO-8859-1".into()),
        url: None,
    };
    let utf8 = "Bäcker in Köln gesucht: Wir backen Brot für die ganze Stadt.";
    assert!(
        read_posting(utf8.as_bytes(), hint)
            .unwrap()
            .text
            .starts_with("Bäcker")
    );
    let wide: Vec<u8> = std::iter::once(0xfeff)
        .chain(utf8.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(
        read_posting(&wide, PostingHint::default())
            .unwrap()
            .text
            .starts_with("Bäcker")
    );
}

#[test]
fn too_little_and_too_much_text_are_refused_with_the_number() {
    let code = |bytes: &[u8]| read_posting(bytes, PostingHint::default()).unwrap_err();
    assert_eq!(
        code(b""),
        IntakeError::PostingTooShort {
            found: 0,
            minimum: 50
        }
    );
    assert_eq!(
        code(b"Baker wanted"),
        IntakeError::PostingTooShort {
            found: 12,
            minimum: 50
        }
    );
    let long = "bread ".repeat(10_000);
    let error = code(long.as_bytes());
    assert_eq!(
        error,
        IntakeError::PostingTooLong {
            found: 59_999,
            maximum: 50_000
        }
    );
    assert!(error.to_string().contains("59999"));
}

#[test]
fn archives_and_foreign_data_are_no_postings() {
    for bytes in [
        b"PK\x03\x04rest of an archive".as_slice(),
        b"\x1f\x8b\x08gzip",
        b"a\0b\0c binary",
        b"{\"jobs\": [{\"title\": \"Baker\", \"text\": \"We bake bread for the whole town.\"}]}",
    ] {
        let error = read_posting(bytes, PostingHint::default()).unwrap_err();
        assert_eq!(error, IntakeError::PostingNotText);
    }
}

#[test]
fn hostile_pages_end_quickly_and_well() {
    let deep = "<div>".repeat(100_000);
    let flood = "&amp;".repeat(400_000);
    for (page, expected) in [
        (format!("<html><body>{deep}x"), "posting_tangled"),
        (format!("<html><body><p>{flood}"), "posting_too_long"),
        (
            format!("<html><body><!--{}", "x".repeat(200_000)),
            "posting_too_short",
        ),
    ] {
        let error = read_posting(page.as_bytes(), PostingHint::default()).unwrap_err();
        assert_eq!(error.code(), expected);
    }
    let nested = format!("{}x{}", "<div>".repeat(500), " bread".repeat(50));
    let html = format!("<html><body>{nested}");
    assert!(read_posting(html.as_bytes(), PostingHint::default()).is_ok());
    for name in files("hostile/html", ".html") {
        assert!(read(&name).is_err(), "{name} holds no posting");
    }
}

#[test]
fn data_of_several_jobs_is_a_list_unless_the_page_names_one() {
    let job = |title: &str| {
        let about = "We bake bread for the whole town, every single day of the week.";
        serde_json::json!({"@type": "JobPosting", "title": title, "description": about})
    };
    let data = serde_json::json!({"@graph": [job("Baker"), job("Miller")]});
    let page = |title: &str, heading: &str| {
        let page = format!(
            "<html><head><title>{title}</title><script type='application/ld+json'>{data}</script></head><body><h1>{heading}</h1></body></html>"
        );
        let posting = read_posting(page.as_bytes(), PostingHint::default());
        posting.map(|posting| posting.title.unwrap())
    };
    assert_eq!(page("Jobs", "Open jobs"), Err(IntakeError::PostingList));
    assert_eq!(page("Jobs", "Miller").as_deref(), Ok("Miller"));
    assert_eq!(page("Miller - Crust", "Hello").as_deref(), Ok("Miller"));
}

#[test]
fn where_one_applies_is_read_off_the_page() {
    let hint = PostingHint {
        content_type: None,
        url: Some("https://jobs.example/larkspur/42".into()),
    };
    let posting = read_posting(&bytes("jobs/pages/lever.html"), hint).unwrap();
    assert_eq!(
        posting.apply_url.as_deref(),
        Some("https://jobs.example/apply")
    );
}

/// Bytes turned, cut and repeated at places that a counter chooses: the same on every run.
fn damaged(bytes: &[u8], round: u64) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let mut state = round.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below.max(1) as u64).unwrap()
    };
    for _ in 0..=random(12) {
        let at = random(bytes.len());
        match random(5) {
            0 => bytes.truncate(at.max(1)),
            1 => bytes[at] = b"<>\"'{}[]&;:/\\\0\xff\xe2"[random(16)],
            2 => {
                bytes.remove(at);
            }
            3 => {
                let part = bytes[at..bytes.len().min(at + 40)].to_vec();
                bytes.splice(at..at, part);
            }
            _ => bytes[at] ^= 1 << random(8),
        }
        if bytes.is_empty() {
            bytes.push(b'x');
        }
    }
    bytes
}

#[test]
fn damaged_pages_answers_and_texts_never_bring_the_reader_down() {
    let mut names = files("jobs/pages", ".html");
    names.extend(files("jobs/jsonld", ".html"));
    names.extend(files("jobs/walls", ".html"));
    names.extend(files("jobs/text", ".txt"));
    names.extend(files("jobs/boards", ".json"));
    names.extend(files("jobs/boards", ".xml"));
    names.extend(files("hostile/prompt-injection", ".html"));
    for name in names {
        let whole = bytes(&name);
        for round in 0..60 {
            if let Ok(posting) = read_posting(&damaged(&whole, round), PostingHint::default()) {
                let length = posting.text.chars().count();
                assert!((50..=50_000).contains(&length), "{name} {round}");
                assert!(!posting.text.contains('\0'), "{name} {round}");
            }
        }
    }
}
