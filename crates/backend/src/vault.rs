//! The one door personal data takes to and from the database.
//!
//! Everything a person gave us is stored as [`Sealed`] bytes and only a [`Vault`] makes and opens
//! them. Today the vault keeps the bytes as they are; encrypting them is a new format byte and a
//! key ring here, and a change of no query. The place (table, column, row) is asked for already,
//! because authenticated encryption binds a ciphertext to where it belongs.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef};
use sqlx::{Decode, Encode, Postgres, Type};
use thiserror::Error;
use uuid::Uuid;

/// Format byte of bytes kept as they are.
const PLAIN: u8 = 0;

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
}

/// Seals and opens.
#[derive(Debug, Clone, Default)]
pub struct Vault {}

impl Vault {
    /// Seals bytes for a place.
    pub fn seal(&self, _place: Place, bytes: &[u8]) -> Sealed {
        let mut sealed = Vec::with_capacity(bytes.len() + 1);
        sealed.push(PLAIN);
        sealed.extend_from_slice(bytes);
        Sealed(sealed)
    }

    /// Opens the bytes of a place.
    ///
    /// # Errors
    /// When the format is unknown.
    pub fn open(&self, place: Place, sealed: &Sealed) -> Result<Vec<u8>, VaultError> {
        match sealed.0.split_first() {
            Some((&PLAIN, bytes)) => Ok(bytes.to_vec()),
            _ => Err(VaultError::Format(place.column)),
        }
    }

    /// Seals a value as JSON.
    ///
    /// # Errors
    /// When the value cannot be written as JSON.
    pub fn seal_value<T: Serialize>(&self, place: Place, value: &T) -> Result<Sealed, VaultError> {
        let bytes = serde_json::to_vec(value).map_err(|_| VaultError::Content(place.column))?;
        Ok(self.seal(place, &bytes))
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

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place {
        column: "runs.input_sealed",
        row: Uuid::nil(),
    };

    #[test]
    fn what_is_sealed_opens_and_shows_nothing_in_between() {
        let vault = Vault::default();
        let sealed = vault.seal(PLACE, b"canary");
        assert_eq!(vault.open(PLACE, &sealed).unwrap(), b"canary");
        assert!(!format!("{sealed:?}").contains("canary"));
    }

    #[test]
    fn an_unknown_format_is_refused_and_named_by_its_column_only() {
        let error = Vault::default()
            .open(PLACE, &Sealed(vec![9, 1, 2]))
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "sealed bytes in runs.input_sealed have an unknown format"
        );
    }
}
