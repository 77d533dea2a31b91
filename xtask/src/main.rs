//! The one program this tree is set up, run, checked and measured with: `cargo xtask help`.
// What this program has to say, it says on the terminal.
#![allow(clippy::print_stdout, clippy::print_stderr)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod bench;
mod build;
mod doctor;
mod fuzz;
mod generate;
mod lint;
mod postgres;
mod project;
mod run;
mod setup;
mod sh;
mod sqlx;
mod test;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use project::Project;

/// Sets up, runs, checks and measures this project.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Installs what is missing, builds everything and serves it
    Run {
        /// Optimised, which is what happens without it too
        #[arg(long, conflicts_with = "watch")]
        release: bool,
        /// Builds for development, and again whenever a source file changes
        #[arg(long)]
        watch: bool,
        /// Arguments for the server
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Makes fictional profiles and postings, the same ones for the same seed
    Gen {
        /// Where to
        #[arg(long, default_value = "target/generated")]
        out: PathBuf,
        /// How many of each
        #[arg(long, default_value_t = 100)]
        count: usize,
        /// Another seed, other inputs
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Runs every check there is, or one part of them
    Test {
        /// The part to run; may be given more than once
        #[arg(long, value_enum)]
        only: Vec<test::Part>,
    },
    /// Checks format, lints, dependencies and the rules of the architecture
    Lint,
    /// Records what the database says about the queries, so that a build needs no database
    Sqlx {
        /// Records nothing, and fails when the recorded data is out of date
        #[arg(long)]
        check: bool,
    },
    /// Measures, and fails when a goal is missed
    Bench {
        /// Which measurement
        name: String,
        /// Inputs to measure on, with a truth file beside each
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Gives the readers inputs that nobody would write, and stops when one is brought down
    Fuzz(fuzz::Options),
    /// Says which tools are there, which are missing, and how each would be installed
    Doctor,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = Project::find().and_then(|project| match cli.task {
        Task::Run {
            watch: true, args, ..
        } => watch::watch(&project, &args),
        Task::Run { args, .. } => run::run(&project, &args),
        Task::Gen { out, count, seed } => generate::generate(&out, count, seed),
        Task::Test { only } => test::test(&project, &only),
        Task::Lint => lint::lint(&project),
        Task::Sqlx { check } => sqlx::record(&project, check),
        Task::Bench { name, data } => bench::bench(&project, &name, data.as_deref()),
        Task::Fuzz(options) => fuzz::fuzz(&project, &options),
        Task::Doctor => doctor::doctor(&project),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("✗ {error}");
            ExitCode::FAILURE
        }
    }
}
