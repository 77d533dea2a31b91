//! What a sentence asks for, and how much: told by the words it uses.

use career::RequirementKind;

use super::headings::Heading;
use super::sentences::{sentences_in, split_at, tidy};
use crate::data::wording;
use crate::lexicon::{Telling, lexicon};

/// A stretch that asks for something.
pub(super) struct Part {
    pub start: usize,
    pub end: usize,
    pub kind: RequirementKind,
}

/// The requirements a block states, given the heading above it.
pub(super) fn parts(
    text: &str,
    start: usize,
    end: usize,
    heading: Heading,
    bullet: bool,
) -> Vec<Part> {
    let of_section = match heading {
        Heading::Must => Some(RequirementKind::Must),
        Heading::Nice => Some(RequirementKind::Nice),
        Heading::Duty => Some(RequirementKind::Duty),
        Heading::Other => return Vec::new(),
        Heading::Unknown => None,
    };
    let sentences = if bullet {
        vec![(start, end)]
    } else {
        sentences_in(text, start, end)
    };
    let mut parts = Vec::new();
    for sentence in sentences {
        let words = &text[sentence.0..sentence.1];
        let kind = match of_section {
            Some(kind) if bullet => Some(kind),
            // Running text under a heading may turn to something else.
            Some(kind) => (!is_offer(words)).then(|| match judge(words) {
                Some(RequirementKind::Duty) if starts_as_duty(words) => RequirementKind::Duty,
                _ => kind,
            }),
            None if bullet => judge_bullet(words),
            None => judge(words),
        };
        let Some(kind) = kind else { continue };
        let clauses = if bullet && !refuses(words) {
            vec![tidy(text, sentence)]
        } else {
            split_at(text, sentence, ';')
        };
        let several = of_section.is_none() && clauses.len() > 1;
        for clause in clauses {
            let words = &text[clause.0..clause.1];
            let kind = match kind {
                // "Depth is required; product instincts are a plus": each clause for itself.
                RequirementKind::Nice if several && !wishes_only(words) => RequirementKind::Must,
                kind => kind,
            };
            let row = if bullet || kind == RequirementKind::Duty {
                vec![clause]
            } else {
                wishes(text, clause)
            };
            parts.extend(row.into_iter().filter_map(|wish| finish(text, wish, kind)));
        }
    }
    parts
}

/// The clause without what it says is not needed; `None` when nothing is left to ask for.
fn finish(text: &str, span: (usize, usize), kind: RequirementKind) -> Option<Part> {
    let mut span = tidy(text, span);
    if refuses(&text[span.0..span.1]) {
        let kept = split_at(text, span, ',')
            .into_iter()
            .take_while(|(from, to)| !refuses(&text[*from..*to]))
            .last()?;
        span = tidy(text, (span.0, kept.1));
    }
    let words = &text[span.0..span.1];
    if words.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
        return None;
    }
    let kind = if kind == RequirementKind::Must && wishes_only(words) {
        RequirementKind::Nice
    } else {
        kind
    };
    Some(Part {
        start: span.0,
        end: span.1,
        kind,
    })
}

/// A row of wishes (`Strong Python, comfort with APIs, and a track record of …`) as one each.
fn wishes(text: &str, span: (usize, usize)) -> Vec<(usize, usize)> {
    let pieces = split_at(text, span, ',');
    let opens = |(from, to): &(usize, usize)| {
        let words = text[*from..*to].to_lowercase();
        let plain = words.trim_end_matches(['.', '!']);
        let cues = &wording().cues;
        cues.wish_start
            .iter()
            .any(|cue| begins_with_word(plain, cue))
            || (plain.split_whitespace().count() <= 4
                && cues
                    .wish_end
                    .iter()
                    .any(|cue| plain.ends_with(cue.as_str())))
    };
    let mut row: Vec<(usize, usize)> = Vec::new();
    for piece in pieces {
        match row.last_mut() {
            Some(last) if !opens(&piece) => last.1 = piece.1,
            _ => row.push(piece),
        }
    }
    row
}

/// What a sentence without a heading asks for.
fn judge(words: &str) -> Option<RequirementKind> {
    let cues = &wording().cues;
    let lower = plain(words);
    let says = |phrases: &[String]| phrases.iter().any(|phrase| contains_cue(&lower, phrase));
    if is_offer(words) || lower.ends_with([':', '?']) {
        return None;
    }
    if wishes_only(words) {
        return Some(RequirementKind::Nice);
    }
    if cues
        .wish_start
        .iter()
        .any(|cue| begins_with_word(&lower, cue))
    {
        return Some(RequirementKind::Must);
    }
    let insists = [
        "required",
        "requirement",
        "must have",
        "must be",
        "years",
        "experience with",
        "we value people",
        "someone who has",
    ];
    if insists.iter().any(|cue| lower.contains(cue)) && says(&cues.must) {
        return Some(RequirementKind::Must);
    }
    if says(&cues.duty) {
        return Some(RequirementKind::Duty);
    }
    (says(&cues.must) && addresses_the_reader(&lower)).then_some(RequirementKind::Must)
}

