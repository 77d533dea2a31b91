//! The desk where models are asked: it looks among kept answers first, lets identical questions share
//! one call, refuses before anything is spent beyond a budget, and writes every call into the ledger.

mod estimate;
mod flights;
mod personal;
mod shelf;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::PgPool;
use thiserror::Error;
use uuid::Uuid;

pub use estimate::Estimate;
pub use personal::{Desks, Seat};
pub use shelf::{Kept, Shelf};

use self::flights::Flights;
use crate::cache::{Cache, Key};
use crate::db::ledger::{self, Budget, Errand, Exhausted, Purse};
use crate::db::{DbError, model_keys, uncancelled};
use crate::ports::clock::{Clock, SystemClock};
use crate::ports::models::{
    Call, Heard, Model, ModelError, Money, Outcome, Purpose, Request, Usage,
};

/// For so long a question that was refused for what it says is not asked again.
const REFUSED: Duration = Duration::from_mins(10);
/// For so long a model that refuses whoever asks is not asked at all.
const SHUT: Duration = Duration::from_mins(1);

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeskError {
    /// The model gave none.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A budget is used up; nothing was sent.
    #[error("the budget for today does not allow this question")]
    Budget(Exhausted),
    /// The ledger cannot be written; nothing was sent.
    #[error("the ledger cannot be written")]
    NoLedger,
}

/// Whose key a desk asks with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyholder {
    /// The instance's: for everybody.
    Instance,
    /// A person's own: for nobody else.
    Person {
        /// Who.
        owner: Uuid,
        /// Which of their keys.
        key: Uuid,
    },
}

/// Hears an answer while it comes.
pub type Listener = dyn Fn(Heard<'_>) + Send + Sync;

/// A question, with whose it is.
#[derive(Clone)]
pub struct Question {
    /// Who asks, and pays.
    pub owner: Uuid,
    /// For which run.
    pub run: Option<Uuid>,
    /// What for.
    pub purpose: Purpose,
    /// The prompt and its version.
    pub version: String,
    /// What the model is and has to keep to.
    pub system: String,
    /// The material, without what identifies the person.
    pub user: String,
    /// The form of the answer.
    pub schema: Value,
    /// What goes out, by name.
    pub fields: Vec<&'static str>,
    /// When the answer must be there.
    pub deadline: DateTime<Utc>,
    /// Who wants to hear it while it comes.
    pub listener: Option<Arc<Listener>>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// What it says.
    pub value: Value,
    /// What it cost, repair and retries included, as far as known.
    pub cost: Option<Money>,
}

/// Where models are asked. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Desk {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    model: Arc<dyn Model>,
    holder: Keyholder,
    cache: Cache,
    /// Where calls are written down; the command line keeps no ledger.
    books: Option<PgPool>,
    budget: Budget,
    clock: Arc<dyn Clock>,
    flights: Flights,
    /// Questions that were refused for what they say, and models that refuse whoever asks.
    refused: moka::future::Cache<Key, ModelError>,
    shut: moka::future::Cache<(), ModelError>,
    /// Calls of this process, and what they cost in millionths of a dollar.
    calls: AtomicU64,
    cost: AtomicU64,
    /// Kept answers found and missed, by purpose.
    looked: Mutex<BTreeMap<&'static str, (u64, u64)>>,
}

impl Desk {
    /// A desk for one model, asked with the instance's key.
    pub fn new(model: Arc<dyn Model>, cache: Cache, books: Option<PgPool>, budget: Budget) -> Self {
        Self::of(Keyholder::Instance, model, cache, books, budget)
    }

    /// A desk beside this one, with the same kept answers, ledger and budgets, where one person's
    /// model is asked with their own key.
    fn personal(&self, owner: Uuid, key: Uuid, model: Arc<dyn Model>) -> Self {
        let holder = Keyholder::Person { owner, key };
        let Inner {
            cache,
            books,
            budget,
            ..
        } = self.inner.as_ref();
        Self::of(holder, model, cache.clone(), books.clone(), *budget)
    }

