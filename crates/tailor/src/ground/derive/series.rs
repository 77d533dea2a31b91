//! Figures that belong to different times or things of one statement: "6% in 2019 and 4% in 2020",
//! "€28,000 in summer and €19,000 in winter"; and lines that compare them.

use super::super::align::{Link, Source};
use super::super::reading::{Reading, Relation};
use super::super::token::{Kind, Number};
use super::super::wordbook::english;
use super::ratios::{figure, fits};
use super::{Answer, shown};

fn dimension(number: &Number) -> Option<&str> {
    number.unit.as_ref().map(|unit| unit.dimension.as_str())
}

/// The date that stands behind a figure, before the next.
pub(crate) fn own_date(of: &Reading, figure: usize) -> Option<usize> {
    (figure + 1..of.tokens.len())
        .take_while(|at| of.clause[*at] == of.clause[figure] && !of.tokens[*at].is_figure())
        .find(|at| of.tokens[*at].is_date())
}

/// Two figures of which the second came after the first: "from 6% to 4%", "6% in 2019 and 4% in 2020".
pub(crate) fn went_from_to(of: &Reading, one: usize, other: usize) -> bool {
    if of.clause[one] != of.clause[other] {
        return false;
    }
    if of.governor[one] == Relation::From && of.governor[other] == Relation::To {
        return true;
    }
    let month = |at: usize| {
        let (year, month) = of.tokens[own_date(of, at)?].number()?.date?;
        Some(u32::from(year) * 12 + u32::from(month.unwrap_or(0)))
    };
    let stood = of.in_clause(of.clause[one]).any(|at| {
        at < one
            && matches!(
                of.tokens[at].word.as_str(),
                "was" | "were" | "averaged" | "stood" | "reached" | "amounted"
            )
    });
    let joined = of.tokens[other - 1].word == "and"
        || (of.tokens[other - 1].kind == Kind::PartOfNumber && of.tokens[other - 2].word == "and");
    stood
        && joined
        && matches!((month(one), month(other)), (Some(first), Some(last)) if first < last)
}

/// What a figure is said of, behind it: words and dates up to the next figure.
fn label(of: &Reading, figure: usize) -> Vec<usize> {
    (figure + 1..of.tokens.len())
        .take_while(|at| {
            let token = &of.tokens[*at];
            of.clause[*at] == of.clause[figure]
                && !token.is_figure()
                && token.word != "and"
                && !token.is_mark(&[',', ';', '(', ')', '.'])
        })
        .filter(|at| of.content[*at] && of.counted_by[*at].is_none())
        .filter(|at| !english().measures(&of.tokens[*at].word))
        .collect()
}

/// "£9,000 higher in summer than in winter".
pub(super) fn compared(
    line: &Reading,
    at: usize,
    mine: &Number,
    sources: &[Source],
    found: &[Vec<Link>],
) -> Option<Answer> {
    let clause = line.clause[at];
    let than = line
        .in_clause(clause)
        .find(|token| *token > at && line.tokens[*token].word == "than")?;
    let (word, more) = (at + 1..than).find_map(|token| {
        let key = [line.tokens[token].word.clone()];
        let comparative = line.tokens[token].word.ends_with("er")
            || matches!(line.tokens[token].word.as_str(), "more" | "less");
        let up = english().goes("[more]", &key);
        let down = english().goes("[less]", &key);
        (comparative && up != down).then_some((token, up))
    })?;
    let percent = dimension(mine) == Some("percent");
    let points = dimension(mine).is_some_and(|dimension| dimension.contains("point"));
    let value = figure(line, at)?;
    sources.iter().enumerate().find_map(|(index, source)| {
        let of = &source.reading;
        let figures: Vec<usize> = source.cited_figures().collect();
        figures.windows(2).find_map(|pair| {
            let (one, other) = (pair[0], pair[1]);
            let (first, last) = (of.tokens[one].number()?, of.tokens[other].number()?);
            if dimension(first) != dimension(last) || of.clause[one] != of.clause[other] {
                return None;
            }
            let told = |token: usize, behind: bool| {
                let date = of.tokens[token].number().and_then(|number| number.date);
                line.in_clause(clause)
                    .filter(|mine| (*mine > than) == behind)
                    .any(|mine| match date {
                        Some(date) => line.tokens[mine]
                            .number()
                            .is_some_and(|number| number.date == Some(date)),
                        None => found[mine]
                            .iter()
                            .any(|link| link.source == index && link.token == token),
                    })
            };
            // All that the one is said of stands before the "than", all of the other behind it.
            let stands = |figure: usize, behind: bool| {
                let words = label(of, figure);
                !words.is_empty() && words.iter().all(|token| told(*token, behind))
            };
            let (subject, base) = if stands(one, false) && stands(other, true) {
                (one, other)
            } else if stands(other, false) && stands(one, true) {
                (other, one)
            } else {
                return None;
            };
            let (high, low) = (figure(of, subject)?, figure(of, base)?);
            let difference = if more { high - low } else { low - high };
            let right = difference > 0.0
                && if percent {
                    fits(line, at, value, 100.0 * difference / low, 0.51)
                } else {
                    (dimension(mine) == dimension(first)
                        || points && dimension(first) == Some("percent"))
                        && fits(line, at, value, difference, 1e-6 * difference)
                };
            let link = Link {
                source: index,
                token: subject,
                last: subject,
                exact: false,
            };
            let how = format!(
                "{} between {} and {}",
                shown(line, at),
                shown(of, one),
                shown(of, other)
            );
            right.then(|| Answer::Rate(link, vec![word], how))
        })
    })
}
