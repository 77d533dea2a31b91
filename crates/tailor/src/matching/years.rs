//! Years of experience, counted from the dates of the positions that are to the point.

use career::{Cite, Entry, PartialDate, Profile, Requirement, SectionKind, Term};

use super::skills::{Asked, Shown};
use crate::analyze::{names_field, rank_in, same_field};

/// A position's months, both ends included.
struct Span {
    from: u32,
    to: u32,
    dates: Vec<Cite>,
}

/// The dates that together show the years asked for, newest positions first and no more of them
/// than needed; nothing when they do not suffice.
pub(super) fn answers(
    profile: &Profile,
    requirement: &Requirement,
    asked: &Asked,
    today: PartialDate,
) -> Vec<(Cite, f32, String)> {
    let Some(years) = requirement.terms.iter().find_map(|term| match term {
        Term::Years { at_least } => Some(*at_least),
        _ => None,
    }) else {
        return Vec::new();
    };
    let mut spans: Vec<Span> = profile
        .section(SectionKind::Work)
        .filter(|entry| counts(entry, requirement, asked))
        .filter_map(|entry| span(entry, today))
        .collect();
    spans.sort_by_key(|span| std::cmp::Reverse((span.to, span.from)));
    let needed = u32::from(years) * 12;
    for taken in 1..=spans.len() {
        let months = merged(&spans[..taken]);
        if months >= needed {
            let total = merged(&spans) / 12;
            let why = format!("{total} years");
            let dates = spans[..taken].iter().flat_map(|span| span.dates.clone());
            return dates.map(|cite| (cite, 0.6, why.clone())).collect();
        }
    }
    Vec::new()
}

/// The months of all paid positions that were no internships, overlaps counted once.
pub(crate) fn months_worked(profile: &Profile, today: PartialDate) -> u32 {
    let spans: Vec<Span> = profile
        .section(SectionKind::Work)
        .filter(|entry| !is_internship(entry))
        .filter_map(|entry| span(entry, today))
        .collect();
    merged(&spans)
}

/// Whether a position is to the point: it shows a skill asked for, or its title and the requirement
/// name the same line of work; any position where nothing but years is asked for.
fn counts(entry: &Entry, requirement: &Requirement, asked: &Asked) -> bool {
    if is_internship(entry) {
        return false;
    }
    let title = entry
        .title
        .as_ref()
        .map(|title| title.text.as_str())
        .unwrap_or_default();
    // Examples in brackets ("roles such as …") are not the work itself.
    let words = requirement.text.split('(').next().unwrap_or_default();
    if same_field(title, words) {
        return true;
    }
    if asked.skills.is_empty() {
        return !names_field(words);
    }
    let told = entry
        .title
        .iter()
        .chain(&entry.summary)
        .chain(&entry.highlights)
        .chain(&entry.keywords);
    told.into_iter()
        .any(|field| asked.touched_by(&Shown::of(&field.text)))
}

fn is_internship(entry: &Entry) -> bool {
    entry.title.as_ref().and_then(|title| rank_in(&title.text)) == Some("intern")
}

fn span(entry: &Entry, today: PartialDate) -> Option<Span> {
    let start = entry.start.as_ref()?;
    let from = start.date?.months();
    let mut dates = vec![start.field.cite.clone()];
    let to = match &entry.end {
        Some(end) => {
            dates.push(end.field.cite.clone());
            let date = end.date?;
            // A year alone: what is sure is that it was reached.
            if date.month.is_some() {
                date.months() + 1
            } else {
                date.months()
            }
        }
        None if entry.is_current() => today.months() + 1,
        None => return None,
    };
    (to > from).then_some(Span { from, to, dates })
}

fn merged(spans: &[Span]) -> u32 {
    let mut sorted: Vec<(u32, u32)> = spans.iter().map(|span| (span.from, span.to)).collect();
    sorted.sort_unstable();
    let mut months = 0;
    let mut reached = 0;
    for (from, to) in sorted {
        months += to.saturating_sub(from.max(reached));
        reached = reached.max(to);
    }
    months
}
