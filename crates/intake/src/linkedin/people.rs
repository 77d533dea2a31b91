//! The files about the person: name, headline, summary, ways to reach them.

use std::collections::BTreeMap;

use career::{ContactKind, Fact, Field};

use super::table::Table;
use crate::collect::{Collector, add_contact, paragraphs};

/// Reads what is at the top of a résumé. Address, birth date and the like are left where they are.
pub(super) fn read(collector: &mut Collector, tables: &BTreeMap<&'static str, Table>) {
    email(collector, tables);
    phone(collector, tables);
    if let Some(row) = tables.get("profile").and_then(|table| table.rows().next()) {
        for column in ["First Name", "Last Name"] {
            let part = row.field(collector, &[column]);
            collector.profile.name.extend(part);
        }
        collector.profile.headline = row.field(collector, &["Headline"]);
        if let Some(fact) = row.fact(collector, &["Summary"]) {
            collector.profile.summary = paragraphs(&fact);
        }
        let place = row.field(collector, &["Geo Location"]);
        add_contact(collector, ContactKind::Location, place);
        if let Some(fact) = row.fact(collector, &["Websites"]) {
            websites(collector, &fact);
        }
        row.keep(collector, &["Industry", "Twitter Handles"]);
    }
    let first = tables.get("summary").and_then(|table| table.rows().next());
    if let Some(row) = first.filter(|_| collector.profile.summary.is_empty())
        && let Some(fact) = row.fact(collector, &["Profile Summary", "Summary"])
    {
        collector.profile.summary = paragraphs(&fact);
    }
}

fn email(collector: &mut Collector, tables: &BTreeMap<&'static str, Table>) {
    let Some(table) = tables.get("emails") else {
        return;
    };
    let is_primary = |words: Option<String>| {
        words.is_some_and(|word| matches!(word.trim().to_lowercase().as_str(), "yes" | "true"))
    };
    let row = table
        .rows()
        .find(|row| is_primary(row.words(&["Primary"])))
        .or_else(|| table.rows().next());
    let address = row.and_then(|row| row.field(collector, &["Email Address"]));
    add_contact(collector, ContactKind::Email, address);
}

/// The first number; the country's prefix is a part of its own where the export keeps it apart.
fn phone(collector: &mut Collector, tables: &BTreeMap<&'static str, Table>) {
    let row = tables
        .get("phones")
        .and_then(|table| table.rows().find(|row| row.words(&["Number"]).is_some()));
    if let Some(row) = row {
        let parts: Vec<Field> = ["Extension", "Number"]
            .iter()
            .filter_map(|column| row.field(collector, &[column]))
            .collect();
        add_contact(collector, ContactKind::Phone, parts);
    }
}

/// `[PORTFOLIO:https://one,OTHER:https://two]`: each address is a span of the one cell.
fn websites(collector: &mut Collector, fact: &Fact) {
    let quote = fact.quote.as_str();
    let mut has_own_site = false;
    for (start, _) in quote.match_indices("http") {
        let rest = &quote[start..];
        let begins = rest.starts_with("http://") || rest.starts_with("https://");
        let inside_address = quote[..start]
            .chars()
            .next_back()
            .is_some_and(|before| !"[,:; \n".contains(before));
        if !begins || inside_address {
            continue;
        }
        let length = rest
            .find([',', ']', ' ', ';', '\n', '\r'])
            .unwrap_or(rest.len());
        let Some(field) = Field::span(fact, start, start + length) else {
            continue;
        };
        let kind = if has_own_site || is_network(&field.text) {
            ContactKind::Network
        } else {
            has_own_site = true;
            ContactKind::Website
        };
        add_contact(collector, kind, [field]);
    }
}

fn is_network(address: &str) -> bool {
    let host = address
        .split("//")
        .nth(1)
        .and_then(|rest| rest.split(['/', '?', '#']).next())
        .unwrap_or_default();
    let host = host.trim_start_matches("www.");
    [
        "github.com",
        "gitlab.com",
        "linkedin.com",
        "stackoverflow.com",
        "twitter.com",
        "x.com",
    ]
    .contains(&host)
}
