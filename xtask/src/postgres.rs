//! Finding or installing Postgres, and a throw-away cluster for recording queries.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::setup::packages;
use crate::sh::{self, Done, TaskError};

/// Where packages put the server's programs, which seldom are in PATH.
const PLACES: [&str; 6] = [
    "/usr/lib/postgresql",
    "/usr",
    "/opt/homebrew/opt",
    "/usr/local/opt",
    "/opt/homebrew/Cellar",
    "/Library/PostgreSQL",
];

/// The folder with `initdb` and `postgres`.
pub fn bin_dir() -> Option<PathBuf> {
    let complete =
        |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    let in_path = std::env::var_os("PATH")
        .and_then(|path| std::env::split_paths(&path).find(|folder| complete(folder)));
    let told = || {
        sh::ask("pg_config", &["--bindir"])
            .map(PathBuf::from)
            .filter(complete)
    };
    in_path.or_else(told).or_else(|| {
        let mut found: Vec<PathBuf> = PLACES
            .iter()
            .flat_map(|place| fs::read_dir(place).into_iter().flatten().flatten())
            .map(|entry| entry.path().join("bin"))
            .filter(complete)
            .collect();
        // The newest version last; names differ in the number only.
        found.sort_by_key(|folder| (version_in(folder), folder.clone()));
        found.pop()
    })
}

/// Installs Postgres where the machine's package manager can do it unasked.
pub fn ensure_installed() -> Done {
    if bin_dir().is_some() || std::env::var_os("DATABASE_URL").is_some() {
        return Ok(());
    }
    sh::say("Installing Postgres");
    let names = packages::Names {
        apt: &["postgresql"],
        dnf: &["postgresql-server"],
        brew: &["postgresql@17"],
    };
    packages::install(&names)?;
    bin_dir().map(drop).ok_or_else(|| {
        TaskError::Missing(
            "Postgres is needed and could not be installed from here: install the package \
             `postgresql`, or set DATABASE_URL to a database of yours."
                .to_owned(),
        )
    })
}

/// Sends a signal by name.
pub fn signal(name: &str, process: u32) -> Done {
    sh::run(
        Command::new("kill")
            .arg(format!("-{name}"))
            .arg(process.to_string()),
    )
}

/// The first number in a path, as packages name folders after versions.
fn version_in(folder: &Path) -> u32 {
    let text = folder.to_string_lossy();
    let digits: String = text
        .chars()
        .skip_while(|letter| !letter.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap_or_default()
}

/// A cluster that lives as long as this value, reachable through its folder only.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    bin: PathBuf,
    server: Child,
}

impl Cluster {
    /// Makes and starts one, as another user when this runs as root, because Postgres refuses root.
    pub fn start() -> Done<Self> {
        ensure_installed()?;
        let bin = bin_dir().ok_or_else(|| TaskError::Missing("Postgres is missing".to_owned()))?;
        // A short path: a Unix socket's must stay under 107 bytes.
        let folder = PathBuf::from(format!("/tmp/xtask-pg-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(sh::at(&folder))?;
        let user = unprivileged_user();
        if let Some(user) = user {
            sh::run(Command::new("chown").arg(user).arg(&folder))?;
        }
        let data = folder.join("data");
        sh::run(
            as_user(user, &bin.join("initdb"))
                .args([
                    "--username=app",
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--no-locale",
                ])
                .args(["--no-sync", "--pgdata"])
                .arg(&data)
                .current_dir("/")
                .stdout(Stdio::null()),
        )?;
        let mut command = as_user(user, &bin.join("postgres"));
        command
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(&folder)
            .args([
                "-c",
                "listen_addresses=",
                "-c",
                "fsync=off",
                "-c",
                "log_min_messages=fatal",
            ])
            .current_dir("/")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let server = command.spawn().map_err(sh::start(&command))?;
        let cluster = Self {
            folder,
            bin,
            server,
        };
        cluster.wait()?;
        Ok(cluster)
    }

    /// The address for sqlx and for psql.
    pub fn url(&self) -> String {
        format!(
            "postgres://app@localhost/postgres?host={}",
            self.folder.display()
        )
    }

    /// Applies one file of SQL as one transaction.
    pub fn apply(&self, file: &Path) -> Done {
        let text = fs::File::open(file).map_err(sh::at(file))?;
        // Read here and handed over: psql need not be allowed to see the tree.
        sh::run(
            self.psql()
                .args([
                    "--quiet",
                    "--single-transaction",
                    "-v",
                    "ON_ERROR_STOP=1",
                    "-f",
                    "-",
                ])
                .env("PGOPTIONS", "-c client_min_messages=warning")
                .stdin(text),
        )
    }

    fn psql(&self) -> Command {
        let beside = self.bin.join("psql");
        let program = if beside.is_file() {
            beside
        } else {
            PathBuf::from("psql")
        };
        let mut command = Command::new(program);
        command.args([
            "--no-psqlrc",
            "--username=app",
            "--dbname=postgres",
            "--host",
        ]);
        command.arg(&self.folder);
        command
    }

    fn wait(&self) -> Done {
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_secs(20) {
            let answer = self.psql().args(["-c", "select 1"]).output();
            if answer.is_ok_and(|output| output.status.success()) {
                return Ok(());
            }
            sleep(Duration::from_millis(50));
        }
        Err(TaskError::Failed(
            "starting a temporary Postgres".to_owned(),
        ))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Nothing in it is kept: what fails here leaves a folder in /tmp and no more.
        // The number Postgres writes down is its own, whatever it was started through.
        let noted = fs::read_to_string(self.folder.join("data/postmaster.pid")).ok();
        let own = noted.and_then(|text| text.lines().next()?.trim().parse().ok());
        if signal("INT", own.unwrap_or(self.server.id())).is_ok() {
            let _ = self.server.wait();
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The user to be instead of root.
fn unprivileged_user() -> Option<&'static str> {
    if !sh::is_root() {
        return None;
    }
    ["postgres", "nobody"]
        .into_iter()
        .find(|user| sh::ask("id", &["-u", user]).is_some())
}

fn as_user(user: Option<&str>, program: &Path) -> Command {
    let Some(user) = user else {
        return Command::new(program);
    };
    let group = sh::ask("id", &["-gn", user]).unwrap_or_else(|| user.to_owned());
    let mut command = Command::new("setpriv");
    command.args(["--reuid", user, "--regid", &group, "--clear-groups"]);
    command.arg(program);
    command
}
