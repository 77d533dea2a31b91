//! The guarded fetcher against addresses, names, redirects and answers that mean harm. The numbers
//! in the names are those of the security tests' SSRF part.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use backend::ports::fetch::{FetchError, Fetcher, Limits, Page};
use backend::ports::names::Names;
use career::PostingUrl;
use futures::future::BoxFuture;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A name service that answers what it was told to, and counts.
#[derive(Debug, Default)]
struct Told {
    answers: Mutex<VecDeque<Vec<SocketAddr>>>,
    asked: AtomicUsize,
}

impl Told {
    fn answering(answers: impl IntoIterator<Item = Vec<SocketAddr>>) -> Arc<Self> {
        Arc::new(Self {
            answers: Mutex::new(answers.into_iter().collect()),
            asked: AtomicUsize::new(0),
        })
    }
}

impl Names for Told {
    fn look_up<'a>(
        &'a self,
        _name: &'a str,
        _port: u16,
    ) -> BoxFuture<'a, io::Result<Vec<SocketAddr>>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut answers = self.answers.lock().unwrap();
        // The last answer stands for all that follow.
        let answer = if answers.len() > 1 {
            answers.pop_front()
        } else {
            answers.front().cloned()
        };
        Box::pin(std::future::ready(
            answer.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound)),
        ))
    }
}

/// A server that counts who comes and answers each with the same bytes.
async fn serve(answer: impl Into<Vec<u8>>) -> (SocketAddr, Arc<AtomicUsize>) {
    let answer: Arc<Vec<u8>> = Arc::new(answer.into());
    serve_with(move |mut stream| {
        let answer = answer.clone();
        async move {
            read_head(&mut stream).await;
            let _gone = stream.write_all(&answer).await;
            let _gone = stream.shutdown().await;
        }
    })
    .await
}

async fn serve_with<F, W>(work: F) -> (SocketAddr, Arc<AtomicUsize>)
where
    F: Fn(TcpStream) -> W + Send + 'static,
    W: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let came = Arc::new(AtomicUsize::new(0));
    let counted = came.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(work(stream));
        }
    });
    (address, came)
}

async fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0_u8];
    while !head.ends_with(b"\r\n\r\n") && head.len() < 65_536 {
        match stream.read(&mut byte).await {
            Ok(1) => head.push(byte[0]),
            _ => break,
        }
    }
    String::from_utf8_lossy(&head).into_owned()
}

