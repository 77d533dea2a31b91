//! What comes out: PDF, SVG, and where on the pages each line stands.

use std::collections::{BTreeSet, HashMap};

use career::ClaimId;
use career::view::ExportReport;
use serde::{Deserialize, Serialize};
use typst::foundations::{Smart, Value};
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::text::TextItem;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use typst_render::RenderOptions;
use typst_svg::SvgOptions;

use crate::error::TypesetError;
use crate::job::Job;
use crate::svg;

/// A printed document.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// The PDF file.
    pub pdf: Vec<u8>,
    /// Each page as SVG, where the job wants previews. No id occurs in two of them.
    pub svg_pages: Vec<String>,
    /// Each page as PNG, where the job wants pictures.
    pub png_pages: Vec<Vec<u8>>,
    /// How many pages.
    pub pages: u32,
    /// Width and height of a page in points.
    pub page_size_pt: (f32, f32),
    /// How many of the draft's `cut_order` were made: the page shows
    /// `resume.without(&cut_order[..cuts])`.
    pub cuts: usize,
    /// Where each line stands, in reading order.
    pub marks: Vec<Mark>,
    /// Characters that no bundled font has; a box stands in their place.
    pub missing: Vec<char>,
    /// The standards the file keeps: `PDF/UA-1`, `PDF/A-2a`.
    pub standards: Vec<String>,
    /// What was found when the PDF was read back.
    pub report: ExportReport,
}

/// Where a line stands, in points from the upper left corner of its page. Of a line that goes over
/// a page's end, the part on its first page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// The line's claim.
    pub claim: ClaimId,
    /// The page, from 1.
    pub page: u32,
    /// Its left edge.
    pub left: f32,
    /// Its upper edge.
    pub top: f32,
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
}

pub(crate) fn print_pages(
    document: &PagedDocument,
    cuts: usize,
    job: &Job,
) -> Result<Printed, TypesetError> {
    let (pdf, standards) = export(document)?;
    let svg_pages = document
        .pages()
        .iter()
        .enumerate()
        .take_while(|_| job.previews)
        .map(|(number, page)| {
            svg::shrink(&typst_svg::svg(page, &SvgOptions::default()), number + 1)
        })
        .collect();
    let png_pages = match job.dpi {
        Some(dpi) => pictures(document, dpi)?,
        None => Vec::new(),
    };
    let mut reader = Reader::default();
    for (number, page) in document.pages().iter().enumerate() {
        reader.page = u32::try_from(number + 1).unwrap_or(u32::MAX);
        reader.read(&page.frame, Transform::identity());
    }
    Ok(Printed {
        pdf,
        svg_pages,
        png_pages,
        pages: u32::try_from(document.pages().len()).unwrap_or(u32::MAX),
        page_size_pt: job.options.paper.size_pt(),
        cuts,
        marks: reader.marks,
        missing: reader.missing.into_iter().collect(),
        standards,
        report: ExportReport::default(),
    })
}

fn pictures(document: &PagedDocument, dpi: u16) -> Result<Vec<Vec<u8>>, TypesetError> {
    let options = RenderOptions {
        pixel_per_pt: (f64::from(dpi) / 72.0).into(),
        ..RenderOptions::default()
    };
    let encode = |page| {
        typst_render::render(page, &options)
            .encode_png()
            .map_err(|error| TypesetError::Compile {
                reason: error.to_string(),
            })
    };
    document.pages().iter().map(encode).collect()
}

