//! The server's half of the form that takes a person's own key. Nothing of a key, nor of what was typed
//! beside it, gets into an address.

use backend::own_key;
use career::view::TypedKey;

use super::{answer, context, is_form_post};
use crate::errors::AppError;

/// Keeps a key.
pub async fn keep(provider: &str, model: &str, key: TypedKey) -> Result<(), AppError> {
    let kept = own_key::keep(&context(), provider, model, key).await;
    shown(answer(kept).map(|()| "kept".to_owned())).map(drop)
}

/// Tries the key; what came of it as a code.
pub async fn check() -> Result<String, AppError> {
    shown(answer(own_key::check(&context()).await))
}

/// Removes the key.
pub async fn remove() -> Result<(), AppError> {
    let removed = own_key::remove(&context()).await;
    shown(answer(removed).map(|()| "removed".to_owned())).map(drop)
}

/// Where no script runs, the page says how it went.
fn shown(outcome: Result<String, AppError>) -> Result<String, AppError> {
    if !is_form_post() {
        return outcome;
    }
    let query = match &outcome {
        Ok(told) => format!("own={told}"),
        Err(error) => format!("own_refused={}", error.code),
    };
    leptos_axum::redirect(&format!("/models?{query}#own-key-title"));
    Ok(outcome.unwrap_or_default())
}
