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