    fn of(
        holder: Keyholder,
        model: Arc<dyn Model>,
        cache: Cache,
        books: Option<PgPool>,
        budget: Budget,
    ) -> Self {
        Self {
            inner: Arc::new(Inner {
                model,
                holder,
                cache,
                books,
                budget,
                clock: Arc::new(SystemClock),
                flights: Flights::default(),
                refused: moka::future::Cache::builder()
                    .max_capacity(10_000)
                    .time_to_live(REFUSED)
                    .build(),
                shut: moka::future::Cache::builder()
                    .max_capacity(1)
                    .time_to_live(SHUT)
                    .build(),
                calls: AtomicU64::default(),
                cost: AtomicU64::default(),
                looked: Mutex::default(),
            }),
        }
    }

    /// Asks. What comes of it is written into the ledger even when the caller does not wait.
    ///
    /// # Errors
    /// Why there is no answer.
    pub async fn ask(&self, question: Question) -> Result<Arc<Told>, DeskError> {
        if let Keyholder::Person { owner, .. } = self.inner.holder
            && owner != question.owner
        {
            tracing::error!("a person's question came to somebody else's desk");
            return Err(ModelError::NotConfigured.into());
        }
        let key = self.question_key(&question);
        let mut refused = self.inner.shut.get(&()).await;
        if refused.is_none() {
            refused = self.inner.refused.get(&key).await;
        }
        if let Some(error) = refused {
            metrics::counter!("llmployable_model_refused_again_total").increment(1);
            return Err(error.into());
        }
        let inner = Arc::clone(&self.inner);
        let (flight, joined) =
            self.inner.flights.join(
                &key,
                move |key| async move { inner.fly(key, question).await },
            );
        if joined {
            metrics::counter!("llmployable_model_shared_total").increment(1);
        }
        flight.await
    }

    /// What every answer of this desk depends on besides the question.
    pub fn identity(&self) -> String {
        self.inner.model.identity()
    }

    /// Whose key is used here.
    pub fn holder(&self) -> Keyholder {
        self.inner.holder
    }

    /// The model's name; none where there is no model.
    pub fn model(&self) -> Option<&str> {
        self.inner
            .model
            .settings()
            .map(|settings| settings.name.as_str())
    }

    /// Where the model is: host and port.
    pub fn host(&self) -> &str {
        self.inner.model.host()
    }

    /// Calls made by this process, and what they cost, as far as known.
    pub fn spent(&self) -> (u64, Money) {
        let micro_dollars = self.inner.cost.load(Ordering::Relaxed);
        (
            self.inner.calls.load(Ordering::Relaxed),
            Money { micro_dollars },
        )
    }

    /// How often a kept answer was found, and how often not, by purpose.
    pub fn looked(&self) -> BTreeMap<&'static str, (u64, u64)> {
        let looked = self.inner.looked.lock();
        looked.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What may be spent in a day.
    pub fn budget(&self) -> Budget {
        self.inner.budget
    }

    /// Two questions are one when the same person asks the same of the same model.
    fn question_key(&self, question: &Question) -> Key {
        Key::of(&[
            b"question",
            question.owner.as_bytes(),
            self.identity().as_bytes(),
            question.version.as_bytes(),
            question.system.as_bytes(),
            question.user.as_bytes(),
        ])
    }
}

impl Inner {
    /// One question from the budget to the ledger.
    async fn fly(self: Arc<Self>, key: Key, question: Question) -> Result<Arc<Told>, DeskError> {
        let claimed = self.claim(&question).await?;
        let request = Request {
            purpose: question.purpose,
            system: &question.system,
            user: &question.user,
            schema: &question.schema,
            fields: &question.fields,
            max_output_tokens: None,
            temperature: None,
            deadline: question.deadline,
            listener: question.listener.as_deref(),
        };
        let asked = self.model.ask(request).await;
        for call in &asked.calls {
            count(call);
            self.calls.fetch_add(1, Ordering::Relaxed);
            let cost = call.cost.unwrap_or_default().micro_dollars;
            self.cost.fetch_add(cost, Ordering::Relaxed);
        }
        self.settle(&question, asked.calls.clone(), claimed).await;
        let cost = asked
            .calls
            .iter()
            .map(|call| call.cost)
            .sum::<Option<Money>>();
        match asked.outcome {
            Ok(answer) => Ok(Arc::new(Told {
                value: answer.value,
                cost,
            })),
            Err(error) => {
                tracing::warn!(code = error.code(), "the model gave no answer");
                if error == ModelError::KeyRefused {
                    self.note_refused().await;
                }
                match &error {
                    ModelError::KeyRefused | ModelError::OutOfQuota | ModelError::ModelUnknown => {
                        self.shut.insert((), error.clone()).await;
                    }
                    ModelError::Blocked { .. } | ModelError::TooLong | ModelError::Truncated => {
                        self.refused.insert(key, error.clone()).await;
                    }
                    _ => {}
                }
                Err(error.into())
            }
        }
    }

