//! Makes a résumé fit its page budget: tighter first, then shorter, then airier again if it can. Of a
//! letter nothing is cut.

use career::view::ExportFaultKind;
use typst_layout::PagedDocument;

use crate::document::Document;
use crate::error::TypesetError;
use crate::gate::inspect;
use crate::job::{Job, PrintJob};
use crate::pages::{Printed, print_pages};
use crate::sheet::{Sheet, steps};
use crate::world::Typesetter;

/// A document that fits, and what it took.
struct Fit {
    document: PagedDocument,
    cuts: usize,
}

impl Typesetter {
    /// Makes the pages and files of a job and reads the PDF back. Where something does not arrive,
    /// the safe template is tried; the better of the two is given, with what is still wrong.
    ///
    /// # Errors
    /// When it cannot be made to fit, or the typesetter refuses it.
    pub fn print(&self, job: &PrintJob) -> Result<Printed, TypesetError> {
        let first = self.print_once(job);
        let safe = match &first {
            Ok(printed) => !printed
                .report
                .faults
                .iter()
                .any(|fault| layout_helps(fault.kind)),
            // A letter looks like its résumé or is shortened: its template is no matter of pages.
            Err(TypesetError::LetterTooLong { .. }) => true,
            // Another layout may compile, or need fewer pages.
            Err(_) => false,
        };
        let Some(other) = job.in_safe_layout().filter(|_| !safe) else {
            return first;
        };
        match (first, self.print_once(&other)) {
            (Ok(first), Ok(second)) if first.report.faults.len() <= second.report.faults.len() => {
                Ok(first)
            }
            (_, Ok(mut second)) => {
                second.report.instead_of = Some(job.0.template.name.clone());
                Ok(second)
            }
            (first, Err(_)) => first,
        }
    }

    fn print_once(&self, job: &PrintJob) -> Result<Printed, TypesetError> {
        let outcome = self
            .fit(&job.0)
            .and_then(|fit| print_pages(&fit.document, fit.cuts, &job.0));
        // What a job left in the caches serves the next at most: fonts and template stay, texts go.
        typst::comemo::evict(1);
        let mut printed = outcome?;
        printed.report = inspect(job, &printed)?;
        Ok(printed)
    }

    fn fit(&self, job: &Job) -> Result<Fit, TypesetError> {
        let (airiest, tightest) = steps(job.options.spacing);
        let airy = self.compile(job, 0, airiest)?;
        if page_count(&airy) == 1 {
            return Ok(Fit {
                document: airy,
                cuts: 0,
            });
        }
        let document = self.compile(job, 0, tightest)?;
        let pages = page_count(&document);
        if pages <= job.budget {
            // A page that tightening saves is one that would be almost empty.
            return self.relax(job, Fit { document, cuts: 0 }, pages);
        }
        if !job.letter.is_empty() {
            return Err(TypesetError::LetterTooLong {
                pages,
                budget: job.budget,
            });
        }
        // Not even tight: the fewest cuts that make it fit there.
        let (mut over, mut under) = (0, job.cuts);
        let mut best = self.compile(job, under, tightest)?;
        if page_count(&best) > job.budget {
            return Err(TypesetError::TooLong {
                pages: page_count(&best),
                budget: job.budget,
            });
        }
        while under - over > 1 {
            let middle = over.midpoint(under);
            let document = self.compile(job, middle, tightest)?;
            if page_count(&document) <= job.budget {
                (under, best) = (middle, document);
            } else {
                over = middle;
            }
        }
        let fit = Fit {
            document: best,
            cuts: under,
        };
        self.relax(job, fit, job.budget)
    }

    /// Gives the room that is left to the lines: the same content at the airiest density that
    /// still holds it.
    fn relax(&self, job: &Job, tight: Fit, budget: u32) -> Result<Fit, TypesetError> {
        let mut best = tight;
        let (airiest, tightest) = steps(job.options.spacing);
        let airy = self.compile(job, best.cuts, airiest)?;
        if page_count(&airy) <= budget {
            // A large cut left room enough, or the last page has some.
            return Ok(Fit {
                document: airy,
                ..best
            });
        }
        let (mut over, mut under) = (airiest, tightest);
        while under - over > 1 {
            let step = over.midpoint(under);
            let document = self.compile(job, best.cuts, step)?;
            if page_count(&document) <= budget {
                (under, best.document) = (step, document);
            } else {
                over = step;
            }
        }
        Ok(best)
    }

    fn compile(&self, job: &Job, cuts: usize, step: u8) -> Result<PagedDocument, TypesetError> {
        let failed = |reason: String| TypesetError::Compile { reason };
        let data = serde_json::to_vec(&Sheet::of(job, &Document::of(job, cuts), step))
            .map_err(|error| failed(error.to_string()))?;
        let desk = self.desk(job, data)?;
        typst::compile::<PagedDocument>(&desk)
            .output
            .map_err(|errors| {
                let messages: Vec<&str> =
                    errors.iter().map(|error| error.message.as_str()).collect();
                failed(messages.join("; "))
            })
    }
}

/// Whether another layout may mend it.
fn layout_helps(kind: ExportFaultKind) -> bool {
    use ExportFaultKind::{Hidden, Language, Letter, Link, Missing, OutOfOrder, Pages, Tags};
    match kind {
        Missing | OutOfOrder | Link | Hidden | Pages | Tags | Language => true,
        Letter => false,
    }
}

fn page_count(document: &PagedDocument) -> u32 {
    u32::try_from(document.pages().len()).unwrap_or(u32::MAX)
}