fn judge_bullet(words: &str) -> Option<RequirementKind> {
    judge(words).or_else(|| {
        let lexicon = lexicon();
        let tells = lexicon
            .find(words)
            .iter()
            .any(|hit| lexicon.skill(hit.skill).telling == Telling::Hard);
        let lower = plain(words);
        let asks = wording()
            .cues
            .must
            .iter()
            .any(|cue| contains_cue(&lower, cue));
        match (is_offer(words), asks, tells) {
            (true, ..) => None,
            (_, true, _) => Some(RequirementKind::Must),
            (_, _, true) => Some(RequirementKind::Duty),
            _ => None,
        }
    })
}

/// Whether it speaks of the company: "we", "our", a name that was taken out.
pub(super) fn is_about_others(lower: &str) -> bool {
    !addresses_the_reader(lower) || lower.starts_with('<')
}

/// Whether its own words ask for something, whatever it stands under.
pub(super) fn asks(words: &str) -> bool {
    judge(words).is_some_and(|kind| kind != RequirementKind::Duty)
        && !is_about_others(&plain(words))
}

/// A sentence about the company ("we have deep roots") asks nobody for anything.
fn addresses_the_reader(lower: &str) -> bool {
    !wording()
        .about
        .company
        .iter()
        .any(|start| lower.starts_with(start.as_str()))
}

fn starts_as_duty(words: &str) -> bool {
    let lower = plain(words);
    ["you ", "you'll", "du ", "sie ", "vous ", "je "]
        .iter()
        .any(|start| lower.starts_with(start))
}

/// Whether it only wishes, not insists. What a bracket at its end wishes ("Strong SQL (PostgreSQL
/// preferred)") is of the bracket alone, unless the bracket holds nothing else ("(nice to have)").
fn wishes_only(words: &str) -> bool {
    let lower = plain(words);
    let lower = lower.trim_end_matches(['.', '!']);
    let nice = &wording().cues.nice;
    if let Some((head, inner)) = lower
        .strip_suffix(')')
        .and_then(|bracketed| bracketed.rsplit_once('('))
        && !head.trim().is_empty()
    {
        let bare = nice
            .iter()
            .any(|cue| inner.trim() == cue.trim_end_matches(':'));
        return bare || wishes_only(head);
    }
    nice.iter().any(|cue| {
        begins_with_word(lower, cue.trim_end_matches(':'))
            || lower.strip_suffix(cue.as_str()).is_some_and(|rest| {
                rest.chars()
                    .next_back()
                    .is_none_or(|c| !c.is_alphanumeric())
            })
    })
}

/// Whether it speaks of the offer or the law.
pub(super) fn is_offer(words: &str) -> bool {
    let lower = plain(words);
    wording()
        .cues
        .never
        .iter()
        .any(|cue| contains_cue(&lower, cue))
}

fn refuses(words: &str) -> bool {
    // "You won't just follow the process" refuses nothing.
    let lower = plain(words)
        .replace("n't just", "")
        .replace("not just", "")
        .replace("not only", "");
    wording()
        .cues
        .refusal
        .iter()
        .any(|cue| lower.contains(cue.as_str()))
}

/// Lower case, straight apostrophes, one space between words.
pub(super) fn plain(words: &str) -> String {
    words
        .to_lowercase()
        .replace(['’', '‘'], "'")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn begins_with_word(text: &str, cue: &str) -> bool {
    text.strip_prefix(cue)
        .is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphanumeric()))
}

/// Contains the cue where a word begins.
pub(super) fn contains_cue(text: &str, cue: &str) -> bool {
    text.match_indices(cue).any(|(at, _)| {
        let sign = cue.starts_with(|c: char| !c.is_alphanumeric());
        sign || text[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, heading: Heading) -> Vec<(&str, RequirementKind)> {
        parts(text, 0, text.len(), heading, false)
            .into_iter()
            .map(|part| (&text[part.start..part.end], part.kind))
            .collect()
    }

    #[test]
    fn what_is_not_required_is_no_requirement() {
        let text = "Written and spoken English; Dutch is not required";
        assert_eq!(
            all(text, Heading::Must),
            [("Written and spoken English", RequirementKind::Must)]
        );
        assert!(all("A degree is not required.", Heading::Must).is_empty());
    }

    #[test]
    fn a_row_of_wishes_is_one_requirement_each() {
        let text = "Strong Python, comfort with OpenAI-compatible APIs, and a track record of shipping monitoring for ML or LLM systems.";
        let found = all(text, Heading::Unknown);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(found[0], ("Strong Python", RequirementKind::Must));
    }

    #[test]
    fn pluses_are_nice_and_the_offer_is_nothing() {
        assert_eq!(
            all("Experience with Kafka is a plus.", Heading::Unknown)[0].1,
            RequirementKind::Nice
        );
        assert_eq!(
            all("Strong SQL (PostgreSQL preferred).", Heading::Unknown)[0].1,
            RequirementKind::Must
        );
        for words in [
            "Experience with Kafka (nice to have)",
            "Knowledge of Terraform preferred",
            "A degree in law is an asset",
        ] {
            assert_eq!(
                all(words, Heading::Must)[0].1,
                RequirementKind::Nice,
                "{words}"
            );
        }
        assert_eq!(
            all("Strong SQL (Snowflake is a plus)", Heading::Must)[0].1,
            RequirementKind::Must
        );
        assert!(all("Base $200k–$235k, equity, remote-first.", Heading::Unknown).is_empty());
        assert!(
            all(
                "We are building multi-agent automation for back-office operations.",
                Heading::Unknown
            )
            .is_empty()
        );
    }
}
