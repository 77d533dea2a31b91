//! Ten seconds to take something back.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;

use super::id_form::IdForm;
use super::query::{Command, in_place, query_with};
use crate::text;

/// How long it is offered.
const OFFERED: Duration = Duration::from_secs(10);

/// Says what was removed and offers it back. Without a script it stays until the next page.
#[component]
pub fn UndoBar(
    /// What was removed.
    id: Uuid,
    /// Puts it back.
    restore: Command,
    /// The address a form posts to where no script runs.
    action: &'static str,
    /// What is said.
    words: &'static str,
) -> impl IntoView {
    let navigate = use_navigate();
    let address = query_with();
    Effect::new(move |_| {
        let navigate = navigate.clone();
        let over = move || navigate(&address("removed", ""), in_place());
        if let Ok(timer) = set_timeout_with_handle(over, OFFERED) {
            on_cleanup(move || timer.clear());
        }
    });
    view! {
        <div class="undo" role="status">
            <p>{words}</p>
            <IdForm
                action=action
                id
                send=move || {
                    restore.dispatch(id);
                }
                class="button small"
                words=text::undo()
            />
        </div>
    }
    .into_any()
}
