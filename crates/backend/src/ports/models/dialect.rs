//! How a server wants to be asked: servers that speak one interface differ in what they understand
//! of it. Begun with the most, and learnt from what a server says when it refuses.

use serde_json::{Map, Value, json};

use super::settings::Provider;

/// How the form of the answer is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// By its JSON schema.
    Schema,
    /// By the part of JSON schema that older Gemini models know.
    Subset,
    /// As JSON; the schema stands in the question.
    Json,
    /// Not at all; the schema stands in the question.
    Plain,
}

/// What a server understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub form: Form,
    /// Whether the limit of tokens is called `max_completion_tokens` and not `max_tokens`.
    pub completion_tokens: bool,
    /// Whether the temperature may be set.
    pub temperature: bool,
    /// Whether a stream can be asked to count its tokens.
    pub stream_usage: bool,
}

impl Dialect {
    pub(super) fn of(provider: Provider, base_url: &str) -> Self {
        Self {
            form: Form::Schema,
            completion_tokens: provider == Provider::OpenAi
                && base_url == Provider::OpenAi.base_url(),
            temperature: true,
            stream_usage: true,
        }
    }

    /// What to try after a refusal in these words (in lower case); `None` when they are about
    /// something else.
    pub(super) fn after(self, provider: Provider, words: &str) -> Option<Self> {
        let about = |names: &[&str]| names.iter().any(|name| words.contains(name));
        if provider == Provider::OpenAi {
            if about(&["max_completion_tokens", "max_tokens"])
                && about(&[
                    "unsupported",
                    "not support",
                    "unrecognized",
                    "unknown",
                    "not permitted",
                ])
                && !self.completion_tokens
            {
                return Some(Self {
                    completion_tokens: true,
                    ..self
                });
            }
            if about(&["stream_options"]) && self.stream_usage {
                return Some(Self {
                    stream_usage: false,
                    ..self
                });
            }
        }
        if about(&["temperature"]) && self.temperature {
            return Some(Self {
                temperature: false,
                ..self
            });
        }
        let form = match (provider, self.form) {
            (_, Form::Plain) => return None,
            _ if !about(FORM) => return None,
            (Provider::Gemini, _) if about(&["json mode"]) => Form::Plain,
            (Provider::Gemini, Form::Schema) => Form::Subset,
            (Provider::Anthropic, _) | (_, Form::Json) => Form::Plain,
            (_, Form::Schema | Form::Subset) => Form::Json,
        };
        Some(Self { form, ..self })
    }
}

/// Words of refusals that are about the form of the answer.
const FORM: &[&str] = &[
    "response_format",
    "responseformat",
    "schema",
    "grammar",
    "json_object",
    "json mode",
    "json_mode",
    "structured output",
    "response_mime_type",
    "responsemimetype",
    "tool_choice",
    "tools",
    "chatrequest.format",
    "invalid format",
];

/// Whether OpenAI's strict mode takes it: every object closed, every property required.
pub(super) fn is_strict(schema: &Value) -> bool {
    match schema {
        Value::Object(fields) => {
            let closed = match fields.get("properties") {
                Some(Value::Object(properties)) => {
                    let required = fields.get("required").and_then(Value::as_array);
                    let is_required = |name: &String| {
                        required.is_some_and(|names| names.iter().any(|other| other == name))
                    };
                    fields.get("additionalProperties") == Some(&Value::Bool(false))
                        && properties.keys().all(is_required)
                }
                _ => fields.get("type") != Some(&json!("object")),
            };
            closed && fields.values().all(is_strict)
        }
        Value::Array(items) => items.iter().all(is_strict),
        _ => true,
    }
}

/// Keywords of the schema that older Gemini models know.
const KNOWN: &[&str] = &[
    "type",
    "format",
    "description",
    "nullable",
    "enum",
    "maxItems",
    "minItems",
    "properties",
    "required",
    "items",
    "anyOf",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
];

/// The schema in words that older Gemini models know; what they do not know is left out, because
/// the answer is checked here anyway.
pub(super) fn subset(schema: &Value) -> Value {
    let Value::Object(fields) = schema else {
        return schema.clone();
    };
    let mut out = Map::new();
    for (name, value) in fields
        .iter()
        .filter(|(name, _)| KNOWN.contains(&name.as_str()))
    {
        let value = match (name.as_str(), value) {
            ("properties", Value::Object(properties)) => properties
                .iter()
                .map(|(name, property)| (name.clone(), subset(property)))
                .collect(),
            ("items", item) => subset(item),
            ("anyOf", Value::Array(items)) => items.iter().map(subset).collect(),
            ("type", Value::Array(types)) => {
                let is_null = |name: &&Value| name.as_str() == Some("null");
                if types.iter().any(|name| is_null(&name)) {
                    out.insert("nullable".to_owned(), Value::Bool(true));
                }
                let first = types.iter().find(|name| !is_null(name));
                first.cloned().unwrap_or_else(|| json!("string"))
            }
            _ => value.clone(),
        };
        out.insert(name.clone(), value);
    }
    if let Some(only @ Value::String(_)) = fields.get("const") {
        out.insert("type".to_owned(), json!("string"));
        out.insert("enum".to_owned(), json!([only]));
    }
    Value::Object(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_teaches_one_thing_at_a_time() {
        let first = Dialect::of(Provider::OpenAi, "http://127.0.0.1:1");
        let tokens = "unsupported parameter: 'max_tokens' is not supported with this model. \
                      use 'max_completion_tokens' instead.";
        let second = first.after(Provider::OpenAi, tokens).unwrap();
        assert!(second.completion_tokens && second.form == Form::Schema);
        let third = second
            .after(
                Provider::OpenAi,
                "response_format json_schema is not supported",
            )
            .unwrap();
        assert_eq!(third.form, Form::Json);
        let last = third
            .after(Provider::OpenAi, "'response_format' is unknown")
            .unwrap();
        assert_eq!(last.form, Form::Plain);
        assert_eq!(last.after(Provider::OpenAi, "response_format"), None);
        assert_eq!(
            first.after(Provider::OpenAi, "messages: must be an array"),
            None
        );
    }

    #[test]
    fn gemini_falls_from_json_schema_to_its_subset() {
        let first = Dialect::of(Provider::Gemini, "");
        let words = "invalid json payload received. unknown name \"responsejsonschema\"";
        let second = first.after(Provider::Gemini, words).unwrap();
        assert_eq!(second.form, Form::Subset);
        let last = second
            .after(
                Provider::Gemini,
                "json mode is not enabled for models/gemma",
            )
            .unwrap();
        assert_eq!(last.form, Form::Plain);
    }

    #[test]
    fn only_closed_schemas_are_strict() {
        let closed = json!({"type": "object", "properties": {"a": {"type": "string"}},
                            "required": ["a"], "additionalProperties": false});
        assert!(is_strict(&closed));
        let mut open = closed.clone();
        open["additionalProperties"] = json!(true);
        assert!(!is_strict(&open));
        assert!(!is_strict(&json!({"type": "object"})));
        assert!(!is_strict(&json!({"type": "array", "items": open})));
    }

    #[test]
    fn the_subset_drops_what_is_unknown_and_keeps_properties_of_any_name() {
        let schema = json!({
            "$schema": "x",
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "title": {"type": ["string", "null"], "title": "T"},
                "kind": {"const": "a"}
            }
        });
        let expected = json!({
            "type": "object",
            "properties": {
                "title": {"nullable": true, "type": "string"},
                "kind": {"type": "string", "enum": ["a"]}
            }
        });
        assert_eq!(subset(&schema), expected);
    }
}
