//! Cleaning of text for the page: what is dropped and folded, the same everywhere.

/// The text as it stands on a page: every run of white space (line ends, tabs, no-break spaces)
/// becomes one space, characters without a shape of their own (soft hyphen, zero-width, direction
/// marks, control) go, both ends are trimmed. Applying it twice changes nothing.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut space = false;
    for character in text.chars() {
        if character.is_whitespace() {
            space = true;
        } else if !is_invisible(character) {
            if space && !cleaned.is_empty() {
                cleaned.push(' ');
            }
            space = false;
            cleaned.push(character);
        }
    }
    cleaned
}

/// Characters that take part in no word and show nothing. The zero-width joiner stays: emoji and
/// several scripts are spelled with it.
pub fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200e}'
        | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        && !character.is_whitespace()
}

/// The spans of the sentences of `text`, as byte offsets, in order and without surrounding white
/// space. A sentence ends at `.`, `!` or `?` before white space and an upper-case letter or digit,
/// or at a line end. Abbreviations of up to three letters (`e.g.`, `Inc.`, `B.S.`) end nothing.
pub fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut start = 0;
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    for (position, &(offset, character)) in characters.iter().enumerate() {
        let end = offset + character.len_utf8();
        let ends = match character {
            '\n' => true,
            '.' | '!' | '?' => {
                let rest = &characters[position + 1..];
                let gap = rest
                    .iter()
                    .take_while(|(_, next)| next.is_whitespace())
                    .count();
                let next = rest.get(gap).map(|(_, next)| *next);
                gap > 0
                    && next.is_none_or(|next| next.is_uppercase() || next.is_numeric())
                    && !(character == '.' && is_abbreviation(&text[start..offset]))
            }
            _ => false,
        };
        if ends {
            push_trimmed(text, start, end, &mut spans);
            start = end;
        }
    }
    push_trimmed(text, start, text.len(), &mut spans);
    spans
}

fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or(before);
    let word = word.trim_start_matches(['(', '"', '\'']);
    let short = word.chars().count() <= 1 && word.chars().all(char::is_alphabetic);
    short
        || (word.contains('.')
            && word
                .split('.')
                .all(|part| part.chars().all(char::is_alphabetic)))
        || matches!(
            word.to_lowercase().as_str(),
            "inc"
                | "ltd"
                | "co"
                | "corp"
                | "dr"
                | "mr"
                | "mrs"
                | "ms"
                | "st"
                | "no"
                | "vs"
                | "etc"
                | "approx"
                | "dept"
                | "univ"
                | "sr"
                | "jr"
        )
}

fn push_trimmed(text: &str, start: usize, end: usize, spans: &mut Vec<(usize, usize)>) {
    let part = &text[start..end];
    let lead = part.len() - part.trim_start().len();
    let trimmed = part.trim();
    if !trimmed.is_empty() {
        spans.push((start + lead, start + lead + trimmed.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning_folds_space_and_drops_what_shows_nothing() {
        assert_eq!(
            clean("  a\u{a0}b\tc\nsoft\u{ad}hyphen zero\u{200b}width "),
            "a b c softhyphen zerowidth"
        );
        let once = clean("x \u{200b} y");
        assert_eq!(once, "x y");
        assert_eq!(clean(&once), once);
    }

    #[test]
    fn sentences_end_where_a_reader_would_end_them() {
        let text = "Led work at Foo Inc. in Rome. Cut cost by 3.5%. Used e.g. Rust.\nNew line";
        let parts: Vec<&str> = sentences(text)
            .into_iter()
            .map(|(a, b)| &text[a..b])
            .collect();
        assert_eq!(
            parts,
            [
                "Led work at Foo Inc. in Rome.",
                "Cut cost by 3.5%.",
                "Used e.g. Rust.",
                "New line"
            ]
        );
    }
}
