//! A scripted stand-in for a language model on loopback: it words the first verb of a line anew, gives
//! back the posting's own list, and now and then invents, as models do.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::{Value, json};

use crate::sh::{Done, TaskError};

/// First words and others that claim no more.
const VERBS: [(&str, &str); 10] = [
    ("Reduced", "Cut"),
    ("Built", "Created"),
    ("Developed", "Built"),
    ("Implemented", "Introduced"),
    ("Improved", "Enhanced"),
    ("Optimized", "Improved"),
    ("Created", "Built"),
    ("Designed", "Drew up"),
    ("Collaborated", "Worked together"),
    ("Wrote", "Authored"),
];
/// Every so many lines an invention goes in.
const INVENTS_EVERY: usize = 5;

/// The stand-in; it lives as long as the program.
pub struct StandIn {
    address: String,
    asked: Arc<AtomicUsize>,
}

impl StandIn {
    /// Starts it on a free port.
    pub fn start() -> Done<Self> {
        let trouble = |error: std::io::Error| TaskError::Found(format!("no stand-in: {error}"));
        let listener = TcpListener::bind("127.0.0.1:0").map_err(trouble)?;
        let address = listener.local_addr().map_err(trouble)?.to_string();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let count = Arc::clone(&count);
                thread::spawn(move || serve(stream, &count));
            }
        });
        Ok(Self { address, asked })
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    /// The settings of a program that asks it.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("LLMPLOYABLE_MODEL_PROVIDER", "openai".to_owned()),
            ("LLMPLOYABLE_MODEL_NAME", "stand-in".to_owned()),
            (
                "LLMPLOYABLE_MODEL_BASE_URL",
                format!("http://{}/v1", self.address),
            ),
        ]
    }
}

/// Answers the requests of one connection until it ends.
fn serve(stream: TcpStream, asked: &AtomicUsize) {
    let Ok(mut writer) = stream.try_clone() else {
        return;
    };
    let mut reader = BufReader::new(stream);
    while let Some(question) = read(&mut reader) {
        asked.fetch_add(1, Ordering::Relaxed);
        let told = answer(&question).to_string();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            told.len()
        );
        if writer.write_all((head + &told).as_bytes()).is_err() {
            return;
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

fn answer(question: &Value) -> Value {
    let material = question["messages"][1]["content"]
        .as_str()
        .unwrap_or_default();
    let material: Value = serde_json::from_str(material).unwrap_or_default();
    let message = json!({"role": "assistant", "content": think(&material).to_string()});
    json!({
        "model": "stand-in",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 300},
    })
}

fn think(material: &Value) -> Value {
    if let Some(posting) = material["postings"].get(0) {
        let text = posting["text"].as_str().unwrap_or_default();
        let items = text.lines().filter_map(|line| line.strip_prefix("- "));
        let told: Vec<Value> = items
            .map(|quote| json!({"quote": quote, "kind": "must"}))
            .collect();
        return json!({"requirements": told});
    }
    if material.get("summaries").is_some() {
        let facts = material["summaries"][0]["facts"].as_array();
        let cited = |fact: &Value| json!({"text": fact["quote"], "cites": [{"fact": fact["id"], "quote": fact["quote"]}]});
        let sentences: Vec<Value> = facts.into_iter().flatten().take(2).map(cited).collect();
        return json!({"sentences": sentences});
    }
    let mends = material.get("posting").is_none();
    let lines = material["lines"].as_array().into_iter().flatten();
    let lines: Vec<Value> = (0..)
        .zip(lines)
        .filter_map(|(at, line)| reworded(at, line, mends))
        .collect();
    json!({"lines": lines})
}

fn reworded(at: usize, line: &Value, mends: bool) -> Option<Value> {
    let text = line["text"].as_str()?;
    let (verb, other) = VERBS.iter().find(|(verb, _)| text.starts_with(verb))?;
    let mut text = text.replacen(verb, other, 1);
    if at.is_multiple_of(INVENTS_EVERY) && !mends {
        text += ", leading 40 engineers at Zephyr Bank";
    }
    let cited = |fact: &Value| json!({"fact": fact["id"], "quote": fact["quote"]});
    let cites: Vec<Value> = line["facts"].as_array()?.iter().map(cited).collect();
    Some(json!({"id": line["id"], "text": text, "cites": cites}))
}
