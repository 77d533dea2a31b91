//! What merging must hold.

use super::*;
use crate::fact::{Fact, Locator};
use crate::hash::ContentHash;
use crate::profile::{DateField, EntryId, Profile, SectionKind};

/// Builds profiles of one source each.
struct Source {
    name: &'static str,
    profile: Profile,
}

impl Source {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            profile: Profile::default(),
        }
    }

    fn field(&mut self, place: &str, text: &str) -> Field {
        let number = self.profile.entries.len();
        let locator = Locator::JsonPointer {
            pointer: format!("/{number}/{place}"),
        };
        let hash = ContentHash::of(self.name.as_bytes());
        let fact = Fact::new(self.name, &hash, locator, text);
        self.profile.facts.add(fact.clone());
        Field::whole(&fact)
    }

    fn job(mut self, title: &str, company: &str, from: &str, to: &str, bullets: &[&str]) -> Self {
        let mut entry = Entry::empty(
            EntryId(format!("work-{}", self.profile.entries.len() + 1)),
            SectionKind::Work,
        );
        entry.title = Some(self.field("position", title));
        entry.organization = Some(self.field("name", company));
        entry.start = (!from.is_empty()).then(|| DateField::read(self.field("from", from)));
        entry.end = (!to.is_empty()).then(|| DateField::read(self.field("to", to)));
        for (number, bullet) in bullets.iter().enumerate() {
            let field = self.field(&format!("bullet/{number}"), bullet);
            entry.highlights.push(field);
        }
        self.profile.entries.push(entry);
        self
    }
}

fn both(one: Source, other: Source) -> Profile {
    let mut profile = one.profile;
    profile.append(other.profile);
    profile
}

fn merge_of(proposal: &Proposal) -> Change {
    Change::Merge {
        kept: proposal.one.clone(),
        other: proposal.other.clone(),
    }
}

#[test]
fn the_same_job_of_two_sources_is_proposed_and_nothing_happens_by_itself() {
    let profile = both(
        Source::new("cv.json").job(
            "Sr. Software Engineer",
            "Northwind Maps GmbH",
            "2020-03",
            "",
            &[],
        ),
        Source::new("in.zip").job(
            "Senior Software Engineer",
            "Northwind Maps",
            "Mar 2020",
            "",
            &[],
        ),
    );
    let found = proposals(&profile, &[]);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].reasons,
        [Reason::Organization, Reason::Title, Reason::Dates]
    );
    assert_eq!(apply(profile.clone(), &[]).profile, profile);
}

#[test]
fn what_only_looks_alike_is_not_proposed() {
    for (one, other) in [
        // A return to the same employer years later.
        (
            ("Engineer", "Acme", "2010", "2012"),
            ("Engineer", "Acme", "2018", "2020"),
        ),
        // The same title elsewhere.
        (
            ("Engineer", "Acme", "2018", "2020"),
            ("Engineer", "Globex", "2018", "2020"),
        ),
    ] {
        let profile = both(
            Source::new("a").job(one.0, one.1, one.2, one.3, &[]),
            Source::new("b").job(other.0, other.1, other.2, other.3, &[]),
        );
        assert_eq!(proposals(&profile, &[]), [], "{one:?} {other:?}");
    }
    // Two entries of one source are two.
    let own = Source::new("a")
        .job("Engineer", "Acme", "2018", "2020", &[])
        .job("Engineer", "Acme", "2018", "2020", &[]);
    assert_eq!(proposals(&own.profile, &[]), []);
}

