//! Résumé or letter to pages and files: PDF, SVG, Word, HTML, LaTeX, Markdown, plain text, JSON Resume.
//!
//! Typst as a library with bundled fonts. A résumé is made of verified claims only
//! ([`PrintJob::new`] takes nothing else), a letter of the words it is given under a head of such
//! claims ([`PrintJob::letter`]). Both enter the template as data, never as markup; the
//! template can read that data and nothing else, no file and no network. A compile cannot be
//! interrupted, so it belongs in a child process that can: [`worker`].

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod dates;
mod document;
mod error;
mod fit;
mod fonts;
mod formats;
mod gate;
mod headings;
mod job;
mod json_resume;
mod letter;
mod pages;
mod photo;
mod runs;
mod sheet;
mod svg;
mod template;
pub mod worker;
mod world;

pub use career::print::{Colour, DateStyle, NoColour, Paper, PrintOptions, Spacing};
pub use document::{Document, DocumentBlock, DocumentSection};
pub use error::TypesetError;
pub use fonts::families;
pub use formats::docx::docx;
pub use formats::html::html;
pub use formats::markdown::markdown;
pub use formats::plain_text::plain_text;
pub use formats::tex::tex;
pub use gate::{inspect, inspect_docx};
pub use headings::languages;
pub use job::{Line, MAX_BYTES, MAX_CLAIMS, PrintJob};
pub use json_resume::json_resume;
pub use letter::{Letter, LetterError, LetterPart, LetterPartKind};
pub use pages::{Mark, Printed};
pub use photo::{Photo, PhotoFault};
pub use template::{Catalog, TemplateInfo};
pub use world::Typesetter;
