//! What the template can see: itself, its data, the bundled fonts. Nothing else exists for it.

use std::fmt;
use std::sync::{Mutex, PoisonError};

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

/// How many parsed files are kept: the built-in templates, the library and some more.
const KEPT_SOURCES: usize = 16;

/// Holds fonts and standard library; makes pages. One serves many jobs.
pub struct Typesetter {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Fonts,
    main: FileId,
    library_file: FileId,
    data: FileId,
    photo: FileId,
    /// Templates that were used, parsed; the last one used stands last.
    sources: Mutex<Vec<Source>>,
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
            sources: Mutex::new(Vec::new()),
        }
    }

    /// The file parsed, or as it was parsed for an earlier job: parsing a template and hashing its tree takes
    /// a tenth of a page's time.
    fn source(&self, id: FileId, text: &str) -> Source {
        let mut kept = self.sources.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept
            .iter()
            .position(|source| source.id() == id && source.text() == text);
        let source = match known {
            Some(place) => kept.remove(place),
            None => Source::new(id, text.to_owned()),
        };
        if kept.len() == KEPT_SOURCES {
            kept.remove(0);
        }
        kept.push(source.clone());
        source
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
            source: self.source(self.main, source),
            library: self.source(self.library_file, library),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_parsed_once_and_only_so_many_are_kept() {
        let typesetter = Typesetter::new();
        let file = typesetter.main;
        for number in 0..2 * KEPT_SOURCES {
            let text = format!("= {number}");
            assert_eq!(typesetter.source(file, &text).text(), text);
            assert_eq!(typesetter.source(file, "often").text(), "often");
            assert_eq!(
                typesetter.source(typesetter.library_file, &text).id(),
                typesetter.library_file
            );
        }
        let kept = typesetter.sources.lock().unwrap();
        assert_eq!(kept.len(), KEPT_SOURCES);
        let often = kept.iter().filter(|source| source.text() == "often");
        assert_eq!(often.count(), 1);
    }
}
