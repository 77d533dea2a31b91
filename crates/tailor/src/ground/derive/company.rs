//! People counted together with whoever speaks, or without: "with three others" are four in all.

use super::super::align::{Link, Source};
use super::super::reading::{Reading, Relation};
use super::super::token::Kind;
use super::super::wordbook::english;
use super::{Answer, shown};

/// Words for several people at once, before an "of" and a number.
const BODIES: [&str; 11] = [
    "team",
    "rota",
    "pair",
    "group",
    "crew",
    "staff",
    "brigade",
    "panel",
    "committee",
    "trio",
    "squad",
];

/// Whether a word is a body of so many people.
pub(crate) fn is_body(word: &str) -> bool {
    BODIES.contains(&word)
}

/// Words for people of any kind.
const ANYBODY: [&str; 8] = [
    "people",
    "persons",
    "members",
    "colleagues",
    "employees",
    "staff",
    "reports",
    "others",
];

/// A number of people that follows from another, with the words that it answers.
pub(super) fn company(
    line: &Reading,
    at: usize,
    sources: &[Source],
    found: &[Vec<Link>],
) -> Option<Answer> {
    let mine = line.tokens[at].number()?;
    if mine.unit.is_some() || mine.date.is_some() {
        return None;
    }
    let value = *mine.values.first()?;
    sources.iter().enumerate().find_map(|(index, source)| {
        if source.header {
            return None;
        }
        let figures: Vec<usize> = source.cited_figures().collect();
        // "with six engineers" are six besides whoever speaks.
        let besides =
            line.governor[at] == Relation::With && at > 0 && line.tokens[at - 1].word == "with"
                || line
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| next.word == "other");
        let with_me = figures
            .iter()
            .filter(|_| !besides)
            .find(|number| {
                besides_me(&source.reading, **number).is_some_and(|all| same(all, value))
            })
            .copied();
        // "together with five colleagues" is in a team of six.
        let behind = line
            .tokens
            .get(at + 1)
            .is_some_and(|next| ANYBODY.contains(&next.word.as_str()));
        if besides
            && behind
            && let Some(all) = team_less_me(source, value).or_else(|| in_team(source, value + 1.0))
        {
            let link = Link {
                source: index,
                token: all,
                last: all,
                exact: false,
            };
            let how = format!("{} are all but whoever speaks", shown(line, at));
            return Some(Answer::Rate(link, vec![at + 1], how));
        }
        // "in a team of three" is with two colleagues.
        if of_body(line, at)
            && let Some(other) = in_team(source, value)
        {
            let link = Link {
                source: index,
                token: other,
                last: other,
                exact: false,
            };
            let how = format!("{} counts whoever speaks as well", shown(line, at));
            return Some(Answer::Rate(link, vec![at - 2], how));
        }
        let told = with_me
            .map(|number| vec![number])
            .or_else(|| people_in_row(source, value))?;
        let words = counted(line, at, index, source, &told, found)?;
        let parts: Vec<String> = told
            .iter()
            .map(|number| shown(&source.reading, *number))
            .collect();
        let link = Link {
            source: index,
            token: told[0],
            last: told[0],
            exact: false,
        };
        Some(Answer::Rate(
            link,
            words,
            format!("{} counts {}", shown(line, at), parts.join(" and ")),
        ))
    })
}

fn same(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-6
}

/// "with three other volunteers": how many that makes with whoever speaks.
fn besides_me(of: &Reading, number: usize) -> Option<f64> {
    let value = of.tokens[number].number().filter(|it| it.unit.is_none())?;
    let with = of.governor[number] == Relation::With
        && (0..number)
            .rev()
            .take(2)
            .any(|at| of.tokens[at].word == "with");
    let other = of
        .tokens
        .get(number + 1)
        .is_some_and(|next| next.word == "other");
    // "with three others"
    if with
        && of
            .tokens
            .get(number + 1)
            .is_some_and(|next| next.word == "others")
    {
        return value.values.first().map(|value| value + 1.0);
    }
    let head = (number + 2..of.tokens.len()).find(|at| of.content[*at])?;
    let person = english().is_person(&of.tokens[head].word) && head <= number + 4;
    (with && other && person).then(|| value.values.first().map(|value| value + 1.0))?
}

/// "a foreman and 14 workers": where the people of a row are so many. One of them may be "a".
fn people_in_row(source: &Source, value: f64) -> Option<Vec<usize>> {
    let of = &source.reading;
    // Each member of a row: where it begins, how many, its head.
    let mut rows: Vec<Vec<(usize, f64)>> = vec![Vec::new()];
    let mut at = 0;
    while at < of.tokens.len() {
        let token = &of.tokens[at];
        let count = match token.word.as_str() {
            "a" | "an" if token.kind == Kind::Word => Some(1.0),
            _ => token
                .number()
                .filter(|number| number.unit.is_none() && number.date.is_none())
                .and_then(|number| number.values.first().copied()),
        };
        let head = count.and_then(|count| person_behind(of, at).map(|head| (count, head)));
        let row = rows.last_mut()?;
        if let Some((count, head)) = head.filter(|_| source.cited[at]) {
            row.push((at, count));
            at = head + 1;
            continue;
        }
        let joins = matches!(token.word.as_str(), "and" | "plus") || token.is_mark(&[',']);
        // "one engineer and, since 2023, a trainee": the time of one of them parts no row.
        let time = token.is_date() || token.word == "since";
        if !joins && !time && !row.is_empty() {
            rows.push(Vec::new());
        }
        at += 1;
    }
    let fits = |row: &&Vec<(usize, f64)>| {
        row.len() > 1 && same(row.iter().map(|(_, count)| count).sum(), value)
    };
    let row = rows.iter().find(fits)?;
    Some(row.iter().map(|(at, _)| *at).collect())
}

