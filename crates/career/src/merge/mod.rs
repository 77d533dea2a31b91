//! One job told by several sources is one job: what is proposed to a person, what they decided, and
//! the profile that follows. Nothing is merged by guess; every decision can be taken back by
//! leaving it out.

mod fold;
mod same;

pub use fold::{Conflict, Merged, apply};
pub use same::{Proposal, Reason, proposals};

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use uuid::Uuid;

use crate::fact::{Cite, FactId};
use crate::own::{About, Written};
use crate::profile::{Entry, Field};

/// A field that holds one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    /// Position, degree, or the thing's name.
    Title,
    /// Field of study, role in a project.
    Subtitle,
    /// Employer, school, issuer.
    Organization,
    /// Where it was.
    Location,
    /// Its address on the web.
    Url,
    /// When it began.
    Start,
    /// When it ended.
    End,
    /// Grade or score.
    Score,
}

impl FieldName {
    /// All of them, in page order.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::Subtitle,
        Self::Organization,
        Self::Location,
        Self::Url,
        Self::Start,
        Self::End,
        Self::Score,
    ];

    /// The name used in files and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Subtitle => "subtitle",
            Self::Organization => "organization",
            Self::Location => "location",
            Self::Url => "url",
            Self::Start => "start",
            Self::End => "end",
            Self::Score => "score",
        }
    }

    /// The field of an entry.
    pub fn of(self, entry: &Entry) -> Option<&Field> {
        match self {
            Self::Title => entry.title.as_ref(),
            Self::Subtitle => entry.subtitle.as_ref(),
            Self::Organization => entry.organization.as_ref(),
            Self::Location => entry.location.as_ref(),
            Self::Url => entry.url.as_ref(),
            Self::Start => entry.start.as_ref().map(|date| &date.field),
            Self::End => entry.end.as_ref().map(|date| &date.field),
            Self::Score => entry.score.as_ref(),
        }
    }
}

/// What a person decided about their profile. Entries are named by their anchor ([`anchor`]), which
/// is the same whenever the same source is read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Change {
    /// Both tell of the same thing: `other` goes into `kept`.
    Merge {
        /// The entry that stays in its place.
        kept: FactId,
        /// The entry that goes into it.
        other: FactId,
    },
    /// They only look alike.
    Distinct {
        /// One of them.
        one: FactId,
        /// The other.
        other: FactId,
    },
    /// Of several values of a field, this one is right.
    Choose {
        /// The entry.
        entry: FactId,
        /// The field.
        field: FieldName,
        /// The value, as words of a fact.
        cite: Cite,
    },
    /// The entry is on no résumé.
    LeaveOut {
        /// The entry.
        entry: FactId,
    },
    /// A block in the person's own words; one of the same id takes the place of the earlier.
    Write {
        /// The block's name.
        id: Uuid,
        /// The block.
        entry: Written,
    },
    /// What stands at the top of the page, in the person's own words. The last one counts.
    WriteAbout {
        /// The statement's name.
        id: Uuid,
        /// The words.
        about: About,
    },
    /// A line in the person's own words, added to an entry.
    AddLine {
        /// The entry.
        entry: FactId,
        /// The statement's name.
        id: Uuid,
        /// The line.
        words: String,
    },
    /// A field of an entry in the person's own words. What the sources say is kept beside it.
    Fill {
        /// The entry.
        entry: FactId,
        /// The field.
        field: FieldName,
        /// The statement's name.
        id: Uuid,
        /// The value.
        words: String,
    },
    /// A question that is not to be asked again.
    Skip {
        /// Its id.
        question: String,
    },
}

impl Change {
    /// The entries it speaks of.
    pub fn anchors(&self) -> Vec<&FactId> {
        match self {
            Self::Merge { kept: one, other } | Self::Distinct { one, other } => vec![one, other],
            Self::Choose { entry, .. }
            | Self::LeaveOut { entry }
            | Self::AddLine { entry, .. }
            | Self::Fill { entry, .. } => vec![entry],
            Self::Write { .. } | Self::WriteAbout { .. } | Self::Skip { .. } => Vec::new(),
        }
    }

    pub(crate) fn anchors_mut(&mut self) -> Vec<&mut FactId> {
        match self {
            Self::Merge { kept: one, other } | Self::Distinct { one, other } => vec![one, other],
            Self::Choose { entry, .. }
            | Self::LeaveOut { entry }
            | Self::AddLine { entry, .. }
            | Self::Fill { entry, .. } => vec![entry],
            Self::Write { .. } | Self::WriteAbout { .. } | Self::Skip { .. } => Vec::new(),
        }
    }
}

/// The fact an entry is known by: that of its title, else of its organization, else its first.
pub fn anchor(entry: &Entry) -> Option<&FactId> {
    entry
        .title
        .as_ref()
        .or(entry.organization.as_ref())
        .or_else(|| entry.fields().next())
        .map(Field::fact)
}
