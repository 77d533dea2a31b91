//! The words on screen. All of them come from `messages/en.json`, by way of the build script.

pub use messages::*;

/// What the build script made of the messages.
#[allow(clippy::if_same_then_else, clippy::useless_conversion)]
mod messages {
    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

/// The posting of the sample, ready to be sent.
pub const SAMPLE_POSTING: &str = include_str!("../messages/sample_posting.txt");

/// What to tell about an error's code; something honest for a code nobody wrote a message for.
pub fn error_or_generic(code: &str) -> &'static str {
    error(code).unwrap_or_else(error_generic)
}

/// What to tell about a notice's code.
pub fn notice_or_error(code: &str) -> &'static str {
    notice(code).unwrap_or_else(|| error_or_generic(code))
}

/// How many there are, as messages count.
pub fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// A time in words: milliseconds while they say something, then seconds.
pub fn duration(ms: f64) -> String {
    let ms = ms.round() as i64;
    if ms < 1000 {
        time_ms(&ms.to_string())
    } else {
        let tenths = (ms + 50) / 100;
        time_s(&format!("{}.{}", tenths / 10, tenths % 10))
    }
}
