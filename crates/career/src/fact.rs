//! Facts: atomic pieces of evidence with an exact locator, never edited, only superseded.

use std::collections::HashMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::hash::ContentHash;

/// Names a fact by its content: the same piece of the same source always gets the same id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FactId(pub String);

impl fmt::Display for FactId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Where in its source a fact stands, exactly enough to open it there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Locator {
    /// A value of a JSON document (RFC 6901), `/work/0/highlights/1`.
    JsonPointer {
        /// The pointer.
        pointer: String,
    },
    /// A cell of a table inside an archive. Rows count from 1 without the header.
    CsvCell {
        /// The file inside the archive, without its folders.
        file: String,
        /// The row, from 1, the header not counted.
        row: u32,
        /// The column's name as the header gives it.
        column: String,
    },
    /// A span of a page's text.
    PageSpan {
        /// The page, from 1.
        page: u32,
        /// First byte of the span in the page's text.
        start: u32,
        /// One past its last byte.
        end: u32,
    },
    /// A line or paragraph of a document.
    Line {
        /// Its number, from 1.
        number: u32,
    },
    /// Lines of a page and the box they fill, in points from the page's top left.
    PageArea {
        /// The page, from 1.
        page: u32,
        /// The line it begins on, from 1, counted over the whole width of the page.
        line: u32,
        /// Left edge.
        left: u32,
        /// Top edge.
        top: u32,
        /// Right edge.
        right: u32,
        /// Bottom edge; what goes on after a page break is not in the box.
        bottom: u32,
    },
    /// Something on the web, at a revision where there is one.
    Web {
        /// Its address.
        url: String,
        /// The commit or other revision.
        revision: Option<String>,
    },
    /// The person's own words, typed here.
    OwnStatement,
}

impl Locator {
    /// The kind of source, short, for the margin of a page: `json`, `in` (LinkedIn), `pdf`, `doc`, `gh`
    /// (or another site), `own`.
    pub fn mark(&self) -> &'static str {
        match self {
            Self::JsonPointer { .. } => "json",
            Self::CsvCell { .. } => "in",
            Self::Line { .. } => "doc",
            Self::PageSpan { .. } | Self::PageArea { .. } => "pdf",
            Self::Web { .. } => "gh",
            Self::OwnStatement => "own",
        }
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::JsonPointer { pointer } => formatter.write_str(pointer),
            Self::CsvCell { file, row, column } => write!(formatter, "{file} row {row}, {column}"),
            Self::Line { number } => write!(formatter, "line {number}"),
            Self::PageSpan { page, start, end } => write!(formatter, "page {page}, {start}-{end}"),
            Self::PageArea { page, line, .. } => write!(formatter, "page {page}, line {line}"),
            Self::Web {
                url,
                revision: None,
            } => formatter.write_str(url),
            Self::Web {
                url,
                revision: Some(revision),
            } => write!(formatter, "{url} at {revision}"),
            Self::OwnStatement => formatter.write_str("own statement"),
        }
    }
}

/// One atomic piece of evidence out of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Its name, made of what it is.
    pub id: FactId,
    /// The source as the person knows it: a file's name, an account.
    pub source: String,
    /// The hash of the source's bytes; of its name where it goes on changing, so that what a person
    /// decided about a fact outlives the next reading.
    pub source_hash: ContentHash,
    /// Where in the source it stands.
    pub locator: Locator,
    /// The exact words of the source, untouched.
    pub quote: String,
}

impl Fact {
    /// A fact; its id follows from the source's hash, the locator and the quote.
    pub fn new(source: &str, source_hash: &ContentHash, locator: Locator, quote: &str) -> Self {
        let place = locator.to_string();
        let hash = ContentHash::of_parts(&[
            source_hash.as_str().as_bytes(),
            place.as_bytes(),
            quote.as_bytes(),
        ]);
        Self {
            id: FactId(format!("f-{}", hash.short(16))),
            source: source.to_owned(),
            source_hash: source_hash.clone(),
            locator,
            quote: quote.to_owned(),
        }
    }
}

/// A span of a fact's quote, in bytes: the words a line rests on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cite {
    /// The fact.
    pub fact: FactId,
    /// First byte in the quote.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Facts in the order of their sources, each id once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Fact>", into = "Vec<Fact>")]
pub struct FactSet {
    facts: Vec<Fact>,
    index: HashMap<FactId, usize>,
}

impl FactSet {
    /// No facts yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a fact and gives its id; one that is here already changes nothing.
    pub fn add(&mut self, fact: Fact) -> FactId {
        let id = fact.id.clone();
        if !self.index.contains_key(&id) {
            self.index.insert(id.clone(), self.facts.len());
            self.facts.push(fact);
        }
        id
    }

    /// The fact of that id.
    pub fn get(&self, id: &FactId) -> Option<&Fact> {
        self.index
            .get(id)
            .and_then(|position| self.facts.get(*position))
    }

    /// The fact's place in source order, from 0.
    pub fn position(&self, id: &FactId) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// The cited words; `None` when the fact is unknown or the span is not one of its quote.
    pub fn words(&self, cite: &Cite) -> Option<&str> {
        self.get(&cite.fact)?.quote.get(cite.start..cite.end)
    }

    /// All facts in source order.
    pub fn iter(&self) -> std::slice::Iter<'_, Fact> {
        self.facts.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }
}

impl From<Vec<Fact>> for FactSet {
    fn from(facts: Vec<Fact>) -> Self {
        let mut set = Self::new();
        for fact in facts {
            set.add(fact);
        }
        set
    }
}

impl From<FactSet> for Vec<Fact> {
    fn from(set: FactSet) -> Self {
        set.facts
    }
}

impl<'a> IntoIterator for &'a FactSet {
    type Item = &'a Fact;
    type IntoIter = std::slice::Iter<'a, Fact>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(pointer: &str, quote: &str) -> Fact {
        let locator = Locator::JsonPointer {
            pointer: pointer.to_owned(),
        };
        Fact::new("cv.json", &ContentHash::of(b"cv"), locator, quote)
    }

    #[test]
    fn the_same_piece_of_the_same_source_is_the_same_fact() {
        let mut set = FactSet::new();
        assert_eq!(set.add(fact("/a", "x")), set.add(fact("/a", "x")));
        assert_ne!(set.add(fact("/b", "x")), set.add(fact("/a", "x")));
        assert_eq!(set.len(), 2);
    }

    #[test]
    fn a_span_outside_the_quote_gives_no_words() {
        let mut set = FactSet::new();
        let id = set.add(fact("/a", "Zoë"));
        assert_eq!(
            set.words(&Cite {
                fact: id.clone(),
                start: 0,
                end: 4
            }),
            Some("Zoë")
        );
        assert_eq!(
            set.words(&Cite {
                fact: id.clone(),
                start: 0,
                end: 3
            }),
            None
        );
        assert_eq!(
            set.words(&Cite {
                fact: id,
                start: 0,
                end: 9
            }),
            None
        );
    }
}
