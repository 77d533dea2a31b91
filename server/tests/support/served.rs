//! The program started as a server, for tests that speak with it.

#![allow(dead_code)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Starts it on a free port, with its data in that folder and those settings (environment), and gives it
/// with the address it prints.
pub fn serve(data: &Path, more: &[&str], settings: &[(&str, &str)]) -> (Child, String) {
    serve_with_log(data, more, settings, Stdio::inherit())
}

/// The same with its log, if the settings ask for one, going there.
pub fn serve_with_log(
    data: &Path,
    more: &[&str],
    settings: &[(&str, &str)],
    log: Stdio,
) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_llmployable"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .args(more)
        .env("LLMPLOYABLE_DATA_DIR", data)
        .env("LLMPLOYABLE_LOG_FILTER", "off")
        .envs(settings.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line.trim().rsplit(' ').next().unwrap().to_owned();
    assert!(address.starts_with("http://127.0.0.1:"), "{line:?}");
    (child, address)
}
