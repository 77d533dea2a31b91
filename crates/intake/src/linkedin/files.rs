//! The files whose rows are entries, skills, languages and what others said.

use std::collections::BTreeMap;

use career::profile::LanguageSkill;
use career::{Entry, Field, SectionKind, SkillGroup};

use super::table::{Row, Table};
use crate::collect::{Collector, told, trimmed};

type Tables = BTreeMap<&'static str, Table>;
type Reader = fn(&mut Collector, Row<'_>, &mut Entry);

/// Reads all of them.
pub(super) fn read(collector: &mut Collector, tables: &Tables) {
    let readers: [(&str, SectionKind, Reader); 11] = [
        ("positions", SectionKind::Work, position),
        ("education", SectionKind::Education, education),
        ("projects", SectionKind::Projects, project),
        ("volunteering", SectionKind::Volunteer, volunteering),
        ("organizations", SectionKind::Volunteer, organization),
        ("certifications", SectionKind::Certificates, certification),
        ("test scores", SectionKind::Certificates, test_score),
        ("publications", SectionKind::Publications, publication),
        ("patents", SectionKind::Publications, patent),
        ("honors", SectionKind::Awards, honor),
        ("recommendations", SectionKind::References, recommendation),
    ];
    for (key, section, read) in readers {
        for row in tables.get(key).into_iter().flat_map(Table::rows) {
            let mut entry = collector.entry(section);
            read(collector, row, &mut entry);
            collector.push(entry);
        }
    }
    skills(collector, tables);
    courses(collector, tables);
    endorsements(collector, tables);
}

fn span_of_time(collector: &mut Collector, row: Row<'_>, entry: &mut Entry) {
    entry.start = row.date(collector, &["Started On", "Start Date"]);
    entry.end = row.date(collector, &["Finished On", "End Date"]);
}

fn position(collector: &mut Collector, row: Row<'_>, entry: &mut Entry) {
    entry.title = row.field(collector, &["Title"]);
    entry.organization = row.field(collector, &["Company Name"]);
    entry.location = row.field(collector, &["Location"]);
    span_of_time(collector, row, entry);
    description(collector, row, entry);
}

fn education(collector: &mut Collector, row: Row<'_>, entry: &mut Entry) {
    entry.title = row.field(collector, &["Degree Name"]);
    entry.subtitle = row.field(collector, &["Field Of Study", "Fields Of Study"]);
    entry.organization = row.field(collector, &["School Name"]);
    span_of_time(collector, row, entry);
    for column in ["Notes", "Activities"] {
        if let Some(fact) = row.fact(collector, &[column]) {
            told(&fact, entry);
        }
    }
}

fn project(collector: &mut Collector, row: Row<'_>, entry: &mut Entry) {
    entry.title = row.field(collector, &["Title"]);
    entry.url = row.field(collector, &["Url"]);
    span_of_time(collector, row, entry);
    description(collector, row, entry);
}

fn volunteering(collector: &mut Collector, row: Row<'_>, entry: &mut Entry) {
    entry.title = row.field(collector, &["Role"]);
    entry.organization = row.field(collector, &["Company Name", "Organization"]);
    span_of_time(collector, row, entry);
    description(collector, row, entry);
    row.keep(collector, &["Cause"]);
}

fn certification(collector: &mut Collector, row: Row<'_>, entry: &mut Entry) {
    entry.title = row.field(collector, &["Name"]);
    entry.organization = row.field(collector, &["Authority"]);
    entry.url = row.field(collector, &["Url"]);
    span_of_time(collector, row, entry);
    entry.single_date = true;
    row.keep(collector, &["License Number"]);
}

/// A membership, not paid: what a person did for others stands in one section.
fn organization(collector: &mut Collector, row: Row<'_>, entry: &mut Entry) {
    entry.title = row.field(collector, &["Position", "Title"]);
    entry.organization = row.field(collector, &["Name"]);
    span_of_time(collector, row, entry);
    description(collector, row, entry);
}

/// A test proves something like a certificate does.
fn test_score(collector: &mut Collector, row: Row<'_>, entry: &mut Entry) {
    entry.title = row.field(collector, &["Name"]);
    entry.score = row.field(collector, &["Score"]);
    entry.start = row.date(collector, &["Date", "Tested On", "Started On"]);
    entry.single_date = true;
    description(collector, row, entry);
}

fn patent(collector: &mut Collector, row: Row<'_>, entry: &mut Entry) {
    entry.title = row.field(collector, &["Title", "Name"]);
    entry.organization = row.field(collector, &["Issuer", "Patent Office"]);
    entry.url = row.field(collector, &["Url"]);
    entry.start = row.date(collector, &["Issued On", "Filed On", "Date"]);
    entry.single_date = true;
    description(collector, row, entry);
    row.keep(
        collector,
        &["Number", "Patent Number", "Application Number", "Status"],
    );
}

fn publication(collector: &mut Collector, row: Row<'_>, entry: &mut Entry) {
    entry.title = row.field(collector, &["Name"]);
    entry.organization = row.field(collector, &["Publisher"]);
    entry.url = row.field(collector, &["Url"]);
    entry.start = row.date(collector, &["Published On"]);
    entry.single_date = true;
    description(collector, row, entry);
}

fn honor(collector: &mut Collector, row: Row<'_>, entry: &mut Entry) {
    entry.title = row.field(collector, &["Title"]);
    entry.organization = row.field(collector, &["Issuer"]);
    entry.start = row.date(collector, &["Issued On"]);
    entry.single_date = true;
    description(collector, row, entry);
}

/// What somebody wrote, under their job title and company: an entry's title is one span of one
/// cell and the archive keeps the name in two, so the name stays unread.
fn recommendation(collector: &mut Collector, row: Row<'_>, entry: &mut Entry) {
    let status = row.words(&["Status"]).unwrap_or_default();
    if !status.is_empty() && !status.trim().eq_ignore_ascii_case("visible") {
        return;
    }
    let Some(fact) = row.fact(collector, &["Text"]) else {
        return;
    };
    entry.title = row.field(collector, &["Job Title"]);
    entry.organization = row.field(collector, &["Company"]);
    entry.start = row.date(collector, &["Creation Date"]);
    entry.single_date = true;
    entry.summary.extend(trimmed(&fact));
    row.keep(collector, &["First Name", "Last Name"]);
}

fn description(collector: &mut Collector, row: Row<'_>, entry: &mut Entry) {
    if let Some(fact) = row.fact(collector, &["Description"]) {
        told(&fact, entry);
    }
}

fn skills(collector: &mut Collector, tables: &Tables) {
    let mut keywords: Vec<Field> = Vec::new();
    for row in tables.get("skills").into_iter().flat_map(Table::rows) {
        keywords.extend(row.field(collector, &["Name"]));
    }
    if !keywords.is_empty() {
        collector.profile.skills.push(SkillGroup {
            name: None,
            level: None,
            keywords,
        });
    }
    for row in tables.get("languages").into_iter().flat_map(Table::rows) {
        if let Some(language) = row.field(collector, &["Name"]) {
            let fluency = row.field(collector, &["Proficiency"]);
            collector
                .profile
                .languages
                .push(LanguageSkill { language, fluency });
        }
    }
}

/// The export does not say which school a course belongs to; with one school there is no doubt.
fn courses(collector: &mut Collector, tables: &Tables) {
    let schools = collector.profile.section(SectionKind::Education).count();
    for row in tables.get("courses").into_iter().flat_map(Table::rows) {
        if schools != 1 {
            row.keep(collector, &["Name", "Number"]);
            continue;
        }
        let course = row.field(collector, &["Name"]);
        row.keep(collector, &["Number"]);
        let school = collector
            .profile
            .entries
            .iter_mut()
            .find(|entry| entry.section == SectionKind::Education);
        if let Some(school) = school {
            school.keywords.extend(course);
        }
    }
}

/// How often others vouched for each skill. One fact a skill, the first row that names it: the
/// hundredth endorsement of a skill says nothing that the first did not, but its count does.
fn endorsements(collector: &mut Collector, tables: &Tables) {
    for row in tables.get("endorsements").into_iter().flat_map(Table::rows) {
        let status = row.words(&["Endorsement Status"]).unwrap_or_default();
        let accepted = status.is_empty() || status.trim().eq_ignore_ascii_case("accepted");
        let Some(skill) = row.words(&["Skill Name"]).filter(|_| accepted) else {
            continue;
        };
        let skill = skill.trim().to_lowercase();
        if !collector.profile.endorsements.contains_key(&skill) {
            row.fact(collector, &["Skill Name"]);
        }
        *collector.profile.endorsements.entry(skill).or_default() += 1;
    }
}
