//! Server functions: what pages ask of the server. Each is one line; the work is in `backend`.

// The macro makes a struct of every function, and gives its fields no way to be documented.
#![allow(missing_docs)]

use career::view::{Attempt, ResultView, RunListItem, RunView, SourceView};
use leptos::prelude::*;
use server_fn::codec::{MultipartData, MultipartFormData};
use uuid::Uuid;

use crate::errors::AppError;

/// Begins a run from the start form; gives the path of the page to go to.
#[server(endpoint = "submit_run", input = MultipartFormData)]
pub async fn submit_run(form: MultipartData) -> Result<String, AppError> {
    crate::ssr::submit(form).await
}

/// A run; none when there is none of that id.
#[server(endpoint = "get_run")]
pub async fn get_run(id: Uuid) -> Result<Option<RunView>, AppError> {
    crate::ssr::found(backend::run::get(&crate::ssr::context(), id).await)
}

/// The person's runs, the newest first.
#[server(endpoint = "list_runs")]
pub async fn list_runs() -> Result<Vec<RunListItem>, AppError> {
    crate::ssr::answer(backend::run::list(&crate::ssr::context()).await)
}

/// A finished run's pages and reasons.
#[server(endpoint = "get_result")]
pub async fn get_result(id: Uuid) -> Result<Option<ResultView>, AppError> {
    crate::ssr::found(backend::run::result(&crate::ssr::context(), id).await)
}

/// The person's sources, the newest first.
#[server(endpoint = "list_sources")]
pub async fn list_sources() -> Result<Vec<SourceView>, AppError> {
    crate::ssr::answer(backend::source::list(&crate::ssr::context()).await)
}

/// Stops a run.
#[server(endpoint = "cancel_run")]
pub async fn cancel_run(id: Uuid) -> Result<(), AppError> {
    crate::ssr::done(
        backend::run::cancel(&crate::ssr::context(), id).await,
        &format!("/runs/{id}"),
    )
}

/// Takes a stopped run up again.
#[server(endpoint = "retry_run")]
pub async fn retry_run(id: Uuid) -> Result<(), AppError> {
    crate::ssr::done(
        backend::run::retry(&crate::ssr::context(), id).await,
        &format!("/runs/{id}"),
    )
}

/// Takes a run out of the list.
#[server(endpoint = "remove_run")]
pub async fn remove_run(id: Uuid) -> Result<(), AppError> {
    crate::ssr::done(
        backend::run::remove(&crate::ssr::context(), id).await,
        &format!("/runs?removed={id}"),
    )
}

/// Puts it back.
#[server(endpoint = "restore_run")]
pub async fn restore_run(id: Uuid) -> Result<(), AppError> {
    crate::ssr::done(
        backend::run::restore(&crate::ssr::context(), id).await,
        "/runs",
    )
}

/// Takes a source out of the list.
#[server(endpoint = "remove_source")]
pub async fn remove_source(id: Uuid) -> Result<(), AppError> {
    crate::ssr::done(
        backend::source::remove(&crate::ssr::context(), id).await,
        "/",
    )
}

/// Puts it back.
#[server(endpoint = "restore_source")]
pub async fn restore_source(id: Uuid) -> Result<(), AppError> {
    crate::ssr::done(
        backend::source::restore(&crate::ssr::context(), id).await,
        "/",
    )
}

/// What was typed into a form that was refused.
#[server(endpoint = "get_attempt")]
pub async fn get_attempt(id: Uuid) -> Result<Option<Attempt>, AppError> {
    Ok(backend::attempt::get(&crate::ssr::context(), id).await)
}
