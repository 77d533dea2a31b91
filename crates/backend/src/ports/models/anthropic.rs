//! Anthropic's `/v1/messages`: the answer is the input of a tool the model has to use.

use serde_json::{Value, json};

use super::dialect::{Dialect, Form};
use super::error::{Blocked, ModelError};
use super::request::Usage;
use super::said::{End, Said};
use super::wire::{Prompt, count};

/// The version of the interface spoken here.
pub(super) const VERSION: &str = "2023-06-01";
/// The name of the tool. Nothing is run: its input is the answer.
const TOOL: &str = "answer";

pub(super) fn body(model: &str, prompt: &Prompt<'_>, dialect: Dialect) -> Value {
    let mut body = json!({
        "model": model,
        "max_tokens": prompt.max_output_tokens,
        "system": prompt.system_with_schema(dialect.form),
        "messages": [{"role": "user", "content": prompt.user}],
        "stream": prompt.stream,
    });
    if dialect.temperature {
        body["temperature"] = prompt.rounded_temperature();
    }
    if dialect.form == Form::Schema {
        body["tools"] = json!([{
            "name": TOOL,
            "description": "Takes the answer.",
            "input_schema": prompt.schema,
        }]);
        body["tool_choice"] = json!({"type": "tool", "name": TOOL});
    }
    body
}

pub(super) fn absorb(said: &mut Said, piece: &Value) -> Result<(), ModelError> {
    match piece["type"].as_str() {
        Some("message") => {
            let blocks = piece["content"].as_array().ok_or(ModelError::Garbled)?;
            begin(said, piece);
            let tool = blocks
                .iter()
                .find(|block| block["type"] == json!("tool_use"));
            match tool {
                Some(tool) => said.text.push_str(&tool["input"].to_string()),
                None => blocks
                    .iter()
                    .filter_map(|block| block["text"].as_str())
                    .for_each(|text| said.text.push_str(text)),
            }
            end(said, &piece["stop_reason"]);
        }
        Some("message_start") => begin(said, &piece["message"]),
        Some("content_block_start") => {
            // A word before the tool's use is not the answer.
            if piece.pointer("/content_block/type") == Some(&json!("tool_use")) {
                said.text.clear();
            }
        }
        Some("content_block_delta") => {
            let delta = &piece["delta"];
            let text = delta["partial_json"].as_str().or(delta["text"].as_str());
            said.text.push_str(text.unwrap_or_default());
        }
        Some("message_delta") => {
            if let (Some(usage), Some(output)) =
                (&mut said.usage, count(piece, "/usage/output_tokens"))
            {
                usage.output = output;
            }
            end(said, &piece["delta"]["stop_reason"]);
        }
        // `ping`, `message_stop`, and what a later version adds.
        Some(_) => {}
        None => return Err(ModelError::Garbled),
    }
    Ok(())
}

fn begin(said: &mut Said, message: &Value) {
    if let Some(model) = message["model"].as_str() {
        said.model = Some(model.to_owned());
    }
    let counts = &message["usage"];
    if let Some(fresh) = count(counts, "/input_tokens") {
        let cached = count(counts, "/cache_read_input_tokens").unwrap_or(0);
        let kept = count(counts, "/cache_creation_input_tokens").unwrap_or(0);
        said.usage = Some(Usage {
            input: fresh.saturating_add(cached).saturating_add(kept),
            output: count(counts, "/output_tokens").unwrap_or(0),
            cached,
            thoughts: 0,
        });
    }
}

fn end(said: &mut Said, reason: &Value) {
    match reason.as_str() {
        None => {}
        Some("max_tokens" | "model_context_window_exceeded") => said.ends(End::Limit),
        Some("refusal") => said.ends(End::Blocked(Blocked::Refusal)),
        Some(_) => said.ends(End::Complete),
    }
}
