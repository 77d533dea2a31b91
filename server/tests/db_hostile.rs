//! Hostile files and postings sent to the running server: it stays up, says what is wrong, and
//! stores nothing of them.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/bombs.rs"]
mod bombs;
#[path = "support/served.rs"]
mod served;
#[path = "../../crates/backend/tests/support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};
use std::process::Child;

use backend::cluster::Cluster;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, StatusCode};
use sqlx::{ConnectOptions, Row};
use support::{Janitor, fresh_folder, janitor};

struct Program {
    child: Child,
    _janitor: Janitor,
    address: String,
    data: PathBuf,
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Program {
    fn start(name: &str) -> Self {
        let data = fresh_folder(name);
        let janitor = janitor(&data);
        let (child, address) = served::serve(&data, &[], &[]);
        Self {
            child,
            _janitor: janitor,
            address,
            data,
        }
    }

    /// Sends a form as a script does; gives the status and what it answers.
    async fn send(&self, client: &Client, function: &str, form: Form) -> (StatusCode, String) {
        let answer = client
            .post(format!("{}/api/{function}", self.address))
            .header("accept", "application/json")
            .multipart(form)
            .send()
            .await
            .unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    async fn assert_ready(&self, client: &Client, after: &str) {
        let url = format!("{}/health/ready", self.address);
        let answer = client.get(url).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "after {after}");
    }

    /// Rows of sources and runs.
    async fn stored(&self) -> (i64, i64) {
        let data = self.data.clone();
        let cluster = tokio::task::spawn_blocking(move || Cluster::start(&data));
        let cluster = cluster.await.unwrap().unwrap();
        let mut database = cluster.options().connect().await.unwrap();
        let counts = "select (select count(*) from sources), (select count(*) from runs)";
        let row = sqlx::query(counts).fetch_one(&mut database).await.unwrap();
        (row.get(0), row.get(1))
    }
}

fn client() -> Client {
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

fn hostile(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/hostile");
    std::fs::read(path.join(name)).unwrap()
}

fn bomb(name: &str) -> Vec<u8> {
    let known = bombs::ALL.iter().find(|(known, _)| *known == name);
    known.unwrap().1()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_file_is_refused_in_words_and_nothing_of_it_is_stored() {
    let program = Program::start("hostile");
    let client = client();
    let files = [
        (
            "bomb_flate_300MB.pdf",
            hostile("pdf/bomb_flate_300MB.pdf"),
            "pdf_too_much",
        ),
        (
            "nested_arrays_100k.pdf",
            hostile("pdf/nested_arrays_100k.pdf"),
            "pdf_damaged",
        ),
        (
            "truncated_half.pdf",
            hostile("pdf/truncated_half.pdf"),
            "pdf_damaged",
        ),
        (
            "r2.pdf",
            hostile("pdf/pypdf_r2-user-password.pdf"),
            "pdf_locked",
        ),
        ("zero.pdf", hostile("pdf/zero_bytes.pdf"), "file_empty"),
        ("bad_crc.zip", hostile("zip/bad_crc.zip"), "archive_damaged"),
        (
            "cut.zip",
            hostile("zip/truncated_no_central_directory.zip"),
            "archive_damaged",
        ),
        ("bomb.zip", bomb("bomb_table.zip"), "archive_too_large"),
        ("bomb.docx", bomb("bomb_document.docx"), "archive_too_large"),
        ("nested.docx", bomb("bomb_nested.docx"), "xml_invalid"),
        ("aliases.yaml", bomb("bomb_aliases.yaml"), "yaml_invalid"),
        ("nested.json", bomb("bomb_nested.json"), "json_invalid"),
        (
            "page.html",
            hostile("html/no_close_comment.html"),
            "file_unknown_kind",
        ),
    ];
    for (name, bytes, code) in files {
        for function in ["add_evidence", "submit_run"] {
            // A good file beside it is not stored either: all or nothing.
            let good = Part::bytes(GOOD.as_bytes().to_vec()).file_name("good.json");
            let form = Form::new()
                .text("posting", POSTING)
                .text("pages", "1")
                .part("evidence", good)
                .part("evidence", Part::bytes(bytes.clone()).file_name(name));
            let (status, told) = program.send(&client, function, form).await;
            assert!(status.is_client_error(), "{name}: {status} {told}");
            assert!(told.contains(code), "{name}: {told}, not {code}");
            program.assert_ready(&client, name).await;
        }
    }
    assert_eq!(program.stored().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_posting_is_refused_in_words_and_begins_no_run() {
    let program = Program::start("hostile-posting");
    let client = client();
    for name in ["deep.html", "open_bold.html", "wide.html", "long_line.txt"] {
        let posting = String::from_utf8(bomb(name)).unwrap();
        let form = Form::new()
            .text("sample", "on")
            .text("pages", "1")
            .text("posting", posting);
        let (status, told) = program.send(&client, "submit_run", form).await;
        assert!(status.is_client_error(), "{name}: {status} {told}");
        program.assert_ready(&client, name).await;
    }
    assert_eq!(program.stored().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_file_beside_no_hostile_one_is_stored() {
    let program = Program::start("good");
    let client = client();
    let good = Part::bytes(GOOD.as_bytes().to_vec()).file_name("good.json");
    let form = Form::new().part("evidence", good);
    let (status, told) = program.send(&client, "add_evidence", form).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    assert_eq!(program.stored().await, (1, 0));
}

const GOOD: &str = r#"{"basics":{"name":"Ada Example"},"skills":[{"name":"Rye"}]}"#;
const POSTING: &str = "Baker\n\nWe bake bread at night and sell it in the morning, in Utrecht.";
