//! GitHub as a real server on loopback: recorded accounts, limits, refusals, silence. Each ends with
//! the right message, and nothing is lost that was read.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::Request;
use axum::response::Response;
use backend::ports::clock::Clock;
use backend::ports::github::{FRESH, GitHub, GitHubError, InMemory, Limits, NEWS};
use career::{Locator, Profile, SectionKind};
use chrono::{DateTime, TimeDelta, Utc};
use intake::github::{Account, Part, read_account};
use secrecy::SecretString;
use serde_json::{Value, json};

/// A request as the server saw it.
#[derive(Debug, Clone)]
struct Asked {
    path: String,
    query: BTreeSet<String>,
    body: Value,
    etag: Option<String>,
    token: Option<String>,
}

impl Asked {
    fn place(&self) -> (String, BTreeSet<String>) {
        (self.path.clone(), self.query.clone())
    }
}

/// An answer: status, headers, body.
#[derive(Debug, Clone)]
struct Answer(u16, Vec<(String, String)>, String);

impl Answer {
    fn of(status: u16, body: &str) -> Self {
        Self(status, Vec::new(), body.to_owned())
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.1.push((name.to_owned(), value.to_owned()));
        self
    }

    /// As recorded in a fixture.
    fn recorded(response: &Value) -> Self {
        let body = match &response["body"] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let headers = response["headers"].as_object().unwrap();
        let headers = headers
            .iter()
            .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()));
        let status = u16::try_from(response["status"].as_u64().unwrap()).unwrap();
        Self(status, headers.collect(), body)
    }
}

type Script = Box<dyn Fn(&Asked, usize) -> Answer + Send + Sync>;

/// A server and what it was asked.
#[derive(Clone)]
struct Stub {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    script: Arc<Mutex<Script>>,
}

impl Stub {
    async fn start(script: impl Fn(&Asked, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stub = Self {
            address: listener.local_addr().unwrap(),
            asked: Arc::default(),
            script: Arc::new(Mutex::new(Box::new(script))),
        };
        let router = Router::new().fallback(answer).with_state(stub.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        stub
    }

    /// From now on it answers so.
    fn now(&self, script: impl Fn(&Asked, usize) -> Answer + Send + Sync + 'static) {
        *self.script.lock().unwrap() = Box::new(script);
    }

    fn count(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    fn take(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }

    fn github(&self, token: Option<&str>) -> GitHub {
        let token = token.map(|token| SecretString::from(token.to_owned()));
        GitHub::new(&format!("http://{}", self.address), token).unwrap()
    }
}

async fn answer(State(stub): State<Stub>, request: Request<Body>) -> Response {
    let (head, body) = request.into_parts();
    let header = |name: &str| {
        let value = head.headers.get(name)?;
        Some(value.to_str().unwrap().to_owned())
    };
    let query = head.uri.query().unwrap_or_default();
    let body: Bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let asked = Asked {
        path: head.uri.path().to_owned(),
        query: query
            .split('&')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
        body: serde_json::from_slice(&body).unwrap_or_default(),
        etag: header("if-none-match"),
        token: header("authorization"),
    };
    let number = stub.count();
    let Answer(status, headers, body) = (stub.script.lock().unwrap())(&asked, number);
    stub.asked.lock().unwrap().push(asked);
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(name, value);
    }
    response.body(Body::from(body)).unwrap()
}

fn fixture(name: &str) -> Value {
    let path = format!(
        "{}/../../fixtures/github/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn place(address: &str) -> (String, BTreeSet<String>) {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let parts = query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(str::to_owned);
    (path.to_owned(), parts.collect())
}

fn nothing() -> Answer {
    Answer::of(404, "{\"message\":\"Not Found\"}")
}

/// Answers exactly as recorded: by path and query, in whatever order the query stands.
fn world(name: &str) -> impl Fn(&Asked, usize) -> Answer + Send + Sync + 'static {
    let recordings = fixture(&format!("worlds/{name}.json"));
    let known: HashMap<_, _> = recordings["recordings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|recording| {
            let path = recording["request"]["path"].as_str().unwrap();
            (place(path), Answer::recorded(&recording["response"]))
        })
        .collect();
    move |asked, _| known.get(&asked.place()).cloned().unwrap_or_else(nothing)
}

/// A clock that stands until it is moved.
#[derive(Debug)]
struct Stopped(Mutex<DateTime<Utc>>);

impl Stopped {
    fn at(time: &str) -> Arc<Self> {
        Arc::new(Self(Mutex::new(time.parse().unwrap())))
    }

