//! Why GitHub was not read, and when to come back.

use chrono::{DateTime, SecondsFormat};
use thiserror::Error;

/// Why an account was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, strum::EnumIter)]
pub enum GitHubError {
    /// Not a user name by GitHub's own rule.
    #[error("that is not a GitHub user name")]
    Name,
    /// Nobody has it.
    #[error("there is no such GitHub account")]
    NotFound,
    /// The token this program was given is not taken.
    #[error("GitHub refuses the token")]
    TokenRefused,
    /// It may not be seen.
    #[error("GitHub does not show this account")]
    Forbidden,
    /// The limit for requests is used up.
    #[error("GitHub's limit for requests is used up")]
    RateLimited {
        /// Until when, in seconds since 1970, where GitHub says so.
        until: Option<i64>,
    },
    /// It does not answer, or with an error of its own.
    #[error("GitHub could not be reached")]
    Offline,
    /// It takes too long.
    #[error("GitHub took too long to answer")]
    Slow,
    /// It answers with what it should not: cut off, no JSON, too much.
    #[error("GitHub's answer could not be understood")]
    Garbled,
}

impl GitHubError {
    /// The message's key.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "github_user_invalid",
            Self::NotFound => "github_not_found",
            Self::TokenRefused => "github_token_refused",
            Self::Forbidden => "github_forbidden",
            Self::RateLimited { .. } => "github_rate_limited",
            Self::Offline => "github_offline",
            Self::Slow => "github_slow",
            Self::Garbled => "github_garbled",
        }
    }

    /// The message's key, with the time to come back behind a colon where GitHub names one.
    pub fn told(self) -> String {
        match self.until() {
            Some(until) => format!("{}:{until}", self.code()),
            None => self.code().to_owned(),
        }
    }

    /// When to come back, in the form of RFC 3339.
    pub fn until(self) -> Option<String> {
        let Self::RateLimited { until } = self else {
            return None;
        };
        let at = DateTime::from_timestamp(until?, 0)?;
        Some(at.to_rfc3339_opts(SecondsFormat::Secs, true))
    }

    /// Whether it lies at GitHub and not at what was asked: an older answer is better than none.
    pub fn may_be_stale(self) -> bool {
        matches!(
            self,
            Self::RateLimited { .. } | Self::Offline | Self::Slow | Self::Garbled
        )
    }
}
