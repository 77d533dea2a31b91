//! The sample, one click away.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api::SubmitRun;
use crate::text;

/// A filled form with a fictional person and a posting. Plain on purpose: it needs no script.
#[component]
pub fn SampleForm() -> impl IntoView {
    view! {
        <section class="sample" aria-labelledby="sample-title">
            <h2 id="sample-title">{text::sample_heading()}</h2>
            <p>{text::sample_lead()}</p>
            <form method="post" enctype="multipart/form-data" action=SubmitRun::url()>
                <input type="hidden" name="sample" value="1" />
                <input type="hidden" name="pages" value="1" />
                <input type="hidden" name="posting" value=text::SAMPLE_POSTING />
                <button class="button">{text::sample_button()}</button>
            </form>
            <details>
                <summary>{text::sample_posting()}</summary>
                <pre>{text::SAMPLE_POSTING}</pre>
            </details>
        </section>
    }
    .into_any()
}
