//! How the pages look: template, colour, letters, spacing, dates, sections. Sent by a button, and by
//! each change where a script runs.

use career::SectionKind;
use career::print::{DateStyle, Paper, PrintForm, PrintOptions, Spacing};
use career::view::{PrintView, TemplateView};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use super::field_problem::{FieldProblem, Problem};
use super::photo::PhotoPanel;
use crate::api::{PrintRun, print_run};
use crate::{browser, text};

/// The sections in order, with their headings.
type SectionList = RwSignal<Vec<(SectionKind, String)>>;

/// The panel with everything there is to choose.
#[component]
pub fn Look(
    /// The run.
    id: Uuid,
    /// How it looks now.
    print: PrintView,
    /// Called when pages were made anew.
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let PrintView {
        options,
        templates,
        families,
        languages,
        sections,
        photo,
    } = print;
    let node = NodeRef::<leptos::html::Form>::new();
    let problem: Problem = RwSignal::new(None);
    let pending = RwSignal::new(false);
    let again = StoredValue::new(false);
    let template = RwSignal::new(options.template.clone());
    let sections: SectionList = RwSignal::new(sections);
    // Whether the order is the person's own; else it follows the template.
    let ordered = RwSignal::new(!options.order.is_empty());
    let photo = RwSignal::new(photo);
    let places = templates.iter().filter(|template| template.photo);
    let places = StoredValue::new(places.map(|place| place.name.clone()).collect::<Vec<_>>());
    // Without a script, the photo's form ends on this page.
    let query = use_query_map();
    let (told, refused) =
        query.with_untracked(|query| (query.get("photo").is_some(), query.get("refused")));
    let opened = told || refused.is_some();
    // One after the other: of several quick changes the last one counts.
    let send = move || {
        if pending.get_untracked() {
            again.set_value(true);
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let outcome = loop {
                again.set_value(false);
                let Some(form) = node.get_untracked() else {
                    return;
                };
                let look = look_of(&browser::fields(&form));
                template.set(look.template.clone());
                let outcome = print_run(id, look).await;
                if !again.get_value() {
                    break outcome;
                }
            };
            pending.set(false);
            match outcome {
                Ok(new) => {
                    problem.set(None);
                    sections.set(new);
                    let has_place = places.with_value(|places| {
                        template.with_untracked(|template| places.contains(template))
                    });
                    photo.update(|photo| photo.on_pages = photo.in_use().filter(|_| has_place));
                }
                Err(error) => problem.set(Some(error)),
            }
            done();
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(moved) = browser::submitter_value(&event) {
            ordered.set(moved != "own");
            sections.update(|sections| shift(sections, &moved));
        }
        // After the new order stands in the form.
        request_animation_frame(send);
    };
    let order = move || {
        if !ordered.get() {
            return String::new();
        }
        let names = sections.with(|sections| {
            let names = sections.iter().map(|(kind, _)| kind.as_str());
            names.collect::<Vec<_>>()
        });
        names.join(",")
    };
    let accents: Vec<(String, String)> = templates
        .iter()
        .map(|template| (template.name.clone(), template.accent.clone()))
        .collect();
    let chosen = options.accent.map(String::from);
    let own_accent = chosen.is_none();
    let accent = move || {
        let own = || accents.iter().find(|(name, _)| *name == template.get());
        let own = chosen
            .clone()
            .or_else(|| own().map(|(_, accent)| accent.clone()));
        own.unwrap_or_default()
    };
    let cards = templates
        .into_iter()
        .map(|template| view! { <Card chosen=template.name == options.template template /> })
        .collect_view();
    view! {
        <details class="look" open=opened>
            <summary>{move || text::look_summary(&template.get())}</summary>
            <form
                method="post"
                action=PrintRun::url()
                class="look-form"
                node_ref=node
                on:submit=submit
                on:change=move |_| send()
                aria-busy=move || pending.get().to_string()
            >
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="look[order]" value=order />
                <fieldset class="templates">
                    <legend>{text::look_template()}</legend>
                    {cards}
                </fieldset>
                <div class="look-fields">
                    <Colours accent=Signal::derive(accent) own_accent />
                    <Choices options=options.clone() families languages />
                </div>
                <Sections sections ordered options />
                <FieldProblem problem field="template" id="look-problem" />
                <button class="button">{text::look_apply()}</button>
                <p class="hint" role="status">
                    {move || pending.get().then(text::look_working)}
                </p>
            </form>
            <PhotoPanel id template places photo pending refused done />
        </details>
    }
    .into_any()
}

/// Moves a section by one place: `work:up`, `work:down`.
fn shift(sections: &mut [(SectionKind, String)], moved: &str) {
    let Some((name, direction)) = moved.split_once(':') else {
        return;
    };
    let Some(place) = sections.iter().position(|(kind, _)| kind.as_str() == name) else {
        return;
    };
    let other = if direction == "up" {
        place.checked_sub(1)
    } else {
        Some(place + 1)
    };
    if let Some(other) = other.filter(|other| *other < sections.len()) {
        sections.swap(place, other);
    }
}

/// A template with a picture of its first page.
#[component]
fn Card(
    /// The template.
    template: TemplateView,
    /// Whether it is the one in use.
    chosen: bool,
) -> impl IntoView {
    let TemplateView {
        name,
        summary,
        purpose,
        ..
    } = template;
    let picture = format!("/templates/{name}.png");
    view! {
        <label class="template" title=summary>
            <input type="radio" name="look[template]" value=name.clone() checked=chosen />
            <img src=picture alt="" width="149" height="210" loading="lazy" />
            <span class="template-name">{name}</span>
            <span class="hint">{purpose}</span>
        </label>
    }
}

#[component]
fn Colours(
    /// The colour in use.
    accent: Signal<String>,
    /// Whether it is the template's own.
    own_accent: bool,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for="look-accent">{text::look_accent()}</label>
            <input type="color" id="look-accent" name="look[accent]" prop:value=accent value=accent.get_untracked() />
            <label class="check">
                <input type="checkbox" name="look[own_accent]" value="true" checked=own_accent />
                {text::look_own_accent()}
            </label>
        </div>
    }
}

