//! A finished run: what I have, the pages, what the posting asks for.

use career::view::{Explanation, PageView, ResultView};
use leptos::ev;
use leptos::prelude::*;
use uuid::Uuid;

use super::choice::Choice;
use super::evidence_pane::EvidencePane;
use super::failure::{Failure, Loading};
use super::look::Look;
use super::machine::Machine;
use super::pages_pane::PagesPane;
use super::requirements_pane::RequirementsPane;
use crate::api::{get_look, get_result};
use crate::{browser, text};

/// Loads a result and shows it.
#[component]
pub fn RunResult(
    /// The run.
    id: Uuid,
) -> impl IntoView {
    let result = Resource::new(|| (), move |()| get_result(id));
    // Loaded once: the form stays as it is while its pages are made anew.
    let look = Resource::new(|| (), move |()| get_look(id));
    let done = move || result.refetch();
    view! {
        <Downloads id />
        <Suspense>
            {move || Suspend::new(async move {
                let print = look.await.ok().flatten()?;
                Some(view! { <Look id print done /> })
            })}
        </Suspense>
        <Transition fallback=Loading>
            {move || Suspend::new(async move {
                match result.await {
                    Ok(Some(ResultView { pages, explanation, report, .. })) => {
                        view! {
                            <Machine report />
                            <Panes pages explanation=StoredValue::new(explanation) />
                        }
                            .into_any()
                    }
                    Ok(None) => ().into_any(),
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// What can be taken away.
#[component]
fn Downloads(
    /// The run.
    id: Uuid,
) -> impl IntoView {
    let file = |ending: &str, words: &'static str| {
        view! {
            <a class="button plain small" href=format!("/runs/{id}/resume.{ending}") download>
                {words}
            </a>
        }
    };
    view! {
        <nav class="downloads" aria-label=text::downloads_label()>
            <a class="button primary" href=format!("/runs/{id}/resume.pdf") download>
                {text::download_pdf()}
            </a>
            <a class="button" href=format!("/runs/{id}/resume.docx") download>
                {text::download_docx()}
            </a>
            {file("txt", text::download_text())}
            {file("html", text::download_html())} {file("md", text::download_markdown())}
            {file("tex", text::download_tex())} {file("json", text::download_json())}
            <a class="button plain small" href=format!("/runs/{id}/posting") download>
                {text::download_posting()}
            </a>
            <a class="button plain small" href="/">
                {text::run_another()}
            </a>
        </nav>
    }
    .into_any()
}

/// Three panes side by side, or one at a time with tabs at the thumb.
#[component]
fn Panes(
    /// The pages.
    pages: Vec<PageView>,
    /// Why they are as they are.
    explanation: StoredValue<Explanation>,
) -> impl IntoView {
    let choice = Choice::from_address();
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" && !browser::is_in_dialog(&event) {
                choice.clear();
            }
        });
        on_cleanup(move || handle.remove());
    });
    let tab = move |pane: &'static str, words: &'static str| {
        view! {
            <a
                href=move || choice.pane_address(pane)
                data-noscroll
                aria-current=move || (choice.pane() == pane).then_some("true")
            >
                {words}
            </a>
        }
    };
    view! {
        <div class="panes" data-pane=move || choice.pane()>
            <EvidencePane explanation choice />
            <PagesPane pages explanation choice />
            <RequirementsPane explanation choice />
        </div>
        <nav class="pane-tabs" aria-label=text::panes_label()>
            {tab("evidence", text::pane_evidence())} {tab("pages", text::pane_pages())}
            {tab("requirements", text::pane_requirements())}
        </nav>
    }
    .into_any()
}
