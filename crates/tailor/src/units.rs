//! The statements of a profile: what can be matched, and what becomes a line, cut the same way.

use career::{Cite, Entry, Field, Profile, SectionKind};

/// Above so many characters a bullet is cut into its sentences.
const LONG: usize = 400;

/// What a statement is in its profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Headline,
    Summary,
    Title,
    Told,
    Bullet,
    Keyword,
    Course,
    Skill,
    Language,
}

/// One statement.
#[derive(Debug, Clone)]
pub(crate) struct Unit<'a> {
    pub cite: Cite,
    pub text: &'a str,
    pub place: Place,
    pub entry: Option<&'a Entry>,
}

/// All statements of a profile worth matching, in its order.
pub(crate) fn units(profile: &Profile) -> Vec<Unit<'_>> {
    let mut units = Vec::new();
    if let Some(headline) = &profile.headline {
        units.push(whole(headline, Place::Headline, None));
    }
    for paragraph in &profile.summary {
        units.extend(cut(paragraph, true, Place::Summary, None));
    }
    for entry in &profile.entries {
        if entry.section == SectionKind::References {
            continue;
        }
        let keyword = if entry.section == SectionKind::Education {
            Place::Course
        } else {
            Place::Keyword
        };
        for field in entry.title.iter().chain(&entry.subtitle) {
            units.push(whole(field, Place::Title, Some(entry)));
        }
        for paragraph in &entry.summary {
            units.extend(cut(paragraph, true, Place::Told, Some(entry)));
        }
        for bullet in &entry.highlights {
            units.extend(cut(bullet, false, Place::Bullet, Some(entry)));
        }
        for field in &entry.keywords {
            units.push(whole(field, keyword, Some(entry)));
        }
    }
    for group in &profile.skills {
        // A group's name ("Frontend") is a heading; without keywords it is the skill itself.
        if group.keywords.is_empty() {
            units.extend(
                group
                    .name
                    .iter()
                    .map(|name| whole(name, Place::Skill, None)),
            );
        }
        units.extend(
            group
                .keywords
                .iter()
                .map(|word| whole(word, Place::Skill, None)),
        );
    }
    for language in &profile.languages {
        units.push(whole(&language.language, Place::Language, None));
    }
    units.retain(|unit| !career::text::clean(unit.text).is_empty());
    units
}

fn whole<'a>(field: &'a Field, place: Place, entry: Option<&'a Entry>) -> Unit<'a> {
    Unit {
        cite: field.cite.clone(),
        text: &field.text,
        place,
        entry,
    }
}

fn cut<'a>(
    field: &'a Field,
    always: bool,
    place: Place,
    entry: Option<&'a Entry>,
) -> Vec<Unit<'a>> {
    statements(field, always)
        .into_iter()
        .filter_map(|cite| {
            let from = cite.start.checked_sub(field.cite.start)?;
            let to = cite.end.checked_sub(field.cite.start)?;
            let text = field.text.get(from..to)?;
            Some(Unit {
                cite,
                text,
                place,
                entry,
            })
        })
        .collect()
}

/// The statements of a field as spans of its fact: its sentences when it is running text or long,
/// else the whole.
pub(crate) fn statements(field: &Field, always: bool) -> Vec<Cite> {
    if !always && field.text.chars().count() <= LONG {
        return vec![field.cite.clone()];
    }
    career::text::sentences(&field.text)
        .into_iter()
        .filter(|(from, to)| field.text[*from..*to].chars().any(char::is_alphanumeric))
        .map(|(from, to)| Cite {
            fact: field.cite.fact.clone(),
            start: field.cite.start + from,
            end: field.cite.start + to,
        })
        .collect()
}
