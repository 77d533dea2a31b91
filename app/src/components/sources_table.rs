//! The sources of a person's evidence.

use career::view::SourceView;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use uuid::Uuid;

use super::id_form::IdForm;
use super::moment::Moment;
use super::query::Command;
use crate::api::{RefreshSource, RemoveSource};
use crate::text;

/// Name, kind, facts, when, and the way to remove it.
#[component]
pub fn SourcesTable(
    /// The sources.
    sources: Vec<SourceView>,
    /// Those that can no longer be read, with the message's key.
    unreadable: Vec<(Uuid, String)>,
    /// Removes sources.
    remove: Command,
    /// Reads accounts anew.
    refresh: Command,
) -> impl IntoView {
    let row = move |source: SourceView| {
        let id = source.id;
        let reason = unreadable.iter().find(|(broken, _)| *broken == id);
        let reason = reason.map(|(_, code)| {
            let words = text::source_unreadable(&text::error_words(code));
            view! { <p class="problem">{words}</p> }
        });
        let anew = (source.kind == "github").then(|| {
            view! {
                <IdForm
                    action=RefreshSource::url()
                    id
                    send=move || {
                        refresh.dispatch(id);
                    }
                    class="button small plain"
                    label=text::source_refresh_named(&source.name)
                    words=text::source_refresh()
                />
            }
        });
        view! {
            <tr>
                <td>
                    <a class="run-link" href=format!("/evidence/{id}")>
                        {source.name.clone()}
                    </a>
                    {reason}
                </td>
                <td class="run-state">{text::source_kind(&source.kind)}</td>
                <td class="number">{source.facts}</td>
                <td class="run-when">
                    <Moment at=source.created_at />
                </td>
                <td class="run-action">
                    {anew}
                    <IdForm
                        action=RemoveSource::url()
                        id
                        send=move || {
                            remove.dispatch(id);
                        }
                        class="button small plain"
                        label=text::source_remove_named(&source.name)
                        words=text::run_remove()
                    />
                </td>
            </tr>
        }
    };
    view! {
        <section class="block" aria-labelledby="sources-title">
            <h2 id="sources-title">{text::sources_heading()}</h2>
            <table class="sources">
                <thead>
                    <tr>
                        <th scope="col">{text::sources_column_name()}</th>
                        <th scope="col">{text::sources_column_kind()}</th>
                        <th scope="col" class="number">
                            {text::sources_column_facts()}
                        </th>
                        <th scope="col">{text::sources_column_when()}</th>
                        <th scope="col">
                            <span class="visually-hidden">{text::runs_column_action()}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{sources.into_iter().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}
