//! What a posting hides from its readers or tells to models: shown, and kept out of everything else.

use career::view::Explanation;
use leptos::prelude::*;

use crate::text;

/// Passages worth a word; nothing where there are none.
#[component]
pub fn HiddenPassages(
    /// The run's explanation.
    explanation: StoredValue<Explanation>,
) -> impl IntoView {
    let passages = explanation.with_value(|explanation| {
        let told = explanation.hidden.iter();
        told.filter(|passage| passage.instructs || !passage.why.is_usual())
            .cloned()
            .collect::<Vec<_>>()
    });
    let count = text::count(passages.len());
    (count > 0).then(|| {
        let passages = passages.into_iter().map(|passage| {
            view! {
                <li>
                    <q>{passage.text}</q>
                    <p class="quiet">{text::hidden(passage.why.as_str())}</p>
                </li>
            }
        });
        view! {
            <details class="hidden-passages">
                <summary>{text::hidden_heading(count)}</summary>
                <p class="hint">{text::hidden_hint()}</p>
                <ul>{passages.collect_view()}</ul>
            </details>
        }
    })
}
