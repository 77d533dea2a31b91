//! Changes of a run: each locks its row, checks that the run is still where it was, records an event,
//! tells listeners and enqueues what follows, all in one transaction.

use career::{RunState, Stage};
use chrono::Utc;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

use super::{ARRIVING, CHANNEL, StageOutcome, TITLE, state_of};
use crate::db::DbError;
use crate::jobs::{RunStage, stage_job_options};
use crate::vault::{Place, Sealed, Vault};

/// The job's stage is through: keeps what it leaves, advances the run, enqueues the next stage. `false`
/// when the run is no longer at that stage and attempt (cancelled, or another worker was first):
/// then nothing is kept.
///
/// # Errors
/// When the database is away.
pub async fn finish_stage(
    pool: &PgPool,
    vault: &Vault,
    job: &RunStage,
    outcome: &StageOutcome,
) -> Result<bool, DbError> {
    let RunStage {
        run,
        stage,
        attempt,
        ..
    } = *job;
    let mut transaction = pool.begin().await?;
    let Some(locked) = lock(&mut transaction, run).await? else {
        return Ok(false);
    };
    let Ok(next) = locked.state.advance(stage) else {
        return Ok(false);
    };
    if locked.attempt != attempt {
        return Ok(false);
    }
    let output = vault.seal(
        Place {
            column: "run_stages.output_sealed",
            row: run,
        },
        &outcome.output,
    )?;
    sqlx::query!(
        "insert into run_stages (run_id, stage, inputs_hash, output_sealed, found, elapsed_ms)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (run_id, stage) do update set inputs_hash = excluded.inputs_hash,
            output_sealed = excluded.output_sealed, found = excluded.found,
            elapsed_ms = excluded.elapsed_ms, finished_at = now()",
        run,
        stage.as_str(),
        outcome.inputs_hash,
        output as Sealed,
        serde_json::json!(outcome.found),
        outcome.elapsed_ms,
    )
    .execute(&mut *transaction)
    .await?;
    for (name, media_type, bytes) in &outcome.files {
        put_file(&mut transaction, vault, run, (name, media_type, bytes)).await?;
    }
    if let Some(title) = &outcome.title {
        let title = vault.seal_value(
            Place {
                column: TITLE,
                row: run,
            },
            title,
        )?;
        sqlx::query!(
            "update runs set title_sealed = $2 where id = $1",
            run,
            title as Sealed
        )
        .execute(&mut *transaction)
        .await?;
    }
    sqlx::query!(
        "update runs set notices = notices || array(
             select told from unnest($2::text[]) with ordinality as given (told, place)
             where told <> all (notices) order by place)
         where id = $1",
        run,
        &outcome.notices
    )
    .execute(&mut *transaction)
    .await?;
    set_state(&mut transaction, run, &next).await?;
    record(&mut transaction, run, "stage_finished", Some(stage)).await?;
    if let RunState::Working { stage } = next {
        let next = RunStage {
            stage,
            ..job.clone()
        };
        enqueue(&mut transaction, &next).await?;
    }
    transaction.commit().await?;
    Ok(true)
}

/// The stage under way gave up for good. `false` when the run is no longer at it.
///
/// # Errors
/// When the database is away.
pub async fn fail(
    pool: &PgPool,
    run: Uuid,
    (stage, attempt): (Stage, i32),
    reason: &str,
) -> Result<bool, DbError> {
    let mut transaction = pool.begin().await?;
    let Some(locked) = lock(&mut transaction, run).await? else {
        return Ok(false);
    };
    if locked.state.stage() != Some(stage) || locked.attempt != attempt {
        return Ok(false);
    }
    let Ok(next) = locked.state.fail(reason) else {
        return Ok(false);
    };
    set_state(&mut transaction, run, &next).await?;
    record(&mut transaction, run, "failed", Some(stage)).await?;
    transaction.commit().await?;
    Ok(true)
}

