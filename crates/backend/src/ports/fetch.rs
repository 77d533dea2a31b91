//! Fetches a posting's page: public addresses only, connected to exactly the address that was
//! checked, redirects followed by hand and checked again, with limits on time and size.

use std::net::SocketAddr;
use std::time::Duration;

use career::PostingUrl;
use futures::StreamExt;
use reqwest::header;
use thiserror::Error;
use url::{Host, Url};

use super::address::is_public;

/// Bytes of a page at most, decoded.
const MAX_BYTES: usize = 5 * 1024 * 1024;
/// For everything: name, connection, redirects, body.
const TIME_LIMIT: Duration = Duration::from_secs(15);
/// Redirects followed at most.
const MAX_REDIRECTS: usize = 5;

/// Why a page was not fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, strum::EnumIter)]
pub enum FetchError {
    /// Not an address that may be fetched at all.
    #[error("the address cannot be fetched")]
    BadAddress,
    /// It leads to a private or reserved address.
    #[error("the address leads into a private network")]
    Blocked,
    /// The name is unknown, nothing answers, or the network is away.
    #[error("the page could not be reached")]
    Unreachable,
    /// It took too long.
    #[error("the page took too long")]
    TimedOut,
    /// 404 or 410.
    #[error("the page is gone")]
    Gone,
    /// 401, 403, 429, 999: a wall.
    #[error("the page asks for a login or refuses programs")]
    Wall,
    /// Another refusal; 5xx among them.
    #[error("the page answered with an error")]
    Refused,
    /// More than the limit.
    #[error("the page is too large")]
    TooLarge,
    /// Redirected too often.
    #[error("the page redirects without end")]
    Redirects,
    /// Not text or HTML.
    #[error("the address leads to something that is not a page")]
    Type,
}

impl FetchError {
    /// The message's key.
    pub fn code(self) -> &'static str {
        match self {
            Self::BadAddress => "posting_url_invalid",
            Self::Blocked => "posting_blocked_host",
            Self::Gone => "posting_gone",
            Self::Wall => "posting_wall",
            Self::TooLarge => "posting_too_long",
            Self::Type => "posting_not_text",
            Self::Unreachable | Self::TimedOut | Self::Refused | Self::Redirects => {
                "posting_unreachable"
            }
        }
    }

    /// Whether trying again soon could help.
    pub fn may_pass(self) -> bool {
        matches!(self, Self::TimedOut | Self::Refused)
    }
}

/// A page as fetched.
#[derive(Debug, Clone)]
pub struct Page {
    /// The address after redirects.
    pub url: String,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The body, decoded.
    pub bytes: Vec<u8>,
}

/// The guarded fetcher.
#[derive(Debug, Clone)]
pub struct Fetcher {
    allow_private: bool,
}

impl Fetcher {
    /// A fetcher. `allow_private` is for tests of this program against servers on loopback.
    pub fn new(allow_private: bool) -> Self {
        Self { allow_private }
    }

    /// Fetches a page.
    ///
    /// # Errors
    /// One of [`FetchError`].
    pub async fn page(&self, url: &PostingUrl) -> Result<Page, FetchError> {
        match tokio::time::timeout(TIME_LIMIT, self.follow(url)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(FetchError::TimedOut),
        }
    }

    async fn follow(&self, url: &PostingUrl) -> Result<Page, FetchError> {
        let mut url = Url::parse(url.as_str()).map_err(|_| FetchError::BadAddress)?;
        for _ in 0..=MAX_REDIRECTS {
            let answer = self.ask(&url).await?;
            if answer.status().is_redirection() {
                let target = answer.headers().get(header::LOCATION);
                let target = target.and_then(|target| target.to_str().ok());
                let target = target.ok_or(FetchError::Refused)?;
                url = url.join(target).map_err(|_| FetchError::BadAddress)?;
                continue;
            }
            return read(url, answer).await;
        }
        Err(FetchError::Redirects)
    }

    /// One request to the address that was resolved and checked, and to no other.
    async fn ask(&self, url: &Url) -> Result<reqwest::Response, FetchError> {
        let addresses = self.resolve(url).await?;
        let host = url.host_str().ok_or(FetchError::BadAddress)?;
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(Duration::from_secs(5))
            .user_agent(concat!("llmployable/", env!("CARGO_PKG_VERSION")))
            .resolve_to_addrs(host, &addresses)
            .build()
            .map_err(|_| FetchError::Unreachable)?;
        client
            .get(url.clone())
            .header(
                header::ACCEPT,
                "text/html,application/xhtml+xml,text/plain;q=0.9",
            )
            .send()
            .await
            .map_err(|error| {
                if error.is_timeout() {
                    FetchError::TimedOut
                } else {
                    FetchError::Unreachable
                }
            })
    }

    /// The addresses of a host, all of them checked: one that is not public refuses the name.
    async fn resolve(&self, url: &Url) -> Result<Vec<SocketAddr>, FetchError> {
        if !matches!(url.scheme(), "http" | "https")
            || !url.username().is_empty()
            || url.password().is_some()
        {
            return Err(FetchError::BadAddress);
        }
        let port = url.port_or_known_default().ok_or(FetchError::BadAddress)?;
        if !self.allow_private && !matches!(port, 80 | 443 | 8080 | 8443) {
            return Err(FetchError::Blocked);
        }
        let addresses: Vec<SocketAddr> = match url.host().ok_or(FetchError::BadAddress)? {
            Host::Ipv4(address) => vec![SocketAddr::new(address.into(), port)],
            Host::Ipv6(address) => vec![SocketAddr::new(address.into(), port)],
            Host::Domain(name) => tokio::net::lookup_host((name, port))
                .await
                .map_err(|_| FetchError::Unreachable)?
                .collect(),
        };
        if addresses.is_empty() {
            return Err(FetchError::Unreachable);
        }
        if !self.allow_private && !addresses.iter().all(|address| is_public(address.ip())) {
            return Err(FetchError::Blocked);
        }
        Ok(addresses)
    }
}

async fn read(url: Url, answer: reqwest::Response) -> Result<Page, FetchError> {
    match answer.status().as_u16() {
        200..=299 => {}
        404 | 410 => return Err(FetchError::Gone),
        401 | 403 | 429 | 451 | 999 => return Err(FetchError::Wall),
        _ => return Err(FetchError::Refused),
    }
    let content_type = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    if let Some(kind) = &content_type
        && !(kind.starts_with("text/") || kind.starts_with("application/xhtml"))
    {
        return Err(FetchError::Type);
    }
    let mut bytes = Vec::new();
    let mut stream = answer.bytes_stream();
    while let Some(part) = stream.next().await {
        let part = part.map_err(|_| FetchError::Unreachable)?;
        if bytes.len() + part.len() > MAX_BYTES {
            return Err(FetchError::TooLarge);
        }
        bytes.extend_from_slice(&part);
    }
    Ok(Page {
        url: url.into(),
        content_type,
        bytes,
    })
}
