//! Finds the JSON in a model's text, fenced or with chatter around it, and holds it to its schema.

use jsonschema::Validator;
use serde_json::Value;

use super::error::ModelError;

/// Places that are tried as the beginning of JSON within chatter.
const TRIES: usize = 64;

/// A schema, ready to check answers.
pub(super) struct Schema(Validator);

/// An answer that is not taken, and what to tell the model about it. The hint names places in the
/// answer, so it goes back to the model and nowhere else.
#[derive(Debug)]
pub(super) struct Unfit {
    pub error: ModelError,
    pub hint: String,
}

impl Schema {
    pub(super) fn new(schema: &Value) -> Result<Self, ModelError> {
        jsonschema::validator_for(schema)
            .map(Self)
            .map_err(|_| ModelError::BadSchema)
    }

    /// The first JSON in the text that follows the schema; else what is wrong with the longest.
    pub(super) fn read(&self, text: &str) -> Result<Value, Unfit> {
        let whole = text.trim().trim_start_matches('\u{feff}');
        let mut worst: Option<(usize, Unfit)> = None;
        let mut from = 0;
        for _ in 0..TRIES {
            let Some(start) = whole[from..].find(['{', '[']) else {
                break;
            };
            let start = from + start;
            let mut values =
                serde_json::Deserializer::from_str(&whole[start..]).into_iter::<Value>();
            let Some(Ok(value)) = values.next() else {
                from = start + 1;
                continue;
            };
            let length = values.byte_offset();
            from = start + length;
            let unfit = match self.check(&value) {
                Ok(()) => return Ok(value),
                Err(unfit) => unfit,
            };
            if worst.as_ref().is_none_or(|(longest, _)| length > *longest) {
                worst = Some((length, unfit));
            }
        }
        Err(match worst {
            Some((_, unfit)) => unfit,
            None => no_json(whole),
        })
    }

    fn check(&self, value: &Value) -> Result<(), Unfit> {
        let mut errors = self.0.iter_errors(value);
        let Some(first) = errors.next() else {
            return Ok(());
        };
        let rule = first.schema_path().to_string();
        // Values are masked: the model has its own answer, and nobody else needs it.
        let hints: Vec<String> = std::iter::once(first)
            .chain(errors.take(4))
            .map(|error| format!("at \"{}\": {}", error.instance_path(), error.masked()))
            .map(|hint| hint.chars().take(300).collect())
            .collect();
        Err(Unfit {
            error: ModelError::WrongSchema { rule },
            hint: hints.join("\n"),
        })
    }
}

fn no_json(text: &str) -> Unfit {
    let start = text.find(['{', '[']).unwrap_or(0);
    let hint = match serde_json::from_str::<Value>(&text[start..]) {
        Ok(_) => "it is not a JSON object".to_owned(),
        Err(error) => error.to_string(),
    };
    Unfit {
        error: ModelError::NotJson,
        hint,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn schema() -> Schema {
        let schema = json!({
            "type": "object",
            "properties": {"a": {"type": "integer"}},
            "required": ["a"],
            "additionalProperties": false
        });
        Schema::new(&schema).unwrap()
    }

    #[test]
    fn json_is_found_in_fences_and_chatter() {
        for text in [
            "{\"a\":1}",
            "\u{feff} {\"a\":1}\n",
            "```json\n{\"a\":1}\n```",
            "Here you are, as {asked}: {\"b\":2} or rather {\"a\":1}. [Bye]!",
            "[NAME], see: {\"a\":1}",
        ] {
            assert_eq!(schema().read(text).unwrap(), json!({"a": 1}), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_by_its_rule_and_never_by_its_words() {
        let unfit = schema().read("{\"a\":\"sekrit\"}").unwrap_err();
        let rule = "/properties/a/type".to_owned();
        assert_eq!(unfit.error, ModelError::WrongSchema { rule });
        assert!(unfit.hint.contains("/a") && !unfit.hint.contains("sekrit"));
        let unfit = schema().read("{\"sekrit\":1}").unwrap_err();
        assert!(!unfit.error.to_string().contains("sekrit"));
    }

    #[test]
    fn prose_and_broken_json_are_no_json() {
        for text in [
            "I cannot do that.",
            "{\"a\": 1",
            "",
            "null",
            "{{{{",
            &"[".repeat(5000),
        ] {
            let unfit = schema().read(text).unwrap_err();
            assert_eq!(unfit.error, ModelError::NotJson, "{text}");
            assert!(!unfit.hint.is_empty());
        }
    }

    #[test]
    fn a_schema_that_is_none_is_told_before_anything_is_sent() {
        assert!(Schema::new(&json!({"type": "colour"})).is_err());
    }
}
