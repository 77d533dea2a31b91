//! The profile: a person's career record, every field tied to the fact it comes from.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::date::PartialDate;
use crate::fact::{Cite, Fact, FactId, FactSet};

/// A value and the fact that says it. `text` is a span of the fact's quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The words, verbatim.
    pub text: String,
    /// Where they stand.
    pub cite: Cite,
}

impl Field {
    /// The whole quote of a fact.
    pub fn whole(fact: &Fact) -> Self {
        let cite = Cite {
            fact: fact.id.clone(),
            start: 0,
            end: fact.quote.len(),
        };
        Self {
            text: fact.quote.clone(),
            cite,
        }
    }

    /// A span of a fact's quote; `None` when it is not one.
    pub fn span(fact: &Fact, start: usize, end: usize) -> Option<Self> {
        let text = fact.quote.get(start..end)?.to_owned();
        Some(Self {
            text,
            cite: Cite {
                fact: fact.id.clone(),
                start,
                end,
            },
        })
    }

    /// The fact behind it.
    pub fn fact(&self) -> &FactId {
        &self.cite.fact
    }
}

/// A date as given, and what it was read as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateField {
    /// The words and their fact.
    pub field: Field,
    /// The date, when the words are one.
    pub date: Option<PartialDate>,
}

impl DateField {
    /// Reads a field as a date.
    pub fn read(field: Field) -> Self {
        let date = PartialDate::parse(&field.text);
        Self { field, date }
    }
}

/// What a way to reach the person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A town, region or country.
    Location,
    /// The person's own site.
    Website,
    /// A page of theirs elsewhere (GitHub, LinkedIn).
    Network,
}

/// One way to reach the person. Several fields make one contact where the source keeps its parts
/// apart (city, region), joined with a comma on the page (a phone's prefix and number with
/// a space).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// What it is.
    pub kind: ContactKind,
    /// The parts in page order.
    pub parts: Vec<Field>,
    /// The name of the network, where the source gives it.
    #[serde(default)]
    pub network: Option<Field>,
    /// The person's name there, where the source gives it apart from the address.
    #[serde(default)]
    pub username: Option<Field>,
}

impl Contact {
    /// A contact of some parts.
    pub fn new(kind: ContactKind, parts: Vec<Field>) -> Self {
        Self {
            kind,
            parts,
            network: None,
            username: None,
        }
    }
}

/// The kinds of section a profile and a résumé have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// Name, headline and contacts at the top of the page.
    Head,
    /// The summary.
    Summary,
    /// Paid work.
    Work,
    /// Projects of one's own.
    Projects,
    /// Skills in groups.
    Skills,
    /// Schools and degrees.
    Education,
    /// Unpaid work.
    Volunteer,
    /// Certificates and licences.
    Certificates,
    /// Publications and patents.
    Publications,
    /// Awards and honours.
    Awards,
    /// Languages spoken.
    Languages,
    /// Interests.
    Interests,
    /// What others wrote.
    References,
}

impl SectionKind {
    /// All that stand under a heading, in the usual order.
    pub const SHOWN: [Self; 12] = [
        Self::Summary,
        Self::Work,
        Self::Projects,
        Self::Skills,
        Self::Education,
        Self::Volunteer,
        Self::Certificates,
        Self::Publications,
        Self::Awards,
        Self::Languages,
        Self::Interests,
        Self::References,
    ];

    /// The name used in files and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Summary => "summary",
            Self::Work => "work",
            Self::Projects => "projects",
            Self::Skills => "skills",
            Self::Education => "education",
            Self::Volunteer => "volunteer",
            Self::Certificates => "certificates",
            Self::Publications => "publications",
            Self::Awards => "awards",
            Self::Languages => "languages",
            Self::Interests => "interests",
            Self::References => "references",
        }
    }
}

/// Names an entry inside its profile, `work-2`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(pub String);

/// One block of a career: a position, a project, a degree, a certificate, an award. One shape for
/// all, so that choosing and typesetting need no case per section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name inside the profile.
    pub id: EntryId,
    /// Which section it belongs to.
    pub section: SectionKind,
    /// Position, degree, or the name of the project, certificate, award, publication.
    pub title: Option<Field>,
    /// Field of study; the role in a project.
    pub subtitle: Option<Field>,
    /// Employer, school, issuer, awarder, publisher.
    pub organization: Option<Field>,
    /// Where it was.
    pub location: Option<Field>,
    /// Its address on the web.
    pub url: Option<Field>,
    /// When it began, or happened.
    pub start: Option<DateField>,
    /// When it ended; `None` with a start means it goes on, unless `single_date`.
    pub end: Option<DateField>,
    /// One date only (award, publication): an open end does not mean "present".
    pub single_date: bool,
    /// Free text, one field per paragraph of the source.
    pub summary: Vec<Field>,
    /// Bullets.
    pub highlights: Vec<Field>,
    /// Keywords, courses.
    pub keywords: Vec<Field>,
    /// Grade or score.
    pub score: Option<Field>,
}

