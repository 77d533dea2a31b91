//! `llmployable verify`: whether reworded lines say no more than the evidence they cite.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ::tailor::{Code, Evidence, Place, Ruling};
use backend::pipeline;
use clap::Args;
use serde::Deserialize;
use serde_json::Value;

use super::tailor::{read_file, read_stdin, reader, stage_failure};
use super::{Failure, say};

/// What to judge by what.
#[derive(Args)]
pub struct VerifyArgs {
    /// The evidence, of any kind that `import` reads.
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
    /// The posting the lines were written for: tells where a foreign word comes from.
    #[arg(long, value_name = "FILE")]
    posting: Option<PathBuf>,
    /// The lines, one JSON object a line with `id`, `section`, `text` and `cites`; - for standard
    /// input.
    #[arg(long, value_name = "FILE.jsonl")]
    lines: PathBuf,
}

/// A line as it is given.
#[derive(Deserialize)]
struct Line {
    id: String,
    section: String,
    text: String,
    #[serde(default)]
    cites: Vec<String>,
}

/// Judges every line and prints a verdict for each, in their order.
pub fn run(arguments: &VerifyArgs) -> Result<(), Failure> {
    let bytes = read_file(&arguments.profile)?;
    let posting = match &arguments.posting {
        Some(path) => String::from_utf8_lossy(&read_file(path)?).into_owned(),
        None => String::new(),
    };
    let given = if arguments.lines == Path::new("-") {
        read_stdin()?
    } else {
        read_file(&arguments.lines)?
    };
    let lines = parsed(&given)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::other(format!("The program could not start: {error}.")))?;
    let name = arguments.profile.file_name().unwrap_or_default();
    let name = name.to_string_lossy().into_owned();
    let reader = reader()?;
    let named = [(name.as_str(), bytes.as_slice())];
    let read = runtime.block_on(pipeline::read_evidence(&reader, &named));
    let (profile, _) = read.map_err(stage_failure)?;
    let strings = strings(&bytes);
    let evidence = Evidence::new(&profile).with_strings(&strings);
    for line in &lines {
        say(&verdict(line, &judged(&evidence, line, &posting)));
    }
    Ok(())
}

fn judged(evidence: &Evidence<'_>, line: &Line, posting: &str) -> Ruling {
    match Place::parse(&line.section) {
        Some(place) => evidence.judge_quotes(&place, &line.text, &line.cites, posting),
        None => Ruling::refused(
            Code::WrongEntry,
            "the section is no entry of a JSON Resume, like work[0]",
        ),
    }
}

fn verdict(line: &Line, ruling: &Ruling) -> String {
    let Some(first) = ruling.objections.first() else {
        return format!("{} ok", line.id);
    };
    let mut said = format!("{} {} {}", line.id, first.code.as_str(), first.reason);
    for other in &ruling.objections[1..] {
        let _ = write!(said, "; {}: {}", other.code.as_str(), other.reason);
    }
    // One line each, whatever characters the text holds.
    said.replace(char::is_control, " ")
}

fn parsed(bytes: &[u8]) -> Result<Vec<Line>, Failure> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Failure::input("The lines are not UTF-8; save them as UTF-8."))?;
    let numbered = text.trim_start_matches('\u{feff}').lines().enumerate();
    numbered
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|_| {
                Failure::input(format!(
                    "Line {} is no JSON object with id, section, text and cites; mend it.",
                    number + 1
                ))
            })
        })
        .collect()
}

/// Every string of a JSON document with its pointer; none of any other file.
fn strings(bytes: &[u8]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if let Ok(document) = serde_json::from_slice::<Value>(bytes) {
        let mut open = vec![(String::new(), &document)];
        while let Some((pointer, value)) = open.pop() {
            match value {
                Value::String(text) => found.push((pointer, text.clone())),
                Value::Array(items) => {
                    let items = items.iter().enumerate();
                    open.extend(items.map(|(at, item)| (format!("{pointer}/{at}"), item)));
                }
                Value::Object(fields) => {
                    let fields = fields.iter();
                    open.extend(fields.map(|(name, field)| {
                        let name = name.replace('~', "~0").replace('/', "~1");
                        (format!("{pointer}/{name}"), field)
                    }));
                }
                _ => {}
            }
        }
    }
    found
}
