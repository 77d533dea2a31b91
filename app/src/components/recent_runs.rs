//! The latest runs, on the start page.

use career::view::RunListItem;
use leptos::prelude::*;

use super::moment::Moment;
use super::run_row::{state_words, title_of};
use crate::text;

/// So many are shown.
const SHOWN: usize = 5;

/// A short list; nothing at all before the first run.
#[component]
pub fn RecentRuns(
    /// All runs, the newest first.
    runs: Vec<RunListItem>,
) -> impl IntoView {
    let row = |run: RunListItem| {
        view! {
            <li>
                <a href=format!("/runs/{}", run.id)>
                    <span class="run-title">{title_of(run.title.as_deref(), run.company.as_deref())}</span>
                    <span class="quiet">{state_words(&run.state)}</span>
                    <span class="quiet">
                        <Moment at=run.created_at />
                    </span>
                </a>
            </li>
        }
    };
    (!runs.is_empty()).then(|| {
        view! {
            <section class="recent" aria-labelledby="recent-title">
                <h2 id="recent-title">{text::recent_heading()}</h2>
                <ul class="rows">{runs.into_iter().take(SHOWN).map(row).collect_view()}</ul>
                <p>
                    <a href="/runs">{text::recent_all()}</a>
                </p>
            </section>
        }
    })
}
