//! Sections that are lists: summary, skills, languages, interests.

use career::profile::LanguageSkill;
use career::{Fact, Field, SectionKind, SkillGroup};

use super::super::layout::Row;
use super::super::profile_page::{language, span};
use super::super::scribe::{Join, Scribe};
use super::super::segments::Segment;
use super::super::vocabulary::{Heading, heading, words};
use super::fields::{is_bullet, mark_length};

/// Paragraphs of prose.
pub(super) fn summary(scribe: &mut Scribe<'_>, rows: &[Row]) {
    let mut paragraph: Vec<&Segment> = Vec::new();
    let mut all: Vec<Vec<&Segment>> = Vec::new();
    for row in rows {
        let apart = paragraph
            .last()
            .is_some_and(|last| last.page == row.page() && row.y() - last.y > last.size * 2.1);
        if (apart || is_bullet(row)) && !paragraph.is_empty() {
            all.push(std::mem::take(&mut paragraph));
        }
        paragraph.extend(&row.cells);
    }
    all.push(paragraph);
    for paragraph in all {
        if let Some(fact) = scribe.fact(&paragraph, Join::Words) {
            let start = mark_length(&fact.quote);
            let field = span(&fact, start, fact.quote.len());
            scribe.collector.profile.summary.extend(field);
        }
    }
}

/// Skills in groups.
pub(super) fn skills(scribe: &mut Scribe<'_>, rows: &[Row]) {
    for group in groups(scribe, rows) {
        let kind = group.name.as_ref().and_then(|name| heading(&name.text));
        let section = match kind {
            Some(Heading::Awards) => SectionKind::Awards,
            Some(Heading::Certificates) => SectionKind::Certificates,
            Some(Heading::Interests) => {
                scribe.collector.profile.interests.push(group);
                continue;
            }
            _ => {
                scribe.collector.profile.skills.push(group);
                continue;
            }
        };
        // A list of something else among the skills.
        for title in group.keywords {
            let mut entry = scribe.collector.entry(section);
            entry.title = Some(title);
            entry.single_date = true;
            scribe.collector.push(entry);
        }
    }
}

/// Interests in groups.
pub(super) fn interests(scribe: &mut Scribe<'_>, rows: &[Row]) {
    let groups = groups(scribe, rows);
    scribe.collector.profile.interests.extend(groups);
}

/// Whether a row names a group: it alone is bold, or larger than the rest.
fn names_group(row: &Row, rows: &[Row]) -> bool {
    let [cell] = row.cells.as_slice() else {
        return false;
    };
    let smallest = rows.iter().map(Row::size).fold(f32::MAX, f32::min);
    let plain = rows
        .iter()
        .flat_map(|row| &row.cells)
        .any(|cell| !cell.all_bold());
    !cell.text.contains([':', ','])
        && (cell.all_bold() && plain || cell.size > smallest * 1.2)
        && mark_length(&cell.text) == 0
}

