//! Sections of entries: where each begins, what names it, what tells about it.

use career::{Entry, SectionKind};

use super::super::contacts;
use super::super::layout::Row;
use super::super::profile_page::span;
use super::super::scribe::{Join, Scribe};
use super::super::segments::Segment;
use super::super::vocabulary::words;
use super::blocks::{Line, blocks, goes_on_below, lines};
use super::fields::{is_aside, is_bullet, is_prose, is_sentence, mark_length};
use super::lists;
use super::names::{self, Token};

/// Reads a section.
pub(super) fn read(scribe: &mut Scribe<'_>, rows: &[Row], section: SectionKind) {
    let lines = lines(rows);
    let blocks = blocks(lines, section);
    let mut read: Vec<(Entry, Vec<Token>, bool)> = Vec::new();
    for block in blocks {
        // A subheading alone is no entry.
        if let [line] = block.lines.as_slice()
            && !line.bullet
            && rows.iter().any(is_bullet)
            && line.asides.is_empty()
            && section == SectionKind::Publications
        {
            scribe.keep_row(&line.row);
            continue;
        }
        let mut entry = scribe.collector.entry(section);
        entry.single_date = matches!(
            section,
            SectionKind::Certificates
                | SectionKind::Awards
                | SectionKind::Publications
                | SectionKind::References
        );
        let named = block_fields(scribe, &mut entry, &block.lines, section);
        for line in &block.lines {
            line.overall.iter().for_each(|cell| scribe.keep(&[cell]));
        }
        read.push((entry, named, block.inherits));
    }
    let title_first = names::title_first(read.iter().map(|(_, named, _)| named.as_slice()));
    let mut employer = None;
    for (mut entry, named, inherits) in read {
        names::put(scribe, &mut entry, &named, title_first);
        if inherits {
            // What is named there is the position.
            if entry.title.is_none() {
                entry.title = entry.organization.take();
            }
            if entry.organization.is_none() {
                entry.organization.clone_from(&employer);
            }
        }
        employer.clone_from(&entry.organization);
        let number = scribe.collector.profile.section(section).count() + 1;
        entry.id = career::EntryId(format!("{}-{number}", section.as_str()));
        scribe.collector.push(entry);
    }
}

/// How many lines from the top name the entry; the rest tells about it.
fn header_length(lines: &[Line], section: SectionKind) -> usize {
    let mut pitch = f32::MAX;
    // What stands above the dates belongs to the names.
    let dated = lines
        .iter()
        .take(6)
        .take_while(|line| !line.bullet)
        .position(|line| {
            let mut cells = line.asides.iter().chain(&line.row.cells);
            cells.any(|cell| {
                names::date_at_edge(&cell.text).is_some()
                    || names::date_at_start(&cell.text).is_some()
            })
        })
        .map_or(1, |at| at + 1);
    for (at, line) in lines.iter().enumerate().skip(1) {
        // A degree may be listed under its school.
        let degree = section == SectionKind::Education
            && line.bullet
            && words().is_degree(&line.row.text())
            && !lines[..at]
                .iter()
                .any(|above| words().is_degree(&above.row.text()));
        if degree {
            continue;
        }
        if line.bullet || line.goes_on {
            return at;
        }
        let Some(cell) = line.row.cells.first() else {
            continue;
        };
        let before = &lines[at - 1].row;
        let gap = if before.cells.is_empty() || before.page() != line.row.page() {
            0.0
        } else {
            line.row.y() - before.y()
        };
        let single = line.row.cells.len() == 1 && !is_aside(cell) && line.asides.is_empty();
        let names = section == SectionKind::Education && words().is_degree(&cell.text)
            || contacts::is_web(&cell.text);
        let wraps = lines
            .get(at + 1)
            .is_some_and(|next| !next.bullet && next.row.text().starts_with(char::is_lowercase));
        if words().labels_body(&cell.text) {
            return at;
        }
        if at < dated {
            if gap > 2.0 {
                pitch = pitch.min(gap);
            }
            continue;
        }
        if single
            && !names
            && (is_prose(&line.row)
                || is_sentence(&line.row)
                || is_named(&lines[..at], section)
                || wraps
                || gap > pitch * 1.24 && gap > cell.size * 1.5)
        {
            return at;
        }
        if line.row.cells.len() > 1 && at > 1 && is_chips(line) {
            return at;
        }
        if gap > 2.0 {
            pitch = pitch.min(gap);
        }
    }
    lines.len()
}

