//! Lines of the draft as they come from a model, each checked before it is shown.

use career::view::RunView;
use leptos::prelude::*;

use crate::text;

/// The lines so far; nothing before the first.
#[component]
pub fn Arriving(
    /// The run.
    run: RwSignal<RunView>,
) -> impl IntoView {
    let lines = Memo::new(move |_| run.with(|run| run.arriving.clone()));
    let count = move || text::arriving_heading(text::count(lines.with(Vec::len)));
    view! {
        <Show when=move || lines.with(|lines| !lines.is_empty())>
            <section class="arriving" aria-labelledby="arriving-title">
                <h2 id="arriving-title">{count}</h2>
                <ol>
                    <For
                        each=move || lines.get().into_iter().enumerate()
                        key=|(number, line)| (*number, line.clone())
                        let((_, line))
                    >
                        <li>{line}</li>
                    </For>
                </ol>
            </section>
        </Show>
    }
    .into_any()
}
