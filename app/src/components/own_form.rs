//! A form of a person's own words: sent by the browser itself, or by a script that stays on the page
//! when something is wrong.

use career::own::Typed;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::field_problem::{FieldProblem, Problem};
use super::own_fields::{Form, OwnFields};
use crate::errors::AppError;
use crate::{browser, text};

/// What a form sends, and what comes of it.
pub type Outcome = Result<(), AppError>;

/// The problem a form begins with, where it was refused without a script.
pub fn refused(problem: Option<(String, Option<String>)>) -> Problem {
    let told =
        problem.map(|(code, field)| AppError::new(&code, field.as_deref().or(Some("form")), 422));
    RwSignal::new(told)
}

/// Fields and a button.
#[component]
pub fn OwnForm<S, F>(
    /// The server function's address.
    action: &'static str,
    /// What is sent besides the fields.
    hidden: Vec<(&'static str, String)>,
    /// Which fields.
    form: Form,
    /// What stands in them.
    typed: Typed,
    /// What is wrong.
    problem: Problem,
    /// Sends them where a script runs.
    send: S,
    /// Goes on when they were taken.
    done: impl Fn() + Clone + 'static,
    /// The button's words.
    words: &'static str,
    /// What stands beside the button.
    children: Children,
) -> impl IntoView
where
    S: Fn(Typed) -> F + 'static,
    F: Future<Output = Outcome> + 'static,
{
    let pending = RwSignal::new(false);
    let node = NodeRef::<leptos::html::Form>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(form) = node.get_untracked().filter(|_| !pending.get_untracked()) else {
            return;
        };
        pending.set(true);
        let sent = send(browser::typed(&form));
        let done = done.clone();
        spawn_local(async move {
            let outcome = sent.await;
            pending.set(false);
            match outcome {
                Ok(()) => {
                    problem.set(None);
                    done();
                }
                Err(error) => refuse(problem, error),
            }
        });
    };
    let hidden = hidden
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <form class="sheet block own-form" method="post" action=action novalidate node_ref=node on:submit=submit>
            {hidden}
            <OwnFields form typed problem />
            <FieldProblem problem field="form" id="form-problem" />
            <div class="answers-row">
                <button class="button primary" aria-disabled=move || pending.get().to_string()>
                    {move || if pending.get() { text::write_saving() } else { words }}
                </button>
                {children()}
            </div>
        </form>
    }
    .into_any()
}

/// Shows what is wrong at its field, or at the button, and goes there.
fn refuse(problem: Problem, mut error: AppError) {
    let field = error.field.take().unwrap_or_else(|| "form".to_owned());
    let selector = format!("#{field}");
    error.field = Some(field);
    problem.set(Some(error));
    // After the message is in the page, so that the field is read out with it.
    request_animation_frame(move || {
        browser::focus(&selector);
    });
}
