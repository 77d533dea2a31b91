//! What a posting pays, out of a structured field or out of words. What is in doubt is left out:
//! a posting without a salary is better than one with somebody's revenue.

use std::sync::LazyLock;

use career::{Amount, PayUnit, Salary};
use regex::Regex;
use serde_json::Value;

use super::boilerplate::pattern;

/// Words longer than this are no salary.
const MAX_WORDS: usize = 300;

/// Signs and codes of currencies. A sign that several countries use (`$`, `¥`, `kr`) names the
/// one it means by itself most often only where nothing else stands beside it.
const CURRENCIES: [(&str, &str); 44] = [
    ("CA$", "CAD"),
    ("C$", "CAD"),
    ("AU$", "AUD"),
    ("A$", "AUD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("S$", "SGD"),
    ("US$", "USD"),
    ("R$", "BRL"),
    ("MX$", "MXN"),
    ("EUR", "EUR"),
    ("USD", "USD"),
    ("GBP", "GBP"),
    ("CHF", "CHF"),
    ("CAD", "CAD"),
    ("AUD", "AUD"),
    ("NZD", "NZD"),
    ("SEK", "SEK"),
    ("NOK", "NOK"),
    ("DKK", "DKK"),
    ("PLN", "PLN"),
    ("CZK", "CZK"),
    ("HUF", "HUF"),
    ("RON", "RON"),
    ("INR", "INR"),
    ("JPY", "JPY"),
    ("CNY", "CNY"),
    ("SGD", "SGD"),
    ("HKD", "HKD"),
    ("BRL", "BRL"),
    ("MXN", "MXN"),
    ("ZAR", "ZAR"),
    ("ILS", "ILS"),
    ("AED", "AED"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("zł", "PLN"),
    ("₪", "ILS"),
    ("¥", "JPY"),
    ("￥", "JPY"),
    ("円", "JPY"),
    ("Kč", "CZK"),
    ("$", "USD"),
];

/// An amount with what may stand around it: a currency before or behind, thousands.
static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?P<before>(?:US|CA|AU|NZ|HK|MX|[CASR])?\$|[€£₹₪¥￥]|\b(?:EUR|USD|GBP|CHF|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|INR|JPY|CNY|SGD|HKD|BRL|MXN|ZAR|ILS|AED))?\s?(?P<digits>\d[\d.,’'\u{a0}\u{202f}]*(?: \d{3}\b)*)\s?(?P<scale>k\b|K\b|万|Mio\b|lakhs?\b|LPA\b)?\s?(?P<after>[€£₹₪¥￥円$]|zł|Kč|(?:EUR|USD|GBP|CHF|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|INR|JPY|CNY|SGD|HKD|BRL|MXN|ZAR|ILS|AED)\b)?",
    )
});
/// What may stand between the two ends of a range.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:per (?:year|hour|month|annum)|a year|/\s?(?:yr|hr|year|hour|mo|month))?\s*(?:-|–|—|−|〜|~|to|and|bis|und|à|a|al?|hasta|tot|y|et|up to)\s*$",
    )
});
/// What may stand behind an amount and says for how long it is.
static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[\s,)]*(?:\(?(?:gross|brutto|bruto|brut|base)\)?[\s,]*)?(?:/|per|pro|par|por|al|je|an?|p\.?\s?|each|im|annually|yearly|monthly|hourly|weekly|daily|jährlich|monatlich|LPA)\s*\.?\s*(?P<unit>\p{L}*)",
    )
});
/// A line that speaks of pay.
static CUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:salary|salaries|compensation|pay(?:\s+(?:range|rate|band|scale))|base pay|pay|wage|remuneration|OTE|on-target earnings|gehalt|jahresgehalt|vergütung|entlohnung|lohn|salaire|rémunération|salario|retribuci[oó]n|retribuzione|stipendio|salaris|wynagrodzenie|RAL)\b|年収|月給|給与|時給",
    )
});

/// A line that speaks of money beside the pay.
static ASIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:bonus\w*|budget|stipend|allowance|referral|equity|raised|revenue|funding|valuation|401|discount|reimburse\w*|sign(?:ing)?[ -]on|zuschuss|prime|prämie)\b",
    )
});

