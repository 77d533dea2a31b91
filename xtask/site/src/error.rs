//! What can go wrong while the site is made.

use std::io;
use std::path::{Path, PathBuf};

/// A step of building the site that did not end well.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// An argument without its value, or one nobody knows.
    #[error("unknown or unfinished argument {0}")]
    Usage(String),
    /// A file that could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The WASM libraries refused the frontend.
    #[error("{step} refused the compiled frontend: {reason}")]
    Wasm {
        /// Which of them.
        step: &'static str,
        /// In its own words.
        reason: String,
    },
    /// `wasm-opt` ended with an error.
    #[error("wasm-opt failed on {}: {reason}", path.display())]
    Optimise {
        /// The module it was given.
        path: PathBuf,
        /// In its own words.
        reason: String,
    },
    /// A style sheet that imports what is not there, or itself.
    #[error("{}: cannot import {import}", path.display())]
    Import {
        /// The importing sheet.
        path: PathBuf,
        /// What it asked for.
        import: String,
    },
}

impl SiteError {
    /// Says which file an input or output error belongs to.
    pub fn at(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }
}
