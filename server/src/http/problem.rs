//! Errors of plain routes as problem documents (RFC 9457). Codes only: no text from inside.

use std::any::Any;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

tokio::task_local! {
    /// The id of the request being answered.
    pub static REQUEST: String;
}

/// A problem document with that status and message key.
pub fn answer(status: StatusCode, code: &str) -> Response {
    let title = status.canonical_reason().unwrap_or("Error");
    let document = serde_json::json!({
        "type": "about:blank", "title": title, "status": status.as_u16(), "code": code,
        "request_id": REQUEST.try_with(Clone::clone).ok(),
    });
    let mut response = Response::new(Body::from(document.to_string()));
    *response.status_mut() = status;
    let media_type = HeaderValue::from_static("application/problem+json");
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, media_type);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    }
    response
}

/// A use case's error.
pub fn of(error: &backend::Error) -> Response {
    error.log();
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    answer(status, error.code())
}

/// A handler that panicked.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    answer(StatusCode::INTERNAL_SERVER_ERROR, "internal")
}
