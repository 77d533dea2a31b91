//! Use cases of the evidence page: what was given, what it comes to, and what a person decides.

pub mod github;
pub mod linkedin;
pub mod original;
pub mod own;
mod view;

use std::sync::Arc;

use career::merge::{self, Change};
use career::own::with_own_words;
use career::view::{EvidenceView, SourceDetail};
use career::{Action, Cite, FactId, Object, Profile, authorize};
use intake::Evidence;
use uuid::Uuid;

use crate::db::sources::Known;
use crate::db::{changes, sources, uncancelled};
use crate::pipeline::today;
use crate::run::{UploadedFile, checked_files};
use crate::{Context, Error, Result, sample, source};

/// What was read of a source.
type Reading = std::result::Result<Arc<Evidence>, crate::ports::reader::ReadError>;

fn may(context: &Context, action: Action) -> Result<Uuid> {
    let owner = context.person()?;
    let kind = "evidence";
    authorize(&context.actor, action, &Object { kind, owner })?;
    Ok(owner)
}

/// The person's sources with what each says, the oldest first: whoever came first keeps the name.
async fn readings(context: &Context, owner: Uuid) -> Result<Vec<(Known, Reading)>> {
    let services = &context.services;
    let sample = career::ContentHash::of(&sample::evidence().bytes);
    let all = sources::known(&services.pool, &services.vault, owner, sample.as_str()).await?;
    let mut read = Vec::with_capacity(all.len());
    for source in all {
        let reading = reading(context, &source).await?;
        read.push((source, reading));
    }
    Ok(read)
}

/// One source of the person's.
async fn known(context: &Context, owner: Uuid, id: Uuid) -> Result<Option<Known>> {
    let services = &context.services;
    let all = sources::known(&services.pool, &services.vault, owner, "").await?;
    Ok(all.into_iter().find(|source| source.id == id))
}

/// What one source says; its bytes leave the database only when nobody asked for a while.
async fn reading(context: &Context, source: &Known) -> Result<Reading> {
    let services = &context.services;
    let known = services.readings.known(&source.content_hash, &source.name);
    if let Some(evidence) = known.await {
        return Ok(Ok(evidence));
    }
    let bytes = sources::bytes(&services.pool, &services.vault, source.id).await?;
    let read = services
        .readings
        .read(&services.reader, &source.name, &bytes);
    Ok(read.await)
}

/// What stands of a person's decisions.
async fn standing(context: &Context, owner: Uuid) -> Result<Vec<Change>> {
    let services = &context.services;
    let decided = changes::standing(&services.pool, &services.vault, owner).await?;
    Ok(decided.into_iter().map(|decided| decided.change).collect())
}

/// All that sources and the person say, before anything is decided.
fn whole(readings: &[(Known, Reading)], changes: &[Change]) -> Profile {
    let mut whole = Profile::default();
    for evidence in readings
        .iter()
        .filter_map(|(_, reading)| reading.as_ref().ok())
    {
        whole.append(evidence.profile.clone());
    }
    with_own_words(whole, changes)
}

/// Everything the evidence page shows.
///
/// # Errors
/// When the database is away.
pub async fn overview(context: &Context) -> Result<EvidenceView> {
    let owner = may(context, Action::Read)?;
    let services = &context.services;
    let listed = source::list(context).await?;
    let readings = readings(context, owner).await?;
    let decided = changes::standing(&services.pool, &services.vault, owner).await?;
    let mut overview = view::overview(listed, &readings, &decided, today());
    overview.linkedin = services.linkedin.is_on();
    Ok(overview)
}

/// What one source gave; `None` when the person has none of that id.
///
/// # Errors
/// When the database is away or the source cannot be read any more.
pub async fn detail(context: &Context, id: Uuid) -> Result<Option<SourceDetail>> {
    let owner = may(context, Action::Read)?;
    let listed = source::list(context).await?;
    let Some(source) = listed.iter().find(|source| source.id == id) else {
        return Ok(None);
    };
    let readings = readings(context, owner).await?;
    let said = |id: Uuid| {
        let mut all = readings.iter();
        all.find(|(known, _)| known.id == id)
            .map(|(_, reading)| reading)
    };
    let older = listed
        .iter()
        .filter(|other| other.kind == source.kind && other.created_at < source.created_at)
        .max_by(|one, other| one.created_at.cmp(&other.created_at));
    let older = older.and_then(|older| Some((older, said(older.id)?.as_ref().ok()?)));
    let Some(reading) = said(id) else {
        return Ok(None);
    };
    match reading {
        Ok(evidence) => {
            let others = readings.iter().filter(|(known, _)| known.id != id);
            let others = others.filter_map(|(_, reading)| reading.as_ref().ok());
            Ok(Some(view::detail(source.clone(), evidence, others, older)))
        }
        Err(error) => Err(Error::Invalid {
            code: error.code(),
            field: None,
        }),
    }
}

