//! Why something given to us could not be read, said so that a person knows what to do next.

use career::PostingKind;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A refusal. The sentence names what is wrong and the next step, and never repeats content of
/// the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Error, Serialize, Deserialize, strum::EnumIter)]
#[non_exhaustive]
pub enum IntakeError {
    /// No bytes at all.
    #[error("The file is empty; choose the file again or export it once more.")]
    #[default]
    EmptyFile,
    /// Bigger than we read.
    #[error("The file is larger than {limit_mib} MiB; give a smaller one.")]
    FileTooLarge {
        /// The limit.
        limit_mib: usize,
    },
    /// More than any career holds.
    #[error("The file holds far more than a career does; give one with less in it.")]
    TooMuch,
    /// Nothing we know.
    #[error(
        "The file is of no kind that can be read as a résumé; give a PDF, a LinkedIn export, a JSON Resume, a Reactive Resume, RenderCV or Europass file, a DOCX, or text with headings."
    )]
    UnknownKind,
    /// A PDF of pictures.
    #[error(
        "The PDF holds pictures of pages and no text; give the file it was printed from, or run it through text recognition first."
    )]
    PdfScan,
    /// A PDF with a password.
    #[error("The PDF is protected with a password; save it without one and give it again.")]
    PdfLocked,
    /// A PDF that cannot be taken apart.
    #[error("The PDF is damaged or incomplete; download or export it again.")]
    PdfDamaged,
    /// A PDF that would take too much memory or work.
    #[error("The PDF holds far more than a résumé does; print it to a new PDF and give that one.")]
    PdfTooMuch,
    /// A PDF whose characters are unknown.
    #[error(
        "The PDF does not say which letters its text consists of; export it again from the program it was written in."
    )]
    PdfUnreadableText,
    /// Bytes that are no text.
    #[error("The file is not text in UTF-8; save it as UTF-8 and try again.")]
    NotUtf8,
    /// JSON that stops too early.
    #[error(
        "The JSON file ends in the middle (line {line}); it was probably cut off, so export or download it again."
    )]
    JsonCutOff {
        /// The last line.
        line: usize,
    },
    /// Something that is not JSON.
    #[error(
        "The file is not valid JSON at line {line}, column {column}; remove comments, trailing commas and single quotes there."
    )]
    JsonInvalid {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// JSON, but not a résumé.
    #[error(
        "The JSON file is not a JSON Resume: it has none of its sections (basics, work, education, skills); give a file in that format."
    )]
    NotAResume,
    /// YAML that cannot be read, or that is built to cost more than it holds.
    #[error(
        "The YAML file is not valid at line {line}, or is built too intricately; export it again and give it without anchors."
    )]
    YamlInvalid {
        /// The line, from 1.
        line: usize,
    },
    /// XML that cannot be read.
    #[error(
        "The XML in the file is damaged or built too intricately; save the document again and give the new file."
    )]
    XmlInvalid,
    /// A document without a known heading.
    #[error(
        "No section of a résumé was found: no heading such as Experience, Education or Skills stands on a line of its own; add headings and try again."
    )]
    NoSections,
    /// A list at the top.
    #[error(
        "The JSON file holds a list, not one résumé; give a file whose outermost value is a single JSON Resume object."
    )]
    JsonList,
    /// A job description in the JSON Resume job format.
    #[error("The JSON file describes a job, not a person; give it as the posting instead.")]
    JobInsteadOfResume,
    /// Only values of the wrong type.
    #[error(
        "Nothing in the JSON Resume could be read: values of the wrong type stand at {places}; correct them and try again."
    )]
    WrongTypes {
        /// JSON pointers, joined with commas.
        places: String,
    },
    /// A résumé without a single filled field.
    #[error("The file holds no profile data; fill in at least a name and one section.")]
    NoProfileData,
    /// An export whose tables have no rows.
    #[error(
        "The LinkedIn export holds no profile data: its tables have headers but no rows; ask LinkedIn for the larger archive and try again."
    )]
    ExportEmpty,
    /// A ZIP with none of the export's files.
    #[error(
        "The archive holds none of the profile files of a LinkedIn export (Profile.csv, Positions.csv); give the .zip just as LinkedIn sent it."
    )]
    NotAnExport,
    /// Damaged archive.
    #[error("The ZIP archive is damaged or incomplete; download it again.")]
    ArchiveDamaged,
    /// Encrypted archive.
    #[error("The ZIP archive is protected with a password; give it without one.")]
    ArchiveLocked,
    /// Too many files inside.
    #[error(
        "The ZIP archive holds more than {limit} files; give the export just as LinkedIn sent it."
    )]
    ArchiveTooManyFiles {
        /// The limit.
        limit: usize,
    },
    /// A file inside grows too large.
    #[error(
        "A file inside the ZIP archive is larger than {limit_mib} MiB when unpacked; give the export just as LinkedIn sent it."
    )]
    ArchiveTooLarge {
        /// The limit.
        limit_mib: u64,
    },
    /// A GitHub answer that is no account.
    #[error("GitHub's answer does not describe an account; check the user name and try again.")]
    NotAnAccount,
    /// A posting that is no text.
    #[error("The posting is not text or a web page; paste the text of the posting instead.")]
    PostingNotText,
    /// Too little text.
    #[error(
        "The posting has only {found} characters of readable text, at least {minimum} are needed; paste the whole text of the posting."
    )]
    PostingTooShort {
        /// How many there are.
        found: usize,
        /// How many there must be.
        minimum: usize,
    },
    /// Too much text.
    #[error(
        "The posting has {found} characters of readable text, at most {maximum} are read; paste only the posting itself."
    )]
    PostingTooLong {
        /// How many there are.
        found: usize,
        /// How many there may be.
        maximum: usize,
    },
    /// A page that would take too long to parse.
    #[error("The page is built too intricately to be read; paste the text of the posting instead.")]
    PostingTangled,
    /// A page that shows nothing without its scripts.
    #[error(
        "The page shows no text without running its scripts; paste the text of the posting instead."
    )]
    PostingNeedsScript,
    /// A log-in page or a challenge stands before the posting.
    #[error(
        "The site asks to log in or to prove that you are a person; open the posting in your browser and paste its text."
    )]
    PostingWall,
    /// A page of search results.
    #[error("The page lists several jobs; open the one you want and give its address or text.")]
    PostingList,
    /// Nothing left but a notice that it is over.
    #[error(
        "The page says that the job is no longer open and shows no posting; paste the posting's text if you have it."
    )]
    PostingClosed,
}

