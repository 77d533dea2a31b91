//! Dates as people give them: a year, a month of a year, or a day.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A date known to the year, the month or the day. Orders by time; a coarser date sorts
/// before every finer one inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PartialDate {
    /// The year of the Gregorian calendar, 1000 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl PartialDate {
    /// A year alone.
    pub fn year(year: u16) -> Self {
        Self {
            year,
            month: None,
            day: None,
        }
    }

    /// A month of a year; `None` when the month is not 1 to 12.
    pub fn month(year: u16, month: u8) -> Option<Self> {
        Self::checked(year, Some(month), None)
    }

    /// Reads the forms that résumés and exports use: `2021`, `2021-03`, `2021-03-01` (also with a
    /// time after a `T` or a space), `Mar 2021`, `März 2021`, `mars 2021`, `01 Mar 2021`,
    /// `Mar 1, 2021`, `1 de marzo de 2021`, `03/2021`, `03.2021`, `01.03.2021`, `2021/03`,
    /// `2021年3月`. Anything else is `None`: a date is never guessed, so `1/2/2021` is none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(date) = Self::parse_iso(text) {
            return Some(date);
        }
        if let Some(date) = Self::parse_units(text) {
            return Some(date);
        }
        let words: Vec<&str> = text
            .split([' ', ',', '.', '\u{a0}', '\u{202f}'])
            .filter(|word| !word.is_empty() && *word != "de" && *word != "del")
            .collect();
        match words.as_slice() {
            [month, year] => {
                let numbered = text.contains('.').then(|| parse_number(month)).flatten();
                let month = parse_month(month).or(numbered)?;
                Self::checked(parse_year(year)?, Some(month), None)
            }
            [first, second, year] => {
                let (day, month) = match parse_month(second) {
                    Some(month) => (first, month),
                    // Between dots the day stands first; between other signs nobody knows.
                    None if text.matches('.').count() == 2 && !text.contains(',') => {
                        match parse_number(second) {
                            Some(month) => (first, month),
                            None => (second, parse_month(first)?),
                        }
                    }
                    None => (second, parse_month(first)?),
                };
                let day = parse_number(day.trim_end_matches(['a', 'e', 'r', 'º', '°']))?;
                Self::checked(parse_year(year)?, Some(month), Some(day))
            }
            [one] => {
                let (first, second) = one.split_once('/')?;
                match parse_year(first) {
                    Some(year) => Self::checked(year, Some(parse_number(second)?), None),
                    None => Self::checked(parse_year(second)?, Some(parse_number(first)?), None),
                }
            }
            _ => None,
        }
    }

    /// Year, month and day each with its unit behind it, as Chinese, Japanese and Korean write.
    fn parse_units(text: &str) -> Option<Self> {
        let (year, rest) = text.split_once(['年', '년'])?;
        let year = parse_year(year.trim())?;
        let rest = rest.trim();
        if rest.is_empty() {
            return Some(Self::year(year));
        }
        let (month, rest) = rest.split_once(['月', '월'])?;
        let month = parse_number(month.trim())?;
        let rest = rest.trim();
        if rest.is_empty() {
            return Self::checked(year, Some(month), None);
        }
        let day = rest.strip_suffix(['日', '일'])?;
        Self::checked(year, Some(month), Some(parse_number(day.trim())?))
    }

    fn parse_iso(text: &str) -> Option<Self> {
        let date = text.split(['T', ' ']).next()?;
        if date.len() != text.len() && date.len() != 10 {
            return None;
        }
        let mut parts = date.split('-');
        let year = parse_year(parts.next()?)?;
        let month = parts.next().map(parse_number);
        let day = parts.next().map(parse_number);
        if parts.next().is_some() {
            return None;
        }
        match (month, day) {
            (None, _) => Some(Self::year(year)),
            (Some(month), None) => Self::checked(year, Some(month?), None),
            (Some(month), Some(day)) => Self::checked(year, Some(month?), Some(day?)),
        }
    }

    fn checked(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let month_fits = month.is_none_or(|month| (1..=12).contains(&month));
        let day_fits = day.is_none_or(|day| (1..=31).contains(&day));
        (month_fits && day_fits).then_some(Self { year, month, day })
    }

    /// How a résumé shows it: `Mar 2021` in English, `2021年3月` in Chinese and Japanese, `03/2021` in
    /// other languages, `2021` when only the year is known. The day is left out. `language` is a BCP 47 tag.
    pub fn display(&self, language: &str) -> String {
        let Some(month) = self.month else {
            return self.year.to_string();
        };
        let subtag = language.split('-').next().unwrap_or_default();
        if matches!(subtag, "zh" | "ja") {
            format!("{}年{month}月", self.year)
        } else if subtag == "ko" {
            format!("{}년 {month}월", self.year)
        } else if subtag == "en" {
            let name = MONTHS
                .get(usize::from(month) - 1)
                .copied()
                .unwrap_or_default();
            format!("{name} {}", self.year)
        } else {
            format!("{month:02}/{}", self.year)
        }
    }

    /// Months since year 0, the missing month taken as January: for durations and order.
    pub fn months(&self) -> u32 {
        u32::from(self.year) * 12 + u32::from(self.month.unwrap_or(1)) - 1
    }
}

impl fmt::Display for PartialDate {
    /// ISO 8601 at the precision known.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(formatter, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(formatter, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

fn parse_year(text: &str) -> Option<u16> {
    (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
        .filter(|year| *year >= 1000)
}

fn parse_number(text: &str) -> Option<u8> {
    (text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn parse_month(text: &str) -> Option<u8> {
    let lower = text.to_lowercase();
    crate::months::month_of(&lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_forms_that_exports_use() {
        for (text, iso) in [
            ("2021", "2021"),
            ("2021-03", "2021-03"),
            ("2021-03-01", "2021-03-01"),
            ("2021-03-01T00:00:00Z", "2021-03-01"),
            ("Mar 2021", "2021-03"),
            ("March 2021", "2021-03"),
            ("01 Oct 2022", "2022-10-01"),
            ("Oct 1, 2022", "2022-10-01"),
            ("Sept 2022", "2022-09"),
            ("03/2021", "2021-03"),
            ("2021/03", "2021-03"),
            ("03.2021", "2021-03"),
            ("1.3.2021", "2021-03-01"),
            ("März 2021", "2021-03"),
            ("mars 2021", "2021-03"),
            ("févr. 2021", "2021-02"),
            ("ago. 2021", "2021-08"),
            ("dez de 2021", "2021-12"),
            ("1 de marzo de 2021", "2021-03-01"),
            ("янв. 2021", "2021-01"),
            ("2021年3月", "2021-03"),
            ("2021年3月1日", "2021-03-01"),
            ("2021년 3월", "2021-03"),
        ] {
            let date = PartialDate::parse(text).map(|date| date.to_string());
            assert_eq!(date.as_deref(), Some(iso), "{text}");
        }
    }

    #[test]
    fn never_guesses_a_date() {
        for text in [
            "",
            "soon",
            "Present",
            "13/2021",
            "2021-13",
            "21",
            "Marble 2021",
            "1/2/24",
            "1/2/2021",
            "34.2021",
            "version 2021",
            "3 2021",
        ] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn orders_by_time_and_shows_the_month() {
        let march = PartialDate::parse("2021-03-01").unwrap();
        assert!(PartialDate::year(2021) < march);
        assert_eq!(march.display("en"), "Mar 2021");
        assert_eq!(march.display("de"), "03/2021");
    }
}
