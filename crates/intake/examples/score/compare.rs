//! Counts what agrees between a truth and what was read.

use std::collections::BTreeMap;

use super::sheet::{Item, Sheet};

/// How much there is, how much was read, how much of it agrees.
#[derive(Debug, Default, Clone, Copy)]
pub struct Count {
    /// What the truth says.
    pub expected: f64,
    /// What was read.
    pub found: f64,
    /// What agrees.
    pub right: f64,
}

impl Count {
    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.expected += other.expected;
        self.found += other.found;
        self.right += other.right;
    }

    /// The share of what was read that is true.
    pub fn precision(self) -> f64 {
        share(self.right, self.found)
    }

    /// The share of the truth that was read.
    pub fn recall(self) -> f64 {
        share(self.right, self.expected)
    }

    /// Both in one; where there was nothing to read and nothing was, all is well.
    pub fn f1(self) -> f64 {
        share(2.0 * self.right, self.expected + self.found)
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 1.0 }
}

/// Counts by kind of field.
pub type Counts = BTreeMap<String, Count>;

/// What disagrees, for a person to look at.
pub type Differences = Vec<String>;

/// Compares; `read` is `None` when the file was refused.
pub fn compare(truth: &Sheet, read: Option<&Sheet>) -> (Counts, Differences) {
    let nothing = Sheet::default();
    let read = read.unwrap_or(&nothing);
    let mut tally = Tally::default();
    for (kind, values) in &truth.person {
        let found = read.person.get(kind).map_or(&[][..], Vec::as_slice);
        let found = if *kind == "skill groups" && values.is_empty() {
            &[]
        } else {
            found
        };
        tally.set(kind, values, found);
    }
    for (section, items) in &truth.sections {
        let found = read.sections.get(section).map_or(&[][..], Vec::as_slice);
        tally.section(section, items, found);
    }
    for line in &truth.anywhere {
        let right = read.all.contains(line.as_str());
        tally.one("other", line, if right { line } else { "" });
    }
    (tally.counts, tally.differences)
}

#[derive(Default)]
struct Tally {
    counts: Counts,
    differences: Differences,
}

impl Tally {
    fn count(&mut self, kind: &str, expected: f64, found: f64, right: f64) {
        let count = self.counts.entry(kind.to_owned()).or_default();
        count.add(Count {
            expected,
            found,
            right,
        });
    }

    fn one(&mut self, kind: &str, truth: &str, found: &str) {
        let full = |text: &str| if text.is_empty() { 0.0 } else { 1.0 };
        let right = if truth == found { full(truth) } else { 0.0 };
        self.count(kind, full(truth), full(found), right);
        if truth != found {
            self.differences
                .push(format!("{kind}: {truth:?} was read as {found:?}"));
        }
    }

    fn set(&mut self, kind: &str, truth: &[String], found: &[String]) {
        if let ([truth], [found]) = (truth, found) {
            return self.one(kind, truth, found);
        }
        let mut left: Vec<&String> = found.iter().collect();
        for value in truth {
            let position = left.iter().position(|other| *other == value);
            let same = position.map_or("", |position| left.remove(position));
            self.one(kind, value, same);
        }
        for value in left {
            self.one(kind, "", value);
        }
    }

    /// Pairs items by how much they agree, the best first.
    fn section(&mut self, section: &str, truth: &[Item], found: &[Item]) {
        let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
        for (row, item) in truth.iter().enumerate() {
            for (column, other) in found.iter().enumerate() {
                pairs.push((likeness(item, other), row, column));
            }
        }
        pairs.sort_by_key(|(like, row, column)| (std::cmp::Reverse(*like), row.abs_diff(*column)));
        let judged: Vec<&str> = match truth
            .iter()
            .flat_map(Item::keys)
            .copied()
            .collect::<Vec<_>>()
        {
            keys if keys.is_empty() => vec!["title", "organization", "language"],
            keys => keys,
        };
        let mut partner: Vec<Option<usize>> = vec![None; truth.len()];
        let mut taken = vec![false; found.len()];
        for (like, row, column) in pairs {
            if like > 0 && partner[row].is_none() && !taken[column] {
                partner[row] = Some(column);
                taken[column] = true;
            }
        }
        let nothing = Item::new();
        for (item, column) in truth.iter().zip(partner) {
            self.item(
                section,
                item,
                column.map_or(&nothing, |column| &found[column]),
            );
        }
        for (item, _) in found.iter().zip(taken).filter(|(_, taken)| !taken) {
            for (kind, values) in item.iter().filter(|(kind, _)| judged.contains(kind)) {
                self.set(&format!("{section} {kind}"), &[], values);
            }
        }
    }