impl IntakeError {
    /// The message's name in message files and logs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EmptyFile => "file_empty",
            Self::FileTooLarge { .. } => "file_too_large",
            Self::TooMuch => "file_too_much",
            Self::UnknownKind => "file_unknown_kind",
            Self::PdfScan => "pdf_scan",
            Self::PdfLocked => "pdf_locked",
            Self::PdfDamaged => "pdf_damaged",
            Self::PdfTooMuch => "pdf_too_much",
            Self::PdfUnreadableText => "pdf_unreadable_text",
            Self::NotUtf8 => "file_not_utf8",
            Self::JsonCutOff { .. } => "json_cut_off",
            Self::JsonInvalid { .. } => "json_invalid",
            Self::NotAResume => "json_not_a_resume",
            Self::YamlInvalid { .. } => "yaml_invalid",
            Self::XmlInvalid => "xml_invalid",
            Self::NoSections => "no_sections",
            Self::JsonList => "json_list",
            Self::JobInsteadOfResume => "json_job_instead_of_resume",
            Self::WrongTypes { .. } => "json_wrong_types",
            Self::NoProfileData => "no_profile_data",
            Self::ExportEmpty => "export_empty",
            Self::NotAnExport => "export_not_found",
            Self::ArchiveDamaged => "archive_damaged",
            Self::ArchiveLocked => "archive_locked",
            Self::ArchiveTooManyFiles { .. } => "archive_too_many_files",
            Self::ArchiveTooLarge { .. } => "archive_too_large",
            Self::NotAnAccount => "github_not_an_account",
            Self::PostingNotText => "posting_not_text",
            Self::PostingTooShort { .. } => "posting_too_short",
            Self::PostingTooLong { .. } => "posting_too_long",
            Self::PostingTangled => "posting_tangled",
            Self::PostingNeedsScript => "posting_needs_script",
            Self::PostingWall => "posting_wall",
            Self::PostingList => "posting_list",
            Self::PostingClosed => "posting_closed",
        }
    }

    /// What a refused posting is, when it is something with a name.
    pub fn posting_kind(&self) -> Option<PostingKind> {
        match self {
            Self::PostingClosed => Some(PostingKind::Closed),
            Self::PostingWall => Some(PostingKind::Blocked),
            Self::PostingList => Some(PostingKind::List),
            Self::PostingNeedsScript => Some(PostingKind::NoText),
            _ => None,
        }
    }
}
