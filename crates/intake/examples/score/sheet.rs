//! A truth file and a JSON Resume as the same plain shape, whatever names they use.
//!
//! A key that is absent is not judged, a key that is there and empty means "nothing".

use std::collections::{BTreeMap, BTreeSet};

use career::PartialDate;
use serde_json::Value;

/// One item of a section: what it says, by kind of field.
pub type Item = BTreeMap<&'static str, Vec<String>>;

/// Everything that is compared.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Single values and sets, by kind.
    pub person: BTreeMap<&'static str, Vec<String>>,
    /// Sections of items.
    pub sections: BTreeMap<&'static str, Vec<Item>>,
    /// Lines that must come through somewhere.
    pub anywhere: Vec<String>,
    /// All strings of the document.
    pub all: String,
}

const SECTIONS: [(&str, &[&str]); 8] = [
    ("work", &["work"]),
    ("education", &["education"]),
    ("projects", &["projects"]),
    ("certificates", &["certificates"]),
    ("awards", &["awards", "honors"]),
    ("publications", &["publications", "patents"]),
    ("volunteer", &["volunteer"]),
    ("languages", &["languages"]),
];

const NAMES: [(&str, &[&str]); 12] = [
    (
        "organization",
        &[
            "company",
            "institution",
            "organization",
            "issuer",
            "awarder",
            "publisher",
            "entity",
        ],
    ),
    ("title", &["position", "title"]),
    ("degree", &["degree"]),
    ("studyType", &["studyType"]),
    ("area", &["area"]),
    ("location", &["location"]),
    ("url", &["url", "website"]),
    ("score", &["score", "gpa"]),
    ("language", &["language"]),
    ("fluency", &["fluency"]),
    ("start", &["startDate", "date", "releaseDate"]),
    ("end", &["endDate", "x-endDate"]),
];

const TOLD: [&str; 5] = [
    "description",
    "summary",
    "notes",
    "activities",
    "highlights",
];

impl Sheet {
    /// The shape of a truth file or of a JSON Resume.
    pub fn of(document: &Value) -> Self {
        let mut sheet = Self {
            all: fold(&strings(document).join("\n")),
            ..Self::default()
        };
        sheet.person(document);
        for (section, keys) in SECTIONS {
            let lists: Vec<&Value> = keys.iter().filter_map(|key| document.get(key)).collect();
            if !lists.is_empty() {
                let items = lists
                    .iter()
                    .flat_map(|list| list.as_array().into_iter().flatten());
                let items = items.map(|value| item(section, value)).collect();
                sheet.sections.insert(section, items);
            }
        }
        sheet.skills(document);
        for key in ["otherSections", "references"] {
            if let Some(value) = document.get(key) {
                sheet
                    .anywhere
                    .extend(strings(value).iter().map(|line| fold(line)));
            }
        }
        let industry = document.pointer("/basics/industry");
        sheet.anywhere.extend(
            industry
                .iter()
                .flat_map(|value| strings(value))
                .map(|line| fold(&line)),
        );
        let authors = document.get("publications").and_then(Value::as_array);
        for publication in authors.into_iter().flatten() {
            let authors = publication.get("authors").map(strings).unwrap_or_default();
            sheet.anywhere.extend(authors.iter().map(|line| fold(line)));
        }
        sheet.anywhere.retain(|line| !line.is_empty());
        sheet
    }

    fn person(&mut self, document: &Value) {
        let null = Value::Null;
        let basics = document.get("basics").unwrap_or(&null);
        let names: Vec<&Value> = ["name", "firstName", "lastName"]
            .iter()
            .filter_map(|key| basics.get(key))
            .collect();
        if !names.is_empty() {
            let parts: Vec<String> = names.into_iter().flat_map(strings).collect();
            self.put("name", fold(&parts.join(" ")));
        }
        for (kind, keys) in [
            ("headline", ["headline", "label"]),
            ("email", ["email", "primaryEmail"]),
            ("phone", ["phone", "phone"]),
            ("location", ["location", "location"]),
            ("summary", ["summary", "summary"]),
        ] {
            let found = keys.iter().find_map(|key| basics.get(key));
            let outside = document.get("summary").filter(|_| kind == "summary");
            if let Some(value) = found.or(outside) {
                let text = match kind {
                    "location" => place(value),
                    _ => strings(value).join(" "),
                };
                self.put(
                    kind,
                    if kind == "phone" {
                        digits(&text)
                    } else {
                        fold(&text)
                    },
                );
            }
        }
        let mut links = Vec::new();
        let mut judged = false;
        for value in ["url", "website", "linkedin", "websites", "profiles"]
            .iter()
            .filter_map(|key| basics.get(key))
            .chain(document.get("profiles"))
        {
            judged = true;
            match value {
                Value::Array(items) => links.extend(items.iter().map(link)),
                value => links.push(link(value)),
            }
        }
        if judged {
            links.retain(|link| !link.is_empty());
            self.person.insert("links", links);
        }
    }

    fn put(&mut self, kind: &'static str, text: String) {
        let values = Some(text).filter(|text| !text.is_empty());
        self.person.insert(kind, values.into_iter().collect());
    }

