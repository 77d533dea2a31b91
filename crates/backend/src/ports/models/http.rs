//! One call over HTTP: what goes out, what comes back within its limits, and whoever listens to it.

use std::time::Duration;

use futures::StreamExt;
use reqwest::header::{self, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use secrecy::ExposeSecret;
use serde_json::Value;

use super::anthropic;
use super::dialect::Dialect;
use super::error::ModelError;
use super::request::{Heard, Listener};
use super::said::Said;
use super::settings::{Provider, Settings};
use super::stream::{Decoder, Framing};
use super::wire::{self, Prompt};

/// Bytes of a refusal that are read.
const REFUSAL_BYTES: usize = 64 * 1024;

/// The client for all models: no redirects, no proxy of the system, nothing unpacked.
pub(super) fn client() -> Result<reqwest::Client, reqwest::Error> {
    // One TLS provider for all clients; whoever comes first sets it.
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(5))
        // Keys and prompts go where they were meant to go and nowhere else.
        .redirect(Policy::none())
        .no_proxy()
        .referer(false)
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .user_agent(concat!("llmployable/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// What one call came to, filled while it goes on: a call that is given up leaves what it has.
#[derive(Default)]
pub(super) struct Exchange {
    pub bytes_out: u64,
    pub bytes_in: u64,
    pub said: Said,
    /// What a refusal of the request says, in lower case: to learn from, never to show.
    pub refused: Option<String>,
}

/// Passes on what is new to hear.
pub(super) struct Speaker<'a> {
    listener: Option<&'a Listener>,
    told: usize,
}

impl<'a> Speaker<'a> {
    pub(super) fn new(listener: Option<&'a Listener>) -> Self {
        Self { listener, told: 0 }
    }

    fn tell(&mut self, said: &Said) {
        let Some(listener) = self.listener else {
            return;
        };
        let text = said.visible();
        if text.len() < self.told {
            self.begin_anew();
        }
        if let Some(new) = text.get(self.told..).filter(|new| !new.is_empty()) {
            listener(Heard::Text(new));
            self.told = text.len();
        }
    }

    /// What was told so far does not count.
    pub(super) fn begin_anew(&mut self) {
        if let (Some(listener), true) = (self.listener, self.told > 0) {
            listener(Heard::Anew);
        }
        self.told = 0;
    }
}

/// Asks once.
pub(super) async fn exchange(
    http: &reqwest::Client,
    settings: &Settings,
    prompt: &Prompt<'_>,
    dialect: Dialect,
    max_bytes: usize,
    speaker: &mut Speaker<'_>,
    exchange: &mut Exchange,
) -> Result<(), ModelError> {
    let body = wire::body(settings, prompt, dialect).to_string();
    let mut request = http
        .post(wire::address(settings, prompt.stream))
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT_ENCODING, "identity");
    for (name, value) in credentials(settings)? {
        request = request.header(name, value);
    }
    exchange.bytes_out = body.len() as u64;
    let answer = request.body(body).send().await;
    let answer = answer.map_err(|_| ModelError::Offline)?;
    let status = answer.status();
    if status.is_redirection() {
        return Err(ModelError::Redirected);
    }
    if !status.is_success() {
        let headers = answer.headers().clone();
        let told = refusal_body(answer, exchange).await;
        let error = wire::refusal(settings.provider, status.as_u16(), &headers, &told);
        // Ollama answers 500 to a request that it cannot read.
        if matches!(status.as_u16(), 400 | 422 | 500) {
            exchange.refused = Some(wire::words(&told));
        }
        return Err(error);
    }
    let content_type = answer.headers().get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let framing = Framing::of(
        &content_type.unwrap_or_default().to_ascii_lowercase(),
        settings.provider,
        prompt.stream,
    );
    let mut decoder = Decoder::new(framing, settings.provider);
    let mut parts = answer.bytes_stream();
    while let Some(part) = parts.next().await {
        let part = part.map_err(|_| ModelError::CutOff)?;
        exchange.bytes_in += part.len() as u64;
        if exchange.bytes_in > max_bytes as u64 {
            return Err(ModelError::TooLarge);
        }
        decoder.feed(&part, &mut exchange.said)?;
        speaker.tell(&exchange.said);
    }
    decoder.finish(&mut exchange.said)?;
    exchange.said.verdict(framing != Framing::Whole)?;
    speaker.tell(&exchange.said);
    Ok(())
}

/// The key, in a header and nowhere else.
fn credentials(settings: &Settings) -> Result<Vec<(HeaderName, HeaderValue)>, ModelError> {
    let mut headers = Vec::new();
    if settings.provider == Provider::Anthropic {
        headers.push((
            HeaderName::from_static("anthropic-version"),
            HeaderValue::from_static(anthropic::VERSION),
        ));
    }
    let Some(key) = &settings.key else {
        return Ok(headers);
    };
    let key = key.expose_secret();
    let (name, value) = match settings.provider {
        Provider::Gemini => (HeaderName::from_static("x-goog-api-key"), key.to_owned()),
        Provider::Anthropic => (HeaderName::from_static("x-api-key"), key.to_owned()),
        Provider::OpenAi | Provider::Ollama => (header::AUTHORIZATION, format!("Bearer {key}")),
    };
    let mut value = HeaderValue::from_str(&value).map_err(|_| ModelError::KeyRefused)?;
    value.set_sensitive(true);
    headers.push((name, value));
    Ok(headers)
}

async fn refusal_body(answer: reqwest::Response, exchange: &mut Exchange) -> Value {
    let mut bytes = Vec::new();
    let mut parts = answer.bytes_stream();
    while let Some(Ok(part)) = parts.next().await {
        exchange.bytes_in += part.len() as u64;
        bytes.extend_from_slice(&part);
        if bytes.len() > REFUSAL_BYTES {
            break;
        }
    }
    match serde_json::from_slice(&bytes) {
        // Gemini's streams put even a refusal into a list.
        Ok(Value::Array(mut told)) if !told.is_empty() => told.swap_remove(0),
        Ok(told) => told,
        Err(_) => Value::String(String::from_utf8_lossy(&bytes).into_owned()),
    }
}
