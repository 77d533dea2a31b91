//! The stages of a stored run: each reads what the ones before it left, and leaves its own output.

mod pages;

use std::time::Duration;

use career::merge::{self, Change};
use career::own::with_own_words;
use career::print::PrintOptions;
use career::{Analysis, ContentHash, Stage};
use chrono::Utc;
use intake::PostingHint;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::mpsc::{Receiver, channel};
use uuid::Uuid;

pub use pages::{Compiled, Pages, compiled, print};

use super::asking::{Errand, OWN_KEY_LOST, OWN_KEY_REFUSED};
use super::{
    Generated, Scraped, StageError, Wanted, generate, github, model, read_posting,
    read_posting_bytes, read_sources,
};
use crate::db::runs::{self, Run, RunTitle, StageOutcome};
use crate::db::{changes, sources};
use crate::desk::{Desk, Seat};
use crate::{Services, sample};

/// How much of a run's time a model may take: what follows it needs the rest.
const MODEL_SHARE: f32 = 0.6;
/// The same for reading the posting.
const READING_SHARE: f32 = 0.25;
/// Pages are told of new lines at most so often.
const BETWEEN_SHOWS: Duration = Duration::from_millis(200);

/// Does one stage of a run.
///
/// # Errors
/// Why it gave up, and whether time can heal it.
pub async fn run_stage(
    services: &Services,
    run: &Run,
    stage: Stage,
) -> Result<StageOutcome, StageError> {
    match stage {
        Stage::Scrape => scrape(services, run).await,
        Stage::Analyze => analyze(services, run).await,
        Stage::Generate => generate_draft(services, run).await,
        Stage::Verify => verify(services, run).await,
        Stage::Compile => compile(services, run).await,
    }
}

async fn scrape(services: &Services, run: &Run) -> Result<StageOutcome, StageError> {
    let mut files = sources::of_run(&services.pool, &services.vault, run.id).await?;
    let captured = match posting_file(services, run).await? {
        Some(bytes) => read_posting_bytes(&services.reader, bytes, PostingHint::default()).await?,
        None => read_posting(&services.fetcher, &services.reader, &run.input.posting).await?,
    };
    let posting = captured.posting;
    let mut notices = Vec::new();
    let mut unread = None;
    let mut account = None;
    if let Some(name) = &run.input.github {
        match github::for_run(services, run.owner, name).await? {
            Ok(read) => {
                // Named and ticked, it is one source.
                files.retain(|file| file.id != read.source);
                notices.extend(read.evidence.notices);
                account = Some(read.evidence.profile);
            }
            // An account that cannot be read is a notice, not a failure: the rest goes on.
            Err(error) => {
                notices.push(error.told());
                unread = Some(error.told());
            }
        }
    }
    let mut hashed: Vec<Vec<u8>> = files.iter().map(|file| file.bytes.clone()).collect();
    let named: Vec<(&str, &[u8])> = files
        .iter()
        .map(|file| (file.name.as_str(), file.bytes.as_slice()))
        .collect();
    let (mut given, told) = read_sources(&services.reader, &named).await?;
    notices.extend(told);
    if let Some(account) = account {
        hashed.push(json(&account)?);
        given.push(account);
    }
    let language = run.input.language.clone();
    hashed.push(json(&language)?);
    let (posting, mut profile) = blocking(move || {
        let profile = tailor::join_evidence(given, &posting, &language);
        (posting, profile)
    })
    .await?;
    let decided = changes::standing(&services.pool, &services.vault, run.owner).await?;
    let mut decided: Vec<Change> = decided.into_iter().map(|decided| decided.change).collect();
    if files.iter().any(|file| sample::is_evidence(&file.bytes)) {
        // The sample is somebody else: what the person says of themselves is not said of them.
        decided
            .retain(|change| !matches!(change, Change::Write { .. } | Change::WriteAbout { .. }));
    }
    if !decided.is_empty() {
        hashed.push(json(&decided)?);
        profile = merge::apply(with_own_words(profile, &decided), &decided).profile;
    }
    if !profile.has_content() {
        let code = unread.unwrap_or_else(|| "evidence_empty".to_owned());
        let message = "The evidence holds nothing to make a résumé of.";
        return Err(StageError::input(code, message));
    }
    let found = vec![("facts".to_owned(), count(profile.facts.len()))];
    let title = RunTitle {
        title: posting.title.clone(),
        company: posting.company.clone(),
    };
    hashed.push(posting.hash.as_str().as_bytes().to_vec());
    let scraped = Scraped {
        profile,
        posting,
        notices: notices.clone(),
    };
    Ok(StageOutcome {
        inputs_hash: hash_of(&hashed),
        output: json(&scraped)?,
        found,
        title: Some(title),
        notices,
        // As it was captured, for whoever wants to see what the reading rests on.
        files: vec![(
            runs::CAPTURED_POSTING.to_owned(),
            "application/octet-stream",
            captured.bytes,
        )],
        ..StageOutcome::default()
    })
}