/// A salary as schema.org and boards write it: a number, words, or an object with a value or a
/// range.
pub(super) fn of_json(value: &Value) -> Option<Salary> {
    match value {
        Value::String(words) => match amount_of(words) {
            Some(amount) => Some(Salary {
                min: Some(amount),
                max: Some(amount),
                ..Salary::default()
            }),
            None => of_words(words),
        },
        Value::Number(_) => {
            let amount = amount_in(Some(value))?;
            Some(Salary {
                min: Some(amount),
                max: Some(amount),
                ..Salary::default()
            })
        }
        Value::Array(items) => items.iter().take(10).find_map(of_json),
        Value::Object(map) => {
            let inner = match map.get("value") {
                Some(Value::Object(inner)) => Some(inner),
                Some(Value::Array(items)) => items.iter().find_map(Value::as_object),
                _ => None,
            };
            let get = |key: &str| {
                inner
                    .and_then(|inner| inner.get(key))
                    .or_else(|| map.get(key))
            };
            let words = map.get("value").and_then(Value::as_str);
            let single = inner
                .and_then(|inner| amount_in(inner.get("value")))
                .or_else(|| amount_in(map.get("value")));
            let mut found = Salary {
                min: amount_in(get("minValue").or_else(|| get("min"))).or(single),
                max: amount_in(get("maxValue").or_else(|| get("max"))).or(single),
                currency: get("currency")
                    .or_else(|| get("currencyCode"))
                    .and_then(currency_of),
                unit: get("unitText")
                    .or_else(|| get("interval"))
                    .or_else(|| get("period"))
                    .and_then(Value::as_str)
                    .and_then(PayUnit::parse),
                raw: None,
            };
            if !found.has_amount() {
                let said = words.and_then(of_words)?;
                found = Salary {
                    currency: found.currency.or(said.currency),
                    unit: found.unit.or(said.unit),
                    ..said
                };
            }
            Some(found)
        }
        _ => None,
    }
}

fn amount_in(value: Option<&Value>) -> Option<Amount> {
    match value? {
        Value::Number(number) => Amount::number(number.as_f64()?),
        Value::String(text) => amount_of(text),
        _ => None,
    }
}

/// A number and nothing else, `75000`, `75,000.00`.
pub(super) fn amount_of(text: &str) -> Option<Amount> {
    let text = text.trim();
    let plain = !text.is_empty()
        && text
            .chars()
            .all(|character| character.is_ascii_digit() || ".,' \u{a0}".contains(character));
    if plain { number_of(text) } else { None }
}

/// The code of a currency, in a field that holds nothing else.
pub(super) fn currency_of(value: &Value) -> Option<String> {
    currency_code(value.as_str()?)
}

/// An ISO 4217 code, or the code of a sign.
pub(super) fn currency_code(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() == 3 && text.chars().all(|letter| letter.is_ascii_alphabetic()) {
        return Some(text.to_ascii_uppercase());
    }
    known_currency(text).map(str::to_owned)
}

fn known_currency(sign: &str) -> Option<&'static str> {
    CURRENCIES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(sign))
        .map(|(_, code)| *code)
}

/// A field of words that is about pay and nothing else: kept as written, with what can be read.
pub(super) fn of_words(words: &str) -> Option<Salary> {
    let raw = career::text::clean(&html_escape::decode_html_entities(words));
    if raw.is_empty() || raw.chars().count() > MAX_WORDS {
        return None;
    }
    let found = range_in(&raw).map(|(salary, _)| salary).unwrap_or_default();
    Some(Salary {
        unit: found.unit.or_else(|| unit_of_cue(&raw)),
        raw: Some(raw),
        ..found
    })
}

