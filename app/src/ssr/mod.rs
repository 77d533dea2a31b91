//! The server's half: from requests to use cases and from their outcomes to answers.

pub mod github;
pub mod own;
pub mod own_key;
pub mod photo;

use axum::http::{HeaderValue, Method, StatusCode, header, request::Parts};
use backend::evidence::Decision;
use backend::run::{SubmitInput, UploadedFile};
use career::view::Attempt;
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use server_fn::codec::MultipartData;
use uuid::Uuid;

use crate::errors::AppError;

/// Who asks, and what the use cases work with.
pub fn context() -> backend::Context {
    expect_context::<backend::Context>()
}

/// A use case's outcome as the browser gets it.
pub fn answer<T>(outcome: Result<T, backend::Error>) -> Result<T, AppError> {
    outcome.map_err(|error| {
        error.log();
        refuse(AppError::new(&error.told(), error.field(), error.status()))
    })
}

/// The same where what was asked for may not exist.
pub fn found<T>(outcome: Result<Option<T>, backend::Error>) -> Result<Option<T>, AppError> {
    let found = answer(outcome)?;
    if found.is_none() {
        set_status(StatusCode::NOT_FOUND);
    }
    Ok(found)
}

/// The same for a command whose form, without a script, ends on the page at `path`. That page
/// shows how things stand, so a refusal needs no words of its own there.
pub fn done<T: Default>(outcome: Result<T, backend::Error>, path: &str) -> Result<T, AppError> {
    let outcome = answer(outcome);
    if is_form_post() {
        leptos_axum::redirect(path);
        return Ok(T::default());
    }
    outcome
}

/// Takes the start form, begins a run and says where to go. Where no script runs, a refused form
/// is kept and shown again with what was typed.
pub async fn submit(data: MultipartData) -> Result<String, AppError> {
    let mut input = SubmitInput {
        pages: 1,
        ..SubmitInput::default()
    };
    let read = read_form(data, &mut input).await;
    let mut attempt = Attempt {
        posting: input.posting.clone(),
        github: input.github.clone().unwrap_or_default(),
        pages: input.pages,
        language: input.language.clone(),
        sources: input.sources.clone(),
        sample: input.sample,
        ..Attempt::default()
    };
    let outcome = match read {
        Ok(()) => answer(backend::run::submit(&context(), input).await),
        Err(error) => Err(refuse(error)),
    };
    let path = match outcome {
        Ok(id) => format!("/runs/{id}"),
        Err(error) if is_form_post() => {
            attempt.problem = error.code;
            attempt.field = error.field;
            format!(
                "/?attempt={}",
                backend::attempt::keep(&context(), attempt).await
            )
        }
        Err(error) => return Err(error),
    };
    if is_form_post() {
        leptos_axum::redirect(&path);
    }
    Ok(path)
}

/// Notes a decision; the form of a browser without a script ends on the evidence page.
pub async fn decide(
    kind: String,
    entry: String,
    other: String,
    field: String,
    fact: String,
    start: u32,
    end: u32,
) -> Result<(), AppError> {
    let decision = Decision {
        kind,
        entry,
        other,
        field,
        fact,
        start,
        end,
    };
    let outcome = backend::evidence::decide(&context(), &decision).await;
    done(outcome.map(drop), "/evidence")
}

/// Takes the evidence page's files. Where no script runs, the page says how it went.
pub async fn add_evidence(data: MultipartData) -> Result<Vec<Uuid>, AppError> {
    let mut input = SubmitInput::default();
    let outcome = match read_form(data, &mut input).await {
        Ok(()) => answer(backend::evidence::add(&context(), input.files).await),
        Err(error) => Err(refuse(error)),
    };
    if is_form_post() {
        let path = match &outcome {
            Ok(ids) => match ids.as_slice() {
                [one] => format!("/evidence/{one}"),
                _ => "/evidence".to_owned(),
            },
            Err(error) => format!("/evidence?refused={}", error.code),
        };
        leptos_axum::redirect(&path);
        return Ok(outcome.unwrap_or_default());
    }
    outcome
}

async fn read_form(data: MultipartData, input: &mut SubmitInput) -> Result<(), AppError> {
    // The one thing that breaks a form half way and is worth a word: the server's size limit.
    let too_large = |_| AppError::new("evidence_too_large", Some("evidence"), 413);
    let Some(mut form) = data.into_inner() else {
        return Ok(());
    };
    while let Some(field) = form.next_field().await.map_err(too_large)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "evidence" {
            let file = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(too_large)?.to_vec();
            // A form without chosen files sends one part without name and content.
            if !file.is_empty() || !bytes.is_empty() {
                input.files.push(UploadedFile { name: file, bytes });
            }
            continue;
        }
        if name == "posting_file" {
            let file = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(too_large)?.to_vec();
            input.posting_file = (!bytes.is_empty()).then_some(UploadedFile { name: file, bytes });
            continue;
        }
        let text = field.text().await.map_err(too_large)?;
        match name.as_str() {
            "posting" => input.posting = text.replace("\r\n", "\n"),
            "github" => input.github = Some(text.trim().to_owned()).filter(|name| !name.is_empty()),
            "pages" => input.pages = if text == "2" { 2 } else { 1 },
            "language" => input.language = text,
            "sample" => input.sample = true,
            "source" => input.sources.extend(Uuid::parse_str(&text).ok()),
            "request_id" => input.request_id = Uuid::parse_str(&text).ok(),
            _ => {}
        }
    }
    Ok(())
}

fn refuse(error: AppError) -> AppError {
    if !is_form_post() {
        set_status(StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_REQUEST));
    }
    error
}

fn set_status(status: StatusCode) {
    if let Some(options) = use_context::<ResponseOptions>() {
        options.set_status(status);
    }
}

/// Whether a browser sent a form by itself, without a script: it needs a page to go to, and would
/// not follow a redirect that carries an error status.
fn is_form_post() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        let html =
            |value: &HeaderValue| value.to_str().is_ok_and(|text| text.contains("text/html"));
        parts.method == Method::POST && parts.headers.get(header::ACCEPT).is_some_and(html)
    })
}
