//! Whether a number counts what it counts in the evidence.

use super::super::align::{Link, Source};
use super::super::reading::{Reading, Relation};
use super::super::token::{Kind, Number, Token};
use super::super::wordbook::english;
use super::company::is_body;
use super::elided::{left_out_behind, told_apart};
use super::ratios::part_and_whole;
use super::unit_word;

/// "four consecutive quarters": the measure stands further off on one of the sides.
pub(super) fn measured_apart(
    line: &Reading,
    at: usize,
    mine: &Number,
    of: &Reading,
    place: usize,
    theirs: &Number,
) -> bool {
    if mine.unit.is_some() == theirs.unit.is_some()
        || !mine
            .values
            .iter()
            .any(|value| theirs.values.contains(value))
    {
        return false;
    }
    let counted = |reading: &Reading, number: usize| -> Vec<String> {
        (0..reading.tokens.len())
            .filter(|token| reading.counted_by[*token] == Some(number))
            .map(|token| reading.tokens[token].word.clone())
            .collect()
    };
    if mine.unit.is_some() {
        counted(of, place).contains(&unit_word(line, at))
    } else {
        counted(line, at).contains(&unit_word(of, place))
    }
}

/// Adjectives behind a measure.
const EXTENTS: [&str; 8] = [
    "long", "wide", "high", "deep", "tall", "thick", "broad", "old",
];

/// How far what a number counts may be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Beside it.
    Near,
    /// In the number it is a part of, behind its preposition, before a colon. Only where no number
    /// answers that is nearer.
    Far,
}

