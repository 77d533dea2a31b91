//! Words that are also ordinary ones (Go, R, C, Excel) are skills only where a list or a phrase of
//! skill stands around them.

const BEFORE: [&str; 24] = [
    "in",
    "or",
    "and",
    "with",
    "using",
    "of",
    "like",
    "including",
    "know",
    "knows",
    "is",
    "write",
    "writing",
    "idiomatic",
    "strong",
    "some",
    "e.g.",
    "our",
    "production",
    "und",
    "oder",
    "mit",
    "et",
    "ou",
];
const AFTER: [&str; 18] = [
    "and",
    "or",
    "for",
    "in",
    "at",
    "programming",
    "language",
    "developer",
    "developers",
    "services",
    "code",
    "skills",
    "experience",
    "und",
    "oder",
    "et",
    "ou",
    "codebase",
];

/// Whether the word at that place is surrounded as a skill is.
pub(crate) fn stands_in_a_list(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].trim_end_matches([' ', '\n', '\t']);
    let after_raw = &text[end..];
    let after = after_raw.trim_start_matches([' ', '\n', '\t']);
    let left = before
        .chars()
        .next_back()
        .is_none_or(|c| ",;/(:|•→&·".contains(c))
        || before
            .rsplit(char::is_whitespace)
            .next()
            .is_some_and(|word| BEFORE.contains(&word.to_lowercase().as_str()));
    let right = match after.chars().next() {
        None => true,
        Some('-' | '&' | '\'' | '’') => false,
        Some(c) if ",;/).|→·".contains(c) => true,
        Some(_) => after
            .split(|c: char| !c.is_alphabetic())
            .next()
            .is_some_and(|word| AFTER.contains(&word)),
    };
    left && right
}
