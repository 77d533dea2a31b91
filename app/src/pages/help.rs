//! What the check proves and what it cannot, and what a model gets to see.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::text;

/// Plain words about the gate.
#[component]
pub fn HelpPage() -> impl IntoView {
    let list = |items: &[&'static str]| {
        let items = items.iter().map(|words| view! { <li>{*words}</li> });
        view! { <ul>{items.collect_view()}</ul> }
    };
    view! {
        <Title text=text::title_help() />
        <article class="list-page prose">
            <h1>{text::help_page_heading()}</h1>
            <p>{text::help_page_lead()}</p>
            <h2>{text::help_proves_heading()}</h2>
            <p>{text::help_proves_lead()}</p>
            {list(
                &[
                    text::help_proves_words(),
                    text::help_proves_numbers(),
                    text::help_proves_names(),
                    text::help_proves_strength(),
                    text::help_proves_limits(),
                    text::help_proves_entry(),
                    text::help_proves_copied(),
                    text::help_proves_posting(),
                ],
            )}
            <h2>{text::help_cannot_heading()}</h2>
            {list(
                &[
                    text::help_cannot_truth(),
                    text::help_cannot_language(),
                    text::help_cannot_chosen(),
                    text::help_cannot_refuse(),
                    text::help_cannot_measured(),
                ],
            )}
            <h2>{text::help_own_heading()}</h2>
            <p>
                {text::help_own()} " " <a href="/evidence">{text::help_own_link()}</a>
            </p>
            <h2>{text::help_model_heading()}</h2>
            <p>{text::help_model()}</p>
            {list(&[text::help_model_hidden(), text::help_model_sent(), text::help_model_never()])}
            <p>
                <a href="/models">{text::help_model_link()}</a>
            </p>
        </article>
    }
    .into_any()
}
