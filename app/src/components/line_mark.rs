//! A line on a page that can be asked what it rests on, and its mark in the margin.

use career::view::{Explanation, LineView};
use leptos::prelude::*;

use super::choice::Choice;
use crate::text;

/// Where a line is on its page, as parts of the page's size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Upper edge.
    pub top: f32,
    /// Height.
    pub height: f32,
    /// Left edge.
    pub left: f32,
    /// Width.
    pub width: f32,
    /// Whether the page's margin is its own.
    pub leads: bool,
}

/// A part as CSS wants it.
pub fn percent(part: f32) -> String {
    let hundredths = (part * 10_000.0).round() as i32;
    format!("{}.{:02}%", hundredths / 100, hundredths.abs() % 100)
}

/// The marks of a line's sources, each once.
fn marks_of(line: &LineView) -> String {
    let mut marks: Vec<&str> = Vec::new();
    for fact in &line.facts {
        if !marks.contains(&fact.mark.as_str()) {
            marks.push(&fact.mark);
        }
    }
    marks.join(" ")
}

/// The line as a button over its words; its name is the line and what it rests on.
#[component]
pub fn LineButton(
    /// The line.
    line: LineView,
    /// Where it is.
    place: Place,
    /// The requirements it may answer.
    explanation: StoredValue<Explanation>,
    /// What is chosen.
    choice: Choice,
) -> impl IntoView {
    let id = StoredValue::new(line.id.clone());
    let source = line
        .facts
        .first()
        .map(|fact| fact.source.clone())
        .unwrap_or_default();
    let marks = marks_of(&line);
    // What is seen is part of what is said, outside brackets: a voice command names what it sees.
    let label = text::mark_name(&line.text, &source, &marks);
    let mark = place
        .leads
        .then(|| view! { <span class="mark" aria-hidden="true">{marks}</span> });
    let style = format!(
        "top: {}; left: {}; width: {}; height: {}",
        percent(place.top),
        percent(place.left),
        percent(place.width),
        percent(place.height)
    );
    let answers = move || {
        choice.requirement().is_some_and(|chosen| {
            let is_answer = |all: &Explanation| {
                let chosen = all
                    .requirements
                    .iter()
                    .find(|requirement| requirement.id == chosen);
                chosen.is_some_and(|chosen| id.with_value(|id| chosen.lines.contains(id)))
            };
            explanation.with_value(is_answer)
        })
    };
    let shown = move || {
        choice
            .shown_line()
            .is_some_and(|line| id.with_value(|id| *id == line))
    };
    view! {
        <li>
            <button
                type="button"
                class="line-mark"
                class:answers=answers
                class:shown=shown
                style=style
                aria-label=label
                aria-expanded=move || shown().to_string()
                on:mouseenter=move |_| id.with_value(|id| choice.hover(Some(id)))
                on:focus=move |_| id.with_value(|id| choice.focus(Some(id)))
                on:blur=move |_| choice.focus(None)
                on:click=move |_| id.with_value(|id| choice.choose_line(id))
            >
                {mark}
            </button>
        </li>
    }
    .into_any()
}
