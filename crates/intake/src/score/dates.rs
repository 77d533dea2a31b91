//! Dates against the truth, at its precision or the page's where that is coarser.

use career::{DateField, Entry, PartialDate};
use serde_json::Value;

use super::{Reading, Score, text};

/// Start and end of an entry.
pub(super) fn dates(
    score: &mut Score,
    kind: &str,
    truth: &Value,
    entry: Option<&Entry>,
    reading: &Reading<'_>,
) {
    let range = text(truth.get("dateRange")).and_then(|words| crate::pdf::range_of(&words));
    let date_of = |key: &str| {
        let value = text(truth.get(key))?;
        PartialDate::parse(&value)
    };
    let (has_start, start) = if let Some((start, _)) = range {
        (true, Some(start))
    } else {
        let keys = ["startDate", "date", "releaseDate"];
        let has = keys.iter().any(|key| truth.get(key).is_some());
        (has, keys.iter().find_map(|key| date_of(key)))
    };
    let (has_end, end) = match range {
        Some((_, end)) => (true, end),
        None => (truth.get("endDate").is_some(), date_of("endDate")),
    };
    let coarse = reading.printed.is_some();
    for (name, has, wanted, read) in [
        (
            "start",
            has_start,
            start,
            entry.and_then(|entry| entry.start.as_ref()),
        ),
        (
            "end",
            has_end,
            end,
            entry.and_then(|entry| entry.end.as_ref()),
        ),
    ] {
        let kind = format!("{kind}.{name}");
        date(
            score,
            &kind,
            has,
            wanted,
            read,
            coarse,
            entry.is_some_and(|entry| name == "end" && entry.start.is_some()),
        );
    }
}

fn date(
    score: &mut Score,
    kind: &str,
    named: bool,
    wanted: Option<PartialDate>,
    read: Option<&DateField>,
    coarse: bool,
    open: bool,
) {
    if !named {
        return;
    }
    let found = read.and_then(|read| read.date);
    let equal = |wanted: PartialDate, found: PartialDate| {
        let month = wanted.month.is_none()
            || wanted.month == found.month
            || (coarse && found.month.is_none());
        let day =
            wanted.day.is_none() || wanted.day == found.day || (coarse && found.day.is_none());
        wanted.year == found.year && month && day
    };
    match (wanted, found) {
        (Some(wanted), Some(found)) if equal(wanted, found) => score.right(kind),
        (Some(wanted), found) => {
            score.missing(kind, &wanted.to_string());
            if let Some(found) = found {
                score.wrong(kind, &found.to_string());
            }
        }
        (None, Some(found)) => score.wrong(kind, &found.to_string()),
        // An open end that was read as one.
        (None, None) if open => score.right(kind),
        (None, None) => {}
    }
}
