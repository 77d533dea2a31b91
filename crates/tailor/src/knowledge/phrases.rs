//! What the words around it tell: what `experience with` is followed by, what stands before
//! `experience`, and phrases that end in the name of a kind of field.

use career::KnowledgeKind;

use super::Span;
use super::tokens::{Mark, Token};
use super::words::{fields, words};

/// The longest phrase that is taken for one thing.
const LONGEST: usize = 6;

/// What stands behind cues: `experience with X, Y and Z`.
pub(super) fn objects(tokens: &[Token<'_>], asked: bool) -> Vec<Span> {
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let begin = if asked { behind_cue(tokens, at) } else { None };
        if let Some(begin) = begin.or_else(|| behind_field_cue(tokens, at)) {
            row(tokens, begin, &mut found);
        }
    }
    // Cues may follow each other, "knowledge within the field of".
    found.sort_by_key(|span| (span.from, span.to));
    found.dedup();
    found
}

/// Where the object of a cue at that token begins.
fn behind_cue(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let words = words();
    if !words.cue.contains(&tokens[at].lower) {
        return None;
    }
    let mut next = at + 1;
    while next <= at + 4 {
        let token = tokens.get(next)?;
        if words.cue_preposition.contains(&token.lower) {
            return Some(next + 1);
        }
        if !words.cue_filler.contains(&token.lower)
            && !matches!(token.mark, Mark::Open | Mark::Close)
        {
            return None;
        }
        next += 1;
    }
    None
}

fn behind_field_cue(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    words().field_cue.iter().find_map(|cue| {
        let mut end = at;
        for word in cue.split(' ') {
            if tokens.get(end)?.lower != word {
                return None;
            }
            end += 1;
        }
        Some(end)
    })
}

