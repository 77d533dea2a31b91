//! What GitHub tells of an account, as it is kept: one shape, whichever of its interfaces was asked.
//! Members are named as GitHub's REST interface names them; what was not asked for is left out, so
//! that it is not taken for missing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize};

/// The form of the record that this program writes.
pub const FORMAT: u32 = 1;

/// An account and the work of the person behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The form of the record; by this member it is known among other JSON documents.
    #[serde(rename = "github_account")]
    pub format: u32,
    /// The account itself.
    pub user: User,
    /// Pages of theirs elsewhere.
    #[serde(default, deserialize_with = "or_default")]
    pub social_accounts: Vec<SocialAccount>,
    /// Organizations they show that they belong to.
    #[serde(default, deserialize_with = "or_default")]
    pub organizations: Vec<Organization>,
    /// The years in which they contributed, the newest first.
    #[serde(default, deserialize_with = "or_default")]
    pub contribution_years: Vec<u16>,
    /// Their public repositories, forks too.
    #[serde(default, deserialize_with = "or_default")]
    pub repositories: Vec<Repository>,
    /// What they did in other people's repositories.
    #[serde(default, deserialize_with = "or_default")]
    pub contributions: Vec<Contribution>,
    /// How much of it there is by GitHub's count, and where that can be looked up.
    #[serde(default, deserialize_with = "or_default")]
    pub totals: BTreeMap<ContributionKind, Total>,
    /// The repositories they did it in, as far as they were asked for.
    #[serde(default, deserialize_with = "or_default")]
    pub contributed_to: Vec<Repository>,
    /// What was not read this time.
    #[serde(default, deserialize_with = "or_default")]
    pub left_out: BTreeSet<Part>,
    /// Until when GitHub asked to wait (RFC 3339), where that is why something was left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_until: Option<String>,
    /// Since when part of this may be out of date (RFC 3339): GitHub could not be asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale_since: Option<String>,
}

/// The answer of `GET /users/{name}`, as much of it as counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The account's name.
    pub login: String,
    /// Its page.
    pub html_url: String,
    /// The person's name.
    #[serde(default)]
    pub name: Option<String>,
    /// What they say of themselves.
    #[serde(default)]
    pub bio: Option<String>,
    /// Whom they work for.
    #[serde(default)]
    pub company: Option<String>,
    /// Where they live.
    #[serde(default)]
    pub location: Option<String>,
    /// The address they show in public.
    #[serde(default)]
    pub email: Option<String>,
    /// Their own site.
    #[serde(default)]
    pub blog: Option<String>,
    /// When the account was made.
    #[serde(default)]
    pub created_at: Option<String>,
    /// How many public repositories it has.
    #[serde(default)]
    pub public_repos: Option<u64>,
}

/// A page of the person's elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SocialAccount {
    /// What it is, in lower case.
    #[serde(default, deserialize_with = "or_default")]
    pub provider: String,
    /// Its address.
    pub url: String,
}

/// An organization.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Its name.
    pub login: String,
}

/// A repository, as much of it as counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repository {
    /// Its name.
    pub name: String,
    /// The same behind the owner's.
    pub full_name: String,
    /// Its page.
    pub html_url: String,
    /// What it is.
    #[serde(default)]
    pub description: Option<String>,
    /// Its site.
    #[serde(default)]
    pub homepage: Option<String>,
    /// Whether it is a copy of somebody else's.
    #[serde(default, deserialize_with = "or_default")]
    pub fork: bool,
    /// Whether it is kept as it was.
    #[serde(default, deserialize_with = "or_default")]
    pub archived: bool,
    /// Whether not everybody may see it. Such a one is never kept.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "std::ops::Not::not"
    )]
    pub private: bool,
    /// How many people marked it.
    #[serde(default, deserialize_with = "or_default")]
    pub stargazers_count: u64,
    /// How many copies there are.
    #[serde(default, deserialize_with = "or_default")]
    pub forks_count: u64,
    /// When it was made.
    #[serde(default)]
    pub created_at: Option<String>,
    /// When it was changed last.
    #[serde(default)]
    pub pushed_at: Option<String>,
    /// Its main language.
    #[serde(default)]
    pub language: Option<String>,
    /// What it is about.
    #[serde(default, deserialize_with = "or_default")]
    pub topics: Vec<String>,
    /// Its languages in bytes; none where they were not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub languages: Option<BTreeMap<String, u64>>,
    /// Its README; `Some(None)` where it has none.
    #[serde(
        default,
        deserialize_with = "asked",
        skip_serializing_if = "Option::is_none"
    )]
    pub readme: Option<Option<Readme>>,
    /// Its releases, the newest first, as far as they were asked for.
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub releases: Vec<Release>,
}

impl Repository {
    /// The owner's name.
    pub fn owner(&self) -> &str {
        self.full_name.split('/').next().unwrap_or_default()
    }
}

/// A README.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readme {
    /// Its page.
    pub html_url: String,
    /// Git's name of its bytes.
    pub sha: String,
    /// Its text, from the beginning.
    pub text: String,
}

/// A release.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Its tag.
    pub tag_name: String,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// Its page.
    pub html_url: String,
    /// When it was published.
    #[serde(default)]
    pub published_at: Option<String>,
}

