//! Runs as stored: the row, its stages and files. Every change locks the row, records an event
//! with the next revision, tells listeners, and enqueues the job that follows: one transaction.

mod changes;
mod looks;

use career::{RunState, Stage, Tongue};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use uuid::Uuid;

pub use changes::{arrive, cancel, expire, fail, finish_stage, retry, set_removed};
pub use looks::{Reprint, Reprinted, look, reprint};

use super::{DbError, sources};
use crate::jobs::RunStage;
use crate::vault::{Place, Sealed, Vault};
use changes::{enqueue, put_file, record};

const INPUT: &str = "runs.input_sealed";
const TITLE: &str = "runs.title_sealed";
const ARRIVING: &str = "runs.arriving_sealed";

/// The channel on which a change of a run is told; the payload is the run's id.
pub const CHANNEL: &str = "llmployable_run_changed";

/// What a run was asked to do, beyond its stored sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunInput {
    /// The posting: an address or its text, as typed.
    pub posting: String,
    /// The name of the file it was given in instead.
    #[serde(default)]
    pub posting_file: Option<String>,
    /// A GitHub account to read.
    pub github: Option<String>,
    /// Pages at most.
    pub pages: u8,
    /// In which language.
    #[serde(default)]
    pub language: Tongue,
}

/// The stored file the posting was given in.
pub const GIVEN_POSTING: &str = "posting-given";
/// The stored bytes the posting was read of.
pub const CAPTURED_POSTING: &str = "posting-captured";

/// The posting's name, once it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunTitle {
    /// The job's title.
    pub title: Option<String>,
    /// The employer.
    pub company: Option<String>,
}

/// A source of a new run: one that is stored already, or one to store with it.
#[derive(Debug, Clone)]
pub enum RunSource {
    /// Stored already.
    Kept(Uuid),
    /// To be stored.
    New(sources::NewSource),
}

/// A run to be made.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// The form's own id: the same one twice makes one run.
    pub request_id: Uuid,
    /// The web request it came with, as in the log.
    pub request: String,
    /// What is asked.
    pub input: RunInput,
    /// The bytes of the file the posting was given in.
    pub posting_file: Option<Vec<u8>>,
    /// The evidence, in order.
    pub sources: Vec<RunSource>,
    /// How long it may take in all.
    pub time_limit: chrono::Duration,
}

/// A run read back.
#[derive(Debug, Clone)]
pub struct Run {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub owner: Uuid,
    /// Where it stands.
    pub state: RunState,
    /// What is asked.
    pub input: RunInput,
    /// The posting's name, once read.
    pub title: RunTitle,
    /// What a person should know, as message codes.
    pub notices: Vec<String>,
    /// The number of its last event.
    pub revision: i64,
    /// Which taking-up this is.
    pub attempt: i32,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it gives up.
    pub deadline_at: DateTime<Utc>,
}

/// A finished stage without its output.
#[derive(Debug, Clone)]
pub struct FinishedStage {
    /// Which.
    pub stage: Stage,
    /// How long it took.
    pub elapsed_ms: f64,
    /// Numbers it found, by name.
    pub found: Vec<(String, i64)>,
}

