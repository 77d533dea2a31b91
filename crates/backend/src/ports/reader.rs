//! The reader: reads files of strangers in child processes of the same program, where a hostile one
//! can take neither the server's memory nor its time.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use career::Posting;
use intake::{Evidence, IntakeError, PostingHint};
use serde::de::DeserializeOwned;
use thiserror::Error;

use super::children::{self, ChildError, Children};

/// The command line argument that makes the program a reader.
pub const COMMAND: &str = "read-worker";
/// Time for one file.
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// Address space of a child at most, in bytes.
const MEMORY_LIMIT: u64 = 1 << 30;
/// The largest file with its name, in bytes.
const MAX_FILE: usize = 264 << 20;
/// What is wished for: what the file says as evidence. Other numbers are pages to be drawn.
const EVIDENCE: u32 = 0;
/// What is wished for: what the file says as a posting.
const POSTING: u32 = u32::MAX;
/// The largest answer: a profile tells a file's words several times over.
const MAX_ANSWER: u32 = 256 << 20;

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq, Error, strum::EnumIter)]
pub enum ReadError {
    /// It cannot be used, and why.
    #[error(transparent)]
    Refused(#[from] IntakeError),
    /// It took too long.
    #[error("The file takes too long to read; export it again or give another file.")]
    TimedOut,
    /// It took the child down with it: too much memory, or a fault of ours.
    #[error("The file could not be read; export it again or give another file.")]
    Broken,
    /// The child did not start.
    #[error("The program that reads files did not start; try again in a moment.")]
    NotStarted,
}

impl ReadError {
    /// The message's key.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(error) => error.code(),
            Self::TimedOut => "file_too_slow",
            Self::Broken => "file_unreadable",
            Self::NotStarted => "unavailable",
        }
    }
}

impl From<ChildError> for ReadError {
    fn from(error: ChildError) -> Self {
        match error {
            ChildError::TimedOut => Self::TimedOut,
            ChildError::Broken => Self::Broken,
            ChildError::NotStarted => Self::NotStarted,
        }
    }
}

/// The reader and its warm children.
#[derive(Debug)]
pub struct Reader {
    children: Children,
}

impl Reader {
    /// A reader of this very program, with so many children at once.
    ///
    /// # Errors
    /// When the program's own file cannot be found.
    pub fn new(children: usize) -> io::Result<Self> {
        Ok(Self::of(std::env::current_exe()?, children, TIME_LIMIT))
    }

    /// A reader of another program that answers to [`COMMAND`], with another time limit.
    pub fn of(program: PathBuf, children: usize, time_limit: Duration) -> Self {
        Self {
            children: Children::of(program, COMMAND, children, time_limit, MAX_ANSWER),
        }
    }

    /// Reads a file as evidence.
    ///
    /// # Errors
    /// One of [`ReadError`].
    pub async fn evidence(&self, name: &str, bytes: &[u8]) -> Result<Evidence, ReadError> {
        self.ask(EVIDENCE, name, bytes).await
    }

    /// Draws a page of a PDF, counted from 1, as an SVG document.
    ///
    /// # Errors
    /// One of [`ReadError`].
    pub async fn page_picture(&self, bytes: &[u8], page: u32) -> Result<String, ReadError> {
        if page == EVIDENCE || page == POSTING {
            return Err(IntakeError::PdfDamaged.into());
        }
        self.ask(page, "", bytes).await
    }

    /// Reads a document as a posting.
    ///
    /// # Errors
    /// One of [`ReadError`].
    pub async fn posting(&self, bytes: &[u8]) -> Result<Posting, ReadError> {
        self.ask(POSTING, "", bytes).await
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        wish: u32,
        name: &str,
        bytes: &[u8],
    ) -> Result<T, ReadError> {
        if name.len() + bytes.len() + 8 > MAX_FILE {
            return Err(IntakeError::FileTooLarge {
                limit_mib: MAX_FILE >> 20,
            }
            .into());
        }
        let wish = wish.to_le_bytes();
        let frame = framed(&[&wish, &length(name.len()), name.as_bytes(), bytes]);
        let outcome: Result<T, IntakeError> = self
            .children
            .ask(&frame, |answer| serde_json::from_slice(answer).ok())
            .await?;
        Ok(outcome?)
    }
}

