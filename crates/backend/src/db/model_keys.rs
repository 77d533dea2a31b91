//! People's own keys of model providers: one each, encrypted by the vault.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use sqlx::PgPool;
use uuid::Uuid;

use super::DbError;
use crate::ports::models::Provider;
use crate::vault::{Place, Sealed, Vault, VaultError};

const KEY: &str = "model_keys.key_sealed";

/// A key as kept, with what may be shown of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptKey {
    /// Its id; another key has another.
    pub id: Uuid,
    /// Whose it is.
    pub owner: Uuid,
    /// Where it is for.
    pub provider: Provider,
    /// Which model is asked with it.
    pub model: String,
    /// Its last four characters.
    pub last_four: String,
    /// Since when it is kept.
    pub made_at: DateTime<Utc>,
    /// When the provider refused it last.
    pub refused_at: Option<DateTime<Utc>>,
    sealed: Sealed,
}

/// A key to be kept.
#[derive(Debug)]
pub struct NewKey<'a> {
    /// Where it is for.
    pub provider: Provider,
    /// Which model is asked with it.
    pub model: &'a str,
    /// The key, of more than four characters.
    pub key: &'a SecretString,
}

/// The row is the person: a key that is copied to somebody else does not open there.
fn place(owner: Uuid) -> Place {
    Place {
        column: KEY,
        row: owner,
    }
}

impl KeptKey {
    /// The key itself.
    ///
    /// # Errors
    /// When it cannot be opened, or was given for another provider than the row says.
    pub fn open(&self, vault: &Vault) -> Result<SecretString, VaultError> {
        let opened = vault.open(place(self.owner), &self.sealed)?;
        let text =
            SecretString::from(String::from_utf8(opened).map_err(|_| VaultError::Content(KEY))?);
        let provider = self.provider.to_string();
        match text.expose_secret().split_once(' ') {
            Some((whose, key)) if whose == provider => Ok(SecretString::from(key)),
            _ => Err(VaultError::NotAuthentic(KEY)),
        }
    }
}

/// The person's key.
///
/// # Errors
/// When the database is away.
pub async fn kept(pool: &PgPool, owner: Uuid) -> Result<Option<KeptKey>, DbError> {
    let row = sqlx::query!(
        r#"select id, provider, model, key_sealed as "sealed: Sealed", last_four, made_at, refused_at
           from model_keys where owner_id = $1"#,
        owner
    )
    .fetch_optional(pool)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let provider = Provider::of_personal(&row.provider).ok_or(DbError::Row {
        table: "model_keys",
        column: "provider",
    })?;
    Ok(Some(KeptKey {
        id: row.id,
        owner,
        provider,
        model: row.model,
        last_four: row.last_four,
        made_at: row.made_at,
        refused_at: row.refused_at,
        sealed: row.sealed,
    }))
}

/// Keeps a key in the place of the one there was.
///
/// # Errors
/// When the database is away, or the key cannot be sealed.
pub async fn put(
    pool: &PgPool,
    vault: &Vault,
    owner: Uuid,
    new: NewKey<'_>,
) -> Result<(), DbError> {
    let key = new.key.expose_secret();
    let provider = new.provider.to_string();
    let text = SecretString::from(format!("{provider} {key}"));
    let sealed = vault.seal(place(owner), text.expose_secret().as_bytes())?;
    let last_four = key.get(key.len().saturating_sub(4)..).unwrap_or_default();
    sqlx::query!(
        "insert into model_keys (owner_id, id, provider, model, key_sealed, last_four)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (owner_id) do update set id = excluded.id, provider = excluded.provider,
             model = excluded.model, key_sealed = excluded.key_sealed,
             last_four = excluded.last_four, made_at = now(), refused_at = null",
        owner,
        Uuid::now_v7(),
        provider,
        new.model,
        sealed as Sealed,
        last_four,
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Removes the person's key for good; whether there was one.
///
/// # Errors
/// When the database is away.
pub async fn remove(pool: &PgPool, owner: Uuid) -> Result<bool, DbError> {
    let removed = sqlx::query!("delete from model_keys where owner_id = $1", owner)
        .execute(pool)
        .await?;
    Ok(removed.rows_affected() == 1)
}

/// Notes that the provider refused a key, or took it again. Of a key that was replaced since,
/// nothing is noted.
///
/// # Errors
/// When the database is away.
pub async fn note(pool: &PgPool, id: Uuid, refused: bool) -> Result<(), DbError> {
    sqlx::query!(
        "update model_keys set refused_at = case when $2 then now() end where id = $1",
        id,
        refused
    )
    .execute(pool)
    .await?;
    Ok(())
}
