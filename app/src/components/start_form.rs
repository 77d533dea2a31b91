//! The form that begins a run. A plain multipart form; with a script it checks first, shows at once
//! that it is under way, and keeps what was typed when the server refuses.

use career::PostingUrl;
use career::posting::{POSTING_MAX_CHARS, POSTING_MIN_CHARS};
use career::view::{Attempt, EstimateView, SourceView};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use web_sys::FormData;

use super::estimate::Estimate;
use super::evidence_field::EvidenceField;
use super::field_problem::FieldProblem;
use super::github_field::{GithubField, is_user_name};
use super::kept_sources::KeptSources;
use super::language_field::LanguageField;
use super::pages_field::PagesField;
use super::posting_field::PostingField;
use crate::api::SubmitRun;
use crate::errors::AppError;
use crate::upload::{self, Progress};
use crate::{browser, text};

/// The first thing wrong with the form, in the order of its fields.
fn check(data: &FormData) -> Result<(), AppError> {
    let typed = |name: &str| data.get(name).as_string().unwrap_or_default();
    let wrong = |code, field| Err(AppError::new(code, Some(field), 422));
    let posting = typed("posting");
    let length = posting.trim().chars().count();
    if length == 0 {
        if !browser::has_file(data, "posting_file") {
            return wrong("posting_missing", "posting");
        }
    } else if PostingUrl::looks_like(&posting) {
        if PostingUrl::parse(&posting).is_err() {
            return wrong("posting_url_invalid", "posting");
        }
    } else if length < POSTING_MIN_CHARS {
        return wrong("posting_too_short", "posting");
    } else if length > POSTING_MAX_CHARS {
        return wrong("posting_too_long", "posting");
    }
    let github = typed("github");
    // Whether there is evidence the server knows: own words need no file and no tick.
    if !github.trim().is_empty() && !is_user_name(&github) {
        return wrong("github_user_invalid", "github");
    }
    Ok(())
}

/// A posting, evidence, a length, a language, one button.
#[component]
pub fn StartForm(
    /// Evidence given before.
    sources: Vec<SourceView>,
    /// What was typed when the form was refused without a script.
    attempt: Attempt,
    /// What a run will cost.
    estimate: Option<EstimateView>,
) -> impl IntoView {
    let refused = (!attempt.problem.is_empty()).then(|| {
        AppError::new(
            &attempt.problem,
            attempt.field.as_deref().or(Some("form")),
            422,
        )
    });
    let again = refused.is_some();
    let ticked = again.then_some(attempt.sources);
    let problem = RwSignal::new(refused);
    let navigate = use_navigate();
    let progress = RwSignal::new(Progress::Idle);
    let send = move |data: FormData| {
        let navigate = navigate.clone();
        spawn_local(async move {
            match upload::send::<String>(SubmitRun::url(), &data, progress).await {
                Ok(path) => navigate(&path, NavigateOptions::default()),
                Err(error) => refuse(problem, error),
            }
        });
    };
    let form = NodeRef::<leptos::html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(form) = form
            .get_untracked()
            .filter(|_| !progress.get_untracked().pending())
        else {
            return;
        };
        browser::mark_request(&form);
        let Ok(data) = FormData::new_with_form(&form) else {
            return;
        };
        match check(&data) {
            Ok(()) => {
                problem.set(None);
                send(data);
            }
            Err(error) => refuse(problem, error),
        }
    };
    view! {
        <form
            class="sheet start-form"
            method="post"
            enctype="multipart/form-data"
            action=SubmitRun::url()
            novalidate
            node_ref=form
            on:submit=submit
        >
            <input type="hidden" name="request_id" />
            <PostingField initial=attempt.posting problem />
            <fieldset class="evidence">
                <legend>{text::evidence_label()}</legend>
                <EvidenceField problem />
                {again.then(|| view! { <p class="hint">{text::evidence_again()}</p> })}
                <KeptSources sources ticked sample=attempt.sample />
                <GithubField initial=attempt.github problem />
            </fieldset>
            <div class="form-foot">
                <FieldProblem problem field="form" id="form-problem" />
                <Estimate estimate />
                <PagesField initial=attempt.pages />
                <LanguageField initial=attempt.language problem />
                <button class="button primary" aria-disabled=move || progress.get().pending().to_string()>
                    {move || match progress.get() {
                        Progress::Idle => text::tailor().to_owned(),
                        Progress::Sending(percent) => text::evidence_sending(&percent.to_string()),
                        Progress::Working => text::tailor_working().to_owned(),
                    }}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// Shows what is wrong at its field, or at the button, and goes there.
fn refuse(problem: RwSignal<Option<AppError>>, mut error: AppError) {
    let field = error.field.take().unwrap_or_else(|| "form".to_owned());
    let selector = format!("#{field}");
    error.field = Some(field);
    problem.set(Some(error));
    // After the message is in the page, so that the field is read out with it.
    request_animation_frame(move || {
        browser::focus(&selector);
    });
}