/// The child's main loop: reads files until its input ends.
///
/// # Errors
/// When a frame is broken or the other side is gone: the process should end then.
pub fn run(input: impl Read, output: impl Write) -> io::Result<()> {
    children::limit_ourselves(MEMORY_LIMIT);
    serve(input, output)
}

fn serve(mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    while let Some(frame) = read_frame(&mut input)? {
        let broken = || io::Error::from(io::ErrorKind::InvalidData);
        let (wish, name, bytes) = split(&frame).ok_or_else(broken)?;
        let answer = match wish {
            EVIDENCE => serde_json::to_vec(&intake::read_evidence(name, bytes))?,
            POSTING => serde_json::to_vec(&intake::read_posting(bytes, PostingHint::default()))?,
            page => serde_json::to_vec(&intake::page_picture(bytes, page))?,
        };
        output.write_all(&framed(&[&answer]))?;
        output.flush()?;
    }
    Ok(())
}

fn length(bytes: usize) -> [u8; 4] {
    u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes()
}

fn framed(parts: &[&[u8]]) -> Vec<u8> {
    let all: usize = parts.iter().map(|part| part.len()).sum();
    let mut frame = Vec::with_capacity(all + 4);
    frame.extend_from_slice(&length(all));
    for part in parts {
        frame.extend_from_slice(part);
    }
    frame
}

fn split(frame: &[u8]) -> Option<(u32, &str, &[u8])> {
    let (wish, rest) = frame.split_first_chunk::<4>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (name, bytes) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let wish = u32::from_le_bytes(*wish);
    Some((wish, std::str::from_utf8(name).ok()?, bytes))
}

/// The next frame; `None` when the input ends between two.
fn read_frame(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    let got = input.read(&mut length)?;
    if got == 0 {
        return Ok(None);
    }
    input.read_exact(&mut length[got..])?;
    let length = u32::from_le_bytes(length) as usize;
    if length > MAX_FILE {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut frame = Vec::new();
    input.take(length as u64).read_to_end(&mut frame)?;
    if frame.len() < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(frame))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_answers_each_frame_and_ends_with_its_input() {
        let resume = br#"{"basics":{"name":"Ada Example"}}"#;
        let mut input = framed(&[&[0; 4], &length(6), b"a.json", resume]);
        input.extend(framed(&[&[0; 4], &length(5), b"b.bin", b"\x00\x01"]));
        input.extend(framed(&[&[1, 0, 0, 0], &length(0), resume]));
        let mut output = Vec::new();
        serve(&input[..], &mut output).unwrap();
        let mut rest = &output[..];
        let first = read_frame(&mut rest).unwrap().unwrap();
        let first: Result<Evidence, IntakeError> = serde_json::from_slice(&first).unwrap();
        assert_eq!(first.unwrap().profile.name[0].text, "Ada Example");
        let second = read_frame(&mut rest).unwrap().unwrap();
        let second: Result<Evidence, IntakeError> = serde_json::from_slice(&second).unwrap();
        assert_eq!(second.unwrap_err(), IntakeError::UnknownKind);
        let third = read_frame(&mut rest).unwrap().unwrap();
        let third: Result<String, IntakeError> = serde_json::from_slice(&third).unwrap();
        assert_eq!(third.unwrap_err(), IntakeError::PdfDamaged);
        assert!(rest.is_empty());
    }

    #[test]
    fn a_frame_that_is_cut_off_or_names_a_name_longer_than_itself_ends_the_child() {
        for input in [
            &b"\x09\x00\x00\x00abc"[..],
            &framed(&[&[0; 4], &length(99), b"a"]),
        ] {
            assert!(serve(input, Vec::new()).is_err());
        }
    }
}
