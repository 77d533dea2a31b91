//! Lines of scripts that run from right to left: a page gives them in the order they are seen, a
//! reader wants the order they are read.

/// Which way a line as a whole runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    LeftToRight,
    RightToLeft,
}

fn is_right(one: char) -> bool {
    matches!(one, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        && !one.is_numeric()
        && !matches!(one, '\u{60c}' | '\u{61b}')
}

fn is_left(one: char) -> bool {
    one.is_alphabetic() && !is_right(one)
}

/// Has a letter of such a script.
pub(super) fn is_right_to_left(text: &str) -> bool {
    text.chars().any(is_right)
}

/// Which way most of some texts runs.
pub(super) fn base<'t>(texts: impl Iterator<Item = &'t str>) -> Base {
    let (mut right, mut left) = (0_usize, 0_usize);
    for one in texts.flat_map(str::chars) {
        right += usize::from(is_right(one));
        left += usize::from(is_left(one));
    }
    if right > left {
        Base::RightToLeft
    } else {
        Base::LeftToRight
    }
}

/// A line as it is read, from the line as it is seen.
pub(super) fn logical(seen: &str, base: Base) -> String {
    if !is_right_to_left(seen) {
        return seen.to_owned();
    }
    let chars: Vec<char> = seen.chars().collect();
    match base {
        Base::RightToLeft => turned(&chars),
        Base::LeftToRight => {
            let mut read = String::new();
            let mut at = 0;
            while at < chars.len() {
                if !is_right(chars[at]) {
                    read.push(chars[at]);
                    at += 1;
                    continue;
                }
                // A year that stands before all else is read behind it.
                let before: String = std::mem::take(&mut read);
                let digits = before.chars().filter(|one| one.is_numeric()).count();
                let years = digits > 0
                    && digits % 4 == 0
                    && before
                        .chars()
                        .all(|one| one.is_numeric() || !one.is_alphabetic());
                let from = if years {
                    0
                } else {
                    read = before;
                    at
                };
                // Up to the last such letter with none of the other scripts between.
                let end = chars[at..]
                    .iter()
                    .position(|one| is_left(*one))
                    .map_or(chars.len(), |left| at + left);
                let last = chars[at..end]
                    .iter()
                    .rposition(|one| is_right(*one))
                    .map_or(at + 1, |last| at + last + 1);
                read.push_str(&turned(&chars[from..last]));
                at = last;
            }
            read
        }
    }
}

/// Turns a stretch around; words of other scripts and numbers in it keep their order.
fn turned(chars: &[char]) -> String {
    let mut read = String::new();
    let mut end = chars.len();
    while end > 0 {
        let one = chars[end - 1];
        if is_left(one) || one.is_numeric() {
            let start = chars[..end]
                .iter()
                .rposition(|one| is_right(*one))
                .map_or(0, |right| right + 1);
            let mut start = start
                + chars[start..end]
                    .iter()
                    .take_while(|one| !is_left(**one) && !one.is_numeric())
                    .count();
            // Numbers beside each other are read in their turn.
            if !chars[start..end].iter().any(|one| is_left(*one))
                && let Some(space) = chars[start..end].iter().rposition(|one| *one == ' ')
            {
                start += space + 1;
            }
            read.extend(&chars[start..end]);
            end = start;
        } else {
            read.push(mirrored(one));
            end -= 1;
        }
    }
    read
}

fn mirrored(one: char) -> char {
    match one {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '«' => '»',
        '»' => '«',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_from_right_to_left_are_turned_and_what_is_not_stays() {
        for (seen, base, read) in [
            ("םולש", Base::RightToLeft, "שלום"),
            ("2015 תנש", Base::RightToLeft, "שנת 2015"),
            ("SQL םע", Base::RightToLeft, "עם SQL"),
            ("(תירבע)", Base::RightToLeft, "(עברית)"),
            (
                "Present (4 םישדוח 6 םינש)",
                Base::LeftToRight,
                "Present (4 שנים 6 חודשים)",
            ),
            (
                "תירבע (Native or Bilingual)",
                Base::LeftToRight,
                "עברית (Native or Bilingual)",
            ),
            (
                "2020 וילוי - Present",
                Base::LeftToRight,
                "יוליו 2020 - Present",
            ),
            ("plain", Base::RightToLeft, "plain"),
        ] {
            assert_eq!(logical(seen, base), read, "{seen}");
        }
    }
}
