//! Models as real servers on loopback, with recorded answers: each ends with an answer that follows
//! its schema or with the right reason, and every call is in the ledger.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/model_answers.rs"]
mod answers;
#[path = "support/models.rs"]
mod support;

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use self::answers::{streamed, whole};
use self::support::*;
use backend::ports::models::{
    Blocked, Heard, Limits, Model as _, ModelError, Models, NoModel, Outcome, Provider, Purpose,
    Request, Settings, cost,
};
use secrecy::SecretString;
use serde_json::{Value, json};

const ALL: [Provider; 4] = [
    Provider::Gemini,
    Provider::OpenAi,
    Provider::Ollama,
    Provider::Anthropic,
];

#[derive(Default)]
struct Ear(Mutex<String>, Mutex<usize>);

impl Ear {
    fn hear(&self, heard: Heard<'_>) {
        match heard {
            Heard::Text(text) => self.0.lock().unwrap().push_str(text),
            Heard::Anew => {
                self.0.lock().unwrap().clear();
                *self.1.lock().unwrap() += 1;
            }
        }
    }
}

#[tokio::test]
async fn every_provider_answers_whole_and_is_asked_for_the_schema_with_the_key_in_a_header_only() {
    for provider in ALL {
        let stub = Stub::telling(vec![whole(provider, &resume().to_string())]).await;
        let asked = ask(&stub, provider, None).await;
        let answer = asked.outcome.unwrap();
        assert_eq!(answer.value, resume(), "{provider}");
        assert_eq!((answer.usage.input, answer.usage.output), (10, 5));
        assert!(!answer.truncated && !answer.repaired);
        let seen = &stub.seen()[0];
        let (header, value) = match provider {
            Provider::Gemini => ("x-goog-api-key", KEY.to_owned()),
            Provider::Anthropic => ("x-api-key", KEY.to_owned()),
            _ => ("authorization", format!("Bearer {KEY}")),
        };
        assert_eq!(seen.headers[header], value);
        assert!(!seen.address.contains(KEY) && !seen.body.to_string().contains(KEY));
        let (address, place) = match provider {
            Provider::Gemini => (
                "/v1beta/models/test-model:generateContent",
                "/generationConfig/responseJsonSchema",
            ),
            Provider::OpenAi => (
                "/v1/chat/completions",
                "/response_format/json_schema/schema",
            ),
            Provider::Ollama => ("/api/chat", "/format"),
            Provider::Anthropic => ("/v1/messages", "/tools/0/input_schema"),
        };
        assert_eq!(seen.address, address);
        assert_eq!(seen.body.pointer(place), Some(&schema()), "{provider}");
        let call = &asked.calls[0];
        assert_eq!(asked.calls.len(), 1);
        assert_eq!(call.host, stub.address.to_string());
        assert_eq!(call.purpose, Purpose::Rewrite);
        assert_eq!(call.fields, ["work.highlights", "posting.text"]);
        assert_eq!(call.bytes_out, seen.body.to_string().len() as u64);
        assert!(call.bytes_in > 0 && !call.cached);
        assert_eq!(call.outcome, Outcome::Answered);
        assert_eq!(call.cost.is_some(), provider != Provider::Ollama);
        assert_eq!(call.cost, cost(&call.model, call.usage.unwrap()));
    }
}

#[tokio::test]
async fn every_provider_streams_and_its_listener_hears_all_of_it() {
    for provider in ALL {
        let text = resume().to_string();
        let stub = Stub::telling(vec![streamed(provider, &text)]).await;
        let ear = Arc::new(Ear::default());
        let other = Arc::clone(&ear);
        let listener = move |heard: Heard<'_>| other.hear(heard);
        let asked = ask(&stub, provider, Some(&listener)).await;
        let answer = asked.outcome.unwrap();
        assert_eq!(answer.value, resume(), "{provider}");
        assert_eq!((answer.usage.input, answer.usage.output), (10, 5));
        assert_eq!(*ear.0.lock().unwrap(), text);
        let seen = &stub.seen()[0];
        if provider == Provider::Gemini {
            assert!(seen.address.ends_with(":streamGenerateContent?alt=sse"));
        } else {
            assert_eq!(seen.body["stream"], json!(true));
        }
    }
}

