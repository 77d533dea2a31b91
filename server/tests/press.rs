//! The press with real child processes: one that hangs is killed, one that died is replaced, and
//! each sets limits on itself before it reads its first job.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../../crates/typeset/tests/common/mod.rs"]
mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use backend::pipeline::press::print_job;
use backend::ports::press::{Press, PressError};
use typeset::{Catalog, PrintJob, PrintOptions};

const REAL: &str = env!("CARGO_BIN_EXE_llmployable");

/// One test at a time: a program cannot be started while another thread's fork still holds the file
/// it was written to.
static ONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// A folder of the test's own, gone at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("press-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A program that notes its process id and then becomes `then`.
    fn program(&self, then: &str) -> PathBuf {
        let program = self.0.join("program");
        let pid = self.0.join("pid");
        let text = format!("#!/bin/sh\necho $$ > '{}'\n{then}\n", pid.display());
        fs::write(&program, text).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        program
    }

    fn pid(&self) -> String {
        let text = fs::read_to_string(self.0.join("pid")).unwrap();
        text.trim().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn job() -> PrintJob {
    let profile = common::fixture("new_grad_maya.json");
    let draft = common::draft_of(&profile, "en", 1);
    PrintJob::new(&draft, &profile.facts, PrintOptions::default()).unwrap()
}

fn lives(pid: &str) -> bool {
    let found = Command::new("kill").args(["-0", pid]).output().unwrap();
    found.status.success()
}

async fn gone(pid: &str) {
    tokio::time::timeout(Duration::from_secs(10), async {
        while lives(pid) {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the child is still there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_that_hangs_is_killed_when_its_time_is_over_and_the_next_job_gets_a_new_one() {
    let _alone = ONE.lock().await;
    let folder = Folder::new("hangs");
    let hang = folder.0.join("hang");
    fs::write(&hang, "").unwrap();
    let then = format!(
        "if [ -e '{}' ]; then exec sleep 1000; fi\nexec '{REAL}' \"$@\"",
        hang.display()
    );
    let press = Press::of(folder.program(&then), 1, Duration::from_secs(2));
    assert!(matches!(
        press.print(&job()).await,
        Err(PressError::TimedOut)
    ));
    gone(&folder.pid()).await;
    fs::remove_file(hang).unwrap();
    let patient = Press::of(folder.0.join("program"), 1, Duration::from_mins(1));
    assert_eq!(patient.print(&job()).await.unwrap().pages, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_job_takes_its_child_with_it() {
    let _alone = ONE.lock().await;
    let folder = Folder::new("cancelled");
    let press = Press::of(
        folder.program("exec sleep 1000"),
        1,
        Duration::from_mins(10),
    );
    let job = job();
    let mut printing = Box::pin(press.print(&job));
    let started = async {
        while !folder.0.join("pid").exists() || folder.pid().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = &mut printing => unreachable!("it sleeps"),
        () = started => {}
    }
    drop(printing);
    gone(&folder.pid()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warm_child_that_died_is_replaced_without_a_word() {
    let _alone = ONE.lock().await;
    let folder = Folder::new("died");
    let program = folder.program(&format!("exec '{REAL}' \"$@\""));
    let press = Press::of(program, 1, Duration::from_mins(1));
    let first = press.print(&job()).await.unwrap();
    let pid = folder.pid();
    assert!(
        Command::new("kill")
            .args(["-9", &pid])
            .status()
            .unwrap()
            .success()
    );
    let second = press.print(&job()).await.unwrap();
    assert_eq!(first.pdf, second.pdf);
    assert_ne!(folder.pid(), pid);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_child_limits_its_own_memory_processor_time_and_files() {
    let _alone = ONE.lock().await;
    let folder = Folder::new("limits");
    let program = folder.program(&format!("exec '{REAL}' \"$@\""));
    let press = Press::of(program, 1, Duration::from_mins(1));
    press.print(&job()).await.unwrap();
    let limits = fs::read_to_string(Path::new("/proc").join(folder.pid()).join("limits")).unwrap();
    let soft = |name: &str| {
        let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
        let value = line[name.len()..].split_whitespace().next().unwrap();
        value.parse::<u64>().unwrap()
    };
    assert!(soft("Max address space") <= 2 << 30, "{limits}");
    assert!(soft("Max cpu time") <= 600, "{limits}");
    assert_eq!(soft("Max core file size"), 0);
    assert_eq!(soft("Max file size"), 0);
    assert!(soft("Max open files") <= 32);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_without_end_or_measure_costs_nobody_else_a_page() {
    let _alone = ONE.lock().await;
    let folder = Folder::new("template");
    let program = folder.program(&format!("exec '{REAL}' \"$@\""));
    let press = Press::of(program, 1, Duration::from_secs(15));
    let manifest = include_str!("../../crates/typeset/templates/ledger/1/template.toml");
    let profile = common::fixture("new_grad_maya.json");
    let draft = common::draft_of(&profile, "en", 1);
    for (name, body) in [
        ("endless", "#for i in range(1000000000) { calc.sin(i) }"),
        (
            "exploding",
            "#let a = \"x\" * 1000\n#while true { a = a + a }",
        ),
        ("deep", "#let f(n) = f(n + 1)\n#f(0)"),
        ("many-pages", "#for i in range(3000) { pagebreak() }"),
    ] {
        let mut catalog = Catalog::built_in();
        let source = format!("#import \"library.typ\": *\n#show: setup\n{body}\n");
        catalog.add(name, 1, manifest, source).unwrap();
        let options = PrintOptions {
            template: name.to_owned(),
            ..PrintOptions::default()
        };
        let job = PrintJob::with(&catalog, &draft, &profile.facts, options).unwrap();
        let made = print_job(&press, &job, &draft).await;
        let report = made
            .unwrap_or_else(|error| panic!("{name}: {error:?}"))
            .printed
            .report;
        assert_eq!(report.instead_of.as_deref(), Some(name));
        assert_eq!(report.faults, Vec::new(), "{name}");
        assert_eq!(
            press.print(&self::job()).await.unwrap().pages,
            1,
            "after {name}"
        );
    }
}
