//! Only from our own pages: foreign `Host`, `Origin` and cross-site requests are refused before
//! anything else sees them.
//!
//! Without accounts, reaching the port is all it takes to act. A page elsewhere can make a browser
//! send requests here (cross-site request forgery) or point its own name at 127.0.0.1 (DNS
//! rebinding); both show in these headers.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::{linkedin, problem};

/// The host names the server answers to.
#[derive(Debug, Clone)]
pub struct Hosts {
    names: Arc<Vec<String>>,
}

impl Hosts {
    /// Loopback names with the port listened on, and the configured ones.
    pub fn new(listen: SocketAddr, configured: &[String]) -> Self {
        let port = listen.port();
        let mut names: Vec<String> = configured.iter().map(|name| name.to_lowercase()).collect();
        for name in ["localhost", "127.0.0.1", "[::1]"] {
            names.push(format!("{name}:{port}"));
        }
        if port == 80 {
            names.extend(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned));
        }
        if !listen.ip().is_unspecified() {
            names.push(listen.to_string());
        }
        Self {
            names: Arc::new(names),
        }
    }

    fn knows(&self, host: &str) -> bool {
        self.names
            .iter()
            .any(|name| name.eq_ignore_ascii_case(host))
    }
}

/// Refuses what does not come from our own pages.
pub(super) async fn own_pages_only(
    State(hosts): State<Hosts>,
    request: Request,
    next: Next,
) -> Response {
    match check(
        &hosts,
        request.method(),
        request.uri().path(),
        request.uri().authority().map(http::uri::Authority::as_str),
        request.headers(),
    ) {
        Ok(()) => next.run(request).await,
        Err(code) => {
            tracing::warn!(code, "refused");
            problem::answer(StatusCode::FORBIDDEN, code)
        }
    }
}

fn check(
    hosts: &Hosts,
    method: &Method,
    path: &str,
    authority: Option<&str>,
    headers: &HeaderMap,
) -> Result<(), &'static str> {
    let mut given = headers.get_all(header::HOST).iter();
    let host = match (given.next(), given.next()) {
        (Some(host), None) => host.to_str().map_err(|_| "foreign_host")?,
        (None, None) => authority.ok_or("foreign_host")?,
        _ => return Err("foreign_host"),
    };
    if !hosts.knows(host) {
        return Err("foreign_host");
    }
    if let Some(origin) = headers.get(header::ORIGIN) {
        let origin = origin.to_str().map_err(|_| "foreign_origin")?;
        let from = origin
            .strip_prefix("http://")
            .or_else(|| origin.strip_prefix("https://"));
        // The very host that was asked: another port is another program.
        if !from.is_some_and(|from| from.eq_ignore_ascii_case(host)) {
            return Err("foreign_origin");
        }
    }
    let reads = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    let told = |name| headers.get(name).and_then(|told| told.to_str().ok());
    // A browser tells where a request comes from; a program on this machine tells nothing.
    let own = matches!(told("sec-fetch-site"), None | Some("same-origin" | "none"));
    // Reading changes nothing, with one exception: LinkedIn leads a browser back to this address, and
    // what is read there is kept. A person goes there, in a tab of their own; a picture, a frame or a
    // script of another page does not.
    let allowed = if path == linkedin::CALLBACK {
        let led = *method == Method::GET
            && told("sec-fetch-mode") == Some("navigate")
            && told("sec-fetch-dest") == Some("document");
        own || led
    } else {
        own || reads
    };
    if allowed {
        Ok(())
    } else {
        Err("foreign_origin")
    }
}

/// What a page may load and run: our own files, and inline scripts only with this answer's nonce
/// (Content Security Policy Level 3). Some browsers hold a form's redirects to `form-action` too, so
/// the site that one of ours leads to is named there.
pub(super) fn policy(nonce: Option<&str>, forms_lead_to: Option<&str>) -> HeaderValue {
    let inline = nonce.map(|nonce| format!(" 'nonce-{nonce}'"));
    let led_to = forms_lead_to.map(|origin| format!(" {origin}"));
    // `cargo leptos watch` tells its pages of new builds over a socket on a port of its own.
    let reloads = std::env::var_os("LEPTOS_WATCH")
        .map(|_| " connect-src 'self' ws://127.0.0.1:* ws://localhost:*;");
    let policy = format!(
        "default-src 'self';{} script-src 'self' 'wasm-unsafe-eval'{}; \
         style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; \
         base-uri 'none'; form-action 'self'{}; frame-ancestors 'none'",
        reloads.unwrap_or_default(),
        inline.unwrap_or_default(),
        led_to.unwrap_or_default()
    );
    // A nonce is base64; should it ever be anything else, no script at all is the safe answer.
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'self'"))
}

