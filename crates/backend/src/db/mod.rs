//! The database: one pool, transactions that always come to an end, and the queries by table.

pub mod changes;
pub mod github;
pub mod ledger;
pub mod model_keys;
pub mod people;
pub mod photos;
pub mod runs;
pub mod sources;

use std::future::Future;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Executor, PgPool};
use thiserror::Error;

/// What can go wrong between us and the database. Texts name tables and codes, never values.
#[derive(Debug, Error)]
pub enum DbError {
    /// It does not answer, or not in time.
    #[error("the database does not answer")]
    Away,
    /// It refused a statement.
    #[error("the database refused a statement ({0})")]
    Refused(String),
    /// A row holds what it must not.
    #[error("{table}.{column} holds an unexpected value")]
    Row {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// Sealed content could not be handled.
    #[error(transparent)]
    Vault(#[from] crate::vault::VaultError),
    /// The job queue refused.
    #[error("the job queue refused ({0})")]
    Queue(String),
    /// The work was stopped with the program.
    #[error("the program is shutting down")]
    Stopped,
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::Io(_)
            | sqlx::Error::WorkerCrashed => Self::Away,
            sqlx::Error::Database(error) => {
                let code = error
                    .code()
                    .map(std::borrow::Cow::into_owned)
                    .unwrap_or_default();
                // Class 57 is "operator intervention": the server is going down or coming up.
                if code.starts_with("57P") || code.starts_with("08") {
                    Self::Away
                } else {
                    Self::Refused(code)
                }
            }
            sqlx::Error::ColumnDecode { .. } => Self::Row {
                table: "?",
                column: "?",
            },
            other => Self::Refused(kind_of(&other).to_owned()),
        }
    }
}

fn kind_of(error: &sqlx::Error) -> &'static str {
    match error {
        sqlx::Error::Configuration(_) => "configuration",
        sqlx::Error::Tls(_) => "tls",
        sqlx::Error::Protocol(_) => "protocol",
        sqlx::Error::RowNotFound => "no row",
        sqlx::Error::Migrate(_) => "migration",
        _ => "other",
    }
}

impl From<awa::AwaError> for DbError {
    fn from(error: awa::AwaError) -> Self {
        match error {
            awa::AwaError::Database(error) => error.into(),
            other => Self::Queue(other.to_string()),
        }
    }
}

/// Opens the pool. Nothing is connected until it is used.
///
/// Every connection is told to give up statements and idle transactions on its own, and every
/// connection taken from the pool is rolled back first: cancelling `begin` can hand a connection
/// back inside an open transaction (sqlx 0.8), and the next user must never find it so.
pub fn open(options: PgConnectOptions, max_connections: u32) -> PgPool {
    let options = options.application_name("llmployable").options([
        ("client_min_messages", "error"),
        ("statement_timeout", "15s"),
        ("idle_in_transaction_session_timeout", "15s"),
        ("lock_timeout", "10s"),
        ("timezone", "UTC"),
    ]);
    PgPoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(Duration::from_secs(3))
        .max_lifetime(Duration::from_mins(30))
        .before_acquire(|connection, _meta| {
            Box::pin(async move {
                connection.execute("ROLLBACK").await?;
                Ok(true)
            })
        })
        .connect_lazy_with(options)
}

/// Runs database work to its end even when the caller goes away (a browser that disconnects, a
/// time limit): a transaction that was begun is committed or rolled back, never abandoned.
///
/// # Errors
/// The work's own.
pub async fn uncancelled<T, F>(work: F) -> Result<T, DbError>
where
    T: Send + 'static,
    F: Future<Output = Result<T, DbError>> + Send + 'static,
{
    match tokio::spawn(work).await {
        Ok(outcome) => outcome,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => Err(DbError::Stopped),
    }
}

/// Brings the schema up to this program's version: the queue's own, then ours. Several programs
/// starting at once wait for each other (advisory locks).
///
/// # Errors
/// When the database is away or a migration fails; what was applied before stays.
pub async fn migrate(pool: &PgPool) -> Result<(), DbError> {
    // Who waits for another's migration, or changes a large table, takes longer than any request
    // may.
    let patient = pool
        .connect_options()
        .as_ref()
        .clone()
        .options([("lock_timeout", "5min"), ("statement_timeout", "10min")]);
    let patient = PgPoolOptions::new()
        .max_connections(2)
        .acquire_timeout(Duration::from_secs(10))
        .connect_lazy_with(patient);
    let outcome = migrate_patiently(&patient).await;
    patient.close().await;
    outcome
}

async fn migrate_patiently(pool: &PgPool) -> Result<(), DbError> {
    awa::migrations::run(pool).await?;
    sqlx::migrate!("../../migrations")
        .run(pool)
        .await
        .map_err(|error| match error {
            sqlx::migrate::MigrateError::Execute(error) => error.into(),
            other => DbError::Refused(format!("migration: {other}")),
        })
}

/// Whether the database answers and has our schema.
///
/// # Errors
/// When it does not.
pub async fn ready(pool: &PgPool) -> Result<(), DbError> {
    sqlx::query_scalar!("select count(*) from people where kind = 'local'")
        .fetch_one(pool)
        .await?;
    Ok(())
}