    fn forward(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for Stopped {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// When the limits of the fixtures end, and a bit before.
const RESET: &str = "2026-01-15T18:00:00Z";
const BEFORE: &str = "2026-01-15T17:20:00Z";

async fn read(github: &GitHub, name: &str) -> Result<Account, GitHubError> {
    github.account(name, &InMemory::default(), FRESH).await
}

fn profile(account: &Account) -> Profile {
    read_account(account).unwrap().profile
}

fn set(list: &Value) -> BTreeSet<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect()
}

#[tokio::test]
async fn the_worlds_served_from_loopback_give_every_fact_of_their_truth() {
    for login in ["marisol-example", "empty-example"] {
        let truth = fixture(&format!("worlds/{login}.truth.json"));
        let stub = Stub::start(world(login)).await;
        let account = read(&stub.github(None), login).await.unwrap();
        assert_eq!(account.notices(), Vec::<String>::new());
        assert_eq!(json!(account.user.login), truth["login"]);
        assert_eq!(json!(account.user.name), truth["name"]);
        assert_eq!(json!(account.repositories.len()), truth["repoCount"]);
        let asked = stub.take();
        // Asked in hundreds first, which these recordings do not know.
        let pages = asked
            .iter()
            .filter(|asked| asked.query.contains("per_page=30"));
        assert_eq!(json!(pages.count()), truth["pages"]);
        let names = |pick: &dyn Fn(&intake::github::Repository) -> bool| -> BTreeSet<String> {
            let all = account
                .repositories
                .iter()
                .filter(|repository| pick(repository));
            all.map(|repository| repository.name.clone()).collect()
        };
        let is = |names: BTreeSet<String>, truth: &Value| {
            assert_eq!(
                names.iter().map(String::as_str).collect::<BTreeSet<_>>(),
                set(truth)
            );
        };
        is(names(&|repository| !repository.fork), &truth["ownNonFork"]);
        is(names(&|repository| repository.fork), &truth["forks"]);
        is(names(&|repository| repository.archived), &truth["archived"]);
        is(
            names(&|repository| repository.readme == Some(None)),
            &truth["reposWithoutReadme"],
        );
        let own = account
            .repositories
            .iter()
            .filter(|repository| !repository.fork);
        let stars: Vec<&str> = own
            .clone()
            .map(|repository| repository.name.as_str())
            .collect();
        let by_stars: Vec<&str> = truth["byStars"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        assert_eq!(stars[..by_stars.len()], by_stars);
        let mut bytes: BTreeMap<&str, u64> = BTreeMap::new();
        for (language, size) in own.flat_map(|repository| repository.languages.iter().flatten()) {
            *bytes.entry(language).or_default() += size;
        }
        assert_eq!(json!(bytes), truth["languagesByBytesOwn"]);
        let told = profile(&account);
        let projects = told.section(SectionKind::Projects).count();
        assert_eq!(projects, truth["ownNonFork"].as_array().unwrap().len());
    }
}

#[tokio::test]
async fn work_in_repositories_of_others_is_found_page_by_page_and_nothing_private_with_it() {
    let stub = Stub::start(world("contributor-example")).await;
    let account = read(&stub.github(None), "contributor-example")
        .await
        .unwrap();
    assert_eq!(account.notices(), Vec::<String>::new());
    let told = profile(&account);
    let projects: Vec<_> = told.section(SectionKind::Projects).collect();
    let titles: Vec<&str> = projects
        .iter()
        .map(|entry| entry.title.as_ref().unwrap().text.as_str())
        .collect();
    let expected = [
        "brineflow",
        "sandbox",
        "acme-example/tokamak",
        "quaywall-example/quay",
    ];
    assert_eq!(titles, expected);
    let lines: Vec<&str> = projects[2]
        .highlights
        .iter()
        .map(|line| line.text.as_str())
        .collect();
    let merged = [
        "Report the queue a stalled task came from",
        "Halve the memory of the timer wheel",
        "Wake idle workers in the order they went to sleep",
    ];
    assert_eq!(lines, merged);
    assert_eq!(projects[2].subtitle.as_ref().unwrap().text, "MEMBER");
    let released = "Mooring plans for tidal harbours";
    assert!(
        projects[3]
            .highlights
            .iter()
            .any(|line| line.text == released)
    );
    assert_eq!(
        projects[0].highlights[0].text,
        "Queues that drain themselves"
    );
    let record = String::from_utf8(account.to_bytes()).unwrap();
    assert!(!record.contains("tide-gate-client") && !record.contains("Not yet out there"));
    let quotes = |quote: &str| told.facts.iter().any(|fact| fact.quote == quote);
    assert!(quotes("\"reviewed_pull_request\":37") && quotes("\"closed_issue\":1"));
}

/// Answers as the GraphQL interface does, and what only REST knows as REST does.
fn graph(name: &str) -> impl Fn(&Asked, usize) -> Answer + Send + Sync + 'static {
    let exchanges = fixture(&format!("graphql/{name}.json"))["exchanges"].clone();
    let rest = world(name);
    move |asked, number| {
        if asked.path != "/graphql" {
            return rest(asked, number);
        }
        let query = asked.body["query"].as_str().unwrap();
        let known = exchanges.as_array().unwrap().iter().find(|exchange| {
            let operation = exchange["operation"].as_str().unwrap();
            query.starts_with(&format!("query {operation}("))
                && exchange["variables"] == asked.body["variables"]
        });
        Answer::of(
            200,
            &known.expect("a question that was recorded")["response"].to_string(),
        )
    }
}

#[tokio::test]
async fn both_interfaces_give_the_same_facts() {
    let stub = Stub::start(graph("contributor-example")).await;
    let by_graph = read(&stub.github(Some("t0ken")), "contributor-example")
        .await
        .unwrap();
    let asked = stub.take();
    assert!(
        asked
            .iter()
            .all(|asked| asked.token.as_deref() == Some("Bearer t0ken"))
    );
    let by_rest = read(&stub.github(None), "contributor-example")
        .await
        .unwrap();
    assert!(asked.len() < stub.count());
    let facts = |account: &Account| -> BTreeSet<(String, String)> {
        let told = profile(account);
        let facts = told.facts.iter().map(|fact| match &fact.locator {
            // Only GraphQL knows the commit that a change became.
            Locator::Web { url, .. } => (url.clone(), fact.quote.clone()),
            other => panic!("{other}"),
        });
        facts.collect()
    };
    let (graph, rest) = (facts(&by_graph), facts(&by_rest));
    assert_eq!(
        rest.difference(&graph).collect::<Vec<_>>(),
        Vec::<&(String, String)>::new()
    );
    let more: Vec<&str> = graph
        .difference(&rest)
        .map(|(_, quote)| quote.as_str())
        .collect();
    assert_eq!(more, ["\"contribution_years\":[2025,2024,2023]"]);
    let merged = profile(&by_graph);
    let commit = "c1".repeat(20);
    assert!(merged.facts.iter().any(|fact| matches!(
        &fact.locator,
        Locator::Web { revision: Some(revision), .. } if *revision == commit
    )));
}

#[tokio::test]
async fn each_refusal_ends_in_its_own_message() {
    let recorded = |name: &str| Answer::recorded(&fixture(&format!("errors/{name}"))["response"]);
    let reset = RESET.parse::<DateTime<Utc>>().unwrap().timestamp();
    let minute = BEFORE.parse::<DateTime<Utc>>().unwrap().timestamp() + 60;
    let limited = |until| GitHubError::RateLimited { until: Some(until) };
    let cut_off = Answer::of(200, "{\"login\":\"oc").with("content-type", "application/json");
    for (answer, expected, told) in [
        (
            recorded("401_bad_credentials.json"),
            GitHubError::TokenRefused,
            "github_token_refused",
        ),
        (
            recorded("403_primary_rate_limit_anonymous.json"),
            limited(reset),
            "github_rate_limited:2026-01-15T18:00:00Z",
        ),
        (
            recorded("403_secondary_rate_limit.json"),
            limited(minute),
            "github_rate_limited:2026-01-15T17:21:00Z",
        ),
        (
            Answer::of(429, ""),
            limited(minute),
            "github_rate_limited:2026-01-15T17:21:00Z",
        ),
        (
            Answer::of(429, "").with("retry-after", "2400"),
            limited(reset),
            "github_rate_limited:2026-01-15T18:00:00Z",
        ),
        (
            Answer::of(403, "{\"message\":\"blocked\"}"),
            GitHubError::Forbidden,
            "github_forbidden",
        ),
        (
            recorded("404_user.json"),
            GitHubError::NotFound,
            "github_not_found",
        ),
        (
            recorded("500_empty.json"),
            GitHubError::Offline,
            "github_offline",
        ),
        (
            recorded("502_html_unicorn.json"),
            GitHubError::Offline,
            "github_offline",
        ),
        // Unchanged since what? Nothing is known.
        (
            recorded("304_not_modified.json"),
            GitHubError::Garbled,
            "github_garbled",
        ),
        (
            Answer::of(200, "<html>hello</html>"),
            GitHubError::Garbled,
            "github_garbled",
        ),
        (cut_off, GitHubError::Garbled, "github_garbled"),
        (
            Answer::of(200, "[1,2]"),
            GitHubError::Garbled,
            "github_garbled",
        ),
        (
            Answer::of(200, "").with("content-encoding", "br"),
            GitHubError::Garbled,
            "github_garbled",
        ),
    ] {
        let shown = format!("{answer:?}");
        let stub = Stub::start(move |_, _| answer.clone()).await;
        let github = stub.github(None).with_clock(Stopped::at(BEFORE));
        let error = read(&github, "octocat").await.unwrap_err();
        assert_eq!(error, expected, "{shown}");
        assert_eq!(error.told(), told);
    }
}

#[tokio::test]
async fn silence_a_broken_connection_and_a_bad_name_have_messages_too() {
    let (silent, broken, closed) = {
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let broken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = closed.local_addr().unwrap();
        (silent, broken, address)
    };
    let at = |address: SocketAddr| {
        let limits = Limits {
            request: Duration::from_millis(300),
            ..Limits::default()
        };
        GitHub::new(&format!("http://{address}"), None)
            .unwrap()
            .with_limits(limits)
    };
    // Nobody accepts, so nobody answers.
    let slow = read(&at(silent.local_addr().unwrap()), "octo")
        .await
        .unwrap_err();
    assert_eq!(slow, GitHubError::Slow);
    let address = broken.local_addr().unwrap();
    let promise = "HTTP/1.1 200 OK\r\ncontent-length: 4000\r\n\r\n{\"login\":";
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        loop {
            let (mut stream, _) = broken.accept().await.unwrap();
            let mut asked = [0; 16];
            let _some = stream.read(&mut asked).await.unwrap();
            stream.write_all(promise.as_bytes()).await.unwrap();
        }
    });
    let patient = GitHub::new(&format!("http://{address}"), None).unwrap();
    assert_eq!(
        read(&patient, "octo").await.unwrap_err(),
        GitHubError::Garbled
    );
    assert_eq!(
        read(&at(closed), "octo").await.unwrap_err(),
        GitHubError::Offline
    );
    assert_eq!(
        read(&at(closed), "../octo").await.unwrap_err(),
        GitHubError::Name
    );
}

#[tokio::test]
async fn a_limit_reached_half_way_keeps_what_was_read_and_says_until_when() {
    let recorded = world("marisol-example");
    let limit =
        Answer::recorded(&fixture("errors/403_primary_rate_limit_anonymous.json")["response"]);
    let stub = Stub::start(move |asked, number| {
        if number < 12 {
            recorded(asked, number)
        } else {
            limit.clone()
        }
    })
    .await;
    let github = stub.github(None).with_clock(Stopped::at(BEFORE));
    let account = read(&github, "marisol-example").await.unwrap();
    assert_eq!(account.repositories.len(), 35);
    assert!(
        account.repositories[0].languages.is_some(),
        "the best known comes first"
    );
    assert_eq!(
        account.notices(),
        ["github_partly_limited:2026-01-15T18:00:00Z"]
    );
    assert!(account.left_out.contains(&Part::Readmes));
    // At most those under way when the limit was told.
    assert!(stub.count() < 20, "{} requests", stub.count());
}

#[tokio::test]
async fn the_last_few_requests_are_left_for_other_things() {
    let recorded = world("marisol-example");
    let stub = Stub::start(move |asked, number| {
        let mut answer = recorded(asked, number);
        answer.1.retain(|(name, _)| name != "x-ratelimit-remaining");
        answer.with(
            "x-ratelimit-remaining",
            &20_usize.saturating_sub(number + 1).to_string(),
        )
    })
    .await;
    let account = read(&stub.github(None), "marisol-example").await.unwrap();
    assert_eq!(
        account.notices(),
        [format!("github_partly_limited:{RESET}")]
    );
    let core = stub.take();
    let core = core
        .iter()
        .filter(|asked| !asked.path.starts_with("/search/"))
        .count();
    assert!(core < 20, "{core} requests");
}

#[tokio::test]
async fn a_short_pause_is_kept_and_a_second_one_is_not() {
    let recorded = world("empty-example");
    let stub = Stub::start(move |asked, number| match number {
        0 => Answer::of(429, "").with("retry-after", "0"),
        _ => recorded(asked, number),
    })
    .await;
    let account = read(&stub.github(None), "empty-example").await.unwrap();
    assert_eq!(account.user.login, "empty-example");
    stub.now(|_, _| Answer::of(429, "").with("retry-after", "0"));
    stub.take();
    let error = read(&stub.github(None), "empty-example").await.unwrap_err();
    assert!(matches!(error, GitHubError::RateLimited { .. }));
    assert_eq!(stub.count(), 2);
}

#[tokio::test]
async fn what_is_fresh_is_not_asked_again_and_what_is_old_is_asked_whether_it_changed() {
    let stub = Stub::start(world("marisol-example")).await;
    let clock = Stopped::at(BEFORE);
    let github = stub.github(None).with_clock(clock.clone());
    let answers = InMemory::default();
    let login = "marisol-example";
    let first = github.account(login, &answers, FRESH).await.unwrap();
    stub.take();
    clock.forward(TimeDelta::minutes(59));
    assert_eq!(github.account(login, &answers, FRESH).await.unwrap(), first);
    assert_eq!(stub.count(), 0);
    // Somebody asks for news: nothing changed, and nothing is sent.
    stub.now(|asked, _| match &asked.etag {
        Some(etag) => Answer::of(304, "").with("etag", etag),
        None => nothing(),
    });
    let again = github.account(login, &answers, NEWS).await.unwrap();
    assert_eq!(again, first);
    // All but what does not exist, which has no mark.
    let asked = stub.take();
    let marked = asked.iter().filter(|asked| asked.etag.is_some()).count();
    assert!(marked > 50, "{marked} of {} asked with a mark", asked.len());
    // What was confirmed counts as new.
    clock.forward(TimeDelta::minutes(59));
    assert_eq!(github.account(login, &answers, FRESH).await.unwrap(), first);
    assert_eq!(stub.count(), 0);
}

#[tokio::test]
async fn when_github_is_away_what_was_read_before_is_used_and_labelled() {
    let stub = Stub::start(world("marisol-example")).await;
    let clock = Stopped::at(BEFORE);
    let github = stub.github(None).with_clock(clock.clone());
    let answers = InMemory::default();
    let login = "marisol-example";
    let first = github.account(login, &answers, FRESH).await.unwrap();
    clock.forward(TimeDelta::hours(3));
    for away in [
        Answer::of(502, "<html>Unicorn!</html>"),
        Answer::of(200, "{\"login\":"),
        Answer::of(403, "").with("x-ratelimit-remaining", "0"),
    ] {
        stub.now(move |_, _| away.clone());
        stub.take();
        let stale = github.account(login, &answers, FRESH).await.unwrap();
        assert_eq!(stale.notices(), [format!("github_stale:{BEFORE}")]);
        assert_eq!(stale.repositories, first.repositories);
        assert!(stub.count() <= 8, "asked {} times in vain", stub.count());
    }
    // Gone is gone: that is an answer.
    stub.now(|_, _| nothing());
    let gone = github.account(login, &answers, FRESH).await.unwrap_err();
    assert_eq!(gone, GitHubError::NotFound);
}

#[tokio::test]
async fn the_token_stays_with_the_host_it_was_given_for() {
    let elsewhere = Stub::start(|_, _| nothing()).await;
    let target = format!("http://{}/users/octo", elsewhere.address);
    let stub = Stub::start(move |_, _| Answer::of(302, "").with("location", &target)).await;
    let error = read(&stub.github(Some("t0ken")), "octo").await.unwrap_err();
    assert_eq!(error, GitHubError::Offline);
    assert_eq!(elsewhere.count(), 0);
    // On the same host a redirect is followed: repositories and accounts are renamed.
    let recorded = world("empty-example");
    let stub = Stub::start(move |asked, number| match asked.path.as_str() {
        "/users/old-example" => Answer::of(301, "").with("location", "/users/empty-example"),
        _ => recorded(asked, number),
    })
    .await;
    let account = read(&stub.github(None), "old-example").await.unwrap();
    assert_eq!(account.user.login, "empty-example");
}

#[tokio::test]
async fn graphql_s_own_errors_are_told_apart() {
    let login = "contributor-example";
    let errors = |kind: &str, data: Value| {
        json!({"data": data, "errors": [{"type": kind, "message": "x"}]}).to_string()
    };
    // Limited, in an answer that is well.
    let limited = errors("RATE_LIMITED", Value::Null);
    let stub = Stub::start(move |_, _| {
        Answer::of(200, &limited)
            .with("x-ratelimit-remaining", "0")
            .with("x-ratelimit-reset", "1768500000")
    })
    .await;
    let github = stub.github(Some("t")).with_clock(Stopped::at(BEFORE));
    assert_eq!(
        read(&github, login).await.unwrap_err().until().as_deref(),
        Some(RESET)
    );
    // An organization, or nobody; an older server that does not know a member: REST is asked.
    for body in [
        errors("NOT_FOUND", json!({"user": null})),
        json!({"errors": [{"message": "Field 'socialAccounts' doesn't exist on type 'User'"}]})
            .to_string(),
    ] {
        let rest = world(login);
        let stub = Stub::start(move |asked, number| match asked.path.as_str() {
            "/graphql" => Answer::of(200, &body),
            _ => rest(asked, number),
        })
        .await;
        let account = read(&stub.github(Some("t")), login).await.unwrap();
        assert_eq!(account.repositories.len(), 3);
    }
    // Part of the data: used, and said.
    let whole = graph(login);
    let stub = Stub::start(move |asked, number| {
        let mut answer = whole(asked, number);
        if asked.path == "/graphql"
            && asked.body["query"]
                .as_str()
                .unwrap()
                .starts_with("query Work")
        {
            let mut body: Value = serde_json::from_str(&answer.2).unwrap();
            body["errors"] = json!([{"type": "FORBIDDEN", "message": "x"}]);
            body["data"]["search"]["nodes"][0] = Value::Null;
            answer.2 = body.to_string();
        }
        answer
    })
    .await;
    let account = read(&stub.github(Some("t")), login).await.unwrap();
    assert_eq!(account.notices(), ["github_partly"]);
    assert!(!account.contributions.is_empty());
    // A token that is refused is no reason to go on without it in silence.
    let stub = Stub::start(|_, _| Answer::of(401, "{\"message\":\"Bad credentials\"}")).await;
    let error = read(&stub.github(Some("t")), login).await.unwrap_err();
    assert_eq!((error, stub.count()), (GitHubError::TokenRefused, 1));
}

#[tokio::test]
async fn the_official_examples_are_understood() {
    let user = fixture("openapi-examples/user.default-response.json").to_string();
    let list = fixture("openapi-examples/user_repos.json").to_string();
    let recorded = fixture("octocrab/user_repositories.json").to_string();
    let found = fixture("openapi-examples/search_issues.json").to_string();
    let releases = fixture("openapi-examples/repo_releases.json").to_string();
    let event = format!("[{}]", fixture("octocrab/release_event.json"));
    let orgs = fixture("openapi-examples/user_orgs.json").to_string();
    let social = fixture("octocrab/user_social_accounts.json").to_string();
    let languages = fixture("openapi-examples/repo_languages.json").to_string();
    let foreign = fixture("openapi-examples/repo.default-response.json").to_string();
    let stub = Stub::start(move |asked, _| {
        let body = match asked.path.as_str() {
            "/users/octocat" => &user,
            "/users/octocat/repos" if asked.query.iter().any(|part| part == "page=2") => &recorded,
            "/users/octocat/repos" => {
                return Answer::of(200, &list).with("link", "<http://x/>; rel=\"next\"");
            }
            "/search/issues" => &found,
            "/users/octocat/orgs" => &orgs,
            "/users/octocat/social_accounts" => &social,
            "/users/octocat/events/public" => &event,
            path if path.ends_with("/languages") => &languages,
            path if path.ends_with("/releases") => &releases,
            path if path.ends_with("/readme") => return nothing(),
            _ => &foreign,
        };
        Answer::of(200, body)
    })
    .await;
    let account = read(&stub.github(None), "octocat").await.unwrap();
    assert_eq!(account.notices(), Vec::<String>::new());
    assert!(account.repositories.len() > 1);
    assert_eq!(account.organizations[0].login, "github");
    assert_eq!(account.social_accounts[0].url, "https://twitter.com/github");
    let told = profile(&account);
    assert!(
        told.facts
            .iter()
            .any(|fact| fact.quote.contains("Line Number Indexes"))
    );
    assert!(told.name.iter().any(|name| name.text == "monalisa octocat"));
}
