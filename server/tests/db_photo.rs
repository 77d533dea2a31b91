//! A photo sent to the running server: what is refused and in which words, where a taken one shows, and
//! that nobody else sees it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/served.rs"]
mod served;
#[path = "../../crates/backend/tests/support/mod.rs"]
mod support;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Child;

use backend::cluster::Cluster;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, StatusCode};
use serde_json::Value;
use sqlx::{ConnectOptions, PgConnection};
use support::{Janitor, fresh_folder, janitor};
use uuid::Uuid;

struct Program {
    child: Child,
    _janitor: Janitor,
    address: String,
    data: PathBuf,
    client: Client,
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn fixture(name: &str) -> Vec<u8> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    std::fs::read(fixtures.join(name)).unwrap()
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|part| part == words)
}

/// The first bytes of a PNG of that size.
fn png_head(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes
}

impl Program {
    fn start(name: &str) -> Self {
        let data = fresh_folder(name);
        let janitor = janitor(&data);
        let log = File::create(data.join("log")).unwrap();
        let settings = [("LLMPLOYABLE_LOG_FILTER", "debug")];
        let (child, address) = served::serve_with_log(&data, &[], &settings, log.into());
        let _already_set = rustls::crypto::ring::default_provider().install_default();
        Self {
            child,
            _janitor: janitor,
            address,
            data,
            client: Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .unwrap(),
        }
    }

    async fn database(&self) -> PgConnection {
        let data = self.data.clone();
        let cluster = tokio::task::spawn_blocking(move || Cluster::start(&data));
        let cluster = cluster.await.unwrap().unwrap();
        cluster.options().connect().await.unwrap()
    }

    /// A run of the sample that is done; gives its id.
    async fn run(&self) -> String {
        let form = Form::new().text("sample", "true").text(
            "posting",
            "We look for an engineer who writes Rust and runs Postgres for us.",
        );
        let answer = self
            .client
            .post(format!("{}/api/submit_run", self.address))
            .header("accept", "application/json")
            .multipart(form);
        let path: String = answer.send().await.unwrap().json().await.unwrap();
        let events = format!("{}{path}/events", self.address);
        // The stream ends with the run.
        let views = self.client.get(events).send().await.unwrap();
        assert!(views.text().await.unwrap().contains("\"done\""));
        path.strip_prefix("/runs/").unwrap().to_owned()
    }

