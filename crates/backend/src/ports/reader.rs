//! The reader: reads files and postings of strangers in child processes of the same program, where a
//! hostile one can take neither the server's memory nor its time.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use career::Posting;
use intake::boards::{self, BoardAddress};
use intake::{Evidence, IntakeError, PostingHint};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use typeset::{Photo, PhotoFault};

use super::children::{self, ChildError, Children};

/// The command line argument that makes the program a reader.
pub const COMMAND: &str = "read-worker";
/// Time for one file: whoever waits has an answer within half a minute, the way there included.
const TIME_LIMIT: Duration = Duration::from_secs(25);
/// Address space of a child at most, in bytes.
const MEMORY_LIMIT: u64 = 1 << 30;
/// The largest file with its name, in bytes.
const MAX_FILE: usize = 264 << 20;
/// The largest answer. A profile tells a file's words several times over, and the fullest archive
/// makes two MiB of them; in memory an answer takes a multiple of its length.
const MAX_ANSWER: u32 = 64 << 20;

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

/// Why a photo was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PhotoError {
    /// It cannot be used, and why.
    #[error(transparent)]
    Refused(#[from] PhotoFault),
    /// It took the child's time or memory.
    #[error("the photo takes more than it should to read")]
    TooMuch,
    /// The child did not start.
    #[error("the program that reads photos did not start")]
    NotStarted,
}

impl From<ReadError> for PhotoError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotStarted => Self::NotStarted,
            ReadError::TimedOut | ReadError::Broken | ReadError::Refused(_) => Self::TooMuch,
        }
    }
}

/// What a child is asked for; the bytes follow.
#[derive(Debug, Serialize, Deserialize)]
enum Ask {
    Evidence {
        name: String,
    },
    Posting {
        content_type: Option<String>,
        url: Option<String>,
    },
    BoardAnswer {
        board: BoardAddress,
        page: String,
        content_type: Option<String>,
    },
    Page {
        number: u32,
    },
    Photo,
}

/// The reader and its warm children.
#[derive(Debug)]
pub struct Reader {
    /// `None` reads in this very process.
    children: Option<Children>,
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
        let children = Children::of(program, COMMAND, children, time_limit, MAX_ANSWER);
        Self {
            children: Some(children),
        }
    }

    /// A reader without children and without limits, for tests of what asks it: their program is
    /// another.
    pub fn in_this_process() -> Self {
        Self { children: None }
    }

    /// Reads a file as evidence.
    ///
    /// # Errors
    /// One of [`ReadError`].
    pub async fn evidence(&self, name: &str, bytes: &[u8]) -> Result<Evidence, ReadError> {
        let name = name.to_owned();
        self.ask(&Ask::Evidence { name }, bytes).await
    }

    /// Reads a posting.
    ///
    /// # Errors
    /// Why it is none. A page that takes its reader's time or memory is [`IntakeError::PostingTangled`].
    pub async fn posting(&self, bytes: &[u8], hint: PostingHint) -> Result<Posting, ReadError> {
        let PostingHint { content_type, url } = hint;
        let ask = Ask::Posting { content_type, url };
        self.ask(&ask, bytes).await.map_err(tangled)
    }

    /// Reads the posting that an address asked for out of its board's answer.
    ///
    /// # Errors
    /// As [`Reader::posting`].
    pub async fn board_answer(
        &self,
        board: &BoardAddress,
        page: &str,
        bytes: &[u8],
        content_type: Option<&str>,
    ) -> Result<Posting, ReadError> {
        let ask = Ask::BoardAnswer {
            board: board.clone(),
            page: page.to_owned(),
            content_type: content_type.map(str::to_owned),
        };
        self.ask(&ask, bytes).await.map_err(tangled)
    }

    /// Draws a page of a PDF, counted from 1, as an SVG document.
    ///
    /// # Errors
    /// One of [`ReadError`].
    pub async fn page_picture(&self, bytes: &[u8], number: u32) -> Result<String, ReadError> {
        self.ask(&Ask::Page { number }, bytes).await
    }

    /// Makes a photo of a file as it came from a camera.
    ///
    /// # Errors
    /// One of [`PhotoError`].
    pub async fn photo(&self, bytes: &[u8]) -> Result<Photo, PhotoError> {
        let outcome: Result<Photo, PhotoFault> = self.told(&Ask::Photo, bytes).await?;
        Ok(outcome?)
    }

    async fn ask<T: DeserializeOwned>(&self, ask: &Ask, bytes: &[u8]) -> Result<T, ReadError> {
        let outcome: Result<T, IntakeError> = self.told(ask, bytes).await?;
        Ok(outcome?)
    }

    /// What a child answers, whatever it may be.
    async fn told<T: DeserializeOwned>(&self, ask: &Ask, bytes: &[u8]) -> Result<T, ReadError> {
        let head = serde_json::to_vec(ask).map_err(|_| ReadError::Broken)?;
        if head.len() + bytes.len() + 4 > MAX_FILE {
            return Err(IntakeError::FileTooLarge {
                limit_mib: MAX_FILE >> 20,
            }
            .into());
        }
        match &self.children {
            Some(children) => {
                let frame = framed(&[&length(head.len()), &head, bytes]);
                Ok(children.ask(&frame, understood).await?)
            }
            None => answer_to(&head, bytes)
                .ok()
                .and_then(|answer| understood(&answer))
                .ok_or(ReadError::Broken),
        }
    }
}

