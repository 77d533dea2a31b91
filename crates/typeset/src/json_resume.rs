//! The page as JSON Resume 1.0.0: what stands on it, in the fields it came from.

use std::collections::HashMap;

use career::claim::{Claim, Verified};
use career::profile::{DateField, LanguageSkill};
use career::resume::{Block, Resume};
use career::{
    Cite, ContactKind, Entry, FactId, Field, Locator, Profile, SectionKind, SkillGroup, Slot,
};
use serde_json::{Map, Value, json};

/// The résumé as a JSON Resume 1.0.0 document. Holds only what the page shows: a field of the
/// profile is in it when a line of the page cites it, dates in ISO form.
pub fn json_resume(resume: &Resume<Verified<Claim>>, profile: &Profile) -> Value {
    let writer = Writer {
        profile,
        shown: Shown::of(resume),
    };
    let mut document = Map::new();
    document.insert(
        "$schema".to_owned(),
        json!("https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"),
    );
    document.insert("basics".to_owned(), writer.basics(resume));
    for section in &resume.sections {
        let items: Vec<Value> = match section.kind {
            SectionKind::Head | SectionKind::Summary => continue,
            SectionKind::Skills => writer.groups(&profile.skills),
            SectionKind::Interests => writer.groups(&profile.interests),
            SectionKind::Languages => writer.languages(),
            kind => section
                .blocks
                .iter()
                .filter_map(|block| writer.entry(kind, block))
                .collect(),
        };
        if !items.is_empty() {
            document.insert(section.kind.as_str().to_owned(), Value::Array(items));
        }
    }
    Value::Object(document)
}

/// The spans of facts that lines of the page cite.
struct Shown<'a>(HashMap<&'a FactId, Vec<(usize, usize)>>);

impl<'a> Shown<'a> {
    fn of(resume: &'a Resume<Verified<Claim>>) -> Self {
        let mut spans: HashMap<&FactId, Vec<(usize, usize)>> = HashMap::new();
        for (_, claim) in resume.claims() {
            for cite in claim.get().cites() {
                let known = spans.entry(&cite.fact).or_default();
                known.push((cite.start, cite.end));
            }
        }
        Self(spans)
    }

    fn has(&self, cite: &Cite) -> bool {
        self.0.get(&cite.fact).is_some_and(|spans| {
            spans
                .iter()
                .any(|(start, end)| *start < cite.end && cite.start < *end)
        })
    }
}

struct Writer<'a> {
    profile: &'a Profile,
    shown: Shown<'a>,
}

