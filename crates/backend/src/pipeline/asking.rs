//! A prompt put to a model, item by item: what is kept already is not asked again, what identifies the
//! person goes out as placeholders and comes back before anybody judges it.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use serde_json::Value;
use tailor::privacy::Mask;
use tailor::{Arriving, Item, Prompt};
use tokio::sync::mpsc::Sender;
use uuid::Uuid;

use crate::db::ledger::Exhausted;
use crate::desk::{Desk, DeskError, Kept, Keyholder, Listener, Question};
use crate::ports::models::{Heard, ModelError, Money, Purpose};

/// For whom a model is asked, and until when.
#[derive(Debug, Clone, Copy)]
pub struct Errand<'a> {
    /// Where.
    pub desk: &'a Desk,
    /// Who pays.
    pub owner: Uuid,
    /// For which run.
    pub run: Option<Uuid>,
    /// When everything must be there.
    pub deadline: DateTime<Utc>,
}

/// The notice that the person's own key was refused.
pub const OWN_KEY_REFUSED: &str = "model_own_refused";
/// The notice that the person's own key cannot be opened any more.
pub const OWN_KEY_LOST: &str = "model_own_lost";

/// Whose the answers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The person's: they rest on evidence.
    Own,
    /// Everybody's: nothing personal is in the question.
    Everybodys,
}

/// What a model said to a prompt.
#[derive(Debug, Default)]
pub struct Said {
    /// The answer: of a prompt with many items the list of those that were answered.
    pub answer: Value,
    /// Why a part was not answered.
    pub error: Option<DeskError>,
    /// What the person should know of that, as a message code.
    pub notice: Option<&'static str>,
}

/// Puts a prompt to the model. Items that were answered before come from the shelf; the others go
/// out in one question. `heard` gets each item as it comes, its texts restored.
pub async fn ask(
    errand: Errand<'_>,
    prompt: &Prompt,
    purpose: Purpose,
    whose: Whose,
    mask: &mut Mask,
    heard: Option<Sender<Value>>,
) -> Said {
    let shared = whose == Whose::Everybodys;
    let shelf = errand
        .desk
        .shelf(errand.owner, errand.run, purpose, &prompt.version, shared);
    let shelf = shelf.await;
    let mut ground = prompt.ground.clone();
    let mut items = prompt.items.clone();
    if !shared {
        hide(&mut ground, mask);
        for item in &mut items {
            hide(&mut item.content, mask);
        }
    }
    let masked = Prompt {
        ground,
        items,
        ..prompt.clone()
    };
    // Of one item the answer is a whole; of many it is a list.
    let many = prompt.list == LINES;
    let mut answers = Vec::new();
    let mut missing = Vec::new();
    let mut saved = Vec::new();
    for item in &masked.items {
        match shelf.get(&input(&masked, item)).await {
            Some(kept) => {
                saved.push(kept.cost.unwrap_or_default());
                answers.push((item, kept.value));
            }
            None => missing.push(item),
        }
    }
    if let Some(heard) = &heard {
        for (item, answer) in &answers {
            drop(heard.try_send(restored(named(item, answer), mask)));
        }
    }
    if !saved.is_empty() {
        shelf.note(saved.into_iter().sum()).await;
    }
    let mut error = None;
    if !missing.is_empty() {
        let question = Question {
            owner: errand.owner,
            run: errand.run,
            purpose,
            version: prompt.version.clone(),
            system: prompt.system.clone(),
            user: masked.material(&missing).to_string(),
            schema: prompt.schema.clone(),
            fields: prompt.fields.clone(),
            deadline: errand.deadline,
            listener: heard.map(|heard| listener(heard, mask.clone())),
        };
        match errand.desk.ask(question).await {
            Ok(told) => {
                let cost = told.cost.map(|cost| share(cost, missing.len()));
                for item in missing {
                    let value = if many {
                        of_item(&told.value, item)
                    } else {
                        told.value.clone()
                    };
                    let kept = Kept { value, cost };
                    shelf.put(&input(&masked, item), &kept).await;
                    answers.push((item, kept.value));
                }
            }
            Err(refusal) => error = Some(refusal),
        }
    }
    let answer = if many {
        let lines = answers.iter().filter(|(_, answer)| !answer.is_null());
        let lines: Vec<Value> = lines.map(|(item, answer)| named(item, answer)).collect();
        serde_json::json!({LINES: lines})
    } else {
        answers.pop().map(|(_, answer)| answer).unwrap_or_default()
    };
    let holder = errand.desk.holder();
    Said {
        answer: restored(answer, mask),
        notice: error.as_ref().map(|error| notice(error, holder)),
        error,
    }
}