/// The person that a number or article stands before, with at most three words that describe them.
fn person_behind(of: &Reading, at: usize) -> Option<usize> {
    let mut last = None;
    for next in at + 1..(at + 5).min(of.tokens.len()) {
        let token = &of.tokens[next];
        if token.kind != Kind::Word || !of.content[next] || of.clause[next] != of.clause[at] {
            break;
        }
        last = Some(next);
    }
    last.filter(|head| english().is_person(&of.tokens[*head].word))
}

/// The words of the line that say whom the number counts, where they may: people of any kind, those
/// of the evidence, a body "of" so many.
fn counted(
    line: &Reading,
    at: usize,
    index: usize,
    source: &Source,
    told: &[usize],
    found: &[Vec<Link>],
) -> Option<Vec<usize>> {
    let of = &source.reading;
    let mut words = Vec::new();
    // "a crew of 15"
    let of_body = of_body(line, at);
    if of_body {
        words.push(at - 2);
    }
    let head = (0..line.tokens.len()).rfind(|token| line.counted_by[*token] == Some(at));
    let Some(head) = head else {
        return of_body.then_some(words);
    };
    let last: Vec<usize> = told
        .iter()
        .filter_map(|number| person_behind(of, *number).or_else(|| person_behind(of, number + 1)))
        .collect();
    let named = found[head]
        .iter()
        .any(|link| link.source == index && last.contains(&link.token));
    // Whom the evidence counts together are all of that kind: "engineers" of engineers only.
    let all = last.len() == 1
        || last.iter().all(|person| {
            of.keys(*person)
                .iter()
                .any(|key| line.keys(head).contains(key))
        });
    if named && all {
        return Some(words);
    }
    if ANYBODY.contains(&line.tokens[head].word.as_str()) && head == at + 1 {
        words.push(head);
        return Some(words);
    }
    None
}

/// "a team of three"
fn of_body(line: &Reading, at: usize) -> bool {
    at >= 2
        && line.tokens[at - 1].word == "of"
        && BODIES.contains(&line.tokens[at - 2].word.as_str())
}

/// "with two colleagues", "with a gardener and two helpers": where so many, with whoever speaks, did a
/// thing together. Who is worked for is no part of a team.
fn in_team(source: &Source, all: f64) -> Option<usize> {
    let of = &source.reading;
    (1..of.tokens.len()).find(|at| {
        let with = of.tokens[at - 1].word == "with" && source.cited[*at];
        with && companions(of, *at).is_some_and(|count| same(count + 1.0, all))
    })
}

/// How many people a row behind a "with" names.
fn companions(of: &Reading, from: usize) -> Option<f64> {
    let (mut at, mut sum) = (from, 0.0);
    loop {
        let token = of.tokens.get(at)?;
        let one = matches!(token.word.as_str(), "a" | "an" | "another") && token.kind == Kind::Word;
        let count = if one {
            1.0
        } else {
            let number = token
                .number()
                .filter(|it| it.unit.is_none() && it.date.is_none())?;
            *number.values.first()?
        };
        let other = of
            .tokens
            .get(at + 1)
            .is_some_and(|next| next.word == "other");
        let head = person_behind(of, at)
            .or_else(|| other.then(|| person_behind(of, at + 1)).flatten())
            .filter(|head| !english().is_counterpart(&of.tokens[*head].word))?;
        sum += count;
        let joined = of
            .tokens
            .get(head + 1)
            .is_some_and(|next| next.word == "and");
        let goes_on = joined
            && of.tokens.get(head + 2).is_some_and(|next| {
                next.number().is_some() || matches!(next.word.as_str(), "a" | "an")
            });
        if !goes_on {
            let of_it = of
                .tokens
                .get(head + 1)
                .is_some_and(|next| next.word == "of");
            return (!of_it).then_some(sum);
        }
        at = head + 2;
    }
}

/// "with five colleagues" for "in a team of six".
fn team_less_me(source: &Source, others: f64) -> Option<usize> {
    let of = &source.reading;
    (2..of.tokens.len()).find(|at| {
        source.cited[*at]
            && of.tokens[at - 1].word == "of"
            && is_body(&of.tokens[at - 2].word)
            && of.tokens[*at]
                .number()
                .filter(|number| number.unit.is_none())
                .and_then(|number| number.values.first())
                .is_some_and(|all| same(all - 1.0, others))
    })
}
