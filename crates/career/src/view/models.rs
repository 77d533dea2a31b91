//! What models were asked, as pages show it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The egress ledger of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerView {
    /// The model that is asked now; none where there is none.
    pub model: Option<String>,
    /// Where it is: host and port.
    pub host: String,
    /// What today (UTC) came to.
    pub today: SpentView,
    /// What the last thirty days came to.
    pub month: SpentView,
    /// What is left of today's budget, in millionths of a dollar; none without limits.
    pub left_micro: Option<i64>,
    /// The day of the list of prices, `2025-11-20`.
    pub prices_of: String,
    /// The calls, the newest first.
    pub calls: Vec<CallView>,
    /// Whether there are more than are shown.
    pub more: bool,
    /// The person's own key.
    pub own: OwnKeyView,
}

/// A person's own key of a model provider, and what can be done about it. The key itself is shown to
/// nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnKeyView {
    /// Whether this instance takes keys.
    pub allowed: bool,
    /// The key that is kept.
    pub kept: Option<KeptKeyView>,
    /// Where keys may be for: the provider's name and the model that is asked when none is named.
    pub providers: Vec<(String, String)>,
}

/// What is shown of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptKeyView {
    /// Where it is for.
    pub provider: String,
    /// The model that is asked with it.
    pub model: String,
    /// Its last four characters.
    pub last_four: String,
    /// Since when it is kept, RFC 3339 UTC.
    pub since: String,
    /// When the provider refused it last.
    pub refused: Option<String>,
    /// Whether it cannot be opened any more.
    pub lost: bool,
}

/// A key as it is typed. It goes one way, and shows in no log.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TypedKey(pub String);

impl std::fmt::Debug for TypedKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("TypedKey([REDACTED])")
    }
}

/// What a stretch of time came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpentView {
    /// Calls that left this machine.
    pub calls: i64,
    /// Times that kept answers were used instead.
    pub kept: i64,
    /// Millionths of a dollar spent, as far as known.
    pub cost_micro: i64,
    /// Millionths of a dollar that kept answers saved.
    pub saved_micro: i64,
    /// Calls whose cost is not known.
    pub unpriced: i64,
}

/// One call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallView {
    /// When, RFC 3339 UTC.
    pub at: String,
    /// The run it was for.
    pub run: Option<Uuid>,
    /// Host and port it went to.
    pub host: String,
    /// The model.
    pub model: String,
    /// What for: `analyze`, `rewrite`, `mend`, `summary`, `repair`.
    pub purpose: String,
    /// What went out, by name.
    pub fields: Vec<String>,
    /// Bytes sent.
    pub bytes_out: i64,
    /// Bytes received.
    pub bytes_in: i64,
    /// Tokens read and written.
    pub tokens: Option<(i64, i64)>,
    /// Millionths of a dollar.
    pub cost_micro: Option<i64>,
    /// Millionths of a dollar that a kept answer saved.
    pub saved_micro: i64,
    /// Milliseconds.
    pub latency_ms: i64,
    /// Whether a kept answer was used and nothing left.
    pub kept: bool,
    /// `answered`, or the code of what went wrong.
    pub outcome: String,
    /// Whether the person's own key was used.
    pub own_key: bool,
}

/// What a run is likely to cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EstimateView {
    /// The model that will be asked.
    pub model: String,
    /// Where it is: host and port.
    pub host: String,
    /// Millionths of a dollar; none where the model has no price.
    pub likely_micro: Option<i64>,
    /// Whether that is what the person's own runs cost.
    pub from_own_runs: bool,
    /// What is left of today's budget; none without limits.
    pub left_micro: Option<i64>,
    /// Whether the person's own key is asked with.
    pub own_key: bool,
}