#[test]
fn a_merged_job_keeps_every_line_once_and_shows_both_values_where_they_differ() {
    let profile = both(
        Source::new("a").job(
            "Engineer",
            "Acme Inc.",
            "2018-01",
            "2020-06",
            &["Built maps.", "Led two people."],
        ),
        Source::new("b").job(
            "Engineer",
            "Acme",
            "2018-01",
            "2020-07",
            &["built  maps.", "Cut costs by half."],
        ),
    );
    let change = merge_of(&proposals(&profile, &[])[0]);
    let merged = apply(profile.clone(), std::slice::from_ref(&change));
    assert_eq!(merged.profile.entries.len(), 1);
    let lines: Vec<&str> = merged.profile.entries[0]
        .highlights
        .iter()
        .map(|line| line.text.as_str())
        .collect();
    assert_eq!(
        lines,
        ["Built maps.", "Led two people.", "Cut costs by half."]
    );
    let fields: Vec<FieldName> = merged
        .conflicts
        .iter()
        .map(|conflict| conflict.field)
        .collect();
    assert_eq!(fields, [FieldName::Organization, FieldName::End]);
    // Choosing the other value puts it in its place, and keeps both to be seen.
    let end = &merged.conflicts[1];
    let choice = Change::Choose {
        entry: end.entry.clone(),
        field: FieldName::End,
        cite: end.values[1].cite.clone(),
    };
    let chosen = apply(profile.clone(), &[change.clone(), choice]);
    let end = chosen.profile.entries[0].end.as_ref().unwrap();
    assert_eq!(end.field.text, "2020-07");
    assert_eq!(chosen.conflicts[1].values.len(), 2);
    // Every field still cites words of its fact.
    for field in chosen.profile.entries[0].fields() {
        assert_eq!(
            chosen.profile.facts.words(&field.cite),
            Some(field.text.as_str())
        );
    }
    // Nothing more to propose, and without the change all is as it was.
    assert_eq!(proposals(&profile, &[change]), []);
    assert_eq!(apply(profile.clone(), &[]).profile, profile);
}

#[test]
fn a_decision_about_a_source_that_is_not_used_changes_nothing() {
    let one = Source::new("a").job("Engineer", "Acme", "2018", "2020", &[]);
    let other = Source::new("b").job("Engineer", "Acme", "2018", "2020", &[]);
    let alone = one.profile.clone();
    let change = merge_of(&proposals(&both(one, other), &[])[0]);
    assert_eq!(apply(alone.clone(), &[change]).profile, alone);
}

#[test]
fn an_entry_stays_known_after_another_title_was_chosen() {
    let profile = both(
        Source::new("a").job("Engineer II", "Acme", "2018-01", "2020-06", &[]),
        Source::new("b").job("Platform Engineer", "Acme", "2018-01", "2020-06", &[]),
    );
    let merge = merge_of(&proposals(&profile, &[])[0]);
    let Change::Merge { kept, .. } = merge.clone() else {
        unreachable!()
    };
    let merged = apply(profile.clone(), std::slice::from_ref(&merge));
    let choice = Change::Choose {
        entry: kept.clone(),
        field: FieldName::Title,
        cite: merged.conflicts[0].values[1].cite.clone(),
    };
    let leave_out = Change::LeaveOut { entry: kept };
    let chosen = apply(profile.clone(), &[merge.clone(), choice.clone()]);
    assert_eq!(
        chosen.profile.entries[0].title.as_ref().unwrap().text,
        "Platform Engineer"
    );
    let gone = apply(profile, &[merge, choice, leave_out]);
    assert!(gone.profile.entries.is_empty() && gone.conflicts.is_empty());
}

#[test]
fn three_sources_of_one_job_become_one() {
    let mut profile = both(
        Source::new("a").job("Engineer", "Acme", "2018", "2020", &["One."]),
        Source::new("b").job("Engineer", "Acme", "2018", "2020", &["Two."]),
    );
    profile.append(
        Source::new("c")
            .job("Engineer", "Acme", "2018", "2020", &["Three."])
            .profile,
    );
    let mut changes = Vec::new();
    while let Some(proposal) =
        proposals(&apply(profile.clone(), &changes).profile, &changes).first()
    {
        changes.push(merge_of(proposal));
    }
    let merged = apply(profile, &changes);
    assert_eq!(merged.profile.entries.len(), 1);
    assert_eq!(merged.profile.entries[0].highlights.len(), 3);
}
