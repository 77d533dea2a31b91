//! GitHub's API as a real server on loopback: recorded answers, refusals, silence.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use backend::ports::github::{GitHub, GitHubError};
use serde_json::Value;

/// Status, `Link` header and body by path and page, as recorded.
type Recorded = Arc<HashMap<(String, String), (u16, String, String)>>;

fn place(address: &str) -> (String, String) {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let page = query
        .split('&')
        .find_map(|part| part.strip_prefix("page="))
        .unwrap_or("1");
    (path.to_owned(), page.to_owned())
}

fn world(name: &str) -> Recorded {
    let path = format!(
        "{}/../../fixtures/github/worlds/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let world: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let recordings = world["recordings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|recording| {
            let response = &recording["response"];
            let body = match &response["body"] {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let link = response["headers"]["link"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            let status = u16::try_from(response["status"].as_u64().unwrap()).unwrap();
            (
                place(recording["request"]["path"].as_str().unwrap()),
                (status, link, body),
            )
        });
    Arc::new(recordings.collect())
}

async fn answer(State(recorded): State<Recorded>, request: Request) -> Response {
    let known = recorded.get(&place(&request.uri().to_string())).cloned();
    let nothing = || (404, String::new(), "{\"message\":\"Not Found\"}".to_owned());
    let (status, link, body) = known.unwrap_or_else(nothing);
    Response::builder()
        .status(status)
        .header("link", link)
        .body(Body::from(body))
        .unwrap()
}

async fn serve(recorded: Recorded) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().fallback(answer).with_state(recorded);
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

fn one(path: &str, status: u16, body: &str) -> Recorded {
    Arc::new(HashMap::from([(
        place(path),
        (status, String::new(), body.to_owned()),
    )]))
}

fn client(address: SocketAddr) -> GitHub {
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    GitHub::new(&format!("http://{address}"), None).unwrap()
}

#[tokio::test]
async fn an_account_and_its_repositories_become_a_profile() {
    let address = serve(world("marisol-example")).await;
    let account = client(address).account("marisol-example").await.unwrap();
    let profile =
        intake::github::read_account(&account.user, &account.repositories, &account.languages)
            .unwrap();
    assert_eq!(account.repositories.len(), 35, "both pages");
    assert!(account.languages.len() >= 5);
    assert!(profile.has_content());
    assert!(profile.facts.len() > 20, "{} facts", profile.facts.len());
}

#[tokio::test]
async fn each_refusal_has_its_own_reason() {
    for (status, expected) in [
        (404, GitHubError::NotFound),
        (403, GitHubError::RateLimited),
        (429, GitHubError::RateLimited),
        (500, GitHubError::Offline),
        (502, GitHubError::Offline),
    ] {
        let address = serve(one("/users/octo", status, "<html>Unicorn!</html>")).await;
        let error = client(address).account("octo").await.unwrap_err();
        assert_eq!(error, expected, "{status}");
    }
}

#[tokio::test]
async fn nonsense_and_silence_count_as_offline_and_a_bad_name_asks_nobody() {
    let address = serve(one("/users/octo", 200, "not json")).await;
    assert_eq!(
        client(address).account("octo").await.unwrap_err(),
        GitHubError::Offline
    );
    let closed = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    assert_eq!(
        client(closed).account("octo").await.unwrap_err(),
        GitHubError::Offline
    );
    assert_eq!(
        client(closed).account("../octo").await.unwrap_err(),
        GitHubError::Name
    );
}