fn groups(scribe: &mut Scribe<'_>, rows: &[Row]) -> Vec<SkillGroup> {
    let mut groups: Vec<SkillGroup> = Vec::new();
    let second = named_lists(rows);
    let mut at = 0;
    while at < rows.len() {
        let row = &rows[at];
        at += 1;
        if let (Some(left), [name, list]) = (second, row.cells.as_slice()) {
            let mut cells = vec![list];
            while let Some([more]) = rows.get(at).map(|next| next.cells.as_slice())
                && (more.left - left).abs() < 3.0
            {
                cells.push(more);
                at += 1;
            }
            let name = scribe.field(&[name], Join::Words);
            let fact = scribe.fact(&cells, Join::Words);
            groups.push(SkillGroup {
                name,
                level: None,
                keywords: fact.map_or_else(Vec::new, |fact| items(&fact, 0)),
            });
            continue;
        }
        if names_group(row, rows) {
            let mut cells: Vec<&Segment> = row.cells.iter().collect();
            while let Some(next) = rows.get(at).filter(|next| names_group(next, rows))
                && next.y() - row.y() < row.size() * 1.7
                && next.page() == row.page()
            {
                cells.extend(&next.cells);
                at += 1;
            }
            groups.push(SkillGroup {
                name: scribe.field(&cells, Join::Words),
                level: None,
                keywords: Vec::new(),
            });
            continue;
        }
        // A line that goes on below, unless that begins a group or an item of its own.
        let mut cells: Vec<&Segment> = row.cells.iter().collect();
        if let [first] = row.cells.as_slice()
            && first.text.contains([',', ':'])
        {
            while let Some(next) = rows.get(at)
                && next.cells.len() == 1
                && !next.text().contains(':')
                && !names_group(next, rows)
                && !is_bullet(next)
                && (first.text.contains(':')
                    || cells.last().is_some_and(|last| last.text.ends_with(',')))
                && next.y() - cells.last().map_or(0.0, |last| last.y) < row.size() * 1.9
            {
                cells.extend(&next.cells);
                at += 1;
            }
        }
        if row.cells.len() > 1 {
            for cell in cells {
                if let Some(fact) = scribe.fact(&[cell], Join::Words) {
                    line(&mut groups, &fact);
                }
            }
        } else if let Some(fact) = scribe.fact(&cells, Join::Words) {
            line(&mut groups, &fact);
        }
    }
    groups.retain(|group| group.name.is_some() || !group.keywords.is_empty());
    groups
}

/// Where the lists begin in rows of a name and, in a column of its own, a list.
fn named_lists(rows: &[Row]) -> Option<f32> {
    let pairs: Vec<(&Segment, &Segment)> = rows
        .iter()
        .filter_map(|row| match row.cells.as_slice() {
            [name, list] => Some((name, list)),
            _ => None,
        })
        .collect();
    let (_, first) = pairs.first()?;
    let listed = |text: &str| text.contains([',', '、', '，', ';', '|']);
    let aligned = pairs.iter().all(|(name, list)| {
        (list.left - first.left).abs() < 3.0 && !listed(&name.text) && !name.text.contains(':')
    });
    let lists = pairs.iter().filter(|(_, list)| listed(&list.text)).count();
    (aligned && lists * 2 >= pairs.len() && pairs.len() * 2 >= rows.len()).then_some(first.left)
}

/// One line of skills: `Name: one, two`, a list, a level, or a skill.
fn line(groups: &mut Vec<SkillGroup>, fact: &Fact) {
    let quote = fact.quote.as_str();
    let start = mark_length(quote);
    let colon = quote[start..]
        .char_indices()
        .find(|(_, one)| matches!(one, ':' | '：'))
        .map(|(at, one)| (start + at, one.len_utf8()))
        .filter(|(at, _)| !quote[start..*at].contains(','));
    if let Some((at, length)) = colon {
        groups.push(SkillGroup {
            name: span(fact, start, at),
            level: None,
            keywords: items(fact, at + length),
        });
        return;
    }
    if groups.is_empty() {
        groups.push(SkillGroup {
            name: None,
            level: None,
            keywords: Vec::new(),
        });
    }
    let Some(group) = groups.last_mut() else {
        return;
    };
    if group.name.is_some()
        && group.level.is_none()
        && group.keywords.is_empty()
        && words().is_level(quote)
        && !quote.contains(',')
    {
        group.level = span(fact, start, quote.len());
    } else {
        group.keywords.extend(items(fact, start));
    }
}

/// The items of a list: commas, semicolons and marks separate them, but not inside brackets.
pub(super) fn items(fact: &Fact, start: usize) -> Vec<Field> {
    let mut found = Vec::new();
    let mut from = start;
    let mut depth = 0_i32;
    for (at, one) in fact.quote[start..].char_indices() {
        match one {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth -= 1,
            ',' | ';' | '|' | '·' | '•' | '、' | '，' if depth <= 0 => {
                found.extend(span(fact, from, start + at));
                from = start + at + one.len_utf8();
            }
            _ => {}
        }
    }
    found.extend(span(fact, from, fact.quote.len()));
    found
}

