//! As whom Postgres runs: ourselves, or an ordinary user when we are root.

use std::ffi::OsStr;
use std::fs::{DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::ClusterError;
use career::ContentHash;

/// Longest path of a Unix socket that all systems take, in bytes.
const SOCKET_PATH_MAX: usize = 103;

/// Whom to run as.
#[derive(Debug, Clone)]
pub(super) enum RunAs {
    /// As we are.
    Ourselves,
    /// Drop from root to this user.
    Other {
        /// User id.
        uid: u32,
        /// Group id.
        gid: u32,
    },
}

impl RunAs {
    /// Ourselves unless we are root; then the user `postgres`, else `nobody`.
    pub(super) fn choose() -> Option<Self> {
        if !rustix::process::geteuid().is_root() {
            return Some(Self::Ourselves);
        }
        let users = std::fs::read_to_string("/etc/passwd").ok()?;
        ["postgres", "nobody"].iter().find_map(|name| {
            let line = users
                .lines()
                .find(|line| line.split(':').next() == Some(name))?;
            let mut fields = line.split(':').skip(2);
            let uid = fields.next()?.parse().ok()?;
            let gid = fields.next()?.parse().ok()?;
            (uid != 0).then_some(Self::Other { uid, gid })
        })
    }

    /// A command that runs as that user, with nothing of our environment but what Postgres needs.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("LC_ALL", "C")
            .env("TZ", "UTC")
            .current_dir("/");
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        // A group of its own: Ctrl-C in the terminal is for us; we stop Postgres in order.
        command.process_group(0);
        if let Self::Other { uid, gid } = self {
            command.uid(*uid).gid(*gid);
        }
        command
    }

    /// The folder that holds the cluster: inside the data directory where the user can reach it,
    /// else beside the system's variable data (a data directory under root's home is closed to
    /// everyone else).
    pub(super) fn cluster_root(&self, data_dir: &Path) -> Result<PathBuf, ClusterError> {
        make(data_dir, 0o755).map_err(|error| unusable(data_dir, &error))?;
        let data_dir =
            std::fs::canonicalize(data_dir).map_err(|error| unusable(data_dir, &error))?;
        let root = if self.reaches(&data_dir) {
            data_dir.join("postgres")
        } else {
            let name = ContentHash::of(data_dir.as_os_str().as_encoded_bytes());
            Path::new("/var/lib/llmployable").join(name.short(12))
        };
        make(&root, 0o755).map_err(|error| unusable(&root, &error))?;
        if let Self::Other { uid, gid } = self {
            chown(&root, Some(*uid), Some(*gid)).map_err(|error| unusable(&root, &error))?;
        }
        let closed = Permissions::from_mode(0o700);
        std::fs::set_permissions(&root, closed).map_err(|error| unusable(&root, &error))?;
        Ok(root)
    }

    /// A folder for the socket whose path is short enough.
    pub(super) fn socket_dir(&self, root: &Path) -> Result<PathBuf, ClusterError> {
        const NAME: &str = "/.s.PGSQL.5432.lock";
        if root.as_os_str().len() + NAME.len() <= SOCKET_PATH_MAX {
            return Ok(root.to_path_buf());
        }
        let hash = ContentHash::of(root.as_os_str().as_encoded_bytes());
        let folder = std::env::temp_dir().join(format!("llmployable-{}", hash.short(12)));
        make(&folder, 0o700).map_err(|error| unusable(&folder, &error))?;
        if let Self::Other { uid, gid } = self {
            chown(&folder, Some(*uid), Some(*gid)).map_err(|error| unusable(&folder, &error))?;
        }
        Ok(folder)
    }

    fn reaches(&self, folder: &Path) -> bool {
        let Self::Other { uid, gid } = self else {
            return true;
        };
        Command::new("/bin/sh")
            .args([
                OsStr::new("-c"),
                OsStr::new("cd \"$0\""),
                folder.as_os_str(),
            ])
            .env_clear()
            .current_dir("/")
            .uid(*uid)
            .gid(*gid)
            .stderr(std::process::Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }
}

fn make(folder: &Path, mode: u32) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(mode).create(folder)
}

fn unusable(path: &Path, error: &std::io::Error) -> ClusterError {
    ClusterError::Directory {
        path: path.display().to_string(),
        reason: error.to_string(),
    }
}
