//! In which language the résumé is to be.

use career::tongue::TONGUES;
use leptos::prelude::*;

use super::field_problem::{FieldProblem, Problem};
use crate::text;

/// As the posting, or one of the languages that have headings, by their own names.
#[component]
pub fn LanguageField(
    /// What was chosen before: a tag, or nothing.
    initial: String,
    /// What is wrong with the form.
    problem: Problem,
) -> impl IntoView {
    let options = TONGUES.map(|(tag, name)| {
        view! {
            <option value=tag lang=tag selected=initial == tag>
                {name}
            </option>
        }
    });
    view! {
        <div class="language-field">
            <label for="language">{text::language_label()}</label>
            <select id="language" name="language" aria-describedby="language-problem">
                <option value="">{text::language_as_posting()}</option>
                {options.collect_view()}
            </select>
            <FieldProblem problem field="language" id="language-problem" />
        </div>
    }
    .into_any()
}