/// The file the posting was given in; `None` when it was typed.
async fn posting_file(services: &Services, run: &Run) -> Result<Option<Vec<u8>>, StageError> {
    if run.input.posting_file.is_none() {
        return Ok(None);
    }
    let name = runs::GIVEN_POSTING;
    let file = runs::file(&services.pool, &services.vault, run.id, name).await?;
    let (_, bytes) = file.ok_or_else(|| StageError::failed("internal"))?;
    Ok(Some(bytes))
}

async fn analyze(services: &Services, run: &Run) -> Result<StageOutcome, StageError> {
    let scraped: Scraped = load(services, run.id, Stage::Scrape).await?;
    let Seat { desk, .. } = services.desks.of(run.owner).await?;
    let hash = hash_of(&[
        scraped.posting.text.clone().into_bytes(),
        desk.identity().into_bytes(),
    ]);
    let posting = scraped.posting;
    let (posting, mut analysis) = blocking(move || {
        let analysis = tailor::analyze(&posting);
        (posting, analysis)
    })
    .await?;
    let mut helped = false;
    let mut notices = Vec::new();
    if desk.model().is_some() {
        let errand = errand(&desk, run, READING_SHARE);
        let told;
        (analysis, helped, told) = model::read(errand, &posting, analysis).await;
        // Of other failures the next stage tells, which has more to lose.
        notices.extend(told.filter(|told| *told == OWN_KEY_REFUSED));
    }
    let musts = analysis
        .requirements
        .iter()
        .filter(|requirement| requirement.kind == career::RequirementKind::Must)
        .count();
    let mut found = vec![
        (
            "requirements".to_owned(),
            count(analysis.requirements.len()),
        ),
        ("musts".to_owned(), count(musts)),
    ];
    if helped {
        found.push(("read_by_model".to_owned(), 1));
    }
    let output = json(&analysis)?;
    Ok(StageOutcome {
        inputs_hash: hash,
        output,
        found,
        notices: notices.into_iter().map(str::to_owned).collect(),
        ..StageOutcome::default()
    })
}

async fn generate_draft(services: &Services, run: &Run) -> Result<StageOutcome, StageError> {
    let scraped: Scraped = load(services, run.id, Stage::Scrape).await?;
    let analysis: Analysis = load(services, run.id, Stage::Analyze).await?;
    let Seat { desk, key_lost } = services.desks.of(run.owner).await?;
    let hash = hash_of(&[
        json(&scraped.profile)?,
        json(&analysis)?,
        vec![run.input.pages],
        json(&run.input.language)?,
        desk.identity().into_bytes(),
    ]);
    let wanted = Wanted {
        pages: run.input.pages.into(),
        language: run.input.language.clone(),
    };
    let (scraped, analysis, mut generated) = blocking(move || {
        let generated = generate(&scraped.profile, &scraped.posting, &analysis, &wanted);
        (scraped, analysis, generated)
    })
    .await?;
    let mut found = Vec::new();
    let mut notices: Vec<String> = generated.apart.iter().cloned().collect();
    if key_lost {
        notices.push(OWN_KEY_LOST.to_owned());
    }
    if desk.model().is_some() {
        let (profile, posting) = (&scraped.profile, &scraped.posting);
        let (arrived, arriving) = channel(model::WAITING);
        let shown = tokio::spawn(show_arriving(
            services.clone(),
            run.id,
            run.attempt,
            arriving,
        ));
        let draft = generated.draft;
        let errand = errand(&desk, run, MODEL_SHARE);
        let why = (&analysis, generated.matches.as_slice());
        let improved = model::improve(errand, draft, profile, posting, why, Some(arrived)).await;
        // It ends when the last line has been passed on.
        if let Err(error) = shown.await {
            tracing::warn!(%error, "lines that arrived were not shown");
        }
        notices.extend(improved.notice.map(str::to_owned));
        generated.draft = improved.draft;
        generated.rejected = improved.rejected;
        found.push(("reworded".to_owned(), count(improved.taken.len())));
        if improved.headed {
            found.push(("headed".to_owned(), 1));
        }
        if !generated.rejected.is_empty() {
            found.push(("kept".to_owned(), count(generated.rejected.len())));
        }
    }
    let mut backed: Vec<&str> = generated
        .matches
        .iter()
        .map(|found| found.requirement.0.as_str())
        .collect();
    backed.sort_unstable();
    backed.dedup();
    let lines = generated.draft.resume.claims().count();
    found.insert(0, ("backed".to_owned(), count(backed.len())));
    found.insert(1, ("lines".to_owned(), count(lines)));
    let output = json(&generated)?;
    Ok(StageOutcome {
        inputs_hash: hash,
        output,
        found,
        notices,
        ..StageOutcome::default()
    })
}

