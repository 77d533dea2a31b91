//! Fetches a posting's page: public addresses only, connected to exactly the address that was
//! checked, redirects followed by hand and checked again, with limits on time and size.

use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::Duration;

use career::PostingUrl;
use reqwest::header;
use thiserror::Error;
use url::{Host, Url};

use super::address::{is_local_name, is_public};
use super::body;
use super::names::{Checked, Names, SystemNames};
use super::turns::Turns;

/// Redirects followed at most.
const MAX_REDIRECTS: usize = 3;
/// Addresses of one name that are tried.
const MAX_ADDRESSES: usize = 16;
/// Header fields of an answer at most.
const MAX_HEADERS: usize = 128;

/// How much of everything one page may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For everything: turn, name, connection, redirects, body.
    pub time: Duration,
    /// From the question to the end of the answer's head, for each redirect.
    pub head: Duration,
    /// Bytes as they are sent.
    pub wire: usize,
    /// Bytes once they are unpacked.
    pub decoded: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(15),
            head: Duration::from_secs(8),
            wire: 2 * 1024 * 1024,
            decoded: 5 * 1024 * 1024,
        }
    }
}

/// Why a page was not fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, strum::EnumIter)]
pub enum FetchError {
    /// Not an address that may be fetched at all.
    #[error("the address cannot be fetched")]
    BadAddress,
    /// By its form it leads to a private or reserved address.
    #[error("the address leads into a private network")]
    Blocked,
    /// The name is unknown, nothing answers, or the network is away; also when the name leads to an
    /// address that is not public, so that nobody can map a network by asking.
    #[error("the page could not be reached")]
    Unreachable,
    /// It took too long.
    #[error("the page took too long")]
    TimedOut,
    /// 404 or 410.
    #[error("the page is gone")]
    Gone,
    /// 401, 403, 451, 999: a wall.
    #[error("the page asks for a login or refuses programs")]
    Wall,
    /// 429 or 503: asked too often, or too busy.
    #[error("the site is too busy to answer")]
    Busy,
    /// Another 5xx.
    #[error("the site answered with an error of its own")]
    Refused,
    /// Any other answer that is no page: 204, 304, 400 …
    #[error("the site answered without a page")]
    NoPage,
    /// More than the limit.
    #[error("the page is too large")]
    TooLarge,
    /// Redirected too often, or from https to http.
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
            Self::Busy => "posting_busy",
            Self::Unreachable | Self::TimedOut | Self::Refused | Self::NoPage | Self::Redirects => {
                "posting_unreachable"
            }
        }
    }

    /// Whether trying again soon could help.
    pub fn may_pass(self) -> bool {
        matches!(self, Self::TimedOut | Self::Refused | Self::Busy)
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
    open: Vec<SocketAddr>,
    names: Arc<dyn Names>,
    limits: Limits,
    turns: Arc<Turns>,
}

impl Fetcher {
    /// A fetcher. `allow_private` is for tests of this program against servers on loopback.
    pub fn new(allow_private: bool) -> Self {
        // One TLS provider for all clients; whoever comes first sets it.
        let _already_set = rustls::crypto::ring::default_provider().install_default();
        Self {
            allow_private,
            open: Vec::new(),
            names: Arc::new(SystemNames),
            limits: Limits::default(),
            turns: Arc::default(),
        }
    }

    /// The same with another name service.
    pub fn with_names(self, names: Arc<dyn Names>) -> Self {
        Self { names, ..self }
    }

    /// The same with other limits.
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same, with exactly these addresses open although they are not public: one server on
    /// loopback can be asked while everything else is guarded as ever.
    pub fn with_open(self, open: Vec<SocketAddr>) -> Self {
        Self { open, ..self }
    }

    /// Fetches a page.
    ///
    /// # Errors
    /// One of [`FetchError`].
    pub async fn page(&self, url: &PostingUrl) -> Result<Page, FetchError> {
        match tokio::time::timeout(self.limits.time, self.follow(url)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(FetchError::TimedOut),
        }
    }

