//! The ways to say what no file says: writing it, and answering questions.

use career::view::GroupView;
use leptos::prelude::*;

use crate::text;

/// Two ways on, and the groups that were written.
#[component]
pub fn OwnWords(
    /// Skills, languages and interests in own words.
    groups: Vec<GroupView>,
    /// How many questions are open.
    questions: i64,
) -> impl IntoView {
    let row = |group: GroupView| {
        let label = text::own_edit_named(&group.words);
        let section = text::section(group.section.as_str()).unwrap_or_default();
        view! {
            <li class="record-row">
                <div class="entry-line">
                    <p class="entry-title">{section}</p>
                    <p>{group.words}</p>
                </div>
                <a class="button small plain" href=format!("/evidence/write/{}", group.id) aria-label=label>
                    {text::own_edit()}
                </a>
            </li>
        }
    };
    let some = !groups.is_empty();
    let groups = some.then(|| {
        view! { <ul class="record">{groups.into_iter().map(row).collect_view()}</ul> }
    });
    view! {
        <section class="block" aria-labelledby="own-title">
            <h2 id="own-title">{text::own_heading()}</h2>
            <p class="hint">{text::own_hint_page()}</p>
            <p class="answers-row">
                <a class="button" href="/evidence/write">
                    {text::own_add()}
                </a>
                {(questions > 0)
                    .then(|| {
                        view! {
                            <a class="button" href="/evidence/interview">
                                {text::own_interview(questions)}
                            </a>
                        }
                    })}
            </p>
            {groups}
        </section>
    }
    .into_any()
}
