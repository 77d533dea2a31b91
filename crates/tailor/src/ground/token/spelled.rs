//! Numbers in words: counts, halves, shares.

use super::super::wordbook::{Unit, Wordbook};
use super::{Kind, Number, Token};

/// The value of a number word of English.
pub(super) fn small(word: &str) -> Option<f64> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    if let Some(value) = ONES.iter().position(|known| *known == word) {
        return u32::try_from(value).ok().map(f64::from);
    }
    let tens = TENS.iter().position(|known| *known == word)?;
    u32::try_from((tens + 2) * 10).ok().map(f64::from)
}

/// Puts number words together: `three and a half`, `two hundred and ten`, `a dozen`.
pub(super) fn spelled_numbers(found: &mut [Token], book: &Wordbook) {
    let mut at = 0;
    while at < found.len() {
        // "zero accidents" is "no accidents"; "from 5 to zero" a number.
        let before = at
            .checked_sub(1)
            .map_or("", |before| found[before].word.as_str());
        let none = found[at].word == "zero"
            && !matches!(
                before,
                "to" | "from" | "of" | "than" | "at" | "between" | "and"
            );
        let Some((value, length)) = spelled(&found[at..])
            .filter(|_| book.knows_grammar() && !none)
            .or_else(|| book.number_word(&found[at].word).map(|value| (value, 1)))
        else {
            at += 1;
            continue;
        };
        let number = Number {
            values: vec![value],
            unit: None,
            date: None,
            spelled: true,
        };
        found[at].kind = Kind::Number(number);
        for part in &mut found[at + 1..at + length] {
            part.kind = Kind::PartOfNumber;
        }
        at += length;
    }
}

fn spelled(tokens: &[Token]) -> Option<(f64, usize)> {
    let word = |at: usize| {
        tokens
            .get(at)
            .filter(|token| token.kind == Kind::Word)
            .map_or("", |token| token.word.as_str())
    };
    let (mut total, mut part, mut at) = (0.0, None, 0);
    loop {
        let hyphen = usize::from(
            tokens.get(at).is_some_and(|token| token.is_mark(&['-'])) && part.is_some(),
        );
        let here = word(at + hyphen);
        if let Some(value) = small(here) {
            match part {
                None => part = Some(value),
                // "twenty-one", "hundred two"; not "two three".
                Some(before)
                    if (before % 100.0 == 0.0 && before > 0.0)
                        || (before % 10.0 == 0.0 && value < 10.0 && before >= 20.0) =>
                {
                    part = Some(before + value);
                }
                Some(_) => break,
            }
            at += hyphen + 1;
            continue;
        }
        let scale = match here {
            "hundred" | "hundreds" => Some(100.0),
            "thousand" => Some(1e3),
            "million" => Some(1e6),
            "billion" => Some(1e9),
            "dozen" => Some(12.0),
            _ => None,
        };
        if let (Some(scale), Some(value)) = (scale, part) {
            if here.starts_with("hundred") {
                part = Some(value * scale);
            } else {
                total += value * scale;
                part = Some(0.0);
            }
            at += hyphen + 1;
            continue;
        }
        let large = |word: &str| {
            matches!(
                word,
                "hundred" | "thousand" | "million" | "billion" | "dozen"
            )
        };
        if part.is_none() && here == "half" && word(at + 1) == "a" && large(word(at + 2)) {
            part = Some(0.5);
            at += 2;
            continue;
        }
        // "a dozen", "a hundred"
        if part.is_none() && total == 0.0 && here == "a" && large(word(at + 1)) {
            part = Some(1.0);
            at += 1;
            continue;
        }
        if here == "and" && part.is_some() {
            if word(at + 1) == "a" && word(at + 2) == "half" {
                part = part.map(|value| value + 0.5);
                at += 3;
                continue;
            }
            let hundred =
                part.is_some_and(|value| value % 100.0 == 0.0 && value > 0.0) || total > 0.0;
            if hundred && small(word(at + 1)).is_some() {
                at += 1;
                continue;
            }
        }
        break;
    }
    let value = total + part?;
    (at > 0).then_some((value, at))
}

/// "half an hour", "half-day", "half-hour": half of a measure.
pub(super) fn halves(found: &mut [Token], book: &Wordbook) {
    for at in 0..found.len() {
        if found[at].word != "half" || found[at].kind != Kind::Word {
            continue;
        }
        let gap =
            usize::from(found.get(at + 1).is_some_and(|next| {
                next.is_mark(&['-']) || matches!(next.word.as_str(), "a" | "an")
            }));
        let time = found
            .get(at + 1 + gap)
            .and_then(|next| book.unit(&next.word))
            .is_some_and(|unit| matches!(unit.dimension.as_str(), "time" | "calendar"));
        if time {
            found[at].kind = Kind::Number(Number {
                values: vec![0.5],
                unit: None,
                date: None,
                spelled: true,
            });
            if gap == 1 {
                found[at + 1].kind = Kind::PartOfNumber;
            }
        }
    }
}

/// "less than an hour", "a fortnight early": one of a measure, where it is no rate.
pub(super) fn singles(found: &mut [Token], book: &Wordbook) {
    for at in 0..found.len() {
        if !matches!(found[at].word.as_str(), "a" | "an") || found[at].kind != Kind::Word {
            continue;
        }
        let time = found
            .get(at + 1)
            .and_then(|next| book.unit(&next.word))
            .is_some_and(|unit| matches!(unit.dimension.as_str(), "time" | "calendar"));
        let before = at
            .checked_sub(1)
            .map_or("", |before| found[before].word.as_str());
        let behind = found.get(at + 2).map_or("", |behind| behind.word.as_str());
        let bounded = matches!(
            before,
            "than" | "within" | "under" | "over" | "about" | "nearly" | "almost" | "roughly"
        );
        let offset = matches!(
            behind,
            "early" | "late" | "before" | "after" | "ahead" | "earlier" | "later" | "ago"
        );
        if time && (bounded || offset) {
            found[at].kind = Kind::Number(Number {
                values: vec![1.0],
                unit: None,
                date: None,
                spelled: true,
            });
        }
    }
}

