//! The gate for reworded lines: whether a line says no more than the evidence it cites.
//!
//! Code decides, no model. Every word of a line that claims something has to be answered by a word
//! of the cited evidence: the same one, one of its forms, one that means the same or implies it, a
//! number that is the same or follows from the evidence's. Then the words have to stand to each
//! other as they do there: numbers with what they count, who did what, from and to, before and
//! after; and what takes a claim back (not, about, helped, planned, a draft) has to come along.
//! What cannot be shown to be supported is refused: the fact's own words are always right.

mod align;
mod derive;
mod english;
mod evidence;
mod judge;
mod limiter;
mod reading;
mod roles;
mod senses;
mod terms;
mod token;
mod told;
mod wordbook;

pub use evidence::{Evidence, Place};
pub use judge::{Code, Objection, Ruling};
