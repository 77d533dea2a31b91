//! Gemini's REST interface: `generateContent`, whole or as a stream.

use std::time::Duration;

use serde_json::{Value, json};

use super::dialect::{Dialect, Form, subset};
use super::error::{Blocked, ModelError};
use super::request::Usage;
use super::said::{End, Said};
use super::wire::{Prompt, count, seconds};

pub(super) fn path(model: &str, stream: bool) -> String {
    let model = model.strip_prefix("models/").unwrap_or(model);
    if stream {
        format!("/models/{model}:streamGenerateContent?alt=sse")
    } else {
        format!("/models/{model}:generateContent")
    }
}

pub(super) fn body(prompt: &Prompt<'_>, dialect: Dialect) -> Value {
    let mut config = json!({"maxOutputTokens": prompt.max_output_tokens, "candidateCount": 1});
    if dialect.temperature {
        config["temperature"] = prompt.rounded_temperature();
    }
    if dialect.form != Form::Plain {
        config["responseMimeType"] = json!("application/json");
    }
    match dialect.form {
        Form::Schema => config["responseJsonSchema"] = prompt.schema.clone(),
        Form::Subset => config["responseSchema"] = subset(prompt.schema),
        Form::Json | Form::Plain => {}
    }
    json!({
        "systemInstruction": {"parts": [{"text": prompt.system_with_schema(dialect.form)}]},
        "contents": [{"role": "user", "parts": [{"text": prompt.user}]}],
        "generationConfig": config,
    })
}

pub(super) fn absorb(said: &mut Said, piece: &Value) -> Result<(), ModelError> {
    let known = ["candidates", "promptFeedback", "usageMetadata"];
    if known.iter().all(|name| piece.get(name).is_none()) {
        return Err(ModelError::Garbled);
    }
    if let Some(model) = piece["modelVersion"].as_str() {
        said.model = Some(model.to_owned());
    }
    if let Some(usage) = piece.get("usageMetadata").and_then(usage) {
        said.usage = Some(usage);
    }
    if let Some(reason) = piece.pointer("/promptFeedback/blockReason") {
        said.ends(End::Blocked(blocked(reason.as_str().unwrap_or_default())));
    }
    let Some(candidate) = piece.pointer("/candidates/0") else {
        return Ok(());
    };
    let parts = candidate
        .pointer("/content/parts")
        .and_then(Value::as_array);
    for part in parts.into_iter().flatten() {
        if part["thought"] == json!(true) {
            continue;
        }
        said.text
            .push_str(part["text"].as_str().unwrap_or_default());
    }
    match candidate["finishReason"].as_str() {
        None | Some("" | "FINISH_REASON_UNSPECIFIED") => {}
        Some("STOP") => said.ends(End::Complete),
        Some("MAX_TOKENS") => said.ends(End::Limit),
        Some(reason) => said.ends(End::Blocked(blocked(reason))),
    }
    Ok(())
}

fn blocked(reason: &str) -> Blocked {
    match reason {
        "SAFETY" | "IMAGE_SAFETY" => Blocked::Safety,
        "RECITATION" => Blocked::Recitation,
        "BLOCKLIST" | "PROHIBITED_CONTENT" => Blocked::Prohibited,
        "SPII" => Blocked::PersonalData,
        "LANGUAGE" => Blocked::Language,
        _ => Blocked::Other,
    }
}

fn usage(counts: &Value) -> Option<Usage> {
    let thoughts = count(counts, "/thoughtsTokenCount").unwrap_or(0);
    let written = count(counts, "/candidatesTokenCount").unwrap_or(0);
    Some(Usage {
        input: count(counts, "/promptTokenCount")?,
        // Thoughts are billed as output and counted apart.
        output: written.saturating_add(thoughts),
        cached: count(counts, "/cachedContentTokenCount").unwrap_or(0),
        thoughts,
    })
}

/// The pause that Google's errors name in their details, `"21s"`.
pub(super) fn retry_delay(told: &Value) -> Option<Duration> {
    let details = told.pointer("/error/details")?.as_array()?;
    let delay = details
        .iter()
        .find_map(|detail| detail.get("retryDelay")?.as_str())?;
    seconds(delay.trim().strip_suffix('s')?)
}
