//! The program: reads its command and hands over. No rules of the product live here.

// Its command line speaks on standard output and error; everything else logs.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod cli;
mod http;
mod telemetry;

use std::process::ExitCode;

fn main() -> ExitCode {
    // The child that makes pages is this same program: it must begin before any thread does.
    if std::env::args_os().nth(1).is_some_and(|argument| argument == cli::PRESS_COMMAND) {
        return cli::press();
    }
    cli::run()
}
