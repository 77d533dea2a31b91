//! Fields in which a person writes in their own words: which there are, and how each is shown.

use career::SectionKind;
use career::own::{Topic, Typed};
use leptos::prelude::*;

use super::field_problem::{Problem, concerns};
use crate::text;

/// How a field is typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Input {
    /// One line; the browser's name for what it is, to fill it in.
    Line(&'static str),
    /// A date in words or figures.
    Date,
    /// Several lines.
    Lines(&'static str),
}

/// A field: its name and how it is typed in.
type Field = (&'static str, Input);

const LINE: Input = Input::Line("off");
const TEXT: Input = Input::Lines("3");
const LIST: Input = Input::Lines("5");
const START: Field = ("start", Input::Date);
const END: Field = ("end", Input::Date);

/// Where a field stands: its own words for label and hint come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A block of that section.
    Section(SectionKind),
    /// The answer to a question.
    Answer(Topic),
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Self::Section(section) => section.as_str(),
            Self::Answer(Topic::Name | Topic::Email | Topic::Location | Topic::Summary) => "head",
            Self::Answer(topic) => topic.as_str(),
        }
    }

    fn fields(self) -> Vec<Field> {
        const TITLE: Field = ("title", LINE);
        const PLACE: Field = ("location", LINE);
        const EMPLOYER: Field = ("organization", Input::Line("organization"));
        const URL: Field = ("url", Input::Line("url"));
        const SUMMARY: Field = ("summary", TEXT);
        const DONE: Field = ("lines", LIST);
        const KEYWORDS: Field = ("keywords", TEXT);
        const SUBTITLE: Field = ("subtitle", LINE);
        const NAME: Field = ("name", Input::Line("name"));
        const EMAIL: Field = ("email", Input::Line("email"));
        const HERE: Field = ("location", Input::Line("address-level2"));
        match self {
            Self::Section(section) => match section {
                SectionKind::Head => vec![
                    NAME,
                    ("headline", LINE),
                    EMAIL,
                    ("phone", Input::Line("tel")),
                    HERE,
                    ("website", Input::Line("url")),
                    SUMMARY,
                ],
                SectionKind::Education => vec![
                    TITLE,
                    SUBTITLE,
                    EMPLOYER,
                    PLACE,
                    START,
                    END,
                    ("score", LINE),
                    KEYWORDS,
                    DONE,
                ],
                SectionKind::Projects => {
                    vec![TITLE, SUBTITLE, URL, START, END, SUMMARY, DONE, KEYWORDS]
                }
                SectionKind::Skills | SectionKind::Interests => vec![KEYWORDS, TITLE],
                SectionKind::Languages => vec![TITLE, SUBTITLE],
                SectionKind::Certificates => vec![TITLE, EMPLOYER, START, URL],
                SectionKind::Publications => vec![TITLE, EMPLOYER, START, URL, SUMMARY],
                SectionKind::Awards => vec![TITLE, EMPLOYER, START, SUMMARY],
                _ => vec![TITLE, EMPLOYER, PLACE, START, END, SUMMARY, DONE, URL],
            },
            Self::Answer(topic) => match topic {
                Topic::Name => vec![NAME],
                Topic::Email => vec![EMAIL],
                Topic::Location => vec![HERE],
                Topic::Summary => vec![SUMMARY],
                Topic::Dates => vec![START, END],
                Topic::Told | Topic::Outcome | Topic::Languages => vec![DONE],
                Topic::Skills => vec![KEYWORDS],
                Topic::Work | Topic::Education | Topic::Gap => Vec::new(),
            },
        }
    }

    /// A field's own words in this form, else its words anywhere.
    fn words(self, field: &str, of: impl Fn(&str) -> Option<&'static str>) -> Option<&'static str> {
        of(&format!("{}_{field}", self.name())).or_else(|| of(field))
    }
}

/// All fields of a form, with what stands in them.
#[component]
pub fn OwnFields(
    /// Which.
    form: Form,
    /// What stands in them.
    typed: Typed,
    /// The form's problem.
    problem: Problem,
) -> impl IntoView {
    let field = move |(name, input): Field| {
        let initial = typed.get(name).cloned().unwrap_or_default();
        view! { <OwnField form name input initial problem /> }
    };
    view! { <div class="own-fields">{form.fields().into_iter().map(field).collect_view()}</div> }
}

/// One field with its label, its hint and what is wrong with it.
#[component]
fn OwnField(
    /// Where it stands.
    form: Form,
    /// Its name.
    name: &'static str,
    /// How it is typed in.
    input: Input,
    /// What stands in it.
    initial: String,
    /// The form's problem.
    problem: Problem,
) -> impl IntoView {
    let label = form.words(name, text::own_label).unwrap_or_default();
    let hint = form.words(name, text::own_hint);
    let refused = untrack(|| concerns(problem, name));
    let invalid = move || concerns(problem, name).then_some("true");
    let hint_id = format!("{name}-hint");
    let problem_id = format!("{name}-problem");
    let described = if hint.is_some() {
        format!("{hint_id} {problem_id}")
    } else {
        problem_id.clone()
    };
    let sent = format!("typed[{name}]");
    let control = match input {
        Input::Lines(rows) => view! {
            <textarea
                id=name
                name=sent
                rows=rows
                maxlength="6000"
                aria-describedby=described
                aria-invalid=invalid
                autofocus=refused
                on:input=move |_| problem.set(None)
            >
                {initial}
            </textarea>
        }
        .into_any(),
        line => view! {
            <input
                id=name
                name=sent
                value=initial
                maxlength="1000"
                autocomplete=if let Input::Line(kind) = line { kind } else { "off" }
                aria-describedby=described
                aria-invalid=invalid
                autofocus=refused
                on:input=move |_| problem.set(None)
            />
        }
        .into_any(),
    };
    let message = move || {
        let told = problem.get();
        let told = told.filter(|error| error.field.as_deref() == Some(name));
        told.map(|error| error.message())
    };
    let short = input == Input::Date;
    view! {
        <div class="field" class:short=short>
            <label for=name>{label}</label>
            {control}
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <p class="problem" id=problem_id role="alert">
                {message}
            </p>
        </div>
    }
    .into_any()
}
