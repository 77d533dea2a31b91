//! Ratios: what became of a figure as a share or a multiple of it, shares of amounts, products.

use super::super::align::{Link, Source};
use super::super::english::Form;
use super::super::reading::{Reading, Relation};
use super::super::token::{Kind, Number};
use super::super::wordbook::english;
use super::products::{of_whole, out_of};
use super::rounded::{ABOUT, NEAR, hedge_before};
use super::series::went_from_to;
use super::{Answer, close, shown};

/// What the evidence says became of a figure: how many times what it was.
struct Became {
    ratio: f64,
    /// Where it says so.
    token: usize,
    how: String,
}

/// The number with its measure as one figure.
pub(super) fn figure(reading: &Reading, at: usize) -> Option<f64> {
    let number = reading.tokens[at].number()?;
    Some(number.values.first()? * number.unit.as_ref().map_or(1.0, |unit| unit.factor))
}

pub(super) fn is(number: &Number, dimension: &str) -> bool {
    number
        .unit
        .as_ref()
        .is_some_and(|unit| unit.dimension == dimension)
}

/// All changes that a source tells of.
fn changes(source: &Source) -> Vec<Became> {
    let of = &source.reading;
    let numbers: Vec<usize> = source.cited_figures().collect();
    let mut found = Vec::new();
    for pair in numbers.windows(2) {
        let (one, other) = (pair[0], pair[1]);
        let change = went_from_to(of, one, other);
        let dimension = |at: usize| {
            of.tokens[at]
                .number()
                .and_then(|number| number.unit.as_ref())
                .map(|unit| unit.dimension.clone())
        };
        if !change || dimension(one) != dimension(other) {
            continue;
        }
        if let (Some(before), Some(after)) = (figure(of, one), figure(of, other))
            && before > 0.0
        {
            found.push(Became {
                ratio: after / before,
                token: other,
                how: format!("{} to {}", shown(of, one), shown(of, other)),
            });
        }
    }
    for at in numbers {
        let (Some(number), Some(value)) = (of.tokens[at].number(), figure(of, at)) else {
            continue;
        };
        let said = |section: &str| {
            of.terms.iter().any(|term| {
                of.clause[term.first] == of.clause[at] && english().goes(section, &term.keys)
            })
        };
        // "by 73%", "a 73% reduction"; not "to 73%".
        let amount = !matches!(of.governor[at], Relation::To | Relation::From);
        if is(number, "percent") && amount && of.governor[at] == Relation::By {
            let percent = number.values.first().copied().unwrap_or_default() / 100.0;
            let ratio = match (said("[falls]"), said("[rises]")) {
                (true, false) => 1.0 - percent,
                (false, true) => 1.0 + percent,
                _ => continue,
            };
            found.push(Became {
                ratio,
                token: at,
                how: shown(of, at),
            });
        } else if is(number, "times") && value > 0.0 {
            found.push(Became {
                ratio: value,
                token: at,
                how: shown(of, at),
            });
        }
    }
    found
}

/// Whether a claimed value is that of the evidence, by the word before it.
pub(super) fn fits(line: &Reading, at: usize, claimed: f64, truth: f64, exact: f64) -> bool {
    match hedge_before(line, at) {
        Some("over" | "at least") => claimed <= truth && claimed >= NEAR * truth,
        Some("nearly" | "under" | "up to") => claimed >= truth && truth >= 0.9 * claimed - 1e-6,
        Some("about") => (claimed - truth).abs() <= ABOUT * truth,
        _ => (claimed - truth).abs() <= exact,
    }
}

/// "to a quarter", "27% of the baseline", "eight times as fast".
pub(super) fn became(
    line: &Reading,
    at: usize,
    mine: &Number,
    sources: &[Source],
) -> Option<Answer> {
    let value = *mine.values.first()?;
    let behind = line.tokens[at + 1..]
        .iter()
        .find(|token| token.kind != Kind::PartOfNumber)
        .map_or("", |token| token.word.as_str());
    let percent = is(mine, "percent");
    let times = is(mine, "times");
    let of_it = behind == "of";
    let remains = percent && (line.governor[at] == Relation::To || of_it);
    if !remains && !times {
        return None;
    }
    for (index, source) in sources.iter().enumerate() {
        for change in changes(source) {
            let number = source.reading.tokens[change.token].number();
            let of_percent = number.is_some_and(|number| is(number, "percent"))
                && source.reading.governor[change.token] == Relation::To;
            let right = if percent {
                // "from 6.4% to 4.1%" is "to 64% of what it was", not "to 64%".
                (!of_percent || of_it) && fits(line, at, value, 100.0 * change.ratio, 0.51)
            } else {
                let ratio = if change.ratio < 1.0 {
                    1.0 / change.ratio
                } else {
                    change.ratio
                };
                fits(line, at, value, ratio, 0.005 * ratio)
            };
            if right {
                return Some(Answer::Derived(
                    Some(Link {
                        source: index,
                        token: change.token,
                        last: change.token,
                        exact: false,
                    }),
                    format!("{} follows from {}", shown(line, at), change.how),
                ));
            }
        }
    }
    None
}

