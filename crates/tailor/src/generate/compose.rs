//! Makes claims out of fields: numbers them and joins their pieces.

use career::text::clean;
use career::{Cite, Claim, ClaimId, DateField, EntryId, Field, Piece, Profile, Slot};

/// Makes the claims of one résumé.
pub(super) struct Composer<'a> {
    pub profile: &'a Profile,
    language: &'a str,
    made: usize,
}

impl<'a> Composer<'a> {
    pub(super) fn new(profile: &'a Profile, language: &'a str) -> Self {
        Self {
            profile,
            language,
            made: 0,
        }
    }

    /// A claim of those pieces; `None` when nothing visible comes of them.
    pub(super) fn claim(
        &mut self,
        slot: Slot,
        entry: Option<&EntryId>,
        pieces: Vec<Piece>,
    ) -> Option<Claim> {
        let id = ClaimId(format!("c-{}", self.made + 1));
        let claim = Claim::compose(
            id,
            slot,
            entry.cloned(),
            pieces,
            &self.profile.facts,
            self.language,
        )?;
        self.made += 1;
        Some(claim)
    }

    /// A claim of one field as it is.
    pub(super) fn field(
        &mut self,
        slot: Slot,
        entry: Option<&EntryId>,
        field: &Field,
    ) -> Option<Claim> {
        self.claim(slot, entry, joined([field], ", "))
    }
}

/// Fields with glue between them; those that show nothing are left out.
pub(super) fn joined<'f>(fields: impl IntoIterator<Item = &'f Field>, glue: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for field in fields {
        if shows(field) {
            if !pieces.is_empty() {
                pieces.push(self::glue(glue));
            }
            pieces.push(cited(&field.cite));
        }
    }
    pieces
}

/// Whether anything of a field can be seen.
pub(super) fn shows(field: &Field) -> bool {
    !clean(&field.text).is_empty()
}

pub(super) fn glue(text: &str) -> Piece {
    Piece::Glue {
        text: text.to_owned(),
    }
}

pub(super) fn cited(cite: &Cite) -> Piece {
    Piece::Cited { cite: cite.clone() }
}

/// A date in the résumé's form; words that are no date stay as they are.
pub(super) fn date(date: &DateField) -> Piece {
    let cite = date.field.cite.clone();
    if date.date.is_some() {
        Piece::Date { cite }
    } else {
        Piece::Cited { cite }
    }
}
