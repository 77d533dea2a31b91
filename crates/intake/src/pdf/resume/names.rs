//! The names of an entry: title, employer, school, degree, place, dates, out of the words at its
//! top.

use career::{Entry, Fact, SectionKind};

use super::super::contacts;
use super::super::dates::{self, Range};
use super::super::profile_page::{put_dates, span};
use super::super::scribe::Scribe;
use super::super::segments::Segment;
use super::super::vocabulary::words;
use super::fields::{is_place, mark_length};
use super::schools;
use super::towns::{employer_before_place, is_town, without_place, without_town};
use super::works;

/// Some words of a fact that name something.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) fact: Fact,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The line of the entry, from 0.
    pub(super) line: usize,
}

impl Token {
    fn is(&self, other: &Self) -> bool {
        self.fact.id == other.fact.id && self.start == other.start
    }

    pub(super) fn text(&self) -> &str {
        self.fact
            .quote
            .get(self.start..self.end)
            .unwrap_or_default()
    }
}

/// A range of dates that is all of a text, or stands at its end behind a mark.
pub(super) fn date_at_edge(text: &str) -> Option<Range> {
    if let Some(range) = dates::whole(text) {
        return Some(range);
    }
    let range = dates::ranges(text).pop()?;
    let before = text[..range.start].trim_end();
    let closed = text[range.end..].chars().all(|one| !one.is_alphanumeric());
    let marked = before.ends_with(['(', '[', ',', '|', '·', '•', '–', '—', ':', '（'])
        || before.ends_with(" -")
        || range.to.is_some() && range.from.date.is_some_and(|date| date.month.is_some());
    (closed && marked).then_some(range)
}

/// A range of dates that a text begins with, before a mark or further words.
pub(super) fn date_at_start(text: &str) -> Option<Range> {
    let range = dates::ranges(text).into_iter().next()?;
    let after = text[range.end..].trim_start();
    let bare = text[..range.start]
        .chars()
        .all(|one| !one.is_alphanumeric());
    let marked = after.starts_with([':', ',', '|', '·', '•', '–', '—']);
    let told = after.chars().any(char::is_alphanumeric);
    (bare && told && (marked || range.to.is_some())).then_some(range)
}

/// Takes dates, place and address of a cell into the entry; the words that are left are names.
pub(super) fn tokens(
    scribe: &mut Scribe<'_>,
    entry: &mut Entry,
    fact: &Fact,
    cell: &Segment,
    section: SectionKind,
    line: usize,
) -> Vec<Token> {
    let quote = fact.quote.as_str();
    let mut end = quote.len();
    let mut start = mark_length(quote);
    if dates::is_duration(quote) {
        scribe
            .collector
            .keep_unread(fact.locator.clone(), quote.to_owned());
        return Vec::new();
    }
    let undated = entry.start.is_none() && entry.end.is_none();
    let edge = date_at_edge(quote).filter(|_| entry.start.is_none());
    let leads = edge.is_none();
    let found = edge.or_else(|| date_at_start(quote).filter(|_| undated));
    if let Some(range) = found {
        put_dates(entry, fact, &range);
        // One date alone does not say that it goes on.
        let goes_on = quote[range.from.end..]
            .trim_start()
            .starts_with(['–', '-', '—']);
        entry.single_date = entry.single_date || range.to.is_none() && !goes_on;
        let lone = section == SectionKind::Education && range.to.is_none();
        if lone {
            // One date of a school is when it ended.
            entry.end = entry.start.take();
        }
        if leads {
            start = range.end;
        } else {
            end = range.start;
        }
    }
    let open = |one: char| one.is_whitespace() || ",;:|·•–—([（-".contains(one);
    end = quote[..end]
        .trim_end_matches(open)
        .len()
        .max(start.min(end));
    let mut named = Vec::new();
    for (from, to) in parts(fact, cell, start, end, section) {
        let Some(text) = fact.quote.get(from..to).map(str::trim) else {
            continue;
        };
        if !text.chars().any(char::is_alphanumeric) {
            continue;
        }
        let lead = from > start || line > 0;
        // "Name · 2021 – 2023 · example.org": dates between two marks.
        let dated = dates::whole(text).filter(|range| {
            entry.start.is_none() && entry.end.is_none() && range.from.date.is_some()
        });
        if lead && let Some(range) = dated.and(range_at(quote, from, to)) {
            put_dates(entry, fact, &range);
            entry.single_date = entry.single_date || range.to.is_none();
            continue;
        }
        if lead && entry.location.is_none() && is_place(text) {
            entry.location = span(fact, from, to);
        } else if contacts::is_web(text) && entry.url.is_none() && !is_identifier(text) {
            entry.url = span(fact, from, to);
        } else {
            named.push(Token {
                fact: fact.clone(),
                start: from,
                end: to,
                line,
            });
        }
    }
    named
}

