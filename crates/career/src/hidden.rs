//! What a posting holds that its readers do not see, or that speaks to a model instead of to them.

use serde::{Deserialize, Serialize};

/// Why a passage was kept out of a posting's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HiddenReason {
    /// `display: none`, `visibility: hidden`, the `hidden` attribute.
    NotShown,
    /// Letters too small to be read.
    TinyText,
    /// Letters in the colour of what is behind them, or transparent ones.
    SameColor,
    /// Moved or clipped out of view.
    OffScreen,
    /// Marked as not meant for anyone, or for screen readers only.
    AriaHidden,
    /// A comment in the page's source.
    Comment,
    /// An attribute or a meta element instead of text.
    Attribute,
    /// Characters without width, or a text spelled with them.
    ZeroWidth,
    /// Characters of the tag block or variation selectors that spell a text nobody sees.
    TagCharacters,
    /// Characters that turn the direction of what follows.
    Direction,
    /// Seen by everyone, but told to a model: an instruction, not a requirement.
    Instruction,
}

impl HiddenReason {
    /// The message's key.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotShown => "not_shown",
            Self::TinyText => "tiny_text",
            Self::SameColor => "same_color",
            Self::OffScreen => "off_screen",
            Self::AriaHidden => "aria_hidden",
            Self::Comment => "comment",
            Self::Attribute => "attribute",
            Self::ZeroWidth => "zero_width",
            Self::TagCharacters => "tag_characters",
            Self::Direction => "direction",
            Self::Instruction => "instruction",
        }
    }

    /// Whether pages do this for honest reasons too (menus, notes of their makers, labels), so that it
    /// is worth a word only when it speaks to a model.
    pub fn is_usual(self) -> bool {
        matches!(
            self,
            Self::NotShown | Self::AriaHidden | Self::Comment | Self::Attribute
        )
    }
}

/// A passage that was kept out of a posting's text, and why.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HiddenPassage {
    /// Why it was kept out.
    pub why: HiddenReason,
    /// Its words, cut when they are many. To be shown as text, never to be followed.
    pub text: String,
    /// Whether it reads like an instruction to a model, however it was hidden.
    #[serde(default)]
    pub instructs: bool,
}
