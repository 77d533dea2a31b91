//! What a model is asked and what comes back of it.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::call::Call;
use super::error::ModelError;

/// What a question is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Purpose {
    /// Reading what a posting asks for.
    Analyze,
    /// Wording bullets anew.
    Rewrite,
    /// Wording what was refused once more.
    Mend,
    /// Writing the summary.
    Summary,
    /// Writing the line under the name.
    Headline,
    /// Choosing and putting in order.
    Order,
    /// Putting right an answer that did not follow its schema.
    Repair,
    /// Seeing whether a person's own key is taken.
    Check,
}

/// One question. What identifies the person has been replaced by placeholders before.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// What it is for.
    pub purpose: Purpose,
    /// What the model is and has to keep to.
    pub system: &'a str,
    /// The material.
    pub user: &'a str,
    /// The JSON schema that the answer must follow; its root is an object.
    pub schema: &'a Value,
    /// What goes out, by name (`posting.text`, `work.highlights`), for the ledger.
    pub fields: &'a [&'a str],
    /// Tokens of the answer at most; never more than is configured.
    pub max_output_tokens: Option<u32>,
    /// How freely it writes; else as configured.
    pub temperature: Option<f32>,
    /// When the answer must be there, retries and repair included.
    pub deadline: DateTime<Utc>,
    /// Who wants to hear the answer while it comes; asks for a stream.
    pub listener: Option<&'a Listener>,
}

/// Hears an answer while it comes.
pub type Listener = dyn Fn(Heard<'_>) + Send + Sync;

/// What a listener hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard<'a> {
    /// The next piece of the answer's text.
    Text(&'a str),
    /// What was heard so far does not count: the answer begins anew.
    Anew,
}

// The texts are personal: only their sizes are shown.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("purpose", &self.purpose)
            .field("system", &self.system.len())
            .field("user", &self.user.len())
            .field("fields", &self.fields)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}

/// Tokens as the provider counted them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Read, those out of its cache included.
    pub input: u64,
    /// Written, thoughts included: all that is billed as output.
    pub output: u64,
    /// Of those read, how many its cache had.
    pub cached: u64,
    /// Of those written, how many were thoughts.
    pub thoughts: u64,
}

impl std::ops::AddAssign for Usage {
    fn add_assign(&mut self, other: Self) {
        self.input = self.input.saturating_add(other.input);
        self.output = self.output.saturating_add(other.output);
        self.cached = self.cached.saturating_add(other.cached);
        self.thoughts = self.thoughts.saturating_add(other.thoughts);
    }
}

/// An answer that follows its schema.
#[derive(Clone, PartialEq)]
pub struct Answer {
    /// What it says.
    pub value: Value,
    /// Tokens of all calls it took.
    pub usage: Usage,
    /// The model as it names itself, else as it was asked for.
    pub model: String,
    /// From the question to the answer, waiting included.
    pub latency: Duration,
    /// Whether the model was cut short, though what it said is complete by the schema.
    pub truncated: bool,
    /// Whether it took the repair.
    pub repaired: bool,
}

// What it says is personal.
impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Answer")
            .field("usage", &self.usage)
            .field("model", &self.model)
            .field("latency", &self.latency)
            .field("truncated", &self.truncated)
            .field("repaired", &self.repaired)
            .finish_non_exhaustive()
    }
}

impl Answer {
    /// Changes every text in it, keys excepted: to put back what placeholders stand for.
    pub fn map_texts(&mut self, change: &dyn Fn(&str) -> String) {
        map_texts(&mut self.value, change);
    }
}

fn map_texts(value: &mut Value, change: &dyn Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Array(items) => items.iter_mut().for_each(|item| map_texts(item, change)),
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|field| map_texts(field, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What asking came to, and every call that left this machine for it.
#[derive(Debug)]
pub struct Asked {
    /// The answer, or why there is none.
    pub outcome: Result<Answer, ModelError>,
    /// The calls in their order, for the ledger.
    pub calls: Vec<Call>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_question_nor_answer_shows_its_words_in_a_log() {
        let schema = serde_json::json!({});
        let request = Request {
            purpose: Purpose::Rewrite,
            system: "sekrit-system",
            user: "sekrit-user",
            schema: &schema,
            fields: &["work.highlights"],
            max_output_tokens: None,
            temperature: None,
            deadline: DateTime::UNIX_EPOCH,
            listener: None,
        };
        let answer = Answer {
            value: serde_json::json!({"a": "sekrit-answer"}),
            usage: Usage::default(),
            model: "m".to_owned(),
            latency: Duration::ZERO,
            truncated: false,
            repaired: false,
        };
        let shown = format!("{request:?} {answer:?}");
        assert!(!shown.contains("sekrit") && shown.contains("work.highlights"));
    }

    #[test]
    fn every_text_of_an_answer_can_be_changed_and_nothing_else() {
        let mut value = serde_json::json!({"a": ["x", {"b": "x"}, 1, null]});
        map_texts(&mut value, &|text| text.replace('x', "y"));
        assert_eq!(value, serde_json::json!({"a": ["y", {"b": "y"}, 1, null]}));
    }
}
