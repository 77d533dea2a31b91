//! `JobPosting` as schema.org describes it, from the microdata attributes of a page.

use career::text::clean;
use career::{PartialDate, PayUnit, Salary};
use scraper::Html;
use scraper::node::Element;

use super::dom::{Tree, elements};
use super::hidden::Context;
use super::{Found, readable, salary};

/// Reads the first posting that a page marks up so.
pub(super) fn find(html: &Html, names: &Context) -> Option<Found> {
    let (root, _) = elements(html).find(|(_, element)| {
        element.attr("itemtype").is_some_and(|kind| {
            kind.trim_end_matches('/')
                .ends_with("schema.org/JobPosting")
        })
    })?;
    let property = |name: &str| value_of(root, name, names);
    let company = below(root, "hiringOrganization").and_then(|organization| {
        value_of(organization, "name", names).or_else(|| content_of(organization, names))
    });
    let mut places: Vec<String> = Vec::new();
    for name in ["addressLocality", "addressRegion", "addressCountry"] {
        if let Some(part) = property(name).filter(|part| !places.contains(part)) {
            places.push(part);
        }
    }
    let location = if places.is_empty() {
        property("jobLocation")
    } else {
        Some(places.join(", "))
    };
    let remote = property("jobLocationType")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("telecommute"))
        .then_some(true);
    Some(Found {
        text: readable::text_of(root, names, false),
        title: property("title").or_else(|| property("name")),
        company,
        location,
        remote,
        language: property("inLanguage"),
        postal_code: property("postalCode"),
        salary: pay(root, names),
        employment_type: property("employmentType"),
        date_posted: property("datePosted").and_then(|date| PartialDate::parse(&date)),
        valid_through: property("validThrough").and_then(|date| PartialDate::parse(&date)),
        ..Found::default()
    })
}

/// `baseSalary` as an amount, as words, or as a `MonetaryAmount` of its own.
fn pay(root: Tree<'_>, names: &Context) -> Option<Salary> {
    let node = below(root, "baseSalary").or_else(|| below(root, "estimatedSalary"))?;
    let inside = |name: &str| value_of(node, name, names);
    let amount = |name: &str| inside(name).and_then(|text| salary::amount_of(&text));
    let single = amount("value");
    let mut found = Salary {
        min: amount("minValue").or(single),
        max: amount("maxValue").or(single),
        currency: inside("currency"),
        unit: inside("unitText").and_then(|text| PayUnit::parse(&text)),
        raw: None,
    };
    if !found.has_amount() {
        found = content_of(node, names).and_then(|text| salary::of_json(&text.into()))?;
    }
    let currency = found.currency.take();
    found.currency = currency
        .or_else(|| value_of(root, "salaryCurrency", names))
        .and_then(|code| salary::currency_code(&code));
    Some(found)
}

fn has_property(element: &Element, name: &str) -> bool {
    element.attr("itemprop").is_some_and(|properties| {
        properties
            .split_whitespace()
            .any(|property| property == name)
    })
}

fn below<'a>(root: Tree<'a>, name: &str) -> Option<Tree<'a>> {
    root.descendants().skip(1).find(|node| {
        node.value()
            .as_element()
            .is_some_and(|element| has_property(element, name))
    })
}

fn value_of(root: Tree<'_>, name: &str, names: &Context) -> Option<String> {
    content_of(below(root, name)?, names)
}

fn content_of(node: Tree<'_>, names: &Context) -> Option<String> {
    let attribute = node
        .value()
        .as_element()
        .and_then(|element| element.attr("content"));
    let text = match attribute {
        Some(content) => clean(content),
        None => clean(&readable::text_of(node, names, true)),
    };
    (!text.is_empty()).then_some(text)
}
