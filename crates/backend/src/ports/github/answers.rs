//! Answers that were read before, so that GitHub is asked less, and something is there when it is
//! away.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An answer and what is needed to ask whether it still stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// When GitHub said so last.
    pub read_at: DateTime<Utc>,
    /// GitHub's mark of this very answer.
    pub etag: Option<String>,
    /// Whether there is a next page.
    pub more: bool,
    /// What it said; none where it said that there is no such thing.
    pub body: Option<Value>,
}

/// Where answers are kept. Losing one costs a request and nothing else, so no method can fail.
pub trait Answers: std::fmt::Debug + Send + Sync {
    /// The answer of that name.
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Option<Kept>>;
    /// Keeps an answer in place of the one before.
    fn put<'a>(&'a self, key: &'a str, kept: &'a Kept) -> BoxFuture<'a, ()>;
}

/// Keeps answers for as long as the program runs.
#[derive(Debug, Default)]
pub struct InMemory {
    kept: Mutex<HashMap<String, Kept>>,
}

impl Answers for InMemory {
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Option<Kept>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        futures::future::ready(kept.get(key).cloned()).boxed()
    }

    fn put<'a>(&'a self, key: &'a str, answer: &'a Kept) -> BoxFuture<'a, ()> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(key.to_owned(), answer.clone());
        futures::future::ready(()).boxed()
    }
}
