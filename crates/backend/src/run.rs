//! Use cases of runs: ask for one, watch it, stop it, take it up again, fetch what it made.

mod changes;
mod print;
mod view;

use std::borrow::Cow;
use std::time::Duration;

use career::view::{ResultView, RunListItem, RunView};
use career::{Action, ContentHash, Object, PostingUrl, Tongue, authorize};
use futures::Stream;
use intake::PostingHint;
use uuid::Uuid;

pub use changes::Changes;
pub(crate) use print::{is_done, print_again};
pub use print::{look, print};

pub use crate::db::runs::CAPTURED_POSTING;
use crate::db::runs::{self, NewRun, Run, RunInput, RunSource};
use crate::db::sources::NewSource;
use crate::db::{DbError, sources, uncancelled};
use crate::ports::github::is_user_name;
use crate::{Context, Error, Result, Services, evidence, pipeline, sample};

/// Files of evidence at most.
const MAX_FILES: usize = 10;
/// Bytes of one file at most.
pub const MAX_FILE_BYTES: usize = 32 * 1024 * 1024;
/// Runs in a list.
const LIST_LIMIT: i64 = 200;

/// A file as it came in.
#[derive(Debug, Clone)]
pub struct UploadedFile {
    /// Its name, as the browser told it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What the start form asks for.
#[derive(Debug, Clone, Default)]
pub struct SubmitInput {
    /// The form's own id: sent twice, it makes one run.
    pub request_id: Option<Uuid>,
    /// New evidence.
    pub files: Vec<UploadedFile>,
    /// Evidence given earlier.
    pub sources: Vec<Uuid>,
    /// Whether the sample is (also) evidence.
    pub sample: bool,
    /// A GitHub account.
    pub github: Option<String>,
    /// The posting: address or text, as typed.
    pub posting: String,
    /// The posting as a file; what was typed comes first.
    pub posting_file: Option<UploadedFile>,
    /// Pages at most, 1 or 2.
    pub pages: u8,
    /// The language: a tag, or nothing where it is to be as the posting.
    pub language: String,
}

/// Checks what was given, stores it and begins a run.
///
/// # Errors
/// [`Error::Invalid`] with the message and the field when something cannot be used.
pub async fn submit(context: &Context, input: SubmitInput) -> Result<Uuid> {
    let owner = context.person()?;
    authorize(
        &context.actor,
        Action::Create,
        &Object { kind: "run", owner },
    )?;
    let services = &context.services;
    let (posting, posting_file) = match given_file(&input.posting, input.posting_file) {
        Some(file) => (
            String::new(),
            Some(checked_posting_file(services, file).await?),
        ),
        None => (checked_posting(services, &input.posting).await?, None),
    };
    let language: Tongue = input.language.parse().map_err(|_| Error::Invalid {
        code: "language_unknown",
        field: Some("language"),
    })?;
    let github = checked_github(input.github.as_deref())?;
    let kept = sources::owned(&services.pool, owner, &input.sources).await?;
    let mut files = input.files;
    files.retain(|file| !file.bytes.is_empty() || !file.name.is_empty());
    if input.sample {
        files.push(sample::evidence());
    }
    let given = !files.is_empty() || !kept.is_empty() || github.is_some();
    if !given && !evidence::own::tells(context, owner).await? {
        return Err(Error::Invalid {
            code: "evidence_missing",
            field: Some("evidence"),
        });
    }
    let mut run_sources: Vec<RunSource> = kept.into_iter().map(RunSource::Kept).collect();
    run_sources.extend(
        checked_files(services, files)
            .await?
            .into_iter()
            .map(RunSource::New),
    );
    let new = NewRun {
        request_id: input.request_id.unwrap_or_else(Uuid::now_v7),
        request: context.request_id.clone(),
        input: RunInput {
            posting,
            posting_file: posting_file.as_ref().map(|file| file.name.clone()),
            github,
            pages: input.pages.clamp(1, 2),
            language,
        },
        posting_file: posting_file.map(|file| file.bytes),
        sources: run_sources,
        time_limit: chrono_limit(services.run_limit),
    };
    let (pool, vault) = (services.pool.clone(), services.vault.clone());
    let id = uncancelled(async move { runs::create(&pool, &vault, owner, &new).await }).await?;
    tracing::info!(run = %id, request = context.request_id, "run accepted");
    Ok(id)
}

/// The file with the posting, when nothing was typed.
fn given_file(typed: &str, file: Option<UploadedFile>) -> Option<UploadedFile> {
    file.filter(|file| typed.trim().is_empty() && !file.bytes.is_empty())
}

/// Reads the file once, so that what is wrong with it is told where it was chosen.
async fn checked_posting_file(services: &Services, file: UploadedFile) -> Result<UploadedFile> {
    let UploadedFile { name, bytes } = file;
    let hint = PostingHint::default();
    let read = pipeline::read_posting_bytes(&services.reader, bytes, hint).await;
    let captured = read.map_err(|error| Error::Invalid {
        // Only what comes from outside carries more than a code, and nothing is asked for here.
        code: match error.code {
            Cow::Borrowed(code) => code,
            Cow::Owned(_) => "unavailable",
        },
        field: Some("posting"),
    })?;
    let bytes = captured.bytes;
    Ok(UploadedFile { name, bytes })
}

async fn checked_posting(services: &Services, typed: &str) -> Result<String> {
    let invalid = |code| Error::Invalid {
        code,
        field: Some("posting"),
    };
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(invalid("posting_missing"));
    }
    if PostingUrl::looks_like(typed) {
        PostingUrl::parse(typed).map_err(|_| invalid("posting_url_invalid"))?;
    } else {
        let read = services
            .reader
            .posting(typed.as_bytes(), PostingHint::default());
        read.await.map_err(|error| invalid(error.code()))?;
    }
    Ok(typed.to_owned())
}

