//! Fields for which sources give several values.

use career::view::{ConflictView, ValueView};
use leptos::prelude::*;

use super::decide_form::{DecideForm, Decider, about};
use super::entry_line::entry_title;
use super::evidence_pane::Whence;
use crate::text;

/// One of several values, and the way to take it.
#[component]
fn Value(
    /// The value.
    value: ValueView,
    /// Whether it is in use.
    in_use: bool,
    /// The entry's anchor.
    entry: String,
    /// The field's name.
    field: &'static str,
    /// Takes the choice.
    decider: Decider,
) -> impl IntoView {
    let mut choice = about("choose", &entry);
    field.clone_into(&mut choice.field);
    choice.fact.clone_from(&value.fact.id);
    (choice.start, choice.end) = (value.start, value.end);
    let label = text::proposal_named(text::conflict_use(), &value.text);
    view! {
        <li class="value" class:used=in_use>
            <div>
                <p>{value.text}</p>
                <Whence fact=value.fact />
            </div>
            {if in_use {
                view! { <span class="quiet">{text::conflict_in_use()}</span> }.into_any()
            } else {
                view! { <DecideForm decision=choice decider class="button small" label words=text::conflict_use() /> }
                    .into_any()
            }}
        </li>
    }
    .into_any()
}

/// All differences; nothing where there are none.
#[component]
pub fn Conflicts(
    /// The differences.
    conflicts: Vec<ConflictView>,
    /// Takes choices.
    decider: Decider,
) -> impl IntoView {
    let count = text::count(conflicts.len());
    let one =
        move |conflict: ConflictView| {
            let title = entry_title(&conflict.entry);
            let anchor = conflict.entry.anchor;
            let field = conflict.field.as_str();
            let values = conflict.values.into_iter().enumerate().map(|(position, value)| {
            view! { <Value value in_use=position == 0 entry=anchor.clone() field decider /> }
        });
            view! {
                <li>
                    <h3>{text::field(field)} " · " {title}</h3>
                    <ul class="values">{values.collect_view()}</ul>
                </li>
            }
        };
    (count > 0).then(|| {
        view! {
            <section class="sheet block" aria-labelledby="conflicts-title">
                <h2 id="conflicts-title">{text::conflicts_heading(count)}</h2>
                <p class="hint">{text::conflicts_hint()}</p>
                <ul class="conflicts">{conflicts.into_iter().map(one).collect_view()}</ul>
            </section>
        }
    })
}
