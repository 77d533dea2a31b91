//! One stage of one run: load, work with a time limit and an eye on cancellation, store.

use std::future::Future;
use std::time::{Duration, Instant};

use awa::{JobError, JobResult};
use career::RunState;
use chrono::Utc;
use tracing::Instrument;

use super::{RunStage, database_trouble, retry_later};
use crate::Services;
use crate::db::runs::{self, Run, StageOutcome};
use crate::db::{DbError, uncancelled};
use crate::pipeline::{self, StageError};

/// Does the job. A job whose run has moved on is done already.
pub(super) async fn perform(
    services: Services,
    job: RunStage,
    attempt: i16,
    max_attempts: i16,
) -> Result<JobResult, JobError> {
    let span = tracing::info_span!("stage", request = job.request, run = %job.run, stage = job.stage.as_str(), attempt);
    work(services, job, attempt, max_attempts)
        .instrument(span)
        .await
}

async fn work(
    services: Services,
    job: RunStage,
    attempt: i16,
    max_attempts: i16,
) -> Result<JobResult, JobError> {
    let run = runs::get(&services.pool, &services.vault, job.run).await;
    let Some(run) = run.map_err(database_trouble)? else {
        return Ok(JobResult::Cancel("the run is gone".to_owned()));
    };
    if run.state != (RunState::Working { stage: job.stage }) || run.attempt != job.attempt {
        return Ok(JobResult::Completed);
    }
    let began = Instant::now();
    let left = (run.deadline_at - Utc::now())
        .to_std()
        .unwrap_or(Duration::ZERO);
    let outcome = tokio::select! {
        outcome = tokio::time::timeout(left, run_stage(&services, &run, &job)) => {
            outcome.unwrap_or_else(|_| Err(StageError::failed("timed_out")))
        }
        () = cancelled(&services, &job) => {
            tracing::info!("the run was cancelled");
            return Ok(JobResult::Completed);
        }
    };
    match outcome {
        Ok(mut outcome) => {
            outcome.elapsed_ms = began.elapsed().as_secs_f64() * 1000.0;
            finish(&services, &job, outcome)
                .await
                .map_err(database_trouble)?;
            Ok(JobResult::Completed)
        }
        Err(error) if error.retry && attempt < max_attempts => {
            tracing::info!(code = %error.code, "the stage failed and is tried again");
            Ok(retry_later(attempt))
        }
        Err(error) => {
            tracing::info!(code = %error.code, "the stage failed");
            let (pool, code) = (services.pool.clone(), error.code);
            uncancelled(async move {
                runs::fail(&pool, job.run, (job.stage, job.attempt), &code).await
            })
            .await
            .map_err(database_trouble)?;
            Ok(JobResult::Completed)
        }
    }
}

fn run_stage<'a>(
    services: &'a Services,
    run: &'a Run,
    job: &'a RunStage,
) -> impl Future<Output = Result<StageOutcome, StageError>> + 'a {
    pipeline::stored::run_stage(services, run, job.stage)
}

async fn finish(services: &Services, job: &RunStage, outcome: StageOutcome) -> Result<(), DbError> {
    let (pool, vault) = (services.pool.clone(), services.vault.clone());
    let done = job.clone();
    let kept = uncancelled(async move { runs::finish_stage(&pool, &vault, &done, &outcome).await })
        .await?;
    if !kept {
        tracing::info!("the run has moved on; nothing was kept");
    }
    Ok(())
}

/// Returns when the run is no longer at this stage and attempt.
async fn cancelled(services: &Services, job: &RunStage) {
    let mut changes = services.changes.subscribe();
    let mut every = tokio::time::interval(Duration::from_secs(1));
    every.tick().await;
    loop {
        tokio::select! {
            () = changes.changed(job.run) => {}
            _ = every.tick() => {}
        }
        let run = runs::get(&services.pool, &services.vault, job.run).await;
        if let Ok(run) = run {
            let here = run.is_some_and(|run| {
                run.state == (RunState::Working { stage: job.stage }) && run.attempt == job.attempt
            });
            if !here {
                return;
            }
        }
    }
}
