//! What was typed into a form that was refused, kept for half an hour so that nothing is lost
//! where no script runs in the browser.

use std::time::Duration;

use career::view::Attempt;
use moka::future::Cache;
use uuid::Uuid;

use crate::Context;

/// Refused forms by their ids.
#[derive(Clone)]
pub struct Attempts {
    cache: Cache<(Uuid, Uuid), Attempt>,
}

impl Default for Attempts {
    fn default() -> Self {
        let cache = Cache::builder()
            .max_capacity(16 * 1024 * 1024)
            .weigher(|_, attempt: &Attempt| {
                let typed: usize = attempt.typed.values().map(String::len).sum();
                u32::try_from(attempt.posting.len() + typed + 512).unwrap_or(u32::MAX)
            })
            .time_to_live(Duration::from_mins(30))
            .build();
        Self { cache }
    }
}

/// Keeps a refused form and gives its id.
pub async fn keep(context: &Context, attempt: Attempt) -> Uuid {
    let id = Uuid::now_v7();
    if let Some(person) = context.actor.person() {
        context
            .services
            .attempts
            .cache
            .insert((person, id), attempt)
            .await;
    }
    id
}

/// A refused form of the person who asks.
pub async fn get(context: &Context, id: Uuid) -> Option<Attempt> {
    let person = context.actor.person()?;
    context.services.attempts.cache.get(&(person, id)).await
}
