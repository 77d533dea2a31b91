//! What is outside and not ours: posting sites, GitHub, and the child process that compiles.

pub mod address;
pub mod fetch;
pub mod github;
pub mod press;
