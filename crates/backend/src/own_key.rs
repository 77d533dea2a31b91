//! Use cases of a person's own key: keep it, try it, remove it. It comes in once and never goes out
//! again, except to its provider.

use std::time::Duration;

use career::Action;
use career::view::{KeptKeyView, OwnKeyView, TypedKey};
use chrono::Utc;
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use crate::db::model_keys::{self, NewKey};
use crate::db::{DbError, uncancelled};
use crate::desk::{DeskError, Question, Seat};
use crate::ledger::may;
use crate::ports::models::{ModelError, Provider, Purpose, is_model_name};
use crate::{Context, Error, Result};

/// Letters of a key: what is shorter is none, and its last four would say too much of it.
const LENGTH: std::ops::RangeInclusive<usize> = 16..=512;
/// How keys begin. What looks so is no model's name, and must not be kept as one.
const KEYS_BEGIN: [&str; 4] = ["sk-", "sk_", "AIza", "AQ."];
/// Time for trying a key.
const PATIENCE: Duration = Duration::from_secs(20);
const CHECK: &str = include_str!("../data/prompts/check.1.txt");

/// What a key is refused for as it is typed.
fn invalid(code: &'static str, field: &'static str) -> Error {
    Error::Invalid {
        code,
        field: Some(field),
    }
}

/// Keeps a key, in the place of the one there was. An empty model is the provider's usual one.
///
/// # Errors
/// When it is none, keys are not taken here, or it cannot be sealed.
pub async fn keep(context: &Context, provider: &str, model: &str, key: TypedKey) -> Result<()> {
    let owner = may(context, Action::Change)?;
    if !context.services.desks.takes_keys() {
        return Err(invalid("own_key_forbidden", "key"));
    }
    let key = SecretString::from(key.0.trim());
    let letters = secrecy::ExposeSecret::expose_secret(&key);
    let provider = Provider::of_personal(provider);
    let provider = provider.ok_or_else(|| invalid("own_key_provider", "provider"))?;
    let name = match model.trim() {
        "" => provider.model().unwrap_or_default(),
        name => name,
    };
    if !is_model_name(name) || KEYS_BEGIN.iter().any(|begin| name.starts_with(begin)) {
        return Err(invalid("own_key_model", "model"));
    }
    if letters.is_empty() {
        return Err(invalid("own_key_missing", "key"));
    }
    let plain = letters.bytes().all(|byte| byte.is_ascii_graphic());
    if !plain || !LENGTH.contains(&letters.len()) {
        return Err(invalid("own_key_unusable", "key"));
    }
    let services = context.services.clone();
    let name = name.to_owned();
    let kept = uncancelled(async move {
        let new = NewKey {
            provider,
            model: &name,
            key: &key,
        };
        model_keys::put(&services.pool, &services.vault, owner, new).await
    });
    match kept.await {
        Ok(()) => {}
        Err(DbError::Vault(error)) => {
            tracing::warn!(%error, "a person's own key cannot be sealed");
            return Err(Error::Elsewhere {
                code: "own_key_not_sealed",
                until: None,
                field: Some("key"),
            });
        }
        Err(error) => return Err(error.into()),
    }
    context.services.desks.forget(owner).await;
    tracing::info!(request = context.request_id, %provider, "a person's own key is kept");
    Ok(())
}

/// Removes the key for good.
///
/// # Errors
/// When the database is away.
pub async fn remove(context: &Context) -> Result<()> {
    let owner = may(context, Action::Delete)?;
    let pool = context.services.pool.clone();
    let removed = uncancelled(async move { model_keys::remove(&pool, owner).await }).await?;
    context.services.desks.forget(owner).await;
    tracing::info!(
        request = context.request_id,
        removed,
        "a person's own key is removed"
    );
    Ok(())
}

/// Makes one small call with the key; says what came of it, as a message code.
///
/// # Errors
/// When there is no key, or the database is away.
pub async fn check(context: &Context) -> Result<String> {
    let owner = may(context, Action::Change)?;
    let services = &context.services;
    let kept = model_keys::kept(&services.pool, owner).await?;
    let kept = kept.filter(|_| services.desks.takes_keys());
    let kept = kept.ok_or(Error::NotFound)?;
    // A desk that remembers no refusal: what is asked here is whether it still holds.
    services.desks.forget(owner).await;
    let Seat { desk, key_lost } = services.desks.of(owner).await?;
    if key_lost {
        return Ok("lost".to_owned());
    }
    let question = Question {
        owner,
        run: None,
        purpose: Purpose::Check,
        version: "check 1".to_owned(),
        system: CHECK.trim_end().to_owned(),
        // New every time, so that nobody else's answer is taken for this one.
        user: json!({"word": Uuid::now_v7().to_string()}).to_string(),
        schema: json!({
            "type": "object",
            "properties": {"word": {"type": "string"}},
            "required": ["word"],
            "additionalProperties": false,
        }),
        fields: vec!["check"],
        deadline: Utc::now() + PATIENCE,
        listener: None,
    };
    let told = match desk.ask(question).await {
        Ok(_) => "ok",
        Err(error) => outcome(&error),
    };
    if told == "ok" && kept.refused_at.is_some() {
        let pool = services.pool.clone();
        uncancelled(async move { model_keys::note(&pool, kept.id, false).await }).await?;
    }
    Ok(told.to_owned())
}

/// What a failure says of the key.
fn outcome(error: &DeskError) -> &'static str {
    match error {
        DeskError::Budget(_) => "budget",
        DeskError::NoLedger => "failed",
        DeskError::Model(error) => match error {
            ModelError::KeyRefused => "refused",
            ModelError::OutOfQuota => "quota",
            ModelError::ModelUnknown => "unknown",
            ModelError::RateLimited { .. } => "busy",
            ModelError::Unavailable { .. }
            | ModelError::Resting { .. }
            | ModelError::Offline
            | ModelError::TimedOut
            | ModelError::CutOff => "unreachable",
            // Whoever answers, in whatever form, has taken the key.
            ModelError::Blocked { .. }
            | ModelError::Truncated
            | ModelError::Empty
            | ModelError::NotJson
            | ModelError::WrongSchema { .. } => "ok",
            _ => "failed",
        },
    }
}

/// The key as it is shown.
pub(crate) async fn view(context: &Context, owner: Uuid, seat: &Seat) -> Result<OwnKeyView> {
    let services = &context.services;
    let kept = model_keys::kept(&services.pool, owner).await?;
    let providers = Provider::PERSONAL.into_iter().map(|provider| {
        let model = provider.model().unwrap_or_default();
        (provider.to_string(), model.to_owned())
    });
    Ok(OwnKeyView {
        allowed: services.desks.takes_keys(),
        kept: kept.map(|kept| KeptKeyView {
            provider: kept.provider.to_string(),
            model: kept.model,
            last_four: kept.last_four,
            since: kept.made_at.to_rfc3339(),
            refused: kept.refused_at.map(|at| at.to_rfc3339()),
            lost: seat.key_lost,
        }),
        providers: providers.collect(),
    })
}