/// A salary in a posting's running text: an amount with a currency on a line that speaks of pay,
/// or one that is said to be for an hour, a month or a year.
pub(super) fn in_text(text: &str) -> Option<Salary> {
    let mut heading = false;
    for line in text.lines() {
        let line = line.trim_start_matches("- ").trim();
        if line.is_empty() {
            continue;
        }
        let cued = CUE.is_match(line);
        for sentence in career::text::sentences(line).into_iter().take(200) {
            let words = &line[sentence.0..sentence.1];
            let Some((mut salary, several)) = range_in(words) else {
                continue;
            };
            if salary.currency.is_none() || !is_plausible(&salary) {
                continue;
            }
            let alone = several || !ASIDE.is_match(words);
            let about_pay = alone && (heading || CUE.is_match(words)) || (cued && several);
            let for_time = salary.unit.is_some() && several;
            if about_pay || for_time {
                salary.unit = salary.unit.or_else(|| unit_of_cue(words));
                return Some(salary);
            }
        }
        heading = cued && line.chars().count() <= 60;
    }
    None
}

/// Nobody is paid a million an hour or three a year.
fn is_plausible(salary: &Salary) -> bool {
    let least = salary.min.or(salary.max).map_or(0.0, Amount::value);
    let most = salary.max.or(salary.min).map_or(0.0, Amount::value);
    match salary.unit {
        Some(PayUnit::Hour | PayUnit::Day) => least >= 2.0,
        Some(PayUnit::Week | PayUnit::Month) => least >= 50.0,
        Some(PayUnit::Year) | None => least >= 1_000.0 && most < least * 20.0,
    }
}

fn unit_of_cue(words: &str) -> Option<PayUnit> {
    if words.contains("年収") {
        return Some(PayUnit::Year);
    }
    if words.contains("月給") {
        return Some(PayUnit::Month);
    }
    if words.contains("時給") {
        return Some(PayUnit::Hour);
    }
    let lower = words.to_lowercase();
    [
        ("annual", PayUnit::Year),
        ("yearly", PayUnit::Year),
        ("per annum", PayUnit::Year),
        ("jahresgehalt", PayUnit::Year),
        ("hourly", PayUnit::Hour),
        ("stundenlohn", PayUnit::Hour),
        ("monthly", PayUnit::Month),
        ("monatsgehalt", PayUnit::Month),
    ]
    .into_iter()
    .find(|(cue, _)| lower.contains(cue))
    .map(|(_, unit)| unit)
}

struct Piece {
    start: usize,
    end: usize,
    value: f64,
    scaled: Option<f64>,
    currency: Option<&'static str>,
}

/// The first amount or range in some words, and whether both its ends or its time are said.
fn range_in(words: &str) -> Option<(Salary, bool)> {
    let pieces: Vec<Piece> = AMOUNT
        .captures_iter(words)
        .take(20)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let digits = found.name("digits")?.as_str();
            let scale = found
                .name("scale")
                .map(|scale| scale.as_str().to_lowercase());
            let scale = scale.map(|scale| match scale.as_str() {
                "k" => 1_000.0,
                "万" => 10_000.0,
                "mio" => 1_000_000.0,
                _ => 100_000.0,
            });
            let currency = found
                .name("before")
                .or_else(|| found.name("after"))
                .and_then(|sign| known_currency(sign.as_str()));
            Some(Piece {
                start: whole.start(),
                end: whole.end(),
                value: number_of(digits)?.value(),
                scaled: scale,
                currency,
            })
        })
        .collect();
    for (place, first) in pieces.iter().enumerate() {
        let second = pieces
            .get(place + 1)
            .filter(|second| BETWEEN.is_match(&words[first.end..second.start]));
        let currency = first
            .currency
            .or_else(|| second.and_then(|piece| piece.currency));
        if currency.is_none() {
            continue;
        }
        let end = second.map_or(first.end, |piece| piece.end);
        let unit = unit_behind(&words[end..])
            .or_else(|| second.and_then(|second| unit_behind(&words[first.end..second.start])));
        let low = second.map_or(first.scaled, |second| first.scaled.or(second.scaled));
        // "100–120k": the letter belongs to both ends.
        let low = low.filter(|_| first.scaled.is_some() || first.value < 1_000.0);
        let min = Amount::number(first.value * low.unwrap_or(1.0));
        let max = second.map_or(min, |second| {
            Amount::number(second.value * second.scaled.unwrap_or(1.0))
        });
        if max < min {
            continue;
        }
        let salary = Salary {
            min,
            max,
            currency: currency.map(str::to_owned),
            unit,
            raw: None,
        };
        return Some((salary, second.is_some() || unit.is_some()));
    }
    None
}

