//! The egress ledger as stored: what models were asked, what a day has cost, and which kept answers
//! still count.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgPool;
use uuid::Uuid;

use super::DbError;
use crate::ports::models::{Call, Money, Outcome};

/// For whom and for what a call was made.
#[derive(Debug, Clone, Copy)]
pub struct Errand<'a> {
    /// Who pays.
    pub owner: Uuid,
    /// The run it was for.
    pub run: Option<Uuid>,
    /// The prompt and its version, `reword 2`.
    pub prompt: &'a str,
    /// Whose key pays.
    pub purse: Purse,
}

/// Whose key pays for a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purse {
    /// The instance's, within its budget and the person's.
    Instance,
    /// The person's own. Their own budget holds all the same: it keeps them from surprises.
    Own,
}

impl Purse {
    /// Whose budgets are charged, always in this order, so that two claims never wait for each
    /// other in a ring.
    fn charged(self, owner: Uuid) -> impl Iterator<Item = Option<Uuid>> {
        let instance = (self == Self::Instance).then_some(None);
        std::iter::once(Some(owner)).chain(instance)
    }
}

/// What may be spent within a day (UTC). `None` is without limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Budget {
    /// By one person.
    pub person: Option<Money>,
    /// By all of the instance.
    pub instance: Option<Money>,
    /// Questions of one person, whatever they cost: a model without a price is bounded too.
    pub questions: Option<u32>,
}

/// Whose budget does not allow a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exhausted {
    /// The person's.
    Person,
    /// The instance's.
    Instance,
}

/// A call as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCall {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// The run it was for.
    pub run: Option<Uuid>,
    /// Where it went: host and port.
    pub host: String,
    /// Which model.
    pub model: String,
    /// What for.
    pub purpose: String,
    /// What went out, by name.
    pub fields: Vec<String>,
    /// Bytes sent.
    pub bytes_out: i64,
    /// Bytes received.
    pub bytes_in: i64,
    /// Tokens read and written, where they were told.
    pub tokens: Option<(i64, i64)>,
    /// What it cost, where that is known.
    pub cost: Option<Money>,
    /// What asking would have cost, where a cache answered.
    pub saved: Money,
    /// Milliseconds.
    pub latency_ms: i64,
    /// Whether a cache answered and nothing left.
    pub cached: bool,
    /// `answered`, or the code of what went wrong.
    pub outcome: String,
    /// Whether the person's own key was used.
    pub own_key: bool,
}

/// What a stretch of time came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// Calls that left.
    pub calls: i64,
    /// Answers out of a cache.
    pub cached: i64,
    /// What the calls cost, as far as known.
    pub cost: Money,
    /// What the cached answers would have cost.
    pub saved: Money,
    /// Calls whose cost is not known.
    pub unpriced: i64,
}

/// Claims an amount of the budgets before a call is made, in one transaction.
///
/// # Errors
/// When the database is away. That a budget does not allow it is the inner error, and then nothing was
/// claimed.
pub async fn claim(
    pool: &PgPool,
    day: NaiveDate,
    owner: Uuid,
    amount: Money,
    budget: Budget,
    purse: Purse,
) -> Result<Result<(), Exhausted>, DbError> {
    let mut transaction = pool.begin().await?;
    for whose in purse.charged(owner) {
        let (limit, questions, exhausted) = match whose {
            Some(_) => (
                budget.person,
                budget.questions.map(i64::from),
                Exhausted::Person,
            ),
            None => (budget.instance, None, Exhausted::Instance),
        };
        let limit = limit.map_or(i64::MAX, micro);
        let questions = questions.unwrap_or(i64::MAX);
        if micro(amount) > limit || questions < 1 {
            return Ok(Err(exhausted));
        }
        let claimed = sqlx::query_scalar!(
            "insert into model_days (day, owner_id, spent_micro, calls) values ($1, $2, $3, 1)
             on conflict (day, coalesce(owner_id, '00000000-0000-0000-0000-000000000000')) do update
             set spent_micro = model_days.spent_micro + excluded.spent_micro,
                 calls = model_days.calls + 1
             where model_days.spent_micro <= $4::bigint - excluded.spent_micro
               and model_days.calls < $5
             returning spent_micro",
            day,
            whose,
            micro(amount),
            limit,
            questions,
        )
        .fetch_optional(&mut *transaction)
        .await?;
        if claimed.is_none() {
            // Dropped, the transaction takes back what it claimed.
            return Ok(Err(exhausted));
        }
    }
    transaction.commit().await?;
    Ok(Ok(()))
}

