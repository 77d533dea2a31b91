//! The top of a résumé: name, headline, contacts, perhaps a summary without a heading.

use career::fact::Locator;
use career::{Contact, ContactKind, Fact, Field};

use super::super::contacts;
use super::super::document::Link;
use super::super::layout::Row;
use super::super::profile_page::span;
use super::super::scribe::{Join, Scribe, is_wrapped};
use super::super::segments::Segment;
use super::super::vocabulary::words;
use super::fields::{is_place, mark_length};
use super::lists;

/// Marks that stand between contacts on one line.
const BETWEEN: [char; 8] = ['|', '·', '•', '●', '◆', '⋄', '⬥', '∙'];

/// Reads the head.
pub(super) fn read(scribe: &mut Scribe<'_>, rows: &[Row], links: &[Vec<Link>]) {
    let rows = &whole_addresses(rows);
    let cells: Vec<&Segment> = rows.iter().flat_map(|row| &row.cells).collect();
    let largest = cells
        .iter()
        .filter(|cell| is_name(&cell.text))
        .map(|cell| cell.size)
        .fold(0.0, f32::max);
    let name: Vec<&Segment> = cells
        .iter()
        .copied()
        .filter(|cell| cell.size > largest * 0.97 && is_name(&cell.text))
        .take(2)
        .collect();
    // A long name breaks over two lines; where it is no larger than the text, only its line tells.
    let stands_out = cells.iter().any(|cell| cell.size < largest * 0.75);
    let name: Vec<&Segment> = match name.as_slice() {
        [one, other] if other.y - one.y > one.size * 1.6 || !stands_out => vec![one],
        _ => name,
    };
    let Some(last) = name.last().copied() else {
        more(scribe, rows, links);
        return;
    };
    let field = scribe.field(&name, Join::Words);
    scribe.collector.profile.name.extend(field);
    let mut about: Vec<Row> = Vec::new();
    let mut headline = true;
    let edge = cells.iter().map(|cell| cell.right).fold(0.0, f32::max);
    let mut rows = rows.iter().peekable();
    while let Some(row) = rows.next() {
        if row.y() < last.y - 0.1
            && row.page() == last.page
            && !row.cells.iter().any(|cell| is_same(cell, last))
        {
            contacts_of(scribe, row, links);
            continue;
        }
        let rest: Vec<Segment> = row
            .cells
            .iter()
            .filter(|cell| !name.iter().any(|part| is_same(cell, part)))
            .cloned()
            .collect();
        if rest.is_empty() {
            continue;
        }
        let text = Row { cells: rest };
        if is_telling(&text) || (!about.is_empty() && continues(about.last(), &text)) {
            about.push(text);
            continue;
        }
        let single = text.cells.len() == 1 && !is_contact(&text.cells[0], links);
        if single && headline && about.is_empty() && !is_place(&text.cells[0].text) {
            // A long one breaks where its line is full.
            let mut parts = vec![&text.cells[0]];
            while let Some(next) = rows.next_if(|next| {
                let last = Row {
                    cells: parts
                        .last()
                        .map(|cell| (*cell).clone())
                        .into_iter()
                        .collect(),
                };
                next.cells.len() == 1
                    && continues(Some(&last), next)
                    && is_wrapped(&last.cells[0], &next.cells[0], edge)
                    && !is_contact(&next.cells[0], links)
            }) {
                parts.push(&next.cells[0]);
            }
            scribe.collector.profile.headline = scribe.field(&parts, Join::Words);
            headline = false;
            continue;
        }
        // Beside addresses on its line.
        let beside: Vec<&Segment> = text
            .cells
            .iter()
            .filter(|cell| !is_contact(cell, links) && !is_place(&cell.text))
            .collect();
        if let ([cell], true) = (beside.as_slice(), text.cells.len() > 1)
            && scribe.collector.profile.headline.is_none()
            && (words().is_title(&cell.text) || is_larger(cell, &text.cells))
            && is_name(&cell.text)
        {
            let field = scribe.field(&[cell], Join::Words);
            scribe.collector.profile.headline = field;
            headline = false;
            let others = text.cells.iter().filter(|other| !is_same(other, cell));
            let others = Row {
                cells: others.cloned().collect(),
            };
            contacts_of(scribe, &others, links);
            continue;
        }
        // What stands below addresses is no headline.
        let reached = text
            .cells
            .iter()
            .any(|cell| !contacts::find(&cell.text).is_empty() || is_place(&cell.text));
        headline = headline && !reached;
        if let [cell] = text.cells.as_slice()
            && !reached
            && about.is_empty()
            && scribe.collector.profile.headline.is_none()
            && words().is_title(&cell.text)
            && cell.text.chars().count() < 80
            && !is_contact(cell, links)
        {
            scribe.collector.profile.headline = scribe.field(&[cell], Join::Words);
            continue;
        }
        contacts_of(scribe, &text, links);
    }
    lists::summary(scribe, &about);
}

