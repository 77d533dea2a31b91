//! What a question is likely to cost, before it is asked.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Desk, Question};
use crate::db::DbError;
use crate::db::ledger::{self, Purse};
use crate::ports::models::{Money, Usage};

/// Bytes of a token: models' tokens are 3 to 4 letters of English; fewer make the estimate safe.
const TOKEN_BYTES: u64 = 3;
/// What a run is taken for when the person has had none: measured on the sample (some thirty lines
/// and a posting of average length), rounded up.
const USUAL_RUN: Usage = Usage {
    input: 9_000,
    output: 3_000,
    cached: 0,
    thoughts: 0,
};

/// What a run will cost, and what is left for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// The model.
    pub model: String,
    /// Where it is: host and port.
    pub host: String,
    /// What a run is likely to cost; none where the model has no price.
    pub likely: Option<Money>,
    /// Whether that is what the person's own runs cost, rather than a guess.
    pub from_own_runs: bool,
    /// What is left of today's budget, the smaller of the person's and the instance's where its key
    /// pays; none without limits.
    pub left_today: Option<Money>,
    /// Whether the person's own key pays.
    pub own_key: bool,
}

/// What a question is likely to use: everything it says, and an answer as long as its material.
pub(super) fn of_question(question: &Question) -> Usage {
    let tokens = |bytes: usize| (bytes as u64).div_ceil(TOKEN_BYTES);
    let system = tokens(question.system.len() + question.schema.to_string().len());
    let user = tokens(question.user.len());
    Usage {
        input: system + user,
        output: user / 2 + 200,
        cached: 0,
        thoughts: 0,
    }
}

impl Desk {
    /// What a run of that person is likely to cost; `None` where no model is asked.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn estimate(&self, owner: Uuid) -> Result<Option<Estimate>, DbError> {
        let inner = &self.inner;
        let (Some(settings), Some(pool)) = (inner.model.settings(), &inner.books) else {
            return Ok(None);
        };
        let own = ledger::usual_cost(pool, owner, &settings.name).await?;
        let day = inner.clock.now().date_naive();
        let (person, instance) = ledger::claimed(pool, day, owner).await?;
        let left = |limit: Option<Money>, spent: Money| {
            limit.map(|limit| Money {
                micro_dollars: limit.micro_dollars.saturating_sub(spent.micro_dollars),
            })
        };
        let budget = inner.budget;
        let own_key = inner.purse() == Purse::Own;
        let instances = left(budget.instance, instance).filter(|_| !own_key);
        let left = [left(budget.person, person), instances];
        Ok(Some(Estimate {
            model: settings.name.clone(),
            host: inner.model.host().to_owned(),
            likely: own.or_else(|| settings.cost(None, USUAL_RUN)),
            from_own_runs: own.is_some(),
            left_today: left.into_iter().flatten().min(),
            own_key,
        }))
    }
}
