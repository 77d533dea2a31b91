//! GitHub's REST API, as much of it as a profile needs: the account and its own repositories.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

/// Repositories read at most.
const MAX_REPOSITORIES: usize = 200;
/// Repositories whose languages are asked for.
const MAX_LANGUAGES: usize = 12;
/// Bytes of one answer at most.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// Why an account was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, strum::EnumIter)]
pub enum GitHubError {
    /// Not a user name by GitHub's own rule.
    #[error("that is not a GitHub user name")]
    Name,
    /// Nobody has it.
    #[error("there is no such GitHub account")]
    NotFound,
    /// The limit for requests is used up.
    #[error("GitHub's limit for requests is used up")]
    RateLimited,
    /// It does not answer, or not with what it should.
    #[error("GitHub could not be reached")]
    Offline,
}

impl GitHubError {
    /// The message's key.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "github_user_invalid",
            Self::NotFound => "github_not_found",
            Self::RateLimited => "github_rate_limited",
            Self::Offline => "github_offline",
        }
    }
}

/// An account as the API tells it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Account {
    /// The answer of `/users/NAME`.
    pub user: Value,
    /// The answers of `/users/NAME/repos`, all pages.
    pub repositories: Vec<Value>,
    /// The answers of `/repos/OWNER/NAME/languages` by `OWNER/NAME`, for the repositories with
    /// the most stars.
    pub languages: BTreeMap<String, Value>,
}

/// Whether a name can be a GitHub user's: letters, digits and single hyphens, not at an end, 39 at
/// most.
pub fn is_user_name(name: &str) -> bool {
    (1..=39).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
        && !name.contains("--")
}

/// The client.
#[derive(Debug)]
pub struct GitHub {
    api: String,
    token: Option<SecretString>,
    client: reqwest::Client,
}

impl GitHub {
    /// A client of the API at that address.
    ///
    /// # Errors
    /// When the HTTP client cannot be made (no TLS provider).
    pub fn new(api: &str, token: Option<SecretString>) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(4))
            .timeout(Duration::from_secs(15))
            .redirect(reqwest::redirect::Policy::limited(3))
            .user_agent(concat!("llmployable/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self {
            api: api.to_owned(),
            token,
            client,
        })
    }

    /// Reads an account and its repositories.
    ///
    /// # Errors
    /// One of [`GitHubError`].
    pub async fn account(&self, name: &str) -> Result<Account, GitHubError> {
        if !is_user_name(name) {
            return Err(GitHubError::Name);
        }
        let (user, _) = self.get(&format!("{}/users/{name}", self.api)).await?;
        let mut repositories = Vec::new();
        for page in 1.. {
            let url = format!(
                "{}/users/{name}/repos?per_page=100&page={page}&sort=pushed",
                self.api
            );
            let (Value::Array(items), more) = self.get(&url).await? else {
                return Err(GitHubError::Offline);
            };
            let empty = items.is_empty();
            repositories.extend(items);
            if !more || empty || repositories.len() >= MAX_REPOSITORIES {
                break;
            }
        }
        let languages = self.languages(&repositories).await;
        Ok(Account {
            user,
            repositories,
            languages,
        })
    }

    /// The languages of the best-known repositories of one's own. One that cannot be asked is left
    /// out: its main language stands in the list already.
    async fn languages(&self, repositories: &[Value]) -> BTreeMap<String, Value> {
        let mut own: Vec<(u64, &str)> = repositories
            .iter()
            .filter(|repository| repository["fork"] != Value::Bool(true))
            .filter_map(|repository| {
                let stars = repository["stargazers_count"].as_u64().unwrap_or(0);
                Some((stars, repository["full_name"].as_str()?))
            })
            .collect();
        own.sort_by_key(|(stars, _)| std::cmp::Reverse(*stars));
        let mut languages = BTreeMap::new();
        for (_, name) in own.into_iter().take(MAX_LANGUAGES) {
            match self
                .get(&format!("{}/repos/{name}/languages", self.api))
                .await
            {
                Ok((answer, _)) => {
                    languages.insert(name.to_owned(), answer);
                }
                Err(GitHubError::RateLimited) => break,
                Err(_) => {}
            }
        }
        languages
    }

    /// The answer, and whether its `Link` header promises another page. Its address is not
    /// followed: ours with the next number is the same page, and cannot lead elsewhere.
    async fn get(&self, url: &str) -> Result<(Value, bool), GitHubError> {
        let mut request = self
            .client
            .get(url)
            .header(header::ACCEPT, "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28");
        if let Some(token) = &self.token {
            request = request.bearer_auth(token.expose_secret());
        }
        let answer = request.send().await.map_err(|_| GitHubError::Offline)?;
        match answer.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND => return Err(GitHubError::NotFound),
            StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS => {
                return Err(GitHubError::RateLimited);
            }
            _ => return Err(GitHubError::Offline),
        }
        let link = answer
            .headers()
            .get(header::LINK)
            .and_then(|link| link.to_str().ok());
        let more = link.is_some_and(|link| link.contains("rel=\"next\""));
        let bytes = answer.bytes().await.map_err(|_| GitHubError::Offline)?;
        if bytes.len() > MAX_BYTES {
            return Err(GitHubError::Offline);
        }
        let answer = serde_json::from_slice(&bytes).map_err(|_| GitHubError::Offline)?;
        Ok((answer, more))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_names_follow_github_s_own_rule() {
        for name in ["a", "octo-cat", "A1", &"x".repeat(39)] {
            assert!(is_user_name(name), "{name}");
        }
        for name in ["", "-a", "a-", "a--b", "a_b", "a/b", "é", &"x".repeat(40)] {
            assert!(!is_user_name(name), "{name}");
        }
    }
}
