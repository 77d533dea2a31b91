//! The five stages as functions over plain values: what the command line runs in one go, and what
//! the jobs of a stored run do one by one.

pub mod asking;
pub mod github;
pub mod model;
pub mod posting;
pub mod press;
pub mod stored;

use std::borrow::Cow;

use career::{
    Analysis, Claim, ContentHash, Draft, Match, PartialDate, Posting, PostingUrl, Profile, Tongue,
};
use chrono::{Datelike, Utc};
use intake::PostingHint;
use intake::boards::address_of;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ports::fetch::Fetcher;
use crate::ports::reader::{ReadError, Reader};

/// A stage that gave up. The code names the message a person sees; nothing private is in it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct StageError {
    /// The message's key; behind a colon, what belongs into the message.
    pub code: Cow<'static, str>,
    /// One plain sentence in English, for the command line.
    pub message: String,
    /// Whether time can heal it.
    pub retry: bool,
    /// Whether what was given is at fault, rather than the stage.
    pub input: bool,
}

impl StageError {
    /// The stage failed and time does not heal it.
    pub fn failed(code: &'static str) -> Self {
        Self {
            code: code.into(),
            message: format!("A stage failed ({code})."),
            retry: false,
            input: false,
        }
    }

    /// What was given cannot be used.
    pub fn input(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            retry: false,
            input: true,
        }
    }

    /// It may work later.
    pub fn later(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            retry: true,
            input: false,
        }
    }
}

impl From<intake::IntakeError> for StageError {
    fn from(error: intake::IntakeError) -> Self {
        Self::input(error.code(), error.to_string())
    }
}

impl From<ReadError> for StageError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotStarted => Self::later(error.code(), error.to_string()),
            _ => Self::input(error.code(), error.to_string()),
        }
    }
}

impl From<crate::db::DbError> for StageError {
    fn from(error: crate::db::DbError) -> Self {
        tracing::warn!(%error, "a stage could not reach the database");
        Self::later("unavailable", "The database does not answer.")
    }
}

/// What scraping gives: the evidence and the posting, read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scraped {
    /// All evidence as one profile.
    pub profile: Profile,
    /// The posting.
    pub posting: Posting,
    /// What a person should know, as message codes.
    pub notices: Vec<String>,
}

/// What generating gives: which facts answer what, and a proposal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Generated {
    /// Facts that answer requirements.
    pub matches: Vec<Match>,
    /// The proposal, unverified.
    pub draft: Draft<Claim>,
    /// What a model proposed and the gate refused.
    #[serde(default)]
    pub rejected: Vec<model::Rejected>,
    /// What the person should know of its language, as a message code.
    #[serde(default)]
    pub apart: Option<String>,
}

/// What a person wants of a résumé beside what the posting asks for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Pages at most.
    pub pages: u32,
    /// The language.
    pub language: Tongue,
}

/// Reads all evidence files into one profile.
///
/// # Errors
/// For the first file that cannot be read.
pub async fn read_evidence(
    reader: &Reader,
    files: &[(&str, &[u8])],
) -> Result<(Profile, Vec<String>), StageError> {
    let (sources, notices) = read_sources(reader, files).await?;
    let joined = sources.into_iter().reduce(|mut whole, source| {
        whole.append(source);
        whole
    });
    Ok((joined.unwrap_or_default(), notices))
}

/// Reads evidence files, each into a profile of its own.
///
/// # Errors
/// For the first file that cannot be read.
pub async fn read_sources(
    reader: &Reader,
    files: &[(&str, &[u8])],
) -> Result<(Vec<Profile>, Vec<String>), StageError> {
    let mut sources = Vec::new();
    let mut notices = Vec::new();
    let mut seen = Vec::new();
    for &(name, bytes) in files {
        // The same file twice is one source: nobody held every job twice.
        let hash = ContentHash::of(bytes);
        if seen.contains(&hash) {
            continue;
        }
        seen.push(hash);
        let evidence = reader.evidence(name, bytes).await?;
        notices.extend(evidence.notices);
        sources.push(evidence.profile);
    }
    Ok((sources, notices))
}

/// A posting with the bytes it was read of.
#[derive(Debug, Clone)]
pub struct Captured {
    /// The posting.
    pub posting: Posting,
    /// What was typed, given or fetched.
    pub bytes: Vec<u8>,
}

/// Reads bytes as a posting, in a child process: they may take their reader down.
///
/// # Errors
/// When they are no posting.
pub async fn read_posting_bytes(
    reader: &Reader,
    bytes: Vec<u8>,
    hint: PostingHint,
) -> Result<Captured, StageError> {
    let posting = reader.posting(&bytes, hint).await?;
    Ok(Captured { posting, bytes })
}

/// Reads a posting from what was typed or fetched: an address is fetched, anything else is text.
///
/// # Errors
/// When the address cannot be fetched or the text is no posting.
pub async fn read_posting(
    fetcher: &Fetcher,
    reader: &Reader,
    typed: &str,
) -> Result<Captured, StageError> {
    if !PostingUrl::looks_like(typed) {
        let bytes = typed.as_bytes().to_vec();
        return read_posting_bytes(reader, bytes, PostingHint::default()).await;
    }
    let url = PostingUrl::parse(typed).map_err(|error| {
        StageError::input(
            "posting_url_invalid",
            format!("The posting's address is not usable: {error}."),
        )
    })?;
    posting::read_address(fetcher, reader, &url, address_of(url.as_str())).await
}

/// Today, for durations that go on.
pub fn today() -> PartialDate {
    let now = Utc::now().date_naive();
    PartialDate {
        year: u16::try_from(now.year()).unwrap_or(9999),
        month: u8::try_from(now.month()).ok(),
        day: u8::try_from(now.day()).ok(),
    }
}

/// Matches facts to requirements and proposes a résumé.
pub fn generate(
    profile: &Profile,
    posting: &Posting,
    analysis: &Analysis,
    wanted: &Wanted,
) -> Generated {
    let today = today();
    let matches = tailor::match_profile(profile, analysis, today);
    let chosen = tailor::choose_language(profile, posting, &wanted.language);
    let options = tailor::Options {
        page_budget: wanted.pages,
        language: Some(chosen.language),
        today,
    };
    let draft = tailor::generate(profile, analysis, &matches, &options);
    Generated {
        matches,
        draft,
        rejected: Vec::new(),
        apart: chosen.told.map(|apart| apart.code()),
    }
}
