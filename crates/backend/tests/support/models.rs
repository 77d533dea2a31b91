//! A model's server as a real one on loopback, a clock that moves when it is waited for, and questions.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::Request as HttpRequest;
use axum::response::Response;
use backend::ports::clock::Clock;
use backend::ports::models::{
    Asked, Limits, Listener, Models, Provider, Purpose, Request, Settings,
};
use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use futures::{FutureExt, StreamExt};
use secrecy::SecretString;
use serde_json::{Value, json};

/// The key of all tests: nobody else's.
pub const KEY: &str = "sk-hunter2-of-tests";
/// What all fixtures of answers hold.
pub const NAME: &str = "Marisol Okafor-Lindqvist";

/// A request as the server saw it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub address: String,
    pub headers: HashMap<String, String>,
    pub body: Value,
}

/// How an answer's body ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Whole,
    Cut,
    Silence,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub ending: Ending,
}

impl Reply {
    pub fn of(status: u16, content_type: &str, body: &str) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body: body.to_owned(),
            ending: Ending::Whole,
        }
    }

    pub fn json(status: u16, body: &Value) -> Self {
        Self::of(status, "application/json", &body.to_string())
    }

    pub fn ending(self, ending: Ending) -> Self {
        Self { ending, ..self }
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// As recorded: with status and headers where the file has them, else as what it looks like.
    pub fn recorded(path: &str) -> Self {
        let text = fixture(path);
        let Ok(file) = serde_json::from_str::<Value>(&text) else {
            let kind = if text.trim_start().starts_with("data:") {
                "text/event-stream"
            } else {
                "application/json"
            };
            return Self::of(200, kind, &text);
        };
        let exchange = file.get(0).unwrap_or(&file);
        let Some(response) = exchange.get("response") else {
            let status = file.pointer("/error/code").and_then(Value::as_u64);
            let status = status.or(file.get("error").map(|_| 400)).unwrap_or(200);
            return Self::json(u16::try_from(status).unwrap(), &file);
        };
        let body = match &response["body"] {
            Value::String(text) => text.clone(),
            other => match other["string"].as_str() {
                Some(stream) => stream.to_owned(),
                None => other.to_string(),
            },
        };
        let status = u16::try_from(response["status"].as_u64().unwrap()).unwrap();
        let kept = ["content-type", "retry-after", "x-ratelimit-reset-requests"];
        let headers = response["headers"].as_object().unwrap().iter();
        let headers = headers
            .filter(|(name, _)| kept.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()));
        Self {
            status,
            headers: headers.collect(),
            body,
            ending: Ending::Whole,
        }
    }
}

pub fn fixture(path: &str) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    std::fs::read_to_string(format!("{root}/../../fixtures/llm/{path}")).unwrap()
}

type Script = Box<dyn Fn(&Seen, usize) -> Reply + Send + Sync>;

/// A server and what it was asked.
#[derive(Clone)]
pub struct Stub {
    pub address: SocketAddr,
    pub seen: Arc<Mutex<Vec<Seen>>>,
    script: Arc<Mutex<Script>>,
    /// Requests under way, and the most there ever were.
    under_way: Arc<AtomicUsize>,
    pub most: Arc<AtomicUsize>,
}

impl Stub {
    pub async fn start(script: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stub = Self {
            address: listener.local_addr().unwrap(),
            seen: Arc::default(),
            script: Arc::new(Mutex::new(Box::new(script))),
            under_way: Arc::default(),
            most: Arc::default(),
        };
        let router = Router::new().fallback(answer).with_state(stub.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        stub
    }

    /// Answers these one after the other, the last for ever.
    pub async fn telling(replies: Vec<Reply>) -> Self {
        Self::start(move |_, number| replies[number.min(replies.len() - 1)].clone()).await
    }

    pub fn now(&self, script: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) {
        *self.script.lock().unwrap() = Box::new(script);
    }

    pub fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn settings(&self, provider: Provider) -> Settings {
        let version = match provider {
            Provider::Gemini => "/v1beta",
            Provider::OpenAi | Provider::Anthropic => "/v1",
            Provider::Ollama => "",
        };
        Settings {
            base_url: format!("http://{}{version}", self.address),
            key: Some(SecretString::from(KEY.to_owned())),
            ..Settings::of(provider, "test-model")
        }
    }
}

async fn answer(State(stub): State<Stub>, request: HttpRequest<Body>) -> Response {
    let (head, body) = request.into_parts();
    let body: Bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let text = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
        (name.to_string(), value.to_str().unwrap().to_owned())
    };
    let seen = Seen {
        address: head.uri.to_string(),
        headers: head.headers.iter().map(text).collect(),
        body: serde_json::from_slice(&body).unwrap(),
    };
    let reply = {
        let mut all = stub.seen.lock().unwrap();
        let reply = (stub.script.lock().unwrap())(&seen, all.len());
        all.push(seen);
        reply
    };
    let now = stub.under_way.fetch_add(1, Ordering::SeqCst) + 1;
    stub.most.fetch_max(now, Ordering::SeqCst);
    tokio::task::yield_now().await;
    stub.under_way.fetch_sub(1, Ordering::SeqCst);
    if reply.ending == Ending::Silence && reply.body.is_empty() {
        return std::future::pending().await;
    }
    let mut response = Response::builder().status(reply.status);
    for (name, value) in &reply.headers {
        response = response.header(name, value);
    }
    // In small pieces, so that nothing may depend on where a piece ends.
    let pieces: Vec<_> = reply
        .body
        .as_bytes()
        .chunks(61)
        .map(Bytes::copy_from_slice)
        .collect();
    let pieces = futures::stream::iter(pieces.into_iter().map(Ok::<_, std::io::Error>));
    let body = match reply.ending {
        Ending::Whole => Body::from_stream(pieces),
        Ending::Cut => {
            // Whoever has nothing to write sends what was written: then it is cut.
            let broken = futures::stream::once(async {
                tokio::task::yield_now().await;
                Err(std::io::Error::other("cut"))
            });
            Body::from_stream(pieces.chain(broken))
        }
        Ending::Silence => Body::from_stream(pieces.chain(futures::stream::pending())),
    };
    response.body(body).unwrap()
}

