//! Nouns left out behind a number: "3 tools in Django and 5 in Flask".

use super::super::align::Link;
use super::super::reading::Reading;

/// The number before a bare one, whose noun both count: "3 tools in Django and 5 in Flask".
pub(super) fn left_out_behind(of: &Reading, place: usize) -> Option<usize> {
    let joined = place
        .checked_sub(1)
        .is_some_and(|at| of.tokens[at].is_mark(&[',']) || of.tokens[at].word == "and");
    let bare = of
        .tokens
        .get(place + 1)
        .is_some_and(|next| matches!(next.word.as_str(), "in" | "at" | "on" | "for" | "from"));
    let before = (0..place)
        .rev()
        .take_while(|at| of.clause[*at] == of.clause[place])
        .find(|at| of.tokens[*at].is_figure())?;
    let counts = (0..of.tokens.len()).any(|at| of.counted_by[at] == Some(before));
    (joined && bare && counts && of.tokens[place].is_figure()).then_some(before)
}

/// Whether all that is said behind a bare number is said in the line's clause.
pub(super) fn told_apart(
    line: &Reading,
    at: usize,
    link: Link,
    of: &Reading,
    found: &[Vec<Link>],
) -> bool {
    let mut behind = (link.token + 1..of.tokens.len())
        .take_while(|token| {
            of.clause[*token] == of.clause[link.token]
                && of.governor[*token] == of.governor[link.token + 1]
                && !of.tokens[*token].is_mark(&[',', ';', '.', '('])
        })
        .filter(|token| of.content[*token])
        .peekable();
    behind.peek().is_some()
        && behind.all(|token| {
            line.in_clause(line.clause[at]).any(|mine| {
                found[mine].iter().any(|other| {
                    other.source == link.source && (other.token..=other.last).contains(&token)
                }) || line.tokens[mine].number().is_some()
                    && line.tokens[mine].word == of.tokens[token].word
            })
        })
}