#[tokio::test]
async fn a_stream_cut_in_the_middle_is_tried_again_and_the_listener_is_told() {
    for provider in ALL {
        let text = resume().to_string();
        let good = streamed(provider, &text);
        let mut half = good.clone().ending(Ending::Cut);
        half.body.truncate(half.body.len() / 2);
        // One ends with an error on the wire, one as if it were complete.
        let short = half.clone().ending(Ending::Whole);
        let stub = Stub::telling(vec![half.clone(), short, good]).await;
        let ear = Arc::new(Ear::default());
        let other = Arc::clone(&ear);
        let listener = move |heard: Heard<'_>| other.hear(heard);
        let asked = ask(&stub, provider, Some(&listener)).await;
        assert_eq!(asked.outcome.unwrap().value, resume(), "{provider}");
        assert_eq!(*ear.0.lock().unwrap(), text);
        assert_eq!(*ear.1.lock().unwrap(), 2);
        let outcomes: Vec<_> = asked
            .calls
            .iter()
            .map(|call| call.outcome.clone())
            .collect();
        let cut = Outcome::Failed("model_cut_off".to_owned());
        assert_eq!(outcomes, [cut.clone(), cut, Outcome::Answered]);
        let stub = Stub::telling(vec![half]).await;
        let asked = ask(&stub, provider, Some(&|_| {})).await;
        assert_eq!(asked.outcome.unwrap_err(), ModelError::CutOff);
        assert_eq!(stub.count(), 3);
    }
}

#[tokio::test]
async fn fences_chatter_split_parts_and_thoughts_do_not_hide_the_answer() {
    for (path, provider) in [
        ("gemini/authored/json_ok.json", Provider::Gemini),
        (
            "gemini/authored/json_in_markdown_fence.json",
            Provider::Gemini,
        ),
        ("gemini/authored/json_with_chatter.json", Provider::Gemini),
        (
            "gemini/authored/text_split_over_parts.json",
            Provider::Gemini,
        ),
        ("gemini/authored/thought_part_first.json", Provider::Gemini),
        ("openai-compatible/authored/ok_json.json", Provider::OpenAi),
        (
            "openai-compatible/authored/think_tags.json",
            Provider::OpenAi,
        ),
    ] {
        let asked = ask_of(Reply::recorded(path), provider).await;
        assert_eq!(asked.outcome.unwrap().value, resume(), "{path}");
        assert_eq!(asked.calls.len(), 1);
    }
}

#[tokio::test]
async fn recorded_exchanges_with_the_real_services_are_understood() {
    let city = json!({"type": "object", "properties": {"city": {"type": "string"}},
                      "required": ["city"]});
    let stub = Stub::telling(vec![Reply::recorded(
        "gemini/recorded/pydantic_native_output.json",
    )]);
    let stub = stub.await;
    let clock = Moving::start();
    let model = models(&clock).open(Some(&stub.settings(Provider::Gemini)));
    let answer = model
        .ask(question(&city, &*clock, 60))
        .await
        .outcome
        .unwrap();
    assert_eq!(answer.value["city"], json!("Mexico City"));
    assert_eq!(answer.model, "gemini-2.0-flash");
    for (path, provider, text) in [
        (
            "gemini/recorded/pydantic_model_stream.json",
            Provider::Gemini,
            "The capital of France is Paris.\n",
        ),
        (
            "gemini/firebase/googleai_streaming-success-basic-reply-short.txt",
            Provider::Gemini,
            "The capital of Wyoming is **Cheyenne**.\n",
        ),
        (
            "openai-compatible/authored/stream_ok.sse",
            Provider::OpenAi,
            "Zoë 🚀",
        ),
    ] {
        // Prose is no answer, but it was heard as it came.
        let prose = Reply::recorded(path);
        let stub = Stub::telling(vec![prose, Reply::json(500, &json!({}))]).await;
        let ear = Arc::new(Ear::default());
        let other = Arc::clone(&ear);
        let listener = move |heard: Heard<'_>| match heard {
            Heard::Anew => {}
            heard @ Heard::Text(_) => other.hear(heard),
        };
        let asked = ask(&stub, provider, Some(&listener)).await;
        assert_eq!(asked.outcome.unwrap_err(), ModelError::NotJson, "{path}");
        assert_eq!(*ear.0.lock().unwrap(), text, "{path}");
    }
    for path in [
        "gemini/firebase/googleai_streaming-success-thinking-reply-thought-summary.txt",
        "gemini/recorded/rustgenai_thinking_stream.txt",
    ] {
        let asked = ask_of(Reply::recorded(path), Provider::Gemini).await;
        let usage = asked.calls[0].usage.unwrap();
        assert!(
            usage.thoughts > 0 && usage.output > usage.thoughts,
            "{path}"
        );
    }
    for name in ["openai-text", "mistral-text", "xai-text"] {
        let path = format!("openai-compatible/vercel/{name}.json");
        let asked = ask_of(Reply::recorded(&path), Provider::OpenAi).await;
        assert_eq!(asked.outcome.unwrap_err(), ModelError::NotJson, "{path}");
        assert!(asked.calls[0].usage.unwrap().input > 0, "{path}");
    }
}

