//! Pages: one file each, named as their address.

mod evidence;
mod help;
mod interview;
mod lazy;
mod missing;
mod models;
mod run;
mod runs;
mod source;
mod start;
mod write;

pub use lazy::{
    EvidenceRoute, HelpRoute, InterviewRoute, ModelsRoute, RunRoute, RunsRoute, SourceRoute,
    WriteRoute,
};
pub use missing::MissingPage;
pub use start::StartPage;