/// A section of contacts or profiles.
pub(super) fn more(scribe: &mut Scribe<'_>, rows: &[Row], links: &[Vec<Link>]) {
    for row in whole_addresses(rows) {
        contacts_of(scribe, &row, links);
    }
}

/// Addresses that were too long for their line, whole again.
fn whole_addresses(rows: &[Row]) -> Vec<Row> {
    let mut whole: Vec<Row> = Vec::new();
    for row in rows {
        let mut row = row.clone();
        if let Some(last) = whole.last_mut().and_then(|row| row.cells.last_mut())
            && let Some(more) = row.cells.first_mut()
        {
            if is_cut(last, more) {
                last.text.push_str(&more.text);
                last.right = last.right.max(more.right);
                row.cells.remove(0);
            } else if let Some(length) = rest_of_address(last, more) {
                last.text.push_str(&more.text[..length]);
                let rest = more.text[length..].trim_start().to_owned();
                more.text = rest;
                more.pieces.clear();
                if more.text.is_empty() {
                    row.cells.remove(0);
                }
            }
        }
        if !row.cells.is_empty() {
            whole.push(row);
        }
    }
    whole
}

/// The bytes of the line below that an address goes on with which broke at one of its marks.
fn rest_of_address(cell: &Segment, below: &Segment) -> Option<usize> {
    let text = cell.text.trim_end();
    let token = text.rsplit(char::is_whitespace).next()?;
    let open = token.ends_with('/') || token.ends_with('-') && token.contains('/');
    let address = contacts::find(token)
        .first()
        .is_some_and(|(start, _, _)| *start == 0);
    let more = below.text.split(char::is_whitespace).next()?;
    let plain = more
        .chars()
        .all(|one| one.is_ascii_alphanumeric() || "-_/.%".contains(one));
    let close = cell.page == below.page && below.y - cell.y < cell.size * 1.9;
    (open && address && close && plain && contacts::find(more).is_empty()).then_some(more.len())
}

/// Whether an address goes on in the line below: alone it is none, or none that ends as hosts do.
fn is_cut(cell: &Segment, below: &Segment) -> bool {
    let (text, more) = (cell.text.trim(), below.text.trim());
    let close = (cell.left - below.left).abs() < 2.0
        && cell.page == below.page
        && below.y - cell.y < cell.size * 1.9;
    let one_word = |text: &str| !text.contains(' ') && text.is_ascii();
    let host = text.rsplit(['@', '/']).next().unwrap_or_default();
    let end = host.rsplit('.').next().unwrap_or_default().to_lowercase();
    let ended = host.contains('.') && words().host_ends.contains(&end);
    close
        && one_word(text)
        && one_word(more)
        && !more.contains('@')
        && text.contains('@')
        && !ended
        && contacts::find(&format!("{text}{more}"))
            .iter()
            .any(|(start, end, kind)| {
                *kind == ContactKind::Email && *start == 0 && *end == text.len() + more.len()
            })
}

fn is_same(one: &Segment, other: &Segment) -> bool {
    one.page == other.page && (one.y - other.y).abs() < 0.1 && (one.left - other.left).abs() < 0.1
}

/// Clearly larger than all else on its line.
fn is_larger(cell: &Segment, cells: &[Segment]) -> bool {
    let others = cells.iter().filter(|other| !is_same(other, cell));
    others.fold(0.0, |size, other| other.size.max(size)) < cell.size * 0.85
}

