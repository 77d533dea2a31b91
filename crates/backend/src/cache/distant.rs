//! Answers in Redis. Everything it does has a short limit of time, and after a failure it is left
//! alone for a moment: a run must not become slower than without it.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{AsyncCommands, RedisResult};
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;
use uuid::Uuid;

use super::Key;
use crate::ports::clock::Clock;
use crate::vault::{Place, Sealed, Vault};

/// Before every key, so that others may use the same Redis.
const PREFIX: &str = "llmployable:answer:1:";
/// Time for one command.
const PATIENCE: Duration = Duration::from_millis(250);
/// Time to connect.
const CONNECTING: Duration = Duration::from_millis(500);
/// How long it is left alone after a failure.
const REST: Duration = Duration::from_secs(5);

/// Why Redis cannot be used at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DistantError {
    /// The address is none.
    #[error("redis_url cannot be read; it must be like redis://host:6379/0")]
    Address,
}

/// Answers in Redis, sealed like all that is personal.
pub struct Distant {
    connection: ConnectionManager,
    vault: Vault,
    clock: Arc<dyn Clock>,
    /// Until when it is left alone, in milliseconds since 1970.
    rests_until: AtomicI64,
}

impl fmt::Debug for Distant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Distant")
    }
}

impl Distant {
    /// The Redis at that address. Nothing is connected until it is used, so that the program starts
    /// without it.
    ///
    /// # Errors
    /// When the address cannot be read.
    pub fn open(
        url: &SecretString,
        vault: Vault,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, DistantError> {
        let client = redis::Client::open(url.expose_secret()).map_err(|_| DistantError::Address)?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(CONNECTING))
            .set_response_timeout(Some(PATIENCE))
            .set_number_of_retries(1);
        let connection = ConnectionManager::new_lazy_with_config(client, config)
            .map_err(|_| DistantError::Address)?;
        Ok(Self {
            connection,
            vault,
            clock,
            rests_until: AtomicI64::new(i64::MIN),
        })
    }

    pub(super) async fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let mut connection = self.connection.clone();
        let asked = async move { connection.get(name(key)).await };
        let found: Option<Vec<u8>> = self.ask(asked).await?;
        let sealed = Sealed::of_bytes(found?);
        match self.vault.open(place(key), &sealed) {
            Ok(answer) => Some(answer),
            Err(error) => {
                tracing::warn!(%error, "an answer in Redis cannot be opened");
                None
            }
        }
    }

    pub(super) async fn put(&self, key: &Key, answer: &[u8], kept: Duration) {
        let sealed = match self.vault.seal(place(key), answer) {
            Ok(sealed) => sealed,
            Err(error) => {
                tracing::warn!(%error, "an answer cannot be sealed for Redis");
                return;
            }
        };
        let mut connection = self.connection.clone();
        let put = async move {
            connection
                .set_ex::<_, _, ()>(name(key), sealed.as_bytes(), kept.as_secs())
                .await
        };
        self.ask(put).await;
    }

    /// Waits for a command, not for long. `None` when Redis is away or says no.
    async fn ask<T>(&self, command: impl Future<Output = RedisResult<T>>) -> Option<T> {
        let now = self.clock.now().timestamp_millis();
        if now < self.rests_until.load(Ordering::Relaxed) {
            return None;
        }
        let outcome = tokio::time::timeout(CONNECTING + PATIENCE, command).await;
        let (what, away) = match outcome {
            Ok(Ok(value)) => return Some(value),
            // Its text may hold the address with the password: only the kind is told.
            Ok(Err(error)) => (
                error.category().to_owned(),
                !matches!(error.kind(), redis::ErrorKind::Server(_)),
            ),
            Err(_) => ("no answer in time".to_owned(), true),
        };
        tracing::warn!(what, "Redis is not used for a moment");
        metrics::counter!("llmployable_redis_failures_total").increment(1);
        if away {
            let rest = i64::try_from(REST.as_millis()).unwrap_or(i64::MAX);
            self.rests_until
                .store(now.saturating_add(rest), Ordering::Relaxed);
        }
        None
    }
}

fn name(key: &Key) -> String {
    format!("{PREFIX}{}", key.as_str())
}

/// Sealed to its own key: an answer copied to another key does not open there.
fn place(key: &Key) -> Place {
    let mut row = [0; 16];
    for (byte, letter) in row.iter_mut().zip(key.as_str().bytes()) {
        *byte = letter;
    }
    Place {
        column: "redis.answer",
        row: Uuid::from_bytes(row),
    }
}