/// What a stage leaves behind.
#[derive(Debug, Clone, Default)]
pub struct StageOutcome {
    /// Hash of everything it read.
    pub inputs_hash: String,
    /// Its output, as the next stages read it.
    pub output: Vec<u8>,
    /// Numbers it found, by name.
    pub found: Vec<(String, i64)>,
    /// How long it took.
    pub elapsed_ms: f64,
    /// The posting's name, when this stage read it.
    pub title: Option<RunTitle>,
    /// What a person should know, as message codes.
    pub notices: Vec<String>,
    /// Files for download: name, media type, bytes.
    pub files: Vec<(String, &'static str, Vec<u8>)>,
}

struct Row {
    id: Uuid,
    owner_id: Uuid,
    state: String,
    stage: String,
    reason: Option<String>,
    input: Sealed,
    title: Option<Sealed>,
    notices: Vec<String>,
    revision: i64,
    attempt: i32,
    created_at: DateTime<Utc>,
    deadline_at: DateTime<Utc>,
}

impl Row {
    fn open(self, vault: &Vault) -> Result<Run, DbError> {
        let input = vault.open_value(
            Place {
                column: INPUT,
                row: self.id,
            },
            &self.input,
        )?;
        let title = match &self.title {
            Some(sealed) => vault.open_value(
                Place {
                    column: TITLE,
                    row: self.id,
                },
                sealed,
            )?,
            None => RunTitle::default(),
        };
        Ok(Run {
            id: self.id,
            owner: self.owner_id,
            state: state_of(&self.state, &self.stage, self.reason)?,
            input,
            title,
            notices: self.notices,
            revision: self.revision,
            attempt: self.attempt,
            created_at: self.created_at,
            deadline_at: self.deadline_at,
        })
    }
}

fn state_of(state: &str, stage: &str, reason: Option<String>) -> Result<RunState, DbError> {
    let stage = Stage::parse(stage).ok_or(DbError::Row {
        table: "runs",
        column: "stage",
    })?;
    match (state, reason) {
        ("working", None) => Ok(RunState::Working { stage }),
        ("done", None) => Ok(RunState::Done),
        ("failed", Some(reason)) => Ok(RunState::Failed { stage, reason }),
        ("cancelled", None) => Ok(RunState::Cancelled { stage }),
        _ => Err(DbError::Row {
            table: "runs",
            column: "state",
        }),
    }
}

/// Stores a run with its sources and enqueues its first stage. Asked twice with one request id, the
/// first run is given back.
///
/// # Errors
/// When the database is away.
pub async fn create(
    pool: &PgPool,
    vault: &Vault,
    owner: Uuid,
    new: &NewRun,
) -> Result<Uuid, DbError> {
    let id = Uuid::now_v7();
    let mut transaction = pool.begin().await?;
    let input = vault.seal_value(
        Place {
            column: INPUT,
            row: id,
        },
        &new.input,
    )?;
    let inserted = sqlx::query_scalar!(
        "insert into runs (id, owner_id, request_id, state, stage, input_sealed, deadline_at)
         values ($1, $2, $3, 'working', 'scrape', $4, $5)
         on conflict (owner_id, request_id) do nothing returning id",
        id,
        owner,
        new.request_id,
        input as Sealed,
        Utc::now() + new.time_limit,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    if inserted.is_none() {
        let existing = sqlx::query_scalar!(
            "select id from runs where owner_id = $1 and request_id = $2",
            owner,
            new.request_id
        )
        .fetch_one(&mut *transaction)
        .await?;
        transaction.rollback().await?;
        return Ok(existing);
    }
    let mut given: Vec<Uuid> = Vec::new();
    for source in &new.sources {
        let source = match source {
            RunSource::Kept(id) => *id,
            RunSource::New(source) => sources::keep(&mut transaction, vault, owner, source).await?,
        };
        // Chosen from the list and dropped on the form as well is still one source.
        if given.contains(&source) {
            continue;
        }
        sqlx::query!(
            "insert into run_sources (run_id, source_id, position) values ($1, $2, $3)",
            id,
            source,
            i32::try_from(given.len()).unwrap_or(i32::MAX)
        )
        .execute(&mut *transaction)
        .await?;
        given.push(source);
    }
    if let Some(bytes) = &new.posting_file {
        let media_type = "application/octet-stream";
        let file = (GIVEN_POSTING, media_type, bytes.as_slice());
        put_file(&mut transaction, vault, id, file).await?;
    }
    record(&mut transaction, id, "created", None).await?;
    let job = RunStage {
        run: id,
        stage: Stage::Scrape,
        attempt: 1,
        request: new.request.clone(),
    };
    enqueue(&mut transaction, &job).await?;
    transaction.commit().await?;
    Ok(id)
}

/// One run; removed ones too.
///
/// # Errors
/// When the database is away or the row cannot be opened.
pub async fn get(pool: &PgPool, vault: &Vault, id: Uuid) -> Result<Option<Run>, DbError> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, owner_id, state, stage, reason, input_sealed as "input: Sealed",
                  title_sealed as "title: Sealed", notices, revision, attempt, created_at, deadline_at
           from runs where id = $1"#,
        id
    )
    .fetch_optional(pool)
    .await?;
    row.map(|row| row.open(vault)).transpose()
}

