//! One request to GitHub: what goes out, what comes back, and what a refusal means.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::{self, HeaderMap};
use reqwest::redirect::Policy;
use reqwest::{RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::error::GitHubError;
use crate::ports::body;
use crate::ports::fetch::FetchError;

/// Bytes of one answer at most, as sent and unpacked.
const MAX_BYTES: usize = 8 * 1024 * 1024;
/// How long GitHub wants to be left alone when it does not say (its own rule: a minute at least).
const SECONDS_TO_WAIT: i64 = 60;

/// Where GitHub is, and as whom it is asked.
#[derive(Debug)]
pub(super) struct Client {
    api: String,
    graphql: String,
    token: Option<SecretString>,
    http: reqwest::Client,
}

/// One question.
#[derive(Debug, Clone, Copy)]
pub(super) enum Question<'a> {
    /// A path of the REST interface, with its query.
    Rest(&'a str),
    /// A question to the GraphQL interface, with its variables.
    Graph(&'a Value),
}

/// An answer.
#[derive(Debug)]
pub(super) struct Reply {
    /// What it says.
    pub said: Said,
    /// Its mark.
    pub etag: Option<String>,
    /// Whether there is a next page.
    pub more: bool,
    /// What is left until the limit.
    pub left: Option<Left>,
}

/// What an answer says.
#[derive(Debug)]
pub(super) enum Said {
    /// This.
    Something(Value),
    /// That nothing changed.
    Unchanged,
    /// That there is no such thing.
    Nothing,
}

/// Requests left, and when (seconds since 1970) there will be more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Left {
    pub requests: u64,
    pub reset: Option<i64>,
}

/// No answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    pub error: GitHubError,
    /// Whether any other request would be refused as well.
    pub everything: bool,
}

impl From<GitHubError> for Refusal {
    fn from(error: GitHubError) -> Self {
        let everything = matches!(error, GitHubError::TokenRefused);
        Self { error, everything }
    }
}

impl Client {
    pub(super) fn new(api: &str, token: Option<SecretString>) -> Result<Self, reqwest::Error> {
        // One TLS provider for all clients; whoever comes first sets it.
        let _already_set = rustls::crypto::ring::default_provider().install_default();
        // The token must not leave the host it was given for.
        let policy = Policy::custom(|attempt| {
            let mut before = attempt.previous().iter();
            let same = before.next().map(url::Url::origin) == Some(attempt.url().origin());
            if same && attempt.previous().len() <= 3 {
                attempt.follow()
            } else {
                attempt.stop()
            }
        });
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(4))
            .redirect(policy)
            .referer(false)
            // Unpacked by hand, to a limit.
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .user_agent(concat!("llmployable/", env!("CARGO_PKG_VERSION")))
            .build()?;
        let api = api.trim_end_matches('/').to_owned();
        let graphql = graphql_of(&api);
        Ok(Self {
            api,
            graphql,
            token,
            http,
        })
    }

    pub(super) fn has_token(&self) -> bool {
        self.token.is_some()
    }

    /// What names a question among kept answers.
    pub(super) fn key(&self, question: Question<'_>) -> String {
        let asked = match question {
            Question::Rest(path) => path.to_owned(),
            Question::Graph(body) => body.to_string(),
        };
        let parts = [self.api.as_bytes(), asked.as_bytes()];
        career::ContentHash::of_parts(&parts).as_str().to_owned()
    }

    /// Asks. `etag` is the mark of the answer that is known.
    pub(super) async fn ask(
        &self,
        question: Question<'_>,
        etag: Option<&str>,
        limit: Duration,
        now: DateTime<Utc>,
    ) -> Result<Reply, Refusal> {
        let request = self.request(question, etag);
        match tokio::time::timeout(limit, answer(request, now)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(GitHubError::Slow.into()),
        }
    }

    fn request(&self, question: Question<'_>, etag: Option<&str>) -> RequestBuilder {
        let mut request = match question {
            Question::Rest(path) => self.http.get(format!("{}{path}", self.api)),
            Question::Graph(body) => self.http.post(&self.graphql).json(body),
        };
        request = request
            .header(header::ACCEPT, "application/vnd.github+json")
            .header(header::ACCEPT_ENCODING, "gzip")
            .header("X-GitHub-Api-Version", "2022-11-28");
        if let Some(etag) = etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(token) = &self.token {
            request = request.bearer_auth(token.expose_secret());
        }
        request
    }
}

