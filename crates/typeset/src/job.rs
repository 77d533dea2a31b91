//! What is to be printed: plain data, made of verified claims only.

use std::collections::HashMap;

use career::claim::{Claim, Verified};
use career::resume::AsClaim;
use career::{BlockId, ClaimId, Cut, Draft, FactSet, PartialDate, Piece, SectionKind, Slot};
use serde::{Deserialize, Serialize};

use crate::dates;
use crate::document::Document;
use crate::error::TypesetError;
use crate::letter::LetterPart;
use crate::photo::Photo;
use crate::runs::{is_right_to_left, runs};
use crate::template::{Catalog, Template};
use career::print::{DEFAULT_TEMPLATE, DateStyle, PrintOptions};

/// The most lines a job may hold.
pub const MAX_CLAIMS: usize = 2_000;
/// The most bytes of text a job may hold.
pub const MAX_BYTES: usize = 200_000;
/// A budget beyond this is taken as this.
pub(crate) const MAX_PAGES: u32 = 10;
/// The longest title of a section, in characters.
const MAX_TITLE: usize = 80;

/// A document to print. Outside this crate [`PrintJob::new`] makes a résumé of verified claims only:
/// a line without evidence cannot be compiled. [`PrintJob::letter`] makes a letter, whose head is
/// of verified claims too and whose words are those it is given.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct PrintJob(pub(crate) Job);

/// The content of a [`PrintJob`]; private, so that reading one from bytes stays with the worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) options: PrintOptions,
    pub(crate) template: Template,
    pub(crate) photo: Option<Photo>,
    /// Pages as SVG too, and the text row by row.
    pub(crate) previews: bool,
    /// Pictures of the pages too, with so many pixels to the inch.
    pub(crate) dpi: Option<u16>,
    /// Year, month and day in the file's metadata.
    pub(crate) date: (u16, u8, u8),
    pub(crate) language: String,
    pub(crate) budget: u32,
    /// How many cuts there are.
    pub(crate) cuts: usize,
    pub(crate) head: Vec<Line>,
    pub(crate) sections: Vec<JobSection>,
    /// The parts of a letter; a résumé has none.
    #[serde(default)]
    pub(crate) letter: Vec<LetterPart>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct JobSection {
    pub(crate) kind: SectionKind,
    pub(crate) blocks: Vec<JobBlock>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct JobBlock {
    pub(crate) gone_at: usize,
    pub(crate) header: Vec<Line>,
    pub(crate) lines: Vec<Line>,
}

/// A claim as it is set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The claim's name.
    pub id: String,
    /// Its place.
    pub slot: Slot,
    /// Its words.
    pub text: String,
    /// How many bytes of the words are a label, set strong; 0 for none.
    pub label: usize,
    pub(crate) runs: Vec<(String, u8)>,
    /// Whether it reads from right to left; `None` when it has no letters.
    pub right_to_left: Option<bool>,
    /// Where it leads.
    pub link: Option<String>,
    /// With so many cuts it is gone; never when `usize::MAX`.
    pub(crate) gone_at: usize,
}

impl PrintJob {
    /// Describes the pages of a draft with one of the program's own templates. `facts` are those
    /// of the draft's profile.
    ///
    /// # Errors
    /// When the template is unknown, nothing or far too much is to be printed.
    pub fn new(
        draft: &Draft<Verified<Claim>>,
        facts: &FactSet,
        options: PrintOptions,
    ) -> Result<Self, TypesetError> {
        Self::with(Catalog::shared(), draft, facts, options)
    }

