//! Answers of LinkedIn's member data portability interface (`memberSnapshotData`): the same tables
//! as in the archive, as JSON pages of one domain or of all.
//!
//! A page is `{"elements": [{"snapshotDomain", "snapshotData": [{column: words}]}], "paging"}`.
//! Several pages are given as a JSON list of them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::archive::FileKind;
use super::table::Table;
use crate::IntakeError;
use crate::collect::Collector;
use crate::evidence::{Evidence, SourceKind};

/// The most rows of all domains together that are read.
const MAX_ROWS: usize = 50_000;

/// Whether a document is such an answer.
pub(crate) fn is_snapshot(document: &Value) -> bool {
    let mut pages = pages(document).peekable();
    pages.peek().is_some()
        && pages.all(|(_, page)| {
            let elements = page.get("elements").and_then(Value::as_array);
            elements.is_some_and(|elements| {
                elements
                    .iter()
                    .all(|element| element.get("snapshotDomain").is_some_and(Value::is_string))
            })
        })
}

fn pages(document: &Value) -> impl Iterator<Item = (String, &Value)> {
    let several = document.as_array().into_iter().flatten().enumerate();
    let several = several.map(|(number, page)| (format!("/{number}"), page));
    let one = document.is_object().then_some((String::new(), document));
    several.chain(one)
}

type Rows = Vec<(String, Vec<(String, String)>)>;

/// Reads answers.
pub(crate) fn read(source: &str, bytes: &[u8], document: &Value) -> Result<Evidence, IntakeError> {
    let mut collector = Collector::new(source, bytes);
    let mut domains: BTreeMap<&'static str, Rows> = BTreeMap::new();
    let mut count = 0;
    for (place, page) in pages(document) {
        let elements = page.get("elements").and_then(Value::as_array);
        for (number, element) in elements.into_iter().flatten().enumerate() {
            let domain = element.get("snapshotDomain").and_then(Value::as_str);
            let Some(kind) = domain.and_then(FileKind::named) else {
                continue;
            };
            let data = element.get("snapshotData").and_then(Value::as_array);
            for (row, value) in data.into_iter().flatten().enumerate() {
                count += 1;
                if count > MAX_ROWS {
                    break;
                }
                let pointer = format!("{place}/elements/{number}/snapshotData/{row}");
                let fields = value.as_object().into_iter().flatten();
                let fields = fields
                    .filter_map(|(key, words)| Some((key.clone(), words.as_str()?.to_owned())));
                let rows = domains.entry(kind.key()).or_default();
                rows.push((pointer, fields.collect()));
            }
        }
    }
    if count > MAX_ROWS {
        collector
            .notices
            .push("too_many_rows:snapshotData".to_owned());
    }
    let tables = domains
        .into_iter()
        .map(|(key, rows)| (key, Table::of_objects(rows)))
        .collect();
    super::finish(collector, &tables, SourceKind::LinkedinSnapshot)
}
