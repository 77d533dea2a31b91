//! `llmployable posting`: what a posting says and asks for, as JSON.

use std::path::{Path, PathBuf};

use backend::pipeline::{self, StageError};
use backend::ports::fetch::Fetcher;
use career::{Posting, PostingKind, PostingReport, PostingUrl};
use clap::Args;
use intake::PostingHint;

use super::tailor::{read_file, read_stdin, reader, stage_failure, to_json, write};
use super::{Failure, say};

/// What to read and where to write.
#[derive(Args)]
pub struct PostingArgs {
    /// The posting: a file (text, a web page, a board's JSON or XML), an address, or - for standard
    /// input.
    #[arg(value_name = "FILE|URL|-")]
    posting: String,
    /// Where the result goes; what is there is overwritten.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Reads it and prints one line with what it is.
pub fn run(arguments: &PostingArgs) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::other(format!("The program could not start: {error}.")))?;
    let report = runtime.block_on(read(&arguments.posting))?;
    write(&arguments.out, &to_json(&report)?)?;
    say(&line(&report));
    Ok(())
}

async fn read(given: &str) -> Result<PostingReport, Failure> {
    let reader = reader()?;
    if PostingUrl::looks_like(given) {
        let read = pipeline::read_posting(&Fetcher::new(false), &reader, given).await;
        return told(read, Some(given));
    }
    let bytes = if given == "-" {
        read_stdin()?
    } else {
        read_file(Path::new(given))?
    };
    let read = reader.posting(&bytes, PostingHint::default()).await;
    told(read.map_err(StageError::from), None)
}

/// What it is, when that has a name.
fn told(read: Result<Posting, StageError>, url: Option<&str>) -> Result<PostingReport, Failure> {
    match read {
        Ok(posting) => Ok(report(&posting)),
        Err(error) => match kind_of(&error) {
            Some(kind) => Ok(PostingReport::without_posting(kind, url.map(str::to_owned))),
            None => Err(stage_failure(error)),
        },
    }
}

fn report(posting: &Posting) -> PostingReport {
    let analysis = tailor::analyze(posting);
    PostingReport::job(posting, &analysis, pipeline::today())
}

/// What an address led to, when that has a name.
fn kind_of(error: &StageError) -> Option<PostingKind> {
    match error.code {
        "posting_gone" | "posting_closed" => Some(PostingKind::Closed),
        "posting_wall" => Some(PostingKind::Blocked),
        "posting_list" => Some(PostingKind::List),
        "posting_needs_script" => Some(PostingKind::NoText),
        _ => None,
    }
}

fn line(report: &PostingReport) -> String {
    if report.kind != PostingKind::Job {
        return report.kind.name().to_owned();
    }
    let mut line = format!(
        "job: {}",
        report.title.as_deref().unwrap_or("without a title")
    );
    if let Some(company) = &report.company {
        line = format!("{line}, {company}");
    }
    format!(
        "{line}; {} required, {} welcome, {} to do, {} hidden",
        report.requirements.len(),
        report.nice_to_have.len(),
        report.responsibilities.len(),
        report.hidden.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_bytes(bytes: &[u8]) -> Result<PostingReport, Failure> {
        let read = intake::read_posting(bytes, PostingHint::default());
        told(read.map_err(StageError::from), None)
    }

    #[test]
    fn a_page_is_told_as_what_it_is() {
        let page = b"<html><head><title>Baker - Crust Ltd</title></head><body><h1>Baker</h1><p>We bake bread for the whole town.</p><h3>What we need</h3><ul><li>Three years with rye</li></ul></body></html>";
        let report = from_bytes(page).unwrap_or_else(|failure| panic!("{}", failure.message));
        assert_eq!(report.kind, PostingKind::Job);
        assert_eq!(report.requirements, ["Three years with rye"]);
        assert_eq!(
            line(&report),
            "job: Baker, Crust Ltd; 1 required, 0 welcome, 0 to do, 0 hidden"
        );
        let wall = b"<html><head><title>Just a moment...</title></head><body></body></html>";
        let report = from_bytes(wall).unwrap_or_else(|failure| panic!("{}", failure.message));
        assert_eq!(line(&report), "blocked");
    }

    #[test]
    fn what_cannot_be_used_is_a_failure_of_the_input() {
        let failure = from_bytes(b"too short").err().map(|failure| failure.code);
        assert_eq!(failure, Some(3));
    }

    #[test]
    fn codes_of_addresses_have_kinds() {
        let error = |code| StageError::input(code, "");
        assert_eq!(kind_of(&error("posting_gone")), Some(PostingKind::Closed));
        assert_eq!(kind_of(&error("posting_wall")), Some(PostingKind::Blocked));
        assert_eq!(kind_of(&error("posting_unreachable")), None);
    }
}
