//! The question for the line under the name, where the person has written none. The answer is ids and no
//! word: what they stand for is copied by code.

use career::{Analysis, Draft, Field, Match, Posting, Profile};
use serde_json::{Value, json};

use super::{Item, Prompt, file, list_of, object, text, wishes};
use crate::headline::{Headline, SKILLS, is_own, skills, titles};
use crate::relevance::Relevance;
use crate::tongues::Tongues;

const FILE: &str = include_str!("../../data/prompts/headline.txt");
/// Titles told at most.
const TITLES: usize = 12;
/// Skills told at most.
const TOLD: usize = 30;

/// Asks which title and skills are to stand under the name; `None` where the person has said so, or where
/// there is nothing to choose.
pub fn ask_headline(
    draft: &Draft,
    profile: &Profile,
    posting: &Posting,
    analysis: &Analysis,
    matches: &[Match],
) -> Option<Prompt> {
    let (titles, skills) = offered(draft, profile, analysis, matches);
    if titles.is_empty() || titles.len() + skills.len() < 2 {
        return None;
    }
    let list = |fields: &[&Field], letter: char, name: &str| -> Vec<Value> {
        let numbered = fields.iter().zip(1..);
        numbered
            .map(|(field, number): (_, usize)| json!({"id": format!("{letter}{number}"), name: field.text}))
            .collect()
    };
    let (version, system) = file(FILE);
    Some(Prompt {
        version,
        system,
        ground: json!({"posting": wishes(posting, analysis)}),
        items: vec![Item {
            id: "headline".to_owned(),
            content: json!({
                "titles": list(&titles, 't', "title"),
                "skills": list(&skills, 's', "skill"),
            }),
        }],
        list: "headlines",
        schema: object(&[("title", text()), ("skills", list_of(text()))]),
        fields: vec!["titles", "skills"],
    })
}

/// What there is to choose: titles, in the résumé's language where one is, and the skills that answer the
/// posting, the best first.
fn offered<'a>(
    draft: &Draft,
    profile: &'a Profile,
    analysis: &Analysis,
    matches: &[Match],
) -> (Vec<&'a Field>, Vec<&'a Field>) {
    if is_own(profile) {
        return (Vec::new(), Vec::new());
    }
    let language = &draft.resume.language;
    let tongues = Tongues::of(profile, Some(language));
    let once = |fields: Vec<&'a Field>, most: usize| {
        let mut said: Vec<String> = Vec::new();
        let mut fields = fields;
        fields.retain(|field| {
            let words = field.text.to_lowercase();
            let new = !said.contains(&words);
            said.push(words);
            new
        });
        fields.truncate(most);
        fields
    };
    let mut titles = titles(profile);
    if titles
        .iter()
        .any(|title| tongues.is_in(title.fact(), language))
    {
        titles.retain(|title| tongues.is_in(title.fact(), language));
    }
    let relevance = Relevance::new(analysis, matches);
    let worth = |field: &Field| {
        let cite = &field.cite;
        relevance.value(
            &relevance
                .of_span(&cite.fact, cite.start, cite.end)
                .collect(),
        )
    };
    let mut skills: Vec<(f32, &Field)> = skills(profile)
        .into_iter()
        .map(|field| (worth(field), field))
        .filter(|(worth, _)| *worth > 0.0)
        .collect();
    skills.sort_by(|one, other| other.0.total_cmp(&one.0));
    let skills = skills.into_iter().map(|(_, field)| field).collect();
    (once(titles, TITLES), once(skills, TOLD))
}

/// The line that an answer chooses. One that names anything that was not offered chooses nothing.
pub fn headline_of(
    answer: &Value,
    draft: &Draft,
    profile: &Profile,
    (analysis, matches): (&Analysis, &[Match]),
) -> Option<Headline> {
    let (titles, skills) = offered(draft, profile, analysis, matches);
    let chosen = |id: &Value, letter: char, fields: &[&Field]| {
        let number: usize = id.as_str()?.strip_prefix(letter)?.parse().ok()?;
        let field = fields.get(number.checked_sub(1)?)?;
        Some(field.cite.clone())
    };
    let ids = answer["skills"].as_array()?;
    Some(Headline {
        title: chosen(&answer["title"], 't', &titles)?,
        skills: ids
            .iter()
            .take(SKILLS)
            .map(|id| chosen(id, 's', &skills))
            .collect::<Option<_>>()?,
    })
}
