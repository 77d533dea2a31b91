//! Pasted text into a posting.

use std::sync::LazyLock;

use regex::Regex;

use super::boilerplate::pattern;
use super::guess::{decide_remote, is_name, read_terms, second_line};
use super::readable::is_dropped;
use super::{Found, unseen};

static LOOKING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:looking for|hiring|seeking|seeks|recruiting|searching for) (?:an?|our(?: next)?|the) ((?:[A-Z][\w/&+#.-]*|of|and|I{1,3}|for)(?: (?:[A-Z(][\w/&+#.()-]*|of|and|&|I{1,3}))*)",
    )
});

/// Reads plain text.
pub(super) fn read(source: &str) -> Found {
    let mut found = Found {
        text: tidy(source),
        ..Found::default()
    };
    unseen::look(source, &mut found.hidden);
    let lines: Vec<String> = found.text.lines().take(15).map(str::to_owned).collect();
    labelled(&mut found, &lines);
    if found.title.is_none() {
        first_line(&mut found, &lines);
    }
    if found.title.is_none() {
        let start: String = found.text.chars().take(500).collect();
        let start = start.replace('\n', " ");
        found.title = LOOKING
            .captures(&start)
            .map(|parts| parts[1].trim().to_owned())
            .filter(|title| is_name(title));
    }
    decide_remote(&mut found);
    read_terms(&mut found);
    found
}

/// Line ends, white space inside lines and bullets made the same; invisible characters gone; at
/// most one empty line in a row.
fn tidy(source: &str) -> String {
    let source = source
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}'], "\n");
    let mut out = String::with_capacity(source.len());
    let mut blank = false;
    for line in source.split('\n') {
        let mut words = String::with_capacity(line.len());
        let mut space = false;
        for character in line.chars() {
            if character.is_whitespace() {
                space = true;
            } else if !is_dropped(character, words.chars().next_back()) {
                if space && !words.is_empty() {
                    words.push(' ');
                }
                space = false;
                words.push(character);
            }
        }
        if words.is_empty() {
            blank = !out.is_empty();
            continue;
        }
        if blank {
            out.push('\n');
            blank = false;
        }
        match item(&words) {
            Some(rest) => {
                out.push_str("- ");
                out.push_str(rest);
            }
            None => out.push_str(&words),
        }
        out.push('\n');
    }
    let length = out.trim_end().len();
    out.truncate(length);
    out
}

/// What stands behind a bullet.
fn item(line: &str) -> Option<&str> {
    let mut characters = line.chars();
    let first = characters.next()?;
    let rest = characters.as_str();
    let bare = matches!(
        first,
        '•' | '◦' | '▪' | '●' | '‣' | '○' | '■' | '►' | '➢' | '✓' | '✔'
    );
    let spaced = matches!(first, '-' | '*' | '–' | '—' | '·' | '+' | 'o') && rest.starts_with(' ');
    let words = rest.trim_start();
    ((bare || spaced) && !words.is_empty()).then_some(words)
}

/// `Title: …`, `Company: …`, `Location: …` among the first lines.
fn labelled(found: &mut Found, lines: &[String]) {
    for line in lines {
        let Some((label, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        if !is_name(value) {
            continue;
        }
        let place = match label
            .trim()
            .trim_start_matches("- ")
            .to_lowercase()
            .as_str()
        {
            "title" | "job title" | "position" | "role" | "stelle" => &mut found.title,
            "company" | "employer" | "organization" | "organisation" | "firma" => {
                &mut found.company
            }
            "location" | "job location" | "standort" | "ort" => &mut found.location,
            _ => continue,
        };
        if place.is_none() {
            *place = Some(value.to_owned());
        }
    }
}

/// A title on the first line, with the company behind it or on the second.
fn first_line(found: &mut Found, lines: &[String]) {
    let Some(first) = lines
        .first()
        .filter(|line| is_name(line) && line.split_whitespace().count() <= 16)
    else {
        return;
    };
    let (line, aside) = match first
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once(" ("))
    {
        Some((line, aside)) => (line, Some(aside)),
        None => (first.as_str(), None),
    };
    // Directly under the title, before an empty line, stands who and where.
    let under = lines.get(1).filter(|line| !line.is_empty());
    if let Some((company, location)) = under.and_then(|_| second_line(lines, first)) {
        found.title = Some(first.clone());
        found.company = found.company.take().or(Some(company));
        found.location = found.location.take().or(location);
        return;
    }
    let split = [" — ", " – ", " | ", " - ", " at ", " @ "]
        .iter()
        .find_map(|mark| line.rsplit_once(mark));
    if let Some((title, company)) = split {
        found.title = Some(title.trim().to_owned());
        found.company = found
            .company
            .take()
            .or_else(|| Some(company.trim().to_owned()));
        found.location = found.location.take().or_else(|| aside.map(str::to_owned));
    } else if lines.get(1).is_some_and(String::is_empty) || lines.len() > 1 {
        // A line that the next one goes on with is the beginning of a sentence.
        let goes_on = lines
            .get(1)
            .is_some_and(|next| next.starts_with(char::is_lowercase));
        if !goes_on && first.split_whitespace().count() <= 10 {
            found.title = Some(first.clone());
        }
    }
}
