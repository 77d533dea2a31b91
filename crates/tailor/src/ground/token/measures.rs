//! What numbers are measured in: scales, factors, units, rates.

use super::super::wordbook::{Unit, Wordbook};
use super::{Kind, Number, Token};

/// `/second` is "per second"; `no. 3` is no "no".
pub(super) fn rates(found: &mut [Token], book: &Wordbook) {
    for at in 0..found.len() {
        let next = found.get(at + 1);
        let time = next
            .and_then(|next| book.unit(&next.word))
            .is_some_and(|unit| matches!(unit.dimension.as_str(), "time" | "calendar"));
        let numbered = next.is_some_and(|next| {
            next.number().is_some()
                || (next.is_mark(&['.'])
                    && found
                        .get(at + 2)
                        .is_some_and(|after| after.number().is_some()))
        });
        if found[at].is_mark(&['/']) && time {
            found[at].kind = Kind::Word;
            "per".clone_into(&mut found[at].word);
        }
        if matches!(found[at].word.as_str(), "no" | "nr" | "nos" | "number")
            && found[at].kind == Kind::Word
            && numbered
            && at > 0
        {
            found[at].kind = Kind::PartOfNumber;
        }
    }
}

/// `1.2 million`, `10k`, `3½`.
pub(super) fn scales(found: &mut [Token], book: &Wordbook) {
    for at in 1..found.len() {
        let currency_before = at >= 2
            && book
                .unit(&found[at - 2].surface)
                .is_some_and(|unit| unit.dimension.starts_with("currency"));
        let million = (currency_before && found[at].surface == "m").then_some(1e6);
        let Some(scale) = million.or_else(|| book.scale(&found[at].surface)) else {
            continue;
        };
        let touching = found[at - 1].end == found[at].start;
        // A single letter is a scale only right behind its number, and "m" rather a metre.
        let letter = found[at].surface.chars().count() == 1;
        if letter && (!touching || (found[at].surface == "m" && !currency_before)) {
            continue;
        }
        let pairs = matches!(found[at].word.as_str(), "pair" | "pairs");
        if let Kind::Number(number) = &mut found[at - 1].kind
            && number.date.is_none()
            && (!number.spelled || pairs)
        {
            for value in &mut number.values {
                *value *= scale;
            }
            found[at].kind = Kind::PartOfNumber;
        }
    }
}

/// "4.2x", "4.2-fold", "by a factor of 4.2": how many times.
pub(super) fn factors(found: &mut [Token]) {
    let times = || {
        Some(Unit {
            dimension: "times".to_owned(),
            factor: 1.0,
        })
    };
    for at in 0..found.len() {
        // "fourfold"
        let fold = found[at]
            .word
            .strip_suffix("fold")
            .and_then(super::spelled::small)
            .filter(|value| *value >= 2.0 && found[at].kind == Kind::Word);
        if let Some(value) = fold {
            found[at].kind = Kind::Number(Number {
                values: vec![value],
                unit: times(),
                date: None,
                spelled: true,
            });
            continue;
        }
        if found[at].number().is_none() {
            continue;
        }
        let gap = usize::from(found.get(at + 1).is_some_and(|next| next.is_mark(&['-'])));
        let behind = found
            .get(at + 1 + gap)
            .is_some_and(|next| matches!(next.word.as_str(), "x" | "×" | "fold"));
        let before = at >= 2 && found[at - 1].word == "of" && found[at - 2].word == "factor";
        // "nine times its size", "three times as fast"; not "three times a year".
        let mut last = at + 1;
        while found
            .get(last)
            .is_some_and(|next| next.kind == Kind::PartOfNumber)
        {
            last += 1;
        }
        let compared = found
            .get(last)
            .is_some_and(|next| next.word == "times" && next.kind == Kind::Word)
            && found.get(last + 1).is_some_and(|next| {
                matches!(
                    next.word.as_str(),
                    "as" | "the" | "its" | "their" | "his" | "her" | "my" | "our"
                ) || next.word.ends_with("er")
            });
        if compared {
            if let Kind::Number(number) = &mut found[at].kind {
                number.unit = times();
            }
            found[last].kind = Kind::PartOfNumber;
            continue;
        }
        if !behind && !before {
            continue;
        }
        if let Kind::Number(number) = &mut found[at].kind {
            number.unit = times();
        }
        if behind {
            found[at + 1].kind = Kind::PartOfNumber;
            found[at + 1 + gap].kind = Kind::PartOfNumber;
        } else {
            found[at - 2].kind = Kind::PartOfNumber;
        }
    }
}

