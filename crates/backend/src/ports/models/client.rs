//! A configured model: where it is asked, as whom, by which limits.

use std::sync::{Arc, Mutex};

use futures::FutureExt;
use futures::future::BoxFuture;

use super::breaker::Breaker;
use super::dialect::Dialect;
use super::gate::Gate;
use super::request::{Asked, Request};
use super::session::Session;
use super::settings::Settings;
use super::{Limits, Model};
use crate::ports::clock::Clock;

/// A model of one provider, asked as one key.
#[derive(Debug)]
pub struct Client {
    pub(super) http: reqwest::Client,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) limits: Limits,
    pub(super) settings: Settings,
    pub(super) host: String,
    pub(super) breaker: Arc<Breaker>,
    pub(super) gate: Arc<Gate>,
    /// How the server wants to be asked, as far as it is known.
    pub(super) dialect: Mutex<Dialect>,
}

impl Model for Client {
    fn ask<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Asked> {
        async move {
            let mut session = Session::new(self, &request);
            let outcome = session.answer().await;
            Asked {
                outcome,
                calls: session.calls,
            }
        }
        .boxed()
    }

    fn identity(&self) -> String {
        let Settings {
            provider,
            name,
            base_url,
            temperature,
            max_output_tokens,
            ..
        } = &self.settings;
        format!("{provider} {base_url} {name} {temperature} {max_output_tokens}")
    }

    fn settings(&self) -> Option<&Settings> {
        Some(&self.settings)
    }

    fn host(&self) -> &str {
        &self.host
    }
}
