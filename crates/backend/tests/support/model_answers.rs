//! Answers of each provider, whole and as streams, made of a text. Written for these tests.

use backend::ports::models::Provider;
use serde_json::{Value, json};

use crate::support::Reply;

/// An answer in the form of each provider.
pub fn whole(provider: Provider, text: &str) -> Reply {
    let body = match provider {
        Provider::Gemini => json!({
            "candidates": [{"content": {"parts": [{"text": text}]}, "finishReason": "STOP"}],
            "usageMetadata": {"promptTokenCount": 10, "candidatesTokenCount": 5},
            "modelVersion": "gemini-2.5-flash",
        }),
        Provider::OpenAi => json!({
            "model": "gpt-4o-mini-2024-07-18",
            "choices": [{"message": {"content": text}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 10, "completion_tokens": 5},
        }),
        Provider::Ollama => json!({
            "model": "llama3.1:8b",
            "message": {"role": "assistant", "content": text},
            "done": true, "done_reason": "stop", "prompt_eval_count": 10, "eval_count": 5,
        }),
        Provider::Anthropic => {
            let content = match serde_json::from_str::<Value>(text) {
                Ok(input) => {
                    json!({"type": "tool_use", "id": "t", "name": "answer", "input": input})
                }
                Err(_) => json!({"type": "text", "text": text}),
            };
            json!({
                "type": "message", "model": "claude-haiku-4-5-20251001", "content": [content],
                "stop_reason": "tool_use",
                "usage": {"input_tokens": 4, "cache_read_input_tokens": 6, "output_tokens": 5},
            })
        }
    };
    Reply::json(200, &body)
}

/// The same as a stream.
pub fn streamed(provider: Provider, text: &str) -> Reply {
    let letters: Vec<char> = text.chars().collect();
    let parts: Vec<String> = letters
        .chunks(17)
        .map(|part| part.iter().collect())
        .collect();
    let event = |value: Value| format!("data: {value}\n\n");
    let mut body = String::new();
    match provider {
        Provider::Gemini => {
            for part in &parts {
                body += &event(json!({"candidates": [{"content": {"parts": [{"text": part}]}}]}));
            }
            body += &event(json!({
                "candidates": [{"finishReason": "STOP"}],
                "usageMetadata": {"promptTokenCount": 10, "candidatesTokenCount": 5},
            }));
        }
        Provider::OpenAi => {
            body += ": PROCESSING\n\n";
            for part in &parts {
                body += &event(json!({"choices": [{"delta": {"content": part}}]}));
            }
            body += &event(json!({"choices": [{"delta": {}, "finish_reason": "stop"}]}));
            let usage = json!({"prompt_tokens": 10, "completion_tokens": 5});
            body += &event(json!({"choices": [], "usage": usage}));
            body += "data: [DONE]\n\n";
        }
        Provider::Ollama => {
            for part in &parts {
                let piece = json!({"model": "m", "message": {"content": part}, "done": false});
                body += &piece.to_string();
                body.push('\n');
            }
            let last = json!({"message": {"content": ""}, "done": true, "done_reason": "stop",
                              "prompt_eval_count": 10, "eval_count": 5});
            body += &last.to_string();
            body.push('\n');
        }
        Provider::Anthropic => {
            let usage = json!({"input_tokens": 10, "output_tokens": 1});
            let message = json!({"model": "claude-haiku-4-5", "usage": usage});
            body += &event(json!({"type": "message_start", "message": message}));
            let block = json!({"type": "tool_use", "name": "answer", "input": {}});
            body += &event(json!({"type": "content_block_start", "content_block": block}));
            body += "event: ping\ndata: {\"type\": \"ping\"}\n\n";
            for part in &parts {
                let delta = json!({"type": "input_json_delta", "partial_json": part});
                body += &event(json!({"type": "content_block_delta", "delta": delta}));
            }
            body += &event(
                json!({"type": "message_delta", "delta": {"stop_reason": "tool_use"},
                                  "usage": {"output_tokens": 5}}),
            );
            body += &event(json!({"type": "message_stop"}));
        }
    }
    let kind = match provider {
        Provider::Ollama => "application/x-ndjson",
        _ => "text/event-stream",
    };
    Reply::of(200, kind, &body)
}
