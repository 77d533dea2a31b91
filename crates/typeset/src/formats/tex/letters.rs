//! Letters in LaTeX: escaped, and each in a font of its script.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// The longest word that is kept in one piece, in characters as people count them.
const LONGEST_WHOLE: usize = 40;
/// The length of the pieces a longer word may be broken into.
const PIECE: usize = 12;

/// Which font a letter wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Alphabet {
    /// Latin and what every text font has.
    Main,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Lao,
    Myanmar,
    Georgian,
    Armenian,
    Ethiopic,
    Khmer,
    Hangul,
    /// Han and kana with their punctuation.
    Han,
    /// Signs and rare scripts, each in the first font that has it.
    Other,
}

impl Alphabet {
    fn of(character: char) -> Self {
        match character {
            '\u{0}'..='\u{17f}'
            | '\u{1a0}'
            | '\u{1a1}'
            | '\u{1af}'
            | '\u{1b0}'
            | '\u{218}'..='\u{21b}'
            | '\u{300}'..='\u{36f}'
            | '\u{1ea0}'..='\u{1ef9}'
            | '\u{2013}'
            | '\u{2014}'
            | '\u{2018}'..='\u{201e}'
            | '\u{2020}'..='\u{2022}'
            | '\u{2026}'
            | '\u{2030}'
            | '\u{2039}'
            | '\u{203a}'
            | '\u{20ac}'
            | '\u{2122}' => Self::Main,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Self::Greek,
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            '\u{530}'..='\u{58f}' => Self::Armenian,
            '\u{590}'..='\u{5ff}' | '\u{fb1d}'..='\u{fb4f}' => Self::Hebrew,
            '\u{600}'..='\u{6ff}'
            | '\u{750}'..='\u{77f}'
            | '\u{8a0}'..='\u{8ff}'
            | '\u{fb50}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}' => Self::Arabic,
            '\u{900}'..='\u{97f}' => Self::Devanagari,
            '\u{980}'..='\u{9ff}' => Self::Bengali,
            '\u{a00}'..='\u{a7f}' => Self::Gurmukhi,
            '\u{a80}'..='\u{aff}' => Self::Gujarati,
            '\u{b80}'..='\u{bff}' => Self::Tamil,
            '\u{c00}'..='\u{c7f}' => Self::Telugu,
            '\u{c80}'..='\u{cff}' => Self::Kannada,
            '\u{d00}'..='\u{d7f}' => Self::Malayalam,
            '\u{d80}'..='\u{dff}' => Self::Sinhala,
            '\u{e00}'..='\u{e7f}' => Self::Thai,
            '\u{e80}'..='\u{eff}' => Self::Lao,
            '\u{1000}'..='\u{109f}' => Self::Myanmar,
            '\u{10a0}'..='\u{10ff}' => Self::Georgian,
            '\u{1200}'..='\u{137f}' => Self::Ethiopic,
            '\u{1780}'..='\u{17ff}' => Self::Khmer,
            '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}' => {
                Self::Hangul
            }
            '\u{2e80}'..='\u{312f}'
            | '\u{3190}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{fe30}'..='\u{fe4f}'
            | '\u{ff00}'..='\u{ffef}'
            | '\u{20000}'..='\u{3ffff}' => Self::Han,
            _ => Self::Other,
        }
    }

    /// The name of its command, `\inGreek`, and of its script for fontspec.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Main => "Latin",
            Self::Greek => "Greek",
            Self::Cyrillic => "Cyrillic",
            Self::Hebrew => "Hebrew",
            Self::Arabic => "Arabic",
            Self::Devanagari => "Devanagari",
            Self::Bengali => "Bengali",
            Self::Gurmukhi => "Gurmukhi",
            Self::Gujarati => "Gujarati",
            Self::Tamil => "Tamil",
            Self::Telugu => "Telugu",
            Self::Kannada => "Kannada",
            Self::Malayalam => "Malayalam",
            Self::Sinhala => "Sinhala",
            Self::Thai => "Thai",
            Self::Lao => "Lao",
            Self::Myanmar => "Myanmar",
            Self::Georgian => "Georgian",
            Self::Armenian => "Armenian",
            Self::Ethiopic => "Ethiopic",
            Self::Khmer => "Khmer",
            Self::Hangul => "Hangul",
            Self::Han => "Han",
            Self::Other => "Other",
        }
    }
}

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