/// Whether the lines above name all that a school's entry has: a degree, a school and its dates.
fn is_named(above: &[Line], section: SectionKind) -> bool {
    let cells = || above.iter().flat_map(|line| &line.row.cells);
    section == SectionKind::Education
        && cells().any(|cell| words().is_degree(&cell.text))
        && cells().any(|cell| words().is_organization(&cell.text))
}

/// Several short words side by side.
fn is_chips(line: &Line) -> bool {
    line.row.cells.len() > 1
        && line
            .row
            .cells
            .iter()
            .all(|cell| cell.text.chars().count() < 40 && !is_aside(cell))
}

/// Fills an entry but for its names, and gives these.
fn block_fields(
    scribe: &mut Scribe<'_>,
    entry: &mut Entry,
    lines: &[Line],
    section: SectionKind,
) -> Vec<Token> {
    let lone = lines.first().is_some_and(|line| line.bullet);
    let length = if lone {
        // A list: the first item and its wrapped lines are all there is.
        1 + lines[1..].iter().take_while(|line| line.goes_on).count()
    } else if section == SectionKind::References
        && lines.first().is_some_and(|line| is_prose(&line.row))
    {
        0
    } else {
        header_length(lines, section)
    };
    let (header, body) = lines.split_at(length.min(lines.len()));
    let edge = lines
        .iter()
        .flat_map(|line| &line.row.cells)
        .map(|cell| cell.right)
        .fold(0.0, f32::max);
    let mut named = Vec::new();
    let mut at = 0;
    while at < header.len() {
        // A line that broke because it was full goes on with the next.
        let mut cells: Vec<&Segment> = header[at].row.cells.iter().collect();
        let mut end = at + 1;
        while cells.len() == 1
            && !is_aside(cells[0])
            && header.get(end).is_some_and(|next| {
                next.goes_on
                    || goes_on_below(&header[end - 1], next, edge)
                    || (lone || section != SectionKind::Work)
                        && next.row.cells.len() == 1
                        && next.row.text().starts_with(char::is_lowercase)
            })
        {
            cells.extend(&header[end].row.cells);
            end += 1;
        }
        if end > at + 1 {
            if let Some(fact) = scribe.fact(&cells, Join::Words) {
                named.extend(names::tokens(scribe, entry, &fact, cells[0], section, at));
            }
        } else {
            for cell in cells {
                if let Some(fact) = scribe.fact(&[cell], Join::Words) {
                    named.extend(names::tokens(scribe, entry, &fact, cell, section, at));
                }
            }
        }
        for line in &header[at..end] {
            asides(scribe, entry, &line.asides, section);
        }
        at = end;
    }
    for line in body {
        asides(scribe, entry, &line.asides, section);
    }
    tell(scribe, entry, body);
    named
}

fn asides(scribe: &mut Scribe<'_>, entry: &mut Entry, cells: &[Segment], section: SectionKind) {
    for cell in cells {
        if let Some(fact) = scribe.fact(&[cell], Join::Words) {
            let more = names::tokens(scribe, entry, &fact, cell, section, 1);
            for token in more {
                scribe
                    .collector
                    .keep_unread(token.fact.locator.clone(), token.text().to_owned());
            }
        }
    }
}

