//! How long the résumé may be.

use leptos::prelude::*;

use crate::text;

/// One page or two.
#[component]
pub fn PagesField(
    /// What was chosen before.
    initial: u8,
) -> impl IntoView {
    view! {
        <fieldset class="segments">
            <legend class="visually-hidden">{text::pages_label()}</legend>
            <label>
                <input type="radio" name="pages" value="1" checked=initial != 2 />
                <span>{text::pages_one()}</span>
            </label>
            <label>
                <input type="radio" name="pages" value="2" checked=initial == 2 />
                <span>{text::pages_two()}</span>
            </label>
        </fieldset>
    }
    .into_any()
}
