//! One question from its first call to its last: waits its turn, tries again what can succeed, has an
//! answer repaired once, and notes every call.

use std::sync::PoisonError;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::breaker::Pass;
use super::call::{Call, Outcome};
use super::client::Client;
use super::dialect::Dialect;
use super::error::ModelError;
use super::http::{Exchange, Speaker, exchange};
use super::json::{Schema, Unfit};
use super::pause::{before_next, fill};
use super::request::{Answer, Purpose, Request, Usage};
use super::said::{End, Said};
use super::wire::Prompt;

/// How often the way of asking is changed within one question.
const LESSONS: usize = 6;
/// Characters of an answer that its repair may hold.
const REPAIRABLE: usize = 60_000;
const REPAIR_SYSTEM: &str = include_str!("../../../data/prompts/repair.1.system.txt");
const REPAIR_USER: &str = include_str!("../../../data/prompts/repair.1.user.txt");
/// A call that had so much time and gave nothing is the server's failure; one that had less may be the
/// deadline's.
const FAIR: Duration = Duration::from_secs(10);

/// One question from its first call to its last.
pub(super) struct Session<'a> {
    client: &'a Client,
    request: &'a Request<'a>,
    speaker: Speaker<'a>,
    pub(super) calls: Vec<Call>,
    begun: DateTime<Utc>,
}

/// What a call is for and what goes out in it.
#[derive(Clone, Copy)]
struct Errand<'a> {
    purpose: Purpose,
    fields: &'a [&'a str],
}

impl<'a> Session<'a> {
    pub(super) fn new(client: &'a Client, request: &'a Request<'a>) -> Self {
        Self {
            client,
            request,
            speaker: Speaker::new(request.listener),
            calls: Vec::new(),
            begun: client.clock.now(),
        }
    }

    pub(super) async fn answer(&mut self) -> Result<Answer, ModelError> {
        let schema = Schema::new(self.request.schema)?;
        let settings = &self.client.settings;
        let asked_for = self.request.max_output_tokens.unwrap_or(u32::MAX);
        let mut prompt = Prompt {
            system: self.request.system,
            user: self.request.user,
            schema: self.request.schema,
            max_output_tokens: asked_for.min(settings.max_output_tokens).max(1),
            temperature: self.request.temperature.unwrap_or(settings.temperature),
            stream: self.request.listener.is_some(),
        };
        let errand = Errand {
            purpose: self.request.purpose,
            fields: self.request.fields,
        };
        let said = self.converse(&prompt, errand).await?;
        let unfit = match self.read(&schema, &said) {
            Ok(value) => return Ok(self.told(value, said, false)),
            Err(unfit) => unfit,
        };
        if unfit.error == ModelError::Truncated || said.text.len() > REPAIRABLE {
            return Err(unfit.error);
        }
        let user = fill(
            REPAIR_USER,
            &[
                ("schema", &self.request.schema.to_string()),
                ("wrong", &unfit.hint),
                ("text", said.visible()),
            ],
        );
        prompt.system = REPAIR_SYSTEM.trim_end();
        prompt.user = &user;
        prompt.temperature = 0.0;
        let errand = Errand {
            purpose: Purpose::Repair,
            fields: &["answer"],
        };
        self.speaker.begin_anew();
        // When the repair fails for a reason of its own, what was wrong first still is.
        let Ok(said) = self.converse(&prompt, errand).await else {
            return Err(unfit.error);
        };
        match self.read(&schema, &said) {
            Ok(value) => Ok(self.told(value, said, true)),
            Err(unfit) => Err(unfit.error),
        }
    }

    /// Reads an answer; one that is not taken is the last call's failure.
    fn read(&mut self, schema: &Schema, said: &Said) -> Result<serde_json::Value, Unfit> {
        let read = schema.read(said.visible()).map_err(|unfit| Unfit {
            error: match said.end {
                Some(End::Limit) => ModelError::Truncated,
                _ => unfit.error,
            },
            ..unfit
        });
        if let (Err(unfit), Some(call)) = (&read, self.calls.last_mut()) {
            call.outcome = Outcome::Failed(unfit.error.code().to_owned());
        }
        read
    }

    fn told(&self, value: serde_json::Value, said: Said, repaired: bool) -> Answer {
        let mut usage = Usage::default();
        for call in self.calls.iter().filter_map(|call| call.usage) {
            usage += call;
        }
        Answer {
            value,
            usage,
            model: said
                .model
                .unwrap_or_else(|| self.client.settings.name.clone()),
            latency: since(self.begun, self.client.clock.now()),
            truncated: said.end == Some(End::Limit),
            repaired,
        }
    }

