//! The record: what all sources come to.

use career::SectionKind;
use career::view::EntryView;
use leptos::prelude::*;

use super::decide_form::{DecideForm, Decider, about};
use super::entry_line::{EntryLine, entry_title};
use crate::text;

/// Entries by section, each with the way to leave it off every résumé.
#[component]
pub fn Record(
    /// The entries, by section.
    entries: Vec<EntryView>,
    /// Leaves out.
    decider: Decider,
) -> impl IntoView {
    let some = !entries.is_empty();
    let mut sections: Vec<(SectionKind, Vec<EntryView>)> = Vec::new();
    for entry in entries {
        match sections.last_mut() {
            Some((section, known)) if *section == entry.section => known.push(entry),
            _ => sections.push((entry.section, vec![entry])),
        }
    }
    let row = move |entry: EntryView| {
        let label = text::record_leave_out_named(&entry_title(&entry));
        let decision = about("leave_out", &entry.anchor);
        let change = entry.written.map(|id| {
            let label = text::own_edit_named(&entry_title(&entry));
            view! {
                <a class="button small plain" href=format!("/evidence/write/{id}") aria-label=label>
                    {text::own_edit()}
                </a>
            }
        });
        view! {
            <li class="record-row">
                <EntryLine entry />
                <div class="answers-row">{change} <DecideForm decision decider class="button small plain" label words=text::record_leave_out() /></div>
            </li>
        }
    };
    let section = move |(section, entries): (SectionKind, Vec<EntryView>)| {
        view! {
            <h3>{text::section(section.as_str())}</h3>
            <ul class="record">{entries.into_iter().map(row).collect_view()}</ul>
        }
    };
    some.then(|| {
        view! {
            <section class="block" aria-labelledby="record-title">
                <h2 id="record-title">{text::record_heading()}</h2>
                <p class="hint">{text::record_hint()}</p>
                {sections.into_iter().map(section).collect_view()}
            </section>
        }
    })
}
