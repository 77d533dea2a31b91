//! Postings: a job advertisement as captured, and the address it may come from.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::date::PartialDate;
use crate::hash::ContentHash;
use crate::hidden::HiddenPassage;
use crate::salary::Salary;

/// The shortest readable text that is taken for a posting, in characters.
pub const POSTING_MIN_CHARS: usize = 50;
/// The longest, in characters.
pub const POSTING_MAX_CHARS: usize = 50_000;

/// A job advertisement as captured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Hash of the bytes it was read from.
    pub hash: ContentHash,
    /// Where it came from, when it came from an address.
    pub url: Option<String>,
    /// The readable text; every span of a requirement points into it, in bytes. Lines end with
    /// `\n`; list items begin with `- `; headings stand on lines of their own.
    pub text: String,
    /// The job's title.
    pub title: Option<String>,
    /// The employer.
    pub company: Option<String>,
    /// Where the work is.
    pub location: Option<String>,
    /// Whether it can be done from elsewhere, when the posting says.
    pub remote: Option<bool>,
    /// BCP 47 tag of the text's language, when the source names it.
    pub language: Option<String>,
    /// What it pays, when it says.
    #[serde(default)]
    pub salary: Option<Salary>,
    /// `FULL_TIME`, `Full-time` …: the source's own word.
    #[serde(default)]
    pub employment_type: Option<String>,
    /// When it was published.
    #[serde(default)]
    pub date_posted: Option<PartialDate>,
    /// Until when one may apply.
    #[serde(default)]
    pub valid_through: Option<PartialDate>,
    /// Where one applies.
    #[serde(default)]
    pub apply_url: Option<String>,
    /// What was kept out of `text` because readers do not see it or because it is told to a model.
    #[serde(default)]
    pub hidden: Vec<HiddenPassage>,
}

impl Posting {
    /// A posting of which nothing is known but its text.
    pub fn of_text(hash: ContentHash, text: String) -> Self {
        Self {
            hash,
            url: None,
            text,
            title: None,
            company: None,
            location: None,
            remote: None,
            language: None,
            salary: None,
            employment_type: None,
            date_posted: None,
            valid_through: None,
            apply_url: None,
            hidden: Vec::new(),
        }
    }

    /// Whether the last day to apply lies before `today`, when it is known.
    pub fn is_expired(&self, today: PartialDate) -> bool {
        self.valid_through.is_some_and(|last| last < today)
    }
}

/// An address a posting may be fetched from: `http` or `https`, a host, no user information.
/// Whether the host may be reached is decided where the connection is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PostingUrl(String);

/// Why a text is no address for a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PostingUrlError {
    /// Nothing was given.
    #[error("the address is empty")]
    Empty,
    /// Not `http://` or `https://`.
    #[error("the address must begin with https:// or http://")]
    Scheme,
    /// No host, or one that cannot be one.
    #[error("the address has no host name")]
    Host,
    /// A user name or password stands before the host.
    #[error("the address must not hold a user name or password")]
    UserInfo,
    /// White space or control characters inside.
    #[error("the address must not hold spaces")]
    Space,
    /// Longer than 2,048 bytes.
    #[error("the address is too long")]
    TooLong,
}

impl PostingUrl {
    /// Checks the form of an address. Surrounding white space is dropped.
    ///
    /// # Errors
    /// The first rule that the text breaks.
    pub fn parse(text: &str) -> Result<Self, PostingUrlError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PostingUrlError::Empty);
        }
        if text.len() > 2048 {
            return Err(PostingUrlError::TooLong);
        }
        let lower = text
            .get(..8.min(text.len()))
            .unwrap_or_default()
            .to_ascii_lowercase();
        let rest = if lower.starts_with("https://") {
            &text[8..]
        } else if lower.starts_with("http://") {
            &text[7..]
        } else {
            return Err(PostingUrlError::Scheme);
        };
        if text
            .chars()
            .any(|character| character.is_whitespace() || character.is_control())
        {
            return Err(PostingUrlError::Space);
        }
        let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(PostingUrlError::UserInfo);
        }
        let host = if authority.starts_with('[') {
            authority
                .split(']')
                .next()
                .unwrap_or_default()
                .trim_start_matches('[')
        } else {
            authority.split(':').next().unwrap_or_default()
        };
        if host.is_empty() || host.starts_with('-') || host.contains('%') {
            return Err(PostingUrlError::Host);
        }
        Ok(Self(text.to_owned()))
    }

    /// Whether a pasted text is meant as an address: one word that begins like one.
    pub fn looks_like(text: &str) -> bool {
        let text = text.trim();
        let lower = text
            .get(..8.min(text.len()))
            .unwrap_or_default()
            .to_ascii_lowercase();
        (lower.starts_with("http://") || lower.starts_with("https://"))
            && !text.contains(char::is_whitespace)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PostingUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for PostingUrl {
    type Error = PostingUrlError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<PostingUrl> for String {
    fn from(url: PostingUrl) -> Self {
        url.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posting_stored_before_fields_were_added_is_read() {
        let stored = r#"{"hash":"ab","url":null,"text":"We bake bread.","title":"Baker",
            "company":null,"location":null,"remote":null,"language":"en"}"#;
        let posting: Posting = serde_json::from_str(stored).unwrap();
        assert_eq!(posting.title.as_deref(), Some("Baker"));
        assert_eq!(posting.salary, None);
        assert!(posting.hidden.is_empty());
    }

    #[test]
    fn takes_web_addresses_and_says_why_not() {
        assert!(PostingUrl::parse(" https://jobs.example.org/42?a=b#c ").is_ok());
        assert!(PostingUrl::parse("http://[2001:db8::1]:8080/x").is_ok());
        for (text, error) in [
            ("", PostingUrlError::Empty),
            ("ftp://example.org", PostingUrlError::Scheme),
            ("example.org/job", PostingUrlError::Scheme),
            ("https://", PostingUrlError::Host),
            ("https://-o/x", PostingUrlError::Host),
            ("https://me:pw@example.org", PostingUrlError::UserInfo),
            ("https://a\\@b", PostingUrlError::UserInfo),
            ("https://exa mple.org", PostingUrlError::Space),
        ] {
            let outcome = PostingUrl::parse(text);
            if text.contains('\\') {
                assert!(outcome.is_ok(), "what follows a backslash is path: {text}");
            } else {
                assert_eq!(outcome.unwrap_err(), error, "{text}");
            }
        }
    }
}
