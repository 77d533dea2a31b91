//! What is left of a whole: "the remaining 118" of 180 of which 62 are named, the 97% that are present
//! where 3% are missing.

use super::super::align::{Link, Source};
use super::super::reading::{Reading, Relation};
use super::super::token::{Kind, Number};
use super::super::wordbook::english;
use super::ratios::{figure, part_and_whole};
use super::{Answer, close, shown};

/// Words for what is left.
const REMAINING: [&str; 6] = ["remaining", "rest", "remainder", "other", "others", "left"];

/// Of these two one holds of whatever the other does not hold of.
const CONTRARIES: [(&str, &str); 28] = [
    ("accepted", "rejected"),
    ("passed", "failed"),
    ("successful", "failed"),
    ("succeeded", "failed"),
    ("present", "missing"),
    ("present", "absent"),
    ("uptime", "downtime"),
    ("availability", "downtime"),
    ("available", "unavailable"),
    ("answered", "unanswered"),
    ("resolved", "unresolved"),
    ("paid", "unpaid"),
    ("complete", "incomplete"),
    ("completed", "uncompleted"),
    ("correct", "wrong"),
    ("correct", "incorrect"),
    ("valid", "invalid"),
    ("permanent", "temporary"),
    ("full-time", "part-time"),
    ("attended", "missed"),
    ("done", "outstanding"),
    ("completed", "outstanding"),
    ("done", "open"),
    ("approved", "rejected"),
    ("granted", "refused"),
    ("sold", "unsold"),
    ("used", "unused"),
    ("won", "lost"),
];

/// A number that is what is left.
pub(super) fn rest(
    line: &Reading,
    at: usize,
    mine: &Number,
    sources: &[Source],
    found: &[Vec<Link>],
) -> Option<Answer> {
    let value = figure(line, at)?;
    let dimension = |number: &Number| number.unit.as_ref().map(|unit| unit.dimension.clone());
    let percent = dimension(mine).is_some_and(|dimension| dimension == "percent");
    sources.iter().enumerate().find_map(|(index, source)| {
        let of = &source.reading;
        let figures: Vec<usize> = source.cited_figures().collect();
        let pairs = figures.iter().enumerate().flat_map(|(position, one)| {
            figures[position + 1..]
                .iter()
                .take(2)
                .filter_map(|other| part_and_whole(of, *one, *other))
        });
        let of_whole = pairs.filter_map(|(part, whole)| {
            let same = dimension(of.tokens[part].number()?) == dimension(mine)
                && dimension(of.tokens[whole].number()?) == dimension(mine);
            let left = figure(of, whole)? - figure(of, part)?;
            (same && left > 0.0 && close(left, value)).then_some(part)
        });
        let of_hundred = figures.iter().copied().filter(|part| {
            let theirs = of.tokens[*part].number();
            percent
                && theirs.is_some_and(|theirs| dimension(theirs) == dimension(mine))
                && figure(of, *part).is_some_and(|part| close(100.0 - part, value))
                && states(of, *part)
                && states(line, at)
        });
        of_whole.chain(of_hundred).find_map(|part| {
            let words = left_over(line, at, index, source, found)
                .filter(|_| !percent)
                .or_else(|| contrary(line, at, of, part))
                .or_else(|| all_but(line, at, index, source, part, found))
                .or_else(|| denied(line, at, index, source, part, found))?;
            let link = Link {
                source: index,
                token: part,
                last: part,
                exact: false,
            };
            let how = format!("{} is all but {}", shown(line, at), shown(of, part));
            Some(Answer::Rate(link, words, how))
        })
    })
}

/// Whether a share says how things are, not how far they went: no "by 30%", nothing that rose or fell.
fn states(reading: &Reading, at: usize) -> bool {
    let moved = reading.terms.iter().any(|term| {
        reading.clause[term.first] == reading.clause[at]
            && (english().goes("[falls]", &term.keys) || english().goes("[rises]", &term.keys))
    });
    !moved
        && !matches!(
            reading.governor[at],
            Relation::By | Relation::To | Relation::From
        )
}

