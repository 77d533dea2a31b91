//! The PDF that LinkedIn makes of a profile: a narrow column of contacts and lists beside name,
//! summary, experience and education.

use career::profile::LanguageSkill;
use career::{Contact, ContactKind, DateField, Entry, Fact, Field, SectionKind, SkillGroup};

use super::contacts;
use super::dates::{self, Range};
use super::direction;
use super::layout::{Layout, Row};
use super::profile_look::{main_kind, side_kind};
use super::scribe::{Join, Scribe, is_wrapped};
use super::segments::Segment;
use super::vocabulary::{Heading, heading, words};
use crate::collect::{Collector, told, trimmed};

/// Reads both columns.
pub(super) fn read(scribe: &mut Scribe<'_>, layout: &Layout) {
    let mut before = None;
    for (head, rows) in sections(&layout.side, 1.12) {
        let kind = head.and_then(|row| heading(&row.text()).or_else(|| side_kind(before, rows)));
        // A heading in no list is kept: what it says was guessed from what stands under it.
        if let Some(row) = head.filter(|row| heading(&row.text()).is_none()) {
            scribe.keep_row(row);
        }
        match kind {
            Some(kind) => side(scribe, kind, rows),
            None => scribe.keep_rows(rows),
        }
        before = kind.or(before);
    }
    let edge = layout
        .main
        .iter()
        .flat_map(|row| &row.cells)
        .map(|cell| cell.right)
        .fold(0.0, f32::max);
    for (head, rows) in sections(&layout.main, 1.25) {
        match head {
            None => person(scribe, rows),
            Some(row) => match heading(&row.text()).unwrap_or_else(|| {
                scribe.keep_row(row);
                main_kind(rows)
            }) {
                Heading::Summary => summary(scribe, rows),
                Heading::Work => experience(scribe, rows, SectionKind::Work, edge),
                Heading::Volunteer => experience(scribe, rows, SectionKind::Volunteer, edge),
                Heading::Education => education(scribe, rows),
                _ => {
                    scribe.keep_row(row);
                    scribe.keep_rows(rows);
                }
            },
        }
    }
}

/// The size most of the text has.
fn body_size(rows: &[Row]) -> f32 {
    let mut sizes: Vec<f32> = rows.iter().map(Row::size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 3).copied().unwrap_or(10.0)
}

/// The rows under each heading; rows before the first have none. A heading is larger than the text
/// around it and known by its words, or clearly larger than everything but the name.
fn sections(rows: &[Row], factor: f32) -> Vec<(Option<&Row>, &[Row])> {
    let body = body_size(rows);
    // A heading whose words are in no list has the look of those that are.
    let known: Vec<f32> = rows
        .iter()
        .filter(|row| row.size() > body * factor && heading(&row.text()).is_some())
        .map(Row::size)
        .collect();
    let name = rows.iter().map(Row::size).fold(0.0, f32::max);
    let is_heading = |row: &Row| {
        let size = row.size();
        let alike = known.iter().any(|other| (other - size).abs() < 0.2)
            || known.is_empty() && size < name * 0.8
            || known.is_empty() && name < body * 1.5;
        row.cells.len() == 1 && size > body * factor && (heading(&row.text()).is_some() || alike)
    };
    let mut parts = Vec::new();
    let mut start = 0;
    let mut head = None;
    for (at, row) in rows.iter().enumerate() {
        if is_heading(row) {
            parts.push((head, &rows[start..at]));
            head = Some(row);
            start = at + 1;
        }
    }
    parts.push((head, &rows[start..]));
    parts.retain(|(head, rows)| head.is_some() || !rows.is_empty());
    parts
}

