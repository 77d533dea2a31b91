//! Where things lie in this tree.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sh::{self, Done};

/// The name pages, packages and the binary go by.
pub const NAME: &str = "llmployable";

/// The tree this was started in.
#[derive(Debug)]
pub struct Project {
    /// The workspace's folder.
    pub root: PathBuf,
    /// Cargo's target folder; everything built or installed lies below it.
    pub target: PathBuf,
}

impl Project {
    /// Finds the workspace around the current folder.
    pub fn find() -> Done<Self> {
        let manifest = sh::read(Command::new("cargo").args([
            "locate-project",
            "--workspace",
            "--message-format=plain",
        ]))?;
        let root = Path::new(&manifest)
            .parent()
            .unwrap_or(Path::new("."))
            .to_owned();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// A file or folder of the tree.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// Where tools are installed that no package of the system brings.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// The folder a server is told to serve.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// A built binary.
    pub fn binary(&self, profile: &str, name: &str) -> PathBuf {
        let folder = if profile == "dev" { "debug" } else { profile };
        self.target
            .join(folder)
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// Cargo, called in the tree.
    pub fn cargo(&self, args: &[&str]) -> Command {
        self.command("cargo", args)
    }

    /// Any program, called in the tree.
    pub fn command(&self, program: &str, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(args).current_dir(&self.root);
        command
    }
}
