//! Bytes into facts and postings: LinkedIn exports, résumés in many formats, PDFs, GitHub accounts,
//! web pages, text; and a profile back into a JSON Resume.
//!
//! Pure on purpose: bytes come in, data goes out; no files, no network, no clock. What is read is
//! data and never an instruction: markup in a résumé is text, hidden text in a page is dropped.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod collect;
mod decode;
mod docx;
mod error;
mod europass;
mod evidence;
pub mod github;
mod json_resume;
mod linkedin;
mod markup;
mod pdf;
mod posting;
mod reactive;
mod rendercv;
mod resume_text;
pub mod score;
mod xml;
mod yaml;
mod zipped;

pub use docx::read_back_docx;
pub use error::IntakeError;
pub use evidence::{Evidence, SourceKind, read_evidence};
pub use json_resume::to_json_resume;
pub use pdf::{DrawnText, PageReading, PdfReading, page_picture, read_back};
pub use posting::{PostingHint, boards, read_posting};
