//! The package managers of the systems this runs on.

use crate::sh::{self, Done};

/// One thing, as each package manager calls it.
#[derive(Debug)]
pub struct Names {
    /// Debian and Ubuntu.
    pub apt: &'static [&'static str],
    /// Fedora and its relatives.
    pub dnf: &'static [&'static str],
    /// Homebrew.
    pub brew: &'static [&'static str],
}

/// Installs packages where that is possible without asking anybody; does nothing where it is not.
pub fn install(names: &Names) -> Done {
    if sh::find("apt-get").is_some() {
        let Some(mut update) = sh::privileged("apt-get") else {
            return Ok(());
        };
        sh::run(update.args(["update", "--quiet=2"]))?;
        let Some(mut install) = sh::privileged("apt-get") else {
            return Ok(());
        };
        install.args(["install", "--yes", "--quiet=2", "--no-install-recommends"]);
        install.env("DEBIAN_FRONTEND", "noninteractive");
        return sh::run(install.args(names.apt));
    }
    if sh::find("dnf").is_some() {
        let Some(mut install) = sh::privileged("dnf") else {
            return Ok(());
        };
        return sh::run(
            install
                .args(["install", "--assumeyes", "--quiet"])
                .args(names.dnf),
        );
    }
    if let Some(brew) = sh::find("brew") {
        return sh::run(
            std::process::Command::new(brew)
                .arg("install")
                .args(names.brew),
        );
    }
    Ok(())
}
