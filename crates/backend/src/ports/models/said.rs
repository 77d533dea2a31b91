//! What a model said, put together from a whole answer or piece by piece from a stream.

use super::error::{Blocked, ModelError};
use super::request::Usage;

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// By itself.
    Complete,
    /// At its limit of tokens.
    Limit,
    /// It was withheld.
    Blocked(Blocked),
}

/// What was said so far: personal, so nothing shows it.
#[derive(Default)]
pub(super) struct Said {
    pub text: String,
    pub model: Option<String>,
    pub usage: Option<Usage>,
    pub end: Option<End>,
}

impl Said {
    /// How it ended, unless something more telling was said before.
    pub(super) fn ends(&mut self, end: End) {
        if !matches!(self.end, Some(End::Blocked(_))) {
            self.end = Some(end);
        }
    }

    /// The text without what a model thought aloud.
    pub(super) fn visible(&self) -> &str {
        visible(&self.text)
    }

    /// Whether it is an answer. A stream has to say that it ended.
    pub(super) fn verdict(&self, streamed: bool) -> Result<(), ModelError> {
        match self.end {
            Some(End::Blocked(reason)) => return Err(ModelError::Blocked { reason }),
            None if streamed => return Err(ModelError::CutOff),
            _ => {}
        }
        if !self.visible().trim().is_empty() {
            return Ok(());
        }
        Err(match self.end {
            Some(End::Limit) => ModelError::Truncated,
            _ => ModelError::Empty,
        })
    }
}

/// Models that think aloud do so between these, before the answer.
const THINKS: &str = "<think>";
const THOUGHT: &str = "</think>";

fn visible(text: &str) -> &str {
    let begun = text.trim_start();
    if let Some(thinking) = begun.strip_prefix(THINKS) {
        return match thinking.split_once(THOUGHT) {
            Some((_, answer)) => answer,
            None => "",
        };
    }
    // In a stream this may become one.
    if THINKS.starts_with(begun) { "" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_model_thinks_aloud_is_not_its_answer() {
        for (text, seen) in [
            ("{}", "{}"),
            ("<think>{\"a\":1}</think>\n{}", "\n{}"),
            ("\n<think>still", ""),
            ("<thi", ""),
            ("<b>", "<b>"),
            ("", ""),
        ] {
            assert_eq!(visible(text), seen);
        }
    }

    #[test]
    fn a_stream_without_an_end_broke_off() {
        let said = Said {
            text: "{}".to_owned(),
            ..Said::default()
        };
        assert_eq!(said.verdict(true), Err(ModelError::CutOff));
        assert_eq!(said.verdict(false), Ok(()));
    }
}
