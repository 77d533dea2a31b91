//! The private Postgres: found on the machine, kept in the data directory, on a Unix socket, run
//! as an ordinary user even when the program is root, taken over when a crash left it running.

mod binaries;
mod user;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection};
use thiserror::Error;

pub use binaries::Binaries;
use user::RunAs;

/// The database inside the private cluster.
const DATABASE: &str = "llmployable";
/// The role that owns it.
const ROLE: &str = "app";

/// Why there is no private Postgres. Each says what to do.
#[derive(Debug, Error)]
pub enum ClusterError {
    /// No Postgres on this machine.
    #[error(
        "Postgres was not found. Install it (Debian: apt-get install postgresql, Fedora: dnf install postgresql-server, macOS: brew install postgresql@16) or set DATABASE_URL."
    )]
    NotFound,
    /// It refuses to run as root and there is no other user.
    #[error(
        "Postgres refuses to run as root and no other user was found. Start the program as an ordinary user or set DATABASE_URL."
    )]
    NoUser,
    /// The data directory cannot be used.
    #[error(
        "The data directory {path} cannot be used ({reason}). Choose another with LLMPLOYABLE_DATA_DIR."
    )]
    Directory {
        /// Which.
        path: String,
        /// Why, in the system's words.
        reason: String,
    },
    /// The cluster was made by another version of Postgres.
    #[error(
        "The data directory was made by Postgres {found}, but only Postgres {here} is installed. Install version {found} or move the data with pg_dump."
    )]
    Version {
        /// The cluster's.
        found: String,
        /// The machine's.
        here: String,
    },
    /// A Postgres program failed.
    #[error("{program} failed: {reason}")]
    Program {
        /// Which.
        program: &'static str,
        /// Its last line.
        reason: String,
    },
    /// It was started but does not answer.
    #[error("Postgres was started but does not answer. Its log is {log}.")]
    Silent {
        /// Where its log is.
        log: String,
    },
}

/// A running private Postgres. Dropping it leaves it running; [`Cluster::stop`] ends it when no
/// other program uses it.
#[derive(Debug)]
pub struct Cluster {
    binaries: Binaries,
    run_as: RunAs,
    data: PathBuf,
    socket: PathBuf,
    locks: PathBuf,
    /// Held (shared) while this program uses the cluster: the last one to leave stops it.
    in_use: File,
}

impl Cluster {
    /// Starts the cluster of a data directory, making it when there is none, or takes over the one
    /// that is running there. Blocking: call it from a thread that may wait.
    ///
    /// # Errors
    /// One of [`ClusterError`], each with what to do.
    pub fn start(data_dir: &Path) -> Result<Self, ClusterError> {
        let binaries = Binaries::find().ok_or(ClusterError::NotFound)?;
        let run_as = RunAs::choose().ok_or(ClusterError::NoUser)?;
        let root = run_as.cluster_root(data_dir)?;
        let data = root.join("data");
        let socket = run_as.socket_dir(&root)?;
        let _starting = lock(&data_dir.join("postgres-start.lock"), File::lock)?;
        let in_use = lock(&data_dir.join("postgres-use.lock"), File::lock_shared)?;
        let locks = data_dir.to_path_buf();
        let cluster = Self {
            binaries,
            run_as,
            data,
            socket,
            locks,
            in_use,
        };
        cluster.check_version()?;
        if !cluster.data.join("PG_VERSION").exists() {
            cluster.init()?;
        }
        if !cluster.is_running() {
            cluster.launch()?;
        }
        Ok(cluster)
    }

    /// How to reach its database.
    pub fn options(&self) -> PgConnectOptions {
        self.options_for(DATABASE)
    }

