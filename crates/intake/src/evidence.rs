//! The door for evidence: finds out what a file is by its content and hands it to its reader.

use career::Profile;
use serde::{Deserialize, Serialize};

use crate::{IntakeError, json_resume, linkedin, pdf};

/// The largest file that is looked at: a full LinkedIn archive with messages is far smaller.
const MAX_FILE_MIB: usize = 256;

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A résumé in the JSON Resume format.
    JsonResume,
    /// The archive that LinkedIn sends to its members.
    LinkedinExport,
    /// A profile that LinkedIn saved as a PDF.
    LinkedinPdf,
    /// Any other résumé in a PDF.
    ResumePdf,
}

impl SourceKind {
    /// Made for a reader's eye: not all of what its maker knew is on the pages.
    pub fn is_printed(self) -> bool {
        matches!(self, Self::LinkedinPdf | Self::ResumePdf)
    }

    /// The name used in the database and in views.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::JsonResume => "json_resume",
            Self::LinkedinExport => "linkedin_export",
            Self::LinkedinPdf => "linkedin_pdf",
            Self::ResumePdf => "resume_pdf",
        }
    }
}

/// What a file gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What the file turned out to be.
    pub kind: SourceKind,
    /// What it says.
    pub profile: Profile,
    /// What a person should know: a message code, then `:` and the place where there is one
    /// (`wrong_type:/work`, `too_many_rows:Skills.csv`).
    pub notices: Vec<String>,
}

/// Reads a file as evidence. Its name is only kept as the source's name: what it is follows from
/// its content.
///
/// # Errors
/// What is wrong with the file and what to do next.
pub fn read_evidence(file_name: &str, bytes: &[u8]) -> Result<Evidence, IntakeError> {
    if bytes.is_empty() {
        return Err(IntakeError::EmptyFile);
    }
    if bytes.len() > MAX_FILE_MIB << 20 {
        return Err(IntakeError::FileTooLarge {
            limit_mib: MAX_FILE_MIB,
        });
    }
    let source = base_name(file_name);
    if bytes.starts_with(b"PK") {
        return linkedin::read(source, bytes);
    }
    if pdf::is_pdf(bytes) {
        return pdf::read(source, bytes);
    }
    let text = crate::decode::utf8_or_utf16(bytes);
    match text.as_deref().map(str::trim_start) {
        Some("") => Err(IntakeError::EmptyFile),
        Some(json) if json.starts_with(['{', '[']) => json_resume::read(source, bytes, json),
        None if bytes.iter().take(64).any(|byte| *byte == b'{') => Err(IntakeError::NotUtf8),
        Some(_) | None => Err(IntakeError::UnknownKind),
    }
}

/// The name without folders: where a file lay on somebody's disk is nobody's business.
fn base_name(file_name: &str) -> &str {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    if name.trim().is_empty() { "file" } else { name }
}
