//! Server functions: what pages ask of the server. Each is one line; the work is in `backend`.

// The macro makes a struct of every function, and gives its fields no way to be documented.
#![allow(missing_docs)]

use career::SectionKind;
use career::own::Typed;
use career::print::PrintForm;
use career::view::{
    Attempt, EstimateView, EvidenceView, InterviewView, LedgerView, PhotoView, PrintView,
    ResultView, RunListItem, RunView, SourceDetail, SourceView, TypedKey, WriteView,
};
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

/// How a finished run's pages look, and what else there is to choose.
#[server(endpoint = "get_look")]
pub async fn get_look(id: Uuid) -> Result<Option<PrintView>, AppError> {
    crate::ssr::answer(backend::run::look(&crate::ssr::context(), id).await)
}

/// Makes a finished run's pages anew in another look; gives their sections with their headings.
#[server(endpoint = "print_run")]
pub async fn print_run(
    id: Uuid,
    #[server(default)] look: PrintForm,
) -> Result<Vec<(SectionKind, String)>, AppError> {
    crate::ssr::done(
        backend::run::print(&crate::ssr::context(), id, &look).await,
        &format!("/runs/{id}"),
    )
}

/// Keeps a photo and puts it on a finished run's pages, where their template has a place for one.
#[server(endpoint = "give_photo", input = MultipartFormData)]
pub async fn give_photo(form: MultipartData) -> Result<PhotoView, AppError> {
    crate::ssr::photo::give(form).await
}

/// Takes the photo off a finished run's pages and off those to come.
#[server(endpoint = "remove_photo")]
pub async fn remove_photo(id: Uuid) -> Result<PhotoView, AppError> {
    crate::ssr::photo::remove(id).await
}

/// Puts it back.
#[server(endpoint = "restore_photo")]
pub async fn restore_photo(id: Uuid) -> Result<PhotoView, AppError> {
    crate::ssr::photo::restore(id).await
}

/// What models were asked, of one run where its id is given.
#[server(endpoint = "get_ledger")]
pub async fn get_ledger(run: Option<Uuid>) -> Result<LedgerView, AppError> {
    crate::ssr::answer(backend::ledger::overview(&crate::ssr::context(), run).await)
}

/// What a run is likely to cost; none where no model is asked.
#[server(endpoint = "get_estimate")]
pub async fn get_estimate() -> Result<Option<EstimateView>, AppError> {
    crate::ssr::answer(backend::ledger::estimate(&crate::ssr::context()).await)
}

/// Keeps a person's own key of a model provider.
#[server(endpoint = "keep_key")]
pub async fn keep_key(
    provider: String,
    #[server(default)] model: String,
    key: TypedKey,
) -> Result<(), AppError> {
    crate::ssr::own_key::keep(&provider, &model, key).await
}

/// Makes one small call with it; says what came of it, as a code.
#[server(endpoint = "try_key")]
pub async fn try_key() -> Result<String, AppError> {
    crate::ssr::own_key::check().await
}

/// Removes it for good.
#[server(endpoint = "remove_key")]
pub async fn remove_key() -> Result<(), AppError> {
    crate::ssr::own_key::remove().await
}

/// Makes the person's kept answers strangers.
#[server(endpoint = "forget_answers")]
pub async fn forget_answers() -> Result<(), AppError> {
    crate::ssr::done(
        backend::ledger::forget(&crate::ssr::context()).await,
        "/models?forgotten=yes",
    )
}

/// All evidence, what it comes to, and what is to be decided.
#[server(endpoint = "get_evidence")]
pub async fn get_evidence() -> Result<EvidenceView, AppError> {
    crate::ssr::answer(backend::evidence::overview(&crate::ssr::context()).await)
}

/// What one source gave.
#[server(endpoint = "get_source")]
pub async fn get_source(id: Uuid) -> Result<Option<SourceDetail>, AppError> {
    crate::ssr::found(backend::evidence::detail(&crate::ssr::context(), id).await)
}

