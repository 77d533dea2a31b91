//! The child process that makes pages, and the frames it speaks in.
//!
//! A frame is a length (`u32`, little endian) and so many bytes. A request is a [`PrintJob`] as
//! JSON. A response is the length of its head (`u32`, little endian), a head as JSON, then the
//! files one behind the other: PDF, pages as SVG, pages as PNG. The parent frees itself of a compile that takes
//! too long by killing the child.

use std::io::{self, Read, Write};

use career::view::ExportReport;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::error::TypesetError;
use crate::job::{Job, PrintJob};
use crate::pages::{Mark, Printed};
use crate::world::Typesetter;

/// The largest request that is read.
pub const MAX_REQUEST: u32 = 16 << 20;
/// The largest response that is read.
pub const MAX_RESPONSE: u32 = 64 << 20;

/// Why the two sides did not understand each other.
#[derive(Debug, Error)]
pub enum WireError {
    /// Reading or writing failed.
    #[error("the other side cannot be reached: {0}")]
    Io(#[from] io::Error),
    /// A frame longer than allowed.
    #[error("a frame of {length} bytes is too long (at most {limit})")]
    TooLong {
        /// Its length.
        length: usize,
        /// The most that is taken.
        limit: u32,
    },
    /// A frame that is not what it should be.
    #[error("a frame is not what it should be: {0}")]
    Malformed(String),
}

#[derive(Serialize, Deserialize)]
struct Head {
    outcome: Result<PrintedHead, TypesetError>,
}

#[derive(Serialize, Deserialize)]
struct PrintedHead {
    pdf: usize,
    svg_pages: Vec<usize>,
    png_pages: Vec<usize>,
    pages: u32,
    page_size_pt: (f32, f32),
    cuts: usize,
    marks: Vec<Mark>,
    missing: Vec<char>,
    standards: Vec<String>,
    report: ExportReport,
}

/// The child's main loop: answers jobs until its input ends. For a process that does nothing else:
/// afterwards no other thread of it can make pages.
///
/// # Errors
/// When a frame is broken or the other side is gone: the process should end then.
pub fn run(input: impl Read, output: impl Write) -> Result<(), WireError> {
    use_one_thread();
    serve(&Typesetter::new(), input, output)
}

/// Answers jobs until the input ends.
///
/// # Errors
/// When a frame is broken or the other side is gone.
pub fn serve(
    typesetter: &Typesetter,
    mut input: impl Read,
    mut output: impl Write,
) -> Result<(), WireError> {
    while let Some(frame) = read_frame(&mut input, MAX_REQUEST)? {
        let job = decode_request(&frame)?;
        output.write_all(&encode_response(&typesetter.print(&job))?)?;
        output.flush()?;
    }
    Ok(())
}

/// Typst works on the threads of a pool. Under a limit on processes they cannot start, so the pool
/// is this thread alone. A pool that stands already is left as it is.
fn use_one_thread() {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .use_current_thread();
    drop(pool.build_global());
}

/// A request, length and all.
///
/// # Errors
/// When it would be longer than [`MAX_REQUEST`].
pub fn encode_request(job: &PrintJob) -> Result<Vec<u8>, WireError> {
    framed(&[&to_json(job)?], MAX_REQUEST)
}

/// The job of a request, given without its length.
///
/// # Errors
/// When it is none.
fn decode_request(frame: &[u8]) -> Result<PrintJob, WireError> {
    let job: Job = from_json(frame)?;
    Ok(PrintJob(job))
}

fn encode_response(outcome: &Result<Printed, TypesetError>) -> Result<Vec<u8>, WireError> {
    let head = Head {
        outcome: outcome
            .as_ref()
            .map_err(Clone::clone)
            .map(|printed| PrintedHead {
                pdf: printed.pdf.len(),
                svg_pages: printed.svg_pages.iter().map(String::len).collect(),
                png_pages: printed.png_pages.iter().map(Vec::len).collect(),
                pages: printed.pages,
                page_size_pt: printed.page_size_pt,
                cuts: printed.cuts,
                marks: printed.marks.clone(),
                missing: printed.missing.clone(),
                standards: printed.standards.clone(),
                report: printed.report.clone(),
            }),
    };
    let json = to_json(&head)?;
    let length = u32::try_from(json.len()).unwrap_or(u32::MAX).to_le_bytes();
    let mut parts: Vec<&[u8]> = vec![&length, &json];
    if let Ok(printed) = outcome {
        parts.push(&printed.pdf);
        parts.extend(printed.svg_pages.iter().map(String::as_bytes));
        parts.extend(printed.png_pages.iter().map(Vec::as_slice));
    }
    framed(&parts, MAX_RESPONSE)
}

/// What the child answered, given without the frame's length.
///
/// # Errors
/// The outer one when it is no response, the inner one when the child could not print.
pub fn decode_response(frame: &[u8]) -> Result<Result<Printed, TypesetError>, WireError> {
    let short = || WireError::Malformed("it ends too early".to_owned());
    let (length, rest) = frame.split_first_chunk::<4>().ok_or_else(short)?;
    let length = u32::from_le_bytes(*length) as usize;
    let (json, mut rest) = rest.split_at_checked(length).ok_or_else(short)?;
    let head: Head = from_json(json)?;
    let head = match head.outcome {
        Ok(head) => head,
        Err(error) => return Ok(Err(error)),
    };
    let mut take = |length: usize| -> Result<&[u8], WireError> {
        let (part, after) = rest.split_at_checked(length).ok_or_else(short)?;
        rest = after;
        Ok(part)
    };
    let pdf = take(head.pdf)?.to_vec();
    let mut svg_pages = Vec::new();
    for length in head.svg_pages {
        let svg = String::from_utf8(take(length)?.to_vec())
            .map_err(|error| WireError::Malformed(error.to_string()))?;
        svg_pages.push(svg);
    }
    let mut png_pages = Vec::new();
    for length in head.png_pages {
        png_pages.push(take(length)?.to_vec());
    }
    Ok(Ok(Printed {
        pdf,
        svg_pages,
        png_pages,
        pages: head.pages,
        page_size_pt: head.page_size_pt,
        cuts: head.cuts,
        marks: head.marks,
        missing: head.missing,
        standards: head.standards,
        report: head.report,
    }))
}

/// Reads one frame; `None` when the input ended before it.
///
/// # Errors
/// When it is longer than `limit` or breaks off.
pub fn read_frame(input: &mut impl Read, limit: u32) -> Result<Option<Vec<u8>>, WireError> {
    let mut first = [0; 1];
    if input.read(&mut first)? == 0 {
        return Ok(None);
    }
    let mut others = [0; 3];
    input.read_exact(&mut others)?;
    let length = u32::from_le_bytes([first[0], others[0], others[1], others[2]]);
    if length > limit {
        return Err(WireError::TooLong {
            length: length as usize,
            limit,
        });
    }
    let mut frame = vec![0; length as usize];
    input.read_exact(&mut frame)?;
    Ok(Some(frame))
}

fn framed(parts: &[&[u8]], limit: u32) -> Result<Vec<u8>, WireError> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let prefix = u32::try_from(length)
        .ok()
        .filter(|length| *length <= limit)
        .ok_or(WireError::TooLong { length, limit })?;
    let mut frame = Vec::with_capacity(length + 4);
    frame.extend_from_slice(&prefix.to_le_bytes());
    for part in parts {
        frame.extend_from_slice(part);
    }
    Ok(frame)
}

fn to_json(value: &impl Serialize) -> Result<Vec<u8>, WireError> {
    serde_json::to_vec(value).map_err(|error| WireError::Malformed(error.to_string()))
}

fn from_json<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, WireError> {
    serde_json::from_slice(bytes).map_err(|error| WireError::Malformed(error.to_string()))
}
