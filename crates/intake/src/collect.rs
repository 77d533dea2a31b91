//! Turns words of one source into facts and fields while a profile is filled.

use crate::resume_text::period::{self, Period};
use career::fact::Locator;
use career::profile::Unread;
use career::{
    Contact, ContactKind, ContentHash, DateField, Entry, EntryId, Fact, Field, Profile, SectionKind,
};

/// The most entries of one source: a long career has a few hundred. Entries are compared with each
/// other later on, so that their number counts twice.
const MAX_ENTRIES: usize = 3_000;

/// A profile under construction and the source it is read from.
pub(crate) struct Collector {
    source: String,
    hash: ContentHash,
    pub(crate) profile: Profile,
    pub(crate) notices: Vec<String>,
}

impl Collector {
    /// Nothing read yet.
    pub(crate) fn new(source: &str, bytes: &[u8]) -> Self {
        Self {
            source: source.to_owned(),
            hash: ContentHash::of(bytes),
            profile: Profile::default(),
            notices: Vec::new(),
        }
    }

    /// Records a fact.
    pub(crate) fn fact(&mut self, locator: Locator, quote: &str) -> Fact {
        let fact = Fact::new(&self.source, &self.hash, locator, quote);
        self.profile.facts.add(fact.clone());
        fact
    }

    /// Keeps what no field holds.
    pub(crate) fn keep_unread(&mut self, locator: Locator, content: String) {
        let source = self.source.clone();
        self.profile.unread.push(Unread {
            source,
            locator,
            content,
        });
    }

    /// An empty entry with the next free name of its section.
    pub(crate) fn entry(&self, section: SectionKind) -> Entry {
        let number = self.profile.section(section).count() + 1;
        Entry::empty(EntryId(format!("{}-{number}", section.as_str())), section)
    }

    /// Adds an entry unless nothing is in it or there are too many.
    pub(crate) fn push(&mut self, entry: Entry) {
        const TOO_MANY: &str = "too_many_items:entries";
        if entry.fields().next().is_none() {
            return;
        }
        if self.profile.entries.len() < MAX_ENTRIES {
            self.profile.entries.push(entry);
        } else if !self.notices.iter().any(|notice| notice == TOO_MANY) {
            self.notices.push(TOO_MANY.to_owned());
        }
    }
}

/// Puts the dates of a period that was found into an entry.
pub(crate) fn put_dates(fact: &Fact, period: &Period, entry: &mut Entry) {
    entry.start = date_at(fact, period.start);
    entry.end = period.end.and_then(|end| date_at(fact, end));
    entry.single_date |= period.end.is_none() && !period.open;
}

fn date_at(fact: &Fact, (start, end): (usize, usize)) -> Option<DateField> {
    Field::span(fact, start, end).map(DateField::read)
}

/// Puts a period's dates into an entry; one date alone is the entry's only one unless it goes on.
pub(crate) fn put_period(fact: &Fact, entry: &mut Entry) {
    let Some(period) = period::find(&fact.quote) else {
        entry.start = trimmed(fact).map(DateField::read);
        entry.single_date = entry.start.is_some() || entry.single_date;
        return;
    };
    put_dates(fact, &period, entry);
}

/// Adds a way to reach the person unless it has no parts.
pub(crate) fn add_contact(
    collector: &mut Collector,
    kind: ContactKind,
    parts: impl IntoIterator<Item = Field>,
) {
    let parts: Vec<Field> = parts.into_iter().collect();
    if !parts.is_empty() {
        collector.profile.contacts.push(Contact::new(kind, parts));
    }
}

/// The whole of a fact without the white space around it.
pub(crate) fn trimmed(fact: &Fact) -> Option<Field> {
    let start = fact.quote.len() - fact.quote.trim_start().len();
    let end = fact.quote.trim_end().len();
    (start < end)
        .then(|| Field::span(fact, start, end))
        .flatten()
}

/// A part of a fact without the white space around it.
pub(crate) fn span_of(fact: &Fact, start: usize, end: usize) -> Option<Field> {
    let words = fact.quote.get(start..end)?;
    let start = start + (words.len() - words.trim_start().len());
    let length = words.trim().len();
    (length > 0)
        .then(|| Field::span(fact, start, start + length))
        .flatten()
}

