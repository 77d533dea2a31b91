//! Facts of an account: what is said, and the address where it stands.

use career::fact::Locator;
use career::{ContentHash, Fact, Field};
use serde::Serialize;

use super::User;
use crate::collect::{Collector, trimmed};

/// A profile under construction out of an account.
pub(super) struct Scribe {
    pub(super) collector: Collector,
}

impl Scribe {
    /// Nothing read yet. Facts are named by the account and not by the bytes of one reading: an
    /// account goes on changing, and what a person decided about a repository must still be known
    /// when it was starred once more.
    pub(super) fn of(user: &User) -> Self {
        let (_, address) = user.html_url.split_once("://").unwrap_or_default();
        let address = address.trim_end_matches('/');
        let hash = ContentHash::of(address.to_lowercase().as_bytes());
        Self {
            collector: Collector::named(address, hash),
        }
    }

    /// Words, exactly as GitHub gave them.
    pub(super) fn quote(&mut self, url: &str, revision: Option<&str>, words: &str) -> Fact {
        let locator = web(url, revision);
        self.collector.fact(locator, words)
    }

    /// A field of words; none where they show nothing.
    pub(super) fn field(&mut self, url: &str, words: Option<&str>) -> Option<Field> {
        self.field_at(url, None, words)
    }

    /// The same at a revision.
    pub(super) fn field_at(
        &mut self,
        url: &str,
        revision: Option<&str>,
        words: Option<&str>,
    ) -> Option<Field> {
        let words = words.filter(|words| !words.trim().is_empty())?;
        trimmed(&self.quote(url, revision, words))
    }

    /// A member of the record as a fact: `"archived":true`.
    pub(super) fn member<T: Serialize>(
        &mut self,
        url: &str,
        name: &str,
        value: Option<&T>,
    ) -> Option<Fact> {
        let value = serde_json::to_string(value?).ok()?;
        Some(self.quote(url, None, &format!("\"{name}\":{value}")))
    }

    /// A member whose name is what counts, as a field: `Rust` of `"Rust":412345`.
    pub(super) fn named_member(&mut self, url: &str, name: &str, value: u64) -> Option<Field> {
        let quoted = serde_json::to_string(name).ok()?;
        let plain = quoted.len() == name.len() + 2 && name.trim() == name;
        if !plain || name.is_empty() {
            return self.field(url, Some(name));
        }
        let fact = self.quote(url, None, &format!("{quoted}:{value}"));
        Field::span(&fact, 1, 1 + name.len())
    }

    /// Keeps what no field holds.
    pub(super) fn unread(&mut self, url: &str, words: &str) {
        self.collector.keep_unread(web(url, None), words.to_owned());
    }
}

fn web(url: &str, revision: Option<&str>) -> Locator {
    Locator::Web {
        url: url.to_owned(),
        revision: revision.filter(|name| !name.is_empty()).map(str::to_owned),
    }
}