/// The GraphQL interface beside a REST interface: GitHub Enterprise has them at `/api/v3` and
/// `/api/graphql`, everything else at the root.
fn graphql_of(api: &str) -> String {
    match api.strip_suffix("/api/v3") {
        Some(host) => format!("{host}/api/graphql"),
        None => format!("{api}/graphql"),
    }
}

async fn answer(request: RequestBuilder, now: DateTime<Utc>) -> Result<Reply, Refusal> {
    let answer = request.send().await.map_err(|_| GitHubError::Offline)?;
    let status = answer.status();
    let headers = answer.headers().clone();
    let said = match status {
        StatusCode::NOT_MODIFIED => Said::Unchanged,
        // 409: an empty repository; 422: a search for somebody who shows nothing; 451: blocked.
        StatusCode::NOT_FOUND
        | StatusCode::NO_CONTENT
        | StatusCode::CONFLICT
        | StatusCode::GONE
        | StatusCode::UNPROCESSABLE_ENTITY
        | StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS => Said::Nothing,
        StatusCode::UNAUTHORIZED => return Err(GitHubError::TokenRefused.into()),
        StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS => {
            let told = body::read(answer, MAX_BYTES, MAX_BYTES)
                .await
                .unwrap_or_default();
            return Err(refusal(status, &headers, &told, now));
        }
        status if status.is_success() => {
            let read = body::read(answer, MAX_BYTES, MAX_BYTES).await;
            Said::Something(parsed(read)?)
        }
        _ => return Err(GitHubError::Offline.into()),
    };
    Ok(Reply {
        said,
        etag: text(&headers, header::ETAG.as_str()).map(str::to_owned),
        more: text(&headers, header::LINK.as_str())
            .is_some_and(|link| link.contains("rel=\"next\"")),
        left: left(&headers),
    })
}

fn parsed(read: Result<Vec<u8>, FetchError>) -> Result<Value, GitHubError> {
    let bytes = read.map_err(|_| GitHubError::Garbled)?;
    serde_json::from_slice(&bytes).map_err(|_| GitHubError::Garbled)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

fn number(headers: &HeaderMap, name: &str) -> Option<i64> {
    text(headers, name)?
        .parse()
        .ok()
        .filter(|number| *number >= 0)
}

fn left(headers: &HeaderMap) -> Option<Left> {
    let requests = number(headers, "x-ratelimit-remaining")?;
    Some(Left {
        requests: u64::try_from(requests).ok()?,
        reset: number(headers, "x-ratelimit-reset"),
    })
}

/// What GitHub's rules say: `retry-after` first, then a used-up limit and its reset, then a minute.
fn refusal(status: StatusCode, headers: &HeaderMap, told: &[u8], now: DateTime<Utc>) -> Refusal {
    let limited = |until, everything| Refusal {
        error: GitHubError::RateLimited { until },
        everything,
    };
    if let Some(seconds) = number(headers, header::RETRY_AFTER.as_str()) {
        return limited(Some(now.timestamp().saturating_add(seconds)), true);
    }
    if let Some(left) = left(headers).filter(|left| left.requests == 0) {
        return limited(left.reset, false);
    }
    let told = String::from_utf8_lossy(told).to_lowercase();
    if status == StatusCode::TOO_MANY_REQUESTS || told.contains("rate limit") {
        return limited(Some(now.timestamp() + SECONDS_TO_WAIT), true);
    }
    GitHubError::Forbidden.into()
}

#[cfg(test)]
mod tests {
    use super::graphql_of;

    #[test]
    fn graphql_stands_beside_rest_at_github_and_at_a_company() {
        for (api, graphql) in [
            ("https://api.github.com", "https://api.github.com/graphql"),
            (
                "https://git.example/api/v3",
                "https://git.example/api/graphql",
            ),
            ("http://127.0.0.1:9", "http://127.0.0.1:9/graphql"),
        ] {
            assert_eq!(graphql_of(api), graphql);
        }
    }
}
