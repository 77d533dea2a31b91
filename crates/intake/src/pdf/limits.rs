//! How much work a PDF may cause: sizes and counts, so that a hostile file ends and no clock is
//! needed.

use std::io::Read;

use hayro_syntax::Filter;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Name, Object, Stream};

use crate::IntakeError;

/// A résumé longer than this is none.
pub(super) const MAX_PAGES: usize = 60;
/// A dense page of text has ten thousand.
pub(super) const MAX_GLYPHS_PER_PAGE: usize = 60_000;
/// What stands apart on all pages together: a page of columns and keywords has some hundred.
pub(super) const MAX_SEGMENTS: usize = 30_000;
/// Drawing steps for all pages together.
const MAX_STEPS: u64 = 8_000_000;
/// What one stream may unpack to.
const MAX_STREAM: u64 = 48 << 20;
/// What all streams together may unpack to.
const MAX_ALL_STREAMS: u64 = 192 << 20;
/// How many objects are looked at.
const MAX_OBJECTS: usize = 300_000;
/// What a byte of LZW data can become at most: codes of 9 to 12 bits, entries up to 4096 bytes.
const LZW_GROWTH: u64 = 3_000;

/// Deeper nests of lists and dictionaries stand in no honest file, and each level takes stack.
const MAX_DEPTH: i32 = 300;

/// Refuses files that nest lists or dictionaries deeper than a parser's stack reaches, in the open
/// or packed into an object stream.
pub(super) fn check_depth(bytes: &[u8]) -> Result<(), IntakeError> {
    nesting(bytes)?;
    for at in memchr::memmem::find_iter(bytes, b"/ObjStm").take(10_000) {
        let rest = &bytes[at..];
        let Some(start) = memchr::memmem::find(rest, b"stream").filter(|start| *start < 2_000)
        else {
            continue;
        };
        let packed = rest[start + 6..].trim_ascii_start();
        nesting(&inflate(packed))?;
    }
    Ok(())
}

/// What deflated data unpacks to, no further than just past the limit; a damaged end still gives
/// what came before it.
fn inflate(packed: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let reader = flate2::read::ZlibDecoder::new(packed);
    let _ = reader.take(MAX_STREAM + 1).read_to_end(&mut out);
    out
}

fn nesting(bytes: &[u8]) -> Result<(), IntakeError> {
    let mut depth = 0_i32;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'[' => depth += 1,
            b'<' if bytes.get(at + 1) == Some(&b'<') => {
                depth += 1;
                at += 1;
            }
            b']' => depth = (depth - 1).max(0),
            b'>' if bytes.get(at + 1) == Some(&b'>') => {
                depth = (depth - 1).max(0);
                at += 1;
                at += compressed(&bytes[at + 1..]);
            }
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(IntakeError::PdfDamaged);
        }
        at += 1;
    }
    Ok(())
}

/// How many bytes of a stream follow a dictionary; brackets in them mean nothing.
fn compressed(rest: &[u8]) -> usize {
    let blank = rest
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    if !rest[blank..].starts_with(b"stream") {
        return 0;
    }
    memchr::memmem::find(rest, b"endstream").unwrap_or(0)
}

/// Unwinds out of the interpreter, which has no other way to be stopped.
pub(super) struct OutOfBudget;

/// Steps that are left.
pub(super) struct Budget {
    left: u64,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { left: MAX_STEPS }
    }

    /// One drawing step.
    pub(super) fn spend(&mut self) {
        match self.left.checked_sub(1) {
            Some(left) => self.left = left,
            None => self.exhaust(),
        }
    }

    /// Several steps.
    pub(super) fn spend_many(&mut self, steps: usize) {
        match self.left.checked_sub(steps as u64) {
            Some(left) => self.left = left,
            None => self.exhaust(),
        }
    }

    /// Ends the reading of this file. It is no panic: no hook runs and nothing is printed.
    pub(super) fn exhaust(&mut self) {
        self.left = 0;
        std::panic::resume_unwind(Box::new(OutOfBudget));
    }
}

/// Refuses files whose streams unpack to more than a résumé can hold, before anything unpacks
/// them whole.
pub(super) fn check_streams(pdf: &Pdf) -> Result<(), IntakeError> {
    let mut total = 0_u64;
    for object in pdf.objects().into_iter().take(MAX_OBJECTS) {
        let Object::Stream(stream) = object else {
            continue;
        };
        let (size, data) = unpacked(&stream);
        // Fonts and pictures are no lists, whatever their bytes look like.
        let binary = stream.dict().contains_key(b"Length1")
            || stream
                .dict()
                .get::<Name<'_>>(b"Subtype")
                .is_some_and(|kind| kind.as_ref() != b"Form");
        if !binary {
            nesting(&data)?;
        }
        total = total.saturating_add(size);
        if size > MAX_STREAM || total > MAX_ALL_STREAMS {
            return Err(IntakeError::PdfTooMuch);
        }
    }
    Ok(())
}

/// The size after its general filters, counted no further than just past the limit. Pictures are
/// never unpacked when text is read, so what follows a picture's filter does not count.
fn unpacked(stream: &Stream<'_>) -> (u64, Vec<u8>) {
    let mut data = stream.raw_data().into_owned();
    let mut size = data.len() as u64;
    for filter in stream.filters() {
        match filter {
            Filter::FlateDecode => {
                data = inflate(&data);
                size = data.len() as u64;
            }
            Filter::LzwDecode => return (size.saturating_mul(LZW_GROWTH).min(MAX_STREAM), data),
            Filter::RunLengthDecode => size = size.saturating_mul(64),
            Filter::AsciiHexDecode | Filter::Ascii85Decode | Filter::Crypt => {}
            _ => return (size, data),
        }
        if size > MAX_STREAM {
            return (size, data);
        }
    }
    (size, data)
}
