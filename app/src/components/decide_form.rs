//! A button that says one thing about the profile: a form of its own, so that it works without a
//! script.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api::Decide;

/// Decides something.
pub type Decider = ServerAction<Decide>;

/// Nothing said yet, of a kind, about an entry.
pub fn about(kind: &str, entry: &str) -> Decide {
    Decide {
        kind: kind.to_owned(),
        entry: entry.to_owned(),
        other: String::new(),
        field: String::new(),
        fact: String::new(),
        start: 0,
        end: 0,
    }
}

/// Posts the decision; with a script it is dispatched instead.
#[component]
pub fn DecideForm(
    /// What is decided.
    decision: Decide,
    /// Takes it where a script runs.
    decider: Decider,
    /// The button's classes.
    class: &'static str,
    /// The button's name where its words alone do not say it.
    label: String,
    /// The button's words.
    words: &'static str,
) -> impl IntoView {
    let fields = [
        ("kind", decision.kind.clone()),
        ("entry", decision.entry.clone()),
        ("other", decision.other.clone()),
        ("field", decision.field.clone()),
        ("fact", decision.fact.clone()),
        ("start", decision.start.to_string()),
        ("end", decision.end.to_string()),
    ];
    let hidden = fields
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .into_iter()
        .collect_view();
    let decision = StoredValue::new(decision);
    view! {
        <form
            method="post"
            action=Decide::url()
            on:submit=move |event| {
                event.prevent_default();
                decider.dispatch(decision.get_value());
            }
        >
            {hidden}
            <button class=class aria-label=label>
                {words}
            </button>
        </form>
    }
    .into_any()
}
