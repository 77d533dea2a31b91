//! `llmployable tailor`: the whole job on files, in one process and its compiling child.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use backend::pipeline::{self, StageError, press};
use backend::ports::fetch::Fetcher;
use backend::ports::press::Press;
use backend::ports::reader::Reader;
use career::view::StageTime;
use career::{Posting, PostingUrl, Stage};
use clap::{Args, ValueEnum};
use intake::PostingHint;

use super::{Failure, say};

/// Bytes of an input file at most.
const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// What to make of what.
#[derive(Args)]
pub struct TailorArgs {
    /// Evidence: PDF, DOCX, text, a LinkedIn export, JSON Resume, Reactive Resume, RenderCV or
    /// Europass; give it several times for several files.
    #[arg(long = "profile", value_name = "FILE", required = true, num_args = 1..)]
    profiles: Vec<PathBuf>,
    /// The posting: a file (text or HTML), an address, or - for standard input.
    #[arg(long, value_name = "FILE|URL|-")]
    job: String,
    /// Where the result goes; what is there is overwritten.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// What to make.
    #[arg(long, value_enum, default_value = "pdf")]
    format: OutputFormat,
    /// Which template.
    #[arg(long, value_name = "NAME")]
    template: Option<String>,
    /// Writes why every line is there.
    #[arg(long, value_name = "FILE")]
    explain: Option<PathBuf>,
    /// Pages at most.
    #[arg(long, value_name = "1|2", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=2))]
    pages: u32,
    /// The profile in source order instead of tailored, cut to the same pages: for comparison.
    #[arg(long, hide = true)]
    baseline: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    Pdf,
    Svg,
    Txt,
    Json,
    Tex,
    Docx,
    Html,
    Md,
}

/// Does it and prints one line with pages, bytes and milliseconds.
pub fn run(arguments: &TailorArgs) -> Result<(), Failure> {
    let began = Instant::now();
    if matches!(
        arguments.format,
        OutputFormat::Tex | OutputFormat::Docx | OutputFormat::Html | OutputFormat::Md
    ) {
        return Err(Failure::arguments(
            "That format is not yet available; use --format pdf, svg, txt or json.",
        ));
    }
    if let Some(name) = &arguments.template {
        check_template(name)?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::other(format!("The program could not start: {error}.")))?;
    let made = runtime.block_on(make(arguments))?;
    write(&arguments.out, &made.bytes)?;
    if let (Some(path), Some(explanation)) = (&arguments.explain, &made.explanation) {
        write(path, explanation)?;
    }
    say(&format!(
        "{} page{}, {} bytes, {} ms",
        made.pages,
        if made.pages == 1 { "" } else { "s" },
        made.bytes.len(),
        began.elapsed().as_millis()
    ));
    Ok(())
}

struct Output {
    pages: u32,
    bytes: Vec<u8>,
    explanation: Option<Vec<u8>>,
}

async fn make(arguments: &TailorArgs) -> Result<Output, Failure> {
    let mut times = Vec::new();
    // The child loads its fonts while we read.
    let press = Press::new(1).map_err(|_| {
        Failure::stage("The compiling program was not found; reinstall llmployable.")
    })?;
    press.warm_up();

    let clock = Instant::now();
    let (profile, posting) = scrape(arguments).await?;
    times.push(StageTime {
        name: Stage::Scrape,
        ms: ms(clock),
    });

    let clock = Instant::now();
    let analysis = tailor::analyze(&posting);
    times.push(StageTime {
        name: Stage::Analyze,
        ms: ms(clock),
    });

    let clock = Instant::now();
    let mut generated = pipeline::generate(&profile, &analysis, arguments.pages);
    if arguments.baseline {
        let options = tailor::Options {
            page_budget: arguments.pages,
            language: None,
            today: pipeline::today(),
        };
        generated.draft = tailor::baseline(&profile, &options);
    }
    times.push(StageTime {
        name: Stage::Generate,
        ms: ms(clock),
    });

    let clock = Instant::now();
    let verified = tailor::verify(generated.draft, &profile)
        .map_err(|error| Failure::stage(format!("Nothing could be verified: {error}.")))?;
    times.push(StageTime {
        name: Stage::Verify,
        ms: ms(clock),
    });

    let clock = Instant::now();
    let mut options = typeset::PrintOptions::default();
    if let Some(name) = &arguments.template {
        options.template.clone_from(name);
    }
    let made = press::print_with(&press, &verified.draft, &profile, options)
        .await
        .map_err(stage_failure)?;
    times.push(StageTime {
        name: Stage::Compile,
        ms: ms(clock),
    });

    let pages = made.printed.pages;
    let explanation = match &arguments.explain {
        Some(_) => {
            let explanation = tailor::explain(
                &made.resume,
                &profile,
                &posting,
                &analysis,
                &generated.matches,
                pages,
                times,
            );
            Some(to_json(&explanation)?)
        }
        None => None,
    };
    let bytes = match arguments.format {
        OutputFormat::Svg => made.printed.svg_pages.concat().into_bytes(),
        OutputFormat::Txt => typeset::plain_text(&made.resume).into_bytes(),
        OutputFormat::Json => to_json(&typeset::json_resume(&made.resume, &profile))?,
        _ => made.printed.pdf,
    };
    Ok(Output {
        pages,
        bytes,
        explanation,
    })
}