impl Writer<'_> {
    fn basics(&self, resume: &Resume<Verified<Claim>>) -> Value {
        let mut basics = Map::new();
        let head = |slot: Slot| {
            resume
                .head
                .iter()
                .map(Verified::get)
                .find(|claim| claim.slot == slot)
                .map(|claim| claim.text.clone())
        };
        put(&mut basics, "name", head(Slot::Name));
        put(&mut basics, "label", head(Slot::Headline));
        let mut location = Map::new();
        let mut networks = Vec::new();
        for contact in &self.profile.contacts {
            let parts: Vec<&Field> = contact
                .parts
                .iter()
                .filter(|part| self.shown.has(&part.cite))
                .collect();
            let Some(first) = parts.first().map(|part| clean(part)) else {
                continue;
            };
            match contact.kind {
                ContactKind::Email => put(&mut basics, "email", Some(first)),
                ContactKind::Phone => {
                    let parts: Vec<String> = parts.into_iter().map(clean).collect();
                    put(&mut basics, "phone", Some(parts.join(" ")));
                }
                ContactKind::Website => put(&mut basics, "url", address(&first)),
                ContactKind::Network => {
                    networks.push(network(&first, parts.get(1).map(|part| clean(part))));
                }
                ContactKind::Location => {
                    for part in parts {
                        put(&mut location, self.place(part), Some(clean(part)));
                    }
                }
            }
        }
        let summary = resume
            .sections
            .iter()
            .filter(|section| section.kind == SectionKind::Summary)
            .flat_map(|section| &section.blocks)
            .map(|block| texts(block, &[Slot::Sentence, Slot::Bullet]).join(" "));
        let summary: Vec<String> = summary.filter(|text| !text.is_empty()).collect();
        put(
            &mut basics,
            "summary",
            (!summary.is_empty()).then(|| summary.join(" ")),
        );
        if !location.is_empty() {
            basics.insert("location".to_owned(), Value::Object(location));
        }
        if !networks.is_empty() {
            basics.insert("profiles".to_owned(), Value::Array(networks));
        }
        Value::Object(basics)
    }

    /// Which part of a location a field was, where its source says so.
    fn place(&self, part: &Field) -> &'static str {
        let pointer = match self
            .profile
            .facts
            .get(part.fact())
            .map(|fact| &fact.locator)
        {
            Some(Locator::JsonPointer { pointer }) => pointer.as_str(),
            _ => "",
        };
        let name = pointer.rsplit('/').next().unwrap_or_default();
        ["city", "region", "countryCode", "postalCode"]
            .into_iter()
            .find(|known| *known == name)
            .unwrap_or(if name == "address" { "address" } else { "city" })
    }

    fn entry(&self, kind: SectionKind, block: &Block<Verified<Claim>>) -> Option<Value> {
        let id = block
            .header
            .iter()
            .chain(&block.lines)
            .find_map(|claim| claim.get().entry.as_ref())?;
        let entry = self.profile.entries.iter().find(|entry| entry.id == *id)?;
        let names = Names::of(kind);
        let mut item = Map::new();
        let mut field = |name: Option<&str>, field: &Option<Field>| {
            if let (Some(name), Some(field)) = (name, field)
                && self.shown.has(&field.cite)
            {
                put(&mut item, name, Some(clean(field)));
            }
        };
        field(Some(names.title), &entry.title);
        field(names.organization, &entry.organization);
        field(names.subtitle, &entry.subtitle);
        field(names.location, &entry.location);
        field(names.score, &entry.score);
        if kind == SectionKind::Projects {
            let role = item.remove("roles");
            item.extend(role.map(|role| ("roles".to_owned(), json!([role]))));
        }
        if let Some(url) = entry.url.as_ref().filter(|url| self.shown.has(&url.cite)) {
            put(&mut item, "url", address(&clean(url)));
        }
        self.dates(&mut item, entry, names.dates);
        let prose = texts(block, &[Slot::Sentence]);
        if let (Some(name), false) = (names.prose, prose.is_empty()) {
            put(&mut item, name, Some(prose.join(" ")));
        }
        let bullets = texts(block, &[Slot::Bullet]);
        if !bullets.is_empty() {
            match names.bullets {
                Some(name) => {
                    item.insert(name.to_owned(), json!(bullets));
                }
                None if prose.is_empty() => {
                    let name = names.prose.unwrap_or("summary");
                    put(&mut item, name, Some(bullets.join(" ")));
                }
                None => {}
            }
        }
        if let Some(name) = names.keywords {
            let keywords = self.shown_words(&entry.keywords);
            if !keywords.is_empty() {
                item.insert(name.to_owned(), json!(keywords));
            }
        }
        (!item.is_empty()).then_some(Value::Object(item))
    }

    fn dates(&self, item: &mut Map<String, Value>, entry: &Entry, names: (&str, Option<&str>)) {
        let iso = |date: &Option<DateField>| {
            let date = date.as_ref()?;
            let shown = self.shown.has(&date.field.cite);
            date.date.filter(|_| shown).map(|date| date.to_string())
        };
        put(item, names.0, iso(&entry.start));
        if let Some(end) = names.1 {
            put(item, end, iso(&entry.end));
        } else if !item.contains_key(names.0) {
            put(item, names.0, iso(&entry.end));
        }
    }

    fn groups(&self, groups: &[SkillGroup]) -> Vec<Value> {
        let items = groups.iter().filter_map(|group| {
            let mut item = Map::new();
            let mut field = |name: &str, field: &Option<Field>| {
                let shown = field.as_ref().filter(|field| self.shown.has(&field.cite));
                put(&mut item, name, shown.map(clean));
            };
            field("name", &group.name);
            field("level", &group.level);
            let keywords = self.shown_words(&group.keywords);
            if !keywords.is_empty() {
                item.insert("keywords".to_owned(), json!(keywords));
            }
            (!item.is_empty()).then_some(Value::Object(item))
        });
        items.collect()
    }

    fn languages(&self) -> Vec<Value> {
        let shown = |skill: &&LanguageSkill| self.shown.has(&skill.language.cite);
        let items = self.profile.languages.iter().filter(shown).map(|skill| {
            let mut item = Map::new();
            put(&mut item, "language", Some(clean(&skill.language)));
            let fluency = skill.fluency.as_ref();
            let fluency = fluency.filter(|fluency| self.shown.has(&fluency.cite));
            put(&mut item, "fluency", fluency.map(clean));
            Value::Object(item)
        });
        items.collect()
    }

    fn shown_words(&self, fields: &[Field]) -> Vec<String> {
        let shown = fields.iter().filter(|field| self.shown.has(&field.cite));
        shown.map(clean).collect()
    }
}

