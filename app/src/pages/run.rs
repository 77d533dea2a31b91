//! A run: its stages as they happen, and its result on the same page.

use career::RunState;
use career::view::RunView;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::MissingPage;
use crate::api::{CancelRun, RetryRun, get_run};
use crate::components::arriving::Arriving;
use crate::components::failure::{Failure, Loading};
use crate::components::id_form::IdForm;
use crate::components::live;
use crate::components::result::RunResult;
use crate::components::run_head::RunHead;
use crate::components::run_row::title_of;
use crate::components::stage_line::StageLine;
use crate::text;

/// How a page without a script stays up to date.
const RELOAD: &str = r#"<meta http-equiv="refresh" content="3">"#;

/// A run by its id.
#[component]
pub fn RunPage() -> impl IntoView {
    let params = use_params_map();
    // What is no id names no run: the nil id says so to the server, which answers "not found".
    let id = move || {
        params.with(|params| {
            params
                .get_str("id")
                .and_then(|id| Uuid::parse_str(id).ok())
                .unwrap_or_default()
        })
    };
    let run = Resource::new(id, get_run);
    view! {
        <Transition fallback=Loading>
            {move || Suspend::new(async move {
                match run.await {
                    Ok(Some(run)) => view! { <LiveRun run /> }.into_any(),
                    Ok(None) => view! { <MissingPage /> }.into_any(),
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// A notice; what is about the person's own key leads to where it can be replaced.
fn notice((words, own_key): (String, bool)) -> impl IntoView {
    let link = own_key
        .then(|| view! { <a href="/models#own-key-title">{text::own_key_replace_link()}</a> });
    view! { <p class="notice">{words} " " {link}</p> }
}

/// A run that changes while it is looked at.
#[component]
fn LiveRun(
    /// As it stood when the page was made.
    run: RunView,
) -> impl IntoView {
    let id = run.id;
    let cancel = ServerAction::<CancelRun>::new();
    let retry = ServerAction::<RetryRun>::new();
    let run = live::follow(run, move || retry.version().get());
    let state = Memo::new(move |_| run.with(|run| run.state.clone()));
    let working = move || matches!(state.get(), RunState::Working { .. });
    let done = Memo::new(move |_| state.get() == RunState::Done);
    let title = move || run.with(|run| title_of(run.title.as_deref(), run.company.as_deref()));
    let reason = move || match state.get() {
        RunState::Failed { reason, .. } => Some(text::error_words(&reason)),
        RunState::Cancelled { .. } => Some(text::error_words("cancelled")),
        RunState::Working { .. } | RunState::Done => None,
    };
    let notices = move || {
        run.with(|run| {
            run.notices
                .iter()
                .map(|code| (text::notice_words(code), code.starts_with("model_own_")))
                .collect::<Vec<_>>()
        })
    };
    view! {
        <Title text=title />
        <article class="run" data-state=move || state.with(RunState::as_str)>
            <RunHead run />
            <StageLine run />
            <Arriving run />
            {move || notices().into_iter().map(notice).collect_view()}
            {move || {
                reason()
                    .map(|words| {
                        view! {
                            <div class="stopped">
                                <p>{words}</p>
                                <IdForm
                                    action=RetryRun::url()
                                    id
                                    send=move || {
                                        retry.dispatch(RetryRun { id });
                                    }
                                    class="button primary"
                                    words=text::run_retry()
                                />
                                <a class="button" href="/">
                                    {text::run_another()}
                                </a>
                            </div>
                        }
                    })
            }}
            <Show when=working>
                <IdForm
                    action=CancelRun::url()
                    id
                    send=move || {
                        cancel.dispatch(CancelRun { id });
                    }
                    class="button"
                    words=text::run_cancel()
                />
                <noscript inner_html=RELOAD></noscript>
            </Show>
            <Show when=move || done.get()>
                <RunResult id />
            </Show>
        </article>
    }
    .into_any()
}
