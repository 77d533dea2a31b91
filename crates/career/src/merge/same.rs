//! Which entries of different sources may tell of the same thing.

use serde::{Deserialize, Serialize};

use super::{Change, anchor};
use crate::fact::FactId;
use crate::own;
use crate::profile::{DateField, Entry, Field, Profile, SectionKind};

/// How much two names must be alike (Jaro-Winkler, 0 to 1) to be taken for one name.
const ALIKE: f64 = 0.9;
/// Forms of companies that are part of no name.
const LEGAL_FORMS: [&str; 27] = [
    "ab",
    "ag",
    "as",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "inc",
    "kg",
    "kk",
    "limited",
    "llc",
    "llp",
    "ltd",
    "mbh",
    "nv",
    "oy",
    "plc",
    "pty",
    "sa",
    "sarl",
    "sas",
    "se",
    "spa",
    "srl",
];
/// Short and long forms of the same word in titles.
const SAME_WORDS: [(&str, &str); 8] = [
    ("sr", "senior"),
    ("jr", "junior"),
    ("eng", "engineer"),
    ("dev", "developer"),
    ("mgr", "manager"),
    ("swe", "software engineer"),
    ("vp", "vice president"),
    ("cto", "chief technology officer"),
];

/// Why two entries look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The same employer, school or issuer.
    Organization,
    /// The same title.
    Title,
    /// The same time.
    Dates,
}

/// Two entries that may be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The anchor of the entry that came first.
    pub one: FactId,
    /// The anchor of the other.
    pub other: FactId,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Entries of different sources that may be the same and that nobody has decided about, in profile
/// order. Two entries of one source are two: whoever wrote it knew.
pub fn proposals(profile: &Profile, changes: &[Change]) -> Vec<Proposal> {
    let changes = &own::current(changes);
    let mut found = Vec::new();
    for (position, one) in profile.entries.iter().enumerate() {
        for other in &profile.entries[position + 1..] {
            if one.section != other.section || same_source(profile, one, other) {
                continue;
            }
            let (Some(first), Some(second)) = (anchor(one), anchor(other)) else {
                continue;
            };
            if decided(changes, first, second) {
                continue;
            }
            let reasons = alike(one, other);
            if enough(one.section, &reasons, one, other) {
                found.push(Proposal {
                    one: first.clone(),
                    other: second.clone(),
                    reasons,
                });
            }
        }
    }
    found
}

fn same_source(profile: &Profile, one: &Entry, other: &Entry) -> bool {
    let source = |entry: &Entry| {
        let fact = profile.facts.get(anchor(entry)?)?;
        Some(&fact.source_hash)
    };
    source(one) == source(other)
}

fn decided(changes: &[Change], one: &FactId, other: &FactId) -> bool {
    changes.iter().any(|change| match change {
        Change::Merge { kept: a, other: b } | Change::Distinct { one: a, other: b } => {
            (a == one && b == other) || (a == other && b == one)
        }
        Change::LeaveOut { entry } => entry == one || entry == other,
        _ => false,
    })
}

fn alike(one: &Entry, other: &Entry) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if names_alike(one.organization.as_ref(), other.organization.as_ref()) {
        reasons.push(Reason::Organization);
    }
    if names_alike(one.title.as_ref(), other.title.as_ref()) {
        reasons.push(Reason::Title);
    }
    if dates_near(one.start.as_ref(), other.start.as_ref())
        && (one.end.is_none()
            || other.end.is_none()
            || dates_near(one.end.as_ref(), other.end.as_ref()))
    {
        reasons.push(Reason::Dates);
    }
    reasons
}

/// Two of the three, one of them a name; and no date that says otherwise: the same title at the
/// same employer years apart is a return, not a repetition.
fn enough(section: SectionKind, reasons: &[Reason], one: &Entry, other: &Entry) -> bool {
    let has = |reason| reasons.contains(&reason);
    let dated = one.start.is_some() && other.start.is_some();
    if dated && !has(Reason::Dates) {
        return false;
    }
    match section {
        SectionKind::Work | SectionKind::Education | SectionKind::Volunteer => {
            has(Reason::Organization) && (has(Reason::Title) || has(Reason::Dates))
        }
        _ => {
            has(Reason::Title)
                && (one.organization.is_none()
                    || other.organization.is_none()
                    || has(Reason::Organization))
        }
    }
}

/// Within a month where both know it, within the year where one does not.
fn dates_near(one: Option<&DateField>, other: Option<&DateField>) -> bool {
    let (Some(one), Some(other)) = (
        one.and_then(|date| date.date),
        other.and_then(|date| date.date),
    ) else {
        return false;
    };
    if one.month.is_some() && other.month.is_some() {
        one.months().abs_diff(other.months()) <= 1
    } else {
        one.year == other.year
    }
}

fn names_alike(one: Option<&Field>, other: Option<&Field>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return false;
    };
    let (one, other) = (plain(&one.text), plain(&other.text));
    !one.is_empty() && !other.is_empty() && strsim::jaro_winkler(&one, &other) >= ALIKE
}

/// A name without case, punctuation, legal forms and short forms. A name that is nothing but legal
/// forms stays as it is.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let kept: Vec<&str> = words
        .iter()
        .filter(|word| !LEGAL_FORMS.contains(word))
        .map(|word| {
            let long = SAME_WORDS.iter().find(|(short, _)| short == word);
            long.map_or(*word, |(_, long)| *long)
        })
        .collect();
    if kept.is_empty() { &words } else { &kept }.join(" ")
}
