//! The form that takes files as evidence.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;
use web_sys::FormData;

use super::evidence_field::EvidenceField;
use crate::api::AddEvidence;
use crate::errors::AppError;
use crate::upload::{self, Progress};
use crate::{browser, text};

fn words(progress: Progress) -> String {
    match progress {
        Progress::Idle => text::evidence_add().to_owned(),
        Progress::Sending(percent) => text::evidence_sending(&percent.to_string()),
        Progress::Working => text::evidence_adding().to_owned(),
    }
}

/// Reads files; one that was given is shown at once with what it says.
#[component]
pub fn AddEvidenceForm(
    /// Why the form was refused without a script.
    refused: Option<String>,
    /// Counts what was added, so that the page shows it.
    added: RwSignal<usize>,
) -> impl IntoView {
    let problem = RwSignal::new(refused.map(|code| AppError::new(&code, Some("evidence"), 422)));
    let progress = RwSignal::new(Progress::Idle);
    let navigate = use_navigate();
    let form = NodeRef::<leptos::html::Form>::new();
    let done = move |ids: Vec<Uuid>| {
        if let [one] = ids.as_slice() {
            navigate(&format!("/evidence/{one}"), NavigateOptions::default());
            return;
        }
        if let Some(form) = form.get_untracked() {
            form.reset();
        }
        added.update(|added| *added += 1);
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(form) = form
            .get_untracked()
            .filter(|_| !progress.get_untracked().pending())
        else {
            return;
        };
        let Ok(data) = FormData::new_with_form(&form) else {
            return;
        };
        let done = done.clone();
        spawn_local(async move {
            match upload::send(AddEvidence::url(), &data, progress).await {
                Ok(ids) => {
                    problem.set(None);
                    done(ids);
                }
                Err(mut error) => {
                    error.field = Some("evidence".to_owned());
                    problem.set(Some(error));
                    request_animation_frame(|| {
                        browser::focus("#evidence");
                    });
                }
            }
        });
    };
    view! {
        <form
            class="sheet block add-evidence"
            method="post"
            enctype="multipart/form-data"
            action=AddEvidence::url()
            novalidate
            node_ref=form
            on:submit=submit
        >
            <EvidenceField problem />
            <button class="button primary" aria-disabled=move || progress.get().pending().to_string()>
                {move || words(progress.get())}
            </button>
        </form>
    }
    .into_any()
}