/// Whether a number counts what it counts in the evidence.
pub(super) fn bound(
    line: &Reading,
    at: usize,
    source: &Source,
    link: Link,
    found: &[Vec<Link>],
    reach: Reach,
) -> bool {
    let of = &source.reading;
    let far = reach == Reach::Far;
    if same_share(line, at, of, link.token) {
        return true;
    }
    let mine: Vec<usize> = (0..line.tokens.len())
        .filter(|token| line.counted_by[*token] == Some(at))
        .collect();
    let counts = |number: usize| -> Vec<usize> {
        (0..of.tokens.len())
            .filter(|token| of.counted_by[*token] == Some(number))
            .collect()
    };
    let mut theirs = counts(link.token);
    // "240 m long" counts nothing.
    let measured = of.tokens[link.token]
        .number()
        .is_some_and(|number| number.unit.is_some());
    let extent = |token: usize| EXTENTS.contains(&of.tokens[token].word.as_str());
    // "6 m high" besides, and "height" in the line: then it has to be the right one.
    let other = line.in_clause(line.clause[at]).any(|mine| {
        found[mine].iter().any(|other| {
            other.source == link.source
                && extent(other.token)
                && of.counted_by[other.token] != Some(link.token)
        })
    });
    theirs.retain(|token| !(far && measured && !other && extent(*token)));
    // "a team of 9 people" is "a team of 9".
    if far
        && link.token >= 2
        && of.tokens[link.token - 1].word == "of"
        && is_body(&of.tokens[link.token - 2].word)
    {
        theirs.retain(|token| {
            !matches!(
                of.tokens[*token].word.as_str(),
                "people" | "persons" | "members"
            )
        });
    }
    // "between 30 and 45 calls": both count calls.
    if theirs.is_empty() {
        let joins = of.tokens.get(link.token + 1).is_some_and(|next| {
            next.is_mark(&['-', '–']) || matches!(next.word.as_str(), "to" | "and" | "or")
        });
        if joins
            && of
                .tokens
                .get(link.token + 2)
                .is_some_and(|next| next.number().is_some())
        {
            theirs = counts(link.token + 2);
        }
    }
    // "3 tools in Django and 5 in Flask": five tools as well.
    let elided = left_out_behind(of, link.token)
        .filter(|_| theirs.is_empty() && !mine.is_empty())
        .filter(|_| told_apart(line, at, link, of, found));
    if let Some(before) = elided
        && mine.iter().all(|token| {
            found[*token].iter().any(|other| {
                other.source == link.source && of.counted_by[other.token] == Some(before)
            })
        })
    {
        return true;
    }
    // "62 of 180 reports": both count reports.
    let whole = whole_of(source, link.token)
        .filter(|_| far)
        .filter(|whole| part_told(of, *whole, link, line.in_clause(line.clause[at]), found));
    let links = |token: usize| {
        found[token]
            .iter()
            .filter(move |other| other.source == link.source)
            .map(|other| other.token)
    };
    // What it counts here is counted by no other number there.
    // "three-hour workshops": a measure before a noun counts nothing.
    let describes = line.tokens[at]
        .number()
        .is_some_and(|number| number.unit.is_some())
        && line.tokens.get(at + 1).is_some_and(|next| next.word == "-");
    // "eleven journal manuscripts" for "11 manuscripts for three journals": the head is what is
    // counted.
    let head_fits = mine
        .last()
        .filter(|_| far)
        .is_some_and(|head| links(*head).any(|other| counts(link.token).contains(&other)));
    // "a team of eight people": whoever they are.
    let anybody = theirs.is_empty()
        && mine.iter().all(|token| {
            matches!(
                line.tokens[*token].word.as_str(),
                "people" | "persons" | "members"
            )
        });
    // But "12 rye loaves" are not the 12 of wheat: only what another number counts may describe it.
    let aside = |token: usize| {
        head_fits
            && links(token).all(|other| {
                of.counted_by.get(other + 1).copied().flatten() != of.counted_by[other]
            })
    };
    for token in mine
        .iter()
        .filter(|token| !describes && !aside(**token) && !anybody)
    {
        let mut owners = links(*token).map(|other| of.counted_by[other]).peekable();
        let high = link.token + 2;
        let range = counts(link.token).is_empty() && theirs == counts(high);
        if owners.peek().is_some()
            && owners.all(|owner| {
                owner.is_some_and(|owner| {
                    owner != link.token && Some(owner) != whole && !(range && owner == high)
                })
            })
        {
            return false;
        }
    }
    // "a team of 9" is not "9 teams".
    let sized = link
        .token
        .checked_sub(2)
        .filter(|_| theirs.is_empty() && of.tokens[link.token - 1].word == "of");
    if let Some(sized) = sized
        && english().singular(&of.tokens[sized].word) == of.tokens[sized].word
        && mine.iter().any(|token| {
            links(*token).any(|other| other == sized)
                && english().singular(&line.tokens[*token].word) != line.tokens[*token].word
        })
    {
        return false;
    }
    // "route 27" is no "27 routes".
    let label = link
        .token
        .checked_sub(1)
        .filter(|before| theirs.is_empty() && of.content[*before]);
    let plain = of.tokens[link.token]
        .number()
        .is_some_and(|number| number.unit.is_none() && number.date.is_none());
    if let Some(label) = label.filter(|_| plain)
        && mine.last().is_some_and(|head| {
            links(*head).any(|other| other == label)
                && english().singular(&line.tokens[*head].word) != line.tokens[*head].word
        })
        && english().singular(&of.tokens[label].word) == of.tokens[label].word
    {
        return false;
    }
    // "9 of the 12 server roles" are no nine of anything else.
    if let Some(whole) = whole
        && theirs.is_empty()
        && link.token < whole
        && let Some(head) = mine.last()
    {
        let mut answers = links(*head).peekable();
        let roles = counts(whole);
        if answers.peek().is_some()
            && !roles.is_empty()
            && answers.all(|other| !roles.contains(&other))
        {
            return false;
        }
    }
    // "tickets from customers, around 30 a week": tickets, not customers.
    let behind = (0..link.token)
        .rev()
        .find(|token| of.content[*token] || of.tokens[*token].is_mark(&[',']))
        .is_some_and(|before| of.tokens[before].is_mark(&[',']));
    let a_time = of
        .tokens
        .get(link.token + 1)
        .is_some_and(|next| matches!(next.word.as_str(), "a" | "an" | "per" | "each"));
    if theirs.is_empty() && behind && a_time {
        let governed = mine.last().is_some_and(|head| {
            let mut owners = links(*head).peekable();
            owners.peek().is_some()
                && owners.all(|other| {
                    of.clause[other] == of.clause[link.token]
                        && of.governor[other] != Relation::None
                })
        });
        if governed {
            return false;
        }
    }
    let clause = line.clause[at];
    let of_whole = whole.map_or_else(Vec::new, counts);
    if theirs.is_empty()
        && mine
            .iter()
            .any(|token| links(*token).any(|other| of_whole.contains(&other)))
    {
        return true;
    }
    if !theirs.is_empty() {
        let pool: Vec<usize> = if mine.is_empty() {
            line.in_clause(clause)
                .filter(|token| *token != at)
                .collect()
        } else {
            mine.clone()
        };
        if pool
            .iter()
            .any(|token| links(*token).any(|other| theirs.contains(&other)))
        {
            return true;
        }
        // Said in other words on both sides: only when nothing else is counted there, "from five
        // candidates" and "out of five".
        let once = of.tokens.iter().filter(|token| token.is_figure()).count() == 1;
        let told: Vec<bool> = line
            .in_clause(clause)
            .filter(|token| *token != at && line.content[*token])
            .map(|token| links(token).any(|other| of.clause[other] == of.clause[link.token]))
            .collect();
        let most = told.iter().filter(|answered| **answered).count() * 4 >= told.len() * 3;
        return once
            && most
            && mine.is_empty()
            && line.tokens[at]
                .number()
                .is_some_and(|number| number.unit.is_none());
    }
    let near = |reading: &Reading, place: usize| -> Vec<usize> {
        let clause = reading.clause[place];
        // "limit: 20 mm"
        let named = place
            .checked_sub(1)
            .filter(|at| far && reading.tokens[*at].is_mark(&[':']))
            .and_then(|at| (0..at).rev().find(|before| reading.content[*before]));
        let back = (0..place)
            .rev()
            .take_while(|token| {
                reading.clause[*token] == clause && reading.tokens[*token].number().is_none()
            })
            .filter(|token| reading.content[*token])
            .take(4);
        let ahead = (place + 1..reading.tokens.len())
            .take_while(|token| {
                reading.clause[*token] == clause && reading.tokens[*token].number().is_none()
            })
            .filter(|token| reading.content[*token])
            .take(3);
        back.chain(ahead).chain(named).collect()
    };
    let around = near(of, link.token);
    if around.is_empty() {
        return true;
    }
    let alone = of
        .in_clause(of.clause[link.token])
        .filter(|token| of.tokens[*token].number().is_some())
        .count()
        == 1;
    let mine_around: Vec<usize> = if alone {
        line.in_clause(clause).collect()
    } else {
        near(line, at)
    };
    if mine_around
        .iter()
        .any(|token| links(*token).any(|other| around.contains(&other)))
    {
        return true;
    }
    // "from 5 days to 36 hours": two numbers beside each other share what they measure.
    let pair = |reading: &Reading, place: usize| match reading.governor[place] {
        Relation::From | Relation::To => Some(reading.governor[place]),
        _ => (far && starts_a_pair(reading, place)).then_some(Relation::From),
    };
    pair(line, at).is_some() && pair(line, at) == pair(of, link.token)
        || far && measured_alike(line, at, of, link, &links)
}

