//! A JSON object that is taken apart: what is read leaves it, what remains was not understood.

use career::fact::Locator;
use career::{ContactKind, DateField, Fact, Field, PartialDate};
use serde_json::{Map, Value};

use crate::collect::{Collector, trimmed};

/// The most items of one list that are read.
const MAX_ITEMS: usize = 2_000;

/// An object and where it stands.
pub(crate) struct Node {
    pointer: String,
    map: Map<String, Value>,
}

/// An item of a list.
pub(crate) enum Item {
    /// An object.
    Node(Node),
    /// A filled string.
    Text(Fact),
}

impl Node {
    /// The document itself.
    pub(crate) fn root(map: Map<String, Value>) -> Self {
        Self {
            pointer: String::new(),
            map,
        }
    }

    /// Whether there is a value of that name, filled or not.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    /// Whether there is a list of that name.
    pub(crate) fn is_list(&self, key: &str) -> bool {
        self.map.get(key).is_some_and(Value::is_array)
    }

    /// The names of all values, in their order.
    pub(crate) fn keys(&self) -> Vec<String> {
        self.map.keys().cloned().collect()
    }

    /// Where a value of that name stands.
    pub(crate) fn locator(&self, key: &str) -> Locator {
        pointer(self.place(key))
    }

    /// A filled string that is turned into other words before it becomes a fact.
    pub(crate) fn text(&mut self, collector: &mut Collector, key: &str) -> Option<String> {
        match self.take(key)? {
            Value::String(text) => Some(text),
            other => {
                self.wrong(collector, key, other);
                None
            }
        }
    }

    fn place(&self, key: &str) -> String {
        let escaped = key.replace('~', "~0").replace('/', "~1");
        format!("{}/{escaped}", self.pointer)
    }

    /// Takes the value out; `None` for nothing, null and what is empty.
    fn take(&mut self, key: &str) -> Option<Value> {
        self.map.shift_remove(key).filter(|value| match value {
            Value::Null => false,
            Value::String(text) => !text.trim().is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Object(map) => !map.is_empty(),
            Value::Bool(_) | Value::Number(_) => true,
        })
    }

    fn wrong(&mut self, collector: &mut Collector, key: &str, value: Value) {
        collector
            .notices
            .push(format!("wrong_type:{}", self.place(key)));
        self.map.insert(key.to_owned(), value);
    }

    /// The object under a key.
    pub(crate) fn object(&mut self, collector: &mut Collector, key: &str) -> Option<Self> {
        match self.take(key)? {
            Value::Object(map) => Some(Self {
                pointer: self.place(key),
                map,
            }),
            other => {
                self.wrong(collector, key, other);
                None
            }
        }
    }

    /// The fact of a filled string.
    pub(crate) fn fact(&mut self, collector: &mut Collector, key: &str) -> Option<Fact> {
        match self.take(key)? {
            Value::String(text) => Some(collector.fact(pointer(self.place(key)), &text)),
            other => {
                self.wrong(collector, key, other);
                None
            }
        }
    }

    /// A filled string as a field.
    pub(crate) fn field(&mut self, collector: &mut Collector, key: &str) -> Option<Field> {
        self.fact(collector, key).as_ref().and_then(trimmed)
    }

    /// The first of several names that is filled; older formats use other names.
    pub(crate) fn first(&mut self, collector: &mut Collector, keys: &[&str]) -> Option<Field> {
        keys.iter().find_map(|key| self.field(collector, key))
    }

    /// A date. Where the words of its source are kept beside the ISO date and still say the same,
    /// they are the date's words; a date that was changed since then counts as it stands.
    pub(crate) fn date(&mut self, collector: &mut Collector, key: &str) -> Option<DateField> {
        let words = words_key(key);
        let read = |key: &str| {
            let text = self.map.get(key).and_then(Value::as_str);
            text.map(|text| (!text.trim().is_empty(), PartialDate::parse(text)))
        };
        if words != key
            && let Some((true, meant)) = read(&words)
            && read(key).is_none_or(|(filled, date)| !filled || date == meant)
        {
            self.map.shift_remove(key);
            return self.field(collector, &words).map(DateField::read);
        }
        self.field(collector, key).map(DateField::read)
    }

    /// An end date; a word for "until today" is no date and means that there is none.
    pub(crate) fn end(&mut self, collector: &mut Collector, key: &str) -> Option<DateField> {
        let open = [key, &words_key(key)].iter().any(|key| {
            let text = self.map.get(*key).and_then(Value::as_str);
            text.is_some_and(until_today)
        });
        if open {
            return None;
        }
        self.date(collector, key)
    }

    /// A yes or no.
    pub(crate) fn flag(&mut self, key: &str) -> Option<bool> {
        let flag = self.map.get(key)?.as_bool()?;
        self.map.shift_remove(key);
        Some(flag)
    }

    /// The kind of a further contact; what is none is shown like a page elsewhere.
    pub(crate) fn kind(&mut self) -> ContactKind {
        let kind = self.map.get("kind").cloned().unwrap_or_default();
        match serde_json::from_value(kind) {
            Ok(kind) => {
                self.map.shift_remove("kind");
                kind
            }
            Err(_) => ContactKind::Network,
        }
    }

