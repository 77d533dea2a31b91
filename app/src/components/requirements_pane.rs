//! What the posting asks for: what is backed and by what, and plainly what nothing backs.

use career::view::{Explanation, RequirementView};
use leptos::prelude::*;

use super::choice::Choice;
use super::hidden_passages::HiddenPassages;
use super::requirement_row::RequirementRow;
use crate::text;

/// Backed first, in the posting's order; then what nothing backs.
#[component]
pub fn RequirementsPane(
    /// The requirements.
    explanation: StoredValue<Explanation>,
    /// What is chosen.
    choice: Choice,
) -> impl IntoView {
    let all = explanation.with_value(|explanation| explanation.requirements.clone());
    let total = text::count(all.len());
    let (backed, unbacked): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|requirement| !requirement.facts.is_empty() || !requirement.lines.is_empty());
    let counts = (text::count(backed.len()), text::count(unbacked.len()));
    let rows = move |requirements: Vec<RequirementView>| {
        requirements
            .into_iter()
            .map(|requirement| view! { <RequirementRow requirement explanation choice /> })
            .collect_view()
    };
    let summary = if total == 0 {
        text::requirements_none().to_owned()
    } else {
        text::requirements_summary(total, &counts.0.to_string())
    };
    let group =
        move |title: String, hint: Option<&'static str>, class: &'static str, requirements| {
            view! {
                <h3 class=class>{title}</h3>
                {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
                <ul class="requirements">{rows(requirements)}</ul>
            }
        };
    view! {
        <section class="pane requirements-pane" aria-labelledby="requirements-title" tabindex="0">
            <h2 id="requirements-title">{text::pane_requirements_heading()}</h2>
            <p>{summary}</p>
            <HiddenPassages explanation />
            {(counts.1 > 0)
                .then(|| {
                    let hint = Some(text::requirements_unbacked_hint());
                    group(text::requirements_unbacked(counts.1), hint, "unbacked", unbacked)
                })}
            {(counts.0 > 0)
                .then(|| group(text::requirements_backed(counts.0), None, "backed", backed))}
        </section>
    }
    .into_any()
}
