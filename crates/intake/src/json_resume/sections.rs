//! The sections of a JSON Resume, one after the other.

use career::profile::LanguageSkill;
use career::{Contact, ContactKind, Entry, Fact, Field, SkillGroup};

use super::node::{Item, Node};
use super::shape::{HIGHLIGHTS, LOCATION, ROLES, SHAPES, SINGLE_DATE, Shape, URL};
use crate::collect::{Collector, add_contact, paragraphs, trimmed};

/// Name, headline, summary and contacts.
pub(super) fn basics(collector: &mut Collector, mut node: Node) {
    if let Some(fact) = node.fact(collector, "name") {
        let parts = node.parts("x-nameParts", &fact);
        collector.profile.name.extend(parts);
    }
    collector.profile.headline = node.field(collector, "label");
    collector.profile.summary = summary(collector, &mut node, &["summary"]);
    let email = node.field(collector, "email");
    add_contact(collector, ContactKind::Email, email);
    if let Some(fact) = node.fact(collector, "phone") {
        let parts = node.parts("x-phoneParts", &fact);
        add_contact(collector, ContactKind::Phone, parts);
    }
    if let Some(mut location) = node.object(collector, "location") {
        let parts: Vec<Field> = ["city", "region", "countryCode"]
            .iter()
            .filter_map(|key| location.field(collector, key))
            .collect();
        add_contact(collector, ContactKind::Location, parts);
        location.finish(collector);
    }
    let url = node.first(collector, URL);
    add_contact(collector, ContactKind::Website, url);
    for mut profile in node.objects(collector, "profiles") {
        network(collector, &mut profile);
        profile.finish(collector);
    }
    for mut more in node.objects(collector, "x-contacts") {
        let kind = more.kind();
        let parts = more.strings(collector, "parts");
        add_contact(collector, kind, parts);
        more.finish(collector);
    }
    node.finish(collector);
}

/// A page of the person elsewhere. Without an address the network and the name there are shown.
fn network(collector: &mut Collector, node: &mut Node) {
    let network = node.field(collector, "network");
    let username = node.field(collector, "username");
    let url = node.field(collector, "url");
    let parts = match url {
        Some(url) => vec![url],
        None => network.iter().chain(&username).cloned().collect(),
    };
    if !parts.is_empty() {
        collector.profile.contacts.push(Contact {
            kind: ContactKind::Network,
            parts,
            network,
            username,
        });
    }
}

/// Paragraphs of the filled ones of these texts; an `x-` list of paragraphs goes before them.
fn summary(collector: &mut Collector, node: &mut Node, keys: &[&str]) -> Vec<Field> {
    let listed = node.strings(collector, "x-summary");
    if !listed.is_empty() {
        return listed;
    }
    keys.iter()
        .filter_map(|key| node.fact(collector, key))
        .collect::<Vec<Fact>>()
        .iter()
        .flat_map(paragraphs)
        .collect()
}

/// All sections whose items are entries.
pub(super) fn entries(collector: &mut Collector, root: &mut Node) {
    for shape in &SHAPES {
        for mut node in root.objects(collector, shape.key) {
            let mut entry = collector.entry(shape.section);
            fill(collector, &mut node, shape, &mut entry);
            node.finish(collector);
            collector.push(entry);
        }
    }
}

fn fill(collector: &mut Collector, node: &mut Node, shape: &Shape, entry: &mut Entry) {
    entry.title = node.first(collector, shape.title);
    entry.organization = node.first(collector, shape.organization);
    entry.location = node.field(collector, LOCATION);
    entry.url = node.first(collector, URL);
    entry.single_date = node.flag(SINGLE_DATE).unwrap_or(shape.single_date);
    entry.start = node.date(collector, shape.start);
    entry.end = node.end(collector, shape.end);
    entry.score = node.first(collector, shape.score);
    entry.summary = summary(collector, node, shape.summary);
    entry.keywords = node.strings(collector, shape.keywords);
    entry.highlights = node.strings(collector, HIGHLIGHTS);
    if shape.subtitle == [ROLES] {
        roles(collector, node, entry);
    } else {
        entry.subtitle = node.first(collector, shape.subtitle);
    }
}

/// An entry has room for one role; the others stay known as what they are.
fn roles(collector: &mut Collector, node: &mut Node, entry: &mut Entry) {
    let mut roles = node.strings(collector, ROLES).into_iter();
    entry.subtitle = roles.next();
    for role in roles {
        let locator = collector
            .profile
            .facts
            .get(role.fact())
            .map(|fact| fact.locator.clone());
        if let Some(locator) = locator {
            collector.keep_unread(locator, role.text);
        }
    }
}

/// Skills, languages and interests.
pub(super) fn lists(collector: &mut Collector, root: &mut Node) {
    collector.profile.skills = groups(collector, root, "skills");
    for item in root.items(collector, "languages") {
        let (language, fluency) = match item {
            Item::Text(fact) => (trimmed(&fact), None),
            Item::Node(mut node) => {
                let language = node.first(collector, &["language", "name"]);
                let fluency = node.field(collector, "fluency");
                node.finish(collector);
                (language, fluency)
            }
        };
        collector
            .profile
            .languages
            .extend(language.map(|language| LanguageSkill { language, fluency }));
    }
    collector.profile.interests = groups(collector, root, "interests");
}

fn groups(collector: &mut Collector, root: &mut Node, key: &str) -> Vec<SkillGroup> {
    let mut groups = Vec::new();
    for item in root.items(collector, key) {
        let group = match item {
            Item::Text(fact) => SkillGroup {
                name: trimmed(&fact),
                level: None,
                keywords: Vec::new(),
            },
            Item::Node(mut node) => {
                let group = SkillGroup {
                    name: node.field(collector, "name"),
                    level: node.field(collector, "level"),
                    keywords: node.strings(collector, "keywords"),
                };
                node.finish(collector);
                group
            }
        };
        if group.name.is_some() || !group.keywords.is_empty() {
            groups.push(group);
        }
    }
    groups
}
