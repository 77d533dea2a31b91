//! Sentences and clauses as spans.

/// The sentences between two offsets of a text; wrapped lines do not end one.
pub(super) fn sentences_in(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    // Same length in bytes, so that offsets stay.
    let flat = text[start..end].replace(['\n', '\r', '\t'], " ");
    career::text::sentences(&flat)
        .into_iter()
        .map(|(from, to)| (start + from, start + to))
        .collect()
}

/// Splits at a mark outside brackets.
pub(super) fn split_at(text: &str, span: (usize, usize), mark: char) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut depth = 0_u32;
    let mut from = span.0;
    for (offset, character) in text[span.0..span.1].char_indices() {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if c == mark && depth == 0 => {
                spans.push((from, span.0 + offset));
                from = span.0 + offset + c.len_utf8();
            }
            _ => {}
        }
    }
    spans.push((from, span.1));
    spans
        .into_iter()
        .map(|part| tidy(text, part))
        .filter(|(a, b)| a < b)
        .collect()
}

/// Without surrounding space, a leading "and", and closing marks.
pub(super) fn tidy(text: &str, span: (usize, usize)) -> (usize, usize) {
    let (mut start, mut end) = span;
    loop {
        let words = &text[start..end];
        let trimmed = words.trim_start_matches(|c: char| c.is_whitespace() || ",;–—".contains(c));
        let lead = words.len() - trimmed.len();
        let conjunction = ["and ", "und ", "et ", "y ", "en "]
            .iter()
            .find(|word| trimmed.starts_with(**word))
            .map_or(0, |word| word.len());
        if lead + conjunction == 0 {
            break;
        }
        start += lead + conjunction;
    }
    let words =
        text[start..end].trim_end_matches(|c: char| c.is_whitespace() || ".,;:–—".contains(c));
    end = start + words.len();
    (start, end)
}
