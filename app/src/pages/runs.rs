//! The list of runs.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_query_map};
use uuid::Uuid;

use crate::api::{RestoreRun, list_runs, remove_run, restore_run};
use crate::components::failure::{Failure, Loading};
use crate::components::query::{Command, in_place, query_with};
use crate::components::runs_table::RunsTable;
use crate::components::undo_bar::UndoBar;
use crate::text;

/// All runs, or the way to the first.
#[component]
pub fn RunsPage() -> impl IntoView {
    let navigate = use_navigate();
    let address = query_with();
    let back = navigate.clone();
    let remove = Command::new(move |id: &Uuid| {
        let (id, navigate) = (*id, navigate.clone());
        async move {
            let outcome = remove_run(id).await;
            outcome.inspect(|()| navigate(&address("removed", &id.to_string()), in_place()))
        }
    });
    let restore = Command::new(move |id: &Uuid| {
        let (id, back) = (*id, back.clone());
        async move {
            let outcome = restore_run(id).await;
            outcome.inspect(|()| back(&address("removed", ""), in_place()))
        }
    });
    let runs = Resource::new(
        move || (remove.version().get(), restore.version().get()),
        |_| list_runs(),
    );
    let query = use_query_map();
    let removed = Memo::new(move |_| {
        query.with(|query| {
            query
                .get_str("removed")
                .and_then(|id| Uuid::parse_str(id).ok())
        })
    });
    let refused = move || {
        let outcome = remove.value().get().or_else(|| restore.value().get());
        outcome.and_then(Result::err).map(|error| error.message())
    };
    view! {
        <Title text=text::title_runs() />
        <div class="list-page">
            <h1>{text::runs_heading()}</h1>
            <p class="problem" role="alert">
                {refused}
            </p>
            {move || removed.get().map(|id| view! { <UndoBar id restore action=RestoreRun::url() words=text::run_removed() /> })}
            <Transition fallback=Loading>
                {move || Suspend::new(async move {
                    match runs.await {
                        Ok(runs) if runs.is_empty() => view! { <NoRuns /> }.into_any(),
                        Ok(runs) => view! { <RunsTable runs remove /> }.into_any(),
                        Err(error) => view! { <Failure error /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

/// Before the first run.
#[component]
fn NoRuns() -> impl IntoView {
    view! {
        <section class="empty">
            <h2>{text::runs_empty_heading()}</h2>
            <p>{text::runs_empty()}</p>
            <a class="button primary" href="/">
                {text::runs_empty_action()}
            </a>
        </section>
    }
    .into_any()
}
