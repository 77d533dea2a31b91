//! A line as words, numbers, dates and marks.

mod figures;
mod measures;
mod months;
mod spelled;

use unicode_normalization::UnicodeNormalization;

use super::wordbook::{Unit, Wordbook, is_acronym};
use figures::number;
use measures::{factors, rates, scales, shared_units, units};
use months::{month_ranges, months};
use spelled::{and_a_half, fractions, halves, singles, spelled_numbers};

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// A word or name.
    Word,
    /// A number, perhaps with its measure.
    Number(Number),
    /// A measure, month or scale that belongs to the number beside it.
    PartOfNumber,
    /// A mark between words.
    Mark(char),
}

/// A number as it can be read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Number {
    /// What it may be: `2.600` is one thing in English and another in Spanish.
    pub values: Vec<f64>,
    /// Its measure.
    pub unit: Option<Unit>,
    /// A date of that year and month.
    pub date: Option<(u16, Option<u8>)>,
    /// Spelled out.
    pub spelled: bool,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    /// First byte in the text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// As it stands there, without what shows nothing.
    pub surface: String,
    /// In lower case, straight apostrophes, compatibility forms folded.
    pub word: String,
    /// What it is.
    pub kind: Kind,
    /// Joined to the token before it by a hyphen.
    pub joined: bool,
}

impl Token {
    /// Whether it is that mark.
    pub(crate) fn is_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, Kind::Mark(mark) if marks.contains(&mark))
    }

    /// Whether it is a number, or says how many times.
    pub(crate) fn counts(&self) -> bool {
        self.number().is_some() || matches!(self.word.as_str(), "once" | "twice" | "thrice")
    }

    /// Whether it is a date.
    pub(crate) fn is_date(&self) -> bool {
        self.number().is_some_and(|number| number.date.is_some())
    }

    /// Whether it is a number and no date.
    pub(crate) fn is_figure(&self) -> bool {
        self.number().is_some_and(|number| number.date.is_none())
    }

    /// The number it is.
    pub(crate) fn number(&self) -> Option<&Number> {
        match &self.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }
}

/// Cuts a text into tokens; every byte that is neither white space nor without shape is in one.
pub(crate) fn tokens(text: &str, book: &Wordbook) -> Vec<Token> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&(start, character)) = characters.get(at) {
        if character.is_whitespace() || career::text::is_invisible(character) {
            at += 1;
            continue;
        }
        let next = if character.is_ascii_digit() {
            number(text, &characters, at, &mut found, book)
        } else if character.is_alphanumeric() {
            word(text, &characters, at, &mut found)
        } else {
            mark(text, &characters, at, &mut found)
        };
        debug_assert!(next > at, "a token at {start} has no length");
        at = next.max(at + 1);
    }
    rates(&mut found, book);
    spelled_numbers(&mut found, book);
    and_a_half(&mut found, book);
    singles(&mut found, book);
    halves(&mut found, book);
    fractions(&mut found, book);
    scales(&mut found, book);
    factors(&mut found);
    months(&mut found, book);
    month_ranges(&mut found, book);
    units(&mut found, book);
    shared_units(&mut found);
    found
}

fn push(text: &str, start: usize, end: usize, kind: Kind, found: &mut Vec<Token>) {
    let surface: String = text[start..end]
        .chars()
        .filter(|c| !career::text::is_invisible(*c))
        .collect();
    let folded: String = surface
        .nfkc()
        .collect::<String>()
        .to_lowercase()
        .replace('’', "'");
    let word = folded
        .strip_suffix("'s")
        .map_or_else(|| folded.trim_end_matches('\'').to_owned(), str::to_owned);
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1);
    // "B.Sc", "Ph.D", "M.Eng": each part begins with a capital.
    let degree = surface.contains('.')
        && surface.len() <= 6
        && surface.split('.').all(|part| {
            part.chars().next().is_some_and(char::is_uppercase)
                && part.chars().count() <= 3
                && part.chars().all(char::is_alphabetic)
        });
    let (word, surface) = if dotted || degree {
        (word.replace('.', ""), surface.replace('.', ""))
    } else {
        (word, surface)
    };
    let joined = found
        .last()
        .is_some_and(|last: &Token| last.is_mark(&['-', '‐', '‑']) && last.end == start);
    let word = if word.is_empty() { folded } else { word };
    found.push(Token {
        start,
        end,
        surface,
        word,
        kind,
        joined,
    });
}

fn end_of(text: &str, characters: &[(usize, char)], at: usize) -> usize {
    characters.get(at).map_or(text.len(), |(offset, _)| *offset)
}

/// A word: letters and figures with what may stand inside (`Node.js`, `R&D`, `don't`, `C++`).
fn word(text: &str, characters: &[(usize, char)], at: usize, found: &mut Vec<Token>) -> usize {
    let start = characters[at].0;
    let is = |at: usize| characters.get(at).is_some_and(|(_, c)| c.is_alphanumeric());
    let mut end = at;
    loop {
        match characters.get(end).map(|(_, c)| *c) {
            Some(c) if c.is_alphanumeric() || career::text::is_invisible(c) || is_joining(c) => {
                end += 1;
            }
            Some('\'' | '’' | '&' | '.' | '@' | '_') if is(end + 1) && end > at => end += 1,
            Some(':') if text[start..].starts_with("http") => end += 1,
            Some('/')
                if text[start..].starts_with("http")
                    && characters
                        .get(end + 1)
                        .is_some_and(|(_, c)| !c.is_whitespace()) =>
            {
                end += 1;
            }
            // "2M+" is a number and a plus; "C++" a name.
            Some('+' | '#')
                if end > at && !(start > 0 && text.as_bytes()[start - 1].is_ascii_digit()) =>
            {
                end += 1;
                while matches!(characters.get(end), Some((_, '+' | '#'))) {
                    end += 1;
                }
                break;
            }
            _ => break,
        }
    }
    let stop = end_of(text, characters, end);
    push(text, start, stop, Kind::Word, found);
    end
}

/// Combining marks, which belong to the letter before them.
fn is_joining(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

fn mark(text: &str, characters: &[(usize, char)], at: usize, found: &mut Vec<Token>) -> usize {
    let (start, character) = characters[at];
    // `.NET`, `#hashtag` and `@name` are words.
    let glued = characters
        .get(at + 1)
        .is_some_and(|(_, c)| c.is_alphabetic());
    let apart = at == 0 || characters[at - 1].1.is_whitespace() || characters[at - 1].1 == '(';
    if glued && apart && matches!(character, '.' | '#' | '@') {
        let end = word(text, characters, at + 1, found);
        if let Some(last) = found.last_mut() {
            last.start = start;
            last.surface.insert(0, character);
            last.word.insert(0, character);
        }
        return end;
    }
    let dash = match character {
        '–' | '—' | '―' | '−' => '–',
        '‐' | '‑' => '-',
        other => other,
    };
    push(
        text,
        start,
        end_of(text, characters, at + 1),
        Kind::Mark(dash),
        found,
    );
    at + 1
}

/// The key under which a single word is looked up besides its dictionary forms.
pub(crate) fn acronym(token: &Token) -> Option<&str> {
    // "HCAs" are several of one.
    let own = token.surface.trim_end_matches("'s").trim_end_matches("’s");
    let one = own.strip_suffix('s').unwrap_or(own);
    is_acronym(one).then_some(one)
}
