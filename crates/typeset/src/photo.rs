//! A photo for the page: checked before anything decodes it, then made anew of its pixels, so that
//! nothing else a camera writes into a file goes on.

use std::io::Cursor;

use career::print::MAX_PHOTO_BYTES;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Pixels of a side at most: what is larger costs memory and shows nothing more.
const MAX_SIDE: u32 = 6_000;
/// Pixels of a side on the page at most: 4 cm in the quality of print, with room to spare.
const PRINTED_SIDE: u32 = 900;
/// Bytes of a photo on its way to the page.
const MAX_PREPARED: usize = 4 << 20;
/// Memory for decoding: a photo of the largest size with the deepest colours.
const MAX_DECODED: u64 = 320 << 20;
/// Above this no eye tells a printed photo from its original.
const QUALITY: u8 = 88;
/// Colour profiles are small; what is larger is something else.
const MAX_PROFILE: usize = 64 << 10;

/// Why a photo cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize, strum::EnumIter)]
#[serde(rename_all = "snake_case")]
pub enum PhotoFault {
    /// Too many bytes.
    #[error("it is larger than 10 MB")]
    TooLarge,
    /// Another kind of file.
    #[error("it is neither a PNG nor a JPEG file")]
    NotAPicture,
    /// Too many pixels, or none.
    #[error("its sides must have 1 to 6,000 pixels")]
    TooManyPixels,
    /// An animation.
    #[error("it is an animation")]
    Moving,
    /// It ends in the middle or is damaged.
    #[error("it is damaged or incomplete")]
    Broken,
}

impl PhotoFault {
    /// The message's key.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "photo_too_large",
            Self::NotAPicture => "photo_not_a_picture",
            Self::TooManyPixels => "photo_too_many_pixels",
            Self::Moving => "photo_moving",
            Self::Broken => "photo_broken",
        }
    }
}

/// A photo as PNG or JPEG.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo(#[serde(with = "as_hex")] Vec<u8>);

impl std::fmt::Debug for Photo {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Photo({} bytes)", self.0.len())
    }
}

impl Photo {
    /// Looks at a file without decoding it.
    ///
    /// # Errors
    /// When it is no photo for a page.
    pub fn check(bytes: &[u8]) -> Result<(), PhotoFault> {
        format(bytes, MAX_PHOTO_BYTES).map(drop)
    }

    /// Takes a file as it came from a camera: the photo is turned upright, made as small as print
    /// wants it, and keeps nothing but its pixels and their colour profile. Decodes what it is given:
    /// for a process that can be killed, unless the file is one's own.
    ///
    /// # Errors
    /// When it is no photo for a page.
    pub fn prepared(bytes: &[u8]) -> Result<Self, PhotoFault> {
        let format = format(bytes, MAX_PHOTO_BYTES)?;
        let broken = |_| PhotoFault::Broken;
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        let mut limits = Limits::default();
        limits.max_image_width = Some(MAX_SIDE);
        limits.max_image_height = Some(MAX_SIDE);
        limits.max_alloc = Some(MAX_DECODED);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(broken)?;
        let profile = decoder.icc_profile().ok().flatten();
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let mut picture = shrunk(DynamicImage::from_decoder(decoder).map_err(broken)?);
        picture.apply_orientation(orientation);
        let mut made = Vec::new();
        encode(&picture, profile, &mut made).map_err(broken)?;
        Self::new(made)
    }

    /// Takes a photo that was prepared before.
    ///
    /// # Errors
    /// When it was not.
    pub fn new(bytes: Vec<u8>) -> Result<Self, PhotoFault> {
        format(&bytes, MAX_PREPARED)?;
        Ok(Self(bytes))
    }

    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The file's media type.
    pub fn media_type(&self) -> &'static str {
        match png_size(&self.0) {
            Some(_) => "image/png",
            None => "image/jpeg",
        }
    }
}

/// What a file is, by its first bytes and without decoding it.
fn format(bytes: &[u8], max_bytes: usize) -> Result<ImageFormat, PhotoFault> {
    if bytes.len() > max_bytes {
        return Err(PhotoFault::TooLarge);
    }
    let png = png_size(bytes).map(|size| (ImageFormat::Png, size));
    let found = png.or_else(|| jpeg_size(bytes).map(|size| (ImageFormat::Jpeg, size)));
    let (format, (width, height)) = found.ok_or(PhotoFault::NotAPicture)?;
    let sane = 1..=MAX_SIDE;
    if !sane.contains(&width) || !sane.contains(&height) {
        return Err(PhotoFault::TooManyPixels);
    }
    if format == ImageFormat::Png && is_animated(bytes) {
        return Err(PhotoFault::Moving);
    }
    if format == ImageFormat::Jpeg && !is_whole_jpeg(bytes) {
        return Err(PhotoFault::Broken);
    }
    Ok(format)
}

