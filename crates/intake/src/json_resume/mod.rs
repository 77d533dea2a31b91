//! JSON Resume (1.0.0, 1.2.1 and the older names of v0) into a profile.
//!
//! Strings are data: markup inside them is kept as it is and never interpreted. Values of the
//! wrong type are skipped with a notice; what no field holds is kept as unread.

mod export;
pub(crate) mod node;
mod put_back;
mod sections;
mod shape;

use career::fact::Locator;
use career::profile::Unread;
use serde_json::{Map, Value};

use crate::IntakeError;
use crate::collect::Collector;
use crate::evidence::{Evidence, SourceKind};
pub use export::to_json_resume;
use node::Node;

/// Where our own additions to the format stand, in `meta`.
const EXTENSION: &str = "x-llmployable";

/// The largest JSON file that is read, in MiB.
const MAX_JSON_MIB: usize = 8;

const SECTIONS: [&str; 12] = [
    "basics",
    "work",
    "volunteer",
    "education",
    "awards",
    "certificates",
    "publications",
    "skills",
    "languages",
    "interests",
    "references",
    "projects",
];

/// Reads a parsed document; `bytes` are the file's.
pub(crate) fn read(source: &str, bytes: &[u8], document: Value) -> Result<Evidence, IntakeError> {
    let Value::Object(map) = document else {
        return Err(IntakeError::JsonList);
    };
    check_kind(&map)?;
    let mut collector = Collector::new(source, bytes);
    let mut root = Node::root(map);
    if let Some(basics) = root.object(&mut collector, "basics") {
        sections::basics(&mut collector, basics);
    }
    sections::entries(&mut collector, &mut root);
    sections::lists(&mut collector, &mut root);
    if let Some(mut meta) = root.object(&mut collector, "meta") {
        extension(&mut collector, &mut meta, "/meta");
        meta.finish(&mut collector);
    }
    extension(&mut collector, &mut root, "");
    root.finish(&mut collector);
    finish(collector)
}

/// Reads what an earlier export added.
fn extension(collector: &mut Collector, node: &mut Node, place: &str) {
    let Some(Value::Object(mut map)) = node.value(EXTENSION) else {
        return;
    };
    let unread = map.shift_remove("unread").map(serde_json::from_value);
    if let Some(Ok(unread)) = unread {
        let unread: Vec<Unread> = unread;
        collector.profile.unread.extend(unread);
    }
    let endorsed = map.shift_remove("endorsements").unwrap_or_default();
    for (number, item) in endorsed.as_array().into_iter().flatten().enumerate() {
        let count = item.get("count").and_then(Value::as_u64);
        let (Some(skill), Some(count)) = (item.get("skill").and_then(Value::as_str), count) else {
            continue;
        };
        let pointer = format!("{place}/{EXTENSION}/endorsements/{number}/skill");
        collector.fact(Locator::JsonPointer { pointer }, skill);
        let known = &mut collector.profile.endorsements;
        let sum = known.entry(skill.trim().to_lowercase()).or_default();
        *sum = sum.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
    }
}

/// Parses a document of that many bytes; the parser itself bounds how deep it may be nested.
pub(crate) fn parse(length: usize, json: &str) -> Result<Value, IntakeError> {
    if length > MAX_JSON_MIB << 20 {
        return Err(IntakeError::FileTooLarge {
            limit_mib: MAX_JSON_MIB,
        });
    }
    serde_json::from_str(json).map_err(|error| {
        if error.is_eof() {
            IntakeError::JsonCutOff { line: error.line() }
        } else {
            IntakeError::JsonInvalid {
                line: error.line(),
                column: error.column(),
            }
        }
    })
}

fn check_kind(map: &Map<String, Value>) -> Result<(), IntakeError> {
    let is_job = !map.contains_key("basics")
        && map.get("title").is_some_and(Value::is_string)
        && [
            "responsibilities",
            "qualifications",
            "company",
            "description",
        ]
        .iter()
        .any(|key| map.contains_key(*key));
    if is_job {
        Err(IntakeError::JobInsteadOfResume)
    } else if SECTIONS.iter().any(|section| map.contains_key(*section)) {
        Ok(())
    } else if map.keys().all(|key| key == "$schema" || key == "meta") {
        Err(IntakeError::NoProfileData)
    } else {
        Err(IntakeError::NotAResume)
    }
}

fn finish(collector: Collector) -> Result<Evidence, IntakeError> {
    if !collector.profile.facts.is_empty() {
        return Ok(Evidence {
            kind: SourceKind::JsonResume,
            profile: collector.profile,
            notices: collector.notices,
            pages: Vec::new(),
        });
    }
    let wrong: Vec<&str> = collector
        .notices
        .iter()
        .filter_map(|notice| notice.strip_prefix("wrong_type:"))
        .take(10)
        .collect();
    Err(if wrong.is_empty() {
        IntakeError::NoProfileData
    } else {
        IntakeError::WrongTypes {
            places: wrong.join(", "),
        }
    })
}
