//! Answers of LinkedIn's member data portability interface (`memberSnapshotData`): the same tables
//! as in the archive, as JSON pages of one domain or of all.
//!
//! A page is `{"elements": [{"snapshotDomain", "snapshotData": [{column: words}]}], "paging"}`.
//! Several pages are given as a JSON list of them. A page may tell under `notRead` which domains are
//! missing.
//!
//! Three domains need more care than their tables in the archive. Endorsements and recommendations
//! come with those the member gave: what somebody says of others is no evidence about them. The profile
//! summary is one that LinkedIn had a machine write: not the member's words.

mod direction;

use std::collections::BTreeMap;

use career::fact::Locator;
use serde_json::Value;

use super::archive::FileKind;
use super::table::Table;
use crate::IntakeError;
use crate::collect::Collector;
use crate::evidence::{Evidence, SourceKind};

/// The most rows of all domains together that are read.
const MAX_ROWS: usize = 50_000;
/// Missing domains that are told at most: there are about sixty.
const MAX_MISSING: usize = 60;

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

/// A row: where it stands and its cells.
type Row = (String, Vec<(String, String)>);
type Rows = Vec<Row>;

/// Reads answers.
pub(crate) fn read(source: &str, bytes: &[u8], document: &Value) -> Result<Evidence, IntakeError> {
    let mut collector = Collector::new(source, bytes);
    let mut domains = tables(&mut collector, document);
    summary_by_machine(
        &mut collector,
        domains.remove("summary").unwrap_or_default(),
    );
    if let Some(rows) = domains.remove("endorsements") {
        domains.insert("endorsements", direction::received_endorsements(rows));
    }
    if let Some(rows) = domains.remove("recommendations") {
        let names = direction::names(domains.get("profile").and_then(|rows| rows.first()));
        let (received, others) = direction::recommendations(rows, &names);
        if !others.is_empty() {
            let notice = "linkedin_recommendations_unclear";
            collector.notices.push(notice.to_owned());
        }
        for row in &others {
            keep(&mut collector, row, "Text");
        }
        domains.insert("recommendations", received);
    }
    missing(&mut collector, document);
    let tables = domains
        .into_iter()
        .map(|(key, rows)| (key, Table::of_objects(rows)))
        .collect();
    super::finish(collector, &tables, SourceKind::LinkedinSnapshot)
}

/// The rows of the domains that are known.
fn tables(collector: &mut Collector, document: &Value) -> BTreeMap<&'static str, Rows> {
    let mut domains: BTreeMap<&'static str, Rows> = BTreeMap::new();
    let mut count = 0;
    for (place, page) in pages(document) {
        let elements = page.get("elements").and_then(Value::as_array);
        for (number, element) in elements.into_iter().flatten().enumerate() {
            let domain = element.get("snapshotDomain").and_then(Value::as_str);
            let Some(kind) = domain.and_then(FileKind::named) else {
                continue;
            };
            let place = format!("{place}/elements/{number}/snapshotData");
            for (pointer, value) in rows(place, element.get("snapshotData")) {
                count += 1;
                if count > MAX_ROWS {
                    break;
                }
                let fields = value.as_object().into_iter().flatten();
                let fields = fields.filter_map(|(key, value)| Some((key.clone(), words(value)?)));
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
    domains
}

/// The rows of a domain. A single one may come without a list around it.
fn rows(place: String, data: Option<&Value>) -> Vec<(String, &Value)> {
    match data {
        Some(Value::Array(rows)) => {
            let rows = rows.iter().enumerate();
            rows.map(|(row, value)| (format!("{place}/{row}"), value))
                .collect()
        }
        Some(row @ Value::Object(_)) => vec![(place, row)],
        _ => Vec::new(),
    }
}

/// A cell. Numbers are words that somebody left the quotes off.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

fn keep(collector: &mut Collector, (pointer, cells): &Row, column: &str) {
    let mut cells = cells.iter();
    let cell = cells.find(|(name, words)| name == column && !words.trim().is_empty());
    if let Some((name, words)) = cell {
        let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        collector.keep_unread(Locator::JsonPointer { pointer }, words.clone());
    }
}

fn summary_by_machine(collector: &mut Collector, rows: Rows) {
    for row in &rows {
        let before = collector.profile.unread.len();
        for (column, _) in &row.1 {
            keep(collector, row, column);
        }
        if before == 0 && !collector.profile.unread.is_empty() {
            collector.notices.push("linkedin_summary_made".to_owned());
        }
    }
}

/// Tells which domains whoever asked for the answers did not get.
fn missing(collector: &mut Collector, document: &Value) {
    let missing = pages(document).filter_map(|(_, page)| page.get("notRead")?.as_array());
    let domains = missing
        .flatten()
        .filter_map(|domain| domain.get("snapshotDomain")?.as_str());
    for domain in domains.take(MAX_MISSING) {
        let words = domain.to_lowercase().replace('_', " ");
        collector.notices.push(format!("linkedin_not_read:{words}"));
    }
}
