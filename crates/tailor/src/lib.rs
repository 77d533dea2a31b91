//! The built-in tailor: posting × profile → matches → claims, and the gate they must pass.
//!
//! Pure: no IO, no clock, no randomness; the same input gives the same output. It writes no words
//! of its own: every line is a fact's own words, a recorded, reversible edit of them, or a rewording
//! that came from outside and passed the gate.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod analyze;
mod coverage;
mod data;
mod explain;
mod gate;
mod generate;
mod ground;
mod headline;
mod knowledge;
mod language;
mod lexicon;
mod matching;
pub mod privacy;
mod prompt;
mod relevance;
mod reword;
mod strict;
mod tongues;
mod units;
mod verify;
mod words;

pub use analyze::analyze;
pub use coverage::{Coverage, Share, coverage};
pub use explain::explain;
pub use gate::EvidenceGate;
pub use generate::{Options, baseline, generate};
pub use ground::{Code, Evidence, Objection, Place, Ruling};
pub use headline::{Headline, put_headline};
pub use language::told as language_of;
pub use matching::match_profile;
pub use prompt::{
    Arriving, Item, Prompt, Refused, analysis_of, ask_headline, ask_mending, ask_reading,
    ask_rewordings, ask_summary, headline_of, rewordings, sentences,
};
pub use reword::{Reworded, Rewording, Sentence, reword, reword_one, summarize};
pub use tongues::{Apart, Chosen, choose_language, join_evidence};
pub use verify::{TailorError, Verification, verify};
