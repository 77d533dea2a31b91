//! Which crates may not stand in which dependency tree.

use crate::project::Project;
use crate::sh::{self, Done, TaskError};

/// One rule: this package, built for this target, without these crates.
struct Rule {
    package: &'static str,
    target: Option<&'static str>,
    without: &'static [&'static str],
}

/// What talks to the world, and therefore stays out of the pure crates.
const WORLD: &[&str] = &[
    "backend",
    "tokio",
    "async-std",
    "smol",
    "sqlx",
    "sqlx-core",
    "reqwest",
    "hyper",
    "ureq",
    "axum",
    "awa",
    "socket2",
    "mio",
];

/// What only a server needs, and every browser would download.
const SERVER: &[&str] = &[
    "backend",
    "intake",
    "tailor",
    "typeset",
    "server",
    "sqlx",
    "sqlx-core",
    "tokio",
    "axum",
    "hyper",
    "reqwest",
    "typst",
    "leptos_axum",
    "moka",
    "rustls",
    "awa",
];

const RULES: [Rule; 4] = [
    Rule {
        package: "frontend",
        target: Some("wasm32-unknown-unknown"),
        without: SERVER,
    },
    Rule {
        package: "career",
        target: None,
        without: WORLD,
    },
    Rule {
        package: "intake",
        target: None,
        without: WORLD,
    },
    Rule {
        package: "tailor",
        target: None,
        without: WORLD,
    },
];

/// Looks at every tree and names each crate that should not be there.
pub fn check(project: &Project) -> Done {
    let mut found = Vec::new();
    for rule in &RULES {
        let mut tree =
            project.cargo(&["tree", "--edges=normal", "--prefix=none", "--format={lib}"]);
        tree.args(["--package", rule.package]);
        if let Some(target) = rule.target {
            tree.args(["--target", target]);
        }
        let text = sh::read(&mut tree)?;
        found.extend(
            intruders(&text, rule.without).map(|name| format!("{} holds {name}", rule.package)),
        );
    }
    if found.is_empty() {
        return Ok(());
    }
    found.sort();
    found.dedup();
    Err(TaskError::Found(found.join("; ")))
}

/// The forbidden crates in what `cargo tree` printed, one library a line.
fn intruders<'a>(tree: &'a str, without: &'a [&str]) -> impl Iterator<Item = &'a str> {
    let names = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    names.filter(|name| {
        without
            .iter()
            .any(|one| one.replace('-', "_") == name.replace('-', "_"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forbidden_crate_is_found_by_its_whole_name_only() {
        let tree = "career\nserde\ntokio_util\nasync_std\ntokio\n";
        let found: Vec<&str> = intruders(tree, &["tokio", "async-std"]).collect();
        assert_eq!(found, ["async_std", "tokio"]);
    }
}
