//! Pages and files of a stored run: made of what the stages before left, and shown again.

use career::print::PrintOptions;
use career::view::{Explanation, ExportReport, LineMark, PageView, StageTime};
use career::{Analysis, ContentHash, SectionKind, Stage};
use chrono::Datelike as _;
use serde::{Deserialize, Serialize};
use typeset::Photo;
use uuid::Uuid;

use super::super::{Generated, Scraped, StageError, model, press};
use super::{blocking, count, hash_of, json, load};
use crate::Services;
use crate::db::photos;
use crate::db::runs::{self, Run, StageOutcome};

/// What compiling leaves for the run's page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Compiled {
    /// Why the document is as it is; stage times are filled in when it is shown.
    pub explanation: Explanation,
    /// Its pages; addresses are filled in when it is shown.
    pub pages: Vec<PageView>,
    /// How they look, with the version of the template.
    #[serde(default)]
    pub look: PrintOptions,
    /// What was found when the PDF was read back.
    #[serde(default)]
    pub report: Option<ExportReport>,
    /// The sections in order, with their headings.
    #[serde(default)]
    pub sections: Vec<(SectionKind, String)>,
    /// The photo on them.
    #[serde(default)]
    pub photo: Option<Uuid>,
}

/// Pages that were made.
pub struct Pages {
    /// What their stage leaves.
    pub outcome: StageOutcome,
    /// The photo that was the person's when they were made, on them or not.
    pub photo: Option<Uuid>,
}

/// Makes the pages and files of a run that was generated, with the person's photo where the template has
/// a place for one.
///
/// # Errors
/// `look_unknown` when the look names what is not there, else why it gave up.
pub async fn print(
    services: &Services,
    run: &Run,
    look: PrintOptions,
) -> Result<Pages, StageError> {
    let scraped: Scraped = load(services, run.id, Stage::Scrape).await?;
    let analysis: Analysis = load(services, run.id, Stage::Analyze).await?;
    let generated: Generated = load(services, run.id, Stage::Generate).await?;
    let (pool, vault) = (&services.pool, &services.vault);
    let kept = photos::kept(pool, run.owner).await?;
    let kept = kept.filter(|kept| !kept.removed).map(|kept| kept.id);
    let hash = hash_of(&[
        json(&scraped.profile)?,
        json(&generated.draft)?,
        json(&look)?,
        json(&kept)?,
    ]);
    // Verified again from what was stored: nothing that comes out of a database is taken on trust.
    let (scraped, verified) = blocking(move || {
        let verified = tailor::verify(generated.draft, &scraped.profile);
        (
            scraped,
            verified.map(|verified| (verified.draft, generated.matches, generated.rejected)),
        )
    })
    .await?;
    let (draft, matches, rejected) = verified.map_err(|_| StageError::failed("verify_failed"))?;
    let mut job = press::job(&services.templates, &draft, &scraped.profile, look)?;
    let mut shown = None;
    if let Some(id) = kept.filter(|_| job.has_place_for_photo())
        && let Some(bytes) = photos::bytes(pool, vault, run.owner, id).await?
    {
        match Photo::new(bytes) {
            Ok(photo) => {
                job = job.with_photo(photo);
                shown = Some(id);
            }
            // Pages without it are better than none.
            Err(fault) => tracing::error!(%fault, "a kept photo cannot be used"),
        }
    }
    let day = run.created_at.date_naive();
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    let job = job.dated(
        u16::try_from(day.year()).unwrap_or(2000),
        small(day.month()),
        small(day.day()),
    );
    let made = press::print_job(&services.press, &job, &draft).await?;
    let mut explanation = tailor::explain(
        &made.resume,
        &scraped.profile,
        &scraped.posting,
        &analysis,
        &matches,
        made.printed.pages,
        Vec::new(),
    );
    explanation.rejected = model::views(&rejected, &made.resume, &scraped.profile);
    let failed = |_| StageError::failed("compile_failed");
    let document = &made.document;
    let broken = |error: typeset::TypesetError| {
        tracing::error!(%error, "a Word document could not be made");
        StageError::failed("compile_failed")
    };
    let docx = typeset::docx(&job, document).map_err(broken)?;
    let word_faults = typeset::inspect_docx(document, &docx).map_err(broken)?;
    let json_resume = typeset::json_resume(&made.resume, &scraped.profile);
    let file = |ending: &str, media_type, bytes| (format!("resume.{ending}"), media_type, bytes);
    let mut files = vec![
        file("pdf", "application/pdf", made.printed.pdf.clone()),
        file(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            docx,
        ),
        file(
            "txt",
            "text/plain; charset=utf-8",
            typeset::plain_text(document).into_bytes(),
        ),
        file(
            "html",
            "text/html; charset=utf-8",
            typeset::html(&job, document).into_bytes(),
        ),
        file(
            "md",
            "text/markdown; charset=utf-8",
            typeset::markdown(document).into_bytes(),
        ),
        file(
            "tex",
            "application/x-tex",
            typeset::tex(&job, document).into_bytes(),
        ),
        file(
            "json",
            "application/json",
            serde_json::to_vec_pretty(&json_resume).map_err(failed)?,
        ),
    ];
    for (number, page) in (1..).zip(&made.printed.svg_pages) {
        files.push((
            format!("page-{number}.svg"),
            "image/svg+xml",
            page.clone().into_bytes(),
        ));
    }
    let found = vec![
        ("pages".to_owned(), i64::from(made.printed.pages)),
        ("bytes".to_owned(), count(made.printed.pdf.len())),
    ];
    let compiled = Compiled {
        explanation,
        pages: page_views(&made.printed),
        look: job.options().clone(),
        sections: made
            .document
            .sections
            .into_iter()
            .map(|section| (section.kind, section.heading))
            .collect(),
        photo: shown.filter(|_| made.printed.report.instead_of.is_none()),
        report: Some(ExportReport {
            word_faults,
            ..made.printed.report
        }),
    };
    let output = json(&compiled)?;
    let outcome = StageOutcome {
        inputs_hash: hash,
        output,
        found,
        files,
        ..StageOutcome::default()
    };
    Ok(Pages {
        outcome,
        photo: kept,
    })
}