/// Whether a word of the line says what became of a figure: "halved", "nearly doubled".
pub(crate) fn multiplied(
    word: &str,
    line: &Reading,
    at: usize,
    sources: &[Source],
) -> Option<Link> {
    let factor: f64 = match word {
        "halved" | "halving" | "halve" | "halves" => 0.5,
        "doubled" | "doubling" | "double" | "doubles" => 2.0,
        "tripled" | "tripling" | "triple" | "trebled" => 3.0,
        "quadrupled" | "quadrupling" | "quadruple" => 4.0,
        _ => return None,
    };
    let before = |back: usize| {
        at.checked_sub(back)
            .map_or("", |at| line.tokens[at].word.as_str())
    };
    let fits = |ratio: f64| {
        // How far it went, and how far the word says.
        let (went, said) = if factor < 1.0 {
            (1.0 / ratio, 1.0 / factor)
        } else {
            (ratio, factor)
        };
        match (before(2), before(1)) {
            ("more", "than") => went > said && went < said * 1.5,
            (_, "nearly" | "almost") => went < said && went >= said * 0.9,
            (_, "about" | "roughly" | "approximately") => (went - said).abs() <= said * ABOUT,
            _ => (went - said).abs() <= 1e-6 * said,
        }
    };
    sources.iter().enumerate().find_map(|(index, source)| {
        changes(source)
            .into_iter()
            .find(|change| fits(change.ratio))
            .map(|change| Link {
                source: index,
                token: change.token,
                last: change.token,
                exact: false,
            })
    })
}

/// Two numbers of a statement of which one is part of the other: part, whole.
pub(super) fn part_and_whole(of: &Reading, one: usize, other: usize) -> Option<(usize, usize)> {
    let between = &of.tokens[one + 1..other];
    let says = |words: &[&str]| {
        between
            .iter()
            .any(|token| words.contains(&token.word.as_str()))
    };
    // "150 articles in three languages, 45 of them": a figure that only says more of the whole may
    // stand between.
    let aside = |at: usize| matches!(of.governor[at], Relation::In | Relation::Of | Relation::For);
    // "one-to-one" is no figure, and no year is.
    let figures: Vec<usize> = (one + 1..other)
        .filter(|at| {
            let hyphen = of
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.is_mark(&['-']));
            of.tokens[*at].is_figure()
                && !of.tokens[*at].is_date()
                && !(of.tokens[*at].joined
                    || hyphen && of.tokens[*at].number().is_some_and(|n| n.spelled))
        })
        .collect();
    let over = match figures.as_slice() {
        [] => false,
        [between] if aside(*between) && of.governor[one] == Relation::None => true,
        _ => return None,
    };
    // "33 of 40"
    if !over && between.len() <= 4 && says(&["of", "out", "/"]) && !says(&["which", "whom", "them"])
    {
        return Some((one, other));
    }
    // "€3,400, of which €2,100"; "6 engineers, 3 promoted"
    let named =
        says(&["which", "whom", "them", "including"]) && says(&["of", "including", "among"]);
    let bare = of.tokens[other - 1].is_mark(&[','])
        && of
            .tokens
            .get(other + 1)
            .is_some_and(|next| english().verb_forms(&next.word).contains(&Form::Past));
    // "320 prescriptions; 27 did not follow the guideline": of those.
    let says_of_it = of.tokens.get(other + 1).is_some_and(|next| {
        matches!(
            next.word.as_str(),
            "did" | "were" | "was" | "had" | "have" | "are" | "could" | "would"
        )
    });
    let bare = bare
        || of.tokens[other - 1].is_mark(&[';', ','])
            && says_of_it
            && of.tokens[other]
                .number()
                .is_some_and(|number| number.unit.is_none());
    // "240 tickets, 60 of them online"
    let behind = |step: usize| {
        of.tokens
            .get(other + step)
            .map_or("", |token| token.word.as_str())
    };
    let mut step = 1;
    while of
        .tokens
        .get(other + step)
        .is_some_and(|next| next.kind == Kind::PartOfNumber)
    {
        step += 1;
    }
    let apart = behind(step) == "of"
        && matches!(
            behind(step + 1),
            "them" | "which" | "whom" | "these" | "it" | "those"
        );
    // "them" are the articles, not the languages they are written in.
    let more_of = aside(one)
        && of.in_clause(of.clause[one]).any(|at| {
            at < one
                && of.tokens[at].is_figure()
                && of.governor[at] == Relation::None
                && of.clause[at] == of.clause[other]
        });
    let apart = apart && !more_of;
    (apart || (!over && (named || bare))).then_some((other, one))
}