pub(crate) fn checked_github(name: Option<&str>) -> Result<Option<String>> {
    let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    let name = name.trim_start_matches('@');
    if is_user_name(name) {
        Ok(Some(name.to_owned()))
    } else {
        Err(Error::Invalid {
            code: "github_user_invalid",
            field: Some("github"),
        })
    }
}

/// Reads every file once before anything is stored, so that a wrong file is told at the form.
pub(crate) async fn checked_files(
    services: &Services,
    files: Vec<UploadedFile>,
) -> Result<Vec<NewSource>> {
    let invalid = |code| Error::Invalid {
        code,
        field: Some("evidence"),
    };
    if files.len() > MAX_FILES || files.iter().any(|file| file.bytes.len() > MAX_FILE_BYTES) {
        return Err(invalid("evidence_too_large"));
    }
    let mut sources = Vec::with_capacity(files.len());
    for file in files {
        let evidence = services
            .readings
            .read(&services.reader, &file.name, &file.bytes)
            .await
            .map_err(|error| invalid(error.code()))?;
        sources.push(NewSource {
            kind: evidence.kind.as_str().to_owned(),
            content_hash: ContentHash::of(&file.bytes).as_str().to_owned(),
            fact_count: i64::try_from(evidence.profile.facts.len()).unwrap_or(i64::MAX),
            name: file.name,
            bytes: file.bytes,
        });
    }
    Ok(sources)
}

