//! Spans of knowledge against what experts marked.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use career::{ContentHash, Knowledge, Posting};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{Outcome, kinds};

#[derive(Deserialize)]
struct Marked {
    postings: Vec<Ad>,
}

#[derive(Deserialize)]
struct Ad {
    id: String,
    text: String,
    skills: Vec<String>,
    knowledge: Vec<String>,
}

type Span = (usize, usize);
type Kinds = BTreeMap<String, usize>;

#[derive(Default, Clone, Copy)]
struct Counts {
    marked: usize,
    found: usize,
    overlap: usize,
    strict: usize,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.marked += other.marked;
        self.found += other.found;
        self.overlap += other.overlap;
        self.strict += other.strict;
    }

    /// Precision, recall and F1 of so many matched.
    fn shares(self, matched: usize) -> (f64, f64, f64) {
        let share = |of: usize| {
            if of == 0 {
                0.0
            } else {
                matched as f64 / of as f64
            }
        };
        let (precision, recall) = (share(self.found), share(self.marked));
        let sum = precision + recall;
        let f1 = if sum == 0.0 {
            0.0
        } else {
            2.0 * precision * recall / sum
        };
        (precision, recall, f1)
    }

    fn json(self) -> Value {
        let shares = |matched| {
            let (precision, recall, f1) = self.shares(matched);
            json!({"precision": precision, "recall": recall, "f1": f1})
        };
        json!({
            "marked": self.marked, "found": self.found,
            "overlap": shares(self.overlap), "strict": shares(self.strict),
        })
    }

    fn line(self, name: &str) -> String {
        let (precision, recall, f1) = self.shares(self.overlap);
        let (_, _, strict) = self.shares(self.strict);
        format!(
            "{name:14} {:4} marked {:4} found {:4} overlap {:4} strict | overlap P {precision:.3} R {recall:.3} F1 {f1:.3} | strict F1 {strict:.3}",
            self.marked, self.found, self.overlap, self.strict
        )
    }
}

/// Scores a file of marked postings; gives the counts of both halves and of all.
pub fn score(file: &Path, show: Option<&str>, tell: bool) -> Outcome<Value> {
    let marked: Marked = serde_json::from_slice(&fs::read(file)?)?;
    let mut halves = [Counts::default(); 2];
    let mut all = Counts::default();
    let (mut misses, mut alarms, mut hits) = (Kinds::new(), Kinds::new(), Kinds::new());
    let mut ads = Vec::new();
    for (place, ad) in marked.postings.iter().enumerate() {
        let half = if place % 2 == 0 {
            "develop"
        } else {
            "held_out"
        };
        let posting = Posting::of_text(ContentHash::of(ad.text.as_bytes()), ad.text.clone());
        let analysis = tailor::analyze(&posting);
        let gold = locate(&ad.text, &ad.knowledge);
        let skills = locate(&ad.text, &ad.skills);
        let (pairs, counts) = compare(&ad.text, &gold, &analysis.knowledge);
        halves[place % 2].add(counts);
        all.add(counts);
        if tell {
            println!("{}", counts.line(&ad.id));
        }
        ads.push(json!({"id": ad.id, "half": half, "counts": counts.json()}));
        let showing = tell && show == Some(half);
        for (number, span) in gold.iter().enumerate() {
            if pairs.iter().all(|(one, _)| *one != number) {
                let words = &ad.text[span.0..span.1];
                let kind = kinds::of_miss(words, *span, &analysis);
                if showing {
                    println!("    missed {words:?} ({kind}): {}", around(&ad.text, *span));
                }
                *misses.entry(kind).or_default() += 1;
            }
        }
        for (number, one) in analysis.knowledge.iter().enumerate() {
            if pairs.iter().all(|(_, other)| *other != number) {
                let kind = kinds::of_alarm(one, &skills, &analysis);
                if showing {
                    println!(
                        "    false {:?} ({kind}): {}",
                        one.text,
                        around(&ad.text, one.span)
                    );
                }
                *alarms.entry(kind).or_default() += 1;
            } else {
                *hits.entry(kinds::of_hit(one, &analysis)).or_default() += 1;
            }
        }
    }
    if tell {
        for (name, kinds) in [
            ("matched", &hits),
            ("missed", &misses),
            ("false alarms", &alarms),
        ] {
            println!("{name}:");
            for (kind, count) in kinds {
                println!("  {count:4} {kind}");
            }
        }
        println!("{}", halves[0].line("develop"));
        println!("{}", halves[1].line("held out"));
        println!("{}", all.line("all"));
    }
    Ok(json!({
        "develop": halves[0].json(), "heldOut": halves[1].json(), "all": all.json(),
        "matches": hits, "misses": misses, "falseAlarms": alarms, "postings": ads,
    }))
}

