//! What the template reads: a document at some density.

use serde::Serialize;

use crate::document::{Document, DocumentBlock, Language};
use crate::fonts;
use crate::job::{Job, Line};
use crate::letter::LetterPartKind;
use crate::template::{Manifest, Measures};
use career::print::Spacing;
use career::{SectionKind, Slot};

/// How many steps lie between the airiest density and the tightest.
pub(crate) const STEPS: u8 = 8;

/// The steps a job may use: the airiest and the tightest.
pub(crate) fn steps(spacing: Spacing) -> (u8, u8) {
    match spacing {
        Spacing::Auto => (0, STEPS),
        Spacing::Airy => (0, 2),
        Spacing::Compact => (STEPS - 2, STEPS),
    }
}

/// The measures so many steps from airy (0) to tight ([`STEPS`]).
pub(crate) fn measures(airy: &Measures, tight: &Measures, step: u8) -> Measures {
    let part = f32::from(step.min(STEPS)) / f32::from(STEPS);
    airy.iter()
        .map(|(name, airy)| {
            let tight = tight.get(name).copied().unwrap_or(*airy);
            (name.clone(), airy + (tight - airy) * part)
        })
        .collect()
}

/// What a letter is measured by where the template does not say: gaps behind the head, between
/// parts, between paragraphs, and for a signature by hand.
const LETTER: [(&str, f32, f32); 4] = [
    ("letter_head", 4.0, 1.6),
    ("letter_part", 2.4, 1.2),
    ("letter_paragraph", 1.45, 0.85),
    ("letter_signature", 3.6, 1.7),
];
/// The least size and leading of a letter with room and without: a page of prose wants more than one
/// of lists. A template that has more keeps its own.
const LETTER_TEXT: [(&str, &str, f32, f32); 2] = [
    ("letter_size", "size", 11.0, 9.6),
    ("letter_leading", "leading", 0.74, 0.54),
];

/// The measures of the template and those of a letter.
fn letter_measures(manifest: &Manifest, step: u8) -> Measures {
    let (mut airy, mut tight) = (manifest.airy.clone(), manifest.tight.clone());
    let own = |measures: &Measures, name: &str, least: f32| {
        let own = measures.get(name).copied().unwrap_or(least);
        own.max(least)
    };
    let text = LETTER_TEXT.map(|(name, of, with_room, without)| {
        (name, own(&airy, of, with_room), own(&tight, of, without))
    });
    for (name, with_room, without) in LETTER.into_iter().chain(text) {
        airy.entry(name.to_owned()).or_insert(with_room);
        tight.entry(name.to_owned()).or_insert(without);
    }
    measures(&airy, &tight, step)
}

/// The content of `sheet.json`.
#[derive(Debug, Serialize)]
pub(crate) struct Sheet<'a> {
    title: &'a str,
    date: (u16, u8, u8),
    authors: Vec<&'a str>,
    lang: String,
    region: Option<String>,
    rtl: bool,
    width: f32,
    height: f32,
    numbered: bool,
    fonts: Vec<&'a str>,
    display: Vec<&'a str>,
    accent: String,
    photo: bool,
    density: Measures,
    head: Vec<Group<'a>>,
    sections: Vec<SheetSection<'a>>,
    /// The parts of a letter; none on a résumé's sheet.
    letter: Option<Vec<SheetPart<'a>>>,
}

#[derive(Debug, Serialize)]
struct SheetPart<'a> {
    kind: LetterPartKind,
    lines: Vec<SheetLine<'a>>,
}

#[derive(Debug, Serialize)]
struct SheetSection<'a> {
    kind: SectionKind,
    heading: &'a str,
    blocks: Vec<SheetBlock<'a>>,
}

#[derive(Debug, Serialize)]
struct SheetBlock<'a> {
    header: Vec<SheetLine<'a>>,
    groups: Vec<Group<'a>>,
}

