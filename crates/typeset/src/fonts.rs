//! The bundled fonts: their bytes, parsed when first used, and the order of fallback.

use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};

/// The fonts of running text, the first that has a character gives it its shape.
pub(crate) const TEXT: [&str; 9] = [
    "Source Sans 3",
    "Noto Sans Hebrew",
    "Noto Sans Arabic",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "DejaVu Sans",
    "Noto Sans Math",
    "Droid Sans Fallback",
    "Noto Emoji",
];

/// The fonts of the name.
pub(crate) const NAME: [&str; 10] = [
    "Source Serif 4 Display",
    "Source Sans 3",
    "Noto Sans Hebrew",
    "Noto Sans Arabic",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "DejaVu Sans",
    "Noto Sans Math",
    "Droid Sans Fallback",
    "Noto Emoji",
];

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(include_bytes!(concat!("../fonts/", $name, ".ttf")).as_slice()),*]
    };
}

static FILES: [&[u8]; 15] = files![
    "SourceSans3-Regular",
    "SourceSans3-Semibold",
    "SourceSerif4Display-Semibold",
    "NotoSansHebrew-Regular",
    "NotoSansHebrew-Bold",
    "NotoSansArabic-Regular",
    "NotoSansArabic-Bold",
    "NotoSansDevanagari-Regular",
    "NotoSansDevanagari-Bold",
    "NotoSansThai-Regular",
    "NotoSansThai-Bold",
    "NotoSansMath-Regular",
    "DejaVuSans",
    "DroidSansFallback",
    "NotoEmoji-Regular",
];

/// All fonts of the program.
#[derive(Debug)]
pub(crate) struct Fonts {
    slots: Vec<OnceLock<Option<Font>>>,
}

impl Fonts {
    /// The fonts and what the typesetter wants to know of them before it uses one.
    pub(crate) fn load() -> (Self, FontBook) {
        let fonts: Vec<Option<Font>> = FILES
            .iter()
            .map(|file| Font::new(Bytes::new(*file), 0))
            .collect();
        let book = FontBook::from_fonts(fonts.iter().flatten());
        let slots = fonts.into_iter().map(OnceLock::from).collect();
        (Self { slots }, book)
    }

    /// The font of that number in the book.
    pub(crate) fn get(&self, index: usize) -> Option<Font> {
        self.slots.get(index)?.get()?.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_font_of_a_named_family() {
        let (fonts, book) = Fonts::load();
        for index in 0..FILES.len() {
            assert!(fonts.get(index).is_some(), "font {index}");
        }
        for family in TEXT.iter().chain(&NAME) {
            assert!(book.contains_family(&family.to_lowercase()), "{family}");
        }
    }
}