fn is_name(text: &str) -> bool {
    let letters = text.chars().filter(|one| one.is_alphabetic()).count();
    letters > 1
        && text.chars().count() < 60
        && !text.contains(['@', '/', ':'])
        && !text.chars().any(|one| one.is_ascii_digit())
}

fn is_telling(row: &Row) -> bool {
    let [cell] = row.cells.as_slice() else {
        return false;
    };
    cell.text.chars().count() > 60
        && contacts::find(&cell.text).is_empty()
        && !cell.text.contains(BETWEEN)
}

/// Whether a row goes on with a paragraph: same place, one line below.
fn continues(last: Option<&Row>, row: &Row) -> bool {
    last.is_some_and(|last| {
        last.page() == row.page()
            && (last.left() - row.left()).abs() < 2.0
            && row.y() - last.y() < last.size() * 1.9
            && (last.size() - row.size()).abs() < 0.3
    })
}

fn link_of<'l>(cell: &Segment, links: &'l [Vec<Link>]) -> Vec<&'l Link> {
    links
        .get(cell.page as usize - 1)
        .into_iter()
        .flatten()
        .filter(|link| {
            let middle = cell.y - cell.size * 0.3;
            link.top < middle
                && link.bottom > middle
                && link.left < cell.right
                && link.right > cell.left
        })
        .collect()
}

fn is_contact(cell: &Segment, links: &[Vec<Link>]) -> bool {
    !contacts::find(&cell.text).is_empty() || !link_of(cell, links).is_empty() || cell.icon
}

/// Each part of a row is an address, a number, a place, or words that lead somewhere.
fn contacts_of(scribe: &mut Scribe<'_>, row: &Row, links: &[Vec<Link>]) {
    for cell in &row.cells {
        let Some(fact) = scribe.fact(&[cell], Join::Words) else {
            continue;
        };
        let linked = link_of(cell, links);
        let mut used = vec![false; linked.len()];
        let mut unknown = Vec::new();
        for (start, end) in parts(&fact.quote) {
            let part = &fact.quote[start..end];
            let found = contacts::find(part);
            if !found.is_empty() {
                for (from, to, kind) in found {
                    let target = part[from..to].to_lowercase();
                    for (link, used) in linked.iter().zip(&mut used) {
                        *used = *used || leads_to(&link.target, &target);
                    }
                    if let Some(field) = span(&fact, start + from, start + to) {
                        contacts::add(&mut scribe.collector, kind, field);
                    }
                }
                continue;
            }
            let bare = part
                .split(" (")
                .next()
                .unwrap_or(part)
                .trim()
                .to_lowercase();
            let leads = linked.iter().zip(&mut used).find(|(link, used)| {
                !**used && (leads_to(&link.target, &bare) || linked.len() == 1)
            });
            if let Some((link, used)) = leads {
                *used = true;
                add_link(scribe, cell, link);
            } else if let Some(from) = place_at(part).filter(|_| !has_place(scribe)) {
                if let Some(field) = span(&fact, start + from, end) {
                    place(scribe, field);
                }
            } else if let Some(contact) = labelled(&fact, start, end) {
                scribe.collector.profile.contacts.push(contact);
            } else {
                unknown.push((start, end));
            }
        }
        for (start, end) in unknown {
            let words = fact.quote[start..end].to_owned();
            scribe.collector.keep_unread(fact.locator.clone(), words);
        }
    }
}

/// A network's name and a name on it: "GitHub: ada".
fn labelled(fact: &Fact, start: usize, end: usize) -> Option<Contact> {
    let part = fact.quote.get(start..end)?;
    let (network, name) = part.split_once(": ")?;
    let host = format!("{}.", network.trim().to_lowercase());
    let known = words()
        .networks
        .iter()
        .any(|known| known.starts_with(&host));
    if !known || name.trim().is_empty() || name.trim().contains(' ') {
        return None;
    }
    let label = span(fact, start, start + network.len())?;
    let name = span(fact, end - name.len(), end)?;
    Some(Contact::new(ContactKind::Network, vec![label, name]))
}

