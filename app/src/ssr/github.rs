//! GitHub accounts: from forms to use cases.

use uuid::Uuid;

use super::{answer, context, is_form_post};
use crate::errors::AppError;

/// Takes up an account. Where no script runs, a page says how it went.
pub async fn add(name: &str) -> Result<Uuid, AppError> {
    let outcome = answer(backend::evidence::github::add(&context(), name).await);
    if is_form_post() {
        let path = match &outcome {
            Ok(id) => format!("/evidence/{id}"),
            Err(error) => refusal(error),
        };
        leptos_axum::redirect(&path);
        return Ok(outcome.unwrap_or_default());
    }
    outcome
}

/// Reads an account anew. Where no script runs, a page says how it went.
pub async fn refresh(id: Uuid) -> Result<(), AppError> {
    let outcome = answer(backend::evidence::github::refresh(&context(), id).await);
    if is_form_post() {
        let path = match &outcome {
            Ok(()) => format!("/evidence/{id}"),
            Err(error) => refusal(error),
        };
        leptos_axum::redirect(&path);
        return Ok(());
    }
    outcome
}

/// The evidence page with what went wrong.
fn refusal(error: &AppError) -> String {
    format!("/evidence?github={}", error.code)
}
