//! Scores the reading of postings against truth files:
//! `cargo run -p tailor --example score_postings -- DIR [--json]`.
//!
//! `NAME.truth.json` says what must come out of `NAME.*`; pages below `walls` without a truth file
//! are judged by their names. What has neither is read and shown without being judged.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use career::{PartialDate, PostingKind, PostingReport};
use intake::PostingHint;
use serde_json::{Map, Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Fields in the order they are shown.
const FIELDS: [&str; 13] = [
    "kind",
    "title",
    "company",
    "location",
    "remote",
    "salary",
    "employmentType",
    "datePosted",
    "responsibilities",
    "requirements",
    "niceToHave",
    "mustNotContain",
    "text",
];

#[derive(Default, Clone, Copy)]
struct Tally {
    right: usize,
    wrong: usize,
    invented: usize,
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments
        .iter()
        .find(|argument| !argument.starts_with("--"))
        .ok_or("give a folder with postings and truth files")?;
    let as_json = arguments.iter().any(|argument| argument == "--json");
    let mut files = Vec::new();
    collect(Path::new(folder), &mut files)?;
    files.sort();
    let mut totals: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut shown = Vec::new();
    let mut perfect = (0, 0);
    for file in &files {
        let bytes = fs::read(file)?;
        let (report, error) = read(&bytes)?;
        let Some(mut truth) = truth_of(file)? else {
            let line = match &report {
                Some(report) => format!(
                    "{} | {:?} | {:?} | {:?} | {} asked",
                    report.kind.name(),
                    report.title,
                    report.company,
                    report.location,
                    report.requirements.len()
                ),
                None => error,
            };
            if !as_json {
                println!("      {}: {line}", file.display());
            }
            continue;
        };
        only_what_is_written(&mut truth, &String::from_utf8_lossy(&bytes));
        let differences = judge(report.as_ref(), &truth, &error, &mut totals);
        perfect.1 += 1;
        perfect.0 += usize::from(differences.is_empty());
        if as_json {
            shown.push(json!({"file": file.display().to_string(), "wrong": differences}));
        } else {
            let mark = if differences.is_empty() {
                "ok"
            } else {
                "WRONG"
            };
            println!("{mark:5} {}", file.display());
            for difference in &differences {
                println!("        {difference}");
            }
        }
    }
    tell(&totals, perfect, shown, as_json)
}

fn tell(
    totals: &BTreeMap<&str, Tally>,
    perfect: (usize, usize),
    shown: Vec<Value>,
    as_json: bool,
) -> Outcome<()> {
    let share = |part: usize, whole: usize| {
        if whole == 0 {
            1.0
        } else {
            part as f64 / whole as f64
        }
    };
    let rows = FIELDS.iter().filter_map(|field| {
        let tally = totals.get(field)?;
        let precision = share(tally.right, tally.right + tally.invented);
        let recall = share(tally.right, tally.right + tally.wrong);
        let sum = precision + recall;
        let f1 = if sum == 0.0 {
            0.0
        } else {
            2.0 * precision * recall / sum
        };
        Some((*field, *tally, precision, recall, f1))
    });
    if as_json {
        let fields: Map<String, Value> = rows
            .map(|(field, tally, precision, recall, f1)| {
                let row = json!({"right": tally.right, "wrong": tally.wrong,
                    "invented": tally.invented, "precision": precision, "recall": recall, "f1": f1});
                (field.to_owned(), row)
            })
            .collect();
        let whole = json!({"fields": fields, "files": shown,
            "filesRight": perfect.0, "filesJudged": perfect.1});
        println!("{}", serde_json::to_string_pretty(&whole)?);
        return Ok(());
    }
    println!(
        "\n{:16} right wrong invented precision recall    f1",
        "field"
    );
    for (field, tally, precision, recall, f1) in rows {
        println!(
            "{field:16} {:5} {:5} {:8} {precision:9.3} {recall:6.3} {f1:5.3}",
            tally.right, tally.wrong, tally.invented
        );
    }
    println!("files entirely right: {} of {}", perfect.0, perfect.1);
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Outcome<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            collect(&path, files)?;
        } else if !name.ends_with(".truth.json") && !name.starts_with("skillspan") {
            files.push(path);
        }
    }
    Ok(())
}

/// What a file turned out to be; for what cannot be used at all, why.
fn read(bytes: &[u8]) -> Outcome<(Option<PostingReport>, String)> {
    let today = PartialDate::parse("2026-11-24").ok_or("no date")?;
    Ok(match intake::read_posting(bytes, PostingHint::default()) {
        Ok(posting) => {
            let analysis = tailor::analyze(&posting);
            (
                Some(PostingReport::job(&posting, &analysis, today)),
                String::new(),
            )
        }
        Err(error) => (
            error
                .posting_kind()
                .map(|kind| PostingReport::without_posting(kind, None)),
            error.to_string(),
        ),
    })
}

fn truth_of(file: &Path) -> Outcome<Option<Map<String, Value>>> {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let truth = file.with_file_name(format!("{stem}.truth.json"));
    if truth.exists() {
        let truth: Value = serde_json::from_slice(&fs::read(truth)?)?;
        return Ok(truth.as_object().cloned());
    }
    let wall = file.components().any(|part| part.as_os_str() == "walls");
    let expect = if ["_login", "_captcha", "_challenge"]
        .iter()
        .any(|end| stem.ends_with(end))
    {
        "blocked"
    } else if stem.contains("_search") {
        "list"
    } else {
        return Ok(None);
    };
    Ok(wall.then(|| Map::from_iter([("expect".to_owned(), json!(expect))])))
}

