//! What I have: every line of the résumé with what it rests on, in page order.

use career::Edit;
use career::SectionKind;
use career::view::{Explanation, FactView, LineView};
use leptos::prelude::*;

use super::choice::Choice;
use super::rejected::Rejected;
use crate::text;

/// What was done to the evidence, in words.
pub fn edit_words(edit: Edit) -> &'static str {
    let code = match edit {
        Edit::Verbatim => "verbatim",
        Edit::Cleaned => "cleaned",
        Edit::Excerpt => "excerpt",
        Edit::Joined => "joined",
        Edit::DateFormat => "date_format",
        Edit::Reworded => "reworded",
    };
    text::edit(code).unwrap_or_default()
}

/// Lines with the section they stand in, a section at a time.
fn by_section(lines: Vec<LineView>) -> Vec<(SectionKind, Vec<LineView>)> {
    let mut sections: Vec<(SectionKind, Vec<LineView>)> = Vec::new();
    for line in lines {
        match sections.last_mut() {
            Some((section, lines)) if *section == line.section => lines.push(line),
            _ => sections.push((line.section, vec![line])),
        }
    }
    sections
}

/// Where a fact stands.
#[component]
pub fn Whence(
    /// The fact.
    fact: FactView,
) -> impl IntoView {
    view! {
        <span class="whence">
            <span class="mark" title=text::mark(&fact.mark)>
                {fact.mark.clone()}
            </span>
            <span class="source">{fact.source}</span>
            <span class="locator">{fact.locator}</span>
        </span>
    }
    .into_any()
}

fn line_item(choice: Choice, line: LineView) -> impl IntoView {
    let quotes = line.edit != Edit::Verbatim;
    let facts = line.facts.into_iter().map(|fact| {
        let quote = quotes.then(|| view! { <q>{fact.quote.clone()}</q> });
        view! { <li>{quote} <Whence fact /></li> }
    });
    let facts = facts.collect_view();
    let (id, chosen) = (line.id.clone(), line.id.clone());
    view! {
        <li class="evidence-line" class:chosen=move || choice.shown_line().as_ref() == Some(&chosen)>
            <button type="button" class="line-button" on:click=move |_| choice.show_line(&id)>
                {line.text}
            </button>
            <ul class="facts">{facts}</ul>
        </li>
    }
}

/// The lines by section, each with its sources.
#[component]
pub fn EvidencePane(
    /// The lines and their evidence.
    explanation: StoredValue<Explanation>,
    /// What is chosen.
    choice: Choice,
) -> impl IntoView {
    let sections = by_section(explanation.with_value(|explanation| explanation.lines.clone()))
        .into_iter()
        .map(|(section, lines)| {
            let lines = lines
                .into_iter()
                .map(|line| line_item(choice, line))
                .collect_view();
            view! {
                <h3>{text::section(section.as_str())}</h3>
                <ul class="evidence-lines">{lines}</ul>
            }
        })
        .collect_view();
    view! {
        <section class="pane evidence-pane" aria-labelledby="evidence-title" tabindex="0">
            <h2 id="evidence-title">{text::pane_evidence_heading()}</h2>
            <Rejected explanation choice />
            {sections}
        </section>
    }
    .into_any()
}