    fn options_for(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.socket)
            .username(ROLE)
            .database(database)
            .disable_statement_logging()
    }

    /// Its address in the form of `DATABASE_URL`.
    pub fn url(&self) -> String {
        format!(
            "postgres://{ROLE}@localhost/{DATABASE}?host={}",
            self.socket.display()
        )
    }

    /// Waits until it answers and has the program's database.
    ///
    /// # Errors
    /// When it stays silent for 20 seconds.
    pub async fn prepare(&self) -> Result<(), ClusterError> {
        let silent = || ClusterError::Silent {
            log: self.data.join("server.log").display().to_string(),
        };
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(20))
            .connect_lazy_with(self.options_for("postgres"));
        let mut connection = pool.acquire().await.map_err(|_| silent())?;
        let exists: bool =
            sqlx::query_scalar("select exists (select 1 from pg_database where datname = $1)")
                .bind(DATABASE)
                .fetch_one(&mut *connection)
                .await
                .map_err(|_| silent())?;
        if !exists {
            // Two programs at once: the loser's error is the winner's database.
            let made = sqlx::query("create database llmployable")
                .execute(&mut *connection)
                .await;
            if made.is_err() {
                let reached = sqlx::PgConnection::connect_with(&self.options()).await;
                reached.map_err(|_| silent())?;
            }
        }
        Ok(())
    }

    /// Ends it, unless another program uses it too: connections are cut, everything is written.
    ///
    /// # Errors
    /// When Postgres does not stop in 30 seconds.
    pub fn stop(&self) -> Result<(), ClusterError> {
        let _stopping = lock(&self.locks.join("postgres-start.lock"), File::lock)?;
        self.in_use
            .unlock()
            .map_err(|error| failed("unlock", &error.to_string()))?;
        if self.in_use.try_lock().is_err() {
            return Ok(());
        }
        let mut command = self.run_as.command(&self.binaries.pg_ctl());
        command
            .arg("stop")
            .arg("-D")
            .arg(&self.data)
            .args(["-m", "fast", "-w", "-t", "30"]);
        let stopped = run("pg_ctl stop", &mut command);
        // Whoever starts next must not wait for us.
        let unlocked = self.in_use.unlock();
        stopped?;
        unlocked.map_err(|error| failed("unlock", &error.to_string()))
    }

    /// Where its data are, for messages.
    pub fn data(&self) -> &Path {
        &self.data
    }

    fn check_version(&self) -> Result<(), ClusterError> {
        let Ok(found) = std::fs::read_to_string(self.data.join("PG_VERSION")) else {
            return Ok(());
        };
        let found = found.trim().to_owned();
        let here = self.binaries.major().unwrap_or_default();
        if found == here {
            Ok(())
        } else {
            Err(ClusterError::Version { found, here })
        }
    }

    fn init(&self) -> Result<(), ClusterError> {
        let mut command = self.run_as.command(&self.binaries.initdb());
        command
            .arg("-D")
            .arg(&self.data)
            .args(["-U", ROLE, "--auth-local=trust", "--auth-host=reject"])
            .args(["-E", "UTF8", "--locale=C", "--data-checksums"]);
        run("initdb", &mut command)
    }

    fn launch(&self) -> Result<(), ClusterError> {
        // A socket file of a machine that lost power would be in the way of nobody, but a stale
        // postmaster.pid is checked by Postgres itself.
        let options = format!(
            "-c listen_addresses= -c unix_socket_directories={} -c unix_socket_permissions=0700 \
             -c max_connections=60 -c shared_buffers=64MB -c log_min_messages=warning \
             -c log_statement=none -c log_min_duration_statement=-1 -c log_min_error_statement=panic",
            self.socket.display()
        );
        let mut command = self.run_as.command(&self.binaries.pg_ctl());
        command
            .arg("start")
            .arg("-D")
            .arg(&self.data)
            .arg("-l")
            .arg(self.data.join("server.log"))
            .args(["-w", "-t", "30", "-o"])
            .arg(options);
        run("pg_ctl start", &mut command)
    }

    fn is_running(&self) -> bool {
        let mut command = self.run_as.command(&self.binaries.pg_ctl());
        command.arg("status").arg("-D").arg(&self.data);
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|s| s.success())
    }
}

fn lock(path: &Path, how: fn(&File) -> std::io::Result<()>) -> Result<File, ClusterError> {
    let file = File::options().create(true).append(true).open(path);
    let locked = file.and_then(|file| how(&file).map(|()| file));
    locked.map_err(|error| ClusterError::Directory {
        path: path.display().to_string(),
        reason: error.to_string(),
    })
}

fn run(program: &'static str, command: &mut Command) -> Result<(), ClusterError> {
    // Postgres inherits what pg_ctl holds: with pipes for output we would wait for the server's end.
    let errors = tempfile::tempfile().map_err(|error| failed(program, &error.to_string()))?;
    let copy = errors
        .try_clone()
        .map_err(|error| failed(program, &error.to_string()))?;
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::from(copy))
        .status()
        .map_err(|error| failed(program, &error.to_string()))?;
    if status.success() {
        return Ok(());
    }
    Err(failed(program, &last_line(errors)))
}

fn last_line(mut file: File) -> String {
    use std::io::{Read, Seek};
    let mut text = String::new();
    let read = file.rewind().and_then(|()| file.read_to_string(&mut text));
    match read {
        Ok(_) => text
            .lines()
            .rev()
            .find(|line| !line.trim().is_empty())
            .unwrap_or("")
            .to_owned(),
        Err(_) => String::new(),
    }
}

fn failed(program: &'static str, reason: &str) -> ClusterError {
    ClusterError::Program {
        program,
        reason: reason.to_owned(),
    }
}
