//! What every source file keeps to: it says first what it is for, it stays short, and it does no IO
//! where none belongs.

use std::fs;
use std::path::{Path, PathBuf};

use crate::project::Project;
use crate::sh::{self, Done, TaskError};

/// Longer files hold more than one thing; tests may be long.
const LONGEST: usize = 500;

/// The crates that only compute, and what of the standard library would reach out of them.
const PURE: [&str; 3] = [
    "crates/career/src",
    "crates/intake/src",
    "crates/tailor/src",
];
const REACHES_OUT: [&str; 5] = ["std::fs", "std::net", "std::process", "std::env", "std::os"];

/// Checks every Rust file that git knows or would take up.
pub fn check(project: &Project) -> Done {
    let listed = sh::read(&mut project.command(
        "git",
        &[
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "--",
            "*.rs",
        ],
    ))?;
    let mut found = Vec::new();
    for name in listed.lines() {
        let file: PathBuf = project.path(name);
        // Listed and already deleted.
        let Ok(text) = fs::read_to_string(&file) else {
            continue;
        };
        found.extend(complaint(Path::new(name), &text));
    }
    if found.is_empty() {
        return Ok(());
    }
    Err(TaskError::Found(found.join("; ")))
}

fn complaint(name: &Path, text: &str) -> Option<String> {
    if !text.starts_with("//") {
        return Some(format!(
            "{}: the first line does not say what it is for",
            name.display()
        ));
    }
    let lines = counted(text);
    let is_test = name.components().any(|part| part.as_os_str() == "tests")
        || name.file_stem().is_some_and(|stem| stem == "tests");
    if lines > LONGEST && !is_test {
        return Some(format!(
            "{}: {lines} lines, at most {LONGEST}",
            name.display()
        ));
    }
    let io = reaching_out(name, text)?;
    Some(format!(
        "{}: {io} in a crate that only computes",
        name.display()
    ))
}

/// What a pure crate's source uses of the world, its own tests aside.
fn reaching_out(name: &Path, text: &str) -> Option<&'static str> {
    if !PURE.iter().any(|folder| name.starts_with(folder)) {
        return None;
    }
    let code = || {
        let lines = text.lines().take(counted(text));
        lines.filter(|line| !line.trim_start().starts_with("//"))
    };
    REACHES_OUT
        .into_iter()
        .find(|io| code().any(|line| line.contains(io)))
}

/// The lines up to a test module at the end.
fn counted(text: &str) -> usize {
    let tests = text.lines().position(|line| line == "#[cfg(test)]");
    tests.unwrap_or_else(|| text.lines().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_first_what_it_is_for() {
        assert!(complaint(Path::new("a/src/b.rs"), "use std::fs;\n").is_some());
        assert_eq!(
            complaint(Path::new("a/src/b.rs"), "//! Reads.\nuse std::fs;\n"),
            None
        );
    }

    #[test]
    fn a_long_file_is_named_unless_its_length_is_tests() {
        let long = format!("//! Long.\n{}", "fn f() {}\n".repeat(LONGEST));
        assert!(complaint(Path::new("a/src/b.rs"), &long).is_some());
        assert_eq!(complaint(Path::new("a/tests/b.rs"), &long), None);
        let tested = format!("//! Short.\n#[cfg(test)]\n{long}");
        assert_eq!(complaint(Path::new("a/src/b.rs"), &tested), None);
    }

    #[test]
    fn a_pure_crate_may_read_files_in_its_tests_only() {
        let text = "//! Reads.\nuse std::fs;\n";
        assert!(complaint(Path::new("crates/intake/src/read.rs"), text).is_some());
        assert_eq!(
            complaint(Path::new("crates/backend/src/read.rs"), text),
            None
        );
        assert_eq!(
            complaint(Path::new("crates/intake/tests/read.rs"), text),
            None
        );
        let tested = "//! Pure.\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
        assert_eq!(
            complaint(Path::new("crates/intake/src/read.rs"), tested),
            None
        );
    }
}
