//! One source: what it says, where, what is new in it, and what was not understood.

use career::SectionKind;
use career::view::{GivenFact, SourceDetail};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::MissingPage;
use crate::api::get_source;
use crate::components::evidence_pane::Whence;
use crate::components::failure::{Failure, Loading};
use crate::components::moment::Moment;
use crate::text;

/// A source by its id.
#[component]
pub fn SourcePage() -> impl IntoView {
    let params = use_params_map();
    let id = move || {
        let id = params.with(|params| params.get("id"));
        id.and_then(|id| Uuid::parse_str(&id).ok())
            .unwrap_or_default()
    };
    let detail = Resource::new(id, get_source);
    view! {
        <Transition fallback=Loading>
            {move || Suspend::new(async move {
                match detail.await {
                    Ok(Some(detail)) => view! { <Detail detail /> }.into_any(),
                    Ok(None) => view! { <MissingPage /> }.into_any(),
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn fact_row(given: GivenFact) -> impl IntoView {
    let new = given
        .new
        .then(|| view! { <span class="new">{text::source_new_mark()}</span> });
    let quote = given.fact.quote.clone();
    view! {
        <li class="given">
            <p class="given-words">{quote} {new}</p>
            <Whence fact=given.fact />
        </li>
    }
}

fn section_facts((section, facts): (SectionKind, Vec<GivenFact>)) -> impl IntoView {
    view! {
        <h3>{text::section(section.as_str())}</h3>
        <ul class="record">{facts.into_iter().map(fact_row).collect_view()}</ul>
    }
}

/// The facts, then what is left.
#[component]
fn Detail(
    /// What the source gave.
    detail: SourceDetail,
) -> impl IntoView {
    let source = detail.source;
    let news = if detail.new == 0 {
        text::source_all_known().to_owned()
    } else {
        text::source_new(detail.new)
    };
    let notices = detail
        .notices
        .iter()
        .map(|code| view! { <p class="notice">{text::notice_words(code)}</p> })
        .collect_view();
    let unread = (!detail.unread.is_empty()).then(|| {
        let parts = detail.unread.into_iter().map(|(place, words)| {
            view! {
                <li class="given">
                    <p class="given-words">{words}</p>
                    <span class="whence">
                        <span class="locator">{place}</span>
                    </span>
                </li>
            }
        });
        view! {
            <section class="block" aria-labelledby="unread-title">
                <h2 id="unread-title">{text::source_unread_heading()}</h2>
                <p class="hint">{text::source_unread_hint()}</p>
                <ul class="record">{parts.collect_view()}</ul>
            </section>
        }
    });
    view! {
        <Title text=source.name.clone() />
        <div class="list-page source-page">
            <p>
                <a href="/evidence">{text::source_back()}</a>
            </p>
            <h1>{source.name.clone()}</h1>
            <p class="quiet">
                {text::source_kind(&source.kind)} " · " {text::evidence_facts(source.facts)} " · "
                <Moment at=source.created_at />
            </p>
            <p>{news}</p>
            {notices}
            <p>
                <a class="button" href="/">
                    {text::source_tailor()}
                </a>
            </p>
            <section class="block" aria-labelledby="facts-title">
                <h2 id="facts-title">{text::source_facts_heading()}</h2>
                {detail.sections.into_iter().map(section_facts).collect_view()}
            </section>
            {unread}
        </div>
    }
    .into_any()
}
