//! The start: a posting, evidence, one button.

use career::view::{Attempt, EstimateView, RunListItem, SourceView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use crate::api::{get_attempt, get_estimate, list_runs, list_sources};
use crate::components::recent_runs::RecentRuns;
use crate::components::sample_form::SampleForm;
use crate::components::start_form::StartForm;
use crate::text;

/// What the page is filled with.
type Given = (
    Vec<SourceView>,
    Vec<RunListItem>,
    Option<Attempt>,
    Option<EstimateView>,
);

/// Asks for a posting and evidence.
#[component]
pub fn StartPage() -> impl IntoView {
    let query = use_query_map();
    let attempt_id = move || {
        query.with(|query| {
            query
                .get_str("attempt")
                .and_then(|id| Uuid::parse_str(id).ok())
        })
    };
    let given = Resource::new(attempt_id, load);
    view! {
        <Title text=text::title_start() />
        <div class="start">
            <header class="start-head">
                <h1>{text::start_heading()}</h1>
                <p>{text::start_lead()}</p>
            </header>
            <Transition fallback=|| ()>
                {move || Suspend::new(async move {
                    let (sources, runs, attempt, estimate) = given.await;
                    view! {
                        <StartForm sources attempt=attempt.unwrap_or_default() estimate />
                        <div class="start-below">
                            <SampleForm />
                            <RecentRuns runs />
                        </div>
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

/// The form itself needs none of these, so what cannot be read is left out.
async fn load(attempt: Option<Uuid>) -> Given {
    let attempt = match attempt {
        Some(id) => get_attempt(id).await.ok().flatten(),
        None => None,
    };
    (
        list_sources().await.unwrap_or_default(),
        list_runs().await.unwrap_or_default(),
        attempt,
        get_estimate().await.ok().flatten(),
    )
}
