//! Sources of evidence as stored.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::DbError;
use crate::vault::{Place, Sealed, Vault};

const NAME: &str = "sources.name_sealed";
const BYTES: &str = "sources.bytes_sealed";

/// A source to be stored.
#[derive(Debug, Clone)]
pub struct NewSource {
    /// What it was read as.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes, in hexadecimal.
    pub content_hash: String,
    /// How many facts it gives.
    pub fact_count: i64,
}

/// A source read back.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its id.
    pub id: Uuid,
    /// What it was read as.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A source in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: Uuid,
    /// What it was read as.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// How many facts it gives.
    pub fact_count: i64,
    /// When it was given, or read anew.
    pub read_at: DateTime<Utc>,
}

/// Stores a source and gives its id. The same bytes of the same owner are stored once; a removed
/// one comes back.
///
/// # Errors
/// When the database is away.
pub async fn keep(
    connection: &mut PgConnection,
    vault: &Vault,
    owner: Uuid,
    source: &NewSource,
) -> Result<Uuid, DbError> {
    let id = Uuid::now_v7();
    let name = vault.seal(
        Place {
            column: NAME,
            row: id,
        },
        source.name.as_bytes(),
    )?;
    let bytes = vault.seal(
        Place {
            column: BYTES,
            row: id,
        },
        &source.bytes,
    )?;
    let inserted = sqlx::query_scalar!(
        "insert into sources (id, owner_id, kind, content_hash, name_sealed, bytes_sealed, fact_count)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (owner_id, content_hash, kind) do nothing
         returning id",
        id,
        owner,
        source.kind,
        source.content_hash,
        name as Sealed,
        bytes as Sealed,
        source.fact_count,
    )
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(id) = inserted {
        return Ok(id);
    }
    Ok(sqlx::query_scalar!(
        "update sources set removed_at = null
         where owner_id = $1 and content_hash = $2 and kind = $3 returning id",
        owner,
        source.content_hash,
        source.kind,
    )
    .fetch_one(connection)
    .await?)
}

/// The owner's sources, the newest first, without removed ones and without the one whose content
/// has the hash `except`.
///
/// # Errors
/// When the database is away or a row cannot be opened.
pub async fn list(
    pool: &PgPool,
    vault: &Vault,
    owner: Uuid,
    except: &str,
) -> Result<Vec<Listed>, DbError> {
    let rows = sqlx::query!(
        r#"select id, kind, name_sealed as "name: Sealed", fact_count, created_at, refreshed_at
           from sources where owner_id = $1 and removed_at is null and content_hash <> $2
           order by created_at desc limit 100"#,
        owner,
        except
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let name = open_name(vault, row.id, &row.name)?;
            Ok(Listed {
                id: row.id,
                kind: row.kind,
                name,
                fact_count: row.fact_count,
                read_at: row.refreshed_at.unwrap_or(row.created_at),
            })
        })
        .collect()
}

/// Stores several sources, all or none, and gives their ids in the order given.
///
/// # Errors
/// When the database is away.
pub async fn keep_all(
    pool: &PgPool,
    vault: &Vault,
    owner: Uuid,
    given: &[NewSource],
) -> Result<Vec<Uuid>, DbError> {
    let mut transaction = pool.begin().await?;
    let mut ids = Vec::with_capacity(given.len());
    for source in given {
        ids.push(keep(&mut transaction, vault, owner, source).await?);
    }
    transaction.commit().await?;
    Ok(ids)
}

/// A source without its bytes.
#[derive(Debug, Clone)]
pub struct Known {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub content_hash: String,
}

/// The owner's sources, the oldest first, without removed ones and without the one whose content has
/// the hash `except`.
///
/// # Errors
/// When the database is away or a row cannot be opened.
pub async fn known(
    pool: &PgPool,
    vault: &Vault,
    owner: Uuid,
    except: &str,
) -> Result<Vec<Known>, DbError> {
    let rows = sqlx::query!(
        r#"select id, name_sealed as "name: Sealed", content_hash
           from sources where owner_id = $1 and removed_at is null and content_hash <> $2
           order by created_at, id limit 100"#,
        owner,
        except
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Known {
                id: row.id,
                name: open_name(vault, row.id, &row.name)?,
                content_hash: row.content_hash,
            })
        })
        .collect()
}

/// A source's bytes.
///
/// # Errors
/// When the database is away, or there is no such source.
pub async fn bytes(pool: &PgPool, vault: &Vault, id: Uuid) -> Result<Vec<u8>, DbError> {
    let sealed = sqlx::query_scalar!(
        r#"select bytes_sealed as "bytes: Sealed" from sources where id = $1"#,
        id
    )
    .fetch_one(pool)
    .await?;
    let place = Place {
        column: BYTES,
        row: id,
    };
    Ok(vault.open(place, &sealed)?)
}

