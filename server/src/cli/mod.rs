//! The command line: `serve`, `worker`, `tailor`, `render`, `templates`, `import`, `posting`, `verify`, `migrate`, `doctor`.
//!
//! Exit codes: 0 done, 2 unusable arguments, 3 unusable input, 4 a stage failed, 1 anything else.
//! Failures are one plain sentence on standard error that says what to do.

mod doctor;
mod import;
mod letter;
mod look;
mod posting;
mod render;
mod serve;
mod tailor;
mod verify;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use backend::config::Config;
use clap::{Args, Parser, Subcommand};

/// The hidden command of the child that makes pages.
pub const PRESS_COMMAND: &str = backend::ports::press::COMMAND;
/// The hidden command of the child that reads files.
pub const READ_COMMAND: &str = backend::ports::reader::COMMAND;

#[derive(Parser)]
#[command(
    name = "llmployable",
    version,
    about = "Tailored résumés in which every line is backed by evidence.",
    arg_required_else_help = false
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: ServeArgs,
    /// Configuration file (default: llmployable.toml in the current folder, when it is there).
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the app and work on runs (the default).
    Serve(ServeArgs),
    /// Work on runs only, for a machine beside the one that serves.
    Worker,
    /// Tailor a résumé from files, without a database.
    Tailor(tailor::TailorArgs),
    /// Print a whole profile, or a letter, with a template, without tailoring and without a database.
    Render(render::RenderArgs),
    /// List the templates: one per line, its name and what it is for.
    Templates(render::TemplatesArgs),
    /// Read evidence and write it as one JSON Resume, with every fact and its place.
    Import(import::ImportArgs),
    /// Read a posting and write what it says and asks for as JSON.
    Posting(posting::PostingArgs),
    /// Say for each reworded line whether the evidence it cites says so.
    Verify(verify::VerifyArgs),
    /// Make every kept answer of the language model a stranger: the next runs ask anew.
    ForgetAnswers,
    /// Bring the database up to this version and end.
    Migrate,
    /// Say what is found, missing and wrong.
    Doctor,
}

/// How to serve.
#[derive(Args, Clone, Default)]
pub struct ServeArgs {
    /// Address and port, instead of the configured one.
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<std::net::SocketAddr>,
    /// Serve without taking jobs; `llmployable worker` takes them.
    #[arg(long)]
    no_worker: bool,
    /// Listen beyond this machine although there are no accounts yet: everyone who reaches the
    /// address reads and changes everything.
    #[arg(long)]
    anyone_who_reaches_it_may_read_everything: bool,
}

/// A failure as the command line tells it.
pub struct Failure {
    /// The exit code.
    pub code: u8,
    /// One plain sentence that says what to do.
    pub message: String,
}

impl Failure {
    /// Unusable arguments.
    pub fn arguments(message: impl Into<String>) -> Self {
        Self {
            code: 2,
            message: message.into(),
        }
    }

    /// Unusable input.
    pub fn input(message: impl Into<String>) -> Self {
        Self {
            code: 3,
            message: message.into(),
        }
    }

    /// A stage failed.
    pub fn stage(message: impl Into<String>) -> Self {
        Self {
            code: 4,
            message: message.into(),
        }
    }

    /// Anything else.
    pub fn other(message: impl Into<String>) -> Self {
        Self {
            code: 1,
            message: message.into(),
        }
    }
}

/// Reads the arguments and does what they ask.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if !error.use_stderr() => {
            // Help and version go to standard output and are no failure.
            return if error.print().is_ok() {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(1)
            };
        }
        Err(error) => {
            // The first line says what is wrong; usage follows on request.
            let text = error.to_string();
            let line = text.lines().next().unwrap_or("unusable arguments");
            return tell(&Failure::arguments(format!(
                "{}. See llmployable --help.",
                line.trim_start_matches("error: ").trim_end_matches('.')
            )));
        }
    };
    let outcome = match cli.command {
        Some(Command::Tailor(arguments)) => tailor::run(&arguments, cli.config.as_deref()),
        Some(Command::Render(arguments)) => render::run(&arguments),
        Some(Command::Templates(arguments)) => render::templates(&arguments),
        Some(Command::Import(arguments)) => import::run(&arguments, cli.config.as_deref()),
        Some(Command::Posting(arguments)) => posting::run(&arguments),
        Some(Command::Verify(arguments)) => verify::run(&arguments),
        Some(Command::Doctor) => doctor::run(cli.config.as_deref()),
        Some(Command::Serve(arguments)) => {
            with_config(cli.config, |config| serve::serve(config, arguments))
        }
        None => with_config(cli.config, |config| serve::serve(config, cli.serve)),
        Some(Command::Worker) => with_config(cli.config, serve::worker),
        Some(Command::Migrate) => with_config(cli.config, serve::migrate),
        Some(Command::ForgetAnswers) => with_config(cli.config, serve::forget_answers),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => tell(&failure),
    }
}

/// The child that makes pages: reads jobs from standard input until it ends.
pub fn press() -> ExitCode {
    backend::ports::press::limit_ourselves();
    match typeset::worker::run(&mut std::io::stdin().lock(), &mut std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(1),
    }
}

/// The child that reads files: reads jobs from standard input until it ends.
pub fn reader() -> ExitCode {
    match backend::ports::reader::run(std::io::stdin().lock(), std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(1),
    }
}

fn with_config(
    file: Option<PathBuf>,
    then: impl FnOnce(Config) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let config =
        Config::load(file.as_deref()).map_err(|error| Failure::arguments(error.to_string()))?;
    crate::telemetry::start(&config);
    then(config)
}

fn tell(failure: &Failure) -> ExitCode {
    // Nobody may be reading any more; the exit code still says it.
    let _unread = writeln!(std::io::stderr(), "{}", failure.message);
    ExitCode::from(failure.code)
}

/// Prints a line on standard error, for something that did not keep the result from being made.
fn warn(line: &str) {
    let _unread = writeln!(std::io::stderr(), "{line}");
}

/// Prints a line on standard output. Whoever closed the other end of it has read enough.
fn say(line: &str) {
    let _unread = writeln!(std::io::stdout(), "{line}");
}
