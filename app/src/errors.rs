//! What a browser may see of a failure: a message's key, the field it stands at, a status.

use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};
use thiserror::Error;

use crate::text;

/// A failed call. Its words are in the message file; nothing of the cause is in here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
#[error("{code}")]
pub struct AppError {
    /// The message's key; behind a colon, what belongs into the message.
    pub code: String,
    /// The form's field it stands at.
    pub field: Option<String>,
    /// The status of the HTTP answer.
    pub status: u16,
}

impl AppError {
    /// A failure with that message.
    pub fn new(code: &str, field: Option<&str>, status: u16) -> Self {
        Self {
            code: code.to_owned(),
            field: field.map(str::to_owned),
            status,
        }
    }

    /// What to tell the person.
    pub fn message(&self) -> String {
        text::error_words(&self.code)
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::new("offline", None, 503),
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                Self::new("not_found", None, 400)
            }
            _ => Self::new("internal", None, 500),
        }
    }
}
