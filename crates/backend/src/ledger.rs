//! Use cases of the egress ledger: read it, know what a run will cost, forget kept answers.

use career::view::{CallView, EstimateView, LedgerView, SpentView};
use career::{Action, Object, authorize};
use chrono::{NaiveTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::db::ledger::{self, KeptCall, Spent};
use crate::db::uncancelled;
use crate::ports::models::{Money, price_date};
use crate::{Context, Result, own_key};

/// Calls shown at once.
const SHOWN: i64 = 200;
const MONTH: TimeDelta = TimeDelta::days(30);

pub(crate) fn may(context: &Context, action: Action) -> Result<Uuid> {
    let owner = context.person()?;
    let kind = "ledger";
    authorize(&context.actor, action, &Object { kind, owner })?;
    Ok(owner)
}

/// The person's calls; of one run where it is named.
///
/// # Errors
/// When the database is away.
pub async fn overview(context: &Context, run: Option<Uuid>) -> Result<LedgerView> {
    let owner = may(context, Action::Read)?;
    let services = &context.services;
    let pool = &services.pool;
    let seat = services.desks.of(owner).await?;
    let desk = &seat.desk;
    let now = Utc::now();
    let midnight = now.date_naive().and_time(NaiveTime::MIN).and_utc();
    let today = ledger::spent_since(pool, owner, midnight).await?;
    let month = ledger::spent_since(pool, owner, now - MONTH).await?;
    let mut calls = ledger::calls(pool, owner, run, SHOWN + 1).await?;
    let more = calls.len() > SHOWN as usize;
    calls.truncate(SHOWN as usize);
    let estimate = desk.estimate(owner).await?;
    Ok(LedgerView {
        model: desk.model().map(str::to_owned),
        host: desk.host().to_owned(),
        today: spent_view(today),
        month: spent_view(month),
        left_micro: estimate.and_then(|estimate| estimate.left_today).map(micro),
        prices_of: price_date().to_owned(),
        calls: calls.into_iter().map(call_view).collect(),
        more,
        own: own_key::view(context, owner, &seat).await?,
    })
}

/// What a run is likely to cost; none where no model is asked.
///
/// # Errors
/// When the database is away.
pub async fn estimate(context: &Context) -> Result<Option<EstimateView>> {
    let owner = may(context, Action::Read)?;
    let desk = context.services.desks.of(owner).await?.desk;
    let estimate = desk.estimate(owner).await?;
    Ok(estimate.map(|estimate| EstimateView {
        model: estimate.model,
        host: estimate.host,
        likely_micro: estimate.likely.map(micro),
        from_own_runs: estimate.from_own_runs,
        left_micro: estimate.left_today.map(micro),
        own_key: estimate.own_key,
    }))
}

/// Makes the person's kept answers strangers: the next run asks anew.
///
/// # Errors
/// When the database is away.
pub async fn forget(context: &Context) -> Result<()> {
    let owner = may(context, Action::Delete)?;
    let pool = context.services.pool.clone();
    uncancelled(async move { ledger::forget(&pool, Some(owner)).await }).await?;
    tracing::info!(request = context.request_id, "kept answers are forgotten");
    Ok(())
}

fn micro(money: Money) -> i64 {
    i64::try_from(money.micro_dollars).unwrap_or(i64::MAX)
}

fn spent_view(spent: Spent) -> SpentView {
    SpentView {
        calls: spent.calls,
        kept: spent.cached,
        cost_micro: micro(spent.cost),
        saved_micro: micro(spent.saved),
        unpriced: spent.unpriced,
    }
}

fn call_view(call: KeptCall) -> CallView {
    CallView {
        at: call.at.to_rfc3339(),
        run: call.run,
        host: call.host,
        model: call.model,
        purpose: call.purpose,
        fields: call.fields,
        bytes_out: call.bytes_out,
        bytes_in: call.bytes_in,
        tokens: call.tokens,
        cost_micro: call.cost.map(micro),
        saved_micro: micro(call.saved),
        latency_ms: call.latency_ms,
        kept: call.cached,
        outcome: call.outcome,
        own_key: call.own_key,
    }
}
