//! What stands where something could not be shown.

use leptos::prelude::*;

use crate::errors::AppError;
use crate::text;

/// The one way a page says that it could not load.
#[component]
pub fn Failure(
    /// Why.
    error: AppError,
) -> impl IntoView {
    view! {
        <section class="empty" role="alert">
            <h1>{text::load_failed_heading()}</h1>
            <p>{error.message()}</p>
            <a class="button" href="" rel="external">
                {text::load_again()}
            </a>
        </section>
    }
    .into_any()
}

/// The one way a page says that it is loading.
#[component]
pub fn Loading() -> impl IntoView {
    view! {
        <div class="skeleton" aria-busy="true">
            <span class="visually-hidden">{text::loading()}</span>
        </div>
    }
    .into_any()
}
