//! A member's own data, read from LinkedIn after they consent there.

use leptos::prelude::*;

use crate::text;

/// The server's address that begins a consent; it answers by sending the browser to LinkedIn.
const BEGIN: &str = "/evidence/linkedin/begin";

/// Whether a refusal is one of these.
pub fn concerns_linkedin(code: &str) -> bool {
    code.starts_with("linkedin_")
}

/// A plain form: a script could not leave for another site any better. What went wrong the last time is
/// told even where it is not offered.
#[component]
pub fn ReadLinkedin(
    /// Whether an application is configured.
    offered: bool,
    /// Why it came to nothing, as a code.
    refused: Option<String>,
) -> impl IntoView {
    let problem = refused.map(|code| {
        view! {
            <p class="problem" role="alert">
                {text::error_or_generic(&code)}
            </p>
        }
    });
    let form = offered.then(|| {
        view! {
            <form class="read-linkedin" method="post" action=BEGIN>
                <button class="button" aria-describedby="linkedin-hint">
                    {text::linkedin_read()}
                </button>
                <p class="hint" id="linkedin-hint">
                    {text::linkedin_hint()}
                </p>
            </form>
        }
    });
    view! {
        {problem}
        {form}
    }
    .into_any()
}
