//! Language models: a question with a JSON schema goes in, an answer that follows it comes out, or a
//! reason why not, and with either a record of every call that left this machine.
//!
//! A model has no tools, sees no secret, and gets what identifies the person as placeholders
//! (`tailor::privacy`): that is the caller's to do, before it asks.

mod anthropic;
mod breaker;
mod call;
mod client;
mod dialect;
mod error;
mod gate;
mod gemini;
mod http;
mod json;
mod ollama;
mod openai;
mod pause;
mod prices;
mod request;
mod said;
mod session;
mod settings;
mod stream;
mod wire;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use career::ContentHash;
use futures::FutureExt;
use futures::future::BoxFuture;
use secrecy::ExposeSecret;
use url::Url;

pub use call::{Call, Outcome};
pub use client::Client;
pub use error::{Blocked, ModelError};
pub use prices::{Money, Price, cost, price_date};
pub use request::{Answer, Asked, Heard, Listener, Purpose, Request, Usage};
pub use settings::{Personal, Provider, Settings, is_model_name};

use self::breaker::Breaker;
use self::dialect::Dialect;
use self::gate::Gate;
use super::clock::{Clock, SystemClock};

/// A model, whoever serves it.
pub trait Model: std::fmt::Debug + Send + Sync {
    /// Asks it.
    fn ask<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Asked>;

    /// What its answers depend on besides the question: part of the key of whatever keeps them.
    fn identity(&self) -> String;

    /// Which model it is and where; none where there is none.
    fn settings(&self) -> Option<&Settings>;

    /// Host and port of where it is.
    fn host(&self) -> &str;
}

/// The model of whoever has configured none.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoModel;

impl Model for NoModel {
    fn ask<'a>(&'a self, _request: Request<'a>) -> BoxFuture<'a, Asked> {
        let asked = Asked {
            outcome: Err(ModelError::NotConfigured),
            calls: Vec::new(),
        };
        std::future::ready(asked).boxed()
    }

    fn identity(&self) -> String {
        "none".to_owned()
    }

    fn settings(&self) -> Option<&Settings> {
        None
    }

    fn host(&self) -> &'static str {
        ""
    }
}

/// What a model may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Calls for one question that fail without anything being learnt from it.
    pub tries: u32,
    /// The first pause between two of them.
    pub backoff: Duration,
    /// Failures of a server in a row after which it is left alone.
    pub failures: u32,
    /// For how long.
    pub rest: Duration,
    /// Bytes of an answer.
    pub answer_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            tries: 3,
            backoff: Duration::from_millis(500),
            failures: 5,
            rest: Duration::from_secs(30),
            answer_bytes: 4 * 1024 * 1024,
        }
    }
}

/// From so many keys or servers on, those that are idle are forgotten.
const REMEMBERED: usize = 256;

/// All models of this process. What is known of a server and counted of a key outlives any one
/// client. Whoever has a key of their own has a breaker of their own too: a model that one person
/// names and that always fails shuts nobody else out.
#[derive(Debug)]
pub struct Models {
    http: reqwest::Client,
    clock: Arc<dyn Clock>,
    limits: Limits,
    breakers: Mutex<HashMap<ContentHash, Arc<Breaker>>>,
    gates: Mutex<HashMap<ContentHash, Arc<Gate>>>,
}

impl Models {
    /// Nothing is known yet.
    ///
    /// # Errors
    /// When the HTTP client cannot be made (no TLS provider).
    pub fn new() -> Result<Self, reqwest::Error> {
        Ok(Self {
            http: http::client()?,
            clock: Arc::new(SystemClock),
            limits: Limits::default(),
            breakers: Mutex::default(),
            gates: Mutex::default(),
        })
    }

    /// The same with another clock.
    #[must_use]
    pub fn with_clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }

    /// The same with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The model of these settings, or none.
    pub fn open(&self, settings: Option<&Settings>) -> Arc<dyn Model> {
        match settings {
            Some(settings) => Arc::new(self.client(settings)),
            None => Arc::new(NoModel),
        }
    }

    fn client(&self, settings: &Settings) -> Client {
        let host = Url::parse(&settings.base_url).ok().and_then(|url| {
            let host = url.host_str()?.to_owned();
            let port = url.port().map(|port| format!(":{port}"));
            Some(host + &port.unwrap_or_default())
        });
        Client {
            http: self.http.clone(),
            clock: Arc::clone(&self.clock),
            limits: self.limits,
            settings: settings.clone(),
            host: host.unwrap_or_default(),
            breaker: self.breaker(settings),
            gate: self.gate(settings),
            dialect: Mutex::new(Dialect::of(settings.provider, &settings.base_url)),
        }
    }

    fn breaker(&self, settings: &Settings) -> Arc<Breaker> {
        let server = whose(settings, &[settings.provider.to_string().as_bytes()]);
        let mut breakers = self.breakers.lock().unwrap_or_else(PoisonError::into_inner);
        if breakers.len() >= REMEMBERED {
            breakers.retain(|_, breaker| Arc::strong_count(breaker) > 1);
        }
        let Limits { failures, rest, .. } = self.limits;
        let made = || Arc::new(Breaker::new(failures, rest));
        Arc::clone(breakers.entry(server).or_insert_with(made))
    }

    fn gate(&self, settings: &Settings) -> Arc<Gate> {
        let (at_once, a_minute) = (settings.concurrent_calls, settings.calls_per_minute);
        let whose = whose(settings, &[&at_once.to_le_bytes(), &a_minute.to_le_bytes()]);
        let now = self.clock.now();
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        if gates.len() >= REMEMBERED {
            gates.retain(|_, gate| Arc::strong_count(gate) > 1 || !gate.is_idle(now));
        }
        let made = || Arc::new(Gate::new(at_once, a_minute));
        Arc::clone(gates.entry(whose).or_insert_with(made))
    }
}

/// The server and the key, and what else tells two apart: a hash, so that no key lies about in a
/// second place.
fn whose(settings: &Settings, more: &[&[u8]]) -> ContentHash {
    let key = settings.key.as_ref().map(ExposeSecret::expose_secret);
    let server = [
        settings.base_url.as_bytes(),
        key.unwrap_or_default().as_bytes(),
    ];
    ContentHash::of_parts(&[&server[..], more].concat())
}
