//! The list of keys.

use leptos::prelude::*;

use crate::text;

/// The id of the dialog, for the keys that open it.
pub const HELP_ID: &str = "help";

/// Keys and what they do, in the order a person meets them.
fn keys() -> [(&'static [&'static str], &'static str); 6] {
    [
        (&["?"], text::help_any()),
        (&["/"], text::help_find()),
        (&["g", "s"], text::help_start()),
        (&["g", "r"], text::help_runs()),
        (&["↑", "↓"], text::help_arrows()),
        (&["Esc"], text::help_escape()),
    ]
}

/// A button and the dialog it opens.
#[component]
pub fn HelpDialog() -> impl IntoView {
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    let open = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    };
    view! {
        <button type="button" class="icon-button" aria-label=text::help_open() on:click=open>
            "?"
        </button>
        <dialog id=HELP_ID class="help" aria-labelledby="help-title" node_ref=dialog>
            <h2 id="help-title">{text::help_title()}</h2>
            <dl>
                {keys()
                    .into_iter()
                    .map(|(keys, does)| {
                        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
                        view! {
                            <div>
                                <dt>{keys}</dt>
                                <dd>{does}</dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
            <form method="dialog">
                <button class="button">{text::help_close()}</button>
            </form>
            // Behind the button, which has the focus first.
            <p>
                <a href="/help">{text::help_more()}</a>
            </p>
        </dialog>
    }
    .into_any()
}
