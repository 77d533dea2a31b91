//! People's photos: one each, sealed like all that is theirs.

use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::DbError;
use crate::vault::{Place, Sealed, Vault};

const PHOTO: &str = "people.photo_sealed";

/// A photo without its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: Uuid,
    /// Whether it was removed and can be put back.
    pub removed: bool,
}

fn place(owner: Uuid) -> Place {
    Place {
        column: PHOTO,
        row: owner,
    }
}

/// The person's photo, removed or not.
///
/// # Errors
/// When the database is away.
pub async fn kept(pool: &PgPool, owner: Uuid) -> Result<Option<Kept>, DbError> {
    let kept = sqlx::query_as!(
        Kept,
        r#"select photo_id as "id!", photo_removed_at is not null as "removed!"
         from people where id = $1 and photo_id is not null"#,
        owner
    );
    Ok(kept.fetch_optional(pool).await?)
}

/// The bytes of the person's photo, unless it was removed or replaced.
///
/// # Errors
/// When the database is away or the bytes cannot be opened.
pub async fn bytes(
    pool: &PgPool,
    vault: &Vault,
    owner: Uuid,
    id: Uuid,
) -> Result<Option<Vec<u8>>, DbError> {
    let sealed = sqlx::query_scalar!(
        r#"select photo_sealed as "photo!: Sealed" from people
         where id = $1 and photo_id = $2 and photo_removed_at is null"#,
        owner,
        id
    )
    .fetch_optional(pool)
    .await?;
    let opened = sealed.map(|sealed| vault.open(place(owner), &sealed));
    Ok(opened.transpose()?)
}

/// Keeps a photo in the place of the one there was; gives its id.
///
/// # Errors
/// When the database is away.
pub async fn put(pool: &PgPool, vault: &Vault, owner: Uuid, photo: &[u8]) -> Result<Uuid, DbError> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "update people set photo_id = $2, photo_sealed = $3, photo_removed_at = null where id = $1",
        owner,
        id,
        vault.seal(place(owner), photo)? as Sealed
    )
    .execute(pool)
    .await?;
    Ok(id)
}

/// Removes the photo, or puts it back. `false` when there is none, or it is so already.
///
/// # Errors
/// When the database is away.
pub async fn set_removed(pool: &PgPool, owner: Uuid, removed: bool) -> Result<bool, DbError> {
    let changed = sqlx::query!(
        "update people set photo_removed_at = case when $2 then now() end
         where id = $1 and photo_id is not null and (photo_removed_at is not null) <> $2",
        owner,
        removed
    )
    .execute(pool)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Deletes photos that were removed so long ago; gives their number.
///
/// # Errors
/// When the database is away.
pub async fn forget_removed(pool: &PgPool, after: chrono::Duration) -> Result<u64, DbError> {
    let before = chrono::Utc::now() - after;
    let forgotten = sqlx::query!(
        "update people set photo_id = null, photo_sealed = null, photo_removed_at = null
         where photo_removed_at < $1",
        before
    )
    .execute(pool)
    .await?;
    Ok(forgotten.rows_affected())
}

/// The photo that goes on pages, and stays the one until the transaction is over.
pub(super) async fn lock(
    connection: &mut PgConnection,
    owner: Uuid,
) -> Result<Option<Uuid>, DbError> {
    let locked = sqlx::query!(
        "select photo_id, photo_removed_at from people where id = $1 for update",
        owner
    )
    .fetch_optional(connection)
    .await?;
    Ok(locked
        .filter(|row| row.photo_removed_at.is_none())
        .and_then(|row| row.photo_id))
}
