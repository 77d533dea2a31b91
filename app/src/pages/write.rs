//! A block of a career, or what stands at the top of a page, in a person's own words.

use career::SectionKind;
use career::own::SECTIONS;
use career::view::WriteView;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::MissingPage;
use crate::api::{WriteEntry, get_written, write_entry};
use crate::components::failure::{Failure, Loading};
use crate::components::own_fields::Form;
use crate::components::own_form::{OwnForm, refused};
use crate::text;

/// The form for one block.
#[component]
pub fn WritePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || {
        let id = params.with(|params| params.get("id")).unwrap_or_default();
        let of = |key: &str| query.with(|query| query.get(key)).unwrap_or_default();
        let section = of("section");
        let section = if section.is_empty() {
            "work".to_owned()
        } else {
            section
        };
        (id, section, of("attempt"))
    };
    let block = Resource::new(asked, |(id, section, attempt)| {
        get_written(id, section, attempt)
    });
    view! {
        <Title text=text::title_write() />
        <Transition fallback=Loading>
            {move || Suspend::new(async move {
                match block.await {
                    Ok(Some(block)) => view! { <Write block /> }.into_any(),
                    Ok(None) => view! { <MissingPage /> }.into_any(),
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// The kinds of block, the one at hand marked.
#[component]
fn Sections(
    /// The one at hand.
    at: SectionKind,
) -> impl IntoView {
    let link = move |section: SectionKind| {
        let name = section.as_str();
        let here = (section == at).then_some("page");
        view! {
            <li>
                <a href=format!("/evidence/write?section={name}") aria-current=here>
                    {text::section(name)}
                </a>
            </li>
        }
    };
    view! {
        <nav class="chips" aria-label=text::write_sections()>
            <ul>{SECTIONS.into_iter().map(link).collect_view()}</ul>
        </nav>
    }
}

/// The form.
#[component]
fn Write(
    /// What stands in it.
    block: WriteView,
) -> impl IntoView {
    let section = block.section;
    let name = section.as_str();
    let id = block.id.map(|id| id.to_string()).unwrap_or_default();
    let query = use_query_map();
    let of = move |key: &str| {
        query
            .with_untracked(|query| query.get(key))
            .unwrap_or_default()
    };
    let from_interview = of("then") == "interview";
    let then = if from_interview { "interview" } else { "" };
    let back = if from_interview {
        "/evidence/interview"
    } else {
        "/evidence"
    };
    let mut typed = block.typed;
    // A question about a time leads here with that time.
    for (key, field) in [("from", "start"), ("to", "end")] {
        let given = of(key);
        if !given.is_empty() && typed.get(field).is_none_or(String::is_empty) {
            typed.insert(field.to_owned(), given);
        }
    }
    let head = section == SectionKind::Head;
    let fresh = block.id.is_none() && !head;
    let navigate = use_navigate();
    let done = move || navigate(back, NavigateOptions::default());
    let hidden = vec![
        ("id", id.clone()),
        ("section", name.to_owned()),
        ("then", then.to_owned()),
    ];
    let send = move |typed| write_entry(id.clone(), name.to_owned(), then.to_owned(), typed);
    view! {
        <div class="list-page write-page">
            <p>
                <a href=back>{text::source_back()}</a>
            </p>
            <h1>{text::write_heading(name)}</h1>
            <p class="quiet">{if head { text::write_lead_head() } else { text::write_lead() }}</p>
            {fresh.then(|| view! { <Sections at=section /> })}
            <OwnForm
                action=WriteEntry::url()
                hidden
                form=Form::Section(section)
                typed
                problem=refused(block.problem)
                send
                done
                words=text::write_save()
            >
                <a class="button plain" href=back>
                    {text::write_cancel()}
                </a>
            </OwnForm>
        </div>
    }
    .into_any()
}
