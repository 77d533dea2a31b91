//! Whether the program lives, and whether it can do its work.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{Web, problem};

/// It answers.
pub(super) async fn live() -> &'static str {
    "live\n"
}

/// The database answers and is migrated.
pub(super) async fn ready(State(web): State<Web>) -> Response {
    let asked = backend::db::ready(&web.services.pool);
    match tokio::time::timeout(Duration::from_secs(1), asked).await {
        Ok(Ok(())) => "ready\n".into_response(),
        Ok(Err(_)) | Err(_) => problem::answer(StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
    }
}
