//! Reads an answer's body within limits, on the wire and unpacked, whatever it says of itself.

use std::io::{self, Write};

use flate2::write::MultiGzDecoder;
use futures::StreamExt;
use reqwest::header;

use super::fetch::FetchError;

/// Collects up to a limit and refuses the rest.
struct Capped {
    bytes: Vec<u8>,
    limit: usize,
    full: bool,
}

impl Write for Capped {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + part.len() > self.limit {
            self.full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

enum Unpack {
    Plain(Capped),
    Gzip(Box<MultiGzDecoder<Capped>>),
}

impl Unpack {
    fn take(&mut self, part: &[u8]) -> Result<(), FetchError> {
        match self {
            Self::Plain(out) => out.write_all(part).map_err(|_| FetchError::TooLarge),
            Self::Gzip(decoder) => decoder.write_all(part).map_err(|_| {
                if decoder.get_ref().full {
                    FetchError::TooLarge
                } else {
                    FetchError::Unreachable
                }
            }),
        }
    }

    fn finish(self) -> Result<Vec<u8>, FetchError> {
        match self {
            Self::Plain(out) => Ok(out.bytes),
            Self::Gzip(decoder) => match decoder.finish() {
                Ok(out) => Ok(out.bytes),
                Err(_) => Err(FetchError::Unreachable),
            },
        }
    }
}

/// The body, unpacked: at most `wire` bytes of it as sent and `decoded` as they become. Only one
/// layer of gzip is unpacked, which is all that was asked for.
pub(super) async fn read(
    answer: reqwest::Response,
    wire: usize,
    decoded: usize,
) -> Result<Vec<u8>, FetchError> {
    let encoding = answer
        .headers()
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .map(|value| value.to_str().unwrap_or("?").trim().to_ascii_lowercase())
        .collect::<Vec<_>>()
        .join(",");
    let out = Capped {
        bytes: Vec::new(),
        limit: decoded,
        full: false,
    };
    let mut unpack = match encoding.as_str() {
        "" | "identity" => Unpack::Plain(out),
        "gzip" | "x-gzip" => Unpack::Gzip(Box::new(MultiGzDecoder::new(out))),
        _ => return Err(FetchError::Type),
    };
    let mut left = wire;
    let mut stream = answer.bytes_stream();
    while let Some(part) = stream.next().await {
        let part = part.map_err(|_| FetchError::Unreachable)?;
        left = left.checked_sub(part.len()).ok_or(FetchError::TooLarge)?;
        unpack.take(&part)?;
    }
    unpack.finish()
}
