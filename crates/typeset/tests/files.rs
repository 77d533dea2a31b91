//! The other files of a résumé, and the way to the child process and back.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::io::Cursor;

use common::{assert_in_order, bare, bullets, draft_of, fixture};
use serde_json::{Value, json};
use typeset::worker::{self, MAX_RESPONSE, WireError};
use typeset::{PrintJob, PrintOptions, TypesetError, Typesetter, json_resume, plain_text};

#[test]
fn plain_text_holds_every_line_in_order_under_its_heading() {
    let profile = fixture("complete_jane.json");
    let draft = draft_of(&profile, "en", 1);
    let job = PrintJob::new(&draft, &profile.facts, PrintOptions::default()).unwrap();
    let text = plain_text(&job.document(0));
    assert_in_order(&draft.resume, &text, bare);
    assert!(text.starts_with("Jane Developer\nFull Stack Software Engineer\n"));
    assert!(text.contains("\n\nExperience\nSenior Software Engineer | TechCorp Inc | "));
    assert!(text.contains("\n- Architected and implemented"));
    assert!(text.ends_with('\n') && !text.contains("\n\n\n"));
}

#[test]
fn json_resume_says_what_the_page_shows_and_no_more() {
    let profile = fixture("complete_jane.json");
    let draft = draft_of(&profile, "en", 1);
    let whole = json_resume(&draft.resume, &profile);
    assert_eq!(whole["basics"]["name"], "Jane Developer");
    assert_eq!(whole["basics"]["email"], "jane.developer@example.com");
    assert_eq!(whole["basics"]["location"]["city"], "San Francisco");
    assert_eq!(whole["work"][0]["name"], "TechCorp Inc");
    assert_eq!(whole["work"][0]["position"], "Senior Software Engineer");
    assert_eq!(whole["work"][0]["url"], "https://techcorp.com");
    assert!(
        whole["work"][0]["startDate"]
            .as_str()
            .unwrap()
            .starts_with("2021-03")
    );
    assert_eq!(whole["work"][0].get("endDate"), None);
    assert_eq!(whole["education"][0]["area"], "Computer Science");
    assert!(whole["skills"][0]["keywords"].as_array().unwrap().len() > 2);

    let printed = {
        let job = PrintJob::new(&draft, &profile.facts, PrintOptions::default()).unwrap();
        Typesetter::new().print(&job).unwrap()
    };
    assert!(printed.cuts > 0);
    let shown = draft.resume.without(&draft.cut_order[..printed.cuts]);
    let cut = json_resume(&shown, &profile);
    assert_eq!(cut.get("languages"), None);
    assert!(cut.to_string().len() < whole.to_string().len());
}

/// The parts of the schema that our fields come under; the rest of it is free.
#[test]
fn json_resume_obeys_the_schema_s_types_and_patterns() {
    let schema = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fixtures/jsonresume/schema/schema-v1.0.0.json"
    );
    let schema: Value = serde_json::from_slice(&std::fs::read(schema).unwrap()).unwrap();
    for name in [
        "complete_jane.json",
        "complete_alex_reference.json",
        "sample_richard_hendriks.json",
        "edge/partial_dates.json",
        "edge/unicode_names.json",
    ] {
        let profile = fixture(name);
        let document = json_resume(&draft_of(&profile, "en", 1).resume, &profile);
        assert_obeys(&document, &schema, &schema, name);
    }
}

fn assert_obeys(value: &Value, rule: &Value, root: &Value, place: &str) {
    if let Some(name) = rule["$ref"].as_str() {
        let name = name.trim_start_matches('#');
        return assert_obeys(value, root.pointer(name).unwrap(), root, place);
    }
    match rule["type"].as_str() {
        Some("object") => {
            for (key, inner) in value.as_object().expect(place) {
                let known = rule["properties"].get(key);
                assert!(
                    known.is_some() || rule["additionalProperties"] != json!(false),
                    "{place}/{key}"
                );
                if let Some(rule) = known {
                    assert_obeys(inner, rule, root, &format!("{place}/{key}"));
                }
            }
        }
        Some("array") => {
            for inner in value.as_array().expect(place) {
                assert_obeys(inner, &rule["items"], root, place);
            }
        }
        Some("string") => {
            let text = value.as_str().expect(place);
            if rule["format"] == "uri" {
                assert!(text.starts_with("http"), "{place}: {text}");
            }
            if rule.get("pattern").is_some() {
                let digits = text
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'-');
                assert!(
                    digits && matches!(text.len(), 4 | 7 | 10),
                    "{place}: {text}"
                );
            }
        }
        _ => {}
    }
}

#[test]
fn what_the_child_answers_is_what_was_printed() {
    let profile = fixture("thin_jane.json");
    let draft = draft_of(&profile, "en", 2);
    let job = PrintJob::new(&draft, &profile.facts, PrintOptions::default()).unwrap();
    let here = Typesetter::new().print(&job);

    let (long, facts) = bullets(&["y".repeat(9_000).as_str()], 1);
    let mut long = long;
    long.cut_order.clear();
    let refused = PrintJob::new(&long, &facts, PrintOptions::default()).unwrap();
    let mut input = worker::encode_request(&job).unwrap();
    input.extend(worker::encode_request(&refused).unwrap());
    let mut output = Vec::new();
    worker::serve(&Typesetter::new(), Cursor::new(input), &mut output).unwrap();

    let mut output = Cursor::new(output);
    let mut answer = || {
        let frame = worker::read_frame(&mut output, MAX_RESPONSE).unwrap();
        frame.map(|frame| worker::decode_response(&frame).unwrap())
    };
    assert!(answer() == Some(here));
    assert!(matches!(answer(), Some(Err(TypesetError::TooLong { .. }))));
    assert!(answer().is_none());
}

#[test]
fn a_broken_frame_ends_the_child_instead_of_feeding_it() {
    let typesetter = Typesetter::new();
    let run = |input: Vec<u8>| worker::serve(&typesetter, Cursor::new(input), Vec::new());
    assert!(run(Vec::new()).is_ok());
    assert!(matches!(run(vec![1, 0]), Err(WireError::Io(_))));
    assert!(matches!(run(vec![5, 0, 0, 0, b'{']), Err(WireError::Io(_))));
    assert!(matches!(
        run(vec![2, 0, 0, 0, b'{', b'}']),
        Err(WireError::Malformed(_))
    ));
    assert!(matches!(
        run(vec![255, 255, 255, 255]),
        Err(WireError::TooLong { .. })
    ));
    for frame in [&[][..], &[9, 0, 0, 0], &[2, 0, 0, 0, b'{', b'}']] {
        assert!(worker::decode_response(frame).is_err());
    }
}