#[tokio::test]
async fn each_refusal_ends_with_its_own_reason_after_one_call() {
    let blocked = |reason| ModelError::Blocked { reason };
    let gemini: Vec<(&str, ModelError)> = vec![
        (
            "authored/finish_recitation.json",
            blocked(Blocked::Recitation),
        ),
        (
            "authored/prompt_blocked_other.json",
            blocked(Blocked::Other),
        ),
        (
            "authored/json_truncated_max_tokens.json",
            ModelError::Truncated,
        ),
        (
            "authored/404_model_not_found.json",
            ModelError::ModelUnknown,
        ),
        ("authored/400_input_too_long.json", ModelError::TooLong),
        (
            "firebase/googleai_unary-failure-finish-reason-safety.json",
            blocked(Blocked::Safety),
        ),
        (
            "firebase/googleai_unary-failure-unknown-model.json",
            ModelError::ModelUnknown,
        ),
        (
            "firebase/googleai_unary-failure-generativelanguage-api-not-enabled.json",
            ModelError::KeyRefused,
        ),
        (
            "firebase/googleai_streaming-failure-recitation-no-content.txt",
            blocked(Blocked::Recitation),
        ),
        (
            "firebase/vertexai_streaming-failure-prompt-blocked-safety.txt",
            blocked(Blocked::Safety),
        ),
        (
            "firebase/vertexai_streaming-failure-finish-reason-safety.txt",
            blocked(Blocked::Safety),
        ),
        (
            "firebase/vertexai_streaming-failure-api-key.txt",
            ModelError::KeyRefused,
        ),
        (
            "firebase/vertexai_streaming-failure-invalid-json.txt",
            ModelError::Garbled,
        ),
        (
            "firebase/vertexai_unary-failure-empty-content.json",
            ModelError::Empty,
        ),
        (
            "firebase/vertexai_unary-failure-unsupported-user-location.json",
            ModelError::Refused { status: 400 },
        ),
        (
            "firebase/vertexai_unary-failure-unknown-enum-finish-reason.json",
            blocked(Blocked::Other),
        ),
        (
            "firebase/vertexai_unary-failure-unknown-enum-prompt-blocked.json",
            blocked(Blocked::Other),
        ),
        (
            "recorded/pydantic_model_max_tokens_thinking_model_empty_response.json",
            ModelError::Truncated,
        ),
    ];
    let openai = vec![
        ("authored/401_invalid_api_key.json", ModelError::KeyRefused),
        (
            "authored/429_insufficient_quota.json",
            ModelError::OutOfQuota,
        ),
        ("authored/400_context_length.json", ModelError::TooLong),
        (
            "authored/content_null_refusal.json",
            blocked(Blocked::Refusal),
        ),
        ("authored/finish_length.json", ModelError::Truncated),
        ("authored/ollama_404_model.json", ModelError::ModelUnknown),
        (
            "recorded/pydantic_test_invalid_response.json",
            ModelError::Garbled,
        ),
    ];
    let gemini = gemini
        .into_iter()
        .map(|(path, error)| (Provider::Gemini, format!("gemini/{path}"), error));
    let openai = openai
        .into_iter()
        .map(|(path, error)| (Provider::OpenAi, format!("openai-compatible/{path}"), error));
    for (provider, path, expected) in gemini.chain(openai) {
        let stub = Stub::telling(vec![Reply::recorded(&path)]).await;
        let asked = ask(&stub, provider, None).await;
        let error = asked.outcome.unwrap_err();
        assert_eq!(error, expected, "{path}");
        assert_eq!(stub.count(), 1, "{path}");
        assert_eq!(
            asked.calls[0].outcome,
            Outcome::Failed(error.code().to_owned())
        );
        let shown = format!("{error} {error:?}");
        for secret in [KEY, "sekrit", "Marisol", "AIz", "sk-"] {
            assert!(!shown.contains(secret), "{path}: {shown}");
        }
    }
}

