//! Kept answers of one stage: what a person's own stages gave is theirs alone, what holds nothing of
//! anybody (the reading of a posting) is shared.

use std::sync::PoisonError;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::Desk;
use crate::cache::Key;
use crate::db::ledger::{self, Errand};
use crate::db::uncancelled;
use crate::ports::models::{Call, Money, Outcome, Purpose};

/// A kept answer, or a part of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// What it says.
    pub value: Value,
    /// What it cost to get.
    pub cost: Option<Money>,
}

/// The kept answers of one stage.
#[derive(Debug, Clone)]
pub struct Shelf {
    desk: Desk,
    owner: Uuid,
    run: Option<Uuid>,
    purpose: Purpose,
    version: String,
    /// Everything the keys have in common.
    ground: Key,
}

impl Desk {
    /// The shelf of a purpose. Its answers depend on the model, on the prompt's version, and on what
    /// the person and the instance have forgotten; on the person too, unless it is shared.
    pub async fn shelf(
        &self,
        owner: Uuid,
        run: Option<Uuid>,
        purpose: Purpose,
        version: &str,
        shared: bool,
    ) -> Shelf {
        let generations = match &self.inner.books {
            // A database that is away keeps the run from going on anyway; until then nothing that
            // should be forgotten may come back.
            Some(pool) => ledger::generations(pool, owner).await.ok(),
            None => Some((0, 0)),
        };
        let fresh = Uuid::now_v7();
        let name: &'static str = purpose.into();
        let whose = match (generations, shared) {
            (Some((all, _)), true) => format!("shared {all}"),
            (Some((all, own)), false) => format!("{owner} {all} {own}"),
            (None, _) => format!("nobody {fresh}"),
        };
        let ground = Key::of(&[
            b"answer 1",
            whose.as_bytes(),
            self.identity().as_bytes(),
            name.as_bytes(),
            version.as_bytes(),
        ]);
        Shelf {
            desk: self.clone(),
            owner,
            run,
            purpose,
            version: version.to_owned(),
            ground,
        }
    }
}

impl Shelf {
    fn key(&self, input: &Value) -> Key {
        Key::of(&[
            self.ground.as_str().as_bytes(),
            normal(input).to_string().as_bytes(),
        ])
    }

    /// The kept answer to that input.
    pub async fn get(&self, input: &Value) -> Option<Kept> {
        let found = self.desk.inner.cache.get(&self.key(input)).await;
        let kept = found.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let outcome = if kept.is_some() { "hit" } else { "miss" };
        let purpose: &'static str = self.purpose.into();
        {
            let looked = self.desk.inner.looked.lock();
            let mut looked = looked.unwrap_or_else(PoisonError::into_inner);
            let (found, missed) = looked.entry(purpose).or_default();
            *(if kept.is_some() { found } else { missed }) += 1;
        }
        metrics::counter!("llmployable_model_cache_total", "purpose" => purpose, "outcome" => outcome)
            .increment(1);
        kept
    }

    /// Keeps an answer to that input.
    pub async fn put(&self, input: &Value, kept: &Kept) {
        match serde_json::to_vec(kept) {
            Ok(bytes) => self.desk.inner.cache.put(self.key(input), bytes).await,
            Err(error) => tracing::error!(%error, "an answer could not be written"),
        }
    }

    /// Notes in the ledger that answers came from here, and what asking for them would have cost.
    pub async fn note(&self, saved: Money) {
        let inner = &self.desk.inner;
        let (Some(pool), Some(settings)) = (inner.books.clone(), inner.model.settings()) else {
            return;
        };
        let call = Call {
            at: inner.clock.now(),
            host: inner.model.host().to_owned(),
            purpose: self.purpose,
            provider: settings.provider,
            model: settings.name.clone(),
            bytes_out: 0,
            bytes_in: 0,
            fields: Vec::new(),
            usage: None,
            cost: None,
            latency: Duration::ZERO,
            cached: true,
            outcome: Outcome::Answered,
        };
        let (owner, run, version) = (self.owner, self.run, self.version.clone());
        let purse = inner.purse();
        let noted = uncancelled(async move {
            let errand = Errand {
                owner,
                run,
                prompt: &version,
                purse,
            };
            ledger::note_cached(&pool, errand, &call, saved).await
        });
        if let Err(error) = noted.await {
            tracing::warn!(%error, "kept answers could not be written into the ledger");
        }
    }
}

/// The input as it is compared: names in order, blanks folded, so that what means the same to a
/// reader is the same question.
fn normal(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Value::Array(items) => Value::Array(items.iter().map(normal).collect()),
        Value::Object(fields) => {
            let mut names: Vec<&String> = fields.keys().collect();
            names.sort();
            let sorted = names
                .into_iter()
                .map(|name| (name.clone(), normal(&fields[name])));
            Value::Object(sorted.collect())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::cache::Cache;
    use crate::db::ledger::Budget;
    use crate::ports::models::NoModel;

    #[tokio::test]
    async fn own_answers_are_nobody_elses_and_shared_ones_everybodys() {
        let desk = Desk::new(Arc::new(NoModel), Cache::default(), None, Budget::default());
        let (ada, bob) = (Uuid::now_v7(), Uuid::now_v7());
        let shelf = async |owner, version, shared| {
            desk.shelf(owner, None, Purpose::Rewrite, version, shared)
                .await
        };
        let input = json!({"line": "a  b", "n": [1, {"y": 1, "x": 2}]});
        let same = json!({"n": [1, {"x": 2, "y": 1}], "line": "a b"});
        let kept = Kept {
            value: json!({"text": "c"}),
            cost: None,
        };
        shelf(ada, "reword 1", false).await.put(&input, &kept).await;
        assert_eq!(
            shelf(ada, "reword 1", false).await.get(&same).await,
            Some(kept.clone())
        );
        for (owner, version, shared) in [
            (bob, "reword 1", false),
            (ada, "reword 2", false),
            (ada, "reword 1", true),
        ] {
            assert_eq!(shelf(owner, version, shared).await.get(&same).await, None);
        }
        shelf(ada, "read 1", true).await.put(&input, &kept).await;
        assert_eq!(
            shelf(bob, "read 1", true).await.get(&input).await,
            Some(kept)
        );
    }

    #[test]
    fn only_order_of_names_and_blanks_are_nothing() {
        assert_eq!(
            normal(&json!({"b": " x\n y ", "a": 1})).to_string(),
            r#"{"a":1,"b":"x y"}"#
        );
        assert_ne!(normal(&json!(["a", "b"])), normal(&json!(["b", "a"])));
    }
}