#[derive(Debug, Serialize)]
struct Group<'a> {
    kind: &'static str,
    lines: Vec<SheetLine<'a>>,
}

#[derive(Debug, Serialize)]
struct SheetLine<'a> {
    id: &'a str,
    slot: Slot,
    runs: &'a [(String, u8)],
    rtl: bool,
    link: Option<&'a str>,
}

impl<'a> Sheet<'a> {
    pub(crate) fn of(job: &'a Job, document: &'a Document, step: u8) -> Self {
        let manifest = &job.template.manifest;
        let language = Language::of(&document.language);
        let block = |block: &'a DocumentBlock| SheetBlock {
            header: block.header.iter().map(as_line).collect(),
            groups: groups(&block.lines),
        };
        let sections = document.sections.iter().map(|section| SheetSection {
            kind: section.kind,
            heading: &section.heading,
            blocks: section.blocks.iter().map(block).collect(),
        });
        let (width, height) = job.options.paper.size_pt();
        let family = job.options.font.as_deref();
        Self {
            // A document without a title is none that a screen reader can announce.
            title: document
                .title
                .as_deref()
                .unwrap_or(crate::formats::untitled(document)),
            date: job.date,
            authors: document.title.as_deref().into_iter().collect(),
            lang: language.subtag,
            region: language.region,
            rtl: language.right_to_left,
            width,
            height,
            numbered: job.budget > 1,
            fonts: fonts::stack(family.unwrap_or(&manifest.font)),
            display: fonts::stack(match family {
                // A display family of its own stays; one that only repeats the text follows it.
                Some(family) if manifest.display == manifest.font => family,
                _ => &manifest.display,
            }),
            accent: job
                .options
                .accent
                .unwrap_or(manifest.accent)
                .readable()
                .into(),
            photo: job.photo.is_some() && manifest.photo,
            density: if document.is_letter() {
                letter_measures(manifest, step)
            } else {
                measures(&manifest.airy, &manifest.tight, step)
            },
            head: groups(&document.head),
            sections: sections.collect(),
            letter: document.is_letter().then(|| {
                let parts = document.letter.iter().map(|part| SheetPart {
                    kind: part.kind,
                    lines: part.lines.iter().map(as_line).collect(),
                });
                parts.collect()
            }),
        }
    }
}

fn as_line(line: &Line) -> SheetLine<'_> {
    SheetLine {
        id: &line.id,
        slot: line.slot,
        runs: &line.runs,
        // Numbers, dates and addresses read from left to right everywhere.
        rtl: line.right_to_left.unwrap_or(false),
        link: line.link.as_deref(),
    }
}

/// Lines that are set together.
fn groups(lines: &[Line]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for line in lines {
        let kind = kind(line.slot);
        match groups.last_mut() {
            Some(group) if group.kind == kind && kind != "name" => group.lines.push(as_line(line)),
            _ => groups.push(Group {
                kind,
                lines: vec![as_line(line)],
            }),
        }
    }
    groups
}

/// What a line is set together with.
fn kind(slot: Slot) -> &'static str {
    match slot {
        Slot::Name => "name",
        Slot::Headline => "headline",
        Slot::Contact => "contacts",
        Slot::Bullet => "bullets",
        Slot::Sentence => "prose",
        Slot::Title | Slot::Organization | Slot::Location | Slot::Dates | Slot::Link => "lines",
        Slot::Skills => "skills",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_go_evenly_from_airy_to_tight() {
        let airy = Measures::from([("size".to_owned(), 11.0)]);
        let tight = Measures::from([("size".to_owned(), 9.0)]);
        let sizes: Vec<f32> = (0..=STEPS)
            .map(|step| measures(&airy, &tight, step)["size"])
            .collect();
        assert_eq!((sizes[0], sizes[4], sizes[8]), (11.0, 10.0, 9.0));
        assert!(sizes.windows(2).all(|pair| pair[1] < pair[0]));
    }
}
