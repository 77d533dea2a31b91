//! What a run will cost, before it is begun.

use career::view::EstimateView;
use leptos::prelude::*;

use crate::text;

/// The model, what a run is likely to cost, what is left for today.
#[component]
pub fn Estimate(
    /// The estimate; none where no model is asked.
    estimate: Option<EstimateView>,
) -> impl IntoView {
    let estimate = estimate?;
    let cost = match (estimate.likely_micro, estimate.from_own_runs) {
        (Some(cost), true) => text::estimate_own(&text::dollars(cost)),
        (Some(cost), false) => text::estimate_usual(&text::dollars(cost)),
        (None, _) => text::estimate_unknown().to_owned(),
    };
    let spent = estimate.left_micro == Some(0);
    let left = match estimate.left_micro {
        Some(0) => text::estimate_spent().to_owned(),
        Some(left) => text::models_left(&text::dollars(left)),
        None => String::new(),
    };
    let asks = if estimate.own_key {
        text::estimate_asks_own
    } else {
        text::estimate_asks
    };
    Some(view! {
        <p class="hint estimate" class:problem=spent>
            {asks(&estimate.model, &estimate.host)} " " {cost} " " {left} " "
            <a href="/models">{text::estimate_more()}</a>
        </p>
    })
}
