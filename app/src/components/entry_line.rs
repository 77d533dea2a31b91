//! An entry of the record in a line or two.

use career::view::EntryView;
use leptos::prelude::*;

use crate::text;

/// What an entry is called.
pub fn entry_title(entry: &EntryView) -> String {
    let named = [&entry.title, &entry.organization];
    let parts: Vec<&str> = named
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        text::entry_untitled().to_owned()
    } else {
        parts.join(", ")
    }
}

/// Title, time, lines, and the sources it rests on.
#[component]
pub fn EntryLine(
    /// The entry.
    entry: EntryView,
) -> impl IntoView {
    let title = entry_title(&entry);
    let lines = (entry.lines > 0).then(|| text::record_lines(entry.lines));
    let details: Vec<String> = [entry.dates].into_iter().chain(lines).collect();
    let details: Vec<String> = details
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let sources = entry.sources.into_iter().map(|(mark, source)| {
        view! {
            <span class="whence">
                <span class="mark" title=text::mark(&mark)>
                    {mark.clone()}
                </span>
                <span class="source">{source}</span>
            </span>
        }
    });
    view! {
        <div class="entry-line">
            <p class="entry-title">{title}</p>
            <p class="quiet">{details.join(" · ")}</p>
            {sources.collect_view()}
        </div>
    }
    .into_any()
}
