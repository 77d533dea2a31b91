//! Texts made comparable: what differs between two spellings of the same words is folded away.

use unicode_normalization::UnicodeNormalization;

/// NFC without entities, typographic quotes and runs of white space; marks that stand alone
/// (bullets, dashes) go.
pub(super) fn plain(text: &str) -> String {
    let decoded = html_escape::decode_html_entities(text);
    let folded: String = decoded
        .nfc()
        .map(|one| match one {
            '’' | '‘' | 'ʼ' => '\'',
            '“' | '”' => '"',
            '–' | '—' | '‐' | '‑' | '\u{ad}' => '-',
            other => other,
        })
        .collect();
    let words: Vec<&str> = folded
        .split_whitespace()
        .filter(|word| word.chars().any(|one| !"-•◦·●○▪*".contains(one)))
        .collect();
    words.join(" ")
}

/// The same words.
pub(super) fn same(one: &str, other: &str) -> bool {
    let (one, other) = (plain(one), plain(other));
    one == other || one.trim_end_matches(['.', ':', ',']) == other.trim_end_matches(['.', ':', ','])
}

/// Letters and digits alone, in lower case.
pub(super) fn letters(text: &str) -> String {
    plain(text)
        .to_lowercase()
        .chars()
        .filter(|one| one.is_alphanumeric())
        .collect()
}

/// Digits alone.
pub(super) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Words in lower case.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let lower = plain(text).to_lowercase();
    lower
        .split(|one: char| !one.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// An address without its scheme, `www.` and closing slash.
pub(super) fn address(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let bare = lower
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_start_matches("www.");
    bare.trim_end_matches('/').to_owned()
}
