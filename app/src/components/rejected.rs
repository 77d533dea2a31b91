//! What a model proposed and the evidence does not say.

use career::view::{Explanation, RejectedView};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::choice::Choice;
use crate::api::ConfirmClaim;
use crate::text;

fn item(choice: Choice, rejected: RejectedView) -> impl IntoView {
    let line = rejected.line.clone();
    let confirm = rejected.entry.map(
        |entry| view! { <Confirm entry line=rejected.line proposed=rejected.proposed.clone() /> },
    );
    view! {
        <li>
            <p>
                <del>{rejected.proposed}</del>
            </p>
            <p class="quiet">{text::rejected_because(&rejected.reason)}</p>
            <button type="button" class="button small plain" on:click=move |_| choice.show_line(&line)>
                {text::rejected_show()}
            </button>
            {confirm}
        </li>
    }
}

/// Lets the person say it themselves.
#[component]
fn Confirm(
    /// The fact the entry is known by.
    entry: String,
    /// The line it is about, for the field's name.
    line: String,
    /// What was proposed: a beginning.
    proposed: String,
) -> impl IntoView {
    let confirm = ServerAction::<ConfirmClaim>::new();
    let words = NodeRef::<leptos::html::Textarea>::new();
    let sent = entry.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let words = words.get_untracked().map(|field| field.value());
        confirm.dispatch(ConfirmClaim {
            entry: sent.clone(),
            words: words.unwrap_or_default(),
        });
    };
    let kept = move || matches!(confirm.value().get(), Some(Ok(())));
    let problem = move || {
        let outcome = confirm.value().get();
        outcome.and_then(Result::err).map(|error| error.message())
    };
    let field = format!("own-{line}");
    view! {
        <details class="confirm">
            <summary>{text::rejected_true()}</summary>
            <form method="post" action=ConfirmClaim::url() on:submit=submit hidden=kept>
                <input type="hidden" name="entry" value=entry />
                <label for=field.clone()>{text::rejected_own()}</label>
                <textarea id=field name="words" rows="3" node_ref=words>
                    {proposed}
                </textarea>
                <p class="problem" role="alert">
                    {problem}
                </p>
                <button class="button small" aria-disabled=move || confirm.pending().get().to_string()>
                    {text::rejected_keep()}
                </button>
            </form>
            <p role="status">{move || kept().then(text::rejected_kept)}</p>
        </details>
    }
    .into_any()
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
                    {text::rejected_lead()} " " <a href="/help">{text::rejected_help()}</a>
                </p>
                <ul>{items.collect_view()}</ul>
            </details>
        }
    })
}
