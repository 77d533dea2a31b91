//! A person's own key of a model provider: given, tried, replaced, removed; never shown again.

use career::view::{KeptKeyView, OwnKeyView, TypedKey};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;

use super::field_problem::{FieldProblem, Problem, concerns};
use super::moment::Moment;
use crate::api::{KeepKey, RemoveKey, TryKey, keep_key, remove_key, try_key};
use crate::errors::AppError;
use crate::{browser, text};

/// What the section's parts share: what was told last, what was refused, and how often the key changed.
#[derive(Clone, Copy)]
pub struct OwnKey {
    /// What came of the last deed, as a code.
    pub told: RwSignal<Option<String>>,
    /// What is wrong with the form.
    pub problem: Problem,
    /// Counts what changed, so that the page loads it anew.
    pub changed: RwSignal<u32>,
    pending: RwSignal<bool>,
}

impl OwnKey {
    /// As the address says: a browser without a script comes back with what it says.
    pub fn of(told: Option<String>, refused: Option<String>) -> Self {
        Self {
            told: RwSignal::new(told),
            problem: RwSignal::new(refused.map(|code| {
                let field = match code.as_str() {
                    "own_key_provider" => "provider",
                    "own_key_model" => "model",
                    _ => "key",
                };
                AppError::new(&code, Some(field), 422)
            })),
            changed: RwSignal::new(0),
            pending: RwSignal::new(false),
        }
    }

    /// Does one thing at a time, and tells what came of it.
    fn act(self, deed: impl Future<Output = Result<String, AppError>> + 'static) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        self.told.set(None);
        self.problem.set(None);
        spawn_local(async move {
            let outcome = deed.await;
            self.pending.set(false);
            match outcome {
                Ok(told) => {
                    self.told.set(Some(told));
                    self.changed.update(|times| *times += 1);
                    request_animation_frame(|| {
                        browser::focus("#own-key-told");
                    });
                }
                Err(mut error) => {
                    let field = error.field.get_or_insert_with(|| "key".to_owned());
                    let selector = format!("#own-{field}");
                    self.problem.set(Some(error));
                    request_animation_frame(move || {
                        browser::focus(&selector);
                    });
                }
            }
        });
    }
}

/// What was told, in a place that stays when the rest is loaded anew.
#[component]
pub fn OwnKeyTold(
    /// What is shared.
    own: OwnKey,
) -> impl IntoView {
    let words = move || {
        let told = own.told.get();
        told.and_then(|told| text::own_told(&told))
    };
    view! {
        <p role="status" id="own-key-told" tabindex="-1">
            {move || if own.pending.get() { Some(text::own_key_waiting()) } else { words() }}
        </p>
    }
    .into_any()
}

/// The key that is kept, or how to give one.
#[component]
pub fn OwnKeyPart(
    /// How it stands.
    view: OwnKeyView,
    /// What is shared.
    own: OwnKey,
) -> impl IntoView {
    let OwnKeyView {
        allowed,
        kept,
        providers,
    } = view;
    let Some(kept) = kept else {
        return if allowed {
            view! {
                <p>{text::own_key_none()}</p>
                <KeyForm providers chosen=None own />
            }
            .into_any()
        } else {
            view! { <p>{text::own_key_off()}</p> }.into_any()
        };
    };
    let chosen = kept.provider.clone();
    let asked_again = kept.lost || kept.refused.is_some();
    let replace = allowed.then(move || {
        let open = asked_again || own.problem.with_untracked(Option::is_some);
        view! {
            <details open=open>
                <summary>{text::own_key_replace()}</summary>
                <KeyForm providers chosen=Some(chosen) own />
            </details>
        }
    });
    view! {
        {(!allowed).then(|| view! { <p class="notice">{text::own_key_off_kept()}</p> })}
        <Kept kept allowed own />
        {replace}
    }
    .into_any()
}