struct Judge<'a> {
    totals: &'a mut BTreeMap<&'static str, Tally>,
    differences: Vec<String>,
}

impl Judge<'_> {
    /// One thing that should be there. What is missing is not invented; what stands in its place
    /// and is wrong is both.
    fn one(&mut self, field: &'static str, right: bool, missing: bool, words: String) {
        let tally = self.totals.entry(field).or_default();
        if right {
            tally.right += 1;
        } else {
            tally.wrong += 1;
            tally.invented += usize::from(!missing);
            self.differences.push(format!("{field}: {words}"));
        }
    }

    /// One thing too many.
    fn extra(&mut self, field: &'static str, words: String) {
        self.totals.entry(field).or_default().invented += 1;
        self.differences.push(format!("{field}: {words}"));
    }
}

fn judge(
    report: Option<&PostingReport>,
    truth: &Map<String, Value>,
    error: &str,
    totals: &mut BTreeMap<&'static str, Tally>,
) -> Vec<String> {
    let mut judge = Judge {
        totals,
        differences: Vec::new(),
    };
    let kind = report.map_or(error, |report| report.kind.name());
    let expect = truth.get("expect").and_then(Value::as_str).unwrap_or("job");
    let words = format!("{kind} instead of {expect}");
    judge.one("kind", kind == expect, false, words);
    let Some(report) = report.filter(|report| report.kind == PostingKind::Job) else {
        return judge.differences;
    };
    let found = serde_json::to_value(report).unwrap_or_default();
    for field in [
        "title",
        "company",
        "location",
        "remote",
        "employmentType",
        "datePosted",
        "salary",
    ] {
        let Some(expected) = truth.get(field) else {
            continue;
        };
        let there = &found[field];
        let right = match field {
            "salary" => same_salary(there, expected),
            "datePosted" if expected.is_string() => there
                .as_str()
                .unwrap_or_default()
                .starts_with(expected.as_str().unwrap_or_default()),
            _ => folded(there, field) == folded(expected, field),
        };
        let words = format!("{there} instead of {expected}");
        judge.one(field, right, there.is_null(), words);
    }
    for field in ["responsibilities", "requirements", "niceToHave"] {
        let Some(expected) = truth.get(field) else {
            continue;
        };
        let expected = lines_of(expected, field);
        let lines = lines_of(&found[field], field);
        for line in &expected {
            let words = format!("missing {line:?}");
            judge.one(field, lines.contains(line), true, words);
        }
        for line in lines.iter().filter(|line| !expected.contains(line)) {
            judge.extra(field, format!("too many {line:?}"));
        }
    }
    let mut seen = found.clone();
    seen["hidden"] = Value::Null;
    let seen = seen.to_string();
    for line in lines_of(truth.get("mustNotContain").unwrap_or(&Value::Null), "") {
        let words = format!("contains {line:?}");
        judge.one("mustNotContain", !seen.contains(&line), false, words);
    }
    if let Some(start) = truth.get("descriptionStartsWith").and_then(Value::as_str) {
        let text = report.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = format!(
            "text begins {:?}",
            text.chars().take(60).collect::<String>()
        );
        judge.one("text", text.starts_with(start), false, words);
    }
    judge.differences
}

/// Takes out of a place what stands nowhere in the file: a country that its page leaves out is not
/// expected of the reader, and would be invented.
fn only_what_is_written(truth: &mut Map<String, Value>, file: &str) {
    let Some(place) = truth.get("location").and_then(Value::as_str) else {
        return;
    };
    let words: Vec<&str> = file.split(|c: char| !c.is_alphanumeric()).collect();
    let written = |part: &&str| {
        let mut of_part = part.split(|c: char| !c.is_alphanumeric());
        of_part.all(|word| words.contains(&word))
    };
    let parts: Vec<&str> = place.split(", ").filter(written).collect();
    if !parts.is_empty() {
        truth["location"] = parts.join(", ").into();
    }
}

fn lines_of(value: &Value, field: &str) -> Vec<String> {
    let lines = value.as_array().map(Vec::as_slice).unwrap_or_default();
    lines.iter().map(|line| folded(line, field)).collect()
}

/// White space folded; commas count for nothing in places, case and hyphens for nothing in types.
fn folded(value: &Value, field: &str) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text = match field {
        "location" => text.replace(',', " "),
        "employmentType" => text.to_uppercase().replace(['-', '_'], " "),
        _ => text,
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn same_salary(found: &Value, expected: &Value) -> bool {
    if expected.is_null() || found.is_null() {
        return expected.is_null() && found.is_null();
    }
    let number = |value: &Value, key: &str| value[key].as_f64();
    let said = |key: &str, wanted: &str| {
        expected
            .get(key)
            .is_none_or(|_| number(found, wanted) == number(expected, key))
    };
    said("min", "min")
        && said("max", "max")
        && said("value", "min")
        && said("value", "max")
        && ["currency", "unit", "raw"].iter().all(|key| {
            expected
                .get(*key)
                .is_none_or(|wanted| found[*key] == *wanted)
        })
}
