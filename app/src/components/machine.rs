//! What a machine reads of the PDF: its text, and whether all of it arrives.

use career::view::{ExportFault, ExportReport};
use leptos::prelude::*;

use crate::text;

/// The report, with the text as a program gets it.
#[component]
pub fn Machine(
    /// What was found.
    report: Option<ExportReport>,
) -> impl IntoView {
    let report = report?;
    let whole = report.faults.is_empty();
    let lines = i64::from(report.lines);
    let summary = if whole {
        text::machine_whole(lines)
    } else {
        text::machine_faults(text::count(report.faults.len()))
    };
    let instead = report.instead_of.as_deref().map(
        |asked| view! { <p class="notice">{text::machine_instead(asked, &report.template)}</p> },
    );
    let faults = report.faults.iter().map(fault).collect_view();
    let standards = if report.standards.is_empty() {
        text::machine_no_standard().to_owned()
    } else {
        text::machine_standards(&report.standards.join(", "))
    };
    let language = report.language.clone().unwrap_or_default();
    let language = text::language(&language).map_or(language.clone(), str::to_owned);
    Some(view! {
        <details class="machine" open=!whole>
            <summary>{summary}</summary>
            {instead}
            <ul class="machine-faults">{faults}</ul>
            <p class="hint">
                {text::machine_links(i64::from(report.links))} " " {text::machine_language(&language)} " "
                {standards}
            </p>
            <pre class="machine-text" tabindex="0" aria-label=text::machine_text()>
                {report.text.join("\n")}
            </pre>
        </details>
    })
}

fn fault(fault: &ExportFault) -> impl IntoView + use<> {
    let kind = text::fault(fault.kind.as_str()).unwrap_or_default();
    view! {
        <li>
            {kind} " " <q>{fault.text.clone()}</q>
        </li>
    }
}
