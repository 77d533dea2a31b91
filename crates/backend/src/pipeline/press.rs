//! Compiling: a verified draft through the press, and the résumé that fitted.

use career::{Claim, Draft, Profile, Resume, Verified};
use typeset::{Document, PrintJob, PrintOptions, Printed};

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

/// Prints a draft.
///
/// # Errors
/// When the draft cannot be printed or the press failed.
pub async fn print(
    press: &Press,
    draft: &Draft<Verified<Claim>>,
    profile: &Profile,
) -> Result<Made, StageError> {
    print_with(press, draft, profile, PrintOptions::default()).await
}

/// Prints a draft with other options than the usual ones.
///
/// # Errors
/// When the draft cannot be printed or the press failed.
pub async fn print_with(
    press: &Press,
    draft: &Draft<Verified<Claim>>,
    profile: &Profile,
    options: PrintOptions,
) -> Result<Made, StageError> {
    let job = PrintJob::new(draft, &profile.facts, options).map_err(|error| refused(&error))?;
    let printed = press.print(&job).await.map_err(|error| match error {
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
    })?;
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

fn refused(error: &typeset::TypesetError) -> StageError {
    let code = match error {
        typeset::TypesetError::TooLong { .. } | typeset::TypesetError::TooMuch { .. } => "too_long",
        _ => "compile_failed",
    };
    StageError {
        code: code.into(),
        message: format!("The pages could not be made: {error}."),
        retry: false,
        input: false,
    }
}
