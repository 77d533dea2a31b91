//! How well a file was read: a profile against the truth that lies beside its source.
//!
//! Every field the truth names is one point: right, missing, or wrong. A field the truth leaves out
//! is not judged; one it names as empty is wrong when something was read. Words that a page does
//! not print at all are left out too, and counted apart: a theme prints what it likes.

mod dates;
mod entries;
mod fold;
mod lists;

use std::collections::BTreeMap;

use career::{ContactKind, Field, Profile};
use serde_json::Value;

use crate::Evidence;
use fold::{address, digits, letters, same};

/// Points of one kind of field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Read as it is.
    pub right: usize,
    /// In the truth and not read, or not so.
    pub missing: usize,
    /// Read and not in the truth.
    pub wrong: usize,
    /// In the truth, but not on the pages.
    pub unprinted: usize,
}

impl Tally {
    /// Adds another's points.
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.missing += other.missing;
        self.wrong += other.wrong;
        self.unprinted += other.unprinted;
    }

    /// Of what was read, how much is right.
    pub fn precision(&self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    /// Of what there is, how much was read.
    pub fn recall(&self) -> f64 {
        share(self.right, self.right + self.missing)
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        share(2 * self.right, 2 * self.right + self.wrong + self.missing)
    }
}

fn share(part: usize, all: usize) -> f64 {
    if all == 0 {
        1.0
    } else {
        part as f64 / all as f64
    }
}

/// The points of a file by kind of field, and what went wrong in words.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// By kind: `work.title`, `skills.keywords`.
    pub kinds: BTreeMap<String, Tally>,
    /// One line for each point that was not right.
    pub faults: Vec<String>,
}

impl Score {
    /// All points together.
    pub fn total(&self) -> Tally {
        let mut total = Tally::default();
        for tally in self.kinds.values() {
            total.add(*tally);
        }
        total
    }

    fn tally(&mut self, kind: &str) -> &mut Tally {
        self.kinds.entry(kind.to_owned()).or_default()
    }

    fn right(&mut self, kind: &str) {
        self.tally(kind).right += 1;
    }

    fn missing(&mut self, kind: &str, truth: &str) {
        self.tally(kind).missing += 1;
        self.faults.push(format!("- {kind}: {truth}"));
    }

    fn wrong(&mut self, kind: &str, read: &str) {
        self.tally(kind).wrong += 1;
        self.faults.push(format!("+ {kind}: {read}"));
    }
}

/// What is compared: the profile and the letters on the pages of a printed source.
struct Reading<'a> {
    profile: &'a Profile,
    /// Letters and digits of everything read; `None` when the source holds all of the truth.
    printed: Option<String>,
}

impl Reading<'_> {
    fn is_printed(&self, text: &str) -> bool {
        self.printed
            .as_ref()
            .is_none_or(|printed| printed.contains(&letters(text)))
    }
}

