//! The profile that follows from what was decided.

use serde::{Deserialize, Serialize};

use super::{Change, FieldName, anchor};
use crate::fact::{Cite, FactId};
use crate::own::{self, Speaker};
use crate::profile::{DateField, Entry, Field, Profile};
use crate::text::clean;

/// A field for which the sources give several values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The entry's anchor.
    pub entry: FactId,
    /// The field.
    pub field: FieldName,
    /// The values; the first is the one in use.
    pub values: Vec<Field>,
}

/// A profile after all decisions, and what is still to be decided.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// The profile.
    pub profile: Profile,
    /// For each entry of the profile, the anchor it had before anything was decided.
    pub anchors: Vec<Option<FactId>>,
    /// Fields with several values, decided or not.
    pub conflicts: Vec<Conflict>,
}

/// Applies decisions in their order. One that speaks of an entry that is not there (its source is
/// not used this time) changes nothing.
pub fn apply(mut profile: Profile, changes: &[Change]) -> Merged {
    let changes = own::current(changes);
    let mut facts = std::mem::take(&mut profile.facts);
    let mut fold = Fold {
        entries: std::mem::take(&mut profile.entries)
            .into_iter()
            .map(|entry| (anchor(&entry).cloned(), entry))
            .collect(),
        conflicts: Vec::new(),
    };
    for change in &changes {
        match change {
            Change::Merge { kept, other } => fold.merge(kept, other),
            Change::Choose { entry, field, cite } => fold.choose(entry, *field, cite),
            Change::LeaveOut { entry } => fold.leave_out(entry),
            Change::AddLine { entry, id, words } => {
                let line = Speaker::new(&mut facts, *id).say(words);
                fold.add_line(entry, line);
            }
            Change::Fill {
                entry,
                field,
                id,
                words,
            } => {
                let value = Speaker::new(&mut facts, *id).say(words);
                fold.fill(entry, *field, value);
            }
            // What was written is there already ([`own::with_own_words`]).
            Change::Write { .. }
            | Change::WriteAbout { .. }
            | Change::Distinct { .. }
            | Change::Skip { .. } => {}
        }
    }
    profile.facts = facts;
    let (anchors, entries) = fold.entries.into_iter().unzip();
    profile.entries = entries;
    Merged {
        profile,
        anchors,
        conflicts: fold.conflicts,
    }
}

/// Entries with the anchors they began with: choosing another title must not make an entry
/// unknown to the decisions that follow.
struct Fold {
    entries: Vec<(Option<FactId>, Entry)>,
    conflicts: Vec<Conflict>,
}

impl Fold {
    fn position(&self, entry: &FactId) -> Option<usize> {
        self.entries
            .iter()
            .position(|(anchor, _)| anchor.as_ref() == Some(entry))
    }

    fn merge(&mut self, kept: &FactId, other: &FactId) {
        let (Some(to), Some(from)) = (self.position(kept), self.position(other)) else {
            return;
        };
        if to == from || self.entries[to].1.section != self.entries[from].1.section {
            return;
        }
        let (_, from_entry) = self.entries.remove(from);
        let to = if from < to { to - 1 } else { to };
        let target = &mut self.entries[to].1;
        for name in FieldName::ALL {
            let Some(theirs) = name.of(&from_entry).cloned() else {
                continue;
            };
            match name.of(target).cloned() {
                // An open end beside a date is a difference in time, not a gap to be filled: the
                // date is taken, since somebody wrote it down.
                None => set(target, name, theirs),
                Some(ours) if !says_the_same(name, &ours, &theirs) => {
                    differ(&mut self.conflicts, kept, name, ours, theirs);
                }
                Some(_) => {}
            }
        }
        add_new(&mut target.summary, from_entry.summary);
        add_new(&mut target.highlights, from_entry.highlights);
        add_new(&mut target.keywords, from_entry.keywords);
        // What was open about the entry that went in is now open about the one that stays.
        for conflict in &mut self.conflicts {
            if conflict.entry == *other {
                conflict.entry = kept.clone();
            }
        }
    }

    fn choose(&mut self, entry: &FactId, name: FieldName, cite: &Cite) {
        let Some(position) = self.position(entry) else {
            return;
        };
        let conflict = self
            .conflicts
            .iter_mut()
            .find(|conflict| conflict.entry == *entry && conflict.field == name);
        let Some(conflict) = conflict else { return };
        let chosen = conflict.values.iter().position(|value| value.cite == *cite);
        let Some(chosen) = chosen else { return };
        conflict.values[..=chosen].rotate_right(1);
        set(
            &mut self.entries[position].1,
            name,
            conflict.values[0].clone(),
        );
    }

    fn add_line(&mut self, entry: &FactId, line: Option<Field>) {
        if let Some(position) = self.position(entry) {
            add_new(
                &mut self.entries[position].1.highlights,
                line.into_iter().collect(),
            );
        }
    }

    /// The person's own value is the one in use, also where other decisions follow.
    fn fill(&mut self, entry: &FactId, name: FieldName, value: Option<Field>) {
        let (Some(position), Some(value)) = (self.position(entry), value) else {
            return;
        };
        let target = &mut self.entries[position].1;
        if let Some(known) = name.of(target).cloned()
            && !says_the_same(name, &known, &value)
        {
            let cite = value.cite.clone();
            differ(&mut self.conflicts, entry, name, known, value);
            self.choose(entry, name, &cite);
        } else {
            set(target, name, value);
        }
    }

    fn leave_out(&mut self, entry: &FactId) {
        if let Some(position) = self.position(entry) {
            self.entries.remove(position);
            self.conflicts.retain(|conflict| conflict.entry != *entry);
        }
    }
}

fn says_the_same(name: FieldName, one: &Field, other: &Field) -> bool {
    if matches!(name, FieldName::Start | FieldName::End) {
        let (one, other) = (DateField::read(one.clone()), DateField::read(other.clone()));
        if let (Some(one), Some(other)) = (one.date, other.date) {
            let same_month =
                one.month.is_none() || other.month.is_none() || one.month == other.month;
            return one.year == other.year && same_month;
        }
    }
    plain(&one.text) == plain(&other.text)
}

fn plain(text: &str) -> String {
    clean(text).to_lowercase()
}

fn differ(
    conflicts: &mut Vec<Conflict>,
    entry: &FactId,
    field: FieldName,
    ours: Field,
    theirs: Field,
) {
    let known = conflicts
        .iter_mut()
        .find(|conflict| conflict.entry == *entry && conflict.field == field);
    match known {
        Some(conflict) => {
            if conflict
                .values
                .iter()
                .all(|value| plain(&value.text) != plain(&theirs.text))
            {
                conflict.values.push(theirs);
            }
        }
        None => conflicts.push(Conflict {
            entry: entry.clone(),
            field,
            values: vec![ours, theirs],
        }),
    }
}

/// Adds what is not there yet, word for word.
fn add_new(to: &mut Vec<Field>, from: Vec<Field>) {
    for field in from {
        if to
            .iter()
            .all(|known| plain(&known.text) != plain(&field.text))
        {
            to.push(field);
        }
    }
}

fn set(entry: &mut Entry, name: FieldName, field: Field) {
    match name {
        FieldName::Title => entry.title = Some(field),
        FieldName::Subtitle => entry.subtitle = Some(field),
        FieldName::Organization => entry.organization = Some(field),
        FieldName::Location => entry.location = Some(field),
        FieldName::Url => entry.url = Some(field),
        FieldName::Start => entry.start = Some(DateField::read(field)),
        FieldName::End => entry.end = Some(DateField::read(field)),
        FieldName::Score => entry.score = Some(field),
    }
}
