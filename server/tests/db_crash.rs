//! The whole program, really killed: a run goes on after the next start, finishes once, and
//! nothing is lost or doubled.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/served.rs"]
mod served;
#[path = "../../crates/backend/tests/support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use serde_json::Value;
use support::{Janitor, fresh_folder, janitor};
use tokio::sync::{Semaphore, mpsc};

const SAMPLE_POSTING: &str = include_str!("../../fixtures/jobs/text/jobsync_backend.txt");
/// Time to be back after a kill: 30 s is the promise for a run, the start of the program included.
const PATIENCE: Duration = Duration::from_mins(1);

struct Program {
    child: Child,
    address: String,
}

impl Program {
    fn start(data: &Path, more: &[&str]) -> Self {
        let settings = [
            ("LLMPLOYABLE_FETCH_PRIVATE", "true"),
            ("LLMPLOYABLE_LOG_FILTER", "warn"),
        ];
        let (child, address) = served::serve(data, more, &settings);
        Self { child, address }
    }

    fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([name, &pid])
                .status()
                .unwrap()
                .success()
        );
    }

    /// kill -9: no warning, no cleaning up.
    fn kill(mut self) {
        self.signal("-KILL");
        self.child.wait().unwrap();
    }

    async fn submit(&self, client: &reqwest::Client, posting: &str) -> String {
        let form = reqwest::multipart::Form::new()
            .text("sample", "on")
            .text("pages", "1")
            .text("posting", posting.to_owned());
        let answer = client
            .post(format!("{}/api/submit_run", self.address))
            .header("accept", "text/html")
            .multipart(form)
            .send()
            .await
            .unwrap();
        let location = answer.headers()["location"].to_str().unwrap().to_owned();
        assert!(location.starts_with("/runs/"), "{location}");
        location
    }

    /// Follows the run's events until one that fits.
    async fn until(
        &self,
        client: &reqwest::Client,
        run: &str,
        fits: impl Fn(&Value) -> bool,
    ) -> Value {
        let began = Instant::now();
        loop {
            assert!(
                began.elapsed() < PATIENCE,
                "{run} is not where it should be by now"
            );
            let mut events = client
                .get(format!("{}{run}/events", self.address))
                .send()
                .await
                .unwrap();
            let mut text = String::new();
            while let Ok(Some(part)) = events.chunk().await {
                text.push_str(&String::from_utf8_lossy(&part));
                while let Some((event, rest)) = text.split_once("\n\n") {
                    let data = event.lines().find_map(|line| line.strip_prefix("data: "));
                    let view: Option<Value> = data.and_then(|data| serde_json::from_str(data).ok());
                    let rest = rest.to_owned();
                    if let Some(view) = view
                        && fits(&view)
                    {
                        return view;
                    }
                    text = rest;
                }
            }
        }
    }
}

fn is_done(view: &Value) -> bool {
    assert_ne!(view["state"]["state"], "failed", "{view}");
    view["state"]["state"] == "done"
}

