//! The journeys in a browser, against the site and server as built here.

use std::fs;

use crate::build::{self, Effort};
use crate::postgres;
use crate::project::{NAME, Project};
use crate::run::site_settings;
use crate::setup::browser;
use crate::sh::{Done, say};
use crate::test::report::{Counts, counted};

/// Builds both halves and runs Playwright.
pub fn run(project: &Project) -> Done<Counts> {
    if !journeys_exist(project) {
        say("There are no journeys in end2end yet");
        return Ok(Counts::default());
    }
    let chromium = browser::ensure(project)?;
    postgres::ensure_installed()?;
    build::all(project, Effort::Test)?;
    say("Running the journeys");
    let mut playwright = project.command("npx", &["playwright", "test", "--reporter=list"]);
    playwright
        .current_dir(project.path("end2end"))
        .env("CHROMIUM", chromium)
        .env("LLMPLOYABLE", project.binary("dev", NAME));
    site_settings(project, &mut playwright);
    // For whoever works on one journey: Playwright's own pattern of names.
    if let Ok(pattern) = std::env::var("JOURNEYS") {
        playwright.args(["--grep", &pattern]);
    }
    counted(&mut playwright)?.checked("playwright test")
}

fn journeys_exist(project: &Project) -> bool {
    let mut folders = vec![project.path("end2end")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().is_dir() && name != "node_modules" {
                folders.push(entry.path());
            } else if name.ends_with(".spec.ts") || name.ends_with(".test.ts") {
                return true;
            }
        }
    }
    false
}
