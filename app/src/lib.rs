//! What browser and server share: pages, components, and the functions pages call.

// Views are types as deep as the page they make.
#![recursion_limit = "256"]
// Every component returns a view, and the macro that makes it cannot be annotated.
#![allow(clippy::must_use_candidate)]

pub mod api;
mod browser;
mod components;
pub mod errors;
mod pages;
mod root;
#[cfg(feature = "ssr")]
pub mod ssr;
mod text;
mod upload;

pub use root::{App, shell};
pub use text::notice_words;