fn page(body: &str) -> String {
    answer("200 OK", "Content-Type: text/html\r\n", body)
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn at(address: SocketAddr) -> PostingUrl {
    PostingUrl::parse(&format!("http://{address}/job")).unwrap()
}

fn guarded(open: SocketAddr) -> Fetcher {
    Fetcher::new(false).with_open(vec![open])
}

fn brief(time: u64) -> Limits {
    Limits {
        time: Duration::from_millis(time),
        head: Duration::from_millis(time),
        ..Limits::default()
    }
}

async fn fails(fetcher: &Fetcher, url: &str) -> FetchError {
    match PostingUrl::parse(url) {
        Err(_) => FetchError::BadAddress,
        Ok(url) => fetcher.page(&url).await.expect_err(url.as_str()),
    }
}

#[tokio::test]
async fn s01_no_spelling_of_an_inner_address_is_connected_to() {
    let (canary, came) = serve(page("secret")).await;
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fixtures/hostile/ssrf/urls.json"
    );
    let urls: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    for row in urls["urls"].as_array().unwrap() {
        let (url, expect) = (
            row["url"].as_str().unwrap(),
            row["expect"].as_str().unwrap(),
        );
        if expect.starts_with("allow") {
            let bare = expect == "allow-with-https";
            assert!(bare || PostingUrl::parse(url).is_ok(), "{url}");
            continue;
        }
        // Every name leads inside: what is not refused by its form is refused by that.
        let names = Told::answering([vec![canary]]);
        let error = fails(&Fetcher::new(false).with_names(names), url).await;
        let fits = match expect {
            "scheme" | "userinfo" | "too-long" => error == FetchError::BadAddress,
            "port" => error == FetchError::Blocked,
            _ => matches!(
                error,
                FetchError::BadAddress | FetchError::Blocked | FetchError::Unreachable
            ),
        };
        assert!(fits, "{url}: {error:?} for {expect}");
    }
    let port = canary.port();
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0177.1",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "localhost",
        "localhost.",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "-oProxyCommand=whoami",
        "a..b",
        "256.256.256.256",
        "0o177.0.0.1",
    ] {
        let error = fails(&Fetcher::new(false), &format!("http://{host}:{port}/")).await;
        assert!(
            matches!(
                error,
                FetchError::BadAddress | FetchError::Blocked | FetchError::Unreachable
            ),
            "{host}: {error:?}"
        );
    }
    assert_eq!(came.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn s02_a_name_with_one_inner_address_is_refused_as_if_nobody_answered() {
    let (canary, came) = serve(page("secret")).await;
    let public: SocketAddr = "192.0.2.1:80".parse().unwrap();
    let many: Vec<SocketAddr> = (1..=199_u8)
        .map(|last| SocketAddr::from(([93, 184, 216, last], 80)))
        .chain([canary])
        .collect();
    for answers in [
        vec![canary],
        vec!["[fd00::1]:80".parse().unwrap()],
        vec![public, canary],
        many,
        vec![],
    ] {
        let names = Told::answering([answers.clone()]);
        let fetcher = Fetcher::new(false).with_names(names);
        let error = fails(&fetcher, "http://jobs.example.com/1").await;
        assert_eq!(error, FetchError::Unreachable, "{answers:?}");
        assert_eq!(error.code(), "posting_unreachable");
    }
    assert_eq!(came.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn s03_a_name_is_asked_for_once_and_only_its_first_answer_is_connected_to() {
    let (open, _) = serve(page("<h1>Job</h1>")).await;
    let (canary, came) = serve(page("secret")).await;
    for _ in 0..50 {
        let names = Told::answering([vec![open], vec![canary]]);
        let fetcher = guarded(open).with_names(names.clone());
        let url = format!("http://jobs.example.com:{}/1", open.port());
        let page = fetcher.page(&PostingUrl::parse(&url).unwrap()).await;
        assert_eq!(page.unwrap().bytes, b"<h1>Job</h1>");
        assert_eq!(names.asked.load(Ordering::SeqCst), 1);
    }
    // A dot behind the name makes it no other name.
    let names = Told::answering([vec![open], vec![canary]]);
    let url = format!("http://jobs.example.com.:{}/1", open.port());
    let fetcher = guarded(open).with_names(names.clone());
    assert!(
        fetcher
            .page(&PostingUrl::parse(&url).unwrap())
            .await
            .is_ok()
    );
    assert_eq!(names.asked.load(Ordering::SeqCst), 1);
    assert_eq!(came.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn s04_every_hop_of_a_redirect_is_checked_again() {
    let (canary, came) = serve(page("secret")).await;
    let port = canary.port();
    for status in ["301 M", "302 F", "303 S", "307 T", "308 P"] {
        for target in [
            format!("http://127.0.0.1:{port}/"),
            format!("http://localhost:{port}/"),
            format!("//2130706433:{port}/"),
            format!("http://[::ffff:127.0.0.1]:{port}/"),
            format!("http://a@127.0.0.1:{port}/"),
            "http://169.254.169.254/latest/meta-data/".to_owned(),
            "http://10.0.0.1/".to_owned(),
            "file:///etc/passwd".to_owned(),
            "ftp://example.com/".to_owned(),
            "http://example.com:22/".to_owned(),
            "javascript:alert(1)".to_owned(),
        ] {
            let head = format!("Location: {target}\r\n");
            let (open, _) = serve(answer(status, &head, "")).await;
            let error = guarded(open).page(&at(open)).await.unwrap_err();
            assert!(
                matches!(error, FetchError::Blocked | FetchError::BadAddress),
                "{status} {target}: {error:?}"
            );
        }
    }
    assert_eq!(came.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn s04_three_redirects_are_followed_and_a_fourth_is_not() {
    let (open, came) = serve_with(|mut stream| async move {
        let head = read_head(&mut stream).await;
        let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
        let left: usize = path.trim_start_matches('/').parse().unwrap_or(0);
        let text = if left == 0 {
            page("<h1>Job</h1>")
        } else {
            answer("302 F", &format!("Location: /{}\r\n", left - 1), "")
        };
        let _gone = stream.write_all(text.as_bytes()).await;
    })
    .await;
    let ask = |hops: usize| {
        let url = PostingUrl::parse(&format!("http://{open}/{hops}")).unwrap();
        async move { guarded(open).page(&url).await }
    };
    assert!(ask(3).await.is_ok());
    let before = came.load(Ordering::SeqCst);
    assert_eq!(ask(4).await.unwrap_err(), FetchError::Redirects);
    assert_eq!(ask(50).await.unwrap_err(), FetchError::Redirects);
    assert_eq!(
        came.load(Ordering::SeqCst) - before,
        8,
        "four questions each"
    );
}

/// Run again as a child with a proxy in its environment.
#[tokio::test]
async fn s06_a_proxy_of_the_environment_is_ignored() {
    if let Ok(target) = std::env::var("TEST_FETCH_TARGET") {
        let url = PostingUrl::parse(&target).unwrap();
        assert!(Fetcher::new(true).page(&url).await.is_ok());
        return;
    }
    let (proxy, came) = serve(page("through the proxy")).await;
    let (open, asked) = serve(page("<h1>Job</h1>")).await;
    let child = tokio::task::spawn_blocking(move || {
        let mut command = std::process::Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "s06_a_proxy_of_the_environment_is_ignored"]);
        command.env("TEST_FETCH_TARGET", format!("http://{open}/job"));
        for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
            command.env(name, format!("http://{proxy}"));
        }
        command.status().unwrap()
    });
    assert!(child.await.unwrap().success());
    assert_eq!(came.load(Ordering::SeqCst), 0);
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn s08_only_the_ports_of_the_web_are_asked() {
    let names = Told::answering([vec!["93.184.216.34:80".parse().unwrap()]]);
    let fetcher = Fetcher::new(false).with_names(names.clone());
    for port in ["0", "22", "25", "5432", "6379", "8080", "65536", "99999"] {
        let error = fails(&fetcher, &format!("http://jobs.example.com:{port}/")).await;
        assert!(
            matches!(error, FetchError::Blocked | FetchError::BadAddress),
            "{port}: {error:?}"
        );
    }
    assert_eq!(names.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn s09_other_schemes_and_s10_smuggled_addresses_ask_for_no_name() {
    let names = Told::answering([vec!["93.184.216.34:80".parse().unwrap()]]);
    let fetcher = Fetcher::new(false).with_names(names.clone());
    let long = format!("http://{}.example/", "a".repeat(64));
    let longer = format!("http://{}example/", "a.".repeat(130));
    for url in [
        "file:///etc/passwd",
        "ftp://example.com/",
        "gopher://example.com/",
        "dict://example.com/",
        "jar:http://example.com/!/",
        "data:text/html,x",
        "javascript:alert(1)",
        "ws://example.com/",
        "view-source:http://example.com/",
        "http://a@example.com/",
        "http://a:b@example.com/",
        "http://exa\tmple.com/",
        "http://example.com/\r\nX: y",
        "http://example.com/\0",
        "http://example.com%00.x/",
        &long,
        &longer,
    ] {
        let error = fails(&fetcher, url).await;
        assert_eq!(error, FetchError::BadAddress, "{url:?}");
    }
    assert_eq!(names.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn s12_a_server_without_tls_gives_nothing_to_an_https_address() {
    let (open, _) = serve_with(|mut stream| async move {
        let _gone = stream.write_all(page("secret").as_bytes()).await;
    })
    .await;
    let url = PostingUrl::parse(&format!("https://{open}/")).unwrap();
    assert_eq!(
        guarded(open).page(&url).await.unwrap_err(),
        FetchError::Unreachable
    );
}

#[tokio::test]
async fn s13_heads_without_measure_are_cut() {
    let large = format!("X: {}\r\n", "x".repeat(1 << 20));
    let many = "X: y\r\n".repeat(10_000);
    for headers in [large, many] {
        let (open, _) = serve(answer("200 OK", &headers, "x")).await;
        let began = Instant::now();
        assert!(guarded(open).page(&at(open)).await.is_err());
        assert!(began.elapsed() < Duration::from_secs(5));
    }
    let (open, _) = serve_with(|mut stream| async move {
        read_head(&mut stream).await;
        let _gone = stream.write_all(b"HTTP/1.1 200 OK\r\nX: ").await;
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
    let fetcher = guarded(open).with_limits(brief(600));
    assert_eq!(
        fetcher.page(&at(open)).await.unwrap_err(),
        FetchError::TimedOut
    );
}

#[tokio::test]
async fn s14_a_question_tells_nothing_about_who_asks() {
    let heads = Arc::new(Mutex::new(Vec::new()));
    let kept = heads.clone();
    let (open, _) = serve_with(move |mut stream| {
        let kept = kept.clone();
        async move {
            let head = read_head(&mut stream).await;
            kept.lock().unwrap().push(head);
            let text = answer(
                "200 OK",
                "Content-Type: text/html\r\nSet-Cookie: a=b\r\n",
                "<h1>Job</h1>",
            );
            let _gone = stream.write_all(text.as_bytes()).await;
        }
    })
    .await;
    let fetcher = guarded(open);
    for _ in 0..2 {
        fetcher.page(&at(open)).await.unwrap();
    }
    let url = PostingUrl::parse(&format!("http://{open}/a%0d%0aX:%20y#top")).unwrap();
    fetcher.page(&url).await.unwrap();
    let heads = heads.lock().unwrap();
    let expected = |path: &str| {
        let mut lines = vec![
            format!("GET {path} HTTP/1.1"),
            "accept: text/html,application/xhtml+xml,text/plain;q=0.9,application/json;q=0.8,application/xml;q=0.7".to_owned(),
            "accept-encoding: gzip".to_owned(),
            format!("host: {open}"),
            format!("user-agent: llmployable/{}", env!("CARGO_PKG_VERSION")),
        ];
        lines.sort();
        lines
    };
    for (head, path) in heads.iter().zip(["/job", "/job", "/a%0d%0aX:%20y"]) {
        let mut lines: Vec<String> = head.trim_end().lines().map(str::to_owned).collect();
        lines.sort();
        assert_eq!(lines, expected(path));
    }
}

#[tokio::test]
async fn s15_one_host_is_asked_for_few_pages_at_once() {
    let now = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let (counting, highest) = (now.clone(), most.clone());
    let (open, _) = serve_with(move |mut stream| {
        let (now, most) = (counting.clone(), highest.clone());
        async move {
            read_head(&mut stream).await;
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(30)).await;
            now.fetch_sub(1, Ordering::SeqCst);
            let _gone = stream.write_all(page("<h1>Job</h1>").as_bytes()).await;
        }
    })
    .await;
    let fetcher = guarded(open);
    let pages = (0..40).map(|_| {
        let fetcher = fetcher.clone();
        async move { fetcher.page(&at(open)).await }
    });
    let pages: Vec<Result<Page, FetchError>> = futures::future::join_all(pages).await;
    assert!(pages.iter().all(Result::is_ok));
    assert!(most.load(Ordering::SeqCst) <= 4);
}

#[tokio::test]
async fn s17_a_body_without_end_is_cut_on_the_wire() {
    let sent = Arc::new(AtomicUsize::new(0));
    let counted = sent.clone();
    let (open, _) = serve_with(move |mut stream| {
        let sent = counted.clone();
        async move {
            read_head(&mut stream).await;
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n";
            let _gone = stream.write_all(head.as_bytes()).await;
            let block = vec![b'x'; 64 * 1024];
            while stream.write_all(&block).await.is_ok() {
                sent.fetch_add(block.len(), Ordering::SeqCst);
            }
        }
    })
    .await;
    assert_eq!(
        guarded(open).page(&at(open)).await.unwrap_err(),
        FetchError::TooLarge
    );
    // What lies in the buffers of both ends comes on top.
    assert!(sent.load(Ordering::SeqCst) < 16 << 20);
    let lying = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\nshort";
    let (open, _) = serve(lying).await;
    assert_eq!(
        guarded(open).page(&at(open)).await.unwrap_err(),
        FetchError::Unreachable
    );
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    io::Write::write_all(&mut encoder, bytes).unwrap();
    encoder.finish().unwrap()
}

fn packed(encoding: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {encoding}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

#[tokio::test]
async fn s18_packed_bodies_are_unpacked_up_to_their_limit() {
    let ask = |bytes: Vec<u8>| async {
        let (open, _) = serve(bytes).await;
        guarded(open).page(&at(open)).await.map(|page| page.bytes)
    };
    let job = gzip(b"<h1>Job</h1>");
    assert_eq!(ask(packed("gzip", &job)).await.unwrap(), b"<h1>Job</h1>");
    let twice = [job.clone(), job.clone()].concat();
    assert_eq!(
        ask(packed("gzip", &twice)).await.unwrap(),
        b"<h1>Job</h1><h1>Job</h1>"
    );
    let bomb = gzip(&vec![0; 64 << 20]);
    let began = Instant::now();
    assert_eq!(
        ask(packed("gzip", &bomb)).await.unwrap_err(),
        FetchError::TooLarge
    );
    let bombs = [gzip(&vec![0; 3 << 20]), gzip(&vec![0; 3 << 20])].concat();
    assert_eq!(
        ask(packed("gzip", &bombs)).await.unwrap_err(),
        FetchError::TooLarge
    );
    assert!(began.elapsed() < Duration::from_secs(10));
    for encoding in ["gzip, gzip", "br", "zstd", "deflate", "x"] {
        let error = ask(packed(encoding, &job)).await.unwrap_err();
        assert_eq!(error, FetchError::Type, "{encoding}");
    }
    for broken in [&job[..job.len() - 6], b"not packed at all".as_slice()] {
        let error = ask(packed("gzip", broken)).await.unwrap_err();
        assert_eq!(error, FetchError::Unreachable);
    }
}

#[tokio::test]
async fn s19_slow_silent_and_broken_servers_end_in_time() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n";
    let (drip, _) = serve_with(move |mut stream| async move {
        read_head(&mut stream).await;
        let _gone = stream.write_all(head.as_bytes()).await;
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    let (silent, _) = serve_with(|stream| async move {
        tokio::time::sleep(Duration::from_secs(20)).await;
        drop(stream);
    })
    .await;
    for server in [drip, silent] {
        let began = Instant::now();
        let fetcher = guarded(server).with_limits(brief(500));
        assert_eq!(
            fetcher.page(&at(server)).await.unwrap_err(),
            FetchError::TimedOut
        );
        assert!(began.elapsed() < Duration::from_secs(3));
    }
    let (half, _) = serve(format!("{head}half")).await;
    let (nothing, _) = serve("").await;
    for server in [half, nothing] {
        assert_eq!(
            guarded(server).page(&at(server)).await.unwrap_err(),
            FetchError::Unreachable
        );
    }
}

#[tokio::test]
async fn s20_only_text_pages_data_and_documents_are_read() {
    for (kind, fits) in [
        ("text/html; charset=utf-8", true),
        ("text/plain", true),
        ("application/json", true),
        ("application/ld+json", true),
        ("application/xml", true),
        ("TEXT/HTML", true),
        ("application/pdf", true),
        ("image/png", false),
        ("application/octet-stream", false),
        ("video/mp4", false),
    ] {
        let head = format!("Content-Type: {kind}\r\n");
        let (open, _) = serve(answer("200 OK", &head, "a\0b")).await;
        let page = guarded(open).page(&at(open)).await;
        assert_eq!(page.is_ok(), fits, "{kind}");
    }
    let (open, _) = serve(answer("200 OK", "", "<h1>Job</h1>")).await;
    assert!(guarded(open).page(&at(open)).await.is_ok());
}

#[tokio::test]
async fn s21_every_status_has_its_reason_and_few_are_worth_another_try() {
    for (status, expected, again) in [
        ("204 N", FetchError::NoPage, false),
        ("304 N", FetchError::NoPage, false),
        ("400 B", FetchError::NoPage, false),
        ("401 U", FetchError::Wall, false),
        ("403 F", FetchError::Wall, false),
        ("404 N", FetchError::Gone, false),
        ("410 G", FetchError::Gone, false),
        ("429 T", FetchError::Busy, true),
        ("451 U", FetchError::Wall, false),
        ("500 I", FetchError::Refused, true),
        ("502 B", FetchError::Refused, true),
        ("503 S", FetchError::Busy, true),
        ("999 L", FetchError::Wall, false),
        ("302 without a target", FetchError::NoPage, false),
    ] {
        let (open, _) = serve(format!(
            "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"
        ))
        .await;
        let error = guarded(open).page(&at(open)).await.unwrap_err();
        assert_eq!(error, expected, "{status}");
        assert_eq!(error.may_pass(), again, "{status}");
    }
}
