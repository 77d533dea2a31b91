//! Why a résumé or a letter could not be printed.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a résumé could not be printed. Plain data, so that it crosses the process border as it is.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum TypesetError {
    /// There is no line to print.
    #[error("there is nothing to print: the résumé has no line")]
    Empty,
    /// More than a page description should ever hold.
    #[error(
        "the résumé is too much for one document ({claims} lines, {bytes} bytes; at most \
         {max_claims} lines and {max_bytes} bytes): choose less of the profile"
    )]
    TooMuch {
        /// Lines given.
        claims: usize,
        /// Bytes of text given.
        bytes: usize,
        /// Lines allowed.
        max_claims: usize,
        /// Bytes allowed.
        max_bytes: usize,
    },
    /// Over the page budget with everything cut that may be cut.
    #[error(
        "what must stay on the résumé needs {pages} pages and the budget is {budget}: shorten the \
         longest lines or allow more pages"
    )]
    TooLong {
        /// Pages needed.
        pages: u32,
        /// Pages allowed.
        budget: u32,
    },
    /// A letter over its page budget at the tightest spacing: nothing of a letter is cut.
    #[error(
        "the letter needs {pages} pages even at the tightest spacing and may have {budget}: shorten \
         its paragraphs, allow more pages or choose a template that holds more"
    )]
    LetterTooLong {
        /// Pages needed.
        pages: u32,
        /// Pages allowed.
        budget: u32,
    },
    /// A letter that cannot be set.
    #[error("the letter cannot be used: {reason}")]
    BadLetter {
        /// What is wrong with it.
        reason: String,
    },
    /// No template has that name.
    #[error("there is no template \"{name}\"")]
    UnknownTemplate {
        /// The name given.
        name: String,
    },
    /// No font family has that name.
    #[error("there is no font family \"{name}\"")]
    UnknownFont {
        /// The name given.
        name: String,
    },
    /// A template that cannot be used.
    #[error("the template \"{name}\" cannot be used: {reason}")]
    BadTemplate {
        /// Its name.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The file could not be put together: a defect of ours.
    #[error("the file could not be made: {reason}")]
    Unwritten {
        /// In the words of the library that writes it.
        reason: String,
    },
    /// The typesetter refused the document: a defect of ours.
    #[error("the pages could not be made: {reason}")]
    Compile {
        /// In the typesetter's words.
        reason: String,
    },
}
