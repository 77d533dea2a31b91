//! Letters in LaTeX: escaped, and each in a font of its script.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::alphabet::Alphabet;
use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// The longest word that is kept in one piece, in characters as people count them.
const LONGEST_WHOLE: usize = 40;
/// The length of the pieces a longer word may be broken into.
const PIECE: usize = 12;

/// The letters beyond ASCII that a document needs, by alphabet.
#[derive(Debug, Default)]
pub(super) struct Used(pub(super) BTreeMap<Alphabet, BTreeSet<char>>);

impl Used {
    fn note(&mut self, alphabet: Alphabet, character: char) {
        if !character.is_ascii() && !is_ignorable(character) {
            self.0.entry(alphabet).or_default().insert(character);
        }
    }
}

/// What asks a font for something and has no shape itself; fonts may lack it.
fn is_ignorable(character: char) -> bool {
    matches!(character,
        '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200c}' | '\u{200d}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Adds text of one direction as LaTeX. In a stretch that reads from the right, `turned`, brackets
/// are set as their mirror images, which these engines do not do by themselves.
pub(super) fn set(source: &mut String, text: &str, turned: bool, used: &mut Used) {
    let text: Vec<char> = text.nfc().collect();
    for (alphabet, run) in runs(&text) {
        match alphabet {
            Alphabet::Main => main(source, &run, turned, used),
            Alphabet::Other => {
                for character in run {
                    used.note(alphabet, character);
                    let code = u32::from(character);
                    let _infallible = write!(source, "\\inOther{{{code:04X}}}{{{character}}}");
                }
            }
            _ => {
                for &character in &run {
                    used.note(alphabet, character);
                }
                let run: String = run.into_iter().collect();
                let _infallible = write!(source, "\\in{}{{{run}}}", alphabet.name());
            }
        }
    }
}

/// The text in runs of one alphabet. Marks and joiners stay with the letter before them, and a
/// space between two words of an alphabet that has spaces belongs to it.
fn runs(text: &[char]) -> Vec<(Alphabet, Vec<char>)> {
    let mut runs: Vec<(Alphabet, Vec<char>)> = Vec::new();
    let mut rest = text.iter().copied().peekable();
    while let Some(character) = rest.next() {
        let last = runs.last().map(|(alphabet, _)| *alphabet);
        let own = Alphabet::of(character);
        let spaced =
            |alphabet| !matches!(alphabet, Alphabet::Main | Alphabet::Other | Alphabet::Han);
        let alphabet = match last {
            Some(last) if matches!(character, '\u{300}'..='\u{36f}') && spaced(last) => last,
            Some(last) if is_ignorable(character) => match last {
                // Between signs, in Latin or Han it asks for nothing that these fonts give.
                Alphabet::Main | Alphabet::Other | Alphabet::Han => continue,
                last => last,
            },
            None if is_ignorable(character) => continue,
            Some(last)
                if character == ' '
                    && spaced(last)
                    && rest.peek().is_some_and(|next| Alphabet::of(*next) == last) =>
            {
                last
            }
            _ => own,
        };
        match runs.last_mut() {
            Some((last, run)) if *last == alphabet => run.push(character),
            _ => runs.push((alphabet, vec![character])),
        }
    }
    runs
}

/// Text of the main font: escaped, long words with places to break at.
fn main(source: &mut String, run: &[char], turned: bool, used: &mut Used) {
    for &character in run {
        used.note(Alphabet::Main, character);
    }
    let text: String = run.iter().collect();
    for (number, word) in text.split(' ').enumerate() {
        if number > 0 {
            source.push(' ');
        }
        let long = word.graphemes(true).take(LONGEST_WHOLE + 1).count() > LONGEST_WHOLE;
        if long {
            let graphemes: Vec<&str> = word.graphemes(true).collect();
            for (number, piece) in graphemes.chunks(PIECE).enumerate() {
                if number > 0 {
                    source.push_str("\\allowbreak{}");
                }
                escape(source, &piece.concat(), turned);
            }
        } else {
            escape(source, word, turned);
        }
    }
}

/// Adds text with every active character as a command, and nothing that joins into another sign.
pub(super) fn escape(source: &mut String, text: &str, turned: bool) {
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match mirror(character).filter(|_| turned) {
            Some(mirrored) => {
                source.push_str("\\Mirror{");
                one(source, character);
                source.push_str("}{");
                one(source, mirrored);
                source.push('}');
            }
            None => one(source, character),
        }
        // `--`, `,,`, `?` with a quote and the like would be set as one sign.
        let first = matches!(
            character,
            '-' | ',' | '?' | '!' | '‘' | '’' | '‚' | '–' | '<' | '>' | '\'' | '`'
        );
        let second = characters.peek().is_some_and(|next| {
            matches!(
                next,
                '-' | ',' | '‘' | '’' | '‚' | '–' | '<' | '>' | '\'' | '`'
            )
        });
        if first && second && !source.ends_with('}') {
            source.push_str("{}");
        }
    }
}

fn one(source: &mut String, character: char) {
    match character {
        '\\' => source.push_str("\\textbackslash{}"),
        '{' | '}' | '$' | '&' | '#' | '%' | '_' => {
            source.push('\\');
            source.push(character);
        }
        '^' => source.push_str("\\textasciicircum{}"),
        '~' => source.push_str("\\textasciitilde{}"),
        '<' => source.push_str("\\textless{}"),
        '>' => source.push_str("\\textgreater{}"),
        '|' => source.push_str("\\textbar{}"),
        '"' => source.push_str("\\textquotedbl{}"),
        '\'' => source.push_str("\\textquotesingle{}"),
        '`' => source.push_str("\\textasciigrave{}"),
        _ if character.is_control() => {}
        _ => source.push(character),
    }
}

fn mirror(character: char) -> Option<char> {
    let pairs = [
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('<', '>'),
        ('«', '»'),
        ('‹', '›'),
    ];
    pairs.iter().find_map(|&(left, right)| match character {
        _ if character == left => Some(right),
        _ if character == right => Some(left),
        _ => None,
    })
}

/// An address for `\href`: what it holds was looked at before, and only these are active.
pub(super) fn address(address: &str) -> String {
    let mut escaped = String::with_capacity(address.len());
    for character in address.chars() {
        if matches!(character, '%' | '#' | '&' | '_') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let mut source = String::new();
        set(&mut source, text, false, &mut Used::default());
        source
    }

    #[test]
    fn nothing_a_person_writes_is_a_command_or_joins_into_another_sign() {
        for (text, expected) in [
            (
                "\\input{/etc/passwd}",
                "\\textbackslash{}input\\{/etc/passwd\\}",
            ),
            (
                "50% of #1 & a_b $x^2$ ~",
                "50\\% of \\#1 \\& a\\_b \\$x\\textasciicircum{}2\\$ \\textasciitilde{}",
            ),
            ("a--b ---", "a-{}-b -{}-{}-"),
            (",,x ?`", ",{},x ?{}\\textasciigrave{}"),
            (
                "<<x>>",
                "\\textless{}\\textless{}x\\textgreater{}\\textgreater{}",
            ),
            ("‘‘ –-", "‘{}‘ –{}-"),
            ("^^5c", "\\textasciicircum{}\\textasciicircum{}5c"),
            ("Привет Ελλάδα", "\\inCyrillic{Привет} \\inGreek{Ελλάδα}"),
            ("שלום עולם 42", "\\inHebrew{שלום עולם} 42"),
            ("★\u{fe0f} x", "\\inOther{2605}{★} x"),
            ("e\u{301}", "é"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn brackets_between_letters_that_read_from_the_right_are_mirrored() {
        let mut source = String::new();
        set(&mut source, "(א)", true, &mut Used::default());
        assert_eq!(source, "\\Mirror{(}{)}\\inHebrew{א}\\Mirror{)}{(}");
    }

    #[test]
    fn a_word_without_end_can_be_broken() {
        let source = plain(&"x".repeat(100));
        assert_eq!(source.matches("\\allowbreak{}").count(), 8);
    }
}
