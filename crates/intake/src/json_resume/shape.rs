//! What the fields of an entry are called in each section of a JSON Resume: one table for both
//! directions, so that what is written can be read again.
//!
//! The first name of a slot is the one that is written; the others are older or common names that
//! are understood. Where the format has no place for something, an `x-` name stands: every item
//! may carry further properties.

use career::SectionKind;

/// The names of one section.
pub(super) struct Shape {
    /// The section's key.
    pub(super) key: &'static str,
    /// What it is in a profile.
    pub(super) section: SectionKind,
    /// Whether its entries have one date by nature.
    pub(super) single_date: bool,
    pub(super) title: &'static [&'static str],
    pub(super) subtitle: &'static [&'static str],
    pub(super) organization: &'static [&'static str],
    pub(super) start: &'static str,
    pub(super) end: &'static str,
    pub(super) summary: &'static [&'static str],
    pub(super) keywords: &'static str,
    pub(super) score: &'static [&'static str],
}

/// The name of the place, in every section.
pub(super) const LOCATION: &str = "location";
/// The names of the address on the web.
pub(super) const URL: &[&str] = &["url", "website"];
/// The name of the bullets.
pub(super) const HIGHLIGHTS: &str = "highlights";
/// Says that an entry has one date where its section's entries have two, or the other way round.
pub(super) const SINGLE_DATE: &str = "x-singleDate";
/// A project's roles are a list; the first is the subtitle.
pub(super) const ROLES: &str = "roles";

const PLAIN: Shape = Shape {
    key: "",
    section: SectionKind::Work,
    single_date: false,
    title: &["name"],
    subtitle: &["x-subtitle"],
    organization: &["x-organization"],
    start: "startDate",
    end: "endDate",
    summary: &["summary"],
    keywords: "keywords",
    score: &["x-score"],
};

/// All sections of entries, in the order in which they are read and written.
pub(super) const SHAPES: [Shape; 8] = [
    Shape {
        key: "work",
        title: &["position"],
        organization: &["name", "company"],
        ..PLAIN
    },
    Shape {
        key: "volunteer",
        section: SectionKind::Volunteer,
        title: &["position"],
        organization: &["organization"],
        ..PLAIN
    },
    Shape {
        key: "education",
        section: SectionKind::Education,
        title: &["studyType"],
        subtitle: &["area"],
        organization: &["institution"],
        keywords: "courses",
        score: &["score", "gpa"],
        ..PLAIN
    },
    Shape {
        key: "projects",
        section: SectionKind::Projects,
        subtitle: &[ROLES],
        organization: &["entity"],
        summary: &["description", "summary"],
        ..PLAIN
    },
    Shape {
        key: "certificates",
        section: SectionKind::Certificates,
        single_date: true,
        organization: &["issuer"],
        start: "date",
        end: "endDate",
        ..PLAIN
    },
    Shape {
        key: "awards",
        section: SectionKind::Awards,
        single_date: true,
        title: &["title"],
        organization: &["awarder"],
        start: "date",
        end: "endDate",
        ..PLAIN
    },
    Shape {
        key: "publications",
        section: SectionKind::Publications,
        single_date: true,
        organization: &["publisher"],
        start: "releaseDate",
        end: "endDate",
        ..PLAIN
    },
    Shape {
        key: "references",
        section: SectionKind::References,
        single_date: true,
        start: "x-date",
        end: "endDate",
        summary: &["reference"],
        ..PLAIN
    },
];
