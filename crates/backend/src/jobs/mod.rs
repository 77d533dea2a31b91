//! Durable jobs: each stage of a run is one, kept in Postgres by awa, enqueued in the transaction
//! that brought the run to that stage.

mod stage;

use std::time::Duration;

use awa::{Client, InsertOpts, JobArgs, JobContext, JobError, JobResult, QueueConfig};
use career::Stage;
use serde::{Deserialize, Serialize};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::Services;
use crate::db::{DbError, runs};

/// The queue of stages.
const QUEUE: &str = "runs";
/// How often a stage is tried, crashes of the program included.
const MAX_ATTEMPTS: i16 = 6;
/// How long a silent worker is waited for. awa's own default is 90 s and a scan every 30 s: too
/// long for somebody who watches.
const STALENESS: Duration = Duration::from_secs(12);

/// "Do this stage of that run."
#[derive(Debug, Clone, Serialize, Deserialize, JobArgs)]
pub struct RunStage {
    /// The run.
    pub run: Uuid,
    /// The stage it is at.
    pub stage: Stage,
    /// Which taking-up of the run this belongs to.
    pub attempt: i32,
    /// The request that asked for it, as in the log and the response header.
    #[serde(default)]
    pub request: String,
}

/// How a stage is enqueued.
pub fn stage_job_options() -> InsertOpts {
    InsertOpts {
        queue: QUEUE.to_owned(),
        max_attempts: MAX_ATTEMPTS,
        ..InsertOpts::default()
    }
}

/// The running workers of this program.
pub struct Workers {
    client: Client,
    sweeper: JoinHandle<()>,
    stop: CancellationToken,
}

impl Workers {
    /// Starts taking jobs, `count` at once.
    ///
    /// # Errors
    /// When the database is away or not migrated.
    pub async fn start(services: Services, count: u32) -> Result<Self, DbError> {
        let queue = QueueConfig {
            max_workers: count,
            poll_interval: Duration::from_millis(200),
            deadline_duration: services.run_limit + Duration::from_secs(30),
            ..QueueConfig::default()
        };
        let for_jobs = services.clone();
        let client = Client::builder(services.pool.clone())
            .queue(QUEUE, queue)
            .heartbeat_interval(Duration::from_secs(3))
            .heartbeat_staleness(STALENESS)
            .heartbeat_rescue_interval(Duration::from_secs(3))
            .deadline_rescue_interval(Duration::from_secs(10))
            .leader_election_interval(Duration::from_secs(2))
            .leader_check_interval(Duration::from_secs(5))
            .completed_retention(Duration::from_hours(24))
            .register(move |job: RunStage, context: &JobContext| {
                let (attempt, max) = (context.job.attempt, context.job.max_attempts);
                let services = for_jobs.clone();
                async move { stage::perform(services, job, attempt, max).await }
            })
            .build()
            .map_err(|error| DbError::Queue(error.to_string()))?;
        client.start().await?;
        let stop = CancellationToken::new();
        let sweeper = tokio::spawn(sweep(services, stop.clone()));
        Ok(Self {
            client,
            sweeper,
            stop,
        })
    }

    /// Takes no more jobs, lets those under way finish for `grace`, hands the rest back.
    pub async fn stop(self, grace: Duration) {
        self.stop.cancel();
        self.client.shutdown(grace).await;
        if self.sweeper.await.is_err() {
            tracing::warn!("the sweeper of late runs had stopped before");
        }
    }
}

/// Ends runs that are past their time: their jobs may be gone, their workers dead, and the person still
/// sees an end. Deletes photos that were removed.
async fn sweep(services: Services, stop: CancellationToken) {
    let mut every = tokio::time::interval(Duration::from_secs(10));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = every.tick() => {}
        }
        let pool = services.pool.clone();
        match crate::db::uncancelled(async move { runs::expire(&pool).await }).await {
            Ok(0) => {}
            Ok(count) => tracing::warn!(count, "gave up runs past their time"),
            Err(error) => tracing::warn!(%error, "could not look for late runs"),
        }
        match crate::photo::forget_removed(&services.pool).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "deleted removed photos"),
            Err(error) => tracing::warn!(%error, "could not delete removed photos"),
        }
    }
}

fn retry_later(attempt: i16) -> JobResult {
    let exponent = u32::from(attempt.clamp(1, 6).unsigned_abs());
    let base = Duration::from_millis(400 * 2_u64.pow(exponent - 1));
    // Spread by what is at hand: jobs that failed together need not come back together.
    let spread = u64::from(std::process::id() % 200) + u64::from(exponent) * 37;
    JobResult::RetryAfter(base + Duration::from_millis(spread))
}

fn database_trouble(error: DbError) -> JobError {
    tracing::warn!(%error, "a job could not reach the database");
    JobError::retryable(error)
}
