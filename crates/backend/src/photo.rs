//! Use cases of a person's photo. It is looked at before anything decodes it, decoded in a process that
//! can be killed, and kept without anything but its pixels.

use career::view::PhotoView;
use career::{Action, Object, authorize};
use typeset::Photo;
use uuid::Uuid;

use crate::db::{photos, uncancelled};
use crate::ports::reader::PhotoError;
use crate::{Context, Error, Result, run};

/// How long a removed photo can be put back.
const KEPT_REMOVED: chrono::Duration = chrono::Duration::hours(1);

fn may(context: &Context, action: Action) -> Result<Uuid> {
    let owner = context.person()?;
    let kind = "photo";
    authorize(&context.actor, action, &Object { kind, owner })?;
    Ok(owner)
}

/// Keeps a photo and makes the pages of a finished run anew with it. The person's next pages have it too.
///
/// # Errors
/// [`Error::Invalid`] when it is no photo for a page, [`Error::NotFound`] without such a run.
pub async fn give(context: &Context, run: Uuid, file: &[u8]) -> Result<PhotoView> {
    let owner = may(context, Action::Change)?;
    run::is_done(context, run).await?;
    if file.is_empty() {
        return Err(refused("photo_missing"));
    }
    Photo::check(file).map_err(|fault| refused(fault.code()))?;
    let services = &context.services;
    let photo = services
        .reader
        .photo(file)
        .await
        .map_err(|error| match error {
            PhotoError::Refused(fault) => refused(fault.code()),
            PhotoError::TooMuch => refused("photo_too_much"),
            PhotoError::NotStarted => Error::Unavailable("the reader"),
        })?;
    let (pool, vault) = (services.pool.clone(), services.vault.clone());
    uncancelled(async move { photos::put(&pool, &vault, owner, photo.bytes()).await }).await?;
    run::print_again(context, run).await?;
    view(context, run).await
}

/// Takes the photo off the pages of a finished run and off those to come. For a while it can be put back,
/// then it is deleted. Done also where pages cannot be made for the moment.
///
/// # Errors
/// [`Error::NotFound`] without such a run.
pub async fn remove(context: &Context, run: Uuid) -> Result<PhotoView> {
    let owner = may(context, Action::Delete)?;
    run::is_done(context, run).await?;
    let pool = context.services.pool.clone();
    // One that is gone already is what was asked for.
    uncancelled(async move { photos::set_removed(&pool, owner, true).await }).await?;
    run::print_again(context, run).await?;
    view(context, run).await
}

/// Puts it back.
///
/// # Errors
/// [`Error::NotFound`] without such a run, [`Error::Invalid`] when the photo is deleted by now.
pub async fn restore(context: &Context, run: Uuid) -> Result<PhotoView> {
    let owner = may(context, Action::Change)?;
    run::is_done(context, run).await?;
    let pool = context.services.pool.clone();
    uncancelled(async move { photos::set_removed(&pool, owner, false).await }).await?;
    if photos::kept(&context.services.pool, owner).await?.is_none() {
        return Err(refused("photo_gone"));
    }
    run::print_again(context, run).await?;
    view(context, run).await
}

async fn view(context: &Context, run: Uuid) -> Result<PhotoView> {
    let look = run::look(context, run).await?;
    look.map(|look| look.photo).ok_or(Error::NotFound)
}

/// The person's own photo with its media type; `None` when it is not theirs, removed or replaced.
///
/// # Errors
/// When the database is away.
pub async fn picture(context: &Context, id: Uuid) -> Result<Option<(&'static str, Vec<u8>)>> {
    let owner = may(context, Action::Read)?;
    let services = &context.services;
    let bytes = photos::bytes(&services.pool, &services.vault, owner, id).await?;
    let Some(bytes) = bytes else {
        return Ok(None);
    };
    let unreadable = |_| Error::Internal("a kept photo is none".to_owned());
    let photo = Photo::new(bytes).map_err(unreadable)?;
    Ok(Some((photo.media_type(), photo.bytes().to_vec())))
}

/// Deletes photos that can no longer be put back; gives their number.
///
/// # Errors
/// When the database is away.
pub async fn forget_removed(pool: &sqlx::PgPool) -> Result<u64> {
    let pool = pool.clone();
    let forgotten = uncancelled(async move { photos::forget_removed(&pool, KEPT_REMOVED).await });
    Ok(forgotten.await?)
}

fn refused(code: &'static str) -> Error {
    Error::Invalid {
        code,
        field: Some("photo"),
    }
}