/// Rows that are one item: lines closer than a line and a third, none of them after a page break
/// unless it goes on.
fn items(rows: &[Row], pitch: f32) -> Vec<Vec<&Segment>> {
    let mut items: Vec<Vec<&Segment>> = Vec::new();
    for cell in rows.iter().flat_map(|row| &row.cells) {
        let goes_on = items
            .last()
            .and_then(|item| item.last())
            .is_some_and(|last| {
                let turned = direction::is_right_to_left;
                if turned(&last.text) != turned(&cell.text) && pitch > 1.3 {
                    false
                } else if last.page == cell.page {
                    cell.y - last.y <= pitch * cell.size.max(last.size)
                } else {
                    cell.text.starts_with(char::is_lowercase)
                        || last.text.ends_with(['-', ',', '\u{ad}'])
                }
            });
        match items.last_mut() {
            Some(item) if goes_on => item.push(cell),
            _ => items.push(vec![cell]),
        }
    }
    items
}

fn side(scribe: &mut Scribe<'_>, kind: Heading, rows: &[Row]) {
    let pitch = if kind == Heading::Contact { 1.26 } else { 1.4 };
    let mut keywords = Vec::new();
    for item in items(rows, pitch) {
        match kind {
            Heading::Contact => contact(scribe, &item),
            Heading::Skills => keywords.extend(scribe.field(&item, Join::Words)),
            Heading::Languages => {
                let skill = scribe
                    .fact(&item, Join::Words)
                    .and_then(|fact| language(&fact));
                scribe.collector.profile.languages.extend(skill);
            }
            Heading::Certificates => titled(scribe, &item, SectionKind::Certificates),
            Heading::Awards => titled(scribe, &item, SectionKind::Awards),
            Heading::Publications => titled(scribe, &item, SectionKind::Publications),
            _ => scribe.keep(&item),
        }
    }
    if !keywords.is_empty() {
        scribe.collector.profile.skills.push(SkillGroup {
            name: None,
            level: None,
            keywords,
        });
    }
}

fn titled(scribe: &mut Scribe<'_>, item: &[&Segment], section: SectionKind) {
    let mut entry = scribe.collector.entry(section);
    entry.title = scribe.field(item, Join::Words);
    entry.single_date = true;
    scribe.collector.push(entry);
}

/// "English (Native or Bilingual)".
pub(super) fn language(fact: &Fact) -> Option<LanguageSkill> {
    let quote = fact.quote.trim_end();
    if let Some(open) = quote.rfind(['(', '（'])
        && quote.ends_with([')', '）'])
    {
        let inner = open + quote[open..].chars().next().map_or(1, char::len_utf8);
        let close = quote
            .char_indices()
            .next_back()
            .map_or(quote.len(), |(at, _)| at);
        return Some(LanguageSkill {
            language: span(fact, 0, open)?,
            fluency: span(fact, inner, close),
        });
    }
    Some(LanguageSkill {
        language: trimmed(fact)?,
        fluency: None,
    })
}

/// A span without the white space around it.
pub(super) fn span(fact: &Fact, start: usize, end: usize) -> Option<Field> {
    let part = fact.quote.get(start..end)?;
    let lead = part.len() - part.trim_start().len();
    let length = part.trim().len();
    (length > 0)
        .then(|| Field::span(fact, start + lead, start + lead + length))
        .flatten()
}

/// One way to reach the person, with a label in brackets behind it.
fn contact(scribe: &mut Scribe<'_>, item: &[&Segment]) {
    let spaced = scribe.join(item, Join::Words);
    let digits = spaced.chars().filter(char::is_ascii_digit).count();
    let letters = spaced
        .split('(')
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|one| one.is_alphabetic())
        .count();
    let how = if digits >= 5 && letters < 3 {
        Join::Words
    } else {
        Join::Address
    };
    let Some(fact) = scribe.fact(item, how) else {
        return;
    };
    let end = match fact.quote.rfind('(') {
        Some(open) if fact.quote.ends_with(')') && open > 0 => open,
        _ => fact.quote.len(),
    };
    let kind = contacts::kind_of(fact.quote[..end].trim());
    match (kind, span(&fact, 0, end)) {
        (Some(kind), Some(field)) => contacts::add(&mut scribe.collector, kind, field),
        _ => scribe
            .collector
            .keep_unread(fact.locator.clone(), fact.quote.clone()),
    }
}