/// As small as print wants it.
fn shrunk(picture: DynamicImage) -> DynamicImage {
    let longer = picture.width().max(picture.height());
    if longer <= PRINTED_SIDE {
        return picture;
    }
    // Averages quickly first, then filters well what is left.
    let twice = PRINTED_SIDE * 2;
    let picture = if longer > twice {
        picture.thumbnail(twice, twice)
    } else {
        picture
    };
    picture.resize(PRINTED_SIDE, PRINTED_SIDE, FilterType::CatmullRom)
}

/// Writes a PNG where something shows through the photo, else a JPEG.
fn encode(
    picture: &DynamicImage,
    profile: Option<Vec<u8>>,
    to: &mut Vec<u8>,
) -> image::ImageResult<()> {
    // The profile of the pixels as they are now: others speak of what was decoded.
    let of_rgb = |profile: &Vec<u8>| {
        profile.len() <= MAX_PROFILE && profile.get(16..20) == Some(b"RGB ".as_slice())
    };
    let profile = profile.filter(of_rgb);
    let seen_through = picture.color().has_alpha()
        && picture
            .to_rgba8()
            .pixels()
            .any(|pixel| pixel.0[3] < u8::MAX);
    if seen_through {
        let mut encoder = PngEncoder::new(to);
        if let Some(profile) = profile {
            // A profile that cannot be kept costs a shade of colour at most.
            let _kept = encoder.set_icc_profile(profile);
        }
        picture.to_rgba8().write_with_encoder(encoder)
    } else {
        let mut encoder = JpegEncoder::new_with_quality(to, QUALITY);
        if let Some(profile) = profile {
            let _kept = encoder.set_icc_profile(profile);
        }
        picture.to_rgb8().write_with_encoder(encoder)
    }
}

/// Width and height out of the first chunk.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let side = |at: usize| Some(u32::from_be_bytes(*rest.get(at..)?.first_chunk()?));
    (rest.get(4..8)? == b"IHDR").then_some(())?;
    Some((side(8)?, side(12)?))
}

/// Whether a PNG says before its pixels that others follow.
fn is_animated(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(8..).unwrap_or_default();
    loop {
        let (Some(length), Some(kind)) = (rest.first_chunk::<4>(), rest.get(4..8)) else {
            return false;
        };
        match kind {
            b"acTL" => return true,
            b"IDAT" | b"IEND" => return false,
            _ => {}
        }
        let next = (u32::from_be_bytes(*length) as usize).saturating_add(12);
        rest = rest.get(next..).unwrap_or_default();
    }
}

/// The segments of a JPEG up to its pixels: marker, and what follows the marker.
fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8]).unwrap_or_default();
    std::iter::from_fn(move || {
        // Any number of fill bytes may stand before a marker.
        while rest.starts_with(&[0xff, 0xff]) {
            rest = &rest[1..];
        }
        let [0xff, marker, after @ ..] = rest else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
        rest = match marker {
            // Pixels follow, which are no segments.
            0xda => &[],
            _ => after.get(length.max(2)..).unwrap_or_default(),
        };
        Some((*marker, after))
    })
}

/// Width and height out of the frame header.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    // Frame headers but for the tables that share their range.
    let is_frame =
        |marker: u8| (0xc0..=0xcf).contains(&marker) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
    let (_, frame) = segments(bytes).find(|(marker, _)| is_frame(*marker))?;
    let side = |at: usize| {
        let two = frame.get(at..)?.first_chunk()?;
        Some(u32::from(u16::from_be_bytes(*two)))
    };
    Some((side(5)?, side(3)?))
}

