//! The door for evidence: finds out what a file is by its content and hands it to its reader.

mod set_aside;

use career::Profile;
use serde::{Deserialize, Serialize};

use crate::zipped::Container;
use crate::{
    IntakeError, docx, europass, github, json_resume, linkedin, pdf, reactive, rendercv,
    resume_text, yaml,
};

/// The largest file that is looked at: a full LinkedIn archive with messages is far smaller.
const MAX_FILE_MIB: usize = 256;

/// The most facts of one file. The fullest archive has some thousand; whoever asked for the reading
/// works with all of them.
const MAX_FACTS: usize = 100_000;

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A résumé in the JSON Resume format.
    JsonResume,
    /// The archive that LinkedIn sends to its members.
    LinkedinExport,
    /// Answers of LinkedIn's interface for members' own data.
    LinkedinSnapshot,
    /// A résumé of Reactive Resume, version 4 or 5.
    ReactiveResume,
    /// A résumé in the RenderCV format.
    RenderCv,
    /// A résumé of plain text.
    PlainText,
    /// A résumé in Markdown.
    Markdown,
    /// A word processor's document.
    Docx,
    /// A Europass curriculum vitae.
    Europass,
    /// A profile that LinkedIn saved as a PDF.
    LinkedinPdf,
    /// Any other résumé in a PDF.
    ResumePdf,
    /// A GitHub account as this program keeps it.
    GithubAccount,
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
            Self::LinkedinSnapshot => "linkedin_snapshot",
            Self::ReactiveResume => "reactive_resume",
            Self::RenderCv => "render_cv",
            Self::PlainText => "plain_text",
            Self::Markdown => "markdown",
            Self::Docx => "docx",
            Self::Europass => "europass",
            Self::LinkedinPdf => "linkedin_pdf",
            Self::ResumePdf => "resume_pdf",
            Self::GithubAccount => "github",
        }
    }
}

/// What a file gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What the file turned out to be.
    pub kind: SourceKind,
    /// What it says.
    pub profile: Profile,
    /// What a person should know: a message code, then `:` and the place where there is one
    /// (`wrong_type:/work`, `too_many_rows:Skills.csv`).
    pub notices: Vec<String>,
    /// Width and height of each page in points, where the file has pages that can be drawn.
    #[serde(default)]
    pub pages: Vec<[f32; 2]>,
}

/// Reads a file as evidence. Its name is only kept as the source's name: what it is follows from
/// its content.
///
/// # Errors
/// What is wrong with the file and what to do next.
pub fn read_evidence(file_name: &str, bytes: &[u8]) -> Result<Evidence, IntakeError> {
    let mut evidence = read_any(file_name, bytes)?;
    if set_aside::set_aside(&mut evidence.profile) {
        evidence.notices.push(set_aside::NOTICE.to_owned());
    }
    let profile = &evidence.profile;
    if profile.facts.len().max(profile.unread.len()) > MAX_FACTS {
        return Err(IntakeError::TooMuch);
    }
    Ok(evidence)
}

fn read_any(file_name: &str, bytes: &[u8]) -> Result<Evidence, IntakeError> {
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
        let container = Container::open(bytes)?;
        if docx::is_docx(&container) {
            return docx::read(source, bytes, container);
        }
        return linkedin::read(source, bytes);
    }
    if pdf::is_pdf(bytes) {
        return pdf::read(source, bytes);
    }
    let text = crate::decode::utf8_or_utf16(bytes);
    match text.as_deref().map(str::trim_start) {
        Some("") => Err(IntakeError::EmptyFile),
        Some(json) if json.starts_with(['{', '[']) => read_json(source, bytes, json),
        None if bytes.iter().take(64).any(|byte| *byte == b'{') => Err(IntakeError::NotUtf8),
        Some(text) => read_text(source, bytes, text),
        None => linkedin::read_single(source, bytes).unwrap_or(Err(IntakeError::UnknownKind)),
    }
}

/// A JSON document is known by the keys that only its format has.
fn read_json(source: &str, bytes: &[u8], json: &str) -> Result<Evidence, IntakeError> {
    let document = json_resume::parse(bytes.len(), json)?;
    if github::is_account(&document) {
        return github::read(document);
    }
    if linkedin::snapshot::is_snapshot(&document) {
        return linkedin::snapshot::read(source, bytes, &document);
    }
    if reactive::is_reactive(&document) {
        return reactive::read(source, bytes, document);
    }
    if europass::is_europass(&document) {
        return europass::read(source, bytes, document);
    }
    if rendercv::is_rendercv(&document) {
        return rendercv::read(source, bytes, document);
    }
    json_resume::read(source, bytes, document)
}

/// What is neither an archive nor JSON: YAML, one table of an export.
fn read_text(source: &str, bytes: &[u8], text: &str) -> Result<Evidence, IntakeError> {
    if text.trim_start().starts_with("<?xml") || text.contains("<SkillsPassport") {
        let read = europass::read_xml(source, bytes, text)?;
        return read.ok_or(IntakeError::UnknownKind);
    }
    if yaml::has_key(text, "cv") {
        let document = yaml::read(text)?;
        return rendercv::read(source, bytes, document);
    }
    if let Some(read) = linkedin::read_single(source, bytes) {
        return read;
    }
    resume_text::read(source, bytes, text).unwrap_or(Err(IntakeError::UnknownKind))
}

/// The name without folders: where a file lay on somebody's disk is nobody's business.
fn base_name(file_name: &str) -> &str {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    if name.trim().is_empty() { "file" } else { name }
}
