//! Pages: one file each, named as their address.

mod lazy;
mod missing;
mod run;
mod runs;
mod start;

pub use lazy::{RunRoute, RunsRoute};
pub use missing::MissingPage;
pub use start::StartPage;
