//! Entries of several sources that may be one.

use career::merge::Reason;
use career::view::ProposalView;
use leptos::prelude::*;

use super::decide_form::{DecideForm, Decider, about};
use super::entry_line::{EntryLine, entry_title};
use crate::text;

fn reason_words(reason: Reason) -> &'static str {
    let code = match reason {
        Reason::Organization => "organization",
        Reason::Title => "title",
        Reason::Dates => "dates",
    };
    text::reason(code).unwrap_or_default()
}

/// One pair with its two answers.
#[component]
fn Pair(
    /// The pair.
    pair: ProposalView,
    /// Takes the answer.
    decider: Decider,
) -> impl IntoView {
    let title = entry_title(&pair.one);
    let shared: Vec<&str> = pair.reasons.iter().copied().map(reason_words).collect();
    let mut merge = about("merge", &pair.one.anchor);
    merge.other.clone_from(&pair.other.anchor);
    let mut distinct = about("distinct", &pair.one.anchor);
    distinct.other.clone_from(&pair.other.anchor);
    let named = |words: &str| text::proposal_named(words, &title);
    view! {
        <li class="pair">
            <div class="pair-sides">
                <EntryLine entry=pair.one />
                <EntryLine entry=pair.other />
            </div>
            <p class="quiet">{text::proposal_shares(&shared.join(", "))}</p>
            <div class="answers-row">
                <DecideForm
                    decision=merge
                    decider
                    class="button small"
                    label=named(text::proposal_merge())
                    words=text::proposal_merge()
                />
                <DecideForm
                    decision=distinct
                    decider
                    class="button small plain"
                    label=named(text::proposal_distinct())
                    words=text::proposal_distinct()
                />
            </div>
        </li>
    }
    .into_any()
}

/// All pairs; nothing where there are none.
#[component]
pub fn Proposals(
    /// The pairs.
    pairs: Vec<ProposalView>,
    /// Takes answers.
    decider: Decider,
) -> impl IntoView {
    let count = text::count(pairs.len());
    (count > 0).then(|| {
        let pairs = pairs
            .into_iter()
            .map(|pair| view! { <Pair pair decider /> });
        view! {
            <section class="sheet block" aria-labelledby="proposals-title">
                <h2 id="proposals-title">{text::proposals_heading(count)}</h2>
                <p class="hint">{text::proposals_hint()}</p>
                <ul class="pairs">{pairs.collect_view()}</ul>
            </section>
        }
    })
}
