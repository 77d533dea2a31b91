//! The page for an address where nothing is.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::text;

/// Says that nothing is here and where to go.
#[component]
pub fn MissingPage() -> impl IntoView {
    view! {
        <Title text=text::title_missing() />
        <section class="empty">
            <h1>{text::missing_heading()}</h1>
            <p>{text::missing_lead()}</p>
            <a class="button" href="/runs">
                {text::missing_action()}
            </a>
        </section>
    }
    .into_any()
}