    async fn call(&self, function: &str, body: &str) -> (StatusCode, Value) {
        let request = self
            .client
            .post(format!("{}/api/{function}", self.address))
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.to_owned());
        let answer = request.send().await.unwrap();
        let status = answer.status();
        (status, answer.json().await.unwrap())
    }

    fn form(&self, run: &str, file: Vec<u8>) -> reqwest::RequestBuilder {
        let file = Part::bytes(file).file_name("canary.jpg");
        let form = Form::new().text("id", run.to_owned()).part("photo", file);
        self.client
            .post(format!("{}/api/give_photo", self.address))
            .multipart(form)
    }

    /// Sends a photo as a script does.
    async fn give(&self, run: &str, file: Vec<u8>) -> (StatusCode, Value) {
        let request = self.form(run, file).header("accept", "application/json");
        let answer = request.send().await.unwrap();
        (answer.status(), answer.json().await.unwrap())
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        let url = format!("{}{path}", self.address);
        self.client.get(url).send().await.unwrap()
    }

    async fn file(&self, run: &str, ending: &str) -> Vec<u8> {
        let path = format!("/runs/{run}/resume.{ending}");
        self.get(&path).await.bytes().await.unwrap().to_vec()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_photo_is_refused_in_words_and_nothing_of_it_is_kept() {
    let program = Program::start("photo-no");
    let run = program.run().await;
    let photo = fixture("photos/sideways.jpg");
    let broken = [&png_head(40, 50)[..], b"\x08\x02\0\0\0 and no more"].concat();
    let mut large = photo.clone();
    large.resize((10 << 20) + 1, 0);
    for (file, code) in [
        (Vec::new(), "photo_missing"),
        (large, "photo_too_large"),
        (b"%PDF-1.7 a document".to_vec(), "photo_not_a_picture"),
        (b"<svg xmlns='x'/>".to_vec(), "photo_not_a_picture"),
        (png_head(20_000, 20_000), "photo_too_many_pixels"),
        (fixture("photos/moving.png"), "photo_moving"),
        (broken, "photo_broken"),
        (photo[..photo.len() / 2].to_vec(), "photo_broken"),
    ] {
        let (status, told) = program.give(&run, file.clone()).await;
        assert!(status.is_client_error(), "{code}: {status}");
        assert_eq!(
            (&told["code"], &told["field"]),
            (&code.into(), &"photo".into())
        );
        let plain = program.form(&run, file).header("accept", "text/html");
        let plain = plain.send().await.unwrap();
        let page = plain.headers()["location"].to_str().unwrap();
        assert_eq!(page, format!("/runs/{run}?refused={code}#photo"));
    }
    let (_, look) = program.call("get_look", &format!("id={run}")).await;
    assert_eq!(look["photo"]["kept"], Value::Null);
    let page = program
        .get(&format!("/runs/{run}?refused=photo_moving"))
        .await;
    let page = page.text().await.unwrap();
    assert!(page.contains("Give one that stands still"));
    let (status, _) = program.give(&Uuid::now_v7().to_string(), photo).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "a run that is not there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_shows_where_the_template_has_a_place_for_it_until_it_is_removed() {
    let program = Program::start("photo-yes");
    let run = program.run().await;
    let id = format!("id={run}");
    let (_, look) = program.call("get_look", &id).await;
    let places = look["templates"].as_array().unwrap().iter();
    let places: Vec<&str> = places
        .filter(|template| template["photo"] == true)
        .map(|template| template["name"].as_str().unwrap())
        .collect();
    assert_eq!(places, ["starter", "creative"]);

    let (status, given) = program.give(&run, fixture("photos/sideways.jpg")).await;
    assert_eq!(status, StatusCode::OK);
    let photo = given["kept"].as_str().unwrap().to_owned();
    assert_eq!(given["on_pages"], Value::Null, "ledger has no place for it");
    assert!(!holds(&program.file(&run, "html").await, b"data:image"));

    let (status, _) = program
        .call("print_run", &format!("{id}&look[template]=starter"))
        .await;
    assert_eq!(status, StatusCode::OK);
    let shows = |run: String| {
        let program = &program;
        async move {
            let page = program.get(&format!("/runs/{run}/pages/1.svg")).await;
            [
                holds(&page.bytes().await.unwrap(), b"<image"),
                holds(&program.file(&run, "html").await, b"data:image/jpeg"),
                holds(&program.file(&run, "pdf").await, b"/DCTDecode"),
                holds(&program.file(&run, "docx").await, b"media/"),
            ]
        }
    };
    let everywhere = [true, true, true, false];
    assert_eq!(shows(run.clone()).await, everywhere, "not in Word");
    let next = program.run().await;
    assert_eq!(shows(next.clone()).await, everywhere, "on the next run's");

    let picture = program.get(&format!("/photo/{photo}")).await;
    let header = |name: &str| picture.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "image/jpeg");
    assert_eq!(header("cache-control"), "private, no-store");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").contains("sandbox"));
    let picture = picture.bytes().await.unwrap();
    assert!(!holds(&picture, b"anary") && !holds(&picture, b"Exif"));

    let (status, removed) = program.call("remove_photo", &id).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(removed["removed"], true);
    assert_eq!(removed["on_pages"], Value::Null);
    assert_eq!(shows(run.clone()).await, [false; 4]);
    let gone = program.get(&format!("/photo/{photo}")).await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
    let (status, back) = program.call("restore_photo", &id).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(back["on_pages"], photo.as_str());
    assert_eq!(shows(run.clone()).await, everywhere);

    // The next one takes its place, also where it is smaller and of another kind.
    let (_, other) = program.give(&run, fixture("photos/sideways.jpg")).await;
    assert_ne!(other["kept"], photo.as_str());
    let gone = program.get(&format!("/photo/{photo}")).await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
    let (_, look) = program.call("get_look", &format!("id={next}")).await;
    assert_eq!(
        look["photo"]["on_pages"],
        photo.as_str(),
        "the other run's stays"
    );

    let log = std::fs::read(program.data.join("log")).unwrap();
    assert!(holds(&log, b"/api/give_photo"), "requests are logged");
    assert!(!holds(&log, b"anary"), "and nothing of what they hold");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_person_s_photo_cannot_be_fetched() {
    let program = Program::start("photo-other");
    let (person, photo) = (Uuid::now_v7(), Uuid::now_v7());
    let mut bytes = vec![0];
    bytes.extend(fixture("photos/sideways.jpg"));
    sqlx::query(
        "insert into people (id, kind, photo_id, photo_sealed) values ($1, 'account', $2, $3)",
    )
    .bind(person)
    .bind(photo)
    .bind(bytes)
    .execute(&mut program.database().await)
    .await
    .unwrap();
    for path in [photo.to_string(), person.to_string(), "x".to_owned()] {
        let answer = program.get(&format!("/photo/{path}")).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
}