/// Bullets, paragraphs, addresses, keywords.
fn tell(scribe: &mut Scribe<'_>, entry: &mut Entry, body: &[Line]) {
    let base = body
        .iter()
        .filter(|line| line.bullet)
        .map(|line| line.row.left())
        .fold(f32::MAX, f32::min);
    let mut courses = false;
    let mut at = 0;
    while at < body.len() {
        let line = &body[at];
        at += 1;
        let Some(first) = line.row.cells.first() else {
            continue;
        };
        if entry.section == SectionKind::References
            && entry.title.is_none()
            && first.text.starts_with(['—', '–'])
        {
            paragraph(scribe, entry, body, &mut at);
            continue;
        }
        if line.bullet {
            let mut cells: Vec<&Segment> = line.row.cells.iter().collect();
            let mut text = scribe.join(&cells, Join::Words);
            while let Some(next) = body.get(at) {
                let nested =
                    next.bullet && next.row.left() > base + 3.0 && line.row.left() < base + 3.0;
                if !(next.goes_on || nested || next.row.cells.is_empty()) {
                    break;
                }
                for cell in &next.row.cells {
                    let how = if nested { Join::Lines } else { Join::Words };
                    scribe.append(&mut text, &cell.text, how);
                    cells.push(cell);
                }
                at += 1;
            }
            bullet(scribe, entry, &cells, &text, courses);
            continue;
        }
        if words().labels_body(&first.text) && line.row.cells.len() == 1 {
            scribe.keep_row(&line.row);
            continue;
        }
        if words().labels_courses(&first.text) && line.row.cells.len() == 1 {
            courses = true;
            scribe.keep_row(&line.row);
            continue;
        }
        if line.row.cells.len() == 1 && contacts::is_web(&first.text) && entry.url.is_none() {
            entry.url = scribe.field(&[first], Join::Words);
            continue;
        }
        if is_chips(line) {
            for cell in &line.row.cells {
                let keyword = scribe.field(&[cell], Join::Words);
                entry.keywords.extend(keyword);
            }
            continue;
        }
        paragraph(scribe, entry, body, &mut at);
    }
}

fn bullet(
    scribe: &mut Scribe<'_>,
    entry: &mut Entry,
    cells: &[&Segment],
    text: &str,
    courses: bool,
) {
    let Some(fact) = scribe.quote(cells, text) else {
        return;
    };
    let start = mark_length(&fact.quote);
    let field = span(&fact, start, fact.quote.len());
    if let Some(colon) = fact.quote[start..].find(':')
        && entry.section == SectionKind::Education
        && words().labels_score(&fact.quote[start..start + colon])
    {
        let from = start + colon + 1;
        let length = fact.quote[from..]
            .find([',', ';'])
            .unwrap_or(fact.quote.len() - from);
        entry.score = span(&fact, from, from + length);
    }
    if courses {
        entry.keywords.extend(field);
    } else {
        entry.highlights.extend(field);
    }
}

/// Lines of prose up to the next bullet or gap.
fn paragraph(scribe: &mut Scribe<'_>, entry: &mut Entry, body: &[Line], at: &mut usize) {
    let line = &body[*at - 1];
    let told = !entry.summary.is_empty() || !entry.highlights.is_empty();
    let mut cells: Vec<&Segment> = line.row.cells.iter().collect();
    while let Some(next) = body.get(*at).filter(|next| {
        let last = cells.last();
        // After a sentence's end, words with commas between them are no part of it.
        let ended = |last: &&&Segment| last.text.ends_with(['.', '!', '?', '。']);
        let listed = last.is_some_and(|last| ended(&last)) && lists::is_keywords(&next.row.text());
        !next.bullet
            && !next.row.text().starts_with('—')
            && !is_chips(next)
            && !listed
            && next.row.cells.first().is_some_and(|cell| {
                contacts::kind_of(&cell.text).is_none()
                    && !words().labels_courses(&cell.text)
                    && !words().labels_body(&cell.text)
                    && last.is_some_and(|last| {
                        last.page != cell.page || cell.y - last.y < cell.size * 1.95
                    })
            })
    }) {
        cells.extend(&next.row.cells);
        *at += 1;
    }
    let Some(fact) = scribe.fact(&cells, Join::Words) else {
        return;
    };
    let quote = fact.quote.as_str();
    let label = quote
        .find(':')
        .filter(|colon| words().labels_keywords(&quote[..*colon]));
    if let Some(colon) = label {
        entry.keywords.extend(lists::items(&fact, colon + 1));
        return;
    }
    if told && lists::is_keywords(quote) {
        entry.keywords.extend(lists::items(&fact, 0));
        return;
    }
    if entry.section == SectionKind::References
        && quote.starts_with(['—', '–'])
        && entry.title.is_none()
    {
        let mark = quote.chars().next().map_or(0, char::len_utf8);
        entry.title = span(&fact, mark, quote.len());
        return;
    }
    let field = span(&fact, 0, quote.len());
    entry.summary.extend(field);
}
