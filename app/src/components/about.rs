//! What stands at the top of every résumé, and the way to change it.

use career::own::About;
use leptos::prelude::*;

use crate::text;

/// Name, headline and ways to be reached.
#[component]
pub fn AboutBlock(
    /// What stands there.
    about: About,
) -> impl IntoView {
    let nobody = about.name.is_empty();
    let reach = [&about.email, &about.phone, &about.location, &about.website];
    let reach: Vec<&str> = reach
        .into_iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    let reach = reach.join(" · ");
    view! {
        <section class="block" aria-labelledby="about-title">
            <h2 id="about-title">{text::about_heading()}</h2>
            <div class="record-row">
                <div class="entry-line">
                    {if nobody {
                        view! { <p class="quiet">{text::about_empty()}</p> }.into_any()
                    } else {
                        view! { <p class="entry-title">{about.name.clone()}</p> }.into_any()
                    }}
                    {(!about.headline.is_empty()).then(|| view! { <p>{about.headline.clone()}</p> })}
                    {(!reach.is_empty()).then(|| view! { <p class="quiet">{reach.clone()}</p> })}
                </div>
                <a
                    class="button small plain"
                    href="/evidence/write?section=head"
                    aria-label=text::about_edit_named()
                >
                    {text::about_edit()}
                </a>
            </div>
        </section>
    }
    .into_any()
}
