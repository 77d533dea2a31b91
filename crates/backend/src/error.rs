//! What a use case can answer instead of a result: a code for the message, and what kind of
//! trouble it is.

use thiserror::Error;

/// A use case's answer.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a use case did not do what was asked.
#[derive(Debug, Error)]
pub enum Error {
    /// What was given cannot be used. `code` names the message, `field` the form's field.
    #[error("{code}")]
    Invalid {
        /// The message's key.
        code: &'static str,
        /// The form's field it stands at.
        field: Option<&'static str>,
    },
    /// Somebody else is not ready: what was given may well be right.
    #[error("{code}")]
    Elsewhere {
        /// The message's key.
        code: &'static str,
        /// When to come back (RFC 3339), where that is known.
        until: Option<String>,
        /// The form's field it stands at.
        field: Option<&'static str>,
    },
    /// There is no such thing, or it is somebody else's.
    #[error("not found")]
    NotFound,
    /// It is not in a state that allows this.
    #[error("conflict")]
    Conflict,
    /// Something needed is away for the moment.
    #[error("unavailable: {0}")]
    Unavailable(&'static str),
    /// A fault of ours. The text is for the log and holds nothing a person gave.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// The message's key, with when to come back behind a colon where that is known.
    pub fn told(&self) -> String {
        match self {
            Self::Elsewhere {
                code,
                until: Some(until),
                ..
            } => format!("{code}:{until}"),
            other => other.code().to_owned(),
        }
    }

    /// The message's key.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid { code, .. } | Self::Elsewhere { code, .. } => code,
            Self::NotFound => "not_found",
            Self::Conflict => "conflict",
            Self::Unavailable(_) => "unavailable",
            Self::Internal(_) => "internal",
        }
    }

    /// The form's field it stands at.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Invalid { field, .. } | Self::Elsewhere { field, .. } => *field,
            _ => None,
        }
    }

    /// The status an HTTP answer carries (RFC 9110).
    pub fn status(&self) -> u16 {
        match self {
            Self::Invalid { .. } => 422,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::Unavailable(_) => 503,
            Self::Elsewhere { .. } => 502,
            Self::Internal(_) => 500,
        }
    }

    /// Writes what the log should know. Called once, where the error meets the outside.
    pub fn log(&self) {
        match self {
            Self::Invalid { .. } | Self::Elsewhere { .. } | Self::NotFound | Self::Conflict => {
                tracing::debug!(code = self.code(), "refused");
            }
            Self::Unavailable(what) => tracing::warn!(what, "unavailable"),
            Self::Internal(what) => tracing::error!(what, "internal error"),
        }
    }
}

impl From<career::Denied> for Error {
    fn from(_: career::Denied) -> Self {
        Self::NotFound
    }
}

impl From<crate::db::DbError> for Error {
    fn from(error: crate::db::DbError) -> Self {
        match error {
            crate::db::DbError::Away => Self::Unavailable("database"),
            other => Self::Internal(other.to_string()),
        }
    }
}

impl From<crate::vault::VaultError> for Error {
    fn from(error: crate::vault::VaultError) -> Self {
        Self::Internal(error.to_string())
    }
}
