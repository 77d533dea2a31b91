//! Evidence as its pages show it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use career::merge::{self, Change, Merged};
use career::text::clean;
use career::view::{
    ConflictView, DecisionView, EntryView, EvidenceView, FactView, GivenFact, GroupView, OlderView,
    ProposalView, SourceDetail, SourceView, ValueView,
};
use career::{Entry, FactId, FactSet, Field, PartialDate, Profile, SectionKind, own};
use intake::Evidence;
use uuid::Uuid;

use super::{Reading, original};
use crate::db::changes::Decided;
use crate::db::sources::Known;

pub(super) fn overview(
    sources: Vec<SourceView>,
    readings: &[(Known, Reading)],
    decided: &[Decided],
    today: PartialDate,
) -> EvidenceView {
    let changes: Vec<Change> = decided
        .iter()
        .map(|decided| decided.change.clone())
        .collect();
    let whole = super::whole(readings, &changes);
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
    let open = own::questions(&merged, &changes, today);
    EvidenceView {
        sources,
        about: own::about_of(&merged.profile),
        groups: groups(&changes),
        questions: count(open.len()),
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
        record: record(&merged, &changes),
        linkedin: false,
    }
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Skills, languages and interests as they were written last.
fn groups(changes: &[Change]) -> Vec<GroupView> {
    let mut groups: Vec<GroupView> = Vec::new();
    for (id, written) in own::latest(changes) {
        if own::anchor_of(id, written).is_none() && !written.is_empty() {
            let words: Vec<&str> = written.texts().filter(|text| !text.is_empty()).collect();
            groups.push(GroupView {
                id,
                section: written.section,
                words: words.join(", "),
            });
        }
    }
    groups
}

fn record(merged: &Merged, changes: &[Change]) -> Vec<EntryView> {
    let facts = &merged.profile.facts;
    let statements: HashMap<FactId, Uuid> = own::latest(changes)
        .into_iter()
        .filter_map(|(id, written)| Some((own::anchor_of(id, written)?, id)))
        .collect();
    let anchored = merged.anchors.iter().zip(&merged.profile.entries);
    let mut record: Vec<EntryView> = anchored
        .filter_map(|(anchor, entry)| {
            let anchor = anchor.as_ref()?;
            let mut view = entry_view(anchor, entry, facts);
            view.written = statements.get(anchor).copied();
            Some(view)
        })
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
    let said = |texts: &[&str]| {
        let said: Vec<&str> = texts
            .iter()
            .copied()
            .filter(|text| !text.is_empty())
            .collect();
        said.join(", ")
    };
    let of = |entry: &FactId| named(entry).map(|entry| said(&[&entry.title, &entry.organization]));
    let (kind, about) = match &decided.change {
        Change::Merge { kept, .. } => ("merge", of(kept)),
        Change::Distinct { one, .. } => ("distinct", of(one)),
        Change::Choose { entry, .. } => ("choose", of(entry)),
        Change::LeaveOut { entry } => ("leave_out", of(entry)),
        Change::Write { entry, .. } => {
            let named = said(&[&entry.title, &entry.organization]);
            let keywords = entry.keywords.join(", ");
            (
                "write",
                Some(if named.is_empty() { keywords } else { named }),
            )
        }
        Change::WriteAbout { about, .. } => ("write_about", Some(said(&about.texts()[..6]))),
        Change::AddLine { words, .. } => ("add_line", Some(words.clone())),
        Change::Fill { words, .. } => ("fill", Some(words.clone())),
        Change::Skip { .. } => ("skip", Some(String::new())),
    };
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
        written: None,
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
    older: Option<(&SourceView, &Arc<Evidence>)>,
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
    let pages = original::pages(source.id, evidence);
    let older = older.map(|(source, earlier)| OlderView {
        source: source.clone(),
        gone: gone(&earlier.profile, profile),
    });
    SourceDetail {
        source,
        pages,
        older,
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

/// What only the earlier profile says, each once, in its order.
fn gone(earlier: &Profile, now: &Profile) -> Vec<String> {
    let mut known: HashSet<String> = now.facts.iter().map(|fact| plain(&fact.quote)).collect();
    let facts = fields(earlier)
        .into_iter()
        .filter_map(|(_, field)| earlier.facts.get(field.fact()));
    facts
        .filter(|fact| known.insert(plain(&fact.quote)))
        .map(|fact| clean(&fact.quote))
        .collect()
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
