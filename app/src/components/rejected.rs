//! What a model proposed and the evidence does not say.

use career::view::{Explanation, RejectedView};
use leptos::prelude::*;

use super::choice::Choice;
use crate::text;

fn item(choice: Choice, rejected: RejectedView) -> impl IntoView {
    let line = rejected.line;
    view! {
        <li>
            <p><del>{rejected.proposed}</del></p>
            <p class="quiet">{text::rejected_because(&rejected.reason)}</p>
            <button type="button" class="button small plain" on:click=move |_| choice.show_line(&line)>
                {text::rejected_show()}
            </button>
        </li>
    }
}

/// The proposals that were refused, each with why; nothing where there are none.
#[component]
pub fn Rejected(
    /// The lines and what was refused for them.
    explanation: StoredValue<Explanation>,
    /// What is chosen.
    choice: Choice,
) -> impl IntoView {
    let rejected = explanation.with_value(|explanation| explanation.rejected.clone());
    let count = text::count(rejected.len());
    (!rejected.is_empty()).then(|| {
        let items = rejected.into_iter().map(|rejected| item(choice, rejected));
        view! {
            <details class="rejected">
                <summary>{text::rejected_heading(count)}</summary>
                <p>
                    {text::rejected_lead()} " " <a href="/evidence/write?section=work">{text::rejected_own()}</a> " · "
                    <a href="/help">{text::rejected_help()}</a>
                </p>
                <ul>{items.collect_view()}</ul>
            </details>
        }
    })
}
