//! Redis, for the tests of what several servers share.

use super::packages;
use crate::sh::{self, Done, TaskError};

/// Installs it where it is missing.
pub fn ensure() -> Done {
    if sh::find("redis-server").is_some() {
        return Ok(());
    }
    sh::say("Installing Redis");
    packages::install(&packages::Names {
        apt: &["redis-server"],
        dnf: &["redis"],
        brew: &["redis"],
    })?;
    sh::find("redis-server").map(drop).ok_or_else(|| {
        TaskError::Missing(
            "Redis is needed and could not be installed from here: install redis-server."
                .to_owned(),
        )
    })
}