/// A short name of a page's content.
fn drawn(svg: Option<&String>) -> String {
    let hash = svg.map(|svg| ContentHash::of(svg.as_bytes()));
    hash.map(|hash| hash.short(16).to_owned())
        .unwrap_or_default()
}

fn page_views(printed: &typeset::Printed) -> Vec<PageView> {
    let (width, height) = printed.page_size_pt;
    (1..=printed.pages)
        .map(|number| PageView {
            number,
            // What is drawn on it: a page that did not change keeps its address.
            url: drawn(printed.svg_pages.get(number as usize - 1)),
            width,
            height,
            marks: printed
                .marks
                .iter()
                .filter(|mark| mark.page == number)
                .map(|mark| LineMark {
                    line: mark.claim.0.clone(),
                    top: mark.top / height,
                    left: mark.left / width,
                    height: mark.height / height,
                })
                .collect(),
        })
        .collect()
}

/// What compiling left, with stage times and addresses filled in.
///
/// # Errors
/// When the database is away or the output cannot be read.
pub async fn compiled(
    services: &Services,
    run: Uuid,
) -> Result<Option<Compiled>, crate::db::DbError> {
    let stored = runs::output(&services.pool, &services.vault, run, Stage::Compile).await?;
    let Some(stored) = stored else {
        return Ok(None);
    };
    let unreadable = crate::db::DbError::Row {
        table: "run_stages",
        column: "output_sealed",
    };
    let mut compiled: Compiled = serde_json::from_slice(&stored).map_err(|_| unreadable)?;
    compiled.explanation.stages = runs::finished_stages(&services.pool, run)
        .await?
        .into_iter()
        .map(|finished| StageTime {
            name: finished.stage,
            ms: finished.elapsed_ms,
        })
        .collect();
    for page in &mut compiled.pages {
        page.url = format!("/runs/{run}/pages/{}.svg?v={}", page.number, page.url);
    }
    Ok(Some(compiled))
}