/// The things of a row, `X, Y and/or Z (such as W)`.
fn row(tokens: &[Token<'_>], begin: usize, found: &mut Vec<Span>) {
    let words = words();
    let mut at = begin;
    let mut from = begin;
    let mut accepted = false;
    while at <= tokens.len() {
        let token = tokens.get(at);
        let joint = token.is_some_and(|token| {
            matches!(token.mark, Mark::Comma | Mark::Open | Mark::Close)
                || words.joint.contains(&token.lower)
        });
        let over = token.is_none_or(|token| {
            matches!(token.mark, Mark::Stop | Mark::Placeholder) || words.stops(token)
        });
        let does = token.is_some_and(|token| at == from && words.does(token));
        if !joint && !over && !does {
            at += 1;
            continue;
        }
        let piece = clean(tokens, from, at);
        let first = from == begin;
        if let Some(span) =
            piece.filter(|span| tells(tokens, span) || first && is_matter(tokens, span))
        {
            found.push(span);
            accepted = true;
        }
        if joint {
            at += 1;
            from = at;
            continue;
        }
        // An article or a preposition behind nothing yet: "in the area of", "with one or more of".
        let leads_on = token.is_some_and(|token| {
            token.is_word() && LEADS_ON.contains(&token.lower.as_str()) && !accepted
                || ["the", "a", "an"].contains(&token.lower.as_str())
        });
        if !leads_on || at > begin + 12 {
            return;
        }
        at += 1;
        from = at;
    }
}

const LEADS_ON: [&str; 26] = [
    "the",
    "a",
    "an",
    "one",
    "of",
    "in",
    "within",
    "with",
    "least",
    "at",
    "two",
    "using",
    "use",
    "for",
    "on",
    "more",
    "following",
    "how",
    "to",
    "our",
    "their",
    "your",
    "working",
    "work",
    "e.g",
    "both",
];

/// What stands before heads: `SAP knowledge`, `FMCG experience`, `Python and SQL skills`.
pub(super) fn before_heads(tokens: &[Token<'_>], known: &[Span]) -> Vec<Span> {
    let words = words();
    let mut found = Vec::new();
    for at in 1..tokens.len() {
        let token = &tokens[at];
        let any = words.head.contains(&token.lower);
        if !token.is_word() || !(any || words.head_of_known.contains(&token.lower)) {
            continue;
        }
        let mut to = at;
        loop {
            let from = reach_back(tokens, to);
            let Some(mut span) = clean(tokens, from, to) else {
                break;
            };
            // "Technical insight" is one thing: of "technical" nothing is known.
            if to == at && span.to == at && words.understood.contains(&token.lower) {
                let soft = (span.from..span.to).any(|one| words.soft.contains(&tokens[one].lower));
                if !soft && span.to - span.from <= 2 && !words.does(&tokens[span.from]) {
                    span.to = at + 1;
                    found.push(span);
                }
                break;
            }
            let listed = known.iter().any(|one| one.touches(&span));
            if listed || (any && tells(tokens, &span)) {
                found.push(span);
            } else {
                break;
            }
            let joined = from >= 2
                && (tokens[from - 1].mark == Mark::Comma
                    || ["and", "or", "and/or", "&"].contains(&tokens[from - 1].lower.as_str()));
            if !joined {
                break;
            }
            to = from - 1;
        }
    }
    found
}

/// Phrases of up to four words whose last is the name of a kind of field.
pub(super) fn headed(tokens: &[Token<'_>]) -> Vec<Span> {
    let words = words();
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let goes_on = tokens.get(at + 1).is_some_and(|next| {
            words.noun.contains(&next.lower) || words.person.contains(&next.lower)
        });
        if !words.noun.contains(&tokens[at].lower) || goes_on {
            continue;
        }
        let from = reach_back(tokens, at + 1);
        if let Some(span) = clean(tokens, from, at + 1).filter(|span| span.to - span.from <= 4)
            && span.to == at + 1
            && tells(tokens, &span)
            && (span.to - span.from >= 2 || fields().is_name(&tokens[at..=at]))
        {
            found.push(span);
        }
    }
    found
}

/// Where the words that belong to what ends before `to` begin.
fn reach_back(tokens: &[Token<'_>], to: usize) -> usize {
    let words = words();
    let mut from = to;
    while from > 0
        && to - from < LONGEST
        && !words.stops(&tokens[from - 1])
        && !words.does(&tokens[from - 1])
        && !words.head.contains(&tokens[from - 1].lower)
        && !words.head_of_known.contains(&tokens[from - 1].lower)
    {
        from -= 1;
    }
    from
}

/// Without what grades it and without weak ends; `None` when nothing is left.
pub(super) fn clean(tokens: &[Token<'_>], mut from: usize, mut to: usize) -> Option<Span> {
    let words = words();
    let number = |token: &Token<'_>| {
        token
            .text
            .chars()
            .all(|c| c.is_ascii_digit() || "+-–%".contains(c))
    };
    while from < to {
        let token = &tokens[from];
        let whole = fields().is_name(&tokens[from..to]);
        if !whole && (words.stops(token) || words.grade.contains(&token.lower) || number(token)) {
            from += 1;
        } else {
            break;
        }
    }
    while from < to {
        let token = &tokens[to - 1];
        let whole = fields().is_name(&tokens[from..to]);
        if !whole && (words.stops(token) || words.trim.contains(&token.lower)) {
            to -= 1;
        } else {
            break;
        }
    }
    (from < to).then_some(Span::new(from, to, KnowledgeKind::Phrase))
}

/// Whether a phrase names something to know.
pub(super) fn tells(tokens: &[Token<'_>], span: &Span) -> bool {
    let words = words();
    let phrase = &tokens[span.from..span.to];
    let (Some(first), Some(last)) = (phrase.first(), phrase.last()) else {
        return false;
    };
    if fields().is_name(phrase) {
        return true;
    }
    let letters = last.lower.chars().filter(|c| c.is_alphabetic()).count();
    phrase.len() <= LONGEST
        && letters >= 2
        && !phrase
            .iter()
            .any(|token| words.soft.contains(&token.lower) || token.mark != Mark::Word)
        && !words.person.contains(&last.lower)
        && !words.not_a_name.contains(&last.lower)
        && (!words.generic.contains(&last.lower) || phrase.len() >= 3)
        && !words.generic.contains(&first.lower)
        && !words.does(first)
        && (phrase.len() > 1 || names_alone(first))
}

/// Whether a word that no list knows can name something alone: a name by its letters, a kind of
/// field, things in the plural.
fn names_alone(token: &Token<'_>) -> bool {
    let lower = &token.lower;
    let plural = lower.len() > 5 && lower.ends_with('s') && !lower.ends_with("ss");
    token.is_capital()
        || words().noun.contains(lower)
        || (plural && !lower.ends_with("ous") && !lower.ends_with("ess"))
        || ["ology", "istry", "graphy", "nomics"]
            .iter()
            .any(|end| lower.ends_with(end))
}

/// Whether one plain word right behind a cue can be what is known: "experience with dairy".
fn is_matter(tokens: &[Token<'_>], span: &Span) -> bool {
    let words = words();
    let lower = &tokens[span.from].lower;
    let describes = [
        "ly", "ed", "ive", "al", "ous", "ful", "able", "ic", "less", "est",
    ];
    span.to - span.from == 1
        && lower.chars().count() >= 5
        && lower.chars().all(char::is_alphabetic)
        && !describes.iter().any(|end| lower.ends_with(end))
        && !words.generic.contains(lower)
        && !words.soft.contains(lower)
        && !words.person.contains(lower)
        && !words.does(&tokens[span.from])
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn words_of(text: &str, find: impl Fn(&[Token<'_>]) -> Vec<Span>) -> Vec<String> {
        let tokens = tokens(text, 0, text.len());
        let words = |span: Span| text[tokens[span.from].start..tokens[span.to - 1].end].to_owned();
        let mut found = find(&tokens);
        found.sort_by_key(|span| span.from);
        found.into_iter().map(words).collect()
    }

    #[test]
    fn a_row_behind_a_cue_is_one_thing_each() {
        let find = |text: &str| words_of(text, |tokens| objects(tokens, true));
        assert_eq!(
            find(
                "Experience with powder processing, sensory tests and/or milk analysis is required"
            ),
            ["powder processing", "sensory tests", "milk analysis"]
        );
        assert_eq!(
            find("a good understanding (and practical knowledge) of the Foo Bar toolkit"),
            ["Foo Bar toolkit"]
        );
        assert_eq!(
            find("knowledge within the field of snow grooming."),
            ["snow grooming"]
        );
        assert!(find("experience in working with customers and driving change").is_empty());
        assert!(find("experience with our team and strong communication skills").is_empty());
    }

    #[test]
    fn what_stands_before_a_head_is_known_and_traits_are_not() {
        let find = |text: &str| words_of(text, |tokens| before_heads(tokens, &[]));
        assert_eq!(
            find("Very good Navision and Axapta knowledge"),
            ["Navision", "Axapta"]
        );
        assert_eq!(find("FMCG experience is a plus"), ["FMCG"]);
        assert_eq!(find("technical insight"), ["technical insight"]);
        assert!(find("strong communication skills and leadership experience").is_empty());
        assert!(find("several years of relevant work experience").is_empty());
    }

    #[test]
    fn kinds_of_fields_take_their_modifiers_along() {
        let find = |text: &str| words_of(text, headed);
        assert_eq!(
            find("You apply modern polymer chemistry and European property law."),
            ["polymer chemistry", "European property law"]
        );
        assert!(find("You are a good marketing manager").is_empty());
    }

    #[test]
    fn grades_and_weak_ends_are_cut_off() {
        let text = "3+ years of strong practical brewing knowledge etc.";
        let tokens = tokens(text, 0, text.len());
        let span = clean(&tokens, 0, 7).unwrap();
        assert_eq!(
            &text[tokens[span.from].start..tokens[span.to - 1].end],
            "brewing"
        );
    }
}
