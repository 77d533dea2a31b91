//! Lines into a profile: the head, then section after section.

use career::profile::LanguageSkill;
use career::{ContactKind, Field, Locator, SectionKind, SkillGroup};

use super::vocabulary::{Heading, heading, is_place};
use super::{Line, Link, contacts, entries, list_spans};
use crate::collect::{Collector, add_contact, span_of, trimmed};

/// The longest line that can be a name or a headline, in characters.
const LONGEST_NAME: usize = 80;
/// The most links that are looked at.
const MAX_LINKS: usize = 500;

/// Reads all lines.
pub(crate) fn read(collector: &mut Collector, lines: &[Line]) {
    let parts = split(lines);
    let mut parts = parts.into_iter();
    if let Some((_, top)) = parts.next() {
        head(collector, top);
    }
    for (about, body) in parts {
        match about {
            Heading::Section(SectionKind::Summary) => summary(collector, body),
            Heading::Section(SectionKind::Skills) => groups(collector, body, false),
            Heading::Section(SectionKind::Interests) => groups(collector, body, true),
            Heading::Section(SectionKind::Languages) => languages(collector, body),
            Heading::Section(kind) => entries::read(collector, kind, body),
            Heading::Other => other(collector, body),
        }
    }
}

/// Addresses behind words: of the person at the top, of an entry in its head, else kept.
pub(super) fn links(collector: &mut Collector, lines: &[Line], links: &[Link]) {
    let top = split(lines).first().map_or(0, |(_, top)| {
        top.iter().map(|line| line.number).max().unwrap_or_default()
    });
    for (number, link) in links.iter().take(MAX_LINKS) {
        let locator = Locator::Line { number: *number };
        let found = contacts::find(link);
        let here = |field: &Field, collector: &Collector| {
            let fact = collector.profile.facts.get(field.fact());
            fact.is_some_and(|fact| fact.locator == locator)
        };
        let web = link.starts_with("http");
        let entry = collector.profile.entries.iter().position(|entry| {
            let head = entry.title.iter().chain(&entry.organization);
            web && entry.url.is_none() && head.into_iter().any(|field| here(field, collector))
        });
        if let Some(position) = entry {
            let fact = collector.fact(locator, link);
            collector.profile.entries[position].url = trimmed(&fact);
        } else if let Some((kind, start, end)) = found.first().filter(|_| *number <= top) {
            let shown = &link[*start..*end];
            let known = collector
                .profile
                .contacts
                .iter()
                .flat_map(|contact| &contact.parts);
            let known = known
                .into_iter()
                .any(|part| shown.contains(part.text.as_str()));
            if !known {
                let fact = collector.fact(locator, link);
                let kind = match kind {
                    ContactKind::Phone => ContactKind::Website,
                    kind => *kind,
                };
                add_contact(collector, kind, span_of(&fact, *start, *end));
            }
        } else {
            collector.keep_unread(locator, link.clone());
        }
    }
    in_order(collector);
}

/// Contacts in the order in which a page shows them.
fn in_order(collector: &mut Collector) {
    let contacts = &mut collector.profile.contacts;
    contacts.sort_by_key(|contact| match contact.kind {
        ContactKind::Email => 0,
        ContactKind::Phone => 1,
        ContactKind::Location => 2,
        ContactKind::Website => 3,
        ContactKind::Network => 4,
    });
}

/// The lines above the first heading, then each heading's.
fn split(lines: &[Line]) -> Vec<(Heading, &[Line])> {
    // Where headings have levels, all of a known section's level are sections.
    let level = lines
        .iter()
        .filter(|line| heading(&line.text).is_some())
        .filter_map(|line| line.level)
        .min();
    let about = |line: &Line| {
        if line.bullet || line.is_gap() {
            return None;
        }
        match (level, line.level) {
            (Some(level), Some(own)) if own == level => {
                Some(heading(&line.text).unwrap_or(Heading::Other))
            }
            (Some(_), _) => None,
            (None, _) => heading(&line.text),
        }
    };
    let mut parts = Vec::new();
    let (mut start, mut current) = (0, Heading::Other);
    for (number, line) in lines.iter().enumerate() {
        if let Some(next) = about(line) {
            parts.push((current, &lines[start..number]));
            (start, current) = (number + 1, next);
        }
    }
    parts.push((current, &lines[start..]));
    parts
}

