//! People: for now the one local person of an instance without accounts.

use sqlx::PgPool;
use uuid::Uuid;

use super::DbError;

/// The local person's id; made at the first start.
///
/// # Errors
/// When the database is away.
pub async fn local(pool: &PgPool) -> Result<Uuid, DbError> {
    let id = Uuid::now_v7();
    // Two programs starting at once: the second keeps the first one's person.
    sqlx::query!(
        "insert into people (id, kind) values ($1, 'local') on conflict do nothing",
        id
    )
    .execute(pool)
    .await?;
    Ok(
        sqlx::query_scalar!("select id from people where kind = 'local'")
            .fetch_one(pool)
            .await?,
    )
}
