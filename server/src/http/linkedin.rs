//! A member's way to LinkedIn and back: the form that begins a consent, and the one address of ours
//! that another site's page may lead a browser to and that changes something.

use std::time::Duration;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{Extensions, HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::evidence::linkedin::{self, Answer, CONSENT_TIME};
use secrecy::SecretString;
use serde::Deserialize;

use super::Web;

/// Where a form begins a consent.
pub const BEGIN: &str = "/evidence/linkedin/begin";
/// Where LinkedIn sends the browser back to.
pub const CALLBACK: &str = "/evidence/linkedin/callback";

/// What the browser shows when it comes back. Only these two addresses get it.
const COOKIE: &str = "llmployable_linkedin";
const COOKIE_PATH: &str = "/evidence/linkedin";

/// Sends the browser to LinkedIn.
pub(super) async fn begin(
    State(web): State<Web>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Response {
    let (scheme, host) = origin(&headers);
    let redirect_uri = format!("{scheme}://{host}{CALLBACK}");
    match linkedin::begin(&web.context(&extensions), &redirect_uri).await {
        Ok(begun) => go(&begun.url, &cookie(&begun.browser, CONSENT_TIME, scheme)),
        Err(error) => refuse(&error, scheme),
    }
}

/// What LinkedIn adds to the address.
#[derive(Deserialize)]
pub(super) struct Told {
    state: Option<String>,
    code: Option<SecretString>,
    error: Option<String>,
}

/// Takes the browser back, reads the data and shows the source that it became.
pub(super) async fn callback(
    State(web): State<Web>,
    headers: HeaderMap,
    extensions: Extensions,
    told: Result<Query<Told>, QueryRejection>,
) -> Response {
    let (scheme, _) = origin(&headers);
    // What cannot be read (a parameter twice) is no consent of ours.
    let answer = told.map_or_else(
        |_| Answer::default(),
        |Query(told)| Answer {
            state: told.state,
            code: told.code,
            error: told.error,
            browser: shown(&headers),
        },
    );
    match linkedin::finish(&web.context(&extensions), answer).await {
        Ok(id) => go(
            &format!("/evidence/{id}"),
            &cookie("", Duration::ZERO, scheme),
        ),
        Err(error) => refuse(&error, scheme),
    }
}

/// How the browser reaches us: its own word for the scheme where it gives one (behind a proxy that
/// speaks TLS), and the host, which the guard has let in.
fn origin(headers: &HeaderMap) -> (&'static str, &str) {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let secure = text(header::ORIGIN).is_some_and(|origin| origin.starts_with("https://"));
    let scheme = if secure { "https" } else { "http" };
    (scheme, text(header::HOST).unwrap_or_default())
}

fn shown(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter();
    let mut pairs = cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(name, _)| *name == COOKIE)?;
    Some(value.to_owned())
}

/// Comes back with a link from elsewhere (Lax), and no script reads it.
fn cookie(value: &str, time: Duration, scheme: &str) -> String {
    let secure = if scheme == "https" { "; Secure" } else { "" };
    let seconds = time.as_secs();
    format!(
        "{COOKIE}={value}; Path={COOKIE_PATH}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
    )
}

/// Back to the evidence page, which has the words for it.
fn refuse(error: &backend::Error, scheme: &str) -> Response {
    error.log();
    tracing::warn!(code = error.code(), "LinkedIn gave no evidence");
    go(
        &format!("/evidence?refused={}", error.code()),
        &cookie("", Duration::ZERO, scheme),
    )
}

fn go(to: &str, cookie: &str) -> Response {
    let headers = [
        (header::LOCATION, to),
        (header::SET_COOKIE, cookie),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}
