//! Reading fixtures and comparing what was read with what is true.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;

use career::{Entry, Profile, SectionKind};
use serde_json::Value;

/// Where a fixture lies.
pub fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(name)
}

/// A fixture's bytes.
pub fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A fixture as JSON.
pub fn json(name: &str) -> Value {
    serde_json::from_slice(&bytes(name)).unwrap()
}

/// The files of a folder whose names end so, sorted.
pub fn files(folder: &str, end: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(path(folder))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(end))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    names.sort();
    assert!(!names.is_empty(), "no {end} in {folder}");
    names
}

/// Every field is the span of a fact it says it is.
pub fn assert_cited(profile: &Profile) {
    let contacts = profile.contacts.iter().flat_map(|contact| &contact.parts);
    let groups = profile.skills.iter().chain(&profile.interests);
    let skills =
        groups.flat_map(|group| group.name.iter().chain(&group.level).chain(&group.keywords));
    let languages = profile
        .languages
        .iter()
        .flat_map(|skill| std::iter::once(&skill.language).chain(&skill.fluency));
    let all = profile
        .name
        .iter()
        .chain(&profile.headline)
        .chain(&profile.summary)
        .chain(contacts)
        .chain(skills)
        .chain(languages)
        .chain(profile.entries.iter().flat_map(Entry::fields));
    for field in all {
        assert_eq!(profile.facts.words(&field.cite), Some(field.text.as_str()));
        assert_eq!(field.text.trim(), field.text);
        assert!(!field.text.is_empty());
    }
}

/// The entries of a section.
pub fn section(profile: &Profile, kind: SectionKind) -> Vec<&Entry> {
    profile.section(kind).collect()
}

/// A field's words, empty when there is none.
pub fn words(field: Option<&career::Field>) -> &str {
    field.map_or("", |field| field.text.as_str())
}
