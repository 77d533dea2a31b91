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
    let faults_of = |faults: &[ExportFault]| faults.iter().map(fault).collect_view();
    let word = (!report.word_faults.is_empty()).then(|| {
        let faults = faults_of(&report.word_faults);
        view! {
            <p>{text::machine_word()}</p>
            <ul class="machine-faults">{faults}</ul>
        }
    });
    let whole = report.faults.is_empty() && report.word_faults.is_empty();
    let lines = i64::from(report.lines);
    let summary = if whole {
        text::machine_whole(lines)
    } else {
        text::machine_faults(text::count(report.faults.len() + report.word_faults.len()))
    };
    let instead = report.instead_of.as_deref().map(
        |asked| view! { <p class="notice">{text::machine_instead(asked, &report.template)}</p> },
    );
    let faults = faults_of(&report.faults);
    let standards = if report.standards.is_empty() {
        text::machine_no_standard().to_owned()
    } else {
        text::machine_standards(&report.standards.join(", "))
    };
    let language = report.language.clone().unwrap_or_default();
    let language = text::language(&language).map_or(language.clone(), str::to_owned);
    let left_out = report.left_out.clone();
    Some(view! {
        <LeftOut lines=left_out />
        <details class="machine" open=!whole>
            <summary>{summary}</summary>
            {instead}
            <ul class="machine-faults">{faults}</ul>
            {word}
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

/// The lines that gave way.
#[component]
fn LeftOut(
    /// Their words.
    lines: Vec<String>,
) -> impl IntoView {
    let count = text::count(lines.len());
    let rows = lines
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect_view();
    (count > 0).then(|| {
        view! {
            <details class="machine left-out">
                <summary>{text::left_out_summary(count)}</summary>
                <p class="hint">{text::left_out_hint()}</p>
                <ul>{rows}</ul>
            </details>
        }
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
