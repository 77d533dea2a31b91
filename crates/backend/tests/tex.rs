//! LaTeX as a child process: what it may do, what ends it, and what is left of it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use backend::ports::tex::{Engine, Tex, TexError};
use tempfile::TempDir;

/// One test at a time: a program cannot be started while another thread's fork still holds the file
/// it was written to.
static ONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// An engine that notes its folder and process, then does that; the notes are in the first folder.
fn engine(then: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("xelatex");
    let notes = folder.path().display();
    let text = format!(
        "#!/bin/sh\npwd > '{notes}/folder'\necho $$ > '{notes}/pid'\nenv > '{notes}/env'\n\
         echo \"$@\" > '{notes}/arguments'\nulimit -f > '{notes}/blocks'\n{then}\n"
    );
    fs::write(&program, text).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    (folder, program)
}

fn tex(program: PathBuf, time_limit: Duration) -> Tex {
    let path = OsString::from("/usr/bin:/bin");
    Tex::of(Some((program, Engine::TexLive)), path, time_limit)
}

fn note(notes: &TempDir, name: &str) -> String {
    let text = fs::read_to_string(notes.path().join(name)).unwrap();
    text.trim().to_owned()
}

async fn noted(notes: &TempDir, name: &str) -> String {
    tokio::time::timeout(Duration::from_secs(20), async {
        loop {
            match fs::read_to_string(notes.path().join(name)) {
                Ok(text) if text.ends_with('\n') => return text.trim().to_owned(),
                _ => tokio::task::yield_now().await,
            }
        }
    })
    .await
    .expect("the engine was started")
}

async fn gone(pid: &str) {
    tokio::time::timeout(Duration::from_secs(20), async {
        loop {
            let found = Command::new("kill").args(["-0", pid]).output().unwrap();
            if !found.status.success() {
                return;
            }
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the process is still there");
}

async fn removed(folder: &str) {
    tokio::time::timeout(Duration::from_secs(20), async {
        while fs::exists(folder).unwrap() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the folder is still there");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_engine_gets_no_shell_no_environment_of_ours_and_a_folder_that_is_gone_afterwards() {
    let _alone = ONE.lock().await;
    let (notes, program) = engine("cat resume.tex > /dev/null && echo '%PDF-1.5' > resume.pdf");
    let tex = tex(program, Duration::from_mins(1));
    assert!(tex.pdf("source").await.unwrap().starts_with(b"%PDF-"));
    assert_eq!(
        note(&notes, "arguments"),
        "-no-shell-escape -interaction=nonstopmode -halt-on-error resume.tex"
    );
    let folder = note(&notes, "folder");
    let environment = note(&notes, "env");
    for wanted in [
        "openin_any=p".to_owned(),
        "openout_any=p".to_owned(),
        "shell_escape=f".to_owned(),
        format!("TEXMFOUTPUT={folder}"),
        format!("HOME={folder}"),
    ] {
        assert!(environment.lines().any(|line| line == wanted), "{wanted}");
    }
    assert!(!environment.contains("CARGO"));
    assert_ne!(note(&notes, "blocks"), "unlimited");
    assert!(!fs::exists(folder).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_without_end_is_killed_with_all_it_started() {
    let _alone = ONE.lock().await;
    let (notes, program) = engine(
        "sh -c 'while :; do :; done' &\necho $! > child\n\
        cp child \"$(dirname \"$0\")/child\"\nwait",
    );
    let tex = tex(program, Duration::from_secs(1));
    assert_eq!(tex.pdf("source").await, Err(TexError::TimedOut));
    gone(&note(&notes, "pid")).await;
    gone(&note(&notes, "child")).await;
    assert!(!fs::exists(note(&notes, "folder")).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_nobody_waits_for_is_killed_and_its_folder_goes() {
    let _alone = ONE.lock().await;
    let (notes, program) = engine("while :; do :; done");
    let tex = tex(program, Duration::from_mins(10));
    {
        let waiting = tex.pdf("source");
        tokio::pin!(waiting);
        tokio::select! {
            outcome = &mut waiting => panic!("{outcome:?}"),
            _ = noted(&notes, "blocks") => {}
        }
    }
    gone(&note(&notes, "pid")).await;
    removed(&note(&notes, "folder")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_without_end_a_failure_and_no_pdf_are_errors_that_name_the_way_out() {
    let _alone = ONE.lock().await;
    for (then, reason) in [
        ("cat /dev/zero > resume.pdf", None),
        ("exit 1", None),
        ("exit 0", None),
        ("echo no > resume.pdf", None),
        (
            "echo '! Package resume Error: No font here has the sign U+2603.' > resume.log; exit 1",
            Some("No font here has the sign U+2603".to_owned()),
        ),
        ("echo '! Undefined: Jane Doe' > resume.log; exit 1", None),
    ] {
        let (notes, program) = engine(then);
        let error = tex(program, Duration::from_mins(1))
            .pdf("source")
            .await
            .unwrap_err();
        assert!(error.to_string().contains("take the .tex file instead"));
        assert_eq!(error, TexError::Failed { reason }, "{then}");
        assert!(!fs::exists(note(&notes, "folder")).unwrap());
    }
}

#[tokio::test]
async fn where_no_latex_is_installed_the_error_says_so() {
    let tex = Tex::of(None, OsString::new(), Duration::from_mins(1));
    assert!(!tex.is_installed());
    let error = tex.pdf("source").await.unwrap_err();
    assert_eq!(error, TexError::NotInstalled);
    assert!(error.to_string().contains("no LaTeX is installed here"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_engine_of_this_machine_makes_a_pdf_and_reads_no_file_of_it() {
    let _alone = ONE.lock().await;
    let tex = Tex::found();
    if !tex.is_installed() {
        eprintln!("SKIPPED: no LaTeX is installed");
        return;
    }
    let page = |body: &str| {
        format!("\\documentclass{{article}}\\begin{{document}}{body}\\end{{document}}\n")
    };
    assert!(tex.pdf(&page("Hello")).await.unwrap().starts_with(b"%PDF-"));
    // Nothing of the kind is ever in a source of ours. Were it, this is what would happen.
    for body in [
        "\\input{/etc/passwd}",
        "\\newread\\f\\openin\\f=/etc/passwd \\ifeof\\f\\undefined\\fi",
        "\\newwrite\\f\\immediate\\openout\\f=/tmp/llmployable-was-here",
        "\\immediate\\write18{touch was-here}\\IfFileExists{was-here}{}{\\undefined}",
        "\\loop\\iftrue\\repeat",
    ] {
        let before = fs::exists("/tmp/llmployable-was-here.tex").unwrap();
        let tex = Tex::of(
            Some((engine_of_this_machine(), Engine::TexLive)),
            std::env::var_os("PATH").unwrap(),
            Duration::from_secs(10),
        );
        assert!(tex.pdf(&page(body)).await.is_err(), "{body}");
        assert!(!before && !fs::exists("/tmp/llmployable-was-here.tex").unwrap());
    }
}

fn engine_of_this_machine() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap();
    std::env::split_paths(&path)
        .flat_map(|folder| [folder.join("xelatex"), folder.join("pdflatex")])
        .find(|program| program.is_file())
        .expect("an engine of TeX Live")
}
