//! Remembers what a site was made from, so that nothing is made twice.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::error::SiteError;
use crate::{Job, pack};

/// Where the stamp lies in the finished site.
pub const FILE: &str = ".stamp";

/// A fingerprint of everything a job reads, this program included.
pub fn of(job: &Job) -> Result<String, SiteError> {
    let mut inputs: Vec<PathBuf> = vec![job.wasm.clone()];
    inputs.extend(std::env::current_exe());
    if let Some(styles) = job.style.parent() {
        inputs.extend(pack::files(styles)?);
    }
    inputs.extend(pack::files(&job.public)?);

    let mut hasher = DefaultHasher::new();
    (&job.name, &job.wasm_opt, job.compress).hash(&mut hasher);
    for file in inputs {
        file.hash(&mut hasher);
        std::fs::read(&file)
            .map_err(SiteError::at(&file))?
            .hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Whether the site in this folder was made from exactly these inputs.
pub fn matches(site: &Path, stamp: &str) -> bool {
    std::fs::read_to_string(site.join(FILE)).is_ok_and(|found| found == stamp)
}
