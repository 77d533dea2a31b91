//! The very words of the source beside the line that rests on them.

use career::view::{Explanation, LineView, RequirementView};
use leptos::prelude::*;

use super::choice::Choice;
use super::evidence_pane::{Whence, edit_words};
use crate::text;

/// The requirements a line answers.
fn answered(all: &Explanation, line: &LineView) -> Vec<RequirementView> {
    let answers = |requirement: &&RequirementView| line.requirements.contains(&requirement.id);
    all.requirements.iter().filter(answers).cloned().collect()
}

/// A line's evidence, what was done to it, and what it answers.
#[component]
pub fn Proof(
    /// The line.
    id: String,
    /// Where it stands beside the page.
    style: String,
    /// The lines and requirements.
    explanation: StoredValue<Explanation>,
    /// What is chosen.
    choice: Choice,
) -> impl IntoView {
    let found = explanation.with_value(|all| {
        let line = all.lines.iter().find(|line| line.id == id)?.clone();
        let answered = answered(all, &line);
        Some((line, answered))
    });
    found.map(|(line, answered)| {
        let facts = line.facts.into_iter().map(|fact| {
            view! {
                <li>
                    <blockquote>{fact.quote.clone()}</blockquote>
                    <Whence fact />
                </li>
            }
        });
        let count = text::count(answered.len());
        let answered = answered.into_iter().map(|requirement| view! { <li>{requirement.text}</li> }).collect_view();
        view! {
            <aside class="proof" style=style>
                <p class="edit">{edit_words(line.edit)}</p>
                <ul class="facts">{facts.collect_view()}</ul>
                {(count > 0)
                    .then(|| {
                        view! {
                            <p class="quiet">{text::mark_answers(count)}</p>
                            <ul class="answered">{answered}</ul>
                        }
                    })}
                <button type="button" class="icon-button" aria-label=text::mark_close() on:click=move |_| choice.clear()>
                    "×"
                </button>
            </aside>
        }
    })
}
