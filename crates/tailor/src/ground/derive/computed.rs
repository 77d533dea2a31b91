//! Sums, differences, shares and factors.

use super::super::align::{Link, Source};
use super::super::reading::{Reading, Relation};
use super::super::token::Number;
use super::rounded::{ABOUT, NEAR, hedge_before};
use super::{Answer, close, equal, shown};

/// Sums, differences and shares of two numbers that stand in one clause.
pub(super) fn computed(
    line: &Reading,
    at: usize,
    mine: &Number,
    sources: &[Source],
    found: &[Vec<Link>],
) -> Option<Answer> {
    for (index, source) in sources.iter().enumerate() {
        let of = &source.reading;
        let cited: Vec<usize> = (0..of.tokens.len())
            .filter(|token| {
                of.tokens[*token]
                    .number()
                    .is_some_and(|number| number.date.is_none())
                    && source.cited[*token]
            })
            .collect();
        for (position, first) in cited.iter().enumerate() {
            // A sum of numbers of a row: "3 map collections and 6 letter collections".
            let mut sum = vec![*first];
            for next in &cited[position + 1..] {
                let last = sum[sum.len() - 1];
                if of.clause[*next] != of.clause[*first] || !in_row(of, last, *next) {
                    break;
                }
                sum.push(*next);
                let Some(total) = total(of, &sum) else { break };
                let whole = cited
                    .iter()
                    .filter(|other| of.clause[**other] == of.clause[*first])
                    .count()
                    == sum.len();
                if equal(mine, &total) && whole && counts_all(line, at, index, of, &sum, found) {
                    let parts: Vec<String> = sum.iter().map(|token| shown(of, *token)).collect();
                    return Some(Answer::Derived(
                        Some(Link {
                            source: index,
                            token: *first,
                            last: *first,
                            exact: false,
                        }),
                        format!("{} = {}", shown(line, at), parts.join(" + ")),
                    ));
                }
            }
        }
        for pair in cited.windows(2) {
            if let Some(answer) = ratio(line, at, mine, index, of, pair[0], pair[1]) {
                return Some(answer);
            }
            if let Some(answer) = change(line, at, mine, index, of, pair[0], pair[1]) {
                return Some(answer);
            }
        }
    }
    None
}

/// Whether two numbers stand in a row that adds up: "and" or a comma between, no "of them".
fn in_row(of: &Reading, one: usize, other: usize) -> bool {
    let between = &of.tokens[one + 1..other];
    let joined = between
        .iter()
        .any(|token| matches!(token.word.as_str(), "and" | "plus") || token.is_mark(&[',', '+']));
    let part = of.tokens[one..].iter().take(other - one + 6).any(|token| {
        matches!(
            token.word.as_str(),
            "them" | "whom" | "which" | "these" | "including" | "among" | "to" | "incl"
        )
    });
    let before = &of.tokens[other - 1];
    let beside = matches!(before.word.as_str(), "and" | "plus") || before.is_mark(&[',', '+']);
    joined && !part && (of.governor[one] == of.governor[other] || beside)
}

fn total(of: &Reading, tokens: &[usize]) -> Option<Number> {
    let mut sum = 0.0;
    let mut unit = None;
    for (position, token) in tokens.iter().enumerate() {
        let number = of.tokens[*token].number()?;
        let factor = number.unit.as_ref().map_or(1.0, |unit| unit.factor);
        if position == 0 {
            unit.clone_from(&number.unit);
        } else if unit.as_ref().map(|unit| &unit.dimension)
            != number.unit.as_ref().map(|unit| &unit.dimension)
        {
            return None;
        }
        if number
            .unit
            .as_ref()
            .is_some_and(|unit| unit.dimension == "percent")
        {
            return None;
        }
        sum += number.values.first()? * factor;
    }
    let factor = unit.as_ref().map_or(1.0, |unit| unit.factor);
    Some(Number {
        values: vec![sum / factor],
        unit,
        date: None,
        spelled: false,
    })
}