/// A clock that moves when somebody waits, and keeps how long they did.
#[derive(Debug)]
pub struct Moving {
    now: Mutex<DateTime<Utc>>,
    pub pauses: Mutex<Vec<Duration>>,
}

impl Moving {
    pub fn start() -> Arc<Self> {
        Arc::new(Self {
            now: Mutex::new("2026-01-15T12:00:00Z".parse().unwrap()),
            pauses: Mutex::default(),
        })
    }

    pub fn forward(&self, by: Duration) {
        *self.now.lock().unwrap() += by;
    }

    pub fn pauses(&self) -> Vec<Duration> {
        self.pauses.lock().unwrap().clone()
    }
}

impl Clock for Moving {
    fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    fn pause(&self, time: Duration) -> BoxFuture<'_, ()> {
        self.forward(time);
        self.pauses.lock().unwrap().push(time);
        std::future::ready(()).boxed()
    }
}

/// The schema of the résumés in the fixtures.
pub fn schema() -> Value {
    let text = json!({"type": "string"});
    let object = |properties: Value| {
        let names: Vec<_> = properties.as_object().unwrap().keys().cloned().collect();
        json!({
            "type": "object",
            "properties": properties,
            "required": names,
            "additionalProperties": false,
        })
    };
    let list = |items: Value| json!({"type": "array", "items": items});
    object(json!({
        "basics": object(json!({"name": text, "label": text})),
        "work": list(object(json!({
            "name": text,
            "position": text,
            "highlights": list(text.clone()),
        }))),
        "skills": list(object(json!({"name": text}))),
    }))
}

/// The answer that most fixtures hold.
pub fn resume() -> Value {
    json!({
        "basics": {"name": NAME, "label": "Backend Engineer"},
        "work": [{
            "name": "Northwind Freight Systems",
            "position": "Staff Backend Engineer",
            "highlights": ["Cut reconciliation from 9 h to 25 min"],
        }],
        "skills": [{"name": "Rust"}],
    })
}

/// A question to be changed as a test needs it.
pub fn question<'a>(schema: &'a Value, clock: &dyn Clock, seconds: u64) -> Request<'a> {
    Request {
        purpose: Purpose::Rewrite,
        system: "You word lines anew.",
        user: "The lines: sekrit-lines",
        schema,
        fields: &["work.highlights", "posting.text"],
        max_output_tokens: None,
        temperature: None,
        deadline: clock.now() + Duration::from_secs(seconds),
        listener: None,
    }
}

/// Models by that clock, with default limits.
pub fn models(clock: &Arc<Moving>) -> Models {
    let clock: Arc<dyn Clock> = Arc::clone(clock) as Arc<dyn Clock>;
    Models::new().unwrap().with_clock(clock)
}

pub fn models_within(clock: &Arc<Moving>, limits: Limits) -> Models {
    models(clock).with_limits(limits)
}

/// Asks a stub's model once, by default limits.
pub async fn ask(stub: &Stub, provider: Provider, listener: Option<&Listener>) -> Asked {
    let clock = Moving::start();
    let model = models(&clock).open(Some(&stub.settings(provider)));
    let schema = schema();
    let request = Request {
        listener,
        ..question(&schema, &*clock, 60)
    };
    model.ask(request).await
}

/// The same of one reply.
pub async fn ask_of(reply: Reply, provider: Provider) -> Asked {
    ask(&Stub::telling(vec![reply]).await, provider, None).await
}
