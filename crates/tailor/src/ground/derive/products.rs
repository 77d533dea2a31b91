//! Products and shares in other words: so many of so much each, "two out of three".

use super::super::align::{Link, Source};
use super::super::reading::Reading;
use super::super::token::{Kind, Number};
use super::ratios::{figure, fits, is};
use super::{Answer, shown};

/// "40% of the zones": what stands behind the share is what the whole counts.
pub(super) fn of_whole(
    line: &Reading,
    at: usize,
    of: &Reading,
    whole: usize,
    source: usize,
    found: &[Vec<Link>],
) -> bool {
    let behind = (at + 1..line.tokens.len())
        .find(|token| line.tokens[*token].kind != Kind::PartOfNumber)
        .filter(|token| line.tokens[*token].word == "of");
    let noun = behind.and_then(|of| (of + 1..line.tokens.len()).find(|token| line.content[*token]));
    noun.is_some_and(|noun| {
        found[noun]
            .iter()
            .any(|link| link.source == source && of.counted_by[link.token] == Some(whole))
    })
}

/// "two out of three", "one in four": both numbers, at either of them.
pub(super) fn out_of(line: &Reading, at: usize) -> Option<(f64, f64)> {
    let word = |at: usize| line.tokens.get(at).map_or("", |token| token.word.as_str());
    let pair = |first: usize| {
        let second = match (word(first + 1), word(first + 2)) {
            ("out", "of") => first + 3,
            ("in", _) => first + 2,
            _ => return None,
        };
        let plain = |at: usize| {
            let number = line.tokens.get(at)?.number()?;
            (number.unit.is_none() && number.date.is_none()).then(|| figure(line, at))?
        };
        (at == first || at == second).then_some((plain(first)?, plain(second)?))
    };
    pair(at)
        .or_else(|| pair(at.checked_sub(3)?))
        .or_else(|| pair(at.checked_sub(2)?))
}

/// "17 sessions of 90 minutes": so many hours in all; "84 people in 17 sessions": so many each.
pub(super) fn products(
    line: &Reading,
    at: usize,
    mine: &Number,
    sources: &[Source],
    found: &[Vec<Link>],
) -> Option<Answer> {
    let clause = line.clause[at];
    let says = |words: &[&str]| {
        line.in_clause(clause)
            .any(|token| words.contains(&line.tokens[token].word.as_str()))
    };
    let in_all = says(&["all", "total", "altogether", "together", "overall"]);
    let each = says(&["per", "each", "average", "every", "a", "an"]);
    let value = *mine.values.first()? * mine.unit.as_ref().map_or(1.0, |unit| unit.factor);
    let dimension = |number: &Number| number.unit.as_ref().map(|unit| unit.dimension.clone());
    for (index, source) in sources.iter().enumerate() {
        let of = &source.reading;
        let numbers: Vec<usize> = (0..of.tokens.len())
            .filter(|token| {
                source.cited[*token]
                    && of.tokens[*token]
                        .number()
                        .is_some_and(|number| number.date.is_none() && !is(number, "percent"))
            })
            .collect();
        for one in &numbers {
            for other in numbers.iter().filter(|other| *other != one) {
                let (Some(count), Some(measure)) =
                    (of.tokens[*one].number(), of.tokens[*other].number())
                else {
                    continue;
                };
                if of.clause[*one] != of.clause[*other] || count.unit.is_some() {
                    continue;
                }
                let (Some(some), Some(much)) = (figure(of, *one), figure(of, *other)) else {
                    continue;
                };
                // What is counted is named in the line.
                let named = |number: usize| {
                    (0..of.tokens.len())
                        .filter(|token| of.counted_by[*token] == Some(number))
                        .any(|token| {
                            line.in_clause(clause).any(|mine| {
                                found[mine]
                                    .iter()
                                    .any(|link| link.source == index && link.token == token)
                            })
                        })
                };
                let same = dimension(mine) == dimension(measure);
                // "9 plots of 4 m² each"
                let apiece = (*other + 1..of.tokens.len())
                    .find(|token| of.tokens[*token].kind != Kind::PartOfNumber)
                    .is_some_and(|next| matches!(of.tokens[next].word.as_str(), "each" | "apiece"))
                    && !says(&["per", "each", "every"]);
                // "12 workshops with 15 participants each"
                let counts_same = || {
                    named(*other)
                        && (0..line.tokens.len())
                            .filter(|token| line.counted_by[*token] == Some(at))
                            .any(|mine| {
                                found[mine].iter().any(|link| {
                                    link.source == index
                                        && of.counted_by[link.token] == Some(*other)
                                })
                            })
                };
                let behind_noun = || {
                    (*other + 1..of.tokens.len())
                        .take_while(|token| of.counted_by[*token] == Some(*other))
                        .last()
                        .is_some_and(|last| {
                            of.tokens
                                .get(last + 1)
                                .is_some_and(|next| matches!(next.word.as_str(), "each" | "apiece"))
                        })
                        && !says(&["per", "each", "every"])
                };
                let product = (in_all || apiece || behind_noun())
                    && (measure.unit.is_some() || behind_noun() && counts_same())
                    && same
                    && named(*one)
                    && fits(line, at, value, some * much, 1e-6 * some * much);
                let quotient = each
                    && same
                    && some > 1.0
                    && named(*one)
                    && (measure.unit.is_some() || named(*other))
                    && fits(line, at, value, much / some, 1e-6 * much / some);
                if product || quotient {
                    let sign = if product { "×" } else { "/" };
                    return Some(Answer::Derived(
                        Some(Link {
                            source: index,
                            token: *other,
                            last: *other,
                            exact: false,
                        }),
                        format!(
                            "{} = {} {sign} {}",
                            shown(line, at),
                            shown(of, *other),
                            shown(of, *one)
                        ),
                    ));
                }
            }
        }
    }
    None
}
