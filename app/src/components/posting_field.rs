//! The one box for a posting: an address or its text.

use career::PostingUrl;
use career::posting::POSTING_MIN_CHARS;
use leptos::prelude::*;

use super::field_problem::{FieldProblem, Problem, concerns};
use crate::text;

/// What the box holds, said while it is typed.
fn reading(posting: &str) -> String {
    let posting = posting.trim();
    let length = posting.chars().count();
    if posting.is_empty() {
        return text::posting_hint().to_owned();
    }
    if PostingUrl::looks_like(posting) {
        return match PostingUrl::parse(posting) {
            Ok(_) => text::posting_is_address(host(posting)),
            Err(_) => text::error_or_generic("posting_url_invalid").to_owned(),
        };
    }
    if length < POSTING_MIN_CHARS {
        return text::posting_needs_more(text::count(length));
    }
    text::posting_is_text(text::count(length))
}

fn host(address: &str) -> &str {
    let rest = address.split_once("//").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// A text box that grows, says what it holds, and says what is wrong with it.
#[component]
pub fn PostingField(
    /// What was typed before.
    initial: String,
    /// The form's problem.
    problem: Problem,
) -> impl IntoView {
    let posting = RwSignal::new(initial.clone());
    let input = NodeRef::<leptos::html::Textarea>::new();
    // What was typed before the page came alive.
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            posting.set(input.value());
        }
    });
    let refused = untrack(|| concerns(problem, "posting"));
    let invalid = move || concerns(problem, "posting").then_some("true");
    view! {
        <div class="field posting-field">
            <label for="posting">{text::posting_label()}</label>
            <textarea
                id="posting"
                name="posting"
                rows="9"
                spellcheck="false"
                data-find
                placeholder=text::posting_placeholder()
                aria-describedby="posting-reading posting-problem"
                aria-invalid=invalid
                autofocus=refused
                node_ref=input
                on:input=move |event| {
                    posting.set(event_target_value(&event));
                    problem.set(None);
                }
            >
                {initial}
            </textarea>
            <p class="hint" id="posting-reading">
                {move || posting.with(|posting| reading(posting))}
            </p>
            <details class="posting-file">
                <summary>{text::posting_file()}</summary>
                <label for="posting_file">{text::posting_file_label()}</label>
                <input
                    type="file"
                    id="posting_file"
                    name="posting_file"
                    accept=".pdf,.docx,.html,.htm,.txt,.md,.json,.xml"
                    on:change=move |_| problem.set(None)
                />
            </details>
            <FieldProblem problem field="posting" id="posting-problem" />
        </div>
    }
    .into_any()
}