    /// The parts of a fact, as far as the listed words stand in it one behind the other; else all
    /// of it.
    pub(crate) fn parts(&mut self, key: &str, fact: &Fact) -> Vec<Field> {
        let listed: Option<Vec<&str>> = self
            .map
            .get(key)
            .and_then(Value::as_array)
            .and_then(|items| items.iter().map(Value::as_str).collect());
        let mut from = 0;
        let spans: Option<Vec<Field>> = listed.and_then(|words| {
            words
                .iter()
                .map(|word| {
                    let start = from + fact.quote.get(from..)?.find(word)?;
                    from = start + word.len();
                    Field::span(fact, start, from)
                })
                .collect()
        });
        match spans.filter(|spans| !spans.is_empty()) {
            Some(spans) => {
                self.map.shift_remove(key);
                spans
            }
            None => trimmed(fact).into_iter().collect(),
        }
    }

    /// Any value, as it is.
    pub(crate) fn value(&mut self, key: &str) -> Option<Value> {
        self.map.shift_remove(key)
    }

    /// The items of a list: objects and filled strings.
    pub(crate) fn items(&mut self, collector: &mut Collector, key: &str) -> Vec<Item> {
        let place = self.place(key);
        let values = match self.take(key) {
            None => return Vec::new(),
            Some(Value::Array(values)) => values,
            Some(other) => {
                self.wrong(collector, key, other);
                return Vec::new();
            }
        };
        if values.len() > MAX_ITEMS {
            collector.notices.push(format!("too_many_items:{place}"));
        }
        let mut items = Vec::new();
        for (number, value) in values.into_iter().take(MAX_ITEMS).enumerate() {
            let here = format!("{place}/{number}");
            match value {
                Value::Object(map) => items.push(Item::Node(Self { pointer: here, map })),
                Value::String(text) if !text.trim().is_empty() => {
                    items.push(Item::Text(collector.fact(pointer(here), &text)));
                }
                Value::Null | Value::String(_) => {}
                other => {
                    collector.notices.push(format!("wrong_type:{here}"));
                    collector.keep_unread(pointer(here), other.to_string());
                }
            }
        }
        items
    }

    /// The objects of a list; loose strings in it are kept as unread.
    pub(crate) fn objects(&mut self, collector: &mut Collector, key: &str) -> Vec<Self> {
        let items = self.items(collector, key);
        items
            .into_iter()
            .filter_map(|item| match item {
                Item::Node(node) => Some(node),
                Item::Text(fact) => {
                    collector.keep_unread(fact.locator.clone(), fact.quote);
                    None
                }
            })
            .collect()
    }

    /// The objects under a key that holds one or a list of them.
    pub(crate) fn each(&mut self, collector: &mut Collector, key: &str) -> Vec<Self> {
        if self.map.get(key).is_some_and(Value::is_array) {
            self.objects(collector, key)
        } else if self.map.get(key).is_some_and(Value::is_object) {
            self.object(collector, key).into_iter().collect()
        } else {
            Vec::new()
        }
    }

    /// The node at the end of a path of objects; what stands beside the path is kept as unread.
    pub(crate) fn at(&mut self, collector: &mut Collector, path: &[&str]) -> Option<Self> {
        let (first, rest) = path.split_first()?;
        let mut node = self.each(collector, first).into_iter().next()?;
        if rest.is_empty() {
            return Some(node);
        }
        let found = node.at(collector, rest);
        node.finish(collector);
        found
    }

    /// The words at the end of a path of objects, plain or with attributes beside them.
    pub(crate) fn words(&mut self, collector: &mut Collector, path: &[&str]) -> Option<Fact> {
        let (last, before) = path.split_last()?;
        if before.is_empty() {
            return match self.map.get(*last) {
                Some(Value::String(_)) => self.fact(collector, last),
                Some(Value::Object(_)) => {
                    let mut node = self.object(collector, last)?;
                    let fact = node.fact(collector, "#text");
                    node.finish(collector);
                    fact
                }
                _ => None,
            };
        }
        // Only taken apart when there is something at its end.
        let mut here = self.map.get(*before.first()?)?;
        for name in before.iter().skip(1).chain([last]) {
            here = here.get(*name)?;
        }
        let mut node = self.at(collector, before)?;
        let fact = node.words(collector, &[last]);
        node.finish(collector);
        fact
    }

    /// The strings of a list; objects with a `name` count as that name.
    pub(crate) fn strings(&mut self, collector: &mut Collector, key: &str) -> Vec<Field> {
        let items = self.items(collector, key);
        let mut fields = Vec::new();
        for item in items {
            match item {
                Item::Text(fact) => fields.extend(trimmed(&fact)),
                Item::Node(mut node) => {
                    fields.extend(node.field(collector, "name"));
                    node.finish(collector);
                }
            }
        }
        fields
    }

    /// Keeps what nobody took.
    pub(crate) fn finish(self, collector: &mut Collector) {
        for (key, value) in &self.map {
            if !value.is_null() {
                collector.keep_unread(pointer(self.place(key)), kept(value));
            }
        }
    }
}

/// A value as it is kept: compact JSON, or bare words where no JSON can be read into them.
pub(crate) fn kept(value: &Value) -> String {
    match value {
        Value::String(text) if serde_json::from_str::<Value>(text).is_err() => text.clone(),
        other => other.to_string(),
    }
}

/// Where the words of a date stand when the format wants it in ISO form.
pub(crate) fn words_key(key: &str) -> String {
    if key.starts_with("x-") {
        key.to_owned()
    } else {
        format!("x-{key}")
    }
}

fn until_today(text: &str) -> bool {
    matches!(
        text.trim().to_lowercase().as_str(),
        "present" | "current" | "now" | "today" | "ongoing"
    )
}

fn pointer(pointer: String) -> Locator {
    Locator::JsonPointer { pointer }
}
