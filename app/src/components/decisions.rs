//! What a person decided about their profile, each to be taken back.

use career::view::DecisionView;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::id_form::IdForm;
use super::moment::Moment;
use super::query::Command;
use crate::api::UndoDecision;
use crate::text;

fn words(decision: &DecisionView) -> String {
    let about = if decision.about.is_empty() {
        text::decision_gone()
    } else {
        &decision.about
    };
    match decision.kind.as_str() {
        "merge" => text::decision_merge(about),
        "distinct" => text::decision_distinct(about),
        "choose" => text::decision_choose(about),
        "write" => text::decision_write(about),
        "write_about" => text::decision_write_about(about),
        "add_line" => text::decision_add_line(about),
        "fill" => text::decision_fill(about),
        "skip" => text::decision_skip().to_owned(),
        _ => text::decision_leave_out(about),
    }
}

/// The newest first; nothing where there are none.
#[component]
pub fn Decisions(
    /// The decisions.
    decisions: Vec<DecisionView>,
    /// Takes them back.
    undo: Command,
) -> impl IntoView {
    let some = !decisions.is_empty();
    let one = move |decision: DecisionView| {
        let what = words(&decision);
        let id = decision.id;
        view! {
            <li class="decision">
                <p>{what.clone()}</p>
                <span class="quiet">
                    <Moment at=decision.at />
                </span>
                <IdForm
                    action=UndoDecision::url()
                    id
                    send=move || {
                        undo.dispatch(id);
                    }
                    class="button small plain"
                    label=text::decision_undo_named(&what)
                    words=text::decision_undo()
                />
            </li>
        }
    };
    some.then(|| {
        view! {
            <section class="block" aria-labelledby="decisions-title">
                <h2 id="decisions-title">{text::decisions_heading()}</h2>
                <ul class="decisions">{decisions.into_iter().map(one).collect_view()}</ul>
            </section>
        }
    })
}
