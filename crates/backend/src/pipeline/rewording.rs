//! The model's part in a draft: it proposes other words for lines. The gate takes those that claim no
//! more than the evidence; whatever goes wrong, the draft stands as it was, and a notice says so.

use career::{Analysis, Draft, Posting, Profile};
use chrono::{DateTime, Utc};
use serde_json::Value;
use tailor::Rewording;
use tailor::privacy::Mask;

use crate::ports::models::{Call, Model, ModelError, Purpose, Request};

/// What the model proposed.
#[derive(Debug, Default)]
pub struct Proposed {
    /// Other words for lines of the draft, unchecked.
    pub rewordings: Vec<Rewording>,
    /// What the person should know, as a message code.
    pub notice: Option<&'static str>,
    /// What left this machine.
    pub calls: Vec<Call>,
}

/// Asks for other words. Names, contacts and links go out as placeholders, and come back before
/// anything is judged.
pub async fn propose(
    model: &dyn Model,
    draft: &Draft,
    profile: &Profile,
    posting: &Posting,
    analysis: &Analysis,
    deadline: DateTime<Utc>,
) -> Proposed {
    let Some(prompt) = tailor::ask_rewordings(draft, profile, posting, analysis) else {
        return Proposed::default();
    };
    let mut mask = Mask::of(profile);
    let mut material = prompt.material;
    hide(&mut material, &mut mask);
    let user = material.to_string();
    let request = Request {
        purpose: Purpose::Rewrite,
        system: &prompt.system,
        user: &user,
        schema: &prompt.schema,
        fields: &prompt.fields,
        max_output_tokens: None,
        temperature: None,
        deadline,
        listener: None,
    };
    let asked = model.ask(request).await;
    let mut proposed = Proposed {
        calls: asked.calls,
        ..Proposed::default()
    };
    match asked.outcome {
        Ok(mut answer) => {
            answer.map_texts(&|text| mask.restore(text));
            proposed.rewordings = tailor::rewordings(&answer.value);
        }
        Err(error) => {
            tracing::warn!(code = error.code(), "the model proposed nothing");
            proposed.notice = Some(notice(&error));
        }
    }
    proposed
}

/// Replaces what identifies the person in every text but the names of lines and facts, which are
/// made by us.
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

fn notice(error: &ModelError) -> &'static str {
    match error {
        ModelError::KeyRefused | ModelError::OutOfQuota | ModelError::ModelUnknown => {
            "model_refused"
        }
        ModelError::Blocked { .. } => "model_blocked",
        ModelError::RateLimited { .. }
        | ModelError::Unavailable { .. }
        | ModelError::Resting { .. }
        | ModelError::TimedOut => "model_busy",
        _ => "model_failed",
    }
}
