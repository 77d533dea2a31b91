//! Our own PDF of a profile, read again as any stranger's file is.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};

use career::{PartialDate, Profile};
use intake::score::{Score, compare};
use serde_json::Value;
use tailor::Options;
use typeset::{PrintJob, PrintOptions, Typesetter, json_resume};

/// Pages enough for everything.
const PAGES: u32 = 10;

/// Sources of profiles with a name and work or studies: folder and ending.
const SOURCES: [(&str, &str); 4] = [
    ("jsonresume", "json"),
    ("reactive-resume", "json"),
    ("rendercv", "yaml"),
    ("linkedin-export", "zip"),
];

/// The files below the folder that have a profile worth printing.
pub fn profiles(root: &Path) -> Vec<(String, Profile)> {
    let mut files: Vec<PathBuf> = Vec::new();
    for (folder, ending) in SOURCES {
        let entries = std::fs::read_dir(root.join(folder)).into_iter().flatten();
        let paths = entries.flatten().map(|entry| entry.path());
        files.extend(paths.filter(|path| {
            let name = path.to_string_lossy();
            path.extension().is_some_and(|end| end == ending)
                && !name.ends_with(".truth.json")
                && !name.ends_with(".job.json")
        }));
    }
    files.sort();
    let read = |path: PathBuf| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        let evidence = intake::read_evidence(&name, &std::fs::read(&path).ok()?).ok()?;
        let profile = evidence.profile;
        let told = profile.entries.len() > 1 && !profile.name.is_empty();
        told.then_some((name, profile))
    };
    files.into_iter().filter_map(read).collect()
}

/// A whole profile as a PDF, and what stands on it as a JSON Resume.
pub fn printed(typesetter: &Typesetter, template: &str, profile: &Profile) -> (Vec<u8>, Value) {
    let options = Options {
        page_budget: 2,
        language: None,
        today: PartialDate::month(2026, 11).unwrap(),
    };
    let mut draft = tailor::baseline(profile, &options);
    draft.page_budget = PAGES;
    let draft = tailor::verify(draft, profile).unwrap().draft;
    let options = PrintOptions {
        template: template.to_owned(),
        ..PrintOptions::default()
    };
    let job = PrintJob::new(&draft, &profile.facts, options).unwrap();
    let printed = typesetter.print(&job).unwrap();
    assert_eq!(printed.cuts, 0, "all of the profile is printed");
    (printed.pdf, json_resume(&draft.resume, profile))
}

/// Prints a whole profile and compares what is read of the PDF with what stands on it.
pub fn round_trip(typesetter: &Typesetter, template: &str, profile: &Profile) -> Score {
    let (pdf, truth) = printed(typesetter, template, profile);
    let read = intake::read_evidence("resume.pdf", &pdf).unwrap();
    compare(&truth, Some(&read))
}
