//! The providers side by side: a question into a request, and what comes back into what was said.

use std::time::Duration;

use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use super::dialect::{Dialect, Form};
use super::error::{Blocked, ModelError};
use super::said::Said;
use super::settings::{Provider, Settings};
use super::{anthropic, gemini, ollama, openai};

/// A question, ready for any provider.
#[derive(Clone, Copy)]
pub(super) struct Prompt<'a> {
    pub system: &'a str,
    pub user: &'a str,
    pub schema: &'a Value,
    pub max_output_tokens: u32,
    pub temperature: f32,
    pub stream: bool,
}

impl Prompt<'_> {
    /// What the model is told of itself; with the schema where it is not asked for in another way.
    pub(super) fn system_with_schema(&self, form: Form) -> String {
        const SHAPE: &str = include_str!("../../../data/prompts/shape.1.txt");
        match form {
            Form::Schema | Form::Subset => self.system.to_owned(),
            Form::Json | Form::Plain => {
                format!("{}\n\n{SHAPE}\n{}", self.system, self.schema)
            }
        }
    }

    /// The temperature without the noise of its binary form.
    pub(super) fn rounded_temperature(&self) -> Value {
        json!((f64::from(self.temperature) * 1000.0).round() / 1000.0)
    }
}

/// Where a question goes.
pub(super) fn address(settings: &Settings, stream: bool) -> String {
    let base = &settings.base_url;
    match settings.provider {
        Provider::Gemini => format!("{base}{}", gemini::path(&settings.name, stream)),
        Provider::OpenAi => format!("{base}/chat/completions"),
        Provider::Ollama => format!("{base}/api/chat"),
        Provider::Anthropic => {
            let root = base.strip_suffix("/v1").unwrap_or(base);
            format!("{root}/v1/messages")
        }
    }
}

/// The body of a question.
pub(super) fn body(settings: &Settings, prompt: &Prompt<'_>, dialect: Dialect) -> Value {
    let model = settings.name.as_str();
    match settings.provider {
        Provider::Gemini => gemini::body(prompt, dialect),
        Provider::OpenAi => openai::body(model, prompt, dialect),
        Provider::Ollama => ollama::body(model, prompt, dialect),
        Provider::Anthropic => anthropic::body(model, prompt, dialect),
    }
}

/// Takes in a whole answer, or one piece of a stream.
pub(super) fn absorb(provider: Provider, said: &mut Said, piece: &Value) -> Result<(), ModelError> {
    if let Some(error) = piece.get("error").filter(|error| !error.is_null()) {
        return Err(told_inside(provider, piece, error));
    }
    match provider {
        Provider::Gemini => gemini::absorb(said, piece),
        Provider::OpenAi => openai::absorb(said, piece),
        Provider::Ollama => ollama::absorb(said, piece),
        Provider::Anthropic => anthropic::absorb(said, piece),
    }
}

/// An error that comes with status 200, in the middle of a stream or instead of an answer.
fn told_inside(provider: Provider, piece: &Value, error: &Value) -> ModelError {
    let status = error.get("code").and_then(Value::as_u64);
    let status = status.and_then(|code| u16::try_from(code).ok());
    let kind = error
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let status = status.unwrap_or(match kind {
        "rate_limit_error" => 429,
        "authentication_error" | "permission_error" => 401,
        "invalid_request_error" => 400,
        "not_found_error" => 404,
        _ => 500,
    });
    match refusal(provider, status, &HeaderMap::new(), piece) {
        ModelError::Unavailable { retry_after, .. } => ModelError::Unavailable {
            status: 0,
            retry_after,
        },
        error => error,
    }
}

