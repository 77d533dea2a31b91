//! Sums, differences, shares and factors.

use super::super::align::{Link, Source};
use super::super::reading::{Reading, Relation};
use super::super::token::{Kind, Number};
use super::super::wordbook::english;
use super::ratios::fits;
use super::rounded::{NEAR, hedge_before};
use super::series::{own_date, went_from_to};
use super::{Answer, equal, shown};

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
        let cited: Vec<usize> = source.cited_figures().collect();
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
                // The whole row, no part of it.
                let place = cited
                    .iter()
                    .position(|other| other == next)
                    .unwrap_or_default();
                let goes_on = cited.get(place + 1).is_some_and(|after| {
                    of.clause[*after] == of.clause[*first] && in_row(of, *next, *after)
                });
                let began = position.checked_sub(1).map(|before| cited[before]);
                let before = began.is_some_and(|before| {
                    of.clause[before] == of.clause[*first] && in_row(of, before, *first)
                });
                let whole = !goes_on && !before;
                if equal(mine, &total)
                    && whole
                    && let Some(noun) = announced(line, at, of, &sum)
                {
                    let parts: Vec<String> = sum.iter().map(|token| shown(of, *token)).collect();
                    let link = Link {
                        source: index,
                        token: *first,
                        last: *first,
                        exact: false,
                    };
                    let how = format!("{} = {}", shown(line, at), parts.join(" + "));
                    return Some(Answer::Rate(link, vec![noun], how));
                }
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
            if let Some(answer) = change(line, at, mine, index, of, pair[0], pair[1]) {
                return Some(answer);
            }
        }
    }
    None
}

/// Words for whatever is counted together.
const ANYTHING: [&str; 22] = [
    "people",
    "persons",
    "employees",
    "staff",
    "members",
    "participants",
    "devices",
    "machines",
    "items",
    "pieces",
    "units",
    "objects",
    "products",
    "documents",
    "places",
    "sites",
    "rooms",
    "events",
    "sessions",
    "things",
    "vehicles",
    "animals",
];