/// The person stops the run. `false` when nothing was under way.
///
/// # Errors
/// When the database is away.
pub async fn cancel(pool: &PgPool, run: Uuid) -> Result<bool, DbError> {
    let mut transaction = pool.begin().await?;
    let Some(locked) = lock(&mut transaction, run).await? else {
        return Ok(false);
    };
    let stage = locked.state.stage();
    let Ok(next) = locked.state.cancel() else {
        return Ok(false);
    };
    set_state(&mut transaction, run, &next).await?;
    record(&mut transaction, run, "cancelled", stage).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Takes a failed or cancelled run up again at the stage it stopped at. `false` when it is under
/// way or done.
///
/// # Errors
/// When the database is away.
pub async fn retry(
    pool: &PgPool,
    run: Uuid,
    time_limit: chrono::Duration,
    request: &str,
) -> Result<bool, DbError> {
    let mut transaction = pool.begin().await?;
    let Some(locked) = lock(&mut transaction, run).await? else {
        return Ok(false);
    };
    let Ok(next) = locked.state.retry() else {
        return Ok(false);
    };
    let attempt = locked.attempt + 1;
    set_state(&mut transaction, run, &next).await?;
    sqlx::query!(
        "update runs set attempt = $2, deadline_at = $3, notices = '{}' where id = $1",
        run,
        attempt,
        Utc::now() + time_limit
    )
    .execute(&mut *transaction)
    .await?;
    record(&mut transaction, run, "retried", next.stage()).await?;
    if let RunState::Working { stage } = next {
        let job = RunStage {
            run,
            stage,
            attempt,
            request: request.to_owned(),
        };
        enqueue(&mut transaction, &job).await?;
    }
    transaction.commit().await?;
    Ok(true)
}

/// Shows what has arrived of a stage under way. A run that has moved on is left as it is.
///
/// # Errors
/// When the database is away.
pub async fn arrive(
    pool: &PgPool,
    vault: &Vault,
    (run, attempt): (Uuid, i32),
    lines: &[String],
) -> Result<(), DbError> {
    let place = Place {
        column: ARRIVING,
        row: run,
    };
    let sealed = vault.seal_value(place, &lines)?;
    let shown = sqlx::query!(
        "update runs set arriving_sealed = $3, revision = revision + 1
         where id = $1 and attempt = $2 and state = 'working'",
        run,
        attempt,
        sealed as Sealed
    )
    .execute(pool)
    .await?;
    if shown.rows_affected() == 1 {
        sqlx::query!("select pg_notify($1, $2)", CHANNEL, run.to_string())
            .fetch_one(pool)
            .await?;
    }
    Ok(())
}

/// Removes a run from lists, or brings it back.
///
/// # Errors
/// When the database is away.
pub async fn set_removed(pool: &PgPool, run: Uuid, removed: bool) -> Result<(), DbError> {
    let mut transaction = pool.begin().await?;
    sqlx::query!(
        "update runs set removed_at = case when $2 then now() end where id = $1",
        run,
        removed
    )
    .execute(&mut *transaction)
    .await?;
    record(
        &mut transaction,
        run,
        if removed { "removed" } else { "restored" },
        None,
    )
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Gives up runs that are past their time, wherever their jobs went: a person always sees an end.
/// How many there were.
///
/// # Errors
/// When the database is away.
pub async fn expire(pool: &PgPool) -> Result<usize, DbError> {
    let late = sqlx::query!(
        "select id, stage, attempt from runs where state = 'working' and deadline_at < now()"
    )
    .fetch_all(pool)
    .await?;
    let mut expired = 0;
    for row in late {
        let stage = Stage::parse(&row.stage).ok_or(DbError::Row {
            table: "runs",
            column: "stage",
        })?;
        expired += usize::from(fail(pool, row.id, (stage, row.attempt), "timed_out").await?);
    }
    Ok(expired)
}

struct Locked {
    state: RunState,
    attempt: i32,
}

async fn lock(connection: &mut PgConnection, run: Uuid) -> Result<Option<Locked>, DbError> {
    let row = sqlx::query!(
        "select state, stage, reason, attempt from runs where id = $1 for update",
        run
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let state = state_of(&row.state, &row.stage, row.reason)?;
        Ok(Locked {
            state,
            attempt: row.attempt,
        })
    })
    .transpose()
}

async fn set_state(
    connection: &mut PgConnection,
    run: Uuid,
    state: &RunState,
) -> Result<(), DbError> {
    let reason = match state {
        RunState::Failed { reason, .. } => Some(reason.as_str()),
        _ => None,
    };
    sqlx::query!(
        "update runs set state = $2, stage = coalesce($3, stage), reason = $4, arriving_sealed = null,
            finished_at = case when $2 = 'working' then null else now() end
         where id = $1",
        run,
        state.as_str(),
        state.stage().map(Stage::as_str),
        reason
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn record(
    connection: &mut PgConnection,
    run: Uuid,
    kind: &str,
    stage: Option<Stage>,
) -> Result<(), DbError> {
    sqlx::query!(
        "with next as (update runs set revision = revision + 1 where id = $1 returning revision)
         insert into run_events (run_id, revision, kind, stage)
         select $1, revision, $2, $3 from next",
        run,
        kind,
        stage.map(Stage::as_str)
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!("select pg_notify($1, $2)", CHANNEL, run.to_string())
        .fetch_one(connection)
        .await?;
    Ok(())
}

pub(super) async fn enqueue(
    transaction: &mut Transaction<'_, Postgres>,
    job: &RunStage,
) -> Result<(), DbError> {
    awa::insert_with(&mut **transaction, job, stage_job_options()).await?;
    Ok(())
}

/// Stores a file of a run: its name, media type and bytes.
pub(super) async fn put_file(
    connection: &mut PgConnection,
    vault: &Vault,
    run: Uuid,
    (name, media_type, bytes): (&str, &str, &[u8]),
) -> Result<(), DbError> {
    let bytes = vault.seal(
        Place {
            column: "run_files.bytes_sealed",
            row: run,
        },
        bytes,
    )?;
    sqlx::query!(
        "insert into run_files (run_id, name, media_type, bytes_sealed) values ($1, $2, $3, $4)
             on conflict (run_id, name) do update set media_type = excluded.media_type,
                bytes_sealed = excluded.bytes_sealed",
        run,
        name,
        media_type,
        bytes as Sealed,
    )
    .execute(connection)
    .await?;
    Ok(())
}
