//! The one data model: sources, facts, profiles, postings, requirements, claims, résumés and runs.
//!
//! Pure on purpose: no IO, no clock, no randomness, no async. Time, ids and bytes come in as
//! parameters. The same crate is compiled for the server and for the browser.

pub mod actor;
pub mod claim;
pub mod date;
pub mod fact;
pub mod hash;
pub mod hidden;
pub mod merge;
mod months;
pub mod own;
pub mod posting;
pub mod posting_report;
pub mod print;
pub mod profile;
pub mod requirement;
pub mod resume;
pub mod run;
pub mod salary;
pub mod text;
pub mod tongue;
pub mod view;

pub use actor::{Action, Actor, Denied, Object, authorize};
pub use claim::{Claim, ClaimId, Edit, Finding, FindingCode, Gate, Piece, Slot, Verified};
pub use date::PartialDate;
pub use fact::{Cite, Fact, FactId, FactSet, Locator};
pub use hash::ContentHash;
pub use hidden::{HiddenPassage, HiddenReason};
pub use posting::{Posting, PostingUrl, PostingUrlError};
pub use posting_report::{PostingKind, PostingReport};
pub use print::{Colour, DEFAULT_TEMPLATE, DateStyle, NoColour, Paper, PrintOptions, Spacing};
pub use profile::{
    Contact, ContactKind, DateField, Entry, EntryId, Field, Profile, SectionKind, SkillGroup,
};
pub use requirement::{
    Analysis, Knowledge, KnowledgeKind, Match, Requirement, RequirementId, RequirementKind, Term,
};
pub use resume::{Block, BlockId, Cut, Draft, Resume, Section};
pub use run::{RunState, RunTransitionError, Stage};
pub use salary::{Amount, PayUnit, Salary};
pub use tongue::Tongue;