/// The list whose items are asked and kept one by one.
const LINES: &str = "lines";

/// What the answer to one item depends on.
fn input(prompt: &Prompt, item: &Item) -> Value {
    serde_json::json!({"ground": prompt.ground, "item": item.content})
}

/// What an answer says to one item; null when it says nothing, which is an answer too.
fn of_item(answer: &Value, item: &Item) -> Value {
    let mut lines = answer[LINES].as_array().into_iter().flatten();
    let line = lines.find(|line| line["id"].as_str() == Some(item.id.as_str()));
    let mut line = line.cloned().unwrap_or_default();
    if let Value::Object(fields) = &mut line {
        // The id is the present draft's; what is kept is said of the words.
        fields.shift_remove("id");
    }
    line
}

fn named(item: &Item, answer: &Value) -> Value {
    let mut answer = answer.clone();
    if let Value::Object(fields) = &mut answer {
        fields.insert("id".to_owned(), Value::String(item.id.clone()));
    }
    answer
}

fn share(cost: Money, parts: usize) -> Money {
    Money {
        micro_dollars: cost.micro_dollars / (parts.max(1) as u64),
    }
}

/// Passes on each item of the answer as soon as it is whole.
fn listener(heard: Sender<Value>, mask: Mask) -> Arc<Listener> {
    let arriving = Mutex::new(Arriving::default());
    Arc::new(move |what: Heard<'_>| {
        let mut arriving = arriving.lock().unwrap_or_else(PoisonError::into_inner);
        match what {
            Heard::Text(piece) => {
                for item in arriving.hear(piece) {
                    // Where nobody listens, or too slowly, the answer is still wanted.
                    drop(heard.try_send(restored(item, &mask)));
                }
            }
            Heard::Anew => arriving.anew(),
        }
    })
}

/// Replaces what identifies the person in every text but the names of facts, which are made by us.
fn hide(material: &mut Value, mask: &mut Mask) {
    match material {
        Value::String(text) => *text = mask.hide(text),
        Value::Array(items) => items.iter_mut().for_each(|item| hide(item, mask)),
        Value::Object(fields) => {
            let texts = fields.iter_mut().filter(|(name, _)| *name != "id");
            texts.for_each(|(_, field)| hide(field, mask));
        }
        _ => {}
    }
}

fn restored(mut answer: Value, mask: &Mask) -> Value {
    fn restore(value: &mut Value, mask: &Mask) {
        match value {
            Value::String(text) => *text = mask.restore(text),
            Value::Array(items) => items.iter_mut().for_each(|item| restore(item, mask)),
            Value::Object(fields) => fields.values_mut().for_each(|field| restore(field, mask)),
            _ => {}
        }
    }
    restore(&mut answer, mask);
    answer
}

/// What a person should know of a failure, as a message code. What a key is refused for is told by
/// whose key it is: only its holder can do something about it.
pub fn notice(error: &DeskError, holder: Keyholder) -> &'static str {
    let own = holder != Keyholder::Instance;
    match error {
        DeskError::Model(ModelError::KeyRefused) if own => OWN_KEY_REFUSED,
        DeskError::Model(ModelError::OutOfQuota) if own => "model_own_quota",
        DeskError::Model(ModelError::ModelUnknown) if own => "model_own_unknown",
        DeskError::Budget(Exhausted::Person) => "model_budget_person",
        DeskError::Budget(Exhausted::Instance) => "model_budget_instance",
        DeskError::Model(
            ModelError::KeyRefused | ModelError::OutOfQuota | ModelError::ModelUnknown,
        ) => "model_refused",
        DeskError::Model(ModelError::Blocked { .. }) => "model_blocked",
        DeskError::Model(
            ModelError::RateLimited { .. }
            | ModelError::Unavailable { .. }
            | ModelError::Resting { .. }
            | ModelError::TimedOut,
        ) => "model_busy",
        DeskError::Model(_) | DeskError::NoLedger => "model_failed",
    }
}
