//! Pages: one file each, named as their address.

mod missing;
mod run;
mod runs;
mod start;

pub use missing::MissingPage;
pub use run::RunPage;
pub use runs::RunsPage;
pub use start::StartPage;