    /// Asks until there is an answer or asking again is in vain.
    async fn converse(
        &mut self,
        prompt: &Prompt<'_>,
        errand: Errand<'_>,
    ) -> Result<Said, ModelError> {
        let Client {
            clock,
            limits,
            settings,
            dialect,
            ..
        } = self.client;
        let mut tries = 0;
        let mut lessons = 0;
        loop {
            let asked_so = *dialect.lock().unwrap_or_else(PoisonError::into_inner);
            let (error, refused) = match self.call(prompt, asked_so, errand).await {
                Ok(said) => return Ok(said),
                Err(failed) => failed,
            };
            let lesson = refused
                .filter(|_| {
                    matches!(
                        error,
                        ModelError::Refused { .. } | ModelError::Unavailable { .. }
                    )
                })
                .and_then(|words| asked_so.after(settings.provider, &words));
            if let Some(better) = lesson
                && lessons < LESSONS
            {
                lessons += 1;
                *dialect.lock().unwrap_or_else(PoisonError::into_inner) = better;
                continue;
            }
            tries += 1;
            if tries >= limits.tries || !error.worth_a_call() {
                return Err(error);
            }
            let wait = before_next(tries, error.retry_after(), limits.backoff);
            if wait >= self.left() {
                return Err(error);
            }
            self.speaker.begin_anew();
            clock.pause(wait).await;
        }
    }

    /// Time until the deadline.
    fn left(&self) -> Duration {
        since(self.client.clock.now(), self.request.deadline)
    }

    /// One call, when it is its turn. What a refusal says comes with the error.
    async fn call(
        &mut self,
        prompt: &Prompt<'_>,
        dialect: Dialect,
        errand: Errand<'_>,
    ) -> Result<Said, (ModelError, Option<String>)> {
        let client = self.client;
        let none = |error| (error, None);
        let entered = tokio::time::timeout(self.left(), client.gate.enter()).await;
        let _permit = entered.map_err(|_| none(ModelError::TimedOut))?;
        let pass = self.turn().await.map_err(none)?;
        let limit = client.settings.call_timeout.min(self.left());
        let at = client.clock.now();
        let mut made = Exchange::default();
        let asking = exchange(
            &client.http,
            &client.settings,
            prompt,
            dialect,
            client.limits.answer_bytes,
            &mut self.speaker,
            &mut made,
        );
        let outcome = match tokio::time::timeout(limit, asking).await {
            Ok(outcome) => outcome,
            Err(_) => Err(ModelError::TimedOut),
        };
        let now = client.clock.now();
        let given_up = matches!(outcome, Err(ModelError::TimedOut))
            && limit < FAIR.min(client.settings.call_timeout);
        if given_up {
            drop(pass);
        } else {
            let failure = outcome.as_ref().err();
            pass.settle(failure.is_none_or(|error| !error.is_the_servers()), now);
        }
        self.note(&made, &outcome, errand, at, since(at, now));
        match outcome {
            Ok(()) => Ok(made.said),
            Err(error) => Err((error, made.refused)),
        }
    }

    /// Waits until the key may make a call and the server may be asked.
    async fn turn(&self) -> Result<Pass, ModelError> {
        let Client {
            clock,
            breaker,
            gate,
            ..
        } = self.client;
        loop {
            let now = clock.now();
            if now >= self.request.deadline {
                return Err(ModelError::TimedOut);
            }
            let pass = breaker
                .admit(now)
                .map_err(|retry_after| ModelError::Resting { retry_after })?;
            let Err(wait) = gate.begin(now) else {
                return Ok(pass);
            };
            drop(pass);
            if wait >= self.left() {
                let retry_after = Some(wait);
                return Err(ModelError::RateLimited { retry_after });
            }
            clock.pause(wait).await;
        }
    }

    fn note(
        &mut self,
        made: &Exchange,
        outcome: &Result<(), ModelError>,
        errand: Errand<'_>,
        at: DateTime<Utc>,
        latency: Duration,
    ) {
        let settings = &self.client.settings;
        let model = made.said.model.clone();
        let usage = made.said.usage;
        self.calls.push(Call {
            at,
            host: self.client.host.clone(),
            purpose: errand.purpose,
            provider: settings.provider,
            cost: usage.and_then(|usage| settings.cost(model.as_deref(), usage)),
            model: model.unwrap_or_else(|| settings.name.clone()),
            bytes_out: made.bytes_out,
            bytes_in: made.bytes_in,
            fields: errand
                .fields
                .iter()
                .map(|&field| field.to_owned())
                .collect(),
            usage,
            latency,
            cached: false,
            outcome: match outcome {
                Ok(()) => Outcome::Answered,
                Err(error) => Outcome::Failed(error.code().to_owned()),
            },
        });
    }
}

fn since(from: DateTime<Utc>, to: DateTime<Utc>) -> Duration {
    (to - from)
        .max(TimeDelta::zero())
        .to_std()
        .unwrap_or_default()
}
