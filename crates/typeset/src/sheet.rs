//! What the template reads: a job with some cuts made, at some density.

use serde::Serialize;

use crate::fonts;
use crate::headings::{heading, primary_subtag};
use crate::job::{Job, JobBlock, Line};
use career::Slot;

/// Sizes in points, gaps in lengths of the letter m.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Density {
    size: f32,
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

/// What a short résumé looks like.
const AIRY: Density = Density {
    size: 10.4,
    name: 25.0,
    leading: 0.66,
    margin_x: 59.0,
    margin_y: 54.0,
    gap_head: 0.85,
    gap_section: 1.75,
    gap_heading: 0.85,
    gap_entry: 1.25,
    gap_bullet: 0.72,
    gap_line: 0.74,
};

/// As far as it goes: still a page that people read without effort.
const TIGHT: Density = Density {
    size: 9.4,
    name: 21.0,
    leading: 0.54,
    margin_x: 48.0,
    margin_y: 38.0,
    gap_head: 0.68,
    gap_section: 1.25,
    gap_heading: 0.7,
    gap_entry: 0.95,
    gap_bullet: 0.57,
    gap_line: 0.6,
};

/// How many steps lie between the airiest density and the tightest.
pub(crate) const STEPS: u8 = 8;

impl Density {
    /// The density so many steps from airy (0) to tight ([`STEPS`]).
    pub(crate) fn at(step: u8) -> Self {
        let part = f32::from(step.min(STEPS)) / f32::from(STEPS);
        let mix = |airy: f32, tight: f32| airy + (tight - airy) * part;
        Self {
            size: mix(AIRY.size, TIGHT.size),
            name: mix(AIRY.name, TIGHT.name),
            leading: mix(AIRY.leading, TIGHT.leading),
            margin_x: mix(AIRY.margin_x, TIGHT.margin_x),
            margin_y: mix(AIRY.margin_y, TIGHT.margin_y),
            gap_head: mix(AIRY.gap_head, TIGHT.gap_head),
            gap_section: mix(AIRY.gap_section, TIGHT.gap_section),
            gap_heading: mix(AIRY.gap_heading, TIGHT.gap_heading),
            gap_entry: mix(AIRY.gap_entry, TIGHT.gap_entry),
            gap_bullet: mix(AIRY.gap_bullet, TIGHT.gap_bullet),
            gap_line: mix(AIRY.gap_line, TIGHT.gap_line),
        }
    }
}

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
    /// The job with its first `cuts` cuts made.
    pub(crate) fn of(job: &'a Job, cuts: usize, density: Density) -> Self {
        let (lang, region, rtl) = language(&job.language);
        let kept = |lines: &'a [Line]| lines.iter().filter(move |line| line.gone_at > cuts);
        let as_line = |line: &'a Line| SheetLine {
            id: &line.id,
            slot: line.slot,
            runs: &line.runs,
            // Numbers, dates and addresses read from left to right everywhere.
            rtl: line.right_to_left.unwrap_or(false),
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
        let block = |block: &'a JobBlock| SheetBlock {
            header: kept(&block.header).map(as_line).collect(),
            groups: group(&mut kept(&block.lines)),
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
    fn no_density_goes_below_nine_points_or_half_an_inch() {
        for step in 0..=STEPS {
            let density = Density::at(step);
            assert!(density.size >= 9.0 && density.margin_x >= 36.0 && density.margin_y >= 36.0);
            assert!(density.leading >= 0.5);
        }
    }
}
