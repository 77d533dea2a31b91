//! What people decided about their profiles, as stored.

use career::merge::Change;
use chrono::{DateTime, Utc};
use sqlx::PgPool;
use uuid::Uuid;

use super::DbError;
use crate::vault::{Place, Sealed, Vault};

const CHANGE: &str = "profile_changes.change_sealed";

/// A decision that stands.
#[derive(Debug, Clone)]
pub struct Decided {
    /// Its id.
    pub id: Uuid,
    /// What was decided.
    pub change: Change,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// The decisions that stand, in the order they were made.
///
/// # Errors
/// When the database is away or a row cannot be opened.
pub async fn standing(pool: &PgPool, vault: &Vault, owner: Uuid) -> Result<Vec<Decided>, DbError> {
    let rows = sqlx::query!(
        r#"select id, change_sealed as "change: Sealed", created_at
           from profile_changes where owner_id = $1 and undone_at is null order by id"#,
        owner
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let place = Place {
                column: CHANGE,
                row: row.id,
            };
            let change =
                serde_json::from_slice(&vault.open(place, &row.change)?).map_err(|_| {
                    DbError::Row {
                        table: "profile_changes",
                        column: "change_sealed",
                    }
                })?;
            Ok(Decided {
                id: row.id,
                change,
                created_at: row.created_at,
            })
        })
        .collect()
}

/// Notes a decision and gives its id. One that stands already is not noted twice.
///
/// # Errors
/// When the database is away.
pub async fn add(
    pool: &PgPool,
    vault: &Vault,
    owner: Uuid,
    change: &Change,
) -> Result<Uuid, DbError> {
    let stands = standing(pool, vault, owner).await?;
    if let Some(known) = stands.iter().find(|decided| decided.change == *change) {
        return Ok(known.id);
    }
    let id = Uuid::now_v7();
    let bytes = serde_json::to_vec(change).map_err(|_| DbError::Row {
        table: "profile_changes",
        column: "change_sealed",
    })?;
    let place = Place {
        column: CHANGE,
        row: id,
    };
    let sealed = vault.seal(place, &bytes)?;
    sqlx::query!(
        "insert into profile_changes (id, owner_id, change_sealed) values ($1, $2, $3)",
        id,
        owner,
        sealed as Sealed
    )
    .execute(pool)
    .await?;
    Ok(id)
}

/// Takes a decision back, or lets it stand again. `false` when the owner made none of that id.
///
/// # Errors
/// When the database is away.
pub async fn set_undone(
    pool: &PgPool,
    owner: Uuid,
    id: Uuid,
    undone: bool,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update profile_changes set undone_at = case when $3 then now() end
         where id = $1 and owner_id = $2",
        id,
        owner,
        undone
    )
    .execute(pool)
    .await?;
    Ok(done.rows_affected() == 1)
}
