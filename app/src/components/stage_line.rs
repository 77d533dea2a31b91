//! The five stages of a run as a line that fills.

use career::Stage;
use career::view::{RunView, StageStatus, StageView};
use leptos::prelude::*;

use crate::text;

fn status_name(status: StageStatus) -> &'static str {
    match status {
        StageStatus::Waiting => "waiting",
        StageStatus::Working => "working",
        StageStatus::Done => "done",
        StageStatus::Failed => "failed",
        StageStatus::Cancelled => "cancelled",
    }
}

/// A stage's name on screen.
pub fn stage_words(stage: Stage) -> &'static str {
    text::stage(stage.as_str()).unwrap_or_default()
}

/// What the stage found; before that, what it does.
fn found_words(stage: Stage, view: Option<&StageView>) -> String {
    let found: Vec<String> = view
        .iter()
        .flat_map(|view| &view.found)
        .filter(|(name, count)| !(name == "refused" && *count == 0))
        .filter_map(|(name, count)| text::found(name, *count))
        .collect();
    if found.is_empty() {
        text::stage_does(stage.as_str())
            .unwrap_or_default()
            .to_owned()
    } else {
        found.join(", ")
    }
}

fn stage_item(run: RwSignal<RunView>, stage: Stage) -> impl IntoView {
    let view = Memo::new(move |_| {
        run.with(|run| run.stages.iter().find(|view| view.stage == stage).cloned())
    });
    let status = move || {
        status_name(view.with(|view| {
            view.as_ref()
                .map_or(StageStatus::Waiting, |view| view.status)
        }))
    };
    let time = move || view.with(|view| view.as_ref().and_then(|view| view.ms).map(text::duration));
    view! {
        <li class="stage" data-status=status>
            <span class="stage-name">
                {stage_words(stage)} <span class="visually-hidden">{move || text::status(status())}</span>
            </span>
            <span class="stage-found">{move || view.with(|view| found_words(stage, view.as_ref()))}</span>
            <span class="stage-time">{time}</span>
        </li>
    }
}

/// All five, always; each with what it found and its time.
#[component]
pub fn StageLine(
    /// The run.
    run: RwSignal<RunView>,
) -> impl IntoView {
    // What is read out: one short sentence per change, not the whole list.
    let spoken = Memo::new(move |_| {
        run.with(|run| {
            let stage = run.state.stage().map(stage_words);
            let state = text::status(run.state.as_str()).unwrap_or_default();
            stage.map_or_else(
                || state.to_owned(),
                |stage| text::run_progress(stage, state),
            )
        })
    });
    view! {
        <ol class="stages" aria-label=text::run_stages() data-state=move || run.with(|run| run.state.as_str())>
            {Stage::ALL.map(|stage| stage_item(run, stage)).into_iter().collect_view()}
        </ol>
        <p class="visually-hidden" role="status">
            {spoken}
        </p>
    }
    .into_any()
}
