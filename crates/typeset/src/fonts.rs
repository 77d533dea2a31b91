//! The bundled fonts: their bytes, parsed when first used, and the order of fallback.

use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};

/// The families a person may choose for the text. Each has Latin, Greek and Cyrillic, a regular,
/// a semibold and an italic cut.
const FAMILIES: [&str; 8] = [
    "Source Sans 3",
    "Source Serif 4",
    "Inter",
    "IBM Plex Sans",
    "Fira Sans",
    "Roboto Condensed",
    "EB Garamond",
    "Alegreya",
];

/// Families for a name or a heading only.
const DISPLAY: [&str; 1] = ["Source Serif 4 Display"];

/// What gives a letter its shape where the family has none, the first that knows it.
const FALLBACK: [&str; 9] = [
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

/// The families a person may choose for the text.
pub fn families() -> &'static [&'static str] {
    &FAMILIES
}

/// Whether a template may name that family.
pub(crate) fn has_family(name: &str) -> bool {
    FAMILIES.contains(&name) || DISPLAY.contains(&name)
}

/// What the typesetter calls a family: it takes the width out of the name.
fn internal(family: &str) -> &str {
    match family {
        "Roboto Condensed" => "Roboto",
        other => other,
    }
}

/// A family and what stands in for it.
pub(crate) fn stack(family: &str) -> Vec<&str> {
    let family = internal(family);
    let others = FALLBACK.into_iter().filter(|other| *other != family);
    std::iter::once(family).chain(others).collect()
}

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(include_bytes!(concat!("../fonts/", $name, ".ttf")).as_slice()),*]
    };
}

static FILES: [&[u8]; 37] = files![
    "SourceSans3-Regular",
    "SourceSans3-Semibold",
    "SourceSans3-It",
    "SourceSerif4Display-Semibold",
    "SourceSerif4-Regular",
    "SourceSerif4-SemiBold",
    "SourceSerif4-Italic",
    "Inter-Regular",
    "Inter-SemiBold",
    "Inter-Italic",
    "IBMPlexSans-Regular",
    "IBMPlexSans-SemiBold",
    "IBMPlexSans-Italic",
    "FiraSans-Regular",
    "FiraSans-SemiBold",
    "FiraSans-Italic",
    "RobotoCondensed-Regular",
    "RobotoCondensed-SemiBold",
    "RobotoCondensed-Italic",
    "EBGaramond-Regular",
    "EBGaramond-SemiBold",
    "EBGaramond-Italic",
    "Alegreya-Regular",
    "Alegreya-SemiBold",
    "Alegreya-Italic",
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
    use typst::text::{FontStyle, FontVariant, FontWeight};

    #[test]
    fn every_file_is_a_font_of_a_named_family() {
        let (fonts, book) = Fonts::load();
        for index in 0..FILES.len() {
            assert!(fonts.get(index).is_some(), "font {index}");
        }
        for family in FAMILIES.iter().chain(&DISPLAY).chain(&FALLBACK) {
            let name = internal(family).to_lowercase();
            assert!(book.contains_family(&name), "{family}");
        }
    }

    #[test]
    fn every_family_has_three_cuts_and_the_letters_of_three_scripts() {
        let (fonts, book) = Fonts::load();
        for family in FAMILIES {
            let cut = |style, weight| {
                let variant = FontVariant {
                    style,
                    weight: FontWeight::from_number(weight),
                    ..FontVariant::default()
                };
                let name = internal(family).to_lowercase();
                let index = book.select(&name, variant).unwrap();
                let info = book.info(index).unwrap();
                assert_eq!(info.variant.style, style, "{family}");
                assert_eq!(info.variant.weight.to_number(), weight, "{family}");
                assert!(fonts.get(index).is_some());
                info.coverage.clone()
            };
            let coverage = cut(FontStyle::Normal, 400);
            cut(FontStyle::Normal, 600);
            cut(FontStyle::Italic, 400);
            let letters = "aZéßŁőşž ΑΩάώ АЯёїґ –—•…€£";
            for letter in letters.chars() {
                assert!(coverage.contains(u32::from(letter)), "{family} {letter}");
            }
        }
    }
}
