//! What the template reads: a job with some cuts made, at some density.

use serde::Serialize;

use crate::fonts;
use crate::headings::{heading, primary_subtag};
use crate::job::{Job, JobBlock, Line};
use career::Slot;

/// Dates longer than this do not go to the right edge: they would leave no room beside them.
const LONGEST_DATES: usize = 40;

/// Sizes in points, gaps in lengths of the letter m.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Density {
    pub(crate) size: f32,
    name: f32,
    leading: f32,
    margin_x: f32,
    margin_y: f32,
    gap_head: f32,
    gap_section: f32,
    gap_heading: f32,
    gap_entry: f32,
    gap_bullet: f32,
    gap_line: f32,
}

/// From airy to tight. The tightest is still a page people read without effort.
pub(crate) const DENSITIES: [Density; 3] = [
    Density {
        size: 10.4,
        name: 25.0,
        leading: 0.66,
        margin_x: 59.0,
        margin_y: 54.0,
        gap_head: 0.85,
        gap_section: 1.75,
        gap_heading: 0.85,
        gap_entry: 1.2,
        gap_bullet: 0.7,
        gap_line: 0.72,
    },
    Density {
        size: 9.9,
        name: 23.0,
        leading: 0.6,
        margin_x: 54.0,
        margin_y: 46.0,
        gap_head: 0.75,
        gap_section: 1.45,
        gap_heading: 0.75,
        gap_entry: 1.02,
        gap_bullet: 0.62,
        gap_line: 0.64,
    },
    Density {
        size: 9.4,
        name: 21.0,
        leading: 0.54,
        margin_x: 48.0,
        margin_y: 38.0,
        gap_head: 0.68,
        gap_section: 1.2,
        gap_heading: 0.66,
        gap_entry: 0.88,
        gap_bullet: 0.56,
        gap_line: 0.58,
    },
];

/// The content of `sheet.json`.
#[derive(Debug, Serialize)]
pub(crate) struct Sheet<'a> {
    title: Option<&'a str>,
    authors: Vec<&'a str>,
    lang: String,
    region: Option<String>,
    rtl: bool,
    width: f32,
    height: f32,
    numbered: bool,
    fonts: &'static [&'static str],
    name_fonts: &'static [&'static str],
    density: Density,
    head: Vec<Group<'a>>,
    sections: Vec<SheetSection<'a>>,
}

#[derive(Debug, Serialize)]
struct SheetSection<'a> {
    heading: &'static str,
    blocks: Vec<SheetBlock<'a>>,
}

#[derive(Debug, Serialize)]
struct SheetBlock<'a> {
    left: Vec<SheetLine<'a>>,
    right: Option<SheetLine<'a>>,
    below: Vec<SheetLine<'a>>,
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
    /// The job with its first `cuts` cuts made.
    pub(crate) fn of(job: &'a Job, cuts: usize, density: Density) -> Self {
        let (lang, region, rtl) = language(&job.language);
        let kept = |lines: &'a [Line]| lines.iter().filter(move |line| line.gone_at > cuts);
        let as_line = |line: &'a Line| SheetLine {
            id: &line.id,
            slot: line.slot,
            runs: &line.runs,
            rtl: line.right_to_left.unwrap_or(rtl),
            link: line.link.as_deref(),
        };
        let group = |lines: &mut dyn Iterator<Item = &'a Line>| {
            let mut groups: Vec<Group<'a>> = Vec::new();
            for line in lines {
                let kind = kind(line.slot);
                match groups.last_mut() {
                    Some(group) if group.kind == kind && kind != "name" => {
                        group.lines.push(as_line(line));
                    }
                    _ => groups.push(Group {
                        kind,
                        lines: vec![as_line(line)],
                    }),
                }
            }
            groups
        };
        let block = |block: &'a JobBlock| {
            let header: Vec<&'a Line> = kept(&block.header).collect();
            let dates = header.iter().position(|line| {
                line.slot == Slot::Dates && line.text.chars().count() <= LONGEST_DATES
            });
            let (left, right, below) = match dates {
                Some(place) => (
                    &header[..place],
                    Some(as_line(header[place])),
                    &header[place + 1..],
                ),
                None => (&header[..], None, &[][..]),
            };
            SheetBlock {
                left: left.iter().map(|line| as_line(line)).collect(),
                right,
                below: below.iter().map(|line| as_line(line)).collect(),
                groups: group(&mut kept(&block.lines)),
            }
        };
        let sections = job
            .sections
            .iter()
            .map(|section| SheetSection {
                heading: heading(&job.language, section.kind),
                blocks: section
                    .blocks
                    .iter()
                    .filter(|block| block.gone_at > cuts)
                    .filter(|block| kept(&block.header).chain(kept(&block.lines)).count() > 0)
                    .map(block)
                    .collect(),
            })
            .filter(|section| !section.blocks.is_empty());
        let title = kept(&job.head)
            .find(|line| line.slot == Slot::Name)
            .map(|line| line.text.as_str());
        let (width, height) = job.options.paper.size_pt();
        Self {
            title,
            authors: title.into_iter().collect(),
            lang,
            region,
            rtl,
            width,
            height,
            numbered: job.budget > 1,
            fonts: &fonts::TEXT,
            name_fonts: &fonts::NAME,
            density,
            head: group(&mut kept(&job.head)),
            sections: sections.collect(),
        }
    }
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

/// Language, region and direction of a tag; English where the tag is none.
fn language(tag: &str) -> (String, Option<String>, bool) {
    let subtag = primary_subtag(tag);
    let known = (2..=3).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_lowercase());
    if !known {
        return ("en".to_owned(), None, false);
    }
    let region = tag
        .split(['-', '_'])
        .skip(1)
        .find(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic()))
        .map(str::to_uppercase);
    let rtl = matches!(
        subtag.as_str(),
        "ar" | "dv" | "fa" | "he" | "ks" | "ps" | "sd" | "ug" | "ur" | "yi"
    );
    (subtag, region, rtl)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_that_are_none_become_english() {
        assert_eq!(language("he"), ("he".into(), None, true));
        assert_eq!(language("pt-BR"), ("pt".into(), Some("BR".into()), false));
        assert_eq!(language("zh-Hant-TW").1.as_deref(), Some("TW"));
        for tag in ["", "x", "\"); #read", "english"] {
            assert_eq!(language(tag).0, "en", "{tag}");
        }
    }

    #[test]
    fn no_density_goes_below_nine_points() {
        for pair in DENSITIES.windows(2) {
            assert!(pair[0].size > pair[1].size);
            assert!(pair[0].margin_x > pair[1].margin_x && pair[1].margin_x >= 40.0);
        }
        assert!(DENSITIES.iter().all(|density| density.size >= 9.0));
    }
}
