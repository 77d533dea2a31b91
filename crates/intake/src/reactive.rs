//! Reactive Resume documents, versions 4 and 5, into a profile.
//!
//! Both keep their sections under `sections`; version 4 calls an item's period `date` and its rich
//! text `summary`, version 5 `period` and `description`. Rich text is HTML: every block of it is a
//! fact of its own, in plain words. What only arranges the page is kept as unread.

use career::profile::LanguageSkill;
use career::{Contact, ContactKind, Entry, Field, SectionKind, SkillGroup};
use serde_json::Value;

use crate::IntakeError;
use crate::collect::{Collector, add_contact, put_period};
use crate::evidence::{Evidence, SourceKind};
use crate::json_resume::node::Node;
use crate::markup::html_lines;

/// Whether a document is one of Reactive Resume.
pub(crate) fn is_reactive(document: &Value) -> bool {
    let is_object = |key| document.get(key).is_some_and(Value::is_object);
    // A JSON Resume may have anything besides, but its work is a list at the top.
    is_object("basics")
        && is_object("sections")
        && !document.get("work").is_some_and(Value::is_array)
}

/// Reads a document.
pub(crate) fn read(source: &str, bytes: &[u8], document: Value) -> Result<Evidence, IntakeError> {
    let Value::Object(map) = document else {
        return Err(IntakeError::NotAResume);
    };
    let mut collector = Collector::new(source, bytes);
    let collector_ref = &mut collector;
    let mut root = Node::root(map);
    let mut sections = root.object(collector_ref, "sections");
    if let Some(mut basics) = root.object(collector_ref, "basics") {
        let profiles = sections
            .as_mut()
            .and_then(|sections| sections.object(collector_ref, "profiles"));
        person(collector_ref, &mut basics, profiles);
        basics.finish(collector_ref);
    }
    for node in [sections.as_mut(), Some(&mut root)].into_iter().flatten() {
        if let Some(mut summary) = node.object(collector_ref, "summary") {
            let (mut text, items) = rich(collector_ref, &mut summary, "content");
            text.extend(items);
            collector_ref.profile.summary.extend(text);
            summary.finish(collector_ref);
        }
    }
    if let Some(mut sections) = sections {
        for name in sections.keys() {
            if let Some(mut section) = sections.object(collector_ref, &name) {
                if name == "custom" {
                    custom(collector_ref, &mut section);
                } else {
                    items(collector_ref, &mut section, &name);
                }
                section.finish(collector_ref);
            }
        }
        sections.finish(collector_ref);
    }
    for mut section in root.objects(collector_ref, "customSections") {
        let name = section.text(collector_ref, "type").unwrap_or_default();
        items(collector_ref, &mut section, &name);
        section.finish(collector_ref);
    }
    root.finish(collector_ref);
    if collector.profile.facts.is_empty() {
        return Err(IntakeError::NoProfileData);
    }
    Ok(Evidence {
        kind: SourceKind::ReactiveResume,
        profile: collector.profile,
        notices: collector.notices,
        pages: Vec::new(),
    })
}

