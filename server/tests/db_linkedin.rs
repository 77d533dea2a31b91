//! From the button to the source by way of a LinkedIn on loopback, and every way back that is not one
//! of this browser's.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../../crates/backend/tests/support/linkedin.rs"]
mod linkedin;
#[path = "../../crates/backend/tests/support/mod.rs"]
mod support;

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use linkedin::{Reply, Stub};
use reqwest::{Client, RequestBuilder, Response, StatusCode, Url};
use serde_json::Value;
use support::{Janitor, fresh_folder, janitor};

const TOKEN: &str = "AQX-example_token";
const SECRET: &str = "hunter2";
const CODE: &str = "AQT-example_code";

/// The program as a browser without a script sees it, with all it writes.
struct Program {
    child: Child,
    _janitor: Janitor,
    address: String,
    written: Arc<Mutex<String>>,
    client: Client,
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn start(name: &str, settings: &[(&str, String)]) -> Program {
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    let data = fresh_folder(name);
    let janitor = janitor(&data);
    let mut child = Command::new(env!("CARGO_BIN_EXE_llmployable"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .env("LLMPLOYABLE_DATA_DIR", &data)
        .env(
            "LLMPLOYABLE_LOG_FILTER",
            "trace,sqlx=warn,awa=warn,awa_model=warn,awa_worker=warn",
        )
        .envs(settings.iter().cloned())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let written = Arc::new(Mutex::new(String::new()));
    let (log, mut stderr) = (written.clone(), child.stderr.take().unwrap());
    std::thread::spawn(move || {
        let mut part = [0; 4_096];
        while let Ok(read @ 1..) = stderr.read(&mut part) {
            let text = String::from_utf8_lossy(&part[..read]);
            log.lock().unwrap().push_str(&text);
        }
    });
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let client = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    Program {
        child,
        _janitor: janitor,
        address: line.trim().rsplit(' ').next().unwrap().to_owned(),
        written,
        client,
    }
}

fn configured(stub: &Stub) -> Vec<(&'static str, String)> {
    vec![
        ("LLMPLOYABLE_LINKEDIN_API", stub.url()),
        (
            "LLMPLOYABLE_LINKEDIN_OAUTH",
            format!("{}/oauth/v2", stub.url()),
        ),
        ("LLMPLOYABLE_LINKEDIN_CLIENT_ID", "app".to_owned()),
        ("LLMPLOYABLE_LINKEDIN_CLIENT_SECRET", SECRET.to_owned()),
    ]
}

/// A consent that was begun: its state, and the cookie the browser got.
struct Begun {
    state: String,
    cookie: String,
    redirect_uri: String,
}

fn location(answer: &Response) -> String {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

impl Program {
    /// As a browser that a page of another site leads here.
    fn led(&self, path: &str, cookie: &str) -> RequestBuilder {
        self.client
            .get(format!("{}{path}", self.address))
            .header("sec-fetch-site", "cross-site")
            .header("sec-fetch-mode", "navigate")
            .header("sec-fetch-dest", "document")
            .header("cookie", cookie)
    }

    async fn begin(&self) -> Begun {
        let answer = self
            .client
            .post(format!("{}/evidence/linkedin/begin", self.address))
            .header("origin", &self.address)
            .header("sec-fetch-site", "same-origin")
            .send()
            .await
            .unwrap();
        let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
        for part in [
            "HttpOnly",
            "SameSite=Lax",
            "Path=/evidence/linkedin",
            "Max-Age=600",
        ] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let url = Url::parse(&location(&answer)).unwrap();
        let query = |name: &str| {
            let mut pairs = url.query_pairs();
            pairs.find(|(key, _)| key == name).unwrap().1.into_owned()
        };
        assert_eq!(url.path(), "/oauth/v2/authorization");
        assert_eq!(query("response_type"), "code");
        assert_eq!(query("client_id"), "app");
        assert_eq!(query("scope"), "r_dma_portability_self_serve");
        Begun {
            state: query("state"),
            cookie: cookie.split(';').next().unwrap().to_owned(),
            redirect_uri: query("redirect_uri"),
        }
    }

    /// Where the way back leads.
    async fn back(&self, begun: &Begun, told: &str) -> String {
        let path = format!("/evidence/linkedin/callback?{told}&state={}", begun.state);
        location(&self.led(&path, &begun.cookie).send().await.unwrap())
    }

    async fn sources(&self) -> Vec<Value> {
        let answer = self
            .client
            .post(format!("{}/api/list_sources", self.address))
            .send()
            .await
            .unwrap();
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.client.get(format!("{}{path}", self.address)).send();
        answer.await.unwrap().text().await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_becomes_a_source_once_and_nothing_secret_is_written_down() {
    let stub = Stub::with_member().await;
    let program = start("li", &configured(&stub));
    let page = program.page("/evidence").await;
    assert!(page.contains("Read from LinkedIn"));

    let begun = program.begin().await;
    let callback = format!("{}/evidence/linkedin/callback", program.address);
    assert_eq!(begun.redirect_uri, callback);
    let path = program.back(&begun, &format!("code={CODE}")).await;
    let id = path.strip_prefix("/evidence/").unwrap().to_owned();
    let asked = &stub.asked()[0];
    assert_eq!(asked.form("code").as_deref(), Some(CODE));
    assert_eq!(asked.form("redirect_uri"), Some(callback));
    let sources = program.sources().await;
    assert_eq!(sources.len(), 1);
    assert_eq!(sources[0]["id"], id);
    assert_eq!(sources[0]["kind"], "linkedin_snapshot");
    let name = sources[0]["name"].as_str().unwrap();
    assert!(name.starts_with("LinkedIn (20"), "{name}");
    let page = program.page(&path).await;
    assert!(page.contains("Northwind Freight Systems"));
    assert!(
        page.contains("a machine write a summary"),
        "what was kept apart is told"
    );

    // The same again, after it was removed: it is back, and it is one.
    let form = format!("id={id}");
    let removed = program
        .client
        .post(format!("{}/api/remove_source", program.address))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form)
        .send()
        .await
        .unwrap();
    assert!(removed.status().is_success());
    assert!(program.sources().await.is_empty());
    for _ in 0..2 {
        let begun = program.begin().await;
        assert_eq!(program.back(&begun, "code=another").await, path);
    }
    assert_eq!(program.sources().await.len(), 1);

    let written = program.written.lock().unwrap().clone();
    assert!(
        written.contains("/evidence/linkedin/callback"),
        "it does log"
    );
    for secret in [
        TOKEN,
        SECRET,
        CODE,
        begun.state.as_str(),
        "Marisol",
        "Northwind",
    ] {
        assert!(!written.contains(secret), "{secret} was written down");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a26_a28_a_way_back_that_was_not_begun_here_asks_linkedin_for_nothing() {
    let stub = Stub::with_member().await;
    let program = start("li-state", &configured(&stub));
    let refused = "/evidence?refused=linkedin_state";
    let code = format!("code={CODE}");
    let led = async |path: &str, cookie: &str| {
        let path = format!("/evidence/linkedin/callback{path}");
        location(&program.led(&path, cookie).send().await.unwrap())
    };
    // Missing, wrong, twice.
    let begun = program.begin().await;
    assert_eq!(led("", &begun.cookie).await, refused);
    assert_eq!(led(&format!("?{code}"), &begun.cookie).await, refused);
    assert_eq!(
        led(&format!("?{code}&state=guess"), &begun.cookie).await,
        refused
    );
    let twice = format!("?{code}&state={0}&state={0}", begun.state);
    assert_eq!(led(&twice, &begun.cookie).await, refused);
    // From a browser that did not begin, or that began another.
    let right = format!("?{code}&state={}", begun.state);
    assert_eq!(led(&right, "").await, refused);
    let other = program.begin().await;
    assert_eq!(led(&right, &other.cookie).await, refused);
    assert_eq!(
        led(&right, &begun.cookie).await,
        refused,
        "it is used up by then"
    );
    // A provider's error counts only with a state that holds.
    assert_eq!(
        led("?error=access_denied&state=guess", &other.cookie).await,
        refused
    );
    assert!(stub.asked().is_empty(), "{:?}", stub.asked());
    // Used once.
    let path = program.back(&other, &code).await;
    assert!(!path.contains("refused"), "{path}");
    let asked = stub.asked().len();
    assert_eq!(program.back(&other, &code).await, refused);
    assert_eq!(stub.asked().len(), asked);
    assert_eq!(program.sources().await.len(), 1);
    let page = program.page(refused).await;
    assert!(page.contains("was not begun in this browser"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_ends_on_the_evidence_page_with_its_words_and_nothing_kept() {
    let stub = Stub::with_member().await;
    let program = start("li-no", &configured(&stub));
    for (told, code) in [
        ("error=user_cancelled_login", "linkedin_cancelled"),
        ("error=user_cancelled_authorize", "linkedin_cancelled"),
        ("error=access_denied&code=x", "linkedin_cancelled"),
        ("error=unauthorized_scope_error", "linkedin_scope"),
        ("error=server_error", "linkedin_refused"),
        ("nothing=at-all", "linkedin_refused"),
    ] {
        let begun = program.begin().await;
        let path = program.back(&begun, told).await;
        assert_eq!(path, format!("/evidence?refused={code}"), "{told}");
    }
    assert!(stub.asked().is_empty());
    for (token, profile, code, words) in [
        (
            "code_stale",
            "no_data",
            "linkedin_code",
            "too old or used already",
        ),
        (
            "client_unknown",
            "no_data",
            "linkedin_client",
            "does not know this application",
        ),
        (
            "token",
            "revoked",
            "linkedin_expired",
            "expired or was withdrawn",
        ),
        (
            "token",
            "not_covered",
            "linkedin_not_covered",
            "EEA and Switzerland",
        ),
        (
            "token",
            "throttled",
            "linkedin_limited_today",
            "after midnight UTC",
        ),
        (
            "token",
            "version_gone",
            "linkedin_version",
            "no longer offers",
        ),
    ] {
        stub.set_token(Reply::refusal(token));
        stub.set("PROFILE", 0, Reply::refusal(profile));
        let begun = program.begin().await;
        let path = program.back(&begun, "code=x").await;
        assert_eq!(path, format!("/evidence?refused={code}"));
        assert!(program.page(&path).await.contains(words), "{code}");
    }
    assert!(program.sources().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn other_pages_can_neither_begin_nor_end_a_consent_behind_a_person_s_back() {
    let stub = Stub::with_member().await;
    let program = start("li-csrf", &configured(&stub));
    let begin = format!("{}/evidence/linkedin/begin", program.address);
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("host", "evil.example"),
    ] {
        let answer = program
            .client
            .post(&begin)
            .header(name, value)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{name}: {value}");
        assert!(!answer.headers().contains_key("location"));
        assert!(!answer.headers().contains_key("set-cookie"));
    }
    let answer = program.client.get(&begin).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
    let begun = program.begin().await;
    let callback = format!(
        "{}/evidence/linkedin/callback?code=x&state={}",
        program.address, begun.state
    );
    let image = program
        .client
        .get(&callback)
        .header("cookie", &begun.cookie)
        .header("sec-fetch-site", "cross-site")
        .header("sec-fetch-mode", "no-cors")
        .header("sec-fetch-dest", "image")
        .send()
        .await
        .unwrap();
    assert_eq!(image.status(), StatusCode::FORBIDDEN);
    assert!(stub.asked().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_application_there_is_no_button_and_the_address_says_why() {
    let program = start("li-off", &[]);
    let page = program.page("/evidence").await;
    assert!(!page.contains("Read from LinkedIn"));
    let begin = format!("{}/evidence/linkedin/begin", program.address);
    let answer = program.client.post(&begin).send().await.unwrap();
    assert_eq!(location(&answer), "/evidence?refused=linkedin_off");
    let answer = program
        .led("/evidence/linkedin/callback?code=x&state=y", "")
        .send()
        .await
        .unwrap();
    assert_eq!(location(&answer), "/evidence?refused=linkedin_off");
    let page = program.page("/evidence?refused=linkedin_off").await;
    assert!(page.contains("is not set up here"));
}