/// What somebody did in a repository of others.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ContributionKind {
    /// A change of theirs that was taken.
    #[default]
    MergedPullRequest,
    /// A change of somebody else that they reviewed.
    ReviewedPullRequest,
    /// An issue of theirs that was settled.
    ClosedIssue,
    /// A release they published.
    Release,
}

impl ContributionKind {
    /// Its name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MergedPullRequest => "merged_pull_request",
            Self::ReviewedPullRequest => "reviewed_pull_request",
            Self::ClosedIssue => "closed_issue",
            Self::Release => "release",
        }
    }
}

/// One piece of work in a repository of others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// What it is.
    pub kind: ContributionKind,
    /// What it is called.
    pub title: String,
    /// Its page.
    pub html_url: String,
    /// What the person is to the repository, in GitHub's word.
    #[serde(default)]
    pub author_association: Option<String>,
    /// When it was merged, closed or published.
    #[serde(default)]
    pub at: Option<String>,
    /// The commit it became, where GitHub says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
}

impl Contribution {
    /// The page of its repository.
    pub fn repository_url(&self) -> Option<&str> {
        let part = match self.kind {
            ContributionKind::MergedPullRequest | ContributionKind::ReviewedPullRequest => "/pull/",
            ContributionKind::ClosedIssue => "/issues/",
            ContributionKind::Release => "/releases/tag/",
        };
        self.html_url.rfind(part).map(|at| &self.html_url[..at])
    }

    /// Its repository's name behind the owner's.
    pub fn repository(&self) -> Option<&str> {
        let url = self.repository_url()?;
        let name = url.rfind('/')?;
        let owner = url[..name].rfind('/')?;
        Some(&url[owner + 1..]).filter(|name| !name.starts_with('/') && !name.ends_with('/'))
    }
}

/// How much there is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// GitHub's count.
    pub total_count: u64,
    /// Where it can be looked up.
    pub html_url: String,
}

/// What can be left out when an account is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Organizations and pages elsewhere.
    About,
    /// Further pages of the list of repositories.
    Repositories,
    /// Languages by bytes.
    Languages,
    /// READMEs.
    Readmes,
    /// Releases.
    Releases,
    /// Merged pull requests.
    PullRequests,
    /// Reviews.
    Reviews,
    /// Closed issues.
    Issues,
    /// What the repositories of others are.
    ContributedTo,
}

impl Account {
    /// What a person should know of how it was read.
    pub fn notices(&self) -> Vec<String> {
        let stale = self.stale_since.iter();
        let mut notices: Vec<String> = stale.map(|since| format!("github_stale:{since}")).collect();
        if !self.left_out.is_empty() {
            notices.push(match &self.wait_until {
                Some(until) => format!("github_partly_limited:{until}"),
                None => "github_partly".to_owned(),
            });
        }
        notices
    }

    /// Takes from an older record of the same account what was left out of this one, so that a
    /// limit reached in the middle loses nothing that was read before.
    pub fn completed_from(&mut self, older: &Self) {
        if !self.user.login.eq_ignore_ascii_case(&older.user.login) {
            return;
        }
        let left_out = |part| self.left_out.contains(&part);
        if left_out(Part::About) {
            keep(&mut self.social_accounts, &older.social_accounts);
            keep(&mut self.organizations, &older.organizations);
        }
        if left_out(Part::Repositories) {
            for repository in &older.repositories {
                let known = |known: &Repository| known.html_url == repository.html_url;
                if !self.repositories.iter().any(known) {
                    self.repositories.push(repository.clone());
                }
            }
        }
        keep(&mut self.contribution_years, &older.contribution_years);
        for (part, kind) in [
            (Part::PullRequests, ContributionKind::MergedPullRequest),
            (Part::Reviews, ContributionKind::ReviewedPullRequest),
            (Part::Issues, ContributionKind::ClosedIssue),
            (Part::Releases, ContributionKind::Release),
        ] {
            if self.left_out.contains(&part) {
                for made in older.contributions.iter().filter(|made| made.kind == kind) {
                    let same = |known: &Contribution| {
                        known.kind == kind && known.html_url == made.html_url
                    };
                    if !self.contributions.iter().any(same) {
                        self.contributions.push(made.clone());
                    }
                }
                if let Some(total) = older.totals.get(&kind) {
                    self.totals.entry(kind).or_insert_with(|| total.clone());
                }
            }
        }
        if self.left_out.contains(&Part::ContributedTo) {
            for repository in &older.contributed_to {
                let known = |known: &Repository| known.html_url == repository.html_url;
                if !self.contributed_to.iter().any(known) {
                    self.contributed_to.push(repository.clone());
                }
            }
        }
        for repository in &mut self.repositories {
            let known = |known: &&Repository| known.html_url == repository.html_url;
            let Some(known) = older.repositories.iter().find(known) else {
                continue;
            };
            if repository.languages.is_none() {
                repository.languages.clone_from(&known.languages);
            }
            if repository.readme.is_none() {
                repository.readme.clone_from(&known.readme);
            }
            keep(&mut repository.releases, &known.releases);
        }
    }
}

fn keep<T: Clone>(now: &mut Vec<T>, before: &[T]) {
    if now.is_empty() {
        now.extend_from_slice(before);
    }
}

/// `null` stands for nothing as well as a member that is not there.
fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// A member that is there was asked for, even if it is `null`.
#[expect(
    clippy::option_option,
    reason = "how serde tells a member that is null from one that is not there"
)]
fn asked<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Some)
}