fn person(collector: &mut Collector, node: &mut Node, profiles: Option<Node>) {
    let name = node.field(collector, "name");
    collector.profile.name.extend(name);
    collector.profile.headline = node.field(collector, "headline");
    for (key, kind) in [
        ("email", ContactKind::Email),
        ("phone", ContactKind::Phone),
        ("location", ContactKind::Location),
    ] {
        let field = node.field(collector, key);
        add_contact(collector, kind, field);
    }
    let site = address(collector, node);
    add_contact(collector, ContactKind::Website, site);
    if let Some(mut section) = profiles {
        for mut item in section.objects(collector, "items") {
            let network = item.field(collector, "network");
            let username = item.field(collector, "username");
            let parts = match address(collector, &mut item) {
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
            item.finish(collector);
        }
        section.finish(collector);
    }
    for mut field in node.objects(collector, "customFields") {
        let link = field
            .field(collector, "link")
            .or_else(|| field.field(collector, "value"));
        let link = link.filter(|link| link.text.contains('.') && !link.text.contains(' '));
        if link.is_some() {
            add_contact(collector, ContactKind::Network, link);
        } else {
            let text = field.field(collector, "text");
            keep(collector, text);
        }
        field.finish(collector);
    }
}

/// The address in `url.href` (version 4) or `website.url` (version 5).
fn address(collector: &mut Collector, node: &mut Node) -> Option<Field> {
    let (key, inner) = if node.has("website") {
        ("website", "url")
    } else {
        ("url", "href")
    };
    let mut link = node.object(collector, key)?;
    let field = link.field(collector, inner);
    link.finish(collector);
    field
}

/// Rich text as paragraphs and items of lists.
fn rich(collector: &mut Collector, node: &mut Node, key: &str) -> (Vec<Field>, Vec<Field>) {
    let locator = node.locator(key);
    let Some(html) = node.text(collector, key) else {
        return (Vec::new(), Vec::new());
    };
    let (lines, links) = html_lines(&html);
    for link in links {
        collector.keep_unread(locator.clone(), link);
    }
    let (mut text, mut items) = (Vec::new(), Vec::new());
    for line in lines {
        let fact = collector.fact(locator.clone(), &line.text);
        let list = if line.item { &mut items } else { &mut text };
        list.push(Field::whole(&fact));
    }
    (text, items)
}

fn section_kind(name: &str) -> Option<SectionKind> {
    Some(match name {
        "experience" => SectionKind::Work,
        "education" => SectionKind::Education,
        "projects" => SectionKind::Projects,
        "volunteer" => SectionKind::Volunteer,
        "certifications" => SectionKind::Certificates,
        "awards" => SectionKind::Awards,
        "publications" => SectionKind::Publications,
        "references" => SectionKind::References,
        _ => return None,
    })
}

fn items(collector: &mut Collector, section: &mut Node, name: &str) {
    if let Some(kind) = section_kind(name) {
        for item in section.objects(collector, "items") {
            entries(collector, item, kind);
        }
        return;
    }
    match name {
        "skills" | "interests" => {
            for mut item in section.objects(collector, "items") {
                let group = SkillGroup {
                    name: item.field(collector, "name"),
                    level: item.first(collector, &["proficiency", "description"]),
                    keywords: item.strings(collector, "keywords"),
                };
                item.finish(collector);
                let profile = &mut collector.profile;
                if name == "skills" {
                    profile.skills.push(group);
                } else {
                    profile.interests.push(group);
                }
            }
        }
        "languages" => {
            for mut item in section.objects(collector, "items") {
                let language = item.first(collector, &["language", "name"]);
                let fluency = item.first(collector, &["fluency", "description"]);
                item.finish(collector);
                let skill = language.map(|language| LanguageSkill { language, fluency });
                collector.profile.languages.extend(skill);
            }
        }
        _ => {}
    }
}

/// Sections of one's own in version 4: what their heading says decides, else they are projects.
fn custom(collector: &mut Collector, sections: &mut Node) {
    for key in sections.keys() {
        let Some(mut section) = sections.object(collector, &key) else {
            continue;
        };
        let name = section.text(collector, "name").unwrap_or_default();
        let kind = crate::resume_text::entry_section(&name).unwrap_or(SectionKind::Projects);
        for item in section.objects(collector, "items") {
            entries(collector, item, kind);
        }
        section.finish(collector);
    }
}

/// One item; with several roles at one employer, an entry for each of them.
fn entries(collector: &mut Collector, mut item: Node, kind: SectionKind) {
    let mut entry = collector.entry(kind);
    entry.title = match kind {
        SectionKind::Work => item.field(collector, "position"),
        SectionKind::Volunteer => item.first(collector, &["position", "name"]),
        SectionKind::Education => item.first(collector, &["studyType", "degree", "name"]),
        _ => item.first(collector, &["title", "name"]),
    };
    entry.organization = item.first(
        collector,
        &[
            "company",
            "organization",
            "institution",
            "school",
            "issuer",
            "awarder",
            "publisher",
        ],
    );
    entry.subtitle = item.first(collector, &["area", "position"]);
    entry.location = item.field(collector, "location");
    entry.score = item.first(collector, &["score", "grade"]);
    entry.keywords = item.strings(collector, "keywords");
    entry.url = address(collector, &mut item);
    let single = matches!(
        kind,
        SectionKind::Certificates
            | SectionKind::Awards
            | SectionKind::Publications
            | SectionKind::References
    );
    entry.single_date = single;
    period(collector, &mut item, &mut entry);
    // With `summary` beside it, `description` is one plain line under the title.
    let plain = if item.has("summary") {
        item.field(collector, "description")
    } else {
        None
    };
    let key = if item.has("summary") {
        "summary"
    } else {
        "description"
    };
    let (text, bullets) = rich(collector, &mut item, key);
    entry.summary = plain.into_iter().chain(text).collect();
    entry.highlights = bullets;
    let roles = item.objects(collector, "roles");
    item.finish(collector);
    if roles.is_empty() {
        return collector.push(entry);
    }
    for mut role in roles {
        let mut one = entry.clone();
        one.id = collector.entry(kind).id;
        one.title = role.field(collector, "position").or(one.title);
        period(collector, &mut role, &mut one);
        let (text, bullets) = rich(collector, &mut role, "description");
        one.summary.extend(text);
        one.highlights.extend(bullets);
        role.finish(collector);
        collector.push(one);
        // What is said of all roles together is said once.
        entry.summary.clear();
        entry.highlights.clear();
    }
}

fn period(collector: &mut Collector, node: &mut Node, entry: &mut Entry) {
    let key = if node.has("period") { "period" } else { "date" };
    if let Some(fact) = node.fact(collector, key) {
        (entry.start, entry.end) = (None, None);
        put_period(&fact, entry);
    }
}

/// Keeps words that belong nowhere.
fn keep(collector: &mut Collector, field: Option<Field>) {
    let Some(field) = field else { return };
    let fact = collector.profile.facts.get(field.fact());
    if let Some(locator) = fact.map(|fact| fact.locator.clone()) {
        collector.keep_unread(locator, field.text);
    }
}
