//! A language model's server out of order, or a Redis that is away: every run ends in time, with a PDF
//! and one honest notice.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/modelled.rs"]
mod modelled;
#[path = "support/served.rs"]
mod served;
#[path = "../../crates/backend/tests/support/mod.rs"]
mod support;

use modelled::{Fault, POSTING, Program, client, lines_only, start, start_with};
use serde_json::json;

/// Runs under one fault after the other, each for a posting of its own; gives what the person was told.
async fn told_under(program: &Program, faults: &[Fault]) -> Vec<(Fault, Vec<String>)> {
    let client = client();
    let mut told = Vec::new();
    for (number, fault) in faults.iter().enumerate() {
        *program.fault.lock().unwrap() = *fault;
        let posting = format!("{POSTING}\n- Number {number} of many\n");
        let run = program.submit_for(&client, &posting).await;
        let view = program.end_of(&client, &run).await;
        let pdf = client
            .get(format!("{}{run}/resume.pdf", program.address))
            .send();
        let pdf = pdf.await.unwrap().bytes().await.unwrap();
        assert!(pdf.starts_with(b"%PDF-"), "no PDF under {fault:?}");
        let notices = view["notices"].as_array().unwrap().iter();
        let notices = notices.map(|notice| notice.as_str().unwrap().to_owned());
        told.push((*fault, notices.collect()));
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_model_s_server_answers_the_run_ends_with_a_pdf_and_says_what_was_wrong() {
    let program = start("models-faults", lines_only(|_| json!({"lines": []}))).await;
    let faults = [
        (Fault::None, None),
        (Fault::Blocked, Some("model_blocked")),
        (Fault::NotJson, Some("model_failed")),
        (Fault::OtherForm, Some("model_failed")),
        (Fault::Status(429), Some("model_busy")),
        (Fault::Status(401), Some("model_refused")),
    ];
    let told = told_under(&program, &faults.map(|(fault, _)| fault)).await;
    for ((fault, notices), (_, expected)) in told.iter().zip(faults) {
        let expected: Vec<&str> = expected.into_iter().collect();
        assert_eq!(notices, &expected, "under {fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_breaks_off_is_overloaded_or_silent_holds_no_run_up_and_neither_does_a_redis_that_is_away()
 {
    // Nothing listens there.
    let settings = [
        ("LLMPLOYABLE_MODEL_TIMEOUT_SECONDS", "1"),
        ("LLMPLOYABLE_REDIS_URL", "redis://127.0.0.1:1"),
    ];
    let mind = lines_only(|_| json!({"lines": []}));
    let program = start_with("models-broken", None, &settings, mind).await;
    let faults = [
        Fault::Cut,
        Fault::Silent,
        Fault::Status(503),
        Fault::Status(503),
    ];
    let told = told_under(&program, &faults).await;
    for (fault, notices) in &told {
        let known = |notice: &String| ["model_busy", "model_failed"].contains(&notice.as_str());
        assert!(
            notices.len() == 1 && notices.iter().all(known),
            "{fault:?}: {notices:?}"
        );
    }
    // By then the server is left alone: the last run did not ask it.
    assert_eq!(told[3].1, ["model_busy"]);
}
