//! Evidence as its pages show it.

use std::collections::HashSet;
use std::sync::Arc;

use career::merge::{self, Change, Merged};
use career::text::clean;
use career::view::{
    ConflictView, DecisionView, EntryView, EvidenceView, FactView, GivenFact, ProposalView,
    SourceDetail, SourceView, ValueView,
};
use career::{Entry, FactId, FactSet, Field, Profile, SectionKind};
use intake::Evidence;

use super::Reading;
use crate::db::changes::Decided;
use crate::db::sources::Known;

pub(super) fn overview(
    sources: Vec<SourceView>,
    readings: &[(Known, Reading)],
    whole: Profile,
    decided: &[Decided],
) -> EvidenceView {
    let changes: Vec<Change> = decided
        .iter()
        .map(|decided| decided.change.clone())
        .collect();
    let facts = whole.facts.clone();
    let named = |anchor: &FactId| {
        let mut entries = whole.entries.iter();
        let entry = entries.find(|entry| merge::anchor(entry) == Some(anchor))?;
        Some(entry_view(anchor, entry, &facts))
    };
    let proposals = merge::proposals(&whole, &changes)
        .into_iter()
        .filter_map(|proposal| {
            Some(ProposalView {
                one: named(&proposal.one)?,
                other: named(&proposal.other)?,
                reasons: proposal.reasons,
            })
        })
        .collect();
    let decisions = decided
        .iter()
        .rev()
        .map(|decided| decision_view(decided, &named))
        .collect();
    let merged = merge::apply(whole.clone(), &changes);
    EvidenceView {
        sources,
        unreadable: readings
            .iter()
            .filter_map(|(source, reading)| {
                let error = reading.as_ref().err()?;
                Some((source.id, error.code().to_owned()))
            })
            .collect(),
        proposals,
        conflicts: conflicts(&merged),
        decisions,
        record: record(&merged),
    }
}

fn record(merged: &Merged) -> Vec<EntryView> {
    let facts = &merged.profile.facts;
    let anchored = merged.anchors.iter().zip(&merged.profile.entries);
    let mut record: Vec<EntryView> = anchored
        .filter_map(|(anchor, entry)| Some(entry_view(anchor.as_ref()?, entry, facts)))
        .collect();
    record.sort_by_key(|entry| entry.section);
    record
}

fn conflicts(merged: &Merged) -> Vec<ConflictView> {
    let facts = &merged.profile.facts;
    let view = |conflict: &merge::Conflict| {
        let is_it = |anchor: &Option<FactId>| anchor.as_ref() == Some(&conflict.entry);
        let position = merged.anchors.iter().position(is_it)?;
        let entry = &merged.profile.entries[position];
        Some(ConflictView {
            entry: entry_view(&conflict.entry, entry, facts),
            field: conflict.field,
            values: conflict
                .values
                .iter()
                .filter_map(|value| value_view(value, facts))
                .collect(),
        })
    };
    merged.conflicts.iter().filter_map(view).collect()
}

fn value_view(value: &Field, facts: &FactSet) -> Option<ValueView> {
    Some(ValueView {
        text: value.text.clone(),
        fact: fact_view(value.fact(), facts)?,
        start: u32::try_from(value.cite.start).ok()?,
        end: u32::try_from(value.cite.end).ok()?,
    })
}

fn decision_view(decided: &Decided, named: &impl Fn(&FactId) -> Option<EntryView>) -> DecisionView {
    let (kind, entry) = match &decided.change {
        Change::Merge { kept, .. } => ("merge", kept),
        Change::Distinct { one, .. } => ("distinct", one),
        Change::Choose { entry, .. } => ("choose", entry),
        Change::LeaveOut { entry } => ("leave_out", entry),
    };
    let about = named(entry).map(|entry| {
        let parts = [entry.title, entry.organization];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    });
    DecisionView {
        id: decided.id,
        kind: kind.to_owned(),
        about: about.unwrap_or_default(),
        at: decided.created_at.to_rfc3339(),
    }
}

