//! Europass curricula vitae: `SkillsPassport` documents (schema 3, XML and JSON) and `Candidate`
//! documents (the schema since 2020, XML).
//!
//! Both are read as the same kind of tree; facts name their place in it by a path. Activities are
//! rich text: each block of them is a fact of plain words.

use career::profile::LanguageSkill;
use career::{ContactKind, DateField, Entry, Fact, Field, SectionKind, SkillGroup};
use serde_json::{Map, Value};

use crate::IntakeError;
use crate::collect::{Collector, add_contact, trimmed};
use crate::evidence::{Evidence, SourceKind};
use crate::json_resume::node::Node;
use crate::markup::html_lines;
use crate::xml::{self, Element};

/// Whether a JSON document is one of Europass.
pub(crate) fn is_europass(document: &Value) -> bool {
    document.get("SkillsPassport").is_some_and(Value::is_object)
}

/// Reads an XML document; `None` when it is none of Europass.
pub(crate) fn read_xml(
    source: &str,
    bytes: &[u8],
    text: &str,
) -> Result<Option<Evidence>, IntakeError> {
    let root: Element = xml::parse(text)?;
    if !["SkillsPassport", "Candidate"].contains(&root.name.as_str()) {
        return Ok(None);
    }
    let document = Map::from_iter([(root.name.clone(), xml::value(&root))]);
    read(source, bytes, Value::Object(document)).map(Some)
}

/// Reads a tree.
pub(crate) fn read(source: &str, bytes: &[u8], document: Value) -> Result<Evidence, IntakeError> {
    let Value::Object(map) = document else {
        return Err(IntakeError::NotAResume);
    };
    let mut collector = Collector::new(source, bytes);
    let mut root = Node::root(map);
    if let Some(mut passport) = root.object(&mut collector, "SkillsPassport") {
        for mut learner in passport.each(&mut collector, "LearnerInfo") {
            learner_info(&mut collector, &mut learner);
            learner.finish(&mut collector);
        }
        passport.finish(&mut collector);
    }
    if let Some(mut candidate) = root.object(&mut collector, "Candidate") {
        candidate_info(&mut collector, &mut candidate);
        candidate.finish(&mut collector);
    }
    root.finish(&mut collector);
    if collector.profile.facts.is_empty() {
        return Err(IntakeError::NoProfileData);
    }
    Ok(Evidence {
        kind: SourceKind::Europass,
        profile: collector.profile,
        notices: collector.notices,
        pages: Vec::new(),
    })
}

/// A list may be an element of its own around its items (XML) or the items themselves (JSON).
fn listed(collector: &mut Collector, node: &mut Node, name: &str) -> Vec<Node> {
    let list = format!("{name}List");
    match node.object(collector, &list) {
        Some(mut around) => {
            let items = around.each(collector, name);
            around.finish(collector);
            items
        }
        None => node.each(collector, name),
    }
}

fn field(collector: &mut Collector, node: &mut Node, path: &[&str]) -> Option<Field> {
    node.words(collector, path).as_ref().and_then(trimmed)
}

fn name(collector: &mut Collector, person: &mut Node, parts: [&str; 2]) {
    if let Some(mut name) = person.object(collector, "PersonName") {
        for key in parts {
            let part = field(collector, &mut name, &[key]);
            collector.profile.name.extend(part);
        }
        name.finish(collector);
    }
}

fn learner_info(collector: &mut Collector, learner: &mut Node) {
    if let Some(mut person) = learner.object(collector, "Identification") {
        name(collector, &mut person, ["FirstName", "Surname"]);
        if let Some(mut contact) = person.object(collector, "ContactInfo") {
            contacts(collector, &mut contact);
            contact.finish(collector);
        }
        person.finish(collector);
    }
    collector.profile.headline = field(collector, learner, &["Headline", "Description", "Label"]);
    for (name, kind) in [
        ("WorkExperience", SectionKind::Work),
        ("Education", SectionKind::Education),
    ] {
        for mut node in listed(collector, learner, name) {
            let mut entry = collector.entry(kind);
            experience(collector, &mut node, &mut entry);
            node.finish(collector);
            collector.push(entry);
        }
    }
    if let Some(mut skills) = learner.object(collector, "Skills") {
        passport_skills(collector, &mut skills);
        skills.finish(collector);
    }
    for mut node in listed(collector, learner, "Achievement") {
        let mut entry = collector.entry(SectionKind::Awards);
        entry.title = field(collector, &mut node, &["Title", "Label"]);
        entry.single_date = true;
        (entry.summary, entry.highlights) = rich(collector, &mut node, "Description");
        node.finish(collector);
        collector.push(entry);
    }
}

