//! A button that does one thing to one thing: a form of its own, so that it works without a script.

use leptos::prelude::*;
use uuid::Uuid;

/// Posts the id to `action`; with a script `send` runs instead.
#[component]
pub fn IdForm(
    /// The server function's address.
    action: &'static str,
    /// What it is done to.
    id: Uuid,
    /// What the script does instead of posting.
    send: impl Fn() + 'static,
    /// The button's classes.
    class: &'static str,
    /// The button's name where its words alone do not say it.
    #[prop(into, optional)]
    label: Option<String>,
    /// The button's words.
    words: &'static str,
) -> impl IntoView {
    view! {
        <form
            method="post"
            action=action
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <input type="hidden" name="id" value=id.to_string() />
            <button class=class aria-label=label>
                {words}
            </button>
        </form>
    }
    .into_any()
}
