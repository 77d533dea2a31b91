//! Use cases of sources: the evidence a person has given.

use career::view::SourceView;
use career::{Action, ContentHash, Object, authorize};
use uuid::Uuid;

use crate::db::{sources, uncancelled};
use crate::{Context, Error, Result, sample};

/// The person's own sources, the newest first.
///
/// # Errors
/// When the database is away.
pub async fn list(context: &Context) -> Result<Vec<SourceView>> {
    let owner = context.person()?;
    authorize(
        &context.actor,
        Action::Read,
        &Object {
            kind: "source",
            owner,
        },
    )?;
    let services = &context.services;
    // The sample has a box of its own: ticked among the person's own evidence, it would put a
    // stranger's work on their résumé.
    let sample = ContentHash::of(&sample::evidence().bytes);
    let listed = sources::list(&services.pool, &services.vault, owner, sample.as_str()).await?;
    Ok(listed
        .into_iter()
        .map(|source| SourceView {
            id: source.id,
            name: source.name,
            kind: source.kind,
            facts: source.fact_count,
            created_at: source.read_at.to_rfc3339(),
        })
        .collect())
}

/// Takes a source out of the person's list. Runs made with it keep it.
///
/// # Errors
/// [`Error::NotFound`] when there is none of that id.
pub async fn remove(context: &Context, id: Uuid) -> Result<()> {
    set_removed(context, id, true).await
}

/// Brings a removed source back.
///
/// # Errors
/// [`Error::NotFound`] when there is none of that id.
pub async fn restore(context: &Context, id: Uuid) -> Result<()> {
    set_removed(context, id, false).await
}

async fn set_removed(context: &Context, id: Uuid, removed: bool) -> Result<()> {
    let owner = context.person()?;
    authorize(
        &context.actor,
        Action::Change,
        &Object {
            kind: "source",
            owner,
        },
    )?;
    let pool = context.services.pool.clone();
    let done =
        uncancelled(async move { sources::set_removed(&pool, owner, id, removed).await }).await?;
    if done { Ok(()) } else { Err(Error::NotFound) }
}
