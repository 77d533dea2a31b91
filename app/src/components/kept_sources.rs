//! Evidence given before, to be ticked, and the sample.

use career::view::SourceView;
use leptos::prelude::*;
use uuid::Uuid;

use crate::text;

/// Check boxes for kept sources. The newest is ticked: most people have one.
#[component]
pub fn KeptSources(
    /// The person's sources, the newest first.
    sources: Vec<SourceView>,
    /// What was ticked in a form that was refused.
    ticked: Option<Vec<Uuid>>,
    /// Whether the sample was.
    sample: bool,
) -> impl IntoView {
    let some = !sources.is_empty();
    let is_ticked = |position: usize, id: Uuid| {
        ticked
            .as_ref()
            .map_or(position == 0, |ticked| ticked.contains(&id))
    };
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
                        checked=is_ticked(position, source.id)
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
            <input type="checkbox" name="sample" value="1" checked=sample />
            <span>{text::evidence_sample()}</span>
        </label>
    }
    .into_any()
}
