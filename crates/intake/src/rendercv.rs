//! RenderCV files into a profile.
//!
//! Sections have any heading; what an item is follows from its keys, and only where they leave it
//! open does the heading decide. Bare lines under a heading that names no section are kept as
//! unread: they say neither who nor when. Text is Markdown; facts hold its plain words.

use career::profile::LanguageSkill;
use career::{Contact, ContactKind, DateField, Entry, Field, SectionKind, SkillGroup};
use serde_json::Value;

use crate::IntakeError;
use crate::collect::{Collector, add_contact, put_period, span_of, trimmed};
use crate::evidence::{Evidence, SourceKind};
use crate::json_resume::node::{Item, Node};
use crate::markup::plain_markdown;
use crate::resume_text::{Heading, heading, list_spans};

/// Whether a document is one of RenderCV.
pub(crate) fn is_rendercv(document: &Value) -> bool {
    document.get("cv").is_some_and(Value::is_object)
}

/// Reads a document.
pub(crate) fn read(source: &str, bytes: &[u8], document: Value) -> Result<Evidence, IntakeError> {
    let Value::Object(map) = document else {
        return Err(IntakeError::NotAResume);
    };
    let mut collector = Collector::new(source, bytes);
    let mut root = Node::root(map);
    if let Some(mut cv) = root.object(&mut collector, "cv") {
        person(&mut collector, &mut cv);
        if let Some(mut sections) = cv.object(&mut collector, "sections") {
            for name in sections.keys() {
                section(&mut collector, &mut sections, &name);
            }
            sections.finish(&mut collector);
        }
        cv.finish(&mut collector);
    }
    root.finish(&mut collector);
    if collector.profile.facts.is_empty() {
        return Err(IntakeError::NoProfileData);
    }
    Ok(Evidence {
        kind: SourceKind::RenderCv,
        profile: collector.profile,
        notices: collector.notices,
        pages: Vec::new(),
    })
}

fn person(collector: &mut Collector, cv: &mut Node) {
    let name = plain(collector, cv, "name");
    collector.profile.name.extend(name);
    collector.profile.headline = plain(collector, cv, "headline").or(plain(collector, cv, "label"));
    for (key, kind) in [
        ("email", ContactKind::Email),
        ("phone", ContactKind::Phone),
        ("location", ContactKind::Location),
        ("website", ContactKind::Website),
    ] {
        if cv.is_list(key) {
            for one in cv.strings(collector, key) {
                add_contact(collector, kind, [one]);
            }
            continue;
        }
        let fact = cv.fact(collector, key);
        let field = fact.and_then(|fact| {
            let scheme = if fact.quote.starts_with("tel:") { 4 } else { 0 };
            if scheme > 0 {
                span_of(&fact, scheme, fact.quote.len())
            } else {
                trimmed(&fact)
            }
        });
        add_contact(collector, kind, field);
    }
    for mut network in cv.objects(collector, "social_networks") {
        let name = network.field(collector, "network");
        let user = network.field(collector, "username");
        network.finish(collector);
        let parts: Vec<Field> = name.iter().chain(&user).cloned().collect();
        if !parts.is_empty() {
            collector.profile.contacts.push(Contact {
                kind: ContactKind::Network,
                parts,
                network: name,
                username: user,
            });
        }
    }
    for mut more in cv.objects(collector, "custom_connections") {
        let place = more.first(collector, &["url", "placeholder"]);
        add_contact(collector, ContactKind::Network, place);
        more.finish(collector);
    }
}

/// Markdown as one fact of plain words; the addresses of its links stay known.
fn plain_links(
    collector: &mut Collector,
    node: &mut Node,
    key: &str,
) -> (Option<Field>, Option<Field>) {
    let locator = node.locator(key);
    let Some(text) = node.text(collector, key) else {
        return (None, None);
    };
    let (words, links) = plain_markdown(&text);
    let fact = collector.fact(locator.clone(), &words);
    let link = links.first().and_then(|link| {
        let link = collector.fact(locator.clone(), link);
        trimmed(&link)
    });
    for other in links.into_iter().skip(1) {
        collector.keep_unread(locator.clone(), other);
    }
    (trimmed(&fact), link)
}

fn plain(collector: &mut Collector, node: &mut Node, key: &str) -> Option<Field> {
    let (field, link) = plain_links(collector, node, key);
    keep(collector, link);
    field
}

fn keep(collector: &mut Collector, field: Option<Field>) {
    let Some(field) = field else { return };
    let fact = collector.profile.facts.get(field.fact());
    if let Some(locator) = fact.map(|fact| fact.locator.clone()) {
        collector.keep_unread(locator, field.text);
    }
}

fn lines(collector: &mut Collector, node: &mut Node, key: &str) -> Vec<Field> {
    let items = node.items(collector, key);
    let mut fields = Vec::new();
    for item in items {
        match item {
            Item::Text(fact) => {
                let (words, links) = plain_markdown(&fact.quote);
                for link in links {
                    collector.keep_unread(fact.locator.clone(), link);
                }
                let fact = collector.fact(fact.locator.clone(), &words);
                fields.extend(trimmed(&fact));
            }
            Item::Node(node) => node.finish(collector),
        }
    }
    fields
}

fn section(collector: &mut Collector, sections: &mut Node, name: &str) {
    let about = heading(name);
    for item in sections.items(collector, name) {
        match item {
            Item::Text(fact) => {
                let (words, links) = plain_markdown(&fact.quote);
                for link in links {
                    collector.keep_unread(fact.locator.clone(), link);
                }
                let fact = collector.fact(fact.locator.clone(), &words);
                let field = trimmed(&fact);
                bare(collector, about, field);
            }
            Item::Node(mut node) => {
                entry_or_line(collector, &mut node, about);
                node.finish(collector);
            }
        }
    }
}