/// Whether the line's noun covers what every summand counts: the same noun, or all of them named.
fn counts_all(
    line: &Reading,
    at: usize,
    source: usize,
    of: &Reading,
    sum: &[usize],
    found: &[Vec<Link>],
) -> bool {
    let counted = |number: usize| -> Vec<usize> {
        (0..of.tokens.len())
            .filter(|token| of.counted_by[*token] == Some(number))
            .collect()
    };
    let clause = line.clause[at];
    let named = |tokens: &[usize]| {
        line.in_clause(clause).any(|mine| {
            found[mine]
                .iter()
                .any(|link| link.source == source && tokens.contains(&link.token))
        })
    };
    let keys = |tokens: &[usize]| -> Vec<String> {
        tokens
            .iter()
            .flat_map(|token| of.keys(*token).to_vec())
            .collect()
    };
    let first = counted(sum[0]);
    let mine: Vec<String> = (0..line.tokens.len())
        .filter(|token| line.counted_by[*token] == Some(at))
        .flat_map(|token| line.keys(token).to_vec())
        .collect();
    sum.iter().all(|number| {
        let here = counted(*number);
        if here.is_empty() {
            // "and 2 from the warehouse": of the kind named first.
            return named(&first);
        }
        let shared = keys(&here).iter().any(|key| keys(&first).contains(key));
        let head_named = here
            .last()
            .is_some_and(|head| of.keys(*head).iter().any(|key| mine.contains(key)));
        (shared && (head_named || named(&here)))
            || (named(&here) && here.iter().all(|token| named(&[*token])))
    })
}

/// "from 3.2% to 2.4%": the difference, the share, half, double.
fn change(
    line: &Reading,
    at: usize,
    mine: &Number,
    source: usize,
    of: &Reading,
    one: usize,
    other: usize,
) -> Option<Answer> {
    let pair = of.governor[one] == Relation::From
        && of.governor[other] == Relation::To
        && of.clause[one] == of.clause[other];
    if !pair || line.governor[at] == Relation::From || line.governor[at] == Relation::To {
        return None;
    }
    let (from, to) = (of.tokens[one].number()?, of.tokens[other].number()?);
    let dimension = |number: &Number| number.unit.as_ref().map(|unit| unit.dimension.clone());
    if dimension(from) != dimension(to) {
        return None;
    }
    let factor = |number: &Number| number.unit.as_ref().map_or(1.0, |unit| unit.factor);
    let (before, after) = (
        from.values.first()? * factor(from),
        to.values.first()? * factor(to),
    );
    let value = mine.values.first()? * factor(mine);
    let points = mine
        .unit
        .as_ref()
        .is_some_and(|unit| unit.dimension.contains("point"));
    let percent = mine
        .unit
        .as_ref()
        .is_some_and(|unit| unit.dimension.starts_with("percent") && !points);
    let of_percent = dimension(from).is_some_and(|dimension| dimension.starts_with("percent"));
    let link = Some(Link {
        source,
        token: other,
        last: other,
        exact: false,
    });
    let how = |what: &str| {
        Some(Answer::Derived(
            link,
            format!(
                "{} is the {what} from {} to {}",
                shown(line, at),
                shown(of, one),
                shown(of, other)
            ),
        ))
    };
    let difference = (after - before).abs();
    let share = if before == 0.0 {
        f64::NAN
    } else {
        100.0 * difference / before
    };
    let over = matches!(hedge_before(line, at), Some("over" | "at least"))
        && value < share
        && value >= NEAR * share;
    let share_fits = over
        || (value - share).abs() < 0.51
            && (hedge_before(line, at).is_some()
                || value.fract() != 0.0
                || share.fract().abs() < 0.51);
    if percent && share_fits {
        return how("change");
    }
    let same = dimension(mine) == dimension(from) || (points && of_percent);
    if same
        && !percent
        && (difference - value).abs() < 1e-6 * difference.max(1.0)
        && (!of_percent || points)
    {
        return how("difference");
    }
    None
}