#[tokio::test]
async fn refusals_of_ollama_and_anthropic_have_their_reasons_too() {
    let tell = |status, body: Value| Reply::json(status, &body);
    let anthropic = |kind: &str, message: &str| json!({"type": "error", "error": {"type": kind, "message": message}});
    let stopped = |reason: &str| {
        json!({"type": "message", "content": [{"type": "text", "text": "I will not"}],
               "stop_reason": reason, "usage": {"input_tokens": 1, "output_tokens": 1}})
    };
    let blocked = ModelError::Blocked {
        reason: Blocked::Refusal,
    };
    for (provider, reply, expected) in [
        (
            Provider::Ollama,
            tell(
                404,
                json!({"error": "model \"llama9\" not found, try pulling it first"}),
            ),
            ModelError::ModelUnknown,
        ),
        (
            Provider::Ollama,
            tell(
                200,
                json!({"message": {"content": "{\"a"}, "done": true, "done_reason": "length"}),
            ),
            ModelError::Truncated,
        ),
        (
            Provider::Ollama,
            tell(
                400,
                json!({"error": "the input length exceeds the context length"}),
            ),
            ModelError::TooLong,
        ),
        (
            Provider::Anthropic,
            tell(401, anthropic("authentication_error", "invalid x-api-key")),
            ModelError::KeyRefused,
        ),
        (
            Provider::Anthropic,
            tell(404, anthropic("not_found_error", "model: claude-9")),
            ModelError::ModelUnknown,
        ),
        (
            Provider::Anthropic,
            tell(
                400,
                anthropic("invalid_request_error", "prompt is too long: 9 > 8"),
            ),
            ModelError::TooLong,
        ),
        (
            Provider::Anthropic,
            tell(
                400,
                anthropic("invalid_request_error", "Your credit balance is too low"),
            ),
            ModelError::OutOfQuota,
        ),
        (Provider::Anthropic, tell(200, stopped("refusal")), blocked),
        (
            Provider::Anthropic,
            tell(200, stopped("max_tokens")),
            ModelError::Truncated,
        ),
    ] {
        let asked = ask_of(reply.clone(), provider).await;
        assert_eq!(asked.outcome.unwrap_err(), expected, "{reply:?}");
        assert_eq!(asked.calls.len(), 1);
    }
}

#[tokio::test]
async fn what_can_pass_is_waited_for_and_what_cannot_is_not() {
    let overloaded = Reply::json(529, &json!({"error": {"type": "overloaded_error"}}));
    let in_stream = Reply::of(
        200,
        "text/event-stream",
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}\n\n",
    );
    for (provider, bad) in [
        (
            Provider::Gemini,
            Reply::recorded("gemini/authored/503_overloaded.json"),
        ),
        (
            Provider::Gemini,
            Reply::recorded("gemini/authored/500_internal.json"),
        ),
        (
            Provider::Gemini,
            Reply::recorded("gemini/authored/proxy_502_html.json"),
        ),
        (Provider::Anthropic, overloaded),
        (Provider::Anthropic, in_stream),
    ] {
        let good = whole(provider, &resume().to_string());
        let stub = Stub::telling(vec![bad.clone(), bad.clone(), good]).await;
        let asked = ask(&stub, provider, None).await;
        assert_eq!(asked.outcome.unwrap().value, resume(), "{bad:?}");
        assert_eq!(asked.calls.len(), 3);
        let stub = Stub::telling(vec![bad]).await;
        let error = ask(&stub, provider, None).await.outcome.unwrap_err();
        assert!(matches!(error, ModelError::Unavailable { .. }), "{error}");
        assert!(error.can_be_retried());
        assert_eq!(stub.count(), 3);
    }
}

/// Asks with so much time and gives what came of it and how long was waited.
async fn ask_within(
    stub: &Stub,
    provider: Provider,
    seconds: u64,
) -> (backend::ports::models::Asked, Vec<Duration>) {
    let clock = Moving::start();
    let model = models(&clock).open(Some(&stub.settings(provider)));
    let schema = schema();
    let asked = model.ask(question(&schema, &*clock, seconds)).await;
    (asked, clock.pauses())
}

