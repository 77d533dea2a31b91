//! Lines with what is known of their looks.

use career::Locator;

/// A line as its source gives it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// Its words; empty for a gap.
    pub(crate) text: String,
    /// The number of the line in the source, from 1.
    pub(crate) number: u32,
    /// The level of a heading, 1 for the largest.
    pub(crate) level: Option<u8>,
    /// Whether it is an item of a list; the bullet itself is not part of the words.
    pub(crate) bullet: bool,
    /// Whether all of it is bold.
    pub(crate) bold: bool,
    /// Names of the links in it, for those who know where they lead.
    pub(crate) links: Vec<String>,
}

impl Line {
    /// Whether nothing stands in it.
    pub(crate) fn is_gap(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Where it is.
    pub(crate) fn locator(&self) -> Locator {
        Locator::Line {
            number: self.number,
        }
    }
}

/// The bytes of a bullet and the space behind it, 0 when a text has none.
pub(crate) fn bullet_length(text: &str) -> usize {
    let mut signs = text.chars();
    let Some(first) = signs.next() else {
        return 0;
    };
    let rest = signs.as_str();
    let bare = "•◦▪●‣○■►➢✓∙⁃◆❖▸".contains(first);
    let spaced = "-*–—·+o".contains(first) && rest.starts_with(char::is_whitespace);
    let words = rest.trim_start();
    if (bare || spaced) && !words.is_empty() {
        text.len() - words.len()
    } else {
        0
    }
}

/// Lines of plain text. A line that goes on in the next one is put together with it.
pub(crate) fn of_text(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (number, raw) in (1_u32..).zip(text.lines()) {
        let words = raw.trim();
        let rule = words.len() > 2 && words.chars().all(|sign| "-=_*~#".contains(sign));
        let words = if rule { "" } else { words };
        let length = bullet_length(words);
        let indented = raw.starts_with([' ', '\t']);
        let small = words.chars().next().is_some_and(char::is_lowercase);
        if let Some(before) = lines.last_mut().filter(|before| {
            length == 0
                && !words.is_empty()
                && before.bullet
                && !before.is_gap()
                && (indented || small)
        }) {
            before.text.push(' ');
            before.text.push_str(words);
            continue;
        }
        lines.push(Line {
            text: words[length..].to_owned(),
            number,
            bullet: length > 0,
            ..Line::default()
        });
    }
    lines
}

/// Lines of Markdown.
pub(crate) fn of_markdown(text: &str) -> (Vec<Line>, Vec<super::Link>) {
    let mut lines: Vec<Line> = Vec::new();
    let mut links = Vec::new();
    for (number, raw) in (1_u32..).zip(text.lines()) {
        let words = raw.trim();
        // A line under a line of text that makes it a heading.
        let under = |sign: char| words.len() > 2 && words.chars().all(|other| other == sign);
        if let Some(before) = lines
            .last_mut()
            .filter(|line| !line.is_gap() && !line.bullet)
            && (under('=') || under('-'))
        {
            before.level = Some(if under('=') { 1 } else { 2 });
            continue;
        }
        let rule = under('-') || under('*') || under('_');
        let words = if rule { "" } else { words };
        let marks = words.chars().take_while(|sign| *sign == '#').count();
        let heading = (1..=6).contains(&marks) && words[marks..].starts_with([' ', '\t']);
        let level = heading.then(|| u8::try_from(marks).unwrap_or(6));
        let words = if heading {
            words[marks..].trim().trim_end_matches('#').trim_end()
        } else {
            words.trim_start_matches("> ")
        };
        let length = if heading { 0 } else { bullet_length(words) };
        let words = &words[length..];
        let bold = words.len() > 4 && words.starts_with("**") && words.ends_with("**");
        let (plain, found) = crate::markup::plain_markdown(words);
        links.extend(found.into_iter().map(|link| (number, link)));
        let goes_on = lines.last().is_some_and(|before| {
            before.bullet
                && !before.is_gap()
                && length == 0
                && !heading
                && raw.starts_with([' ', '\t'])
        });
        match lines.last_mut().filter(|_| goes_on && !plain.is_empty()) {
            Some(before) => {
                before.text.push(' ');
                before.text.push_str(&plain);
            }
            None => lines.push(Line {
                text: plain.trim().to_owned(),
                number,
                level,
                bullet: length > 0,
                bold,
                ..Line::default()
            }),
        }
    }
    (lines, links)
}
