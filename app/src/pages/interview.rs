//! Questions for what the evidence lacks, one at a time.

use career::own::{Question, Topic};
use career::view::InterviewView;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::api::{AnswerQuestion, answer_question, get_interview};
use crate::browser;
use crate::components::failure::{Failure, Loading};
use crate::components::own_fields::Form;
use crate::components::own_form::{OwnForm, refused};
use crate::text;

/// The next question, or that there is none.
#[component]
pub fn InterviewPage() -> impl IntoView {
    let query = use_query_map();
    let attempt = move || query.with(|query| query.get("attempt")).unwrap_or_default();
    let answered = RwSignal::new(0_usize);
    let state = Resource::new(
        move || (answered.get(), attempt()),
        |(_, attempt)| get_interview(attempt),
    );
    view! {
        <Title text=text::title_interview() />
        <div class="list-page interview-page">
            <p>
                <a href="/evidence">{text::interview_back()}</a>
            </p>
            <h1>{text::interview_heading()}</h1>
            <Transition fallback=Loading>
                {move || Suspend::new(async move {
                    match state.await {
                        Ok(state) => view! { <Interview state answered /> }.into_any(),
                        Err(error) => view! { <Failure error /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

/// The question in words.
fn asks(question: &Question) -> String {
    let about = question.about.as_str();
    match (question.topic, &question.between) {
        (Topic::Dates, _) => text::question_dates(about),
        (Topic::Told, _) => text::question_told(about),
        (Topic::Outcome, _) => text::question_outcome(about),
        (Topic::Gap, Some((from, to))) => text::question_gap(from, to),
        (topic, _) => text::question(topic.as_str())
            .unwrap_or_default()
            .to_owned(),
    }
}

/// Where a block is written that answers the question; none for questions answered here.
fn leads_to(question: &Question) -> Option<String> {
    let section = match question.topic {
        Topic::Work | Topic::Gap => "work",
        Topic::Education => "education",
        _ => return None,
    };
    let time = question.between.as_ref();
    let time = time.map(|(from, to)| format!("&from={from}&to={to}"));
    let time = time.unwrap_or_default();
    Some(format!(
        "/evidence/write?section={section}&then=interview{time}"
    ))
}

/// One question and the ways on from it.
#[component]
fn Interview(
    /// Where it stands.
    state: InterviewView,
    /// Counts answers, so that the next question comes.
    answered: RwSignal<usize>,
) -> impl IntoView {
    let Some(question) = state.question else {
        return view! {
            <section class="empty">
                <h2>{text::interview_done_heading()}</h2>
                <p>{text::interview_done()}</p>
                <p>
                    <a class="button primary" href="/">
                        {text::source_tailor()}
                    </a>
                </p>
            </section>
        }
        .into_any();
    };
    let next = move || {
        answered.update(|answered| *answered += 1);
        browser::focus("#question");
    };
    let words = asks(&question);
    let so_far = (!question.lines.is_empty()).then(|| {
        let lines = question
            .lines
            .iter()
            .map(|line| view! { <li>{line.clone()}</li> });
        view! {
            <div class="so-far">
                <p class="hint">{text::interview_so_far()}</p>
                <ul class="bullets">{lines.collect_view()}</ul>
            </div>
        }
    });
    let empty = state.empty.then(|| {
        view! {
            <p class="notice">
                {text::interview_empty()} " " <a href="/evidence">{text::interview_files()}</a>
            </p>
        }
    });
    let id = question.id.clone();
    let answer = if let Some(address) = leads_to(&question) {
        view! {
            <div class="sheet block">
                {(question.topic == Topic::Gap)
                    .then(|| view! { <p class="hint">{text::question_gap_hint()}</p> })}
                <p class="answers-row">
                    <a class="button primary" href=address>
                        {text::interview_write()}
                    </a>
                </p>
            </div>
        }
        .into_any()
    } else {
        let asked = id.clone();
        let send = move |typed| answer_question(asked.clone(), false, typed);
        view! {
            <OwnForm
                action=AnswerQuestion::url()
                hidden=vec![("question", id.clone())]
                form=Form::Answer(question.topic)
                typed=state.typed
                problem=refused(state.problem)
                send
                done=next
                words=text::interview_keep()
            >
                ""
            </OwnForm>
        }
        .into_any()
    };
    view! {
        <p class="quiet" aria-live="polite">
            {text::interview_left(state.left)}
        </p>
        {empty}
        <h2 id="question" tabindex="-1">
            {words}
        </h2>
        {so_far}
        {answer}
        <Skip id next />
        <p class="hint">{text::interview_why()}</p>
    }
    .into_any()
}

/// Passes a question over.
#[component]
fn Skip(
    /// The question.
    id: String,
    /// Shows the next.
    next: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let asked = id.clone();
    let pending = RwSignal::new(false);
    // Nothing that belongs to one thread is made on the server, where a page may end on another.
    let skip = move || {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        let asked = asked.clone();
        spawn_local(async move {
            let outcome = answer_question(asked, true, career::own::Typed::new()).await;
            pending.set(false);
            if outcome.is_ok() {
                next();
            }
        });
    };
    view! {
        <form
            method="post"
            action=AnswerQuestion::url()
            on:submit=move |event| {
                event.prevent_default();
                skip();
            }
        >
            <input type="hidden" name="question" value=id />
            <input type="hidden" name="skip" value="true" />
            <button class="button plain">{text::interview_skip()}</button>
        </form>
    }
    .into_any()
}
