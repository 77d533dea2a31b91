//! One source: what it says, where, what is new in it, and what was not understood.

use std::collections::HashSet;

use career::SectionKind;
use career::view::{GivenFact, OlderView, SourceDetail};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};
use uuid::Uuid;

use super::MissingPage;
use crate::api::{RemoveSource, get_source, remove_source};
use crate::components::evidence_pane::Whence;
use crate::components::failure::{Failure, Loading};
use crate::components::id_form::IdForm;
use crate::components::moment::Moment;
use crate::components::original::{OriginalPages, ToPlace};
use crate::components::query::Command;
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

/// The names of all pieces that have a place on a page.
type Placed = StoredValue<HashSet<String>>;

fn to_place(placed: Placed, piece: String, words: &str) -> Option<impl IntoView + use<>> {
    let there = placed.with_value(|placed| placed.contains(&piece));
    there.then(|| view! { <ToPlace piece words=words.to_owned() /> })
}

fn fact_row(given: GivenFact, placed: Placed) -> impl IntoView {
    let new = given
        .new
        .then(|| view! { <span class="new">{text::source_new_mark()}</span> });
    let quote = given.fact.quote.clone();
    let piece = given.fact.id.clone();
    let link = to_place(placed, piece.clone(), &quote);
    view! {
        <li class="given" id=piece>
            <p class="given-words">{quote} {new}</p>
            <p class="given-place">
                <Whence fact=given.fact />
                {link}
            </p>
        </li>
    }
}

fn section_facts(section: SectionKind, facts: Vec<GivenFact>, placed: Placed) -> impl IntoView {
    let rows = facts.into_iter().map(|given| fact_row(given, placed));
    view! {
        <h3>{text::section(section.as_str())}</h3>
        <ul class="record">{rows.collect_view()}</ul>
    }
}

/// An earlier source of the same kind: what only it says, and the way to part with it.
#[component]
fn Older(
    /// The earlier source.
    older: OlderView,
) -> impl IntoView {
    let id = older.source.id;
    let name = older.source.name.clone();
    let remove = RemoveOlder::new();
    let count = text::count(older.gone.len());
    let gone = (!older.gone.is_empty()).then(|| {
        let rows = older.gone.into_iter();
        view! {
            <details>
                <summary>{text::older_gone(count)}</summary>
                <ul class="record">
                    {rows.map(|words| view! { <li class="given given-words">{words}</li> }).collect_view()}
                </ul>
            </details>
        }
    });
    let nothing = (count == 0).then(|| view! { <p class="quiet">{text::older_nothing_gone()}</p> });
    view! {
        <section class="block sheet" aria-labelledby="older-title">
            <h2 id="older-title">{text::older_heading()}</h2>
            <p>
                {text::older_lead()} " "
                <a href=format!("/evidence/{id}")>{name.clone()}</a>
                ", "
                <Moment at=older.source.created_at />
            </p>
            {nothing}
            {gone}
            <p class="problem" role="alert">
                {move || remove.refused()}
            </p>
            <div>
                <IdForm
                    action=RemoveSource::url()
                    id
                    send=move || remove.dispatch(id)
                    class="button"
                    label=text::older_remove_named(&name)
                    words=text::older_remove()
                />
            </div>
        </section>
    }
    .into_any()
}

/// Removes the earlier source and goes where that can be undone.
#[derive(Clone, Copy)]
struct RemoveOlder(Command);

impl RemoveOlder {
    fn new() -> Self {
        let navigate = use_navigate();
        Self(Command::new(move |id: &Uuid| {
            let (id, navigate) = (*id, navigate.clone());
            async move {
                let outcome = remove_source(id).await;
                let page = format!("/evidence?removed={id}");
                outcome.inspect(|()| navigate(&page, NavigateOptions::default()))
            }
        }))
    }

    fn dispatch(self, id: Uuid) {
        self.0.dispatch(id);
    }

    fn refused(self) -> Option<String> {
        let outcome = self.0.value().get()?;
        outcome.err().map(|error| error.message())
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
    let places = detail.pages.iter().flat_map(|page| &page.places);
    let placed = StoredValue::new(places.map(|place| place.piece.clone()).collect());
    let has_pages = !detail.pages.is_empty();
    let unread = (!detail.unread.is_empty()).then(|| {
        let parts = (0_usize..)
            .zip(detail.unread)
            .map(|(number, (place, words))| {
                let piece = format!("unread-{number}");
                let link = to_place(placed, piece.clone(), &words);
                view! {
                    <li class="given" id=piece>
                        <p class="given-words">{words}</p>
                        <p class="given-place">
                            <span class="whence">
                                <span class="locator">{place}</span>
                            </span>
                            {link}
                        </p>
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
        <div class="list-page source-page" class:wide=has_pages>
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
            {detail.older.map(|older| view! { <Older older /> })}
            <p>
                <a class="button" href="/">
                    {text::source_tailor()}
                </a>
            </p>
            <div class="beside" class:two=has_pages>
                <div class="told">
                    {unread}
                    <section class="block" aria-labelledby="facts-title">
                        <h2 id="facts-title">{text::source_facts_heading()}</h2>
                        {detail
                            .sections
                            .into_iter()
                            .map(|(section, facts)| section_facts(section, facts, placed))
                            .collect_view()}
                    </section>
                </div>
                {has_pages.then(|| view! { <OriginalPages pages=detail.pages /> })}
            </div>
        </div>
    }
    .into_any()
}