#[tokio::test]
async fn a_pause_that_is_asked_for_is_kept_when_there_is_time_for_it() {
    for (path, provider, wait) in [
        (
            "gemini/authored/429_free_tier_per_minute.json",
            Provider::Gemini,
            21_000,
        ),
        (
            "gemini/vercel/google-429-retry-info.json",
            Provider::Gemini,
            34_400,
        ),
        (
            "openai-compatible/authored/429_rate_limit.json",
            Provider::OpenAi,
            20_000,
        ),
    ] {
        let wait = Duration::from_millis(wait);
        let good = whole(provider, &resume().to_string());
        let stub = Stub::telling(vec![Reply::recorded(path), good]).await;
        let (asked, pauses) = ask_within(&stub, provider, 60).await;
        assert_eq!(asked.outcome.unwrap().value, resume(), "{path}");
        assert_eq!(pauses.len(), 1);
        assert!(pauses[0] >= wait && pauses[0] <= wait + Duration::from_secs(1));
        let stub = Stub::telling(vec![Reply::recorded(path)]).await;
        let (asked, pauses) = ask_within(&stub, provider, 10).await;
        let limited = ModelError::RateLimited {
            retry_after: Some(wait),
        };
        assert_eq!(asked.outcome.unwrap_err(), limited, "{path}");
        assert!(pauses.is_empty() && stub.count() == 1);
    }
    let path = "openai-compatible/recorded/pydantic_test_openrouter_errors_raised.json";
    let stub = Stub::telling(vec![Reply::recorded(path)]).await;
    let (asked, pauses) = ask_within(&stub, Provider::OpenAi, 60).await;
    let limited = ModelError::RateLimited { retry_after: None };
    assert_eq!(asked.outcome.unwrap_err(), limited);
    assert!(pauses.len() == 2 && pauses[1] <= Duration::from_secs(1));
}

