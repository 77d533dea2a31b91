//! What a profile says, without where it says so: for "nothing is lost".

use std::collections::BTreeMap;

use career::{Field, Profile};
use serde_json::{Value, json};

/// Everything a profile says, as lines; places and hashes of its sources left out.
pub fn lines(profile: &Profile) -> Vec<String> {
    let mut lines = Vec::new();
    let mut value = serde_json::to_value(profile).unwrap_or_default();
    let unread = value["unread"].take();
    let endorsements = value["endorsements"].take();
    value["facts"].take();
    // Ways to reach somebody are told apart by their kind; between kinds is no order.
    if let Some(contacts) = value["contacts"].as_array_mut() {
        contacts.sort_by_key(|contact| contact["kind"].to_string());
    }
    // Entries are named by their section and their place in it; between sections is no order.
    let entries = value["entries"].take();
    for entry in entries.as_array().into_iter().flatten() {
        walk(&format!("/{}", entry["id"]), &bare(entry), &mut lines);
    }
    walk("", &bare(&value), &mut lines);
    for part in unread.as_array().into_iter().flatten() {
        lines.push(format!("unread {}", part["content"]));
    }
    walk("endorsements", &endorsements, &mut lines);
    lines
}

/// Fields as their words.
fn bare(value: &Value) -> Value {
    if let Ok(field) = serde_json::from_value::<Field>(value.clone()) {
        return json!(field.text);
    }
    match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), bare(value)))
            .collect(),
        Value::Array(items) => items.iter().map(bare).collect(),
        other => other.clone(),
    }
}

fn walk(place: &str, value: &Value, lines: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                walk(&format!("{place}/{key}"), value, lines);
            }
        }
        Value::Array(items) => {
            for (number, value) in items.iter().enumerate() {
                walk(&format!("{place}/{number}"), value, lines);
            }
        }
        Value::Null => {}
        other => lines.push(format!("{place} {other}")),
    }
}

/// How many pieces a profile has, and which of them are not in what is read out of `written`.
pub fn lost(profile: &Profile, written: &Value) -> (usize, Vec<String>) {
    let before = lines(profile);
    let text = written.to_string();
    let after = match intake::read_evidence("again.json", text.as_bytes()) {
        Ok(evidence) => lines(&evidence.profile),
        Err(error) => return (before.len(), vec![format!("not read again: {error}")]),
    };
    let mut count: BTreeMap<&str, i64> = BTreeMap::new();
    for line in &before {
        *count.entry(line).or_default() += 1;
    }
    for line in &after {
        *count.entry(line).or_default() -= 1;
    }
    let changed = count.into_iter().filter(|(_, count)| *count != 0);
    let lost = changed.map(|(line, count)| {
        let what = if count > 0 { "lost" } else { "new" };
        format!("{what}: {line}")
    });
    (before.len(), lost.collect())
}
