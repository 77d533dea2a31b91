//! What a member's own data came to, and the one form in which it is kept as a source.

use std::fmt;

use serde_json::{Map, Value, json};

use super::LinkedInError;

/// A row of a table, as LinkedIn gives it.
pub(super) type Row = Map<String, Value>;

/// The rows of each domain, and the domains that were not read to their end.
pub struct Answers {
    /// Rows by domain, in the order the domains are asked for.
    pub(super) domains: Vec<(&'static str, Vec<Row>)>,
    /// What is missing, and why.
    pub(super) missed: Vec<(&'static str, LinkedInError)>,
}

/// Rows are somebody's life: only counts are ever written to a log.
impl fmt::Debug for Answers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.domains.iter().map(|(name, rows)| (name, rows.len()));
        formatter
            .debug_map()
            .entries(counts)
            .entry(&"missed", &self.missed)
            .finish()
    }
}

impl Answers {
    /// How many rows a domain has.
    pub fn rows(&self, domain: &str) -> usize {
        let mut domains = self.domains.iter();
        let found = domains.find(|(name, _)| *name == domain);
        found.map_or(0, |(_, rows)| rows.len())
    }

    /// The domains that were not read to their end, and why.
    pub fn missed(&self) -> &[(&'static str, LinkedInError)] {
        &self.missed
    }

    /// All answers as one JSON document in LinkedIn's own shape: a page a domain. Keys are sorted and
    /// paging is left out, so that the same data always is the same bytes and is kept once. What is
    /// missing stands on a page of its own, so that the source says so as long as it is kept.
    pub fn document(&self) -> Vec<u8> {
        let filled = self.domains.iter().filter(|(_, rows)| !rows.is_empty());
        let mut pages: Vec<Value> = filled
            .map(|(domain, rows)| {
                let rows: Vec<Value> = rows.iter().map(sorted_row).collect();
                json!({"elements": [{"snapshotDomain": domain, "snapshotData": rows}]})
            })
            .collect();
        if !self.missed.is_empty() {
            let missed = self.missed.iter();
            let missed: Vec<Value> = missed
                .map(|(domain, error)| json!({"snapshotDomain": domain, "reason": error.code()}))
                .collect();
            pages.push(json!({"elements": [], "notRead": missed}));
        }
        Value::Array(pages).to_string().into_bytes()
    }
}

fn sorted_row(row: &Row) -> Value {
    let mut keys: Vec<(&String, &Value)> = row.iter().collect();
    keys.sort_by_key(|(key, _)| *key);
    let sorted = keys
        .into_iter()
        .map(|(key, value)| (key.clone(), sorted(value)));
    Value::Object(sorted.collect())
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(row) => sorted_row(row),
        Value::Array(values) => values.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(row: &str) -> Answers {
        Answers {
            domains: vec![
                ("PROFILE", Vec::new()),
                ("SKILLS", vec![serde_json::from_str(row).unwrap()]),
            ],
            missed: vec![("COURSES", LinkedInError::Offline)],
        }
    }

    #[test]
    fn the_same_data_is_the_same_document_however_it_was_ordered() {
        let one = answers(r#"{"Name":"Rust","Of":{"a":1,"b":[{"c":1,"d":2}]}}"#);
        let other = answers(r#"{"Of":{"b":[{"d":2,"c":1}],"a":1},"Name":"Rust"}"#);
        assert_eq!(one.document(), other.document());
        assert_eq!(
            String::from_utf8(one.document()).unwrap(),
            r#"[{"elements":[{"snapshotDomain":"SKILLS","snapshotData":[{"Name":"Rust","Of":{"a":1,"b":[{"c":1,"d":2}]}}]}]},{"elements":[],"notRead":[{"snapshotDomain":"COURSES","reason":"linkedin_offline"}]}]"#
        );
    }

    #[test]
    fn what_a_log_shows_of_it_is_counts() {
        let shown = format!("{:?}", answers(r#"{"Name":"Rust"}"#));
        assert!(
            shown.contains("SKILLS") && !shown.contains("Rust"),
            "{shown}"
        );
    }
}
