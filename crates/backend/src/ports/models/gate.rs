//! How many calls one key makes at once and within a minute; the rest wait for their turn.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Providers count so.
const MINUTE: Duration = Duration::from_mins(1);

/// The gate of one key. Own code because it must go by the injected clock, which no limiter
/// crate at hand does without a clock type of its own.
#[derive(Debug)]
pub(super) struct Gate {
    at_once: Arc<Semaphore>,
    a_minute: usize,
    /// When the calls of the last minute began.
    begun: Mutex<VecDeque<DateTime<Utc>>>,
}

impl Gate {
    pub(super) fn new(at_once: u32, a_minute: u32) -> Self {
        Self {
            at_once: Arc::new(Semaphore::new(at_once.max(1) as usize)),
            a_minute: a_minute.max(1) as usize,
            begun: Mutex::default(),
        }
    }

    /// Waits until fewer calls are under way. `None` never happens: nobody closes the semaphore.
    pub(super) async fn enter(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.at_once).acquire_owned().await.ok()
    }

    /// Begins a call, or says how long to wait before asking again.
    pub(super) fn begin(&self, now: DateTime<Utc>) -> Result<(), Duration> {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(first) = begun.front() {
            // A time to come is a clock that was set back: it must not hold up anybody.
            if *first <= now && *first + MINUTE > now {
                break;
            }
            begun.pop_front();
        }
        match begun.front() {
            Some(first) if begun.len() >= self.a_minute => {
                let wait = (*first + MINUTE - now).to_std().unwrap_or_default();
                Err(wait.max(Duration::from_millis(1)))
            }
            _ => {
                begun.push_back(now);
                Ok(())
            }
        }
    }

    /// Whether nothing of it need be remembered.
    pub(super) fn is_idle(&self, now: DateTime<Utc>) -> bool {
        let begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        begun.back().is_none_or(|last| *last + MINUTE <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_minute_sees_more_calls_than_allowed() {
        let gate = Gate::new(1, 2);
        let at = |second: i64| DateTime::from_timestamp(1_000_000 + second, 0).unwrap();
        assert_eq!(gate.begin(at(0)), Ok(()));
        assert_eq!(gate.begin(at(20)), Ok(()));
        assert_eq!(gate.begin(at(30)), Err(Duration::from_secs(30)));
        assert_eq!(gate.begin(at(60)), Ok(()));
        assert_eq!(gate.begin(at(61)), Err(Duration::from_secs(19)));
        assert!(!gate.is_idle(at(100)) && gate.is_idle(at(120)));
        assert_eq!(gate.begin(at(0)), Ok(()), "a clock that was set back");
    }
}