fn entry_or_line(collector: &mut Collector, node: &mut Node, about: Option<Heading>) {
    let about_entry = match about {
        Some(Heading::Section(kind)) => Some(kind),
        _ => None,
    };
    let kind = if node.has("institution") {
        SectionKind::Education
    } else if node.has("company") {
        match about_entry {
            Some(SectionKind::Volunteer) => SectionKind::Volunteer,
            _ => SectionKind::Work,
        }
    } else if node.has("authors") || node.has("journal") || node.has("doi") {
        SectionKind::Publications
    } else if node.has("name") {
        about_entry
            .filter(|kind| has_entries(*kind))
            .unwrap_or(SectionKind::Projects)
    } else if node.has("label") {
        return labelled(collector, node, about);
    } else {
        for key in ["bullet", "number", "reversed_number"] {
            let field = plain(collector, node, key);
            bare(collector, about, field);
        }
        return;
    };
    entry(collector, node, kind);
}

fn has_entries(kind: SectionKind) -> bool {
    !matches!(
        kind,
        SectionKind::Summary
            | SectionKind::Skills
            | SectionKind::Languages
            | SectionKind::Interests
            | SectionKind::Head
    )
}

fn entry(collector: &mut Collector, node: &mut Node, kind: SectionKind) {
    let mut entry = collector.entry(kind);
    let mut first = |keys: &[&str]| {
        keys.iter().fold((None, None), |found, key| match found {
            (None, _) => plain_links(collector, node, key),
            found => found,
        })
    };
    let (title, title_link) = match kind {
        SectionKind::Education => first(&["degree"]),
        SectionKind::Publications => first(&["title", "name"]),
        _ => first(&["position", "name"]),
    };
    let (organization, link) = first(&["company", "institution", "journal"]);
    entry.title = title;
    entry.organization = organization;
    entry.url = title_link.or(link);
    entry.subtitle = plain(collector, node, "area");
    entry.location = plain(collector, node, "location");
    if let Some(url) = node.first(collector, &["url"]) {
        entry.url = Some(url);
    }
    entry.score = plain(collector, node, "gpa");
    entry.summary.extend(plain(collector, node, "summary"));
    entry.highlights = lines(collector, node, "highlights");
    entry.start = node.date(collector, "start_date");
    entry.end = node.end(collector, "end_date");
    entry.single_date = kind == SectionKind::Publications;
    if let Some(fact) = node.fact(collector, "date") {
        if entry.start.is_none() {
            put_period(&fact, &mut entry);
        } else {
            keep(collector, trimmed(&fact));
        }
    } else if entry.start.is_none() && entry.end.is_some() {
        // An end alone is the one date there is.
        entry.start = entry.end.take().map(|date| DateField::read(date.field));
        entry.single_date = true;
    }
    collector.push(entry);
}

/// A label and its details: a group of skills, a language, or an entry of one line.
fn labelled(collector: &mut Collector, node: &mut Node, about: Option<Heading>) {
    let label = plain(collector, node, "label");
    let details = plain(collector, node, "details");
    let kind = match about {
        Some(Heading::Section(kind)) => kind,
        _ => SectionKind::Skills,
    };
    match kind {
        SectionKind::Languages => {
            let skill = label.map(|language| LanguageSkill {
                language,
                fluency: details,
            });
            collector.profile.languages.extend(skill);
        }
        SectionKind::Skills | SectionKind::Interests | SectionKind::Summary => {
            let group = SkillGroup {
                name: label,
                level: None,
                keywords: keywords(collector, details.as_ref()),
            };
            let profile = &mut collector.profile;
            if kind == SectionKind::Interests {
                profile.interests.push(group);
            } else {
                profile.skills.push(group);
            }
        }
        kind => {
            let mut entry = collector.entry(kind);
            entry.title = label;
            entry.summary.extend(details);
            collector.push(entry);
        }
    }
}

fn keywords(collector: &Collector, details: Option<&Field>) -> Vec<Field> {
    let Some(details) = details else {
        return Vec::new();
    };
    let Some(fact) = collector.profile.facts.get(details.fact()) else {
        return Vec::new();
    };
    list_spans(&details.text)
        .into_iter()
        .filter_map(|(start, end)| {
            span_of(fact, details.cite.start + start, details.cite.start + end)
        })
        .collect()
}

/// A line without keys.
fn bare(collector: &mut Collector, about: Option<Heading>, field: Option<Field>) {
    let Some(field) = field else { return };
    let Some(Heading::Section(kind)) = about else {
        return keep(collector, Some(field));
    };
    match kind {
        SectionKind::Summary => collector.profile.summary.push(field),
        SectionKind::Skills | SectionKind::Interests => {
            let group = SkillGroup {
                name: None,
                level: None,
                keywords: keywords(collector, Some(&field)),
            };
            if kind == SectionKind::Skills {
                collector.profile.skills.push(group);
            } else {
                collector.profile.interests.push(group);
            }
        }
        SectionKind::Languages => collector.profile.languages.push(LanguageSkill {
            language: field,
            fluency: None,
        }),
        kind => {
            let mut entry: Entry = collector.entry(kind);
            entry.title = Some(field);
            entry.single_date = true;
            collector.push(entry);
        }
    }
}
