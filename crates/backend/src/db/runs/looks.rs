//! How pages look: what a person chose last, and pages made anew.

use career::print::PrintOptions;
use sqlx::PgPool;
use uuid::Uuid;

use super::StageOutcome;
use super::changes::{put_file, record};
use crate::db::{DbError, photos};
use crate::vault::{Place, Sealed, Vault};

const LOOK: &str = "people.look_sealed";

/// How the person wanted their last pages to look.
///
/// # Errors
/// When the database is away or the value cannot be opened.
pub async fn look(
    pool: &PgPool,
    vault: &Vault,
    owner: Uuid,
) -> Result<Option<PrintOptions>, DbError> {
    let sealed = sqlx::query_scalar!(
        r#"select look_sealed as "look: Sealed" from people where id = $1"#,
        owner
    )
    .fetch_optional(pool)
    .await?
    .flatten();
    let place = Place {
        column: LOOK,
        row: owner,
    };
    let opened = sealed.map(|sealed| vault.open_value(place, &sealed));
    Ok(opened.transpose()?)
}

/// Pages made anew.
#[derive(Debug)]
pub struct Reprint {
    /// What their stage leaves.
    pub outcome: StageOutcome,
    /// The photo that was the person's when they were made.
    pub photo: Option<Uuid>,
    /// The look that was asked for, to be kept for the next run.
    pub look: Option<PrintOptions>,
}

/// What became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reprinted {
    /// They are the run's.
    Kept,
    /// The run is no longer done.
    Gone,
    /// The person's photo is another by now.
    Outdated,
}

/// Puts pages made anew in the place of a run's own.
///
/// # Errors
/// When the database is away.
pub async fn reprint(
    pool: &PgPool,
    vault: &Vault,
    (run, owner): (Uuid, Uuid),
    reprint: &Reprint,
) -> Result<Reprinted, DbError> {
    let outcome = &reprint.outcome;
    let mut transaction = pool.begin().await?;
    // A photo that was removed while they were made must not stand on them.
    if photos::lock(&mut transaction, owner).await? != reprint.photo {
        return Ok(Reprinted::Outdated);
    }
    let locked = sqlx::query_scalar!(
        "select id from runs where id = $1 and state = 'done' for update",
        run
    )
    .fetch_optional(&mut *transaction)
    .await?;
    if locked.is_none() {
        return Ok(Reprinted::Gone);
    }
    let place = Place {
        column: "run_stages.output_sealed",
        row: run,
    };
    sqlx::query!(
        "update run_stages set inputs_hash = $2, output_sealed = $3, found = $4
         where run_id = $1 and stage = 'compile'",
        run,
        outcome.inputs_hash,
        vault.seal(place, &outcome.output)? as Sealed,
        serde_json::json!(outcome.found),
    )
    .execute(&mut *transaction)
    .await?;
    // There may be fewer pages than before.
    sqlx::query!(
        "delete from run_files where run_id = $1 and name like 'page-%'",
        run
    )
    .execute(&mut *transaction)
    .await?;
    for (name, media_type, bytes) in &outcome.files {
        put_file(&mut transaction, vault, run, (name, media_type, bytes)).await?;
    }
    if let Some(look) = &reprint.look {
        let place = Place {
            column: LOOK,
            row: owner,
        };
        sqlx::query!(
            "update people set look_sealed = $2 where id = $1",
            owner,
            vault.seal_value(place, look)? as Sealed
        )
        .execute(&mut *transaction)
        .await?;
    }
    record(&mut transaction, run, "reprinted", None).await?;
    transaction.commit().await?;
    Ok(Reprinted::Kept)
}
