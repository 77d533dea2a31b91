//! Pages of a finished run in another look.

use career::print::PrintForm;
use career::view::{PrintView, TemplateView};
use career::{Action, RunState, SectionKind};
use uuid::Uuid;

use crate::db::{runs, uncancelled};
use crate::pipeline::stored;
use crate::{Context, Error, Result};

/// Makes the pages of a finished run anew, and keeps the look for the next one. Gives the sections with
/// their headings.
///
/// # Errors
/// [`Error::NotFound`] when there is no such run, [`Error::Invalid`] with the field that cannot be
/// used or with why the pages cannot be made so.
pub async fn print(
    context: &Context,
    id: Uuid,
    form: &PrintForm,
) -> Result<Vec<(SectionKind, String)>> {
    let run = super::find(context, id, Action::Change).await?;
    if run.state != RunState::Done {
        return Err(Error::NotFound);
    }
    let services = &context.services;
    let mut form = form.clone();
    if form.order.is_empty() && !form.moved.is_empty() {
        // Moved from the template's own order.
        let compiled = stored::compiled(services, run.id).await?;
        let sections = compiled
            .map(|compiled| compiled.sections)
            .unwrap_or_default();
        let names: Vec<&str> = sections.iter().map(|(kind, _)| kind.as_str()).collect();
        form.order = names.join(",");
    }
    let look = form.options().map_err(|field| Error::Invalid {
        code: "look_unknown",
        field: Some(field.0),
    })?;
    let printed = stored::print(services, &run, look.clone()).await;
    let outcome = printed.map_err(|error| match &*error.code {
        "look_unknown" => invalid("look_unknown"),
        "too_long" => invalid("look_too_long"),
        _ => Error::Unavailable("the press"),
    })?;
    let (pool, vault) = (services.pool.clone(), services.vault.clone());
    let kept = uncancelled(async move {
        runs::reprint(&pool, &vault, (run.id, run.owner), &look, &outcome).await
    });
    if !kept.await? {
        return Err(Error::NotFound);
    }
    let compiled = stored::compiled(services, id).await?;
    Ok(compiled
        .map(|compiled| compiled.sections)
        .unwrap_or_default())
}

fn invalid(code: &'static str) -> Error {
    Error::Invalid {
        code,
        field: Some("template"),
    }
}

/// How a run's pages look and what else there is to choose; `None` while there are none.
///
/// # Errors
/// When the database is away.
pub async fn look(context: &Context, id: Uuid) -> Result<Option<PrintView>> {
    let run = match super::find(context, id, Action::Read).await {
        Ok(run) if run.state == RunState::Done => run,
        Ok(_) | Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let services = &context.services;
    let compiled = stored::compiled(services, run.id).await?;
    Ok(compiled.map(|compiled| PrintView {
        templates: services
            .templates
            .infos()
            .into_iter()
            .map(|info| TemplateView {
                accent: info.accent.into(),
                name: info.name,
                summary: info.summary,
                purpose: info.purpose,
            })
            .collect(),
        families: typeset::families()
            .iter()
            .map(|name| (*name).to_owned())
            .collect(),
        languages: typeset::languages()
            .into_iter()
            .map(str::to_owned)
            .collect(),
        sections: compiled.sections,
        options: compiled.look,
    }))
}
