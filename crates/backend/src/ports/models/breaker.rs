//! Leaves a server alone after it failed several times in a row, then lets one call try it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Calls go through; so many failed since the last that did not.
    Closed(u32),
    /// None goes through until then.
    Open(DateTime<Utc>),
    /// One is trying.
    HalfOpen,
}

/// The breaker of one server.
#[derive(Debug)]
pub(super) struct Breaker {
    state: Mutex<State>,
    failures: u32,
    pause: Duration,
}

/// The right to make one call. Dropped without a verdict it changes nothing, except that the next
/// one may try in its place.
#[derive(Debug)]
pub(super) struct Pass {
    breaker: Arc<Breaker>,
    /// Since when the server is tried, when this is the call that tries.
    trying: Option<DateTime<Utc>>,
}

impl Breaker {
    pub(super) fn new(failures: u32, pause: Duration) -> Self {
        Self {
            state: Mutex::new(State::Closed(0)),
            failures: failures.max(1),
            pause,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a call through, or says for how long none will be.
    pub(super) fn admit(self: &Arc<Self>, now: DateTime<Utc>) -> Result<Pass, Duration> {
        let mut state = self.state();
        let trying = match *state {
            State::Closed(_) => None,
            State::Open(until) if now >= until => {
                *state = State::HalfOpen;
                Some(now)
            }
            State::Open(until) => {
                let left = (until - now).to_std().unwrap_or_default();
                // A clock that was set back must not close the door for longer than meant.
                return Err(left.min(self.pause));
            }
            // The trial is over in a moment; when, nobody knows.
            State::HalfOpen => return Err(Duration::from_secs(1).min(self.pause)),
        };
        Ok(Pass {
            breaker: Arc::clone(self),
            trying,
        })
    }
}

impl Pass {
    /// What came of the call: whether the server did its part.
    pub(super) fn settle(mut self, served: bool, now: DateTime<Utc>) {
        let trial = self.trying.take().is_some();
        let mut state = self.breaker.state();
        *state = match (*state, served) {
            (State::Closed(_), true) => State::Closed(0),
            (State::Closed(before), false) if before + 1 < self.breaker.failures => {
                State::Closed(before + 1)
            }
            (State::Closed(_), false) => State::Open(now + self.breaker.pause),
            (State::HalfOpen, true) if trial => State::Closed(0),
            (State::HalfOpen, false) if trial => State::Open(now + self.breaker.pause),
            // A call that began before the door was shut says nothing new.
            (other, _) => other,
        };
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        if let Some(since) = self.trying {
            *self.breaker.state() = State::Open(since);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_000_000 + second, 0).unwrap()
    }

    fn broken() -> Arc<Breaker> {
        let breaker = Arc::new(Breaker::new(2, Duration::from_secs(30)));
        for _ in 0..2 {
            breaker.admit(at(0)).unwrap().settle(false, at(0));
        }
        breaker
    }

    #[test]
    fn failures_in_a_row_open_it_and_a_success_between_them_does_not_count_on() {
        let breaker = Arc::new(Breaker::new(2, Duration::from_secs(30)));
        for served in [false, true, false] {
            breaker.admit(at(0)).unwrap().settle(served, at(0));
        }
        assert!(breaker.admit(at(0)).is_ok());
        assert_eq!(broken().admit(at(1)).unwrap_err(), Duration::from_secs(29));
    }

    #[test]
    fn after_the_pause_one_call_tries_and_decides() {
        let breaker = broken();
        let trial = breaker.admit(at(30)).unwrap();
        assert!(breaker.admit(at(30)).is_err());
        trial.settle(false, at(31));
        assert!(breaker.admit(at(60)).is_err());
        breaker.admit(at(61)).unwrap().settle(true, at(62));
        let _one = breaker.admit(at(62)).unwrap();
        assert!(breaker.admit(at(62)).is_ok());
    }

    #[test]
    fn a_trial_that_is_given_up_lets_the_next_one_try() {
        let breaker = broken();
        drop(breaker.admit(at(30)).unwrap());
        assert!(breaker.admit(at(30)).is_ok());
    }

    #[test]
    fn a_late_verdict_does_not_shut_or_open_the_door() {
        let breaker = Arc::new(Breaker::new(1, Duration::from_secs(30)));
        let slow = breaker.admit(at(0)).unwrap();
        let slower = breaker.admit(at(0)).unwrap();
        breaker.admit(at(0)).unwrap().settle(false, at(0));
        slow.settle(true, at(1));
        assert!(breaker.admit(at(1)).is_err());
        slower.settle(false, at(29));
        assert!(breaker.admit(at(30)).is_ok());
    }
}
