//! The strip at the top of every page.

use leptos::prelude::*;
use leptos_router::components::A;

use super::help::HelpDialog;
use crate::text;

/// The product's name, the way to the runs, help.
#[component]
pub fn Header() -> impl IntoView {
    view! {
        <header class="site-head">
            <a class="site-name" href="/">
                {text::product()}
            </a>
            <nav aria-label=text::nav_label()>
                <A href="/evidence">{text::nav_evidence()}</A>
                <A href="/runs" exact=true>{text::nav_runs()}</A>
                <A href="/models">{text::nav_models()}</A>
            </nav>
            <HelpDialog />
        </header>
    }
    .into_any()
}
