//! The program: reads its command and hands over. No rules of the product live here.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod cli;
mod http;
mod telemetry;

use std::process::ExitCode;

fn main() -> ExitCode {
    // The child that makes pages is this same program: it must begin before any thread does.
    if std::env::args_os()
        .nth(1)
        .is_some_and(|argument| argument == cli::PRESS_COMMAND)
    {
        return cli::press();
    }
    cli::run()
}
