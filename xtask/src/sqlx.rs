//! `sqlx`: records what a real database says about each query, so that a build needs none.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::postgres::Cluster;
use crate::project::Project;
use crate::sh::{self, Done, TaskError};

/// Records into `.sqlx`, or only compares.
pub fn record(project: &Project, check: bool) -> Done {
    sh::say("Starting a temporary Postgres");
    let cluster = Cluster::start()?;
    migrate(project, &cluster)?;

    sh::say("Asking it about every query");
    let fresh = project.target.join("sqlx-recorded");
    empty(&fresh)?;
    expand_again(project)?;
    sh::run(
        project
            // All that is built by default: a part alone would build its dependencies anew with
            // other features.
            .cargo(&["check", "--all-targets"])
            .env("SQLX_OFFLINE", "false")
            .env("DATABASE_URL", cluster.url())
            .env("SQLX_OFFLINE_DIR", &fresh),
    )?;
    // What was checked against a database that is gone must not be taken for checked against the records.
    expand_again(project)?;

    let recorded = project.path(".sqlx");
    let (new, old) = (contents(&fresh)?, contents(&recorded)?);
    if check {
        return compare(&new, &old);
    }
    if new != old {
        empty(&recorded)?;
        for (name, bytes) in &new {
            let file = recorded.join(name);
            fs::write(&file, bytes).map_err(sh::at(&file))?;
        }
    }
    println!("{} queries recorded", new.len());
    Ok(())
}

/// From the files, not by the built program: that one may be older than they are.
fn migrate(project: &Project, cluster: &Cluster) -> Done {
    sh::say("Applying the migrations");
    for file in migrations(&project.path("migrations"))? {
        cluster.apply(&file)?;
    }
    Ok(())
}

/// The files in the order of their numbers; a way back down is not one of them.
fn migrations(folder: &Path) -> Done<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(sh::at(folder))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|file| {
            let name = file.to_string_lossy();
            name.ends_with(".sql") && !name.ends_with(".down.sql")
        })
        .collect();
    files.sort();
    Ok(files)
}

/// Makes cargo expand the queries again: it does not know that they depend on a database.
fn expand_again(project: &Project) -> Done {
    let file = project.path("crates/backend/src/lib.rs");
    let touched = fs::File::options().append(true).open(&file);
    touched
        .and_then(|open| open.set_modified(SystemTime::now()))
        .map_err(sh::at(&file))
}

fn empty(folder: &Path) -> Done {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(sh::at(folder)(error));
        }
        _ => {}
    }
    fs::create_dir_all(folder).map_err(sh::at(folder))
}

type Records = BTreeMap<String, Vec<u8>>;

fn contents(folder: &Path) -> Done<Records> {
    let mut found = Records::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let bytes = fs::read(entry.path()).map_err(sh::at(&entry.path()))?;
        found.insert(entry.file_name().to_string_lossy().into_owned(), bytes);
    }
    Ok(found)
}

fn compare(new: &Records, old: &Records) -> Done {
    let missing = new
        .iter()
        .filter(|(name, bytes)| old.get(*name) != Some(bytes))
        .count();
    let stale = old.keys().filter(|name| !new.contains_key(*name)).count();
    if missing + stale == 0 {
        println!("{} queries, all recorded", new.len());
        return Ok(());
    }
    Err(TaskError::Found(format!(
        ".sqlx is out of date ({missing} queries missing or different, {stale} no longer asked): \
         run `cargo xtask sqlx`"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_that_miss_a_query_or_keep_an_old_one_are_out_of_date() {
        let one = Records::from([("query-1.json".to_owned(), b"{}".to_vec())]);
        assert!(compare(&one, &one).is_ok());
        assert!(compare(&one, &Records::new()).is_err());
        assert!(compare(&Records::new(), &one).is_err());
    }
}