impl Entry {
    /// An entry with nothing in it.
    pub fn empty(id: EntryId, section: SectionKind) -> Self {
        Self {
            id,
            section,
            title: None,
            subtitle: None,
            organization: None,
            location: None,
            url: None,
            start: None,
            end: None,
            single_date: false,
            summary: Vec::new(),
            highlights: Vec::new(),
            keywords: Vec::new(),
            score: None,
        }
    }

    /// Whether it goes on today: begun, no end, and not a thing of one date.
    pub fn is_current(&self) -> bool {
        self.start.is_some() && self.end.is_none() && !self.single_date
    }

    /// All fields in page order, dates included.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.title
            .iter()
            .chain(&self.subtitle)
            .chain(&self.organization)
            .chain(&self.location)
            .chain(&self.url)
            .chain(self.start.iter().map(|date| &date.field))
            .chain(self.end.iter().map(|date| &date.field))
            .chain(&self.summary)
            .chain(&self.highlights)
            .chain(&self.keywords)
            .chain(&self.score)
    }
}

/// Skills under one name, as the source groups them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillGroup {
    /// The group's name, or the skill's own where it has no keywords.
    pub name: Option<Field>,
    /// How well, in the source's words.
    pub level: Option<Field>,
    /// The skills.
    pub keywords: Vec<Field>,
}

/// A language the person speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageSkill {
    /// The language's name.
    pub language: Field,
    /// How well, in the source's words.
    pub fluency: Option<Field>,
}

/// The master career record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The evidence all fields point into.
    pub facts: FactSet,
    /// The name, in parts where the source keeps them apart (first, last).
    pub name: Vec<Field>,
    /// The line under the name.
    pub headline: Option<Field>,
    /// What the person says of themselves, one field per paragraph.
    pub summary: Vec<Field>,
    /// How to reach them, in page order.
    pub contacts: Vec<Contact>,
    /// All entries, in source order.
    pub entries: Vec<Entry>,
    /// Skills, in source order.
    pub skills: Vec<SkillGroup>,
    /// Languages, in source order.
    pub languages: Vec<LanguageSkill>,
    /// Interests, in source order.
    pub interests: Vec<SkillGroup>,
    /// Endorsements counted per skill (lower case), for ranking only.
    #[serde(default)]
    pub endorsements: std::collections::BTreeMap<String, u32>,
    /// Parts of the sources that no field holds, by source: kept so that nothing is lost.
    #[serde(default)]
    pub unread: Vec<Unread>,
}

/// A part of a source that was kept without being understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The source's name.
    pub source: String,
    /// Where it stands there.
    pub locator: crate::fact::Locator,
    /// The words, or compact JSON.
    pub content: String,
}

impl Profile {
    /// The entries of one section, in source order.
    pub fn section(&self, kind: SectionKind) -> impl Iterator<Item = &Entry> {
        self.entries
            .iter()
            .filter(move |entry| entry.section == kind)
    }

    /// Whether there is anything beyond a name and contacts to make a résumé of.
    pub fn has_content(&self) -> bool {
        !self.entries.is_empty()
            || !self.skills.is_empty()
            || !self.summary.is_empty()
            || self.headline.is_some()
            || !self.languages.is_empty()
    }

    /// Puts another profile's content after this one's. The first that has a name, a headline or a
    /// contact of a kind keeps it; nothing is merged by guess. Entry ids are made anew.
    pub fn append(&mut self, other: Self) {
        for fact in &other.facts {
            self.facts.add(fact.clone());
        }
        if self.name.is_empty() {
            self.name = other.name;
        }
        if self.headline.is_none() {
            self.headline = other.headline;
        }
        if self.summary.is_empty() {
            self.summary = other.summary;
        }
        let kinds: Vec<ContactKind> = self.contacts.iter().map(|contact| contact.kind).collect();
        self.contacts
            .extend(other.contacts.into_iter().filter(|contact| {
                contact.kind == ContactKind::Network || !kinds.contains(&contact.kind)
            }));
        let mut numbers: HashMap<SectionKind, usize> = HashMap::new();
        for entry in &self.entries {
            *numbers.entry(entry.section).or_default() += 1;
        }
        for mut entry in other.entries {
            let number = numbers.entry(entry.section).or_default();
            *number += 1;
            entry.id = EntryId(format!("{}-{number}", entry.section.as_str()));
            self.entries.push(entry);
        }
        self.skills.extend(other.skills);
        self.languages.extend(other.languages);
        self.interests.extend(other.interests);
        for (skill, count) in other.endorsements {
            let sum = self.endorsements.entry(skill).or_default();
            *sum = sum.saturating_add(count);
        }
        self.unread.extend(other.unread);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_put_together_name_their_entries_anew_and_their_counts_do_not_run_over() {
        let entry = |section| Entry::empty(EntryId("x".to_owned()), section);
        let mut one = Profile {
            entries: vec![entry(SectionKind::Work), entry(SectionKind::Awards)],
            ..Profile::default()
        };
        one.endorsements.insert("rye".to_owned(), u32::MAX);
        let mut whole = Profile::default();
        whole.append(one.clone());
        whole.append(one);
        let names: Vec<&str> = whole.entries.iter().map(|entry| &*entry.id.0).collect();
        assert_eq!(names, ["work-1", "awards-1", "work-2", "awards-2"]);
        assert_eq!(whole.endorsements["rye"], u32::MAX);
    }
}
