//! How many a list names: "in three languages: French, Dutch and English".

use super::super::align::{Link, Source};
use super::super::reading::Reading;
use super::super::token::Kind;
use super::{Answer, shown};

/// Words for the members of a list, whatever they are.
const MEMBERS: [&str; 26] = [
    "areas",
    "categories",
    "cities",
    "countries",
    "departments",
    "disciplines",
    "fields",
    "formats",
    "functions",
    "items",
    "languages",
    "locations",
    "markets",
    "modules",
    "platforms",
    "places",
    "products",
    "regions",
    "sites",
    "subjects",
    "systems",
    "teams",
    "things",
    "tools",
    "topics",
    "ways",
];

/// A number that counts the members of the list behind its noun and a colon or in brackets, each of
/// which the evidence names in a list of as many.
pub(super) fn listed(
    line: &Reading,
    at: usize,
    sources: &[Source],
    found: &[Vec<Link>],
) -> Option<Answer> {
    let number = line.tokens[at].number()?;
    let value = *number.values.first()?;
    if number.unit.is_some() || number.date.is_some() || value < 2.0 {
        return None;
    }
    let noun = at + 1;
    let opens = line.tokens.get(noun + 1)?;
    let named = line
        .tokens
        .get(noun)
        .is_some_and(|noun| noun.kind == Kind::Word && MEMBERS.contains(&noun.word.as_str()));
    if !named || !opens.is_mark(&[':', '(', '–']) {
        return None;
    }
    let end = (noun + 2..line.tokens.len())
        .find(|token| line.tokens[*token].is_mark(&[')', ';', '.', ':']))
        .unwrap_or(line.tokens.len());
    let mine = members(line, noun + 2, end);
    let links: Vec<Vec<&Link>> = mine
        .iter()
        .map(|member| {
            member
                .iter()
                .flat_map(|token| found[*token].iter())
                .filter(|link| link.exact)
                .collect()
        })
        .collect();
    let first = *links.first()?.first()?;
    let source = sources.get(first.source).filter(|source| !source.header)?;
    // All of one list there, and that list has no more.
    let places: Vec<usize> = links
        .iter()
        .map(|member| {
            member
                .iter()
                .find(|link| link.source == first.source)
                .map(|link| link.token)
        })
        .collect::<Option<_>>()?;
    let (from, to) = (*places.iter().min()?, *places.iter().max()?);
    let theirs = members(&source.reading, from, list_end(&source.reading, to));
    let begins = from
        .checked_sub(1)
        .is_none_or(|before| !source.reading.tokens[before].is_mark(&[',']));
    let count = u32::try_from(mine.len()).ok().map(f64::from)?;
    ((count - value).abs() < 1e-6 && theirs.len() == mine.len() && begins).then(|| {
        Answer::Rate(
            Link {
                source: first.source,
                token: from,
                last: from,
                exact: false,
            },
            vec![noun],
            format!("{} are listed", shown(line, at)),
        )
    })
}

/// The content words of each member of a row.
fn members(reading: &Reading, from: usize, to: usize) -> Vec<Vec<usize>> {
    let mut rows: Vec<Vec<usize>> = vec![Vec::new()];
    for at in from..to.min(reading.tokens.len()) {
        let token = &reading.tokens[at];
        if token.is_mark(&[',']) || matches!(token.word.as_str(), "and" | "or" | "&") {
            rows.push(Vec::new());
        } else if reading.content[at]
            && let Some(row) = rows.last_mut()
        {
            row.push(at);
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

/// Where the list ends that a word belongs to.
fn list_end(reading: &Reading, from: usize) -> usize {
    (from..reading.tokens.len())
        .find(|at| {
            reading.tokens[*at].is_mark(&[';', '.', ')', ':'])
                || *at > from
                    && reading.tokens[*at].kind == Kind::Word
                    && !reading.content[*at]
                    && !matches!(
                        reading.tokens[*at].word.as_str(),
                        "and" | "or" | "&" | "the"
                    )
        })
        .unwrap_or(reading.tokens.len())
}
