//! The one door personal data takes to and from the database.
//!
//! Everything a person gave us is stored as [`Sealed`] bytes and only a [`Vault`] makes and opens
//! them. Secrets are encrypted with a key of the [`KeyRing`] (AES-256-GCM), bound to their place
//! (table, column, row): bytes that were changed or copied elsewhere do not open. The rest is kept as
//! it is; encrypting more of it is a line in [`ENCRYPTED`] and a change of no query.

mod ring;

use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef};
use sqlx::{Decode, Encode, Postgres, Type};
use thiserror::Error;
use uuid::Uuid;

use self::ring::Unopened;
pub use self::ring::{KeyFile, KeyFileError, KeyRing};

/// Format byte of bytes kept as they are.
const PLAIN: u8 = 0;
/// Format byte of bytes encrypted with a key of the ring.
const KEYED: u8 = 1;

/// What may stand in an encrypted column besides what the key ring sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing: it was never kept plain, and whoever writes plain bytes there means no good.
    Nothing,
    /// Rows of a time when the column was kept plain. They still open.
    #[cfg_attr(not(test), allow(dead_code))]
    Plain,
}

/// The columns that are encrypted. One that was kept plain so far comes here with [`Before::Plain`].
const ENCRYPTED: &[(&str, Before)] = &[
    ("model_keys.key_sealed", Before::Nothing),
    #[cfg(test)]
    ("tests.once_plain", Before::Plain),
];

fn encrypted(column: &str) -> Option<Before> {
    let mut columns = ENCRYPTED.iter();
    let found = columns.find(|(name, _)| *name == column);
    found.map(|(_, before)| *before)
}

/// Bytes as the database holds them. Nothing of their content shows in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

impl std::fmt::Debug for Sealed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Sealed({} bytes)", self.0.len())
    }
}

impl Sealed {
    /// Bytes that were sealed before and kept elsewhere than in the database.
    pub fn of_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes, to be kept.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Type<Postgres> for Sealed {
    fn type_info() -> PgTypeInfo {
        <Vec<u8> as Type<Postgres>>::type_info()
    }
}

impl Encode<'_, Postgres> for Sealed {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <Vec<u8> as Encode<'_, Postgres>>::encode_by_ref(&self.0, buffer)
    }
}

impl<'r> Decode<'r, Postgres> for Sealed {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self(<Vec<u8> as Decode<'r, Postgres>>::decode(value)?))
    }
}

/// Where sealed bytes belong.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// `table.column`.
    pub column: &'static str,
    /// The row.
    pub row: Uuid,
}

/// Why sealed bytes could not be made or opened. Never says anything of the content.
#[derive(Debug, Error)]
pub enum VaultError {
    /// The bytes are not of a format this version knows.
    #[error("sealed bytes in {0} have an unknown format")]
    Format(&'static str),
    /// What was inside is not what was expected.
    #[error("sealed content in {0} could not be read")]
    Content(&'static str),
    /// The bytes were changed, cut short, or belong to another place.
    #[error("sealed bytes in {0} are not those that were sealed there")]
    NotAuthentic(&'static str),
    /// They were sealed with a key that the key file does not hold.
    #[error("sealed bytes in {0} were sealed with a key that is not in the key file")]
    OtherKey(&'static str),
    /// There is no key to seal or to open with.
    #[error("{0}: {1}")]
    NoKey(&'static str, KeyFileError),
}

/// Seals and opens.
#[derive(Debug, Clone, Default)]
pub struct Vault {
    keys: Option<Arc<KeyRing>>,
}

impl Vault {
    /// A vault with the keys of that file, which is made when it is first needed. Without one, what
    /// must be encrypted is refused.
    pub fn with_keys(file: PathBuf) -> Self {
        Self {
            keys: Some(Arc::new(KeyRing::at(file))),
        }
    }

    /// Seals bytes for a place.
    ///
    /// # Errors
    /// When they must be encrypted and there is no key.
    pub fn seal(&self, place: Place, bytes: &[u8]) -> Result<Sealed, VaultError> {
        let (format, bytes) = if encrypted(place.column).is_some() {
            let no_key = |error| VaultError::NoKey(place.column, error);
            let keys = self.keys.as_ref();
            let keys = keys.ok_or_else(|| no_key(KeyFileError::None))?;
            let sealed = keys.seal(&bound(place), bytes);
            (KEYED, sealed.map_err(no_key)?)
        } else {
            (PLAIN, bytes.to_vec())
        };
        Ok(Sealed([&[format], bytes.as_slice()].concat()))
    }

    /// Opens the bytes of a place.
    ///
    /// # Errors
    /// When the format is unknown, the key is not there, or they are not what was sealed there.
    pub fn open(&self, place: Place, sealed: &Sealed) -> Result<Vec<u8>, VaultError> {
        match sealed.0.split_first() {
            Some((&PLAIN, bytes)) if encrypted(place.column) != Some(Before::Nothing) => {
                Ok(bytes.to_vec())
            }
            Some((&KEYED, bytes)) => {
                let no_key = |error| VaultError::NoKey(place.column, error);
                let keys = self.keys.as_ref();
                let keys = keys.ok_or_else(|| no_key(KeyFileError::None))?;
                keys.open(&bound(place), bytes)
                    .map_err(|unopened| match unopened {
                        Unopened::File(error) => no_key(error),
                        Unopened::OtherKey => VaultError::OtherKey(place.column),
                        Unopened::NotAuthentic => VaultError::NotAuthentic(place.column),
                    })
            }
            _ => Err(VaultError::Format(place.column)),
        }
    }

    /// Seals a value as JSON.
    ///
    /// # Errors
    /// When the value cannot be written as JSON.
    pub fn seal_value<T: Serialize>(&self, place: Place, value: &T) -> Result<Sealed, VaultError> {
        let bytes = serde_json::to_vec(value).map_err(|_| VaultError::Content(place.column))?;
        self.seal(place, &bytes)
    }

    /// Opens a value kept as JSON.
    ///
    /// # Errors
    /// When format or content are not what they should be.
    pub fn open_value<T: DeserializeOwned>(
        &self,
        place: Place,
        sealed: &Sealed,
    ) -> Result<T, VaultError> {
        let bytes = self.open(place, sealed)?;
        serde_json::from_slice(&bytes).map_err(|_| VaultError::Content(place.column))
    }
}

/// A place as ciphertexts are bound to it. The row's length is fixed, so that no two places read alike.
fn bound(place: Place) -> Vec<u8> {
    [&[KEYED], &place.row.as_bytes()[..], place.column.as_bytes()].concat()
}

#[cfg(test)]
mod tests;
