//! What evidence lacks, as questions to the person: the most telling first, and few.

use serde::{Deserialize, Serialize};

use crate::date::PartialDate;
use crate::fact::FactId;
use crate::merge::{Change, Merged};
use crate::profile::{ContactKind, Entry, Field, SectionKind};
use crate::text::clean;

/// Entries of one kind that are asked about, the latest first.
const MAX_ENTRIES: usize = 5;
/// Months between two things one did that are worth a question.
const GAP: u32 = 6;
/// How far back gaps are asked about, in months.
const LOOKING_BACK: u32 = 120;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// The person's name.
    Name,
    /// An e-mail address.
    Email,
    /// Where the person is.
    Location,
    /// Any position at all.
    Work,
    /// When something began and ended.
    Dates,
    /// What was done there.
    Told,
    /// What came of it, in numbers.
    Outcome,
    /// What was done in a time nothing is known of.
    Gap,
    /// Any skills.
    Skills,
    /// Any school or degree.
    Education,
    /// Languages.
    Languages,
    /// A few sentences on oneself.
    Summary,
}

impl Topic {
    /// The name used in files and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Location => "location",
            Self::Work => "work",
            Self::Dates => "dates",
            Self::Told => "told",
            Self::Outcome => "outcome",
            Self::Gap => "gap",
            Self::Skills => "skills",
            Self::Education => "education",
            Self::Languages => "languages",
            Self::Summary => "summary",
        }
    }
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its name, the same as long as the same is lacking.
    pub id: String,
    /// What is asked.
    pub topic: Topic,
    /// The entry it is about.
    pub entry: Option<FactId>,
    /// The entry in words: title and organization.
    pub about: String,
    /// The lines the entry has so far.
    pub lines: Vec<String>,
    /// The months of a gap, `2019-03`, first and last.
    pub between: Option<(String, String)>,
}

impl Question {
    fn plain(topic: Topic) -> Self {
        Self {
            id: topic.as_str().to_owned(),
            topic,
            entry: None,
            about: String::new(),
            lines: Vec::new(),
            between: None,
        }
    }

    fn on(topic: Topic, anchor: &FactId, entry: &Entry) -> Self {
        let words = |field: &Option<Field>| field.as_ref().map(|field| clean(&field.text));
        let named: Vec<String> = [words(&entry.title), words(&entry.organization)]
            .into_iter()
            .flatten()
            .collect();
        let lines = entry.summary.iter().chain(&entry.highlights);
        Self {
            id: format!("{}:{anchor}", topic.as_str()),
            entry: Some(anchor.clone()),
            about: named.join(", "),
            lines: lines.map(|line| clean(&line.text)).collect(),
            ..Self::plain(topic)
        }
    }
}

/// What is still to be asked about a profile after `changes`, without what was passed over.
pub fn questions(merged: &Merged, changes: &[Change], today: PartialDate) -> Vec<Question> {
    let profile = &merged.profile;
    let has = |kind: ContactKind| profile.contacts.iter().any(|contact| contact.kind == kind);
    let lacks = |section: SectionKind| profile.section(section).next().is_none();
    let mut asked = Vec::new();
    let mut ask = |topic: Topic, lacking: bool| {
        if lacking {
            asked.push(Question::plain(topic));
        }
    };
    ask(Topic::Name, profile.name.is_empty());
    ask(Topic::Email, !has(ContactKind::Email));
    ask(Topic::Work, lacks(SectionKind::Work));
    let entries = latest(merged);
    let of = |section: SectionKind| {
        let of_section = entries
            .iter()
            .filter(move |(_, entry)| entry.section == section);
        of_section.take(MAX_ENTRIES)
    };
    for (anchor, entry) in of(SectionKind::Work).chain(of(SectionKind::Education)) {
        if entry.start.is_none() {
            asked.push(Question::on(Topic::Dates, anchor, entry));
        }
    }
    for (anchor, entry) in of(SectionKind::Work) {
        if entry.summary.is_empty() && entry.highlights.is_empty() {
            asked.push(Question::on(Topic::Told, anchor, entry));
        }
    }
    for (anchor, entry) in of(SectionKind::Work) {
        let told = !entry.summary.is_empty() || !entry.highlights.is_empty();
        if told && !has_outcome(entry) && !has_own_line(changes, anchor) {
            asked.push(Question::on(Topic::Outcome, anchor, entry));
        }
    }
    asked.extend(gaps(merged, today));
    let mut ask = |topic: Topic, lacking: bool| {
        if lacking {
            asked.push(Question::plain(topic));
        }
    };
    ask(Topic::Skills, profile.skills.is_empty());
    ask(Topic::Education, lacks(SectionKind::Education));
    ask(Topic::Location, !has(ContactKind::Location));
    ask(Topic::Languages, profile.languages.is_empty());
    ask(Topic::Summary, profile.summary.is_empty());
    let passed = |question: &Question| {
        let mut skipped = changes.iter();
        skipped.any(|change| matches!(change, Change::Skip { question: id } if *id == question.id))
    };
    asked.retain(|question| !passed(question));
    asked
}