    fn item(&mut self, section: &str, truth: &Item, found: &Item) {
        let of = |item: &Item, kind: &str| item.get(kind).cloned().unwrap_or_default();
        for (kind, values) in truth {
            let name = format!("{section} {kind}");
            let mut other = of(found, kind);
            let mut values = values.clone();
            match *kind {
                "start" | "end" => {
                    let length = values.first().map_or(usize::MAX, String::len);
                    for date in &mut other {
                        date.truncate(length);
                    }
                }
                "degree" => {
                    let parts = [of(found, "studyType"), of(found, "area")].concat();
                    other = Some(parts.join(", "))
                        .filter(|text| !text.is_empty())
                        .into_iter()
                        .collect();
                }
                // Where the line between degree and field runs is not said by most sources.
                "studyType" | "area" if joined(truth) == joined(found) => other.clone_from(&values),
                "told" if values.join(" ") == other.join(" ") => other.clone_from(&values),
                "told" => {
                    self.told(&name, &values, &other);
                    continue;
                }
                _ => {}
            }
            values.sort();
            other.sort();
            self.set(&name, &values, &other);
        }
    }

    /// Free text counts by its words in their order, so that a line broken elsewhere costs
    /// nothing and a lost or foreign sentence costs what it weighs.
    fn told(&mut self, kind: &str, truth: &[String], found: &[String]) {
        let words = |lines: &[String]| -> Vec<String> {
            let lines = lines.iter().flat_map(|line| line.split(' '));
            lines.map(str::to_owned).collect()
        };
        let (truth_words, found_words) = (words(truth), words(found));
        let same = common(&truth_words, &found_words) as f64;
        let lines = truth.len().max(1) as f64;
        let expected = if truth.is_empty() { 0.0 } else { lines };
        let found_share = if truth_words.is_empty() {
            found.len() as f64
        } else {
            lines * found_words.len() as f64 / truth_words.len() as f64
        };
        let right = if truth_words.is_empty() {
            0.0
        } else {
            lines * same / truth_words.len() as f64
        };
        self.count(kind, expected, found_share, right);
        if right < expected.max(found_share) {
            self.differences
                .push(format!("{kind}: {truth:?} was read as {found:?}"));
        }
    }
}

fn joined(item: &Item) -> String {
    let parts = ["studyType", "area"]
        .iter()
        .filter_map(|kind| item.get(kind));
    parts.flatten().cloned().collect::<Vec<_>>().join(", ")
}

fn likeness(truth: &Item, found: &Item) -> usize {
    let weight = |kind: &str| match kind {
        "title" | "organization" | "language" => 4,
        "start" | "end" | "degree" | "studyType" => 2,
        _ => 1,
    };
    let same = |kind: &str, values: &Vec<String>| {
        found.get(kind).is_some_and(|other| {
            !values.is_empty()
                && (values == other
                    || values.iter().zip(other).any(|(one, two)| {
                        two.starts_with(one.as_str()) || one.starts_with(two.as_str())
                    }))
        })
    };
    truth
        .iter()
        .filter(|(kind, values)| same(kind, values))
        .map(|(kind, _)| weight(kind))
        .sum()
}

/// The length of the longest common subsequence.
fn common(one: &[String], two: &[String]) -> usize {
    let mut row = vec![0_usize; two.len() + 1];
    for word in one {
        let mut diagonal = 0;
        for (column, other) in two.iter().enumerate() {
            let above = row[column + 1];
            row[column + 1] = if word == other {
                diagonal + 1
            } else {
                above.max(row[column])
            };
            diagonal = above;
        }
    }
    row[two.len()]
}