/// Name, headline and place; the place is the last line and stands a little apart.
fn person(scribe: &mut Scribe<'_>, rows: &[Row]) {
    let largest = rows.iter().map(Row::size).fold(0.0, f32::max);
    let cells: Vec<&Segment> = rows.iter().flat_map(|row| &row.cells).collect();
    let (name, rest): (Vec<&Segment>, Vec<&Segment>) = cells
        .into_iter()
        .partition(|cell| cell.size > largest * 0.9);
    let name = scribe.field(&name, Join::Words);
    scribe.collector.profile.name.extend(name);
    // The place is paler than the headline.
    let pale = rest.first().map_or(0, |first| {
        let other = |cell: &&&Segment| cell.color != first.color;
        rest.iter().rev().take_while(other).count()
    });
    let place_from = match rest.as_slice() {
        [] => 0,
        more if pale > 0 => more.len() - pale,
        [_] => usize::from(!rest[0].text.contains(',')),
        more => more.len() - 1,
    };
    let (headline, place) = rest.split_at(place_from);
    let headline = scribe.field(headline, Join::Words);
    scribe.collector.profile.headline = headline;
    if let Some(place) = scribe.field(place, Join::Words) {
        scribe
            .collector
            .profile
            .contacts
            .push(Contact::new(ContactKind::Location, vec![place]));
    }
}

fn summary(scribe: &mut Scribe<'_>, rows: &[Row]) {
    for paragraph in items(rows, 1.9) {
        let field = scribe.field(&paragraph, Join::Words);
        scribe.collector.profile.summary.extend(field);
    }
}

/// The start and end of a range as fields of a fact.
pub(super) fn put_dates(entry: &mut Entry, fact: &Fact, range: &Range) {
    entry.start = date_field(fact, range.from);
    entry.end = range.to.and_then(|found| date_field(fact, found));
}

fn date_field(fact: &Fact, found: dates::FoundDate) -> Option<DateField> {
    Some(DateField {
        field: span(fact, found.start, found.end)?,
        date: Some(found.date?),
    })
}

/// Positions, grouped under a company where several were held there: the company is the largest
/// text, a title the next, everything else is smaller.
fn experience(scribe: &mut Scribe<'_>, rows: &[Row], section: SectionKind, edge: f32) {
    let cells: Vec<&Segment> = rows.iter().flat_map(|row| &row.cells).collect();
    let largest = cells.iter().map(|cell| cell.size).fold(0.0, f32::max);
    let middle = largest * 0.915;
    let rank = |cell: &Segment| u8::from(cell.size > largest * 0.98) + u8::from(cell.size > middle);
    let mut company: Option<Field> = None;
    let mut at = 0;
    while at < cells.len() {
        let level = rank(cells[at]);
        let end = at
            + cells[at..]
                .iter()
                .take_while(|cell| rank(cell) == level)
                .count();
        let part = &cells[at..end];
        match level {
            2 => company = scribe.field(part, Join::Words),
            1 => {
                let below = cells[end..]
                    .iter()
                    .take_while(|cell| rank(cell) == 0)
                    .count();
                let mut entry = scribe.collector.entry(section);
                entry.organization.clone_from(&company);
                entry.title = scribe.field(part, Join::Words);
                position(scribe, &mut entry, &cells[end..end + below], edge);
                scribe.collector.push(entry);
                at = end + below;
                continue;
            }
            _ => {
                // The whole time at a company follows from its positions.
                let text = scribe.join(part, Join::Words);
                if !dates::is_duration(&text) {
                    scribe.keep(part);
                }
            }
        }
        at = end;
    }
}

/// What stands under a title: dates, place, description.
fn position(scribe: &mut Scribe<'_>, entry: &mut Entry, cells: &[&Segment], edge: f32) {
    let Some((first, rest)) = cells.split_first() else {
        return;
    };
    let mut rest = rest;
    match dates::whole(&first.text) {
        Some(range) => {
            if let Some(fact) = scribe.fact(&[first], Join::Words) {
                put_dates(entry, &fact, &range);
            }
        }
        None => rest = cells,
    }
    let pale = rest
        .iter()
        .take_while(|cell| cell.color != first.color)
        .count();
    if pale > 0 && pale <= 3 {
        entry.location = scribe.field(&rest[..pale], Join::Words);
        rest = &rest[pale..];
    } else if let Some((place, told_after)) = rest.split_first()
        && is_place(first, place, told_after.first().copied())
    {
        entry.location = scribe.field(&[place], Join::Words);
        rest = told_after;
    }
    describe(scribe, entry, rest, edge);
}

