//! A photo for the page: checked before anything decodes it.

use serde::{Deserialize, Serialize};

use crate::error::TypesetError;

/// Bytes of a photo at most.
const MAX_BYTES: usize = 3 << 20;
/// Pixels of a side at most: what is larger costs memory and shows nothing more.
const MAX_SIDE: u32 = 6_000;

/// A photo as PNG or JPEG.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo(#[serde(with = "as_hex")] Vec<u8>);

impl Photo {
    /// Takes the bytes of a PNG or JPEG file.
    ///
    /// # Errors
    /// When it is neither, or too large.
    pub fn new(bytes: Vec<u8>) -> Result<Self, TypesetError> {
        let refuse = |reason: &str| TypesetError::BadPhoto {
            reason: reason.to_owned(),
        };
        if bytes.len() > MAX_BYTES {
            return Err(refuse("it is larger than 3 MB"));
        }
        let (width, height) = png_size(&bytes)
            .or_else(|| jpeg_size(&bytes))
            .ok_or_else(|| refuse("it is neither a PNG nor a JPEG file"))?;
        if width == 0 || height == 0 || width > MAX_SIDE || height > MAX_SIDE {
            return Err(refuse("its sides must have 1 to 6,000 pixels"));
        }
        Ok(Self(bytes))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Width and height out of the first chunk.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let side = |at: usize| Some(u32::from_be_bytes(*rest.get(at..)?.first_chunk()?));
    (rest.get(4..8)? == b"IHDR").then_some(())?;
    Some((side(8)?, side(12)?))
}

/// Width and height out of the frame header.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    loop {
        let [0xff, marker, high, low, ..] = *rest else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        // Frame headers but for the tables that share their range.
        if (0xc0..=0xcf).contains(&marker) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            let side = |at: usize| {
                Some(u32::from(u16::from_be_bytes(
                    *rest.get(at..)?.first_chunk()?,
                )))
            };
            return Some((side(7)?, side(5)?));
        }
        rest = rest.get(2 + length.max(2)..)?;
    }
}

/// Bytes as hexadecimal digits: a job travels as JSON.
mod as_hex {
    use serde::{Deserialize, Deserializer, Serializer, de::Error as _};
    use std::fmt::Write as _;

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        let mut digits = String::with_capacity(bytes.len() * 2);
        for byte in bytes {
            let _infallible = write!(digits, "{byte:02x}");
        }
        to.serialize_str(&digits)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let digits = String::deserialize(from)?;
        let pairs = digits.as_bytes().chunks(2).map(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        });
        pairs
            .collect::<Option<Vec<u8>>>()
            .ok_or_else(|| D::Error::custom("not hexadecimal"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes
    }

    #[test]
    fn only_pictures_of_sane_size_are_taken_and_they_travel_unharmed() {
        let photo = Photo::new(png(300, 400)).unwrap();
        let json = serde_json::to_string(&photo).unwrap();
        assert_eq!(serde_json::from_str::<Photo>(&json).unwrap(), photo);
        for bytes in [
            png(0, 4),
            png(70_000, 4),
            b"<svg onload=x>".to_vec(),
            b"\xff\xd8".to_vec(),
            b"\xff\xd8\xff\xe0\x00\x00".to_vec(),
            vec![0; MAX_BYTES + 1],
        ] {
            assert!(Photo::new(bytes).is_err());
        }
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08\x01\x90\x01\x2c\x03";
        assert_eq!(jpeg_size(jpeg), Some((300, 400)));
    }
}