/// What the fields of an entry are called in a section.
struct Names {
    title: &'static str,
    subtitle: Option<&'static str>,
    organization: Option<&'static str>,
    location: Option<&'static str>,
    score: Option<&'static str>,
    dates: (&'static str, Option<&'static str>),
    prose: Option<&'static str>,
    bullets: Option<&'static str>,
    keywords: Option<&'static str>,
}

impl Names {
    fn of(kind: SectionKind) -> Self {
        let one = Self {
            title: "title",
            subtitle: None,
            organization: None,
            location: None,
            score: None,
            dates: ("date", None),
            prose: Some("summary"),
            bullets: None,
            keywords: None,
        };
        let span = ("startDate", Some("endDate"));
        match kind {
            SectionKind::Volunteer => Self {
                title: "position",
                organization: Some("organization"),
                dates: span,
                bullets: Some("highlights"),
                ..one
            },
            SectionKind::Projects => Self {
                title: "name",
                subtitle: Some("roles"),
                organization: Some("entity"),
                dates: span,
                prose: Some("description"),
                bullets: Some("highlights"),
                keywords: Some("keywords"),
                ..one
            },
            SectionKind::Education => Self {
                title: "studyType",
                subtitle: Some("area"),
                organization: Some("institution"),
                score: Some("score"),
                dates: span,
                keywords: Some("courses"),
                ..one
            },
            SectionKind::Certificates => Self {
                title: "name",
                organization: Some("issuer"),
                ..one
            },
            SectionKind::Publications => Self {
                title: "name",
                organization: Some("publisher"),
                dates: ("releaseDate", None),
                ..one
            },
            SectionKind::Awards => Self {
                organization: Some("awarder"),
                ..one
            },
            SectionKind::References => Self {
                title: "name",
                prose: Some("reference"),
                ..one
            },
            _ => Self {
                title: "position",
                organization: Some("name"),
                location: Some("location"),
                dates: span,
                bullets: Some("highlights"),
                ..one
            },
        }
    }
}

fn texts(block: &Block<Verified<Claim>>, slots: &[Slot]) -> Vec<String> {
    block
        .lines
        .iter()
        .map(Verified::get)
        .filter(|claim| slots.contains(&claim.slot))
        .map(|claim| claim.text.clone())
        .collect()
}

fn clean(field: &Field) -> String {
    career::text::clean(&field.text)
}

fn put(object: &mut Map<String, Value>, name: &str, value: Option<String>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        object.insert(name.to_owned(), Value::String(value));
    }
}

/// An address with its scheme, or nothing: the schema wants a whole one.
fn address(text: &str) -> Option<String> {
    let spaced = text.contains(char::is_whitespace);
    if spaced || text.is_empty() {
        None
    } else if text.starts_with("https://") || text.starts_with("http://") {
        Some(text.to_owned())
    } else if text.contains("://") || !text.contains('.') {
        None
    } else {
        Some(format!("https://{text}"))
    }
}

/// A page elsewhere: its host is the network's name.
fn network(text: &str, username: Option<String>) -> Value {
    let mut item = Map::new();
    if username.is_some() {
        put(&mut item, "network", Some(text.to_owned()));
        put(&mut item, "username", username);
    } else if let Some(url) = address(text) {
        let bare = url.split("://").nth(1).unwrap_or_default();
        let host = bare.split('/').next().unwrap_or_default();
        put(
            &mut item,
            "network",
            Some(host.trim_start_matches("www.").to_owned()),
        );
        put(&mut item, "url", Some(url));
    } else {
        put(&mut item, "username", Some(text.to_owned()));
    }
    Value::Object(item)
}
