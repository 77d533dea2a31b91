//! Where Postgres' programs are on this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder with `initdb`, `pg_ctl` and `postgres`.
#[derive(Debug, Clone)]
pub struct Binaries {
    folder: PathBuf,
}

impl Binaries {
    /// Looks in PATH, at `pg_config --bindir`, and where Debian, Fedora and Homebrew put them; the
    /// newest version where there are several.
    pub fn find() -> Option<Self> {
        Self::candidates()
            .into_iter()
            .map(|folder| std::fs::canonicalize(&folder).unwrap_or(folder))
            .find(|folder| is_complete(folder))
            .map(|folder| Self { folder })
    }

    fn candidates() -> Vec<PathBuf> {
        let mut folders: Vec<PathBuf> = Vec::new();
        if let Some(path) = std::env::var_os("PATH") {
            for folder in std::env::split_paths(&path) {
                // A link in PATH leads to the folder where its companions are.
                if let Ok(real) = std::fs::canonicalize(folder.join("pg_ctl")) {
                    folders.extend(real.parent().map(Path::to_path_buf));
                }
                folders.push(folder);
            }
        }
        if let Ok(answer) = Command::new("pg_config").arg("--bindir").output() {
            let folder = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
            if !folder.is_empty() {
                folders.push(PathBuf::from(folder));
            }
        }
        folders.extend(versioned("/usr/lib/postgresql", "", "bin"));
        folders.extend(versioned("/usr", "pgsql-", "bin"));
        folders.push(PathBuf::from("/usr/lib/postgresql/bin"));
        for brew in [
            "/opt/homebrew/opt",
            "/usr/local/opt",
            "/home/linuxbrew/.linuxbrew/opt",
        ] {
            folders.extend(versioned(brew, "postgresql@", "bin"));
            folders.push(Path::new(brew).join("postgresql/bin"));
        }
        folders
    }

    /// `initdb`.
    pub fn initdb(&self) -> PathBuf {
        self.folder.join("initdb")
    }

    /// `pg_ctl`.
    pub fn pg_ctl(&self) -> PathBuf {
        self.folder.join("pg_ctl")
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The major version, as the data directory's `PG_VERSION` has it: `15`.
    pub fn major(&self) -> Option<String> {
        let answer = Command::new(self.folder.join("postgres"))
            .arg("--version")
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&answer.stdout).into_owned();
        let version = text
            .split_whitespace()
            .find(|word| word.starts_with(char::is_numeric))?;
        Some(version.split('.').next().unwrap_or(version).to_owned())
    }
}

fn is_complete(folder: &Path) -> bool {
    ["initdb", "pg_ctl", "postgres"]
        .iter()
        .all(|program| folder.join(program).is_file())
}

/// `PARENT/PREFIX<number>/CHILD` for every number there, the highest first.
fn versioned(parent: &str, prefix: &str, child: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(parent) else {
        return Vec::new();
    };
    let mut found: Vec<(u32, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let number = name.strip_prefix(prefix)?.parse().ok()?;
            Some((number, entry.path().join(child)))
        })
        .collect();
    found.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    found.into_iter().map(|(_, path)| path).collect()
}
