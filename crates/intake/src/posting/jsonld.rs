//! `JobPosting` as schema.org describes it, from the JSON-LD scripts of a page.

use career::text::clean;
use career::{PartialDate, Salary};
use scraper::Html;
use serde_json::{Map, Value};

use super::{Found, dom, fragment, salary};

/// Scripts longer than this are not read.
const MAX_SCRIPT: usize = 2 << 20;
/// Values looked at in one script.
const MAX_VALUES: usize = 100_000;

/// Properties beside the description that say what is asked for, and the heading they get.
const PARTS: [(&str, &str); 6] = [
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("skills", "Skills"),
    ("experienceRequirements", "Experience requirements"),
    ("educationRequirements", "Education requirements"),
    ("jobBenefits", "Benefits"),
];

/// The page's job postings, in order.
pub(super) fn find(html: &Html) -> Vec<Map<String, Value>> {
    let mut postings = Vec::new();
    for (node, element) in dom::elements(html) {
        let is_data = element.name() == "script"
            && element
                .attr("type")
                .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
        if is_data {
            let script = dom::raw_text(node);
            let value = parse(&script).filter(|_| script.len() <= MAX_SCRIPT);
            if let Some(value) = value {
                collect(value, &mut postings);
            }
        }
    }
    postings
}

fn parse(script: &str) -> Option<Value> {
    let trimmed = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("-->")
        .trim_end_matches("]]>")
        .trim_end_matches("//")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(trimmed)
        .or_else(|_| serde_json::from_str(tidy(trimmed).trim().trim_end_matches(';')))
        .ok()
}

/// Takes out what JSON does not allow and pages hold anyway: comments, trailing commas, raw
/// control characters inside strings.
fn tidy(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut characters = script.chars().peekable();
    let mut in_string = false;
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                in_string = !in_string;
                out.push('"');
            }
            '\\' if in_string => {
                out.push('\\');
                out.extend(characters.next());
            }
            '\n' if in_string => out.push_str("\\n"),
            _ if in_string && character.is_control() => out.push(' '),
            '/' if !in_string && characters.peek() == Some(&'/') => {
                while characters.peek().is_some_and(|next| *next != '\n') {
                    characters.next();
                }
            }
            '/' if !in_string && characters.peek() == Some(&'*') => {
                let mut before = ' ';
                for next in characters.by_ref() {
                    if before == '*' && next == '/' {
                        break;
                    }
                    before = next;
                }
            }
            '}' | ']' if !in_string => {
                let length = out.trim_end().len();
                if out[..length].ends_with(',') {
                    out.truncate(length - 1);
                }
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out
}

/// Postings inside arrays, `@graph` and other wrappers, in document order.
fn collect(value: Value, postings: &mut Vec<Map<String, Value>>) {
    let mut stack = vec![value];
    let mut seen = 0;
    while let Some(value) = stack.pop() {
        seen += 1;
        if seen > MAX_VALUES {
            return;
        }
        match value {
            Value::Array(items) => stack.extend(items.into_iter().rev()),
            Value::Object(map) if is_posting(&map) => postings.push(map),
            Value::Object(map) => {
                let values: Vec<Value> = map.into_iter().map(|(_, value)| value).collect();
                stack.extend(values.into_iter().rev());
            }
            _ => {}
        }
    }
}

fn is_posting(map: &Map<String, Value>) -> bool {
    let names = |value: &Value| {
        value.as_str().is_some_and(|name| {
            name.rsplit(['/', ':', '#'])
                .next()
                .is_some_and(|name| name.eq_ignore_ascii_case("JobPosting"))
        })
    };
    match map.get("@type").or_else(|| map.get("type")) {
        Some(Value::Array(types)) => types.iter().any(names),
        Some(one) => names(one),
        None => false,
    }
}

/// The first posting in a JSON document.
pub(super) fn read_data(data: Value) -> Option<Found> {
    let mut postings = Vec::new();
    collect(data, &mut postings);
    postings.first().map(read)
}

