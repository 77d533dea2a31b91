//! A letter out of a plain text file: a few `Key: value` lines as in an e-mail, then paragraphs.

use thiserror::Error;

use super::Letter;

/// The keys there are.
const KEYS: [&str; 5] = ["To", "Date", "Subject", "Enclosures", "Language"];
/// The longest closing, in characters: what is longer is a paragraph.
const LONGEST_CLOSING: usize = 200;

/// Why a file is no letter, and in which line that shows.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct LetterError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

fn refuse<T>(line: usize, reason: impl Into<String>) -> Result<T, LetterError> {
    Err(LetterError {
        line,
        reason: reason.into(),
    })
}

/// Rows that stand together, and the line of the first.
struct Paragraph<'a> {
    line: usize,
    rows: Vec<&'a str>,
}

impl Letter {
    /// Reads a letter of UTF-8 text.
    ///
    /// It may begin with lines of `Key: value`: `To` (each line one of the address), `Date`,
    /// `Subject`, `Enclosures` (each line one) and `Language`, in any order; a line that begins with
    /// a space goes on with the key above it. Behind an empty line come paragraphs with empty lines
    /// between them: the greeting, what the letter says, and the closing, which may have the name
    /// of who signs in a second row. Line ends within a paragraph are spaces.
    ///
    /// # Errors
    /// When it is not such a file; the error names the line.
    pub fn parse(bytes: &[u8]) -> Result<Self, LetterError> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
            Err(error) => {
                let before = &bytes[..error.valid_up_to()];
                let line = before.split(|byte| *byte == b'\n').count();
                return refuse(line, "it is not UTF-8; save the file as UTF-8 text");
            }
        };
        let mut paragraphs = paragraphs(text);
        let mut letter = Self::default();
        let with_keys = match paragraphs.first() {
            Some(first) => begins_with_a_key(first)?,
            None => return refuse(1, "the file is empty"),
        };
        if with_keys {
            letter.keys(&paragraphs.remove(0))?;
        }
        letter.body(&paragraphs, text.lines().count().max(1))?;
        Ok(letter)
    }

    fn keys(&mut self, head: &Paragraph<'_>) -> Result<(), LetterError> {
        let mut values: Vec<(&str, usize, Vec<&str>)> = Vec::new();
        for (number, row) in (head.line..).zip(&head.rows) {
            if row.starts_with(char::is_whitespace) {
                match values.last_mut() {
                    Some((_, _, rows)) => rows.push(row.trim()),
                    None => return refuse(number, "an indented line goes on with no key"),
                }
                continue;
            }
            let Some((key, value)) = key_of(row) else {
                return refuse(
                    number,
                    "expected \"Key: value\", an indented line that goes on with the one above, or \
                     an empty line before the greeting",
                );
            };
            let key = known(key, number)?;
            let several = matches!(key, "To" | "Enclosures");
            if !several && values.iter().any(|(other, ..)| *other == key) {
                return refuse(number, format!("{key} is there twice"));
            }
            values.push((key, number, vec![value]));
        }
        for (key, number, rows) in values {
            let rows: Vec<String> = rows
                .into_iter()
                .filter(|row| !row.is_empty())
                .map(str::to_owned)
                .collect();
            if rows.is_empty() {
                return refuse(number, format!("{key} says nothing; leave the line out"));
            }
            match key {
                "To" => self.recipient.extend(rows),
                "Enclosures" => self.enclosures.extend(rows),
                "Date" => self.date = Some(rows.join(" ")),
                "Subject" => self.subject = Some(rows.join(" ")),
                _ => self.language = Some(language(&rows.join(" "), number)?),
            }
        }
        Ok(())
    }

    fn body(&mut self, paragraphs: &[Paragraph<'_>], end: usize) -> Result<(), LetterError> {
        let [greeting, inner @ .., closing] = paragraphs else {
            let line = paragraphs.first().map_or(end, |only| only.line);
            return refuse(line, "a greeting, a paragraph and a closing are needed");
        };
        if inner.is_empty() {
            return refuse(
                closing.line,
                "a paragraph is needed between the greeting and the closing; empty lines part them",
            );
        }
        let (first, name) = match closing.rows.as_slice() {
            [first] => (first.trim(), None),
            [first, name] => (first.trim(), Some(name.trim())),
            _ => ("", None),
        };
        if first.is_empty() || first.chars().count() > LONGEST_CLOSING {
            return refuse(
                closing.line,
                "the last paragraph is the closing, such as \"Kind regards,\" in one row and, where \
                 you wish, the name of who signs in the next; this one is longer",
            );
        }
        let joined = |paragraph: &Paragraph<'_>| {
            let rows: Vec<&str> = paragraph.rows.iter().map(|row| row.trim()).collect();
            rows.join(" ")
        };
        self.greeting = Some(joined(greeting));
        self.paragraphs = inner.iter().map(joined).collect();
        self.closing = Some(first.to_owned());
        self.signature = name.map(str::to_owned);
        Ok(())
    }
}

/// The text at its empty lines.
fn paragraphs(text: &str) -> Vec<Paragraph<'_>> {
    let mut paragraphs: Vec<Paragraph<'_>> = Vec::new();
    let mut open = false;
    for (line, row) in (1..).zip(text.lines()) {
        if row.trim().is_empty() {
            open = false;
        } else if let (true, Some(paragraph)) = (open, paragraphs.last_mut()) {
            paragraph.rows.push(row);
        } else {
            paragraphs.push(Paragraph {
                line,
                rows: vec![row],
            });
            open = true;
        }
    }
    paragraphs
}

