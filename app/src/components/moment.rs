//! A moment, relative where the browser can tell, exact on hover.

use leptos::prelude::*;

use crate::{browser, text};

/// A moment given as RFC 3339. The server knows neither the reader's clock nor their zone: it sends
/// the date, and the browser makes it relative.
#[component]
pub fn Moment(
    /// RFC 3339.
    at: String,
) -> impl IntoView {
    let element = NodeRef::<leptos::html::Time>::new();
    let date = at.get(..10).unwrap_or_default().to_owned();
    let iso = at.clone();
    Effect::new(move |_| {
        if let Some(element) = element.get() {
            let (words, exact) = browser::moment(&iso)
                .unwrap_or_else(|| (text::time_just_now().to_owned(), iso.clone()));
            element.set_text_content(Some(&words));
            element.set_title(&exact);
        }
    });
    view! {
        <time datetime=at node_ref=element>
            {date}
        </time>
    }
    .into_any()
}
