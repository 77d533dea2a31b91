//! What stands on the pages, in reading order: what every format is made of and what the export
//! gate looks for.

use career::{SectionKind, Slot};
use serde::{Deserialize, Serialize};

use crate::headings::{heading, primary_subtag};
use crate::job::{Job, JobBlock, JobSection, Line};
use crate::letter::LetterPart;

/// A résumé or a letter as it is set: the lines that stayed, in reading order, and the headings over
/// them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The language of headings and dates (BCP 47, checked): `en`, `pt-BR`.
    pub language: String,
    /// Whether that language reads from right to left.
    pub right_to_left: bool,
    /// The person's name, where there is one: the document's title.
    pub title: Option<String>,
    /// Name, headline, contacts.
    pub head: Vec<Line>,
    /// The sections; none is empty. A letter has none.
    pub sections: Vec<DocumentSection>,
    /// The parts of a letter; a résumé has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub letter: Vec<LetterPart>,
}

/// A section with its heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentSection {
    /// Which.
    pub kind: SectionKind,
    /// Its heading.
    pub heading: String,
    /// Its blocks; none is empty.
    pub blocks: Vec<DocumentBlock>,
}

/// An entry: a header, which may be empty, and lines under it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentBlock {
    /// Title, organization, location, dates, link, in the template's order.
    pub header: Vec<Line>,
    /// Sentences, bullets, skill lines.
    pub lines: Vec<Line>,
}

impl Document {
    /// The job with its first `cuts` cuts made.
    pub(crate) fn of(job: &Job, cuts: usize) -> Self {
        let kept = |lines: &[Line]| -> Vec<Line> {
            lines
                .iter()
                .filter(|line| line.gone_at > cuts)
                .cloned()
                .collect()
        };
        let block = |block: &JobBlock| DocumentBlock {
            header: ordered(kept(&block.header), &job.template.manifest.header),
            lines: kept(&block.lines),
        };
        let language = match &job.options.headings {
            // A letter's own language is in its job.
            Some(headings) if job.letter.is_empty() => headings.as_str(),
            _ => job.language.as_str(),
        };
        let section = |section: &JobSection| DocumentSection {
            kind: section.kind,
            heading: match job.options.titles.get(&section.kind) {
                Some(title) => title.clone(),
                None => heading(language, section.kind).to_owned(),
            },
            blocks: section
                .blocks
                .iter()
                .filter(|block| block.gone_at > cuts)
                .map(block)
                .filter(|block| !(block.header.is_empty() && block.lines.is_empty()))
                .collect(),
        };
        let mut sections: Vec<DocumentSection> = job.sections.iter().map(section).collect();
        sections.retain(|section| !section.blocks.is_empty());
        let first = match job.options.order.as_slice() {
            [] => job.template.manifest.sections.as_slice(),
            order => order,
        };
        let last = match job.options.order.as_slice() {
            [] => job.template.manifest.last.as_slice(),
            _ => &[],
        };
        // Stable: what neither list names stays where the draft has it.
        sections.sort_by_key(|section| {
            let place = |list: &[SectionKind]| list.iter().position(|kind| *kind == section.kind);
            match (place(first), place(last)) {
                (Some(place), _) => (0, place),
                (None, None) => (1, 0),
                (None, Some(place)) => (2, place),
            }
        });
        let head = kept(&job.head);
        Self {
            right_to_left: Language::of(language).right_to_left,
            language: Language::of(language).tag(),
            title: head
                .iter()
                .find(|line| line.slot == Slot::Name)
                .map(|line| line.text.clone()),
            head,
            sections,
            letter: job.letter.clone(),
        }
    }

    /// Whether it is a letter.
    pub fn is_letter(&self) -> bool {
        !self.letter.is_empty()
    }

    /// All lines in reading order.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        let body = self.sections.iter().flat_map(|section| {
            section
                .blocks
                .iter()
                .flat_map(|block| block.header.iter().chain(&block.lines))
        });
        let letter = self.letter.iter().flat_map(|part| &part.lines);
        self.head.iter().chain(body).chain(letter)
    }
}

/// The parts of a header in the order a template wants.
fn ordered(mut lines: Vec<Line>, order: &[Slot]) -> Vec<Line> {
    lines.sort_by_key(|line| {
        order
            .iter()
            .position(|slot| *slot == line.slot)
            .unwrap_or(order.len())
    });
    lines
}

/// A language as the typesetter wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Language {
    pub(crate) subtag: String,
    pub(crate) region: Option<String>,
    pub(crate) right_to_left: bool,
}

impl Language {
    /// Language, region and direction of a tag; English where the tag is none.
    pub(crate) fn of(tag: &str) -> Self {
        let subtag = primary_subtag(tag);
        let known =
            (2..=3).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_lowercase());
        if !known {
            return Self {
                subtag: "en".to_owned(),
                region: None,
                right_to_left: false,
            };
        }
        let region = tag
            .split(['-', '_'])
            .skip(1)
            .find(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic()))
            .map(str::to_uppercase);
        let right_to_left = matches!(
            subtag.as_str(),
            "ar" | "dv" | "fa" | "he" | "ks" | "ps" | "sd" | "ug" | "ur" | "yi"
        );
        Self {
            subtag,
            region,
            right_to_left,
        }
    }

    fn tag(&self) -> String {
        match &self.region {
            Some(region) => format!("{}-{region}", self.subtag),
            None => self.subtag.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_that_are_none_become_english() {
        for (tag, expected, right_to_left) in [
            ("he", "he", true),
            ("pt-BR", "pt-BR", false),
            ("zh-Hant-TW", "zh-TW", false),
            ("", "en", false),
            ("x", "en", false),
            ("\"); #read", "en", false),
            ("english", "en", false),
        ] {
            let language = Language::of(tag);
            assert_eq!(language.tag(), expected, "{tag}");
            assert_eq!(language.right_to_left, right_to_left, "{tag}");
        }
    }
}
