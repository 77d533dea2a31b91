//! `llmployable render` and `llmployable templates`: a whole profile, or a letter, on the page, without
//! tailoring and without a database.

use std::path::{Path, PathBuf};
use std::time::Instant;

use backend::pipeline::{self, press};
use backend::ports::press::Press;
use backend::ports::tex::Tex;
use career::Profile;
use clap::{Args, ValueEnum};
use typeset::PrintJob;

use super::letter;
use super::look::LookArgs;
use super::tailor::{OutputFormat, file_of, read_profiles, stage_failure, to_json, write};
use super::{Failure, say, warn};

/// Pages at most, where nobody says.
const PAGES: u32 = 10;

/// What to print and how.
#[derive(Args)]
pub struct RenderArgs {
    /// Evidence: PDF, DOCX, text, a LinkedIn export, JSON Resume, Reactive Resume, RenderCV or
    /// Europass; give it several times for several files.
    #[arg(long = "profile", value_name = "FILE", required = true, num_args = 1..)]
    profiles: Vec<PathBuf>,
    /// Where the result goes; its ending says what is made: pdf, docx, tex, html, md, txt, json, svg,
    /// png. Pictures of further pages are numbered: FILE-2.png.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A cover letter (a text file, see --help) to set instead of the résumé.
    #[arg(long, value_name = "FILE", long_help = letter::HELP)]
    letter: Option<PathBuf>,
    /// What to make, where the ending does not say.
    #[arg(long, value_enum)]
    format: Option<OutputFormat>,
    /// Pages at most: lines stand closer first, then the last give way. Default: as many as needed;
    /// one for a letter, of which nothing gives way.
    #[arg(long, value_name = "1-10", value_parser = clap::value_parser!(u32).range(1..=10))]
    pages: Option<u32>,
    /// Pixels to the inch of pictures.
    #[arg(long, value_name = "36-600", default_value_t = 144, value_parser = clap::value_parser!(u16).range(36..=600))]
    dpi: u16,
    /// Make the PDF through LaTeX, where it is installed here (tectonic, xelatex or pdflatex).
    #[arg(long)]
    latex: bool,
    /// Writes what a machine reads of the PDF, and what does not arrive, as JSON.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    #[command(flatten)]
    look: LookArgs,
}

/// What `templates` lists.
#[derive(Args)]
pub struct TemplatesArgs {
    /// A folder with templates of your own.
    #[arg(long, value_name = "FOLDER")]
    templates: Option<PathBuf>,
}

/// Lists the templates: one per line, its name and what it is for.
pub fn templates(arguments: &TemplatesArgs) -> Result<(), Failure> {
    let look = LookArgs::with_templates(arguments.templates.clone());
    for info in look.catalog()?.infos() {
        say(&format!(
            "{}\t{} ({})",
            info.name, info.purpose, info.summary
        ));
    }
    Ok(())
}

/// Does it and prints one line with pages, bytes and milliseconds.
pub fn run(arguments: &RenderArgs) -> Result<(), Failure> {
    let began = Instant::now();
    let format = match arguments.format {
        Some(format) => format,
        None => format_of(&arguments.out)?,
    };
    if arguments.letter.is_some() {
        letter::check(format)?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::other(format!("The program could not start: {error}.")))?;
    let Output { job, made, profile } = runtime.block_on(make(arguments, format))?;
    if arguments.latex {
        return through_latex(
            arguments,
            format,
            &runtime,
            &typeset::tex(&job, &made.document),
        );
    }
    let report = &made.printed.report;
    if let Some(asked) = &report.instead_of {
        warn(&format!(
            "The template {asked} cannot show all of this {}; it was made with {} instead.",
            match arguments.letter {
                Some(_) => "letter",
                None => "résumé",
            },
            report.template
        ));
    }
    for fault in &report.faults {
        warn(&format!(
            "Not everything arrives ({}): {}",
            fault.kind.as_str(),
            fault.text
        ));
    }
    if let Some(path) = &arguments.report {
        write(path, &to_json(report)?)?;
    }
    let mut bytes = 0;
    for (number, file) in (1..).zip(file_of(format, &job, &made, &profile)?) {
        bytes += file.len();
        write(&numbered(&arguments.out, number), &file)?;
    }
    let pages = made.printed.pages;
    let plural = if pages == 1 { "" } else { "s" };
    say(&format!(
        "{pages} page{plural}, {bytes} bytes, {} ms",
        began.elapsed().as_millis()
    ));
    Ok(())
}

