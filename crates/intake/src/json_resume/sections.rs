//! The sections of a JSON Resume, one after the other in the schema's order.

use career::profile::LanguageSkill;
use career::{Contact, ContactKind, Entry, Field, SectionKind, SkillGroup};

use super::node::{Item, Node};
use crate::collect::{Collector, paragraphs, trimmed};

/// Name, headline, summary and contacts.
pub(super) fn basics(collector: &mut Collector, mut node: Node) {
    let name = node.field(collector, "name");
    collector.profile.name.extend(name);
    collector.profile.headline = node.field(collector, "label");
    if let Some(fact) = node.fact(collector, "summary") {
        collector.profile.summary = paragraphs(&fact);
    }
    let email = node.field(collector, "email");
    contact(collector, ContactKind::Email, email);
    let phone = node.field(collector, "phone");
    contact(collector, ContactKind::Phone, phone);
    if let Some(mut location) = node.object(collector, "location") {
        let parts: Vec<Field> = ["city", "region", "countryCode"]
            .iter()
            .filter_map(|key| location.field(collector, key))
            .collect();
        contact(collector, ContactKind::Location, parts);
        location.finish(collector);
    }
    let url = node.first(collector, &["url", "website"]);
    contact(collector, ContactKind::Website, url);
    for mut profile in node.objects(collector, "profiles") {
        let address = profile.first(collector, &["url", "username"]);
        contact(collector, ContactKind::Network, address);
        profile.finish(collector);
    }
    node.finish(collector);
}

fn contact(collector: &mut Collector, kind: ContactKind, parts: impl IntoIterator<Item = Field>) {
    let parts: Vec<Field> = parts.into_iter().collect();
    if !parts.is_empty() {
        collector.profile.contacts.push(Contact { kind, parts });
    }
}

type Reader = fn(&mut Collector, &mut Node, &mut Entry);

/// All sections whose items are entries.
pub(super) fn entries(collector: &mut Collector, root: &mut Node) {
    let readers: [(&str, SectionKind, Reader); 8] = [
        ("work", SectionKind::Work, work),
        ("volunteer", SectionKind::Volunteer, volunteer),
        ("education", SectionKind::Education, education),
        ("projects", SectionKind::Projects, project),
        ("certificates", SectionKind::Certificates, certificate),
        ("awards", SectionKind::Awards, award),
        ("publications", SectionKind::Publications, publication),
        ("references", SectionKind::References, reference),
    ];
    for (key, section, read) in readers {
        for mut node in root.objects(collector, key) {
            let mut entry = collector.entry(section);
            read(collector, &mut node, &mut entry);
            node.finish(collector);
            collector.push(entry);
        }
    }
}

fn span_of_time(collector: &mut Collector, node: &mut Node, entry: &mut Entry) {
    entry.start = node.date(collector, "startDate");
    entry.end = node.end(collector);
}

fn one_date(collector: &mut Collector, node: &mut Node, entry: &mut Entry, key: &str) {
    entry.start = node.date(collector, key);
    entry.single_date = true;
}

fn work(collector: &mut Collector, node: &mut Node, entry: &mut Entry) {
    entry.title = node.field(collector, "position");
    entry.organization = node.first(collector, &["name", "company"]);
    entry.location = node.field(collector, "location");
    entry.url = node.first(collector, &["url", "website"]);
    span_of_time(collector, node, entry);
    entry.summary.extend(node.field(collector, "summary"));
    entry.highlights = node.strings(collector, "highlights");
    entry.keywords = node.strings(collector, "keywords");
}

fn volunteer(collector: &mut Collector, node: &mut Node, entry: &mut Entry) {
    entry.title = node.field(collector, "position");
    entry.organization = node.field(collector, "organization");
    entry.location = node.field(collector, "location");
    entry.url = node.first(collector, &["url", "website"]);
    span_of_time(collector, node, entry);
    entry.summary.extend(node.field(collector, "summary"));
    entry.highlights = node.strings(collector, "highlights");
}

fn education(collector: &mut Collector, node: &mut Node, entry: &mut Entry) {
    entry.title = node.field(collector, "studyType");
    entry.subtitle = node.field(collector, "area");
    entry.organization = node.field(collector, "institution");
    entry.location = node.field(collector, "location");
    entry.url = node.first(collector, &["url", "website"]);
    span_of_time(collector, node, entry);
    entry.score = node.first(collector, &["score", "gpa"]);
    entry.keywords = node.strings(collector, "courses");
    entry.highlights = node.strings(collector, "highlights");
    entry.summary.extend(node.field(collector, "summary"));
}

fn project(collector: &mut Collector, node: &mut Node, entry: &mut Entry) {
    entry.title = node.field(collector, "name");
    entry.organization = node.field(collector, "entity");
    entry.url = node.first(collector, &["url", "website"]);
    span_of_time(collector, node, entry);
    entry.summary.extend(node.field(collector, "description"));
    entry.summary.extend(node.field(collector, "summary"));
    entry.highlights = node.strings(collector, "highlights");
    entry.keywords = node.strings(collector, "keywords");
    let mut roles = node.strings(collector, "roles").into_iter();
    entry.subtitle = roles.next();
    for role in roles {
        // An entry has room for one role; the others stay known as what they are.
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

fn certificate(collector: &mut Collector, node: &mut Node, entry: &mut Entry) {
    entry.title = node.field(collector, "name");
    entry.organization = node.field(collector, "issuer");
    entry.url = node.first(collector, &["url", "website"]);
    one_date(collector, node, entry, "date");
}

fn award(collector: &mut Collector, node: &mut Node, entry: &mut Entry) {
    entry.title = node.field(collector, "title");
    entry.organization = node.field(collector, "awarder");
    entry.url = node.field(collector, "url");
    one_date(collector, node, entry, "date");
    entry.summary.extend(node.field(collector, "summary"));
}

fn publication(collector: &mut Collector, node: &mut Node, entry: &mut Entry) {
    entry.title = node.field(collector, "name");
    entry.organization = node.field(collector, "publisher");
    entry.url = node.first(collector, &["url", "website"]);
    one_date(collector, node, entry, "releaseDate");
    entry.summary.extend(node.field(collector, "summary"));
}

fn reference(collector: &mut Collector, node: &mut Node, entry: &mut Entry) {
    entry.title = node.field(collector, "name");
    entry.single_date = true;
    entry.summary.extend(node.field(collector, "reference"));
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
