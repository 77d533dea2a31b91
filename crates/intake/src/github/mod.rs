//! A GitHub account into a profile: the person's own repositories, and their work in those of others.
//!
//! Every fact stands at a permanent address. Names, titles and descriptions are quoted as they are;
//! numbers and marks (bytes of a language, stars, "archived") as members of the record, so that
//! nothing is told in words GitHub did not use.

mod account;
mod others;
mod own;
mod readme;
mod scribe;

use career::ContactKind;
use serde_json::Value;

pub use account::{
    Account, Contribution, ContributionKind, FORMAT, Organization, Part, Readme, Release,
    Repository, SocialAccount, Total, User,
};

use crate::IntakeError;
use crate::collect::paragraphs;
use crate::evidence::{Evidence, SourceKind};
use scribe::Scribe;

/// Whether a document is an account as this program keeps it.
pub(crate) fn is_account(document: &Value) -> bool {
    document.get("github_account").is_some_and(Value::is_u64)
        && document.get("user").is_some_and(Value::is_object)
}

/// Reads an account that was kept.
pub(crate) fn read(document: Value) -> Result<Evidence, IntakeError> {
    let account: Account =
        serde_json::from_value(document).map_err(|_| IntakeError::NotAnAccount)?;
    read_account(&account)
}

/// Reads an account. Own repositories that are no forks become projects, the most starred first,
/// then the repositories of others in which changes of the person were taken. What no line can say
/// (forks, stars, reviews, closed issues) becomes facts.
///
/// # Errors
/// When it does not describe an account.
pub fn read_account(account: &Account) -> Result<Evidence, IntakeError> {
    let user = &account.user;
    if user.login.trim().is_empty() || !user.html_url.starts_with("http") {
        return Err(IntakeError::NotAnAccount);
    }
    let mut scribe = Scribe::of(user);
    person(&mut scribe, account);
    own::projects(&mut scribe, account);
    others::projects(&mut scribe, account);
    let mut notices = account.notices();
    notices.append(&mut scribe.collector.notices);
    Ok(Evidence {
        kind: SourceKind::GithubAccount,
        profile: scribe.collector.profile,
        notices,
        pages: Vec::new(),
    })
}

fn person(scribe: &mut Scribe, account: &Account) {
    let user = &account.user;
    let home = user.html_url.as_str();
    let name = scribe.field(home, user.name.as_deref());
    scribe.collector.profile.name.extend(name);
    if let Some(bio) = user.bio.as_deref().filter(|bio| !bio.trim().is_empty()) {
        let fact = scribe.quote(home, None, bio);
        scribe.collector.profile.summary = paragraphs(&fact);
    }
    for (kind, value) in [
        (ContactKind::Email, user.email.as_deref()),
        (ContactKind::Location, user.location.as_deref()),
        (ContactKind::Website, user.blog.as_deref()),
        (ContactKind::Network, Some(home)),
    ] {
        let part = scribe.field(home, value);
        crate::collect::add_contact(&mut scribe.collector, kind, part);
    }
    for elsewhere in &account.social_accounts {
        let part = scribe.field(home, Some(&elsewhere.url));
        crate::collect::add_contact(&mut scribe.collector, ContactKind::Network, part);
    }
    if let Some(company) = user
        .company
        .as_deref()
        .filter(|told| !told.trim().is_empty())
    {
        scribe.unread(home, company);
    }
    for organization in &account.organizations {
        scribe.unread(home, &organization.login);
    }
    scribe.member(home, "created_at", user.created_at.as_ref());
    scribe.member(home, "public_repos", user.public_repos.as_ref());
    if !account.contribution_years.is_empty() {
        scribe.member(
            home,
            "contribution_years",
            Some(&account.contribution_years),
        );
    }
}

impl Account {
    /// The record as it is kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}