/// A source of one kind.
#[derive(Debug, Clone)]
pub struct OfKind {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// When it was given, or read anew.
    pub read_at: DateTime<Utc>,
}

/// The owner's sources of a kind, removed ones too, the oldest first.
///
/// # Errors
/// When the database is away or a row cannot be opened.
pub async fn of_kind(
    pool: &PgPool,
    vault: &Vault,
    owner: Uuid,
    kind: &str,
) -> Result<Vec<OfKind>, DbError> {
    let rows = sqlx::query!(
        r#"select id, name_sealed as "name: Sealed", created_at, refreshed_at
           from sources where owner_id = $1 and kind = $2 order by created_at, id"#,
        owner,
        kind
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(OfKind {
                id: row.id,
                name: open_name(vault, row.id, &row.name)?,
                read_at: row.refreshed_at.unwrap_or(row.created_at),
            })
        })
        .collect()
}

/// Puts what a source said at that time in place of what it said before; a removed one comes back. Nothing happens
/// where another source of the owner says the same already, or the owner has none of that id.
///
/// # Errors
/// When the database is away.
pub async fn supersede(
    pool: &PgPool,
    vault: &Vault,
    owner: Uuid,
    id: Uuid,
    source: &NewSource,
    read_at: DateTime<Utc>,
) -> Result<(), DbError> {
    let place = |column| Place { column, row: id };
    let name = vault.seal(place(NAME), source.name.as_bytes())?;
    let bytes = vault.seal(place(BYTES), &source.bytes)?;
    sqlx::query!(
        "update sources set content_hash = $4, name_sealed = $5, bytes_sealed = $6,
             fact_count = $7, refreshed_at = $8, removed_at = null
         where id = $1 and owner_id = $2 and kind = $3 and not exists (
             select 1 from sources other
             where other.owner_id = $2 and other.kind = $3 and other.content_hash = $4
               and other.id <> $1)",
        id,
        owner,
        source.kind,
        source.content_hash,
        name as Sealed,
        bytes as Sealed,
        source.fact_count,
        read_at,
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// The sources of a run, in the order they were given; removed ones too, since the run rests on
/// them.
///
/// # Errors
/// When the database is away or a row cannot be opened.
pub async fn of_run(pool: &PgPool, vault: &Vault, run: Uuid) -> Result<Vec<Source>, DbError> {
    let rows = sqlx::query!(
        r#"select s.id, s.kind, s.name_sealed as "name: Sealed", s.bytes_sealed as "bytes: Sealed"
           from run_sources rs join sources s on s.id = rs.source_id
           where rs.run_id = $1 order by rs.position"#,
        run
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let bytes = vault.open(
                Place {
                    column: BYTES,
                    row: row.id,
                },
                &row.bytes,
            )?;
            Ok(Source {
                id: row.id,
                kind: row.kind,
                name: open_name(vault, row.id, &row.name)?,
                bytes,
            })
        })
        .collect()
}

/// The names of a run's sources.
///
/// # Errors
/// When the database is away or a row cannot be opened.
pub async fn names_of_run(pool: &PgPool, vault: &Vault, run: Uuid) -> Result<Vec<String>, DbError> {
    let rows = sqlx::query!(
        r#"select s.id, s.name_sealed as "name: Sealed"
           from run_sources rs join sources s on s.id = rs.source_id
           where rs.run_id = $1 order by rs.position"#,
        run
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| open_name(vault, row.id, &row.name))
        .collect()
}

/// Which of the given ids are sources of that owner, in the order given.
///
/// # Errors
/// When the database is away.
pub async fn owned(pool: &PgPool, owner: Uuid, ids: &[Uuid]) -> Result<Vec<Uuid>, DbError> {
    let found = sqlx::query_scalar!(
        "select id from sources where owner_id = $1 and id = any($2) and removed_at is null",
        owner,
        ids
    )
    .fetch_all(pool)
    .await?;
    Ok(ids
        .iter()
        .copied()
        .filter(|id| found.contains(id))
        .collect())
}

/// Removes a source from lists, or brings it back. `false` when the owner has no such source.
///
/// # Errors
/// When the database is away.
pub async fn set_removed(
    pool: &PgPool,
    owner: Uuid,
    id: Uuid,
    removed: bool,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "update sources set removed_at = case when $3 then now() end where id = $1 and owner_id = $2",
        id,
        owner,
        removed
    )
    .execute(pool)
    .await?;
    Ok(done.rows_affected() == 1)
}

fn open_name(vault: &Vault, id: Uuid, sealed: &Sealed) -> Result<String, DbError> {
    let bytes = vault.open(
        Place {
            column: NAME,
            row: id,
        },
        sealed,
    )?;
    String::from_utf8(bytes).map_err(|_| DbError::Row {
        table: "sources",
        column: "name_sealed",
    })
}
