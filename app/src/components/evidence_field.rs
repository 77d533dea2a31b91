//! The one place to give evidence: files dropped or chosen.

use leptos::ev::DragEvent;
use leptos::prelude::*;

use super::field_problem::{FieldProblem, Problem, concerns};
use crate::{browser, text};

/// What file pickers offer first; what a file is follows from its content.
const KINDS: &str = ".json,.zip,.pdf,.docx,.yaml,.yml,.xml,.txt,.md,.csv,application/json,\
    application/zip,application/pdf,text/plain,text/markdown";

fn size(bytes: i64) -> String {
    let kilobytes = (bytes + 999) / 1000;
    if kilobytes < 1000 {
        format!("{kilobytes} kB")
    } else {
        format!("{}.{} MB", kilobytes / 1000, kilobytes % 1000 / 100)
    }
}

/// A real file input under a place to drop on, and what was chosen.
#[component]
pub fn EvidenceField(
    /// The form's problem.
    problem: Problem,
) -> impl IntoView {
    let input = NodeRef::<leptos::html::Input>::new();
    let files = RwSignal::new(Vec::<(String, i64)>::new());
    let over = RwSignal::new(false);
    let refused = untrack(|| concerns(problem, "evidence"));
    let reread = move || {
        if let Some(input) = input.get_untracked() {
            files.set(browser::file_names(input.files()));
            problem.set(None);
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        let given = event.data_transfer().and_then(|transfer| transfer.files());
        if let (Some(input), Some(given)) = (input.get_untracked(), given) {
            browser::add_files(&input, &given);
            reread();
        }
    };
    let remove = move |position: usize| {
        if let Some(input) = input.get_untracked() {
            browser::drop_file(&input, position);
            reread();
            let _ = input.focus();
        }
    };
    let chosen = move |(position, (name, bytes)): (usize, (String, i64))| {
        view! {
            <li>
                <span class="file-name">{name.clone()}</span>
                <span class="quiet">{size(bytes)}</span>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=text::evidence_remove(&name)
                    on:click=move |_| remove(position)
                >
                    "×"
                </button>
            </li>
        }
    };
    view! {
        <div class="field evidence-field">
            <div
                class="drop"
                class:over=move || over.get()
                on:dragover=move |event| {
                    event.prevent_default();
                    over.set(true);
                }
                on:dragleave=move |_| over.set(false)
                on:drop=dropped
            >
                <label for="evidence">{text::evidence_drop()}</label>
                <input
                    type="file"
                    id="evidence"
                    name="evidence"
                    multiple
                    accept=KINDS
                    aria-describedby="evidence-hint evidence-problem"
                    aria-invalid=move || concerns(problem, "evidence").then_some("true")
                    autofocus=refused
                    node_ref=input
                    on:change=move |_| reread()
                />
                <p class="hint" id="evidence-hint">
                    {text::evidence_kinds()}
                </p>
            </div>
            <ul class="files" aria-label=text::evidence_chosen() hidden=move || files.with(Vec::is_empty)>
                {move || files.get().into_iter().enumerate().map(chosen).collect_view()}
            </ul>
            <FieldProblem problem field="evidence" id="evidence-problem" />
        </div>
    }
    .into_any()
}