fn unit_behind(rest: &str) -> Option<PayUnit> {
    let found = UNIT.captures(rest)?;
    let whole = found.get(0)?.as_str();
    found
        .name("unit")
        .and_then(|unit| PayUnit::parse(unit.as_str()))
        .or_else(|| PayUnit::parse(whole))
}

/// `68.000`, `68,000`, `68 000`, `17.50`, `1,234,567.89`: the last mark before one or two digits is
/// decimal, all others set thousands apart.
fn number_of(digits: &str) -> Option<Amount> {
    let digits = digits.trim_end_matches(|mark: char| !mark.is_ascii_digit());
    let decimal = digits
        .rfind(['.', ','])
        .filter(|at| (1..=2).contains(&(digits.len() - at - 1)));
    let (whole, rest) = decimal.map_or((digits, ""), |at| (&digits[..at], &digits[at + 1..]));
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    if whole.len() > 12 {
        return None;
    }
    let cents = format!("{rest:0<2}");
    let total = whole.parse::<u64>().ok()?.checked_mul(100)?;
    Amount::hundredths(total.checked_add(cents.parse().ok()?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(salary: &Salary) -> String {
        let amount = |amount: Option<Amount>| amount.map_or("-".to_owned(), |a| a.to_string());
        format!(
            "{} {} {} {:?}",
            amount(salary.min),
            amount(salary.max),
            salary.currency.as_deref().unwrap_or("-"),
            salary.unit
        )
    }

    #[test]
    fn words_about_pay_are_read_in_the_ways_they_are_written() {
        for (words, expected) in [
            ("€68.000 – €82.000 per year", "68000 82000 EUR Some(Year)"),
            ("$120,000 - $150,000 a year", "120000 150000 USD Some(Year)"),
            ("$239K/yr - $275K/yr", "239000 275000 USD Some(Year)"),
            ("CA$102.8K – CA$137K", "102800 137000 CAD None"),
            ("60-75k EUR", "60000 75000 EUR None"),
            ("£17.50 per hour", "17.50 17.50 GBP Some(Hour)"),
            ("70 000 € brutto pro Jahr", "70000 70000 EUR Some(Year)"),
            ("CHF 110'000 to 130'000", "110000 130000 CHF None"),
            ("年収600万円〜850万円", "6000000 8500000 JPY Some(Year)"),
            ("Competitive", "- - - None"),
        ] {
            assert_eq!(shown(&of_words(words).unwrap()), expected, "{words}");
        }
    }

    #[test]
    fn running_text_gives_a_salary_only_where_it_speaks_of_pay() {
        for (text, expected) in [
            (
                "The base salary range for this role is $150,000 – $180,000.",
                Some("150000 180000 USD None"),
            ),
            ("Salary\n- €50.000 - €60.000", Some("50000 60000 EUR None")),
            ("$45 - $55 per hour, on site", Some("45 55 USD Some(Hour)")),
            ("We manage $2,000,000 in assets and raised €40M.", None),
            ("A $5,000 learning budget per year", None),
            ("Compensation\n- We pay a $5,000 signing bonus", None),
            ("Pay: CHF 95'000", Some("95000 95000 CHF None")),
            ("4+ years, 18 minutes to under 10", None),
            ("Revenue grew from $10 to $20 million", None),
        ] {
            let found = in_text(text).map(|salary| shown(&salary));
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn fields_hold_numbers_ranges_or_words() {
        let read = |json: Value| of_json(&json).map(|salary| shown(&salary));
        assert_eq!(
            read(serde_json::json!("100000")).as_deref(),
            Some("100000 100000 - None")
        );
        assert_eq!(
            read(serde_json::json!({"currency": "eur", "value": {"minValue": "1,000.50", "unitText": "MONTH"}}))
                .as_deref(),
            Some("1000.50 - EUR Some(Month)")
        );
        assert_eq!(
            read(serde_json::json!({"max": "75000", "min": "60000", "period": "year", "currency": "EUR"}))
                .as_deref(),
            Some("60000 75000 EUR Some(Year)")
        );
        assert_eq!(read(serde_json::json!({"value": null})), None);
    }
}