/// "33 of 40" is 82.5%; "half of it" of €640 is €320.
pub(super) fn shares(
    line: &Reading,
    at: usize,
    mine: &Number,
    sources: &[Source],
    found: &[Vec<Link>],
) -> Option<Answer> {
    let value = *mine.values.first()?;
    for (index, source) in sources.iter().enumerate() {
        let of = &source.reading;
        let numbers: Vec<usize> = source.cited_figures().collect();
        for (position, one) in numbers.iter().enumerate() {
            for other in numbers[position + 1..].iter().take(2) {
                let Some((part, whole)) = part_and_whole(of, *one, *other) else {
                    continue;
                };
                let (Some(some), Some(all)) = (of.tokens[part].number(), of.tokens[whole].number())
                else {
                    continue;
                };
                let link = Link {
                    source: index,
                    token: part,
                    last: part,
                    exact: false,
                };
                // What is said of the part is said of the share.
                let told: Vec<usize> = (part + 1..of.tokens.len())
                    .take_while(|token| {
                        of.clause[*token] == of.clause[part]
                            && !of.tokens[*token].is_mark(&[',', ';', '.', ')'])
                            && of.tokens[*token].word != "and"
                    })
                    .filter(|token| of.content[*token] && of.tokens[*token].number().is_none())
                    .collect();
                let kept = told.is_empty()
                    || told.iter().any(|token| {
                        found.iter().flatten().any(|link| {
                            link.source == index && (link.token..=link.last).contains(token)
                        })
                    });
                if !kept {
                    continue;
                }
                let how = format!(
                    "{} is {} of {}",
                    shown(line, at),
                    shown(of, part),
                    shown(of, whole)
                );
                let dimension =
                    |number: &Number| number.unit.as_ref().map(|unit| unit.dimension.clone());
                let (Some(amount), Some(total)) = (figure(of, part), figure(of, whole)) else {
                    continue;
                };
                // "75% of the quarters" for "6 of 8 quarters".
                let time = all.unit.as_ref().filter(|unit| {
                    some.unit.is_none() && matches!(unit.dimension.as_str(), "time" | "calendar")
                });
                let times = time.and_then(|unit| {
                    (at + 1..line.tokens.len()).take(5).find(|token| {
                        english()
                            .unit(&line.tokens[*token].word)
                            .is_some_and(|own| own.dimension == unit.dimension)
                    })
                });
                if let Some(times) = times
                    && is(mine, "percent")
                    && let (Some(few), Some(many)) = (some.values.first(), all.values.first())
                    && few <= many
                    && fits(line, at, value, 100.0 * few / many, 0.51)
                {
                    return Some(Answer::Rate(link, vec![times], how));
                }
                if is(mine, "percent")
                    && dimension(some) == dimension(all)
                    && !is(some, "percent")
                    && total > 0.0
                    && amount <= total
                    && (line.governor[at] != Relation::To
                        || of_whole(line, at, of, whole, index, found))
                    && fits(line, at, value, 100.0 * amount / total, 0.51)
                {
                    return Some(Answer::Derived(Some(link), how));
                }
                if let Some((x, y)) = out_of(line, at)
                    && dimension(some) == dimension(all)
                    && x < y
                    && y < total
                    && close(x * total, y * amount)
                {
                    return Some(Answer::Derived(Some(link), how));
                }
                // A share of an amount, in the amount's measure.
                let share = some.values.first().copied().unwrap_or_default() / 100.0;
                let factor = mine.unit.as_ref().map_or(1.0, |unit| unit.factor);
                let truth = share * total;
                if is(some, "percent")
                    && !is(all, "percent")
                    && dimension(mine) == dimension(all)
                    && fits(line, at, value * factor, truth, 1e-6 * truth.max(1.0))
                {
                    return Some(Answer::Derived(Some(link), how));
                }
            }
        }
    }
    None
}
