//! Templates that a person added: folders `NAME/VERSION` with `template.toml` and `template.typ`.

mod pictures;

use std::io;
use std::path::Path;

use typeset::Catalog;

pub use pictures::{Pictures, picture};

/// Templates read of a folder at most.
const MAX_TEMPLATES: usize = 200;
/// Bytes read of a file at most; what is larger is refused by the catalog.
const MAX_BYTES: u64 = 128 * 1024;

/// What a folder gave.
#[derive(Debug, Default)]
pub struct Added {
    /// How many templates, each version counted.
    pub templates: usize,
    /// What could not be used, and why.
    pub problems: Vec<String>,
}

/// Adds all templates below a folder to a catalog. One that cannot be used keeps no other away.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn add_folder(catalog: &mut Catalog, folder: &Path) -> io::Result<Added> {
    let mut added = Added::default();
    let mut names: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    names.sort_by_key(std::fs::DirEntry::file_name);
    for name in names.into_iter().filter(|entry| entry.path().is_dir()) {
        let mut versions: Vec<_> = std::fs::read_dir(name.path())?.collect::<Result<_, _>>()?;
        versions.sort_by_key(std::fs::DirEntry::file_name);
        let name = name.file_name().to_string_lossy().into_owned();
        for version in versions {
            let number = version.file_name().to_string_lossy().parse::<u32>();
            let Ok(number) = number else { continue };
            if added.templates + added.problems.len() >= MAX_TEMPLATES {
                added
                    .problems
                    .push(format!("there are more than {MAX_TEMPLATES} templates"));
                return Ok(added);
            }
            let read = read(&version.path().join("template.toml"))
                .and_then(|manifest| Ok((manifest, read(&version.path().join("template.typ"))?)));
            let outcome = match read {
                Ok((manifest, source)) => catalog
                    .add(&name, number, &manifest, source)
                    .map_err(|error| error.to_string()),
                Err(error) => Err(format!(
                    "the template \"{name}\" version {number} cannot be read: {}",
                    error.kind()
                )),
            };
            match outcome {
                Ok(()) => added.templates += 1,
                Err(problem) => added.problems.push(problem),
            }
        }
    }
    Ok(added)
}

fn read(path: &Path) -> io::Result<String> {
    if std::fs::metadata(path)?.len() > MAX_BYTES {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    std::fs::read_to_string(path)
}
