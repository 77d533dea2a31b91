//! What is outside and not ours: posting sites, GitHub, LinkedIn, language models, and the child
//! processes that make pages, read files and run LaTeX.

pub mod address;
mod body;
pub mod children;
pub mod clock;
pub mod fetch;
pub mod github;
pub mod linkedin;
pub mod models;
pub mod names;
pub mod press;
pub mod reader;
pub mod tex;
mod turns;
