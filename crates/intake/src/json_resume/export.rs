//! A profile as a JSON Resume 1.0.0 document from which the same profile can be read again.
//!
//! What the format has no place for stands in `x-` properties of the item it belongs to, or in
//! `meta.x-llmployable`. Unknown fields of a JSON Resume go back to where they were found.

use std::collections::HashMap;

use career::profile::{DateField, LanguageSkill};
use career::{Contact, ContactKind, Entry, Field, Profile, SkillGroup};
use serde_json::{Map, Value, json};

use super::put_back::{Homes, last_name, put_back};
use super::shape::{HIGHLIGHTS, LOCATION, ROLES, SHAPES, SINGLE_DATE, Shape, URL};
use super::{EXTENSION, node::words_key};
use crate::collect::paragraph_spans;

const ORDER: [&str; 14] = [
    "$schema",
    "basics",
    "work",
    "volunteer",
    "education",
    "awards",
    "certificates",
    "publications",
    "skills",
    "languages",
    "interests",
    "references",
    "projects",
    "meta",
];

/// The profile as a JSON Resume.
pub fn to_json_resume(profile: &Profile) -> Value {
    let mut writer = Writer {
        profile,
        homes: Homes::new(profile),
    };
    let mut root = Map::new();
    insert(&mut root, "basics", Value::Object(writer.basics()));
    for shape in &SHAPES {
        let items: Vec<Value> = profile
            .section(shape.section)
            .enumerate()
            .map(|(number, entry)| {
                let home = format!("/{}/{number}", shape.key);
                writer.homes.settle(entry.fields(), home);
                Value::Object(writer.entry(shape, entry))
            })
            .collect();
        insert(&mut root, shape.key, Value::Array(items));
    }
    insert(
        &mut root,
        "skills",
        writer.groups("skills", &profile.skills),
    );
    insert(&mut root, "languages", writer.languages(&profile.languages));
    insert(
        &mut root,
        "interests",
        writer.groups("interests", &profile.interests),
    );
    let mut root = Value::Object(root);
    let unread = put_back(&mut root, profile, &writer.homes);
    let mut extension = Map::new();
    insert(&mut extension, "unread", Value::Array(unread));
    insert(&mut extension, "endorsements", writer.endorsements());
    if !extension.is_empty() {
        extend(&mut root, Value::Object(extension));
    }
    sorted(root)
}

struct Writer<'a> {
    profile: &'a Profile,
    homes: Homes,
}

