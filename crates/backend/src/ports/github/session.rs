//! One reading of one account: what is known is not asked again, limits are kept, and what cannot be
//! had now is taken from before or left out.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use futures::future::join_all;
use intake::github::{Account, Part};
use serde_json::Value;
use tokio::time::Instant;

use super::Limits;
use super::answers::{Answers, Kept};
use super::client::{Client, Left, Question, Refusal, Reply, Said};
use super::error::GitHubError;
use crate::ports::clock::Clock;

/// Requests that are left for other things: without a token there are only 60 an hour.
const RESERVE: u64 = 4;
/// Above so many, none has to be saved.
const PLENTY: u64 = 500;
/// A pause GitHub asks for is kept at once when it is no longer, once in a reading.
const SHORT_PAUSE: i64 = 5;
/// Failures in a row after which GitHub counts as away.
const MAX_FAILURES: u32 = 3;
/// Requests at once.
const AT_ONCE: usize = 4;

/// How much a request matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Without it there is nothing.
    Must,
    /// It can be left out.
    May,
}

/// What limits count together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Resource {
    Core,
    Search,
    Graph,
}

#[derive(Debug, Default)]
struct State {
    left: [Option<Left>; 3],
    stopped: [Option<GitHubError>; 3],
    failures: u32,
    paused: bool,
    stale_since: Option<DateTime<Utc>>,
    left_out: BTreeSet<Part>,
    wait_until: Option<String>,
}

/// A reading under way.
#[derive(Debug)]
pub(super) struct Session<'a> {
    client: &'a Client,
    answers: &'a dyn Answers,
    clock: &'a dyn Clock,
    limits: Limits,
    age: Duration,
    deadline: Instant,
    state: Mutex<State>,
}

