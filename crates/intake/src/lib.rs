//! Bytes into facts and postings: JSON Resume, LinkedIn exports, PDFs, GitHub accounts, web pages, text.
//!
//! Pure on purpose: bytes come in, data goes out; no files, no network, no clock. What is read is
//! data and never an instruction: markup in a résumé is text, hidden text in a page is dropped.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod collect;
mod decode;
mod error;
mod evidence;
pub mod github;
mod json_resume;
mod linkedin;
mod pdf;
mod posting;
pub mod score;

pub use error::IntakeError;
pub use evidence::{Evidence, SourceKind, read_evidence};
pub use posting::{PostingHint, read_posting};