    /// Describes the pages of a draft with a template out of a catalog.
    ///
    /// # Errors
    /// When template or font are unknown, nothing or far too much is to be printed.
    pub fn with(
        catalog: &Catalog,
        draft: &Draft<Verified<Claim>>,
        facts: &FactSet,
        mut options: PrintOptions,
    ) -> Result<Self, TypesetError> {
        let template = chosen(catalog, &mut options)?;
        for title in options.titles.values_mut() {
            *title = career::text::clean(title).chars().take(MAX_TITLE).collect();
        }
        options.titles.retain(|_, title| !title.is_empty());
        let resume = &draft.resume;
        let (claims, bytes) = resume.claims().fold((0, 0), |(claims, bytes), (_, claim)| {
            (claims + 1, bytes + claim.claim().text.len())
        });
        if claims == 0 {
            return Err(TypesetError::Empty);
        }
        if claims > MAX_CLAIMS || bytes > MAX_BYTES {
            return Err(TypesetError::TooMuch {
                claims,
                bytes,
                max_claims: MAX_CLAIMS,
                max_bytes: MAX_BYTES,
            });
        }
        let ranks = Ranks::of(&draft.cut_order);
        let language = resume.language.as_str();
        let restyle = options.dates != DateStyle::Auto || options.headings.is_some();
        let dates = restyle.then(|| Dates {
            style: match options.dates {
                // Another language than the résumé's needs names of its own.
                DateStyle::Auto => DateStyle::Short,
                style => style,
            },
            language: options.headings.as_deref().unwrap_or(language),
        });
        let lines = |claims: &[Verified<Claim>]| -> Vec<Line> {
            claims
                .iter()
                .map(|claim| line(claim.get(), facts, language, &ranks, dates.as_ref()))
                .collect()
        };
        let sections = resume.sections.iter().map(|section| JobSection {
            kind: section.kind,
            blocks: section
                .blocks
                .iter()
                .map(|block| JobBlock {
                    gone_at: ranks.block(&block.id),
                    header: lines(&block.header),
                    lines: lines(&block.lines),
                })
                .collect(),
        });
        let sections = sections.collect();
        Ok(Self(Job {
            head: lines(&resume.head),
            sections,
            template,
            photo: None,
            previews: true,
            dpi: None,
            date: latest_date(draft, facts),
            language: resume.language.clone(),
            budget: options
                .pages
                .unwrap_or(draft.page_budget)
                .clamp(1, MAX_PAGES),
            cuts: draft.cut_order.len(),
            options,
            letter: Vec::new(),
        }))
    }

    /// The same with a photo, shown where the template has a place for one. A letter never shows one.
    #[must_use]
    pub fn with_photo(mut self, photo: Photo) -> Self {
        self.0.photo = Some(photo).filter(|_| self.0.letter.is_empty());
        self
    }

    /// Whether the template has a place for a photo.
    pub fn has_place_for_photo(&self) -> bool {
        self.0.template.manifest.photo
    }

    /// The same for whoever wants the files and sees no pages: no SVG, and no rows in the report.
    #[must_use]
    pub fn without_previews(mut self) -> Self {
        self.0.previews = false;
        self
    }

    /// The same with pictures of its pages as PNG, so many pixels to the inch (36 to 600).
    #[must_use]
    pub fn with_pictures(mut self, dpi: u16) -> Self {
        self.0.dpi = Some(dpi.clamp(36, 600));
        self
    }

    /// The same with another date in its metadata: year, month (1 to 12) and day (1 to 31).
    #[must_use]
    pub fn dated(mut self, year: u16, month: u8, day: u8) -> Self {
        self.0.date = (year, month.clamp(1, 12), day.clamp(1, 28));
        self
    }

    /// The same in the template that is read without fault by everyone; `None` when it is in that.
    pub fn in_safe_layout(&self) -> Option<Self> {
        if self.0.template.name == DEFAULT_TEMPLATE {
            return None;
        }
        let template = Catalog::shared().get(DEFAULT_TEMPLATE, None).ok()?;
        let mut job = self.clone();
        job.0.options.template.clone_from(&template.name);
        job.0.options.version = Some(template.version);
        job.0.options.font = None;
        job.0.template = template.clone();
        Some(job)
    }

    /// The options, with the version of the template that is used.
    pub fn options(&self) -> &PrintOptions {
        &self.0.options
    }

    /// What stands on the pages after the first `cuts` cuts.
    pub fn document(&self, cuts: usize) -> Document {
        Document::of(&self.0, cuts)
    }
}

/// The lines of a draft's head, none of which gives way.
pub(crate) fn head_of(draft: &Draft<Verified<Claim>>, facts: &FactSet) -> Vec<Line> {
    let (head, language) = (draft.resume.head.iter(), &draft.resume.language);
    head.map(|claim| line(claim.get(), facts, language, &Ranks::of(&[]), None))
        .collect()
}

/// The template that the options name, whose version they then name too.
pub(crate) fn chosen(
    catalog: &Catalog,
    options: &mut PrintOptions,
) -> Result<Template, TypesetError> {
    let template = catalog.get(&options.template, options.version)?.clone();
    options.version = Some(template.version);
    match &options.font {
        Some(font) if !crate::families().contains(&font.as_str()) => {
            Err(TypesetError::UnknownFont { name: font.clone() })
        }
        _ => Ok(template),
    }
}

