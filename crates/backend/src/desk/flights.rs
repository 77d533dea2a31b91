//! Identical questions under way share one call.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use futures::FutureExt;
use futures::future::{BoxFuture, Shared};

use super::{DeskError, Told};
use crate::cache::Key;
use crate::ports::models::ModelError;

type Outcome = Result<Arc<Told>, DeskError>;
/// A question under way; everyone who waits gets what comes of it.
pub(super) type Flight = Shared<BoxFuture<'static, Outcome>>;

/// What is under way.
#[derive(Debug, Default, Clone)]
pub(super) struct Flights {
    under_way: Arc<Mutex<HashMap<Key, Flight>>>,
}

impl Flights {
    /// The flight of that key: one under way, and then the second is true, or a new one. It goes on to
    /// its end when nobody waits any more: what was asked is paid for and has to be noted.
    pub(super) fn join<F>(&self, key: &Key, begin: impl FnOnce(Key) -> F) -> (Flight, bool)
    where
        F: Future<Output = Outcome> + Send + 'static,
    {
        let mut under_way = self
            .under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = under_way.get(key) {
            return (flight.clone(), true);
        }
        let work = begin(key.clone());
        let flights = self.clone();
        let landing = key.clone();
        let task = tokio::spawn(async move {
            // Taken off the list whatever happens, a panic included.
            let _landing = Landing {
                flights,
                key: landing,
            };
            work.await
        });
        let flight = async move {
            task.await.unwrap_or_else(|error| {
                tracing::error!(%error, "a question to a model ended early");
                Err(ModelError::Garbled.into())
            })
        };
        let flight = flight.boxed().shared();
        under_way.insert(key.clone(), flight.clone());
        (flight, false)
    }
}

struct Landing {
    flights: Flights,
    key: Key,
}

impl Drop for Landing {
    fn drop(&mut self) {
        let mut under_way = self
            .flights
            .under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        under_way.remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use serde_json::json;
    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn the_same_asked_at_once_is_asked_once_and_later_again() {
        let flights = Flights::default();
        let asked = Arc::new(AtomicUsize::new(0));
        let gate = Arc::new(Notify::new());
        let key = Key::of(&[b"q", b"1"]);
        let begin = |_| {
            let (asked, gate) = (asked.clone(), gate.clone());
            async move {
                asked.fetch_add(1, Ordering::SeqCst);
                gate.notified().await;
                Ok(Arc::new(Told {
                    value: json!({}),
                    cost: None,
                }))
            }
        };
        let (first, joined_first) = flights.join(&key, begin);
        let (second, joined_second) = flights.join(&key, begin);
        assert!(!joined_first && joined_second);
        gate.notify_one();
        let (one, other) = tokio::join!(first, second);
        assert!(one.is_ok() && one == other);
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        gate.notify_one();
        assert!(flights.join(&key, begin).0.await.is_ok());
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_question_goes_on_when_nobody_waits() {
        let flights = Flights::default();
        let (done, heard) = tokio::sync::oneshot::channel();
        let gate = Arc::new(Notify::new());
        let waits = gate.clone();
        let (flight, _) = flights.join(&Key::of(&[b"q", b"2"]), |_| async move {
            waits.notified().await;
            let _ = done.send(());
            Err(ModelError::Offline.into())
        });
        drop(flight);
        gate.notify_one();
        heard.await.unwrap();
    }
}
