//! Postings' pages from a real server on loopback, with redirects, walls and floods.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use backend::ports::fetch::{FetchError, Fetcher};
use career::PostingUrl;
use futures::stream;

async fn serve(asked: Arc<AtomicUsize>) -> SocketAddr {
    let flood = || async {
        let block = vec![b'x'; 64 * 1024];
        let blocks = stream::iter((0..200).map(move |_| Ok::<_, std::io::Error>(block.clone())));
        (
            [(header::CONTENT_TYPE, "text/html")],
            Body::from_stream(blocks),
        )
    };
    let router = Router::new()
        .route(
            "/job",
            get(|| async { ([(header::CONTENT_TYPE, "text/html")], "<h1>Job</h1>") }),
        )
        .route("/moved", get(|| async { Redirect::temporary("/job") }))
        .route("/loop", get(|| async { Redirect::temporary("/loop") }))
        .route(
            "/inside",
            get(|| async { Redirect::temporary("http://169.254.169.254/latest") }),
        )
        .route(
            "/file",
            get(|| async { Redirect::temporary("file:///etc/passwd") }),
        )
        .route("/gone", get(|| async { StatusCode::GONE }))
        .route("/wall", get(|| async { StatusCode::FORBIDDEN }))
        .route("/broken", get(|| async { StatusCode::BAD_GATEWAY }))
        .route(
            "/image",
            get(|| async { ([(header::CONTENT_TYPE, "image/png")], "x") }),
        )
        .route("/flood", get(flood))
        .layer(axum::middleware::map_response(
            move |response: axum::response::Response| {
                asked.fetch_add(1, Ordering::SeqCst);
                async move { response.into_response() }
            },
        ));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    address
}

fn url(address: SocketAddr, path: &str) -> PostingUrl {
    PostingUrl::parse(&format!("http://{address}{path}")).unwrap()
}

#[tokio::test]
async fn a_page_comes_with_its_type_and_its_last_address() {
    let address = serve(Arc::default()).await;
    let page = Fetcher::new(true)
        .page(&url(address, "/moved"))
        .await
        .unwrap();
    assert_eq!(page.bytes, b"<h1>Job</h1>");
    assert_eq!(page.content_type.as_deref(), Some("text/html"));
    assert!(page.url.ends_with("/job"), "{}", page.url);
}

#[tokio::test]
async fn each_refusal_has_its_own_reason() {
    let address = serve(Arc::default()).await;
    for (path, expected) in [
        ("/loop", FetchError::Redirects),
        ("/file", FetchError::BadAddress),
        ("/gone", FetchError::Gone),
        ("/wall", FetchError::Wall),
        ("/broken", FetchError::Refused),
        ("/image", FetchError::Type),
        ("/flood", FetchError::TooLarge),
    ] {
        let error = Fetcher::new(true)
            .page(&url(address, path))
            .await
            .unwrap_err();
        assert_eq!(error, expected, "{path}");
    }
}

#[tokio::test]
async fn private_addresses_are_refused_before_anything_is_asked() {
    let asked = Arc::new(AtomicUsize::new(0));
    let address = serve(asked.clone()).await;
    let port = address.port();
    for host in [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
    ] {
        let url = PostingUrl::parse(&format!("http://{host}:{port}/job")).unwrap();
        assert_eq!(
            Fetcher::new(false).page(&url).await.unwrap_err(),
            FetchError::Blocked,
            "{host}"
        );
    }
    for host in [
        "127.1",
        "10.0.0.1",
        "169.254.169.254",
        "192.168.0.1",
        "[fd00::1]",
        "[64:ff9b::7f00:1]",
    ] {
        let url = PostingUrl::parse(&format!("http://{host}/job")).unwrap();
        assert_eq!(
            Fetcher::new(false).page(&url).await.unwrap_err(),
            FetchError::Blocked,
            "{host}"
        );
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}