/// Entries with their anchors, the latest first; what goes on stands before what is over.
fn latest(merged: &Merged) -> Vec<(&FactId, &Entry)> {
    let mut entries: Vec<(&FactId, &Entry)> = merged
        .anchors
        .iter()
        .zip(&merged.profile.entries)
        .filter_map(|(anchor, entry)| Some((anchor.as_ref()?, entry)))
        .collect();
    entries.sort_by_key(|(_, entry)| {
        let end = entry.end.as_ref().and_then(|end| end.date);
        let start = entry.start.as_ref().and_then(|start| start.date);
        std::cmp::Reverse((entry.is_current(), end.or(start), start))
    });
    entries
}

fn has_outcome(entry: &Entry) -> bool {
    let mut lines = entry.summary.iter().chain(&entry.highlights);
    lines.any(|line| line.text.chars().any(char::is_numeric))
}

fn has_own_line(changes: &[Change], anchor: &FactId) -> bool {
    changes
        .iter()
        .any(|change| matches!(change, Change::AddLine { entry, .. } if entry == anchor))
}

/// Times of half a year and more, in the last ten years, in which nothing is told. Only between
/// things with dates: when the first one began, and when one does not say when it ended, is not
/// known and not asked here.
fn gaps(merged: &Merged, today: PartialDate) -> Vec<Question> {
    let now = today.months();
    let mut times: Vec<(u32, u32)> = merged
        .profile
        .entries
        .iter()
        .filter(|entry| {
            let kinds = [
                SectionKind::Work,
                SectionKind::Education,
                SectionKind::Volunteer,
            ];
            kinds.contains(&entry.section)
        })
        .filter_map(|entry| {
            let start = entry.start.as_ref()?.date?;
            let end = match &entry.end {
                // A year alone may mean its last month.
                Some(end) => end.date.map_or(now, |end| {
                    end.months() + if end.month.is_none() { 11 } else { 0 }
                }),
                None if entry.single_date => start.months(),
                None => now,
            };
            Some((start.months(), end))
        })
        .collect();
    times.sort_unstable();
    let mut gaps = Vec::new();
    let mut covered: Option<u32> = None;
    let marker = std::iter::once((now, now));
    for (start, end) in times.into_iter().chain(marker) {
        if let Some(until) = covered
            && start > until + GAP
            && start + LOOKING_BACK > now
        {
            let between = (month_after(until), month_after(start - 2));
            gaps.push(Question {
                id: format!("gap:{}:{}", between.0, between.1),
                between: Some(between),
                ..Question::plain(Topic::Gap)
            });
        }
        covered = covered.max(Some(end));
    }
    gaps.reverse();
    gaps
}

/// The month after one counted since the year 0, as `2019-03`.
fn month_after(month: u32) -> String {
    let month = month + 1;
    format!("{:04}-{:02}", month / 12, month % 12 + 1)
}