/// "(2 hours to 15 minutes)" is "from 2 hours to 15 minutes".
fn starts_a_pair(reading: &Reading, place: usize) -> bool {
    let number = reading.tokens[place].is_figure();
    let next =
        (place + 1..reading.tokens.len()).find(|at| reading.tokens[*at].kind != Kind::PartOfNumber);
    let to = next.filter(|at| reading.tokens[*at].word == "to");
    number && to.is_some_and(|to| reading.tokens.get(to + 1).is_some_and(Token::is_figure))
}

/// The number of which another is a part: "62 of 180", "12 dogs, 3 of them".
fn whole_of(source: &Source, part: usize) -> Option<usize> {
    let of = &source.reading;
    let figures: Vec<usize> = (0..of.tokens.len())
        .filter(|at| of.tokens[*at].is_figure())
        .collect();
    let place = figures.iter().position(|at| *at == part)?;
    let before = figures[..place]
        .iter()
        .rev()
        .take(2)
        .map(|one| (*one, part));
    let behind = figures.get(place + 1).map(|other| (part, *other));
    before.chain(behind).find_map(|(one, other)| {
        part_and_whole(of, one, other)
            .filter(|(some, _)| *some == part)
            .map(|(_, whole)| whole)
    })
}

/// Whether a part is told of as such: "62 of 180 reports", or with what is said of it alone.
fn part_told(
    of: &Reading,
    whole: usize,
    part: Link,
    mut line: impl Iterator<Item = usize>,
    found: &[Vec<Link>],
) -> bool {
    if part.token < whole {
        // "two of the bridges I drew were built": what is said is said behind.
        return of
            .in_clause(of.clause[part.token])
            .any(|token| token < part.token && of.content[token]);
    }
    // "4 per site, of whom two": two of all of them.
    let rate = of.tokens[whole..part.token]
        .iter()
        .any(|token| matches!(token.word.as_str(), "per" | "each" | "every" | "a" | "an"));
    let told: Vec<usize> = (part.token + 1..of.tokens.len())
        .take_while(|at| of.tokens[*at].number().is_none() && !of.tokens[*at].is_mark(&[';', '.']))
        .filter(|at| of.content[*at])
        .collect();
    !rate
        && line.any(|mine| {
            found[mine]
                .iter()
                .any(|link| link.source == part.source && told.contains(&link.token))
        })
}