fn head(collector: &mut Collector, lines: &[Line]) {
    let mut after_gap = false;
    for line in lines {
        if line.is_gap() {
            after_gap = true;
            continue;
        }
        let fact = collector.fact(line.locator(), &line.text);
        let found = contacts::find(&line.text);
        for (kind, start, end) in &found {
            let known = collector
                .profile
                .contacts
                .iter()
                .any(|contact| contact.kind == *kind);
            let kind = match kind {
                ContactKind::Website if known => ContactKind::Network,
                kind => *kind,
            };
            add_contact(collector, kind, span_of(&fact, *start, *end));
        }
        let short = line.text.chars().count() <= LONGEST_NAME;
        let profile = &mut collector.profile;
        if profile.name.is_empty() && found.is_empty() && short {
            let label = line
                .text
                .split_once(": ")
                .map_or(0, |(label, _)| label.len() + 2);
            profile.name.extend(span_of(&fact, label, fact.quote.len()));
            continue;
        }
        if found.is_empty() && !line.links.is_empty() && !profile.name.is_empty() {
            // Words that stand for an address say nothing else.
            collector.keep_unread(line.locator(), line.text.clone());
            continue;
        }
        if found.is_empty() && !short {
            profile.summary.extend(trimmed(&fact));
            continue;
        }
        // A line without contacts is one thing, whatever stands between its words.
        let parts = if found.is_empty() {
            vec![(0, line.text.len())]
        } else {
            contacts::remainder(&line.text, &found)
        };
        for (start, end) in parts {
            let Some(field) = span_of(&fact, start, end) else {
                continue;
            };
            let place = is_place(&field.text) || has_post_code(&field.text);
            let has_place = collector
                .profile
                .contacts
                .iter()
                .any(|known| known.kind == ContactKind::Location);
            if collector.profile.name.is_empty() && !place {
                collector.profile.name.push(field);
            } else if (place || !found.is_empty()) && !has_place {
                add_contact(collector, ContactKind::Location, [field]);
            } else if collector.profile.headline.is_none() && !after_gap | found.is_empty() {
                collector.profile.headline = Some(field);
            } else {
                collector.keep_unread(line.locator(), field.text);
            }
        }
    }
}

/// An address: words and a number of four or five digits.
fn has_post_code(text: &str) -> bool {
    let mut words = text.split([' ', ',']);
    let code = |word: &str| {
        (4..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    text.contains([' ', ',']) && words.any(code)
}

fn summary(collector: &mut Collector, lines: &[Line]) {
    for paragraph in lines.split(Line::is_gap).filter(|lines| !lines.is_empty()) {
        let text: Vec<&str> = paragraph.iter().map(|line| line.text.as_str()).collect();
        let fact = collector.fact(paragraph[0].locator(), &text.join(" "));
        collector.profile.summary.extend(trimmed(&fact));
    }
}

/// Skills and interests: `Group: one, two` on a line, or the items themselves.
fn groups(collector: &mut Collector, lines: &[Line], interests: bool) {
    let mut loose: Vec<Field> = Vec::new();
    let mut groups: Vec<SkillGroup> = Vec::new();
    for line in lines.iter().filter(|line| !line.is_gap()) {
        let fact = collector.fact(line.locator(), &line.text);
        let (name, from) = match line.text.split_once(':') {
            Some((name, rest)) if name.chars().count() < 50 && !rest.starts_with("//") => {
                (span_of(&fact, 0, name.trim_end().len()), name.len() + 1)
            }
            _ => (None, 0),
        };
        let spans = list_spans(&line.text[from..]);
        let keywords = spans
            .into_iter()
            .filter_map(|(start, end)| span_of(&fact, from + start, from + end));
        if line.level.is_some() {
            groups.push(SkillGroup {
                name: trimmed(&fact),
                level: None,
                keywords: Vec::new(),
            });
        } else if name.is_some() {
            groups.push(SkillGroup {
                name,
                level: None,
                keywords: keywords.collect(),
            });
        } else {
            match groups
                .last_mut()
                .filter(|group| group.keywords.is_empty() || line.bullet)
            {
                Some(group) => group.keywords.extend(keywords),
                None => loose.extend(keywords),
            }
        }
    }
    if !loose.is_empty() {
        groups.push(SkillGroup {
            name: None,
            level: None,
            keywords: loose,
        });
    }
    let profile = &mut collector.profile;
    if interests {
        profile.interests.extend(groups);
    } else {
        profile.skills.extend(groups);
    }
}

/// `English (native), German: B2`, one or several on a line.
fn languages(collector: &mut Collector, lines: &[Line]) {
    for line in lines.iter().filter(|line| !line.is_gap()) {
        let fact = collector.fact(line.locator(), &line.text);
        for (start, end) in list_spans(&line.text) {
            let item = &line.text[start..end];
            let cut = item
                .find(['(', ':'])
                .or_else(|| item.find(" - "))
                .or_else(|| item.find(" – "));
            let cut = cut.or_else(|| item.find(" — ")).unwrap_or(item.len());
            let name = item[..cut].trim_end().len();
            let mark = |sign: char| sign.is_whitespace() || "():-–—".contains(sign);
            let rest = item[cut..].trim_start_matches(mark);
            let from = end - rest.len();
            let length = rest.trim_end_matches(mark).len();
            let fluency = (length > 0)
                .then(|| span_of(&fact, from, from + length))
                .flatten();
            let language = span_of(&fact, start, start + name);
            collector
                .profile
                .languages
                .extend(language.map(|language| LanguageSkill { language, fluency }));
        }
    }
}

/// Contacts may stand under a heading of their own; the rest is kept as it is.
fn other(collector: &mut Collector, lines: &[Line]) {
    for line in lines.iter().filter(|line| !line.is_gap()) {
        let found = contacts::find(&line.text);
        if found.is_empty() {
            collector.keep_unread(line.locator(), line.text.clone());
            continue;
        }
        let fact = collector.fact(line.locator(), &line.text);
        for (kind, start, end) in found {
            add_contact(collector, kind, span_of(&fact, start, end));
        }
    }
}
