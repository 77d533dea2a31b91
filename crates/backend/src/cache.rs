//! Kept answers: in this process, and behind that in Redis where several servers share them. A cache
//! that fails is a cache that knows nothing: it never fails its caller.

mod distant;

use std::sync::Arc;
use std::time::Duration;

use career::ContentHash;

pub use distant::{Distant, DistantError};

/// Bytes kept in this process, keys included.
const CAPACITY: u64 = 64 << 20;
/// How long an answer is kept. What it depends on is in its key, so this only bounds the space.
const KEPT: Duration = Duration::from_hours(24 * 14);
/// An answer larger than that is not worth its place.
const LARGEST: usize = 1 << 20;

/// Names one answer by everything it depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Key {
    /// The key of an answer that depends on these parts, in this order.
    pub fn of(parts: &[&[u8]]) -> Self {
        Self(ContentHash::of_parts(parts).as_str().to_owned())
    }

    /// As it is written in Redis.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Keeps answers. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Cache {
    near: moka::future::Cache<Key, Arc<[u8]>>,
    distant: Option<Arc<Distant>>,
}

impl Default for Cache {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Cache {
    /// A cache in this process, and behind it the one that is shared.
    pub fn new(distant: Option<Distant>) -> Self {
        let near = moka::future::Cache::builder()
            .max_capacity(CAPACITY)
            .weigher(|key: &Key, answer: &Arc<[u8]>| {
                u32::try_from(key.0.len() + answer.len()).unwrap_or(u32::MAX)
            })
            .time_to_live(KEPT)
            .build();
        Self {
            near,
            distant: distant.map(Arc::new),
        }
    }

    /// A kept answer.
    pub async fn get(&self, key: &Key) -> Option<Arc<[u8]>> {
        if let Some(found) = self.near.get(key).await {
            return Some(found);
        }
        let found: Arc<[u8]> = self.distant.as_ref()?.get(key).await?.into();
        self.near.insert(key.clone(), Arc::clone(&found)).await;
        Some(found)
    }

    /// Keeps an answer.
    pub async fn put(&self, key: Key, answer: Vec<u8>) {
        if answer.len() > LARGEST {
            return;
        }
        if let Some(distant) = &self.distant {
            distant.put(&key, &answer, KEPT).await;
        }
        self.near.insert(key, answer.into()).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_put_is_found_and_nothing_else() {
        let cache = Cache::default();
        let key = Key::of(&[b"a", b"bc"]);
        cache.put(key.clone(), b"answer".to_vec()).await;
        assert_eq!(cache.get(&key).await.as_deref(), Some(b"answer".as_slice()));
        assert!(cache.get(&Key::of(&[b"ab", b"c"])).await.is_none());
    }

    #[tokio::test]
    async fn an_answer_too_large_is_not_kept() {
        let cache = Cache::default();
        let key = Key::of(&[b"large"]);
        cache.put(key.clone(), vec![0; LARGEST + 1]).await;
        assert!(cache.get(&key).await.is_none());
    }
}