/// Reads files and keeps them; gives their ids.
#[server(endpoint = "add_evidence", input = MultipartFormData)]
pub async fn add_evidence(data: MultipartData) -> Result<Vec<Uuid>, AppError> {
    crate::ssr::add_evidence(data).await
}

/// Reads a GitHub account and keeps it; gives its source's id.
#[server(endpoint = "add_github")]
pub async fn add_github(github: String) -> Result<Uuid, AppError> {
    crate::ssr::github::add(&github).await
}

/// Reads a kept GitHub account anew.
#[server(endpoint = "refresh_source")]
pub async fn refresh_source(id: Uuid) -> Result<(), AppError> {
    crate::ssr::github::refresh(id).await
}

/// Notes what a person decided about their profile. Which of the arguments mean something depends on
/// the kind: `merge`, `distinct`, `choose`, `leave_out`.
#[server(endpoint = "decide")]
pub async fn decide(
    kind: String,
    entry: String,
    #[server(default)] other: String,
    #[server(default)] field: String,
    #[server(default)] fact: String,
    #[server(default)] start: u32,
    #[server(default)] end: u32,
) -> Result<(), AppError> {
    crate::ssr::decide(kind, entry, other, field, fact, start, end).await
}

/// A block to be written: the one of that id, or a new one of that section (`head` is what stands at
/// the top of a page), with what was typed when the attempt of that id was refused.
#[server(endpoint = "get_written")]
pub async fn get_written(
    id: String,
    section: String,
    attempt: String,
) -> Result<Option<WriteView>, AppError> {
    crate::ssr::own::written(&id, &section, &attempt).await
}

/// Keeps a block. `then` is `interview` when it answers a question there.
#[server(endpoint = "write_entry")]
pub async fn write_entry(
    #[server(default)] id: String,
    section: String,
    #[server(default)] then: String,
    #[server(default)] typed: Typed,
) -> Result<(), AppError> {
    crate::ssr::own::write(&id, &section, &then, typed).await
}

/// Keeps a line in the person's own words under an entry, named by its fact.
#[server(endpoint = "confirm_claim")]
pub async fn confirm_claim(entry: String, words: String) -> Result<(), AppError> {
    crate::ssr::done(
        backend::evidence::own::confirm(&crate::ssr::context(), &entry, &words).await,
        "/evidence",
    )
}

/// Where the interview stands.
#[server(endpoint = "get_interview")]
pub async fn get_interview(attempt: String) -> Result<InterviewView, AppError> {
    crate::ssr::own::interview(&attempt).await
}

/// Takes an answer, or passes the question over.
#[server(endpoint = "answer_question")]
pub async fn answer_question(
    question: String,
    #[server(default)] skip: bool,
    #[server(default)] typed: Typed,
) -> Result<(), AppError> {
    crate::ssr::own::answer(&question, skip, typed).await
}

/// Takes a decision back.
#[server(endpoint = "undo_decision")]
pub async fn undo_decision(id: Uuid) -> Result<(), AppError> {
    crate::ssr::done(
        backend::evidence::undo(&crate::ssr::context(), id, true).await,
        "/evidence",
    )
}

/// Takes a source out of the list.
#[server(endpoint = "remove_source")]
pub async fn remove_source(id: Uuid) -> Result<(), AppError> {
    crate::ssr::done(
        backend::source::remove(&crate::ssr::context(), id).await,
        &format!("/evidence?removed={id}"),
    )
}

/// Puts it back.
#[server(endpoint = "restore_source")]
pub async fn restore_source(id: Uuid) -> Result<(), AppError> {
    crate::ssr::done(
        backend::source::restore(&crate::ssr::context(), id).await,
        "/evidence",
    )
}

/// What was typed into a form that was refused.
#[server(endpoint = "get_attempt")]
pub async fn get_attempt(id: Uuid) -> Result<Option<Attempt>, AppError> {
    Ok(backend::attempt::get(&crate::ssr::context(), id).await)
}
