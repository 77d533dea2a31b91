//! `llmployable tailor`: the whole job on files, in one process and its compiling child.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use backend::cache::Cache;
use backend::config::Config;
use backend::db::ledger::Budget;
use backend::desk::Desk;
use backend::pipeline::asking::Errand;
use backend::pipeline::{self, StageError, Wanted, model, press};
use backend::ports::fetch::Fetcher;
use backend::ports::models::Models;
use backend::ports::press::Press;
use backend::ports::reader::Reader;
use career::tongue::TONGUES;
use career::view::StageTime;
use career::{Posting, PostingUrl, Profile, Stage, Tongue};
use chrono::{TimeDelta, Utc};
use clap::{Args, ValueEnum};
use intake::PostingHint;
use typeset::PrintJob;
use uuid::Uuid;

use super::look::LookArgs;
use super::{Failure, say, warn};

/// Bytes of an input file at most.
const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;
/// Pixels to the inch of pictures.
const PICTURE_DPI: u16 = 144;
/// Time for all a model is asked.
const MODEL_LIMIT: TimeDelta = TimeDelta::minutes(3);

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
    #[command(flatten)]
    look: LookArgs,
    /// Writes why every line is there.
    #[arg(long, value_name = "FILE")]
    explain: Option<PathBuf>,
    /// Pages at most.
    #[arg(long, value_name = "1|2", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=2))]
    pages: u32,
    /// The language of headings and dates, and of lines where the evidence has them in several: a tag,
    /// for example de, or posting for the posting's where enough of the evidence is in it.
    #[arg(long, value_name = "TAG|posting", default_value_t, value_parser = tongue)]
    language: Tongue,
    /// Ask the configured language model for better words too; it costs what its provider charges.
    #[arg(long, conflicts_with = "baseline")]
    model: bool,
    /// The profile in source order instead of tailored, cut to the same pages: for comparison.
    #[arg(long, hide = true)]
    baseline: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    Pdf,
    Docx,
    Tex,
    Html,
    Md,
    Txt,
    Json,
    Svg,
    Png,
}

fn tongue(text: &str) -> Result<Tongue, String> {
    text.parse().map_err(|error| {
        let tags: Vec<&str> = TONGUES.iter().map(|(tag, _)| *tag).collect();
        format!("{error}; there are in {}", tags.join(", "))
    })
}

/// Does it and prints one line with pages, bytes and milliseconds.
pub fn run(arguments: &TailorArgs, config: Option<&Path>) -> Result<(), Failure> {
    let began = Instant::now();
    let desk = if arguments.model {
        Some(desk(config)?)
    } else {
        None
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::other(format!("The program could not start: {error}.")))?;
    let made = runtime.block_on(make(arguments, desk.as_ref()))?;
    write(&arguments.out, &made.bytes)?;
    if let (Some(path), Some(explanation)) = (&arguments.explain, &made.explanation) {
        write(path, explanation)?;
    }
    let asked = desk.map(|desk| {
        let (calls, cost) = desk.spent();
        let model = desk.model().unwrap_or_default().to_owned();
        let plural = if calls == 1 { "" } else { "s" };
        format!(", {calls} call{plural} to {model} ({cost})")
    });
    say(&format!(
        "{} page{}, {} bytes, {} ms{}",
        made.pages,
        if made.pages == 1 { "" } else { "s" },
        made.bytes.len(),
        began.elapsed().as_millis(),
        asked.unwrap_or_default()
    ));
    Ok(())
}

/// The configured model, asked without a ledger: there is no database here.
fn desk(config: Option<&Path>) -> Result<Desk, Failure> {
    let config = Config::load(config).map_err(|error| Failure::arguments(error.to_string()))?;
    let settings = config.model.ok_or_else(|| {
        Failure::arguments(
            "No language model is configured; set LLMPLOYABLE_MODEL_PROVIDER or leave out --model.",
        )
    })?;
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    let models = Models::new()
        .map_err(|_| Failure::other("The HTTP client could not be made; reinstall llmployable."))?;
    let model = models.open(Some(&settings));
    Ok(Desk::new(model, Cache::default(), None, Budget::default()))
}

struct Output {
    pages: u32,
    bytes: Vec<u8>,
    explanation: Option<Vec<u8>>,
}