/// One run of the person's, as its page shows it.
///
/// # Errors
/// When the database is away.
pub async fn get(context: &Context, id: Uuid) -> Result<Option<RunView>> {
    match find(context, id, Action::Read).await {
        Ok(run) => Ok(Some(view::of_run(&context.services, run).await?)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The person's runs, the newest first.
///
/// # Errors
/// When the database is away.
pub async fn list(context: &Context) -> Result<Vec<RunListItem>> {
    let owner = context.person()?;
    authorize(&context.actor, Action::Read, &Object { kind: "run", owner })?;
    let services = &context.services;
    let runs = runs::list(&services.pool, &services.vault, owner, LIST_LIMIT).await?;
    Ok(runs.into_iter().map(view::list_item).collect())
}

/// What a finished run made; `None` while there is nothing.
///
/// # Errors
/// When the database is away.
pub async fn result(context: &Context, id: Uuid) -> Result<Option<ResultView>> {
    match find(context, id, Action::Read).await {
        Ok(run) => view::result(&context.services, &run).await,
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A file of a run: media type and bytes.
///
/// # Errors
/// When the database is away.
pub async fn file(context: &Context, id: Uuid, name: &str) -> Result<Option<(String, Vec<u8>)>> {
    match find(context, id, Action::Read).await {
        Ok(run) => {
            let services = &context.services;
            Ok(runs::file(&services.pool, &services.vault, run.id, name).await?)
        }
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Stops a run. One that is over already is left as it is.
///
/// # Errors
/// [`Error::NotFound`] when there is none of that id.
pub async fn cancel(context: &Context, id: Uuid) -> Result<()> {
    let run = find(context, id, Action::Change).await?;
    let pool = context.services.pool.clone();
    uncancelled(async move { runs::cancel(&pool, run.id).await }).await?;
    Ok(())
}

/// Takes a failed or cancelled run up again where it stopped.
///
/// # Errors
/// [`Error::NotFound`] when there is none of that id.
pub async fn retry(context: &Context, id: Uuid) -> Result<()> {
    let run = find(context, id, Action::Change).await?;
    let pool = context.services.pool.clone();
    let limit = chrono_limit(context.services.run_limit);
    let request = context.request_id.clone();
    uncancelled(async move { runs::retry(&pool, run.id, limit, &request).await }).await?;
    Ok(())
}

/// Takes a run out of the list; what is under way is stopped.
///
/// # Errors
/// [`Error::NotFound`] when there is none of that id.
pub async fn remove(context: &Context, id: Uuid) -> Result<()> {
    let run = find(context, id, Action::Delete).await?;
    let pool = context.services.pool.clone();
    uncancelled(async move {
        runs::cancel(&pool, run.id).await?;
        runs::set_removed(&pool, run.id, true).await
    })
    .await?;
    Ok(())
}

/// Brings a removed run back.
///
/// # Errors
/// [`Error::NotFound`] when there is none of that id.
pub async fn restore(context: &Context, id: Uuid) -> Result<()> {
    let run = find(context, id, Action::Change).await?;
    let pool = context.services.pool.clone();
    uncancelled(async move { runs::set_removed(&pool, run.id, false).await }).await?;
    Ok(())
}

/// The run's views as they change, the present one first; ends with a final one.
///
/// # Errors
/// [`Error::NotFound`] when there is none of that id.
pub async fn watch(
    context: &Context,
    id: Uuid,
) -> Result<impl Stream<Item = RunView> + Send + use<>> {
    // Subscribed before the first look, so that no change falls in between.
    let mut changes = context.services.changes.subscribe();
    let mut last = get(context, id).await?.ok_or(Error::NotFound)?;
    let context = context.clone();
    Ok(async_stream::stream! {
        yield last.clone();
        while !last.state.is_final() {
            // Should a notification be lost, the clock still brings the change.
            let waited = changes.changed(id);
            let _elapsed = tokio::time::timeout(Duration::from_secs(2), waited).await;
            if let Ok(Some(view)) = get(&context, id).await
                && view.revision > last.revision
            {
                last = view;
                yield last.clone();
            }
        }
    })
}

async fn find(context: &Context, id: Uuid, action: Action) -> Result<Run> {
    let services: &Services = &context.services;
    let run = runs::get(&services.pool, &services.vault, id)
        .await?
        .ok_or(Error::NotFound)?;
    authorize(
        &context.actor,
        action,
        &Object {
            kind: "run",
            owner: run.owner,
        },
    )?;
    Ok(run)
}

fn chrono_limit(limit: Duration) -> chrono::Duration {
    chrono::Duration::from_std(limit).unwrap_or(chrono::Duration::seconds(300))
}

impl Changes {
    /// Listens to the database for as long as the program runs.
    ///
    /// # Errors
    /// When the database is away at the start.
    pub async fn listen(pool: &sqlx::PgPool) -> std::result::Result<Self, DbError> {
        changes::listen(pool).await
    }
}
