//! Evidence given before, to be ticked, and the sample.

use career::view::SourceView;
use leptos::prelude::*;

use crate::text;

/// Check boxes for kept sources. The newest is ticked: most people have one.
#[component]
pub fn KeptSources(
    /// The person's sources, the newest first.
    sources: Vec<SourceView>,
) -> impl IntoView {
    let some = !sources.is_empty();
    let boxes = sources
        .into_iter()
        .enumerate()
        .map(|(position, source)| {
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        name="source"
                        value=source.id.to_string()
                        checked=position == 0
                    />
                    <span class="file-name">{source.name}</span>
                    <span class="quiet">{text::evidence_facts(source.facts)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        {some
            .then(|| {
                view! {
                    <fieldset class="kept">
                        <legend class="quiet">{text::evidence_kept()}</legend>
                        {boxes}
                    </fieldset>
                }
            })}
        <label class="check">
            <input type="checkbox" name="sample" value="1" />
            <span>{text::evidence_sample()}</span>
        </label>
    }
    .into_any()
}