/// "more than 340 citations within two years" for "cited 340+ times within two years": a measure
/// behind the same preposition, where nothing beside it belongs to another number.
fn measured_alike<'a, I: Iterator<Item = usize> + 'a>(
    line: &Reading,
    at: usize,
    of: &Reading,
    link: Link,
    links: &impl Fn(usize) -> I,
) -> bool {
    let place = link.token;
    let measured = |reading: &Reading, at: usize| {
        reading.tokens[at]
            .number()
            .is_some_and(|number| number.unit.is_some() && number.date.is_none())
    };
    let before = |reading: &Reading, at: usize| {
        (0..at)
            .rev()
            .find(|token| reading.tokens[*token].kind != Kind::PartOfNumber)
            .map_or("", |token| reading.tokens[token].word.as_str())
            .to_owned()
    };
    let inside = |relation: Relation| matches!(relation, Relation::In | Relation::Over);
    let same_preposition = (line.governor[at] == of.governor[place]
        || inside(line.governor[at]) && inside(of.governor[place]))
        && line.governor[at] != Relation::None
        && (before(line, at) == before(of, place)
            || [before(line, at), before(of, place)]
                .iter()
                .all(|word| matches!(word.as_str(), "in" | "within" | "over" | "during")));
    // No other figure of that measure could be meant.
    let dimension = |at: usize| {
        of.tokens[at]
            .number()
            .and_then(|number| number.unit.as_ref())
            .map(|unit| unit.dimension.clone())
    };
    let single = (0..of.tokens.len())
        .filter(|token| of.tokens[*token].is_figure() && dimension(*token) == dimension(place))
        .count()
        == 1;
    let told: Vec<bool> = line
        .in_clause(line.clause[at])
        .filter(|token| *token != at && line.content[*token])
        .map(|token| links(token).any(|other| of.clause[other] == of.clause[place]))
        .collect();
    let most = told.iter().filter(|answered| **answered).count() * 3 >= told.len() * 2;
    measured(line, at) && measured(of, place) && same_preposition && single && most
}

/// "(33 of 40)": both numbers, as part and whole, as the evidence has them.
fn same_share(line: &Reading, at: usize, of: &Reading, place: usize) -> bool {
    let values = |reading: &Reading, at: usize| {
        reading.tokens[at]
            .number()
            .filter(|number| number.unit.is_none())
            .and_then(|number| number.values.first().copied())
    };
    let pairs = |reading: &Reading, number: usize| -> Vec<(usize, usize)> {
        let near: Vec<usize> = (number.saturating_sub(6)..reading.tokens.len().min(number + 7))
            .filter(|token| reading.tokens[*token].number().is_some())
            .collect();
        near.windows(2)
            .filter(|pair| pair.contains(&number))
            .filter_map(|pair| part_and_whole(reading, pair[0], pair[1]))
            .collect()
    };
    pairs(line, at).iter().any(|mine| {
        pairs(of, place).iter().any(|theirs| {
            values(line, mine.0).is_some()
                && values(line, mine.0) == values(of, theirs.0)
                && values(line, mine.1).is_some()
                && values(line, mine.1) == values(of, theirs.1)
                && (mine.0 == at) == (theirs.0 == place)
        })
    })
}

/// "one X" where the evidence has a single X.
pub(super) fn single(
    line: &Reading,
    at: usize,
    sources: &[Source],
    found: &[Vec<Link>],
) -> Option<Link> {
    (0..line.tokens.len())
        .filter(|token| line.counted_by[*token] == Some(at))
        .find_map(|token| {
            found[token].iter().copied().find(|link| {
                let of = &sources[link.source].reading;
                let theirs = &of.tokens[link.token];
                of.counted_by[link.token].is_none()
                    && (!theirs.word.ends_with('s') || theirs.word.ends_with("ss"))
            })
        })
}