/// "515 devices: 480 PCs and 35 printers": the word for all of them, where the parts stand behind it.
fn announced(line: &Reading, at: usize, of: &Reading, sum: &[usize]) -> Option<usize> {
    let noun = at + 1;
    let named = ANYTHING.contains(&line.tokens.get(noun)?.word.as_str());
    let opens = (noun + 1..line.tokens.len())
        .find(|token| line.tokens[*token].is_mark(&[':', '(', '–']))?;
    let mut parts = sum.iter().map(|number| of.tokens[*number].number());
    let all = parts.all(|part| {
        part.is_some_and(|part| {
            line.tokens[opens..].iter().any(|token| {
                token
                    .number()
                    .is_some_and(|number| number.unit == part.unit && number.values == part.values)
            })
        })
    });
    (named && all).then_some(noun)
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
            "them" | "whom" | "which" | "these" | "including" | "among" | "incl"
        )
    }) || of.tokens[one..]
        .iter()
        .take(other - one + 6)
        .enumerate()
        // "3 in 2022 and 4 in 2023 to the technique"
        .take_while(|(step, token)| one + step <= other || !token.is_date())
        .any(|(_, token)| token.word == "to");
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
        sum += number.values.first()? * factor;
    }
    let factor = unit.as_ref().map_or(1.0, |unit| unit.factor);
    // Shares add up where they are parts of one whole: "of which 60% is … and 25% …".
    if unit
        .as_ref()
        .is_some_and(|unit| unit.dimension == "percent")
    {
        let parts = of.tokens[..tokens[0]]
            .iter()
            .rev()
            .take(3)
            .any(|token| matches!(token.word.as_str(), "which" | "whom" | "them"));
        if !parts || sum / factor > 100.0 {
            return None;
        }
    }
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
    let counted_by = |number: usize| -> Vec<usize> {
        (0..of.tokens.len())
            .filter(|token| of.counted_by[*token] == Some(number))
            .collect()
    };
    // "60 and 85 attendees": both count attendees.
    let counted = |number: usize| -> Vec<usize> {
        let own = counted_by(number);
        let joins = of
            .tokens
            .get(number + 1)
            .is_some_and(|next| next.is_mark(&[',']) || next.word == "and");
        let next = sum
            .iter()
            .copied()
            .find(|other| *other == number + 2)
            .filter(|_| own.is_empty() && joins);
        next.map_or(own, counted_by)
    };
    let clause = line.clause[at];
    // "85% of which is castings and electronics": what is said of it stands behind the "which".
    let behind: Vec<&str> = line.tokens[at + 1..]
        .iter()
        .filter(|token| token.kind != Kind::PartOfNumber)
        .take(2)
        .map(|token| token.word.as_str())
        .collect();
    let relative = matches!(behind[..], ["of", "which" | "whom"]);
    let here = |token: &usize| {
        line.clause[*token] == clause || (relative && line.clause[*token] == clause + 1)
    };
    let named = |tokens: &[usize]| {
        (0..line.tokens.len()).filter(here).any(|mine| {
            found[mine]
                .iter()
                .any(|link| link.source == source && tokens.contains(&link.token))
        })
    };
    // By a word that stands for nothing else there: "floors" names no tiles.
    let surely = |token: usize| {
        (0..line.tokens.len()).filter(here).any(|mine| {
            let answers = &found[mine];
            answers
                .iter()
                .any(|link| link.source == source && link.token == token)
                && answers
                    .iter()
                    .all(|link| !link.exact || link.source != source || link.token == token)
        })
    };
    let keys = |tokens: &[usize]| -> Vec<String> {
        tokens
            .iter()
            .flat_map(|token| of.keys(*token).to_vec())
            .collect()
    };
    // Every word before the noun holds for all of them: "35 pilot studies" are no reviews.
    let line_counts: Vec<usize> = (0..line.tokens.len())
        .filter(|token| line.counted_by[*token] == Some(at))
        .collect();
    // "25 forklift drivers and packers": the words behind the "and" are counted as well.
    let coordinated = line_counts.last().is_some_and(|last| {
        let joins = line
            .tokens
            .get(last + 1)
            .is_some_and(|next| matches!(next.word.as_str(), "and" | "or"));
        let next = (last + 2..line.tokens.len()).find(|token| line.content[*token]);
        joins
            && next.is_some_and(|next| {
                found[next].iter().any(|link| {
                    link.source == source
                        && sum[1..].iter().any(|n| counted(*n).contains(&link.token))
                })
            })
    });
    let describing = line_counts.split_last().map_or(&[][..], |(_, rest)| rest);
    let holds_for_all = describing.iter().all(|word| {
        let answers = &found[*word];
        answers.is_empty()
            || sum.iter().all(|number| {
                // "14 new agents in 2020 and 9 in 2021": nine of the same.
                let bare = of.tokens[*number + 1..]
                    .iter()
                    .position(|token| token.kind != Kind::PartOfNumber)
                    .is_none_or(|step| !of.content[number + 1 + step]);
                (counted(*number).is_empty() && bare)
                    || answers
                        .iter()
                        .any(|link| link.source == source && counted(*number).contains(&link.token))
            })
            || sum
                .iter()
                .all(|number| counted(*number).iter().all(|token| surely(*token)))
                && (coordinated || line_counts.len() > counted(sum[0]).len())
    });
    if !holds_for_all {
        return false;
    }
    // "12 in Ghent and 7 in Bruges" are 19 in both, not in one of them.
    let told_of: Vec<Vec<usize>> = sum
        .iter()
        .map(|number| {
            (*number + 1..of.tokens.len())
                .take_while(|token| {
                    of.tokens[*token].number().is_none()
                        && of.clause[*token] == of.clause[*number]
                        && !of.tokens[*token].is_mark(&[';', '.', '('])
                })
                .filter(|token| of.content[*token] && of.counted_by[*token].is_none())
                // "a day": how often, not where.
                .filter(|token| {
                    !english().measures(&of.tokens[*token].word)
                        || !matches!(
                            of.tokens[*token - 1].word.as_str(),
                            "a" | "an" | "per" | "each" | "every"
                        )
                })
                .take(2)
                .collect()
        })
        .collect();
    let told = |tokens: &[usize]| tokens.is_empty() || named(tokens);
    if told_of
        .iter()
        .any(|tokens| !tokens.is_empty() && named(tokens))
        && !told_of.iter().all(|tokens| told(tokens))
    {
        return false;
    }
    // "14 in 2020 and 9 in 2021" are 23 in both years, not in one of them.
    let dates: Vec<_> = sum
        .iter()
        .filter_map(|number| of.tokens[own_date(of, *number)?].number()?.date)
        .collect();
    let dated = |date: &(u16, Option<u8>)| {
        line.in_clause(clause).any(|mine| {
            line.tokens[mine]
                .number()
                .is_some_and(|n| n.date == Some(*date))
        })
    };
    let any_date = line
        .in_clause(clause)
        .any(|mine| line.tokens[mine].is_date());
    if any_date && dates.len() > 1 && !dates.iter().all(dated) {
        return false;
    }
    let first = counted(sum[0]);
    let mine: Vec<String> = (0..line.tokens.len())
        .filter(|token| line.counted_by[*token] == Some(at))
        .flat_map(|token| line.keys(token).to_vec())
        .collect();
    sum.iter().all(|number| {
        let here = counted(*number);
        let near: Vec<usize> = (*number + 1..of.tokens.len())
            .take_while(|token| of.tokens[*token].number().is_none())
            .filter(|token| of.content[*token])
            .take(2)
            .collect();
        // "60% is castings": what is said of it.
        if here.is_empty() && !near.is_empty() && named(&near) {
            return true;
        }
        if here.is_empty() {
            // "and 2 from the warehouse": of the kind named first.
            return named(&first);
        }
        let shared = keys(&here).iter().any(|key| keys(&first).contains(key));
        let head_named = here
            .last()
            .is_some_and(|head| of.keys(*head).iter().any(|key| mine.contains(key)));
        // "25 packers" counts no drivers, whatever else in the line may have to do with them.
        let counted_here = line_counts.iter().any(|mine| {
            found[*mine]
                .iter()
                .any(|link| link.source == source && here.contains(&link.token))
        });
        (shared && (head_named || counted_here))
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
    if !went_from_to(of, one, other)
        || line.governor[at] == Relation::From
        || line.governor[at] == Relation::To
    {
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
    // "about two thirds", "almost a third"
    let fraction = mine.spelled
        && percent
        && hedge_before(line, at).is_some_and(|hedge| matches!(hedge, "about" | "nearly"))
        && fits(line, at, value, share, 0.501);
    let share_fits = over || fraction || (value - share).abs() < 0.501;
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
    // "up 13 points" of a share
    let point = line
        .tokens
        .get(at + 1)
        .filter(|next| matches!(next.word.as_str(), "points" | "point" | "pts" | "pp"));
    if of_percent
        && mine.unit.is_none()
        && point.is_some()
        && (difference - value).abs() < 1e-6 * difference.max(1.0)
    {
        return Some(Answer::Rate(
            Link {
                source,
                token: other,
                last: other,
                exact: false,
            },
            vec![at + 1],
            format!("{} is the difference in points", shown(line, at)),
        ));
    }
    None
}