    fn skills(&mut self, document: &Value) {
        let Some(list) = document.get("skills").or_else(|| document.get("topSkills")) else {
            return;
        };
        let (mut leaves, mut groups) = (BTreeSet::new(), BTreeSet::new());
        let mut grouped = false;
        for value in list.as_array().into_iter().flatten() {
            let keywords = value.get("keywords").map(strings).unwrap_or_default();
            let name = value
                .get("name")
                .map_or_else(String::new, |name| strings(name).join(" "));
            grouped |= value.is_object();
            if value.is_string() {
                leaves.extend(strings(value).iter().map(|leaf| fold(leaf)));
            } else if keywords.is_empty() {
                leaves.insert(fold(&name));
            } else {
                leaves.extend(keywords.iter().map(|leaf| fold(leaf)));
                groups.insert(fold(&name));
            }
        }
        leaves.remove("");
        groups.remove("");
        self.person.insert("skills", leaves.into_iter().collect());
        if grouped {
            self.person
                .insert("skill groups", groups.into_iter().collect());
        }
    }
}

fn item(section: &str, value: &Value) -> Item {
    let mut item = Item::new();
    if value.is_string() {
        let kind = if section == "languages" {
            "language"
        } else {
            "title"
        };
        item.insert(kind, vec![fold(&strings(value).join(" "))]);
        return item;
    }
    for (kind, keys) in NAMES {
        let found: Vec<&Value> = keys.iter().filter_map(|key| value.get(key)).collect();
        if let Some(first) = found
            .iter()
            .find(|value| !strings(value).is_empty())
            .or(found.first())
        {
            let text = fold(&strings(first).join(", "));
            let text = if kind == "url" { address(&text) } else { text };
            item.insert(
                kind,
                Some(text)
                    .filter(|text| !text.is_empty())
                    .into_iter()
                    .collect(),
            );
        }
    }
    if let Some(name) = value.get("name") {
        // An employer's name at work, the thing's own name elsewhere.
        let kind = if section == "work" {
            "organization"
        } else {
            "title"
        };
        item.insert(kind, strings(name).iter().map(|name| fold(name)).collect());
    }
    if let Some(range) = value.get("dateRange").and_then(Value::as_str) {
        let ends: Vec<String> = range
            .split(" to ")
            .map(|end| PartialDate::parse(end).map_or_else(String::new, |date| date.to_string()))
            .collect();
        for (kind, end) in ["start", "end"].into_iter().zip(ends) {
            item.insert(
                kind,
                Some(end)
                    .filter(|end| !end.is_empty())
                    .into_iter()
                    .collect(),
            );
        }
    }
    let told: Vec<&Value> = TOLD.iter().filter_map(|key| value.get(key)).collect();
    if !told.is_empty() {
        let lines = told.into_iter().flat_map(strings);
        let lines = lines.flat_map(|text| text.lines().map(bare).collect::<Vec<_>>());
        item.insert("told", lines.filter(|line| !line.is_empty()).collect());
    }
    if let Some(keywords) = value.get("keywords").or_else(|| value.get("courses")) {
        item.insert(
            "keywords",
            strings(keywords).iter().map(|word| fold(word)).collect(),
        );
    }
    item
}

/// Every filled string below a value.
pub fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(map) => map.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

/// Entities decoded, white space folded.
pub fn fold(text: &str) -> String {
    career::text::clean(&html_escape::decode_html_entities(text))
}

fn bare(line: &str) -> String {
    let line = fold(line);
    let rest = line.trim_start_matches(['•', '◦', '▪', '●', '‣', '·', '-', '–', '*', ' ']);
    if rest.is_empty() {
        line
    } else {
        rest.to_owned()
    }
}

fn place(value: &Value) -> String {
    if value.is_string() {
        return strings(value).join(" ");
    }
    let parts = ["city", "region", "countryCode"]
        .iter()
        .filter_map(|key| value.get(key));
    parts.flat_map(strings).collect::<Vec<_>>().join(", ")
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn address(text: &str) -> String {
    let text = text.to_lowercase();
    let text = text.split("://").last().unwrap_or_default();
    text.trim_start_matches("www.")
        .trim_end_matches('/')
        .to_owned()
}

/// A link as network and last part: `github johndoe`, or its address.
fn link(value: &Value) -> String {
    let of = |key: &str| value.get(key).map(strings).unwrap_or_default().join(" ");
    if value.is_string() {
        return shortened(&address(&fold(&strings(value).join(" "))));
    }
    let (network, user, url) = (of("network"), of("username"), of("url"));
    if user.is_empty() && !url.is_empty() {
        return shortened(&address(&fold(&url)));
    }
    format!("{} {}", network.to_lowercase(), fold(&user).to_lowercase())
        .trim()
        .to_owned()
}

fn shortened(address: &str) -> String {
    let Some((host, path)) = address.split_once('/') else {
        return address.to_owned();
    };
    let network = host.split('.').rev().nth(1).unwrap_or(host);
    let user = path.rsplit('/').next().unwrap_or(path);
    if path.matches('/').count() <= 1
        && ["linkedin", "github", "gitlab", "twitter", "x"].contains(&network)
    {
        format!("{network} {user}")
    } else {
        address.to_owned()
    }
}
