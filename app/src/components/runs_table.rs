//! The list of runs, filtered and sorted as the address says.

use career::view::RunListItem;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::query::{Command, query_with};
use super::run_row::{RunRow, state_words, title_of};
use super::runs_filter::RunsFilter;
use crate::text;

/// A column's name in the address, and on screen.
type Column = (&'static str, fn() -> &'static str);

/// What can be sorted by; the list comes newest first.
const COLUMNS: [Column; 3] = [
    ("title", text::runs_column_posting),
    ("state", text::runs_column_state),
    ("when", text::runs_column_when),
];

fn fits(run: &RunListItem, filter: &str) -> bool {
    let title = title_of(run.title.as_deref(), run.company.as_deref());
    [title, state_words(&run.state)]
        .concat()
        .to_lowercase()
        .contains(filter)
}

fn sort(runs: &mut [RunListItem], column: &str) {
    let title =
        |run: &RunListItem| title_of(run.title.as_deref(), run.company.as_deref()).to_lowercase();
    match column {
        "title" => runs.sort_by_cached_key(title),
        "state" => runs.sort_by_cached_key(|run| state_words(&run.state)),
        "when" => runs.reverse(),
        _ => {}
    }
}

/// A table of runs under its filter.
#[component]
pub fn RunsTable(
    /// All runs, the newest first.
    runs: Vec<RunListItem>,
    /// Removes runs.
    remove: Command,
) -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
    let column = Memo::new(move |_| query.with(|query| query.get("sort").unwrap_or_default()));
    let address = query_with();
    let runs = StoredValue::new(runs);
    let shown = Memo::new(move |_| {
        let wanted = filter.get().trim().to_lowercase();
        let mut shown: Vec<RunListItem> = runs.with_value(|runs| {
            runs.iter()
                .filter(|run| fits(run, &wanted))
                .cloned()
                .collect()
        });
        sort(&mut shown, &column.get());
        shown
    });
    let head = move |(name, words): Column| {
        let sorted = move || column.get() == name;
        let href = move || {
            query.track();
            address("sort", if sorted() { "" } else { name })
        };
        let order = move || sorted().then_some("ascending");
        view! {
            <th scope="col" aria-sort=order>
                <a href=href data-noscroll>
                    {words()}
                </a>
            </th>
        }
    };
    let nothing = move || {
        view! {
            <p>{text::runs_none_match(&filter.get())}</p>
            <p>
                <a href="/runs">{text::runs_clear_filter()}</a>
            </p>
        }
    };
    view! {
        <RunsFilter filter />
        <p class="quiet" role="status">
            {move || shown.with(|shown| text::runs_count(text::count(shown.len())))}
        </p>
        <Show when=move || shown.with(|shown| !shown.is_empty()) fallback=nothing>
            <table class="runs">
                <thead>
                    <tr>
                        {COLUMNS.map(head).into_iter().collect_view()} <th scope="col">
                            <span class="visually-hidden">{text::runs_column_action()}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || shown.get() key=|run| (run.id, run.state.as_str()) let:run>
                        <RunRow run remove />
                    </For>
                </tbody>
            </table>
        </Show>
    }
    .into_any()
}