/// "the remaining 118": the words that say so, where the evidence says the same of the rest.
fn left_over(
    line: &Reading,
    at: usize,
    index: usize,
    source: &Source,
    found: &[Vec<Link>],
) -> Option<Vec<usize>> {
    let of = &source.reading;
    let near = at.saturating_sub(2)..(at + 4).min(line.tokens.len());
    let words: Vec<usize> = near
        .filter(|token| REMAINING.contains(&line.tokens[*token].word.as_str()))
        .collect();
    let rest = (0..of.tokens.len()).find(|token| {
        source.cited[*token] && REMAINING.contains(&of.tokens[*token].word.as_str())
    })?;
    // All that is said of the rest is said of it here.
    let mut told = of
        .in_clause(of.clause[rest])
        .filter(|token| *token > rest && of.content[*token] && of.tokens[*token].kind == Kind::Word)
        .peekable();
    told.peek()?;
    let kept = told.all(|token| {
        line.in_clause(line.clause[at]).any(|mine| {
            found[mine]
                .iter()
                .any(|link| link.source == index && (link.token..=link.last).contains(&token))
        })
    });
    (kept && !words.is_empty()).then_some(words)
}

/// "rejected 7 of 412" is "accepted 405 of 412": the words for the contrary, close to both numbers.
fn contrary(line: &Reading, at: usize, of: &Reading, part: usize) -> Option<Vec<usize>> {
    let near = |reading: &Reading, number: usize, word: &str| -> Option<Vec<usize>> {
        let parts: Vec<&str> = word.split('-').collect();
        reading
            .in_clause(reading.clause[number])
            .filter(|token| token.abs_diff(number) <= 6)
            .find_map(|token| {
                let step = parts.len() * 2 - 1;
                let tokens = (token..token + step).step_by(2);
                tokens
                    .clone()
                    .zip(&parts)
                    .all(|(token, part)| {
                        reading
                            .tokens
                            .get(token)
                            .is_some_and(|here| here.word == **part)
                    })
                    .then(|| tokens.collect())
            })
    };
    let sides = CONTRARIES
        .iter()
        .flat_map(|(one, other)| [(*one, *other), (*other, *one)]);
    sides.into_iter().find_map(|(told, mine)| {
        near(of, part, told)?;
        // Said of the part here as well, it would be the part that is meant.
        if near(line, at, told).is_some() {
            return None;
        }
        near(line, at, mine)
    })
}

/// Whether all that the evidence says of a part is said in the line.
fn told_of(
    line: &Reading,
    at: usize,
    index: usize,
    source: &Source,
    part: usize,
    found: &[Vec<Link>],
) -> bool {
    let of = &source.reading;
    let mut told = (part + 1..of.tokens.len())
        .take_while(|token| {
            of.clause[*token] == of.clause[part]
                && !of.tokens[*token].is_mark(&[',', ';', '.', ')'])
        })
        .filter(|token| {
            of.content[*token]
                && of.tokens[*token].kind == Kind::Word
                && !matches!(of.tokens[*token].word.as_str(), "out" | "them" | "these")
        })
        .peekable();
    told.peek().is_some()
        && told.all(|token| {
            (0..line.tokens.len()).any(|mine| {
                line.clause[mine].abs_diff(line.clause[at]) <= 1
                    && found[mine].iter().any(|link| {
                        link.source == index && (link.token..=link.last).contains(&token)
                    })
            })
        })
}

/// "all but two of the 12 walks" for "10 of the 12 walks".
fn all_but(
    line: &Reading,
    at: usize,
    index: usize,
    source: &Source,
    part: usize,
    found: &[Vec<Link>],
) -> Option<Vec<usize>> {
    let word = |at: Option<usize>| at.map_or("", |at| line.tokens[at].word.as_str());
    let (but, all) = (at.checked_sub(1), at.checked_sub(2));
    let except = word(all) == "all" && matches!(word(but), "but" | "except");
    (except && told_of(line, at, index, source, part, found)).then(|| vec![at - 2, at - 1])
}

/// "15 were not granted" for "31 of 46 were granted", and the other way round: a "not" for none.
fn denied(
    line: &Reading,
    at: usize,
    index: usize,
    source: &Source,
    part: usize,
    found: &[Vec<Link>],
) -> Option<Vec<usize>> {
    let of = &source.reading;
    let negation = |reading: &Reading, at: usize| -> Option<usize> {
        (at + 1..reading.tokens.len())
            .take(5)
            .take_while(|token| !reading.tokens[*token].is_mark(&[',', ';', '.', '(', ')']))
            .find(|token| {
                matches!(
                    reading.tokens[*token].word.as_str(),
                    "not" | "n't" | "never" | "no"
                )
            })
    };
    let (mine, theirs) = (negation(line, at), negation(of, part));
    if mine.is_some() == theirs.is_some() || !told_of(line, at, index, source, part, found) {
        return None;
    }
    Some(mine.into_iter().collect())
}
