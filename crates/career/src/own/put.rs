//! Own words put into a profile.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{About, SOURCE, Written};
use crate::fact::{Fact, FactId, FactSet, Locator};
use crate::hash::ContentHash;
use crate::merge::{Change, anchor};
use crate::profile::{
    Contact, ContactKind, DateField, Entry, EntryId, Field, LanguageSkill, Profile, SectionKind,
    SkillGroup,
};

/// Makes facts of what was told at one time.
pub(crate) struct Speaker<'a> {
    facts: &'a mut FactSet,
    hash: ContentHash,
}

impl<'a> Speaker<'a> {
    /// The statement of that id.
    pub(crate) fn new(facts: &'a mut FactSet, statement: Uuid) -> Self {
        let hash = ContentHash::of(statement.as_bytes());
        Self { facts, hash }
    }

    /// A fact and the whole of it as a field; `None` when nothing is said.
    pub(crate) fn say(&mut self, words: &str) -> Option<Field> {
        let words = words.trim();
        if words.is_empty() {
            return None;
        }
        let fact = Fact::new(SOURCE, &self.hash, Locator::OwnStatement, words);
        let field = Field::whole(&fact);
        self.facts.add(fact);
        Some(field)
    }

    fn all(&mut self, texts: &[String]) -> Vec<Field> {
        texts.iter().filter_map(|text| self.say(text)).collect()
    }

    /// One field per paragraph; an empty line ends one.
    fn paragraphs(&mut self, text: &str) -> Vec<Field> {
        let text = text.replace("\r\n", "\n");
        text.split("\n\n")
            .filter_map(|part| self.say(part))
            .collect()
    }
}

/// Adds all that was written, each block as it was written last, to a profile read from other
/// sources. What stands at the top of a page is the person's to say: it takes the place of what
/// the sources say.
pub fn with_own_words(mut profile: Profile, changes: &[Change]) -> Profile {
    for (id, written) in latest(changes) {
        put_block(&mut profile, id, written);
    }
    let about = changes.iter().rev().find_map(|change| match change {
        Change::WriteAbout { id, about } => Some((*id, about)),
        _ => None,
    });
    if let Some((id, about)) = about {
        put_about(&mut profile, id, about);
    }
    profile
}

/// The blocks in the order they were first written, each as it was written last.
pub fn latest(changes: &[Change]) -> Vec<(Uuid, &Written)> {
    let mut blocks: Vec<(Uuid, &Written)> = Vec::new();
    for change in changes {
        if let Change::Write { id, entry } = change {
            match blocks.iter_mut().find(|(known, _)| known == id) {
                Some((_, known)) => *known = entry,
                None => blocks.push((*id, entry)),
            }
        }
    }
    blocks
}

fn put_block(profile: &mut Profile, id: Uuid, written: &Written) {
    let number = profile.section(written.section).count() + 1;
    let mut speaker = Speaker::new(&mut profile.facts, id);
    match written.section {
        SectionKind::Skills | SectionKind::Interests => {
            let group = SkillGroup {
                name: speaker.say(&written.title),
                level: speaker.say(&written.subtitle),
                keywords: speaker.all(&written.keywords),
            };
            if group.name.is_some() || !group.keywords.is_empty() {
                let list = match written.section {
                    SectionKind::Skills => &mut profile.skills,
                    _ => &mut profile.interests,
                };
                list.push(group);
            }
        }
        SectionKind::Languages => {
            let fluency = speaker.say(&written.subtitle);
            if let Some(language) = speaker.say(&written.title) {
                profile.languages.push(LanguageSkill { language, fluency });
            }
        }
        section => {
            let name = EntryId(format!("{}-{number}", section.as_str()));
            let entry = entry_of(name, &mut speaker, written);
            if entry.fields().next().is_some() {
                profile.entries.push(entry);
            }
        }
    }
}