async fn make(arguments: &TailorArgs, desk: Option<&Desk>) -> Result<Output, Failure> {
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
    let errand = desk.map(|desk| Errand {
        desk,
        owner: Uuid::nil(),
        run: None,
        deadline: Utc::now() + MODEL_LIMIT,
    });
    let mut analysis = tailor::analyze(&posting);
    if let Some(errand) = errand {
        (analysis, ..) = model::read(errand, &posting, analysis).await;
    }
    times.push(StageTime {
        name: Stage::Analyze,
        ms: ms(clock),
    });

    let clock = Instant::now();
    let wanted = Wanted {
        pages: arguments.pages,
        language: arguments.language.clone(),
    };
    let mut generated = pipeline::generate(&profile, &posting, &analysis, &wanted);
    if let Some(apart) = &generated.apart {
        warn(&app::notice_words(apart));
    }
    if arguments.baseline {
        let options = tailor::Options {
            page_budget: arguments.pages,
            language: Some(generated.draft.resume.language),
            today: pipeline::today(),
        };
        generated.draft = tailor::baseline(&profile, &options);
    }
    if let Some(errand) = errand {
        let draft = generated.draft;
        let why = (&analysis, generated.matches.as_slice());
        let improved = model::improve(errand, draft, &profile, &posting, why, None).await;
        generated.draft = improved.draft;
        generated.rejected = improved.rejected;
        if let Some(notice) = improved.notice {
            // The result is there all the same, in the evidence's own words.
            warn(&format!(
                "The language model did not help ({notice}): lines stand in the evidence's own words."
            ));
        }
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
    let catalog = arguments.look.catalog()?;
    let options = arguments.look.options(&catalog)?;
    let mut job = PrintJob::with(&catalog, &verified.draft, &profile.facts, options)
        .map_err(|error| Failure::stage(format!("Nothing can be printed: {error}.")))?;
    if let Some(photo) = arguments.look.photo()? {
        job = job.with_photo(photo);
    }
    if arguments.format == OutputFormat::Png {
        job = job.with_pictures(PICTURE_DPI);
    }
    let made = press::print_job(&press, &job, &verified.draft)
        .await
        .map_err(stage_failure)?;
    times.push(StageTime {
        name: Stage::Compile,
        ms: ms(clock),
    });

    let pages = made.printed.pages;
    let explanation = match &arguments.explain {
        Some(_) => {
            let mut explanation = tailor::explain(
                &made.resume,
                &profile,
                &posting,
                &analysis,
                &generated.matches,
                pages,
                times,
            );
            explanation.rejected = model::views(&generated.rejected, &made.resume, &profile);
            Some(to_json(&explanation)?)
        }
        None => None,
    };
    let bytes = file_of(arguments.format, &job, &made, &profile)?.concat();
    Ok(Output {
        pages,
        bytes,
        explanation,
    })
}

async fn scrape(arguments: &TailorArgs) -> Result<(Profile, Posting), Failure> {
    let sources = read_sources(&arguments.profiles).await?;
    let posting = read_job(&reader()?, &arguments.job).await?;
    let profile = tailor::join_evidence(sources, &posting, &arguments.language);
    Ok((profile, posting))
}

/// Reads evidence as one profile.
pub(super) async fn read_profiles(paths: &[PathBuf]) -> Result<Profile, Failure> {
    let joined = read_sources(paths)
        .await?
        .into_iter()
        .reduce(|mut whole, source| {
            whole.append(source);
            whole
        });
    Ok(joined.unwrap_or_default())
}

/// Reads evidence, each file as a profile of its own.
async fn read_sources(paths: &[PathBuf]) -> Result<Vec<Profile>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned();
        files.push((name, read_file(path)?));
    }
    let named: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let read = pipeline::read_sources(&reader()?, &named).await;
    let (sources, _notices) = read.map_err(stage_failure)?;
    let shows = |profile: &Profile| profile.has_content() || !profile.name.is_empty();
    if !sources.iter().any(shows) {
        return Err(Failure::input(
            "The profile holds nothing to make a résumé of; add work, education or skills.",
        ));
    }
    Ok(sources)
}

/// A document in a format; one file for each page where it is a picture.
pub(super) fn file_of(
    format: OutputFormat,
    job: &PrintJob,
    made: &press::Made,
    profile: &Profile,
) -> Result<Vec<Vec<u8>>, Failure> {
    let printed = &made.printed;
    let one = |bytes: Vec<u8>| Ok(vec![bytes]);
    match format {
        OutputFormat::Pdf => one(printed.pdf.clone()),
        OutputFormat::Svg => Ok(printed
            .svg_pages
            .iter()
            .map(|page| page.clone().into_bytes())
            .collect()),
        OutputFormat::Png => Ok(printed.png_pages.clone()),
        OutputFormat::Txt => one(typeset::plain_text(&made.document).into_bytes()),
        OutputFormat::Html => one(typeset::html(job, &made.document).into_bytes()),
        OutputFormat::Md => one(typeset::markdown(&made.document).into_bytes()),
        OutputFormat::Docx => one(typeset::docx(job, &made.document)
            .map_err(|error| Failure::stage(format!("{error}.")))?),
        OutputFormat::Json => one(to_json(&typeset::json_resume(&made.resume, profile))?),
        OutputFormat::Tex => one(typeset::tex(job, &made.document).into_bytes()),
    }
}

/// Reads files in a child process of this very program.
pub(super) fn reader() -> Result<Reader, Failure> {
    let missing = "The reading program was not found; reinstall llmployable.";
    Reader::new(1).map_err(|_| Failure::stage(missing))
}

async fn read_job(reader: &Reader, job: &str) -> Result<Posting, Failure> {
    if PostingUrl::looks_like(job) {
        let read = pipeline::read_posting(&Fetcher::new(false), reader, job).await;
        return Ok(read.map_err(stage_failure)?.posting);
    }
    let bytes = if job == "-" {
        read_stdin()?
    } else {
        read_file(Path::new(job))?
    };
    let read = pipeline::read_posting_bytes(reader, bytes, PostingHint::default()).await;
    Ok(read.map_err(stage_failure)?.posting)
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