fn contacts(collector: &mut Collector, node: &mut Node) {
    let email = field(collector, node, &["Email", "Contact"]);
    add_contact(collector, ContactKind::Email, email);
    for (name, kind) in [
        ("Telephone", ContactKind::Phone),
        ("Website", ContactKind::Website),
    ] {
        for (number, mut item) in listed(collector, node, name).into_iter().enumerate() {
            let contact = field(collector, &mut item, &["Contact"]);
            if number == 0 {
                add_contact(collector, kind, contact);
            }
            item.finish(collector);
        }
    }
    let town = field(collector, node, &["Address", "Contact", "Municipality"]);
    add_contact(collector, ContactKind::Location, town);
    collector
        .profile
        .contacts
        .sort_by_key(|contact| match contact.kind {
            ContactKind::Email => 0,
            ContactKind::Phone => 1,
            ContactKind::Location => 2,
            ContactKind::Website | ContactKind::Network => 3,
        });
}

fn experience(collector: &mut Collector, node: &mut Node, entry: &mut Entry) {
    entry.title = field(collector, node, &["Position", "Label"])
        .or_else(|| field(collector, node, &["Title"]));
    entry.subtitle = field(collector, node, &["Field", "Label"]);
    for key in ["Employer", "Organisation"] {
        if let Some(mut place) = node.object(collector, key) {
            entry.organization = field(collector, &mut place, &["Name"]);
            let town = ["ContactInfo", "Address", "Contact", "Municipality"];
            entry.location = field(collector, &mut place, &town);
            place.finish(collector);
        }
    }
    if let Some(mut period) = node.object(collector, "Period") {
        entry.start = day(collector, &mut period, "From");
        entry.end = day(collector, &mut period, "To");
        entry.single_date = entry.start.is_none();
        if entry.start.is_none() {
            entry.start = entry.end.take();
        }
        period.finish(collector);
    }
    (entry.summary, entry.highlights) = rich(collector, node, "Activities");
}

/// A day in parts: `year="2005" month="--08" day="---15"`, or numbers in JSON. Its words are those
/// of the date in ISO form, since the source has none.
fn day(collector: &mut Collector, period: &mut Node, key: &str) -> Option<DateField> {
    let locator = period.locator(key);
    let Some(Value::Object(parts)) = period.value(key) else {
        return None;
    };
    let number = |names: [&str; 2]| {
        let value = names.iter().find_map(|name| parts.get(*name))?;
        let digits = match value {
            Value::Number(number) => number.to_string(),
            Value::String(words) => words.trim_start_matches('-').to_owned(),
            _ => return None,
        };
        (!digits.is_empty()).then(|| format!("{digits:0>2}"))
    };
    let iso: Vec<String> = [["@year", "Year"], ["@month", "Month"], ["@day", "Day"]]
        .into_iter()
        .map_while(number)
        .collect();
    if iso.is_empty() {
        return None;
    }
    let fact = collector.fact(locator, &iso.join("-"));
    trimmed(&fact).map(DateField::read)
}

fn rich(collector: &mut Collector, node: &mut Node, key: &str) -> (Vec<Field>, Vec<Field>) {
    let (mut text, mut items) = (Vec::new(), Vec::new());
    let locator = node.locator(key);
    let Some(html) = node.text(collector, key) else {
        return (text, items);
    };
    let (lines, links) = html_lines(&html);
    for link in links {
        collector.keep_unread(locator.clone(), link);
    }
    for line in lines {
        let fact = collector.fact(locator.clone(), &line.text);
        let list = if line.item { &mut items } else { &mut text };
        list.extend(trimmed(&fact));
    }
    (text, items)
}