/// "from 120 minutes to 15", "3 minutes instead of 50": the measure holds for the second as well.
/// "1 hour 45 minutes": one length of time.
pub(super) fn shared_units(found: &mut [Token]) {
    let next_number = |found: &[Token], at: usize| {
        let mut next = at + 1;
        while found
            .get(next)
            .is_some_and(|token| token.kind == Kind::PartOfNumber)
        {
            next += 1;
        }
        next
    };
    for at in 0..found.len() {
        let Some(unit) = found[at].number().and_then(|number| number.unit.clone()) else {
            continue;
        };
        let next = next_number(found, at);
        let word = |at: usize| found.get(at).map_or("", |token| token.word.as_str());
        let to = match (word(next), word(next + 1)) {
            ("to", _) => next + 1,
            ("instead", "of") | ("rather", "than") => next + 2,
            _ => usize::MAX,
        };
        let bare = found.get(to).is_some_and(|token| {
            token
                .number()
                .is_some_and(|number| number.unit.is_none() && number.date.is_none())
        }) && found.get(to + 1).is_none_or(|after| {
            after.kind != Kind::Word
                || matches!(
                    after.word.as_str(),
                    "by" | "with" | "in" | "through" | "and" | "after"
                )
        });
        if bare && unit.dimension == "time" {
            set_unit(&mut found[to], unit);
            continue;
        }
        let joined = next + usize::from(word(next) == "and");
        let smaller = found
            .get(joined)
            .and_then(Token::number)
            .and_then(|number| {
                let theirs = number.unit.clone()?;
                (theirs.dimension == "time"
                    && unit.dimension == "time"
                    && theirs.factor < unit.factor)
                    .then(|| (theirs, number.values.clone()))
            });
        if let (Some((theirs, values)), Some(whole)) = (
            smaller,
            found[at]
                .number()
                .and_then(|number| number.values.first().copied()),
        ) {
            let total =
                whole * unit.factor / theirs.factor + values.first().copied().unwrap_or(0.0);
            for part in &mut found[at + 1..=joined] {
                part.kind = Kind::PartOfNumber;
            }
            if let Kind::Number(number) = &mut found[at].kind {
                number.values = vec![total];
                number.unit = Some(theirs);
            }
        }
    }
}

/// Measures: signs before, signs and words behind.
pub(super) fn units(found: &mut [Token], book: &Wordbook) {
    for at in 0..found.len() {
        if found[at]
            .number()
            .is_none_or(|number| number.unit.is_some())
        {
            continue;
        }
        // Scales and parts of spelled numbers stand between the number and its measure.
        let mut after = at + 1;
        while after < found.len() && found[after].kind == Kind::PartOfNumber {
            after += 1;
        }
        let hyphen = usize::from(found.get(after).is_some_and(|token| {
            token.is_mark(&['-']) && found.get(after + 1).is_some_and(|next| next.joined)
        }));
        let behind = after + hyphen;
        let two = found.get(behind + 1).and_then(|next| {
            book.unit(&format!("{} {}", found[behind].word, next.word))
                .cloned()
        });
        let one = found
            .get(behind)
            .filter(|token| !token.is_mark(&['-', '–', ',', '.', '(']))
            // "of whom 7 are part-time" is no area.
            .filter(|token| token.word != "are" || !book.knows_grammar())
            // "30 second-level tickets" lasted no 30 seconds.
            .filter(|token| {
                token.word != "second"
                    || hyphen == 1
                    || !found
                        .get(behind + 1)
                        .is_some_and(|next| next.is_mark(&['-']))
            })
            .and_then(|token| {
                book.unit(&token.surface)
                    .or_else(|| book.unit(&token.word))
                    .cloned()
            });
        // "in", "a", "m" and the like measure only right behind figures.
        let spelled = found[at].number().is_some_and(|number| number.spelled);
        let touching = found.get(behind).is_some_and(|token| {
            let sign = !token.surface.chars().all(char::is_alphanumeric);
            let letter = matches!(
                token.surface.as_str(),
                "g" | "h" | "l" | "m" | "t" | "W" | "V"
            );
            sign || letter
                || found[behind - 1].end == token.start
                || token.surface.chars().count() > 1
        });
        // "2021 um 4,5 %": a year has no measure.
        let year = found[at].is_date();
        let before = at.checked_sub(1).and_then(|before| {
            let unit = book.unit(&found[before].surface)?;
            unit.dimension.starts_with("currency").then(|| unit.clone())
        });
        let is_word_in = found.get(behind).is_some_and(|token| token.word == "in");
        if let Some(unit) = before.clone() {
            found[at - 1].kind = Kind::PartOfNumber;
            set_unit(&mut found[at], unit);
        } else if let Some(unit) = two {
            found[behind].kind = Kind::PartOfNumber;
            found[behind + 1].kind = Kind::PartOfNumber;
            set_unit(&mut found[at], unit);
        } else if let Some(unit) = one.filter(|_| {
            touching
                && !year
                && !is_word_in
                && (!spelled || found[behind].surface.chars().count() > 1)
        }) {
            found[behind].kind = Kind::PartOfNumber;
            if hyphen == 1 {
                found[after].kind = Kind::PartOfNumber;
            }
            set_unit(&mut found[at], unit);
        }
    }
    // "from 3 to 5 weeks": the measure holds for both.
    for at in 0..found.len() {
        let without = found[at]
            .number()
            .is_some_and(|number| number.unit.is_none() && number.date.is_none());
        let link = found.get(at + 1).is_some_and(|token| {
            token.is_mark(&['-', '–']) || matches!(token.word.as_str(), "to" | "or" | "and")
        });
        if without && link {
            let unit = found
                .get(at + 2)
                .and_then(Token::number)
                .and_then(|number| number.unit.clone());
            if let Some(unit) = unit.filter(|unit| !unit.dimension.starts_with("currency")) {
                set_unit(&mut found[at], unit);
            }
        }
    }
}

fn set_unit(token: &mut Token, unit: Unit) {
    if let Kind::Number(number) = &mut token.kind {
        number.unit = Some(unit);
        number.date = None;
    }
}