/// Notes the calls of a question, and sets what was claimed for it to what it cost. Where the cost of
/// a call is not known, the claim stands.
///
/// # Errors
/// When the database is away.
pub async fn settle(
    pool: &PgPool,
    errand: Errand<'_>,
    calls: &[Call],
    claimed: Option<(NaiveDate, Money)>,
) -> Result<(), DbError> {
    let mut transaction = pool.begin().await?;
    for call in calls {
        insert(&mut transaction, errand, call, Money::default()).await?;
    }
    let known: Option<Vec<Money>> = calls.iter().map(cost_of).collect();
    if let (Some((day, claimed)), Some(costs)) = (claimed, known) {
        let spent: Money = costs.into_iter().sum();
        let difference = micro(spent).saturating_sub(micro(claimed));
        for whose in errand.purse.charged(errand.owner) {
            sqlx::query!(
                "update model_days set spent_micro = greatest(0, spent_micro + $3)
                 where day = $1 and owner_id is not distinct from $2",
                day,
                whose,
                difference
            )
            .execute(&mut *transaction)
            .await?;
        }
    }
    transaction.commit().await?;
    Ok(())
}

/// What a call cost for sure. One that never reached anybody, or that was refused, costs nothing.
fn cost_of(call: &Call) -> Option<Money> {
    match (&call.cost, &call.outcome, call.usage) {
        (Some(cost), ..) => Some(*cost),
        (None, Outcome::Failed(code), None)
            if code != "model_timed_out" && code != "model_cut_off" =>
        {
            Some(Money::default())
        }
        _ => None,
    }
}

/// Notes that a cache gave answers, and what they would have cost.
///
/// # Errors
/// When the database is away.
pub async fn note_cached(
    pool: &PgPool,
    errand: Errand<'_>,
    call: &Call,
    saved: Money,
) -> Result<(), DbError> {
    let mut connection = pool.acquire().await?;
    insert(&mut connection, errand, call, saved).await
}