/// The PDF by LaTeX; where there is none or it fails, its source.
fn through_latex(
    arguments: &RenderArgs,
    format: OutputFormat,
    runtime: &tokio::runtime::Runtime,
    source: &str,
) -> Result<(), Failure> {
    if format != OutputFormat::Pdf {
        return Err(Failure::arguments(
            "--latex makes a PDF; end --out in .pdf or leave --latex out.",
        ));
    }
    let began = Instant::now();
    match runtime.block_on(async { Tex::found().pdf(source).await }) {
        Ok(pdf) => {
            write(&arguments.out, &pdf)?;
            say(&format!(
                "{} bytes by LaTeX, {} ms",
                pdf.len(),
                began.elapsed().as_millis()
            ));
            Ok(())
        }
        Err(error) => {
            let kept = arguments.out.with_extension("tex");
            write(&kept, source.as_bytes())?;
            Err(Failure::stage(format!(
                "{error}; it is in {}.",
                kept.display()
            )))
        }
    }
}

struct Output {
    job: PrintJob,
    made: press::Made,
    profile: Profile,
}

async fn make(arguments: &RenderArgs, format: OutputFormat) -> Result<Output, Failure> {
    let catalog = arguments.look.catalog()?;
    let mut options = arguments.look.options(&catalog)?;
    let photo = arguments.look.photo()?;
    let letter = match &arguments.letter {
        Some(path) => Some(letter::read(path, options.headings.is_some())?),
        None => None,
    };
    // The child loads its fonts while we read.
    let press = Press::new(1).map_err(|_| {
        Failure::stage("The compiling program was not found; reinstall llmployable.")
    })?;
    press.warm_up();
    let profile = read_profiles(&arguments.profiles).await?;
    let pages = arguments.pages.unwrap_or(PAGES);
    let tailoring = tailor::Options {
        page_budget: pages,
        language: None,
        today: pipeline::today(),
    };
    let mut draft = tailor::baseline(&profile, &tailoring);
    draft.page_budget = pages;
    let draft = tailor::verify(draft, &profile)
        .map_err(|error| Failure::stage(format!("Nothing could be verified: {error}.")))?
        .draft;
    let mut job = match &letter {
        Some(letter) => {
            options.pages = arguments.pages;
            letter::job(&catalog, &draft, &profile, letter, options)?
        }
        None => PrintJob::with(&catalog, &draft, &profile.facts, options)
            .map_err(|error| Failure::input(format!("Nothing can be printed: {error}.")))?,
    };
    if let Some(photo) = photo {
        job = job.with_photo(photo);
    }
    if format != OutputFormat::Svg && arguments.report.is_none() {
        job = job.without_previews();
    }
    if format == OutputFormat::Png {
        job = job.with_pictures(arguments.dpi);
    }
    let made = press::print_job(&press, &job, &draft)
        .await
        .map_err(stage_failure)?;
    Ok(Output { job, made, profile })
}

fn format_of(path: &Path) -> Result<OutputFormat, Failure> {
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    OutputFormat::from_str(&ending, true).map_err(|_| {
        Failure::arguments(format!(
            "{} does not say what to make; end it in .pdf, .docx, .tex, .html, .md, .txt, .json, .svg or .png, or give --format.",
            path.display()
        ))
    })
}

/// The first file has the name given, the others a number behind it.
fn numbered(path: &Path, number: u32) -> PathBuf {
    if number == 1 {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = match path.extension() {
        Some(ending) => format!("{stem}-{number}.{}", ending.to_string_lossy()),
        None => format!("{stem}-{number}"),
    };
    path.with_file_name(name)
}
