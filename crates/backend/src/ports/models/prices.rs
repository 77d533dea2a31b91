//! What tokens cost: `data/prices.toml`, read once, and integer arithmetic over it.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::request::Usage;

const FILE: &str = include_str!("../../../data/prices.toml");
/// Tokens that a price is for.
const PER: u128 = 1_000_000;

/// An amount of US dollars.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Money {
    /// Millionths of a dollar.
    pub micro_dollars: u64,
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (dollars, rest) = (
            self.micro_dollars / 1_000_000,
            self.micro_dollars % 1_000_000,
        );
        write!(formatter, "${dollars}.{rest:06}")
    }
}

impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        let micro_dollars =
            amounts.fold(0u64, |sum, amount| sum.saturating_add(amount.micro_dollars));
        Self { micro_dollars }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rates {
    input: f64,
    output: f64,
    cached: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Long {
    from: u64,
    input: f64,
    output: f64,
    cached: Option<f64>,
}

/// What a model's tokens cost, in dollars per million.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    input: f64,
    output: f64,
    cached: Option<f64>,
    long: Option<Long>,
}

impl Price {
    /// So many dollars per million tokens read and written.
    pub fn flat(input: f64, output: f64) -> Self {
        Self {
            input,
            output,
            cached: None,
            long: None,
        }
    }

    /// What so many tokens cost, rounded up to a millionth of a dollar.
    pub fn of(self, usage: Usage) -> Money {
        let rates = self.at(usage.input);
        let cached = usage.cached.min(usage.input);
        let parts = [
            (usage.input - cached, rates.input),
            (cached, rates.cached.unwrap_or(rates.input)),
            (usage.output, rates.output),
        ];
        let sum: u128 = parts
            .iter()
            .map(|(tokens, dollars)| u128::from(*tokens) * micro(*dollars))
            .sum();
        let micro_dollars = u64::try_from(sum.div_ceil(PER)).unwrap_or(u64::MAX);
        Money { micro_dollars }
    }

    fn at(&self, input: u64) -> Rates {
        match self.long {
            Some(long) if input >= long.from => Rates {
                input: long.input,
                output: long.output,
                cached: long.cached,
            },
            _ => Rates {
                input: self.input,
                output: self.output,
                cached: self.cached,
            },
        }
    }
}

#[derive(Debug, Default, Deserialize)]
struct List {
    date: String,
    #[serde(flatten)]
    providers: HashMap<String, HashMap<String, Price>>,
}

fn list() -> &'static List {
    static LIST: OnceLock<List> = OnceLock::new();
    // A file that is part of the program: a test reads it, so that it is never the empty one.
    LIST.get_or_init(|| toml::from_str(FILE).unwrap_or_default())
}

/// The day of the list, `2025-11-20`.
pub fn price_date() -> &'static str {
    &list().date
}

/// What so many tokens of that model cost by the list, rounded up to a millionth of a dollar;
/// `None` where it has no price.
pub fn cost(model: &str, usage: Usage) -> Option<Money> {
    Some(find(model)?.of(usage))
}

fn micro(dollars: f64) -> u128 {
    (dollars * 1_000_000.0).round() as u128
}

/// The price under that name, or under the name without what only tells versions and sellers apart:
/// `models/…`, `google/…`, `…-001`, `…-2024-07-18`, `…-20251001`, `…-latest`.
fn find(model: &str) -> Option<Price> {
    let own = model.rsplit('/').next().unwrap_or(model).to_lowercase();
    let known = |name: &str| {
        let mut prices = list().providers.values();
        prices.find_map(|models| models.get(name).copied())
    };
    known(&own).or_else(|| known(without_version(&own)))
}

fn without_version(name: &str) -> &str {
    if let Some(name) = name.strip_suffix("-latest") {
        return name;
    }
    let digits = |text: &str, count: usize| {
        text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut parts = name.rsplitn(4, '-');
    let (day, month, year) = (parts.next(), parts.next(), parts.next());
    if let (Some(day), Some(month), Some(year), Some(rest)) = (day, month, year, parts.next())
        && digits(day, 2)
        && digits(month, 2)
        && digits(year, 4)
    {
        return rest;
    }
    match name.rsplit_once('-') {
        Some((rest, last)) if digits(last, 3) || digits(last, 8) => rest,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(input: u64, output: u64, cached: u64) -> Usage {
        Usage {
            input,
            output,
            cached,
            thoughts: 0,
        }
    }

    #[test]
    fn the_list_is_read_and_has_a_day() {
        let list: List = toml::from_str(FILE).unwrap();
        assert!(chrono::NaiveDate::parse_from_str(&list.date, "%Y-%m-%d").is_ok());
        assert!(list.providers.len() == 3);
        for provider in <super::super::Provider as strum::IntoEnumIterator>::iter() {
            if let Some(model) = provider.model() {
                assert!(find(model).is_some(), "{model} is asked by default");
            }
        }
    }

    #[test]
    fn cached_tokens_cost_less_and_fractions_are_rounded_up() {
        let of = |input, output, cached| {
            cost("gemini-2.5-flash", usage(input, output, cached))
                .unwrap()
                .micro_dollars
        };
        assert_eq!(of(1_000_000, 0, 0), 300_000);
        assert_eq!(of(1_000_000, 0, 1_000_000), 30_000);
        assert_eq!(of(2_100, 300, 0), 630 + 750);
        assert_eq!(of(1, 0, 0), 1);
        assert_eq!(of(1, 0, 9), 1, "more cached than read is a miscount");
        assert_eq!(of(u64::MAX, u64::MAX, 0), u64::MAX);
    }

    #[test]
    fn long_questions_have_their_own_price() {
        let of = |input| cost("gemini-2.5-pro", usage(input, 0, 0)).unwrap();
        assert_eq!(of(200_000).micro_dollars, 250_000);
        assert_eq!(of(400_000).micro_dollars, 1_000_000);
    }

    #[test]
    fn versions_and_sellers_have_the_model_s_price_and_strangers_none() {
        for name in [
            "models/gemini-2.5-flash",
            "google/gemini-2.5-flash",
            "gpt-4o-mini-2024-07-18",
            "gemini-2.0-flash-001",
            "claude-haiku-4-5-20251001",
            "claude-3-5-haiku-latest",
        ] {
            assert!(cost(name, Usage::default()).is_some(), "{name}");
        }
        for name in [
            "llama3.1:8b",
            "gemini-2.5",
            "google/gemini-2.5-flash:free",
            "",
        ] {
            assert_eq!(cost(name, Usage::default()), None, "{name}");
        }
    }

    #[test]
    fn money_reads_as_dollars() {
        assert_eq!(
            Money {
                micro_dollars: 1_234_567
            }
            .to_string(),
            "$1.234567"
        );
    }
}