/// The lists one thing is chosen of.
#[component]
fn Choices(
    /// What is chosen now.
    options: PrintOptions,
    /// The families of text.
    families: Vec<String>,
    /// The languages of headings.
    languages: Vec<String>,
) -> impl IntoView {
    let own = || (String::new(), text::look_own().to_owned());
    let named = |names: Vec<String>| {
        std::iter::once(own())
            .chain(names.into_iter().map(|name| (name.clone(), name)))
            .collect::<Vec<_>>()
    };
    let fonts = named(families);
    let languages = std::iter::once(own())
        .chain(languages.into_iter().map(|code| {
            let words = text::language(&code).map_or_else(|| code.clone(), str::to_owned);
            (code, words)
        }))
        .collect();
    let spacings = entries(Spacing::ALL, Spacing::as_str, |spacing| match spacing {
        Spacing::Auto => text::spacing_auto(),
        Spacing::Airy => text::spacing_airy(),
        Spacing::Compact => text::spacing_compact(),
    });
    let pages = std::iter::once((String::new(), text::look_pages_asked().to_owned()))
        .chain((1..=4).map(|number: u32| (number.to_string(), number.to_string())))
        .collect();
    let budget = options.pages.map(|number| number.to_string());
    let papers = entries(Paper::ALL, Paper::as_str, |paper| match paper {
        Paper::A4 => "A4",
        Paper::Letter => "Letter",
    });
    let styles = entries(DateStyle::ALL, DateStyle::as_str, |style| match style {
        DateStyle::Auto => text::look_own(),
        DateStyle::Short => "Mar 2021",
        DateStyle::Long => "March 2021",
        DateStyle::Numeric => "03/2021",
        DateStyle::Iso => "2021-03",
        DateStyle::Year => "2021",
    });
    view! {
        <Select name="font" words=text::look_font() entries=fonts chosen=options.font.unwrap_or_default() />
        <Select name="spacing" words=text::look_spacing() entries=spacings chosen=options.spacing.as_str().to_owned() />
        <Select name="pages" words=text::look_pages() entries=pages chosen=budget.unwrap_or_default() />
        <Select name="paper" words=text::look_paper() entries=papers chosen=options.paper.as_str().to_owned() />
        <Select name="dates" words=text::look_dates() entries=styles chosen=options.dates.as_str().to_owned() />
        <Select name="headings" words=text::look_headings() entries=languages chosen=options.headings.unwrap_or_default() />
    }
}