/// "halved", "doubled", "tripled": whether some change of the cited evidence is that.
pub(crate) fn multiplied(
    word: &str,
    line: &Reading,
    at: usize,
    sources: &[Source],
) -> Option<Link> {
    let factor = match word {
        "halved" | "halving" | "halve" | "halves" => 0.5,
        "doubled" | "doubling" | "double" | "doubles" => 2.0,
        "tripled" | "tripling" | "triple" | "trebled" => 3.0,
        "quadrupled" | "quadrupling" | "quadruple" => 4.0,
        _ => return None,
    };
    let over = at >= 2 && line.tokens[at - 2].word == "more" && line.tokens[at - 1].word == "than";
    let fits = |ratio: f64| {
        close(ratio, factor) || (over && factor > 1.0 && ratio > factor && ratio < factor * 1.5)
    };
    for (source, of) in sources.iter().enumerate() {
        let numbers: Vec<usize> = (0..of.reading.tokens.len())
            .filter(|token| {
                of.cited[*token]
                    && of.reading.tokens[*token]
                        .number()
                        .is_some_and(|number| number.date.is_none())
            })
            .collect();
        let value = |token: usize| {
            let number = of.reading.tokens[token].number()?;
            Some(number.values.first()? * number.unit.as_ref().map_or(1.0, |unit| unit.factor))
        };
        for pair in numbers.windows(2) {
            let change = of.reading.governor[pair[0]] == Relation::From
                && of.reading.governor[pair[1]] == Relation::To;
            if let (true, Some(before), Some(after)) = (change, value(pair[0]), value(pair[1]))
                && before > 0.0
                && fits(after / before)
            {
                return Some(Link {
                    source,
                    token: pair[1],
                    last: pair[1],
                    exact: false,
                });
            }
        }
        for token in &numbers {
            let percent = of.reading.tokens[*token].number().is_some_and(|number| {
                number
                    .unit
                    .as_ref()
                    .is_some_and(|unit| unit.dimension == "percent")
            });
            let by = of.reading.governor[*token] == Relation::By;
            let down = of.reading.in_clause(of.reading.clause[*token]).any(|at| {
                of.reading.keys(at).iter().any(|key| {
                    matches!(
                        key.as_str(),
                        "reduce"
                            | "cut"
                            | "fall"
                            | "decrease"
                            | "drop"
                            | "lower"
                            | "shorten"
                            | "decline"
                    )
                })
            });
            if let (true, true, Some(value)) = (percent, by, value(*token)) {
                let ratio = if down {
                    1.0 - value / 100.0
                } else {
                    1.0 + value / 100.0
                };
                if fits(ratio) {
                    return Some(Link {
                        source,
                        token: *token,
                        last: *token,
                        exact: false,
                    });
                }
            }
        }
    }
    None
}

/// "33 of 40": a share.
fn ratio(
    line: &Reading,
    at: usize,
    mine: &Number,
    source: usize,
    of: &Reading,
    one: usize,
    other: usize,
) -> Option<Answer> {
    let percent = mine
        .unit
        .as_ref()
        .is_some_and(|unit| unit.dimension == "percent");
    let (part, whole) = (of.tokens[one].number()?, of.tokens[other].number()?);
    let plain = part.unit.is_none() && whole.unit.is_none();
    let out_of = of.tokens[one + 1..other]
        .iter()
        .any(|token| matches!(token.word.as_str(), "of" | "out"));
    let (part_of, all) = (*part.values.first()?, *whole.values.first()?);
    if !percent || !plain || !out_of || all <= 0.0 || part_of > all {
        return None;
    }
    let (claimed, share) = (*mine.values.first()?, 100.0 * part_of / all);
    let fits = match hedge_before(line, at) {
        Some("over" | "at least") => claimed < share && claimed >= NEAR * share,
        Some("nearly") => claimed > share && share >= 0.95 * claimed,
        Some("about") => (claimed - share).abs() <= ABOUT * share,
        _ => (claimed - share).abs() < 0.51,
    };
    let link = Link {
        source,
        token: one,
        last: one,
        exact: false,
    };
    fits.then(|| {
        Answer::Derived(
            Some(link),
            format!(
                "{} is {} of {}",
                shown(line, at),
                shown(of, one),
                shown(of, other)
            ),
        )
    })
}