/// Headers every answer carries.
pub(super) async fn security_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert_with(|| policy(None, None));
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-cache"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(method: Method, headers: &[(&str, &str)]) -> Result<(), &'static str> {
        outcome_at("/evidence", method, headers)
    }

    fn outcome_at(
        path: &str,
        method: Method,
        headers: &[(&str, &str)],
    ) -> Result<(), &'static str> {
        let hosts = Hosts::new(
            SocketAddr::from(([127, 0, 0, 1], 3000)),
            &["cv.example".to_owned()],
        );
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name: HeaderName = name.parse().unwrap();
            map.append(name, HeaderValue::from_str(value).unwrap());
        }
        check(&hosts, &method, path, None, &map)
    }

    #[test]
    fn own_pages_and_local_programs_pass() {
        for host in [
            "localhost:3000",
            "127.0.0.1:3000",
            "[::1]:3000",
            "LOCALHOST:3000",
            "cv.example",
        ] {
            assert_eq!(outcome(Method::GET, &[("host", host)]), Ok(()), "{host}");
            assert_eq!(outcome(Method::POST, &[("host", host)]), Ok(()), "{host}");
        }
        let own = [
            ("host", "localhost:3000"),
            ("origin", "http://localhost:3000"),
            ("sec-fetch-site", "same-origin"),
        ];
        assert_eq!(outcome(Method::POST, &own), Ok(()));
    }

    #[test]
    fn f4_foreign_origins_are_refused_whatever_the_method() {
        for origin in [
            "https://evil.example",
            "null",
            "http://localhost:3001",
            "http://127.0.0.1:3000",
            "http://localhost:3000.evil.example",
            "http://localhost",
        ] {
            for method in [Method::GET, Method::POST] {
                let headers = [("host", "localhost:3000"), ("origin", origin)];
                assert_eq!(outcome(method, &headers), Err("foreign_origin"), "{origin}");
            }
        }
    }

    #[test]
    fn f5_cross_site_changes_are_refused_without_an_origin_too() {
        for site in ["cross-site", "same-site", "something"] {
            let headers = [("host", "localhost:3000"), ("sec-fetch-site", site)];
            assert_eq!(outcome(Method::POST, &headers), Err("foreign_origin"));
            assert_eq!(
                outcome(Method::GET, &headers),
                Ok(()),
                "a link from elsewhere may lead here"
            );
        }
    }

    #[test]
    fn from_elsewhere_only_a_tab_that_is_led_there_reaches_the_way_back_from_linkedin() {
        let from = |site, mode, dest| {
            [
                ("host", "localhost:3000"),
                ("sec-fetch-site", site),
                ("sec-fetch-mode", mode),
                ("sec-fetch-dest", dest),
            ]
        };
        let back =
            |method, headers: &[(&str, &str)]| outcome_at(linkedin::CALLBACK, method, headers);
        let refused = Err("foreign_origin");
        for site in ["cross-site", "same-site"] {
            let led = from(site, "navigate", "document");
            assert_eq!(back(Method::GET, &led), Ok(()), "{site}");
            for method in [Method::POST, Method::HEAD, Method::OPTIONS, Method::PUT] {
                assert_eq!(back(method.clone(), &led), refused, "{method}");
            }
            for (mode, dest) in [
                ("no-cors", "image"),
                ("navigate", "iframe"),
                ("cors", "empty"),
                ("no-cors", "script"),
                ("navigate", "embed"),
            ] {
                let headers = from(site, mode, dest);
                assert_eq!(back(Method::GET, &headers), refused, "{mode} {dest}");
            }
            let begin = outcome_at(linkedin::BEGIN, Method::POST, &led);
            assert_eq!(begin, refused, "a consent begins on our own page");
        }
        let foreign = [
            ("host", "localhost:3000"),
            ("origin", "https://www.linkedin.com"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
        ];
        assert_eq!(back(Method::GET, &foreign), refused);
        let plain = [("host", "localhost:3000")];
        assert_eq!(
            back(Method::GET, &plain),
            Ok(()),
            "a browser without such headers"
        );
        let typed = from("none", "navigate", "document");
        assert_eq!(back(Method::GET, &typed), Ok(()));
    }

    #[test]
    fn forms_lead_to_our_own_pages_and_to_where_members_consent() {
        let words = |policy: HeaderValue| policy.to_str().unwrap().to_owned();
        assert!(words(policy(None, None)).contains("form-action 'self';"));
        let policy = words(policy(Some("n"), Some("https://www.linkedin.com")));
        assert!(policy.contains("form-action 'self' https://www.linkedin.com;"));
    }

    #[test]
    fn foreign_and_ambiguous_hosts_are_refused() {
        for host in [
            "evil.example",
            "localhost",
            "localhost:3001",
            "127.0.0.1.nip.io:3000",
            "",
        ] {
            assert_eq!(
                outcome(Method::GET, &[("host", host)]),
                Err("foreign_host"),
                "{host}"
            );
        }
        assert_eq!(outcome(Method::GET, &[]), Err("foreign_host"));
        let two = [("host", "localhost:3000"), ("host", "evil.example")];
        assert_eq!(outcome(Method::GET, &two), Err("foreign_host"));
    }
}
