//! Pages of a finished run in another look.

use career::print::{PrintForm, PrintOptions};
use career::view::{PhotoView, PrintView, TemplateView};
use career::{Action, RunState, SectionKind};
use uuid::Uuid;

use crate::db::runs::{Reprint, Reprinted, Run};
use crate::db::{photos, runs, uncancelled};
use crate::pipeline::stored::{self, Pages};
use crate::{Context, Error, Result};

/// How often pages are made that are outdated when they are there.
const TRIES: usize = 3;

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
    let run = done(context, id).await?;
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
    make(context, &run, &look, true).await?;
    let compiled = stored::compiled(services, id).await?;
    Ok(compiled
        .map(|compiled| compiled.sections)
        .unwrap_or_default())
}

/// Makes the pages of a finished run anew as they look now, where the person's photo shows on them or
/// should.
///
/// # Errors
/// As [`print`].
pub(crate) async fn print_again(context: &Context, id: Uuid) -> Result<()> {
    let run = done(context, id).await?;
    let services = &context.services;
    let Some(compiled) = stored::compiled(services, run.id).await? else {
        return Err(Error::NotFound);
    };
    let mut all = services.templates.infos().into_iter();
    let template = all.find(|info| info.name == compiled.look.template);
    if compiled.photo.is_none() && !template.is_some_and(|info| info.photo) {
        return Ok(());
    }
    make(context, &run, &compiled.look, false).await
}

/// Whether there is such a run and it is done.
///
/// # Errors
/// [`Error::NotFound`] when not.
pub(crate) async fn is_done(context: &Context, id: Uuid) -> Result<()> {
    done(context, id).await.map(drop)
}

async fn done(context: &Context, id: Uuid) -> Result<Run> {
    let run = super::find(context, id, Action::Change).await?;
    if run.state == RunState::Done {
        Ok(run)
    } else {
        Err(Error::NotFound)
    }
}

/// Makes pages and puts them in the place of the run's own. `chosen` looks are kept for the next run.
async fn make(context: &Context, run: &Run, look: &PrintOptions, chosen: bool) -> Result<()> {
    let services = &context.services;
    for _ in 0..TRIES {
        let printed = stored::print(services, run, look.clone()).await;
        let Pages { outcome, photo } = printed.map_err(|error| match &*error.code {
            "look_unknown" => invalid("look_unknown"),
            "too_long" => invalid("look_too_long"),
            _ => Error::Unavailable("the press"),
        })?;
        let reprint = Reprint {
            outcome,
            photo,
            look: chosen.then(|| look.clone()),
        };
        let (pool, vault) = (services.pool.clone(), services.vault.clone());
        let of = (run.id, run.owner);
        let kept = uncancelled(async move { runs::reprint(&pool, &vault, of, &reprint).await });
        match kept.await? {
            Reprinted::Kept => return Ok(()),
            Reprinted::Gone => return Err(Error::NotFound),
            Reprinted::Outdated => {}
        }
    }
    Err(Error::Conflict)
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
    let kept = photos::kept(&services.pool, run.owner).await?;
    Ok(compiled.map(|compiled| PrintView {
        photo: PhotoView {
            kept: kept.map(|kept| kept.id),
            removed: kept.is_some_and(|kept| kept.removed),
            on_pages: compiled.photo,
        },
        templates: services
            .templates
            .infos()
            .into_iter()
            .map(|info| TemplateView {
                accent: info.accent.into(),
                name: info.name,
                summary: info.summary,
                purpose: info.purpose,
                photo: info.photo,
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
