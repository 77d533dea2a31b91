//! Use cases of a GitHub account that is kept: take it up, read it anew.

use career::Action;
use intake::SourceKind;
use uuid::Uuid;

use super::may;
use crate::db::sources;
use crate::pipeline::github::{self, Unread};
use crate::ports::github::{FRESH, NEWS};
use crate::run::checked_github;
use crate::{Context, Error, Result};

fn refused(error: &Unread) -> Error {
    let until = match error {
        Unread::GitHub(error) => error.until(),
        Unread::Account(_) => None,
    };
    Error::Elsewhere {
        code: error.code(),
        until,
        field: Some("github"),
    }
}

/// Reads an account and keeps it; gives the source's id. One that is kept already is read anew.
///
/// # Errors
/// [`Error::Invalid`] for a name that cannot be one, [`Error::Elsewhere`] when GitHub does not give
/// it; what is kept stays then.
pub async fn add(context: &Context, name: &str) -> Result<Uuid> {
    let owner = may(context, Action::Create)?;
    let Some(name) = checked_github(Some(name))? else {
        return Err(Error::Invalid {
            code: "github_user_missing",
            field: Some("github"),
        });
    };
    let services = &context.services;
    let before = github::kept(services, owner, &name).await?;
    let earlier = before.as_ref().map(|before| &before.account);
    let (account, evidence) = github::read_for(services, owner, &name, FRESH, earlier)
        .await
        .map_err(|error| refused(&error))?;
    let id = before.map(|before| before.source.id);
    Ok(github::keep(services, owner, id, &account, &evidence).await?)
}

/// Reads a kept account anew. The source keeps its id, and what was decided about it stands.
///
/// # Errors
/// [`Error::NotFound`] when the person has no account of that id, [`Error::Elsewhere`] when GitHub
/// does not give it; what is kept stays then.
pub async fn refresh(context: &Context, id: Uuid) -> Result<()> {
    let owner = may(context, Action::Change)?;
    let services = &context.services;
    let kind = SourceKind::GithubAccount.as_str();
    let all = sources::of_kind(&services.pool, &services.vault, owner, kind).await?;
    if !all.iter().any(|source| source.id == id) {
        return Err(Error::NotFound);
    }
    let bytes = sources::bytes(&services.pool, &services.vault, id).await?;
    let earlier: intake::github::Account =
        serde_json::from_slice(&bytes).map_err(|_| Error::NotFound)?;
    let name = earlier.user.login.clone();
    let (account, evidence) = github::read_for(services, owner, &name, NEWS, Some(&earlier))
        .await
        .map_err(|error| refused(&error))?;
    github::keep(services, owner, Some(id), &account, &evidence).await?;
    Ok(())
}
