//! What GitHub answered, as stored: per person, so that nobody learns whom another looked up.

use chrono::{DateTime, Utc};
use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::PgPool;
use uuid::Uuid;

use super::{DbError, uncancelled};
use crate::ports::github::{Answers, Kept};
use crate::vault::{Place, Sealed, Vault};

const ANSWER: &str = "github_answers.answer_sealed";

fn place(row: Uuid) -> Place {
    Place {
        column: ANSWER,
        row,
    }
}

/// One person's answers.
#[derive(Debug, Clone)]
pub struct StoredAnswers {
    pool: PgPool,
    vault: Vault,
    owner: Uuid,
}

impl StoredAnswers {
    /// The answers of that person.
    pub fn of(pool: &PgPool, vault: &Vault, owner: Uuid) -> Self {
        Self {
            pool: pool.clone(),
            vault: vault.clone(),
            owner,
        }
    }

    /// Forgets answers from before that time.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn forget_before(&self, time: DateTime<Utc>) -> Result<(), DbError> {
        let (pool, owner) = (self.pool.clone(), self.owner);
        uncancelled(async move {
            sqlx::query!(
                "delete from github_answers where owner_id = $1 and read_at < $2",
                owner,
                time
            )
            .execute(&pool)
            .await?;
            Ok(())
        })
        .await
    }

    async fn find(&self, key: &str) -> Result<Option<Kept>, DbError> {
        let row = sqlx::query!(
            r#"select id, answer_sealed as "answer: Sealed" from github_answers
               where owner_id = $1 and key = $2"#,
            self.owner,
            key
        )
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        Ok(Some(self.vault.open_value(place(row.id), &row.answer)?))
    }

    async fn store(&self, key: &str, kept: &Kept) -> Result<(), DbError> {
        let id = Uuid::now_v7();
        let sealed = self.vault.seal_value(place(id), kept)?;
        let (pool, owner, key, read_at) =
            (self.pool.clone(), self.owner, key.to_owned(), kept.read_at);
        uncancelled(async move {
            // The row takes the new id, to which its content is sealed.
            sqlx::query!(
                "insert into github_answers (id, owner_id, key, answer_sealed, read_at)
                 values ($1, $2, $3, $4, $5)
                 on conflict (owner_id, key) do update
                 set id = excluded.id, answer_sealed = excluded.answer_sealed,
                     read_at = excluded.read_at",
                id,
                owner,
                key,
                sealed as Sealed,
                read_at
            )
            .execute(&pool)
            .await?;
            Ok(())
        })
        .await
    }
}

impl Answers for StoredAnswers {
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Option<Kept>> {
        async move {
            let found = self.find(key).await;
            found.unwrap_or_else(|error| {
                tracing::warn!(%error, "a kept answer could not be read");
                None
            })
        }
        .boxed()
    }

    fn put<'a>(&'a self, key: &'a str, kept: &'a Kept) -> BoxFuture<'a, ()> {
        async move {
            if let Err(error) = self.store(key, kept).await {
                tracing::warn!(%error, "an answer could not be kept");
            }
        }
        .boxed()
    }
}