impl<'a> Session<'a> {
    /// Answers younger than `age` are not asked for again.
    pub(super) fn new(
        client: &'a Client,
        answers: &'a dyn Answers,
        clock: &'a dyn Clock,
        limits: Limits,
        age: Duration,
    ) -> Self {
        Self {
            client,
            answers,
            clock,
            limits,
            age,
            deadline: Instant::now() + limits.whole,
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to a path of the REST interface.
    pub(super) async fn rest(&self, path: &str, need: Need) -> Result<(Value, bool), GitHubError> {
        let resource = if path.starts_with("/search/") {
            Resource::Search
        } else {
            Resource::Core
        };
        let kept = self.answer(Question::Rest(path), resource, need).await?;
        let more = kept.more;
        kept.body
            .map(|body| (body, more))
            .ok_or(GitHubError::NotFound)
    }

    /// The data of an answer of the GraphQL interface.
    pub(super) async fn graph(&self, question: &Value, need: Need) -> Result<Value, GitHubError> {
        let kept = self
            .answer(Question::Graph(question), Resource::Graph, need)
            .await?;
        kept.body.ok_or(GitHubError::Garbled)
    }

    /// Several paths, a few at once, in their order.
    pub(super) async fn several(&self, paths: &[String]) -> Vec<Result<Value, GitHubError>> {
        let mut answers = Vec::with_capacity(paths.len());
        for some in paths.chunks(AT_ONCE) {
            let asked = some.iter().map(|path| self.rest(path, Need::May));
            let got = join_all(asked).await.into_iter();
            answers.extend(got.map(|got| got.map(|(body, _)| body)));
        }
        answers
    }

    /// What could not be had is left out and noted; what does not exist is simply not there.
    pub(super) fn or_leave_out<T>(&self, part: Part, got: Result<T, GitHubError>) -> Option<T> {
        match got {
            Ok(got) => Some(got),
            Err(GitHubError::NotFound | GitHubError::Forbidden) => None,
            Err(error) => {
                self.leave_out(part, error.until());
                None
            }
        }
    }

    /// Notes that something was not read, and until when it cannot be.
    pub(super) fn leave_out(&self, part: Part, until: Option<String>) {
        let mut state = self.state();
        state.left_out.insert(part);
        state.wait_until = state.wait_until.take().max(until);
    }

    /// Whether requests need not be saved.
    pub(super) fn has_plenty(&self) -> bool {
        let left = self.state().left[Resource::Core as usize];
        left.is_none_or(|left| left.requests > PLENTY)
    }

    /// Writes into the account how it was read.
    pub(super) fn note_into(self, account: &mut Account) {
        let state = self
            .state
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        account.left_out.extend(state.left_out);
        account.wait_until = state.wait_until;
        account.stale_since = state
            .stale_since
            .map(|since| since.to_rfc3339_opts(SecondsFormat::Secs, true));
    }

    async fn answer(
        &self,
        question: Question<'_>,
        resource: Resource,
        need: Need,
    ) -> Result<Kept, GitHubError> {
        let key = self.client.key(question);
        let known = self.answers.get(&key).await;
        if let Some(known) = known.as_ref().filter(|known| self.is_fresh(known)) {
            return Ok(known.clone());
        }
        let asked = match self.may_ask(resource, need) {
            Ok(()) => self.ask(question, resource, known.as_ref()).await,
            Err(error) => Err(error),
        };
        match (asked, known) {
            (Ok(kept), _) => {
                self.answers.put(&key, &kept).await;
                Ok(kept)
            }
            (Err(error), Some(known)) if error.may_be_stale() => {
                let mut state = self.state();
                let since = state
                    .stale_since
                    .map_or(known.read_at, |since| since.min(known.read_at));
                state.stale_since = Some(since);
                Ok(known)
            }
            (Err(error), _) => Err(error),
        }
    }

    fn is_fresh(&self, known: &Kept) -> bool {
        let old = self.clock.now() - known.read_at;
        old.to_std().is_ok_and(|old| old < self.age)
    }

    /// Whether another request makes sense.
    fn may_ask(&self, resource: Resource, need: Need) -> Result<(), GitHubError> {
        let state = self.state();
        if let Some(error) = state.stopped[resource as usize] {
            return Err(error);
        }
        if need == Need::Must {
            return Ok(());
        }
        if Instant::now() >= self.deadline {
            return Err(GitHubError::Slow);
        }
        let saved = resource == Resource::Core;
        match state.left[resource as usize] {
            Some(left) if saved && left.requests <= RESERVE => {
                Err(GitHubError::RateLimited { until: left.reset })
            }
            _ => Ok(()),
        }
    }

    async fn ask(
        &self,
        question: Question<'_>,
        resource: Resource,
        known: Option<&Kept>,
    ) -> Result<Kept, GitHubError> {
        let etag = known.and_then(|known| known.etag.as_deref());
        loop {
            let now = self.clock.now();
            let asked = self
                .client
                .ask(question, etag, self.limits.request, now)
                .await;
            let asked = asked.and_then(|reply| match reply.said {
                // Unchanged since when? We know of nothing.
                Said::Unchanged if known.is_none() => Err(GitHubError::Garbled.into()),
                _ => without_errors(reply, now),
            });
            match asked {
                Ok(reply) => {
                    let mut state = self.state();
                    state.failures = 0;
                    state.left[resource as usize] = reply.left.or(state.left[resource as usize]);
                    return Ok(kept(reply, known, now));
                }
                Err(refusal) => match self.pause(refusal) {
                    Some(pause) => tokio::time::sleep(pause).await,
                    None => return Err(self.refused(resource, refusal)),
                },
            }
        }
    }

    /// The pause to make before asking once more.
    fn pause(&self, refusal: Refusal) -> Option<Duration> {
        let GitHubError::RateLimited { until } = refusal.error else {
            return None;
        };
        let seconds = until? - self.clock.now().timestamp();
        let mut state = self.state();
        let short = seconds <= SHORT_PAUSE && !state.paused;
        state.paused = true;
        let seconds = u64::try_from(seconds.max(0)).ok()?;
        short.then_some(Duration::from_secs(seconds))
    }

    fn refused(&self, resource: Resource, refusal: Refusal) -> GitHubError {
        let mut state = self.state();
        let error = refusal.error;
        let away = match error {
            GitHubError::Slow => true,
            GitHubError::Offline | GitHubError::Garbled => {
                state.failures += 1;
                state.failures >= MAX_FAILURES
            }
            _ => false,
        };
        if away || refusal.everything {
            state.stopped = [Some(error); 3];
        } else if matches!(error, GitHubError::RateLimited { .. }) {
            state.stopped[resource as usize] = Some(error);
        }
        error
    }
}

/// What is kept of an answer; one that did not change is as good as new.
fn kept(reply: Reply, known: Option<&Kept>, now: DateTime<Utc>) -> Kept {
    let body = match reply.said {
        Said::Something(body) => Some(body),
        Said::Nothing => None,
        Said::Unchanged => {
            return Kept {
                read_at: now,
                etag: reply
                    .etag
                    .or_else(|| known.and_then(|known| known.etag.clone())),
                more: known.is_some_and(|known| known.more),
                body: known.and_then(|known| known.body.clone()),
            };
        }
    };
    Kept {
        read_at: now,
        etag: reply.etag,
        more: reply.more,
        body,
    }
}

/// GraphQL tells its errors inside an answer that is well. What it could give it gives beside them;
/// only what is of no use at all is a refusal.
fn without_errors(reply: Reply, now: DateTime<Utc>) -> Result<Reply, Refusal> {
    let Said::Something(body) = &reply.said else {
        return Ok(reply);
    };
    let Some(errors) = body.get("errors").and_then(Value::as_array) else {
        return Ok(reply);
    };
    let of_type = |name: &str| errors.iter().any(|error| error["type"] == *name);
    if of_type("RATE_LIMITED") || of_type("RATE_LIMIT") {
        let reset = reply.left.and_then(|left| left.reset);
        return Err(Refusal {
            error: GitHubError::RateLimited {
                until: reset.or(Some(now.timestamp() + 60)),
            },
            everything: false,
        });
    }
    let data = body.get("data").filter(|data| !data.is_null());
    if data.is_none() {
        let missing = of_type("NOT_FOUND");
        let error = if missing {
            GitHubError::NotFound
        } else {
            GitHubError::Garbled
        };
        return Err(error.into());
    }
    Ok(reply)
}