/// Compares what was read of a file with its truth; `None` is a file that was refused.
pub fn compare(truth: &Value, evidence: Option<&Evidence>) -> Score {
    let empty = Profile::default();
    let profile = evidence.map_or(&empty, |evidence| &evidence.profile);
    let printed = evidence
        .filter(|evidence| evidence.kind.is_printed())
        .map(|_| {
            let facts = profile.facts.iter().map(|fact| fact.quote.as_str());
            let unread = profile.unread.iter().map(|unread| unread.content.as_str());
            facts.chain(unread).map(letters).collect()
        });
    let reading = Reading { profile, printed };
    let mut score = Score::default();
    basics(&mut score, truth, &reading);
    entries::all(&mut score, truth, &reading);
    lists::groups(&mut score, truth, &reading);
    lists::languages(&mut score, truth, &reading);
    lists::others(&mut score, truth, &reading);
    score
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn joined(fields: &[Field]) -> String {
    let texts: Vec<&str> = fields.iter().map(|field| field.text.as_str()).collect();
    texts.join(" ")
}

/// One field: `named` says whether the truth names it at all.
fn one(
    score: &mut Score,
    reading: &Reading<'_>,
    kind: &str,
    named: bool,
    truth: Option<&str>,
    read: &str,
    equal: fn(&str, &str) -> bool,
) {
    match truth {
        _ if !named => {}
        Some(truth) if equal(truth, read) => score.right(kind),
        Some(truth) => {
            if reading.is_printed(truth) || kind.ends_with("phone") {
                score.missing(kind, truth);
                if !read.is_empty() {
                    score.wrong(kind, read);
                }
            } else {
                score.tally(kind).unprinted += 1;
            }
        }
        None if !read.is_empty() => score.wrong(kind, read),
        None => {}
    }
}

/// Several fields without order.
fn many(
    score: &mut Score,
    reading: &Reading<'_>,
    kind: &str,
    truth: &[String],
    read: &[String],
    equal: fn(&str, &str) -> bool,
) {
    let mut left: Vec<&String> = read.iter().collect();
    for item in truth {
        if let Some(at) = left.iter().position(|other| equal(item, other)) {
            left.remove(at);
            score.right(kind);
        } else if reading.is_printed(item) {
            score.missing(kind, item);
        } else {
            score.tally(kind).unprinted += 1;
        }
    }
    for item in left {
        score.wrong(kind, item);
    }
}

fn basics(score: &mut Score, truth: &Value, reading: &Reading<'_>) {
    let Some(basics) = truth.get("basics") else {
        return;
    };
    let profile = reading.profile;
    let first = |keys: &[&str]| {
        let named = keys.iter().any(|key| basics.get(key).is_some());
        (named, keys.iter().find_map(|key| text(basics.get(key))))
    };
    let (mut named, mut name) = first(&["name"]);
    if name.is_none() && basics.get("firstName").is_some() {
        named = true;
        let parts: Vec<String> = ["firstName", "lastName"]
            .iter()
            .filter_map(|key| text(basics.get(key)))
            .collect();
        name = Some(parts.join(" ")).filter(|name| !name.is_empty());
    }
    one(
        score,
        reading,
        "basics.name",
        named,
        name.as_deref(),
        &joined(&profile.name),
        same,
    );
    let (named, label) = first(&["headline", "label"]);
    let headline = profile.headline.as_ref().map_or("", |field| &field.text);
    one(
        score,
        reading,
        "basics.headline",
        named,
        label.as_deref(),
        headline,
        same,
    );
    let contact = |kind: ContactKind| {
        let found = profile.contacts.iter().find(|contact| contact.kind == kind);
        found
            .map(|contact| joined(&contact.parts))
            .unwrap_or_default()
    };
    let (named, email) = first(&["email", "primaryEmail"]);
    let equal = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
    one(
        score,
        reading,
        "basics.email",
        named,
        email.as_deref(),
        &contact(ContactKind::Email),
        equal,
    );
    let (named, phone) = first(&["phone"]);
    let equal = |one: &str, other: &str| {
        let (one, other) = (digits(one), digits(other));
        let (short, long) = if one.len() < other.len() {
            (one, other)
        } else {
            (other, one)
        };
        short.len() >= 7 && long.ends_with(&short)
    };
    one(
        score,
        reading,
        "basics.phone",
        named,
        phone.as_deref(),
        &contact(ContactKind::Phone),
        equal,
    );
    let place = contact(ContactKind::Location);
    match basics.get("location") {
        Some(Value::Object(parts)) => {
            let city = text(parts.get("city"));
            let equal = |city: &str, read: &str| letters(read).contains(&letters(city));
            one(
                score,
                reading,
                "basics.location",
                true,
                city.as_deref(),
                &place,
                equal,
            );
        }
        Some(other) => {
            one(
                score,
                reading,
                "basics.location",
                true,
                text(Some(other)).as_deref(),
                &place,
                same,
            );
        }
        None => {}
    }
    links(score, truth, basics, reading);
    let other = truth.pointer("/otherSections/summary");
    let about = basics
        .get("summary")
        .or_else(|| truth.get("summary"))
        .or(other);
    let words = match about {
        Some(Value::Array(lines)) => {
            let lines: Vec<String> = lines.iter().filter_map(|line| text(Some(line))).collect();
            Some(lines.join(" "))
        }
        value => text(value),
    };
    one(
        score,
        reading,
        "basics.summary",
        about.is_some(),
        words.as_deref(),
        &joined(&profile.summary),
        same,
    );
}

/// Addresses on the web: the person's site and pages elsewhere are one set.
fn links(score: &mut Score, truth: &Value, basics: &Value, reading: &Reading<'_>) {
    const KIND: &str = "basics.links";
    let mut left: Vec<String> = reading
        .profile
        .contacts
        .iter()
        .filter(|contact| matches!(contact.kind, ContactKind::Website | ContactKind::Network))
        .map(|contact| address(&joined(&contact.parts)))
        .collect();
    let mut wanted: Vec<(Option<String>, Option<String>)> = Vec::new();
    for key in ["url", "linkedin"] {
        wanted.extend(text(basics.get(key)).map(|url| (Some(url), None)));
    }
    for key in ["profiles", "websites"] {
        let items = basics.get(key).or_else(|| truth.get(key));
        for item in items.and_then(Value::as_array).into_iter().flatten() {
            wanted.push((text(item.get("url")), text(item.get("username"))));
        }
    }
    for (url, user) in wanted {
        let fits = |read: &String| {
            url.as_ref().is_some_and(|url| address(url) == *read)
                || user.as_ref().is_some_and(|user| {
                    read.rsplit(['/', ' ']).next() == Some(&user.to_lowercase())
                })
        };
        let shown = url.clone().or(user.clone()).unwrap_or_default();
        if let Some(at) = left.iter().position(fits) {
            left.remove(at);
            score.right(KIND);
        } else if reading.is_printed(&address(&shown))
            || user.as_ref().is_some_and(|user| reading.is_printed(user))
        {
            score.missing(KIND, &shown);
        } else {
            score.tally(KIND).unprinted += 1;
        }
    }
    let judged = ["url", "linkedin", "profiles", "websites"]
        .iter()
        .any(|key| basics.get(key).is_some() || truth.get(key).is_some());
    for read in left.into_iter().filter(|_| judged) {
        score.wrong(KIND, &read);
    }
}