/// The range of dates that is all of a span.
fn range_at(quote: &str, from: usize, to: usize) -> Option<Range> {
    let mut ranges = dates::ranges(quote).into_iter();
    ranges.find(|range| range.start == from && range.end == to)
}

/// A number of a publication is no address of an entry's own.
fn is_identifier(text: &str) -> bool {
    text.starts_with("10.")
}

/// The spans between separators and changes of weight.
fn parts(
    fact: &Fact,
    cell: &Segment,
    start: usize,
    end: usize,
    section: SectionKind,
) -> Vec<(usize, usize)> {
    let quote = fact.quote.as_str();
    let dashes = matches!(
        section,
        SectionKind::Work | SectionKind::Volunteer | SectionKind::Education
    );
    let mut weights = cell.pieces.windows(2);
    let bold_end = weights
        .find(|pair| pair[0].bold && !pair[1].bold)
        .filter(|pair| cell.text == *quote && pair[0].start <= start)
        .map_or(0, |pair| pair[0].end);
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for mark in [" | ", " · ", " • ", " – ", " — ", " - "] {
        for (at, found) in quote.match_indices(mark) {
            let rest = quote[at + found.len()..end.max(at + found.len())].trim();
            let splits = match mark {
                " | " | " · " | " • " => true,
                " – " | " — " => dashes,
                // A hyphen inside a bold name is the name's own, where other words follow it.
                _ if at < bold_end => false,
                _ => {
                    let title = |part: &str| words().is_title(part);
                    is_place(rest) || dashes && title(&quote[start.min(at)..at]) != title(rest)
                }
            };
            if splits {
                cuts.push((at, at + found.len()));
            }
        }
    }
    // Pieces are spans of the cell's text, which is the quote unless lines were joined.
    if cell.text == *quote {
        let mut pairs = cell
            .pieces
            .windows(2)
            .filter(|pair| pair[0].bold != pair[1].bold);
        if dashes {
            cuts.extend(pairs.map(|pair| (pair[0].end, pair[1].start)));
        } else if let Some(pair) = pairs
            .next()
            .filter(|pair| pair[0].bold && pair[0].start <= start)
        {
            // Elsewhere only a bold beginning is a name of its own: authors may be bold as well.
            cuts.push((pair[0].end, pair[1].start));
        }
    }
    // The dash between two dates parts no names.
    let ranges = dates::ranges(quote);
    cuts.retain(|(at, _)| {
        !ranges
            .iter()
            .any(|range| range.start < *at && *at < range.end)
    });
    cuts.sort_unstable();
    let mut spans = Vec::new();
    let mut from = start;
    for (left, right) in cuts {
        if left >= from && right <= end {
            spans.push((from, left));
            from = right;
        }
    }
    spans.push((from, end));
    spans
        .into_iter()
        .filter_map(|(from, to)| {
            let part = quote.get(from..to)?;
            let marks = |one: char| one.is_whitespace() || ",;:|·•–—".contains(one);
            let lead = part.len() - part.trim_start_matches(marks).len();
            let length = part.trim_matches(marks).len();
            (length > 0).then_some((from + lead, from + lead + length))
        })
        .collect()
}

/// Whether a section names the position before the employer, by a vote of its entries.
pub(super) fn title_first<'t>(all: impl Iterator<Item = &'t [Token]>) -> bool {
    let mut votes = 0_i32;
    for named in all {
        let split = split_pair(named);
        if let [one, .., _] = split.as_slice() {
            let other = partner(&split);
            let weight = |token: &Token| {
                i32::from(words().is_title(token.text())) * 2
                    - i32::from(is_company(token.text())) * 2
                    - i32::from(words().is_organization(token.text()))
            };
            votes += (weight(one) - weight(other)).clamp(-2, 2);
        }
    }
    votes >= 0
}

