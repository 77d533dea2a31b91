//! What the template can see: itself, its data, the bundled fonts. Nothing else exists for it.

use std::fmt;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::error::TypesetError;
use crate::fonts::Fonts;
use crate::job::Job;
use crate::template;

/// Holds fonts and standard library; makes pages. One serves many jobs.
pub struct Typesetter {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Fonts,
    main: FileId,
    library_file: FileId,
    data: FileId,
    photo: FileId,
}

impl fmt::Debug for Typesetter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Typesetter").finish_non_exhaustive()
    }
}

impl Default for Typesetter {
    fn default() -> Self {
        Self::new()
    }
}

impl Typesetter {
    /// Reads the bundled fonts.
    pub fn new() -> Self {
        let (fonts, book) = Fonts::load();
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(book),
            fonts,
            main: file_id("main.typ"),
            library_file: file_id("library.typ"),
            data: file_id("sheet.json"),
            photo: file_id("photo"),
        }
    }

    /// A view of the world for one compile.
    pub(crate) fn desk(&self, job: &Job, data: Vec<u8>) -> Result<Desk<'_>, TypesetError> {
        let template = &job.template;
        let library = template::library(template.manifest.library).ok_or_else(|| {
            TypesetError::UnknownTemplate {
                name: template.name.clone(),
            }
        })?;
        let source = if job.letter.is_empty() || template.manifest.letter {
            template.source.as_ref()
        } else {
            template::plain_letter(template.manifest.library).unwrap_or(&template.source)
        };
        Ok(Desk {
            typesetter: self,
            source: Source::new(self.main, source.to_owned()),
            library: Source::new(self.library_file, library.to_owned()),
            data: Bytes::new(data),
            photo: job
                .photo
                .as_ref()
                .map(|photo| Bytes::new(photo.bytes().to_vec())),
        })
    }
}

fn file_id(name: &str) -> FileId {
    let Ok(path) = VirtualPath::new(name) else {
        unreachable!("a plain file name is a path");
    };
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

/// The template's world during one compile.
pub(crate) struct Desk<'a> {
    typesetter: &'a Typesetter,
    source: Source,
    library: Source,
    data: Bytes,
    photo: Option<Bytes>,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.typesetter.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.typesetter.book
    }

    fn main(&self) -> FileId {
        self.typesetter.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.typesetter.main {
            Ok(self.source.clone())
        } else if id == self.typesetter.library_file {
            Ok(self.library.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match &self.photo {
            _ if id == self.typesetter.data => Ok(self.data.clone()),
            Some(photo) if id == self.typesetter.photo => Ok(photo.clone()),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.typesetter.fonts.get(index)
    }

    /// No clock: the same job gives the same bytes on every day.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
