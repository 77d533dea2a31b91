//! Walks every domain of a member's data and every page of each, within limits.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use futures::{FutureExt, StreamExt, stream};
use reqwest::header::{self, HeaderMap};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::time::{Instant, sleep, timeout_at};
use url::Url;

use super::answers::{Answers, Row};
use super::error::{Trouble, meaning};
use super::{DOMAINS, Limits, LinkedIn, LinkedInError};
use crate::ports::body;
use crate::ports::fetch::FetchError;

/// Domains asked for at once.
const AT_ONCE: usize = 4;
/// How often one page is asked for at most.
const TRIES: u32 = 3;
/// Bytes of a refusal that are looked at.
const MAX_REFUSAL: usize = 64 * 1024;

/// The version of the interface that is asked for. LinkedIn names this one for members' own data and
/// answers 426 to later ones, unless an application was let in as a third party.
const VERSION: &str = "202312";

/// Where a page begins and how much of it there is, as its predecessor says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Place {
    start: u32,
    count: Option<u32>,
}

/// What one domain gave, and why it is not all.
type Given = (Vec<Row>, Option<LinkedInError>);

/// One walk through a member's data.
pub(super) struct Walk<'a> {
    linkedin: &'a LinkedIn,
    token: &'a SecretString,
    deadline: Instant,
    /// What the first refusal says that holds for everything else too.
    ended: OnceLock<LinkedInError>,
    bytes_left: AtomicUsize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(linkedin: &'a LinkedIn, token: &'a SecretString) -> Self {
        let Limits { whole, bytes, .. } = linkedin.limits;
        Self {
            linkedin,
            token,
            deadline: Instant::now() + whole,
            ended: OnceLock::new(),
            bytes_left: AtomicUsize::new(bytes),
        }
    }

    /// Asks for everything. The first domain goes alone: a token that is no good shows there.
    pub(super) async fn all(&self) -> Result<Answers, LinkedInError> {
        let mut given = Vec::with_capacity(DOMAINS.len());
        let (first, rest) = DOMAINS.split_at(1);
        for part in [first, rest] {
            // Boxed before anything waits: a closure in the stream would keep the whole from moving
            // between threads.
            let asked: Vec<BoxFuture<'_, _>> = part
                .iter()
                .map(|domain| self.domain(domain).boxed())
                .collect();
            let asked = stream::iter(asked).buffered(AT_ONCE);
            given.extend(asked.collect::<Vec<_>>().await);
        }
        let mut answers = Answers {
            domains: Vec::with_capacity(given.len()),
            missed: Vec::new(),
        };
        for (domain, (rows, trouble)) in given {
            answers.missed.extend(trouble.map(|error| (domain, error)));
            answers.domains.push((domain, rows));
        }
        if answers.domains.iter().any(|(_, rows)| !rows.is_empty()) {
            return Ok(answers);
        }
        Err(self.ended.get().copied().unwrap_or_else(|| {
            let mut missed = answers.missed.iter();
            missed
                .next()
                .map_or(LinkedInError::Empty, |(_, error)| *error)
        }))
    }

    /// What a domain gives. A refusal that holds for all ends the others too.
    async fn domain(&self, domain: &'static str) -> (&'static str, Given) {
        let mut rows = Vec::new();
        let trouble = self.pages(domain, &mut rows).await.err();
        if let Some(error) = trouble.filter(|error| error.ends_all()) {
            self.ended.get_or_init(|| error);
        }
        (domain, (rows, trouble))
    }

    /// The rows of a domain. What came before a trouble is kept.
    async fn pages(&self, domain: &str, rows: &mut Vec<Row>) -> Result<(), LinkedInError> {
        let mut place = Place::default();
        for _ in 0..self.linkedin.limits.pages {
            let page = match self.page(domain, place).await {
                Ok(page) => page,
                // The end of the data is told this way, too.
                Err(LinkedInError::Empty) => return Ok(()),
                Err(error) => return Err(error),
            };
            take_rows(&page, domain, rows)?;
            match next_place(&page, place)? {
                Some(next) => place = next,
                None => return Ok(()),
            }
        }
        Err(LinkedInError::TooLarge)
    }

    /// A page, asked for again where that may help and the wait is short.
    async fn page(&self, domain: &str, place: Place) -> Result<Value, LinkedInError> {
        let asking = async {
            for tried in 1.. {
                if let Some(ended) = self.ended.get() {
                    return Err(*ended);
                }
                let Trouble { error, again_after } = match self.ask(domain, place).await {
                    Ok(page) => return Ok(page),
                    Err(trouble) => trouble,
                };
                match again_after {
                    Some(pause) if tried < TRIES && pause <= self.linkedin.limits.wait => {
                        sleep(pause).await;
                    }
                    _ => return Err(error),
                }
            }
            Err(LinkedInError::Offline)
        };
        timeout_at(self.deadline, asking)
            .await
            .unwrap_or(Err(LinkedInError::Offline))
    }

    /// Asks once. Nothing is asked for on a condition (`If-None-Match`): answers are not kept apart
    /// from the source they become, so a 304 would have nothing to stand for.
    async fn ask(&self, domain: &str, place: Place) -> Result<Value, Trouble> {
        let count = place.count.map(|count| format!("&count={count}"));
        let count = count.unwrap_or_default();
        let query = format!("q=criteria&domain={domain}&start={}{count}", place.start);
        let url = format!(
            "{}/rest/memberSnapshotData?{query}",
            self.linkedin.settings.api
        );
        let request = self
            .linkedin
            .client
            .get(url)
            .header(header::ACCEPT, "application/json")
            .header("LinkedIn-Version", VERSION)
            .header("X-Restli-Protocol-Version", "2.0.0")
            .bearer_auth(self.token.expose_secret());
        let answer = request.send().await;
        let answer = answer.map_err(|error| Trouble::of_transport(&error))?;
        let status = answer.status();
        if !status.is_success() {
            let wait = retry_after(answer.headers(), Utc::now());
            let refusal = body::read(answer, MAX_REFUSAL, MAX_REFUSAL).await;
            return Err(meaning(status, wait, &refusal.unwrap_or_default()));
        }
        let left = self.bytes_left.load(Ordering::Relaxed);
        let limit = self.linkedin.limits.page_bytes.min(left);
        let bytes = body::read(answer, limit, limit)
            .await
            .map_err(|error| match error {
                FetchError::TooLarge => Trouble::lasting(LinkedInError::TooLarge),
                FetchError::Type => Trouble::lasting(LinkedInError::Malformed),
                _ => Trouble {
                    error: LinkedInError::Offline,
                    again_after: Some(Duration::ZERO),
                },
            })?;
        self.bytes_left
            .fetch_sub(bytes.len().min(left), Ordering::Relaxed);
        serde_json::from_slice(&bytes).map_err(|_| Trouble::lasting(LinkedInError::Malformed))
    }
}