    /// Notes that a person's own key was refused, so that they learn of it.
    async fn note_refused(&self) {
        let (Keyholder::Person { key, .. }, Some(pool)) = (self.holder, self.books.clone()) else {
            return;
        };
        let noted = uncancelled(async move { model_keys::note(&pool, key, true).await });
        if let Err(error) = noted.await {
            tracing::warn!(%error, "that a key was refused could not be noted");
        }
    }

    fn purse(&self) -> Purse {
        match self.holder {
            Keyholder::Instance => Purse::Instance,
            Keyholder::Person { .. } => Purse::Own,
        }
    }

    /// Claims what the question is likely to cost of the budgets.
    async fn claim(&self, question: &Question) -> Result<Option<(NaiveDate, Money)>, DeskError> {
        let Some(pool) = &self.books else {
            return Ok(None);
        };
        let likely = estimate::of_question(question);
        let settings = self.model.settings();
        let amount = settings.and_then(|settings| settings.cost(None, likely));
        let amount = amount.unwrap_or_default();
        let day = self.clock.now().date_naive();
        let (pool, owner) = (pool.clone(), question.owner);
        let (budget, purse) = (self.budget, self.purse());
        let claimed =
            uncancelled(
                async move { ledger::claim(&pool, day, owner, amount, budget, purse).await },
            );
        match claimed.await {
            Ok(Ok(())) => Ok(Some((day, amount))),
            Ok(Err(exhausted)) => {
                metrics::counter!("llmployable_model_budget_refusals_total").increment(1);
                tracing::info!(?exhausted, "a budget does not allow a question");
                Err(DeskError::Budget(exhausted))
            }
            Err(error) => {
                tracing::warn!(%error, "nothing is asked without a ledger");
                Err(DeskError::NoLedger)
            }
        }
    }

    async fn settle(
        &self,
        question: &Question,
        calls: Vec<Call>,
        claimed: Option<(NaiveDate, Money)>,
    ) {
        let Some(pool) = self.books.clone() else {
            return;
        };
        let (owner, run, prompt) = (question.owner, question.run, question.version.clone());
        let purse = self.purse();
        let kept: Result<(), DbError> = uncancelled(async move {
            let errand = Errand {
                owner,
                run,
                prompt: &prompt,
                purse,
            };
            ledger::settle(&pool, errand, &calls, claimed).await
        })
        .await;
        if let Err(error) = kept {
            // What was claimed stays claimed: the budget errs on the safe side.
            tracing::error!(%error, "calls of a model could not be written into the ledger");
        }
    }
}

/// Figures of one call, for whoever watches the program.
fn count(call: &Call) {
    let purpose: &'static str = call.purpose.into();
    let provider = call.provider.to_string();
    let outcome = match &call.outcome {
        Outcome::Answered => "answered".to_owned(),
        Outcome::Failed(code) => code.clone(),
    };
    metrics::counter!("llmployable_model_calls_total", "provider" => provider.clone(),
        "purpose" => purpose, "outcome" => outcome)
    .increment(1);
    metrics::histogram!("llmployable_model_call_seconds", "provider" => provider.clone())
        .record(call.latency.as_secs_f64());
    let Usage { input, output, .. } = call.usage.unwrap_or_default();
    for (direction, tokens) in [("in", input), ("out", output)] {
        metrics::counter!("llmployable_model_tokens_total", "provider" => provider.clone(),
            "direction" => direction)
        .increment(tokens);
    }
    let cost = call.cost.unwrap_or_default();
    metrics::counter!("llmployable_model_cost_microdollars_total", "provider" => provider)
        .increment(cost.micro_dollars);
}
