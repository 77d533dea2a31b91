//! A posting's address on a board: its data first, its page when there is none.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::net::SocketAddr;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use backend::pipeline::posting::read_address;
use backend::ports::fetch::Fetcher;
use backend::ports::reader::Reader;
use career::PostingUrl;
use intake::boards::{Board, BoardAddress};

const PAGE: &str = "<html><head><title>Baker - Crust Ltd</title></head><body><h1>Baker</h1><p>We bake bread for the whole town, every single day.</p></body></html>";
const SHELL: &str = "<html><head><title>Jobs</title></head><body><div id=root></div><script src=/app.js></script></body></html>";

fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/jobs/boards");
    std::fs::read(format!("{folder}/{name}")).unwrap()
}

async fn serve() -> SocketAddr {
    let json = |name: &'static str| {
        get(move || async move { ([(header::CONTENT_TYPE, "application/json")], fixture(name)) })
    };
    let html = |text: &'static str| {
        get(move || async move { ([(header::CONTENT_TYPE, "text/html")], text).into_response() })
    };
    let router = Router::new()
        .route("/api/job", json("greenhouse_job.json"))
        .route("/api/list", json("greenhouse_docs_0.json"))
        .route("/api/gone", get(|| async { StatusCode::NOT_FOUND }))
        .route("/api/broken", get(|| async { StatusCode::BAD_GATEWAY }))
        .route("/api/page", html(PAGE))
        .route("/page", html(PAGE))
        .route("/shell", html(SHELL))
        .route("/wall", get(|| async { StatusCode::FORBIDDEN }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// The title read from a page and its board's data, or the code of the refusal.
async fn read(server: SocketAddr, page: &str, api: Option<&str>) -> Result<String, &'static str> {
    let url = PostingUrl::parse(&format!("http://{server}{page}")).unwrap();
    let board = api.map(|api| BoardAddress {
        board: Board::Greenhouse,
        api: format!("http://{server}{api}"),
        posting: "4242".to_owned(),
        employer: "larkspur".to_owned(),
    });
    match read_address(&Fetcher::new(true), &Reader::in_this_process(), &url, board).await {
        Ok(posting) => {
            assert_eq!(posting.url.as_deref(), Some(url.as_str()));
            Ok(posting.title.unwrap())
        }
        Err(error) => Err(error.code),
    }
}

#[tokio::test]
async fn the_boards_data_comes_before_the_page() {
    let server = serve().await;
    for page in ["/page", "/shell", "/wall"] {
        let title = read(server, page, Some("/api/job")).await;
        assert_eq!(title.as_deref(), Ok("Platform Engineer"), "{page}");
    }
}

#[tokio::test]
async fn the_page_is_read_when_the_board_gives_no_data() {
    let server = serve().await;
    for api in [
        None,
        Some("/api/list"),
        Some("/api/gone"),
        Some("/api/broken"),
        Some("/api/page"),
    ] {
        let title = read(server, "/page", api).await;
        assert_eq!(title.as_deref(), Ok("Baker"), "{api:?}");
    }
}

#[tokio::test]
async fn when_neither_gives_a_posting_the_better_reason_is_told() {
    let server = serve().await;
    for (page, api, code) in [
        ("/shell", Some("/api/gone"), "posting_closed"),
        ("/wall", Some("/api/gone"), "posting_closed"),
        ("/shell", Some("/api/broken"), "posting_needs_script"),
        ("/wall", Some("/api/broken"), "posting_wall"),
        ("/nowhere", Some("/api/gone"), "posting_gone"),
        ("/shell", None, "posting_needs_script"),
    ] {
        assert_eq!(read(server, page, api).await, Err(code), "{page} {api:?}");
    }
}
