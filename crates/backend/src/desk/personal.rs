//! Which desk a person's questions go to: one of their own where they gave a key, else the instance's.

use std::sync::Arc;
use std::time::Duration;

use sqlx::PgPool;
use uuid::Uuid;

use super::Desk;
use crate::db::{DbError, model_keys};
use crate::ports::models::{Models, Personal};
use crate::vault::Vault;

/// So many people's desks are kept at once; whoever comes back later gets a new one.
const DESKS: u64 = 256;
/// For so long a desk that nobody uses is kept, and with it the opened key.
const IDLE: Duration = Duration::from_mins(15);

/// The instance's desk and those of people with keys of their own. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Desks {
    instance: Desk,
    personal: Option<Arc<People>>,
}

#[derive(Debug)]
struct People {
    how: Personal,
    models: Models,
    vault: Vault,
    pool: PgPool,
    /// By person, with the key each desk asks with.
    desks: moka::future::Cache<Uuid, (Uuid, Desk)>,
}

/// A place at a desk.
#[derive(Debug, Clone)]
pub struct Seat {
    /// Where to ask.
    pub desk: Desk,
    /// Whether there is a key of their own that cannot be opened any more.
    pub key_lost: bool,
}

impl Desks {
    /// The instance's desk, for everybody.
    pub fn new(instance: Desk) -> Self {
        Self {
            instance,
            personal: None,
        }
    }

    /// The same, and people may bring keys of their own.
    #[must_use]
    pub fn with_personal(self, how: Personal, models: Models, vault: Vault, pool: PgPool) -> Self {
        let desks = moka::future::Cache::builder()
            .max_capacity(DESKS)
            .time_to_idle(IDLE)
            .build();
        let people = People {
            how,
            models,
            vault,
            pool,
            desks,
        };
        Self {
            personal: Some(Arc::new(people)),
            ..self
        }
    }

    /// Whether people may bring keys of their own.
    pub fn takes_keys(&self) -> bool {
        self.personal.is_some()
    }

    /// Where that person's questions go. A key that cannot be opened is told of; the instance's model
    /// stands in then.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn of(&self, owner: Uuid) -> Result<Seat, DbError> {
        let instance = |key_lost| Seat {
            desk: self.instance.clone(),
            key_lost,
        };
        let Some(people) = &self.personal else {
            return Ok(instance(false));
        };
        // Looked at every time: a key that was removed or replaced, on whichever server, is not used.
        let Some(kept) = model_keys::kept(&people.pool, owner).await? else {
            return Ok(instance(false));
        };
        if let Some((key, desk)) = people.desks.get(&owner).await
            && key == kept.id
        {
            return Ok(Seat {
                desk,
                key_lost: false,
            });
        }
        let key = match kept.open(&people.vault) {
            Ok(key) => key,
            Err(error) => {
                tracing::warn!(%error, "a person's own key cannot be opened");
                return Ok(instance(true));
            }
        };
        let settings = people.how.settings(kept.provider, &kept.model, key);
        let model = people.models.open(Some(&settings));
        let desk = self.instance.personal(owner, kept.id, model);
        people.desks.insert(owner, (kept.id, desk.clone())).await;
        Ok(Seat {
            desk,
            key_lost: false,
        })
    }

    /// Lets go of a person's desk, and of the key in it. The next one knows of no refusal.
    pub async fn forget(&self, owner: Uuid) {
        if let Some(people) = &self.personal {
            people.desks.invalidate(&owner).await;
        }
    }
}
