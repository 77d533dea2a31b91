//! Everything that touches the world: use cases, jobs, the database, and the ports to what is
//! outside (compiling, fetching, GitHub).
//!
//! A use case takes a [`Context`] (who acts, with what services) and answers with a view or an
//! [`Error`] that says what failed without saying anything private.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod attempt;
pub mod cache;
pub mod cluster;
pub mod config;
pub mod db;
pub mod desk;
pub mod error;
pub mod evidence;
pub mod jobs;
pub mod ledger;
pub mod own_key;
pub mod photo;
pub mod pipeline;
pub mod ports;
pub mod readings;
pub mod run;
pub mod sample;
pub mod services;
pub mod source;
pub mod templates;
pub mod vault;

pub use error::{Error, Result};
pub use services::{Context, Services};
