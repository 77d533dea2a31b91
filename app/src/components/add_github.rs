//! The form that takes a GitHub account as evidence.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::field_problem::FieldProblem;
use super::github_field::is_user_name;
use crate::api::{AddGithub, add_github};
use crate::errors::AppError;
use crate::{browser, text};

/// Reads an account and shows at once what it says.
#[component]
pub fn AddGithubForm(
    /// Why the form was refused without a script.
    refused: Option<String>,
) -> impl IntoView {
    let refusal = |code: String| AppError::new(&code, Some("github"), 422);
    let problem = RwSignal::new(refused.map(refusal));
    let pending = RwSignal::new(false);
    let name = NodeRef::<leptos::html::Input>::new();
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(input) = name.get_untracked().filter(|_| !pending.get_untracked()) else {
            return;
        };
        let typed = input.value();
        if !typed.trim().is_empty() && !is_user_name(&typed) {
            problem.set(Some(refusal("github_user_invalid".to_owned())));
            return;
        }
        pending.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            let outcome = add_github(typed).await;
            pending.set(false);
            match outcome {
                Ok(id) => {
                    problem.set(None);
                    navigate(&format!("/evidence/{id}"), NavigateOptions::default());
                }
                Err(mut error) => {
                    error.field = Some("github".to_owned());
                    problem.set(Some(error));
                    request_animation_frame(|| {
                        browser::focus("#github");
                    });
                }
            }
        });
    };
    view! {
        <form
            class="sheet block add-evidence"
            method="post"
            action=AddGithub::url()
            novalidate
            on:submit=submit
        >
            <div class="field">
                <label for="github">{text::github_label()}</label>
                <input
                    id="github"
                    name="github"
                    node_ref=name
                    maxlength="40"
                    autocapitalize="none"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="github-hint github-problem"
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    on:input=move |_| problem.set(None)
                />
                <p class="hint" id="github-hint">
                    {text::github_add_hint()}
                </p>
                <FieldProblem problem field="github" id="github-problem" />
            </div>
            <button class="button" aria-disabled=move || pending.get().to_string()>
                {move || if pending.get() { text::evidence_adding() } else { text::github_add() }}
            </button>
        </form>
    }
    .into_any()
}
