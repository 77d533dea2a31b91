//! The message at a form's field.

use leptos::prelude::*;

use crate::errors::AppError;

/// What is wrong with the form, as long as something is.
pub type Problem = RwSignal<Option<AppError>>;

/// Whether the problem stands at this field.
pub fn concerns(problem: Problem, field: &str) -> bool {
    problem.with(|problem| {
        problem
            .as_ref()
            .is_some_and(|error| error.field.as_deref() == Some(field))
    })
}

/// Says what is wrong with one field; read out when it appears.
#[component]
pub fn FieldProblem(
    /// The form's problem.
    problem: Problem,
    /// The field's name.
    field: &'static str,
    /// The id the field is described by.
    id: &'static str,
) -> impl IntoView {
    let message = move || {
        let problem = problem
            .get()
            .filter(|error| error.field.as_deref() == Some(field));
        problem.map(|error| error.message())
    };
    view! {
        <p class="problem" id=id role="alert">
            {message}
        </p>
    }
    .into_any()
}
