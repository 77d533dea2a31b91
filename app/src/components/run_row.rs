//! A run in the list.

use career::RunState;
use career::view::RunListItem;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::id_form::IdForm;
use super::moment::Moment;
use super::query::Command;
use super::stage_line::stage_words;
use crate::api::RemoveRun;
use crate::text;

/// What a run is called: its posting's title and employer.
pub fn title_of(title: Option<&str>, company: Option<&str>) -> String {
    match (title, company) {
        (Some(title), Some(company)) => text::run_at(title, company),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => text::run_untitled().to_owned(),
    }
}

/// A state in words.
pub fn state_words(state: &RunState) -> String {
    match state {
        RunState::Working { stage } => text::state_working(stage_words(*stage)),
        RunState::Done => text::state_done().to_owned(),
        RunState::Failed { stage, .. } => text::state_failed(stage_words(*stage)),
        RunState::Cancelled { .. } => text::state_cancelled().to_owned(),
    }
}

/// Title, state, time, and the way to remove it.
#[component]
pub fn RunRow(
    /// The run.
    run: RunListItem,
    /// Removes runs.
    remove: Command,
) -> impl IntoView {
    let id = run.id;
    let title = title_of(run.title.as_deref(), run.company.as_deref());
    view! {
        <tr>
            <td>
                <a class="run-link" href=format!("/runs/{id}")>
                    {title.clone()}
                </a>
            </td>
            <td class="run-state" data-state=run.state.as_str()>
                {state_words(&run.state)}
            </td>
            <td class="run-when">
                <Moment at=run.created_at />
            </td>
            <td class="run-action">
                <IdForm
                    action=RemoveRun::url()
                    id
                    send=move || {
                        remove.dispatch(id);
                    }
                    class="button small plain"
                    label=text::run_remove_named(&title)
                    words=text::run_remove()
                />
            </td>
        </tr>
    }
    .into_any()
}