/// Whether the mark of the end stands behind the pixels, in which it cannot occur.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    let pixels = segments(bytes).find(|(marker, _)| *marker == 0xda);
    pixels.is_some_and(|(_, pixels)| pixels.windows(2).any(|pair| pair == [0xff, 0xd9]))
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

    /// A picture whose left half is red and whose right half is blue.
    fn halves(width: u32, height: u32) -> DynamicImage {
        DynamicImage::ImageRgb8(image::RgbImage::from_fn(width, height, |x, _| {
            image::Rgb(if x < width / 2 {
                [250, 0, 0]
            } else {
                [0, 0, 250]
            })
        }))
    }

    fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn decoded(photo: &Photo) -> DynamicImage {
        image::load_from_memory(photo.bytes()).unwrap()
    }

    /// The same JPEG with what a telephone writes: which way is up, and where it was.
    fn taken_by_telephone(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
        exif.extend(b"52.0907N 5.1214E canary");
        let mut bytes = jpeg[..2].to_vec();
        bytes.extend([0xff, 0xe1, 0, u8::try_from(exif.len() + 2).unwrap()]);
        bytes.extend(exif);
        bytes.extend(&jpeg[2..]);
        bytes
    }

    fn chunk(kind: &[u8], length: usize) -> Vec<u8> {
        let mut chunk = u32::try_from(length).unwrap().to_be_bytes().to_vec();
        chunk.extend(kind);
        chunk.resize(12 + length, 0);
        chunk
    }

    /// The first bytes of a PNG of that size.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes
    }

    #[test]
    fn what_is_no_photo_is_refused_with_its_reason_before_it_is_decoded() {
        let whole = file(&halves(40, 50), ImageFormat::Png);
        let animated = [&whole[..33], &chunk(b"acTL", 8), &whole[33..]].concat();
        let jpeg = file(&halves(40, 50), ImageFormat::Jpeg);
        for (bytes, fault) in [
            (png(0, 4), PhotoFault::TooManyPixels),
            (png(20_000, 20_000), PhotoFault::TooManyPixels),
            (b"<svg onload=x>".to_vec(), PhotoFault::NotAPicture),
            (b"GIF89a\x01\0\x01\0".to_vec(), PhotoFault::NotAPicture),
            (b"\xff\xd8".to_vec(), PhotoFault::NotAPicture),
            (
                b"\xff\xd8\xff\xe0\x00\x00".to_vec(),
                PhotoFault::NotAPicture,
            ),
            (vec![0; MAX_PHOTO_BYTES + 1], PhotoFault::TooLarge),
            (animated, PhotoFault::Moving),
            (jpeg[..jpeg.len() - 40].to_vec(), PhotoFault::Broken),
        ] {
            assert_eq!(Photo::check(&bytes), Err(fault));
            assert_eq!(Photo::prepared(&bytes), Err(fault));
        }
        let head = b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc0\0\x0b\x08\x01\x90\x01\x2c\x03";
        assert_eq!(jpeg_size(head), Some((300, 400)));
    }

    #[test]
    fn a_file_that_is_damaged_behind_its_head_is_refused_when_it_is_prepared() {
        let whole = file(&halves(40, 50), ImageFormat::Png);
        for bytes in [png(40, 50), whole[..whole.len() / 2].to_vec()] {
            assert_eq!(Photo::check(&bytes), Ok(()));
            assert_eq!(Photo::prepared(&bytes), Err(PhotoFault::Broken));
        }
    }

    #[test]
    fn a_damaged_file_is_a_photo_or_refused_and_never_ends_the_program() {
        let picture = halves(24, 30);
        let mut state = 7_u32;
        let mut random = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize
        };
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let whole = file(&picture, format);
            for _ in 0..400 {
                let mut bytes = whole.clone();
                for _ in 0..=random() % 4 {
                    let place = random() % bytes.len();
                    bytes[place] = random() as u8;
                }
                if let Ok(photo) = Photo::prepared(&bytes) {
                    assert!(decoded(&photo).width() <= PRINTED_SIDE);
                }
            }
        }
    }

    #[test]
    fn a_photo_is_turned_upright_and_nothing_but_its_pixels_goes_on() {
        let jpeg = file(&halves(80, 40), ImageFormat::Jpeg);
        let given = taken_by_telephone(&jpeg, 6);
        assert!(given.windows(6).any(|bytes| bytes == b"canary"));
        let photo = Photo::prepared(&given).unwrap();
        let picture = decoded(&photo).to_rgb8();
        assert_eq!(picture.dimensions(), (40, 80), "a quarter turn");
        assert!(picture.get_pixel(20, 5).0[0] > 200, "red is above");
        assert!(picture.get_pixel(20, 75).0[2] > 200, "blue is below");
        for trace in [b"Exif".as_slice(), b"canary"] {
            let mut all = photo.bytes().windows(trace.len());
            assert!(!all.any(|bytes| bytes == trace));
        }
    }

    #[test]
    fn a_large_photo_becomes_as_small_as_print_wants_it_and_travels_unharmed() {
        let photo = Photo::prepared(&file(&halves(2_400, 3_000), ImageFormat::Png)).unwrap();
        let picture = decoded(&photo);
        assert_eq!((picture.width(), picture.height()), (720, PRINTED_SIDE));
        assert_eq!(photo.media_type(), "image/jpeg");
        let json = serde_json::to_string(&photo).unwrap();
        assert_eq!(serde_json::from_str::<Photo>(&json).unwrap(), photo);
        assert_eq!(Photo::new(photo.bytes().to_vec()), Ok(photo.clone()));
        assert!(
            !format!("{photo:?}").contains("ff"),
            "shows nothing in logs"
        );
    }

    #[test]
    fn what_shows_through_a_photo_still_does() {
        let mut picture = halves(40, 50).to_rgba8();
        picture.get_pixel_mut(0, 0).0[3] = 0;
        let given = file(&DynamicImage::ImageRgba8(picture), ImageFormat::Png);
        let photo = Photo::prepared(&given).unwrap();
        assert_eq!(photo.media_type(), "image/png");
        assert_eq!(decoded(&photo).to_rgba8().get_pixel(0, 0).0[3], 0);
        assert_eq!(decoded(&photo).to_rgba8().get_pixel(9, 9).0[3], 255);
    }
}