/// A word of letters before a colon, and what follows.
fn key_of(row: &str) -> Option<(&str, &str)> {
    let (key, value) = row.split_once(':')?;
    let is_word = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_word.then_some((key, value.trim()))
}

fn known(key: &str, line: usize) -> Result<&'static str, LetterError> {
    let found = KEYS
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(key));
    match found {
        Some(known) => Ok(known),
        None => refuse(
            line,
            format!("there is no key {key:?}; there is {}", KEYS.join(", ")),
        ),
    }
}

/// Whether the first paragraph holds keys. A mistyped one is told: it would be a greeting. But
/// "Hello:" is one.
fn begins_with_a_key(first: &Paragraph<'_>) -> Result<bool, LetterError> {
    let row = first.rows.first().copied().unwrap_or_default();
    match key_of(row) {
        None => Ok(false),
        Some((key, value)) => match known(key, first.line) {
            Ok(_) => Ok(true),
            Err(_) if value.is_empty() && first.rows.len() == 1 => Ok(false),
            Err(error) => Err(error),
        },
    }
}

/// A tag of letters, digits and hyphens.
fn language(tag: &str, line: usize) -> Result<String, LetterError> {
    let primary = tag.split('-').next().unwrap_or_default();
    let plain = tag
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_tag = (2..=3).contains(&primary.len()) && plain && tag.len() <= 35;
    if is_tag {
        Ok(tag.to_owned())
    } else {
        refuse(line, "a language is a tag such as en, de or pt-BR")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn keys_stand_as_in_an_e_mail_and_paragraphs_behind_them() {
        let text = "\u{feff}to: Ms Erika Muster\r\n  Muster AG\r\n\tHauptstraße 1\r\nSubject: Engineer,\r\n  \
                    ref. 12:34\r\nDATE: 2026-11-28\r\nEnclosures: CV\r\nEnclosures: Certificates\r\n\
                    Language: de-CH\r\n\r\nDear Ms Muster:\r\n\r\nOne\r\n  two.\r\n \r\n\r\nThree: four.\r\n\r\n\
                    Kind regards,\r\nJane D.\r\n\r\n";
        assert_eq!(
            Letter::parse(text.as_bytes()).unwrap(),
            Letter {
                language: Some("de-CH".to_owned()),
                recipient: strings(&["Ms Erika Muster", "Muster AG", "Hauptstraße 1"]),
                date: Some("2026-11-28".to_owned()),
                subject: Some("Engineer, ref. 12:34".to_owned()),
                greeting: Some("Dear Ms Muster:".to_owned()),
                paragraphs: strings(&["One two.", "Three: four."]),
                closing: Some("Kind regards,".to_owned()),
                signature: Some("Jane D.".to_owned()),
                enclosures: strings(&["CV", "Certificates"]),
            }
        );
    }

    #[test]
    fn keys_may_be_left_out_and_a_greeting_may_end_in_a_colon() {
        for greeting in ["Dear Ms Muster,", "Hello:", "Dear Sir or Madam: hello"] {
            let letter = Letter::parse(format!("\n{greeting}\n\nOne.\n\nYours").as_bytes());
            let letter = letter.unwrap();
            assert_eq!(letter.greeting.as_deref(), Some(greeting));
            assert_eq!(letter.closing.as_deref(), Some("Yours"));
            assert!(letter.recipient.is_empty() && letter.signature.is_none());
        }
    }

    #[test]
    fn errors_name_the_line() {
        let long = format!("Hi\n\nOne.\n\n{}", "x".repeat(201));
        for (text, line, words) in [
            ("", 1, "empty"),
            ("  \n\n", 1, "empty"),
            ("Subjct: x\n\nHi\n\nOne\n\nYours", 1, "there is no key"),
            (
                "\nTo: A\nCc: B\n\nHi\n\nOne\n\nYours",
                3,
                "there is To, Date",
            ),
            (
                "To: A\nDear A,\n\nOne\n\nYours",
                2,
                "expected \"Key: value\"",
            ),
            (
                "Date: a\nDate: b\n\nHi\n\nOne\n\nYours",
                2,
                "Date is there twice",
            ),
            ("To: A\nSubject:\n\nHi\n\nOne\n\nYours", 2, "says nothing"),
            (
                "Language: German!\n\nHi\n\nOne\n\nYours",
                1,
                "a tag such as",
            ),
            ("To: A\n\nHi\n\nYours\n", 5, "a paragraph is needed"),
            ("To: A\n\nHi\n", 3, "a greeting"),
            ("To: A\n", 1, "a greeting"),
            ("Hi\n\nOne.\n\nYours,\nJane\nDoe", 5, "the closing"),
            (&long, 5, "the closing"),
        ] {
            let error = Letter::parse(text.as_bytes()).unwrap_err();
            assert_eq!(error.line, line, "{text:?}: {error}");
            assert!(error.to_string().contains(words), "{error}");
        }
        let error = Letter::parse(b"Hi\n\nna\xefve\n\nYours").unwrap_err();
        assert_eq!((error.line, error.reason.contains("UTF-8")), (3, true));
    }
}