/// The date of a file in which none stands.
pub(crate) const NO_DATE: (u16, u8, u8) = (2000, 1, 1);

/// The latest date that stands in the draft. A file for archives must have a date, and one off the
/// clock would make other bytes every day.
fn latest_date(draft: &Draft<Verified<Claim>>, facts: &FactSet) -> (u16, u8, u8) {
    let pieces = draft
        .resume
        .claims()
        .flat_map(|(_, claim)| &claim.get().pieces);
    let dates = pieces.filter_map(|piece| match piece {
        Piece::Date { cite } => PartialDate::parse(facts.words(cite)?),
        _ => None,
    });
    let latest = dates
        .filter(|date| (1900..=2100).contains(&date.year))
        .max();
    latest.map_or(NO_DATE, |date| (date.year, date.month.unwrap_or(1), 1))
}

/// How dates are to be written when not as the claims have them.
struct Dates<'a> {
    style: DateStyle,
    language: &'a str,
}

/// After how many cuts a line or a block is gone.
struct Ranks<'a> {
    lines: HashMap<&'a ClaimId, usize>,
    blocks: HashMap<&'a BlockId, usize>,
}

impl<'a> Ranks<'a> {
    fn of(cuts: &'a [Cut]) -> Self {
        let mut ranks = Self {
            lines: HashMap::new(),
            blocks: HashMap::new(),
        };
        for (number, cut) in cuts.iter().enumerate() {
            match cut {
                Cut::Line { claim } => ranks.lines.entry(claim).or_insert(number + 1),
                Cut::Block { block } => ranks.blocks.entry(block).or_insert(number + 1),
            };
        }
        ranks
    }

    fn line(&self, id: &ClaimId) -> usize {
        self.lines.get(id).copied().unwrap_or(usize::MAX)
    }

    fn block(&self, id: &BlockId) -> usize {
        self.blocks.get(id).copied().unwrap_or(usize::MAX)
    }
}

fn line(
    claim: &Claim,
    facts: &FactSet,
    language: &str,
    ranks: &Ranks<'_>,
    dates: Option<&Dates<'_>>,
) -> Line {
    let restyled =
        dates.and_then(|dates| dates::restyled(claim, facts, dates.style, dates.language));
    let label = if claim.slot == Slot::Skills && restyled.is_none() {
        claim.label_len(facts, language)
    } else {
        0
    };
    let text = restyled.unwrap_or_else(|| claim.text.clone());
    Line {
        id: claim.id.0.clone(),
        slot: claim.slot,
        label,
        runs: runs(&text, label),
        right_to_left: is_right_to_left(&text),
        link: matches!(claim.slot, Slot::Contact | Slot::Link)
            .then(|| link(&text))
            .flatten(),
        text,
        gone_at: ranks.line(&claim.id),
    }
}

/// Where a contact or an entry's address leads: an e-mail address or a page over https, given
/// with or without its scheme. Anything else is text.
fn link(text: &str) -> Option<String> {
    if text.len() > 300
        || text.contains(|character: char| character.is_whitespace() || character.is_control())
        || text.contains(['"', '<', '>', '\\', '{', '}', '|', '^', '`'])
    {
        return None;
    }
    if let Some((user, host)) = text.split_once('@') {
        let plain = !user.is_empty()
            && user
                .chars()
                .all(|character| character.is_ascii_alphanumeric() || "._%+-'".contains(character));
        return (plain && is_host(host)).then(|| format!("mailto:{text}"));
    }
    let bare = text.strip_prefix("https://").unwrap_or(text);
    let host = bare.split(['/', '?', '#']).next().unwrap_or_default();
    is_host(host).then(|| format!("https://{bare}"))
}

fn is_host(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    let top_is_a_name = labels
        .last()
        .is_some_and(|top| top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic()));
    labels.len() >= 2
        && top_is_a_name
        && labels.iter().all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mail_addresses_and_https_pages_become_links() {
        for (text, expected) in [
            ("jane@example.org", Some("mailto:jane@example.org")),
            (
                "https://example.org/a?b#c",
                Some("https://example.org/a?b#c"),
            ),
            ("github.com/jane", Some("https://github.com/jane")),
            ("http://example.org", None),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("https://example.org/\" onclick=\"x", None),
            ("jane@example.org?subject=x@y.org", None),
            ("Berlin, Germany", None),
            ("+49 30 123", None),
            ("192.168.0.1", None),
        ] {
            assert_eq!(link(text).as_deref(), expected, "{text}");
        }
    }
}
