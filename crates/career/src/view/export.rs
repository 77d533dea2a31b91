//! Finished files: how they look, and what was found when they were read back.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::print::PrintOptions;
use crate::profile::SectionKind;

/// What a machine reads of a file, and whether all of it arrives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportReport {
    /// The template it was made with.
    pub template: String,
    /// The template that was asked for, where the safe one had to stand in.
    pub instead_of: Option<String>,
    /// Pages found.
    pub pages: u32,
    /// Lines looked for.
    pub lines: u32,
    /// Links looked for.
    pub links: u32,
    /// The standards the file keeps.
    pub standards: Vec<String>,
    /// The language it says it is in.
    pub language: Option<String>,
    /// Whether it says what its parts are.
    pub tagged: bool,
    /// The lines that gave way so that the pages stay within their number.
    #[serde(default)]
    pub left_out: Vec<String>,
    /// What is wrong; empty when everything arrives.
    pub faults: Vec<ExportFault>,
    /// What is wrong with the Word document of the same lines.
    #[serde(default)]
    pub word_faults: Vec<ExportFault>,
    /// Its text as a machine reads it, row by row.
    pub text: Vec<String>,
}

/// Something that does not arrive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportFault {
    /// What is wrong.
    pub kind: ExportFaultKind,
    /// The words concerned.
    pub text: String,
}

/// What may be wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportFaultKind {
    /// A line is not there, or not in its own words.
    Missing,
    /// A line stands before one that should come first.
    OutOfOrder,
    /// A link leads nowhere.
    Link,
    /// A letter has no shape in any font.
    Letter,
    /// Text that nobody can see.
    Hidden,
    /// More pages than asked for.
    Pages,
    /// The file does not say what its parts are.
    Tags,
    /// The file does not say which language it is in.
    Language,
}

impl ExportFaultKind {
    /// As it is written, `out_of_order`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::OutOfOrder => "out_of_order",
            Self::Link => "link",
            Self::Letter => "letter",
            Self::Hidden => "hidden",
            Self::Pages => "pages",
            Self::Tags => "tags",
            Self::Language => "language",
        }
    }
}

/// How a run's pages look, and what else there is to choose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintView {
    /// How they look.
    pub options: PrintOptions,
    /// The templates there are.
    pub templates: Vec<TemplateView>,
    /// The families of text.
    pub families: Vec<String>,
    /// The languages of headings.
    pub languages: Vec<String>,
    /// The sections of this résumé in order, with their headings.
    pub sections: Vec<(SectionKind, String)>,
    /// The person's photo.
    pub photo: PhotoView,
}

/// How it stands with a person's photo, and with one on a run's pages. Photos are told by their ids: each
/// that is given has one of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoView {
    /// The one that is kept.
    pub kept: Option<Uuid>,
    /// Whether it was removed and can still be put back.
    pub removed: bool,
    /// The one on the run's pages.
    pub on_pages: Option<Uuid>,
}

impl PhotoView {
    /// The one that goes on pages with a place for it.
    pub fn in_use(self) -> Option<Uuid> {
        self.kept.filter(|_| !self.removed)
    }
}

/// A template to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateView {
    /// Its name.
    pub name: String,
    /// What it looks like.
    pub summary: String,
    /// Whom it suits.
    pub purpose: String,
    /// Its own colour, `#rrggbb`.
    pub accent: String,
    /// Whether it has a place for a photo.
    pub photo: bool,
}
