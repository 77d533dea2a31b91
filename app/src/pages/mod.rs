//! Pages: one file each, named as their address.

mod evidence;
mod lazy;
mod missing;
mod run;
mod runs;
mod source;
mod start;

pub use lazy::{EvidenceRoute, RunRoute, RunsRoute, SourceRoute};
pub use missing::MissingPage;
pub use start::StartPage;
