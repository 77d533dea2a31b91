//! Ollama's `/api/chat`: a schema as `format`, a stream of JSON lines.

use serde_json::{Value, json};

use super::dialect::{Dialect, Form};
use super::error::ModelError;
use super::request::Usage;
use super::said::{End, Said};
use super::wire::{Prompt, count};

/// Room for questions grows by steps, because a model is loaded anew when it changes.
const STEP: u64 = 4096;
/// More than this, memory rarely has room for.
const ROOM: u64 = 65_536;

pub(super) fn body(model: &str, prompt: &Prompt<'_>, dialect: Dialect) -> Value {
    // Ollama holds the model to the grammar of the schema, but does not show it to it.
    let system = prompt.system_with_schema(Form::Json);
    // What does not fit is cut off without a word, and there is little room by default.
    let letters = (system.len() + prompt.user.len()) as u64;
    let needed = letters / 3 + u64::from(prompt.max_output_tokens);
    let room = (needed.div_ceil(STEP) * STEP).clamp(2 * STEP, ROOM);
    let mut options = json!({"num_predict": prompt.max_output_tokens, "num_ctx": room});
    if dialect.temperature {
        options["temperature"] = prompt.rounded_temperature();
    }
    let mut body = json!({
        "model": model,
        "messages": [
            {"role": "system", "content": system},
            {"role": "user", "content": prompt.user},
        ],
        "stream": prompt.stream,
        "truncate": false,
        "options": options,
    });
    match dialect.form {
        Form::Schema | Form::Subset => body["format"] = prompt.schema.clone(),
        Form::Json => body["format"] = json!("json"),
        Form::Plain => {}
    }
    body
}

pub(super) fn absorb(said: &mut Said, piece: &Value) -> Result<(), ModelError> {
    if piece.get("message").is_none() && piece.get("done").is_none() {
        return Err(ModelError::Garbled);
    }
    if let Some(model) = piece["model"].as_str() {
        said.model = Some(model.to_owned());
    }
    if let Some(text) = piece.pointer("/message/content").and_then(Value::as_str) {
        said.text.push_str(text);
    }
    if piece["done"] == json!(true) {
        if let Some(input) = count(piece, "/prompt_eval_count") {
            said.usage = Some(Usage {
                input,
                output: count(piece, "/eval_count").unwrap_or(0),
                ..Usage::default()
            });
        }
        said.ends(match piece["done_reason"].as_str() {
            Some("length") => End::Limit,
            _ => End::Complete,
        });
    }
    Ok(())
}
