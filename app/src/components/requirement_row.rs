//! One thing the posting asks for.

use career::RequirementKind;
use career::view::{Explanation, RequirementView};
use leptos::prelude::*;

use super::choice::Choice;
use crate::text;

fn kind_words(kind: RequirementKind) -> &'static str {
    let code = match kind {
        RequirementKind::Must => "must",
        RequirementKind::Nice => "nice",
        RequirementKind::Duty => "duty",
    };
    text::kind(code).unwrap_or_default()
}

/// How a requirement stands, in words.
fn standing(requirement: &RequirementView) -> Option<String> {
    match (requirement.lines.len(), requirement.facts.len()) {
        (0, 0) => None,
        (0, _) => Some(text::requirement_off_page().to_owned()),
        (lines, _) => Some(text::lines_count(text::count(lines))),
    }
}

/// A requirement; chosen, it shows its lines here and on the page.
#[component]
pub fn RequirementRow(
    /// The requirement.
    requirement: RequirementView,
    /// The lines that may answer it.
    explanation: StoredValue<Explanation>,
    /// What is chosen.
    choice: Choice,
) -> impl IntoView {
    let why =
        (!requirement.why.is_empty()).then(|| text::requirement_why(&requirement.why.join(", ")));
    let notes: Vec<String> = why.into_iter().chain(standing(&requirement)).collect();
    let notes = notes.join(" · ");
    let id = StoredValue::new(requirement.id.clone());
    let lines = StoredValue::new(requirement.lines.clone());
    let chosen = move || {
        choice
            .requirement()
            .is_some_and(|chosen| id.with_value(|id| *id == chosen))
    };
    let answered = move || {
        choice
            .shown_line()
            .is_some_and(|line| lines.with_value(|lines| lines.contains(&line)))
    };
    let line_list = move || {
        let texts = explanation.with_value(|all| {
            let mine = all
                .lines
                .iter()
                .filter(|line| lines.with_value(|lines| lines.contains(&line.id)));
            mine.map(|line| (line.id.clone(), line.text.clone()))
                .collect::<Vec<_>>()
        });
        let items = texts.into_iter().map(|(line, words)| {
            view! {
                <li>
                    <button type="button" class="line-button" on:click=move |_| choice.show_line(&line)>
                        {words}
                    </button>
                </li>
            }
        });
        view! { <ul class="requirement-lines">{items.collect_view()}</ul> }
    };
    view! {
        <li class="requirement" class:chosen=chosen class:answered=answered>
            <button
                type="button"
                class="requirement-button"
                aria-pressed=move || chosen().to_string()
                on:click=move |_| id.with_value(|id| choice.choose_requirement(id))
            >
                <span class="kind" data-kind=kind_words(requirement.kind)>
                    {kind_words(requirement.kind)}
                </span>
                <span class="asked">{requirement.text}</span>
                <span class="quiet">{notes}</span>
            </button>
            {move || chosen().then(line_list)}
        </li>
    }
    .into_any()
}