fn entry_of(name: EntryId, speaker: &mut Speaker<'_>, written: &Written) -> Entry {
    let mut entry = Entry::empty(name, written.section);
    entry.title = speaker.say(&written.title);
    entry.subtitle = speaker.say(&written.subtitle);
    entry.organization = speaker.say(&written.organization);
    entry.location = speaker.say(&written.location);
    entry.url = speaker.say(&written.url);
    entry.start = speaker.say(&written.start).map(DateField::read);
    entry.end = speaker.say(&written.end).map(DateField::read);
    entry.single_date = matches!(
        written.section,
        SectionKind::Awards | SectionKind::Publications | SectionKind::Certificates
    );
    entry.score = speaker.say(&written.score);
    entry.summary = speaker.paragraphs(&written.summary);
    entry.highlights = speaker.all(&written.lines);
    entry.keywords = speaker.all(&written.keywords);
    entry
}

fn put_about(profile: &mut Profile, id: Uuid, about: &About) {
    let mut speaker = Speaker::new(&mut profile.facts, id);
    if let Some(name) = speaker.say(&about.name) {
        profile.name = vec![name];
    }
    if let Some(headline) = speaker.say(&about.headline) {
        profile.headline = Some(headline);
    }
    let summary = speaker.paragraphs(&about.summary);
    if !summary.is_empty() {
        profile.summary = summary;
    }
    for (kind, words) in [
        (ContactKind::Email, &about.email),
        (ContactKind::Phone, &about.phone),
        (ContactKind::Location, &about.location),
        (ContactKind::Website, &about.website),
    ] {
        let Some(words) = speaker.say(words) else {
            continue;
        };
        let told = Contact::new(kind, vec![words]);
        let known = profile
            .contacts
            .iter()
            .position(|contact| contact.kind == kind);
        match known {
            Some(place) => {
                profile.contacts[place] = told;
                let mut seen = false;
                profile.contacts.retain(|contact| {
                    let again = contact.kind == kind && seen;
                    seen |= contact.kind == kind;
                    !again
                });
            }
            None => profile.contacts.push(told),
        }
    }
}

/// What a profile says at the top, as text to begin with when it is written anew.
pub fn about_of(profile: &Profile) -> About {
    let join = |fields: &[Field], between: &str| {
        let words: Vec<&str> = fields.iter().map(|field| field.text.as_str()).collect();
        words.join(between)
    };
    let contact = |kind: ContactKind| {
        let mut of_kind = profile
            .contacts
            .iter()
            .filter(|contact| contact.kind == kind);
        let between = if kind == ContactKind::Phone {
            " "
        } else {
            ", "
        };
        of_kind
            .next()
            .map(|contact| join(&contact.parts, between))
            .unwrap_or_default()
    };
    About {
        name: join(&profile.name, " "),
        headline: profile
            .headline
            .as_ref()
            .map(|headline| headline.text.clone())
            .unwrap_or_default(),
        email: contact(ContactKind::Email),
        phone: contact(ContactKind::Phone),
        location: contact(ContactKind::Location),
        website: contact(ContactKind::Website),
        summary: join(&profile.summary, "\n\n"),
    }
}

/// The anchor of the entry a statement becomes; `None` for what becomes no entry.
pub fn anchor_of(statement: Uuid, written: &Written) -> Option<FactId> {
    let mut alone = Profile::default();
    put_block(&mut alone, statement, written);
    alone.entries.first().and_then(anchor).cloned()
}

/// Changes that speak of a block as it was written before, made to speak of it as it is written
/// now: to reword a title takes no decision back.
pub(crate) fn current(changes: &[Change]) -> Vec<Change> {
    let latest: BTreeMap<Uuid, &Written> = latest(changes).into_iter().collect();
    let mut renamed: BTreeMap<FactId, FactId> = BTreeMap::new();
    for change in changes {
        let Change::Write { id, entry } = change else {
            continue;
        };
        let Some(now) = latest.get(id).filter(|now| **now != entry) else {
            continue;
        };
        if let (Some(old), Some(new)) = (anchor_of(*id, entry), anchor_of(*id, now))
            && old != new
        {
            renamed.insert(old, new);
        }
    }
    let mut changes = changes.to_vec();
    if !renamed.is_empty() {
        for change in &mut changes {
            for anchor in change.anchors_mut() {
                if let Some(new) = renamed.get(anchor) {
                    *anchor = new.clone();
                }
            }
        }
    }
    changes
}