/// Adds the rows of a page; an error when it holds something else, with the rows that are right kept.
fn take_rows(page: &Value, domain: &str, rows: &mut Vec<Row>) -> Result<(), LinkedInError> {
    let elements = page.get("elements").and_then(Value::as_array);
    let mut right = true;
    for element in elements.ok_or(LinkedInError::Malformed)? {
        match element.get("snapshotDomain").and_then(Value::as_str) {
            Some(named) if named == domain => {}
            // Nobody asked for it.
            Some(_) => continue,
            None => {
                right = false;
                continue;
            }
        }
        let data = match element.get("snapshotData") {
            Some(Value::Array(data)) => data.as_slice(),
            Some(row @ Value::Object(_)) => std::slice::from_ref(row),
            None | Some(Value::Null) => &[],
            Some(_) => {
                right = false;
                &[]
            }
        };
        right &= data.iter().all(Value::is_object);
        rows.extend(data.iter().filter_map(Value::as_object).cloned());
    }
    if right {
        Ok(())
    } else {
        Err(LinkedInError::Malformed)
    }
}

/// Where the next page begins. A link is not followed: only its numbers are taken, so that it cannot
/// lead to another host, and they must lead on.
fn next_place(page: &Value, at: Place) -> Result<Option<Place>, LinkedInError> {
    let links = page.pointer("/paging/links").and_then(Value::as_array);
    let next = links
        .into_iter()
        .flatten()
        .find(|link| link["rel"] == "next");
    let Some(next) = next else {
        return Ok(None);
    };
    let place = next["href"].as_str().and_then(|href| {
        let base = Url::parse("https://api.linkedin.com").ok()?;
        let address = base.join(href).ok()?;
        let number = |name: &str| {
            let mut pairs = address.query_pairs();
            let (_, value) = pairs.find(|(key, _)| key == name)?;
            value.parse::<u32>().ok()
        };
        Some(Place {
            start: number("start")?,
            count: number("count").map(|count| count.clamp(1, 1_000)),
        })
    });
    match place {
        Some(place) if place.start > at.start => Ok(Some(place)),
        _ => Err(LinkedInError::Malformed),
    }
}

