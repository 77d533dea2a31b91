//! A text as it is compared: lower case, no accents, one space for many, and where each letter stood.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text's letters as they are compared, each with the bytes it stands for.
#[derive(Debug, Default)]
pub(super) struct Folded {
    letters: Vec<char>,
    /// From and to, in bytes.
    spans: Vec<(usize, usize)>,
}

impl Folded {
    pub(super) fn of(text: &str) -> Self {
        let mut folded = Self::default();
        for (start, letter) in text.char_indices() {
            let end = start + letter.len_utf8();
            // An accent that stands by itself, a soft hyphen, a joiner: part of what is before it.
            if is_combining_mark(letter) || is_invisible(letter) {
                if let Some(last) = folded.spans.last_mut() {
                    last.1 = end;
                }
                continue;
            }
            if letter.is_whitespace() {
                if folded.letters.last() == Some(&' ') {
                    if let Some(last) = folded.spans.last_mut() {
                        last.1 = end;
                    }
                    continue;
                }
                folded.push(' ', start, end);
                continue;
            }
            let plain = std::iter::once(letter)
                .nfd()
                .filter(|part| !is_combining_mark(*part));
            for lower in plain.flat_map(char::to_lowercase) {
                if !is_combining_mark(lower) {
                    folded.push(dash(lower), start, end);
                }
            }
        }
        folded
    }

    fn push(&mut self, letter: char, start: usize, end: usize) {
        self.letters.push(letter);
        self.spans.push((start, end));
    }

    pub(super) fn letters(text: &str) -> Vec<char> {
        Self::of(text.trim()).letters
    }

    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }

    pub(super) fn start(&self, at: usize) -> usize {
        self.spans.get(at).map_or(0, |span| span.0)
    }

    pub(super) fn end(&self, at: usize) -> usize {
        self.spans.get(at).map_or(0, |span| span.1)
    }

    /// The first letter that begins at that byte or behind it.
    pub(super) fn position(&self, byte: usize) -> usize {
        self.spans.partition_point(|span| span.0 < byte)
    }

    /// One past the last letter, when these letters stand here.
    pub(super) fn matches(&self, at: usize, letters: &[char]) -> Option<usize> {
        let end = at + letters.len();
        (self.letters.get(at..end)? == letters).then_some(end)
    }
}

/// Whether no word goes on across this place.
pub(super) fn is_boundary(folded: &Folded, at: usize) -> bool {
    let inside = |at: usize| {
        let letter = folded.letters.get(at);
        letter.is_some_and(|letter| letter.is_alphanumeric())
    };
    at == 0 || !inside(at - 1) || !inside(at)
}

fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// All dashes and apostrophes are one.
fn dash(letter: char) -> char {
    match letter {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' => '\'',
        other => other,
    }
}
