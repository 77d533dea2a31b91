//! One call as the ledger keeps it: what left this machine, where to, for what, at what cost.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::prices::Money;
use super::request::{Purpose, Usage};
use super::settings::Provider;

/// A call that was made, or one that a cache made unnecessary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// When it went out.
    pub at: DateTime<Utc>,
    /// Where to: host and port.
    pub host: String,
    /// What for.
    pub purpose: Purpose,
    /// Whose interface.
    pub provider: Provider,
    /// Which model, as it names itself, else as it was asked for.
    pub model: String,
    /// Bytes of the body sent.
    pub bytes_out: u64,
    /// Bytes of the body received.
    pub bytes_in: u64,
    /// What went out, by name.
    pub fields: Vec<String>,
    /// Tokens, where the provider told them.
    pub usage: Option<Usage>,
    /// What it cost, where price and tokens are known.
    pub cost: Option<Money>,
    /// From the first byte out to the last one in.
    pub latency: Duration,
    /// Whether it was answered from a cache and nothing was sent.
    pub cached: bool,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// An answer that is taken.
    Answered,
    /// None, or one that is not: the error's code.
    Failed(String),
}