impl Writer<'_> {
    /// The words with the white space their source has around them, so that reading them again
    /// gives the same fact; of a part of a source, the part.
    fn verbatim<'a>(&'a self, field: &'a Field) -> &'a str {
        let quote = self.profile.facts.get(field.fact());
        quote
            .map(|fact| fact.quote.as_str())
            .filter(|quote| quote.trim() == field.text)
            .unwrap_or(&field.text)
    }

    fn text(&self, map: &mut Map<String, Value>, key: &str, field: Option<&Field>) {
        if let Some(field) = field {
            map.insert(key.to_owned(), self.verbatim(field).into());
        }
    }

    fn list(&self, map: &mut Map<String, Value>, key: &str, fields: &[Field]) {
        let texts = fields.iter().map(|field| self.verbatim(field).into());
        insert(map, key, Value::Array(texts.collect()));
    }

    /// Paragraphs as one text, or as a list where the text could not be taken apart the same way.
    fn paragraphs(&self, map: &mut Map<String, Value>, key: &str, fields: &[Field]) {
        let texts: Vec<&str> = fields.iter().map(|field| field.text.as_str()).collect();
        let whole = fields
            .first()
            .and_then(|field| self.profile.facts.get(field.fact()))
            .filter(|fact| fields.iter().all(|field| *field.fact() == fact.id));
        let joined = texts.join("\n\n");
        let reads_same = |text: &str| {
            let spans = paragraph_spans(text);
            spans.len() == texts.len()
                && spans
                    .iter()
                    .zip(&texts)
                    .all(|((start, end), words)| text.get(*start..*end) == Some(words))
        };
        match whole.map(|fact| fact.quote.as_str()) {
            _ if fields.is_empty() => {}
            Some(quote) if reads_same(quote) => insert(map, key, quote.into()),
            _ if reads_same(&joined) => insert(map, key, joined.into()),
            _ => self.list(map, "x-summary", fields),
        }
    }

    /// The date in ISO form; the words of the source beside it where they differ.
    fn date(&self, map: &mut Map<String, Value>, key: &str, date: Option<&DateField>) {
        let Some(date) = date else { return };
        let words = self.verbatim(&date.field);
        let iso = date.date.map(|date| date.to_string());
        if let Some(iso) = &iso {
            insert(map, key, iso.as_str().into());
        }
        if iso.as_deref() != Some(words) {
            insert(map, &words_key(key), words.into());
        }
    }

    fn entry(&self, shape: &Shape, entry: &Entry) -> Map<String, Value> {
        let mut map = Map::new();
        for (names, field) in [
            (shape.title, &entry.title),
            (shape.organization, &entry.organization),
            (&[LOCATION], &entry.location),
            (URL, &entry.url),
            (shape.score, &entry.score),
        ] {
            self.text(&mut map, names.first().unwrap_or(&""), field.as_ref());
        }
        match (shape.subtitle, &entry.subtitle) {
            ([ROLES], Some(role)) => self.list(&mut map, ROLES, std::slice::from_ref(role)),
            ([name, ..], field) => self.text(&mut map, name, field.as_ref()),
            ([], _) => {}
        }
        self.date(&mut map, shape.start, entry.start.as_ref());
        self.date(&mut map, shape.end, entry.end.as_ref());
        let summary = shape.summary.first().unwrap_or(&"summary");
        self.paragraphs(&mut map, summary, &entry.summary);
        self.list(&mut map, HIGHLIGHTS, &entry.highlights);
        self.list(&mut map, shape.keywords, &entry.keywords);
        if entry.single_date != shape.single_date {
            map.insert(SINGLE_DATE.to_owned(), entry.single_date.into());
        }
        map
    }

    fn groups(&mut self, key: &str, groups: &[SkillGroup]) -> Value {
        let items = groups.iter().enumerate().map(|(number, group)| {
            let fields = group.name.iter().chain(&group.level).chain(&group.keywords);
            self.homes.settle(fields, format!("/{key}/{number}"));
            let mut map = Map::new();
            self.text(&mut map, "name", group.name.as_ref());
            self.text(&mut map, "level", group.level.as_ref());
            self.list(&mut map, "keywords", &group.keywords);
            Value::Object(map)
        });
        Value::Array(items.collect())
    }

    fn languages(&mut self, languages: &[LanguageSkill]) -> Value {
        let items = languages.iter().enumerate().map(|(number, skill)| {
            let fields = std::iter::once(&skill.language).chain(&skill.fluency);
            self.homes.settle(fields, format!("/languages/{number}"));
            let mut map = Map::new();
            self.text(&mut map, "language", Some(&skill.language));
            self.text(&mut map, "fluency", skill.fluency.as_ref());
            Value::Object(map)
        });
        Value::Array(items.collect())
    }

    fn basics(&mut self) -> Map<String, Value> {
        let mut map = Map::new();
        self.parts(&mut map, "name", "x-nameParts", &self.profile.name);
        self.text(&mut map, "label", self.profile.headline.as_ref());
        self.paragraphs(&mut map, "summary", &self.profile.summary);
        let (mut networks, mut more) = (Vec::new(), Vec::new());
        for contact in &self.profile.contacts {
            match contact.kind {
                ContactKind::Email if !map.contains_key("email") && contact.parts.len() == 1 => {
                    self.text(&mut map, "email", contact.parts.first());
                }
                ContactKind::Phone if !map.contains_key("phone") => {
                    self.parts(&mut map, "phone", "x-phoneParts", &contact.parts);
                }
                ContactKind::Location
                    if !map.contains_key(LOCATION) && contact.parts.len() <= 3 =>
                {
                    map.insert(LOCATION.to_owned(), self.location(contact));
                }
                ContactKind::Website if !map.contains_key("url") && contact.parts.len() == 1 => {
                    self.text(&mut map, "url", contact.parts.first());
                }
                ContactKind::Network if is_network(contact) => {
                    let home = format!("/basics/profiles/{}", networks.len());
                    let named = contact.network.iter().chain(&contact.username);
                    self.homes.settle(contact.parts.iter().chain(named), home);
                    networks.push(self.network(contact));
                }
                kind => {
                    let mut further = Map::new();
                    further.insert("kind".to_owned(), json!(kind));
                    self.list(&mut further, "parts", &contact.parts);
                    more.push(Value::Object(further));
                }
            }
        }
        insert(&mut map, "profiles", Value::Array(networks));
        insert(&mut map, "x-contacts", Value::Array(more));
        map
    }

    /// Parts as one text; where there are several they are named beside it.
    fn parts(&self, map: &mut Map<String, Value>, key: &str, parts_key: &str, parts: &[Field]) {
        if let [only] = parts {
            return self.text(map, key, Some(only));
        }
        let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        insert(map, key, texts.join(" ").into());
        insert(map, parts_key, json!(texts));
    }

    /// Parts whose place the source names keep it; the others take the next free one.
    fn location(&self, contact: &Contact) -> Value {
        let mut places: Map<String, Value> = Map::new();
        let mut free = ["city", "region", "countryCode"].into_iter();
        for part in &contact.parts {
            let named = last_name(self.profile, part);
            let key = ["city", "region", "countryCode"]
                .into_iter()
                .find(|key| named == Some(key) && !places.contains_key(*key))
                .or_else(|| free.find(|key| !places.contains_key(*key)));
            if let Some(key) = key {
                self.text(&mut places, key, Some(part));
            }
        }
        Value::Object(places)
    }

    fn network(&self, contact: &Contact) -> Value {
        let mut map = Map::new();
        self.text(&mut map, "network", contact.network.as_ref());
        self.text(&mut map, "username", contact.username.as_ref());
        let named = contact.network.iter().chain(&contact.username);
        if !named.eq(contact.parts.iter()) {
            self.text(&mut map, "url", contact.parts.first());
        }
        Value::Object(map)
    }

    /// Skills with how often others vouched for them, in the spelling of the source.
    fn endorsements(&self) -> Value {
        let mut spelled: HashMap<String, &str> = HashMap::new();
        if !self.profile.endorsements.is_empty() {
            for fact in &self.profile.facts {
                let words = fact.quote.trim();
                spelled.entry(words.to_lowercase()).or_insert(words);
            }
        }
        let items = self.profile.endorsements.iter().map(|(skill, count)| {
            let words = spelled.get(skill).copied().unwrap_or(skill);
            json!({ "skill": words, "count": count })
        });
        Value::Array(items.collect())
    }
}

/// Whether the contact can be written as network, user name and address.
fn is_network(contact: &Contact) -> bool {
    let named: Vec<&Field> = contact.network.iter().chain(&contact.username).collect();
    contact.parts.len() == 1 || contact.parts.iter().collect::<Vec<_>>() == named
}

/// Inserts what is not empty.
fn insert(map: &mut Map<String, Value>, key: &str, value: Value) {
    let empty = match &value {
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    };
    if !empty {
        map.insert(key.to_owned(), value);
    }
}

/// Into `meta`, which may carry anything; the root only where `meta` is something else.
fn extend(root: &mut Value, extension: Value) {
    let Value::Object(map) = root else { return };
    let meta = map.entry("meta").or_insert_with(|| json!({}));
    match meta {
        Value::Object(meta) => meta.insert(EXTENSION.to_owned(), extension),
        _ => map.insert(EXTENSION.to_owned(), extension),
    };
}

fn sorted(root: Value) -> Value {
    let Value::Object(mut map) = root else {
        return root;
    };
    let mut sorted = Map::new();
    for key in ORDER {
        if let Some((key, value)) = map.shift_remove_entry(key) {
            sorted.insert(key, value);
        }
    }
    sorted.extend(map);
    Value::Object(sorted)
}
