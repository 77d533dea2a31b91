//! A release server on this machine: time to the first byte, time until a job is picked up, stages
//! of warm runs, memory.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::http::Connection;
use super::quantile;
use crate::bench::{Figures, Goal};
use crate::project::Project;
use crate::run;
use crate::sh::{self, Done, TaskError};

/// Requests a connection, alone and among many.
const ALONE: usize = 400;
const CROWD: usize = 100;
const EACH: usize = 40;
/// Runs, one behind the other.
const RUNS: usize = 40;

/// Starts a server of its own, measures it and ends it.
pub fn measure(project: &Project, figures: &mut Figures) -> Done {
    let server = Server::start(project)?;
    let mut alone = first_bytes(&server.host, ALONE)?;
    figures.add(
        "ttfb_1_connection_p50",
        quantile(&mut alone, 0.5),
        "ms",
        Goal::AtMost(10.0),
    );
    figures.add(
        "ttfb_1_connection_p99",
        quantile(&mut alone, 0.99),
        "ms",
        Goal::AtMost(20.0),
    );
    let mut crowd = std::thread::scope(|scope| -> Done<Vec<f64>> {
        let threads: Vec<_> = (0..CROWD)
            .map(|_| scope.spawn(|| first_bytes(&server.host, EACH)))
            .collect();
        let mut all = Vec::new();
        for thread in threads {
            let ended = thread.join();
            all.extend(
                ended.map_err(|_| TaskError::Found("a measuring thread ended".to_owned()))??,
            );
        }
        Ok(all)
    })?;
    figures.add(
        "ttfb_100_connections_p50",
        quantile(&mut crowd, 0.5),
        "ms",
        Goal::AtMost(40.0),
    );
    figures.add(
        "ttfb_100_connections_p99",
        quantile(&mut crowd, 0.99),
        "ms",
        Goal::AtMost(50.0),
    );
    runs(project, &server, figures)?;
    figures.add(
        "server_peak_memory",
        server.peak_memory()?,
        "MB",
        Goal::AtMost(250.0),
    );
    figures.add(
        "press_peak_memory",
        server.press_memory(),
        "MB",
        Goal::AtMost(250.0),
    );
    Ok(())
}

fn first_bytes(host: &str, requests: usize) -> Done<Vec<f64>> {
    let mut connection = Connection::open(host)?;
    let mut times = Vec::with_capacity(requests);
    for _ in 0..requests {
        let answer = connection.get("/")?;
        if answer.status != 200 {
            return Err(TaskError::Found(format!(
                "the start page answered {}",
                answer.status
            )));
        }
        times.push(ms(answer.first_byte));
    }
    Ok(times)
}

/// Runs of the sample: what passes between asking and the first stage's end that is not the stage
/// itself, and how long the warm stages take.
fn runs(project: &Project, server: &Server, figures: &mut Figures) -> Done {
    let file = project.path("fixtures/jobs/text/jobsync_backend.txt");
    let posting = fs::read_to_string(&file).map_err(sh::at(&file))?;
    let (mut pickups, mut compiles, mut wholes) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..RUNS + 3 {
        let began = Instant::now();
        let mut connection = Connection::open(&server.host)?;
        let fields = [
            ("sample", "on"),
            ("pages", "1"),
            ("posting", posting.as_str()),
        ];
        let run = connection
            .post_form("/api/submit_run", &fields)?
            .location
            .unwrap_or_default();
        let accepted = began.elapsed();
        let events = connection.get(&format!("{run}/events"))?;
        let whole = began.elapsed();
        let text = String::from_utf8_lossy(&events.body).into_owned();
        let last = text
            .lines()
            .filter_map(|line| line.strip_prefix("data: "))
            .next_back();
        let view: Value = serde_json::from_str(last.unwrap_or_default())
            .map_err(|error| TaskError::Found(format!("the run's events: {error}")))?;
        if view["state"]["state"] != "done" {
            return Err(TaskError::Found(format!(
                "a run ended as {}",
                view["state"]
            )));
        }
        let stage = |position: usize| view["stages"][position]["ms"].as_f64().unwrap_or(f64::NAN);
        let worked: f64 = (0..5).map(stage).sum();
        // The first runs warm fonts, connections and statements.
        if number >= 3 {
            pickups.push((ms(whole) - ms(accepted) - worked) / 5.0);
            compiles.push(stage(4));
            wholes.push(ms(whole));
        }
    }
    figures.add(
        "job_pickup_p50",
        quantile(&mut pickups, 0.5),
        "ms",
        Goal::AtMost(25.0),
    );
    figures.add(
        "job_pickup_p99",
        quantile(&mut pickups, 0.99),
        "ms",
        Goal::AtMost(250.0),
    );
    figures.add(
        "compile_stage_warm_p50",
        quantile(&mut compiles, 0.5),
        "ms",
        Goal::AtMost(60.0),
    );
    figures.add(
        "compile_stage_warm_p99",
        quantile(&mut compiles, 0.99),
        "ms",
        Goal::AtMost(120.0),
    );
    figures.add(
        "run_warm_p50",
        quantile(&mut wholes, 0.5),
        "ms",
        Goal::AtMost(300.0),
    );
    figures.add(
        "run_warm_p99",
        quantile(&mut wholes, 0.99),
        "ms",
        Goal::AtMost(1000.0),
    );
    Ok(())
}

struct Server {
    child: Child,
    host: String,
    data: PathBuf,
}

impl Server {
    fn start(project: &Project) -> Done<Self> {
        use std::os::unix::fs::PermissionsExt;
        // Short and open: Postgres as another user must reach it.
        let data = std::env::temp_dir().join(format!("ll-bench-{}", std::process::id()));
        fs::create_dir_all(&data).map_err(sh::at(&data))?;
        fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).map_err(sh::at(&data))?;
        let args = ["serve", "--listen", "127.0.0.1:0"].map(str::to_owned);
        let mut command = run::server(project, "release", &args);
        command
            .env("LLMPLOYABLE_DATA_DIR", &data)
            .env("LLMPLOYABLE_LOG_FILTER", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let mut child = command.spawn().map_err(sh::start(&command))?;
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output)
                .read_line(&mut line)
                .map_err(sh::at(&data))?;
        }
        let host = line
            .trim()
            .rsplit("//")
            .next()
            .unwrap_or_default()
            .to_owned();
        Ok(Self { child, host, data })
    }

    fn peak_memory(&self) -> Done<f64> {
        peak_of(self.child.id())
            .ok_or_else(|| TaskError::Found("the server's memory cannot be read".to_owned()))
    }

    /// The largest of the children that make pages.
    fn press_memory(&self) -> f64 {
        let task = format!("/proc/{0}/task", self.child.id());
        let threads = fs::read_dir(task).into_iter().flatten().flatten();
        threads
            .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok())
            .flat_map(|ids| {
                ids.split_whitespace()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .filter_map(|id| peak_of(id.parse().ok()?))
            .fold(0.0, f64::max)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let pid = self.child.id().to_string();
        let told = std::process::Command::new("kill").arg(pid).status();
        if told.is_ok() {
            drop(self.child.wait());
        }
        drop(fs::remove_dir_all(&self.data));
    }
}

/// The most memory a process held, in MB.
fn peak_of(pid: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
