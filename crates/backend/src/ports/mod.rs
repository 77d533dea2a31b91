//! What is outside and not ours: posting sites, GitHub, and the child process that compiles.

pub mod address;
mod body;
pub mod fetch;
pub mod github;
pub mod names;
pub mod press;
mod turns;
