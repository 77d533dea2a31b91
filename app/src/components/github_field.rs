//! A GitHub account as evidence.

use leptos::prelude::*;

use super::field_problem::{FieldProblem, Problem, concerns};
use crate::text;

/// GitHub's own rule: up to 39 letters, digits and single hyphens, none at an end.
pub fn is_user_name(name: &str) -> bool {
    let name = name.trim().trim_start_matches('@');
    (1..=39).contains(&name.len())
        && !name.starts_with('-')
        && !name.ends_with('-')
        && !name.contains("--")
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// A user name, folded away until it is wanted.
#[component]
pub fn GithubField(
    /// What was typed before.
    initial: String,
    /// The form's problem.
    problem: Problem,
) -> impl IntoView {
    let open = !initial.is_empty();
    let refused = untrack(|| concerns(problem, "github"));
    view! {
        <details class="github" open=move || open || concerns(problem, "github")>
            <summary>{text::github_summary()}</summary>
            <div class="field">
                <label for="github">{text::github_label()}</label>
                <input
                    id="github"
                    name="github"
                    value=initial
                    maxlength="40"
                    autocapitalize="none"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="github-hint github-problem"
                    aria-invalid=move || concerns(problem, "github").then_some("true")
                    autofocus=refused
                    on:input=move |_| problem.set(None)
                />
                <p class="hint" id="github-hint">
                    {text::github_hint()}
                </p>
                <FieldProblem problem field="github" id="github-problem" />
            </div>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::is_user_name;

    #[test]
    fn github_s_own_rule_for_names_is_kept() {
        for good in ["a", "octo-cat", "@octocat", &"a".repeat(39)] {
            assert!(is_user_name(good), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "a_b", "ä", "a b", &"a".repeat(40)] {
            assert!(!is_user_name(bad), "{bad}");
        }
    }
}
