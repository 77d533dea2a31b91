//! GitHub as a source of evidence: an account, its own repositories, and the person's work in those of
//! others. With a token the GraphQL interface is asked, without one the REST interface; both give the
//! same record.

mod answers;
mod client;
mod error;
mod graphql;
mod rest;
mod search;
mod session;

use std::sync::Arc;
use std::time::Duration;

use intake::github::Account;
use secrecy::SecretString;

pub use answers::{Answers, InMemory, Kept};
pub use error::GitHubError;

use super::clock::{Clock, SystemClock};
use client::Client;
use session::Session;

/// Own repositories that are read at most.
const MAX_REPOSITORIES: usize = 500;
/// Pieces of work of one kind that are read at most.
const MAX_CONTRIBUTIONS: usize = 400;
/// Bytes of a README that are kept: what it is stands at its beginning.
const MAX_README_BYTES: usize = 6_000;

/// How old an answer may be in a run.
pub const FRESH: Duration = Duration::from_hours(1);
/// How old it may be when somebody asks for news: pressed twice, the button asks once.
pub const NEWS: Duration = Duration::from_mins(1);

/// How long things may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// One request.
    pub request: Duration,
    /// From the first to the last request that is begun.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            request: Duration::from_secs(8),
            whole: Duration::from_secs(16),
        }
    }
}

/// Whether a name can be a GitHub user's: letters, digits and single hyphens, not at an end, 39 at
/// most.
pub fn is_user_name(name: &str) -> bool {
    (1..=39).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
        && !name.contains("--")
}

/// The port.
#[derive(Debug)]
pub struct GitHub {
    client: Client,
    clock: Arc<dyn Clock>,
    limits: Limits,
}

impl GitHub {
    /// A client of the API at that address.
    ///
    /// # Errors
    /// When the HTTP client cannot be made (no TLS provider).
    pub fn new(api: &str, token: Option<SecretString>) -> Result<Self, reqwest::Error> {
        Ok(Self {
            client: Client::new(api, token)?,
            clock: Arc::new(SystemClock),
            limits: Limits::default(),
        })
    }

    /// The same with another clock.
    #[must_use]
    pub fn with_clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }

    /// The same with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Reads an account. Answers that are kept and younger than `age` are taken as they are; what
    /// GitHub does not give now is taken from older ones, or left out. The record says so.
    ///
    /// # Errors
    /// One of [`GitHubError`] when not even the account and its repositories could be read.
    pub async fn account(
        &self,
        name: &str,
        answers: &dyn Answers,
        age: Duration,
    ) -> Result<Account, GitHubError> {
        if !is_user_name(name) {
            return Err(GitHubError::Name);
        }
        let session = Session::new(&self.client, answers, &*self.clock, self.limits, age);
        let mut account = if self.client.has_token() {
            match graphql::read(&session, name).await {
                // No person of that name (an organization, perhaps), or an older GitHub Enterprise
                // that does not know all that is asked for.
                Err(GitHubError::NotFound | GitHubError::Garbled) => {
                    rest::read(&session, name).await
                }
                read => read,
            }
        } else {
            rest::read(&session, name).await
        }?;
        session.note_into(&mut account);
        account.repositories.sort_by(|one, other| {
            let stars = other.stargazers_count.cmp(&one.stargazers_count);
            stars.then_with(|| one.name.cmp(&other.name))
        });
        Ok(account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_names_follow_github_s_own_rule() {
        for name in ["a", "octo-cat", "A1", &"x".repeat(39)] {
            assert!(is_user_name(name), "{name}");
        }
        for name in ["", "-a", "a-", "a--b", "a_b", "a/b", "é", &"x".repeat(40)] {
            assert!(!is_user_name(name), "{name}");
        }
    }
}
