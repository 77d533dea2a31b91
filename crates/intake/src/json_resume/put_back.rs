//! Puts what was kept unread back to where a JSON Resume had it.
//!
//! Items may have moved since (another file before this one, an empty item left out), so places
//! inside an item follow the item.

use std::collections::{HashMap, HashSet};

use career::fact::Locator;
use career::profile::Unread;
use career::{Field, Profile};
use serde_json::{Map, Value, json};

use super::SECTIONS;

/// Longer places, in bytes, are left where they are.
const LONGEST_PLACE: usize = 1_000;

/// Where the items of the sources went.
pub(super) struct Homes {
    /// Source and place there, to the place in the document that is written.
    moved: HashMap<(String, String), String>,
    /// Sources in other formats, whose places mean nothing here.
    foreign: HashSet<String>,
    facts: HashMap<String, (String, String)>,
}

impl Homes {
    /// Nothing written yet.
    pub(super) fn new(profile: &Profile) -> Self {
        let mut homes = Self {
            moved: HashMap::new(),
            foreign: HashSet::new(),
            facts: HashMap::new(),
        };
        for fact in &profile.facts {
            if let Locator::JsonPointer { pointer } = &fact.locator {
                homes.look(&fact.source, pointer);
                let place = (fact.source.clone(), pointer.clone());
                homes.facts.insert(fact.id.0.clone(), place);
            }
        }
        for unread in &profile.unread {
            if let Locator::JsonPointer { pointer } = &unread.locator {
                homes.look(&unread.source, pointer);
            }
        }
        homes
    }

    /// A document with parts that a JSON Resume never has is one of another format.
    fn look(&mut self, source: &str, pointer: &str) {
        let first = pointer.split('/').nth(1).unwrap_or_default();
        let in_list = first.parse::<usize>().is_ok();
        if in_list || ["sections", "cv", "SkillsPassport", "Candidate", "elements"].contains(&first)
        {
            self.foreign.insert(source.to_owned());
        }
    }

    /// Notes that the item these fields are from is now at `home`.
    pub(super) fn settle<'a>(&mut self, fields: impl Iterator<Item = &'a Field>, home: String) {
        let depth = home.matches('/').count();
        let list = home
            .rsplit_once('/')
            .map_or("", |(list, _)| list)
            .to_owned();
        for field in fields {
            let Some((source, pointer)) = self.facts.get(&field.fact().0) else {
                continue;
            };
            let item: Vec<&str> = pointer.split('/').take(depth + 1).collect();
            let item = item.join("/");
            if item.starts_with(&list) && item.matches('/').count() == depth {
                let place = (source.clone(), item);
                self.moved.entry(place).or_insert_with(|| home.clone());
            }
        }
    }

    /// Where an unread part goes; `None` when its item is not written.
    fn place(&self, unread: &Unread) -> Option<String> {
        let Locator::JsonPointer { pointer } = &unread.locator else {
            return None;
        };
        // Every part of it is looked up; what is so long was never a place in a résumé.
        if pointer.len() > LONGEST_PLACE || self.foreign.contains(&unread.source) {
            return None;
        }
        let ends = pointer.match_indices('/').map(|(position, _)| position);
        for end in ends.chain([pointer.len()]) {
            let item = (unread.source.clone(), pointer.get(..end)?.to_owned());
            if let Some(home) = self.moved.get(&item) {
                return Some(format!("{home}{}", &pointer[end..]));
            }
        }
        let mut names = pointer.split('/').skip(1);
        let section = names.next()?;
        let number = names.next().or(Some("")).filter(|_| section != "basics");
        let inside_item = number.is_some_and(|number| number.parse::<usize>().is_ok());
        let lost_item =
            SECTIONS.contains(&section) && inside_item || pointer.starts_with("/basics/profiles/");
        (!lost_item).then(|| pointer.clone())
    }
}

/// The last name of the place a field is from.
pub(super) fn last_name<'a>(profile: &'a Profile, field: &Field) -> Option<&'a str> {
    match &profile.facts.get(field.fact())?.locator {
        Locator::JsonPointer { pointer } => pointer.rsplit('/').next(),
        _ => None,
    }
}

/// Puts back what has a place, and gives the rest.
pub(super) fn put_back(root: &mut Value, profile: &Profile, homes: &Homes) -> Vec<Value> {
    let mut left = Vec::new();
    for unread in &profile.unread {
        let placed = homes.place(unread).is_some_and(|place| {
            let value = serde_json::from_str(&unread.content)
                .unwrap_or_else(|_| Value::String(unread.content.clone()));
            insert_at(root, &dates_aside(&place), value)
        });
        if !placed {
            left.push(json!({
                "source": unread.source, "locator": unread.locator, "content": unread.content,
            }));
        }
    }
    left
}

/// What is no date cannot stand where the format wants one.
fn dates_aside(place: &str) -> String {
    match place.rsplit_once('/') {
        Some((item, name @ ("startDate" | "endDate" | "date" | "releaseDate"))) => {
            format!("{item}/x-{name}")
        }
        _ => place.to_owned(),
    }
}

/// Inserts at a pointer where nothing is yet; false when something else stands in the way.
fn insert_at(root: &mut Value, pointer: &str, value: Value) -> bool {
    let names: Vec<String> = pointer
        .split('/')
        .skip(1)
        .map(|name| name.replace("~1", "/").replace("~0", "~"))
        .collect();
    let Some((last, path)) = names.split_last() else {
        return false;
    };
    let mut here = root;
    for (position, name) in path.iter().enumerate() {
        here = match here {
            Value::Object(map) => {
                // One missing object or list can be made; more would be guessing.
                let innermost = position + 1 == path.len();
                let number = last.parse::<usize>().ok();
                let can_make = innermost && number.is_none_or(|at| at == 0);
                if !can_make && !map.contains_key(name) {
                    return false;
                }
                map.entry(name.as_str()).or_insert_with(|| match number {
                    Some(_) => Value::Array(Vec::new()),
                    None => Value::Object(Map::new()),
                })
            }
            Value::Array(items) => {
                match name.parse().ok().and_then(|at: usize| items.get_mut(at)) {
                    Some(item) => item,
                    None => return false,
                }
            }
            _ => return false,
        };
    }
    match here {
        Value::Object(map) if !map.contains_key(last) => {
            map.insert(last.clone(), value);
            true
        }
        Value::Array(items) if last.parse() == Ok(items.len()) => {
            items.push(value);
            true
        }
        _ => false,
    }
}
