//! What sources say, read once and kept for a while: pages ask again and again, and the same bytes
//! always say the same.

use std::sync::Arc;

use intake::Evidence;
use moka::future::Cache;

use crate::ports::reader::{ReadError, Reader};
use career::ContentHash;

/// Roughly what a fact takes in memory, in bytes, words and places together.
const FACT_BYTES: usize = 600;

/// Read sources by the hash of their bytes and their name, which facts carry.
#[derive(Clone)]
pub struct Readings {
    cache: Cache<(String, String), Arc<Evidence>>,
}

impl Default for Readings {
    fn default() -> Self {
        let cache = Cache::builder()
            .max_capacity(64 << 20)
            .weigher(|_, evidence: &Arc<Evidence>| {
                let facts = evidence.profile.facts.len() + evidence.profile.unread.len();
                u32::try_from((facts + 1) * FACT_BYTES).unwrap_or(u32::MAX)
            })
            .time_to_idle(std::time::Duration::from_mins(30))
            .build();
        Self { cache }
    }
}

impl Readings {
    /// What a file says. Asked for by several at once, it is read once.
    ///
    /// # Errors
    /// Why it cannot be read; that is tried again the next time.
    pub async fn read(
        &self,
        reader: &Reader,
        name: &str,
        bytes: &[u8],
    ) -> Result<Arc<Evidence>, ReadError> {
        let hash = ContentHash::of(bytes).as_str().to_owned();
        let reading = async { reader.evidence(name, bytes).await.map(Arc::new) };
        let read = self
            .cache
            .try_get_with((hash, name.to_owned()), reading)
            .await;
        read.map_err(|error| (*error).clone())
    }

    /// What a file was read as before.
    pub async fn known(&self, hash: &str, name: &str) -> Option<Arc<Evidence>> {
        self.cache.get(&(hash.to_owned(), name.to_owned())).await
    }
}
