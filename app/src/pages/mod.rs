//! Pages: one file each, named as their address.

mod evidence;
mod interview;
mod lazy;
mod missing;
mod run;
mod runs;
mod source;
mod start;
mod write;

pub use lazy::{EvidenceRoute, InterviewRoute, RunRoute, RunsRoute, SourceRoute, WriteRoute};
pub use missing::MissingPage;
pub use start::StartPage;