/// A place stands close under the dates and apart from the description; after a page break only
/// its look tells.
fn is_place(dates: &Segment, line: &Segment, next: Option<&Segment>) -> bool {
    let short = line.text.chars().count() < 80 && !line.text.ends_with(['.', ';', ':']);
    if dates.page == line.page {
        return short && line.y - dates.y < line.size * 1.85;
    }
    let apart =
        next.is_none_or(|next| next.page == line.page && next.y - line.y > line.size * 1.85);
    short && apart && (line.text.contains(',') || words().is_remote(&line.text))
}

fn describe(scribe: &mut Scribe<'_>, entry: &mut Entry, cells: &[&Segment], edge: f32) {
    let mut text = String::new();
    let mut last: Option<&Segment> = None;
    for cell in cells {
        let how = match last {
            Some(last)
                if is_wrapped(last, cell, edge)
                    && crate::collect::bullet_length(&cell.text) == 0 =>
            {
                Join::Words
            }
            _ => Join::Lines,
        };
        scribe.append(&mut text, &cell.text, how);
        last = Some(cell);
    }
    if let Some(fact) = scribe.quote(cells, &text) {
        told(&fact, entry);
    }
}

/// School, then degree, field and years on one line: "Master, Biostatistics · (2014 - 2016)".
fn education(scribe: &mut Scribe<'_>, rows: &[Row]) {
    let cells: Vec<&Segment> = rows.iter().flat_map(|row| &row.cells).collect();
    let largest = cells.iter().map(|cell| cell.size).fold(0.0, f32::max);
    let mut at = 0;
    while at < cells.len() {
        let is_school = |cell: &&&Segment| cell.size > largest * 0.95;
        let school = cells[at..].iter().take_while(is_school).count();
        let below = cells[at + school..]
            .iter()
            .take_while(|cell| !is_school(cell))
            .count();
        let end = at + school + below;
        let mut entry = scribe.collector.entry(SectionKind::Education);
        entry.organization = scribe.field(&cells[at..at + school], Join::Words);
        if let Some(fact) = scribe.fact(&cells[at + school..end], Join::Words) {
            degree(&mut entry, &fact);
        }
        scribe.collector.push(entry);
        at = end.max(at + 1);
    }
}

fn degree(entry: &mut Entry, fact: &Fact) {
    let quote = fact.quote.as_str();
    let mut end = quote.len();
    if let Some(range) = dates::ranges(quote).last()
        && quote[range.end..].chars().all(|one| !one.is_alphanumeric())
    {
        put_dates(entry, fact, range);
        if range.to.is_none() {
            // One year of a school is when it ended.
            entry.end = entry.start.take();
        }
        end = range.start;
    }
    let open = |one: char| one.is_whitespace() || "·-–(（".contains(one);
    let told = quote[..end].trim_end_matches(open).len();
    split_degree(entry, fact, 0, told);
}

/// A degree and, behind a comma, its field; what is no degree by its words is a field.
pub(super) fn split_degree(entry: &mut Entry, fact: &Fact, start: usize, end: usize) {
    let Some(part) = fact.quote.get(start..end) else {
        return;
    };
    let comma = part
        .char_indices()
        .find(|(_, one)| matches!(one, ',' | '，' | '、' | '،'));
    match comma {
        Some((at, mark)) => {
            entry.title = span(fact, start, start + at);
            entry.subtitle = span(fact, start + at + mark.len_utf8(), end);
        }
        None if words().is_degree(part) => entry.title = span(fact, start, end),
        None => entry.subtitle = span(fact, start, end),
    }
}

/// The collector's profile has something of a person in it.
pub(super) fn is_filled(collector: &Collector) -> bool {
    !collector.profile.name.is_empty() || !collector.profile.entries.is_empty()
}
