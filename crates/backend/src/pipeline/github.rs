//! A GitHub account as evidence: read, kept like any other source, and still there when GitHub is not.

use career::ContentHash;
use chrono::{SecondsFormat, TimeDelta};
use intake::github::{Account, read_account};
use intake::{Evidence, IntakeError, SourceKind};
use std::time::Duration;
use thiserror::Error;
use uuid::Uuid;

use crate::Services;
use crate::db::github::StoredAnswers;
use crate::db::sources::{self, NewSource, OfKind};
use crate::db::{DbError, uncancelled};
use crate::ports::clock::{Clock, SystemClock};
use crate::ports::github::{Answers, FRESH, GitHub, GitHubError};

/// For how long answers are kept to fall back on.
const KEPT_DAYS: i64 = 7;

/// Why an account gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unread {
    /// GitHub did not give it.
    #[error(transparent)]
    GitHub(#[from] GitHubError),
    /// What it gave is no account.
    #[error(transparent)]
    Account(#[from] IntakeError),
}

impl Unread {
    /// The message's key.
    pub fn code(&self) -> &'static str {
        match self {
            Self::GitHub(error) => error.code(),
            Self::Account(error) => error.code(),
        }
    }

    /// The message's key, with the time to come back behind a colon where there is one.
    pub fn told(&self) -> String {
        match self {
            Self::GitHub(error) => error.told(),
            Self::Account(error) => error.code().to_owned(),
        }
    }
}

/// Reads an account: the record, and what it says.
///
/// # Errors
/// Why there is nothing.
pub async fn read(
    github: &GitHub,
    name: &str,
    answers: &dyn Answers,
    age: Duration,
) -> Result<(Account, Evidence), Unread> {
    let account = github.account(name, answers, age).await?;
    let evidence = read_account(&account)?;
    Ok((account, evidence))
}

/// The same for a person: with the answers of theirs that are kept, and what an earlier record of
/// the account has of what could not be read now.
///
/// # Errors
/// Why there is nothing.
pub async fn read_for(
    services: &Services,
    owner: Uuid,
    name: &str,
    age: Duration,
    earlier: Option<&Account>,
) -> Result<(Account, Evidence), Unread> {
    let answers = StoredAnswers::of(&services.pool, &services.vault, owner);
    let mut account = services.github.account(name, &answers, age).await?;
    let long_ago = SystemClock.now() - TimeDelta::days(KEPT_DAYS);
    if let Err(error) = answers.forget_before(long_ago).await {
        tracing::warn!(%error, "old answers could not be forgotten");
    }
    if let Some(earlier) = earlier {
        account.completed_from(earlier);
    }
    let evidence = read_account(&account)?;
    Ok((account, evidence))
}

/// An account that is kept.
#[derive(Debug)]
pub struct KeptAccount {
    /// The source.
    pub source: OfKind,
    /// What was read last.
    pub account: Account,
}

/// The kept account of that name.
///
/// # Errors
/// When the database is away.
pub async fn kept(
    services: &Services,
    owner: Uuid,
    name: &str,
) -> Result<Option<KeptAccount>, DbError> {
    let kind = SourceKind::GithubAccount.as_str();
    let all = sources::of_kind(&services.pool, &services.vault, owner, kind).await?;
    for source in all {
        let bytes = sources::bytes(&services.pool, &services.vault, source.id).await?;
        let Ok(account) = serde_json::from_slice::<Account>(&bytes) else {
            continue;
        };
        if account.user.login.eq_ignore_ascii_case(name) {
            return Ok(Some(KeptAccount { source, account }));
        }
    }
    Ok(None)
}

/// Keeps what was read of an account, in place of what was read before.
///
/// # Errors
/// When the database is away.
pub async fn keep(
    services: &Services,
    owner: Uuid,
    before: Option<Uuid>,
    account: &Account,
    evidence: &Evidence,
) -> Result<Uuid, DbError> {
    let bytes = account.to_bytes();
    let address = account.user.html_url.as_str();
    let name = address.split_once("://").map_or(address, |(_, name)| name);
    let source = NewSource {
        kind: evidence.kind.as_str().to_owned(),
        name: name.to_owned(),
        content_hash: ContentHash::of(&bytes).as_str().to_owned(),
        fact_count: i64::try_from(evidence.profile.facts.len()).unwrap_or(i64::MAX),
        bytes,
    };
    let stale = account.stale_since.as_ref();
    let read_at = stale
        .and_then(|since| since.parse().ok())
        .unwrap_or_else(|| SystemClock.now());
    let (pool, vault) = (services.pool.clone(), services.vault.clone());
    uncancelled(async move {
        if let Some(id) = before {
            sources::supersede(&pool, &vault, owner, id, &source, read_at).await?;
            return Ok(id);
        }
        let ids = sources::keep_all(&pool, &vault, owner, std::slice::from_ref(&source)).await?;
        ids.first().copied().ok_or(DbError::Stopped)
    })
    .await
}

/// What a run takes of an account.
#[derive(Debug)]
pub struct ForRun {
    /// What it says.
    pub evidence: Evidence,
    /// The source it is kept as.
    pub source: Uuid,
}

/// Reads the account a run names, and keeps it. When GitHub cannot be asked, what was kept of it says
/// what it knows.
///
/// # Errors
/// When the database is away; why there is nothing stands inside.
pub async fn for_run(
    services: &Services,
    owner: Uuid,
    name: &str,
) -> Result<Result<ForRun, Unread>, DbError> {
    let before = kept(services, owner, name).await?;
    let earlier = before.as_ref().map(|before| &before.account);
    match read_for(services, owner, name, FRESH, earlier).await {
        Ok((account, evidence)) => {
            let id = before.map(|before| before.source.id);
            let source = keep(services, owner, id, &account, &evidence).await?;
            Ok(Ok(ForRun { evidence, source }))
        }
        Err(Unread::GitHub(error)) if error.may_be_stale() => {
            let Some(before) = before else {
                return Ok(Err(error.into()));
            };
            let mut account = before.account;
            let read_at = before.source.read_at;
            let since = read_at.to_rfc3339_opts(SecondsFormat::Secs, true);
            account.stale_since = Some(since);
            Ok(read_account(&account)
                .map_err(Unread::from)
                .map(|evidence| ForRun {
                    evidence,
                    source: before.source.id,
                }))
        }
        Err(error) => Ok(Err(error)),
    }
}
