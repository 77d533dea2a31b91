//! Turns the message file into functions: a missing message or argument does not compile.
//!
//! `name` becomes `name()`, with an argument for each `{placeholder}`. A message with forms
//! (`one`, `other`) takes `count` first. `group.code` is looked up at run time by `group(code)`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, error, fs};

use serde_json::Value;

type Groups<'a> = BTreeMap<&'a str, Vec<(&'a str, &'a Value)>>;

fn main() -> Result<(), Box<dyn error::Error>> {
    println!("cargo::rerun-if-changed=messages/en.json");
    let messages: BTreeMap<String, Value> =
        serde_json::from_str(&fs::read_to_string("messages/en.json")?)?;
    let mut groups = Groups::new();
    let mut code = String::new();
    for (key, message) in &messages {
        match key.split_once('.') {
            Some((group, name)) => groups.entry(group).or_default().push((name, message)),
            None => named(&mut code, key, message)?,
        }
    }
    for (name, entries) in &groups {
        group(&mut code, name, entries)?;
    }
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("messages.rs"), code)?;
    Ok(())
}

fn named(code: &mut String, key: &str, message: &Value) -> Result<(), Box<dyn error::Error>> {
    let (parameters, body) = match message {
        Value::String(text) => {
            let names = placeholders(text);
            (names.clone(), format(text, &names))
        }
        forms => {
            let (one, other) = forms_of(key, forms)?;
            let mut names = placeholders(other);
            names.retain(|name| name != "count");
            let body = format!(
                "if count == 1 {{ {} }} else {{ {} }}",
                format(one, &placeholders(one)),
                format(other, &placeholders(other))
            );
            names.insert(0, "count".to_owned());
            (names, body)
        }
    };
    let list: Vec<String> = parameters
        .iter()
        .map(|name| {
            let kind = if name == "count" { "i64" } else { "&str" };
            format!("{name}: {kind}")
        })
        .collect();
    let result = if parameters.is_empty() {
        "&'static str"
    } else {
        "String"
    };
    writeln!(
        code,
        "/// {}\npub fn {key}({}) -> {result} {{ {body} }}",
        example(message),
        list.join(", ")
    )?;
    Ok(())
}

fn group(
    code: &mut String,
    name: &str,
    entries: &[(&str, &Value)],
) -> Result<(), Box<dyn error::Error>> {
    let counted = entries.iter().any(|(_, message)| message.is_object());
    let (signature, kind) = if counted {
        ("code: &str, count: i64", "String")
    } else {
        ("code: &str", "&'static str")
    };
    writeln!(
        code,
        "/// The message of a code.\npub fn {name}({signature}) -> Option<{kind}> {{"
    )?;
    writeln!(code, "Some(match code {{")?;
    for (entry, message) in entries {
        if counted {
            let (one, other) = forms_of(entry, message)?;
            let one = format(one, &placeholders(one));
            let other = format(other, &placeholders(other));
            writeln!(
                code,
                "{entry:?} => if count == 1 {{ {one}.into() }} else {{ {other}.into() }},"
            )?;
        } else {
            writeln!(
                code,
                "{entry:?} => {:?},",
                message.as_str().unwrap_or_default()
            )?;
        }
    }
    writeln!(code, "_ => return None }})\n}}")?;
    Ok(())
}

fn forms_of<'a>(key: &str, forms: &'a Value) -> Result<(&'a str, &'a str), String> {
    let form = |name: &str| forms.get(name).and_then(Value::as_str);
    form("one")
        .zip(form("other"))
        .ok_or_else(|| format!("{key}: needs the forms one and other"))
}

fn format(text: &str, names: &[String]) -> String {
    if names.is_empty() {
        format!("{text:?}")
    } else {
        format!("format!({text:?})")
    }
}

fn placeholders(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in text.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names
}

fn example(message: &Value) -> String {
    let text = message
        .as_str()
        .or_else(|| message.get("other").and_then(Value::as_str));
    text.unwrap_or_default().replace('\n', " ")
}
