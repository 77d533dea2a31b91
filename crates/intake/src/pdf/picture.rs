//! A page of a PDF as a picture, so that what was read can be held against the original.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::InterpreterSettings;
use hayro_svg::{RenderCache, SvgRenderSettings, convert};
use hayro_syntax::Pdf;

use super::{document, limits};
use crate::IntakeError;

/// The largest picture that is given out: letters are drawn as outlines, photographs are embedded.
const MAX_PICTURE: usize = 24 << 20;

/// Draws a page, counted from 1, as an SVG document that loads nothing and runs nothing. Its units
/// are those of `Evidence::pages` and of the areas that facts name.
///
/// # Errors
/// When the file cannot be opened within the limits of reading, has no such page, or the picture
/// gets too large.
pub fn page_picture(bytes: &[u8], page: u32) -> Result<String, IntakeError> {
    // Reading counts the work; drawing does the same work once more and counts nothing.
    document::open(bytes)?;
    let drawn = catch_unwind(AssertUnwindSafe(|| draw(bytes, page)));
    drawn.unwrap_or(Err(IntakeError::PdfDamaged))
}

fn draw(bytes: &[u8], page: u32) -> Result<String, IntakeError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_| IntakeError::PdfDamaged)?;
    let number = usize::try_from(page).unwrap_or(usize::MAX);
    let pages = pdf.pages();
    let wanted = number
        .checked_sub(1)
        .filter(|at| *at < limits::MAX_PAGES)
        .and_then(|at| pages.get(at))
        .ok_or(IntakeError::PdfDamaged)?;
    let settings = InterpreterSettings {
        render_annotations: false,
        ..InterpreterSettings::default()
    };
    let paper = SvgRenderSettings { bg_color: [255; 4] };
    let picture = convert(wanted, &RenderCache::new(), &settings, &paper);
    if picture.len() > MAX_PICTURE {
        return Err(IntakeError::PdfTooMuch);
    }
    Ok(picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(name: &str) -> Vec<u8> {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/");
        std::fs::read(format!("{root}{name}")).unwrap()
    }

    #[test]
    fn a_page_is_drawn_in_its_own_size_and_loads_nothing() {
        let bytes = fixture("linkedin-pdf/lookalike/dev01_en_typical.pdf");
        let picture = page_picture(&bytes, 1).unwrap();
        assert!(picture.starts_with("<svg"), "{}", &picture[..80]);
        assert!(!picture.contains("href=\"http"));
        assert!(!picture.contains("<script"));
        let read = super::super::read("x.pdf", &bytes).unwrap();
        let [width, height] = read.pages[0];
        assert!(picture.contains(&format!("viewBox=\"0 0 {width} {height}\"")));
    }

    #[test]
    fn a_page_that_is_not_there_is_refused() {
        let bytes = fixture("linkedin-pdf/lookalike/dev01_en_typical.pdf");
        for page in [0, 99, u32::MAX] {
            assert_eq!(page_picture(&bytes, page), Err(IntakeError::PdfDamaged));
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_drawn() {
        let name = "hostile/pdf/bomb_flate_300MB.pdf";
        assert!(page_picture(&fixture(name), 1).is_err());
    }
}
