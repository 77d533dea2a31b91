//! The server's half of forms in a person's own words.

use backend::evidence::own;
use career::SectionKind;
use career::own::{SECTIONS, Typed};
use career::view::{Attempt, InterviewView, WriteView};
use uuid::Uuid;

use super::{answer as answered, context, found, is_form_post};
use crate::errors::AppError;

fn section_of(name: &str) -> Option<SectionKind> {
    let mut all = SECTIONS.into_iter().chain([SectionKind::Head]);
    all.find(|section| section.as_str() == name)
}

fn not_found() -> AppError {
    AppError::new("not_found", None, 404)
}

/// What was typed when the attempt of that id was refused.
async fn attempt_of(id: &str) -> Option<Attempt> {
    let id = Uuid::parse_str(id).ok()?;
    backend::attempt::get(&context(), id).await
}

/// A block to be written.
pub async fn written(
    id: &str,
    section: &str,
    attempt: &str,
) -> Result<Option<WriteView>, AppError> {
    let Some(section) = section_of(section) else {
        return found(Ok(None));
    };
    let id = if id.is_empty() {
        None
    } else if let Ok(id) = Uuid::parse_str(id) {
        Some(id)
    } else {
        return found(Ok(None));
    };
    let mut block = found(own::written(&context(), id, section).await)?;
    if let (Some(block), Some(attempt)) = (&mut block, attempt_of(attempt).await) {
        block.typed = attempt.typed;
        block.problem = Some((attempt.problem, attempt.field));
    }
    Ok(block)
}

/// Keeps a block. Where no script runs, a refused form is shown again with what was typed.
pub async fn write(id: &str, section: &str, then: &str, typed: Typed) -> Result<(), AppError> {
    let kind = section_of(section).ok_or_else(not_found)?;
    let block = match id {
        "" => None,
        id => Some(Uuid::parse_str(id).map_err(|_| not_found())?),
    };
    let outcome = answered(own::write(&context(), block, kind, &typed).await);
    let (done, rest) = if then == "interview" {
        ("/evidence/interview", "&then=interview")
    } else {
        ("/evidence", "")
    };
    let form = match block {
        Some(id) => format!("/evidence/write/{id}?section={section}{rest}"),
        None => format!("/evidence/write?section={section}{rest}"),
    };
    ended(outcome, done, &form, typed).await
}

/// Where the interview stands.
pub async fn interview(attempt: &str) -> Result<InterviewView, AppError> {
    let mut state = answered(own::interview(&context()).await)?;
    if let Some(attempt) = attempt_of(attempt).await {
        state.typed = attempt.typed;
        state.problem = Some((attempt.problem, attempt.field));
    }
    Ok(state)
}

/// Takes an answer.
pub async fn answer(question: &str, skip: bool, typed: Typed) -> Result<(), AppError> {
    let outcome = answered(own::answer(&context(), question, skip, &typed).await);
    let page = "/evidence/interview";
    ended(outcome, page, &format!("{page}?"), typed).await
}

async fn ended(
    outcome: Result<(), AppError>,
    done: &str,
    form: &str,
    typed: Typed,
) -> Result<(), AppError> {
    if !is_form_post() {
        return outcome;
    }
    let path = match outcome {
        Ok(()) => done.to_owned(),
        Err(error) => {
            let attempt = Attempt {
                problem: error.code,
                field: error.field,
                typed,
                ..Attempt::default()
            };
            let id = backend::attempt::keep(&context(), attempt).await;
            format!("{form}&attempt={id}")
        }
    };
    leptos_axum::redirect(&path);
    Ok(())
}
