//! The web server as a client sees it: who is let in, what every answer carries, what it refuses.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/served.rs"]
mod served;
#[path = "../../crates/backend/tests/support/mod.rs"]
mod support;

use std::process::{Child, Command};

use reqwest::{Client, Method, StatusCode};
use serde_json::Value;
use support::{Janitor, fresh_folder, janitor};

struct Program {
    child: Child,
    _janitor: Janitor,
    address: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn start(name: &str) -> Program {
    let data = fresh_folder(name);
    let janitor = janitor(&data);
    let (child, address) = served::serve(&data, &[], &[]);
    Program {
        child,
        _janitor: janitor,
        address,
    }
}

fn client() -> Client {
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

/// The names of all server functions, read off their declarations.
fn server_functions() -> Vec<String> {
    let source = include_str!("../../app/src/api.rs");
    let names: Vec<String> = source
        .split("endpoint = \"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert_eq!(
        names.len(),
        source.matches("\n#[server(").count(),
        "each names its endpoint"
    );
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a20_foreign_pages_reach_no_server_function_and_get_no_redirect() {
    let program = start("a20");
    let client = client();
    let own = program.address.clone();
    for function in server_functions() {
        for header in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("origin", "http://127.0.0.1:1"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("host", "evil.example"),
        ] {
            for content_type in [
                "application/x-www-form-urlencoded",
                "text/plain",
                "multipart/form-data",
                "application/json",
            ] {
                let answer = client
                    .post(format!("{own}/api/{function}"))
                    .header(header.0, header.1)
                    .header("accept", "text/html")
                    .header("referer", "https://evil.example/")
                    .header("content-type", content_type)
                    .body("id=00000000-0000-0000-0000-000000000000")
                    .send()
                    .await
                    .unwrap();
                assert_eq!(
                    answer.status(),
                    StatusCode::FORBIDDEN,
                    "{function} {header:?}"
                );
                assert!(
                    !answer.headers().contains_key("location"),
                    "{function} {header:?}"
                );
            }
        }
    }
    let runs = client
        .post(format!("{own}/api/list_runs"))
        .send()
        .await
        .unwrap();
    assert_eq!(runs.text().await.unwrap(), "[]", "nothing was made");
}

#[tokio::test(flavor = "multi_thread")]
async fn a22_reading_changes_nothing() {
    let program = start("a22");
    let client = client();
    for function in server_functions() {
        for method in [Method::GET, Method::HEAD] {
            let url = format!("{}/api/{function}", program.address);
            let answer = client.request(method, url).send().await.unwrap();
            assert!(
                !answer.status().is_success(),
                "{function} answers to reading"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_its_request_id_and_the_guarding_headers() {
    let program = start("headers");
    let client = client();
    for path in [
        "/",
        "/runs",
        "/nonesuch",
        "/health/live",
        "/health/ready",
        "/runs/x/resume.pdf",
    ] {
        let answer = client
            .get(format!("{}{path}", program.address))
            .header("x-request-id", "chosen-by-somebody-else")
            .send()
            .await
            .unwrap();
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(
            header("x-request-id").len(),
            36,
            "{path}: {}",
            header("x-request-id")
        );
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert!(
            header("content-security-policy").contains("frame-ancestors 'none'")
                || header("content-security-policy").contains("sandbox"),
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn inline_scripts_of_a_page_run_by_a_nonce_that_is_new_each_time() {
    let program = start("nonce");
    let client = client();
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let answer = client.get(&program.address).send().await.unwrap();
        let policy = answer.headers()["content-security-policy"]
            .to_str()
            .unwrap();
        let scripts = policy
            .split(';')
            .find(|part| part.contains("script-src"))
            .unwrap();
        assert!(!scripts.contains("unsafe-inline"), "{policy}");
        let nonce = scripts.split("'nonce-").nth(1).unwrap();
        let nonce = nonce.split('\'').next().unwrap().to_owned();
        let page = answer.text().await.unwrap();
        for script in page.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "<script{tag}>");
        }
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_answers_404_in_the_caller_s_form() {
    let program = start("missing");
    let client = client();
    let page = client
        .get(format!("{}/nonesuch", program.address))
        .send()
        .await
        .unwrap();
    assert_eq!(page.status(), StatusCode::NOT_FOUND);
    assert!(
        page.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/html")
    );
    let run = "/runs/00000000-0000-7000-8000-000000000000";
    for path in [
        format!("{run}/resume.pdf"),
        format!("{run}/events"),
        format!("{run}/pages/1.svg"),
    ] {
        let answer = client
            .get(format!("{}{path}", program.address))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        let problem: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        assert_eq!(problem["code"], "not_found", "{path}");
    }
}

#[test]
fn listening_beyond_this_machine_needs_the_flag_that_says_what_it_means() {
    let output = Command::new(env!("CARGO_BIN_EXE_llmployable"))
        .args(["serve", "--listen", "0.0.0.0:0"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert!(
        sentence.contains("--anyone-who-reaches-it-may-read-everything"),
        "{sentence}"
    );
}

#[test]
fn all_mistakes_of_a_configuration_are_told_at_once_without_its_secrets() {
    let output = Command::new(env!("CARGO_BIN_EXE_llmployable"))
        .arg("serve")
        .env("LLMPLOYABLE_WORKERS", "many")
        .env("LLMPLOYABLE_PURPOSE", "fun")
        .env("DATABASE_URL", "mysql://me:hunter2@host/db")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    for name in ["workers", "purpose", "database_url"] {
        assert!(told.contains(name), "{told}");
    }
    assert!(!told.contains("hunter2"), "{told}");
}
