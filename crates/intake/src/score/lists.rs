//! Skills, languages and lines under headings of their own against the truth.

use serde_json::Value;

use super::fold::{letters, same, words_of};
use super::{Reading, Score, many, text};

/// Skills: names of groups and what is in them.
pub(super) fn groups(score: &mut Score, truth: &Value, reading: &Reading<'_>) {
    let Some(wanted) = truth
        .get("skills")
        .or_else(|| truth.get("topSkills"))
        .and_then(Value::as_array)
    else {
        return;
    };
    let mut names = Vec::new();
    let mut keywords = Vec::new();
    for item in wanted {
        match item {
            Value::String(skill) => keywords.push(skill.clone()),
            group => {
                let inside: Vec<String> = group
                    .get("keywords")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .filter_map(|keyword| text(Some(keyword)))
                    .collect();
                let name = text(group.get("name"));
                if inside.is_empty() {
                    keywords.extend(name);
                } else {
                    names.extend(name);
                }
                keywords.extend(inside);
            }
        }
    }
    let mut read_names = Vec::new();
    let mut read = Vec::new();
    for group in &reading.profile.skills {
        let name = group.name.as_ref().map(|name| name.text.clone());
        if group.keywords.is_empty() {
            read.extend(name);
        } else {
            read_names.extend(name);
        }
        read.extend(group.keywords.iter().map(|keyword| keyword.text.clone()));
    }
    many(score, reading, "skills.groups", &names, &read_names, same);
    many(score, reading, "skills.keywords", &keywords, &read, same);
}

pub(super) fn languages(score: &mut Score, truth: &Value, reading: &Reading<'_>) {
    let Some(wanted) = truth.get("languages").and_then(Value::as_array) else {
        return;
    };
    let of = |item: &Value, key: &str| text(item.get(key));
    let names: Vec<String> = wanted
        .iter()
        .filter_map(|item| {
            of(item, "language")
                .or_else(|| of(item, "name"))
                .or_else(|| text(Some(item)))
        })
        .collect();
    let levels: Vec<String> = wanted
        .iter()
        .filter_map(|item| of(item, "fluency"))
        .collect();
    let read = &reading.profile.languages;
    let read_names: Vec<String> = read
        .iter()
        .map(|skill| skill.language.text.clone())
        .collect();
    let read_levels: Vec<String> = read
        .iter()
        .filter_map(|skill| skill.fluency.as_ref().map(|level| level.text.clone()))
        .collect();
    many(score, reading, "languages.name", &names, &read_names, same);
    many(
        score,
        reading,
        "languages.fluency",
        &levels,
        &read_levels,
        same,
    );
}

/// Lines under headings of their own: each must be found whole in one entry, one language, or among
/// what is kept unread.
pub(super) fn others(score: &mut Score, truth: &Value, reading: &Reading<'_>) {
    let Some(sections) = truth.get("otherSections").and_then(Value::as_object) else {
        return;
    };
    let profile = reading.profile;
    let mut places: Vec<String> = profile
        .unread
        .iter()
        .map(|unread| letters(&unread.content))
        .collect();
    places.extend(profile.entries.iter().map(|entry| {
        let texts: Vec<&str> = entry.fields().map(|field| field.text.as_str()).collect();
        letters(&texts.join(" "))
    }));
    places.extend(profile.languages.iter().map(|skill| {
        let level = skill.fluency.as_ref().map_or("", |level| &level.text);
        letters(&format!("{} {level}", skill.language.text))
    }));
    for (name, lines) in sections.iter().filter(|(name, _)| *name != "summary") {
        for line in lines
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|line| text(Some(line)))
        {
            let kind = format!("other.{}", name.to_lowercase().replace(' ', "_"));
            let wanted = words_of(&line);
            let found = places.iter().any(|place| {
                let within = |word: &String| place.contains(&letters(word));
                let dated = |word: &String| word.chars().all(|one| one.is_ascii_digit());
                wanted.iter().all(|word| within(word) || dated(word))
            });
            if found {
                score.right(&kind);
            } else {
                score.missing(&kind, &line);
            }
        }
    }
}