fn entry_view(anchor: &FactId, entry: &Entry, facts: &FactSet) -> EntryView {
    let words = |field: Option<&Field>| field.map(|field| clean(&field.text)).unwrap_or_default();
    let start = words(entry.start.as_ref().map(|date| &date.field));
    let end = words(entry.end.as_ref().map(|date| &date.field));
    let dates = [start, end];
    let dates: Vec<&str> = dates
        .iter()
        .map(String::as_str)
        .filter(|date| !date.is_empty())
        .collect();
    let mut sources: Vec<(String, String)> = Vec::new();
    for field in entry.fields() {
        if let Some(fact) = facts.get(field.fact()) {
            let source = (fact.locator.mark().to_owned(), fact.source.clone());
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
    }
    let lines = entry.summary.len() + entry.highlights.len();
    EntryView {
        anchor: anchor.0.clone(),
        section: entry.section,
        title: words(entry.title.as_ref()),
        organization: words(entry.organization.as_ref()),
        dates: dates.join(" – "),
        lines: i64::try_from(lines).unwrap_or(i64::MAX),
        sources,
    }
}

fn fact_view(id: &FactId, facts: &FactSet) -> Option<FactView> {
    let fact = facts.get(id)?;
    Some(FactView {
        id: fact.id.0.clone(),
        source: fact.source.clone(),
        locator: fact.locator.to_string(),
        quote: fact.quote.clone(),
        mark: fact.locator.mark().to_owned(),
    })
}

pub(super) fn detail<'a>(
    source: SourceView,
    evidence: &Evidence,
    others: impl Iterator<Item = &'a Arc<Evidence>>,
) -> SourceDetail {
    let known: HashSet<String> = others
        .flat_map(|other| other.profile.facts.iter())
        .map(|fact| plain(&fact.quote))
        .collect();
    let profile = &evidence.profile;
    let mut shown = HashSet::new();
    let mut sections: Vec<(SectionKind, Vec<GivenFact>)> = Vec::new();
    for (section, field) in fields(profile) {
        if !shown.insert(field.fact().clone()) {
            continue;
        }
        let Some(fact) = fact_view(field.fact(), &profile.facts) else {
            continue;
        };
        let new = !known.contains(&plain(&fact.quote));
        let given = GivenFact { fact, new };
        match sections.iter_mut().find(|(known, _)| *known == section) {
            Some((_, facts)) => facts.push(given),
            None => sections.push((section, vec![given])),
        }
    }
    let new = sections
        .iter()
        .flat_map(|(_, facts)| facts)
        .filter(|given| given.new)
        .count();
    SourceDetail {
        source,
        sections,
        unread: profile
            .unread
            .iter()
            .map(|unread| (unread.locator.to_string(), unread.content.clone()))
            .collect(),
        notices: evidence.notices.clone(),
        new: i64::try_from(new).unwrap_or(i64::MAX),
    }
}

fn plain(text: &str) -> String {
    clean(text).to_lowercase()
}

/// Every field of a profile with the section it belongs to, in page order.
fn fields(profile: &Profile) -> Vec<(SectionKind, &Field)> {
    let mut all: Vec<(SectionKind, &Field)> = Vec::new();
    let contacts = profile.contacts.iter().flat_map(|contact| &contact.parts);
    let head = profile.name.iter().chain(&profile.headline).chain(contacts);
    all.extend(head.map(|field| (SectionKind::Head, field)));
    all.extend(
        profile
            .summary
            .iter()
            .map(|field| (SectionKind::Summary, field)),
    );
    for entry in &profile.entries {
        all.extend(entry.fields().map(|field| (entry.section, field)));
    }
    for (kind, groups) in [
        (SectionKind::Skills, &profile.skills),
        (SectionKind::Interests, &profile.interests),
    ] {
        for group in groups {
            let fields = group.name.iter().chain(&group.level).chain(&group.keywords);
            all.extend(fields.map(|field| (kind, field)));
        }
    }
    for language in &profile.languages {
        let fields = std::iter::once(&language.language).chain(&language.fluency);
        all.extend(fields.map(|field| (SectionKind::Languages, field)));
    }
    all
}