    async fn follow(&self, url: &PostingUrl) -> Result<Page, FetchError> {
        let mut url = Url::parse(url.as_str()).map_err(|_| FetchError::BadAddress)?;
        for _ in 0..=MAX_REDIRECTS {
            let host = url.host_str().ok_or(FetchError::BadAddress)?;
            let _turn = self.turns.take(host).await;
            let answer = self.ask(&url).await?;
            if matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
                let target = answer.headers().get(header::LOCATION);
                let target = target.and_then(|target| target.to_str().ok());
                let target = target.ok_or(FetchError::NoPage)?;
                url = next_hop(&url, target)?;
                continue;
            }
            return self.read(url, answer).await;
        }
        Err(FetchError::Redirects)
    }

    /// One request to the address that was resolved and checked, and to no other.
    async fn ask(&self, url: &Url) -> Result<reqwest::Response, FetchError> {
        let addresses = self.resolve(url).await?;
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(Duration::from_secs(5))
            .http1_max_headers(MAX_HEADERS)
            // Unpacking is done here, where it has limits.
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .user_agent(concat!("llmployable/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(Arc::new(Checked(addresses)))
            .build()
            .map_err(|_| FetchError::Unreachable)?;
        let question = client
            .get(url.clone())
            .header(
                header::ACCEPT,
                "text/html,application/xhtml+xml,text/plain;q=0.9,application/json;q=0.8,application/xml;q=0.7",
            )
            .header(header::ACCEPT_ENCODING, "gzip")
            .send();
        match tokio::time::timeout(self.limits.head, question).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) if error.is_timeout() => Err(FetchError::TimedOut),
            Ok(Err(_)) => Err(FetchError::Unreachable),
            Err(_) => Err(FetchError::TimedOut),
        }
    }

    /// The addresses of a host, all of them checked: one that may not be asked refuses the name.
    async fn resolve(&self, url: &Url) -> Result<Vec<SocketAddr>, FetchError> {
        if !matches!(url.scheme(), "http" | "https")
            || !url.username().is_empty()
            || url.password().is_some()
        {
            return Err(FetchError::BadAddress);
        }
        let port = url.port_or_known_default().ok_or(FetchError::BadAddress)?;
        let name = match url.host().ok_or(FetchError::BadAddress)? {
            Host::Ipv4(address) => return self.literal(address.into(), port),
            Host::Ipv6(address) => return self.literal(address.into(), port),
            Host::Domain(name) => name,
        };
        let name = name.strip_suffix('.').unwrap_or(name);
        if !is_host_name(name) {
            return Err(FetchError::BadAddress);
        }
        if !self.allow_private && (is_local_name(name) || !self.is_open_port(port)) {
            return Err(FetchError::Blocked);
        }
        let addresses = self
            .names
            .look_up(name, port)
            .await
            .map_err(|_| FetchError::Unreachable)?;
        if addresses.is_empty() || !addresses.iter().all(|address| self.may_ask(*address)) {
            return Err(FetchError::Unreachable);
        }
        Ok(addresses.into_iter().take(MAX_ADDRESSES).collect())
    }

    /// An address written as such: what is wrong with it can be seen, so it is said.
    fn literal(&self, address: IpAddr, port: u16) -> Result<Vec<SocketAddr>, FetchError> {
        let address = SocketAddr::new(address, port);
        if self.may_ask(address) {
            Ok(vec![address])
        } else {
            Err(FetchError::Blocked)
        }
    }

    fn may_ask(&self, address: SocketAddr) -> bool {
        self.allow_private
            || self.open.contains(&address)
            || (is_web_port(address.port())
                && is_public(address.ip())
                && !is_this_machine(address.ip()))
    }

    fn is_open_port(&self, port: u16) -> bool {
        is_web_port(port) || self.open.iter().any(|address| address.port() == port)
    }

    async fn read(&self, url: Url, answer: reqwest::Response) -> Result<Page, FetchError> {
        match answer.status().as_u16() {
            200 | 203 => {}
            404 | 410 => return Err(FetchError::Gone),
            401 | 403 | 407 | 451 | 999 => return Err(FetchError::Wall),
            429 | 503 => return Err(FetchError::Busy),
            500..=599 => return Err(FetchError::Refused),
            _ => return Err(FetchError::NoPage),
        }
        let content_type = answer
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        if content_type
            .as_deref()
            .is_some_and(|kind| !is_readable(kind))
        {
            return Err(FetchError::Type);
        }
        let bytes = body::read(answer, self.limits.wire, self.limits.decoded).await?;
        Ok(Page {
            url: url.into(),
            content_type,
            bytes,
        })
    }
}

/// Where a redirect leads; never from a protected page to an unprotected one.
fn next_hop(from: &Url, target: &str) -> Result<Url, FetchError> {
    let next = from.join(target).map_err(|_| FetchError::BadAddress)?;
    if from.scheme() == "https" && next.scheme() == "http" {
        return Err(FetchError::Redirects);
    }
    Ok(next)
}

fn is_web_port(port: u16) -> bool {
    matches!(port, 80 | 443)
}

/// Text, pages, the data that boards answer with, and documents.
fn is_readable(content_type: &str) -> bool {
    let kind = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    kind.starts_with("text/")
        || matches!(
            kind.as_str(),
            "application/xhtml+xml"
                | "application/xml"
                | "application/json"
                | "application/pdf"
                | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        )
        || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// The form of a name that can be asked for: labels of 1 to 63 bytes, 253 in all, none that looks
/// like an option of a program.
fn is_host_name(name: &str) -> bool {
    name.len() <= 253
        && name
            .split('.')
            .all(|label| (1..=63).contains(&label.len()) && !label.starts_with('-'))
}

/// Whether an address is one of this machine's own, public or not. Connecting a datagram socket
/// sends nothing and tells which of our addresses would be used: for our own it is the same one.
fn is_this_machine(address: IpAddr) -> bool {
    let any: IpAddr = match address {
        IpAddr::V4(_) => std::net::Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => std::net::Ipv6Addr::UNSPECIFIED.into(),
    };
    UdpSocket::bind((any, 0))
        .and_then(|socket| {
            socket.connect((address, 9))?;
            socket.local_addr()
        })
        .is_ok_and(|own| own.ip() == address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_never_leaves_protection() {
        let page = Url::parse("https://jobs.example/a/b").unwrap();
        assert_eq!(
            next_hop(&page, "http://jobs.example/a"),
            Err(FetchError::Redirects)
        );
        assert_eq!(
            next_hop(&page, "../c").unwrap().as_str(),
            "https://jobs.example/c"
        );
        assert!(next_hop(&page, "https://").is_err());
    }

    #[test]
    fn our_own_addresses_are_known() {
        assert!(is_this_machine("127.0.0.1".parse().unwrap()));
        assert!(!is_this_machine("192.0.2.1".parse().unwrap()));
    }

    #[test]
    fn names_have_the_form_of_names() {
        for name in ["a.example", "xn--bcher-kva.example", "a-b.c"] {
            assert!(is_host_name(name), "{name}");
        }
        let long = "a".repeat(64);
        for name in ["", "a..b", "-o.example", &long, &"a.".repeat(127)] {
            assert!(!is_host_name(name), "{name}");
        }
    }
}