#[tokio::test]
async fn silence_ends_with_the_deadline_or_the_time_of_a_call() {
    let silence = Reply::of(200, "application/json", "").ending(Ending::Silence);
    let mid = streamed(Provider::OpenAi, "{\"a\":").ending(Ending::Silence);
    let mid = Reply {
        body: mid.body[..100].to_owned(),
        ..mid
    };
    for reply in [silence, mid] {
        let stub = Stub::telling(vec![reply]).await;
        let clock = Moving::start();
        let schema = schema();
        let model = models(&clock).open(Some(&stub.settings(Provider::OpenAi)));
        let mut request = question(&schema, &*clock, 0);
        request.deadline += Duration::from_millis(200);
        let asked = model.ask(request).await;
        assert_eq!(asked.outcome.unwrap_err(), ModelError::TimedOut);
        assert_eq!(asked.calls.len(), 1);
        let settings = Settings {
            call_timeout: Duration::from_millis(200),
            ..stub.settings(Provider::OpenAi)
        };
        let model = models(&clock).open(Some(&settings));
        let asked = model.ask(question(&schema, &*clock, 60)).await;
        assert_eq!(asked.outcome.unwrap_err(), ModelError::TimedOut);
        assert!(asked.calls[0].bytes_out > 0);
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_offline() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let clock = Moving::start();
    let settings = Settings {
        base_url: format!("http://{address}"),
        ..Settings::of(Provider::Ollama, "llama3.1:8b")
    };
    let schema = schema();
    let model = models(&clock).open(Some(&settings));
    let asked = model.ask(question(&schema, &*clock, 60)).await;
    assert_eq!(asked.outcome.unwrap_err(), ModelError::Offline);
    assert_eq!((asked.calls.len(), clock.pauses().len()), (3, 2));
}

#[tokio::test]
async fn a_wrong_answer_is_repaired_once_without_sending_the_material_again() {
    for provider in ALL {
        for wrong in [
            "{\"basics\": {\"name\": 7}}",
            "{\"basics\": {\"name\": \"sekr",
            "I would say no.",
        ] {
            let good = whole(provider, &resume().to_string());
            let stub = Stub::telling(vec![whole(provider, wrong), good]).await;
            let asked = ask(&stub, provider, None).await;
            let answer = asked.outcome.unwrap();
            assert!(
                answer.repaired && answer.value == resume(),
                "{provider}: {wrong}"
            );
            assert_eq!(answer.usage.input, 20, "both calls are paid for");
            let repair = stub.seen()[1].body.to_string();
            assert!(!repair.contains("sekrit-lines"), "{repair}");
            let quoted = |text: &str| repair.contains(json!(text).to_string().trim_matches('"'));
            assert!(quoted(wrong) || provider == Provider::Anthropic, "{repair}");
            assert_eq!(asked.calls[1].purpose, Purpose::Repair);
            assert_eq!(asked.calls[1].fields, ["answer"]);
            assert!(matches!(asked.calls[0].outcome, Outcome::Failed(_)));
            let stub = Stub::telling(vec![whole(provider, wrong)]).await;
            let asked = ask(&stub, provider, None).await;
            let error = asked.outcome.unwrap_err();
            let expected = matches!(error, ModelError::WrongSchema { .. } | ModelError::NotJson);
            assert!(expected, "{provider}: {error}");
            assert!(!error.to_string().contains("sekr"));
            assert_eq!(stub.count(), 2);
        }
    }
}

#[tokio::test]
async fn an_answer_cut_at_its_limit_is_taken_when_it_is_complete_by_the_schema() {
    let mut reply = Reply::recorded("gemini/authored/json_ok.json");
    reply.body = reply.body.replace("STOP", "MAX_TOKENS");
    let answer = ask_of(reply, Provider::Gemini).await.outcome.unwrap();
    assert!(answer.truncated);
}

#[tokio::test]
async fn a_server_that_fails_in_a_row_is_left_alone_until_one_call_finds_it_well() {
    let stub = Stub::telling(vec![Reply::json(503, &json!({}))]).await;
    let clock = Moving::start();
    let limits = Limits {
        tries: 1,
        failures: 2,
        ..Limits::default()
    };
    let models = models_within(&clock, limits);
    let schema = schema();
    // Two clients of one server and one key: what one learns the other knows.
    let one = models.open(Some(&stub.settings(Provider::Gemini)));
    let other = models.open(Some(&Settings {
        temperature: 1.0,
        ..stub.settings(Provider::Gemini)
    }));
    for model in [&one, &other] {
        let asked = model.ask(question(&schema, &*clock, 60)).await;
        assert!(matches!(asked.outcome, Err(ModelError::Unavailable { .. })));
    }
    let asked = one.ask(question(&schema, &*clock, 60)).await;
    let resting = ModelError::Resting {
        retry_after: limits.rest,
    };
    assert_eq!(asked.outcome.unwrap_err(), resting);
    assert!(asked.calls.is_empty());
    assert_eq!(stub.count(), 2);
    // Half open: the trial fails, and it is left alone again.
    clock.forward(limits.rest);
    let asked = one.ask(question(&schema, &*clock, 60)).await;
    assert!(matches!(asked.outcome, Err(ModelError::Unavailable { .. })));
    let asked = other.ask(question(&schema, &*clock, 60)).await;
    assert_eq!(asked.outcome.unwrap_err(), resting);
    assert_eq!(stub.count(), 3);
    // The trial succeeds, and everybody may ask again.
    stub.now(|_, _| whole(Provider::Gemini, &resume().to_string()));
    clock.forward(limits.rest);
    for model in [&one, &other, &one] {
        let asked = model.ask(question(&schema, &*clock, 60)).await;
        assert_eq!(asked.outcome.unwrap().value, resume());
    }
}

#[tokio::test]
async fn refusals_of_a_request_do_not_count_against_the_server() {
    let path = "openai-compatible/authored/401_invalid_api_key.json";
    let stub = Stub::telling(vec![Reply::recorded(path)]).await;
    let clock = Moving::start();
    let model = models(&clock).open(Some(&stub.settings(Provider::OpenAi)));
    let schema = schema();
    for _ in 0..10 {
        let asked = model.ask(question(&schema, &*clock, 60)).await;
        assert_eq!(asked.outcome.unwrap_err(), ModelError::KeyRefused);
    }
    assert_eq!(stub.count(), 10);
}

#[tokio::test]
async fn a_deadline_that_is_past_sends_nothing_and_a_short_one_does_not_count_against_the_server() {
    let stub = Stub::telling(vec![Reply::of(200, "", "").ending(Ending::Silence)]).await;
    let clock = Moving::start();
    let limits = Limits {
        failures: 1,
        ..Limits::default()
    };
    let model = models_within(&clock, limits).open(Some(&stub.settings(Provider::OpenAi)));
    let schema = schema();
    let asked = model.ask(question(&schema, &*clock, 0)).await;
    assert_eq!(asked.outcome.unwrap_err(), ModelError::TimedOut);
    assert!(asked.calls.is_empty());
    for _ in 0..2 {
        let mut request = question(&schema, &*clock, 0);
        request.deadline += Duration::from_millis(200);
        let asked = model.ask(request).await;
        assert_eq!(asked.outcome.unwrap_err(), ModelError::TimedOut);
        assert_eq!(asked.calls.len(), 1);
    }
}

#[tokio::test]
async fn too_large_an_answer_is_not_read_and_another_address_is_not_asked() {
    let clock = Moving::start();
    let limits = Limits {
        answer_bytes: 2_000,
        ..Limits::default()
    };
    let schema = schema();
    for kind in ["application/json", "text/event-stream"] {
        let endless = Reply::of(200, kind, &"data: ".repeat(1_000)).ending(Ending::Silence);
        let stub = Stub::telling(vec![endless]).await;
        let model = models_within(&clock, limits).open(Some(&stub.settings(Provider::OpenAi)));
        let asked = model.ask(question(&schema, &*clock, 60)).await;
        assert_eq!(asked.outcome.unwrap_err(), ModelError::TooLarge);
        assert!(asked.calls[0].bytes_in > 2_000);
    }
    let elsewhere = Stub::telling(vec![whole(Provider::OpenAi, "{}")]).await;
    let to = format!("http://{}/v1/chat/completions", elsewhere.address);
    for status in [301, 302, 307, 308] {
        let reply = Reply::of(status, "text/plain", "").with("location", &to);
        let asked = ask_of(reply, Provider::OpenAi).await;
        assert_eq!(asked.outcome.unwrap_err(), ModelError::Redirected);
    }
    assert_eq!(elsewhere.count(), 0);
}

#[tokio::test]
async fn a_server_that_fails_one_key_is_still_asked_with_another() {
    let stub = Stub::start(|seen, _| match seen.headers["authorization"].as_str() {
        "Bearer unlucky" => Reply::json(500, &json!({"error": {"message": "no"}})),
        _ => whole(Provider::OpenAi, &resume().to_string()),
    })
    .await;
    let clock = Moving::start();
    let limits = Limits {
        tries: 1,
        failures: 1,
        ..Limits::default()
    };
    let all = models_within(&clock, limits);
    let open = |key: &str| {
        let key = Some(SecretString::from(key.to_owned()));
        let settings = stub.settings(Provider::OpenAi);
        all.open(Some(&Settings { key, ..settings }))
    };
    let schema = schema();
    let ask = async |key: &str| {
        let model = open(key);
        model.ask(question(&schema, &*clock, 60)).await.outcome
    };
    assert!(ask("unlucky").await.is_err());
    let resting = ask("unlucky").await.unwrap_err();
    assert!(matches!(resting, ModelError::Resting { .. }), "{resting}");
    assert!(ask("lucky").await.is_ok());
}

#[tokio::test]
async fn no_key_makes_more_calls_in_a_minute_or_at_once_than_it_may() {
    let good = whole(Provider::OpenAi, &resume().to_string());
    let stub = Stub::telling(vec![good.clone()]).await;
    let clock = Moving::start();
    let settings = Settings {
        calls_per_minute: 2,
        ..stub.settings(Provider::OpenAi)
    };
    let model = models(&clock).open(Some(&settings));
    let schema = schema();
    for _ in 0..3 {
        model
            .ask(question(&schema, &*clock, 120))
            .await
            .outcome
            .unwrap();
    }
    assert_eq!(clock.pauses(), [Duration::from_mins(1)]);
    let _ = model.ask(question(&schema, &*clock, 120)).await;
    let asked = model.ask(question(&schema, &*clock, 20)).await;
    let retry_after = Some(Duration::from_mins(1));
    assert_eq!(
        asked.outcome.unwrap_err(),
        ModelError::RateLimited { retry_after }
    );
    assert!(asked.calls.is_empty());

    let stub = Stub::telling(vec![good]).await;
    let settings = Settings {
        concurrent_calls: 2,
        ..stub.settings(Provider::OpenAi)
    };
    let all = models(&clock);
    let (one, other) = (all.open(Some(&settings)), all.open(Some(&settings)));
    let asking = (0..12).map(|number| {
        let model = if number % 2 == 0 { &one } else { &other };
        model.ask(question(&schema, &*clock, 60))
    });
    let answers = futures::future::join_all(asking).await;
    assert!(answers.iter().all(|asked| asked.outcome.is_ok()));
    assert!((1..=2).contains(&stub.most.load(Ordering::SeqCst)));
}

#[tokio::test]
async fn a_server_that_does_not_know_schemas_is_asked_in_another_way_and_remembered() {
    let refuse = |words: &str| Reply::json(400, &json!({"error": {"message": words}}));
    let clock = Moving::start();
    let schema = schema();
    let parameter = "openai-compatible/vercel/reasoning-model-legacy-parameter-error.json";
    let stub = Stub::start(move |seen, _| {
        let format = seen
            .body
            .pointer("/response_format/type")
            .and_then(Value::as_str);
        if seen.body.get("max_tokens").is_some() {
            Reply::recorded(parameter)
        } else if seen.body.get("temperature").is_some() {
            refuse("Unsupported value: 'temperature' does not support 0.2 with this model.")
        } else if format == Some("json_schema") {
            refuse("response_format type json_schema is not supported")
        } else if format == Some("json_object") {
            refuse("This model does not support response_format")
        } else {
            whole(Provider::OpenAi, &resume().to_string())
        }
    })
    .await;
    let model = models(&clock).open(Some(&stub.settings(Provider::OpenAi)));
    for calls in [5, 1] {
        let asked = model.ask(question(&schema, &*clock, 60)).await;
        assert_eq!(asked.outcome.unwrap().value, resume());
        assert_eq!(asked.calls.len(), calls);
    }
    let last = stub.seen().pop().unwrap().body;
    let system = last
        .pointer("/messages/0/content")
        .unwrap()
        .as_str()
        .unwrap();
    assert!(system.contains(&schema.to_string()));
    assert!(last.get("max_completion_tokens").is_some());

    let stub = Stub::start(move |seen, _| {
        let config = &seen.body["generationConfig"];
        if config.get("responseJsonSchema").is_some() {
            refuse("Invalid JSON payload received. Unknown name \"responseJsonSchema\"")
        } else {
            whole(Provider::Gemini, &resume().to_string())
        }
    })
    .await;
    let asked = ask(&stub, Provider::Gemini, None).await;
    assert_eq!(asked.outcome.unwrap().value, resume());
    let last = stub.seen().pop().unwrap().body;
    let subset = &last["generationConfig"]["responseSchema"];
    assert_eq!(subset["type"], json!("object"));
    assert!(!subset.to_string().contains("additionalProperties"));
}

#[tokio::test]
async fn nothing_personal_leaves_when_it_is_masked_and_the_answer_names_the_person_again() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fixtures/jsonresume/sample_richard_hendriks.json"
    );
    let bytes = std::fs::read(path).unwrap();
    let profile = intake::read_evidence("cv.json", &bytes).unwrap().profile;
    let mut mask = tailor::privacy::Mask::of(&profile);
    let material: Vec<&str> = profile
        .facts
        .iter()
        .map(|fact| fact.quote.as_str())
        .collect();
    let material = mask.hide(&material.join("\n"));
    let said = resume().to_string().replace(NAME, "[NAME]");
    for provider in ALL {
        let stub = Stub::telling(vec![whole(provider, &said)]).await;
        let clock = Moving::start();
        let schema = schema();
        let model = models(&clock).open(Some(&stub.settings(provider)));
        let request = Request {
            user: &material,
            ..question(&schema, &*clock, 60)
        };
        let mut answer = model.ask(request).await.outcome.unwrap();
        let sent = stub.seen()[0].body.to_string();
        let names = profile.name.iter().flat_map(|part| part.text.split(' '));
        let contacts = profile.contacts.iter().flat_map(|contact| &contact.parts);
        let personal = names.chain(contacts.map(|part| part.text.as_str()));
        for word in personal.filter(|word| word.len() > 3) {
            assert!(
                !sent.to_lowercase().contains(&word.to_lowercase()),
                "{word}"
            );
        }
        answer.map_texts(&|text| mask.restore(text));
        let name: Vec<&str> = profile.name.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(answer.value["basics"]["name"], json!(name.join(" ")));
    }
}

#[tokio::test]
async fn without_a_model_and_with_a_schema_that_is_none_nothing_is_sent() {
    let clock = Moving::start();
    let schema = schema();
    let none = Models::new().unwrap().open(None);
    let asked = none.ask(question(&schema, &*clock, 60)).await;
    assert_eq!(asked.outcome.unwrap_err(), ModelError::NotConfigured);
    assert_eq!(none.identity(), NoModel.identity());
    let stub = Stub::telling(vec![whole(Provider::Gemini, "{}")]).await;
    let model = models(&clock).open(Some(&stub.settings(Provider::Gemini)));
    let colour = json!({"type": "colour"});
    let asked = model.ask(question(&colour, &*clock, 60)).await;
    assert_eq!(asked.outcome.unwrap_err(), ModelError::BadSchema);
    assert_eq!(stub.count(), 0);
    assert!(!model.identity().contains(KEY) && !format!("{model:?}").contains(KEY));
}