/// The values of a list with their words.
fn entries<T: Copy>(
    all: &[T],
    name: fn(T) -> &'static str,
    words: fn(T) -> &'static str,
) -> Vec<(String, String)> {
    let entry = |value: &T| (name(*value).to_owned(), words(*value).to_owned());
    all.iter().map(entry).collect()
}

#[component]
fn Select(
    /// The field's name inside the form.
    name: &'static str,
    /// Its label.
    words: &'static str,
    /// Values and words.
    entries: Vec<(String, String)>,
    /// The value that is chosen.
    chosen: String,
) -> impl IntoView {
    let id = format!("look-{name}");
    let entries = entries
        .into_iter()
        .map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{words}</label>
            <select id=id name=format!("look[{name}]")>{entries}</select>
        </div>
    }
}

/// The sections in order, each to be moved and named otherwise.
#[component]
fn Sections(
    /// The sections.
    sections: SectionList,
    /// Whether their order is the person's own.
    ordered: RwSignal<bool>,
    /// What is chosen now.
    options: PrintOptions,
) -> impl IntoView {
    let titles = StoredValue::new(options.titles);
    let row = move |(kind, heading): (SectionKind, String)| {
        let name = kind.as_str();
        let title = titles.with_value(|titles| titles.get(&kind).cloned().unwrap_or_default());
        let button = |direction: &'static str, sign: &'static str, label: String| {
            view! {
                <button
                    class="icon-button"
                    name="look[moved]"
                    value=format!("{name}:{direction}")
                    aria-label=label
                >
                    {sign}
                </button>
            }
        };
        view! {
            <li>
                <input
                    name=format!("look[titles][{name}]")
                    value=title
                    placeholder=heading.clone()
                    maxlength="80"
                    aria-label=text::look_title(&heading)
                />
                {button("up", "↑", text::look_up(&heading))}
                {button("down", "↓", text::look_down(&heading))}
            </li>
        }
    };
    view! {
        <details class="look-sections">
            <summary>{text::look_sections()}</summary>
            <p class="hint">{text::look_sections_hint()}</p>
            <ol>
                <For each=move || sections.get() key=|(kind, _)| *kind children=row />
            </ol>
            <Show when=move || ordered.get()>
                <button class="button plain small" name="look[moved]" value="own">
                    {text::look_own_order()}
                </button>
            </Show>
        </details>
    }
}

/// What stands in the form's fields.
fn look_of(fields: &[(String, String)]) -> PrintForm {
    let value = |name: &str| {
        let wanted = format!("look[{name}]");
        let found = fields.iter().find(|(field, _)| *field == wanted);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    PrintForm {
        template: value("template"),
        paper: value("paper"),
        pages: value("pages"),
        accent: value("accent"),
        own_accent: !value("own_accent").is_empty(),
        font: value("font"),
        spacing: value("spacing"),
        dates: value("dates"),
        headings: value("headings"),
        order: value("order"),
        moved: String::new(),
        titles: fields
            .iter()
            .filter_map(|(field, value)| {
                let name = field.strip_prefix("look[titles][")?.strip_suffix(']')?;
                Some((name.to_owned(), value.clone()))
            })
            .collect(),
    }
}
