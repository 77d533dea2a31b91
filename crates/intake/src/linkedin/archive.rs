//! The files of the archive that are used, unpacked within limits.
//!
//! Nothing the archive says about itself is trusted: sizes are counted while unpacking, names only
//! choose among known files, and paths lead nowhere since nothing is written.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::IntakeError;
use crate::zipped::refusal;

const MAX_ENTRIES: usize = 2_000;
const MAX_FILE_MIB: u64 = 64;
const MAX_TOTAL_MIB: u64 = 128;

/// The files that are read, by what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileKind(usize);

/// What a file of the archive is called and how it is known.
struct Kind {
    /// Its short name.
    key: &'static str,
    /// Names the archives gave it over the years, in lower case with single spaces. The answers of
    /// the portability interface call it by one of them, too.
    names: &'static [&'static str],
    /// Columns of which one must stand in the header.
    columns: &'static [&'static str],
    /// Columns that together occur in no other file, for a file that came alone and renamed.
    telling: &'static [&'static str],
}

macro_rules! kinds {
    ($($key:literal: $names:expr, $columns:expr, $telling:expr;)*) => {
        const KINDS: &[Kind] = &[$(Kind {
            key: $key, names: &$names, columns: &$columns, telling: &$telling,
        }),*];
    };
}

kinds! {
    "profile": ["profile"], ["first name", "headline"], ["first name", "headline", "geo location"];
    "summary": ["profile summary"], ["profile summary", "summary"], ["profile summary"];
    "positions": ["positions"], ["company name", "title"], ["company name", "title", "started on"];
    "education": ["education"], ["school name", "degree name"], ["school name", "degree name"];
    "skills": ["skills"], ["name"], [];
    "languages": ["languages"], ["name"], ["name", "proficiency"];
    "certifications": ["certifications", "licenses and certifications"], ["name"],
        ["name", "authority"];
    "projects": ["projects"], ["title"], [];
    "publications": ["publications"], ["name"], ["name", "published on"];
    "patents": ["patents"], ["title", "name"], [];
    "honors": ["honors", "honors & awards", "honors and awards"], ["title"], ["title", "issued on"];
    "volunteering": ["volunteering", "volunteering experiences", "volunteer experiences"],
        ["company name", "role"], ["company name", "role"];
    "organizations": ["organizations"], ["name"], [];
    "courses": ["courses"], ["name"], [];
    "test scores": ["test scores", "testscores"], ["name"], ["name", "score"];
    "emails": ["email addresses"], ["email address"], ["email address", "primary"];
    "phones": ["phonenumbers", "phone numbers"], ["number"], ["extension", "number", "type"];
    "endorsements": ["endorsement received info", "endorsements received", "endorsements"],
        ["skill name"], ["skill name", "endorser first name"];
    "recommendations": ["recommendations received", "recommendations"], ["text"], [];
}

impl FileKind {
    fn of(base_name: &str) -> Option<Self> {
        let lower = base_name.to_lowercase();
        Self::named(lower.strip_suffix(".csv")?)
    }

    /// The kind of that name, however its words are parted.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase().replace(['_', '-'], " ");
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        KINDS
            .iter()
            .position(|kind| kind.names.contains(&name.as_str()))
            .map(Self)
    }

    /// The kind of a file that came alone: by its name when its header fits, else by its header.
    pub(super) fn of_single(base_name: &str, header: &[String]) -> Option<Self> {
        let has = |column: &&str| header.iter().any(|cell| cell == column);
        Self::of(base_name)
            .filter(|kind| kind.columns().iter().any(&has))
            .or_else(|| {
                let position = KINDS
                    .iter()
                    .position(|kind| !kind.telling.is_empty() && kind.telling.iter().all(&has));
                position.map(Self)
            })
    }

    /// Its short name.
    pub(super) fn key(self) -> &'static str {
        KINDS.get(self.0).map_or("", |kind| kind.key)
    }

    /// Columns of which one must stand in the header, lower case.
    pub(super) fn columns(self) -> &'static [&'static str] {
        KINDS.get(self.0).map_or(&[], |kind| kind.columns)
    }
}

/// A file that is used.
pub(super) struct ExportFile {
    /// Its name without folders.
    pub(super) name: String,
    /// What it holds.
    pub(super) kind: FileKind,
    /// Its content.
    pub(super) bytes: Vec<u8>,
}

/// Unpacks the files that are used.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<ExportFile>, IntakeError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(refusal)?;
    if archive.len() > MAX_ENTRIES {
        return Err(IntakeError::ArchiveTooManyFiles { limit: MAX_ENTRIES });
    }
    let mut chosen = choose(&archive);
    chosen.sort_by_key(|(depth, index, ..)| (*depth, *index));
    let mut files: Vec<ExportFile> = Vec::new();
    let mut left = MAX_TOTAL_MIB << 20;
    for (_, index, kind, name) in chosen {
        if files.iter().any(|file| file.kind == kind) {
            continue;
        }
        let file = archive.by_index(index).map_err(refusal)?;
        if file.is_symlink() || file.is_dir() {
            continue;
        }
        let limit = left.min(MAX_FILE_MIB << 20);
        let mut content = Vec::new();
        file.take(limit + 1)
            .read_to_end(&mut content)
            .map_err(|_| IntakeError::ArchiveDamaged)?;
        let length = content.len() as u64;
        if length > limit {
            return Err(IntakeError::ArchiveTooLarge {
                limit_mib: MAX_FILE_MIB,
            });
        }
        left -= length;
        files.push(ExportFile {
            name,
            kind,
            bytes: content,
        });
    }
    if files.is_empty() {
        return Err(IntakeError::NotAnExport);
    }
    Ok(files)
}

type Chosen = (usize, usize, FileKind, String);

fn choose(archive: &ZipArchive<Cursor<&[u8]>>) -> Vec<Chosen> {
    (0..archive.len())
        .filter_map(|index| {
            let name = archive.name_for_index(index)?.ok()?.replace('\\', "/");
            let parts: Vec<&str> = name.split('/').collect();
            let tricks = parts.iter().any(|part| {
                part.is_empty()
                    || part.starts_with('.')
                    || part.contains([':', '\0'])
                    || part.eq_ignore_ascii_case("__MACOSX")
            });
            let base = parts.last()?;
            let kind = FileKind::of(base).filter(|_| !tricks)?;
            Some((parts.len(), index, kind, (*base).to_owned()))
        })
        .collect()
}
