//! A letter as a job for the press.

use career::claim::{Claim, Verified};
use career::print::PrintOptions;
use career::{Draft, FactSet, PartialDate, Slot};

use super::{Custom, Letter, words};
use crate::error::TypesetError;
use crate::job::{Job, MAX_PAGES, NO_DATE, PrintJob, chosen, head_of};
use crate::template::Catalog;

impl PrintJob {
    /// Describes the pages of a letter under the head of a draft, with a template out of a catalog:
    /// one page, where the options do not allow more. It has no photo.
    ///
    /// # Errors
    /// When template or font are unknown, or the letter has no paragraph or far too much.
    pub fn letter(
        catalog: &Catalog,
        draft: &Draft<Verified<Claim>>,
        facts: &FactSet,
        letter: &Letter,
        mut options: PrintOptions,
    ) -> Result<Self, TypesetError> {
        let template = chosen(catalog, &mut options)?;
        let head = head_of(draft, facts);
        let language = letter.language.as_ref().or(options.headings.as_ref());
        let language = language.unwrap_or(&draft.resume.language).clone();
        let name = head.iter().find(|line| line.slot == Slot::Name);
        let custom = Custom {
            language: &language,
            dates: options.dates,
            paper: options.paper,
        };
        Ok(Self(Job {
            letter: letter.parts(name.map(|line| line.text.as_str()), &custom)?,
            head,
            sections: Vec::new(),
            template,
            photo: None,
            previews: true,
            dpi: None,
            date: date_of(letter),
            language,
            budget: options.pages.unwrap_or(1).clamp(1, MAX_PAGES),
            cuts: 0,
            options,
        }))
    }
}

/// The date of a letter as its file says it, as far as it can be read.
fn date_of(letter: &Letter) -> (u16, u8, u8) {
    match letter.date.as_deref().and_then(PartialDate::parse) {
        Some(PartialDate { year, month, day }) => {
            let month = month.unwrap_or(1);
            let day = day.unwrap_or(1).min(words::days(year, month));
            (year, month, day)
        }
        None => NO_DATE,
    }
}
