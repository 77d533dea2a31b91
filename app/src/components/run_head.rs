//! The top of a run's page: which posting, from what, since when, and what a model was asked for it.

use career::view::RunView;
use leptos::prelude::*;

use super::moment::Moment;
use super::run_row::title_of;
use crate::text;

/// Title, evidence and time of a run.
#[component]
pub fn RunHead(
    /// The run.
    run: RwSignal<RunView>,
) -> impl IntoView {
    let title = Memo::new(move |_| {
        run.with(|run| match (&run.title, run.state.is_final()) {
            (None, false) => text::run_unread().to_owned(),
            (title, _) => title_of(title.as_deref(), run.company.as_deref()),
        })
    });
    let sources = move || run.with(|run| text::run_sources(&run.sources.join(", ")));
    let created = run.with_untracked(|run| run.created_at.clone());
    let id = run.with_untracked(|run| run.id);
    let asked = Memo::new(move |_| run.with(|run| run.asked));
    let calls = move || {
        let link = || view! { " · " <a href=format!("/models?run={id}")>{text::run_asked()}</a> };
        asked.get().then(link)
    };
    view! {
        <header class="run-head">
            <h1>{title}</h1>
            <p class="quiet">{sources} " · " <Moment at=created /> {calls}</p>
        </header>
    }
    .into_any()
}
