//! The pairs that must work together: every profile with every posting of the fixtures.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};

use career::{PartialDate, Posting, Profile};
use tailor::Options;

const PROFILES: [&str; 12] = [
    "jsonresume/complete_alex_reference.json",
    "jsonresume/complete_jane.json",
    "jsonresume/new_grad_maya.json",
    "jsonresume/sample_richard_hendriks.json",
    "jsonresume/thin_jane.json",
    "jsonresume/edge/unicode_names.json",
    "jsonresume/edge/rtl_hebrew.json",
    "jsonresume/edge/partial_dates.json",
    "jsonresume/edge/extra_unknown_fields.json",
    "linkedin-export/ada_complete.zip",
    "linkedin-export/basic_crlf_bom.zip",
    "linkedin-export/nested_macos.zip",
];
const PAGES: [&str; 6] = [
    "jobs/pages/greenhouse.html",
    "jobs/pages/lever.html",
    "jobs/pages/plain_no_markup.html",
    "jobs/pages/linkedin_guest.html",
    "jobs/jsonld/graph.html",
    "jobs/jsonld/schemaorg_jsonld.html",
];

/// A fixture's path.
pub fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(path)
}

/// A profile of the fixtures.
pub fn profile(path: &str) -> Profile {
    let name = path.rsplit('/').next().unwrap();
    let bytes = fs::read(fixture(path)).unwrap();
    intake::read_evidence(name, &bytes).unwrap().profile
}

/// A posting of the fixtures.
pub fn posting(path: &str) -> Posting {
    let bytes = fs::read(fixture(path)).unwrap();
    intake::read_posting(&bytes, intake::PostingHint::default()).unwrap()
}

/// A posting of that text.
pub fn posting_of(text: &str) -> Posting {
    Posting::of_text(career::ContentHash::of(text.as_bytes()), text.to_owned())
}

/// All profiles by name.
pub fn profiles() -> Vec<(&'static str, Profile)> {
    PROFILES.iter().map(|path| (*path, profile(path))).collect()
}

/// All postings by name.
pub fn postings() -> Vec<(String, Posting)> {
    let mut paths: Vec<String> = fs::read_dir(fixture("jobs/text"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| {
            Path::new(name)
                .extension()
                .is_some_and(|kind| kind == "txt")
        })
        .map(|name| format!("jobs/text/{name}"))
        .collect();
    paths.sort();
    paths.extend(PAGES.iter().map(|&path| path.to_owned()));
    paths
        .into_iter()
        .map(|path| {
            let posting = posting(&path);
            (path, posting)
        })
        .collect()
}

/// One page, in the profile's language, on a fixed day.
pub fn options() -> Options {
    Options {
        page_budget: 1,
        language: None,
        today: PartialDate::parse("2026-11-23").unwrap(),
    }
}
