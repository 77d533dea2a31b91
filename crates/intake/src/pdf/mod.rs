//! PDF files into a profile.
//!
//! The text layer is read with the place of every glyph, laid out as columns of rows, and then read
//! as what it is: the profile LinkedIn saves, or any other résumé. A fact's quote is the words of
//! its lines with line wraps undone. What no field takes is kept as unread, text that nobody can
//! see above all: it is named in a notice and gives no facts.

mod advert;
mod contacts;
mod dates;
mod direction;
mod document;
mod glyphs;
mod layout;
mod limits;
mod picture;
mod profile_look;
mod profile_page;
mod reading;
mod resume;
mod scribe;
mod segments;
mod vocabulary;

use career::fact::Locator;

use crate::IntakeError;
use crate::evidence::{Evidence, SourceKind};
use document::Document;
use scribe::Scribe;

pub(crate) use advert::text;
pub use picture::page_picture;
pub use reading::{DrawnText, PageReading, PdfReading, read_back};

/// How far into a file its mark may stand: mailers and servers put bytes before it.
const MARK_WINDOW: usize = 1024;

/// Whether the bytes are a PDF's. A mark in the middle of a document of another kind (JSON, a
/// text about PDFs) is only words: behind other bytes it counts where objects of a PDF follow.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    if start.starts_with(b"%PDF-") {
        return true;
    }
    let window = &bytes[..bytes.len().min(MARK_WINDOW)];
    let other = start.first().is_some_and(|first| b"{[".contains(first));
    let find = |in_bytes, what: &[u8]| memchr::memmem::find(in_bytes, what).is_some();
    !other && find(window, b"%PDF-") && find(bytes, b"endobj")
}

/// Reads a PDF.
pub(crate) fn read(source: &str, bytes: &[u8]) -> Result<Evidence, IntakeError> {
    let document = document::open(bytes)?;
    check_text(&document)?;
    let layout = layout::read(&document)?;
    let mut scribe = Scribe::new(source, bytes, &layout);
    let kind = if layout.is_profile_page {
        profile_page::read(&mut scribe, &layout);
        SourceKind::LinkedinPdf
    } else {
        let links: Vec<Vec<document::Link>> = document
            .pages
            .iter()
            .map(|page| page.links.clone())
            .collect();
        resume::read(&mut scribe, &layout, &links);
        SourceKind::ResumePdf
    };
    let mut collector = scribe.collector;
    for (page, drawn) in (1..).zip(&document.pages) {
        let hidden = segments::of_glyphs(&drawn.drawn.hidden, page);
        let words: Vec<String> = hidden.into_iter().map(|segment| segment.text).collect();
        for (code, text) in [
            ("hidden_text", words.join(" ")),
            ("rotated_text", drawn.drawn.rotated.clone()),
        ] {
            if text.trim().is_empty() {
                continue;
            }
            collector.notices.push(format!("{code}:page {page}"));
            let whole = Locator::PageSpan {
                page,
                start: 0,
                end: 0,
            };
            collector.keep_unread(whole, text);
        }
    }
    if document.too_many_pages {
        collector.notices.push("too_many_pages".to_owned());
    }
    if !profile_page::is_filled(&collector) && collector.profile.unread.is_empty() {
        return Err(IntakeError::NoProfileData);
    }
    Ok(Evidence {
        kind,
        profile: collector.profile,
        notices: collector.notices,
        pages: document
            .pages
            .iter()
            .map(|page| [page.width, page.height])
            .collect(),
    })
}

/// Refuses documents without text, and text that is no letters.
fn check_text(document: &Document) -> Result<(), IntakeError> {
    let glyphs = || document.pages.iter().flat_map(|page| &page.drawn.glyphs);
    let shown = glyphs()
        .filter(|glyph| !glyph.text.chars().all(char::is_whitespace))
        .count();
    let unknown = glyphs().filter(|glyph| glyph.text == "\u{fffd}").count();
    if shown == 0 {
        let pictures = document.pages.iter().any(|page| page.drawn.has_image);
        return Err(if pictures {
            IntakeError::PdfScan
        } else {
            IntakeError::NoProfileData
        });
    }
    if unknown * 2 > shown {
        return Err(IntakeError::PdfUnreadableText);
    }
    Ok(())
}

/// The start and end of a range of dates in words, for comparing.
pub(crate) fn range_of(words: &str) -> Option<(career::PartialDate, Option<career::PartialDate>)> {
    let range = dates::whole(words)?;
    Some((range.from.date?, range.to.and_then(|to| to.date)))
}

/// The section of entries that a heading announces, for comparing.
pub(crate) fn section_of(words: &str) -> Option<career::SectionKind> {
    match vocabulary::heading(words)? {
        vocabulary::Heading::Work => Some(career::SectionKind::Work),
        vocabulary::Heading::Volunteer => Some(career::SectionKind::Volunteer),
        vocabulary::Heading::Projects => Some(career::SectionKind::Projects),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_counts_at_the_start_or_before_objects_but_not_among_words() {
        assert!(is_pdf(b"%PDF-1.7 ..."));
        assert!(is_pdf(b"\r\n%PDF-1.7 ..."));
        assert!(is_pdf(b"X-Mail: yes\r\n\r\n%PDF-1.4\n1 0 obj <<>> endobj"));
        assert!(!is_pdf(
            b"{\"summary\": \"Wrote %PDF-1.4 parsers: obj, endobj\"}"
        ));
        assert!(!is_pdf(b"Wrote parsers that look for %PDF- in files"));
    }

    fn letters(text: &str) -> String {
        text.chars()
            .filter(|one| one.is_alphanumeric())
            .collect::<String>()
            .to_lowercase()
    }

    #[test]
    fn no_word_of_a_page_is_lost() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/");
        let mut seen = 0;
        for folder in ["resume-pdf", "linkedin-pdf/lookalike"] {
            for entry in std::fs::read_dir(format!("{root}{folder}")).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_none_or(|end| end != "pdf") {
                    continue;
                }
                let bytes = std::fs::read(&path).unwrap();
                let Ok(evidence) = read("x.pdf", &bytes) else {
                    continue;
                };
                let profile = evidence.profile;
                let mut kept = String::new();
                for fact in &profile.facts {
                    kept.push_str(&letters(&fact.quote));
                }
                for unread in &profile.unread {
                    kept.push_str(&letters(&unread.content));
                }
                let layout = layout::read(&document::open(&bytes).unwrap()).unwrap();
                for row in layout.main.iter().chain(&layout.side) {
                    for cell in &row.cells {
                        let known = vocabulary::heading(&cell.text).is_some()
                            || dates::is_duration(&cell.text);
                        seen += 1;
                        assert!(
                            known || kept.contains(&letters(&cell.text)),
                            "{}: {}",
                            path.display(),
                            cell.text
                        );
                    }
                }
            }
        }
        assert!(seen > 1_000);
    }
}