fn client() -> reqwest::Client {
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

/// A page with a posting that tells when it is asked for and answers when it is let.
async fn held_page() -> (String, mpsc::Receiver<()>, Arc<Semaphore>) {
    let (told, asked) = mpsc::channel(100);
    let gate = Arc::new(Semaphore::new(0));
    let for_page = gate.clone();
    let page = move || {
        let (told, gate) = (told.clone(), for_page.clone());
        async move {
            told.send(()).await.unwrap();
            let _passed = gate.acquire().await.unwrap();
            SAMPLE_POSTING
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/job", listener.local_addr().unwrap());
    let router = Router::new().route("/job", get(page));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, asked, gate)
}

/// What must hold of a finished run, seen in its rows.
async fn check_once(data: &Path, runs: &[String]) {
    let cluster = backend::cluster::Cluster::start(data).unwrap();
    let pool = backend::db::open(cluster.options(), 2);
    for run in runs {
        let id: uuid::Uuid = run.rsplit('/').next().unwrap().parse().unwrap();
        let count = |query: &'static str| {
            let pool = pool.clone();
            async move {
                sqlx::query_scalar::<_, i64>(query)
                    .bind(id)
                    .fetch_one(&pool)
                    .await
                    .unwrap()
            }
        };
        assert_eq!(
            count("select count(*) from run_stages where run_id = $1").await,
            5
        );
        let pdf = "select count(*) from run_files where run_id = $1 and name = 'resume.pdf'";
        assert_eq!(count(pdf).await, 1);
        let finished =
            "select count(*) from run_events where run_id = $1 and kind = 'stage_finished'";
        assert_eq!(count(finished).await, 5, "each stage finished exactly once");
        let gaps = "select max(revision) - count(*) from run_events where run_id = $1";
        assert_eq!(count(gaps).await, 0, "no event is missing");
    }
    pool.close().await;
    cluster.stop().unwrap();
}

fn data_folder(name: &str) -> (PathBuf, Janitor) {
    let folder = fresh_folder(name);
    let janitor = janitor(&folder);
    (folder, janitor)
}

#[tokio::test(flavor = "multi_thread")]
async fn j01_killed_while_a_stage_waits_the_run_finishes_once_after_the_next_start() {
    let (data, _janitor) = data_folder("j01");
    let (url, mut asked, gate) = held_page().await;
    let client = client();
    let first = Program::start(&data, &[]);
    let run = first.submit(&client, &url).await;
    asked.recv().await.unwrap();
    first.kill();
    gate.add_permits(1000);
    let second = Program::start(&data, &[]);
    let began = Instant::now();
    second.until(&client, &run, is_done).await;
    assert!(
        began.elapsed() < Duration::from_secs(30),
        "{:?}",
        began.elapsed()
    );
    let pdf = client
        .get(format!("{}{run}/resume.pdf", second.address))
        .send()
        .await
        .unwrap();
    assert!(pdf.bytes().await.unwrap().starts_with(b"%PDF"));
    second.kill();
    check_once(&data, &[run]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn j01_killed_after_each_stage_and_with_several_runs_nothing_is_lost_or_doubled() {
    let (data, _janitor) = data_folder("j01b");
    let client = client();
    let mut runs = Vec::new();
    for stage in ["scrape", "analyze", "generate", "verify"] {
        let program = Program::start(&data, &[]);
        for _ in 0..3 {
            runs.push(program.submit(&client, SAMPLE_POSTING).await);
        }
        let through = |view: &Value| {
            let stages = view["stages"].as_array().unwrap();
            stages
                .iter()
                .any(|one| one["stage"] == stage && one["status"] == "done")
        };
        program.until(&client, &runs[runs.len() - 1], through).await;
        program.kill();
    }
    let last = Program::start(&data, &[]);
    for run in &runs {
        last.until(&client, run, is_done).await;
    }
    last.kill();
    check_once(&data, &runs).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn j03_told_to_end_it_ends_in_order_and_stops_its_postgres() {
    let (data, _janitor) = data_folder("j03");
    let client = client();
    let mut program = Program::start(&data, &[]);
    let run = program.submit(&client, SAMPLE_POSTING).await;
    program.until(&client, &run, is_done).await;
    program.signal("-TERM");
    assert!(program.child.wait().unwrap().success());
    assert!(
        !data.join("postgres/data/postmaster.pid").exists(),
        "Postgres was to stop too"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_separate_worker_does_the_work_of_a_server_without_one() {
    let (data, _janitor) = data_folder("worker");
    let client = client();
    let server = Program::start(&data, &["--no-worker"]);
    let run = server.submit(&client, SAMPLE_POSTING).await;
    let mut worker = Command::new(env!("CARGO_BIN_EXE_llmployable"))
        .arg("worker")
        .env("LLMPLOYABLE_DATA_DIR", &data)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    server.until(&client, &run, is_done).await;
    Command::new("kill")
        .arg(worker.id().to_string())
        .status()
        .unwrap();
    assert!(worker.wait().unwrap().success());
    let ready = client
        .get(format!("{}/health/ready", server.address))
        .send()
        .await
        .unwrap();
    assert_eq!(
        ready.status(),
        200,
        "the worker's end leaves the server its Postgres"
    );
    server.kill();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_run_stays_cancelled_and_can_be_taken_up_again() {
    let (data, _janitor) = data_folder("cancel");
    let (url, mut asked, gate) = held_page().await;
    let client = client();
    let program = Program::start(&data, &[]);
    let run = program.submit(&client, &url).await;
    asked.recv().await.unwrap();
    let id = run.rsplit('/').next().unwrap();
    let send = |name: &str| {
        client
            .post(format!("{}/api/{name}", program.address))
            .header("accept", "application/json")
            .form(&[("id", id)])
            .send()
    };
    let cancelled = Instant::now();
    assert_eq!(send("cancel_run").await.unwrap().status(), 200);
    program
        .until(&client, &run, |view| view["state"]["state"] == "cancelled")
        .await;
    assert!(
        cancelled.elapsed() < Duration::from_secs(2),
        "{:?}",
        cancelled.elapsed()
    );
    gate.add_permits(1000);
    assert_eq!(send("retry_run").await.unwrap().status(), 200);
    program.until(&client, &run, is_done).await;
    program.kill();
}
