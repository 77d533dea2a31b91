//! What the journeys in a browser need: Chromium, Playwright, and a reader for the PDFs they download.

use std::path::PathBuf;

use crate::project::Project;
use crate::setup::{npm_ci, packages};
use crate::sh::{self, Done, TaskError};

/// Names a system's own Chromium goes by.
const CHROMIUMS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
/// Where macOS keeps it.
const APPS: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// The browser the journeys run in: the one named by CHROMIUM, or the machine's own.
pub fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM")
        .map(PathBuf::from)
        .filter(|file| file.is_file());
    named
        .or_else(|| CHROMIUMS.iter().find_map(|name| sh::find(name)))
        .or_else(|| APPS.iter().map(PathBuf::from).find(|file| file.is_file()))
}

/// Installs what is missing and says which browser to use.
pub fn ensure(project: &Project) -> Done<PathBuf> {
    if chromium().is_none() {
        sh::say("Installing Chromium");
        packages::install(&packages::Names {
            apt: &["chromium"],
            dnf: &["chromium"],
            brew: &["--cask", "chromium"],
        })?;
    }
    pdftotext()?;
    playwright(project)?;
    chromium().ok_or_else(|| {
        TaskError::Missing(
            "Chromium is needed and could not be installed from here: install it, or name one in CHROMIUM."
                .to_owned(),
        )
    })
}

/// Reads PDFs back, for journeys and for tests of the pages themselves.
pub fn pdftotext() -> Done {
    if sh::find("pdftotext").is_some() {
        return Ok(());
    }
    sh::say("Installing pdftotext");
    packages::install(&packages::Names {
        apt: &["poppler-utils"],
        dnf: &["poppler-utils"],
        brew: &["poppler"],
    })?;
    sh::find("pdftotext").map(drop).ok_or_else(|| {
        TaskError::Missing(
            "pdftotext is needed and could not be installed from here: install poppler-utils."
                .to_owned(),
        )
    })
}

/// Playwright as the lock file names it.
fn playwright(project: &Project) -> Done {
    let folder = project.path("end2end");
    // npm writes this file last, so its age says whether the installation is complete and current.
    let age = |file: &str| {
        folder
            .join(file)
            .metadata()
            .and_then(|data| data.modified())
            .ok()
    };
    if age("node_modules/.package-lock.json").is_some_and(|at| Some(at) >= age("package-lock.json"))
    {
        return Ok(());
    }
    if sh::find("npm").is_none() {
        sh::say("Installing npm");
        packages::install(&packages::Names {
            apt: &["npm"],
            dnf: &["npm"],
            brew: &["node"],
        })?;
    }
    sh::say("Installing Playwright");
    npm_ci(project, &folder)
}
