//! How many pages are fetched at once, in all and from one host: the rest wait for their turn.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Pages at once.
const AT_ONCE: usize = 32;
/// Pages of one host at once.
const OF_ONE_HOST: usize = 4;

/// Who is fetching from where.
#[derive(Debug)]
pub(super) struct Turns {
    all: Arc<Semaphore>,
    hosts: Mutex<HashMap<String, Weak<Semaphore>>>,
}

/// The right to fetch one page; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    _of_host: OwnedSemaphorePermit,
    _of_all: OwnedSemaphorePermit,
    /// Keeps the host's entry alive.
    _host: Arc<Semaphore>,
}

impl Default for Turns {
    fn default() -> Self {
        Self {
            all: Arc::new(Semaphore::new(AT_ONCE)),
            hosts: Mutex::default(),
        }
    }
}

impl Turns {
    /// Waits for a turn. `None` never happens: nobody closes the semaphores.
    pub(super) async fn take(&self, host: &str) -> Option<Turn> {
        let of_host = self.host(host);
        // The host's turn first, so that a slow host holds up nobody else's.
        Some(Turn {
            _of_host: of_host.clone().acquire_owned().await.ok()?,
            _of_all: self.all.clone().acquire_owned().await.ok()?,
            _host: of_host,
        })
    }

    fn host(&self, host: &str) -> Arc<Semaphore> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = hosts.get(host).and_then(Weak::upgrade) {
            return known;
        }
        hosts.retain(|_, waiting| waiting.strong_count() > 0);
        let fresh = Arc::new(Semaphore::new(OF_ONE_HOST));
        hosts.insert(host.to_owned(), Arc::downgrade(&fresh));
        fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_host_has_few_turns_and_others_their_own() {
        let turns = Turns::default();
        let mut taken = Vec::new();
        for _ in 0..OF_ONE_HOST {
            taken.push(turns.take("a.example").await.unwrap());
        }
        let soon = std::time::Duration::from_millis(20);
        assert!(
            tokio::time::timeout(soon, turns.take("a.example"))
                .await
                .is_err()
        );
        assert!(turns.take("b.example").await.is_some());
        taken.pop();
        assert!(turns.take("a.example").await.is_some());
        taken.clear();
        drop(turns.take("c.example").await);
        assert!(
            turns.hosts.lock().unwrap().len() <= 2,
            "hosts are forgotten"
        );
    }
}