/// What a refusal means: its status, and what the body says about it.
pub(super) fn refusal(
    provider: Provider,
    status: u16,
    headers: &HeaderMap,
    told: &Value,
) -> ModelError {
    let words = words(told);
    let retry_after = wait(headers).or_else(|| gemini::retry_delay(told));
    let about = |names: &[&str]| names.iter().any(|name| words.contains(name));
    if about(NO_QUOTA) || status == 402 {
        return ModelError::OutOfQuota;
    }
    if about(NO_KEY) {
        return ModelError::KeyRefused;
    }
    if matches!(status, 400 | 403) && about(MODERATED) {
        return ModelError::Blocked {
            reason: Blocked::Safety,
        };
    }
    if status == 413 || (matches!(status, 400 | 422 | 500) && about(TOO_LONG)) {
        return ModelError::TooLong;
    }
    match status {
        401 | 403 => ModelError::KeyRefused,
        404 => ModelError::ModelUnknown,
        // Ollama and LM Studio say so with other statuses as well.
        400 | 500 if provider != Provider::Gemini && about(NO_MODEL) => ModelError::ModelUnknown,
        429 => ModelError::RateLimited { retry_after },
        408 | 500..=599 => ModelError::Unavailable {
            status,
            retry_after,
        },
        300..=399 => ModelError::Redirected,
        _ => ModelError::Refused { status },
    }
}

const NO_QUOTA: &[&str] = &[
    "insufficient_quota",
    "perday",
    "per_day",
    "credit balance is too low",
    "insufficient credits",
];
const NO_KEY: &[&str] = &["api_key_invalid", "api key not valid", "invalid_api_key"];
const MODERATED: &[&str] = &["content_filter", "content management policy", "moderation"];
const NO_MODEL: &[&str] = &["model_not_found", "no such model", "try pulling it first"];
const TOO_LONG: &[&str] = &[
    "context_length_exceeded",
    "maximum context length",
    "exceeds the maximum number of tokens",
    "exceed_context_size",
    "exceeds the available context size",
    "exceeds the context length",
    "context length",
    "prompt is too long",
    "request_too_large",
];

/// All a refusal says, in lower case: looked through, never shown.
pub(super) fn words(told: &Value) -> String {
    let error = told.get("error").unwrap_or(told);
    let mut words = error.to_string();
    words.truncate(words.floor_char_boundary(20_000));
    words.to_lowercase()
}

/// How long to wait, as the headers say: seconds, or a date.
fn wait(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(millis) = text("retry-after-ms").and_then(|text| text.parse().ok()) {
        return Some(Duration::from_millis(millis));
    }
    let after = text("retry-after")?;
    if let Some(wait) = seconds(after) {
        return Some(wait);
    }
    // A date is told against the server's own, so that no two clocks need agree.
    let date = |text| chrono::DateTime::parse_from_rfc2822(text).ok();
    (date(after)? - date(text("date")?)?).to_std().ok()
}

/// A number of seconds, `34.4`.
pub(super) fn seconds(text: &str) -> Option<Duration> {
    let seconds: f64 = text.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// A number among the counts of tokens.
pub(super) fn count(counts: &Value, pointer: &str) -> Option<u64> {
    counts.pointer(pointer).and_then(Value::as_u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_to_wait_is_read_from_seconds_milliseconds_and_dates() {
        let of = |pairs: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            wait(&headers)
        };
        assert_eq!(of(&[("retry-after", "20")]), Some(Duration::from_secs(20)));
        assert_eq!(
            of(&[("retry-after-ms", "1500"), ("retry-after", "2")]),
            Some(Duration::from_millis(1500))
        );
        let dates = [
            ("date", "Thu, 01 Jan 2026 00:00:00 GMT"),
            ("retry-after", "Thu, 01 Jan 2026 00:00:07 GMT"),
        ];
        assert_eq!(of(&dates), Some(Duration::from_secs(7)));
        assert_eq!(of(&[("retry-after", "soon")]), None);
        assert_eq!(of(&[("retry-after", "-1")]), None);
    }

    #[test]
    fn a_daily_quota_is_not_waited_for() {
        let told = json!({"error": {"details": [
            {"violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},
            {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "34s"}
        ]}});
        let error = refusal(Provider::Gemini, 429, &HeaderMap::new(), &told);
        assert_eq!(error, ModelError::OutOfQuota);
    }
}