/// How long to wait, said in seconds or as a date (RFC 9110, 10.2.3).
pub(super) fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = DateTime::parse_from_rfc2822(value).ok()?;
    Some((until.to_utc() - now).to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn page(href: &str) -> Value {
        json!({"paging": {"links": [{"rel": "prev", "href": "/x?start=0"}, {"rel": "next", "href": href}]}})
    }

    #[test]
    fn of_a_link_to_the_next_page_only_the_numbers_are_taken_and_they_lead_on() {
        let at = Place::default();
        let place = |start, count| Ok(Some(Place { start, count }));
        for (href, expected) in [
            (
                "/rest/memberSnapshotData?count=10&domain=PROFILE&q=criteria&start=1",
                place(1, Some(10)),
            ),
            ("https://evil.example/steal?start=2", place(2, None)),
            (
                "//evil.example/?start=3&count=999999",
                place(3, Some(1_000)),
            ),
            (
                "/rest/memberSnapshotData?start=0",
                Err(LinkedInError::Malformed),
            ),
            (
                "/rest/memberSnapshotData?start=-1",
                Err(LinkedInError::Malformed),
            ),
            ("/rest/memberSnapshotData", Err(LinkedInError::Malformed)),
            ("http://[", Err(LinkedInError::Malformed)),
        ] {
            assert_eq!(next_place(&page(href), at), expected, "{href}");
        }
        assert_eq!(next_place(&json!({"paging": {"links": []}}), at), Ok(None));
        assert_eq!(next_place(&json!({}), at), Ok(None));
    }

    #[test]
    fn rows_that_are_right_are_kept_beside_ones_that_are_not() {
        let mut rows = Vec::new();
        let page = json!({"elements": [
            {"snapshotDomain": "SKILLS", "snapshotData": [{"Name": "Rust"}, "noise"]},
            {"snapshotDomain": "INBOX", "snapshotData": [{"Content": "private"}]},
            {"snapshotDomain": "SKILLS", "snapshotData": {"Name": "SQL"}},
            {"snapshotDomain": "SKILLS"},
        ]});
        let told = take_rows(&page, "SKILLS", &mut rows);
        assert_eq!(told, Err(LinkedInError::Malformed));
        let names: Vec<&Value> = rows.iter().map(|row| &row["Name"]).collect();
        assert_eq!(names, ["Rust", "SQL"]);
    }

    #[test]
    fn a_wait_is_told_in_seconds_or_as_a_date() {
        let now = "2026-01-05T10:00:00Z".parse().unwrap();
        let wait = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RETRY_AFTER, value.parse().unwrap());
            retry_after(&headers, now).map(|wait| wait.as_secs())
        };
        assert_eq!(wait("7"), Some(7));
        assert_eq!(wait("Mon, 05 Jan 2026 10:01:30 GMT"), Some(90));
        assert_eq!(wait("Mon, 05 Jan 2026 09:00:00 GMT"), Some(0));
        assert_eq!(wait("soon"), None);
    }
}
