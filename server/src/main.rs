//! The program: reads its command and hands over. No rules of the product live here.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod cli;
mod http;
mod telemetry;

use std::process::ExitCode;

fn main() -> ExitCode {
    // The children that make pages and read files are this same program: they must begin before any
    // thread does.
    match std::env::args_os().nth(1) {
        Some(argument) if argument == cli::PRESS_COMMAND => cli::press(),
        Some(argument) if argument == cli::READ_COMMAND => cli::reader(),
        _ => cli::run(),
    }
}
