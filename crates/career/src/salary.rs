//! What a posting says it pays: exact amounts, never floating point.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount of money in hundredths, so that two readings of one posting are equal. In JSON it is
/// a plain number, `68000` or `17.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(u64);

/// More than any posting pays, in any currency.
const MAX_HUNDREDTHS: u64 = 100_000_000_000_000;

impl Amount {
    /// So many whole units.
    pub fn whole(units: u64) -> Option<Self> {
        Self::hundredths(units.checked_mul(100)?)
    }

    /// So many hundredths; `None` for nothing and for what nobody pays.
    pub fn hundredths(hundredths: u64) -> Option<Self> {
        (1..=MAX_HUNDREDTHS)
            .contains(&hundredths)
            .then_some(Self(hundredths))
    }

    /// A number as JSON has it, rounded to hundredths.
    pub fn number(value: f64) -> Option<Self> {
        let hundredths = (value * 100.0).round();
        (hundredths >= 1.0 && hundredths <= MAX_HUNDREDTHS as f64)
            .then_some(Self(hundredths as u64))
    }

    /// Its value, for comparing and showing.
    pub fn value(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_multiple_of(100) {
            write!(formatter, "{}", self.0 / 100)
        } else {
            write!(formatter, "{}.{:02}", self.0 / 100, self.0 % 100)
        }
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(100) {
            serializer.serialize_u64(self.0 / 100)
        } else {
            serializer.serialize_f64(self.value())
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        Self::number(value).ok_or_else(|| D::Error::custom("an amount out of range"))
    }
}

/// For how long the amount is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum PayUnit {
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl PayUnit {
    /// The words that postings and boards use: `YEAR`, `per annum`, `per-year-salary`, `1 YEAR`,
    /// `yearly`, `annual`, `hourly`, `Stunde`, `mois`.
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.to_lowercase();
        lower
            .split(|character: char| !character.is_alphabetic())
            .find_map(|word| match word {
                "hour" | "hours" | "hourly" | "hr" | "h" | "stunde" | "std" | "heure" | "hora"
                | "uur" => Some(Self::Hour),
                "day" | "days" | "daily" | "tag" | "jour" | "dag" => Some(Self::Day),
                "week" | "weeks" | "weekly" | "wk" | "woche" | "semaine" | "semana" => {
                    Some(Self::Week)
                }
                "month" | "months" | "monthly" | "mo" | "monat" | "monatlich" | "mois" | "mes"
                | "maand" | "mês" | "mese" => Some(Self::Month),
                "year" | "years" | "yearly" | "yr" | "annum" | "annual" | "annually" | "pa"
                | "jahr" | "jährlich" | "an" | "année" | "año" | "jaar" | "ano" | "anno" => {
                    Some(Self::Year)
                }
                _ => None,
            })
    }
}

/// What a posting says it pays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Salary {
    /// The least, or the only amount.
    pub min: Option<Amount>,
    /// The most, or the only amount.
    pub max: Option<Amount>,
    /// ISO 4217 code, when it says.
    pub currency: Option<String>,
    /// For how long, when it says.
    pub unit: Option<PayUnit>,
    /// The words it stood in, where it was no structured field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
}

impl Salary {
    /// Whether it names an amount.
    pub fn has_amount(&self) -> bool {
        self.min.is_some() || self.max.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_numbers_in_json_and_come_back_the_same() {
        for (json, shown) in [("68000", "68000"), ("17.5", "17.50"), ("0.01", "0.01")] {
            let amount: Amount = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&amount).unwrap(), json);
            assert_eq!(amount.to_string(), shown);
        }
        for json in ["0", "-5", "1e30"] {
            assert!(serde_json::from_str::<Amount>(json).is_err(), "{json}");
        }
        assert_eq!(Amount::number(f64::NAN), None);
    }

    #[test]
    fn units_are_read_in_the_words_of_boards_and_people() {
        for (text, unit) in [
            ("YEAR", Some(PayUnit::Year)),
            ("1 YEAR", Some(PayUnit::Year)),
            ("per-year-salary", Some(PayUnit::Year)),
            ("p.a. per annum", Some(PayUnit::Year)),
            ("/hr", Some(PayUnit::Hour)),
            ("pro Monat", Some(PayUnit::Month)),
            ("HOURLY", Some(PayUnit::Hour)),
            ("NONE", None),
        ] {
            assert_eq!(PayUnit::parse(text), unit, "{text}");
        }
    }
}