/// What a posting says.
pub(super) fn read(posting: &Map<String, Value>) -> Found {
    let mut hidden = Vec::new();
    let description = words(posting.get("description"));
    let mut text = fragment::text_of(&description, &mut hidden);
    for (key, heading) in PARTS {
        let part = fragment::text_of(&words(posting.get(key)), &mut hidden);
        if !part.is_empty() && !text.contains(&part) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(heading);
            text.push('\n');
            text.push_str(&part);
        }
    }
    let location = place(posting.get("jobLocation"));
    let telecommute = words(posting.get("jobLocationType"))
        .to_ascii_uppercase()
        .contains("TELECOMMUTE");
    Found {
        text,
        title: line(posting.get("title")).or_else(|| line(posting.get("name"))),
        company: organization(posting.get("hiringOrganization")),
        location: location.or_else(|| place(posting.get("applicantLocationRequirements"))),
        remote: telecommute.then_some(true),
        language: line(posting.get("inLanguage")),
        postal_code: postal_code(posting.get("jobLocation")),
        salary: pay(posting),
        employment_type: types(posting.get("employmentType")),
        date_posted: date(posting.get("datePosted")),
        valid_through: date(posting.get("validThrough")),
        apply_url: line(posting.get("url")).filter(|url| super::is_web_address(url)),
        hidden,
    }
}

/// `baseSalary`, or what an employer expects to pay: an amount, a range, or words.
fn pay(posting: &Map<String, Value>) -> Option<Salary> {
    let mut found = posting
        .get("baseSalary")
        .or_else(|| posting.get("estimatedSalary"))
        .and_then(salary::of_json)?;
    if found.currency.is_none() {
        found.currency = posting.get("salaryCurrency").and_then(salary::currency_of);
    }
    Some(found)
}

/// One type of employment, or several joined with commas.
fn types(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Array(items) => {
            let names: Vec<String> = items.iter().filter_map(|item| line(Some(item))).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        other => line(Some(other)),
    }
}

fn date(value: Option<&Value>) -> Option<PartialDate> {
    PartialDate::parse(value?.as_str()?)
}

/// A text, the texts of a list as list items, or the name of an object.
fn words(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => items.iter().fold(String::new(), |list, item| {
            list + "<li>" + &words(Some(item)) + "</li>"
        }),
        Some(Value::Object(map)) => ["name", "description", "credentialCategory"]
            .iter()
            .find_map(|key| map.get(*key)?.as_str())
            .unwrap_or_default()
            .to_owned(),
        _ => String::new(),
    }
}

pub(super) fn line(value: Option<&Value>) -> Option<String> {
    let text = clean(&html_escape::decode_html_entities(value?.as_str()?));
    (!text.is_empty()).then_some(text)
}

fn organization(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Array(items) => organization(items.first()),
        Value::Object(map) => line(map.get("name")).or_else(|| line(map.get("legalName"))),
        other => line(Some(other)),
    }
}

/// Town, region, country, each once.
fn place(value: Option<&Value>) -> Option<String> {
    let value = match value? {
        Value::Array(items) => items.first()?,
        other => other,
    };
    let Value::Object(map) = value else {
        return line(Some(value));
    };
    let address = match map.get("address") {
        Some(Value::Array(items)) => items.first(),
        other => other,
    };
    let Some(Value::Object(address)) = address else {
        return line(address).or_else(|| line(map.get("name")));
    };
    let mut parts: Vec<String> = Vec::new();
    for key in ["addressLocality", "addressRegion", "addressCountry"] {
        let part = match address.get(key) {
            Some(Value::Object(country)) => line(country.get("name")),
            other => line(other),
        };
        parts.extend(part.filter(|part| !parts.contains(part)));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn postal_code(place: Option<&Value>) -> Option<String> {
    let place = match place? {
        Value::Array(items) => items.first()?,
        other => other,
    };
    line(place.get("address")?.get("postalCode"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_that_are_not_quite_json_are_read() {
        for script in [
            "<!-- {\"@type\": \"JobPosting\"} -->",
            "{\"@type\": \"JobPosting\",}; ",
            "/* a */ {\"@type\": \"JobPosting\", // b\n \"x\": \"http://y/z\"}",
            "{\"@type\": \"http://schema.org/JobPosting\", \"x\": \"a\nb\tc\"}",
        ] {
            let mut postings = Vec::new();
            collect(parse(script).unwrap(), &mut postings);
            assert_eq!(postings.len(), 1, "{script}");
        }
    }
}
