//! Bytes into text: which character set, decided once for every reader.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much of a page is searched for a `charset`, in bytes.
const META_WINDOW: usize = 4096;

/// UTF-8, or UTF-16 when a byte order mark says so; `None` when it is neither. The mark is dropped.
pub(crate) fn utf8_or_utf16(bytes: &[u8]) -> Option<Cow<'_, str>> {
    match Encoding::for_bom(bytes) {
        Some((encoding, length)) => {
            encoding.decode_without_bom_handling_and_without_replacement(&bytes[length..])
        }
        None => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    }
}

/// Text of a table cell or a plain file whose character set nobody names: UTF-8 where it is valid,
/// else windows-1252, which knows every byte.
pub(crate) fn lenient(bytes: &[u8]) -> Cow<'_, str> {
    utf8_or_utf16(bytes).unwrap_or_else(|| WINDOWS_1252.decode_without_bom_handling(bytes).0)
}

/// Text of a page: byte order mark, then the server's word, then the page's own, then UTF-8 where
/// it is valid, then windows-1252. `None` for what cannot be text.
pub(crate) fn page<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Option<Cow<'a, str>> {
    if Encoding::for_bom(bytes).is_some() {
        return utf8_or_utf16(bytes).or_else(|| Some(UTF_8.decode(bytes).0));
    }
    let named = content_type
        .and_then(charset_in)
        .or_else(|| charset_in(&ascii_start(bytes)));
    if let Some(encoding) = named.filter(|encoding| *encoding != UTF_8) {
        let wide = encoding == UTF_16LE || encoding == UTF_16BE;
        // Pages often claim a Latin set and are UTF-8, hardly ever the other way round; and what
        // a meta tag in ASCII says about UTF-16 cannot be true.
        let is_utf8 = std::str::from_utf8(bytes).is_ok_and(|text| !text.is_ascii());
        let mislabelled = is_utf8 && encoding == WINDOWS_1252;
        if !wide && !mislabelled {
            return Some(encoding.decode_without_bom_handling(bytes).0);
        }
    }
    let binary = bytes.iter().take(META_WINDOW).any(|byte| *byte == 0);
    (!binary).then(|| lenient(bytes))
}

fn ascii_start(bytes: &[u8]) -> String {
    bytes
        .iter()
        .take(META_WINDOW)
        .map(|byte| {
            if byte.is_ascii() {
                char::from(*byte)
            } else {
                ' '
            }
        })
        .collect()
}

/// The first `charset=…` that names a known set.
fn charset_in(text: &str) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    lower.match_indices("charset").find_map(|(position, word)| {
        let rest = lower[position + word.len()..].trim_start();
        let label: String = rest
            .strip_prefix('=')?
            .trim_start()
            .trim_start_matches(['"', '\''])
            .chars()
            .take_while(|character| {
                character.is_ascii_alphanumeric() || "-_:.".contains(*character)
            })
            .collect();
        Encoding::for_label(label.as_bytes())
    })
}
