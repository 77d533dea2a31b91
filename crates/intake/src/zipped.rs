//! Files out of a ZIP container, unpacked within limits. What the container says about itself is
//! not trusted: sizes are counted while unpacking, and nothing is written anywhere.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::IntakeError;

const MAX_ENTRIES: usize = 2_000;
const MAX_FILE_MIB: u64 = 16;
/// What all files that are read may unpack to.
const MAX_TOTAL_MIB: u64 = 64;

/// An opened container.
pub(crate) struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Container<'a> {
    /// Opens a container.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, IntakeError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(refusal)?;
        if archive.len() > MAX_ENTRIES {
            return Err(IntakeError::ArchiveTooManyFiles { limit: MAX_ENTRIES });
        }
        Ok(Self {
            archive,
            left: MAX_TOTAL_MIB << 20,
        })
    }

    /// Whether it holds a file of that path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.archive.index_for_name(path).is_some()
    }

    /// The paths of the files whose path fits, sorted.
    pub(crate) fn paths(&self, fits: fn(&str) -> bool) -> Vec<String> {
        let mut paths: Vec<String> = self
            .archive
            .file_names()
            .filter_map(Result::ok)
            .filter(|path| fits(path))
            .map(|path| path.to_string())
            .collect();
        paths.sort();
        paths
    }

    /// The text of a file; `None` when there is none of that path.
    pub(crate) fn text(&mut self, path: &str) -> Result<Option<String>, IntakeError> {
        if !self.has(path) {
            return Ok(None);
        }
        let file = self.archive.by_name(path).map_err(refusal)?;
        let limit = self.left.min(MAX_FILE_MIB << 20);
        let mut content = Vec::new();
        file.take(limit + 1)
            .read_to_end(&mut content)
            .map_err(|_| IntakeError::ArchiveDamaged)?;
        let length = content.len() as u64;
        self.left = self
            .left
            .checked_sub(length)
            .filter(|_| length <= limit)
            .ok_or(IntakeError::ArchiveTooLarge {
                limit_mib: MAX_FILE_MIB,
            })?;
        Ok(Some(crate::decode::lenient(&content).into_owned()))
    }
}

/// Why a container cannot be read.
pub(crate) fn refusal(error: ZipError) -> IntakeError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            IntakeError::ArchiveLocked
        }
        _ => IntakeError::ArchiveDamaged,
    }
}
