//! Makes a résumé fit its page budget: tighter first, then shorter, then airier again if it can.

use typst_layout::PagedDocument;

use crate::error::TypesetError;
use crate::job::{Job, PrintJob};
use crate::pages::{Printed, print_pages};
use crate::sheet::{DENSITIES, Density, Sheet};
use crate::world::Typesetter;

/// A document that fits, and what it took.
struct Fit {
    document: PagedDocument,
    cuts: usize,
}

impl Typesetter {
    /// Makes the pages and files of a job.
    ///
    /// # Errors
    /// When it cannot be made to fit, or the typesetter refuses it.
    pub fn print(&self, job: &PrintJob) -> Result<Printed, TypesetError> {
        let outcome = self
            .fit(&job.0)
            .and_then(|fit| print_pages(&fit.document, fit.cuts, job.0.options.paper));
        // What a job left in the caches serves the next at most: fonts and template stay, texts go.
        typst::comemo::evict(1);
        outcome
    }

    fn fit(&self, job: &Job) -> Result<Fit, TypesetError> {
        let [airy, middle, tight] = DENSITIES;
        let document = self.compile(job, 0, airy)?;
        if fits(&document, job) {
            return Ok(Fit { document, cuts: 0 });
        }
        let tightest = self.compile(job, 0, tight)?;
        if fits(&tightest, job) {
            return self.relaxed(job, 0, tightest, &[middle]);
        }
        // Not even tight: the fewest cuts that make it fit there.
        let (mut over, mut under) = (0, job.cuts);
        let mut best = self.compile(job, under, tight)?;
        if !fits(&best, job) {
            return Err(TypesetError::TooLong {
                pages: page_count(&best),
                budget: job.budget,
            });
        }
        while under - over > 1 {
            let middle = over.midpoint(under);
            let document = self.compile(job, middle, tight)?;
            if fits(&document, job) {
                (under, best) = (middle, document);
            } else {
                over = middle;
            }
        }
        self.relaxed(job, under, best, &[airy, middle])
    }

    /// The same content in the airiest of these densities that holds it.
    fn relaxed(
        &self,
        job: &Job,
        cuts: usize,
        document: PagedDocument,
        densities: &[Density],
    ) -> Result<Fit, TypesetError> {
        for density in densities {
            let airier = self.compile(job, cuts, *density)?;
            if fits(&airier, job) {
                return Ok(Fit {
                    document: airier,
                    cuts,
                });
            }
        }
        Ok(Fit { document, cuts })
    }

    fn compile(
        &self,
        job: &Job,
        cuts: usize,
        density: Density,
    ) -> Result<PagedDocument, TypesetError> {
        let failed = |reason: String| TypesetError::Compile { reason };
        let data = serde_json::to_vec(&Sheet::of(job, cuts, density))
            .map_err(|error| failed(error.to_string()))?;
        let desk = self.desk(&job.options.template, data)?;
        typst::compile::<PagedDocument>(&desk)
            .output
            .map_err(|errors| {
                let messages: Vec<&str> =
                    errors.iter().map(|error| error.message.as_str()).collect();
                failed(messages.join("; "))
            })
    }
}

fn page_count(document: &PagedDocument) -> u32 {
    u32::try_from(document.pages().len()).unwrap_or(u32::MAX)
}

fn fits(document: &PagedDocument, job: &Job) -> bool {
    page_count(document) <= job.budget
}
