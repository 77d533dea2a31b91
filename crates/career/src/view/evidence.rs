//! What the evidence page shows.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{FactView, SourceView};
use crate::merge::{FieldName, Reason};
use crate::own::{About, Question, Typed};
use crate::profile::SectionKind;

/// All a person gave, what it comes to, and what is to be decided.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceView {
    /// The sources, the newest first.
    pub sources: Vec<SourceView>,
    /// Sources that can no longer be read, by id, with the message's key.
    pub unreadable: Vec<(Uuid, String)>,
    /// Entries that may be one.
    pub proposals: Vec<ProposalView>,
    /// Fields for which sources give several values.
    pub conflicts: Vec<ConflictView>,
    /// What was decided, the newest first.
    pub decisions: Vec<DecisionView>,
    /// The record that follows, by section in page order.
    pub record: Vec<EntryView>,
    /// What stands at the top of a page.
    pub about: About,
    /// Skills, languages and interests the person wrote here.
    pub groups: Vec<GroupView>,
    /// How many questions are open.
    pub questions: i64,
    /// Whether a member may have their data read from LinkedIn here.
    pub linkedin: bool,
}

/// A group of skills, a language, interests in the person's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupView {
    /// The statement's name.
    pub id: Uuid,
    /// Its section.
    pub section: SectionKind,
    /// All its words.
    pub words: String,
}

/// A block of a career to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteView {
    /// The block's name; none for a new one.
    pub id: Option<Uuid>,
    /// Where it belongs.
    pub section: SectionKind,
    /// What stands in its fields.
    pub typed: Typed,
    /// Why it was refused, and the field that stands at; where no script runs.
    pub problem: Option<(String, Option<String>)>,
}

/// Where an interview stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterviewView {
    /// The next question; none when there is nothing to ask.
    pub question: Option<Question>,
    /// How many questions are open, this one included.
    pub left: i64,
    /// Whether nothing was given at all.
    pub empty: bool,
    /// What was typed when an answer was refused; where no script runs.
    pub typed: Typed,
    /// Why it was refused, and the field that stands at.
    pub problem: Option<(String, Option<String>)>,
}

/// An entry of the record in a line or two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryView {
    /// What decisions know it by.
    pub anchor: String,
    /// Its section.
    pub section: SectionKind,
    /// Position, degree, or name.
    pub title: String,
    /// Employer, school, issuer.
    pub organization: String,
    /// When, as the sources write it.
    pub dates: String,
    /// Bullets and paragraphs.
    pub lines: i64,
    /// The sources it rests on: mark and name, each once.
    pub sources: Vec<(String, String)>,
    /// The statement it was written in, when it was written here.
    pub written: Option<Uuid>,
}

/// Two entries that may be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalView {
    /// The one that came first.
    pub one: EntryView,
    /// The other.
    pub other: EntryView,
    /// What they share.
    pub reasons: Vec<Reason>,
}

/// A field with several values; the first is in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictView {
    /// The entry.
    pub entry: EntryView,
    /// The field.
    pub field: FieldName,
    /// The values.
    pub values: Vec<ValueView>,
}

/// One of several values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueView {
    /// The words.
    pub text: String,
    /// The fact they stand in.
    pub fact: FactView,
    /// First byte in the fact's quote.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// A decision that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionView {
    /// Its id.
    pub id: Uuid,
    /// `merge`, `distinct`, `choose`, `leave_out`, `write`, `write_about`, `add_line`, `fill`, `skip`.
    pub kind: String,
    /// The entry it speaks of, in words; empty when its source is gone.
    pub about: String,
    /// When, RFC 3339 UTC.
    pub at: String,
}

/// What one source gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceDetail {
    /// The source.
    pub source: SourceView,
    /// Its facts by section, in source order.
    pub sections: Vec<(SectionKind, Vec<GivenFact>)>,
    /// What was kept without being understood: where, and the words.
    pub unread: Vec<(String, String)>,
    /// What a person should know, as message codes.
    pub notices: Vec<String>,
    /// How many facts no other source has.
    pub new: i64,
    /// The original's pages, where it has pages that can be shown.
    pub pages: Vec<OriginalPage>,
    /// An earlier source of the same kind, which this one may be the newer state of.
    pub older: Option<OlderView>,
}

/// An earlier source of the same kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OlderView {
    /// The earlier source.
    pub source: SourceView,
    /// What only the earlier one says, in its order.
    pub gone: Vec<String>,
}

/// A page of an original with the places of what was read of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OriginalPage {
    /// Its number, from 1.
    pub number: u32,
    /// Its width in points.
    pub width: f32,
    /// Its height in points.
    pub height: f32,
    /// The address of its picture.
    pub url: String,
    /// What was read here.
    pub places: Vec<OriginalPlace>,
}

/// Where on its page a piece stands, in shares of the page's width and height.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OriginalPlace {
    /// The fact's id, or `unread-N` for the Nth piece that was not understood, from 0.
    pub piece: String,
    /// Its words, shortened.
    pub words: String,
    /// Whether it became a fact.
    pub understood: bool,
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// A fact and whether another source says the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenFact {
    /// The fact.
    pub fact: FactView,
    /// Whether no other source of the person has the same words.
    pub new: bool,
}