async fn insert(
    connection: &mut sqlx::PgConnection,
    errand: Errand<'_>,
    call: &Call,
    saved: Money,
) -> Result<(), DbError> {
    let purpose: &'static str = call.purpose.into();
    let outcome = match &call.outcome {
        Outcome::Answered => "answered",
        Outcome::Failed(code) => code,
    };
    let tokens = |count: Option<u64>| count.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    sqlx::query!(
        "insert into model_calls (id, owner_id, run_id, at, host, provider, model, purpose, prompt,
             fields, bytes_out, bytes_in, tokens_in, tokens_out, cost_micro, saved_micro,
             latency_ms, cached, outcome, own_key)
         values ($1, $2, (select id from runs where id = $3), $4, $5, $6, $7, $8, $9, $10, $11, $12,
             $13, $14, $15, $16, $17, $18, $19, $20)",
        Uuid::now_v7(),
        errand.owner,
        errand.run,
        call.at,
        call.host,
        call.provider.to_string(),
        call.model,
        purpose,
        errand.prompt,
        &call.fields,
        whole(call.bytes_out),
        whole(call.bytes_in),
        tokens(call.usage.map(|usage| usage.input)),
        tokens(call.usage.map(|usage| usage.output)),
        call.cost.map(micro),
        micro(saved),
        i64::try_from(call.latency.as_millis()).unwrap_or(i64::MAX),
        call.cached,
        outcome,
        errand.purse == Purse::Own,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The last calls made for a person, the newest first; of one run where it is named.
///
/// # Errors
/// When the database is away.
pub async fn calls(
    pool: &PgPool,
    owner: Uuid,
    run: Option<Uuid>,
    limit: i64,
) -> Result<Vec<KeptCall>, DbError> {
    let rows = sqlx::query!(
        "select at, run_id, host, model, purpose, fields, bytes_out, bytes_in, tokens_in, tokens_out,
                cost_micro, saved_micro, latency_ms, cached, outcome, own_key
         from model_calls
         where owner_id = $1 and ($2::uuid is null or run_id = $2)
         order by at desc, id desc limit $3",
        owner,
        run,
        limit
    )
    .fetch_all(pool)
    .await?;
    let calls = rows.into_iter().map(|row| KeptCall {
        at: row.at,
        run: row.run_id,
        host: row.host,
        model: row.model,
        purpose: row.purpose,
        fields: row.fields,
        bytes_out: row.bytes_out,
        bytes_in: row.bytes_in,
        tokens: row.tokens_in.zip(row.tokens_out),
        cost: row.cost_micro.map(money),
        saved: money(row.saved_micro),
        latency_ms: row.latency_ms,
        cached: row.cached,
        outcome: row.outcome,
        own_key: row.own_key,
    });
    Ok(calls.collect())
}

/// What a person's calls came to since then.
///
/// # Errors
/// When the database is away.
pub async fn spent_since(
    pool: &PgPool,
    owner: Uuid,
    since: DateTime<Utc>,
) -> Result<Spent, DbError> {
    let row = sqlx::query!(
        r#"select count(*) filter (where not cached) as "calls!",
                  count(*) filter (where cached) as "cached!",
                  coalesce(sum(cost_micro), 0)::bigint as "cost!",
                  coalesce(sum(saved_micro), 0)::bigint as "saved!",
                  count(*) filter (where not cached and cost_micro is null and outcome = 'answered')
                      as "unpriced!"
           from model_calls where owner_id = $1 and at >= $2"#,
        owner,
        since
    )
    .fetch_one(pool)
    .await?;
    Ok(Spent {
        calls: row.calls,
        cached: row.cached,
        cost: money(row.cost),
        saved: money(row.saved),
        unpriced: row.unpriced,
    })
}

/// What of a day's budget is claimed: by the person, and by all.
///
/// # Errors
/// When the database is away.
pub async fn claimed(
    pool: &PgPool,
    day: NaiveDate,
    owner: Uuid,
) -> Result<(Money, Money), DbError> {
    let rows = sqlx::query!(
        "select owner_id, spent_micro from model_days
         where day = $1 and (owner_id = $2 or owner_id is null)",
        day,
        owner
    )
    .fetch_all(pool)
    .await?;
    let of = |whose: Option<Uuid>| {
        let row = rows.iter().find(|row| row.owner_id == whose);
        row.map(|row| money(row.spent_micro)).unwrap_or_default()
    };
    Ok((of(Some(owner)), of(None)))
}

/// What the person's runs cost on average, over the last twenty that asked a model; none when there
/// was none or a price is missing.
///
/// # Errors
/// When the database is away.
pub async fn usual_cost(pool: &PgPool, owner: Uuid, model: &str) -> Result<Option<Money>, DbError> {
    let cost = sqlx::query_scalar!(
        r#"select avg(cost)::bigint as "cost" from (
               select sum(coalesce(cost_micro, 0) + saved_micro) as cost from model_calls
               where owner_id = $1 and run_id is not null and model = $2
               group by run_id order by max(at) desc limit 20
           ) as runs where cost > 0"#,
        owner,
        model
    )
    .fetch_one(pool)
    .await?;
    Ok(cost.map(money))
}

/// The numbers under which answers are kept now: the instance's and the person's.
///
/// # Errors
/// When the database is away.
pub async fn generations(pool: &PgPool, owner: Uuid) -> Result<(i64, i64), DbError> {
    let rows = sqlx::query!(
        "select owner_id, generation from cache_generations where owner_id = $1 or owner_id is null",
        owner
    )
    .fetch_all(pool)
    .await?;
    let of = |whose: Option<Uuid>| {
        let row = rows.iter().find(|row| row.owner_id == whose);
        row.map_or(0, |row| row.generation)
    };
    Ok((of(None), of(Some(owner))))
}

/// Makes every kept answer a stranger: the person's own, or with none everybody's.
///
/// # Errors
/// When the database is away.
pub async fn forget(pool: &PgPool, owner: Option<Uuid>) -> Result<(), DbError> {
    sqlx::query!(
        "insert into cache_generations (owner_id, generation) values ($1, 1)
         on conflict (coalesce(owner_id, '00000000-0000-0000-0000-000000000000')) do update
         set generation = cache_generations.generation + 1",
        owner
    )
    .execute(pool)
    .await?;
    Ok(())
}

fn micro(amount: Money) -> i64 {
    whole(amount.micro_dollars)
}

fn money(micro: i64) -> Money {
    Money {
        micro_dollars: u64::try_from(micro).unwrap_or_default(),
    }
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