/// Where a place begins in some words: after a street, where there is one.
fn place_at(part: &str) -> Option<usize> {
    let starts = std::iter::once(0).chain(part.match_indices(", ").map(|(at, _)| at + 2));
    starts.into_iter().find(|from| {
        let rest = &part[*from..];
        let town = rest.trim_start_matches(|one: char| one.is_ascii_digit());
        // A postal code, then the town.
        let coded = (4..=5).contains(&(rest.len() - town.len()))
            && town.trim_start().starts_with(char::is_uppercase)
            && !town.contains(|one: char| one.is_ascii_digit());
        is_place(rest) || coded
    })
}

fn has_place(scribe: &Scribe<'_>) -> bool {
    let contacts = &scribe.collector.profile.contacts;
    contacts
        .iter()
        .any(|contact| contact.kind == ContactKind::Location)
}

fn place(scribe: &mut Scribe<'_>, field: Field) {
    scribe
        .collector
        .profile
        .contacts
        .push(Contact::new(ContactKind::Location, vec![field]));
}

/// A town alone is known as one when an entry says that it was there.
pub(super) fn place_again(scribe: &mut Scribe<'_>) {
    if has_place(scribe) {
        return;
    }
    let profile = &scribe.collector.profile;
    let fields: Vec<Field> = profile
        .entries
        .iter()
        .filter_map(|entry| entry.location.clone())
        .collect();
    let at = profile.unread.iter().position(|unread| {
        matches!(unread.locator, Locator::PageArea { page: 1, line, .. } if line < 12)
            && fields.iter().any(|field| field.text == unread.content)
    });
    let Some(at) = at else {
        return;
    };
    let unread = scribe.collector.profile.unread.remove(at);
    let fact = scribe.collector.fact(unread.locator, &unread.content);
    place(scribe, Field::whole(&fact));
}

/// Whether an address ends in some words.
fn leads_to(target: &str, words: &str) -> bool {
    let target = target.to_lowercase();
    let bare = target.trim_end_matches('/');
    let words = words.trim_end_matches('/').trim_start_matches('@');
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    !words.is_empty()
        && (bare.ends_with(words)
            || target.starts_with("tel:")
                && digits(&target).len() > 6
                && digits(&target).ends_with(&digits(words))
                && digits(words).len() > 6)
}

/// The address behind some words, as a fact of its own.
fn add_link(scribe: &mut Scribe<'_>, cell: &Segment, link: &Link) {
    let target = link.target.as_str();
    let (kind, skipped) = if target.starts_with("mailto:") {
        (ContactKind::Email, 7)
    } else if target.starts_with("tel:") {
        (ContactKind::Phone, 4)
    } else if target.starts_with("http") {
        let network = contacts::is_network(target);
        (
            if network {
                ContactKind::Network
            } else {
                ContactKind::Website
            },
            0,
        )
    } else {
        scribe.keep(&[cell]);
        return;
    };
    let locator = Locator::PageArea {
        page: cell.page,
        line: 0,
        left: link.left.max(0.0) as u32,
        top: link.top.max(0.0) as u32,
        right: link.right.max(0.0).ceil() as u32,
        bottom: link.bottom.max(0.0).ceil() as u32,
    };
    let fact = scribe.collector.fact(locator, target);
    if let Some(field) = span(&fact, skipped, target.len()) {
        contacts::add(&mut scribe.collector, kind, field);
    }
}

/// The spans between the marks that separate contacts.
fn parts(text: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut start = mark_length(text);
    let mut cut = |start: usize, end: usize| {
        let part = &text[start..end];
        let lead = part.len() - part.trim_start_matches([' ', ',']).len();
        let length = part.trim_matches([' ', ',']).len();
        if length > 0 {
            parts.push((start + lead, start + lead + length));
        }
    };
    let spaced: Vec<(usize, usize)> = text
        .match_indices(" , ")
        .chain(text.match_indices(" – "))
        .chain(text.match_indices(" - "))
        .chain(text.match_indices(" — "))
        .map(|(at, found)| (at, found.len()))
        .chain(
            text.match_indices(BETWEEN)
                .map(|(at, found)| (at, found.len())),
        )
        .collect();
    let mut marks = spaced;
    marks.sort_unstable();
    for (at, length) in marks {
        if at >= start {
            cut(start, at);
            start = at + length;
        }
    }
    cut(start, text.len());
    parts
}
