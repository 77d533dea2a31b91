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
use crate::api::{AddEvidence, add_evidence};
use crate::errors::AppError;
use crate::{browser, text};

/// Reads files; one that was given is shown at once with what it says.
#[component]
pub fn AddEvidenceForm(
    /// Why the form was refused without a script.
    refused: Option<String>,
    /// Counts what was added, so that the page shows it.
    added: RwSignal<usize>,
) -> impl IntoView {
    let problem = RwSignal::new(refused.map(|code| AppError::new(&code, Some("evidence"), 422)));
    let pending = RwSignal::new(false);
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
        let Some(form) = form.get_untracked().filter(|_| !pending.get_untracked()) else {
            return;
        };
        let Ok(data) = FormData::new_with_form(&form) else {
            return;
        };
        pending.set(true);
        let done = done.clone();
        spawn_local(async move {
            let outcome = add_evidence(data.into()).await;
            pending.set(false);
            match outcome {
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
            <button class="button primary" aria-disabled=move || pending.get().to_string()>
                {move || if pending.get() { text::evidence_adding() } else { text::evidence_add() }}
            </button>
        </form>
    }
    .into_any()
}
