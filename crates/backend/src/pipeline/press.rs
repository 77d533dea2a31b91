//! Compiling: a verified draft through the press, and the résumé that fitted.

use career::{Claim, Draft, Profile, Resume, Verified};
use typeset::{Catalog, Document, PrintJob, PrintOptions, Printed, TypesetError};

use super::StageError;
use crate::ports::press::{Press, PressError};

/// What came out of the press.
pub struct Made {
    /// The files and positions.
    pub printed: Printed,
    /// The résumé as it stands on the pages: the draft without what gave way.
    pub resume: Resume<Verified<Claim>>,
    /// The same as lines: what the other formats are made of.
    pub document: Document,
}

/// Describes the pages of a draft.
///
/// # Errors
/// `look_unknown` when template or font are not there; else when nothing or too much is to be printed.
pub fn job(
    catalog: &Catalog,
    draft: &Draft<Verified<Claim>>,
    profile: &Profile,
    look: PrintOptions,
) -> Result<PrintJob, StageError> {
    PrintJob::with(catalog, draft, &profile.facts, look).map_err(|error| refused(&error))
}

/// Prints a job that was made of the draft.
///
/// # Errors
/// When the draft cannot be printed or the press failed.
pub async fn print_job(
    press: &Press,
    job: &PrintJob,
    draft: &Draft<Verified<Claim>>,
) -> Result<Made, StageError> {
    let mut outcome = press.print(job).await;
    // A template of one's own may run without end or take all memory there is.
    if matches!(outcome, Err(PressError::TimedOut | PressError::Broken))
        && let Some(safe) = job.in_safe_layout()
    {
        outcome = press.print(&safe).await;
        if let Ok(printed) = &mut outcome {
            printed.report.instead_of = Some(job.options().template.clone());
        }
    }
    let printed = outcome.map_err(stopped)?;
    if !printed.missing.is_empty() {
        tracing::info!(
            count = printed.missing.len(),
            "characters without a letter shape"
        );
    }
    let resume = draft.resume.without(&draft.cut_order[..printed.cuts]);
    let document = job.document(printed.cuts);
    Ok(Made {
        printed,
        resume,
        document,
    })
}

fn stopped(error: PressError) -> StageError {
    match error {
        PressError::Refused(error) => refused(&error),
        PressError::TimedOut => StageError {
            code: "compile_timeout".into(),
            message: "Making the pages took too long and was stopped.".to_owned(),
            retry: false,
            input: false,
        },
        PressError::Broken => StageError::later(
            "compile_failed",
            "The program that makes the pages ended early.",
        ),
        PressError::NotStarted => StageError::later(
            "compile_failed",
            "The program that makes the pages did not start.",
        ),
    }
}

fn refused(error: &TypesetError) -> StageError {
    let code = match error {
        TypesetError::TooLong { .. }
        | TypesetError::TooMuch { .. }
        | TypesetError::LetterTooLong { .. } => "too_long",
        TypesetError::UnknownTemplate { .. }
        | TypesetError::UnknownFont { .. }
        | TypesetError::BadTemplate { .. } => "look_unknown",
        TypesetError::Empty
        | TypesetError::BadLetter { .. }
        | TypesetError::Unwritten { .. }
        | TypesetError::Compile { .. } => "compile_failed",
    };
    StageError {
        code: code.into(),
        message: format!("The pages could not be made: {error}."),
        retry: false,
        // Whoever wrote a letter can shorten it; of a résumé lines give way.
        input: matches!(
            error,
            TypesetError::LetterTooLong { .. } | TypesetError::BadLetter { .. }
        ),
    }
}
