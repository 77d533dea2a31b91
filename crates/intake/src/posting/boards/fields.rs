//! Reaching into a board's data: lines, sections of HTML, dates and times.

use career::{HiddenPassage, PartialDate};
use serde_json::Value;

use super::super::{fragment, is_web_address, jsonld};

/// The value at a path of keys, `company.name`.
pub(super) fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(value, |value, key| &value[key])
}

/// A text on one line; `None` when there is none.
pub(super) fn line(value: &Value, path: &str) -> Option<String> {
    jsonld::line(Some(at(value, path)))
}

/// Several texts joined with commas, each once.
pub(super) fn joined(value: &Value, paths: &[&str]) -> Option<String> {
    join(paths.iter().filter_map(|path| line(value, path)), ", ")
}

/// Texts that are there, each once.
pub(super) fn join(texts: impl Iterator<Item = String>, mark: &str) -> Option<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        if !kept.contains(&text) && kept.len() < 20 {
            kept.push(text);
        }
    }
    (!kept.is_empty()).then(|| kept.join(mark))
}

/// A date in a text, or in milliseconds since 1970.
pub(super) fn date(value: &Value, path: &str) -> Option<PartialDate> {
    match at(value, path) {
        Value::String(text) => PartialDate::parse(text),
        Value::Number(number) => day_of(number.as_i64()?.div_euclid(86_400_000)),
        _ => None,
    }
}

/// The day so many days after 1970-01-01 in the Gregorian calendar.
fn day_of(days: i64) -> Option<PartialDate> {
    if !(-100_000..1_000_000).contains(&days) {
        return None;
    }
    // Years begin in March here, so that the leap day is a year's last.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    let year = year_of_era + era * 400 + carry;
    PartialDate::parse(&format!("{year:04}-{month:02}-{day:02}"))
}

/// A link that may be shown.
pub(super) fn link(value: &Value, path: &str) -> Option<String> {
    line(value, path).filter(|url| is_web_address(url))
}

/// `remote`, `hybrid`, `onsite` in the words of boards.
pub(super) fn remote_of(word: &str) -> Option<bool> {
    let plain: String = word
        .to_lowercase()
        .chars()
        .filter(|character| character.is_alphanumeric())
        .collect();
    match plain.as_str() {
        "remote" | "fullyremote" | "fullremote" => Some(true),
        "hybrid" | "onsite" | "inoffice" | "office" | "flexible" => Some(false),
        _ => None,
    }
}

/// A posting's text, put together from parts of HTML.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The readable text so far.
    pub(super) text: String,
    /// What the parts hide.
    pub(super) hidden: Vec<HiddenPassage>,
}

impl Parts {
    /// Adds a part under a heading of its own, unless it is empty or stands there already.
    pub(super) fn add(&mut self, heading: Option<&str>, html: &Value) {
        let text = fragment::text_of(html.as_str().unwrap_or_default(), &mut self.hidden);
        if text.is_empty() || self.text.contains(&text) {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        if let Some(heading) = heading
            .map(career::text::clean)
            .filter(|words| !words.is_empty())
        {
            self.text.push_str(&heading);
            self.text.push_str("\n\n");
        }
        self.text.push_str(&text);
    }
}

/// The employer's name as the text spells it, for boards that only know `acmebaking`.
pub(super) fn spelled_out(short: &str, text: &str) -> Option<String> {
    let folded = |word: &str| -> String {
        word.chars()
            .filter(|character| character.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let wanted = folded(short);
    if wanted.is_empty() {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().take(20_000).collect();
    for start in 0..words.len() {
        let mut joined = String::new();
        for (count, word) in words[start..].iter().take(5).enumerate() {
            joined.push_str(&folded(word));
            if joined.len() > wanted.len() || !wanted.starts_with(&joined) {
                break;
            }
            if joined == wanted && words[start].starts_with(char::is_uppercase) {
                let name = words[start..=start + count].join(" ");
                let name = name.trim_matches(|mark: char| !mark.is_alphanumeric());
                let name = name.trim_end_matches("'s").trim_end_matches("’s");
                return Some(name.to_owned());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_milliseconds_become_days() {
        for (milliseconds, day) in [
            (0_i64, "1970-01-01"),
            (1_764_205_361_939, "2025-11-27"),
            (951_782_400_000, "2000-02-29"),
        ] {
            let value = serde_json::json!({ "at": milliseconds });
            assert_eq!(date(&value, "at"), PartialDate::parse(day));
        }
        assert_eq!(date(&serde_json::json!({"at": i64::MAX}), "at"), None);
    }

    #[test]
    fn an_employer_known_by_a_short_name_is_spelled_as_in_the_text() {
        let text = "You might fit. At Acme Baking Co, we bake. Acme Baking, founded 1990.";
        assert_eq!(
            spelled_out("acmebaking", text).as_deref(),
            Some("Acme Baking")
        );
        assert_eq!(
            spelled_out("acme-baking-co", text).as_deref(),
            Some("Acme Baking Co")
        );
        assert_eq!(spelled_out("other", text), None);
    }
}
