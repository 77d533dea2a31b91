//! Runs as pages show them.

use career::view::{ResultView, RunListItem, RunView, StageStatus, StageView};
use career::{RunState, Stage};

use crate::db::runs::{self, FinishedStage, Run};
use crate::db::{ledger, sources};
use crate::pipeline::stored;
use crate::{Result, Services};

pub(super) async fn of_run(services: &Services, run: Run) -> Result<RunView> {
    let finished = runs::finished_stages(&services.pool, run.id).await?;
    let mut sources = sources::names_of_run(&services.pool, &services.vault, run.id).await?;
    sources.extend(
        run.input
            .github
            .iter()
            .map(|name| format!("github.com/{name}")),
    );
    let arriving = match run.state {
        RunState::Working { .. } => runs::arriving(&services.pool, &services.vault, run.id).await?,
        _ => Vec::new(),
    };
    let asked = ledger::calls(&services.pool, run.owner, Some(run.id), 1).await?;
    Ok(RunView {
        id: run.id,
        arriving,
        asked: !asked.is_empty(),
        stages: Stage::ALL
            .iter()
            .map(|stage| stage_view(*stage, &run.state, &finished))
            .collect(),
        state: run.state,
        title: run.title.title,
        company: run.title.company,
        sources,
        created_at: run.created_at.to_rfc3339(),
        notices: run.notices,
        revision: run.revision,
    })
}

fn stage_view(stage: Stage, state: &RunState, finished: &[FinishedStage]) -> StageView {
    let through = finished.iter().find(|finished| finished.stage == stage);
    let status = match state {
        RunState::Done => StageStatus::Done,
        _ if state.stage().is_some_and(|at| stage < at) => StageStatus::Done,
        _ if state.stage() != Some(stage) => StageStatus::Waiting,
        RunState::Working { .. } => StageStatus::Working,
        RunState::Failed { .. } => StageStatus::Failed,
        RunState::Cancelled { .. } => StageStatus::Cancelled,
    };
    let through = through.filter(|_| status == StageStatus::Done);
    StageView {
        stage,
        status,
        ms: through.map(|finished| finished.elapsed_ms),
        found: through
            .map(|finished| finished.found.clone())
            .unwrap_or_default(),
    }
}

pub(super) fn list_item(run: Run) -> RunListItem {
    RunListItem {
        id: run.id,
        state: run.state,
        title: run.title.title,
        company: run.title.company,
        created_at: run.created_at.to_rfc3339(),
    }
}

pub(super) async fn result(services: &Services, run: &Run) -> Result<Option<ResultView>> {
    if run.state != RunState::Done {
        return Ok(None);
    }
    let compiled = stored::compiled(services, run.id).await?;
    Ok(compiled.map(|compiled| ResultView {
        run: run.id,
        report: compiled.report,
        pages: compiled.pages,
        explanation: compiled.explanation,
    }))
}