/// The file, and the strictest set of standards that the exporter vouches for: accessible and
/// for archives; where a letter has no shape the second cannot be promised, and a document with
/// parts that cannot be described not even the first.
fn export(document: &PagedDocument) -> Result<(Vec<u8>, Vec<String>), TypesetError> {
    const TRIES: [&[(PdfStandard, &str)]; 3] = [
        &[
            (PdfStandard::Ua_1, "PDF/UA-1"),
            (PdfStandard::A_2a, "PDF/A-2a"),
        ],
        &[(PdfStandard::Ua_1, "PDF/UA-1")],
        &[],
    ];
    let mut reasons = String::new();
    for standards in TRIES {
        let kinds: Vec<PdfStandard> = standards.iter().map(|(kind, _)| *kind).collect();
        let Ok(wanted) = PdfStandards::new(&kinds) else {
            continue;
        };
        let options = PdfOptions {
            // Fixed, and no time anywhere: the same job gives the same bytes.
            ident: Smart::Custom("llmployable résumé".to_owned()),
            creator: Smart::Custom(Some("LLMployable".to_owned())),
            standards: wanted,
            ..PdfOptions::default()
        };
        match typst_pdf::pdf(document, &options) {
            Ok(pdf) => {
                let names = standards.iter().map(|(_, name)| (*name).to_owned());
                return Ok((pdf, names.collect()));
            }
            Err(errors) => {
                let texts: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
                reasons = texts.join("; ");
            }
        }
    }
    Err(TypesetError::Compile { reason: reasons })
}

/// Walks the frames of the pages in reading order.
#[derive(Default)]
struct Reader {
    page: u32,
    /// The lines that have begun and not ended.
    open: Vec<ClaimId>,
    marks: Vec<Mark>,
    index: HashMap<ClaimId, usize>,
    missing: BTreeSet<char>,
}

impl Reader {
    fn read(&mut self, frame: &Frame, transform: Transform) {
        for (position, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let inner = transform
                        .pre_concat(Transform::translate(position.x, position.y))
                        .pre_concat(group.transform);
                    self.read(&group.frame, inner);
                }
                FrameItem::Tag(Tag::Start(content, _)) => {
                    if let Some(metadata) = content.to_packed::<MetadataElem>() {
                        self.tag(&metadata.value);
                    }
                }
                FrameItem::Text(text) => self.text(text, position.transform(transform)),
                _ => {}
            }
        }
    }

    /// A line begins or ends. In right-to-left text the end comes first: what is open closes.
    fn tag(&mut self, value: &Value) {
        let Value::Array(pair) = value else { return };
        let Some(Value::Str(id)) = pair.iter().next() else {
            return;
        };
        let id = ClaimId(id.to_string());
        match self.open.iter().position(|open| *open == id) {
            Some(place) => {
                self.open.remove(place);
            }
            None => self.open.push(id),
        }
    }

    fn text(&mut self, text: &TextItem, baseline: Point) {
        for glyph in &text.glyphs {
            if glyph.id == 0 {
                let characters = text.text.get(glyph.range()).unwrap_or_default().chars();
                self.missing
                    .extend(characters.filter(|character| !is_ignorable(*character)));
            }
        }
        let Some(id) = self.open.last().cloned() else {
            return;
        };
        let metrics = text.font.metrics();
        let top = pt(baseline.y - metrics.ascender.at(text.size));
        let bottom = pt(baseline.y - metrics.descender.at(text.size));
        let left = pt(baseline.x);
        let right = left + pt(text.width());
        let page = self.page;
        let place = *self.index.entry(id.clone()).or_insert_with(|| {
            self.marks.push(Mark {
                claim: id,
                page,
                left,
                top,
                width: 0.0,
                height: 0.0,
            });
            self.marks.len() - 1
        });
        let mark = &mut self.marks[place];
        if mark.page == page {
            let (far, low) = (mark.left + mark.width, mark.top + mark.height);
            mark.left = mark.left.min(left);
            mark.top = mark.top.min(top);
            mark.width = far.max(right) - mark.left;
            mark.height = low.max(bottom) - mark.top;
        }
    }
}

fn pt(length: Abs) -> f32 {
    length.to_pt() as f32
}

/// Joiners and variation selectors have no shape; that a font lacks them is no loss.
fn is_ignorable(character: char) -> bool {
    career::text::is_invisible(character)
        || matches!(character, '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}
