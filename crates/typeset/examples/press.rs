//! Measures pages through the whole path: a child makes them, exports them and reads them back, as the
//! program's own children do. Prints figures as JSON.
//!
//! `press PROFILE...`

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use typeset::{Catalog, PrintJob, PrintOptions, worker};

/// What makes a child of it.
const WORKER: &str = "press-worker";
/// Documents of one page that are timed, each with words of its own.
const ROUNDS: usize = 400;
/// How long as many pages as possible are made.
const RUSH: Duration = Duration::from_secs(8);

struct Press {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
}

impl Press {
    fn start() -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg(WORKER)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Self {
            child,
            input,
            output,
        }
    }

    fn print(&mut self, job: &PrintJob) -> u32 {
        self.input
            .write_all(&worker::encode_request(job).unwrap())
            .unwrap();
        self.input.flush().unwrap();
        let frame = worker::read_frame(&mut self.output, worker::MAX_RESPONSE)
            .unwrap()
            .unwrap();
        let printed = worker::decode_response(&frame).unwrap().unwrap();
        assert!(
            printed.report.faults.is_empty(),
            "{:?}",
            printed.report.faults
        );
        printed.pages
    }

    /// Time on a processor, of all threads.
    fn cpu(&self) -> Duration {
        let tasks = format!("/proc/{}/task", self.child.id());
        let of = |task: std::fs::DirEntry| -> u64 {
            let text = std::fs::read_to_string(task.path().join("schedstat")).unwrap_or_default();
            let first = text.split(' ').next().unwrap_or_default();
            first.parse().unwrap_or_default()
        };
        let all = std::fs::read_dir(tasks).unwrap().flatten().map(of);
        Duration::from_nanos(all.sum())
    }

    /// The most memory it ever held, in MB.
    fn memory(&self) -> f64 {
        let status = format!("/proc/{}/status", self.child.id());
        let text = std::fs::read_to_string(status).unwrap();
        let line = text.lines().find(|line| line.starts_with("VmHWM")).unwrap();
        let kilobytes: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        kilobytes / 1000.0
    }
}

impl Drop for Press {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}

/// One page with words that no other has.
fn page(number: usize, template: &str) -> PrintJob {
    let lines: Vec<String> = (0..26)
        .map(|line| {
            format!(
                "Line {line} of document {number}: cut the build of {} services from {} to {} minutes",
                number % 17 + 2,
                number + 40,
                number % 9 + 3
            )
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (draft, facts) = common::bullets(&lines, 1);
    let options = PrintOptions {
        template: template.to_owned(),
        ..PrintOptions::default()
    };
    let job = PrintJob::new(&draft, &facts, options).unwrap();
    job.without_previews()
}

fn quantile(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * share).ceil() as usize]
}

fn figure(name: &str, value: f64) {
    println!("{{\"name\": \"{name}\", \"value\": {value}}}");
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == WORKER) {
        worker::run(&mut std::io::stdin().lock(), &mut std::io::stdout().lock()).unwrap();
        return;
    }
    let profiles: Vec<_> = arguments
        .iter()
        .filter_map(|file| {
            let path = Path::new(file);
            let name = path.file_name()?.to_string_lossy().into_owned();
            let bytes = std::fs::read(path).ok()?;
            Some(intake::read_evidence(&name, &bytes).ok()?.profile)
        })
        .collect();
    let templates: Vec<String> = Catalog::built_in()
        .infos()
        .into_iter()
        .map(|info| info.name)
        .collect();

    // A child that has done nothing yet.
    let mut cold: Vec<f64> = (0..5)
        .map(|number| {
            let mut press = Press::start();
            press.print(&page(number, "ledger"));
            press.cpu().as_secs_f64() * 1e3
        })
        .collect();
    figure("cold_first_pdf_cpu", quantile(&mut cold, 0.5));

    let mut press = Press::start();
    for template in &templates {
        press.print(&page(0, template));
    }
    let mut all = Vec::new();
    for template in &templates {
        let mut times = Vec::new();
        for number in 0..ROUNDS / templates.len() {
            let job = page(number + 1000, template);
            let before = press.cpu();
            assert_eq!(press.print(&job), 1, "{template}");
            times.push(press.cpu().saturating_sub(before).as_secs_f64() * 1e3);
        }
        figure(
            &format!("cpu_p50_{template}"),
            quantile(&mut times.clone(), 0.5),
        );
        all.extend(times);
    }
    figure("warm_page_cpu_p50", quantile(&mut all, 0.5));
    figure("warm_page_cpu_p99", quantile(&mut all, 0.99));

    // Whole résumés, each template, one page: what fitting costs comes on top.
    let mut whole = Vec::new();
    for profile in &profiles {
        for template in &templates {
            let draft = common::draft_of(profile, "en", 1);
            let options = PrintOptions {
                template: template.clone(),
                ..PrintOptions::default()
            };
            let Ok(job) = PrintJob::new(&draft, &profile.facts, options) else {
                continue;
            };
            let before = press.cpu();
            press.print(&job);
            whole.push(press.cpu().saturating_sub(before).as_secs_f64() * 1e3);
        }
    }
    if !whole.is_empty() {
        figure("fitted_resume_cpu_p50", quantile(&mut whole, 0.5));
        figure("fitted_resume_cpu_p99", quantile(&mut whole, 0.99));
    }
    figure("worker_memory", press.memory());
    drop(press);

    // As many as two children make.
    let began = Instant::now();
    let made: usize = std::thread::scope(|scope| {
        let rush = |offset: usize| {
            scope.spawn(move || {
                let mut press = Press::start();
                press.print(&page(offset, "ledger"));
                let mut made = 0;
                let clock = Instant::now();
                while clock.elapsed() < RUSH {
                    press.print(&page(offset + made + 1, "ledger"));
                    made += 1;
                }
                made
            })
        };
        let children = [rush(1_000_000), rush(2_000_000)];
        children
            .into_iter()
            .map(|child| child.join().unwrap())
            .sum()
    });
    figure(
        "pdfs_per_second",
        made as f64 / began.elapsed().as_secs_f64(),
    );
}
