//! The tests cargo runs, told apart by the names of their files.
//!
//! `tests/db_*.rs` needs a Postgres, `tests/upstream_*.rs` talks to stand-ins of other services, every
//! other file and all tests inside the sources are unit tests. All parts select the same packages,
//! so that nothing is compiled twice.

use std::fs;

use crate::postgres;
use crate::project::Project;
use crate::setup::{browser, redis};
use crate::sh::{Done, say};
use crate::test::Part;
use crate::test::report::{Counts, counted};

/// Where packages of the workspace lie.
const PACKAGES: [&str; 4] = ["app", "server", "xtask", "crates/*"];

/// Runs one part's tests.
pub fn run(project: &Project, part: Part) -> Done<Counts> {
    let files: Vec<String> = test_files(project)
        .into_iter()
        .filter(|name| part_of(name) == part)
        .collect();
    if part != Part::Unit && files.is_empty() {
        say("There are no such tests yet");
        return Ok(Counts::default());
    }
    // Reading PDFs back is part of checking them.
    browser::pdftotext()?;
    if part != Part::Upstream {
        postgres::ensure_installed()?;
    }
    if part == Part::Db {
        redis::ensure()?;
    }
    let mut cargo = project.cargo(&["test", "--no-fail-fast"]);
    if part == Part::Unit {
        cargo.args(["--lib", "--bins"]);
    }
    for file in &files {
        cargo.args(["--test", file]);
    }
    counted(&mut cargo)?.checked("cargo test")
}

/// The part a file of tests belongs to.
fn part_of(name: &str) -> Part {
    if name.starts_with("db_") {
        Part::Db
    } else if name.starts_with("upstream_") {
        Part::Upstream
    } else {
        Part::Unit
    }
}

/// The names of all integration tests, as cargo calls them.
fn test_files(project: &Project) -> Vec<String> {
    let mut found = Vec::new();
    for package in PACKAGES {
        match package.strip_suffix("/*") {
            None => look(project, package, &mut found),
            Some(folder) => {
                for entry in fs::read_dir(project.path(folder))
                    .into_iter()
                    .flatten()
                    .flatten()
                {
                    let name = entry.file_name();
                    look(
                        project,
                        &format!("{folder}/{}", name.to_string_lossy()),
                        &mut found,
                    );
                }
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

fn look(project: &Project, package: &str, found: &mut Vec<String>) {
    let folder = project.path(package).join("tests");
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_test =
            path.extension().is_some_and(|kind| kind == "rs") || path.join("main.rs").is_file();
        if let (true, Some(stem)) = (is_test, path.file_stem()) {
            found.push(stem.to_string_lossy().into_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_belongs_to_the_part_its_name_begins_with() {
        assert_eq!(part_of("db_runs"), Part::Db);
        assert_eq!(part_of("upstream_github"), Part::Upstream);
        assert_eq!(part_of("command_line"), Part::Unit);
    }
}