#[component]
fn Kept(
    /// The key.
    kept: KeptKeyView,
    /// Whether it is used here.
    allowed: bool,
    /// What is shared.
    own: OwnKey,
) -> impl IntoView {
    let told = match (&kept.refused, kept.lost) {
        (_, true) => Some(text::own_key_lost()),
        (Some(_), false) => Some(text::own_key_refused()),
        (None, false) => None,
    };
    let refused = kept.refused.map(|at| {
        view! {
            <dt>{text::own_key_refused_at()}</dt>
            <dd>
                <Moment at />
            </dd>
        }
    });
    let provider = text::provider(&kept.provider).unwrap_or_default();
    let try_it = move |event: SubmitEvent| {
        event.prevent_default();
        own.act(try_key());
    };
    let remove = move |event: SubmitEvent| {
        event.prevent_default();
        own.act(async { remove_key().await.map(|()| "removed".to_owned()) });
    };
    let waits = move || own.pending.get().to_string();
    view! {
        {told.map(|words| view! { <p class="notice">{words}</p> })}
        <dl class="own-key">
            <dt>{text::own_key_provider()}</dt>
            <dd>{provider}</dd>
            <dt>{text::own_key_model()}</dt>
            <dd>{kept.model}</dd>
            <dt>{text::own_key_key()}</dt>
            <dd>{text::own_key_ends(&kept.last_four)}</dd>
            <dt>{text::own_key_since()}</dt>
            <dd>
                <Moment at=kept.since />
            </dd>
            {refused}
        </dl>
        {(allowed && !kept.lost)
            .then(|| {
                view! {
                    <form method="post" action=TryKey::url() on:submit=try_it>
                        <button class="button" aria-describedby="own-key-try-hint" aria-disabled=waits>
                            {text::own_key_try()}
                        </button>
                        <p class="hint" id="own-key-try-hint">
                            {text::own_key_try_hint()}
                        </p>
                    </form>
                }
            })}
        <details>
            <summary>{text::own_key_remove()}</summary>
            <form class="own-key-remove" method="post" action=RemoveKey::url() on:submit=remove>
                <p>{text::own_key_remove_lead(&kept.last_four)}</p>
                <button class="button" aria-disabled=waits>
                    {text::own_key_remove_sure(&kept.last_four)}
                </button>
            </form>
        </details>
    }
    .into_any()
}

#[component]
fn KeyForm(
    /// Where keys may be for, each with the model that is asked when none is named.
    providers: Vec<(String, String)>,
    /// Which one is chosen to begin with.
    chosen: Option<String>,
    /// What is shared.
    own: OwnKey,
) -> impl IntoView {
    let provider = NodeRef::<leptos::html::Select>::new();
    let model = NodeRef::<leptos::html::Input>::new();
    let key = NodeRef::<leptos::html::Input>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(provider), Some(model), Some(key)) = (
            provider.get_untracked(),
            model.get_untracked(),
            key.get_untracked(),
        ) else {
            return;
        };
        let (provider, model) = (provider.value(), model.value());
        let key = TypedKey(key.value());
        own.act(async {
            let kept = keep_key(provider, model, key).await;
            kept.map(|()| "kept".to_owned())
        });
    };
    let words = |provider: &str| text::provider(provider).unwrap_or_default();
    let usual: Vec<String> = providers
        .iter()
        .map(|(provider, model)| text::own_key_usual(model, words(provider)))
        .collect();
    let options = providers
        .into_iter()
        .map(|(provider, _)| {
            let selected = chosen.as_ref() == Some(&provider);
            let words = words(&provider);
            view! { <option value=provider selected=selected>{words}</option> }
        })
        .collect_view();
    let invalid = move |field: &'static str| move || concerns(own.problem, field).then_some("true");
    let waits = move || own.pending.get().to_string();
    view! {
        <form
            class="sheet block own-key-form"
            method="post"
            action=KeepKey::url()
            autocomplete="off"
            novalidate
            on:submit=submit
        >
            <div class="field">
                <label for="own-provider">{text::own_key_provider()}</label>
                <select
                    id="own-provider"
                    name="provider"
                    node_ref=provider
                    aria-describedby="own-provider-problem"
                    aria-invalid=invalid("provider")
                >
                    {options}
                </select>
                <FieldProblem problem=own.problem field="provider" id="own-provider-problem" />
            </div>
            <div class="field">
                <label for="own-model">{text::own_key_model()}</label>
                <input
                    id="own-model"
                    name="model"
                    node_ref=model
                    maxlength="200"
                    autocapitalize="none"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="own-model-hint own-model-problem"
                    aria-invalid=invalid("model")
                />
                <p class="hint" id="own-model-hint">
                    {text::own_key_model_hint(&usual.join(", "))}
                </p>
                <FieldProblem problem=own.problem field="model" id="own-model-problem" />
            </div>
            <div class="field">
                <label for="own-key">{text::own_key_key()}</label>
                <input
                    id="own-key"
                    name="key"
                    type="password"
                    node_ref=key
                    maxlength="600"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="own-key-hint own-key-problem"
                    aria-invalid=invalid("key")
                />
                <p class="hint" id="own-key-hint">
                    {text::own_key_hint()}
                </p>
                <FieldProblem problem=own.problem field="key" id="own-key-problem" />
            </div>
            <button class="button primary" aria-disabled=waits>
                {text::own_key_keep()}
            </button>
        </form>
    }
    .into_any()
}
