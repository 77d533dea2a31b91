//! What is known by itself: names of the lists, abbreviations, languages.

use career::KnowledgeKind;

use super::Span;
use super::tokens::{Mark, Token};
use super::words::{fields, words};
use crate::data::people;
use crate::lexicon::{Telling, lexicon};

/// Skills of the skill file. `broad`: fields count as well as things.
pub(super) fn skills(text: &str, tokens: &[Token<'_>], broad: bool) -> Vec<Span> {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return Vec::new();
    };
    let (offset, end) = (first.start, last.end);
    let lexicon = lexicon();
    lexicon
        .find(&text[offset..end])
        .into_iter()
        .filter_map(|hit| {
            let (start, end) = (offset + hit.start, offset + hit.end);
            let telling = lexicon.skill(hit.skill).telling;
            let form = text[start..end].to_lowercase().replace('-', " ");
            if telling == Telling::Soft
                || (telling == Telling::Broad && !broad)
                || words().weak.contains(&form)
            {
                return None;
            }
            let from = tokens.iter().position(|token| token.end > start)?;
            let to = tokens.iter().rposition(|token| token.start < end)? + 1;
            let person = tokens.get(to.checked_sub(1)?)?;
            let first = &tokens[from.min(to - 1)];
            // "Lead the development", "with the customer": what is done, not what is known.
            let says =
                to - from > 1 && (words().stop.contains(&first.lower) || words().does(first));
            let fits = from < to && !says && !words().person.contains(&person.lower);
            fits.then_some(Span::new(from, to, KnowledgeKind::Skill))
        })
        .collect()
}

/// Names of the lists of fields.
pub(super) fn named_fields(tokens: &[Token<'_>]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let count = fields().at(&tokens[at..]).filter(|count| {
            // "Excel in what you do": the first word is capital anyhow.
            let first = at == 0 || tokens[at - 1].mark == Mark::Stop;
            let cased = *count == 1 && fields().is_cased(&tokens[at]);
            let alone = tokens.get(at + 1).is_none_or(|next| {
                !next.is_word() || words().joint.contains(&next.lower) || next.is_capital()
            });
            !cased || !first || alone
        });
        if let Some(count) = count {
            found.push(Span::new(at, at + count, KnowledgeKind::Field));
            at += count;
        } else {
            at += 1;
        }
    }
    found
}

