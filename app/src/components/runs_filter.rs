//! The filter of the list of runs; it lives in the address.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::query::{in_place, query_with};
use crate::text;

/// A box that filters while it is typed in, and a form where no script runs.
#[component]
pub fn RunsFilter(
    /// The filter as the address has it.
    filter: Memo<String>,
) -> impl IntoView {
    let navigate = use_navigate();
    let address = query_with();
    let typed = move |event| {
        navigate(&address("q", &event_target_value(&event)), in_place());
    };
    view! {
        <form class="filter" role="search" method="get" action="/runs" on:submit=|event| event.prevent_default()>
            <label class="visually-hidden" for="filter">
                {text::runs_filter()}
            </label>
            <input
                id="filter"
                type="search"
                name="q"
                data-find
                autocomplete="off"
                placeholder=text::runs_filter_hint()
                value=filter.get_untracked()
                prop:value=move || filter.get()
                on:input=typed
            />
            <noscript inner_html=format!("<button class=\"button\">{}</button>", text::runs_filter_button())></noscript>
        </form>
    }
    .into_any()
}
