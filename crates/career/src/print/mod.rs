//! What a person chooses about how the pages look.

mod form;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::profile::SectionKind;

pub use form::{BadField, PrintForm};

/// The template that is used when none is named: read without fault by everyone.
pub const DEFAULT_TEMPLATE: &str = "ledger";

/// Bytes of a photo that is given, at most: what telephones take fits.
pub const MAX_PHOTO_BYTES: usize = 10 << 20;

/// The one list of a choice's values and of their names in forms and arguments.
macro_rules! named {
    ($choice:ident { $($value:ident = $name:literal),* $(,)? }) => {
        impl $choice {
            /// All there are, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$value),*];

            /// Its name.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $name),*
                }
            }

            /// The one of that name.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == name)
            }
        }
    };
}

named!(Paper {
    A4 = "a4",
    Letter = "letter",
});
named!(Spacing {
    Auto = "auto",
    Airy = "airy",
    Compact = "compact",
});
named!(DateStyle {
    Auto = "auto",
    Short = "short",
    Long = "long",
    Numeric = "numeric",
    Iso = "iso",
    Year = "year",
});

/// The size of the paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

impl Paper {
    /// Width and height in points.
    pub fn size_pt(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.276, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// How closely the lines stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spacing {
    /// As airy as the page budget allows.
    #[default]
    Auto,
    /// Never tight: lines give way earlier.
    Airy,
    /// Tight from the start.
    Compact,
}

/// How dates are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateStyle {
    /// As the language of the résumé has it.
    #[default]
    Auto,
    /// `Mar 2021`
    Short,
    /// `March 2021`
    Long,
    /// `03/2021`
    Numeric,
    /// `2021-03`
    Iso,
    /// `2021`
    Year,
}

/// A colour, `#0f4a4c`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Its contrast against white after WCAG 2.2: 1 to 21. Text on a page wants 4.5.
    pub fn contrast_on_white(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    }

    /// The colour, darkened as little as makes it readable as text on white.
    #[must_use]
    pub fn readable(self) -> Self {
        let mut colour = self;
        while colour.contrast_on_white() < 4.5 {
            colour = Self(colour.0.map(|part| (u16::from(part) * 15 / 16) as u8));
        }
        colour
    }
}

/// The text is no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a colour is written #rrggbb, for example #0f4a4c")]
pub struct NoColour;

impl FromStr for Colour {
    type Err = NoColour;

    fn from_str(text: &str) -> Result<Self, NoColour> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NoColour);
        }
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| NoColour);
        Ok(Self([part(0)?, part(2)?, part(4)?]))
    }
}

impl TryFrom<String> for Colour {
    type Error = NoColour;

    fn try_from(text: String) -> Result<Self, NoColour> {
        text.parse()
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

/// How it is to look. What is left out is the template's own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct PrintOptions {
    /// A template's name.
    pub template: String,
    /// Its version; the newest when none is given. A document that was made names its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The paper.
    pub paper: Paper,
    /// Pages at most, 1 to 10; what was asked for at first when none is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// The colour of headings and small marks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent: Option<Colour>,
    /// The family of running text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub font: Option<String>,
    /// How closely the lines stand.
    pub spacing: Spacing,
    /// How dates are written.
    pub dates: DateStyle,
    /// The language of headings and dates (BCP 47); the résumé's own when none is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headings: Option<String>,
    /// The sections that come first, in this order; the others follow as they stand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<SectionKind>,
    /// Other titles for sections.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub titles: BTreeMap<SectionKind, String>,
}

impl Default for PrintOptions {
    fn default() -> Self {
        Self {
            template: DEFAULT_TEMPLATE.to_owned(),
            version: None,
            paper: Paper::A4,
            pages: None,
            accent: None,
            font: None,
            spacing: Spacing::Auto,
            dates: DateStyle::Auto,
            headings: None,
            order: Vec::new(),
            titles: BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pale_accent_is_darkened_until_it_can_be_read_and_a_dark_one_is_left_alone() {
        let dark: Colour = "#0f4a4c".parse().unwrap();
        assert_eq!(dark.readable(), dark);
        for pale in ["#ffffff", "#ffee00", "#7fd0ff"] {
            let colour: Colour = pale.parse().unwrap();
            assert!(colour.readable().contrast_on_white() >= 4.5, "{pale}");
        }
    }

    #[test]
    fn a_choice_is_named_in_forms_as_it_is_stored() {
        fn same<T: Copy + PartialEq + fmt::Debug + Serialize>(
            all: &[T],
            name: fn(T) -> &'static str,
            parse: fn(&str) -> Option<T>,
        ) {
            for value in all {
                assert_eq!(parse(name(*value)), Some(*value));
                assert_eq!(serde_json::to_value(value).unwrap(), name(*value));
            }
            assert_eq!(parse("nonesuch"), None);
        }
        same(Paper::ALL, Paper::as_str, Paper::parse);
        same(Spacing::ALL, Spacing::as_str, Spacing::parse);
        same(DateStyle::ALL, DateStyle::as_str, DateStyle::parse);
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for text in [
            "", "#12345", "red", "#12345g", "#1234567", "url(x)", "ü12345",
        ] {
            assert_eq!(text.parse::<Colour>(), Err(NoColour), "{text}");
        }
    }
}