/// "a year and a half".
pub(super) fn and_a_half(found: &mut [Token], book: &Wordbook) {
    for at in 0..found.len() {
        let words: Vec<&str> = found[at..]
            .iter()
            .take(5)
            .map(|token| token.word.as_str())
            .collect();
        let one = words
            .first()
            .is_some_and(|word| matches!(*word, "a" | "an" | "one"));
        let time = words
            .get(1)
            .and_then(|word| book.unit(word))
            .is_some_and(|unit| matches!(unit.dimension.as_str(), "time" | "calendar"));
        if one && time && words[2..] == ["and", "a", "half"] {
            found[at].kind = Kind::Number(Number {
                values: vec![1.5],
                unit: None,
                date: None,
                spelled: true,
            });
            for part in &mut found[at + 2..at + 5] {
                part.kind = Kind::PartOfNumber;
                // Behind the measure nothing else may be taken for one.
                part.word.clear();
            }
            let unit = book.unit(&found[at + 1].word).cloned();
            if let (Kind::Number(number), Some(unit)) = (&mut found[at].kind, unit) {
                number.unit = Some(unit);
            }
            found[at + 1].kind = Kind::PartOfNumber;
        }
    }
}

/// Where the time stands of "a quarter of an hour".
fn of_a_time(found: &[Token], at: usize, book: &Wordbook) -> Option<usize> {
    let word = |at: usize| found.get(at).map_or("", |token| token.word.as_str());
    let article = word(at + 1) == "of" && matches!(word(at + 2), "a" | "an" | "one");
    let unit = book.unit(word(at + 3)).filter(|_| article)?;
    matches!(unit.dimension.as_str(), "time" | "calendar").then_some(at + 3)
}

/// "three fifths", "a third of", "half of": shares, in percent.
pub(super) fn fractions(found: &mut [Token], book: &Wordbook) {
    for at in 0..found.len() {
        let part = match found[at].word.trim_end_matches('s') {
            "third" => 3.0,
            "quarter" => 4.0,
            "fifth" => 5.0,
            "sixth" => 6.0,
            "seventh" => 7.0,
            "eighth" => 8.0,
            "ninth" => 9.0,
            "tenth" => 10.0,
            "twelfth" => 12.0,
            "twentieth" => 20.0,
            "hundredth" => 100.0,
            "half" | "halve" => 2.0,
            _ => continue,
        };
        // "once a quarter" is a time.
        let often = at.checked_sub(2).is_some_and(|often| {
            matches!(
                found[often].word.as_str(),
                "once" | "twice" | "times" | "thrice"
            )
        });
        if found[at].kind != Kind::Word || often {
            continue;
        }
        let before = at.checked_sub(1);
        let count = before.and_then(|before| match found[before].word.as_str() {
            "a" | "an" | "one" => Some(1.0),
            word => small(word).filter(|count| *count < part),
        });
        // "three fifths" is nothing else; "a third" and "two quarters" may be.
        let sure = count.is_some_and(|count| count > 1.0) && part > 2.0 && (part - 4.0).abs() > 0.5;
        // "a sixth was cancelled" of five evenings.
        let one_more = count == Some(1.0)
            && part > 4.0
            && found.get(at + 1).is_some_and(|next| {
                matches!(
                    next.word.as_str(),
                    "was" | "is" | "one" | "has" | "had" | "will"
                )
            });
        if one_more {
            continue;
        }
        let bare_half = found[at].word.starts_with("hal") && count.is_none();
        let ends = found.get(at + 1).is_none_or(|next| {
            next.kind != Kind::Word
                || matches!(
                    next.word.as_str(),
                    "of" | "in"
                        | "by"
                        | "to"
                        | "from"
                        | "and"
                        | "within"
                        | "through"
                        | "less"
                        | "fewer"
                        | "more"
                        | "lower"
                        | "higher"
                        | "faster"
                        | "were"
                        | "was"
                        | "came"
                        | "between"
                        | "compared"
                        | "over"
                        | "during"
                        | "since"
                        | "after"
                        | "than"
                )
        });
        if !(ends || sure) || (count.is_none() && !bare_half) {
            continue;
        }
        if let Some(last) = of_a_time(found, at, book) {
            // "three quarters of an hour"
            let value = count.unwrap_or(1.0) / part;
            let first = before.filter(|_| count.is_some()).unwrap_or(at);
            for token in &mut found[first..last] {
                token.kind = Kind::PartOfNumber;
            }
            found[first].kind = Kind::Number(Number {
                values: vec![value],
                unit: None,
                date: None,
                spelled: true,
            });
            continue;
        }
        let percent = Number {
            values: vec![100.0 * count.unwrap_or(1.0) / part],
            unit: Some(Unit {
                dimension: "percent".to_owned(),
                factor: 1.0,
            }),
            date: None,
            spelled: true,
        };
        if let (Some(before), Some(_)) = (before, count) {
            found[before].kind = Kind::Number(percent);
            found[at].kind = Kind::PartOfNumber;
        } else {
            found[at].kind = Kind::Number(percent);
        }
    }
}