/// One name with a comma is two where there is no second, or where an employer stands behind the
/// comma: "Engineer, Acme Inc".
fn split_pair(named: &[Token]) -> Vec<Token> {
    let mut split = Vec::new();
    for token in named {
        let text = token.text();
        let is_title = |part: &str| words().is_title(part);
        let at = text.match_indices(", ").map(|(at, _)| at).find(|at| {
            let (one, other) = (&text[..*at], &text[at + 2..]);
            let company = |part: &str| words().is_organization(part);
            is_title(one) != is_title(other) && (named.len() == 1 || company(one) != company(other))
        });
        // "Engineer at Acme"
        let joined = words().at.iter().find_map(|word| {
            let mark = format!(" {word} ");
            let found = text.find(&mark)?;
            let title = is_title(&text[..found]) && !is_title(&text[found + mark.len()..]);
            (named.len() == 1 && title).then_some((found, mark.len()))
        });
        if let Some((at, length)) = at.map(|at| (at, 2)).or(joined) {
            let (mut first, mut second) = (token.clone(), token.clone());
            first.end = token.start + at;
            second.start = token.start + at + length;
            split.extend([first, second]);
        } else {
            let mut token = token.clone();
            let text = token.text();
            let lead = words().at.iter().find(|word| {
                text.strip_prefix(word.as_str())
                    .is_some_and(|rest| rest.starts_with(' '))
            });
            token.start += lead.map_or(0, |word| word.len() + 1);
            split.push(token);
        }
    }
    split
}

/// Gives the names their fields.
pub(super) fn put(scribe: &mut Scribe<'_>, entry: &mut Entry, named: &[Token], title_first: bool) {
    match entry.section {
        SectionKind::Work | SectionKind::Volunteer => position(scribe, entry, named, title_first),
        SectionKind::Education => schools::school(scribe, entry, named),
        SectionKind::Projects => works::project(scribe, entry, named),
        SectionKind::Publications => works::publication(scribe, entry, named),
        _ => works::issued(scribe, entry, named),
    }
}

pub(super) fn field(token: &Token) -> Option<career::Field> {
    span(&token.fact, token.start, token.end)
}

pub(super) fn keep(scribe: &mut Scribe<'_>, tokens: &[Token]) {
    for token in tokens {
        scribe
            .collector
            .keep_unread(token.fact.locator.clone(), token.text().to_owned());
    }
}

fn position(scribe: &mut Scribe<'_>, entry: &mut Entry, named: &[Token], title_first: bool) {
    let named: Vec<Token> = split_pair(named)
        .into_iter()
        .map(|token| {
            let token = without_town(entry, token);
            without_place(entry, token)
        })
        .collect();
    let named = match named.as_slice() {
        // "04/2018 – Kiel" above the position and the employer.
        [town, title, employer]
            if entry.location.is_none()
                && town.line < title.line
                && is_town(town.text())
                && words().is_title(title.text()) != words().is_title(employer.text()) =>
        {
            entry.location = field(town);
            named[1..].to_vec()
        }
        _ => named,
    };
    match named.as_slice() {
        [] => {}
        [one] if words().is_title(one.text()) => entry.title = field(one),
        [one] => entry.organization = field(one),
        [one, .., _] => {
            let other = partner(&named);
            let (title, organization) = if title_first {
                (one, other)
            } else {
                (other, one)
            };
            entry.title = field(title);
            entry.organization = field(organization);
            for token in named.iter().skip(1).filter(|token| !token.is(other)) {
                if is_town(token.text()) && entry.location.is_none() {
                    entry.location = field(token);
                } else {
                    keep(scribe, std::slice::from_ref(token));
                }
            }
        }
    }
    employer_before_place(scribe, entry);
}

/// Ends in the form of a company.
fn is_company(text: &str) -> bool {
    text.trim()
        .rsplit_once(' ')
        .is_some_and(|(_, form)| words().is_organization(form))
}

/// The name that belongs to the first one: a position to an employer and the other way round. What
/// says neither of itself may be a town on the first one's line.
fn partner(named: &[Token]) -> &Token {
    let first = &named[0];
    let rest = &named[1..];
    let title = words().is_title(first.text()) && !is_company(first.text());
    let fits = |token: &&Token| {
        if title {
            words().is_organization(token.text())
        } else {
            words().is_title(token.text())
        }
    };
    rest.iter()
        .find(fits)
        .or_else(|| rest.iter().find(|token| title && token.line == first.line))
        .or_else(|| rest.iter().find(|token| token.line != first.line && !title))
        .unwrap_or(&rest[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_lead_a_line_only_before_a_mark_or_as_a_range() {
        for text in [
            "01/2019 – heute – Kiel",
            "04/2018 – 09/2020 | Bilbao, España",
            "02/2021 – Present: Charge Nurse, Acme",
            "2016: Volunteer of the Year",
        ] {
            assert!(date_at_start(text).is_some(), "{text}");
        }
        for text in [
            "2019 – 2021",
            "2019 projects were closed",
            "Acme, 2019 – 2021",
        ] {
            assert!(date_at_start(text).is_none(), "{text}");
        }
    }
}