/// The owner's runs, the newest first, without removed ones.
///
/// # Errors
/// When the database is away or a row cannot be opened.
pub async fn list(
    pool: &PgPool,
    vault: &Vault,
    owner: Uuid,
    limit: i64,
) -> Result<Vec<Run>, DbError> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id, owner_id, state, stage, reason, input_sealed as "input: Sealed",
                  title_sealed as "title: Sealed", notices, revision, attempt, created_at, deadline_at
           from runs where owner_id = $1 and removed_at is null
           order by created_at desc limit $2"#,
        owner,
        limit
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(|row| row.open(vault)).collect()
}

/// What has arrived of the stage under way.
///
/// # Errors
/// When the database is away or the row cannot be opened.
pub async fn arriving(pool: &PgPool, vault: &Vault, run: Uuid) -> Result<Vec<String>, DbError> {
    let sealed = sqlx::query_scalar!(
        r#"select arriving_sealed as "arriving: Sealed" from runs where id = $1"#,
        run
    )
    .fetch_optional(pool)
    .await?
    .flatten();
    let Some(sealed) = sealed else {
        return Ok(Vec::new());
    };
    let place = Place {
        column: ARRIVING,
        row: run,
    };
    Ok(vault.open_value(place, &sealed)?)
}

/// The stages that are through, without their outputs.
///
/// # Errors
/// When the database is away.
pub async fn finished_stages(pool: &PgPool, run: Uuid) -> Result<Vec<FinishedStage>, DbError> {
    let rows = sqlx::query!(
        "select stage, elapsed_ms, found from run_stages where run_id = $1",
        run
    )
    .fetch_all(pool)
    .await?;
    let mut stages = rows
        .into_iter()
        .map(|row| {
            let stage = Stage::parse(&row.stage).ok_or(DbError::Row {
                table: "run_stages",
                column: "stage",
            })?;
            let found = serde_json::from_value(row.found).map_err(|_| DbError::Row {
                table: "run_stages",
                column: "found",
            })?;
            Ok(FinishedStage {
                stage,
                elapsed_ms: row.elapsed_ms,
                found,
            })
        })
        .collect::<Result<Vec<_>, DbError>>()?;
    stages.sort_by_key(|finished| finished.stage);
    Ok(stages)
}

/// What a finished stage left for the next ones.
///
/// # Errors
/// When the database is away or the output cannot be opened.
pub async fn output(
    pool: &PgPool,
    vault: &Vault,
    run: Uuid,
    stage: Stage,
) -> Result<Option<Vec<u8>>, DbError> {
    let sealed = sqlx::query_scalar!(
        r#"select output_sealed as "output: Sealed" from run_stages where run_id = $1 and stage = $2"#,
        run,
        stage.as_str()
    )
    .fetch_optional(pool)
    .await?;
    let place = Place {
        column: "run_stages.output_sealed",
        row: run,
    };
    Ok(sealed
        .map(|sealed| vault.open(place, &sealed))
        .transpose()?)
}

/// A file of a run: its media type and bytes.
///
/// # Errors
/// When the database is away or the file cannot be opened.
pub async fn file(
    pool: &PgPool,
    vault: &Vault,
    run: Uuid,
    name: &str,
) -> Result<Option<(String, Vec<u8>)>, DbError> {
    let row = sqlx::query!(
        r#"select media_type, bytes_sealed as "bytes: Sealed" from run_files
           where run_id = $1 and name = $2"#,
        run,
        name
    )
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        let place = Place {
            column: "run_files.bytes_sealed",
            row: run,
        };
        Ok((row.media_type, vault.open(place, &row.bytes)?))
    })
    .transpose()
}
