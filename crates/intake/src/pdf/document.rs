//! Opens a PDF and reads the glyphs and links of every page within the limits.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::util::TransformExt;
use hayro_interpret::{CacheKey, Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Object, Rect, String as PdfString};
use hayro_syntax::page::Page;
use hayro_syntax::{LoadPdfError, Pdf};
use kurbo::Point;

use super::glyphs::{PageGlyphs, Reader, Style};
use super::limits::{self, Budget, MAX_PAGES, OutOfBudget};
use crate::IntakeError;

/// How many links of a page are read.
const MAX_LINKS: usize = 500;

/// The profile of the colours as our exporter packs it into each of its files (Compact ICC Profiles,
/// CC0): sRGB.
const SRGB: &[u8] = include_bytes!("../../data/srgb.icc.z");
/// Nothing, packed.
const NO_PROFILE: &[u8] = b"\x78\x01\x01\0\0\xff\xff\0\0\0\x01";

/// A part of a page that leads somewhere; counted from the page's top left.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
    pub(super) target: String,
}

/// A page as it was drawn.
#[derive(Debug)]
pub(super) struct DrawnPage {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) drawn: PageGlyphs,
    pub(super) links: Vec<Link>,
}

/// All pages, and whether some were left out.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) pages: Vec<DrawnPage>,
    pub(super) too_many_pages: bool,
}

/// Reads a PDF.
///
/// The parser behind this reads whatever it is given; should it ever stumble over a hostile file,
/// that ends here as a damaged file and goes no further.
pub(super) fn open(bytes: &[u8]) -> Result<Document, IntakeError> {
    guarded(|| {
        limits::check_depth(bytes)?;
        read(bytes.to_vec(), true)
    })
}

/// The same for a file that this program has just made: it holds no bomb.
pub(super) fn open_own(bytes: &[u8]) -> Result<Document, IntakeError> {
    guarded(|| {
        let mut bytes = bytes.to_vec();
        assume_srgb(&mut bytes);
        read(bytes, false)
    })
}

/// Colours without a profile are taken as sRGB. Where the profile is just that, and is known to the last
/// byte, reading goes without it: to work with it takes a fifteenth of a page's time.
fn assume_srgb(bytes: &mut [u8]) {
    if let Some(place) = memchr::memmem::find(bytes, SRGB) {
        bytes[place..place + NO_PROFILE.len()].copy_from_slice(NO_PROFILE);
    }
}

fn guarded(read: impl FnOnce() -> Result<Document, IntakeError>) -> Result<Document, IntakeError> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(result) => result,
        Err(cause) if cause.is::<OutOfBudget>() => Err(IntakeError::PdfTooMuch),
        Err(_) => Err(IntakeError::PdfDamaged),
    }
}

fn read(bytes: Vec<u8>, foreign: bool) -> Result<Document, IntakeError> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => IntakeError::PdfLocked,
        LoadPdfError::Invalid => IntakeError::PdfDamaged,
    })?;
    if foreign {
        limits::check_streams(&pdf)?;
    }
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(IntakeError::PdfDamaged);
    }
    let mut budget = Budget::new();
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings {
        render_annotations: false,
        ..InterpreterSettings::default()
    };
    let mut read = Vec::new();
    for page in pages.iter().take(MAX_PAGES) {
        let (width, height) = page.render_dimensions();
        let to_top_left = page.initial_transform(true).to_kurbo();
        let area = kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(to_top_left, area, &cache, pdf.xref(), settings.clone());
        let mut reader = Reader::new((width, height), fonts(page), &mut budget);
        interpret_page(page, &mut context, &mut reader);
        read.push(DrawnPage {
            width,
            height,
            // Those of a foreign file may be written in ways that only reading them shows.
            drawn: reader.finish(&if foreign || mentions_spelling(page) {
                spelled(page)
            } else {
                Vec::new()
            }),
            links: links(page, to_top_left),
        });
    }
    Ok(Document {
        pages: read,
        too_many_pages: pages.len() > MAX_PAGES,
    })
}

/// Whether a page of ours gives the spelling of any part; most give none.
fn mentions_spelling(page: &Page<'_>) -> bool {
    let drawing = page.page_stream().unwrap_or_default();
    memchr::memmem::find(drawing, b"ActualText").is_some()
}

/// The spelling that the page gives for each of its marked parts, in order.
fn spelled(page: &Page<'_>) -> Vec<Option<String>> {
    let mut parts = Vec::new();
    let mut operations = page.typed_operations();
    while let Some(operation) = operations.next() {
        match operation {
            TypedInstruction::BeginMarkedContent(_) => parts.push(None),
            TypedInstruction::BeginMarkedContentWithProperties(part) => {
                let text = match part.1 {
                    Object::Dict(properties) => properties.get::<PdfString<'_>>(b"ActualText"),
                    _ => None,
                };
                parts.push(text.map(|text| text_of(text.as_bytes())));
            }
            _ => {}
        }
    }
    parts
}

/// A text string of a PDF: UTF-16 with a mark, UTF-8 with a mark, else (nearly) Latin-1.
pub(super) fn text_of(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => encoding_rs::UTF_8.decode(rest).0.into_owned(),
        other => encoding_rs::WINDOWS_1252.decode(other).0.into_owned(),
    }
}

/// The looks of the page's fonts by their names; not every font tells them by itself.
fn fonts(page: &Page<'_>) -> HashMap<u128, Style> {
    let fonts = &page.resources().fonts;
    fonts
        .keys()
        .take(500)
        .filter_map(|key| {
            let font = fonts.get::<Dict<'_>>(key.as_ref())?;
            let name = font.get::<Name<'_>>(b"BaseFont")?;
            Some((font.cache_key(), Style::of_name(name.as_str())))
        })
        .collect()
}

fn links(page: &Page<'_>, to_top_left: kurbo::Affine) -> Vec<Link> {
    let Some(notes) = page.raw().get::<Array<'_>>(b"Annots") else {
        return Vec::new();
    };
    notes
        .iter::<Dict<'_>>()
        .take(MAX_LINKS)
        .filter_map(|note| {
            let action = note.get::<Dict<'_>>(b"A")?;
            let target = action.get::<PdfString<'_>>(b"URI")?;
            let target = std::str::from_utf8(target.as_bytes())
                .ok()?
                .trim()
                .to_owned();
            let area = note.get::<Rect>(b"Rect")?;
            let one = to_top_left * Point::new(area.x0, area.y0);
            let other = to_top_left * Point::new(area.x1, area.y1);
            (!target.is_empty() && target.len() < 2_000).then_some(Link {
                left: one.x.min(other.x) as f32,
                top: one.y.min(other.y) as f32,
                right: one.x.max(other.x) as f32,
                bottom: one.y.max(other.y) as f32,
                target,
            })
        })
        .collect()
}