/// Reads files and keeps them. Gives their ids in the order given; one that was there already keeps
/// its id.
///
/// # Errors
/// [`Error::Invalid`] with the message when one cannot be used; nothing is kept then.
pub async fn add(context: &Context, mut files: Vec<UploadedFile>) -> Result<Vec<Uuid>> {
    let owner = may(context, Action::Create)?;
    files.retain(|file| !file.bytes.is_empty() || !file.name.is_empty());
    if files.is_empty() {
        return Err(Error::Invalid {
            code: "file_missing",
            field: Some("evidence"),
        });
    }
    let services = &context.services;
    let read = checked_files(services, files).await?;
    let (pool, vault) = (services.pool.clone(), services.vault.clone());
    Ok(uncancelled(async move { sources::keep_all(&pool, &vault, owner, &read).await }).await?)
}

/// A decision as a form sends it.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    /// `merge`, `distinct`, `choose`, `leave_out`.
    pub kind: String,
    /// The entry's anchor.
    pub entry: String,
    /// The other entry's.
    pub other: String,
    /// The field's name.
    pub field: String,
    /// The fact of the value chosen.
    pub fact: String,
    /// First byte of the value in the fact's quote.
    pub start: u32,
    /// One past its last.
    pub end: u32,
}

impl Decision {
    fn change(&self) -> Option<Change> {
        let entry = FactId(self.entry.clone());
        let other = FactId(self.other.clone());
        Some(match self.kind.as_str() {
            "merge" => Change::Merge { kept: entry, other },
            "distinct" => Change::Distinct { one: entry, other },
            "leave_out" => Change::LeaveOut { entry },
            "choose" => Change::Choose {
                entry,
                field: merge::FieldName::ALL
                    .into_iter()
                    .find(|field| field.as_str() == self.field)?,
                cite: Cite {
                    fact: FactId(self.fact.clone()),
                    start: self.start as usize,
                    end: self.end as usize,
                },
            },
            _ => return None,
        })
    }
}

/// Notes what a person decided.
///
/// # Errors
/// [`Error::NotFound`] when it speaks of an entry or value the person's evidence does not have.
pub async fn decide(context: &Context, decision: &Decision) -> Result<Uuid> {
    let owner = may(context, Action::Change)?;
    let change = decision.change().ok_or(Error::NotFound)?;
    let stands = standing(context, owner).await?;
    let whole = whole(&readings(context, owner).await?, &stands);
    if !speaks_of_known(&whole, &change) {
        return Err(Error::NotFound);
    }
    note(context, owner, change).await
}

async fn note(context: &Context, owner: Uuid, change: Change) -> Result<Uuid> {
    let services = &context.services;
    let (pool, vault) = (services.pool.clone(), services.vault.clone());
    Ok(uncancelled(async move { changes::add(&pool, &vault, owner, &change).await }).await?)
}

fn speaks_of_known(whole: &Profile, change: &Change) -> bool {
    let known = |anchor: &FactId| {
        let mut anchors = whole.entries.iter().filter_map(merge::anchor);
        anchors.any(|known| known == anchor)
    };
    let tells = match change {
        Change::Merge { kept: one, other } | Change::Distinct { one, other } => one != other,
        Change::Choose { cite, .. } => whole.facts.words(cite).is_some(),
        _ => true,
    };
    tells && change.anchors().into_iter().all(known)
}

/// Takes a decision back, or lets it stand again.
///
/// # Errors
/// [`Error::NotFound`] when the person made none of that id.
pub async fn undo(context: &Context, id: Uuid, undone: bool) -> Result<()> {
    let owner = may(context, Action::Change)?;
    let pool = context.services.pool.clone();
    let done =
        uncancelled(async move { changes::set_undone(&pool, owner, id, undone).await }).await?;
    if done { Ok(()) } else { Err(Error::NotFound) }
}
