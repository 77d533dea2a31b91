//! Why a model gave no answer, whether asking again can help, and whether it lies at its server. No
//! text here holds a key, a prompt or an answer.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why an answer was withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::Display)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Blocked {
    /// Its filters for harm.
    Safety,
    /// It would have repeated what it was trained on.
    Recitation,
    /// Its lists of what is forbidden.
    Prohibited,
    /// It would have given away personal data.
    PersonalData,
    /// A language it does not write.
    Language,
    /// The model itself says that it will not.
    Refusal,
    /// It does not say why.
    Other,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ModelError {
    /// No model is configured.
    #[error("no model is configured")]
    NotConfigured,
    /// The schema of the question is none.
    #[error("the schema of this question is not a JSON schema")]
    BadSchema,
    /// The key is wrong, revoked, or may not use this.
    #[error("the model's provider refuses the key")]
    KeyRefused,
    /// What was paid for, or is free in a day, is used up.
    #[error("the quota at the model's provider is used up")]
    OutOfQuota,
    /// There is no such model at that address.
    #[error("the provider does not know this model")]
    ModelUnknown,
    /// Too many requests at the moment.
    #[error("the model's provider asks for a pause")]
    RateLimited {
        /// How long, where it says so.
        retry_after: Option<Duration>,
    },
    /// The server is overloaded or broken.
    #[error("the model's server cannot answer now (status {status})")]
    Unavailable {
        /// What it answered; 0 inside a stream.
        status: u16,
        /// How long it wants to be left alone, where it says so.
        retry_after: Option<Duration>,
    },
    /// The server failed too often of late and is left alone for a while; nothing was sent.
    #[error("the model's server failed too often and is left alone for a while")]
    Resting {
        /// For how long.
        retry_after: Duration,
    },
    /// No connection.
    #[error("the model's server could not be reached")]
    Offline,
    /// It took too long.
    #[error("the model took too long")]
    TimedOut,
    /// The connection ended in the middle of the answer.
    #[error("the model's answer broke off")]
    CutOff,
    /// The answer was withheld.
    #[error("the model gave no answer ({reason})")]
    Blocked {
        /// Why.
        reason: Blocked,
    },
    /// The answer reached its limit of tokens before it was complete.
    #[error("the model's answer reached its limit before it was complete")]
    Truncated,
    /// The answer holds nothing.
    #[error("the model's answer is empty")]
    Empty,
    /// The answer is not JSON, not even after the repair.
    #[error("the model's answer is not JSON")]
    NotJson,
    /// The answer does not follow its schema, not even after the repair.
    #[error("the model's answer does not follow the schema, at {rule}")]
    WrongSchema {
        /// The rule it breaks, as a place in the schema: nothing of the answer.
        rule: String,
    },
    /// The question is too long for the model.
    #[error("the question is too long for this model")]
    TooLong,
    /// The answer is larger than is taken.
    #[error("the model's server answered with too much")]
    TooLarge,
    /// What came is not what such a server answers.
    #[error("the model's server answered with something unexpected")]
    Garbled,
    /// The server sends elsewhere, where no key is taken.
    #[error("the model's server sends to another address; that is not followed")]
    Redirected,
    /// The server refuses for another reason.
    #[error("the model's server refuses the request (status {status})")]
    Refused {
        /// What it answered.
        status: u16,
    },
}

impl ModelError {
    /// The message's key, and the outcome in the ledger.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotConfigured => "model_not_configured",
            Self::BadSchema => "model_bad_schema",
            Self::KeyRefused => "model_key_refused",
            Self::OutOfQuota => "model_out_of_quota",
            Self::ModelUnknown => "model_unknown",
            Self::RateLimited { .. } => "model_rate_limited",
            Self::Unavailable { .. } => "model_unavailable",
            Self::Resting { .. } => "model_resting",
            Self::Offline => "model_offline",
            Self::TimedOut => "model_timed_out",
            Self::CutOff => "model_cut_off",
            Self::Blocked { .. } => "model_blocked",
            Self::Truncated => "model_truncated",
            Self::Empty => "model_empty",
            Self::NotJson => "model_not_json",
            Self::WrongSchema { .. } => "model_wrong_schema",
            Self::TooLong => "model_too_long",
            Self::TooLarge => "model_too_large",
            Self::Garbled => "model_garbled",
            Self::Redirected => "model_redirected",
            Self::Refused { .. } => "model_refused",
        }
    }

    /// Whether the same question may be answered later, without anybody changing anything.
    pub fn can_be_retried(&self) -> bool {
        match self {
            Self::RateLimited { .. }
            | Self::Unavailable { .. }
            | Self::Resting { .. }
            | Self::Offline
            | Self::TimedOut
            | Self::CutOff
            | Self::Empty
            | Self::NotJson
            | Self::WrongSchema { .. }
            | Self::Garbled => true,
            Self::NotConfigured
            | Self::BadSchema
            | Self::KeyRefused
            | Self::OutOfQuota
            | Self::ModelUnknown
            | Self::Blocked { .. }
            | Self::Truncated
            | Self::TooLong
            | Self::TooLarge
            | Self::Redirected
            | Self::Refused { .. } => false,
        }
    }

    /// How long to wait before that, where the other side says so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after } | Self::Unavailable { retry_after, .. } => {
                *retry_after
            }
            Self::Resting { retry_after } => Some(*retry_after),
            _ => None,
        }
    }

    /// Whether one more call of the same question, in a moment, is worth its cost.
    pub(super) fn worth_a_call(&self) -> bool {
        matches!(
            self,
            Self::RateLimited { .. } | Self::Unavailable { .. } | Self::Offline | Self::CutOff
        )
    }

    /// Whether it lies at the server and not at what was asked or by whom.
    pub(super) fn is_the_servers(&self) -> bool {
        matches!(
            self,
            Self::Unavailable { .. } | Self::Offline | Self::CutOff | Self::TimedOut
        )
    }
}
