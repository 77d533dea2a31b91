//! Letters as the command line takes them: a text file, and what makes a job of it.

use std::path::Path;

use career::{Claim, Draft, Profile, Verified};
use typeset::{Catalog, Letter, PrintJob, PrintOptions};

use super::Failure;
use super::tailor::{OutputFormat, read_file};

/// What `--help` says of the file.
pub const HELP: &str =
    "A cover letter to set instead of the résumé, below the same head: one page, \
where --pages does not allow more; nothing of it is cut, and it shows no photo

The file is UTF-8 text. It may begin with keys as in an e-mail, and an empty line behind them; an
indented line goes on with the key above it:

  To: Ms Erika Muster
      Muster AG
      Hauptstraße 1, 8001 Zürich
  Date: 2026-11-28          (written as --dates and the language want it; anything else as it is)
  Subject: Engineer, reference 114
  Enclosures: Curriculum vitae
      Certificates
  Language: en              (default: --headings, else what the text is written in)

Then paragraphs with empty lines between them: the greeting, what the letter says, and the closing
(\"Kind regards,\") in one row. The profile's name signs, or the name in a row below the closing.";

/// Reads a letter. A language that it does not name is told by its words, where nobody asks for
/// another.
pub fn read(path: &Path, headings: bool) -> Result<Letter, Failure> {
    let bytes = read_file(path)?;
    let mut letter = Letter::parse(&bytes)
        .map_err(|error| Failure::input(format!("{}, {error}.", path.display())))?;
    if letter.language.is_none() && !headings {
        let language = tailor::language_of(&letter.paragraphs.join("\n"));
        letter.language = language.map(str::to_owned);
    }
    Ok(letter)
}

/// Refuses a format in which there are no letters.
pub fn check(format: OutputFormat) -> Result<(), Failure> {
    if format == OutputFormat::Json {
        return Err(Failure::arguments(
            "JSON Resume holds no letters; end --out in .pdf, .docx, .tex, .html, .md, .txt, .svg or .png.",
        ));
    }
    Ok(())
}

/// What is to be printed.
pub fn job(
    catalog: &Catalog,
    draft: &Draft<Verified<Claim>>,
    profile: &Profile,
    letter: &Letter,
    options: PrintOptions,
) -> Result<PrintJob, Failure> {
    PrintJob::letter(catalog, draft, &profile.facts, letter, options)
        .map_err(|error| Failure::input(format!("Nothing can be printed: {error}.")))
}