fn understood<T: DeserializeOwned>(answer: &[u8]) -> Option<T> {
    serde_json::from_slice(answer).ok()
}

/// In words for a posting.
fn tangled(error: ReadError) -> ReadError {
    match error {
        ReadError::TimedOut | ReadError::Broken => IntakeError::PostingTangled.into(),
        other => other,
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
        let (head, bytes) = split(&frame).ok_or_else(broken)?;
        let answer = answer_to(head, bytes)?;
        output.write_all(&framed(&[&answer]))?;
        output.flush()?;
    }
    Ok(())
}

/// Does what a frame asks for.
fn answer_to(head: &[u8], bytes: &[u8]) -> serde_json::Result<Vec<u8>> {
    match serde_json::from_slice(head)? {
        Ask::Evidence { name } => serde_json::to_vec(&intake::read_evidence(&name, bytes)),
        Ask::Page { number } => serde_json::to_vec(&intake::page_picture(bytes, number)),
        Ask::Photo => serde_json::to_vec(&Photo::prepared(bytes)),
        Ask::Posting { content_type, url } => {
            let hint = PostingHint { content_type, url };
            serde_json::to_vec(&intake::read_posting(bytes, hint))
        }
        Ask::BoardAnswer {
            board,
            page,
            content_type,
        } => {
            let kind = content_type.as_deref();
            serde_json::to_vec(&boards::read_answer(&board, &page, bytes, kind))
        }
    }
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

fn split(frame: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = frame.split_first_chunk::<4>()?;
    rest.split_at_checked(u32::from_le_bytes(*length) as usize)
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
        let text = b"Baker\n\nWe bake bread at night and sell it in the morning.";
        let asked = |ask: Ask, bytes: &[u8]| {
            let head = serde_json::to_vec(&ask).unwrap();
            framed(&[&length(head.len()), &head, bytes])
        };
        let name = |name: &str| Ask::Evidence { name: name.into() };
        let mut input = asked(name("a.json"), resume);
        input.extend(asked(name("b.bin"), b"\x00\x01"));
        let (content_type, url) = (None, None);
        input.extend(asked(Ask::Posting { content_type, url }, text));
        input.extend(asked(Ask::Page { number: 1 }, resume));
        input.extend(asked(Ask::Photo, resume));
        let mut output = Vec::new();
        serve(&input[..], &mut output).unwrap();
        let mut rest = &output[..];
        let first = read_frame(&mut rest).unwrap().unwrap();
        let first: Result<Evidence, IntakeError> = understood(&first).unwrap();
        let first = first.unwrap();
        assert_eq!(first.profile.name[0].text, "Ada Example");
        let second = read_frame(&mut rest).unwrap().unwrap();
        let second: Result<Evidence, IntakeError> = understood(&second).unwrap();
        assert_eq!(second.unwrap_err(), IntakeError::UnknownKind);
        let third = read_frame(&mut rest).unwrap().unwrap();
        let third: Result<Posting, IntakeError> = understood(&third).unwrap();
        let third = third.unwrap();
        assert_eq!(third.title.as_deref(), Some("Baker"));
        let fourth = read_frame(&mut rest).unwrap().unwrap();
        let fourth: Result<String, IntakeError> = understood(&fourth).unwrap();
        assert_eq!(fourth.unwrap_err(), IntakeError::PdfDamaged);
        let fifth = read_frame(&mut rest).unwrap().unwrap();
        let fifth: Result<Photo, PhotoFault> = understood(&fifth).unwrap();
        assert_eq!(fifth.unwrap_err(), PhotoFault::NotAPicture);
        assert!(rest.is_empty());
    }

    #[test]
    fn a_frame_that_is_cut_off_or_names_a_head_longer_than_itself_ends_the_child() {
        for input in [&b"\x09\x00\x00\x00abc"[..], &framed(&[&length(99), b"a"])] {
            assert!(serve(input, Vec::new()).is_err());
        }
    }
}