/// For whom a stage asks a model, and until when: a share of what is left of the run's time.
fn errand<'a>(desk: &'a Desk, run: &Run, share: f32) -> Errand<'a> {
    let left = (run.deadline_at - Utc::now()).to_std().unwrap_or_default();
    Errand {
        desk,
        owner: run.owner,
        run: Some(run.id),
        deadline: Utc::now() + left.mul_f32(share),
    }
}

/// Shows lines on the run's page as they come, several at once where they come quickly.
async fn show_arriving(
    services: Services,
    run: Uuid,
    attempt: i32,
    mut arriving: Receiver<String>,
) {
    let mut lines = Vec::new();
    while arriving.recv_many(&mut lines, usize::MAX).await > 0 {
        let shown = runs::arrive(&services.pool, &services.vault, (run, attempt), &lines).await;
        if let Err(error) = shown {
            tracing::warn!(%error, "lines that arrived could not be shown");
        }
        tokio::time::sleep(BETWEEN_SHOWS).await;
    }
}

async fn verify(services: &Services, run: &Run) -> Result<StageOutcome, StageError> {
    let scraped: Scraped = load(services, run.id, Stage::Scrape).await?;
    let generated: Generated = load(services, run.id, Stage::Generate).await?;
    let hash = hash_of(&[json(&scraped.profile)?, json(&generated.draft)?]);
    let proposed = generated.draft.resume.claims().count();
    let verified = blocking(move || tailor::verify(generated.draft, &scraped.profile))
        .await?
        .map_err(|error| {
            tracing::warn!(%error, "nothing could be verified");
            StageError::failed("verify_failed")
        })?;
    let kept = verified.draft.resume.claims().count();
    let found = vec![
        ("verified".to_owned(), count(kept)),
        ("refused".to_owned(), count(proposed.saturating_sub(kept))),
    ];
    let output = json(&verified.findings)?;
    Ok(StageOutcome {
        inputs_hash: hash,
        output,
        found,
        ..StageOutcome::default()
    })
}

async fn compile(services: &Services, run: &Run) -> Result<StageOutcome, StageError> {
    let look = runs::look(&services.pool, &services.vault, run.owner).await?;
    let look = look.unwrap_or_default();
    let made = match print(services, run, look).await {
        // A template of one's own may be gone, or a font: the usual look is always there.
        Err(error) if error.code == "look_unknown" => {
            print(services, run, PrintOptions::default()).await
        }
        made => made,
    };
    Ok(made?.outcome)
}

async fn load<T: DeserializeOwned>(
    services: &Services,
    run: Uuid,
    stage: Stage,
) -> Result<T, StageError> {
    let stored = runs::output(&services.pool, &services.vault, run, stage).await?;
    let stored = stored.ok_or_else(|| StageError::failed("internal"))?;
    serde_json::from_slice(&stored).map_err(|error| {
        tracing::error!(%error, stage = stage.as_str(), "a stage's output cannot be read");
        StageError::failed("internal")
    })
}

/// Runs work that computes on a thread of its own, so that it holds up nobody.
async fn blocking<T, F>(work: F) -> Result<T, StageError>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!(%error, "a stage's work ended early");
        StageError::failed("internal")
    })
}

fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, StageError> {
    serde_json::to_vec(value).map_err(|error| {
        tracing::error!(%error, "a stage's output cannot be written");
        StageError::failed("internal")
    })
}

fn hash_of(parts: &[Vec<u8>]) -> String {
    let mut all: Vec<&[u8]> = vec![env!("CARGO_PKG_VERSION").as_bytes()];
    all.extend(parts.iter().map(Vec::as_slice));
    ContentHash::of_parts(&all).as_str().to_owned()
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
