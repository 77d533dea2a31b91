//! A stretch of a posting as words and marks, each with its place in the text.

/// A word or a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub start: usize,
    pub end: usize,
    pub text: &'a str,
    /// Lower case, without soft hyphens and with straight apostrophes.
    pub lower: String,
    pub mark: Mark,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Word,
    Comma,
    Open,
    Close,
    /// Ends what was begun: a full stop, a colon, a bullet.
    Stop,
    /// Stands for a name that was taken out.
    Placeholder,
}

impl Token<'_> {
    pub(super) fn is_word(&self) -> bool {
        self.mark == Mark::Word
    }

    /// Begins with a capital letter.
    pub(super) fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Only capitals and digits, two to six of them, `EEG`, `S&OP`.
    pub(super) fn is_acronym(&self) -> bool {
        let letters = self.text.chars().filter(|c| c.is_uppercase()).count();
        let known = |c: char| c.is_uppercase() || c.is_ascii_digit() || "&/-.+".contains(c);
        let body = self.text.strip_suffix('s').unwrap_or(self.text);
        letters >= 2 && body.chars().count() <= 6 && body.chars().all(known)
    }

    /// A capital inside the word or letters mixed with digits and signs: `CircleCI`, `C#`, `MapR6`.
    pub(super) fn is_mixed(&self) -> bool {
        let inner = self.text.chars().skip(1).any(char::is_uppercase)
            && self.text.chars().any(char::is_lowercase)
            && !self.text.contains(['-', '/', '.']);
        let sign = self.text.ends_with('#') || self.text.ends_with("++");
        inner && self.text.chars().count() > 3 || sign
    }
}

/// The tokens between two offsets.
pub(super) fn tokens(text: &str, start: usize, end: usize) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = start;
    for chunk in text[start..end].split(char::is_whitespace) {
        let from = at;
        at += chunk.len();
        at += text[at..end].chars().next().map_or(0, char::len_utf8);
        if !chunk.is_empty() {
            cut(text, from, from + chunk.len(), &mut tokens);
        }
    }
    tokens
}

/// Cuts the marks off both ends of what stands between two spaces.
fn cut<'a>(text: &'a str, mut start: usize, mut end: usize, tokens: &mut Vec<Token<'a>>) {
    let mut add = |start: usize, end: usize, mark: Mark| {
        let words = &text[start..end];
        let lower = words
            .to_lowercase()
            .replace('\u{ad}', "")
            .replace(['’', '\u{92}'], "'");
        tokens.push(Token {
            start,
            end,
            text: words,
            lower,
            mark,
        });
    };
    while let Some(first) = text[start..end].chars().next() {
        let rest = &text[start + first.len_utf8()..end];
        let mark = match first {
            '(' | '[' | '{' => Mark::Open,
            ',' => Mark::Comma,
            '.' if rest.starts_with(|c: char| c.is_ascii_uppercase()) => break,
            '-' | '–' | '—' | '*' | '•' | '·' | '▪' | '●' | '.' | ';' | ':' | '|' | '"' | '“'
            | '\'' | '‘' | '«' | '!' | '?' => Mark::Stop,
            ')' | ']' | '}' => Mark::Close,
            c if c.is_control() => Mark::Stop,
            _ => break,
        };
        let quote = "\"“'‘«".contains(first);
        if !quote {
            add(start, start + first.len_utf8(), mark);
        }
        start += first.len_utf8();
    }
    if text[start..end].starts_with('<') && text[start..end].contains('>') {
        add(start, end, Mark::Placeholder);
        return;
    }
    let mut tail = Vec::new();
    while let Some(last) = text[start..end].chars().next_back() {
        let mark = match last {
            ')' | ']' | '}' => Mark::Close,
            ',' => Mark::Comma,
            '.' | ';' | ':' | '!' | '?' | '–' | '—' => Mark::Stop,
            '"' | '”' | '\'' | '’' | '»' => Mark::Open,
            c if c.is_control() => Mark::Open,
            _ => break,
        };
        end -= last.len_utf8();
        if mark != Mark::Open {
            tail.push((end, end + last.len_utf8(), mark));
        }
    }
    if start < end {
        let word = text[start..end].chars().any(char::is_alphanumeric) || &text[start..end] == "&";
        add(start, end, if word { Mark::Word } else { Mark::Comma });
    }
    for (start, end, mark) in tail.into_iter().rev() {
        add(start, end, mark);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(&str, Mark)> {
        tokens(text, 0, text.len())
            .into_iter()
            .map(|token| (token.text, token.mark))
            .collect()
    }

    #[test]
    fn marks_come_off_words_and_stay_in_names() {
        assert_eq!(
            words("Java (C#/.NET), Node.js; <ORGANIZATION> .NET."),
            [
                ("Java", Mark::Word),
                ("(", Mark::Open),
                ("C#/.NET", Mark::Word),
                (")", Mark::Close),
                (",", Mark::Comma),
                ("Node.js", Mark::Word),
                (";", Mark::Stop),
                ("<ORGANIZATION>", Mark::Placeholder),
                (".NET", Mark::Word),
                (".", Mark::Stop),
            ]
        );
    }

    #[test]
    fn every_token_stands_at_its_place() {
        let text = "• “Très” bon niveau d’anglais — 3+ ans\n\u{95}EEG ( GSR )";
        for token in tokens(text, 0, text.len()) {
            assert_eq!(&text[token.start..token.end], token.text);
        }
    }

    #[test]
    fn abbreviations_and_mixed_letters_are_told_from_words() {
        let of = |text: &'static str| tokens(text, 0, text.len()).remove(0);
        assert!(of("EEG").is_acronym() && of("S&OP").is_acronym() && of("APIs").is_acronym());
        assert!(!of("English").is_acronym() && !of("I").is_acronym());
        assert!(of("CircleCI").is_mixed() && of("C#").is_mixed());
        assert!(!of("Jenkins").is_mixed() && !of("Self-Starter").is_mixed());
    }
}