/// Whether it is written as the name of a thing: with a capital that no sentence begins with, or
/// with letters that no plain word has.
pub(super) fn is_named_thing(tokens: &[Token<'_>], span: &Span) -> bool {
    let first = span.from == 0 || tokens[span.from - 1].mark == Mark::Stop;
    tokens[span.from..span.to]
        .iter()
        .any(|token| token.is_acronym() || token.is_mixed() || token.text.contains(['.', '+', '#']))
        || (!first && tokens[span.from].is_capital())
}

/// Whether a name is a part of an organization or of somebody's title: `Finance team`, `Department
/// of Bioinformatics`, `Supply Chain Consultant`.
pub(super) fn is_of_unit(tokens: &[Token<'_>], span: &Span, title: bool) -> bool {
    let words = words();
    let behind = tokens.get(span.to).is_some_and(|next| {
        next.is_word()
            && (words.unit.contains(&next.lower) || title && words.person.contains(&next.lower))
    });
    let before = span.from >= 2
        && tokens[span.from - 1].lower == "of"
        && words.unit.contains(&tokens[span.from - 2].lower)
        && !["area", "areas"].contains(&tokens[span.from - 2].lower.as_str());
    behind || before
}

/// Abbreviations and words with capitals inside.
pub(super) fn names(tokens: &[Token<'_>]) -> Vec<Span> {
    let shouted = tokens
        .iter()
        .filter(|token| token.is_word() && token.text.chars().any(char::is_lowercase))
        .count()
        == 0;
    let letters = |token: &Token<'_>| {
        token.is_word()
            && !words().not_a_name.contains(&token.lower)
            && !token.text.chars().any(char::is_control)
            && (token.is_mixed() || (token.is_acronym() && !shouted))
    };
    (0..tokens.len())
        .filter(|at| letters(&tokens[*at]))
        .map(|at| Span::new(at, at + 1, KnowledgeKind::Name))
        .collect()
}

/// Spoken languages, where the sentence speaks of speaking.
pub(super) fn languages(tokens: &[Token<'_>]) -> Vec<Span> {
    let spoken = tokens
        .iter()
        .any(|token| words().spoken_cue.contains(&token.lower));
    let row = tokens.iter().filter(|token| token.is_word()).count() <= 3;
    if !spoken && !row {
        return Vec::new();
    }
    let names = &people().spoken;
    let names_one = |token: &Token<'_>| names.values().any(|forms| forms.contains(&token.lower));
    (0..tokens.len())
        .filter(|at| tokens[*at].is_capital() && names_one(&tokens[*at]))
        .filter(|at| {
            // "Danish companies" speak of no language.
            tokens.get(at + 1).is_none_or(|next| {
                next.mark != Mark::Word
                    || next.is_capital()
                    || words().stop.contains(&next.lower)
                    || words().joint.contains(&next.lower)
                    || words().spoken_cue.contains(&next.lower)
                    || words().soft.contains(&next.lower)
            })
        })
        .map(|at| Span::new(at, at + 1, KnowledgeKind::Language))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn words_of(text: &str, find: impl Fn(&[Token<'_>]) -> Vec<Span>) -> Vec<String> {
        let tokens = tokens(text, 0, text.len());
        let words = |span: Span| text[tokens[span.from].start..tokens[span.to - 1].end].to_owned();
        find(&tokens).into_iter().map(words).collect()
    }

    #[test]
    fn spellings_that_show_a_skill_and_name_none_are_left_out() {
        let find = |text: &str| words_of(text, |tokens| skills(text, tokens, true));
        assert_eq!(find("PostgreSQL and Kafka"), ["PostgreSQL", "Kafka"]);
        assert!(find("automate it with stakeholders, a scalable team player").is_empty());
        assert!(find("lead the development with data engineers").is_empty());
    }

    #[test]
    fn names_that_are_also_words_count_only_in_their_letters_and_not_where_a_sentence_begins() {
        let find = |text: &str| words_of(text, named_fields);
        assert_eq!(
            find("dairy industry and property law"),
            ["dairy industry", "property law"]
        );
        assert_eq!(find("you use Chef daily"), ["Chef"]);
        assert!(find("Chef de cuisine").is_empty() && find("our chef").is_empty());
        assert!(find("Excel in service").is_empty());
        assert_eq!(find("Excel, too"), ["Excel"]);
    }

    #[test]
    fn letters_tell_names_unless_everything_is_shouted() {
        let find = |text: &str| words_of(text, names);
        assert_eq!(
            find("Know EEG or CircleCI, send your CV"),
            ["EEG", "CircleCI"]
        );
        assert!(find("ALL OUR JOBS").is_empty());
    }

    #[test]
    fn a_language_is_one_where_the_sentence_speaks_of_speaking() {
        let find = |text: &str| words_of(text, languages);
        assert_eq!(
            find("Fluent in written English and German."),
            ["English", "German"]
        );
        assert!(find("We are part of the Danish health industry in all we do").is_empty());
        assert!(find("Speak to Danish companies").is_empty());
    }

    #[test]
    fn parts_of_an_organization_are_known_by_the_words_beside_them() {
        let text = "Department of Bioinformatics, Finance team, Data Mining";
        let tokens = tokens(text, 0, text.len());
        let of = |from, to| is_of_unit(&tokens, &Span::new(from, to, KnowledgeKind::Field), true);
        assert!(of(2, 3) && of(4, 5) && !of(7, 9));
    }
}