/// Languages with how well they are known.
pub(super) fn languages(scribe: &mut Scribe<'_>, rows: &[Row]) {
    let pairs = rows.iter().all(|row| row.cells.len() == 2)
        && rows.iter().any(|row| {
            row.cells
                .get(1)
                .is_some_and(|cell| words().is_level(&cell.text))
        });
    if pairs {
        for row in rows {
            let language = scribe.field(&[&row.cells[0]], Join::Words);
            let fluency = scribe.field(&[&row.cells[1]], Join::Words);
            let skill = language.map(|language| LanguageSkill { language, fluency });
            scribe.collector.profile.languages.extend(skill);
        }
        return;
    }
    for cell in rows.iter().flat_map(|row| &row.cells) {
        let Some(fact) = scribe.fact(&[cell], Join::Words) else {
            continue;
        };
        let quote = fact.quote.as_str();
        let rated = !quote.chars().any(char::is_alphabetic);
        let open = scribe
            .collector
            .profile
            .languages
            .last_mut()
            .filter(|last| last.fluency.is_none());
        if rated || words().is_level(quote) && open.is_some() {
            match open {
                Some(last) if !rated => last.fluency = span(&fact, 0, quote.len()),
                _ => scribe
                    .collector
                    .keep_unread(fact.locator.clone(), quote.to_owned()),
            }
            continue;
        }
        let start = mark_length(quote);
        let read = one(&fact, start);
        scribe.collector.profile.languages.extend(read);
    }
}

/// One line of languages: `English: Native`, `English (C1), German (B2)`, `English - fluent`.
fn one(fact: &Fact, start: usize) -> Vec<LanguageSkill> {
    let quote = fact.quote.as_str();
    for mark in [":", " – ", " — ", " - "] {
        if let Some(at) = quote[start..].find(mark) {
            let at = start + at;
            return span(fact, start, at)
                .map(|language| LanguageSkill {
                    language,
                    fluency: span(fact, at + mark.len(), quote.len()),
                })
                .into_iter()
                .collect();
        }
    }
    let parts = items(fact, start);
    if parts.len() > 1 {
        return parts
            .into_iter()
            .filter_map(|part| {
                let open = part.text.find(" (").filter(|_| part.text.ends_with(')'));
                let from = part.cite.start;
                match open {
                    Some(open) => Some(LanguageSkill {
                        language: span(fact, from, from + open)?,
                        fluency: span(fact, from + open + 2, part.cite.end - 1),
                    }),
                    None => Some(LanguageSkill {
                        language: part,
                        fluency: None,
                    }),
                }
            })
            .collect();
    }
    if start == 0 {
        return language(fact).into_iter().collect();
    }
    let open = quote[start..]
        .find(" (")
        .map(|at| start + at)
        .filter(|_| quote.ends_with(')'));
    if let Some(open) = open {
        return span(fact, start, open)
            .map(|language| LanguageSkill {
                language,
                fluency: span(fact, open + 2, quote.len() - 1),
            })
            .into_iter()
            .collect();
    }
    span(fact, start, quote.len())
        .map(|language| LanguageSkill {
            language,
            fluency: None,
        })
        .into_iter()
        .collect()
}

/// Whether a line is nothing but short words with commas between them: "Rust, Kafka, CI/CD".
pub(super) fn is_keywords(text: &str) -> bool {
    let text = text.trim();
    let parts: Vec<&str> = text.split(", ").collect();
    let short = |part: &&str| {
        let words = part.split_whitespace().count();
        (1..=3).contains(&words)
            && part.chars().count() <= 30
            && !part.contains(['.', ':', ';', '!', '?'])
            || part.split_whitespace().count() == 1
    };
    parts.len() >= 3 && !text.ends_with(['.', '!', '?']) && parts.iter().all(short)
}
