//! A line cut into runs that survive being copied out of the page.
//!
//! A reader of PDF text joins what a line end splits: "low-latency" broken at its hyphen comes back
//! as "lowlatency", "CI/CD" as "CI/ CD". So words with such characters inside are kept in one
//! piece. What is too long for that is cut into pieces that never end in a hyphen, so that a word
//! of any length stays on the page and still reads back whole.

use unicode_segmentation::UnicodeSegmentation;

/// Kept in one piece: a line end must not split it.
pub(crate) const WHOLE: u8 = 1;
/// Set strong.
pub(crate) const STRONG: u8 = 2;

/// The longest word that is kept in one piece, in characters as people count them.
const LONGEST_WHOLE: usize = 40;
/// The length of the pieces a longer word is cut into.
const PIECE: usize = 12;

/// Cuts a line into runs of text and flags. The first `strong` bytes are set strong.
pub(crate) fn runs(text: &str, strong: usize) -> Vec<(String, u8)> {
    let strong = if text.is_char_boundary(strong) {
        strong
    } else {
        0
    };
    let (label, rest) = text.split_at(strong);
    let mut runs = Vec::new();
    cut(label, STRONG, &mut runs);
    cut(rest, 0, &mut runs);
    runs
}

fn cut(text: &str, flags: u8, runs: &mut Vec<(String, u8)>) {
    let mut plain = String::new();
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        let mut word = word.to_owned();
        // A line that ends in a hyphen is read back without it: the next word comes along.
        while ends_in_hyphen(&word) && words.peek().is_some() && word.len() < LONGEST_WHOLE {
            word.push(' ');
            word.push_str(words.next().unwrap_or_default());
        }
        let length = word.graphemes(true).take(LONGEST_WHOLE + 1).count();
        if word.chars().any(breaks_freely) || !(length > LONGEST_WHOLE || splits_inside(&word)) {
            plain.push_str(&word);
        } else {
            flush(&mut plain, flags, runs);
            if length > LONGEST_WHOLE {
                runs.extend(pieces(&word).map(|piece| (piece, flags | WHOLE)));
            } else {
                runs.push((word, flags | WHOLE));
            }
        }
        if words.peek().is_some() {
            plain.push(' ');
        }
    }
    flush(&mut plain, flags, runs);
}

fn flush(plain: &mut String, flags: u8, runs: &mut Vec<(String, u8)>) {
    if !plain.is_empty() {
        runs.push((std::mem::take(plain), flags));
    }
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}' | '\u{2012}')
}

fn ends_in_hyphen(word: &str) -> bool {
    word.ends_with(is_hyphen)
}

/// Whether a line end could come inside the word.
fn splits_inside(word: &str) -> bool {
    // At such signs no line ends but behind the word; "C++" and flags behind letters are others.
    let core = word.trim_matches(['.', ',', ';', ':', '!', '?', '(', ')', '[', ']', '"', '\'']);
    let several = core.chars().nth(1).is_some();
    (several && core.chars().any(|character| !character.is_alphanumeric()))
        || word.starts_with(is_hyphen)
}

/// Scripts written without spaces: their lines end between any two characters, or where the
/// typesetter's dictionary says.
fn breaks_freely(character: char) -> bool {
    matches!(character,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{9fff}' | '\u{a000}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// A long word in pieces of about [`PIECE`] characters, none of which ends in a hyphen.
fn pieces(word: &str) -> impl Iterator<Item = String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut count = 0;
    let mut graphemes = word.graphemes(true).peekable();
    while let Some(grapheme) = graphemes.next() {
        piece.push_str(grapheme);
        count += 1;
        let next_is_space = graphemes.peek().is_some_and(|next| *next == " ");
        if count >= PIECE && !ends_in_hyphen(piece.trim_end()) && !next_is_space {
            pieces.push(std::mem::take(&mut piece));
            count = 0;
        }
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces.into_iter()
}

/// Whether a line reads from right to left: its first letter does. `None` without letters.
pub(crate) fn is_right_to_left(text: &str) -> Option<bool> {
    text.chars()
        .find(|character| character.is_alphabetic())
        .map(reads_from_the_right)
}

/// Whether no letter of the text belongs to a script that reads from right to left.
pub(crate) fn has_no_right_to_left(text: &str) -> bool {
    !text.chars().any(reads_from_the_right)
}

fn reads_from_the_right(character: char) -> bool {
    matches!(character,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Vec<String> {
        runs(text, 0)
            .into_iter()
            .filter(|(_, flags)| flags & WHOLE != 0)
            .map(|(text, _)| text)
            .collect()
    }

    #[test]
    fn words_that_a_line_end_could_spoil_are_kept_whole() {
        assert_eq!(
            whole("Built low-latency CI/CD (C++, Node.js) for users."),
            ["low-latency", "CI/CD", "(C++,", "Node.js)"]
        );
        assert!(whole("Plain words, with ordinary punctuation (and more).").is_empty());
    }

    #[test]
    fn a_word_ending_in_a_hyphen_takes_the_next_along() {
        assert_eq!(whole("pre- and post-release"), ["pre- and", "post-release"]);
        assert_eq!(whole("Engineer - R&D"), ["- R&D"]);
    }

    #[test]
    fn the_runs_of_a_line_give_the_line() {
        let url = format!("https://example.org/{}", "a-long-path/".repeat(20));
        for text in [
            "Backend: Node.js, CI/CD",
            "",
            " ",
            "a- - - b",
            "東京大学、工学部、AI-研究",
            &url,
            &"x".repeat(100_000),
            &"-".repeat(300),
            &format!("{}- {}", "y".repeat(38), "z".repeat(500)),
        ] {
            for strong in [0, 7, text.len()] {
                let joined: String = runs(text, strong.min(text.len()))
                    .into_iter()
                    .map(|(part, _)| part)
                    .collect();
                assert_eq!(joined, *text);
            }
        }
    }

    #[test]
    fn pieces_of_long_words_do_not_end_in_hyphens() {
        let word = "ab-cd-ef-gh-ij-kl".repeat(20);
        let pieces = whole(&word);
        assert!(pieces.len() > 10);
        for piece in &pieces[..pieces.len() - 1] {
            assert!(!piece.ends_with('-'), "{piece}");
        }
    }

    #[test]
    fn direction_is_that_of_the_first_letter() {
        assert_eq!(is_right_to_left("שלום world"), Some(true));
        assert_eq!(is_right_to_left("(42) Hello שלום"), Some(false));
        assert_eq!(is_right_to_left("2021 – 2022"), None);
    }
}
