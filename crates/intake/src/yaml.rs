//! YAML into the same values as JSON, within limits. Every scalar stays the words that stand
//! there: `2018-09` is no date and `no` no boolean before somebody asks.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

use crate::IntakeError;

/// The largest YAML file that is read, in MiB.
const MAX_MIB: usize = 2;
/// How deep values may be nested.
const MAX_DEPTH: usize = 40;
/// How many values there may be, those that aliases repeat counted each time.
const MAX_VALUES: usize = 100_000;
/// So many bytes of a repeated text count as one more value.
const BYTES_PER_VALUE: usize = 100;

/// Whether a text has a line that opens this key at the top.
pub(crate) fn has_key(text: &str, key: &str) -> bool {
    text.lines().any(|line| {
        line.strip_prefix(key)
            .and_then(|rest| rest.strip_prefix(':'))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '#']))
    })
}

/// A collection that is still open.
struct Open {
    anchor: usize,
    /// The key that waits for its value, in a mapping.
    key: Option<String>,
    value: Value,
}

/// Reads the first document.
pub(crate) fn read(text: &str) -> Result<Value, IntakeError> {
    if text.len() > MAX_MIB << 20 {
        return Err(IntakeError::FileTooLarge { limit_mib: MAX_MIB });
    }
    let mut anchors: HashMap<usize, (Value, usize)> = HashMap::new();
    let mut open: Vec<Open> = Vec::new();
    let mut left = MAX_VALUES;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| refusal(error.marker().line()))?;
        let line = span.start.line();
        let (value, anchor) = match event {
            Event::Scalar(words, style, anchor, _) => {
                let nothing = style == ScalarStyle::Plain
                    && matches!(words.as_ref(), "" | "~" | "null" | "Null" | "NULL");
                let value = if nothing {
                    Value::Null
                } else {
                    Value::String(words.into_owned())
                };
                (value, anchor)
            }
            Event::Alias(anchor) => {
                let (value, size) = anchors.get(&anchor).ok_or_else(|| refusal(line))?;
                left = left.checked_sub(*size).ok_or_else(|| refusal(line))?;
                (value.clone(), 0)
            }
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                if open.len() >= MAX_DEPTH {
                    return Err(refusal(line));
                }
                let value = match event {
                    Event::SequenceStart(..) => Value::Array(Vec::new()),
                    _ => Value::Object(Map::new()),
                };
                open.push(Open {
                    anchor,
                    key: None,
                    value,
                });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(closed) => (closed.value, closed.anchor),
                None => return Err(refusal(line)),
            },
            Event::DocumentEnd | Event::StreamEnd => break,
            _ => continue,
        };
        left = left.checked_sub(1).ok_or_else(|| refusal(line))?;
        if anchor != 0 {
            let size = count(&value);
            left = left.checked_sub(size).ok_or_else(|| refusal(line))?;
            anchors.insert(anchor, (value.clone(), size));
        }
        match open.last_mut() {
            None => return Ok(value),
            Some(parent) => put(parent, value).ok_or_else(|| refusal(line))?,
        }
    }
    Err(refusal(1))
}

fn put(parent: &mut Open, value: Value) -> Option<()> {
    match (&mut parent.value, parent.key.take()) {
        (Value::Array(items), _) => items.push(value),
        (Value::Object(map), Some(key)) => {
            map.insert(key, value);
        }
        (Value::Object(_), None) => {
            parent.key = Some(match value {
                Value::String(words) => words,
                Value::Null => String::new(),
                _ => return None,
            });
        }
        _ => return None,
    }
    Some(())
}

fn count(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(count).sum::<usize>(),
        Value::Object(map) => {
            let keys = map.keys().map(|key| key.len() / BYTES_PER_VALUE);
            1 + keys.chain(map.values().map(count)).sum::<usize>()
        }
        Value::String(text) => 1 + text.len() / BYTES_PER_VALUE,
        _ => 1,
    }
}

fn refusal(line: usize) -> IntakeError {
    IntakeError::YamlInvalid { line: line.max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words_and_empty_stays_empty() {
        let value =
            read("cv:\n  date: 2018-09\n  phone:\n  open: no\n  list: [a, 'b', ~]\n").unwrap();
        assert_eq!(
            value.to_string(),
            r#"{"cv":{"date":"2018-09","phone":null,"open":"no","list":["a","b",null]}}"#
        );
        assert!(has_key("# x\ncv:\n  a: b", "cv") && !has_key("cvs: 1\n cv: 2", "cv"));
    }

    #[test]
    fn aliases_are_followed_until_they_cost_too_much() {
        let value = read("a: &x [1, 2]\nb: *x\n").unwrap();
        assert_eq!(value["b"], value["a"]);
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for level in 1..30 {
            let before = level - 1;
            let items = vec![format!("*a{before}"); 9].join(", ");
            bomb.extend([format!("a{level}: &a{level} [{items}]\n")]);
        }
        assert_eq!(read(&bomb).unwrap_err().code(), "yaml_invalid");
        // A long text that is repeated is as dear as many short ones.
        let long = format!(
            "a: &a {}\nb: [{}]",
            "x".repeat(100_000),
            "*a, ".repeat(2_000)
        );
        assert_eq!(read(&long).unwrap_err().code(), "yaml_invalid");
    }

    #[test]
    fn what_is_nested_too_deep_or_broken_is_refused() {
        for text in [
            "[".repeat(100_000),
            "- ".repeat(100_000),
            "a: {".repeat(5_000),
            "a: 'b".to_owned(),
            "a: b: c: d".to_owned(),
            "? [a]\n: b".to_owned(),
            String::new(),
        ] {
            assert!(read(&text).is_err(), "{text:.20}");
        }
    }
}