async fn scrape(arguments: &TailorArgs) -> Result<(career::Profile, Posting), Failure> {
    let mut files = Vec::new();
    for path in &arguments.profiles {
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned();
        files.push((name, read_file(path)?));
    }
    let reader = reader()?;
    let named: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let read = pipeline::read_evidence(&reader, &named).await;
    let (profile, _notices) = read.map_err(stage_failure)?;
    if !profile.has_content() && profile.name.is_empty() {
        return Err(Failure::input(
            "The profile holds nothing to make a résumé of; add work, education or skills.",
        ));
    }
    Ok((profile, read_job(&reader, &arguments.job).await?))
}

async fn read_job(reader: &Reader, job: &str) -> Result<Posting, Failure> {
    if PostingUrl::looks_like(job) {
        return pipeline::read_posting(&Fetcher::new(false), reader, job)
            .await
            .map_err(stage_failure);
    }
    let bytes = if job == "-" {
        read_stdin()?
    } else {
        read_file(Path::new(job))?
    };
    let posting = reader.posting(&bytes, PostingHint::default()).await;
    posting.map_err(|error| stage_failure(error.into()))
}

/// What reads files of strangers, in a child.
pub(super) fn reader() -> Result<Reader, Failure> {
    Reader::new(1)
        .map_err(|_| Failure::stage("The reading program was not found; reinstall llmployable."))
}

pub(super) fn read_stdin() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = std::io::stdin()
        .lock()
        .take(MAX_FILE_BYTES)
        .read_to_end(&mut bytes);
    read.map_err(|error| Failure::input(format!("Standard input cannot be read: {error}.")))?;
    Ok(bytes)
}

pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let refuse = |reason: String| {
        Failure::input(format!(
            "{} cannot be read: {reason}; check the path.",
            path.display()
        ))
    };
    let data = std::fs::metadata(path).map_err(|error| refuse(error.kind().to_string()))?;
    if data.is_dir() {
        return Err(refuse("it is a folder".to_owned()));
    }
    if data.len() > MAX_FILE_BYTES {
        return Err(refuse(format!(
            "it is larger than {} MiB",
            MAX_FILE_BYTES >> 20
        )));
    }
    std::fs::read(path).map_err(|error| refuse(error.kind().to_string()))
}

/// Writes beside the target first: what was there stays whole until the new file is.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let refuse = |reason: std::io::Error| {
        Failure::arguments(format!(
            "{} cannot be written: {}; choose another place.",
            path.display(),
            reason.kind()
        ))
    };
    // Devices and pipes cannot be replaced by renaming.
    if path.exists() && !path.is_file() {
        return std::fs::write(path, bytes).map_err(refuse);
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, path));
    if written.is_err() {
        // The half file is ours to clear away; the first error is the one to tell.
        let _cleared = std::fs::remove_file(&part);
    }
    written.map_err(refuse)
}

fn check_template(name: &str) -> Result<(), Failure> {
    let templates = typeset::templates();
    if templates.iter().any(|template| template.name == name) {
        return Ok(());
    }
    let names: Vec<&str> = templates.iter().map(|template| template.name).collect();
    Err(Failure::arguments(format!(
        "There is no template {name:?}; there is {}.",
        names.join(", ")
    )))
}

pub(super) fn to_json<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec_pretty(value).map_err(|error| {
        Failure::stage(format!("The result could not be written as JSON: {error}."))
    })
}

pub(super) fn stage_failure(error: StageError) -> Failure {
    if error.input {
        Failure::input(error.message)
    } else {
        Failure::stage(error.message)
    }
}

fn ms(clock: Instant) -> f64 {
    clock.elapsed().as_secs_f64() * 1000.0
}
