//! The chat completions of OpenAI and of all who speak the same: vLLM, llama.cpp, LM Studio,
//! OpenRouter, Mistral, Groq.

use serde_json::{Value, json};

use super::dialect::{Dialect, Form, is_strict};
use super::error::{Blocked, ModelError};
use super::request::Usage;
use super::said::{End, Said};
use super::wire::{Prompt, count};

pub(super) fn body(model: &str, prompt: &Prompt<'_>, dialect: Dialect) -> Value {
    let limit = if dialect.completion_tokens {
        "max_completion_tokens"
    } else {
        "max_tokens"
    };
    let mut body = json!({
        "model": model,
        "messages": [
            {"role": "system", "content": prompt.system_with_schema(dialect.form)},
            {"role": "user", "content": prompt.user},
        ],
        "stream": prompt.stream,
    });
    body[limit] = json!(prompt.max_output_tokens);
    if dialect.temperature {
        body["temperature"] = prompt.rounded_temperature();
    }
    if prompt.stream && dialect.stream_usage {
        body["stream_options"] = json!({"include_usage": true});
    }
    match dialect.form {
        Form::Schema | Form::Subset => {
            body["response_format"] = json!({
                "type": "json_schema",
                "json_schema": {
                    "name": "answer",
                    "strict": is_strict(prompt.schema),
                    "schema": prompt.schema,
                },
            });
        }
        Form::Json => body["response_format"] = json!({"type": "json_object"}),
        Form::Plain => {}
    }
    body
}

pub(super) fn absorb(said: &mut Said, piece: &Value) -> Result<(), ModelError> {
    let Some(choices) = piece.get("choices").and_then(Value::as_array) else {
        return Err(ModelError::Garbled);
    };
    if let Some(model) = piece["model"].as_str().filter(|model| !model.is_empty()) {
        said.model = Some(model.to_owned());
    }
    if let Some(usage) = piece.get("usage").and_then(usage) {
        said.usage = Some(usage);
    }
    // The last piece of a stream has the count of tokens and no choice.
    let Some(choice) = choices.first() else {
        return Ok(());
    };
    let message = choice.get("message").or_else(|| choice.get("delta"));
    if let Some(message) = message {
        take_in(said, message);
    }
    match choice["finish_reason"].as_str() {
        None | Some("") => {}
        Some("length") => said.ends(End::Limit),
        Some("content_filter") => said.ends(End::Blocked(Blocked::Safety)),
        Some("error") => {
            return Err(ModelError::Unavailable {
                status: 0,
                retry_after: None,
            });
        }
        Some(_) => said.ends(End::Complete),
    }
    Ok(())
}

fn take_in(said: &mut Said, message: &Value) {
    match &message["content"] {
        Value::String(text) => said.text.push_str(text),
        // Some servers give the content in parts, thoughts among them.
        Value::Array(parts) => {
            let texts = parts.iter().filter(|part| part["type"] == json!("text"));
            for text in texts.filter_map(|part| part["text"].as_str()) {
                said.text.push_str(text);
            }
        }
        _ => {}
    }
    let refusal = message["refusal"].as_str();
    if refusal.is_some_and(|refusal| !refusal.trim().is_empty()) {
        said.ends(End::Blocked(Blocked::Refusal));
    }
}

fn usage(counts: &Value) -> Option<Usage> {
    let of = |pointer| count(counts, pointer).unwrap_or(0);
    Some(Usage {
        input: count(counts, "/prompt_tokens")?,
        output: of("/completion_tokens"),
        cached: of("/prompt_tokens_details/cached_tokens"),
        thoughts: of("/completion_tokens_details/reasoning_tokens"),
    })
}