/// One field per paragraph of a fact; an empty line ends a paragraph.
pub(crate) fn paragraphs(fact: &Fact) -> Vec<Field> {
    paragraph_spans(&fact.quote)
        .into_iter()
        .filter_map(|(start, end)| Field::span(fact, start, end))
        .collect()
}

/// The spans of the paragraphs of a text.
pub(crate) fn paragraph_spans(text: &str) -> Vec<(usize, usize)> {
    let mut fields = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (start, end) in lines(text) {
        if start == end {
            fields.extend(open.take());
        } else {
            open = Some((open.map_or(start, |(first, _)| first), end));
        }
    }
    fields.extend(open);
    fields
}

/// The spans of the lines of a text without the white space around each.
pub(crate) fn lines(text: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut offset = 0;
    for line in text.split(['\n', '\r', '\u{2028}']) {
        let lead = line.len() - line.trim_start().len();
        let length = line.trim().len();
        // A line end of two characters is one line end.
        let second_half = line.is_empty() && text[..offset].ends_with('\r');
        let after = text[offset + line.len()..].chars().next();
        if !(second_half && after == Some('\n')) || length > 0 {
            let start = offset + if length == 0 { 0 } else { lead };
            spans.push((start, start + length));
        }
        offset += line.len() + after.map_or(0, char::len_utf8);
    }
    spans
}

/// One line of text is a summary; several are bullets, and what stands above the first marked
/// one is a summary. The marks themselves are left out.
pub(crate) fn told(fact: &Fact, entry: &mut Entry) {
    let spans: Vec<(usize, usize)> = lines(&fact.quote)
        .into_iter()
        .filter(|(start, end)| start < end)
        .collect();
    let marks: Vec<usize> = spans
        .iter()
        .map(|(start, end)| bullet_length(&fact.quote[*start..*end]))
        .collect();
    let first_mark = marks.iter().position(|length| *length > 0);
    let alone = spans.len() == 1 && first_mark.is_none();
    for (position, ((start, end), mark)) in spans.into_iter().zip(marks).enumerate() {
        let Some(field) = Field::span(fact, start + mark, end) else {
            continue;
        };
        if alone || first_mark.is_some_and(|first| position < first) {
            entry.summary.push(field);
        } else {
            entry.highlights.push(field);
        }
    }
}

/// The bytes of a bullet and the space behind it, 0 when the line has none.
pub(crate) fn bullet_length(line: &str) -> usize {
    let mut characters = line.chars();
    let Some(first) = characters.next() else {
        return 0;
    };
    let rest = characters.as_str();
    let bare = matches!(
        first,
        '•' | '◦'
            | '▪'
            | '●'
            | '‣'
            | '○'
            | '■'
            | '►'
            | '➢'
            | '✓'
            | '◆'
            | '❖'
            | '➤'
            | '▸'
            | '▶'
            | '⁃'
            | '∙'
            | '⦁'
            | '✦'
            | '★'
            | '□'
            | '❑'
            | '➔'
            | '»'
    );
    let spaced =
        matches!(first, '-' | '*' | '–' | '—' | '·' | '+') && rest.starts_with(char::is_whitespace);
    let words = rest.trim_start();
    if (bare || spaced) && !words.is_empty() {
        line.len() - words.len()
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(quote: &str) -> Vec<String> {
        let mut collector = Collector::new("x", b"x");
        let fact = collector.fact(Locator::OwnStatement, quote);
        paragraphs(&fact)
            .into_iter()
            .map(|field| field.text)
            .collect()
    }

    #[test]
    fn paragraphs_end_at_empty_lines_whatever_the_line_ends() {
        assert_eq!(texts("a\nb\n\n c \n\n\nd\n"), ["a\nb", "c", "d"]);
        assert_eq!(texts("a\r\nb\r\n\r\nc"), ["a\r\nb", "c"]);
        assert_eq!(texts("  one  "), ["one"]);
        assert!(texts(" \n \r\n").is_empty());
    }
}