/// Where the marked words stand, in the order of the text.
fn locate(text: &str, marked: &[String]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut reached = 0;
    for words in marked {
        let words = words.trim();
        let places = || {
            text.match_indices(words)
                .map(|(at, _)| (at, at + words.len()))
                .filter(|span| borders(text, *span))
        };
        let taken = |span: &Span| spans.iter().any(|one| one.0 < span.1 && span.0 < one.1);
        let next = places().find(|span| span.0 >= reached && !taken(span));
        if let Some(span) = next.or_else(|| places().find(|span| !taken(span))) {
            reached = span.1;
            spans.push(span);
        }
    }
    spans.sort_unstable();
    spans
}

/// No word goes on across either end.
fn borders(text: &str, (start, end): Span) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (before, after) = (&text[..start], &text[end..]);
    let words = &text[start..end];
    let cut_in = letter(before.chars().next_back()) && letter(words.chars().next());
    let cut_off = letter(words.chars().next_back()) && letter(after.chars().next());
    !cut_in && !cut_off
}

/// Which marked span is matched by which found one, and how many.
fn compare(text: &str, gold: &[Span], found: &[Knowledge]) -> (Vec<(usize, usize)>, Counts) {
    let mut pairs = Vec::new();
    let mut counts = Counts {
        marked: gold.len(),
        found: found.len(),
        ..Counts::default()
    };
    let mut free = vec![true; found.len()];
    for (number, span) in gold.iter().enumerate() {
        let exact = found
            .iter()
            .position(|one| bare(text, one.span) == bare(text, *span));
        let first = (0..found.len())
            .find(|other| free[*other] && share_a_word(text, *span, found[*other].span));
        let Some(other) = exact.filter(|other| free[*other]).or(first) else {
            continue;
        };
        free[other] = false;
        pairs.push((number, other));
        counts.overlap += 1;
        counts.strict += usize::from(Some(other) == exact);
    }
    (pairs, counts)
}

/// Without marks and spaces at both ends.
fn bare(text: &str, (start, end): Span) -> Span {
    let words = &text[start..end];
    let mark = |c: char| !c.is_alphanumeric() && !"#+".contains(c);
    let lead = words.len() - words.trim_start_matches(mark).len();
    (start + lead, start + words.trim_end_matches(mark).len())
}

fn share_a_word(text: &str, one: Span, other: Span) -> bool {
    const SMALL: [&str; 16] = [
        "a", "an", "the", "and", "or", "of", "in", "on", "for", "to", "with", "within", "from",
        "by", "as", "at",
    ];
    let (start, end) = (one.0.max(other.0), one.1.min(other.1));
    start < end
        && text.get(start..end).is_some_and(|words| {
            words
                .split(|c: char| !c.is_alphanumeric() && !"#+".contains(c))
                .any(|word| !word.is_empty() && !SMALL.contains(&word.to_lowercase().as_str()))
        })
}

fn around(text: &str, (start, end): Span) -> String {
    let from = text[..start]
        .char_indices()
        .rev()
        .nth(50)
        .map_or(0, |(at, _)| at);
    let to = text[end..]
        .char_indices()
        .nth(40)
        .map_or(text.len(), |(at, _)| end + at);
    text[from..to].replace('\n', " ⏎ ")
}