fn passport_skills(collector: &mut Collector, skills: &mut Node) {
    if let Some(mut spoken) = skills.object(collector, "Linguistic") {
        for mut node in listed(collector, &mut spoken, "MotherTongue") {
            let language = field(collector, &mut node, &["Description", "Label"]);
            language_skill(collector, language, None);
            node.finish(collector);
        }
        for mut node in listed(collector, &mut spoken, "ForeignLanguage") {
            let language = field(collector, &mut node, &["Description", "Label"]);
            let level = field(
                collector,
                &mut node,
                &["ProficiencyLevel", "SpokenInteraction"],
            );
            language_skill(collector, language, level);
            node.finish(collector);
        }
        spoken.finish(collector);
    }
    for key in [
        "JobRelated",
        "Computer",
        "Communication",
        "Organisational",
        "Other",
    ] {
        if let Some(mut node) = skills.object(collector, key) {
            let (text, items) = rich(collector, &mut node, "Description");
            let keywords: Vec<Field> = text.into_iter().chain(items).collect();
            if !keywords.is_empty() {
                collector.profile.skills.push(SkillGroup {
                    name: None,
                    level: None,
                    keywords,
                });
            }
            node.finish(collector);
        }
    }
}

fn language_skill(collector: &mut Collector, language: Option<Field>, fluency: Option<Field>) {
    let skill = language.map(|language| LanguageSkill { language, fluency });
    collector.profile.languages.extend(skill);
}

fn candidate_info(collector: &mut Collector, candidate: &mut Node) {
    if let Some(mut person) = candidate.object(collector, "CandidatePerson") {
        name(collector, &mut person, ["GivenName", "FamilyName"]);
        let mut found: Vec<(ContactKind, Option<Field>)> = Vec::new();
        for mut way in person.each(collector, "Communication") {
            let channel = way.words(collector, &["ChannelCode"]);
            let channel = channel.map_or_else(String::new, |fact| fact.quote.to_lowercase());
            let address = field(collector, &mut way, &["URI"]);
            let number = field(collector, &mut way, &["DialNumber"]);
            let town = field(collector, &mut way, &["Address", "CityName"]);
            let kind = if channel == "email" {
                ContactKind::Email
            } else {
                ContactKind::Website
            };
            found.push((kind, address));
            found.push((ContactKind::Phone, number));
            found.push((ContactKind::Location, town));
            way.finish(collector);
        }
        for kind in [
            ContactKind::Email,
            ContactKind::Phone,
            ContactKind::Location,
            ContactKind::Website,
        ] {
            let mut of_kind = found.iter_mut().filter(|(other, _)| *other == kind);
            let first = of_kind.find_map(|(_, field)| field.take());
            add_contact(collector, kind, first);
        }
        person.finish(collector);
    }
    for mut profile in candidate.each(collector, "CandidateProfile") {
        if let Some(fact) = profile.words(collector, &["ExecutiveSummary"]) {
            collector.profile.summary.extend(trimmed(&fact));
        }
        employment(collector, &mut profile);
        schools(collector, &mut profile);
        profile.finish(collector);
    }
}

fn employment(collector: &mut Collector, profile: &mut Node) {
    let Some(mut history) = profile.object(collector, "EmploymentHistory") else {
        return;
    };
    for mut employer in history.each(collector, "EmployerHistory") {
        let name = field(collector, &mut employer, &["OrganizationName"]);
        for mut position in employer.each(collector, "PositionHistory") {
            let mut entry = collector.entry(SectionKind::Work);
            entry.organization.clone_from(&name);
            entry.title = field(collector, &mut position, &["PositionTitle"]);
            entry.location = field(collector, &mut position, &["City"]);
            (entry.summary, entry.highlights) = rich(collector, &mut position, "Description");
            dates(collector, &mut position, "EmploymentPeriod", &mut entry);
            position.finish(collector);
            collector.push(entry);
        }
        employer.finish(collector);
    }
    history.finish(collector);
}

fn schools(collector: &mut Collector, profile: &mut Node) {
    let Some(mut history) = profile.object(collector, "EducationHistory") else {
        return;
    };
    for mut school in history.each(collector, "EducationOrganizationAttendance") {
        let mut entry = collector.entry(SectionKind::Education);
        entry.organization = field(collector, &mut school, &["OrganizationName"]);
        entry.title = field(collector, &mut school, &["EducationDegree", "DegreeName"]);
        dates(collector, &mut school, "AttendancePeriod", &mut entry);
        school.finish(collector);
        collector.push(entry);
    }
    history.finish(collector);
}

fn dates(collector: &mut Collector, node: &mut Node, key: &str, entry: &mut Entry) {
    let Some(mut period) = node.object(collector, key) else {
        return;
    };
    let read = |fact: Option<Fact>| fact.as_ref().and_then(trimmed).map(DateField::read);
    entry.start = read(period.words(collector, &["StartDate", "FormattedDateTime"]));
    entry.end = read(period.words(collector, &["EndDate", "FormattedDateTime"]));
    period.finish(collector);
}
