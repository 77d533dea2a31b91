//! Ways to reach somebody that are known by their look alone: e-mail addresses, links, telephone
//! numbers; and what looks like a placeholder.

use super::Kind;

/// Digits that a telephone number has at least: fewer are years and amounts.
const DIGITS: usize = 7;

/// Something that looks like a placeholder: its length, word and number. Models drop a number that says
/// nothing, or add it, so none is the first.
pub(super) fn placeholder(text: &str) -> Option<(usize, &str, usize)> {
    let inside = text.strip_prefix('[')?;
    let end = inside.find(']').filter(|end| (1..=24).contains(end))?;
    let (word, number) = match inside[..end].split_once('_') {
        Some((word, number)) => (word, number),
        None => (&inside[..end], "1"),
    };
    let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_word && is_number).then(|| (end + 2, word, number.parse().unwrap_or(0)))
}

/// The kind and length of a link or an e-mail address.
pub(super) fn link_or_email(text: &str) -> Option<(Kind, usize)> {
    let end = text
        .find(|letter: char| letter.is_whitespace() || "<>\"()[]{}|,;".contains(letter))
        .unwrap_or(text.len());
    let word = text[..end].trim_end_matches(['.', ':', '!', '?', '\'', '’', '/']);
    let lower = word.get(..word.floor_char_boundary(8))?.to_lowercase();
    let has = |scheme: &str| lower.starts_with(scheme) && word.len() > scheme.len();
    if has("http://") || has("https://") || has("www.") || has("ftp://") {
        // With the slash at the end, which is part of it.
        let slash = usize::from(text[word.len()..].starts_with('/'));
        return Some((Kind::Link, word.len() + slash));
    }
    let address = word.trim_start_matches("mailto:");
    let (local, host) = address.split_once('@')?;
    let is_local = !local.is_empty()
        && local
            .chars()
            .all(|letter| letter.is_alphanumeric() || ".!#$%&'*+/=?^_`~-".contains(letter));
    let is_host = host.contains('.')
        && !host.starts_with('.')
        && host
            .chars()
            .all(|letter| letter.is_alphanumeric() || ".-".contains(letter));
    (is_local && is_host).then_some((Kind::Email, word.len()))
}

/// The length of a telephone number: one of the person's in any spelling, or any that begins with a
/// plus and the code of a country.
pub(super) fn phone(text: &str, known: &[String]) -> Option<usize> {
    let first = text.chars().next()?;
    if !(first.is_ascii_digit() || matches!(first, '+' | '(')) {
        return None;
    }
    let mut digits = String::new();
    let mut apart = 0;
    let mut on_first_line = true;
    // Where a number may end: digits so far, bytes so far, whether that is on its first line.
    let mut ends: Vec<(usize, usize, bool)> = Vec::new();
    for (at, letter) in text.char_indices() {
        if letter.is_ascii_digit() {
            digits.push(letter);
            apart = 0;
            let end = at + 1;
            if !text[end..].starts_with(char::is_alphanumeric) {
                ends.push((digits.len(), end, on_first_line));
            }
        } else if apart < 3
            && (letter.is_whitespace() || "+()-./\u{2010}\u{2011}\u{2013}".contains(letter))
        {
            apart += 1;
            on_first_line &= letter != '\n';
        } else {
            break;
        }
        if digits.len() > 18 {
            break;
        }
    }
    // The longest first: what follows may be a year.
    let mut longest = ends.iter().rev();
    let own = longest.find(|(count, ..)| {
        *count >= DIGITS && known.iter().any(|phone| same(phone, &digits[..*count]))
    });
    if let Some((_, end, _)) = own {
        return Some(*end);
    }
    let foreign = ends
        .iter()
        .rev()
        .find(|(count, _, first)| *first && (8..=15).contains(count));
    foreign.filter(|_| first == '+').map(|(_, end, _)| *end)
}

/// Whether two numbers are one, told with and without the codes of country and region.
fn same(one: &str, other: &str) -> bool {
    let bare = |digits: &str| digits.trim_start_matches('0').to_owned();
    let (one, other) = (bare(one), bare(other));
    let (long, short) = if one.len() >= other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    short.len() >= DIGITS && long.ends_with(short.as_str())
        // +44 (0)20 …: the zero of the region stands between.
        || (short.len() > DIGITS && long.len() > short.len() && {
            let tail = &short[short.len() - DIGITS..];
            long.ends_with(tail) && long.len() - short.len() <= 1 && long[..2] == short[..2]
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_known_by_their_look() {
        for (text, length) in [
            ("a.b+c@d.example, x", 15),
            ("mailto:a@b.example", 18),
            ("https://a.example/b?c=d. X", 23),
            ("www.a.example", 13),
            ("http://a.example/", 17),
        ] {
            assert_eq!(
                link_or_email(text).map(|found| found.1),
                Some(length),
                "{text}"
            );
        }
        for text in ["a@b", "@a.example", "www.", "https://", "C++", "a.b"] {
            assert_eq!(link_or_email(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_known_in_any_spelling_and_years_are_none() {
        let known = ["442079460958".to_owned(), "5551234567".to_owned()];
        for (text, length) in [
            ("+44 20 7946 0958", 16),
            ("020 7946 0958 2019", 13),
            ("+44 (0)20 7946 0958", 19),
            ("(555) 123-4567", 14),
            ("+1 555.123.4567", 15),
            ("+49 30 901820", 13),
            ("+49 30 901820\n2019", 13),
            ("20\n7946\u{a0}0958", 13),
        ] {
            assert_eq!(phone(text, &known), Some(length), "{text}");
        }
        for text in [
            "2019-2023",
            "1,000,000",
            "12345678",
            "+12",
            "2015 - 2019 2020",
        ] {
            assert_eq!(phone(text, &known), None, "{text}");
        }
    }
}
